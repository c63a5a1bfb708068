/* The writer's insides: search/segments/writer.c (putting and committing) and search/segments/upkeep.c (merging,
 * cleaning).
 */
#ifndef SEARCH_SEGMENTS_WRITER_H
#define SEARCH_SEGMENTS_WRITER_H
#include "search/segments/builder.h"
#include "search/segments/manifest.h"
#include "search/segments/merge.h"

struct search_merging;

struct search_held {
    int64_t id;
    struct search_segment segment;
    uint64_t *dead;
    uint32_t dead_n;
    bool is_merging;
};

struct search_writer {
    char dir[SEARCH_PATH_MOST - 64];
    int lock;
    int64_t generation, position, documents, last_id;
    bool is_changed;
    bool has_manifest;
    struct search_stamp stamp; /* of the manifest as written */
    int64_t summed_us;         /* when a segment was last read through */
    size_t summed;
    struct search_held *held;
    size_t n, cap;
    struct search_builder builder;
    struct search_merging *merging;
    int64_t *old; /* files to remove once the next manifest stands */
    size_t old_n, old_cap;
};

int64_t search_writer_new_id(struct search_writer *w);
/* Opens the file of a segment and adds it; on failure the file is removed. */
struct err search_writer_hold(struct search_writer *w, int64_t id, struct search_held **out);
void search_held_kill(struct search_held *h, uint32_t doc);
/* Takes a held segment out; its file goes when the next manifest stands. */
void search_writer_drop(struct search_writer *w, size_t i);

/* Merges small runs at once, starts a large one in the background, and takes in one that is finished. */
struct err search_upkeep(struct search_writer *w);
/* Merges all that is held into one, now. */
struct err search_upkeep_all(struct search_writer *w);
/* Waits for the merge under way and forgets it. */
void search_upkeep_stop(struct search_writer *w);
/* Removes files the manifest does not list. */
void search_upkeep_sweep(struct search_writer *w);
#endif
