/* mkview --out build/gen/views_gen [--known HEADER.h…] --view X_view.h…
   Reads structs of headers and writes, for every struct of the --view ones, json_<struct>() and its JSON schema.
   Understands: struct str, html, link, date, instant, ids, int64_t, int, size_t, bool, double, const char *, nested
   structs, pointers to structs (null when NULL), LIST(…), and structs of { T *at; size_t n; }. Ids are strings: those
   of id types, and bare numbers whose names say that they are. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "tools/mkpage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct member {
    struct str type; /* "struct str", "int64_t" … without const and * */
    struct str name;
    bool is_pointer, is_list;
    int line;
};

struct record {
    struct str name;
    const char *file;
    int line;
    bool is_view, is_used;
    LIST(struct member) members;
};

struct views {
    struct arena *arena;
    LIST(struct record *) records;
    LIST(struct str) includes;
};

/* Behind a comment that begins at i; its line ends are kept. */
static size_t comment_end(struct str s, size_t i, struct buf *b) {
    size_t end = str_find(s, S("*/"), i + 2);
    end = end == SIZE_MAX ? s.len : end + 2;
    for (; i < end; i++) {
        if (s.at[i] == '\n') {
            buf_put_char(b, '\n');
        }
    }
    return end;
}

/* The end of a line that a backslash does not join to the next. */
static size_t line_end(struct str s, size_t i) {
    while (i < s.len && !(s.at[i] == '\n' && s.at[i - 1] != '\\')) {
        i++;
    }
    return i;
}

/* The header without comments and directives; line ends stay. */
static struct str bare(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    bool is_line_start = true;
    for (size_t i = 0; i < s.len;) {
        struct str rest = str_slice(s, i, s.len);
        if (str_starts(rest, S("/*"))) {
            i = comment_end(s, i, &b);
        } else if (str_starts(rest, S("//")) || (is_line_start && s.at[i] == '#')) {
            i = line_end(s, i);
        } else {
            is_line_start = s.at[i] == '\n' || (is_line_start && s.at[i] == ' ');
            buf_put_char(&b, s.at[i] == '\t' ? ' ' : s.at[i]);
            i++;
        }
    }
    return buf_str(&b);
}

static int line_of(struct str text, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at && i < text.len; i++) {
        line += text.at[i] == '\n';
    }
    return line;
}

static struct str last_name(struct str s) {
    size_t i = s.len;
    while (i > 0 && s.at[i - 1] != ' ' && s.at[i - 1] != '*' && s.at[i - 1] != ')' && s.at[i - 1] != '\n') {
        i--;
    }
    return str_slice(s, i, s.len);
}

static struct str type_clean(struct str s, bool *is_pointer) {
    s = str_trim(s);
    if (str_starts(s, S("const "))) {
        s = str_trim(str_slice(s, 6, s.len));
    }
    if (str_ends(s, S("*"))) {
        *is_pointer = true;
        s = str_trim(str_slice(s, 0, s.len - 1));
    }
    return s;
}

/* One "const struct t *a, b" of a record's body. */
static void member_read(struct views *v, struct record *r, struct str piece, int line) {
    piece = str_trim(piece);
    if (!piece.len) {
        return;
    }
    struct member m = {.line = line};
    size_t list = str_find(piece, S("LIST("), 0);
    if (list != SIZE_MAX) {
        size_t close = str_find(piece, S(")"), list);
        m.is_list = true;
        m.type = type_clean(str_slice(piece, list + 5, close), &m.is_pointer);
        m.name = str_trim(str_slice(piece, close + 1, piece.len));
        LIST_ADD(v->arena, &r->members, m);
        return;
    }
    struct str rest = piece, one;
    bool is_first = true;
    while (str_next(&rest, ',', &one)) {
        one = str_trim(one);
        m.name = last_name(one);
        struct str before = str_slice(one, 0, one.len - m.name.len);
        if (is_first) {
            m.type = type_clean(before, &m.is_pointer);
        }
        is_first = false;
        LIST_ADD(v->arena, &r->members, m);
    }
}

