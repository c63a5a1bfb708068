/* What the two engines do differently, or not at all, and what is another module's, is refused here, with what to
   write instead. */
#include "tools/mksql.h"

#include <string.h>

#include "base/banned.h"

struct scan {
    const struct source *s;
    const struct query *q;
    const struct tokens *t;
    bool ok;
};

static void refuse(struct scan *c, const struct token *at, const char *words) {
    complain(c->q->file, at->line, "%.*s: %s", STR_ARG(c->q->name), words);
    c->ok = false;
}

static void check_word(struct scan *c, size_t i) {
    static const struct {
        const char *word;
        const char *instead;
        bool is_call;
    } refused[] = {
        {"like", "LIKE differs between the engines: compare exactly, or search with kernel/index", false},
        {"glob", "GLOB is SQLite's alone", false},
        {"ilike", "ILIKE is PostgreSQL's alone", false},
        {"regexp", "REGEXP is not on both engines", false},
        {"offset", "page by key (WHERE id < :before!int), never by OFFSET", false},
        {"rowid", "rowid is SQLite's alone", false},
        {"pragma", "PRAGMA is SQLite's alone", false},
        {"lower", "lower() does not know Vietnamese: fold in C and keep the folded text", true},
        {"upper", "upper() does not know Vietnamese: fold in C and keep the folded text", true},
        {"ifnull", "write coalesce()", true},
        {"iif", "write CASE", true},
        {"group_concat", "group_concat() is SQLite's alone: read the rows, join them in C", true},
        {"string_agg", "string_agg() is PostgreSQL's alone: read the rows, join them in C", true},
        {"datetime", "times are made in C and passed in", true},
        {"date", "dates are made in C and passed in", true},
        {"strftime", "times are made in C and passed in", true},
        {"julianday", "times are made in C and passed in", true},
        {"unixepoch", "times are made in C and passed in", true},
        {"now", "times are made in C and passed in", true},
        {"time", "times are made in C and passed in", true},
        {"current_time", "times are made in C and passed in", false},
        {"current_timestamp", "times are made in C and passed in", false},
        {"current_date", "dates are made in C and passed in", false},
        {"random", "random() differs between the engines", true},
        {"randomblob", "chance is made in C and passed in", true},
        {"printf", "format in C", true},
        {"total", "write coalesce(sum(x), 0)", true},
        {"instr", "instr() is SQLite's alone", true},
        {"char_length", "char_length() is PostgreSQL's alone: length()", true},
        {"json_extract", "JSON is read in C", true},
        {"changes", "ask the query function for what it changed", true},
        {"total_changes", "ask the query function for what it changed", true},
        {"last_insert_rowid", "ids are made by the program", true},
    };
    const struct token *t = &c->t->at[i];
    bool is_call = sign_is(token_at(c->t, i + 1), "(");
    if (sign_is(token_at(c->t, i - 1), ".")) {
        return;
    }
    for (size_t n = 0; n < sizeof refused / sizeof *refused; n++) {
        if (word_is(t, refused[n].word) && (!refused[n].is_call || is_call)) {
            refuse(c, t, refused[n].instead);
        }
    }
    if ((word_is(t, "replace") && (i == 0 || word_is(token_at(c->t, i - 1), "or"))) ||
        (word_is(t, "or") && i > 0 && word_is(&c->t->at[i - 1], "insert"))) {
        refuse(c, t, "write INSERT … ON CONFLICT … DO UPDATE or DO NOTHING");
    }
}

/* The place of the parenthesis that closes the one at i, and how many commas stand directly in it. */
static size_t close_of(const struct tokens *t, size_t i, size_t *commas) {
    *commas = 0;
    for (size_t n = i + 1; n < t->n; n++) {
        *commas += sign_is(&t->at[n], ",") && t->at[n].depth == t->at[i].depth + 1;
        if (sign_is(&t->at[n], ")") && t->at[n].depth == t->at[i].depth) {
            return n;
        }
    }
    return t->n;
}

static void check_call(struct scan *c, size_t i) {
    const struct token *t = &c->t->at[i];
    if (!sign_is(token_at(c->t, i + 1), "(")) {
        return;
    }
    size_t commas;
    size_t end = close_of(c->t, i + 1, &commas);
    if ((word_is(t, "max") || word_is(t, "min")) && commas) {
        refuse(c, t, "max(a, b) and min(a, b) are SQLite's alone: write CASE WHEN a > b THEN a ELSE b END");
    }
    if (word_is(t, "cast") && end >= 2 && word_is(token_at(c->t, end - 1), "integer")) {
        refuse(c, t, "CAST … AS INTEGER cuts on one engine and rounds on the other: convert in C");
    }
}

