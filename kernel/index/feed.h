/* Keeps the index in step with the database. A module registers what it publishes as a search_source and calls
   search_touch in the transaction that changes a record or who may see it; the feed applies the changes within a
   second. Each node keeps its own index and its own place in the feed. needs: db search module */
#ifndef KERNEL_INDEX_FEED_H
#define KERNEL_INDEX_FEED_H
#include <signal.h>

#include "kernel/rights/touch.h"
#include "search/search.h"

struct arena;
struct db;
struct db_read;
struct db_write;
struct modules;

struct search_ids {
    int64_t *at;
    size_t n;
};

/* Where a hit leads, and what its page says of the place. */
struct search_lead {
    struct str path;  /* of this site, from "/" on */
    struct str place; /* "khoản 2", "Trang 3"; empty: the whole */
    struct str force; /* in place of the force by days: "Ngưng hiệu lực"; usually empty */
};

/* A record that somebody's words name outright, not merely speak of. */
struct search_named {
    int64_t record;   /* 0: they name none */
    struct str words; /* its title and the words of the place that is meant: what it is found by */
};

/* What a module publishes of one kind. A table of these ends with an empty kind. */
struct search_source {
    struct str kind;
    struct str name; /* what the office calls them: "Văn bản" */
    /* What the whole of them is called, "Thư viện pháp luật": the assistant may be asked within it alone; empty: not.
     */
    struct str library;
    /* The page that searches it alone, asking by the search page's own names of filters; empty: there is none. */
    struct str page;
    /* Every passage is the record's own words, to be quoted also where it stands on no page; else only pages are. */
    bool is_all_own;
    /* What a facet's value is called; empty when it is none of this kind's, or not for people. */
    struct str (*word)(enum search_facet facet, struct str value);
    /* Where hits of this kind lead as of a day ({0}: today), out[i] for *hits[i]; NULL, or an empty path: /kind/record,
     * at the hit's page. */
    struct err (*lead)(struct db_read *db, struct arena *a, const struct search_hit *const *hits, size_t n,
                       struct date on, struct search_lead *out);
    /* The record that words name, as "khoản 3 Điều 2 Luật An ninh mạng" does: it is shown first. NULL: none is named
     * so. */
    struct err (*named)(struct db_read *db, struct str words, struct date on, struct search_named *out);
    /* Everything about one record; *is_gone when it is no more (deleted, or nobody may find it). */
    struct err (*load)(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone);
    /* Ids of this kind greater than after, ascending, at most limit: for making the index anew. */
    struct err (*each)(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids);
};

/* The source of a kind; NULL when there is none. */
const struct search_source *search_source_of(const struct modules *all, struct str kind);

struct search_feed;

/* Takes the node's index for writing: BUSY while another process has it. sources: every module's, by kind. */
struct err search_feed_open(struct str dir, const struct search_source *const *sources, size_t n,
                            struct search_feed **out);
/* The same with the sources of all modules. */
struct err search_feed_open_modules(struct str dir, const struct modules *all, struct search_feed **out);
void search_feed_close(struct search_feed *f);
/* One round: takes in at most so many changes and commits. *more says whether to come back at once. An index that is
   new, lost, damaged or ahead of the database (a restored one) is made again from the sources, a piece a round.
   A record that cannot be loaded is logged and left out of the index. When a day begins, records of which a grant ended
   are taken in again. */
struct err search_feed_run(struct search_feed *f, struct db *db, size_t most, bool *more);
/* Works until *stop, looking again every 200 ms. Waits for the index while another process has it. */
void search_feed_loop(struct db *db, const struct modules *all, const volatile sig_atomic_t *stop);

/* For commands: takes in all that waits, so that what was just written is found. Nothing to do while a server runs on
   this folder: it does so within a second. */
struct err search_feed_catch_up(struct db *db, const struct modules *all);

/* `doanket reindex`: makes the index again from nothing, readers keeping the old one until it is whole.
   Prints what it made; returns the exit status. BUSY (the server runs) is said in plain words. */
int search_reindex_command(struct db *db, const struct modules *all);
#endif
