/* What a register wants of a sheet, as types.json says it, and what was found in one, as JSON. */
#include "modules/register/inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "read/json.h"

#include "base/banned.h"

/* --- What is wanted --- */
static enum import_kind kind_named(struct str name) {
    static const struct {
        const char *name;
        enum import_kind kind;
    } kinds[] = {
        {"text", IMPORT_TEXT},       {"longtext", IMPORT_TEXT}, {"int", IMPORT_INT},     {"decimal", IMPORT_DECIMAL},
        {"percent", IMPORT_DECIMAL}, {"money", IMPORT_MONEY},   {"date", IMPORT_DATE},   {"bool", IMPORT_BOOL},
        {"enum", IMPORT_CHOICE},     {"phone", IMPORT_PHONE},   {"id_no", IMPORT_ID_NO}, {"place", IMPORT_PLACE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_eq(name, str_of(kinds[i].name))) {
            return kinds[i].kind;
        }
    }
    return IMPORT_TEXT;
}

static bool has_text(const struct json_value *list, const char *text) {
    for (size_t i = 0; i < json_count(list); i++) {
        if (str_eq(json_text_of(json_item(list, i)), str_of(text))) {
            return true;
        }
    }
    return false;
}

static struct str joined(struct arena *a, const struct json_value *list, char sign) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < json_count(list); i++) {
        if (b.len) {
            buf_put_char(&b, sign);
        }
        buf_put(&b, json_text_of(json_item(list, i)));
    }
    return buf_str(&b);
}

static void choices_of(struct arena *a, const struct json_value *list, struct import_wanted *w) {
    struct import_choice *choices = arena_take(a, struct import_choice, json_count(list));
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *item = json_item(list, i);
        struct str code = json_is_map(item) ? json_member_text(item, "code") : json_text_of(item);
        if (!import_choice_known(code, &choices[i])) {
            choices[i] = (struct import_choice){.code = code, .label = json_member_text(item, "label")};
        }
    }
    w->choices = choices;
    w->n_choices = json_count(list);
}

static struct import_wanted wanted_of(struct arena *a, const struct json_value *field) {
    const struct json_value *precision = json_member(field, "precision");
    struct str required = json_member_text(field, "required");
    struct import_wanted w = {.name = json_member_text(field, "name"),
                              .title = json_member_text(field, "label"),
                              .synonyms = joined(a, json_member(field, "aliases"), '|'),
                              .kind = kind_named(json_member_text(field, "kind")),
                              .is_required = json_is_yes(json_member(field, "required")) || required.len,
                              .may_be_month = !precision || has_text(precision, "month"),
                              .may_be_year = !precision || has_text(precision, "year"),
                              .low = json_member_int(field, "min"),
                              .high = json_member_int(field, "max")};
    w.unless = str_starts(required, S("if no ")) ? str_slice(required, 6, required.len) : S("");
    choices_of(a, json_member(field, "list"), &w);
    return w;
}

struct import_want register_want(struct arena *a, const struct json_value *type) {
    const struct json_value *fields = json_member(type, "fields");
    size_t n = json_count(fields) < IMPORT_COLUMNS ? json_count(fields) : IMPORT_COLUMNS;
    struct import_wanted *columns = arena_take(a, struct import_wanted, n);
    for (size_t i = 0; i < n; i++) {
        columns[i] = wanted_of(a, json_item(fields, i));
    }
    return (struct import_want){.name = json_member_text(type, "register"),
                                .title = json_member_text(type, "title"),
                                .columns = columns,
                                .n = n,
                                .key = joined(a, json_member(type, "key"), ' '),
                                .place = register_commune};
}

/* --- What was found --- */
void register_member(struct buf *b, const char *name) {
    if (b->at[b->len - 1] != '{') {
        buf_put_char(b, ',');
    }
    json_z(b, name);
    buf_put_char(b, ':');
}

static void text_or_null(struct buf *b, struct str text) {
    if (text.len) {
        json_str(b, text);
    } else {
        json_z(b, NULL);
    }
}

static void comma(struct buf *b, bool is_first) {
    if (!is_first) {
        buf_put_char(b, ',');
    }
}

