#include "modules/law/law_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/json.h"

/* The head as print has it, so that it is read as any other. */
static struct str head_of(struct arena *a, const struct json_value *work) {
    struct buf b = buf_in(a);
    struct str issuer = json_member_text(work, "issuer"), code = json_member_text(work, "code");
    struct str type = json_member_text(work, "type_name"), title = json_member_text(work, "title");
    struct date issued;
    bool is_dated = date_read_iso(json_member_text(work, "issued_on"), &issued);
    buf_printf(&b, "**Cơ quan ban hành:** %.*s\n", STR_ARG(issuer));
    buf_printf(&b, "**Số hiệu:** %.*s\n**Loại văn bản:** %.*s\n", STR_ARG(code), STR_ARG(type));
    if (is_dated) {
        struct str day = date_vi(a, issued);
        buf_printf(&b, "**Ngày ban hành:** %.*s\n", STR_ARG(day));
    }
    if (date_read_iso(json_member_text(work, "effective_on"), &issued)) {
        struct str day = date_vi(a, issued);
        buf_printf(&b, "**Ngày hiệu lực:** %.*s\n", STR_ARG(day));
    }
    buf_printf(&b, "**Trích yếu:** %.*s\n\n", STR_ARG(title));
    buf_put(&b, json_member_text(work, "preamble"));
    return buf_str(&b);
}

void law_json_read(struct arena *a, struct str json, struct law_tree *tree) {
    size_t fault_at;
    const struct json_value *value = json_read(a, json, &fault_at);
    const struct json_value *work = json_member(value, "work"), *places = json_member(value, "provisions");
    struct law_given *given = arena_take(a, struct law_given, json_count(places) + 1);
    size_t n = 0;
    for (size_t i = 0; i < json_count(places); i++) {
        const struct json_value *p = json_item(places, i);
        enum law_level level = law_level_of_code(json_member_text(p, "level"));
        if (level) {
            given[n++] = (struct law_given){.level = level,
                                            .label = json_member_text(p, "label"),
                                            .heading = json_member_text(p, "heading"),
                                            .text = json_member_text(p, "text")};
        }
    }
    struct law_given_paper paper = {
        .head = head_of(a, work), .closing = json_member_text(work, "closing"), .places = given, .n = n};
    law_text_make(a, &paper, tree);
}
