/* Any bytes as a Word file, and as what a reading child says of a paper's looks: read and judged without a fault, and
   each fault told has its words and a place on the paper. The first byte says which, and by which profile. */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/format/format.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static bool is_good_box(const struct read_box *b) { return b->w >= 0 && b->h >= 0 && b->w <= 2 && b->h <= 2; }

static void judge(struct arena *a, const struct read_layout *paper, const char *profile) {
    struct format_report r;
    const struct format_tables *t = format_open(a);
    struct err e = format_check(t, a, paper, str_of(profile), (struct date){0}, &r);
    if (e.why) {
        abort();
    }
    for (size_t i = 0; i < r.faults.n; i++) {
        const struct format_fault *f = &r.faults.at[i];
        bool is_told = f->found.len && f->wanted.len && f->article.len && f->source.len;
        if (!is_told || !is_good_box(&f->place.box) || f->more < 0 || !utf8_valid(format_fault_words(t, a, f))) {
            abort();
        }
    }
    if (r.is_scan && r.faults.n) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static const char *const profiles[] = {"nd30", "front", "party"};
    if (n < 1) {
        return 0;
    }
    clock_freeze((struct instant){INT64_C(1790000000000)});
    struct arena *a = arena_new();
    struct read_limits limits = read_limits_usual;
    struct read_layout paper;
    struct str said = {(const char *)bytes + 1, n - 1};
    int fault;
    limits.unpacked = 4 << 20;
    bool is_file = bytes[0] & 1;
    said = is_file ? read_layout_say(a, said, FILE_DOCX, &limits) : said;
    bool is_heard = read_layout_hear(a, said, &fault, &paper);
    if (is_file && !is_heard) {
        abort();
    }
    if (is_heard && !fault) {
        judge(a, &paper, profiles[bytes[0] / 2 % 3]);
    }
    arena_free(a);
    return 0;
}
