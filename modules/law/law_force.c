#include "modules/law/law_force.h"

#include "kernel/index/feed.h"
#include "modules/law/law_queries.h"

struct err law_touch(struct db_write *db, struct law_work_id work) {
    struct law_articles_of_rows rows;
    TRY(law_articles_of(db_reading(db), (struct law_articles_of_in){.work = work}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(search_touch(db, S("law"), rows.at[i].id.v));
    }
    return search_touch(db, S("law"), work.v);
}

static void earliest(struct date *kept, struct date on) {
    if (!kept->year || date_cmp(on, *kept) < 0) {
        *kept = on;
    }
}

/* One event, in the order of their days. */
static void take(struct law_force *f, struct str op, bool is_whole, struct date on) {
    bool is_end = str_eq(op, S("repeal")) || str_eq(op, S("replace"));
    if (is_whole && is_end) {
        earliest(&f->ended_on, on);
    } else if (is_end || str_eq(op, S("amend"))) {
        earliest(&f->partly_on, on);
    } else if (is_whole && str_eq(op, S("suspend"))) {
        f->suspended_on = on;
        f->resumed_on = (struct date){0};
    } else if (is_whole && str_eq(op, S("resume"))) {
        f->resumed_on = on;
    }
}

static bool is_same(const struct law_force *a, const struct law_force *b) {
    return date_is(a->ended_on, b->ended_on) && date_is(a->partly_on, b->partly_on) &&
           date_is(a->suspended_on, b->suspended_on) && date_is(a->resumed_on, b->resumed_on);
}

struct err law_force_keep(struct db_write *db, struct law_work_id work) {
    struct law_work_by_id_row *was;
    struct law_events_of_target_rows events;
    struct law_force now = {0};
    TRY(law_work_by_id(db_reading(db), (struct law_work_by_id_in){work}, &was));
    if (!was) {
        return FAIL(ERR_MISSING, "no such work");
    }
    TRY(law_events_of_target(db_reading(db), (struct law_events_of_target_in){.target_work = work}, &events));
    for (size_t i = 0; i < events.n; i++) {
        take(&now, events.at[i].op, events.at[i].target_eid.len == 0, events.at[i].effective_on);
    }
    if (is_same(&now, &LAW_FORCE_OF(was))) {
        return OK;
    }
    TRY(law_force_set(db,
                      (struct law_force_set_in){.id = work,
                                                .ended_on = now.ended_on,
                                                .partly_on = now.partly_on,
                                                .suspended_on = now.suspended_on,
                                                .resumed_on = now.resumed_on,
                                                .changed_at = clock_now()},
                      NULL));
    return law_touch(db, work);
}
