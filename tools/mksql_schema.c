/* Tables and their changes, read from SQL. */
#include "tools/mksql.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* modules/document/document.sql and modules/document/changes/0001-x.sql are parts of "document". */
static struct str part_of(struct source *s, struct str path) {
    size_t cut = str_find(path, S("/changes/"), 0);
    struct str rest = cut == SIZE_MAX ? path : str_slice(path, 0, cut), piece, part = S("");
    if (cut == SIZE_MAX) {
        size_t dot = str_find(rest, S(".sql"), 0);
        rest = str_slice(rest, 0, dot);
    }
    while (str_next(&rest, '/', &piece)) {
        part = piece;
    }
    return str_copy(s->arena, part);
}

/* Cuts text at its semicolons. */
static void statements_read(struct source *s, struct str path, struct str part, struct statement **at, size_t *n) {
    struct tokens all = {0};
    if (!lex(s->arena, path, read_whole(s->arena, str_z(s->arena, path)), 1, &all)) {
        return;
    }
    struct {
        struct statement *at;
        size_t n;
    } list = {*at, *n};
    struct statement one = {.part = part, .file = path};
    for (size_t i = 0; i < all.n; i++) {
        const struct token *t = &all.at[i];
        if (t->kind == T_NOTE && str_starts(t->text, S("only:"))) {
            one.no_postgres = str_find(t->text, S("sqlite"), 0) != SIZE_MAX;
            one.no_sqlite = !one.no_postgres;
        } else if (t->kind == T_NOTE) {
            LIST_ADD(s->arena, &one.tokens, *t);
        } else if (!sign_is(t, ";")) {
            one.line = one.line ? one.line : t->line;
            LIST_ADD(s->arena, &one.tokens, *t);
        } else if (one.line) {
            LIST_ADD(s->arena, &list, one);
            one = (struct statement){.part = part, .file = path};
        }
    }
    if (one.line) {
        complain(path, one.line, "the statement that begins here has no ';'");
    }
    *at = list.at;
    *n = list.n;
}

static size_t past_notes(const struct tokens *t) {
    size_t i = 0;
    while (i < t->n && t->at[i].kind == T_NOTE) {
        i++;
    }
    return i;
}

/* What a schema's statement makes; complains about anything but tables, indexes and views. */
static void statement_known(struct statement *st) {
    const struct tokens *t = &st->tokens;
    size_t i = past_notes(t);
    const struct token *what = token_at(t, i + 1), *name = token_at(t, i + 2);
    if (!word_is(token_at(t, i), "create") || !what || !name) {
        complain(st->file, st->line, "only CREATE TABLE, CREATE [UNIQUE] INDEX and CREATE VIEW may stand here");
        return;
    }
    st->is_table = word_is(what, "table");
    st->is_view = word_is(what, "view");
    if (st->is_table || st->is_view) {
        st->creates = name->text;
        if (word_is(name, "if")) {
            complain(st->file, st->line, "leave out IF NOT EXISTS");
        }
    } else if (!word_is(what, "index") && !word_is(what, "unique")) {
        complain(st->file, st->line, "only CREATE TABLE, CREATE [UNIQUE] INDEX and CREATE VIEW may stand here");
    }
    for (; i < t->n; i++) {
        if (word_is(&t->at[i], "autoincrement") || word_is(&t->at[i], "varchar") || word_is(&t->at[i], "int") ||
            sign_is(&t->at[i], "\"") || sign_is(&t->at[i], "`")) {
            complain(st->file, t->at[i].line, "%.*s is not the same on both engines", STR_ARG(t->at[i].text));
        }
    }
}

void schema_read(struct source *s, struct str path) {
    size_t from = s->statements.n;
    statements_read(s, path, part_of(s, path), &s->statements.at, &s->statements.n);
    for (size_t i = from; i < s->statements.n; i++) {
        statement_known(&s->statements.at[i]);
    }
}

