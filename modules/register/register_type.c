#include "modules/register/register_type.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/utf8.h"
#include "modules/register/register_types.h"
#include "read/json.h"

#include "base/banned.h"

FACTS(register_facts_types, "modules/register/types.tsv");

enum { CELLS = 6, TITLE_MOST = 200, SORT_BYTES = 40, KEY_BYTES = 16 };

static struct register_head head_of(const struct str *cell) {
    return (struct register_head){
        .code = cell[0], .name = cell[1], .area = cell[2], .scope = cell[3], .board = cell[4], .unit = cell[5]};
}

bool register_head_at(size_t i, struct register_head *head) {
    struct str rest = FACTS_STR(register_facts_types), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (i-- == 0) {
            *head = head_of(cell);
            return true;
        }
    }
    return false;
}

bool register_head_of(struct str code, struct register_head *head) {
    for (size_t i = 0; register_head_at(i, head); i++) {
        if (str_eq(head->code, code)) {
            return true;
        }
    }
    return false;
}

struct err register_type(struct arena *a, struct str code, struct register_type *type) {
    struct fields_faults faults = {0};
    *type = (struct register_type){0};
    if (!register_head_of(code, &type->head)) {
        return FAIL(ERR_MISSING, "no such register");
    }
    TRY(fields_load(a, register_type_json(code), &type->form, &faults));
    type->page = &type->form->pages.at[0];
    type->more = json_member(type->form->whole, "register");
    return OK;
}

bool register_has(const struct register_type *type, const char *list, struct str field) {
    const struct json_value *names = json_member(type->more, list);
    for (size_t i = 0; i < json_count(names); i++) {
        if (str_eq(json_text_of(json_item(names, i)), field)) {
            return true;
        }
    }
    return false;
}

