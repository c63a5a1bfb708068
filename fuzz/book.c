/* Any bytes as a workbook or CSV: what the reading child says of it is what its parent takes; and whatever is in it,
   the tables found keep to it. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/import/import.h"
#include "read/book.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

enum { LINES = 200 };

static const struct import_choice choices[] = {{S_INIT("a"), S_INIT("Aa"), S_INIT("")},
                                               {S_INIT("b"), S_INIT("Bb"), S_INIT("")}};
static const struct import_wanted wanted[] = {
    {.name = S_INIT("name"), .title = S_INIT("ten"), .kind = IMPORT_TEXT, .is_required = true},
    {.name = S_INIT("day"), .title = S_INIT("ngay"), .kind = IMPORT_DATE, .may_be_month = true, .may_be_year = true},
    {.name = S_INIT("n"), .title = S_INIT("so"), .kind = IMPORT_INT, .low = 1, .high = 9},
    {.name = S_INIT("share"), .title = S_INIT("phan"), .kind = IMPORT_DECIMAL},
    {.name = S_INIT("money"), .title = S_INIT("tien"), .kind = IMPORT_MONEY, .unless = S_INIT("share")},
    {.name = S_INIT("is"), .title = S_INIT("la"), .kind = IMPORT_BOOL},
    {.name = S_INIT("one"), .title = S_INIT("loai"), .kind = IMPORT_CHOICE, .choices = choices, .n_choices = 2},
    {.name = S_INIT("phone"), .title = S_INIT("dt"), .kind = IMPORT_PHONE},
    {.name = S_INIT("id"), .title = S_INIT("cccd"), .kind = IMPORT_ID_NO},
};
static const struct import_want want = {
    .name = S_INIT("x"), .columns = wanted, .n = sizeof wanted / sizeof *wanted, .key = S_INIT("name day")};

static void look(struct arena *a, struct read_book *book) {
    struct import found;
    import_look(a, book, &want, &found);
    for (size_t t = 0; t < found.tables.n; t++) {
        const struct import_table *table = &found.tables.at[t];
        if (table->good + table->bad != table->rows.n || table->rows.n > LINES) {
            abort();
        }
        for (size_t f = 0; f < table->faults.n; f++) {
            if (!import_fault_words(a, &want, &table->faults.at[f]).len) {
                abort();
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct arena *a = arena_new();
    struct read_limits limits = read_limits_usual;
    struct read_book book;
    struct str bytes = {(const char *)at, n};
    int fault;
    limits.unpacked = 1 << 20;
    if (!read_book_hear(a, read_book_say(a, bytes, &limits, LINES), LINES, &fault, &book)) {
        abort();
    }
    if (!fault) {
        look(a, &book);
    }
    /* The parent believes nothing: the bytes themselves are as good a saying as any. */
    if (read_book_hear(a, bytes, LINES, &fault, &book)) {
        for (size_t s = 0; s < book.sheets.n; s++) {
            if (!utf8_valid(book.sheets.at[s].name)) {
                abort();
            }
        }
        look(a, &book);
    }
    arena_free(a);
    return 0;
}
