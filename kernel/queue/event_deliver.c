/* The deliverer. An event is heard in a transaction that also moves the listener's cursor past it; whoever finds the
   cursor moved already has nothing to do. The lease only keeps several deliverers from treading on each other. */
#include "kernel/queue/event.h"

#include <unistd.h>

#include "kernel/queue/clock.h"
#include "kernel/queue/event_queries.h"
#include "kernel/db/id.h"
#include "kernel/db/wake.h"

#include "base/arena.h"
#include "base/log.h"

#include "base/banned.h"

enum {
    LEASE_MS = 10000,
    PAUSE_MOST_MS = 300000,
    BATCH = 100,
    TOGETHER = 20,
    YIELD_US = 1000,
    SAVE_EVERY = 20,
    PRUNE_MS = 3600000,
    KEEP_DAYS = 7
};

struct delivery {
    struct db *db;
    struct arena *arena;
    const struct event_listener *listener;
    bool lost; /* the lease is another's */
    bool did;
};

static int64_t holder(void) {
    static int64_t mine;
    static pid_t pid;
    if (pid != getpid()) {
        pid = getpid();
        mine = id_new();
    }
    return mine;
}

static bool matches(const char *pattern, struct str kind) {
    struct str p = str_of(pattern);
    if (str_eq(p, S("*"))) {
        return true;
    }
    return str_ends(p, S(".*")) ? str_starts(kind, str_slice(p, 0, p.len - 1)) : str_eq(p, kind);
}

static int64_t pause_ms(int64_t tries) {
    int64_t ms = 1000LL << (tries < 9 ? tries : 9);
    return ms > PAUSE_MOST_MS ? PAUSE_MOST_MS : ms;
}

static struct str fault_words(struct err e) { return e.why->message.len ? e.why->message : e.why->detail; }

/* Longer than any lease is what a wrong clock made, and no lease. */
static bool is_leased(const struct event_lease_find_row *row, int64_t now) {
    return row && row->holder != holder() && row->until_at.ms >= now && row->until_at.ms <= now + 2 * LEASE_MS;
}

/* Inside the transaction: takes or renews the lease; *mine is false when another holds it. */
static struct err lease_take(struct db_write *w, bool *mine) {
    struct event_lease_find_row *row = NULL;
    struct instant now = clock_now();
    TRY(event_lease_find(db_reading(w), &row));
    *mine = !is_leased(row, now.ms);
    if (*mine && (!row || row->holder != holder() || row->until_at.ms < now.ms + LEASE_MS / 2)) {
        TRY(event_lease_put(w, (struct event_lease_put_in){holder(), {now.ms + LEASE_MS}}, NULL));
    }
    return OK;
}

/* The transaction of one event for one listener. */
static struct err hear(struct delivery *d, struct db_write *w, const struct event *e, int64_t *tries) {
    struct event_cursor_find_row *cursor = NULL;
    bool mine = false;
    TRY(lease_take(w, &mine));
    TRY(event_cursor_find(db_reading(w), (struct event_cursor_find_in){str_of(d->listener->name)}, &cursor));
    *tries = cursor ? cursor->tries : 0;
    d->lost = !mine;
    if (!mine || (cursor && cursor->last_id >= e->id)) {
        return OK;
    }
    db_actor_set(w, &(struct db_actor){.ip = S("")});
    TRY(d->listener->hear(w, e));
    d->did = true;
    return event_cursor_put(
        w, (struct event_cursor_put_in){.listener = str_of(d->listener->name), .last_id = e->id, .fault = S("")}, NULL);
}

/* A listener failed: tries again later, or sets the event aside and goes on. */
static struct err note_failure(struct delivery *d, const struct event *e, int64_t tries, struct err why) {
    struct db_write *w = NULL;
    TRY(db_begin_write(d->db, d->arena, &w));
    struct str name = str_of(d->listener->name), words = fault_words(why);
    struct event_cursor_put_in put = {.listener = name,
                                      .last_id = e->id - 1,
                                      .tries = tries + 1,
                                      .not_before = clock_now().ms + pause_ms(tries),
                                      .fault = words};
    struct err failed = OK;
    if (tries + 1 >= EVENT_TRIES) {
        failed = event_park(w,
                            (struct event_park_in){.id = {id_new()},
                                                   .listener = name,
                                                   .event = e->id,
                                                   .kind = e->kind,
                                                   .record = e->record,
                                                   .for_principal = e->to,
                                                   .post = e->post,
                                                   .body = e->body,
                                                   .made_at = e->at,
                                                   .fault = words,
                                                   .parked_at = clock_now()},
                            NULL);
        put = (struct event_cursor_put_in){.listener = name, .last_id = e->id, .fault = S("")};
    }
    if (!failed.why) {
        failed = event_cursor_put(w, put, NULL);
    }
    if (failed.why) {
        db_rollback(w);
        return failed;
    }
    return db_commit(w);
}

