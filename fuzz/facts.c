/* Any text, with places made from its bytes, as the pages of a document: facts are found within the page, and are text.
 */
#include "modules/document/document_facts.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/inside.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void check(const struct document_fact *f) {
    must(utf8_valid(f->value) && f->confidence >= 0 && f->confidence <= 100 && f->page >= 0 && f->page <= 2);
    must(f->box.x >= 0 && f->box.y >= 0 && f->box.x + f->box.w <= 1.01 && f->box.y + f->box.h <= 1.01);
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 2 || n > 20000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct read_page pages[2] = {{.number = 1, .width = 595, .height = 842},
                                 {.number = 2, .width = 595, .height = 842}};
    struct str text = utf8_clean(a, (struct str){(const char *)at + 1, n - 1});
    for (size_t p = 0; p < 2; p++) {
        read_page_of_text(a, p ? str_slice(text, text.len / 2, text.len) : text, &pages[p]);
        pages[p].width = 595;
        double y = 0.03, x = 0.1;
        for (size_t i = 0; (at[0] & 1) && i < pages[p].words.n; i++) {
            struct read_word *w = &pages[p].words.at[i];
            y += w->starts_line ? 0.02 : 0;
            y = y > 0.95 ? 0.03 : y;
            x = w->starts_line ? 0.1 + (at[0] & 2 ? 0.4 : 0) : x + 0.05 + (double)(w->text.len % 7) * 0.02;
            x = x > 0.9 ? 0.1 : x;
            w->box = (struct read_box){x, y, 0.04, 0.012};
            w->confidence = at[i % n] % 101;
        }
    }
    struct document_facts f;
    document_facts_find(a, pages, 2, (struct date){2026, 11, 23}, &f);
    const struct document_fact *all[] = {&f.number,   &f.notation,      &f.code,    &f.issued_on, &f.place,
                                         &f.issuer,   &f.issuer_parent, &f.type,    &f.subject,   &f.competence,
                                         &f.position, &f.signer,        &f.urgency, &f.due_on};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        check(all[i]);
    }
    struct date d;
    must(f.issued_on.value.len == 0 || date_read_iso(f.issued_on.value, &d));
    must(f.type.value.len == 0 || document_type_by_code(f.type.value));
    arena_free(a);
    return 0;
}