static void check_sign(struct scan *c, size_t i) {
    const struct token *t = &c->t->at[i], *before = token_at(c->t, i - 1);
    if (sign_is(t, "\"") || sign_is(t, "`") || sign_is(t, "[")) {
        refuse(c, t, "quote text with '…', and leave names bare");
    } else if (sign_is(t, "?") || sign_is(t, "$") || sign_is(t, "@")) {
        refuse(c, t, "write parameters as :name");
    } else if (sign_is(t, "::")) {
        refuse(c, t, ":: is PostgreSQL's alone");
    } else if (sign_is(t, "==")) {
        refuse(c, t, "write = instead of ==");
    } else if (sign_is(t, "->") || sign_is(t, "->>")) {
        refuse(c, t, "JSON is read in C");
    } else if (sign_is(t, "*") &&
               (!before || sign_is(before, ".") || sign_is(before, ",") || word_is(before, "select") ||
                word_is(before, "distinct") || word_is(before, "returning"))) {
        refuse(c, t, "name the columns instead of *");
    } else if (sign_is(t, ";")) {
        refuse(c, t, "one statement only");
    }
}

static struct str folder_of(struct str path) {
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/') {
        end--;
    }
    return str_slice(path, 0, end);
}

static const struct statement *maker_of(const struct source *s, struct str name) {
    for (size_t i = 0; i < s->statements.n; i++) {
        if (str_eq(s->statements.at[i].creates, name)) {
            return &s->statements.at[i];
        }
    }
    return NULL;
}

/* A module writes only its own tables, and reads another module's through that one's views. The kernel's are read by
   all. */
static void check_owner(struct scan *c, size_t i) {
    const struct token *t = &c->t->at[i], *before = token_at(c->t, i - 1), *before2 = token_at(c->t, i - 2);
    const struct statement *made = sign_is(before, ".") ? NULL : maker_of(c->s, t->text);
    if (!made || str_eq(folder_of(made->file), folder_of(c->q->file))) {
        return;
    }
    if (word_is(before, "into") || word_is(before, "update") ||
        (word_is(before, "from") && word_is(before2, "delete"))) {
        refuse(c, t, "only its own module writes a table: call that module, or tell it by an event");
    } else if (!made->is_view && !str_starts(made->file, S("kernel/"))) {
        refuse(c, t, "another module's table is read through the views it publishes (x_v_…)");
    }
}

static bool is_nullable_column(const struct scan *c, const struct token *before2, const struct token *before,
                               const struct token *t) {
    const struct tokens *all = c->t;
    bool qualified = sign_is(before, ".") && before2;
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].kind != T_WORD || !is_table(c->s, all->at[i].text) || sign_is(token_at(all, i + 1), ".")) {
            continue;
        }
        const struct token *alias = token_at(all, i + 1);
        alias = word_is(alias, "as") ? token_at(all, i + 2) : alias;
        bool is_it = !qualified || str_eq(before2->text, all->at[i].text) ||
                     (alias && alias->kind == T_WORD && str_eq(alias->text, before2->text));
        const struct column *col = is_it ? column_find(c->s, all->at[i].text, t->text) : NULL;
        const struct token *join = token_at(all, i - 1), *left = token_at(all, i - 2);
        bool is_left =
            word_is(join, "join") && (word_is(left, "left") || word_is(left, "outer") || word_is(left, "full"));
        if (col && (col->is_nullable || is_left)) {
            return true;
        }
    }
    return false;
}

static bool ends_order(const struct token *t, int depth) {
    return !t || t->depth < depth ||
           (t->depth == depth &&
            (sign_is(t, ")") || word_is(t, "limit") || word_is(t, "rows") || word_is(t, "range") ||
             word_is(t, "groups") || word_is(t, "returning") || word_is(t, "union") || word_is(t, "on")));
}

/* A column that may be NULL, by itself: no function's name, no table's. */
static bool is_nullable_term(struct scan *c, size_t i) {
    const struct token *t = token_at(c->t, i), *next = token_at(c->t, i + 1);
    return t->kind == T_WORD && !sign_is(next, "(") && !sign_is(next, ".") &&
           is_nullable_column(c, token_at(c->t, i - 2), token_at(c->t, i - 1), t);
}

