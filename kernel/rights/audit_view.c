/* Looking at a sensitive thing is recorded before the answer leaves, by a handler that may not write to the database:
   the entry goes to a spool file of this process (safe from the process's death, not from the machine's), and from
   there into the chain. The file's name is unique and is written down in the transaction that takes its entries,
   so that they are taken once, whoever dies when. */
#include "kernel/rights/audit_chain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/disk.h"
#include "base/log.h"
#include "kernel/db/id.h"

#include "base/banned.h"

enum { FLUSH_US = 1000000, ORPHANS_US = 60000000, LONGEST = 1 << 20 };

static struct {
    pid_t pid;
    int fd;
    int64_t waiting; /* entries in the file */
    int64_t flushed_us;
    int64_t swept_us;
} spool = {.fd = -1};

static bool path_of(char *path, size_t room, struct str dir, const char *name) {
    int n = snprintf(path, room, "%.*s/audit-views%s%s", STR_ARG(dir), *name ? "/" : "", name);
    return dir.len > 0 && n > 0 && (size_t)n < room;
}

static struct err spool_open(struct arena *arena, struct str dir) {
    if (spool.pid == getpid() && spool.fd >= 0) {
        return OK;
    }
    char path[4096], name[32];
    snprintf(name, sizeof name, "%lld", (long long)id_new());
    if (!path_of(path, sizeof path, dir, "") || (mkdir(path, 0700) != 0 && errno != EEXIST) ||
        !path_of(path, sizeof path, dir, name)) {
        return FAIL(ERR_BROKEN, "no folder for the spool of views");
    }
    spool.fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_EXCL | O_CLOEXEC, 0600);
    struct stat st;
    if (spool.fd < 0 || flock(spool.fd, LOCK_EX) != 0 || fstat(spool.fd, &st) != 0) {
        return FAIL_DISK(arena, errno, "%s", path);
    }
    if (st.st_nlink == 0) {
        /* Another process took it for an orphan before it was locked. */
        close(spool.fd);
        spool.fd = -1;
        return FAIL(ERR_BUSY, "the spool of views was taken while it was made");
    }
    spool.pid = getpid();
    spool.waiting = 0;
    spool.flushed_us = clock_monotonic_us();
    return OK;
}

static void put_bytes(struct buf *b, const void *at, size_t n) { buf_put(b, (struct str){at, n}); }

static void put_text(struct buf *b, struct str s) {
    uint32_t n = (uint32_t)s.len;
    put_bytes(b, &n, sizeof n);
    buf_put(b, s);
}

struct err audit_view(struct db_read *db, const struct audit *a) {
    struct arena *arena = db_arena(db);
    TRY(spool_open(arena, db_dir(db_of_read(db))));
    struct buf b = buf_in(arena);
    int64_t numbers[4] = {clock_now().ms, a->person, a->post, a->record};
    uint32_t n = 0;
    put_bytes(&b, &n, sizeof n);
    put_bytes(&b, numbers, sizeof numbers);
    put_text(&b, a->verb);
    put_text(&b, audit_kind(a));
    put_text(&b, a->before);
    put_text(&b, a->after);
    put_text(&b, a->ip);
    if (b.len > LONGEST) {
        return FAIL(ERR_BROKEN, "an audit entry is too long");
    }
    n = (uint32_t)(b.len - sizeof n);
    memcpy(b.at, &n, sizeof n);
    off_t before = lseek(spool.fd, 0, SEEK_END);
    ssize_t written = write(spool.fd, b.at, b.len);
    if (written != (ssize_t)b.len) {
        int why = written < 0 ? errno : ENOSPC;
        /* Half an entry would spoil those after it. */
        return ftruncate(spool.fd, before) == 0 ? FAIL_DISK(arena, why, "the spool of views")
                                                : FAIL(ERR_BROKEN, "the spool of views ends in half an entry");
    }
    spool.waiting++;
    return OK;
}

static bool take_bytes(struct str *s, void *to, size_t n) {
    if (s->len < n) {
        return false;
    }
    memcpy(to, s->at, n);
    *s = str_slice(*s, n, s->len);
    return true;
}

static bool take_text(struct str *s, struct str *text) {
    uint32_t n;
    if (!take_bytes(s, &n, sizeof n) || n > s->len) {
        return false;
    }
    *text = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->len);
    return true;
}

/* The next entry; false at the end, or at one that was cut short by its process's death before it was answered. */
static bool take_entry(struct str *rest, struct audit *a, struct instant *at) {
    uint32_t n;
    int64_t numbers[4];
    if (!take_bytes(rest, &n, sizeof n) || n > rest->len) {
        return false;
    }
    struct str one = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->len);
    if (!take_bytes(&one, numbers, sizeof numbers) || !take_text(&one, &a->verb) || !take_text(&one, &a->kind) ||
        !take_text(&one, &a->before) || !take_text(&one, &a->after) || !take_text(&one, &a->ip)) {
        return false;
    }
    *at = (struct instant){numbers[0]};
    a->person = numbers[1];
    a->post = numbers[2];
    a->record = numbers[3];
    return true;
}

static struct str read_fd(struct arena *arena, int fd) {
    struct buf b = buf_in(arena);
    char piece[16384];
    for (ssize_t n; (n = read(fd, piece, sizeof piece)) > 0;) {
        put_bytes(&b, piece, (size_t)n);
    }
    return buf_str(&b);
}

static struct err take_in(struct db *db, struct arena *arena, const char *name, struct str bytes) {
    struct db_write *w = NULL;
    int64_t is_new = 0;
    TRY(db_try_write(db, arena, &w));
    if (!w) {
        return FAIL(ERR_BUSY, "another one writes: the file is swept later");
    }
    struct instant now = clock_now(), at;
    struct err e = audit_spool_add(w, (struct audit_spool_add_in){str_of(name), now}, &is_new);
    struct audit a = {0};
    while (!e.why && is_new && take_entry(&bytes, &a, &at)) {
        e = audit_append(w, &a, at);
    }
    if (!e.why) {
        e = audit_spool_prune(w, (struct audit_spool_prune_in){{now.ms - 30LL * 86400000}}, NULL);
    }
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* One file nobody holds: into the chain, then away. */
static struct err take_file(struct db *db, struct arena *arena, const char *name) {
    char path[4096];
    if (!path_of(path, sizeof path, db_dir(db), name)) {
        return OK;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return OK;
    }
    struct stat st;
    struct err e = OK;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && st.st_nlink > 0) {
        if (st.st_size > 0) {
            e = take_in(db, arena, name, read_fd(arena, fd));
        }
        if (!e.why) {
            unlink(path);
        }
    }
    close(fd);
    return e;
}

struct err audit_views_flush(struct db *db, struct arena *arena, bool now) {
    int64_t us = clock_monotonic_us();
    bool mine = spool.pid == getpid() && spool.fd >= 0 && spool.waiting > 0;
    bool due = mine && us - spool.flushed_us >= FLUSH_US;
    if (!now && !due && us - spool.swept_us < ORPHANS_US) {
        return OK;
    }
    if (mine) {
        close(spool.fd);
        spool.fd = -1;
        spool.waiting = 0;
    }
    spool.flushed_us = us;
    spool.swept_us = us;
    char path[4096];
    DIR *d = path_of(path, sizeof path, db_dir(db), "") ? opendir(path) : NULL;
    struct err e = OK;
    for (struct dirent *entry; d && !e.why && (entry = readdir(d));) {
        if (entry->d_name[0] != '.') {
            e = take_file(db, arena, entry->d_name);
        }
    }
    if (d) {
        closedir(d);
    }
    return e;
}