void change_read(struct source *s, struct str path) {
    struct str rest = path, piece, name = S("");
    while (str_next(&rest, '/', &piece)) {
        name = piece;
    }
    struct change c = {.part = part_of(s, path),
                       .name = str_slice(name, 0, name.len - 4),
                       .source = read_whole(s->arena, str_z(s->arena, path))};
    int64_t digits = 0;
    for (size_t i = 0; i < name.len && i < 4; i++) {
        digits += name.at[i] >= '0' && name.at[i] <= '9';
    }
    if (digits != 4 || name.len < 10 || name.at[4] != '-') {
        complain(path, 1, "a change is named NNNN-what.sql");
    }
    statements_read(s, path, c.part, &c.statements.at, &c.statements.n);
    for (size_t i = 0; i < c.statements.n; i++) {
        const struct tokens *t = &c.statements.at[i].tokens;
        c.statements.at[i].is_table =
            word_is(token_at(t, past_notes(t)), "create") && word_is(token_at(t, past_notes(t) + 1), "table");
    }
    LIST_ADD(s->arena, &s->changes, c);
}

static void put_word(struct buf *b, const struct token *t, const struct token *last) {
    if (b->len && (t->spaced || (last && last->kind == T_NOTE))) {
        buf_put_char(b, ' ');
    }
}

/* The token before place i, comments left out; i becomes its place. NULL at the beginning. */
static const struct token *token_before(const struct tokens *t, size_t *i) {
    while (*i > 0) {
        *i -= 1;
        if (t->at[*i].kind != T_NOTE) {
            return &t->at[*i];
        }
    }
    return NULL;
}

/* Whether the word at i is a type: after a column's name, or in CAST (x AS …). */
static bool is_type_place(const struct statement *st, size_t i) {
    const struct tokens *t = &st->tokens;
    size_t back = i;
    const struct token *before = token_before(t, &back), *before2 = token_before(t, &back);
    if (word_is(before, "as") && sign_is(token_at(t, i + 1), ")")) {
        return true;
    }
    bool named = before && before->kind == T_WORD;
    return named && ((st->is_table && t->at[i].depth == 1 && (sign_is(before2, ",") || sign_is(before2, "("))) ||
                     word_is(before2, "column"));
}

static struct str postgres_word(const struct statement *st, size_t i) {
    static const char *const types[][2] = {
        {"integer", "BIGINT"}, {"text", "TEXT"}, {"blob", "BYTEA"}, {"real", "DOUBLE PRECISION"}};
    const struct token *w = &st->tokens.at[i];
    for (size_t n = 0; n < 4; n++) {
        if (word_is(w, types[n][0]) && is_type_place(st, i)) {
            /* Text compares by its bytes, as on SQLite. */
            return n == 1 && !word_is(token_at(&st->tokens, i - 1), "as") ? S("TEXT COLLATE \"C\"")
                                                                          : str_of(types[n][1]);
        }
    }
    return w->text;
}

/* What stands behind a table's last parenthesis on SQLite alone. */
static bool is_sqlite_ending(const struct token *w) {
    return word_is(w, "strict") || word_is(w, "without") || word_is(w, "rowid") || sign_is(w, ",");
}

/* The statement in one engine's words. */
struct str table_sql(struct arena *a, const struct statement *st, enum dialect d) {
    const struct tokens *t = &st->tokens;
    struct buf b = buf_in(a);
    bool strict = false;
    for (size_t i = 0; i < t->n; i++) {
        const struct token *w = &t->at[i];
        bool ending = w->depth == 0 && i > 3;
        strict = strict || (ending && word_is(w, "strict"));
        if (w->kind == T_NOTE || (d == POSTGRES && st->is_table && ending && is_sqlite_ending(w))) {
            continue;
        }
        put_word(&b, w, i ? &t->at[i - 1] : NULL);
        buf_put(&b, d == POSTGRES ? postgres_word(st, i) : w->text);
    }
    if (d == SQLITE && st->is_table && !strict) {
        buf_put(&b, word_is(&t->at[t->n - 1], "rowid") ? S(", STRICT") : S(" STRICT"));
    }
    return buf_str(&b);
}

