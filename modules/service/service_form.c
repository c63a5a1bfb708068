#include "modules/service/service_form.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "read/json.h"

#include "base/banned.h"

FACTS(service_form_01_1, "modules/service/procedures/01-1.json");
FACTS(service_form_02_1, "modules/service/procedures/02-1.json");
FACTS(service_form_03_1, "modules/service/procedures/03-1.json");
FACTS(service_form_04_1, "modules/service/procedures/04-1.json");
FACTS(service_form_05_1, "modules/service/procedures/05-1.json");
FACTS(service_form_06_1, "modules/service/procedures/06-1.json");
FACTS(service_form_07_1, "modules/service/procedures/07-1.json");
FACTS(service_form_08_1, "modules/service/procedures/08-1.json");
FACTS(service_form_09_1, "modules/service/procedures/09-1.json");
FACTS(service_form_10_1, "modules/service/procedures/10-1.json");
FACTS(service_form_11_1, "modules/service/procedures/11-1.json");

/* A later version stands behind the earlier ones of its code. */
static const struct {
    struct str code;
    int64_t version;
    const char *at;
    const size_t *size;
} files[] = {
#define FILE_OF(number_, version_)                                                                                     \
    {                                                                                                                  \
        S_INIT("MTTQ.HP." #number_), version_, service_form_##number_##_##version_##_begin,                            \
            &service_form_##number_##_##version_##_size                                                                \
    }
    FILE_OF(01, 1), FILE_OF(02, 1), FILE_OF(03, 1), FILE_OF(04, 1), FILE_OF(05, 1), FILE_OF(06, 1),
    FILE_OF(07, 1), FILE_OF(08, 1), FILE_OF(09, 1), FILE_OF(10, 1), FILE_OF(11, 1),
};
enum { FILES = sizeof files / sizeof *files };

bool service_form_file(size_t i, struct str *name, struct str *json) {
    if (i >= FILES) {
        return false;
    }
    *name = files[i].code;
    *json = (struct str){files[i].at, *files[i].size};
    return true;
}

static bool is_newest(size_t i) { return i + 1 == FILES || !str_eq(files[i].code, files[i + 1].code); }

struct service_heads service_heads(struct arena *a) {
    struct service_heads heads = {0};
    for (size_t i = 0; i < FILES; i++) {
        size_t at;
        const struct json_value *v = is_newest(i) ? json_read(a, (struct str){files[i].at, *files[i].size}, &at) : NULL;
        struct date from = {0};
        if (v && date_read_iso(json_member_text(v, "valid_from"), &from)) {
            LIST_ADD(a, &heads.all,
                     (struct service_head){.code = files[i].code,
                                           .name = json_member_text(v, "name"),
                                           .short_name = json_member_text(v, "short"),
                                           .purpose = json_member_text(v, "purpose"),
                                           .version = files[i].version,
                                           .valid_from = from});
        }
    }
    return heads;
}

static void clocks_read(struct arena *a, struct service_form *f) {
    const struct json_value *list = json_member(f->whole, "clocks");
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *v = json_item(list, i);
        LIST_ADD(a, &f->clocks,
                 (struct service_clock_def){.id = json_member_text(v, "id"),
                                            .name = json_member_text(v, "name"),
                                            .unit = json_member_text(v, "unit"),
                                            .start = json_member_text(v, "start"),
                                            .basis = json_member_text(v, "basis"),
                                            .law = json_member_text(v, "law"),
                                            .on_late = json_member_text(v, "on_late"),
                                            .n = json_member_int(v, "n")});
    }
}

static void steps_read(struct arena *a, struct service_form *f) {
    const struct json_value *list = json_member(f->whole, "steps");
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *v = json_item(list, i), *next = json_member(v, "next");
        struct service_step_def s = {.id = json_member_text(v, "id"),
                                     .name = json_member_text(v, "name"),
                                     .actor = json_member_text(v, "actor"),
                                     .state = json_member_text(v, "state"),
                                     .clock = json_member_text(v, "clock"),
                                     .letter = json_member_text(v, "letter")};
        for (size_t k = 0; k < json_count(next); k++) {
            LIST_ADD(a, &s.next, json_text_of(json_item(next, k)));
        }
        LIST_ADD(a, &f->steps, s);
    }
}

/* "thieu[]{ten,ly_do}" is called thieu. */
static struct str plain_name(struct str placeholder) {
    struct str name, rest;
    (void)str_cut(placeholder, S("["), &name, &rest);
    return name;
}

static void letters_read(struct arena *a, struct service_form *f) {
    const struct json_value *list = json_member(f->whole, "letters");
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *v = json_item(list, i), *names = json_member(v, "placeholders");
        struct service_letter_def l = {.id = json_member_text(v, "id"),
                                       .name = json_member_text(v, "name"),
                                       .kind = json_member_text(v, "kind"),
                                       .when = json_member_text(v, "when"),
                                       .signer = json_member_text(v, "signer")};
        for (size_t k = 0; k < json_count(names); k++) {
            LIST_ADD(a, &l.placeholders, plain_name(json_text_of(json_item(names, k))));
        }
        LIST_ADD(a, &f->letters, l);
    }
}

/* A number the definition proposes is kept as its digits. */
static struct str proposed(struct arena *a, const struct json_value *v) {
    int64_t n;
    const struct json_value *list = v;
    if (json_int_of(v, &n)) {
        return str_format(a, "%lld", (long long)n);
    }
    struct buf b = buf_in(a);
    for (size_t i = 0; i < json_count(list); i++) {
        buf_put(&b, i ? S(", ") : S(""));
        buf_put(&b, json_text_of(json_item(list, i)));
    }
    return b.len ? buf_str(&b) : json_text_of(v);
}

