/* Named queries: their parameters, columns, types, and their text for each engine. */
#include "tools/mksql.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

struct type type_of_mark(const struct source *s, struct str mark) {
    static const struct {
        const char *name;
        enum ctype is;
    } plain[] = {{"int", C_INT},   {"text", C_TEXT}, {"bytes", C_BYTES}, {"real", C_REAL},
                 {"bool", C_BOOL}, {"at", C_AT},     {"on", C_ON},       {"ids", C_IDS}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (str_eq(mark, str_of(plain[i].name))) {
            return (struct type){.is = plain[i].is};
        }
    }
    struct str table = str_slice(mark, 0, mark.len > 3 ? mark.len - 3 : 0);
    if (str_ends(mark, S("_id")) && is_table(s, table)) {
        return (struct type){.is = C_ID, .table = table};
    }
    return (struct type){0};
}

struct type type_from_marks(const struct source *s, struct str marks, struct str name) {
    struct str piece;
    while (str_next(&marks, ',', &piece)) {
        struct str word, type;
        if (str_cut(str_trim(piece), S(" "), &word, &type) && str_eq(word, name)) {
            return type_of_mark(s, str_trim(type));
        }
    }
    return (struct type){0};
}

static bool same_type(struct type a, struct type b) { return a.is == b.is && str_eq(a.table, b.table); }

struct type type_in_tables(const struct source *s, const struct tokens *t, struct str name, bool *is_nullable,
                           bool *is_ambiguous) {
    struct type found = {0};
    *is_ambiguous = false;
    for (size_t i = 0; i < t->n; i++) {
        const struct token *before = token_at(t, i - 1);
        const struct column *c =
            t->at[i].kind == T_WORD && !sign_is(before, ".") ? column_find(s, t->at[i].text, name) : NULL;
        if (!c) {
            continue;
        }
        if (found.is && !same_type(found, c->type)) {
            *is_ambiguous = true;
            continue;
        }
        *is_nullable = found.is ? *is_nullable || c->is_nullable : c->is_nullable;
        found = c->type;
        /* What is written to decides. */
        if (word_is(before, "into") || word_is(before, "update")) {
            *is_ambiguous = false;
            return found;
        }
    }
    return found;
}

static struct field *field_find(struct query *q, struct str name) {
    for (size_t i = 0; i < q->in.n; i++) {
        if (str_eq(q->in.at[i].name, name)) {
            return &q->in.at[i];
        }
    }
    return NULL;
}

static void bad(struct query *q, int line, const char *words, struct str name) {
    complain(q->file, line, "%.*s: %s %.*s", STR_ARG(q->name), words, STR_ARG(name));
    q->is_bad = true;
}