/* A record with what stands between its braces. body is a slice of text. */
static void record_read(struct views *v, struct record r, struct str text, struct str body) {
    struct record *kept = arena_take(v->arena, struct record, 1);
    *kept = r;
    size_t from = 0, before = (size_t)(body.at - text.at);
    for (size_t i = 0; i < body.len; i++) {
        if (body.at[i] == '{') {
            page_fail(r.file, line_of(text, before + i), 1, "a struct within a struct has a name of its own");
        }
        if (body.at[i] == ';') {
            member_read(v, kept, str_slice(body, from, i), line_of(text, before + i));
            from = i + 1;
        }
    }
    LIST_ADD(v->arena, &v->records, kept);
}

static void header_read(struct views *v, const char *file, bool is_view) {
    struct str text = bare(v->arena, file_read(v->arena, file));
    for (size_t at = 0; (at = str_find(text, S("struct "), at)) != SIZE_MAX;) {
        size_t brace = str_find(text, S("{"), at), semicolon = str_find(text, S(";"), at),
               paren = str_find(text, S("("), at);
        if (brace == SIZE_MAX || semicolon < brace || paren < brace || !(at == 0 || text.at[at - 1] == '\n')) {
            at += 7;
            continue;
        }
        size_t end = brace, depth = 0;
        do {
            depth += text.at[end] == '{';
            depth -= text.at[end] == '}';
        } while (depth && ++end < text.len);
        struct str name = str_trim(str_slice(text, at + 7, brace));
        if (is_view || str_find(str_slice(text, brace + 1, end), S("{"), 0) == SIZE_MAX) {
            struct record r = {.name = name, .file = file, .line = line_of(text, at), .is_view = is_view};
            record_read(v, r, text, str_slice(text, brace + 1, end));
        }
        at = end;
    }
    if (is_view) {
        LIST_ADD(v->arena, &v->includes, str_of(file));
    }
}

static struct record *record_named(const struct views *v, struct str type) {
    struct str name = str_starts(type, S("struct ")) ? str_trim(str_slice(type, 7, type.len)) : S("");
    for (size_t i = 0; name.len && i < v->records.n; i++) {
        if (str_eq(v->records.at[i]->name, name)) {
            return v->records.at[i];
        }
    }
    return NULL;
}

struct plain_type {
    const char *type, *writer, *schema;
};
static const struct plain_type plain_types[] = {
    {"struct str", "json_str(b, %s)", "{\"type\":\"string\"}"},
    {"struct html", "json_str(b, (%s).v)", "{\"type\":\"string\",\"format\":\"html\"}"},
    {"struct link", "json_str(b, (%s).v)", "{\"type\":\"string\",\"format\":\"uri-reference\"}"},
    {"struct date", "json_date(b, %s)", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}"},
    {"struct instant", "json_instant(b, %s)", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}"},
    {"int64_t", "json_int(b, %s)", "{\"type\":\"integer\"}"},
    {"int", "json_int(b, %s)", "{\"type\":\"integer\"}"},
    {"size_t", "json_int(b, (int64_t)(%s))", "{\"type\":\"integer\"}"},
    {"uint64_t", "json_int(b, (int64_t)(%s))", "{\"type\":\"integer\"}"},
    {"bool", "json_bool(b, %s)", "{\"type\":\"boolean\"}"},
    {"double", "json_double(b, %s)", "{\"type\":\"number\"}"},
};

static const struct plain_type *plain_type_of(struct str type) {
    for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; i++) {
        if (str_eq(type, str_of(plain_types[i].type))) {
            return &plain_types[i];
        }
    }
    return NULL;
}

/* struct { int64_t v; } */
static bool is_id(const struct record *r) {
    return r && r->members.n == 1 && str_eq(r->members.at[0].name, S("v")) &&
           str_eq(r->members.at[0].type, S("int64_t"));
}

static bool type_is_id(const struct views *v, struct str type) {
    const struct record *r = record_named(v, type);
    return is_id(r) || (!r && str_ends(type, S("_id")) && str_starts(type, S("struct ")));
}

/* A bare number that names a record. It has more digits than a JavaScript number keeps, so it is never written as one.
 */
