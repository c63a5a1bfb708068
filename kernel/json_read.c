#include "kernel/json_read.h"
#include "base/arena.h"
#include "base/num.h"

#include <jansson.h>

#include "base/banned.h"

static json_t *member(struct str object, const char *name, json_t **root) {
    *root = json_loadb(object.at, object.len, JSON_REJECT_DUPLICATES, NULL);
    return *root ? json_object_get(*root, name) : NULL;
}

struct str json_read_text(struct arena *a, struct str object, const char *name) {
    json_t *root;
    json_t *found = member(object, name, &root);
    struct str text = S("");
    if (json_is_string(found)) {
        text = str_copy(a, (struct str){json_string_value(found), json_string_length(found)});
    }
    json_decref(root);
    return text;
}

int64_t json_read_int(struct arena *a, struct str object, const char *name) {
    json_t *root;
    json_t *found = member(object, name, &root);
    int64_t n = json_is_integer(found) ? json_integer_value(found) : 0;
    json_decref(root);
    if (!n && !num_read(json_read_text(a, object, name), &n)) {
        n = 0;
    }
    return n;
}

struct str json_read_deep(struct arena *a, struct str json, const char *const *path) {
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, NULL);
    json_t *found = root;
    for (; found && *path; path++) {
        int64_t at;
        found = json_is_array(found) && num_read_between(str_of(*path), 0, 10000, &at)
                    ? json_array_get(found, (size_t)at)
                    : json_object_get(found, *path);
    }
    struct str text = S("");
    if (json_is_string(found)) {
        text = str_copy(a, (struct str){json_string_value(found), json_string_length(found)});
    }
    json_decref(root);
    return text;
}
