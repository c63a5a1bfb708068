/* `doanket sheet --cases FILE.jsonl`. A line names a sheet: {"id", "file"}, and may say what is wanted: "type" (an
   object as in types.json) or "register" (the name of one). Where it says neither, types.json beside the sheet is asked
   which of its registers fits. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/sheet.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/page/json.h"
#include "read/book.h"
#include "read/json.h"

#include "base/banned.h"

enum { FILE_MOST = 64 << 20 };

static bool file_bytes(struct arena *a, const char *path, struct str *bytes) {
    struct buf b = buf_in(a);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 && b.len < FILE_MOST) {
        buf_reserve(&b, 1 << 16);
        n = read(fd, b.at + b.len, 1 << 16);
        b.len += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0) {
        close(fd);
    }
    *bytes = buf_str(&b);
    return n == 0;
}

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

static struct import_want want_of(struct arena *a, const struct json_value *type) {
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
                                .place = sheet_commune};
}

/* --- What was found --- */
static void member(struct buf *b, const char *name) {
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
    member(b, "columns");
    buf_put_char(b, '{');
    for (size_t i = 0; i < t->columns.n; i++) {
        const struct import_column *c = &t->columns.at[i];
        struct str name = import_cell(a, c->column, 1);
        member(b, str_z(a, str_slice(name, 0, name.len - 1)));
        text_or_null(b, c->field < 0 ? S("") : want->columns[c->field].name);
    }
    BUF_LIT(b, "}");
    member(b, "hidden_columns");
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
    member(b, "missing_columns");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->missing.n; i++) {
        comma(b, i == 0);
        json_str(b, want->columns[t->missing.at[i]].name);
    }
    BUF_LIT(b, "]");
}

