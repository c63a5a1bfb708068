/* What a register is: its definition, read from the program itself. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_TYPE_H
#define MODULES_REGISTER_REGISTER_TYPE_H
#include "fields/answers.h"
#include "kernel/import/import.h"
#include "kernel/rights/auth.h"

struct arena;
struct json_value;

/* A line of types.tsv. */
struct register_head {
    struct str code, name, area;
    struct str scope; /* who keeps a book: commune, city, front (both), union */
    struct str board; /* the city's board in charge: the end of its code */
    struct str unit;  /* what is counted: hộ, nhà */
};
/* The i-th there is; false after the last. */
bool register_head_at(size_t i, struct register_head *head);
bool register_head_of(struct str code, struct register_head *head);

struct register_type {
    struct register_head head;
    struct fields_form *form;
    const struct fields_page *page; /* all its fields */
    const struct json_value *more;  /* key, title, columns, sums, aliases, checks */
};
/* MISSING when there is no such register. */
struct err register_type(struct arena *a, struct str code, struct register_type *type);
/* Whether a field is named in one of the lists: "key", "columns", "sums". */
bool register_has(const struct register_type *type, const char *list, struct str field);
/* The place of a field on the page; -1: none. */
int register_field(const struct register_type *type, struct str name);
bool register_is_number(enum fields_kind kind);
bool register_is_date(enum fields_kind kind);
/* What a sheet of Excel must bring. Lives as long as type and arena. */
struct import_want register_type_wants(struct arena *a, const struct register_type *type);

/* Answers judged under today's definition, those of an earlier one carried over; checks between fields too. */
struct fields_state *register_judge(struct arena *a, const struct register_type *type, int64_t version,
                                    struct fields_said_list said);
struct err register_said(struct arena *a, struct str answers, struct fields_said_list *said);
/* What the values of the key come to; empty when one is missing. */
struct str register_key(const struct register_type *type, const struct fields_state *s);
struct str register_title(const struct register_type *type, const struct fields_state *s);
/* Its byte order is that of the values: folded words, padded numbers, days, codes. */
struct str register_sort(struct arena *a, const struct fields_answer *x);
struct str register_sort_number(struct arena *a, int64_t number);
/* The class who may see of rows of an organ: its own people see sensitive values, its heads and leaders restricted
   ones, who reads from above the basic ones. */
enum fields_class register_class(const struct who *who, int64_t owner);
#endif
