/* Between the files of this room. */
#ifndef FIELDS_INSIDE_H
#define FIELDS_INSIDE_H
#include "base/arena.h"
#include "base/buf.h"
#include "fields/answers.h"
#include "read/json.h"

enum { FIELDS_ROWS_MOST = 500, FIELDS_NAME_MOST = 60, FIELDS_DEEP_MOST = 40, FIELDS_CHOICES_MOST = 200 };

/* A definition while it is read: what was seen so far, and where we are. */
struct fields_loading {
    struct arena *arena;
    struct fields_form *form;
    struct fields_faults *faults;
    struct str page, field;
    const struct fields_item *table; /* the table whose columns are read; NULL: none */
    LIST(const struct fields_item *) seen;
};
/* Adds a fault where the reading is. */
void fields_fault(struct fields_loading *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was asked before this place, columns of the same table among it. NULL, and a fault, when there is none. */
const struct fields_item *fields_before(struct fields_loading *l, struct str name, const char *key);

/* How a kind behaves; fields_kinds.c has the table. */
struct fields_kind_facts {
    struct str name;
    bool is_number, is_dated, is_chosen, is_many, is_kept_elsewhere, is_text, is_computed;
};
const struct fields_kind_facts *fields_kind_facts(enum fields_kind kind);
enum fields_kind fields_kind_of(struct str name);

void fields_item_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item);
void fields_attachment_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item);
void fields_keys_check(struct fields_loading *l, const struct json_value *object, const char *const *keys);
struct str fields_member(struct fields_loading *l, const struct json_value *object, const char *key, bool is_needed);
bool fields_is_name(struct str s);
void fields_rule_read(struct fields_loading *l, struct str words, struct fields_item *item);
void fields_changes_read(struct fields_loading *l, const struct json_value *changes);
void fields_graph_check(struct fields_loading *l);

struct fields_condition *fields_condition_read(struct fields_loading *l, struct str words);
struct fields_formula *fields_formula_read(struct fields_loading *l, struct str words, bool is_rollup);
struct fields_pattern *fields_pattern_read(struct arena *a, struct str words); /* NULL: not understood, or too large */
bool fields_pattern_fits(struct arena *a, const struct fields_pattern *p, struct str text);

/* Where names are looked for while judging: the row of a table first, then what was asked before. */
struct fields_scope {
    struct fields_state *state;
    const struct fields_row *row; /* NULL: none; only its first row_n answers are judged */
    size_t row_n;
};
const struct fields_answer *fields_scope_find(const struct fields_scope *scope, struct str name);
bool fields_condition_holds(const struct fields_condition *c, const struct fields_scope *scope);
/* False when something it needs is not there. */
bool fields_formula_value(const struct fields_formula *f, const struct fields_scope *scope, int64_t *value);

/* Cleans and judges what was typed into an answer that is shown. */
void fields_value_judge(const struct fields_scope *scope, struct fields_answer *answer);
void fields_number_judge(const struct fields_scope *scope, struct fields_answer *answer);
void fields_date_judge(const struct fields_scope *scope, struct fields_answer *answer);
void fields_wrong(const struct fields_scope *scope, struct fields_answer *answer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The definition's own message, or these words, in which a first %.*s is the label. */
void fields_wrong_form(const struct fields_scope *scope, struct fields_answer *answer, struct str words);
bool fields_number_read(struct str typed, int64_t *value);      /* 1.234,5 and 1 234,5 and 1234.5 */
struct str fields_number_text(struct arena *a, int64_t value);  /* 1234,5 */
struct str fields_number_shown(struct arena *a, int64_t value); /* 1.234,5 */
/* The next piece of several choices; they are separated by commas and line ends. */
bool fields_choice_next(struct str *rest, struct str *piece);
#endif
