#include "modules/document/document_facts.h"

#include "base/arena.h"
#include "modules/document/document_facts_inside.h"

void document_facts_find(struct arena *a, const struct read_page *pages, size_t n, struct date today,
                         struct document_facts *out) {
    *out = (struct document_facts){0};
    if (n == 0) {
        return;
    }
    struct pieces head;
    document_pieces(a, &pages[0], &head);
    document_find_head(a, &head, today, out);
    document_find_signer(a, pages, n, out);
    document_find_passed(a, pages, n, today, out);
    document_find_due(a, pages, n, out);
}
