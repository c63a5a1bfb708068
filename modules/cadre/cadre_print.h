/* Forms printed from a record, kept as printed; what changed since the last print of the same form. Private to
   modules/cadre. */
#ifndef MODULES_CADRE_CADRE_PRINT_H
#define MODULES_CADRE_CADRE_PRINT_H
#include "modules/cadre/cadre_check.h"

struct cadre_form {
    struct str code, title, name; /* Sơ yếu lý lịch; Mẫu 2C-TW/98 */
};
bool cadre_form_at(size_t i, struct cadre_form *form);
bool cadre_form_of(struct str code, struct cadre_form *form);

/* A row of a table; of a line without a table there is one row with one cell. */
struct cadre_print_row {
    LIST(struct str) cells;
};
struct cadre_print_line {
    struct str number, label;
    LIST(struct str) heads; /* of a table's columns */
    LIST(struct cadre_print_row) rows;
};
struct cadre_printed {
    struct cadre_print_line *at;
    size_t n;
};
/* The lines of a form, filled from the record. */
struct cadre_printed cadre_print_fill(const struct cadre_whole *w, struct str form);
struct str cadre_print_json(struct arena *a, const struct cadre_printed *p);
struct cadre_printed cadre_print_read(struct arena *a, struct str json);
/* The line of a number; NULL: none. */
const struct cadre_print_line *cadre_print_line_of(const struct cadre_printed *p, struct str number);
/* Whether a row stands in a line. */
bool cadre_print_has(const struct cadre_print_line *l, const struct cadre_print_row *row);
#endif