static bool is_c_word(struct str name) {
    static const char *const words[] = {
        "auto",     "break",  "case",     "char",   "const",  "continue", "default", "do",     "double",  "else",
        "enum",     "extern", "float",    "for",    "goto",   "if",       "inline",  "int",    "long",    "register",
        "restrict", "return", "short",    "signed", "sizeof", "static",   "struct",  "switch", "typedef", "union",
        "unsigned", "void",   "volatile", "while",  "bool",   "true",     "false"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(name, str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static void param_take(struct source *s, struct query *q, const struct token *t) {
    struct field *f = field_find(q, t->text);
    if (!f) {
        if (is_c_word(t->text)) {
            bad(q, t->line, "this parameter's name is a word of C:", t->text);
        }
        f = LIST_PUSH(s->arena, &q->in);
        *f = (struct field){.name = t->text};
    }
    if (!t->mark.len) {
        return;
    }
    struct type marked = type_of_mark(s, t->mark);
    if (!marked.is) {
        bad(q, t->line, "unknown type (int text bytes real bool at on ids TABLE_id):", t->mark);
    } else if (f->type.is && !same_type(f->type, marked)) {
        bad(q, t->line, "two types are given to", t->text);
    }
    f->type = marked;
}

/* A parameter without a mark has the type of the column of its name. */
static void param_type(struct source *s, struct query *q, struct field *f) {
    bool ambiguous = false;
    f->type = type_in_tables(s, &q->tokens, f->name, &f->is_nullable, &ambiguous);
    if (ambiguous) {
        bad(q, q->line,
            "columns of different types have this parameter's name; write its type, as in :x!int:", f->name);
    } else if (!f->type.is) {
        bad(q, q->line,
            "no column of the query's tables has this parameter's name; write its type, as in :x!int:", f->name);
    }
}

static void params_make(struct source *s, struct query *q) {
    for (size_t i = 0; i < q->tokens.n; i++) {
        if (q->tokens.at[i].kind == T_PARAM) {
            param_take(s, q, &q->tokens.at[i]);
        }
    }
    for (size_t i = 0; i < q->in.n; i++) {
        if (!q->in.at[i].type.is) {
            param_type(s, q, &q->in.at[i]);
        }
    }
}

static size_t param_number(const struct query *q, struct str name) {
    for (size_t i = 0; i < q->in.n; i++) {
        if (str_eq(q->in.at[i].name, name)) {
            return i;
        }
    }
    return 0;
}

static void put_param(struct buf *b, const struct query *q, const struct token *t, enum dialect d) {
    size_t n = param_number(q, t->text);
    enum ctype is = q->in.at[n].type.is;
    if (d == SQLITE) {
        buf_printf(b, is == C_IDS ? "SELECT value FROM json_each(?%zu)" : "?%zu", n + 1);
        return;
    }
    const char *cast = is == C_TEXT || is == C_ON ? "text"
                       : is == C_BYTES            ? "bytea"
                       : is == C_REAL             ? "double precision"
                                                  : "bigint";
    if (is == C_IDS) {
        buf_printf(b, "SELECT unnest($%zu::bigint[])", n + 1);
    } else {
        buf_printf(b, "$%zu::%s", n + 1, cast);
    }
}

struct str query_sql(struct arena *a, const struct query *q, enum dialect d) {
    struct buf b = buf_in(a);
    const struct tokens *t = &q->tokens;
    for (size_t i = 0; i < t->n; i++) {
        if (b.len && t->at[i].spaced) {
            buf_put_char(&b, ' ');
        }
        if (t->at[i].kind == T_PARAM) {
            put_param(&b, q, &t->at[i], d);
        } else {
            buf_put(&b, t->at[i].text);
        }
    }
    return buf_str(&b);
}

static bool is_name(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return s.len > 0;
}

static void column_make(struct source *s, struct query *q, sqlite3_stmt *st, int i) {
    struct field f = {.name = str_copy(s->arena, str_of(sqlite3_column_name(st, i)))};
    if (!is_name(f.name)) {
        bad(q, q->line, "give this column a name with AS:", f.name);
        return;
    }
    if (is_c_word(f.name)) {
        bad(q, q->line, "a column's name is a word of C:", f.name);
    }
    for (size_t n = 0; n < q->out.n; n++) {
        if (str_eq(q->out.at[n].name, f.name)) {
            bad(q, q->line, "two columns are named", f.name);
        }
    }
    f.type = column_type(s, st, i, q->result, &q->tokens);
    if (!f.type.is) {
        bad(q, q->line, "this computed column is text, or may be; say so on a line -- result:", f.name);
    }
    LIST_ADD(s->arena, &q->out, f);
}

static void query_make(struct source *s, struct query *q) {
    if (q->lacks.len) {
        bad(q, q->line, "no piece stands before it in this file that is named", q->lacks);
        return;
    }
    params_make(s, q);
    if (!query_allowed(s, q)) {
        q->is_bad = true;
    }
    if (q->is_bad) {
        return;
    }
    struct str sql = query_sql(s->arena, q, SQLITE);
    sqlite3_stmt *st = NULL;
    const char *tail = NULL;
    if (sqlite3_prepare_v2(s->db, sql.at, (int)sql.len, &st, &tail) != SQLITE_OK) {
        complain(q->file, q->line, "%.*s: %s", STR_ARG(q->name), sqlite3_errmsg(s->db));
        q->is_bad = true;
        return;
    }
    q->writes = !sqlite3_stmt_readonly(st);
    int columns = sqlite3_column_count(st);
    if (q->kind == Q_EXEC && !q->writes) {
        bad(q, q->line, "it only reads: make it :one or :many, not", S(":exec"));
    } else if (q->kind == Q_EXEC && columns) {
        bad(q, q->line, "it returns rows: make it :one or :many, not", S(":exec"));
    } else if (q->kind != Q_EXEC && !columns) {
        bad(q, q->line, "it returns no rows: make it", S(":exec"));
    }
    for (int i = 0; i < columns; i++) {
        column_make(s, q, st, i);
    }
    sqlite3_finalize(st);
}

/* Another query of this name before the ith of the fth file. */
static void refuse_namesake(const struct source *s, size_t f, size_t i) {
    struct query *q = &s->files.at[f].queries.at[i];
    for (size_t g = 0; g <= f; g++) {
        size_t n = g == f ? i : s->files.at[g].queries.n;
        for (size_t k = 0; k < n; k++) {
            if (str_eq(s->files.at[g].queries.at[k].name, q->name)) {
                bad(q, q->line, "another query has this name, in", s->files.at[g].path);
            }
        }
    }
}

void queries_make(struct source *s) {
    for (size_t f = 0; f < s->files.n; f++) {
        for (size_t i = 0; i < s->files.at[f].queries.n; i++) {
            refuse_namesake(s, f, i);
            query_make(s, &s->files.at[f].queries.at[i]);
        }
    }
}

/* "document_by_id :one" after "-- name:". */
static bool head_read(struct str path, int line, struct str words, struct query *q) {
    struct str name, kind;
    str_cut(str_trim(words), S(" "), &name, &kind);
    kind = str_trim(kind);
    q->kind = str_eq(kind, S(":one"))    ? Q_ONE
              : str_eq(kind, S(":many")) ? Q_MANY
              : str_eq(kind, S(":exec")) ? Q_EXEC
                                         : 0;
    q->name = name;
    q->file = path;
    q->line = line;
    if (!q->kind || !is_name(name)) {
        complain(path, line, "write -- name: module_what :one (or :many, or :exec)");
        return false;
    }
    return true;
}

/* The comment above the query, and in it what it says of its columns. */
static void comment_read(struct arena *a, struct query *q, struct str body) {
    struct buf comment = buf_in(a);
    struct str rest = body, one;
    while (str_next(&rest, '\n', &one)) {
        struct str words = str_trim(one);
        if (words.len && !str_starts(words, S("--"))) {
            break;
        }
        if (str_starts(words, S("-- result:"))) {
            q->result = str_slice(words, 10, SIZE_MAX);
        } else if (words.len) {
            buf_put(&comment, comment.len ? S("\n   ") : S(""));
            buf_put(&comment, str_trim(str_slice(words, 2, SIZE_MAX)));
        }
    }
    q->comment = buf_str(&comment);
}

/* "-- with: document_filter": the words of that piece, in this place. */
static void piece_put(struct source *s, const struct query_file *f, struct query *q, struct str name) {
    for (size_t i = 0; i < f->pieces.n; i++) {
        const struct piece *p = &f->pieces.at[i];
        for (size_t k = 0; str_eq(p->name, name) && k < p->tokens.n; k++) {
            LIST_ADD(s->arena, &q->tokens, p->tokens.at[k]);
            q->tokens.at[q->tokens.n - 1].spaced |= k == 0;
        }
        if (str_eq(p->name, name)) {
            return;
        }
    }
    q->lacks = name;
}

/* "-- piece: document_filter" and words that several queries of the file have in common. */
static void piece_read(struct source *s, struct query_file *f, struct str name, struct str body, int line) {
    struct piece p = {.name = name};
    struct tokens all = {0};
    if (!is_name(name)) {
        complain(f->path, line, "write -- piece: module_what");
    } else if (lex(s->arena, f->path, body, line, &all)) {
        for (size_t i = 0; i < all.n; i++) {
            if (all.at[i].kind != T_NOTE) {
                LIST_ADD(s->arena, &p.tokens, all.at[i]);
            }
        }
        LIST_ADD(s->arena, &f->pieces, p);
    }
}

static void body_read(struct source *s, struct query_file *f, struct query *q, struct str body, int line) {
    comment_read(s->arena, q, body);
    struct tokens all = {0};
    if (!lex(s->arena, f->path, body, line, &all)) {
        return;
    }
    for (size_t i = 0; i < all.n; i++) {
        struct str note = str_trim(all.at[i].text);
        if (all.at[i].kind != T_NOTE) {
            LIST_ADD(s->arena, &q->tokens, all.at[i]);
        } else if (str_starts(note, S("with:"))) {
            piece_put(s, f, q, str_trim(str_slice(note, 5, SIZE_MAX)));
        }
    }
    if (q->tokens.n && sign_is(&q->tokens.at[q->tokens.n - 1], ";")) {
        q->tokens.n--;
    }
    if (!q->tokens.n) {
        bad(q, q->line, "it is empty", S(""));
        return;
    }
    LIST_ADD(s->arena, &f->queries, *q);
}

static bool is_head(struct str words) { return str_starts(words, S("-- name:")) || str_starts(words, S("-- piece:")); }

/* Where the next query's or piece's head stands at or after `at`, or the end; line is then its line. */
static size_t next_head(struct str text, size_t at, int *line) {
    while (at < text.len && !is_head(str_slice(text, at, text.len))) {
        size_t end = str_find(text, S("\n"), at);
        at = end == SIZE_MAX ? text.len : end + 1;
        *line += 1;
    }
    return at;
}

/* Before the first query stand comments only. */
static bool is_comment(struct str path, struct str words) {
    struct str one;
    for (int line = 1; str_next(&words, '\n', &one); line++) {
        if (str_trim(one).len && !str_starts(one, S("--"))) {
            complain(path, line, "a query begins with -- name:");
            return false;
        }
    }
    return true;
}

void queries_read(struct source *s, struct str path) {
    struct query_file f = {.path = path};
    struct str text = read_whole(s->arena, str_z(s->arena, path));
    int line = 1;
    size_t at = next_head(text, 0, &line);
    bool is_good = is_comment(path, str_slice(text, 0, at));
    while (is_good && at < text.len) {
        struct query q = {0};
        size_t body = str_find(text, S("\n"), at);
        body = body == SIZE_MAX ? text.len : body + 1;
        bool is_piece = str_starts(str_slice(text, at, body), S("-- piece:"));
        struct str head = str_trim(str_slice(text, at + (is_piece ? 9 : 8), body));
        is_good = is_piece || head_read(path, line, head, &q);
        if (is_good) {
            int body_line = ++line;
            at = next_head(text, body, &line);
            struct str words = str_slice(text, body, at);
            if (is_piece) {
                piece_read(s, &f, head, words, body_line);
            } else {
                body_read(s, &f, &q, words, body_line);
            }
        }
    }
    LIST_ADD(s->arena, &s->files, f);
}
