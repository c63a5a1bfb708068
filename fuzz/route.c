/* Any bytes as an address: decoding, the route table, the query, cookies and ranges. */
#include <stdlib.h>

#include "base/utf8.h"
#include "kernel/http/parts.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static struct err get_nothing(struct get *g) { return answer_bytes(g, S(""), S("")); }
static struct err post_nothing(struct post *p) { return see_other(p, "/"); }

static const struct route table[] = {
    {.method = METHOD_GET, .path = "/a", .access = ACCESS_PUBLIC, .get = get_nothing},
    {.method = METHOD_GET, .path = "/a/{x}", .access = ACCESS_PUBLIC, .get = get_nothing},
    {.method = METHOD_GET, .path = "/a/{x}/b/{y}", .access = ACCESS_PUBLIC, .get = get_nothing},
    {.method = METHOD_POST, .path = "/{x}/{y}/{z}", .access = ACCESS_PUBLIC, .post = post_nothing},
    {.method = METHOD_DELETE, .path = "/a/{x}", .access = ACCESS_PUBLIC, .post = post_nothing},
    {0},
};

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    static const struct route_table list[] = {{"x", table}};
    static const struct route_tables all = {list, 1};
    struct arena *a = arena_new();
    struct str s = {(const char *)at, n}, path;
    struct request r = {.arena = a, .cookies = s};
    const struct routes *routes = routes_make(a, &all);
    int64_t from = 0, to = 0, id;
    const struct param *queries;
    str_cut(s, S("?"), &path, &r.query);
    if (url_decode(a, path, false, &r.path)) {
        if (!utf8_valid(r.path)) {
            abort();
        }
        for (enum method method = METHOD_GET; method <= METHOD_DELETE; method++) {
            r.method = method;
            enum found found = route_find(routes, &r);
            if (found == FOUND && r.params_n && path_param(&r, r.params[0].name).len == 0) {
                abort();
            }
            (void)route_allowed(routes, &r);
            err_ignore(path_id(&r, S("x"), &id));
        }
    }
    size_t queries_n = request_queries(&r, &queries);
    for (size_t i = 0; i < queries_n; i++) {
        if (!utf8_valid(queries[i].value)) {
            abort();
        }
    }
    (void)request_cookie(&r, S("a"));
    (void)request_flash(&r);
    (void)csrf_is_right(&r, s);
    (void)accepts(s, S("gzip"));
    (void)answer_disposition(a, s, true);
    if (range_read(s, 1000, &from, &to) == RANGE_PART && (from < 0 || to < from || to >= 1000)) {
        abort();
    }
    arena_free(a);
    return 0;
}
