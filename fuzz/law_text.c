/* Any text as a law: places lie within the text and within each other, no two share an eid, keys grow. */
#include "modules/law/law_format.h"
#include "modules/law/law_out.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static void check(const struct law_tree *t) {
    for (size_t i = 0; i < t->nodes.n; i++) {
        const struct law_node *x = &t->nodes.at[i];
        must(x->from <= x->to && x->to <= x->end && x->end <= t->text.len && x->parent < (int32_t)i);
        must(x->text.len == 0 || (x->text.at >= t->text.at && x->text.at + x->text.len <= t->text.at + t->text.len));
        must(x->eid.len && x->sort_key.len && x->level >= LAW_PART && x->level < LAW_LEVELS);
        for (size_t k = i > 40 ? i - 40 : 0; k < i; k++) {
            must(!str_eq(x->eid, t->nodes.at[k].eid) && str_cmp(t->nodes.at[k].sort_key, x->sort_key) < 0);
        }
    }
    for (size_t i = 0; i < t->quotes.n; i++) {
        const struct law_quote *q = &t->quotes.at[i];
        must(q->from <= q->to && q->to <= t->text.len && q->node < (int32_t)t->nodes.n);
        must(i == 0 || t->quotes.at[i - 1].to <= q->from);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    if (n < 1 || n > 20000) {
        return 0;
    }
    struct arena *a = arena_new();
    struct law_tree tree;
    struct str text = utf8_clean(a, (struct str){(const char *)at + 1, n - 1});
    if (at[0] & 1) {
        text = law_unwrap(a, text);
    }
    if (at[0] & 2) {
        law_text_read_one(a, &(struct law_one){.label = S("5"), .text = text}, &tree);
    } else {
        law_text_read(a, text, &tree);
    }
    check(&tree);
    if (at[0] & 4) {
        struct law_out out;
        law_out_of_tree(a, &tree, &out);
        must(utf8_valid(law_out_akn(a, &out)) && utf8_valid(law_out_json(a, &out)));
    }
    arena_free(a);
    return 0;
}
