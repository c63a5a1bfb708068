/* A reader that a business brings itself, run in the sandboxed child: for formats only that business knows.
   Part of the room read. */
#ifndef READ_RUN_H
#define READ_RUN_H
#include "base/buf.h"
#include "read/read.h"

struct read_run {
    /* In the child: what bytes are, written to out in words of the caller's own. What comes back is outside bytes
       still: whoever hears it checks everything. */
    void (*say)(struct buf *out, struct str bytes, void *thing);
    void *thing;
    size_t most; /* bytes said */
};
/* The bytes of a kept file from `from` on, at most n. ERR_INVALID with a Vietnamese sentence at field "file" when it
   cannot be read; BUSY as in read.h. */
struct read_part {
    const char *path;
    int64_t from, n;
};
struct err read_run(struct arena *a, const struct read_part *part, const struct read_limits *limits,
                    const struct read_run *run, struct str *said);
#endif
