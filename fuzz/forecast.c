/* A line of a series of any bytes, and whatever it holds forecast: no fault, and only finite figures in their bands. */
#include "base/arena.h"
#include "stat/stat.h"

#include <math.h>
#include <stdlib.h>

#include "base/banned.h"

enum { VALUES_MOST = 120 };

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n) {
    static const size_t periods[] = {1, 4, 12, 24};
    struct stat_line line;
    struct arena *a = arena_new();
    if (n > 1 && stat_line_read(a, (struct str){(const char *)bytes + 1, n - 1}, &line)) {
        struct stat_ask ask = {.y = line.values.at,
                               .n = line.values.n < VALUES_MOST ? line.values.n : VALUES_MOST,
                               .period = periods[bytes[0] % 4],
                               .horizon = 1 + bytes[0] / 32,
                               .method = (enum stat_method)(bytes[0] / 4 % STAT_METHODS)};
        struct stat_forecast f = stat_forecast(a, &ask);
        for (size_t j = 0; f.reason == STAT_ANSWERED && j < f.n; j++) {
            if (!isfinite(f.low95[j]) || !isfinite(f.high95[j]) || !(f.low95[j] <= f.at[j] && f.at[j] <= f.high95[j])) {
                abort();
            }
        }
    }
    arena_free(a);
    return 0;
}
