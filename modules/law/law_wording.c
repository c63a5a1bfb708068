/* The words of a place on a day. */
#include "base/arena.h"
#include "modules/law/law.h"
#include "modules/law/law_queries.h"
#include "modules/law/law_read_queries.h"

static bool stands(struct date from, struct date to, struct date on) {
    return (!from.year || date_cmp(from, on) <= 0) && (!to.year || date_cmp(to, on) > 0);
}

/* Rows are in the order of their days: the one that stands, else the last that began before, else the first to come. */
static const struct law_versions_at_row *row_on(const struct law_versions_at_rows *rows, struct date on) {
    const struct law_versions_at_row *before = NULL;
    for (size_t i = 0; i < rows->n; i++) {
        const struct law_versions_at_row *r = &rows->at[i];
        if (stands(r->from_on, r->until_on, on)) {
            return r;
        }
        before = !r->from_on.year || date_cmp(r->from_on, on) <= 0 ? r : before;
    }
    return before ? before : rows->n ? &rows->at[0] : NULL;
}

struct err law_wording(struct db_read *db, struct law_work_id work, struct str eid, struct date on,
                       struct law_wording *wording) {
    struct law_versions_at_rows rows;
    TRY(law_versions_at(db, (struct law_versions_at_in){.work = work, .eid = eid}, &rows));
    const struct law_versions_at_row *r = row_on(&rows, on);
    if (!r) {
        return FAIL(ERR_MISSING, "no such place in the work");
    }
    *wording = (struct law_wording){.provision = r->id,
                                    .work = work,
                                    .version = r->version,
                                    .eid = eid,
                                    .label = r->label,
                                    .level = r->level,
                                    .heading = r->heading,
                                    .text = r->text,
                                    .valid_from = r->from_on,
                                    .valid_to = r->until_on,
                                    .is_there = stands(r->from_on, r->until_on, on),
                                    .is_computed = str_eq(r->kind, S("computed"))};
    return OK;
}

struct err law_wordings(struct db_read *db, struct law_work_id work, struct str eid, struct date on,
                        struct law_wordings *all) {
    struct arena *a = db_arena(db);
    struct law_versions_below_rows rows;
    struct law_provision_by_eid_row *top = NULL;
    *all = (struct law_wordings){0};
    if (eid.len) {
        TRY(law_provision_by_eid(db, (struct law_provision_by_eid_in){.work = work, .eid = eid}, &top));
        if (!top) {
            return FAIL(ERR_MISSING, "no such place in the work");
        }
    }
    /* What is below X has keys that begin with X and a full stop; the next place's differ before that. */
    struct str low = top ? top->sort_key : S(""), high = top ? str_format(a, "%.*s/", STR_ARG(low)) : S("~");
    TRY(law_versions_below(db, (struct law_versions_below_in){.work = work, .low = low, .high = high, .day = on},
                           &rows));
    all->at = arena_take(a, struct law_wording, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        struct law_versions_below_row *r = &rows.at[i];
        all->at[all->n++] = (struct law_wording){.provision = r->id,
                                                 .work = work,
                                                 .version = r->version,
                                                 .eid = r->eid,
                                                 .label = r->label,
                                                 .level = r->level,
                                                 .heading = r->heading,
                                                 .text = r->text,
                                                 .valid_from = r->from_on,
                                                 .valid_to = r->until_on,
                                                 .is_there = true,
                                                 .is_computed = str_eq(r->kind, S("computed"))};
    }
    return OK;
}

struct err law_where(struct db_read *db, struct law_provision_id id, struct law_where *where) {
    struct law_read_provision_row *row;
    TRY(law_read_provision(db, (struct law_read_provision_in){id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such place of law");
    }
    *where = (struct law_where){.work = row->work, .eid = row->eid};
    return OK;
}

struct err law_ended_by(struct db_read *db, struct law_provision_id place, struct date on, struct law_work_id *act) {
    struct law_read_ended_by_rows rows;
    *act = (struct law_work_id){0};
    TRY(law_read_ended_by(db, (struct law_read_ended_by_in){.place = place, .day = on}, &rows));
    for (size_t i = 0; i < rows.n && !act->v; i++) {
        struct law_work_head head;
        TRY(law_work_head(db, rows.at[i].acting_work, on, &head));
        bool is_in_force = head.status == LAW_IN_FORCE || head.status == LAW_PARTLY;
        *act = is_in_force ? head.id : (struct law_work_id){0};
    }
    return OK;
}
