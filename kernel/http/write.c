/* Whose turn it is to write. One writes at a time (decision 0001); a request whose turn has not come is suspended, so
   that the loop goes on answering everybody else. */
#include "kernel/db/db.h"
#include "kernel/http/loop.h"

#include "base/banned.h"

enum { WAIT_US = 5 * 1000 * 1000, LOOK_AGAIN_MS = 2 };

bool write_waits(const struct request *r) { return r->write.next != NULL; }

/* Who tried and must go on waiting keeps the first place. */
static void stand(struct server *s, struct request *r) {
    if (r->write.is_called) {
        r->write.behind = s->first_writer;
        s->first_writer = r;
    } else if (s->first_writer) {
        s->last_writer->write.behind = r;
    } else {
        s->first_writer = r;
    }
    if (!r->write.behind) {
        s->last_writer = r;
    }
    MHD_suspend_connection(r->mhd);
}

static void go_on(struct request *r, struct db_write *db, struct err e) {
    void (*next)(struct request *, struct db_write *, struct err) = r->write.next;
    r->write.next = NULL;
    r->write.is_called = false;
    r->server->has_written = true;
    next(r, db, e);
}

void write_again(struct request *r) {
    struct server *s = r->server;
    struct db_write *db = NULL;
    bool is_behind = s->first_writer && !r->write.is_called;
    struct err e = is_behind ? OK : db_try_write(s->setup.db, r->arena, &db);
    if (!e.why && !db && clock_monotonic_us() - r->write.since_us < WAIT_US) {
        stand(s, r);
        return;
    }
    go_on(r, db, e.why || db ? e : FAIL(ERR_BUSY, "others have been writing for five seconds"));
}

void when_it_may_write(struct request *r, void (*next)(struct request *r, struct db_write *db, struct err e)) {
    r->write.next = next;
    r->write.behind = NULL;
    r->write.is_called = false;
    r->write.since_us = clock_monotonic_us();
    write_again(r);
}

void server_writers_turn(struct server *s) {
    struct request *r = s->first_writer;
    s->has_written = false;
    if (r) {
        s->first_writer = r->write.behind;
        r->write.behind = NULL;
        r->write.is_called = true;
        MHD_resume_connection(r->mhd);
    }
}

void server_writers_end(struct server *s) {
    for (struct request *r = s->first_writer; r; r = r->write.behind) {
        r->write.since_us = 0;
    }
    while (s->first_writer) {
        server_writers_turn(s);
        MHD_run(s->daemon);
    }
}

int server_writers_wait(struct server *s, int ms) {
    if (!s->first_writer) {
        return ms;
    }
    return s->has_written ? 0 : ms < LOOK_AGAIN_MS ? ms : LOOK_AGAIN_MS;
}
