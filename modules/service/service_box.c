/* The boxes of the queue: each counter is the length of its list. */
#include "base/arena.h"
#include "base/num.h"
#include "modules/service/service_inside.h"

#include "base/banned.h"

const char *const service_box_codes[SERVICE_BOXES] = {"new", "open", "asked", "soon", "late", "done"};

static struct str soon_of(struct arena *a) { return service_key(a, date_plus(clock_today(), SERVICE_SOON_DAYS), 0); }

static struct err done_rows(struct db_read *db, const struct who *who, const struct service_box_ask *ask,
                            struct service_box_rows *rows) {
    struct service_box_done_rows done;
    TRY(service_box_done(db,
                         (struct service_box_done_in){.organ = who->organ.v,
                                                      .before = ask->before ? ask->before : INT64_MAX,
                                                      .procedure = ask->procedure,
                                                      .post = who->post.v,
                                                      .most = ask->most},
                         &done));
    *rows = (struct service_box_rows){arena_take(db_arena(db), struct service_box_row, done.n + 1), done.n};
    for (size_t i = 0; i < done.n; i++) {
        const struct service_box_done_row *r = &done.at[i];
        rows->at[i] = (struct service_box_row){.id = r->id,
                                               .code = r->code,
                                               .procedure = r->procedure,
                                               .state = r->state,
                                               .step = r->step,
                                               .applicant = r->applicant,
                                               .channel = r->channel,
                                               .due_key = r->due_key,
                                               .made_at = r->made_at};
    }
    return OK;
}

struct err service_box_rows(struct db_read *db, const struct who *who, const struct service_box_ask *ask,
                            struct service_box_rows *rows) {
    struct arena *a = db_arena(db);
    struct str now = service_key_now(a, clock_now());
    bool is_timed = ask->box == SERVICE_BOX_SOON || ask->box == SERVICE_BOX_LATE;
    struct str phase = ask->box == SERVICE_BOX_OPEN || is_timed ? S("open")
                       : ask->box == SERVICE_BOX_ASKED          ? S("supplement")
                                                                : S("new");
    if (ask->box == SERVICE_BOX_DONE) {
        return done_rows(db, who, ask, rows);
    }
    return service_box(db,
                       (struct service_box_in){.organ = who->organ.v,
                                               .phase = phase,
                                               .other = is_timed ? S("new") : phase,
                                               .from = ask->box == SERVICE_BOX_SOON ? now : S(""),
                                               .until = ask->box == SERVICE_BOX_SOON   ? soon_of(a)
                                                        : ask->box == SERVICE_BOX_LATE ? now
                                                                                       : S("99999"),
                                               .after_due = ask->after_due,
                                               .after_id = ask->after,
                                               .procedure = ask->procedure,
                                               .post = who->post.v,
                                               .most = ask->most},
                       rows);
}

struct err service_box_counts(struct db_read *db, const struct who *who, int64_t *counts) {
    struct service_counts_row *row;
    struct arena *a = db_arena(db);
    TRY(service_counts(
        db,
        (struct service_counts_in){
            .organ = who->organ.v, .now = service_key_now(a, clock_now()), .soon = soon_of(a), .post = who->post.v},
        &row));
    counts[SERVICE_BOX_NEW] = row ? row->fresh : 0;
    counts[SERVICE_BOX_OPEN] = row ? row->open : 0;
    counts[SERVICE_BOX_ASKED] = row ? row->asked : 0;
    counts[SERVICE_BOX_SOON] = row ? row->soon : 0;
    counts[SERVICE_BOX_LATE] = row ? row->late : 0;
    counts[SERVICE_BOX_DONE] = 0;
    return OK;
}
