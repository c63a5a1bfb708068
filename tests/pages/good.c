/* Draws tests/pages/good.html in both languages, and its JSON twin: tests/part-pages.sh compares them with
 * good.expected. */
#include <stdio.h>

#include "build/gen/test_pages/good_gen.h"
#include "kernel/page/json.h"
#include "kernel/shell/page.h"
#include "tests/pages/good_view.h"

#include "base/banned.h"

void json_good(struct buf *b, const struct good *v);

const struct lang langs[] = {{.code = S_INIT("vi"), .name = S_INIT("vi")},
                             {.code = S_INIT("en"), .name = S_INIT("en"), .n = 1}};
const size_t langs_n = 2;
const struct icon icons[] = {{NULL, {NULL, 0}}};

struct err answer_page(struct get *g, const struct page *page, const void *view) {
    (void)g, (void)page, (void)view;
    return OK;
}
void draw_tokens(struct draw *d) { (void)d; }
void draw_slot(struct draw *d, const char *name) { (void)d, (void)name; }

int main(void) {
    struct arena *a = arena_new();
    struct good_item items[] = {{S("<script>alert(\"x\")</script>")}, {S("Thường")}};
    struct good views[] = {
        {.n = 1204,
         .s = S("a/b \"c\" & <d>"),
         .is = true,
         .on = {2026, 11, 23},
         .id = {9007199254740993},
         .link = link_local(a, "/y"),
         .h = HTML("<em>ok</em>")},
        {.n = 1, .s = S("'đ'"), .link = link_web(S("javascript:alert(1)"))},
    };
    views[0].items.at = items;
    views[0].items.n = 2;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 2; k++) {
            struct buf b = buf_in(a);
            struct draw d = draw_to(&b, a, &langs[k]);
            page_good.title(&d, &views[i]);
            BUF_LIT(&b, "\n");
            page_good.main(&d, &views[i]);
            printf("%.*s\n", STR_ARG(buf_str(&b)));
        }
        struct buf b = buf_in(a);
        json_good(&b, &views[i]);
        printf("%.*s\n", STR_ARG(buf_str(&b)));
    }
    arena_free(a);
    return 0;
}
