/* The list of segments that are the index now, with what was removed from them. Replaced whole by rename. */
#ifndef SEARCH_SEGMENTS_MANIFEST_H
#define SEARCH_SEGMENTS_MANIFEST_H
#include "base/err.h"
#include "search/segments/intern.h"

enum { SEARCH_PATH_MOST = 4096 };

struct search_listed {
    int64_t id;           /* its file is <id>.segment */
    const uint32_t *dead; /* documents removed, ascending */
    uint32_t dead_n;
    uint32_t docs;
};

struct search_manifest {
    int64_t generation;
    int64_t position;
    struct search_listed *segments;
    uint32_t n;
    uint8_t *bytes; /* what the lists point into */
};

/* ERR_MISSING when there is none, ERR_BROKEN when it is damaged. Free with search_manifest_free in any case. */
struct err search_manifest_read(const char *dir, struct search_manifest *out);
struct err search_manifest_write(const char *dir, const struct search_manifest *m);
/* The same from bytes, which are kept and freed with it. */
bool search_manifest_parse(uint8_t *bytes, size_t n, struct search_manifest *out);
void search_manifest_free(struct search_manifest *m);
void search_segment_path(char out[static SEARCH_PATH_MOST], const char *dir, int64_t id);
#endif
