/* JSON written. Ids are strings (they do not fit a double), dates and times ISO, HTML a string. tools/mkview writes a
   json_<struct> for every struct of a *_view.h with these. */
#ifndef KERNEL_PAGE_JSON_H
#define KERNEL_PAGE_JSON_H
#include "base/buf.h"
#include "base/time.h"

struct form;

void json_str(struct buf *b, struct str s); /* quoted; broken UTF-8 becomes U+FFFD */
void json_z(struct buf *b, const char *z);  /* NULL is null */
void json_int(struct buf *b, int64_t n);
void json_bool(struct buf *b, bool x);
void json_double(struct buf *b, double x);           /* NaN and infinities are null */
void json_date(struct buf *b, struct date d);        /* none is null */
void json_instant(struct buf *b, struct instant at); /* none is null */
void json_id(struct buf *b, int64_t id);             /* 0 is null */
void json_form(struct buf *b,
               const struct form *f); /* {"fault": …, "fields": [{"name", "value", "fault"}]}; NULL is null */

/* What a struct of a view looks like, for /api/openapi.json; made by tools/mkview. */
struct json_schema {
    const char *name;
    const char *schema;
};
extern const struct json_schema json_schemas[]; /* ended by an empty one */
#endif
