/* mkpage --out build/gen/x_pages_gen [--include x_view.h] [--icons DIR] [--po en=i18n/en.po] [--part SHARED.html]…
   PAGE.html… mkpage --icon-table FILE.c NAME…  the icons C names with ICON("…"). mkpage --messages PAGE.html…   prints
   place, whether it has a plural, and message, of each text. */
#include "tools/mkpage.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* build/gen/modules/x/x_pages_gen -> MODULES_X_X_PAGES_GEN_H; and what #include calls it. */
static const char *guard_of(struct arena *a, const char *name) {
    struct buf b = buf_in(a);
    for (const char *c = name; *c; c++) {
        bool is_lower = *c >= 'a' && *c <= 'z';
        buf_put_char(&b, is_lower ? (char)(*c - 'a' + 'A') : (*c >= '0' && *c <= '9') ? *c : '_');
    }
    BUF_LIT(&b, "_H");
    return str_z(a, buf_str(&b));
}

int main(int argc, char **argv) {
    struct arena *a = arena_new();
    struct mkpage m = {.arena = a, .icons = "node_modules/lucide-static/icons"};
    const char *out = NULL;
    bool is_messages = false;
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--out")) {
            out = next, i++;
        } else if (!strcmp(argv[i], "--include")) {
            LIST_ADD(a, &m.page_includes, str_of(next)), i++;
        } else if (!strcmp(argv[i], "--icons")) {
            m.icons = next, i++;
        } else if (!strcmp(argv[i], "--po")) {
            languages_read(&m, next), i++;
        } else if (!strcmp(argv[i], "--part")) {
            parts_known(&m, next), i++;
        } else if (!strcmp(argv[i], "--icon-table")) {
            emit_icons(&m, next, argv + i + 2, argc - i - 2);
            return 0;
        } else if (!strcmp(argv[i], "--messages")) {
            is_messages = true;
        } else {
            struct page_source *page = arena_take(a, struct page_source, 1);
            page->path = argv[i];
            page->text = file_read(a, argv[i]);
            LIST_ADD(a, &m.pages, page);
            page_parse(&m, page);
        }
    }
    if (is_messages) {
        emit_messages(&m);
    } else if (out) {
        parts_check(&m);
        emit_source(&m, out);
        emit_header(&m, out, guard_of(a, out));
    } else {
        fputs("usage: mkpage --out FILE PAGE.html…\n", stderr);
        return 2;
    }
    arena_free(a);
    return 0;
}