/* One term from i on; gives where it ends. It cannot be NULL, or says where NULLs go. */
static size_t check_term(struct scan *c, size_t i, int depth) {
    const struct token *nullable = NULL;
    bool told = false;
    for (;; i++) {
        const struct token *t = token_at(c->t, i);
        if (ends_order(t, depth) || (sign_is(t, ",") && t->depth == depth)) {
            break;
        }
        if (word_is(t, "coalesce") && sign_is(token_at(c->t, i + 1), "(")) {
            size_t commas;
            i = close_of(c->t, i + 1, &commas);
            continue;
        }
        told = told || word_is(t, "nulls");
        nullable = is_nullable_term(c, i) ? t : nullable;
    }
    if (nullable && !told) {
        refuse(c, nullable, "this column may be NULL: say NULLS FIRST or NULLS LAST");
    }
    return i;
}

/* From the word after BY. */
static void check_order(struct scan *c, size_t i) {
    int depth = c->t->at[i].depth;
    for (i = check_term(c, i, depth); !ends_order(token_at(c->t, i), depth);) {
        i = check_term(c, i + 1, depth);
    }
}

static void check_limit(struct scan *c, size_t i) {
    for (size_t n = i + 1; n < c->t->n && n < i + 4; n++) {
        if (sign_is(&c->t->at[n], ",") && c->t->at[n].depth == c->t->at[i].depth) {
            refuse(c, &c->t->at[n], "page by key, never by LIMIT a, b");
        }
    }
}

static void check_ids(struct scan *c, size_t i) {
    const struct token *t = &c->t->at[i];
    bool is_ids = false;
    for (size_t n = 0; n < c->q->in.n; n++) {
        is_ids = is_ids || (str_eq(c->q->in.at[n].name, t->text) && c->q->in.at[n].type.is == C_IDS);
    }
    if (is_ids && !(sign_is(token_at(c->t, i - 1), "(") && word_is(token_at(c->t, i - 2), "in") &&
                    sign_is(token_at(c->t, i + 1), ")"))) {
        refuse(c, t, "a parameter of ids stands in x IN (:ids!ids) only");
    }
}

/* "version = <kind> version" from the ith token on. */
static bool is_compared(const struct tokens *t, size_t i, enum token_kind kind) {
    const struct token *with = token_at(t, i + 2);
    return word_is(token_at(t, i), "version") && sign_is(token_at(t, i + 1), "=") && with && with->kind == kind &&
           str_eq(with->text, S("version"));
}

/* What people type into a table that counts its versions is written over what they saw, and over nothing else. */
static void check_version(struct scan *c, size_t i) {
    const struct token *table = token_at(c->t, i + 1);
    bool is_counted = false, is_asked = false, is_where = false;
    const struct column *version = table && table->kind == T_WORD ? column_find(c->s, table->text, S("version")) : NULL;
    if (!version || version->type.is != C_INT || str_find(c->q->comment, S("version:"), 0) != SIZE_MAX) {
        return;
    }
    for (size_t n = i; n < c->t->n; n++) {
        is_where = is_where || word_is(&c->t->at[n], "where");
        is_counted = is_counted || (!is_where && is_compared(c->t, n, T_WORD));
        is_asked = is_asked || (is_where && is_compared(c->t, n, T_PARAM));
    }
    if (!is_counted || !is_asked) {
        refuse(
            c, table,
            "this table counts its versions: SET version = version + 1 … WHERE … AND version = :version, or say on a "
            "line -- version: why nobody's words are lost");
    }
}

bool query_allowed(const struct source *s, const struct query *q) {
    struct scan c = {.s = s, .q = q, .t = &q->tokens, .ok = true};
    for (size_t i = 0; i < q->tokens.n; i++) {
        const struct token *t = &q->tokens.at[i];
        if (t->kind == T_WORD) {
            check_word(&c, i);
            check_call(&c, i);
            check_owner(&c, i);
            if (word_is(t, "update")) {
                check_version(&c, i);
            }
            if (word_is(t, "limit")) {
                check_limit(&c, i);
            }
            if (word_is(t, "by") && word_is(token_at(c.t, i - 1), "order") && token_at(c.t, i + 1)) {
                check_order(&c, i + 1);
            }
        } else if (t->kind == T_SIGN) {
            check_sign(&c, i);
        } else if (t->kind == T_PARAM) {
            check_ids(&c, i);
        }
    }
    return c.ok;
}