static struct err deliver_one(struct delivery *d, const struct event *e) {
    struct db_write *w = NULL;
    int64_t tries = 0;
    TRY(db_begin_write(d->db, d->arena, &w));
    struct err why = hear(d, w, e, &tries);
    if (!why.why && !d->lost) {
        why = db_commit(w);
    } else {
        db_rollback(w);
    }
    if (why.why && why.why->kind != ERR_BUSY) {
        log_fault(LOG_WARN, d->listener->name, why);
        TRY(note_failure(d, e, tries, why));
    }
    return why;
}

/* Several events in one transaction: fewer waits for the disk, and for the others who want to write. When one of them
   fails, each is delivered by itself. */
static struct err deliver_some(struct delivery *d, const struct event *const *events, size_t n) {
    struct db_write *w = NULL;
    struct err e = OK;
    int64_t tries = 0;
    TRY(db_begin_write(d->db, d->arena, &w));
    for (size_t i = 0; i < n && !e.why && !d->lost; i++) {
        e = hear(d, w, events[i], &tries);
    }
    if (!e.why && !d->lost) {
        e = db_commit(w);
    } else {
        db_rollback(w);
    }
    usleep(YIELD_US);
    if (d->lost || !e.why || e.why->kind == ERR_BUSY) {
        return e;
    }
    for (size_t i = 0; i < n && !d->lost; i++) {
        TRY(deliver_one(d, events[i]));
    }
    return OK;
}

/* A cursor that passed many events that are none of its business is written down now and then. */
static struct err save_cursor(struct delivery *d, int64_t last) {
    struct db_write *w = NULL;
    TRY(db_begin_write(d->db, d->arena, &w));
    struct event_cursor_find_row *cursor = NULL;
    struct err e = event_cursor_find(db_reading(w), (struct event_cursor_find_in){str_of(d->listener->name)}, &cursor);
    if (!e.why && (!cursor || cursor->last_id < last)) {
        e = event_cursor_put(
            w, (struct event_cursor_put_in){.listener = str_of(d->listener->name), .last_id = last, .fault = S("")},
            NULL);
    }
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err read_batch(struct delivery *d, int64_t *last, bool *waits, struct event_list *events) {
    struct db_read *r = NULL;
    struct event_cursor_find_row *cursor = NULL;
    bool complete;
    TRY(db_begin_read(d->db, d->arena, &r));
    struct err e = event_cursor_find(r, (struct event_cursor_find_in){str_of(d->listener->name)}, &cursor);
    *last = cursor ? cursor->last_id : 0;
    /* Never longer than its pauses: what was written while a clock was wrong does not hold. */
    int64_t wait = cursor ? cursor->not_before - clock_now().ms : 0;
    *waits = wait > 0 && wait <= PAUSE_MOST_MS;
    if (!e.why && !*waits) {
        e = event_after(r, *last, BATCH, events, &complete);
    }
    db_end_read(r);
    return e;
}

/* What waits for one listener, up to a batch. */
static struct err deliver_to(struct delivery *d, bool *more) {
    struct event_list events = {0};
    int64_t last = 0, from;
    bool waits = false;
    TRY(read_batch(d, &last, &waits, &events));
    const struct event *mine[BATCH];
    size_t n = 0;
    from = last;
    for (size_t i = 0; i < events.n; i++) {
        last = events.at[i].id;
        if (matches(d->listener->pattern, events.at[i].kind)) {
            mine[n++] = &events.at[i];
            from = last;
        }
    }
    for (size_t i = 0; i < n && !d->lost; i += TOGETHER) {
        TRY(deliver_some(d, mine + i, n - i < TOGETHER ? n - i : TOGETHER));
    }
    bool full = events.n == BATCH;
    *more = *more || (full && !d->lost);
    if (!d->lost && last > from && (full || last - from >= SAVE_EVERY)) {
        return save_cursor(d, last);
    }
    return OK;
}

static const struct event_listener *listener_find(const struct event_listener *listeners, size_t n, struct str name) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(listeners[i].name), name)) {
            return &listeners[i];
        }
    }
    return NULL;
}

