/* Any bytes as a definition of a form; and, cut at the first NUL, as answers to a form that has every kind. */
#include "fields/answers.h"

#include <stdlib.h>

#include "base/arena.h"

#include "base/banned.h"

#define FIELD(name, type, more)                                                                                        \
    "{\"name\":\"" name "\",\"label\":\"Ô\",\"type\":\"" type "\",\"required\":false,\"pd\":\"basic\"" more "},"
static const char every[] =
    "{\"schema\":\"doanket.form/1\",\"code\":\"T\",\"name\":\"T\",\"version\":1,\"valid_from\":\"2026-01-01\","
    "\"pages\":[{\"id\":\"p\",\"title\":\"P\",\"fields\":[" FIELD("a", "text", ",\"rule\":\"^(0|\\\\+84)[^a-f]{2,9}$\"")
        FIELD("b", "longtext", "") FIELD("c", "int", "") FIELD("d", "decimal", ",\"min\":1") FIELD("e", "money", "")
            FIELD("f", "percent", "") FIELD("g", "date", ",\"rule\":\"precision:y|ym|ymd; past\"")
                FIELD("h", "lunar", "") FIELD("i", "time", "") FIELD("j", "month", "") FIELD("k", "period", "") FIELD(
                    "l", "bool", "") FIELD("m", "multi", ",\"options\":[{\"value\":\"x\",\"label\":\"X\"}]")
                    FIELD("n", "geo", "") FIELD("o", "phone", "") FIELD("p", "email", "") FIELD("q", "id_no",
                                                                                                ",\"mask\":\"•••###\"")
                        FIELD("r", "file", ",\"kinds\":\"pdf\",\"count\":\"0-2\",\"max_mb\":1") FIELD("s", "place", "")
                            FIELD("t", "table",
                                  ",\"fields\":[{\"name\":\"u\",\"label\":\"U\",\"type\":\"int\","
                                  "\"required\":true,\"pd\":\"none\"}]") "{\"name\":\"v\",\"label\":\"V\",\"type\":"
                                                                         "\"computed\",\"required\":false,\"pd\":"
                                                                         "\"none\",\"formula\":\"sum(t.u) / "
                                                                         "(c - d) + years(g)\"}]}]}";

static void must(bool is_so) {
    if (!is_so) {
        abort();
    }
}

static void judge(struct arena *a, const struct fields_form *form, struct fields_said_list said) {
    static const struct fields_world world = {.today = {2026, 11, 30}};
    struct fields_state *s = fields_judge(a, form, said, &world);
    for (size_t i = 0; i < s->all.n; i++) {
        const struct fields_answer *x = &s->all.at[i];
        must(!x->fault.len || !x->text.len);
        must(x->is_shown || !x->text.len);
        (void)fields_masked(a, x, FIELDS_OPEN);
        (void)fields_shown(a, x);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    struct arena *a = arena_new();
    struct str text = {(const char *)bytes, n};
    struct fields_form *form, *all;
    struct fields_faults faults = {0}, none = {0};
    struct fields_said_list said = {0}, typed = {0};
    struct err e = fields_load(a, text, &form, &faults);
    must((e.why != NULL) == (faults.n > 0));
    e = fields_load(a, (struct str){every, sizeof every - 1}, &all, &none);
    must(!e.why);
    err_ignore(fields_said_read(a, text, &said));
    judge(a, all, said);
    judge(a, form, said);
    for (size_t i = 0; i < all->pages.at[0].items.n; i++) {
        struct fields_said one = {all->pages.at[0].items.at[i].name, text};
        LIST_ADD(a, &typed, one);
    }
    LIST_ADD(a, &typed, (struct fields_said){S("t.0.u"), text});
    judge(a, all, typed);
    arena_free(a);
    return 0;
}
