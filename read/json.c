#include "read/json.h"
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

/* A json_value is jansson's own, held by the arena. */
static void let_go(void *root) { json_decref(root); }

static const json_t *of(const struct json_value *value) { return (const json_t *)(const void *)value; }
static const struct json_value *as(const json_t *value) { return (const struct json_value *)(const void *)value; }

const struct json_value *json_read(struct arena *a, struct str json, size_t *fault_at) {
    json_error_t error;
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    *fault_at = 0;
    if (!root) {
        *fault_at = error.position > 0 ? (size_t)error.position : 0;
        return NULL;
    }
    arena_on_reset(a, let_go, root);
    return as(root);
}

bool json_is_map(const struct json_value *value) { return value && json_is_object(of(value)); }
bool json_is_list(const struct json_value *value) { return value && json_is_array(of(value)); }
bool json_is_yes(const struct json_value *value) { return value && json_boolean_value(of(value)); }

const struct json_value *json_member(const struct json_value *object, const char *name) {
    return object ? as(json_object_get(of(object), name)) : NULL;
}

size_t json_count(const struct json_value *list) { return list ? json_array_size(of(list)) : 0; }

const struct json_value *json_item(const struct json_value *list, size_t i) {
    return list ? as(json_array_get(of(list), i)) : NULL;
}

struct str json_text_of(const struct json_value *value) {
    const json_t *text = of(value);
    return json_is_string(text) ? (struct str){json_string_value(text), json_string_length(text)} : S("");
}

struct str json_member_text(const struct json_value *object, const char *name) {
    return json_text_of(json_member(object, name));
}

int64_t json_member_int(const struct json_value *object, const char *name) {
    const struct json_value *value = json_member(object, name);
    int64_t n = 0;
    if (value && json_is_integer(of(value))) {
        return json_integer_value(of(value));
    }
    return num_read(json_text_of(value), &n) ? n : 0;
}

bool json_bool_of(const struct json_value *value, bool *out) {
    if (!json_is_boolean(of(value))) {
        return false;
    }
    *out = json_is_true(of(value));
    return true;
}

bool json_int_of(const struct json_value *value, int64_t *out) {
    if (!json_is_integer(of(value))) {
        return false;
    }
    *out = json_integer_value(of(value));
    return true;
}

bool json_real_of(const struct json_value *value, double *out) {
    if (!json_is_number(of(value))) {
        return false;
    }
    *out = json_number_value(of(value));
    return true;
}

bool json_is_nothing(const struct json_value *value) { return value && json_typeof(of(value)) == JSON_NULL; }

const char *json_name_after(const struct json_value *object, const char *name) {
    json_t *map = (json_t *)(uintptr_t)of(object);
    if (!json_is_object(map)) {
        return NULL;
    }
    void *at = name ? json_object_iter_next(map, json_object_iter_at(map, name)) : json_object_iter(map);
    return at ? json_object_iter_key(at) : NULL;
}