static void faults_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import_table *t) {
    member(b, "messages");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->faults.n; i++) {
        const struct import_fault *f = &t->faults.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        member(b, "cell");
        json_str(b, import_cell(a, f->column, f->row));
        member(b, "level");
        json_z(b, f->kind < IMPORT_ERRORS ? "error" : "warn");
        member(b, "kind");
        json_str(b, import_fault_name(f->kind));
        member(b, "suggestion");
        text_or_null(b, f->earlier ? str_format(a, "row %lld", (long long)f->earlier) : f->suggestion);
        member(b, "field");
        text_or_null(b, f->field < 0 ? S("") : want->columns[f->field].name);
        member(b, "words");
        json_str(b, import_fault_words(a, want, f));
        member(b, "advice");
        text_or_null(b, import_fault_advice(a, f));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void value_put(struct buf *b, const struct import_wanted *w, struct str value) {
    bool is_bare =
        w->kind == IMPORT_INT || w->kind == IMPORT_MONEY || w->kind == IMPORT_DECIMAL || w->kind == IMPORT_BOOL;
    member(b, str_z(b->arena, w->name));
    if (is_bare) {
        buf_put(b, value);
    } else {
        json_str(b, value);
    }
}

static void rows_put(struct buf *b, const struct import_want *want, const struct import_table *t) {
    member(b, "rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct import_row *row = &t->rows.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        member(b, "row");
        json_int(b, row->number);
        member(b, "state");
        json_z(b, row->is_good ? "good" : "bad");
        if (row->is_good) {
            member(b, "values");
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
    member(b, name);
    if (may_be_none && !n) {
        json_z(b, NULL);
    } else {
        json_int(b, n);
    }
}

static void lines_put(struct buf *b, const struct import_table *t) {
    member(b, "header_rows");
    BUF_LIT(b, "[");
    for (int64_t row = t->header_first; row <= t->header_last; row++) {
        comma(b, row == t->header_first);
        json_int(b, row);
    }
    BUF_LIT(b, "]");
    number_put(b, "number_row", t->number_row, true);
    number_put(b, "first_data_row", t->first_row, true);
    number_put(b, "last_data_row", t->last_row, true);
    member(b, "hidden_rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->hidden_rows.n; i++) {
        comma(b, i == 0);
        json_int(b, t->hidden_rows.at[i]);
    }
    BUF_LIT(b, "]");
    member(b, "skipped_rows");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < t->skipped.n; i++) {
        comma(b, i == 0);
        BUF_LIT(b, "{");
        number_put(b, "row", t->skipped.at[i].row, false);
        member(b, "kind");
        json_str(b, import_skip_name(t->skipped.at[i].kind));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void found_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import *found) {
    member(b, "register");
    json_str(b, want->name);
    member(b, "date1904");
    json_bool(b, found->is_1904);
    number_put(b, "good_rows", (int64_t)found->good, false);
    number_put(b, "bad_rows", (int64_t)found->bad, false);
    member(b, "tables");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < found->tables.n; i++) {
        const struct import_table *t = &found->tables.at[i];
        comma(b, i == 0);
        BUF_LIT(b, "{");
        member(b, "sheet");
        json_str(b, t->sheet);
        member(b, "register");
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

/* --- A line --- */
static struct str folder_of(struct str path) {
    size_t end = path.len;
    while (end && path.at[end - 1] != '/') {
        end--;
    }
    return str_slice(path, 0, end);
}

static struct str beside(struct arena *a, struct str path, struct str name) {
    return str_starts(name, S("/")) ? name : str_format(a, "%.*s%.*s", STR_ARG(folder_of(path)), STR_ARG(name));
}

/* The kinds of table a line asks for. */
static struct err wants_of(struct arena *a, const struct json_value *line, struct str sheet, struct import_want **wants,
                           size_t *n) {
    const struct json_value *type = json_member(line, "type"), *types;
    struct str bytes, name = json_member_text(line, "register");
    size_t fault_at;
    *n = 0;
    *wants = arena_take(a, struct import_want, 1);
    if (json_is_map(type)) {
        (*wants)[(*n)++] = want_of(a, type);
        return OK;
    }
    struct str path = beside(a, sheet, S("types.json"));
    types = file_bytes(a, str_z(a, path), &bytes) ? json_read(a, bytes, &fault_at) : NULL;
    *wants = arena_take(a, struct import_want, json_count(types) + 1);
    for (size_t i = 0; i < json_count(types); i++) {
        const struct json_value *t = json_item(types, i);
        if (!name.len || str_eq(json_member_text(t, "register"), name)) {
            (*wants)[(*n)++] = want_of(a, t);
        }
    }
    return *n ? OK
              : err_refuse(a, ERR_INVALID, "type", "Không biết cần đọc cột nào: thiếu “type”, và không có %.*s.",
                           STR_ARG(path));
}

static struct err case_read(struct arena *a, struct str cases, struct str line, struct buf *b) {
    size_t fault_at = 0, n;
    const struct json_value *c = json_read(a, line, &fault_at);
    struct str file = json_member_text(c, "file"), path = beside(a, cases, file);
    struct import_want *wants;
    struct read_book book;
    struct import found;
    member(b, "id");
    text_or_null(b, json_member_text(c, "id"));
    member(b, "file");
    text_or_null(b, file);
    if (!file.len) {
        return REFUSE(ERR_INVALID, "file", "Dòng này không nêu tệp (“file”).");
    }
    TRY(wants_of(a, c, path, &wants, &n));
    TRY(read_book(a, str_z(a, path), &read_limits_usual, IMPORT_LINES, &book));
    const struct import_want *want = n == 1 ? wants : import_fitting(a, &book, wants, n);
    if (!want) {
        return REFUSE(ERR_INVALID, "file", "Không tìm thấy bảng nào có các cột cần đọc.");
    }
    import_look(a, &book, want, &found);
    found_put(a, b, want, &found);
    return OK;
}

static void case_print(struct str cases, struct str line) {
    struct arena *a = arena_new();
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{");
    struct err e = case_read(a, cases, line, &b);
    if (e.why) {
        member(&b, "error");
        json_str(&b, e.why->message.len ? e.why->message : err_sentence(e.why->kind));
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, stdout);
    arena_free(a);
}

int sheet_command(struct serve *s, struct str *rest, size_t n) {
    struct str bytes, line;
    if (n != 1 || !file_bytes(s->arena, str_z(s->arena, rest[0]), &bytes)) {
        fputs("doanket sheet --cases FILE.jsonl\n", stderr);
        return 2;
    }
    while (str_next(&bytes, '\n', &line)) {
        if (str_trim(line).len) {
            case_print(rest[0], line);
        }
    }
    return 0;
}
