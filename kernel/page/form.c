#include "kernel/page/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/db/id.h"

#include "base/banned.h"

enum { LINE_MOST = 300, TEXT_MOST = 20000, SECRET_MOST = 256, IDS_MOST = 1000, FILES_MOST = 50, PAIRS_MOST = 5000 };

static struct form_value *value_named(const struct form *f, struct str name) {
    for (size_t i = 0; i < f->values.n; i++) {
        if (str_eq(f->values.at[i].field->name, name)) {
            return &f->values.at[i];
        }
    }
    return NULL;
}

/* Asking for a field the route does not declare is a mistake of ours, not of the person's. */
static struct form_value *value_of(const struct form *f, const char *name) {
    struct form_value *v = value_named(f, str_of(name));
    if (!v) {
        log_line(LOG_ERROR, "no field \"%s\" is declared in this form", name);
        abort();
    }
    return v;
}

struct str form_text(const struct form *f, const char *name) {
    return value_of(f, name)->text;
}
int64_t form_number(const struct form *f, const char *name) { return value_of(f, name)->number; }
bool form_flag(const struct form *f, const char *name) { return value_of(f, name)->number != 0; }
struct date form_date(const struct form *f, const char *name) {
    return value_of(f, name)->date;
}
int64_t form_id(const struct form *f, const char *name) { return value_of(f, name)->number; }
const struct form_value *form_value(const struct form *f, const char *name) { return value_of(f, name); }

struct upload *form_upload(const struct form *f, const char *name) {
    const struct form_value *v = value_of(f, name);
    return v->uploads.n ? v->uploads.at[0] : NULL;
}

bool form_has_fault(const struct form *f, struct str name) {
    const struct form_value *v = value_named(f, name);
    return v && v->fault.len;
}

static void fault_set(struct form *f, struct form_value *v, struct str words) {
    if (v->fault.len == 0) {
        v->fault = words;
    }
    f->is_refused = true;
}

void form_fault(struct form *f, const char *name, const char *format, ...) {
    char words[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(words, sizeof words, format, args);
    va_end(args);
    struct str said = str_copy(f->arena, (struct str){words, n < 0                      ? 0
                                                             : (size_t)n < sizeof words ? (size_t)n
                                                                                        : sizeof words - 1});
    fault_set(f, value_of(f, name), said);
}

void form_fault_add(struct form *f, struct str name, struct str words) {
    struct form_value *v = name.len ? value_named(f, name) : NULL;
    if (v && v->field->kind != FIELD_VERSION) {
        fault_set(f, v, words);
        return;
    }
    f->is_stale = f->is_stale || v;
    f->is_refused = true;
    if (f->fault.len == 0) {
        f->fault = words;
    }
}

struct err form_check(struct form *f) {
    return f->is_refused ? FAIL(ERR_INVALID, "a field is at fault") : OK;
}

/* "Trích yếu": the field as the page calls it. */
static struct str label_of(const struct field *k) { return k->label.len ? k->label : k->name; }

/* One line: runs of white space become one space, other control characters are at fault. */
static bool line_clean(struct arena *a, struct str typed, bool is_line, struct str *out) {
    struct str s = utf8_clean(a, typed);
    char *to = arena_take(a, char, s.len + 1);
    size_t n = 0;
    bool was_space = true;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '\r' && !is_line) {
            continue;
        }
        bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (((unsigned char)c < ' ' && !is_space) || c == 0x7f) {
            return false;
        }
        if (is_line && is_space) {
            if (!was_space) {
                to[n++] = ' ';
            }
        } else {
            to[n++] = c;
        }
        was_space = is_space;
    }
    *out = str_trim((struct str){to, n});
    return true;
}

static void read_text(struct form *f, struct form_value *v) {
    const struct field *k = v->field;
    bool is_line = k->kind == FIELD_LINE;
    if (!line_clean(f->arena, v->typed, is_line, &v->text)) {
        fault_set(f, v, str_format(f->arena, "%.*s có ký tự không hợp lệ.", STR_ARG(label_of(k))));
        return;
    }
    int64_t most = k->most ? k->most : is_line ? LINE_MOST : TEXT_MOST;
    int64_t n = (int64_t)utf8_length(v->text);
    if (n > most) {
        fault_set(f, v,
                  str_format(f->arena, "%.*s dài quá %lld ký tự (đang có %lld).", STR_ARG(label_of(k)), (long long)most,
                             (long long)n));
    } else if (n && n < k->least) {
        fault_set(f, v,
                  str_format(f->arena, "%.*s cần ít nhất %lld ký tự.", STR_ARG(label_of(k)), (long long)k->least));
    }
}

