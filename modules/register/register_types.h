/* The definitions, embedded. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_TYPES_H
#define MODULES_REGISTER_REGISTER_TYPES_H
#include "base/str.h"

/* The definition as it is kept; empty when there is none. */
struct str register_type_json(struct str code);
#endif
