/* Private to modules/register. */
#ifndef MODULES_REGISTER_INSIDE_H
#define MODULES_REGISTER_INSIDE_H
#include "kernel/import/import.h"
#include "kernel/module.h"

struct buf;
struct json_value;

extern const struct command register_commands[];

/* A commune as people write it: today's name; a name before 1 July 2025, with its district or without; without marks,
   or mistyped. For struct import_want. */
void register_commune(struct arena *a, struct str text, struct import_place *out);

/* What an object of types.json wants: its fields in their order, the first IMPORT_COLUMNS of them. */
struct import_want register_want(struct arena *a, const struct json_value *type);

/* A member's name and colon, after a comma where the object has one already. */
void register_member(struct buf *b, const char *name);
/* The members of a JSON object, without its braces: register, date1904, good_rows, bad_rows, tables. */
void register_found_put(struct arena *a, struct buf *b, const struct import_want *want, const struct import *found);
#endif
