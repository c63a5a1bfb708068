/* What everybody may see of a fund: a line for each movement, found by any of its words, its sum or its day. */
#ifndef MODULES_FUND_FUND_LINE_H
#define MODULES_FUND_FUND_LINE_H
#include "base/list.h"
#include "base/time.h"
#include "kernel/db/db.h"

struct fund_public {
    int64_t fund, about;
    struct date on;
    int64_t amount; /* below 0: out */
    int64_t campaign;
    struct str name, memo;
};
struct err fund_line_put(struct db_write *db, const struct fund_public *p);
/* The line about a thing, with other words; nothing when there is none. */
struct err fund_line_say(struct db_write *db, const struct fund_public *p);
/* It was never there. */
struct err fund_line_drop(struct db_write *db, int64_t about);
/* A memo as the public may read it: runs of eight digits and more (accounts, telephones, identity numbers) are masked.
 */
struct str fund_memo_masked(struct arena *a, struct str memo);

/* --- Finding --- */
enum { FUND_WORDS = 6 };
struct fund_sought {
    struct str words[FUND_WORDS]; /* as they are kept */
    size_t n, n_names;            /* of them, how many are of a name or a memo */
    int64_t amount;               /* 0: not said */
    struct date on;               /* {0}: not said */
    bool has_too_many;
};
/* What somebody typed: "nguyen thi hoa 300.000 ngày 24/11". A day without a year is the last one there was. */
struct fund_sought fund_seek(struct arena *a, struct str typed, struct date today);
void fund_seek_add(struct fund_sought *s, struct str word);

struct fund_found_line {
    int64_t id;
    struct date on;
    int64_t amount, campaign;
    struct str name, memo;
};
struct fund_found {
    LIST(struct fund_found_line) lines;
    bool has_more;
};
struct fund_page {
    int64_t fund;
    struct date day; /* below this day and id; {0}: from the newest */
    int64_t before;
    size_t most;
};
/* The newest first. */
struct err fund_find_lines(struct db_read *db, const struct fund_sought *s, const struct fund_page *page,
                           struct fund_found *out);
#endif