static void settings_read(struct arena *a, struct service_form *f) {
    const struct json_value *list = json_member(f->whole, "office_settings");
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *v = json_item(list, i);
        LIST_ADD(a, &f->settings,
                 (struct service_setting_def){.key = json_member_text(v, "key"),
                                              .note = json_member_text(v, "note"),
                                              .value = proposed(a, json_member(v, "default"))});
    }
}

static bool names_commune(const struct json_value *levels) {
    for (size_t i = 0; i < json_count(levels); i++) {
        if (str_eq(json_text_of(json_item(levels, i)), S("xa"))) {
            return true;
        }
    }
    return false;
}

static struct err form_read(struct arena *a, size_t i, struct service_form **out) {
    struct service_form *f = arena_take(a, struct service_form, 1);
    struct fields_faults faults = {0};
    struct err e = fields_load(a, (struct str){files[i].at, *files[i].size}, &f->form, &faults);
    if (e.why) {
        struct str line = faults.n ? fields_fault_line(a, files[i].code, &faults.at[0]) : S("");
        return FAIL_WITH(a, ERR_BROKEN, "%.*s", STR_ARG(line));
    }
    f->whole = f->form->whole;
    f->code = files[i].code;
    f->version = files[i].version;
    f->name = f->form->name;
    f->short_name = json_member_text(f->whole, "short");
    f->purpose = json_member_text(f->whole, "purpose");
    f->receiver = json_member_text(f->whole, "receiver");
    f->decider = json_member_text(f->whole, "decider");
    f->has_commune = names_commune(json_member(f->whole, "levels"));
    const struct json_value *supplement = json_member(f->whole, "supplement");
    f->supplements_most = json_member_int(supplement, "times");
    f->supplement_days = json_member_int(supplement, "days_for_citizen");
    f->withdraw_until = json_member_text(json_member(f->whole, "withdraw"), "until");
    clocks_read(a, f);
    steps_read(a, f);
    letters_read(a, f);
    settings_read(a, f);
    *out = f;
    return OK;
}

struct err service_form_load(struct arena *a, struct str code, int64_t version, struct service_form **form) {
    for (size_t i = 0; i < FILES; i++) {
        if (str_eq(files[i].code, code) && (version ? files[i].version == version : is_newest(i))) {
            return form_read(a, i, form);
        }
    }
    return FAIL(ERR_MISSING, "no such procedure, or not of that version");
}

const struct service_step_def *service_step_of(const struct service_form *f, struct str id) {
    for (size_t i = 0; i < f->steps.n; i++) {
        if (str_eq(f->steps.at[i].id, id)) {
            return &f->steps.at[i];
        }
    }
    return NULL;
}

const struct service_clock_def *service_clock_of(const struct service_form *f, struct str id) {
    for (size_t i = 0; i < f->clocks.n; i++) {
        if (str_eq(f->clocks.at[i].id, id)) {
            return &f->clocks.at[i];
        }
    }
    return NULL;
}

const struct service_letter_def *service_letter_of(const struct service_form *f, struct str id) {
    for (size_t i = 0; i < f->letters.n; i++) {
        if (str_eq(f->letters.at[i].id, id)) {
            return &f->letters.at[i];
        }
    }
    return NULL;
}

const struct service_step_def *service_step_first(const struct service_form *f) {
    for (size_t i = 0; i < f->steps.n; i++) {
        if (str_eq(f->steps.at[i].state, S("received"))) {
            return &f->steps.at[i];
        }
    }
    return f->steps.n ? &f->steps.at[0] : NULL;
}

struct str service_step_name(const struct service_form *f, struct str id) {
    static const struct {
        struct str id, name;
    } ends[] = {{S_INIT("submitted"), S_INIT("Đã gửi")},
                {S_INIT("supplement"), S_INIT("Yêu cầu bổ sung")},
                {S_INIT("answered"), S_INIT("Đã bổ sung")},
                {S_INIT("apology"), S_INIT("Xin lỗi và hẹn lại")},
                {S_INIT("done"), S_INIT("Xong")},
                {S_INIT("refused"), S_INIT("Từ chối")},
                {S_INIT("withdrawn"), S_INIT("Người nộp rút")}};
    const struct service_step_def *s = service_step_of(f, id);
    for (size_t i = 0; !s && i < sizeof ends / sizeof *ends; i++) {
        if (str_eq(ends[i].id, id)) {
            return ends[i].name;
        }
    }
    return s ? s->name : id;
}

/* ---- Settings */

struct str service_setting_value(const struct service_form *f, struct str settings, struct str key) {
    struct str line, name, value;
    while (str_next(&settings, '\n', &line)) {
        if (str_cut(line, S("="), &name, &value) && str_eq(str_trim(name), key) && str_trim(value).len) {
            return str_trim(value);
        }
    }
    for (size_t i = 0; i < f->settings.n; i++) {
        if (str_eq(f->settings.at[i].key, key)) {
            return f->settings.at[i].value;
        }
    }
    return S("");
}

struct str service_settings_lacking(struct arena *a, const struct service_form *f, struct str settings) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < f->settings.n; i++) {
        if (!service_setting_value(f, settings, f->settings.at[i].key).len) {
            const struct service_setting_def *s = &f->settings.at[i];
            buf_put(&b, b.len ? S(", ") : S(""));
            buf_put(&b, s->note.len ? s->note : s->key);
        }
    }
    return buf_str(&b);
}

bool service_is_sensitive(const struct service_form *f, struct str name) {
    struct str question, rest;
    (void)str_cut(name, S("."), &question, &rest);
    const struct fields_item *k = fields_item_named(f->form, question);
    return k && k->pd >= FIELDS_SENSITIVE;
}