static bool is_bare_id(const struct member *m) {
    static const struct str names[] = {S_INIT("id"),   S_INIT("record"), S_INIT("post"),  S_INIT("person"),
                                       S_INIT("unit"), S_INIT("seal"),   S_INIT("organ"), S_INIT("principal")};
    bool is_named = str_ends(m->name, S("_id"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        is_named = is_named || str_eq(m->name, names[i]);
    }
    return is_named && str_eq(m->type, S("int64_t"));
}

/* struct { T *at; size_t n; } */
static bool is_list_record(const struct record *r) {
    return r && r->members.n == 2 && str_eq(r->members.at[0].name, S("at")) && str_eq(r->members.at[1].name, S("n"));
}

static void record_use(struct views *v, struct record *r) {
    if (r->is_used) {
        return;
    }
    r->is_used = true;
    for (size_t i = 0; i < r->members.n; i++) {
        struct record *inner = record_named(v, r->members.at[i].type);
        if (inner && !is_id(inner) && !plain_type_of(r->members.at[i].type)) {
            record_use(v, inner);
        }
    }
}

static struct str record_short(struct str type) { return str_trim(str_slice(type, 7, type.len)); }

/* Writes one value of a type: what is the C expression of it. */
static void value_write(struct views *v, const struct record *r, const struct member *m, struct buf *b, struct str type,
                        struct str what) {
    const struct plain_type *plain = plain_type_of(type);
    const char *z = str_z(v->arena, what);
    if (is_bare_id(m)) {
        buf_printf(b, "json_id(b, %s);", z);
    } else if (plain) {
        struct str before, after;
        str_cut(str_of(plain->writer), S("%s"), &before, &after);
        buf_printf(b, "%.*s%s%.*s;", STR_ARG(before), z, STR_ARG(after));
    } else if (type_is_id(v, type)) {
        buf_printf(b, "json_id(b, (%s).v);", z);
    } else if (record_named(v, type)) {
        buf_printf(b, "json_%.*s(b, &(%s));", STR_ARG(record_short(type)), z);
    } else {
        page_fail(r->file, m->line, 1, "%.*s.%.*s: a view holds no %.*s", STR_ARG(r->name), STR_ARG(m->name),
                  STR_ARG(type));
    }
}

static void list_write(struct views *v, const struct record *r, const struct member *m, struct buf *b, struct str type,
                       const char *list) {
    buf_printf(b,
               "    buf_put_char(b, '[');\n    for (size_t i = 0; i < %s.n; i++) {\n        if (i) { buf_put_char(b, "
               "','); }\n        ",
               list);
    value_write(v, r, m, b, type, str_format(v->arena, "%s%s.at[i]", m->is_pointer && m->is_list ? "*" : "", list));
    BUF_LIT(b, "\n    }\n    buf_put_char(b, ']');\n");
}

static void member_write(struct views *v, const struct record *r, const struct member *m, struct buf *b) {
    struct str what = str_format(v->arena, "v->%.*s", STR_ARG(m->name));
    const char *z = str_z(v->arena, what);
    if (m->is_list) {
        list_write(v, r, m, b, m->type, z);
    } else if (m->is_pointer && str_eq(m->type, S("char"))) {
        buf_printf(b, "    json_z(b, %s);\n", z);
    } else if (m->is_pointer && str_eq(m->type, S("struct form"))) {
        buf_printf(b, "    json_form(b, %s);\n", z);
    } else if (m->is_pointer) {
        buf_printf(b, "    if (%s) { ", z);
        value_write(v, r, m, b, m->type, str_format(v->arena, "*%s", z));
        BUF_LIT(b, " } else { BUF_LIT(b, \"null\"); }\n");
    } else {
        BUF_LIT(b, "    ");
        value_write(v, r, m, b, m->type, what);
        BUF_LIT(b, "\n");
    }
}

static void record_write(struct views *v, const struct record *r, struct buf *b) {
    buf_printf(b, "void json_%.*s(struct buf *b, const struct %.*s *v) {\n", STR_ARG(r->name), STR_ARG(r->name));
    if (is_list_record(r)) {
        struct member m = r->members.at[0];
        list_write(v, r, &m, b, m.type, "(*v)");
        BUF_LIT(b, "}\n\n");
        return;
    }
    BUF_LIT(b, "    (void)v;\n");
    for (size_t i = 0; i < r->members.n; i++) {
        buf_printf(b, "    BUF_LIT(b, \"%s\\\"%.*s\\\":\");\n", i ? "," : "{", STR_ARG(r->members.at[i].name));
        member_write(v, r, &r->members.at[i], b);
    }
    BUF_LIT(b, "    buf_put_char(b, '}');\n}\n\n");
}

static void type_schema(struct views *v, struct buf *b, const struct member *m) {
    struct str type = m->type;
    const struct plain_type *plain = plain_type_of(type);
    if (plain && !is_bare_id(m)) {
        buf_put(b, str_of(plain->schema));
    } else if (plain || type_is_id(v, type)) {
        BUF_LIT(b, "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]+$\"}");
    } else {
        buf_printf(b, "{\"$ref\":\"#/components/schemas/%.*s\"}", STR_ARG(record_short(type)));
    }
}

static void member_schema(struct views *v, struct buf *b, const struct member *m) {
    if (m->is_list) {
        BUF_LIT(b, "{\"type\":\"array\",\"items\":");
        type_schema(v, b, m);
        buf_put_char(b, '}');
    } else if (m->is_pointer && str_eq(m->type, S("char"))) {
        BUF_LIT(b, "{\"type\":[\"string\",\"null\"]}");
    } else {
        type_schema(v, b, m);
    }
}

static struct str record_schema(struct views *v, const struct record *r) {
    struct buf b = buf_in(v->arena);
    if (is_list_record(r)) {
        BUF_LIT(&b, "{\"type\":\"array\",\"items\":");
        type_schema(v, &b, &r->members.at[0]);
        buf_put_char(&b, '}');
        return buf_str(&b);
    }
    BUF_LIT(&b, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < r->members.n; i++) {
        buf_printf(&b, "%s\"%.*s\":", i ? "," : "", STR_ARG(r->members.at[i].name));
        member_schema(v, &b, &r->members.at[i]);
    }
    BUF_LIT(&b, "}}");
    return buf_str(&b);
}

static void views_write(struct views *v, const char *out) {
    struct buf header = buf_in(v->arena), source = buf_in(v->arena), schemas = buf_in(v->arena);
    BUF_LIT(&header, "#ifndef VIEWS_GEN_H\n#define VIEWS_GEN_H\n#include \"kernel/page/json.h\"\n");
    for (size_t i = 0; i < v->includes.n; i++) {
        buf_printf(&header, "#include \"%.*s\"\n", STR_ARG(v->includes.at[i]));
    }
    BUF_LIT(&source, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"views_gen.h\"\n\n");
    for (size_t i = 0; i < v->records.n; i++) {
        const struct record *r = v->records.at[i];
        if (r->is_used && !str_eq(r->name, S("form"))) {
            buf_printf(&header, "void json_%.*s(struct buf *b, const struct %.*s *v);\n", STR_ARG(r->name),
                       STR_ARG(r->name));
            record_write(v, r, &source);
            buf_printf(&schemas, "    {\"%.*s\", ", STR_ARG(r->name));
            write_literal(&schemas, record_schema(v, r));
            BUF_LIT(&schemas, "},\n");
        }
    }
    buf_printf(&source, "const struct json_schema json_schemas[] = {\n%.*s    {NULL, NULL},\n};\n",
               STR_ARG(buf_str(&schemas)));
    BUF_LIT(&header, "#endif\n");
    write_lines(str_z(v->arena, str_format(v->arena, "%s.h", out)), buf_str(&header));
    write_lines(str_z(v->arena, str_format(v->arena, "%s.c", out)), buf_str(&source));
}

int main(int argc, char **argv) {
    struct views v = {.arena = arena_new()};
    const char *out = NULL;
    bool is_view = false;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--out") && i + 1 < argc) {
            out = argv[++i];
        } else if (!strcmp(argv[i], "--view") || !strcmp(argv[i], "--known")) {
            is_view = argv[i][2] == 'v';
        } else {
            header_read(&v, argv[i], is_view);
        }
    }
    if (!out) {
        fputs("usage: mkview --out FILE --known HEADER.h… --view HEADER.h…\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < v.records.n; i++) {
        if (v.records.at[i]->is_view) {
            record_use(&v, v.records.at[i]);
        }
    }
    views_write(&v, out);
    arena_free(v.arena);
    return 0;
}
