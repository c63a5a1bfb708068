/* `doanket register read` for a person, `doanket sheet --cases` for a program. A line of cases names a sheet:
   {"id", "file"}, and may say what is wanted: "type" (an object as in types.json) or "register" (the name of one).
   Where it says neither, types.json beside the sheet is asked which of its registers fits. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/json.h"
#include "modules/register/inside.h"
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

/* The kinds of table that types.json of this path describes; with a name, that one alone. */
static struct err wants_of(struct arena *a, struct str path, struct str name, struct import_want **wants, size_t *n) {
    struct str bytes;
    size_t fault_at;
    const struct json_value *types = file_bytes(a, str_z(a, path), &bytes) ? json_read(a, bytes, &fault_at) : NULL;
    *n = 0;
    *wants = arena_take(a, struct import_want, json_count(types) + 1);
    for (size_t i = 0; i < json_count(types); i++) {
        const struct json_value *t = json_item(types, i);
        if (!name.len || str_eq(json_member_text(t, "register"), name)) {
            (*wants)[(*n)++] = register_want(a, t);
        }
    }
    return *n ? OK
              : err_refuse(a, ERR_INVALID, "type", "Không biết cần đọc cột nào: %.*s không có, hoặc không tả sổ nào.",
                           STR_ARG(path));
}

/* Reads a sheet by the one of the wants that fits it. */
static struct err sheet_look(struct arena *a, struct str path, const struct import_want *wants, size_t n,
                             const struct import_want **want, struct import *found) {
    struct read_book book;
    TRY(read_book(a, str_z(a, path), &read_limits_usual, IMPORT_LINES, &book));
    *want = n == 1 ? wants : import_fitting(a, &book, wants, n);
    if (!*want) {
        return REFUSE(ERR_INVALID, "file", "Không tìm thấy bảng nào có các cột cần đọc.");
    }
    import_look(a, &book, *want, found);
    return OK;
}

static struct str words_of(struct err e) { return e.why->message.len ? e.why->message : err_sentence(e.why->kind); }

/* --- For a person, or one sheet for a program --- */
enum { OPTION_TYPES, OPTION_JSON };
static const struct command_option read_options[] = {{"types", true}, {"json", false}, {0}};

static void table_print(struct arena *a, const struct import_want *want, const struct import_table *t) {
    printf("%.*s: %zu dòng tốt, %zu dòng lỗi\n", STR_ARG(t->sheet), t->good, t->bad);
    for (size_t i = 0; i < t->missing.n; i++) {
        printf("  thiếu cột “%.*s”\n", STR_ARG(want->columns[t->missing.at[i]].title));
    }
    for (size_t i = 0; i < t->faults.n; i++) {
        const struct import_fault *f = &t->faults.at[i];
        struct str cell = import_cell(a, f->column, f->row), words = import_fault_words(a, want, f),
                   advice = import_fault_advice(a, f);
        printf("  %.*s: %.*s%s%.*s\n", STR_ARG(cell), STR_ARG(words), advice.len ? " " : "", STR_ARG(advice));
    }
}

static int run_read(struct command_run *run) {
    struct arena *a = run->arena;
    struct import_want *wants;
    const struct import_want *want = NULL;
    struct import found;
    size_t n;
    if (run->n != 1) {
        return 2;
    }
    struct str path = run->words[0], types = run->values[OPTION_TYPES];
    types = types.at ? types : beside(a, path, S("types.json"));
    struct err e = wants_of(a, types, S(""), &wants, &n);
    e = e.why ? e : sheet_look(a, path, wants, n, &want, &found);
    if (e.why) {
        fprintf(stderr, "doanket: %.*s\n", STR_ARG(words_of(e)));
        return 1;
    }
    if (run->values[OPTION_JSON].at) {
        struct buf b = buf_in(a);
        BUF_LIT(&b, "{");
        register_member(&b, "file");
        json_str(&b, str_slice(path, folder_of(path).len, path.len));
        register_found_put(a, &b, want, &found);
        BUF_LIT(&b, "}\n");
        return fwrite(b.at, 1, b.len, stdout) == b.len ? 0 : 1;
    }
    printf("%.*s\n", STR_ARG(want->title));
    for (size_t i = 0; i < found.tables.n; i++) {
        table_print(a, want, &found.tables.at[i]);
    }
    return 0;
}

/* --- Many, named by the lines of a file --- */
static const struct command_option sheet_options[] = {{"cases", true}, {0}};

static struct err case_read(struct arena *a, struct str cases, struct str line, struct buf *b) {
    size_t fault_at = 0, n = 1;
    const struct json_value *c = json_read(a, line, &fault_at), *type = json_member(c, "type");
    struct str file = json_member_text(c, "file"), path = beside(a, cases, file);
    struct import_want one, *wants = &one;
    const struct import_want *want = NULL;
    struct import found;
    register_member(b, "id");
    struct str id = json_member_text(c, "id");
    json_str(b, id);
    register_member(b, "file");
    json_str(b, file);
    if (!file.len) {
        return REFUSE(ERR_INVALID, "file", "Dòng này không nêu tệp (“file”).");
    }
    if (json_is_map(type)) {
        one = register_want(a, type);
    } else {
        TRY(wants_of(a, beside(a, path, S("types.json")), json_member_text(c, "register"), &wants, &n));
    }
    TRY(sheet_look(a, path, wants, n, &want, &found));
    register_found_put(a, b, want, &found);
    return OK;
}

static void case_print(struct str cases, struct str line) {
    struct arena *a = arena_new();
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{");
    struct err e = case_read(a, cases, line, &b);
    if (e.why) {
        register_member(&b, "error");
        json_str(&b, words_of(e));
    }
    BUF_LIT(&b, "}\n");
    fwrite(b.at, 1, b.len, stdout);
    arena_free(a);
}

static int run_sheet(struct command_run *run) {
    struct str bytes, line, cases = run->values[0];
    if (run->n || !cases.at || !file_bytes(run->arena, str_z(run->arena, cases), &bytes)) {
        return 2;
    }
    while (str_next(&bytes, '\n', &line)) {
        if (str_trim(line).len) {
            case_print(cases, line);
        }
    }
    return 0;
}

const struct command register_commands[] = {
    {.name = "register read",
     .usage = "  doanket register read TỆP [--types TỆP.json] [--json]\n"
              "                      bảng tính (.xlsx, .csv) có những dòng nào vào sổ được; lỗi nào ở ô nào\n",
     .options = read_options,
     .run = run_read},
    {.name = "sheet",
     .usage = "  doanket sheet --cases TỆP.jsonl\n"
              "                      đọc từng bảng tính nêu trong tệp; mỗi bảng một dòng JSON\n",
     .options = sheet_options,
     .run = run_sheet},
    {.name = NULL},
};
