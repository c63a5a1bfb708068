/* JSON that came from somewhere, read with jansson: duplicate names and bad bytes are refused. */
#ifndef KERNEL_JSON_READ_H
#define KERNEL_JSON_READ_H
#include "base/str.h"

struct arena;

/* A text member of an object; empty when the bytes are no object, or it has no such text. */
struct str json_read_text(struct arena *a, struct str object, const char *name);
/* A whole-number member, also written as a text of digits; 0 when there is none. */
int64_t json_read_int(struct arena *a, struct str object, const char *name);
/* The text at the end of a path of member names and, as digits, places in lists ("choices", "0", "message"), NULL at
   its end; empty when there is none. */
struct str json_read_deep(struct arena *a, struct str json, const char *const *path);
#endif
