/* What was sent after the headers: parts with a name, text in memory, files straight to disk with their SHA-256. */
#include "kernel/http/body.h"

#include <jansson.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { PARTS_MOST = 1024, TEXT_MOST = 1024 * 1024 };

static bool has_type(struct str header, struct str type) {
    struct str before, after;
    str_cut(header, S(";"), &before, &after);
    return str_eq_ascii_nocase(str_trim(before), type);
}

struct body *body_new(struct arena *a, struct str content_type, struct str dir, int64_t limit) {
    struct body *b = arena_take(a, struct body, 1);
    *b = (struct body){.arena = a, .dir = dir, .limit = limit, .text = buf_in(a)};
    if (has_type(content_type, S("application/x-www-form-urlencoded"))) {
        b->kind = BODY_URLENCODED;
    } else if (has_type(content_type, S("application/json"))) {
        b->kind = BODY_JSON;
    } else if (has_type(content_type, S("multipart/form-data"))) {
        b->kind = BODY_MULTIPART;
        multipart_begin(b, content_type);
    } else {
        b->state = BODY_BAD;
    }
    return b;
}

struct body *body_begin(struct request *r, int64_t limit) {
    struct body *b = body_new(r->arena, r->content_type, r->server_dir, limit);
    if (r->content_type.len == 0 && r->content_length <= 0 && !r->is_chunked) {
        b->kind = BODY_URLENCODED;
        b->state = BODY_GOOD;
    }
    return b;
}

static void body_too_large(struct body *b, struct str field) {
    if (b->state == BODY_GOOD) {
        b->state = BODY_TOO_LARGE;
        b->too_large_at = field;
    }
}

void body_refuse(struct body *b) { body_too_large(b, S("")); }

bool body_text_put(struct body *b, struct buf *to, struct str s) {
    b->text_size += (int64_t)s.len;
    if (b->text_size > TEXT_MOST) {
        body_too_large(b, S(""));
        return false;
    }
    buf_put(to, s);
    return true;
}

void body_take(struct body *b, const char *at, size_t n) {
    if (b->state != BODY_GOOD) {
        return;
    }
    b->size += (int64_t)n;
    if (b->size > b->limit) {
        body_too_large(b, b->kind == BODY_MULTIPART ? multipart_field(b) : S(""));
        return;
    }
    if (b->kind == BODY_MULTIPART) {
        multipart_take(b, (struct str){at, n});
    } else {
        body_text_put(b, &b->text, (struct str){at, n});
    }
}

struct form_part *body_part_add(struct body *b, struct str name) {
    if (b->parts.n >= PARTS_MOST) {
        b->state = BODY_BAD;
        return NULL;
    }
    struct form_part *p = LIST_PUSH(b->arena, &b->parts);
    p->name = name;
    return p;
}

static void body_add(struct body *b, struct str name, struct str value) {
    struct form_part *p = body_part_add(b, name);
    if (p) {
        p->value = value;
    }
}

static void urlencoded_end(struct body *b) {
    struct str rest = buf_str(&b->text), pair;
    while (b->state == BODY_GOOD && str_next(&rest, '&', &pair)) {
        struct str name, value, name_clear, value_clear;
        if (pair.len == 0) {
            continue;
        }
        str_cut(pair, S("="), &name, &value);
        if (!url_decode(b->arena, name, true, &name_clear) || !url_decode(b->arena, value, true, &value_clear)) {
            b->state = BODY_BAD;
            return;
        }
        body_add(b, name_clear, value_clear);
    }
}

static void json_add(struct body *b, struct str name, const json_t *value) {
    if (json_is_string(value)) {
        body_add(b, name, str_copy(b->arena, (struct str){json_string_value(value), json_string_length(value)}));
    } else if (json_is_integer(value)) {
        body_add(b, name, str_format(b->arena, "%lld", (long long)json_integer_value(value)));
    } else if (json_is_true(value)) {
        body_add(b, name, S("1"));
    } else if (!json_is_false(value) && !json_is_null(value)) {
        b->state = BODY_BAD;
    }
}

/* A flat object: text, whole numbers, true and false, and lists of these for a name given several times. */
static void json_end(struct body *b) {
    struct str text = buf_str(&b->text);
    json_error_t why;
    json_t *all = json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(all)) {
        b->state = BODY_BAD;
        json_decref(all);
        return;
    }
    for (void *i = json_object_iter(all); i && b->state == BODY_GOOD; i = json_object_iter_next(all, i)) {
        struct str name = str_copy(b->arena, str_of(json_object_iter_key(i)));
        const json_t *value = json_object_iter_value(i);
        if (!json_is_array(value)) {
            json_add(b, name, value);
            continue;
        }
        for (size_t k = 0; k < json_array_size(value) && b->state == BODY_GOOD; k++) {
            json_add(b, name, json_array_get(value, k));
        }
    }
    json_decref(all);
}

enum body_state body_end(struct body *b) {
    if (b->state == BODY_GOOD && !b->is_ended) {
        b->is_ended = true;
        if (b->kind == BODY_URLENCODED) {
            urlencoded_end(b);
        } else if (b->kind == BODY_JSON) {
            json_end(b);
        } else {
            multipart_end(b);
        }
    }
    return b->state;
}

struct str body_field(const struct body *b) {
    return b->too_large_at;
}
int64_t body_limit(const struct body *b) { return b->limit; }

const struct form_part *body_parts(const struct body *b, size_t *n) {
    *n = b->parts.n;
    return b->parts.at;
}

struct str body_part(const struct body *b, const char *name) {
    for (size_t i = 0; i < b->parts.n; i++) {
        if (!b->parts.at[i].upload && str_eq(b->parts.at[i].name, str_of(name))) {
            return b->parts.at[i].value;
        }
    }
    return S("");
}