static void read_secret(struct form *f, struct form_value *v) {
    const struct field *k = v->field;
    int64_t n = (int64_t)utf8_length(v->typed), most = k->most ? k->most : SECRET_MOST;
    v->text = v->typed;
    if (n > most) {
        fault_set(f, v, str_format(f->arena, "%.*s dài quá %lld ký tự.", STR_ARG(label_of(k)), (long long)most));
    } else if (n && n < k->least) {
        fault_set(f, v,
                  str_format(f->arena, "%.*s cần ít nhất %lld ký tự.", STR_ARG(label_of(k)), (long long)k->least));
    }
}

/* Digits with the dots and spaces people put between thousands. */
static struct str number_clean(struct arena *a, struct str s) {
    char *to = arena_take(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool is_between = i > 0 && i + 3 < s.len && (s.at[i] == '.' || s.at[i] == ' ');
        if (!is_between) {
            to[n++] = s.at[i];
        }
    }
    return (struct str){to, n};
}

static void read_number(struct form *f, struct form_value *v) {
    const struct field *k = v->field;
    v->text = str_trim(v->typed);
    if (v->text.len == 0) {
        return;
    }
    if (!num_read(number_clean(f->arena, v->text), &v->number)) {
        fault_set(f, v, str_format(f->arena, "%.*s phải là số nguyên.", STR_ARG(label_of(k))));
    } else if ((k->least || k->most) && (v->number < k->least || (k->most && v->number > k->most))) {
        fault_set(f, v,
                  k->most
                      ? str_format(f->arena, "%.*s phải từ %lld đến %lld.", STR_ARG(label_of(k)), (long long)k->least,
                                   (long long)k->most)
                      : str_format(f->arena, "%.*s phải từ %lld trở lên.", STR_ARG(label_of(k)), (long long)k->least));
        v->number = 0;
    }
}

static void read_date(struct form *f, struct form_value *v) {
    v->text = str_trim(v->typed);
    if (v->text.len && !date_read_vi(v->text, &v->date)) {
        fault_set(f, v,
                  str_format(f->arena, "%.*s phải là ngày có thật, viết như 23/11/2026.", STR_ARG(label_of(v->field))));
    }
}

static void read_choice(struct form *f, struct form_value *v) {
    v->text = str_trim(v->typed);
    if (v->text.len == 0) {
        return;
    }
    for (const struct choice *c = v->field->choices; c && c->value.len; c++) {
        if (str_eq(c->value, v->text)) {
            return;
        }
    }
    v->text = S("");
    fault_set(f, v, str_format(f->arena, "%.*s: mời chọn một mục trong danh sách.", STR_ARG(label_of(v->field))));
}

static void read_ids(struct form *f, struct form_value *v) {
    struct str rest = v->typed, piece;
    v->text = v->typed;
    while (str_next(&rest, ',', &piece)) {
        int64_t id = 0;
        piece = str_trim(piece);
        if (piece.len == 0) {
            continue;
        }
        if (!id_read(piece, &id) || v->ids.n >= IDS_MOST) {
            fault_set(f, v, str_format(f->arena, "%.*s: có mục không đúng.", STR_ARG(label_of(v->field))));
            return;
        }
        LIST_ADD(f->arena, &v->ids, id);
    }
    if (v->ids.n) {
        v->number = v->ids.at[0];
    }
    if (v->field->kind == FIELD_ID && v->ids.n > 1) {
        fault_set(f, v, str_format(f->arena, "%.*s: chỉ chọn một mục.", STR_ARG(label_of(v->field))));
    }
}

static void read_files(struct form *f, struct form_value *v) {
    const struct field *k = v->field;
    for (size_t i = 0; i < v->uploads.n; i++) {
        const struct upload *u = v->uploads.at[i];
        if (k->most && u->size > k->most) {
            struct buf b = buf_in(f->arena);
            num_put_bytes_vi(&b, k->most);
            fault_set(f, v, str_format(f->arena, "Tệp “%.*s” lớn quá %.*s.", STR_ARG(u->name), STR_ARG(buf_str(&b))));
        } else if (u->size == 0) {
            fault_set(f, v, str_format(f->arena, "Tệp “%.*s” không có nội dung.", STR_ARG(u->name)));
        }
    }
}

