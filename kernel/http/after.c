/* What may wait until the answers of a turn are on their way: sessions' last use, views into the audit trail. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "kernel/rights/audit.h"
#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "kernel/http/loop.h"
#include "kernel/http/http_queries.h"

#include "base/banned.h"

enum { ONCE_KEEP_MS = 24 * 60 * 60 * 1000, PRUNE_US = 600 * 1000 * 1000, REFRESH_US = 3 * 1000 * 1000 };

bool has_demo(const struct request *r) { return r->server->has_demo; }

void server_touch_later(struct server *s, struct str session) {
    if (session.len != sizeof s->touched[0] || s->touched_n == sizeof s->touched / sizeof *s->touched) {
        return;
    }
    for (size_t i = 0; i < s->touched_n; i++) {
        if (memcmp(s->touched[i], session.at, sizeof s->touched[i]) == 0) {
            return;
        }
    }
    memcpy(s->touched[s->touched_n++], session.at, sizeof s->touched[0]);
}

void server_file_later(struct server *s, int64_t file, struct str what) {
    size_t i = 0;
    while (i < s->found_n && s->found[i].file != file) {
        i++;
    }
    if (i == sizeof s->found / sizeof *s->found) {
        return;
    }
    s->found_n = i == s->found_n ? i + 1 : s->found_n;
    s->found[i].file = file;
    s->found[i].at = clock_now();
    snprintf(s->found[i].what, sizeof s->found->what, "%.*s", STR_ARG(what));
}

void server_slow_later(struct server *s, const struct route *route, int64_t ms) {
    size_t i = 0;
    while (i < s->slow_n && s->slow[i].route != route) {
        i++;
    }
    if (i == sizeof s->slow / sizeof *s->slow) {
        return;
    }
    if (i == s->slow_n) {
        s->slow[s->slow_n++] = (struct slow_route){.route = route};
    }
    s->slow[i].times++;
    s->slow[i].worst_ms = ms > s->slow[i].worst_ms ? ms : s->slow[i].worst_ms;
}

static struct err write_slow(struct server *s, struct db_write *db) {
    for (size_t i = 0; i < s->slow_n; i++) {
        const struct slow_route *x = &s->slow[i];
        TRY(http_slow_note(
            db,
            (struct http_slow_note_in){
                .route = str_of(x->route->path), .times = x->times, .worst_ms = x->worst_ms, .slow_at = clock_now()},
            NULL));
    }
    return OK;
}

static struct err write_down(struct server *s, struct db_write *db, bool is_prune) {
    TRY(write_slow(s, db));
    for (size_t i = 0; i < s->touched_n; i++) {
        TRY(auth_touch(db, (struct str){s->touched[i], sizeof s->touched[i]}));
    }
    for (size_t i = 0; i < s->found_n; i++) {
        struct file_blob_id id = {s->found[i].file};
        struct str what = str_of(s->found[i].what);
        TRY(what.len ? file_damage_note(db, id, s->found[i].at, what) : file_mended_note(db, id, s->found[i].at));
    }
    return is_prune ? http_once_prune(db, (struct http_once_prune_in){.before = {clock_now().ms - ONCE_KEEP_MS}}, NULL)
                    : OK;
}

static void refresh(struct server *s, int64_t now) {
    struct db_read *db;
    if (!s->setup.refresh || now - s->refreshed_us < REFRESH_US || db_begin_read(s->setup.db, s->after, &db).why) {
        return;
    }
    struct err e = s->setup.refresh(db, s->setup.refreshed);
    db_end_read(db);
    s->refreshed_us = now;
    if (e.why) {
        log_fault(LOG_WARN, "taking in settings", e);
    }
}

/* While another one writes, it waits for a later turn. */
static void look_after(struct server *s, bool is_prune, int64_t now) {
    struct db_write *db;
    struct err e = db_try_write(s->setup.db, s->after, &db);
    if (!e.why && !db) {
        return;
    }
    if (!e.why) {
        e = write_down(s, db, is_prune);
        if (e.why) {
            db_rollback(db);
        } else {
            e = db_commit(db);
        }
    }
    if (e.why) {
        log_fault(LOG_WARN, "writing down what a turn found", e);
    }
    s->touched_n = s->found_n = s->slow_n = 0;
    s->pruned_us = now;
}

void server_after_turn(struct server *s) {
    int64_t now = clock_monotonic_us();
    refresh(s, now);
    bool is_prune = now - s->pruned_us > PRUNE_US;
    err_ignore(audit_views_flush(s->setup.db, s->after, false));
    if (s->touched_n || s->found_n || s->slow_n || is_prune) {
        look_after(s, is_prune, now);
    }
    arena_reset(s->after);
}
