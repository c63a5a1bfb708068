/* The server's parts that need no socket: routes, ranges, addresses, small secrets. */
#include <string.h>

#include "kernel/http/parts.h"
#include "tests/test.h"

#include "base/banned.h"

static struct err get_nothing(struct get *g) { return answer_bytes(g, S(""), S("")); }
static struct err post_nothing(struct post *p) { return see_other(p, "/"); }

static const struct route table[] = {
    {.method = METHOD_GET, .path = "/", .access = ACCESS_PUBLIC, .get = get_nothing},
    {.method = METHOD_GET, .path = "/document", .access = ACCESS_SIGNED_IN, .get = get_nothing},
    {.method = METHOD_GET, .path = "/document/new", .access = ACCESS_SIGNED_IN, .get = get_nothing},
    {.method = METHOD_GET, .path = "/document/{id}", .access = ACCESS_SIGNED_IN, .get = get_nothing},
    {.method = METHOD_DELETE, .path = "/document/{id}/line/{line}", .access = ACCESS_SIGNED_IN, .post = post_nothing},
    {.method = METHOD_POST,
     .path = "/document/{id}/closure",
     .access = ACCESS_ROLES,
     .roles = ROLE_LEADER,
     .post = post_nothing},
    {.method = METHOD_POST, .path = "/document/new/closure", .access = ACCESS_SIGNED_IN, .post = post_nothing},
    {0},
};
static const struct route_table tables[] = {{"x", table}};
static const struct route_tables all = {tables, 1};

static enum found find(struct arena *a, const struct routes *r, enum method method, struct str path,
                       struct request *out) {
    *out = (struct request){.arena = a, .method = method, .path = path};
    return route_find(r, out);
}

TEST("a literal segment wins over a name, and a name takes what no literal does") {
    struct request r;
    struct routes *routes = routes_make(arena, &all);
    CHECK_OR_RETURN(routes != NULL);
    CHECK(find(arena, routes, METHOD_GET, S("/"), &r) == FOUND && r.route == &table[0]);
    CHECK(find(arena, routes, METHOD_GET, S("/document/new"), &r) == FOUND && r.route == &table[2]);
    CHECK(find(arena, routes, METHOD_GET, S("/document/42"), &r) == FOUND && r.route == &table[3]);
    CHECK_STR(path_param(&r, S("id")), S("42"));
    CHECK(find(arena, routes, METHOD_POST, S("/document/42/closure"), &r) == FOUND && r.route == &table[5]);
    CHECK(find(arena, routes, METHOD_POST, S("/document/new/closure"), &r) == FOUND && r.route == &table[6]);
}

TEST("DELETE is also reached by POST to …/delete") {
    struct request r;
    struct routes *routes = routes_make(arena, &all);
    CHECK(find(arena, routes, METHOD_DELETE, S("/document/1/line/2"), &r) == FOUND);
    CHECK(find(arena, routes, METHOD_POST, S("/document/1/line/2/delete"), &r) == FOUND);
    CHECK_STR(path_param(&r, S("line")), S("2"));
    CHECK(find(arena, routes, METHOD_POST, S("/document/1/line/2"), &r) == FOUND_OTHER_METHOD);
    CHECK(find(arena, routes, METHOD_GET, S("/document/1/line/2/delete"), &r) == FOUND_OTHER_METHOD);
}

TEST("what is no route is not found: empty segments, trailing slashes, deeper paths") {
    struct request r;
    struct routes *routes = routes_make(arena, &all);
    static const struct str none[] = {S_INIT(""),
                                      S_INIT("/document/"),
                                      S_INIT("//document"),
                                      S_INIT("/document//closure"),
                                      S_INIT("/document/1/2"),
                                      S_INIT("/documents"),
                                      S_INIT("/Document"),
                                      S_INIT("/document/new/"),
                                      S_INIT("*")};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK(find(arena, routes, METHOD_GET, none[i], &r) == FOUND_NOTHING);
    }
    r = (struct request){.arena = arena, .path = S("/document")};
    CHECK_STR(route_allowed(routes, &r), S("OPTIONS, GET, HEAD"));
}

TEST("two routes of one address, or one without a handler, stop the start") {
    static const struct route twice[] = {
        {.method = METHOD_GET, .path = "/a/{x}", .access = ACCESS_PUBLIC, .get = get_nothing},
        {.method = METHOD_GET, .path = "/a/{y}", .access = ACCESS_PUBLIC, .get = get_nothing},
        {0}};
    static const struct route bare[] = {
        {.method = METHOD_POST, .path = "/a", .access = ACCESS_PUBLIC, .get = get_nothing}, {0}};
    static const struct route nobody[] = {
        {.method = METHOD_GET, .path = "/a", .access = ACCESS_ROLES, .get = get_nothing}, {0}};
    const struct route *const bad[] = {twice, bare, nobody};
    for (size_t i = 0; i < 3; i++) {
        const struct route_table one[] = {{"x", bad[i]}};
        CHECK(routes_make(arena, &(struct route_tables){one, 1}) == NULL);
    }
}

