/* Answers that came as JSON, made the flat list that forms send. */
#include "fields/inside.h"

#include <math.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { SAID_MOST = 20000 };

/* A word, number or yes-or-no as somebody would have typed it; NULL pointer: none of these. */
static struct str plain(struct arena *a, const struct json_value *v) {
    bool is;
    int64_t n;
    double real;
    if (json_bool_of(v, &is)) {
        return is ? S("true") : S("false");
    }
    if (json_int_of(v, &n)) {
        return str_format(a, "%lld", (long long)n);
    }
    if (json_real_of(v, &real)) {
        return fabs(real) < 9e13 ? fields_number_text(a, (int64_t)llround(real * FIELDS_ONE)) : S("?");
    }
    return json_is_list(v) || json_is_map(v) ? (struct str){0} : json_text_of(v);
}

static bool add(struct arena *a, struct fields_said_list *to, struct str name, struct str typed) {
    if (to->n < SAID_MOST) {
        LIST_ADD(a, to, (struct fields_said){name, typed});
    }
    return to->n < SAID_MOST;
}

/* Several choices, a line each. */
static struct str plain_list(struct arena *a, const struct json_value *list) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < json_count(list); i++) {
        struct str one = plain(a, json_item(list, i));
        if (!one.at) {
            return (struct str){0};
        }
        buf_printf(&b, "%s%.*s", b.len ? "\n" : "", STR_ARG(one));
    }
    return b.len ? buf_str(&b) : S("");
}

static bool row_take(struct arena *a, struct str before, const struct json_value *row, struct fields_said_list *to) {
    for (const char *name = json_name_after(row, NULL); name; name = json_name_after(row, name)) {
        const struct json_value *v = json_member(row, name);
        struct str one = json_is_list(v) ? plain_list(a, v) : plain(a, v);
        if (!one.at || !add(a, to, str_format(a, "%.*s.%s", STR_ARG(before), name), one)) {
            return false;
        }
    }
    return true;
}

/* Rows of a table, or several choices. */
static bool list_take(struct arena *a, struct str name, const struct json_value *list, struct fields_said_list *to) {
    if (!json_is_map(json_item(list, 0))) {
        struct str one = plain_list(a, list);
        return one.at && add(a, to, name, one);
    }
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *row = json_item(list, i);
        if (!json_is_map(row) || !row_take(a, str_format(a, "%.*s.%zu", STR_ARG(name), i), row, to)) {
            return false;
        }
    }
    return true;
}

struct err fields_said_of(struct arena *a, const struct json_value *object, struct fields_said_list *said) {
    if (!json_is_map(object)) {
        return REFUSE(ERR_INVALID, "", "Câu trả lời phải là một đối tượng JSON { tên: giá trị }.");
    }
    for (const char *name = json_name_after(object, NULL); name; name = json_name_after(object, name)) {
        const struct json_value *v = json_member(object, name);
        struct str one = plain(a, v);
        bool is_right =
            json_is_list(v) ? list_take(a, str_of(name), v, said) : one.at && add(a, said, str_of(name), one);
        if (!is_right) {
            return err_refuse(a, ERR_INVALID, "", "Câu trả lời “%s” không đọc được.", name);
        }
    }
    return OK;
}

struct err fields_said_read(struct arena *a, struct str json, struct fields_said_list *said) {
    size_t at;
    return fields_said_of(a, json_read(a, json, &at), said);
}