static bool is_empty(const struct form_value *v) {
    switch (v->field->kind) {
    case FIELD_FILE: return v->uploads.n == 0;
    case FIELD_FLAG:
    case FIELD_VERSION: return v->number == 0;
    case FIELD_ID:
    case FIELD_IDS: return v->ids.n == 0;
    case FIELD_PAIRS: return v->pairs.n == 0;
    case FIELD_END:
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_SECRET:
    case FIELD_INT:
    case FIELD_DATE:
    case FIELD_CHOICE: break;
    }
    return v->text.len == 0;
}

/* Not a number: no version that any record has, and the person is shown what stands. */
static void read_version(struct form_value *v) {
    if (!num_read_between(str_trim(v->typed), 1, INT64_MAX, &v->number)) {
        v->number = 0;
    }
}

static void value_read(struct form *f, struct form_value *v) {
    if (v->is_garbled) {
        fault_set(f, v, str_format(f->arena, "%.*s có chữ không đọc được. Mời gõ lại.", STR_ARG(label_of(v->field))));
        return;
    }
    switch (v->field->kind) {
    case FIELD_LINE:
    case FIELD_TEXT: read_text(f, v); break;
    case FIELD_SECRET: read_secret(f, v); break;
    case FIELD_INT: read_number(f, v); break;
    case FIELD_DATE: read_date(f, v); break;
    case FIELD_FLAG: v->number = v->typed.len > 0 && !str_eq(v->typed, S("0")) && !str_eq(v->typed, S("false")); break;
    case FIELD_CHOICE: read_choice(f, v); break;
    case FIELD_ID:
    case FIELD_IDS: read_ids(f, v); break;
    case FIELD_FILE: read_files(f, v); break;
    case FIELD_VERSION: read_version(v); break;
    case FIELD_PAIRS:
    case FIELD_END: break;
    }
    if (v->field->is_required && !v->fault.len && is_empty(v)) {
        bool is_chosen = v->field->kind == FIELD_CHOICE || v->field->kind == FIELD_ID || v->field->kind == FIELD_IDS ||
                         v->field->kind == FIELD_FILE;
        fault_set(f, v,
                  str_format(f->arena, is_chosen ? "Mời chọn %.*s." : "Mời nhập %.*s.",
                             STR_ARG(utf8_lower(f->arena, label_of(v->field)))));
    }
}

static struct form *form_new(struct arena *a, const struct field *fields) {
    struct form *f = arena_take(a, struct form, 1);
    f->arena = a;
    for (const struct field *k = fields; k && k->kind != FIELD_END; k++) {
        LIST_PUSH(a, &f->values)->field = k;
    }
    return f;
}

/* A part under the name of a FIELD_PAIRS and a dot. */
static bool pair_take(struct form *f, const struct form_part *p) {
    struct str before, behind;
    if (p->upload || !str_cut(p->name, S("."), &before, &behind)) {
        return false;
    }
    struct form_value *v = value_named(f, before);
    if (!v || v->field->kind != FIELD_PAIRS || !behind.len || v->pairs.n >= PAIRS_MOST) {
        return false;
    }
    v->is_garbled = v->is_garbled || p->is_garbled;
    LIST_ADD(f->arena, &v->pairs, (struct form_pair){behind, p->value});
    return true;
}

/* A part put where it belongs; false when it may not be there: not declared, twice, or a file for text. */
static bool part_take(struct form *f, const struct form_part *p, bool *seen) {
    struct form_value *v = value_named(f, p->name);
    if (!v) {
        return pair_take(f, p);
    }
    if (v->field->kind == FIELD_PAIRS || (p->upload != NULL) != (v->field->kind == FIELD_FILE)) {
        return false;
    }
    size_t i = (size_t)(v - f->values.at);
    bool is_many = v->field->is_many || v->field->kind == FIELD_IDS;
    if (seen[i] && !is_many) {
        return false;
    }
    if (p->upload) {
        if (v->uploads.n >= FILES_MOST) {
            return false;
        }
        LIST_ADD(f->arena, &v->uploads, p->upload);
    } else if (seen[i]) {
        v->typed = str_format(f->arena, "%.*s%s%.*s", STR_ARG(v->typed), v->field->kind == FIELD_IDS ? "," : "\n",
                              STR_ARG(p->value));
    } else {
        v->typed = p->value;
    }
    v->is_garbled = v->is_garbled || p->is_garbled;
    seen[i] = true;
    return true;
}

