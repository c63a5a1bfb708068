/* A SQLite database opened only to be looked at: nothing is written and no file is made beside it. What was committed
   and still stands in the write-ahead log is seen too; where that takes making files, a copy outside is read. */
#include "kernel/db/sqlite.h"

#include "base/arena.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static int64_t size_of(struct arena *a, struct str path, const char *end) {
    struct stat st;
    return stat(str_z(a, str_format(a, "%.*s%s", STR_ARG(path), end)), &st) == 0 ? (int64_t)st.st_size : -1;
}

static bool copy_file(struct arena *a, struct str from, struct str to) {
    char block[1 << 16];
    int in = open(str_z(a, from), O_RDONLY | O_CLOEXEC),
        out = open(str_z(a, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool is_good = in >= 0 && out >= 0;
    for (ssize_t n = 1; is_good && n > 0;) {
        n = read(in, block, sizeof block);
        is_good = n >= 0 && (n == 0 || write(out, block, (size_t)n) == n);
    }
    if (in >= 0) {
        close(in);
    }
    if (out >= 0) {
        is_good = close(out) == 0 && is_good;
    }
    return is_good;
}

static void copy_end(void *thing) {
    const char *dir = thing;
    static const char *const names[] = {"db", "db-wal", "db-shm"};
    char path[4200];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        unlink(path);
    }
    rmdir(dir);
}

/* The database and its log under a folder of our own, gone with the arena. */
static struct err copy_make(struct arena *a, struct str path, struct str *copy) {
    const char *tmp = getenv("TMPDIR");
    char *dir = str_z(a, str_format(a, "%s/doanket-verify-XXXXXX", tmp && tmp[0] ? tmp : "/tmp"));
    if (!mkdtemp(dir)) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot make %s: %s", dir, strerror(errno));
    }
    arena_on_reset(a, copy_end, dir);
    *copy = str_format(a, "%s/db", dir);
    if (!copy_file(a, path, *copy) ||
        !copy_file(a, str_format(a, "%.*s-wal", STR_ARG(path)), str_format(a, "%.*s-wal", STR_ARG(*copy)))) {
        return FAIL_WITH(a, ERR_BROKEN, "cannot copy %.*s to %s: %s", STR_ARG(path), dir, strerror(errno));
    }
    return OK;
}

/* "file:" addresses give these three signs a meaning. */
static struct str address_of(struct arena *a, struct str path, const char *options) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "file:");
    for (size_t i = 0; i < path.len; i++) {
        if (path.at[i] == '?' || path.at[i] == '#' || path.at[i] == '%') {
            buf_printf(&b, "%%%02X", (unsigned char)path.at[i]);
        } else {
            buf_put_char(&b, path.at[i]);
        }
    }
    buf_printf(&b, "?%s", options);
    return buf_str(&b);
}

/* Whether a process has the shared index of the log open: SQLite keeps a lock on this byte of it as long as it does. A
   server that was killed, or a copy taken in the middle, leaves the file with nobody at it. A process that has the
   database open itself would not see its own lock, and would lose it here: it has no need to ask. */
static bool is_served(struct arena *a, struct str path) {
    enum { ALIVE_BYTE = 128 };
    int fd = open(str_z(a, str_format(a, "%.*s-shm", STR_ARG(path))), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    struct flock asked = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = ALIVE_BYTE, .l_len = 1};
    bool is_held = fcntl(fd, F_GETLK, &asked) != 0 || asked.l_type != F_UNLCK;
    close(fd);
    return is_held;
}

struct err db_sqlite_copy_address(struct arena *a, struct str path, struct str *address) {
    if (size_of(a, path, "") < 0) {
        return FAIL_WITH(a, ERR_BROKEN, "%.*s: %s", STR_ARG(path), strerror(errno));
    }
    bool has_log = size_of(a, path, "-wal") > 0;
    struct str copy = {0};
    if (has_log && !is_served(a, path)) {
        TRY(copy_make(a, path, &copy));
    }
    if (is_served(a, path)) { /* the server's own files are read, also where it started while they were copied */
        *address = address_of(a, path, "mode=ro");
    } else if (has_log) {
        *address = address_of(a, copy, "mode=rw");
    } else {
        *address = address_of(a, path, "immutable=1");
    }
    return OK;
}
