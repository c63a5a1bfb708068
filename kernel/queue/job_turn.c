/* Whose turn it is. Standing jobs first; then whoever of those waiting had a turn longest ago, and of his kinds of work
   the one that had. Who queues a thousand files waits for them himself, and nobody else does. */
#include "kernel/queue/job_inside.h"
#include "kernel/queue/job_queries.h"

#include "base/banned.h"

enum { DAY_S = 86400, BACK_S = 3600 };

const struct job_kind *job_kind_find(const struct job_worker *w, struct str name) {
    for (size_t i = 0; i < w->n_kinds; i++) {
        if (str_eq(str_of(w->kinds[i].name), name)) {
            return &w->kinds[i];
        }
    }
    return NULL;
}

static bool may_take(const struct job_worker *w, const struct job_kind *k) {
    return !w->is_reserved || (k && (k->is_short || k->every_s));
}

static bool is_before(const struct job_waiting_row *a, bool a_stands, const struct job_waiting_row *b, bool b_stands) {
    if (a_stands != b_stands) {
        return a_stands;
    }
    return a->of_post != b->of_post ? a->of_post < b->of_post : a->of_kind < b->of_kind;
}

/* Those that were dropped had their turn already. */
static struct err pick_dropped(struct db_read *db, const struct job_worker *w, struct job_job_id *id) {
    struct job_dropped_rows dropped;
    TRY(job_dropped(db, (struct job_dropped_in){clock_now().ms}, &dropped));
    for (size_t i = 0; i < dropped.n && !id->v; i++) {
        if (may_take(w, job_kind_find(w, dropped.at[i].kind))) {
            *id = dropped.at[i].id;
        }
    }
    return OK;
}

struct err job_pick(struct db_read *db, const struct job_worker *w, struct job_job_id *id) {
    struct job_waiting_rows rows;
    const struct job_waiting_row *best = NULL;
    struct job_oldest_row *oldest = NULL;
    bool best_stands = false;
    int64_t now = clock_now().ms;
    *id = (struct job_job_id){0};
    TRY(job_waiting(db, (struct job_waiting_in){now}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct job_kind *k = job_kind_find(w, rows.at[i].kind);
        bool stands = k && k->every_s;
        if (may_take(w, k) && (!best || is_before(&rows.at[i], stands, best, best_stands))) {
            best = &rows.at[i];
            best_stands = stands;
        }
    }
    if (!best_stands) {
        TRY(pick_dropped(db, w, id));
    }
    if (best && !id->v) {
        TRY(job_oldest(db, (struct job_oldest_in){best->kind, best->post, now}, &oldest));
        *id = oldest ? oldest->id : *id;
    }
    return OK;
}

struct amiss {
    const struct job_kind *kind;
    int64_t now, latest, lease_latest;
    bool is_lost, is_any;
};

static struct err look(struct db_read *db, const struct job_kind *k, struct amiss *x) {
    struct job_kind_state_row *row = NULL;
    int64_t now = clock_now().ms, most_s = k->every_s          ? 2 * (int64_t)k->every_s
                                           : k->put_off_most_s ? k->put_off_most_s
                                                               : DAY_S;
    *x = (struct amiss){
        .kind = k, .now = now, .latest = now + most_s * 1000, .lease_latest = now + DAY_S * INT64_C(1000)};
    TRY(job_kind_state(
        db, (struct job_kind_state_in){.kind = str_of(k->name), .latest = x->latest, .lease_latest = x->lease_latest},
        &row));
    x->is_lost = k->every_s && !(row && row->has_any);
    x->is_any = x->is_lost || (row && (row->has_far || row->has_long));
    return OK;
}

static struct err mend(struct db_write *db, const struct amiss *x) {
    struct str kind = str_of(x->kind->name);
    TRY(job_nearer(db, (struct job_nearer_in){.now = x->now, .kind = kind, .latest = x->latest}, NULL));
    TRY(job_lease_shorter(db, (struct job_lease_shorter_in){.kind = kind, .latest = x->lease_latest}, NULL));
    int64_t in_s = x->kind->every_s < BACK_S ? x->kind->every_s : BACK_S;
    struct job_new back = {.kind = kind, .not_before = {x->now + in_s * 1000}, .is_single = true};
    return x->is_lost ? job_add(db, &back, NULL) : OK;
}

/* Another worker may have mended it between: looked at again inside. */
static struct err mend_commit(struct db *db, struct arena *arena, const struct job_kind *k) {
    struct db_write *w = NULL;
    struct amiss x;
    TRY(db_begin_write(db, arena, &w));
    struct err e = look(db_reading(w), k, &x);
    e = e.why || !x.is_any ? e : mend(w, &x);
    if (e.why || !x.is_any) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

struct err job_standing_keep(struct db *db, struct arena *arena, const struct job_worker *w) {
    for (size_t i = 0; i < w->n_kinds; i++) {
        struct db_read *r = NULL;
        struct amiss x;
        TRY(db_begin_read(db, arena, &r));
        struct err e = look(r, &w->kinds[i], &x);
        db_end_read(r);
        TRY(e);
        if (x.is_any) {
            TRY(mend_commit(db, arena, &w->kinds[i]));
        }
    }
    return OK;
}
