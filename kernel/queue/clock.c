#include "kernel/queue/clock.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/clock_queries.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"

#include "base/banned.h"

/* How far the wall clock may have gone on since it was taken, for a process that hears of it. */
static const int64_t TAKEN_MS = 86400 * INT64_C(1000);
/* A jump that lasts is told again after this. */
static const int64_t TELL_MS = 6 * 3600 * INT64_C(1000);

struct clock_state clock_state(void) {
    struct clock_state s = {0};
    s.is_held = clock_is_held(&s.wall);
    s.now = clock_now();
    return s;
}

static void take_if_taken(const struct clock_known_row_row *row, struct instant wall) {
    int64_t since = wall.ms - row->taken_at.ms;
    if (row->taken_at.ms && since >= -1000 && since < TAKEN_MS) {
        clock_take_wall();
        log_line(LOG_WARN, "the machine's clock was taken as right");
    }
}

struct err clock_start(struct db_read *db) {
    struct clock_known_row_row *row = NULL;
    struct instant wall;
    TRY(clock_known_row(db, &row));
    if (!row || clock_is_frozen()) {
        return OK;
    }
    clock_begin(&(struct clock_mark){row->known_at, row->steady_ms, row->boot});
    if (clock_is_held(&wall)) {
        log_line(LOG_ERROR, "the machine's clock is not believed: it differs by %lld s from the last known instant",
                 (long long)((wall.ms - row->known_at.ms) / 1000));
        take_if_taken(row, wall);
    }
    return OK;
}

struct err clock_look(struct db_read *db) {
    struct clock_known_row_row *row = NULL;
    struct instant wall;
    if (!clock_is_held(&wall)) {
        return OK;
    }
    TRY(clock_known_row(db, &row));
    if (row) {
        take_if_taken(row, wall);
    }
    return OK;
}

void clock_follow(struct db *db) {
    struct db_read *r = NULL;
    struct instant wall;
    if (!clock_is_held(&wall)) {
        return;
    }
    struct arena *own = arena_new();
    struct err e = db_begin_read(db, own, &r);
    if (!e.why) {
        e = clock_look(r);
        db_end_read(r);
    }
    if (e.why) {
        log_fault(LOG_WARN, "the clock", e);
    }
    arena_free(own);
}

struct str clock_words(struct arena *a, const struct clock_state *s) {
    if (!s->is_held) {
        return S("");
    }
    struct buf wall = buf_in(a), now = buf_in(a);
    instant_put_vi(&wall, s->wall);
    instant_put_vi(&now, s->now);
    return str_format(a,
                      "Đồng hồ máy chủ báo %.*s, lệch với giờ đã biết. Hệ thống tạm giữ giờ %.*s cho đến khi đồng hồ "
                      "đúng lại hoặc người quản trị xác nhận.",
                      STR_ARG(buf_str(&wall)), STR_ARG(buf_str(&now)));
}

static struct err tick_in(struct db_write *db, const struct clock_state *s) {
    struct clock_known_row_row *row = NULL;
    struct clock_mark mark = clock_mark(db_write_arena(db));
    if (!s->is_held) {
        return clock_known_set(db, (struct clock_known_set_in){mark.at, mark.boot, mark.steady_ms}, NULL);
    }
    TRY(clock_known_row(db_reading(db), &row));
    if (!row || (row->told_at.ms && s->now.ms - row->told_at.ms < TELL_MS)) {
        return OK;
    }
    TRY(clock_told_set(db, (struct clock_told_set_in){s->now}, NULL));
    TRY(audit_note(db, &(struct audit){.verb = S("clock.held")}));
    struct str words = clock_words(db_write_arena(db), s);
    struct buf body = buf_in(db_write_arena(db));
    log_line(LOG_ERROR, "%.*s", STR_ARG(words));
    BUF_LIT(&body, "{\"words\":");
    json_str(&body, words);
    BUF_LIT(&body, "}");
    return event_emit(db, &(struct event){.kind = S("clock.held"), .body = buf_str(&body)});
}

struct err clock_tick(struct db *db, struct arena *arena) {
    struct db_read *r = NULL;
    struct db_write *w = NULL;
    TRY(db_begin_read(db, arena, &r));
    struct err e = clock_look(r);
    db_end_read(r);
    TRY(e);
    if (clock_is_frozen()) {
        return OK;
    }
    struct clock_state s = clock_state();
    TRY(db_begin_write(db, arena, &w));
    e = tick_in(w, &s);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct err clock_take(struct db_write *db) {
    struct clock_state s = clock_state();
    if (!s.is_held) {
        return REFUSE(ERR_CONFLICT, "", "Đồng hồ máy chủ đang khớp, không có gì phải xác nhận.");
    }
    struct arena *a = db_write_arena(db);
    struct clock_mark mark = clock_mark(a);
    TRY(clock_taken_set(db, (struct clock_taken_set_in){s.wall, mark.boot, mark.steady_ms}, NULL));
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"time\":\"");
    instant_put_iso(&b, s.wall);
    BUF_LIT(&b, "\"}");
    return audit_note(db, &(struct audit){.verb = S("clock.taken"), .after = buf_str(&b)});
}
