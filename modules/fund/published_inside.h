/* What writing and checking the published statement share. */
#ifndef MODULES_FUND_PUBLISHED_INSIDE_H
#define MODULES_FUND_PUBLISHED_INSIDE_H
#include "modules/fund/published.h"

#define FUND_FIRST S("doanket-fund\t1\n")
#define FUND_HIDDEN S("*")

struct fund_sum {
    struct str name;
    int64_t n, sum;
};
struct fund_sums {
    LIST(struct fund_sum) list; /* in the order of their first; a statement has few */
};
void fund_sum_add(struct arena *a, struct fund_sums *sums, struct str name, int64_t amount);
struct str fund_bytes_hex(struct arena *a, const unsigned char *bytes, size_t n);
#endif
