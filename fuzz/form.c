/* Any bytes as a form: urlencoded, JSON and multipart, in pieces; what is understood does not depend on how it was cut.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/http/body.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static const struct choice choices[] = {{S_INIT("a"), S_INIT("A")}, {{0}, {0}}};
static const struct field fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("a"), .is_required = true, .least = 2},
    {.kind = FIELD_TEXT, .name = S_INIT("b"), .is_many = true},
    {.kind = FIELD_INT, .name = S_INIT("c"), .least = -5, .most = 5},
    {.kind = FIELD_DATE, .name = S_INIT("d")},
    {.kind = FIELD_FLAG, .name = S_INIT("e")},
    {.kind = FIELD_CHOICE, .name = S_INIT("f"), .choices = choices},
    {.kind = FIELD_ID, .name = S_INIT("g")},
    {.kind = FIELD_IDS, .name = S_INIT("h")},
    {.kind = FIELD_SECRET, .name = S_INIT("i")},
    {0},
};

static struct body *read_cut(struct arena *a, struct str type, struct str s, size_t piece) {
    /* No folder of that name: a file cannot be written, which is one of the ends to come to. */
    struct body *b = body_new(a, type, S("/nonexistent"), 4096);
    for (size_t i = 0; i < s.len; i += piece) {
        struct str part = str_slice(s, i, i + piece);
        body_take(b, part.at, part.len);
    }
    body_end(b);
    return b;
}

static void same(const struct body *x, const struct body *y) {
    size_t n, m;
    const struct form_part *p = body_parts(x, &n), *q = body_parts(y, &m);
    if (x->state != y->state || (x->state == BODY_GOOD && n != m)) {
        abort();
    }
    for (size_t i = 0; x->state == BODY_GOOD && i < n; i++) {
        if (!str_eq(p[i].name, q[i].name) || !str_eq(p[i].value, q[i].value)) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    static const struct str types[] = {S_INIT("application/x-www-form-urlencoded"), S_INIT("application/json"),
                                       S_INIT("multipart/form-data; boundary=x")};
    if (n < 2) {
        return 0;
    }
    struct arena *a = arena_new();
    struct str s = {(const char *)at + 2, n - 2};
    struct str type = types[at[0] % 3];
    struct body *whole = read_cut(a, type, s, s.len + 1);
    same(whole, read_cut(a, type, s, 1u + at[1] % 9u));
    if (whole->state == BODY_GOOD) {
        struct form *f;
        size_t parts_n;
        const struct form_part *parts = body_parts(whole, &parts_n);
        if (!form_read(a, fields, parts, parts_n, &f).why) {
            (void)form_begin(a, fields, f);
        }
    }
    arena_free(a);
    return 0;
}
