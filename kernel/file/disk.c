#include "kernel/file/disk.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "base/sum.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

bool file_hash_valid(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f'))) {
            return false;
        }
    }
    return s.len == 64;
}

struct str file_disk_path(struct arena *a, struct str dir, const char *kind, struct str sha256, struct str rest) {
    if (!file_hash_valid(sha256)) {
        return S("");
    }
    return str_format(a, "%.*s/%s/%.2s/%.2s/%.*s%.*s", STR_ARG(dir), kind, sha256.at, sha256.at + 2, STR_ARG(sha256),
                      STR_ARG(rest));
}

static struct str folder_of(struct str path) {
    size_t n = path.len;
    while (n > 1 && path.at[n - 1] != '/') {
        n--;
    }
    return str_slice(path, 0, n - 1);
}

static struct err folder_sync(struct arena *a, struct str folder) {
    int fd = open(str_z(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return FAIL_DISK(a, errno, "cannot open the folder %.*s", STR_ARG(folder));
    }
    int failed = fsync(fd);
    close(fd);
    return failed ? FAIL_DISK(a, errno, "cannot sync the folder %.*s", STR_ARG(folder)) : OK;
}

/* The folders above path, each durable in its own. */
static struct err folders_make(struct arena *a, struct str path) {
    struct str folder = folder_of(path);
    if (folder.len == 0 || access(str_z(a, folder), F_OK) == 0) {
        return OK;
    }
    TRY(folders_make(a, folder));
    if (mkdir(str_z(a, folder), 0700) != 0 && errno != EEXIST) {
        return FAIL_DISK(a, errno, "cannot make the folder %.*s", STR_ARG(folder));
    }
    return folder_sync(a, folder_of(folder));
}

struct err file_disk_link(struct arena *a, struct str from, struct str to) {
    TRY(folders_make(a, to));
    int fd = open(str_z(a, from), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return FAIL_DISK(a, errno, "an upload is gone");
    }
    bool is_synced = fchmod(fd, 0400) == 0 && fsync(fd) == 0;
    close(fd);
    if (!is_synced) {
        return FAIL_DISK(a, errno, "cannot sync an upload");
    }
    if (link(str_z(a, from), str_z(a, to)) != 0 && errno != EEXIST) {
        return FAIL_DISK(a, errno, "cannot keep an upload");
    }
    return folder_sync(a, folder_of(to));
}

struct err file_disk_set_aside(struct arena *a, struct str path) {
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '/') {
        from--;
    }
    struct str aside = str_format(a, "%.*s/damaged/%.*s-%lld", STR_ARG(file_store_dir()),
                                  STR_ARG(str_slice(path, from, path.len)), (long long)clock_now().ms);
    TRY(folders_make(a, aside));
    if (link(str_z(a, path), aside.at) != 0 && errno != EEXIST && errno != ENOENT) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot keep a damaged file aside: %s", strerror(errno));
    }
    return folder_sync(a, folder_of(aside));
}

struct err file_disk_replace(struct arena *a, struct str from, struct str to) {
    struct str beside = str_format(a, "%.*s.new", STR_ARG(to));
    TRY(file_disk_set_aside(a, to));
    unlink(beside.at);
    TRY(file_disk_link(a, from, beside));
    if (rename(beside.at, str_z(a, to)) != 0) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot replace %.*s: %s", STR_ARG(to), strerror(errno));
    }
    return folder_sync(a, folder_of(to));
}

static bool write_all(int fd, struct str bytes) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        bytes = n > 0 ? str_slice(bytes, (size_t)n, bytes.len) : bytes;
    }
    return true;
}

struct err file_disk_write(struct arena *a, struct str path, struct str bytes) {
    TRY(folders_make(a, path));
    char *temporary = str_z(a, str_format(a, "%.*s.XXXXXX", STR_ARG(path)));
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        return FAIL_DISK(a, errno, "cannot write beside %.*s", STR_ARG(path));
    }
    bool is_good = write_all(fd, bytes) && fchmod(fd, 0400) == 0 && fsync(fd) == 0;
    is_good = close(fd) == 0 && is_good;
    if (!is_good || rename(temporary, str_z(a, path)) != 0) {
        int why = errno;
        unlink(temporary);
        return FAIL_DISK(a, why, "cannot write %.*s", STR_ARG(path));
    }
    return folder_sync(a, folder_of(path));
}

enum { SEALED_MOST = 64 << 20 };

struct seal {
    char magic[8];
    uint64_t sum;
};

static struct seal seal_of(struct str bytes) {
    return (struct seal){.magic = {'D', 'K', 'S', 'E', 'A', 'L', '0', '1'},
                         .sum = sum64(bytes.len, bytes.at, bytes.len)};
}

struct err file_disk_write_sealed(struct arena *a, struct str path, struct str bytes) {
    struct seal seal = seal_of(bytes);
    struct buf b = buf_in(a);
    buf_put(&b, bytes);
    buf_put(&b, (struct str){(const char *)&seal, sizeof seal});
    return file_disk_write(a, path, buf_str(&b));
}

struct err file_disk_read_sealed(struct arena *a, struct str path, struct str *bytes) {
    struct seal found;
    struct stat st;
    int fd = path.len ? open(str_z(a, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0) {
        return FAIL(ERR_MISSING, "no such picture");
    }
    bool is_right = fstat(fd, &st) == 0 && st.st_size >= (off_t)sizeof found && st.st_size <= SEALED_MOST;
    size_t n = is_right ? (size_t)st.st_size : 0;
    char *all = arena_take_raw(a, n + 1, 1);
    for (size_t at = 0; is_right && at < n;) {
        ssize_t got = pread(fd, all + at, n - at, (off_t)at);
        is_right = got > 0 || (got < 0 && errno == EINTR);
        at += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    *bytes = (struct str){all, n < sizeof found ? 0 : n - sizeof found};
    if (is_right) {
        struct seal wanted = seal_of(*bytes);
        memcpy(&found, all + bytes->len, sizeof found);
        is_right = memcmp(&found, &wanted, sizeof found) == 0;
    }
    return is_right ? OK : FAIL_WITH(a, ERR_BROKEN, "%.*s is damaged", STR_ARG(path));
}

void file_disk_sha256(struct str bytes, char hex[static 65]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[32];
    SHA256((const unsigned char *)bytes.at, bytes.len, hash);
    for (size_t i = 0; i < 32; i++) {
        hex[i * 2] = digits[hash[i] >> 4];
        hex[i * 2 + 1] = digits[hash[i] & 15];
    }
    hex[64] = 0;
}
