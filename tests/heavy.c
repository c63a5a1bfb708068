#include "tests/heavy.h"

#include "base/arena.h"
#include "base/buf.h"

struct made {
    struct buf bytes, places;
    int n;
};

static void object(struct made *m, struct str words) {
    m->n++;
    buf_printf(&m->places, "%010zu 00000 n \n", m->bytes.len);
    buf_printf(&m->bytes, "%d 0 obj%.*sendobj\n", m->n, STR_ARG(words));
}

static struct str stream(struct arena *a, const char *head, struct str words) {
    return str_format(a, "<<%s/Length %zu>>stream\n%.*s\nendstream ", head, words.len, STR_ARG(words));
}

/* 1: the catalogue. 2: the tree of pages. 3: what an empty page draws. 4 … 4 + depth: the forms, each ten of the one
   before it. Then what a heavy page draws, and the pages. */
struct str heavy_pdf(struct arena *a, const struct heavy *h) {
    struct made m = {.bytes = buf_in(a), .places = buf_in(a)};
    struct buf kids = buf_in(a), ten = buf_in(a);
    int first = 4 + h->depth + 2;
    BUF_LIT(&m.bytes, "%PDF-1.4\n");
    for (int i = 0; i < h->pages; i++) {
        buf_printf(&kids, "%d 0 R ", first + i);
    }
    for (int i = 0; i < 10; i++) {
        BUF_LIT(&ten, "/F Do ");
    }
    object(&m, S("<</Type/Catalog/Pages 2 0 R>>"));
    object(&m, str_format(a, "<</Type/Pages/MediaBox[0 0 595 842]/Count %d/Kids[%.*s]>>", h->pages,
                          STR_ARG(buf_str(&kids))));
    object(&m, stream(a, "", S("0 0 m 9 9 l S")));
    object(&m, stream(a, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]", S("50 50 m 500 700 l S")));
    for (int i = 0; i < h->depth; i++) {
        const char *head =
            str_format(a, "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F %d 0 R>>>>", 4 + i).at;
        object(&m, stream(a, head, buf_str(&ten)));
    }
    object(&m, stream(a, "", S("/F Do")));
    for (int i = 0; i < h->pages; i++) {
        object(&m, str_format(a, "<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</XObject<</F %d 0 R>>>>>>",
                              i < h->heavy ? first - 1 : 3, 4 + h->depth));
    }
    size_t at = m.bytes.len;
    buf_printf(&m.bytes,
               "xref\n0 %d\n0000000000 65535 f \n%.*strailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
               m.n + 1, STR_ARG(buf_str(&m.places)), m.n + 1, at);
    return buf_str(&m.bytes);
}