struct err form_read(struct arena *a, const struct field *fields, const struct form_part *parts, size_t n,
                     struct form **form) {
    struct form *f = form_new(a, fields);
    bool *seen = arena_take(a, bool, f->values.n + 1);
    *form = f;
    for (size_t i = 0; i < n; i++) {
        /* Names beginning with '_' are the kernel's own. */
        if (parts[i].name.len && parts[i].name.at[0] == '_') {
            continue;
        }
        if (!part_take(f, &parts[i], seen)) {
            return FAIL_WITH(a, ERR_INVALID, "field \"%.*s\" is not declared, comes twice, or is of another kind",
                             STR_ARG(utf8_cut(parts[i].name, 40)));
        }
    }
    for (size_t i = 0; i < f->values.n; i++) {
        value_read(f, &f->values.at[i]);
    }
    return OK;
}

struct form *form_begin(struct arena *a, const struct field *fields, const struct form *typed) {
    struct form *f = form_new(a, fields);
    if (!typed) {
        return f;
    }
    f->fault = typed->fault;
    f->kept = typed->kept;
    f->is_refused = typed->is_refused;
    f->is_stale = typed->is_stale;
    for (size_t i = 0; i < f->values.n; i++) {
        const struct form_value *from = value_named(typed, f->values.at[i].field->name);
        if (from) {
            const struct field *k = f->values.at[i].field;
            f->values.at[i] = *from;
            f->values.at[i].field = k;
            if (k->kind == FIELD_SECRET) {
                f->values.at[i].typed = f->values.at[i].text = S("");
            }
        }
    }
    return f;
}

struct form *form_begin_at(struct arena *a, const struct field *fields, const struct form *typed, int64_t version) {
    struct form *f = form_begin(a, fields, typed);
    for (size_t i = 0; i < f->values.n; i++) {
        /* Faults of typing are mended against the state the person saw. */
        if (f->values.at[i].field->kind == FIELD_VERSION && (!f->is_refused || f->is_stale)) {
            f->values.at[i].number = version;
        }
    }
    return f;
}

int64_t form_version(const struct form *f) {
    for (size_t i = 0; i < f->values.n; i++) {
        if (f->values.at[i].field->kind == FIELD_VERSION) {
            return f->values.at[i].number;
        }
    }
    return 0;
}

static struct str choice_shown(const struct field *k, struct str value) {
    for (const struct choice *c = k->choices; c && c->value.len; c++) {
        if (str_eq(c->value, value)) {
            return c->label;
        }
    }
    return value;
}

static void stands_set(const struct form *f, struct form_value *v, struct str text, struct str shown) {
    v->is_unlike = f->is_stale && !str_eq(text, v->text);
    v->stands = v->is_unlike ? shown : S("");
}

/* What was typed into a refused form stays; values to begin with do not overwrite it. */
void form_set(struct form *f, const char *name, struct str text) {
    struct form_value *v = value_of(f, name);
    if (!f->is_refused) {
        v->typed = v->text = text;
    }
    stands_set(f, v, text, choice_shown(v->field, text));
}

void form_set_id(struct form *f, const char *name, int64_t id) {
    struct form_value *v = value_of(f, name);
    if (!f->is_refused && id) {
        v->number = id;
        v->typed = v->text = str_format(f->arena, "%lld", (long long)id);
        LIST_ADD(f->arena, &v->ids, id);
    }
}

void form_set_date(struct form *f, const char *name, struct date d) {
    struct form_value *v = value_of(f, name);
    if (!f->is_refused && d.year) {
        v->date = d;
        v->typed = v->text = date_vi(f->arena, d);
    }
    struct str was = v->date.year ? date_vi(f->arena, v->date) : v->text, now = d.year ? date_vi(f->arena, d) : S("");
    v->is_unlike = f->is_stale && !str_eq(was, now);
    v->stands = v->is_unlike ? now : S("");
}
