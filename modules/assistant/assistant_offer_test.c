#include "modules/assistant/assistant_offer.h"
#include "base/arena.h"
#include "kernel/port/offer.h"
#include "kernel/rights/auth.h"
#include "tests/test.h"

static const struct offer offers[] = {
    {.name = S_INIT("Nhận"), .path = "/a", .asked = "nhận văn bản|vào sổ", .roles = ROLE_CLERK},
    {.name = S_INIT("Tìm"), .path = "/b", .asked = "tìm", .field = "q"},
    {.path = NULL},
};
static const struct module made_up = {.name = "x", .offers = offers};
static const struct module *const list[] = {&made_up};
static const struct modules app = {list, 1};

TEST("a question that asks for an act is led to its form, with what it says besides, and only for whose act it is") {
    struct assistant_offers o;
    assistant_offers_of(arena, &app, ROLE_CLERK, S("Tôi muốn NHAN van ban mới"), &o);
    CHECK(o.n == 1);
    CHECK_STR(o.at[0].link.v, S("/a"));
    assistant_offers_of(arena, &app, 0, S("nhận văn bản"), &o);
    CHECK(o.n == 0);
    assistant_offers_of(arena, &app, 0, S("tìm hộ nghèo"), &o);
    CHECK(o.n == 1 && str_starts(o.at[0].link.v, S("/b?q=h")));
    assistant_offers_of(arena, &app, ROLE_CLERK, S("nhận những văn bản nào"), &o);
    CHECK(o.n == 0);
    assistant_offers_of(arena, &app, ROLE_CLERK, S("vào sổ"), &o);
    CHECK(o.n == 1);
}

TEST("every offer of the program leads to a page there is") {
    size_t n = 0;
    for (size_t i = 0; i < modules.n; i++) {
        for (const struct offer *o = modules.at[i]->offers; o && o->path; o++, n++) {
            bool is_route = false;
            for (size_t k = 0; k < modules.n; k++) {
                for (const struct route *r = modules.at[k]->routes; r && r->path; r++) {
                    is_route |= r->method == METHOD_GET && str_eq(str_of(r->path), str_of(o->path));
                }
            }
            CHECK(is_route && o->name.len && o->asked);
        }
    }
    CHECK(n > 0);
    (void)arena;
}
