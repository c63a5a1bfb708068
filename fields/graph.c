/* Steps, clocks and letters of a procedure: every name they say is there. */
#include "fields/inside.h"

#include "base/banned.h"

static bool has_id(const struct json_value *list, struct str id) {
    for (size_t i = 0; i < json_count(list); i++) {
        if (str_eq(json_member_text(json_item(list, i), "id"), id)) {
            return true;
        }
    }
    return false;
}

/* One name, or several with commas or spaces between. */
static void name_check(struct fields_loading *l, const struct json_value *step, const char *key,
                       const struct json_value *list) {
    struct str said = json_member_text(step, key), id = json_member_text(step, "id"), one;
    while (str_next(&said, ' ', &one)) {
        one = str_ends(one, S(",")) ? str_slice(one, 0, one.len - 1) : one;
        if (one.len && !has_id(list, one)) {
            fields_fault(l, "bước “%.*s”: %s “%.*s” không có.", STR_ARG(id), key, STR_ARG(one));
        }
    }
}

static bool is_end(struct str s) {
    return str_eq(s, S("done")) || str_eq(s, S("refused")) || str_eq(s, S("withdrawn"));
}

void fields_graph_check(struct fields_loading *l) {
    const struct json_value *whole = l->form->whole, *steps = json_member(whole, "steps");
    for (size_t i = 0; i < json_count(steps); i++) {
        const struct json_value *step = json_item(steps, i), *next = json_member(step, "next");
        struct str id = json_member_text(step, "id");
        name_check(l, step, "clock", json_member(whole, "clocks"));
        name_check(l, step, "letter", json_member(whole, "letters"));
        if (!id.len) {
            fields_fault(l, "bước thứ %zu thiếu id.", i + 1);
        }
        if (!json_count(next)) {
            fields_fault(l, "bước “%.*s” không đi tới đâu (next).", STR_ARG(id));
        }
        for (size_t k = 0; k < json_count(next); k++) {
            struct str to = json_text_of(json_item(next, k));
            if (!is_end(to) && !has_id(steps, to)) {
                fields_fault(l, "bước “%.*s”: next “%.*s” không có.", STR_ARG(id), STR_ARG(to));
            }
        }
    }
}
