/* Pages of a form, what they send, and what is kept of it. */
#include "kernel/fill/fill.h"

#include "kernel/fill/fill_view.h"
#include "kernel/page/form.h"
#include "tests/test.h"

#include "base/banned.h"

static const char definition[] =
    "{\"schema\":\"doanket.form/"
    "1\",\"code\":\"T\",\"name\":\"Thử\",\"version\":1,\"valid_from\":\"2026-01-01\",\"pages\":["
    "{\"id\":\"mot\",\"title\":\"Một\",\"fields\":[{\"name\":\"cach\",\"label\":\"Cách\",\"type\":\"multi\","
    "\"required\":true,"
    "\"pd\":\"none\",\"options\":[{\"value\":\"sms\",\"label\":\"Tin nhắn\"},{\"value\":\"thu\",\"label\":\"Thư\"}]}]},"
    "{\"id\":\"hai\",\"title\":\"Hai\",\"fields\":[{\"name\":\"tien\",\"label\":\"Tiền\",\"type\":\"money\","
    "\"required\":true,"
    "\"pd\":\"none\"}]}]}";

TEST("a page of a form replaces what it asks, keeps what was typed, and leaves other pages alone") {
    static const struct field fields[] = {{.kind = FIELD_PAIRS, .name = S_INIT("a")}, {0}};
    static const struct form_part parts[] = {{.name = S_INIT("a.cach"), .value = S_INIT("sms")},
                                             {.name = S_INIT("a.cach"), .value = S_INIT("thu")},
                                             {.name = S_INIT("a.tien"), .value = S_INIT("9")}};
    static const struct fields_world world = {.today = {2026, 11, 30}};
    struct fields_form *form;
    struct fields_faults faults = {0};
    struct form *sent;
    CHECK_OK(fields_load(arena, (struct str){definition, sizeof definition - 1}, &form, &faults));
    CHECK_OK(form_read(arena, fields, parts, 3, &sent));
    struct fields_said saved = {S("tien"), S("hai")};
    struct fields_said_list now =
        fill_merge(arena, form, 0, (struct fields_said_list){&saved, 1}, form_value(sent, "a"));
    struct fields_state *s = fields_judge(arena, form, now, &world);
    CHECK(fields_page_faults(s, 0) == 0);
    CHECK(fields_page_faults(s, 1) == 1);
    struct fill_page p = fill_page(s, 1, true);
    CHECK_OR_RETURN(p.questions.n == 1 && p.faults.n == 1);
    CHECK_STR(p.questions.at[0].cell.typed, S("hai"));
    CHECK(p.number == 2 && p.count == 2);
    CHECK_STR(fill_json(arena, s), S("{\"cach\":[\"sms\",\"thu\"]}"));
    CHECK_STR(fill_text(arena, s, FIELDS_OPEN), S("Một\nCách: Tin nhắn, Thư\n"));
    CHECK(fill_kept(s).n == 2);
}