static struct err again_one(struct delivery *d, const struct event_parked_again_row *p) {
    struct db_write *w = NULL;
    TRY(db_begin_write(d->db, d->arena, &w));
    struct event e = {.kind = p->kind,
                      .record = p->record,
                      .to = p->for_principal,
                      .post = p->post,
                      .body = p->body,
                      .id = p->event,
                      .at = p->made_at};
    int64_t was_there = 0;
    struct err why = event_parked_delete(w, (struct event_parked_delete_in){p->id}, &was_there);
    if (!why.why && was_there) {
        why = d->listener ? d->listener->hear(w, &e)
                          : FAIL(ERR_MISSING, "the listener is no part of the program any more");
    }
    if (!why.why) {
        why = db_commit(w);
    } else {
        db_rollback(w);
    }
    if (!why.why) {
        d->did = true;
        return OK;
    }
    TRY(db_begin_write(d->db, d->arena, &w));
    struct err e2 = event_parked_fault(w, (struct event_parked_fault_in){fault_words(why), clock_now(), p->id}, NULL);
    if (e2.why) {
        db_rollback(w);
        return e2;
    }
    return db_commit(w);
}

/* Parked events the administrator wants heard again. */
static struct err deliver_parked(struct delivery *d, const struct event_listener *listeners, size_t n) {
    struct db_read *r = NULL;
    struct event_parked_again_rows rows;
    TRY(db_begin_read(d->db, d->arena, &r));
    struct err e = event_parked_again(r, &rows);
    db_end_read(r);
    TRY(e);
    for (size_t i = 0; i < rows.n; i++) {
        d->listener = listener_find(listeners, n, rows.at[i].listener);
        TRY(again_one(d, &rows.at[i]));
    }
    return OK;
}

/* Whether another deliverer is at work. */
static struct err is_other_at_work(struct delivery *d, bool *other) {
    struct db_read *r = NULL;
    struct event_lease_find_row *row = NULL;
    TRY(db_begin_read(d->db, d->arena, &r));
    struct err e = event_lease_find(r, &row);
    *other = is_leased(row, clock_now().ms);
    db_end_read(r);
    return e;
}

struct err event_deliver(struct db *db, struct arena *arena, const struct event_listener *listeners, size_t n,
                         bool *more) {
    struct delivery d = {.db = db, .arena = arena};
    struct err first = OK;
    *more = false;
    TRY(is_other_at_work(&d, &d.lost));
    for (size_t i = 0; i < n && !d.lost; i++) {
        d.listener = &listeners[i];
        struct err e = deliver_to(&d, more);
        first = first.why ? first : e; /* one listener's trouble is not the others' */
    }
    if (!d.lost) {
        struct err e = deliver_parked(&d, listeners, n);
        first = first.why ? first : e;
    }
    return first;
}

static struct err prune(struct db *db, struct arena *arena) {
    struct db_write *w = NULL;
    TRY(db_begin_write(db, arena, &w));
    struct err e = event_prune(w, (struct instant){clock_now().ms - KEEP_DAYS * 86400000LL}, NULL);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

void event_deliver_loop(struct db *db, const struct event_listener *listeners, size_t n,
                        const volatile sig_atomic_t *stop) {
    struct arena *own = arena_new(), *arena = arena_new();
    struct wake *wake = NULL;
    struct err e = wake_open(own, db, "event", &wake);
    int64_t pruned_us = clock_monotonic_us();
    if (e.why) {
        log_fault(LOG_WARN, "deliverer", e);
    }
    while (!*stop) {
        bool more = false;
        arena_reset(arena);
        clock_follow(db);
        e = event_deliver(db, arena, listeners, n, &more);
        if (e.why) {
            log_fault(LOG_WARN, "deliverer", e);
        }
        if (clock_monotonic_us() - pruned_us > PRUNE_MS * 1000LL) {
            pruned_us = clock_monotonic_us();
            err_ignore(prune(db, arena));
        }
        if (!more && !*stop) {
            if (wake) {
                wake_wait(wake, WAKE_FALLBACK_MS);
            } else {
                usleep(WAKE_FALLBACK_MS * 1000);
            }
        }
    }
    arena_free(arena);
    arena_free(own);
}
