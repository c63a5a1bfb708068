/* Any bytes as an Excel workbook: what the reading child says of it is what its parent takes, within its bounds. */
#include "base/arena.h"
#include "base/utf8.h"
#include "read/table.h"

#include <stdlib.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    enum { ROWS = 100 };
    struct arena *a = arena_new();
    struct read_limits limits = read_limits_usual;
    struct read_table table;
    struct str bytes = {(const char *)at, n};
    int fault;
    limits.unpacked = 1 << 20;
    if (!read_table_hear(a, read_table_say(a, bytes, &limits, ROWS), ROWS, &fault, &table) || table.rows.n > ROWS) {
        abort();
    }
    /* The parent believes nothing: the bytes themselves are as good a saying as any. */
    if (read_table_hear(a, bytes, ROWS, &fault, &table)) {
        for (size_t r = 0; r < table.rows.n; r++) {
            for (size_t c = 0; c < table.rows.at[r].n; c++) {
                if (!utf8_valid(table.rows.at[r].cells[c])) {
                    abort();
                }
            }
        }
    }
    arena_free(a);
    return 0;
}
