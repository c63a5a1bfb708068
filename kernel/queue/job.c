#include "kernel/queue/job.h"

#include "kernel/queue/event.h"
#include "kernel/db/id.h"
#include "kernel/queue/job_inside.h"
#include "kernel/queue/job_queries.h"
#include "kernel/db/wake.h"

#include "base/arena.h"

#include "base/banned.h"

static void poke(struct db *db, void *thing) {
    (void)thing;
    wake_poke(db, "job");
}

struct err job_event(struct db_write *db, const struct job_view *v) {
    bool may = false;
    if (v->record) {
        TRY(access_can(db_reading(db), v->record, v->post, CAN_READ, &may));
    }
    if (!v->record && !v->post) {
        return OK;
    }
    /* The record's readers see it; while the post itself is not yet one of them, the post alone. */
    bool to_post = !may && v->post != 0;
    struct str body =
        str_format(db_write_arena(db), "{\"job\":\"%lld\",\"kind\":\"%.*s\",\"state\":%d,\"done\":%lld,\"total\":%lld}",
                   (long long)v->id, STR_ARG(v->kind), (int)v->state, (long long)v->done, (long long)v->total);
    return event_emit(db, &(struct event){.kind = S("job.progress"),
                                          .record = v->record,
                                          .to = to_post ? v->post : 0,
                                          .post = v->post,
                                          .body = body});
}

struct err job_add(struct db_write *db, const struct job_new *j, int64_t *id) {
    struct instant now = clock_now();
    struct job_queued_like_row *same = NULL;
    if (j->is_single) {
        TRY(job_queued_like(db_reading(db), (struct job_queued_like_in){j->record, j->kind}, &same));
    }
    int64_t made = same ? same->id.v : id_new();
    if (id) {
        *id = made;
    }
    if (same) {
        return OK;
    }
    db_after_commit(db, poke, NULL);
    return job_insert(db,
                      (struct job_insert_in){.id = {made},
                                             .kind = j->kind,
                                             .record = j->record,
                                             .args = j->args,
                                             .post = j->post ? j->post : db_actor(db)->post,
                                             .not_before = j->not_before.ms ? j->not_before.ms : now.ms,
                                             .added_at = now},
                      NULL);
}

struct err job_cancel(struct db_write *db, int64_t id) {
    int64_t changed = 0;
    TRY(job_cancel_queued(db, (struct job_cancel_queued_in){clock_now(), {id}}, &changed));
    if (!changed) {
        TRY(job_cancel_running(db, (struct job_cancel_running_in){{id}}, &changed));
    }
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Việc này đã kết thúc, không huỷ được nữa.");
    }
    struct job_view *v = NULL;
    TRY(job_find(db_reading(db), id, &v));
    return v ? job_event(db, v) : OK;
}

struct err job_is_under_way(struct db_read *db, struct str kind, int64_t record, bool *is) {
    struct job_under_way_rows rows;
    *is = false;
    TRY(job_under_way(db, (struct job_under_way_in){record, kind}, &rows));
    *is = rows.n > 0;
    return OK;
}

struct err job_cancel_about(struct db_write *db, struct str kind, int64_t record) {
    struct job_under_way_rows rows;
    TRY(job_under_way(db_reading(db), (struct job_under_way_in){record, kind}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(job_cancel(db, rows.at[i].id.v));
    }
    return OK;
}

struct err job_retry(struct db_write *db, int64_t id) {
    int64_t changed = 0;
    TRY(job_requeue(db, (struct job_requeue_in){clock_now().ms, {id}}, &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ chạy lại được việc đã lỗi hoặc đã huỷ.");
    }
    db_after_commit(db, poke, NULL);
    struct job_view *v = NULL;
    TRY(job_find(db_reading(db), id, &v));
    return v ? job_event(db, v) : OK;
}

#define VIEW_OF(r)                                                                                                     \
    ((struct job_view){.id = (r)->number.v,                                                                            \
                       .kind = (r)->kind,                                                                              \
                       .record = (r)->record,                                                                          \
                       .post = (r)->post,                                                                              \
                       .state = (enum job_state)(r)->state,                                                            \
                       .tries = (r)->tries,                                                                            \
                       .done = (r)->done,                                                                              \
                       .total = (r)->total,                                                                            \
                       .words = (r)->words,                                                                            \
                       .fault = (r)->fault,                                                                            \
                       .added_at = (r)->added_at,                                                                      \
                       .ended_at = (r)->ended_at,                                                                      \
                       .is_cancelling = (r)->is_cancelling})

struct err job_find(struct db_read *db, int64_t id, struct job_view **view) {
    struct job_row_row *row = NULL;
    *view = NULL;
    TRY(job_row(db, (struct job_row_in){{id}}, &row));
    if (row) {
        *view = arena_take(db_arena(db), struct job_view, 1);
        **view = VIEW_OF(row);
    }
    return OK;
}

struct err job_latest(struct db_read *db, struct str kind, int64_t record, struct job_view **view) {
    struct job_row_latest_row *row = NULL;
    *view = NULL;
    TRY(job_row_latest(db, (struct job_row_latest_in){record, kind}, &row));
    if (row) {
        *view = arena_take(db_arena(db), struct job_view, 1);
        **view = VIEW_OF(row);
    }
    return OK;
}

struct err job_list(struct db_read *db, enum job_state state, int64_t before, int64_t limit, struct job_list *jobs) {
    struct job_rows_rows rows;
    *jobs = (struct job_list){0};
    TRY(job_rows(db,
                 (struct job_rows_in){.before = before ? before : INT64_MAX, .state = (int64_t)state, .most = limit},
                 &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), jobs, VIEW_OF(&rows.at[i]));
    }
    return OK;
}

struct str job_state_words(enum job_state state) {
    switch (state) {
    case JOB_QUEUED: return S("Đang chờ");
    case JOB_RUNNING: return S("Đang chạy");
    case JOB_DONE: return S("Đã xong");
    case JOB_FAILED: return S("Lỗi");
    case JOB_CANCELLED: return S("Đã huỷ");
    }
    return S("");
}

struct err job_erase(struct db_write *db, int64_t record) {
    TRY(job_erase_queued(db, (struct job_erase_queued_in){.ended_at = clock_now(), .record = record}, NULL));
    TRY(job_erase_running(db, (struct job_erase_running_in){record}, NULL));
    return job_erase_words(db, (struct job_erase_words_in){record}, NULL);
}