TEST("a forged id and one that is no number look alike: not found") {
    static const struct str bad[] = {
        S_INIT(""), S_INIT("0"), S_INIT("-1"), S_INIT("x"), S_INIT("9223372036854775808"), S_INIT(" 1"), S_INIT("1e3")};
    struct request r = {.arena = arena, .params_n = 1, .params = {{S_INIT("id"), {0}}}};
    int64_t id = 0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        r.params[0].value = bad[i];
        CHECK_ERR(path_id(&r, S("id"), &id), ERR_MISSING);
    }
    r.params[0].value = S("42");
    CHECK_OK(path_id(&r, S("id"), &id));
    CHECK(id == 42);
}

TEST("ranges: first and last byte, from the end, beyond the end") {
    int64_t from = -1, to = -1;
    CHECK(range_read(S("bytes=0-99"), 1000, &from, &to) == RANGE_PART && from == 0 && to == 99);
    CHECK(range_read(S("bytes=900-"), 1000, &from, &to) == RANGE_PART && from == 900 && to == 999);
    CHECK(range_read(S("bytes=-100"), 1000, &from, &to) == RANGE_PART && from == 900 && to == 999);
    CHECK(range_read(S("bytes=-5000"), 1000, &from, &to) == RANGE_PART && from == 0 && to == 999);
    CHECK(range_read(S("bytes=990-5000"), 1000, &from, &to) == RANGE_PART && from == 990 && to == 999);
    CHECK(range_read(S("bytes=1000-"), 1000, &from, &to) == RANGE_WRONG);
    CHECK(range_read(S("bytes=-0"), 1000, &from, &to) == RANGE_WRONG);
    CHECK(range_read(S("bytes=5-1"), 1000, &from, &to) == RANGE_NONE);
    CHECK(range_read(S("bytes=0-1,5-6"), 1000, &from, &to) == RANGE_NONE);
    CHECK(range_read(S("lines=0-1"), 1000, &from, &to) == RANGE_NONE);
    CHECK(range_read(S("bytes=x-1"), 1000, &from, &to) == RANGE_NONE);
    CHECK(range_read(S("bytes=0-0"), 0, &from, &to) == RANGE_WRONG);
}

TEST("a form's token is its session's, masked anew for each answer") {
    struct request a = {.arena = arena, .token = S("one session")}, b = {.arena = arena, .token = S("another")};
    struct request next = a;
    struct str one = request_csrf(&a), two = request_csrf(&next);
    CHECK_STR(request_csrf(&a), one);
    CHECK(!str_eq(one, two));
    CHECK(csrf_is_right(&a, one) && csrf_is_right(&a, two));
    CHECK(!csrf_is_right(&b, one));
    CHECK(!csrf_is_right(&a, S("")) && !csrf_is_right(&a, S("AAAA")) && !csrf_is_right(&a, str_slice(one, 1, one.len)));
    CHECK_STR(request_csrf(&(struct request){.arena = arena}), S(""));
}

TEST("a flashed sentence comes back only with its own session, and unchanged") {
    struct str sealed = flash_seal(arena, S("one session"), S("Đã vào sổ, số đến 1.204"));
    struct request r = {
        .arena = arena, .token = S("one session"), .cookies = str_format(arena, "a=b; flash=%.*s", STR_ARG(sealed))};
    CHECK_STR(request_flash(&r), S("Đã vào sổ, số đến 1.204"));
    r.token = S("another");
    r.answer.headers_n = 0;
    CHECK_STR(request_flash(&r), S(""));
    r.token = S("one session");
    r.cookies = str_format(arena, "flash=A%.*s", STR_ARG(sealed));
    CHECK_STR(request_flash(&r), S(""));
}

TEST("a file's name is safe in its header, in ASCII and in full") {
    CHECK_STR(answer_disposition(arena, S("Tờ \"trình\"\r\n.pdf"), true),
              S("attachment; filename=\"T_ _tr_nh___.pdf\"; filename*=UTF-8''T%E1%BB%9D%20%22tr%C3%ACnh%22%0D%0A.pdf"));
}

TEST("a packed answer is only taken by those who say so") {
    CHECK(accepts(S("gzip, deflate, br"), S("br")) && accepts(S("GZIP;q=0.5"), S("gzip")));
    CHECK(!accepts(S(""), S("gzip")) && !accepts(S("gzip;q=0"), S("gzip")) && !accepts(S("xgzip"), S("gzip")));
}
