/* Values move by name between what was typed, what a query takes, the row it gives and what is shown: a field is
   written once in SQL, once in the form and once on the page. The names are those of SQL; members without a partner are
   left as they are. Two that share a name but not a type are a mistake of ours and end the process. */
#ifndef KERNEL_RECORD_BIND_H
#define KERNEL_RECORD_BIND_H
#include "kernel/db/fields.h"
#include "kernel/page/form.h"

struct buf;

/* Each member of *to whose name the form declares gets what was typed there. */
void bind_from_form(void *to, const struct db_shape *shape, const struct form *f);
/* A form to draw: each field a row has a member for begins with the row's value, unless the form came back refused. */
void bind_to_form(struct form *f, const struct db_shape *shape, const void *row);
/* Each member of *to that *from has too. */
void bind_copy(void *to, const struct db_shape *to_shape, const void *from, const struct db_shape *from_shape);
/* {"id": "…", "subject": "…"}: as tools/mkview writes a view. */
void bind_json(struct buf *b, const struct db_shape *shape, const void *row);
/* The names of the members in which two rows of one shape differ, as a JSON object of the first's values: for the
   trail, which so keeps what stood before. Empty when they are the same. */
struct str bind_changes(struct arena *a, const struct db_shape *shape, const void *before, const void *after);

/* The same with the query's name, and the sizes compared: BIND_IN(visit_insert, &in, p->form). */
#define BIND_SIZED(query_, what_, thing_)                                                                              \
    ((void)sizeof(char[sizeof(struct query_##_##what_) == sizeof *(thing_) ? 1 : -1]), &query_##_##what_##_shape)
#define BIND_IN(query_, in_, form_) bind_from_form((in_), BIND_SIZED(query_, in, in_), (form_))
#define BIND_FORM(form_, query_, row_) bind_to_form((form_), BIND_SIZED(query_, row, row_), (row_))
#define BIND_ROW(to_query_, in_, from_query_, row_)                                                                    \
    bind_copy((in_), BIND_SIZED(to_query_, in, in_), (row_), BIND_SIZED(from_query_, row, row_))
#endif
