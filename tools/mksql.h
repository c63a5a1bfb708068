/* mksql: reads tables and named queries, checks them on SQLite, and writes a C function for each query.
   The parts: mksql_lex.c words, mksql_schema.c tables, mksql_query.c queries, mksql_item.c computed columns,
   mksql_check.c what is refused, mksql_out.c the C. */
#ifndef TOOLS_MKSQL_H
#define TOOLS_MKSQL_H
#include <sqlite3.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"

enum token_kind { T_WORD = 1, T_NUMBER, T_STRING, T_SIGN, T_PARAM, T_NOTE };
struct token {
    enum token_kind kind;
    struct str text; /* T_PARAM: the name; T_NOTE: the line after its dashes */
    struct str mark; /* T_PARAM: what follows its '!' */
    int line;
    int depth;   /* of parentheses around it */
    bool spaced; /* white space stood before it */
};
struct tokens {
    struct token *at;
    size_t n;
};

enum ctype { C_NONE, C_INT, C_TEXT, C_BYTES, C_REAL, C_BOOL, C_AT, C_ON, C_ID, C_IDS };
struct type {
    enum ctype is;
    struct str table; /* C_ID: whose */
};

struct column {
    struct str table;
    struct str name;
    struct type type;
    bool is_nullable;
};
struct statement {
    struct str part;
    struct str file;
    int line;
    struct tokens tokens;
    struct str creates; /* the table or view; empty for others */
    bool is_table;
    bool is_view;
    bool no_sqlite;
    bool no_postgres;
    bool is_placed;
};
struct change {
    struct str part;
    struct str name;
    struct str source;
    LIST(struct statement) statements;
};
struct field {
    struct str name;
    struct type type;
    bool is_nullable;
};
enum query_kind { Q_ONE = 1, Q_MANY, Q_EXEC };
struct query {
    struct str name;
    enum query_kind kind;
    struct str file;
    int line;
    struct str comment;
    struct str result; /* of the "-- result:" line */
    struct str lacks;  /* a piece that it names and that is none */
    struct tokens tokens;
    LIST(struct field) in;
    LIST(struct field) out;
    bool writes;
    bool is_bad;
};
/* Words that several queries of a file have in common. */
struct piece {
    struct str name;
    struct tokens tokens;
};
struct query_file {
    struct str path;
    LIST(struct piece) pieces;
    LIST(struct query) queries;
};
struct source {
    struct arena *arena;
    sqlite3 *db;
    LIST(struct statement) statements; /* in the order to run them */
    LIST(struct column) columns;
    LIST(struct str) tables; /* and views */
    LIST(struct change) changes;
    LIST(struct query_file) files;
};

extern int complaints;
void complain(struct str file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

struct str read_whole(struct arena *a, const char *path);
bool lex(struct arena *a, struct str file, struct str text, int line, struct tokens *tokens);
bool word_is(const struct token *t, const char *word); /* any case */
bool sign_is(const struct token *t, const char *sign);
/* The word at i, or NULL past the ends. */
const struct token *token_at(const struct tokens *t, size_t i);
enum dialect { SQLITE, POSTGRES };
struct str table_sql(struct arena *a, const struct statement *s, enum dialect d);

void schema_read(struct source *s, struct str path);
void change_read(struct source *s, struct str path);
void schema_make(struct source *s); /* orders, runs on SQLite, learns the columns */
bool is_table(const struct source *s, struct str name);
const struct column *column_find(const struct source *s, struct str table, struct str name);
struct type type_by_name(struct str name, enum ctype plain);
/* Of the column of that name in the tables the words name; C_NONE when there is none, *is_ambiguous when they differ.
 */
struct type type_in_tables(const struct source *s, const struct tokens *t, struct str name, bool *is_nullable,
                           bool *is_ambiguous);
/* "n int, title text": the type given to name; C_NONE when it is not there. */
struct type type_from_marks(const struct source *s, struct str marks, struct str name);
/* The type of a prepared statement's ith column: as marked, of the table it comes from, or by its name. */
struct type column_type(struct source *s, sqlite3_stmt *st, int i, struct str marks, const struct tokens *tokens);
/* mksql_item.c: whether the words of the computed column `AS name` give text. */
bool item_is_text(const struct source *s, const struct tokens *t, struct str name);
struct type type_of_mark(const struct source *s, struct str mark);

void queries_read(struct source *s, struct str path);
void queries_make(struct source *s);
struct str query_sql(struct arena *a, const struct query *q, enum dialect d);
/* False when something is refused; told with complain. */
bool query_allowed(const struct source *s, const struct query *q);

void write_ids(const struct source *s, struct str out);
void write_schema(const struct source *s, struct str out);
void write_queries(const struct source *s, const struct query_file *f, struct str out);
#endif
