#include "kernel/out/zip.h"

#include "base/arena.h"
#include "base/buf.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/banned.h"

static la_ssize_t gather(struct archive *z, void *thing, const void *at, size_t n) {
    (void)z;
    buf_put(thing, (struct str){at, n});
    return (la_ssize_t)n;
}

static bool put_part(struct arena *a, struct archive *z, const struct zip_part *part) {
    struct archive_entry *entry = archive_entry_new();
    if (!entry) {
        return false;
    }
    archive_entry_set_pathname_utf8(entry, str_z(a, part->name));
    archive_entry_set_size(entry, (la_int64_t)part->bytes.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 315532800, 0); /* the first day a zip can say */
    bool is_good = archive_write_header(z, entry) == ARCHIVE_OK &&
                   archive_write_data(z, part->bytes.at, part->bytes.len) == (la_ssize_t)part->bytes.len;
    archive_entry_free(entry);
    return is_good;
}

struct err zip_write(struct arena *a, const struct zip_part *parts, size_t n, struct str *zip) {
    struct buf b = buf_in(a);
    struct archive *z = archive_write_new();
    bool is_good = z && archive_write_set_format_zip(z) == ARCHIVE_OK &&
                   archive_write_set_bytes_per_block(z, 0) == ARCHIVE_OK &&
                   archive_write_open(z, &b, NULL, gather, NULL) == ARCHIVE_OK;
    for (size_t i = 0; i < n && is_good; i++) {
        is_good = put_part(a, z, &parts[i]);
    }
    is_good = is_good && archive_write_close(z) == ARCHIVE_OK;
    archive_write_free(z);
    *zip = buf_str(&b);
    return is_good ? OK : FAIL(ERR_BROKEN, "a zip could not be written");
}
