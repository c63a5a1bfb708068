/* What an address asks of a register's table. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_ASK_H
#define MODULES_REGISTER_REGISTER_ASK_H
#include "kernel/http/http.h"
#include "modules/register/register_list.h"
#include "modules/register/register_view.h"

struct register_param {
    struct str name, value;
};
struct register_address {
    struct register_type type;
    struct register_seat seat;
    struct register_asked asked;
    enum fields_class may; /* the class every row of the table may be shown by */
    struct str fault;
    LIST(struct register_param) params;
    LIST(struct register_chip) chips;
    LIST(struct register_filter_view) filters;
};
/* The register of {type} in the path and all the address says; MISSING when the post has nothing of it. */
struct err register_address(struct get *g, struct register_address *x);
/* The address of the same table with one parameter otherwise; an empty value leaves it out. The page begins anew. */
struct link register_address_with(struct arena *a, const struct register_address *x, struct str name, struct str value);
/* "?q=…&f.x=…" as it stands; for other forms of the same rows. */
struct link register_address_at(struct arena *a, const struct register_address *x, const char *leaf);
bool register_may_sort(const struct register_address *x, const struct fields_item *item);
struct str register_shown_number(struct arena *a, enum fields_kind kind, int64_t number);
/* A value in a table, as far as `may` sees it: numbers without their unit. */
struct str register_cell_shown(struct arena *a, const struct fields_answer *x, enum fields_class may);
#endif
