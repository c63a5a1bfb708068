/* Zip files in memory: counted while they unfold, so that what an entry claims about its size is of no interest. */
#include "read/inside.h"

#include "base/arena.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/banned.h"

enum { ENTRIES_MOST = 20000, RATIO_MOST = 150, FREE_BYTES = 24 << 20 };

static bool is_bomb(int64_t unfolded, struct str zip, const struct read_limits *limits) {
    return unfolded > limits->unpacked || (unfolded > FREE_BYTES && unfolded / RATIO_MOST > (int64_t)zip.len);
}

static enum read_fault take(struct archive *z, struct str zip, const struct read_limits *limits, struct buf *to,
                            int64_t *total) {
    for (;;) {
        const void *at;
        size_t n;
        la_int64_t offset;
        int r = archive_read_data_block(z, &at, &n, &offset);
        if (r == ARCHIVE_EOF) {
            return READ_FINE;
        }
        if (r != ARCHIVE_OK) {
            return READ_DAMAGED;
        }
        *total += (int64_t)n;
        if (is_bomb(*total, zip, limits)) {
            return READ_BOMB;
        }
        if (to) {
            buf_put(to, (struct str){at, n});
        }
    }
}

static struct archive *open_zip(struct str zip) {
    struct archive *z = archive_read_new();
    if (z && archive_read_support_format_zip(z) == ARCHIVE_OK &&
        archive_read_open_memory(z, zip.at, zip.len) == ARCHIVE_OK) {
        return z;
    }
    archive_read_free(z);
    return NULL;
}

static enum read_fault next_entry(struct archive *z, const char **path) {
    struct archive_entry *entry;
    int r = archive_read_next_header(z, &entry);
    if (r != ARCHIVE_OK) {
        return r == ARCHIVE_EOF ? READ_NO_SUCH_PAGE : READ_DAMAGED;
    }
    *path = archive_entry_pathname(entry);
    return archive_entry_is_encrypted(entry) ? READ_ENCRYPTED : READ_FINE;
}

/* Without a name every entry is unfolded and counted. */
static enum read_fault take_entry(struct archive *z, struct str zip, const char *name, const struct read_limits *limits,
                                  struct buf *to) {
    int64_t total = 0;
    enum read_fault fault = READ_FINE;
    for (int i = 0; i < ENTRIES_MOST && !fault; i++) {
        const char *path;
        fault = next_entry(z, &path);
        if (fault) {
            return fault;
        }
        if (!name) {
            fault = take(z, zip, limits, NULL, &total);
        } else if (path && strcmp(path, name) == 0) {
            return take(z, zip, limits, to, &total);
        }
    }
    return fault ? fault : READ_NO_SUCH_PAGE;
}

enum read_fault read_zip_entry(struct arena *a, struct str zip, const char *name, const struct read_limits *limits,
                               struct str *bytes) {
    struct archive *z = open_zip(zip);
    if (!z) {
        return READ_DAMAGED;
    }
    struct buf b = buf_in(a);
    enum read_fault fault = take_entry(z, zip, name, limits, &b);
    archive_read_free(z);
    *bytes = buf_str(&b);
    return fault;
}