int register_field(const struct register_type *type, struct str name) {
    for (size_t i = 0; i < type->page->items.n; i++) {
        if (str_eq(type->page->items.at[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

bool register_is_number(enum fields_kind kind) {
    return kind == FIELDS_INT || kind == FIELDS_DECIMAL || kind == FIELDS_MONEY || kind == FIELDS_PERCENT ||
           kind == FIELDS_COMPUTED;
}
bool register_is_date(enum fields_kind kind) { return kind == FIELDS_DATE || kind == FIELDS_MONTH; }

/* --- As a sheet has it --- */
static enum import_kind import_kind_of(enum fields_kind kind) {
    switch ((int)kind) {
    case FIELDS_INT: return IMPORT_INT;
    case FIELDS_DECIMAL:
    case FIELDS_PERCENT: return IMPORT_DECIMAL;
    case FIELDS_MONEY: return IMPORT_MONEY;
    case FIELDS_DATE: return IMPORT_DATE;
    case FIELDS_BOOL: return IMPORT_BOOL;
    case FIELDS_ENUM: return IMPORT_CHOICE;
    case FIELDS_PHONE: return IMPORT_PHONE;
    case FIELDS_ID_NO: return IMPORT_ID_NO;
    default: return IMPORT_TEXT;
    }
}

static struct import_wanted wanted_of(struct arena *a, const struct register_type *type, const struct fields_item *k) {
    struct import_wanted w = {.name = k->name,
                              .title = k->label,
                              .synonyms = json_member_text(json_member(type->more, "aliases"), str_z(a, k->name)),
                              .kind = import_kind_of(k->kind),
                              .is_required = k->is_required && !k->shown_if,
                              .may_be_month = k->rule.has_month,
                              .may_be_year = k->rule.has_year,
                              .low = k->has_least ? k->least / FIELDS_ONE : 0,
                              .high = k->has_most && register_is_number(k->kind) ? k->most / FIELDS_ONE : 0};
    struct import_choice *choices = arena_take(a, struct import_choice, k->options.n + 1);
    for (size_t i = 0; i < k->options.n; i++) {
        const struct fields_option *o = &k->options.at[i];
        struct import_choice known;
        bool is_known = import_choice_known(o->value, &known);
        choices[i] = (struct import_choice){o->value, o->label, is_known ? known.synonyms : S("")};
    }
    w.choices = choices;
    w.n_choices = k->options.n;
    return w;
}

struct import_want register_type_wants(struct arena *a, const struct register_type *type) {
    struct import_wanted *columns = arena_take(a, struct import_wanted, type->page->items.n + 1);
    struct buf key = buf_in(a);
    size_t n = 0;
    for (size_t i = 0; i < type->page->items.n && n < IMPORT_COLUMNS; i++) {
        const struct fields_item *k = &type->page->items.at[i];
        if (fields_is_typed(k->kind)) {
            columns[n++] = wanted_of(a, type, k);
        }
        if (register_has(type, "key", k->name)) {
            buf_put(&key, key.len ? S(" ") : S(""));
            buf_put(&key, k->name);
        }
    }
    return (struct import_want){
        .name = type->head.code, .title = type->head.name, .columns = columns, .n = n, .key = buf_str(&key)};
}

/* --- Rows --- */
struct err register_said(struct arena *a, struct str answers, struct fields_said_list *said) {
    *said = (struct fields_said_list){0};
    return fields_said_read(a, answers, said);
}

/* A rule between two fields of a row: {"left", "op", "right", "words"}; what is left empty breaks none. */
static void check_judge(const struct register_type *type, struct fields_state *s, const struct json_value *check) {
    int l = register_field(type, json_member_text(check, "left")),
        r = register_field(type, json_member_text(check, "right"));
    struct str op = json_member_text(check, "op");
    if (l < 0 || r < 0) {
        return;
    }
    struct fields_answer *left = &s->all.at[l], *right = &s->all.at[r];
    if (!left->text.len || !right->text.len || left->fault.len) {
        return;
    }
    bool holds = str_eq(op, S("<="))   ? left->number <= right->number
                 : str_eq(op, S(">=")) ? left->number >= right->number
                                       : left->number == right->number;
    if (!holds) {
        left->fault = json_member_text(check, "words");
        left->text = S("");
        s->faults++;
    }
}

struct fields_state *register_judge(struct arena *a, const struct register_type *type, int64_t version,
                                    struct fields_said_list said) {
    struct fields_world *world = arena_take(a, struct fields_world, 1);
    const struct json_value *checks = json_member(type->more, "checks");
    *world = (struct fields_world){.today = clock_today()};
    if (version && version < type->form->version) {
        said = fields_carried(a, type->form, version, said);
    }
    struct fields_state *s = fields_judge(a, type->form, said, world);
    for (size_t i = 0; i < json_count(checks); i++) {
        check_judge(type, s, json_item(checks, i));
    }
    return s;
}

struct str register_key(const struct register_type *type, const struct fields_state *s) {
    struct buf b = buf_in(s->arena);
    unsigned char sum[KEY_BYTES];
    char hex[2 * KEY_BYTES + 1];
    for (size_t i = 0; i < type->page->items.n; i++) {
        if (!register_has(type, "key", type->page->items.at[i].name)) {
            continue;
        }
        if (!s->all.at[i].text.len) {
            return S("");
        }
        buf_put(&b, utf8_fold(s->arena, s->all.at[i].text));
        buf_put_char(&b, '\x1f');
    }
    crypto_generichash(sum, sizeof sum, (const unsigned char *)b.at, b.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    return str_copy(s->arena, str_of(hex));
}

struct str register_title(const struct register_type *type, const struct fields_state *s) {
    int at = register_field(type, json_member_text(type->more, "title"));
    struct str shown = at < 0 ? S("") : fields_shown(s->arena, &s->all.at[at]);
    return shown.len ? utf8_cut(shown, TITLE_MOST) : S("(chưa ghi tên)");
}

struct str register_sort_number(struct arena *a, int64_t number) {
    return str_format(a, "%020llu", (unsigned long long)((uint64_t)number ^ (UINT64_C(1) << 63)));
}

struct str register_sort(struct arena *a, const struct fields_answer *x) {
    enum fields_kind kind = x->item->kind;
    if (!x->text.len || kind == FIELDS_ENUM || kind == FIELDS_BOOL || register_is_date(kind)) {
        return utf8_cut(x->text, SORT_BYTES);
    }
    if (register_is_number(kind)) {
        return register_sort_number(a, x->number);
    }
    struct str shown = utf8_cut(fields_shown(a, x), SORT_BYTES);
    struct str key = kind == FIELDS_PERSON_NAME ? utf8_name_key(a, shown) : utf8_sort_key(a, shown);
    size_t n = key.len < SORT_BYTES ? key.len : SORT_BYTES;
    char *hex = arena_take(a, char, 2 * n + 1);
    sodium_bin2hex(hex, 2 * n + 1, (const unsigned char *)key.at, n);
    return (struct str){hex, 2 * n};
}

enum fields_class register_class(const struct who *who, int64_t owner) {
    if (who->organ.v != owner) {
        return FIELDS_BASIC;
    }
    return who->roles & (ROLE_LEADER | ROLE_HEAD) ? FIELDS_RESTRICTED : FIELDS_SENSITIVE;
}