/* Whether all that the statement names by REFERENCES, FROM, JOIN or ON has its place already. */
static bool is_ready(const struct source *s, const struct statement *st) {
    for (size_t i = 1; i < st->tokens.n; i++) {
        const struct token *t = &st->tokens.at[i], *before = t - 1;
        bool names = word_is(before, "references") || (!st->is_table && !word_is(before, "view") && t->kind == T_WORD);
        if (!names || str_eq(t->text, st->creates)) {
            continue;
        }
        for (size_t n = 0; n < s->statements.n; n++) {
            const struct statement *other = &s->statements.at[n];
            if (!other->is_placed && other->creates.len && str_eq(other->creates, t->text)) {
                return false;
            }
        }
    }
    return true;
}

/* What is referred to comes first, otherwise the order of the files: tables, then the rest. */
static void put_in_order(struct source *s) {
    LIST(struct statement) sorted = {0};
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < s->statements.n; i++) {
            struct statement *st = &s->statements.at[i];
            if (!st->is_placed && is_ready(s, st)) {
                st->is_placed = moved = true;
                LIST_ADD(s->arena, &sorted, *st);
            }
        }
    }
    for (size_t i = 0; i < s->statements.n; i++) {
        const struct statement *st = &s->statements.at[i];
        if (!st->is_placed) {
            complain(st->file, st->line, "%.*s refers in a circle: leave one REFERENCES out", STR_ARG(st->creates));
        }
    }
    s->statements.at = sorted.at;
    s->statements.n = sorted.n;
}

bool is_table(const struct source *s, struct str name) {
    for (size_t i = 0; i < s->tables.n; i++) {
        if (str_eq(s->tables.at[i], name)) {
            return true;
        }
    }
    return false;
}

const struct column *column_find(const struct source *s, struct str table, struct str name) {
    for (size_t i = 0; i < s->columns.n; i++) {
        const struct column *c = &s->columns.at[i];
        if (str_eq(c->table, table) && str_eq(c->name, name)) {
            return c;
        }
    }
    return NULL;
}

struct type type_by_name(struct str name, enum ctype plain) {
    if (plain == C_INT && str_ends(name, S("_at"))) {
        return (struct type){.is = C_AT};
    }
    if (plain == C_TEXT && str_ends(name, S("_on"))) {
        return (struct type){.is = C_ON};
    }
    if (plain == C_INT && (str_starts(name, S("is_")) || str_starts(name, S("has_")))) {
        return (struct type){.is = C_BOOL};
    }
    return (struct type){.is = plain};
}

static enum ctype plain_type(struct str decl) {
    return str_eq_ascii_nocase(decl, S("TEXT"))   ? C_TEXT
           : str_eq_ascii_nocase(decl, S("BLOB")) ? C_BYTES
           : str_eq_ascii_nocase(decl, S("REAL")) ? C_REAL
                                                  : C_INT;
}

static struct str text_of(struct source *s, sqlite3_stmt *st, int column) {
    return str_copy(s->arena, str_of((const char *)sqlite3_column_text(st, column)));
}

static void table_columns(struct source *s, struct str table) {
    static const char sql[] =
        "SELECT c.name, c.type, c.\"notnull\", c.pk, f.\"table\", coalesce(f.\"to\", 'id') FROM pragma_table_info(?1) "
        "c "
        "LEFT JOIN pragma_foreign_key_list(?1) f ON f.\"from\" = c.name AND NOT EXISTS (SELECT 1 FROM "
        "pragma_foreign_key_list(?1) g WHERE g.id = f.id AND g.seq > 0) ORDER BY c.cid";
    sqlite3_stmt *st = NULL;
    sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);
    sqlite3_bind_text(st, 1, table.at, (int)table.len, SQLITE_TRANSIENT);
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct column c = {.table = table, .name = text_of(s, st, 0)};
        bool is_key = sqlite3_column_int(st, 3) > 0;
        c.is_nullable = !sqlite3_column_int(st, 2) && !is_key;
        c.type = type_by_name(c.name, plain_type(text_of(s, st, 1)));
        if (is_key && str_eq(c.name, S("id"))) {
            c.type = (struct type){.is = C_ID, .table = table};
        } else if (sqlite3_column_type(st, 4) != SQLITE_NULL && str_eq(text_of(s, st, 5), S("id"))) {
            c.type = (struct type){.is = C_ID, .table = text_of(s, st, 4)};
        }
        LIST_ADD(s->arena, &s->columns, c);
    }
    sqlite3_finalize(st);
}

