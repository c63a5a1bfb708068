/* Who serves a database that several machines can reach. Clocks are never compared: a holder lives while its row
   moves. */
#include "kernel/folder/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "kernel/folder/folder_queries.h"

#include "base/banned.h"

/* Where a process number means a process: this start of the machine (its boot id is drawn anew each time) and, as two
   containers number theirs apart, this space of numbers. */
static struct str place_of_numbers(struct arena *a) {
    char *at = arena_take(a, char, 128);
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, at, 63) : 0;
    if (fd >= 0) {
        close(fd);
    }
    struct str boot = str_trim((struct str){at, n > 0 ? (size_t)n : 0});
    ssize_t of = readlink("/proc/self/ns/pid", at + 64, 63);
    return boot.len && of > 0 ? str_format(a, "%.*s %.*s", STR_ARG(boot), (int)of, at + 64) : S("");
}

static bool is_gone(const struct folder_lease_find_row *row, const struct folder_lease *mine) {
    bool is_here = mine->boot.len && str_eq(row->boot, mine->boot);
    /* This process's own number was an earlier one's. */
    return is_here && (row->pid == mine->pid || (kill((pid_t)row->pid, 0) != 0 && errno == ESRCH));
}

static struct err take(struct db_write *w, struct str address, const struct folder_lease *lease) {
    struct arena *a = db_write_arena(w);
    char *host = arena_take(a, char, 256);
    gethostname(host, 255);
    return folder_lease_take(w,
                             (struct folder_lease_take_in){.node = lease->node,
                                                           .host = str_of(host),
                                                           .boot = lease->boot,
                                                           .pid = lease->pid,
                                                           .address = address,
                                                           .taken_at = lease->taken_at},
                             NULL);
}

struct attempt {
    int64_t beat; /* of the holder, as first seen; 0: nobody held it */
    bool is_taken, is_alive;
    struct str who;
};

/* One look, in one transaction. The holder's beat is compared with that of the first look. */
static struct err try_once(struct db *db, struct arena *a, struct str address, bool is_last,
                           const struct folder_lease *lease, struct attempt *t) {
    struct db_write *w;
    struct folder_lease_find_row *row;
    TRY(db_begin_write(db, a, &w));
    struct err e = folder_lease_find(db_reading(w), (struct folder_lease_find_in){.node = lease->node}, &row);
    if (!e.why && row) {
        t->is_alive = t->beat && row->beat != t->beat;
        t->beat = row->beat;
        t->who = str_format(a, "tiến trình %lld trên máy %.*s, ở %.*s", (long long)row->pid, STR_ARG(row->host),
                            STR_ARG(row->address));
    }
    if (!e.why && (!row || is_gone(row, lease) || (is_last && !t->is_alive))) {
        e = take(w, address, lease);
        t->is_taken = !e.why;
    }
    if (e.why || !t->is_taken) {
        db_rollback(w);
        return e;
    }
    e = db_commit(w);
    t->is_taken = !e.why;
    return e;
}

struct folder_lease folder_lease_new(struct arena *a, int64_t node) {
    return (struct folder_lease){.node = node, .boot = place_of_numbers(a), .pid = getpid(), .taken_at = clock_now()};
}

struct err folder_lease_claim(struct db *db, struct arena *a, const struct folder_lease *lease, struct str address,
                              int patience_s) {
    struct attempt t = {.who = S("")};
    int64_t since = clock_monotonic_us();
    for (;;) {
        bool is_last = clock_monotonic_us() - since >= patience_s * 1000000LL;
        TRY(try_once(db, a, address, is_last, lease, &t));
        if (t.is_taken) {
            return OK;
        }
        if (t.is_alive) {
            return err_refuse(a, ERR_CONFLICT, "",
                              "Cơ sở dữ liệu này đang được phục vụ (%.*s). Hãy dừng máy chủ đó trước; nếu nhiều máy "
                              "dùng chung một cơ sở dữ liệu, hãy đặt --node khác nhau.",
                              STR_ARG(t.who));
        }
        nanosleep(&(struct timespec){.tv_nsec = 250000000}, NULL);
    }
}

struct err folder_lease_beat(struct db *db, struct arena *a, const struct folder_lease *lease, bool *is_ours) {
    struct db_write *w;
    int64_t changed = 0;
    TRY(db_begin_write(db, a, &w));
    struct err e = folder_lease_renew(
        w,
        (struct folder_lease_renew_in){
            .node = lease->node, .boot = lease->boot, .pid = lease->pid, .taken_at = lease->taken_at},
        &changed);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    TRY(db_commit(w));
    *is_ours = changed > 0;
    return OK;
}

struct err folder_lease_end(struct db *db, struct arena *a, const struct folder_lease *lease) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    struct err e = folder_lease_leave(
        w,
        (struct folder_lease_leave_in){
            .node = lease->node, .boot = lease->boot, .pid = lease->pid, .taken_at = lease->taken_at},
        NULL);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}
