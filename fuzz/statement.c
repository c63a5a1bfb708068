/* Any bytes as a bank statement, as a published one and as a receipt: read without a fault, and what was read keeps to
   its promises. */
#include "base/arena.h"
#include "modules/fund/published.h"
#include "modules/fund/source.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

struct work {
    struct statement *statement;
    const struct statement_words *words;
    int64_t last;
};

static struct err take(void *thing, struct arena *row, const struct statement_cells *cells) {
    struct work *w = thing;
    struct statement_line line;
    if (statement_take(w->statement, row, cells, &line) != STATEMENT_LINE) {
        return OK;
    }
    struct statement_sense s = statement_judge(w->statement, w->words, row, &line);
    bool has_giver = s.kind <= STATEMENT_DUPLICATE;
    if (line.amount <= 0 || line.number != w->last + 1 || s.dup_of >= line.number || (s.donor.len && !has_giver) ||
        (s.dup_of > 0) != (s.kind == STATEMENT_DUPLICATE)) {
        abort();
    }
    w->last = line.number;
    return OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static struct arena *kept;
    static const struct statement_words *words;
    if (!kept) {
        kept = arena_new();
        words = statement_words(kept);
    }
    struct arena *a = arena_new();
    struct str text = {(const char *)bytes, n};
    struct work w = {.statement = statement_open(a), .words = words};
    struct fund_rows rows = {take, &w};
    struct fund_receipts receipts = {0};
    struct fund_verified found;
    struct statement_line memo = {.memo = text, .amount = 1};
    err_ignore(fund_text_each(a, text, &rows));
    statement_mean(words, a, &memo);
    err_ignore(fund_receipt_read(a, text, &receipts));
    err_ignore(fund_verify(a, text, &receipts, &found));
    arena_free(a);
    return 0;
}
