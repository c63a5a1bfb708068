/* JSON that came from somewhere, read with jansson: duplicate names and bad bytes are refused. */
#ifndef READ_JSON_H
#define READ_JSON_H
#include "base/str.h"

struct arena;

/* A text member of an object; empty when the bytes are no object, or it has no such text. */
struct str json_read_text(struct arena *a, struct str object, const char *name);
/* A whole-number member, also written as a text of digits; 0 when there is none. */
int64_t json_read_int(struct arena *a, struct str object, const char *name);
/* The text at the end of a path of member names and, as digits, places in lists ("choices", "0", "message"), NULL at
   its end; empty when there is none. */
struct str json_read_deep(struct arena *a, struct str json, const char *const *path);

/* A whole text of JSON, read once and looked at many times. Values live until the arena is reset. */
struct json_value;
/* NULL when it is none; *fault_at is then about the byte where it stops being one. */
const struct json_value *json_read(struct arena *a, struct str json, size_t *fault_at);
bool json_is_map(const struct json_value *value); /* NULL is none of these */
bool json_is_list(const struct json_value *value);
bool json_is_yes(const struct json_value *value);                                        /* JSON's true */
const struct json_value *json_member(const struct json_value *object, const char *name); /* NULL: none */
size_t json_count(const struct json_value *list);                                        /* 0 for what is no list */
const struct json_value *json_item(const struct json_value *list, size_t i);
struct str json_text_of(const struct json_value *value); /* empty for what is no text */
/* Members: empty and 0 when they are not there, or something else. */
struct str json_member_text(const struct json_value *object, const char *name);
int64_t json_member_int(const struct json_value *object, const char *name);
/* False, and *out as it was, when the value is no such thing. */
bool json_bool_of(const struct json_value *value, bool *out);
bool json_int_of(const struct json_value *value, int64_t *out);
bool json_real_of(const struct json_value *value, double *out);
bool json_is_nothing(const struct json_value *value); /* the word null, not what is not there */
/* The names of an object's members in the order they were written: NULL gives the first; NULL is after the last. */
const char *json_name_after(const struct json_value *object, const char *name);
#endif
