/* Adding to the library by file: what was read is shown, corrected and confirmed by a person. And taking out of it. */
#ifndef MODULES_LAW_LAW_ADD_H
#define MODULES_LAW_LAW_ADD_H
#include "kernel/form.h"
#include "kernel/http.h"

extern const struct field law_out_fields[];
struct err law_out_get(struct get *g);
#endif
