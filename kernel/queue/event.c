#include "kernel/queue/event.h"

#include "kernel/queue/event_queries.h"
#include "kernel/db/wake.h"

#include "base/arena.h"

#include "base/banned.h"

static void poke(struct db *db, void *thing) {
    (void)thing;
    wake_poke(db, "event");
}

struct err event_emit(struct db_write *db, const struct event *e) {
    struct event_insert_row *row = NULL;
    TRY(event_insert(db,
                     (struct event_insert_in){.kind = e->kind,
                                              .record = e->record,
                                              .for_principal = e->to,
                                              .post = e->post ? e->post : db_actor(db)->post,
                                              .body = e->body,
                                              .made_at = clock_now()},
                     &row));
    db_after_commit(db, poke, NULL);
    return OK;
}

struct err event_last_id(struct db_read *db, int64_t *id) {
    struct event_highest_row *row = NULL;
    TRY(event_highest(db, &row));
    *id = row ? row->highest : 0;
    return OK;
}

struct err event_id_before(struct db_read *db, struct instant at, int64_t *id) {
    struct event_before_row *row = NULL;
    TRY(event_before(db, (struct event_before_in){at}, &row));
    *id = row ? row->number.v : 0;
    return OK;
}

struct err event_after(struct db_read *db, int64_t last, int64_t limit, struct event_list *events, bool *is_complete) {
    struct event_bounds_row *bounds = NULL;
    struct event_read_rows rows;
    *events = (struct event_list){0};
    TRY(event_bounds(db, &bounds));
    *is_complete = !bounds || bounds->lowest == 0 || bounds->lowest <= last + 1;
    TRY(event_read(db, (struct event_read_in){.last = last, .most = limit}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct event_read_row *r = &rows.at[i];
        LIST_ADD(db_arena(db), events,
                 (struct event){.kind = r->kind,
                                .record = r->record,
                                .to = r->for_principal,
                                .post = r->post,
                                .body = r->body,
                                .id = r->number.v,
                                .at = r->made_at});
    }
    return OK;
}

struct err event_audience(struct db_read *db, const struct event *e, struct access_ids *posts) {
    *posts = (struct access_ids){0};
    if (!e->to) {
        return e->record ? access_posts(db, e->record, posts) : OK;
    }
    return access_posts_wearing(db, e->to, posts);
}

struct err event_may_see(struct db_read *db, const struct event *e, int64_t post, bool *may) {
    *may = false;
    if (!e->to) {
        return e->record ? access_can(db, e->record, post, CAN_READ, may) : OK;
    }
    return access_post_wears(db, post, e->to, may);
}

struct err event_prune(struct db_write *db, struct instant before, int64_t *pruned) {
    return event_delete_heard(db, (struct event_delete_heard_in){before}, pruned);
}

struct err event_retry(struct db_write *db, int64_t parked) {
    int64_t changed = 0;
    TRY(event_parked_mark(db, (struct event_parked_mark_in){{parked}}, &changed));
    if (!changed) {
        return FAIL(ERR_MISSING, "no such parked event");
    }
    db_after_commit(db, poke, NULL);
    return OK;
}

struct err event_erase(struct db_write *db, int64_t record) {
    TRY(event_erase_bodies(db, (struct event_erase_bodies_in){record}, NULL));
    return event_erase_parked(db, (struct event_erase_parked_in){record}, NULL);
}
