#include "kernel/file/check.h"

#include "base/arena.h"
#include "base/sum.h"
#include "kernel/file/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static const char damaged_words[] =
    "Tệp đã hỏng trên ổ đĩa của máy chủ nên không mở được. Nếu còn bản gốc, hãy tải đúng tệp ấy lên lại: bản tốt tự "
    "thay bản hỏng. Nếu không còn, báo quản trị lấy lại từ bản sao lưu.";
static const char lost_words[] =
    "Tệp không còn trên ổ đĩa của máy chủ. Nếu còn bản gốc, hãy tải đúng tệp ấy lên lại: hệ thống tự đặt nó vào chỗ "
    "cũ. Nếu không còn, báo quản trị lấy lại từ bản sao lưu.";

bool file_is_damaged(struct err e) {
    return err_is(e, ERR_BROKEN) && (e.why->message.at == damaged_words || e.why->message.at == lost_words);
}

struct str file_damage_words(const struct file *f) {
    return f->damaged_at.ms ? str_of(damaged_words) : S("");
}

static struct err damaged(struct arena *a, const struct file *f, const char *words, struct str what) {
    struct fault *fault = arena_take(a, struct fault, 1);
    *fault = (struct fault){.kind = ERR_BROKEN,
                            .message = str_of(words),
                            .detail = str_format(a, "files/%.2s/%.2s/%.*s: %.*s", f->sha256.at, f->sha256.at + 2,
                                                 STR_ARG(f->sha256), STR_ARG(what)),
                            .file = __FILE__,
                            .line = __LINE__};
    return (struct err){fault};
}

static int64_t blocks_of(int64_t size) { return (size + FILE_BLOCK - 1) / FILE_BLOCK; }

/* Blocks that were exchanged differ too: each sum begins with its place. */
static uint64_t sum_of(int64_t n, const char *block, size_t size) { return sum64((uint64_t)n + 1, block, size); }

size_t file_block_size(const struct file *f, int64_t n) {
    int64_t left = f->size - n * FILE_BLOCK;
    return left < 0 ? 0 : left < FILE_BLOCK ? (size_t)left : FILE_BLOCK;
}

/* False, with errno, when so much is not there. */
static bool read_at(int fd, char *to, size_t n, int64_t at) {
    while (n) {
        ssize_t got = pread(fd, to, n, at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got < 0 ? errno : ENODATA;
            return false;
        }
        to += got;
        n -= (size_t)got;
        at += got;
    }
    return true;
}

struct err file_sums(struct arena *a, int fd, int64_t size, struct str *sums) {
    int64_t n = blocks_of(size);
    uint64_t *all = arena_take(a, uint64_t, (size_t)n);
    char *block = arena_take_raw(a, FILE_BLOCK, 8);
    const struct file f = {.size = size};
    for (int64_t i = 0; i < n; i++) {
        size_t bytes = file_block_size(&f, i);
        if (!read_at(fd, block, bytes, i * FILE_BLOCK)) {
            return FAIL_WITH(a, ERR_BROKEN, "an upload cannot be read again: %s", strerror(errno));
        }
        all[i] = sum_of(i, block, bytes);
    }
    *sums = (struct str){(const char *)all, (size_t)n * sizeof *all};
    return OK;
}

struct str file_sums_of_bytes(struct arena *a, struct str bytes) {
    const struct file f = {.size = (int64_t)bytes.len};
    int64_t n = blocks_of(f.size);
    uint64_t *all = arena_take(a, uint64_t, (size_t)n);
    for (int64_t i = 0; i < n; i++) {
        all[i] = sum_of(i, bytes.at + i * FILE_BLOCK, file_block_size(&f, i));
    }
    return (struct str){(const char *)all, (size_t)n * sizeof *all};
}

struct err file_open(struct arena *a, const struct file *f, int *fd) {
    struct stat st;
    struct str path = file_disk_path(a, file_store_dir(), "files", f->sha256, S(""));
    *fd = path.len ? open(path.at, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (*fd < 0 && path.len && errno != ENOENT && errno != ENOTDIR && errno != EIO && errno != ELOOP) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot open %.*s: %s", STR_ARG(path), strerror(errno));
    }
    if (*fd < 0) {
        return damaged(a, f, errno == EIO ? damaged_words : lost_words, str_of(strerror(errno)));
    }
    bool is_file = fstat(*fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!is_file || st.st_size != f->size || f->sums.len != (size_t)blocks_of(f->size) * sizeof(uint64_t)) {
        close(*fd);
        *fd = -1;
        return damaged(
            a, f, damaged_words,
            is_file ? str_format(a, "%lld bytes on disk, %lld were kept", (long long)st.st_size, (long long)f->size)
                    : S("no ordinary file"));
    }
    return OK;
}

struct err file_block(struct arena *a, const struct file *f, int fd, int64_t n, char block[static FILE_BLOCK]) {
    size_t size = file_block_size(f, n);
    uint64_t wanted;
    if (!read_at(fd, block, size, n * FILE_BLOCK)) {
        return damaged(a, f, damaged_words,
                       str_format(a, "byte %lld on: %s", (long long)(n * FILE_BLOCK), strerror(errno)));
    }
    memcpy(&wanted, f->sums.at + (size_t)n * sizeof wanted, sizeof wanted);
    if (wanted == sum_of(n, block, size)) {
        return OK;
    }
    return damaged(a, f, damaged_words,
                   str_format(a, "bytes %lld to %lld are not as kept", (long long)(n * FILE_BLOCK),
                              (long long)(n * FILE_BLOCK + (int64_t)size - 1)));
}

struct err file_check_part(struct arena *a, const struct file *f, int fd, int64_t from, int64_t to) {
    char *block = arena_take_raw(a, FILE_BLOCK, 8);
    for (int64_t n = from / FILE_BLOCK; n * FILE_BLOCK < to; n++) {
        TRY(file_block(a, f, fd, n, block));
    }
    return OK;
}

struct err file_check(struct arena *a, const struct file *f, bool *is_there) {
    int fd;
    struct err e = file_open(a, f, &fd);
    *is_there = !(e.why && e.why->message.at == lost_words);
    TRY(e);
    e = file_check_part(a, f, fd, 0, f->size);
    close(fd);
    return e;
}

struct err file_whole(struct arena *a, const struct file *f, struct str *path) {
    bool is_there;
    *path = file_disk_path(a, file_store_dir(), "files", f->sha256, S(""));
    return file_check(a, f, &is_there);
}