static void columns_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import_table *t) {
    register_member(b, "columns");
    buf_put_char(b, '{');
    for (size_t i = 0; i < t->columns.n; i++) {
        const struct import_column *c = &t->columns.at[i];
        struct str name = import_cell(a, c->column, 1);
        register_member(b, str_z(a, str_slice(name, 0, name.len - 1)));
        text_or_null(b, c->field < 0 ? S("") : want->columns[c->field].name);
    }
    BUF_LIT(b, "}");
    register_member(b, "hidden_columns");
    BUF_LIT(b, "[");
    bool is_first = true;
    for (size_t i = 0; i < t->columns.n; i++) {
        if (t->columns.at[i].is_hidden) {
            struct str name = import_cell(a, t->columns.at[i].column, 1);
            comma(b, is_first);
            json_str(b, str_slice(name, 0, name.len - 1));
            is_first = false;
        }
    }
    BUF_LIT(b, "]");
    register_member(b, "missing_columns");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->missing.n; i++) {
        comma(b, i == 0);
        json_str(b, want->columns[t->missing.at[i]].name);
    }
    BUF_LIT(b, "]");
}

static void faults_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import_table *t) {
    register_member(b, "messages");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->faults.n; i++) {
        const struct import_fault *f = &t->faults.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        register_member(b, "cell");
        json_str(b, import_cell(a, f->column, f->row));
        register_member(b, "level");
        json_z(b, f->kind < IMPORT_ERRORS ? "error" : "warn");
        register_member(b, "kind");
        json_str(b, import_fault_name(f->kind));
        register_member(b, "suggestion");
        text_or_null(b, f->earlier ? str_format(a, "row %lld", (long long)f->earlier) : f->suggestion);
        register_member(b, "field");
        text_or_null(b, f->field < 0 ? S("") : want->columns[f->field].name);
        register_member(b, "words");
        json_str(b, import_fault_words(a, want, f));
        register_member(b, "advice");
        text_or_null(b, import_fault_advice(a, f));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void value_put(struct buf *b, const struct import_wanted *w, struct str value) {
    bool is_bare =
        w->kind == IMPORT_INT || w->kind == IMPORT_MONEY || w->kind == IMPORT_DECIMAL || w->kind == IMPORT_BOOL;
    register_member(b, str_z(b->arena, w->name));
    if (is_bare) {
        buf_put(b, value);
    } else {
        json_str(b, value);
    }
}

static void rows_put(struct buf *b, const struct import_want *want, const struct import_table *t) {
    register_member(b, "rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct import_row *row = &t->rows.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        register_member(b, "row");
        json_int(b, row->number);
        register_member(b, "state");
        json_z(b, row->is_good ? "good" : "bad");
        if (row->is_good) {
            register_member(b, "values");
            BUF_LIT(b, "{");
            for (size_t f = 0; f < want->n; f++) {
                if (row->values[f].len) {
                    value_put(b, &want->columns[f], row->values[f]);
                }
            }
            BUF_LIT(b, "}");
        }
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void number_put(struct buf *b, const char *name, int64_t n, bool may_be_none) {
    register_member(b, name);
    if (may_be_none && !n) {
        json_z(b, NULL);
    } else {
        json_int(b, n);
    }
}

static void lines_put(struct buf *b, const struct import_table *t) {
    register_member(b, "header_rows");
    BUF_LIT(b, "[");
    for (int64_t row = t->header_first; row <= t->header_last; row++) {
        comma(b, row == t->header_first);
        json_int(b, row);
    }
    BUF_LIT(b, "]");
    number_put(b, "number_row", t->number_row, true);
    number_put(b, "first_data_row", t->first_row, true);
    number_put(b, "last_data_row", t->last_row, true);
    register_member(b, "hidden_rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->hidden_rows.n; i++) {
        comma(b, i == 0);
        json_int(b, t->hidden_rows.at[i]);
    }
    BUF_LIT(b, "]");
    register_member(b, "skipped_rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->skipped.n; i++) {
        comma(b, i == 0);
        BUF_LIT(b, "{");
        number_put(b, "row", t->skipped.at[i].row, false);
        register_member(b, "kind");
        json_str(b, import_skip_name(t->skipped.at[i].kind));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

void register_found_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import *found) {
    register_member(b, "register");
    json_str(b, want->name);
    register_member(b, "date1904");
    json_bool(b, found->is_1904);
    number_put(b, "good_rows", (int64_t)found->good, false);
    number_put(b, "bad_rows", (int64_t)found->bad, false);
    register_member(b, "tables");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < found->tables.n; i++) {
        const struct import_table *t = &found->tables.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        register_member(b, "sheet");
        json_str(b, t->sheet);
        register_member(b, "register");
        json_str(b, want->name);
        lines_put(b, t);
        columns_put(a, b, want, t);
        number_put(b, "good_rows", (int64_t)t->good, false);
        number_put(b, "bad_rows", (int64_t)t->bad, false);
        faults_put(a, b, want, t);
        rows_put(b, want, t);
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}
