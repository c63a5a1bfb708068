/* Scoring: which permitted documents are best. Windows of 4,096 passages; in each, the terms that alone cannot lift a
   passage above the worst kept one are only looked up for passages the others have touched (MaxScore with block
   maxima). */
#ifndef SEARCH_ASK_TOP_H
#define SEARCH_ASK_TOP_H
#include "search/ask/plan.h"

enum {
    SEARCH_KEPT_MOST = 1000,
    SEARCH_LOOKED_AT = 60, /* passages read a second time */
    SEARCH_BLOCKS_AT_HAND = 64,
    SEARCH_LOOKED_AT_TYPING = 20,
};

struct search_kept {
    uint32_t score;
    uint32_t shelf, doc, passage;
    int64_t record;
    double second; /* what it is ordered by, when it was looked at a second time */
    bool is_by_number;
};

struct search_top {
    struct search_plan *plan;
    struct search_reader *reader;
    struct search_allowed *allowed; /* one a shelf */
    struct search_kept *kept;       /* a heap, the worst first; sorted best first by search_top_sort */
    size_t n, most;
    struct search_block blocks[SEARCH_BLOCKS_AT_HAND]; /* texts last unpacked */
    size_t next_block;
};

/* Fills top->kept with the best top->most. */
void search_top_find(struct search_top *t);
/* The newest records among the permitted, when nothing was asked. */
void search_top_newest(struct search_top *t);
/* Documents whose own number was asked for, in *out (at most so many); returns how many. */
size_t search_top_numbered(struct search_top *t, struct search_kept *out, size_t most);
void search_top_sort(struct search_kept *kept, size_t n);
/* Marks in seen (one bit map a shelf) the documents holding at least half of what was asked. */
void search_top_count(struct search_top *t, uint64_t **seen);

#endif