struct type column_type(struct source *s, sqlite3_stmt *st, int i, struct str marks, const struct tokens *tokens) {
    struct str name = str_copy(s->arena, str_of(sqlite3_column_name(st, i)));
    const struct column *origin =
        column_find(s, str_of(sqlite3_column_table_name(st, i)), str_of(sqlite3_column_origin_name(st, i)));
    bool nullable = false, ambiguous = false;
    struct type type = type_from_marks(s, marks, name);
    if (!type.is && origin) {
        type = origin->type;
    }
    if (!type.is) {
        type = type_in_tables(s, tokens, name, &nullable, &ambiguous);
    }
    if (type.is && !ambiguous) {
        return type;
    }
    return !str_ends(name, S("_on")) && item_is_text(s, tokens, name)
               ? (struct type){0}
               : type_by_name(name, str_ends(name, S("_on")) ? C_TEXT : C_INT);
}

static void view_columns(struct source *s, const struct statement *view) {
    char *sql = str_z(s->arena, str_format(s->arena, "SELECT * FROM %.*s", STR_ARG(view->creates)));
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK) {
        complain(view->file, view->line, "%s", sqlite3_errmsg(s->db));
        return;
    }
    bool left = false;
    struct str marks = S("");
    for (size_t i = 0; i < view->tokens.n; i++) {
        left = left || word_is(&view->tokens.at[i], "left");
        if (view->tokens.at[i].kind == T_NOTE) {
            marks = str_slice(view->tokens.at[i].text, 7, SIZE_MAX);
        }
    }
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        const struct column *origin =
            column_find(s, str_of(sqlite3_column_table_name(st, i)), str_of(sqlite3_column_origin_name(st, i)));
        struct column c = {.table = view->creates,
                           .name = str_copy(s->arena, str_of(sqlite3_column_name(st, i))),
                           .type = column_type(s, st, i, marks, &view->tokens),
                           .is_nullable = !origin || origin->is_nullable || left};
        if (!c.type.is) {
            complain(view->file, view->line,
                     "this computed column is text, or may be; say so on a line -- result: %.*s", STR_ARG(c.name));
        }
        LIST_ADD(s->arena, &s->columns, c);
    }
    sqlite3_finalize(st);
}

static void statement_make(struct source *s, const struct statement *st) {
    char *fault = NULL;
    if (sqlite3_exec(s->db, str_z(s->arena, table_sql(s->arena, st, SQLITE)), NULL, NULL, &fault) != SQLITE_OK) {
        complain(st->file, st->line, "%s", fault);
        return;
    }
    if (st->is_table || st->is_view) {
        LIST_ADD(s->arena, &s->tables, st->creates);
    }
    if (st->is_table) {
        table_columns(s, st->creates);
    } else if (st->is_view) {
        view_columns(s, st);
    }
}

static void check_references(const struct source *s, const struct statement *st) {
    for (size_t n = 1; n < st->tokens.n; n++) {
        const struct token *t = &st->tokens.at[n];
        if (word_is(t - 1, "references") && !is_table(s, t->text)) {
            complain(st->file, t->line, "there is no table %.*s to refer to", STR_ARG(t->text));
        }
    }
}

void schema_make(struct source *s) {
    put_in_order(s);
    for (size_t i = 0; i < s->statements.n; i++) {
        if (!s->statements.at[i].no_sqlite) {
            statement_make(s, &s->statements.at[i]);
        }
    }
    for (size_t i = 0; i < s->statements.n; i++) {
        check_references(s, &s->statements.at[i]);
    }
}
