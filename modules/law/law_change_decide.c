/* What people decide of events, and what is not applied yet. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"
#include "modules/law/law_change.h"
#include "modules/law/law_change_queries.h"
#include "modules/org/org.h"

static struct str json_of(struct arena *a, struct str state, struct str eid, struct date on) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"state\":");
    json_str(&b, state);
    BUF_LIT(&b, ",\"place\":");
    json_str(&b, eid);
    BUF_LIT(&b, ",\"on\":");
    json_str(&b, on.year ? date_iso(a, on) : S(""));
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

static struct err refuse_if_not_whole(const struct law_change_event_row *e, struct date on) {
    if (!e->target_work.v) {
        return REFUSE(ERR_INVALID, "event", "Văn bản được sửa chưa có trong thư viện, nên chưa áp dụng được.");
    }
    if (!on.year) {
        return REFUSE(ERR_INVALID, "on", "Cần ngày có hiệu lực để áp dụng.");
    }
    return OK;
}

static struct err decided_tell(struct db_write *db, const struct law_change_event_row *e, struct str verb,
                               struct str before, struct str after) {
    TRY(audit_note(
        db, &(struct audit){.verb = verb, .kind = S("law"), .record = e->id.v, .before = before, .after = after}));
    struct law_work_id work = e->target_work.v ? e->target_work : e->acting_work;
    return event_emit(db, &(struct event){.kind = S("law.changed"), .record = work.v, .body = S("{}")});
}

struct err law_change_decide(struct db_write *db, const struct law_decision *d) {
    struct law_change_event_row *e;
    struct arena *a = db_write_arena(db);
    TRY(law_change_event(db_reading(db), (struct law_change_event_in){.id = d->event}, &e));
    if (!e) {
        return FAIL(ERR_MISSING, "no such event");
    }
    struct str eid = d->is_corrected ? d->eid : e->target_eid;
    struct date on = d->is_corrected ? d->on : e->effective_on;
    if (d->what == LAW_ACCEPT) {
        TRY(refuse_if_not_whole(e, on));
    }
    struct str state = d->what == LAW_ACCEPT ? S("verified") : d->what == LAW_REJECT ? S("rejected") : S("review");
    struct str why = d->why.len || d->what != LAW_UNDO ? d->why : S("Quyết định trước đã được hoàn tác; chờ xem lại.");
    int64_t post = db_actor(db)->post, changed;
    TRY(law_change_event_decide(db,
                                (struct law_change_event_decide_in){.state = state,
                                                                    .why = why,
                                                                    .target_eid = eid,
                                                                    .effective_on = on,
                                                                    .decided_by = post ? post : 1,
                                                                    .decided_at = clock_now(),
                                                                    .version = d->version,
                                                                    .id = d->event},
                                &changed));
    if (!changed) {
        return org_stale(db_reading(db), d->version, e->decided_by, e->decided_at);
    }
    if (e->target_work.v) {
        TRY(law_change_rebuild(db, e->target_work, NULL));
    }
    struct str verb = d->what == LAW_ACCEPT   ? S("law.event_accept")
                      : d->what == LAW_REJECT ? S("law.event_reject")
                                              : S("law.event_undo");
    return decided_tell(db, e, verb, json_of(a, e->state, e->target_eid, e->effective_on), json_of(a, state, eid, on));
}

static struct str why_not(const struct law_change_unapplied_of_row *e, struct date on) {
    if (e->why.len) {
        return e->why;
    }
    if (str_eq(e->state, S("review"))) {
        return S("Đang chờ người xem lại.");
    }
    if (e->effective_on.year && date_cmp(e->effective_on, on) > 0) {
        return S("Chưa tới ngày có hiệu lực.");
    }
    return S("Chưa áp dụng vào bản đọc.");
}

struct err law_change_unapplied(struct db_read *db, struct law_work_id work, struct date on,
                                struct law_unapplied_list *list) {
    struct arena *a = db_arena(db);
    struct law_change_unapplied_of_rows rows;
    struct law_change_given_row *given;
    *list = (struct law_unapplied_list){0};
    TRY(law_change_given(db, (struct law_change_given_in){.work = work}, &given));
    TRY(law_change_unapplied_of(db, (struct law_change_unapplied_of_in){.target_work = work, .day = on}, &rows));
    list->at = arena_take(a, struct law_unapplied, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const struct law_change_unapplied_of_row *e = &rows.at[i];
        enum law_op op = LAW_AMEND;
        /* Codified words have the changes of earlier days in them. */
        bool is_codified = given && str_eq(given->given, S("codified"));
        bool is_within = is_codified && e->effective_on.year && date_cmp(e->effective_on, on) <= 0 &&
                         (!given->dated_on.year || date_cmp(e->effective_on, given->dated_on) <= 0);
        if (is_within || !law_op_read(e->op, &op)) {
            continue;
        }
        list->at[list->n++] =
            (struct law_unapplied){.event = e->id,
                                   .op_name = law_op_name(op),
                                   .place = e->target_eid.len ? law_eid_words(a, e->target_eid) : S("Toàn bộ văn bản"),
                                   .acting = e->acting_work,
                                   .acting_name = law_name(a, e->type, e->code, e->short_title, e->title, e->issued_on),
                                   .effective_on = e->effective_on,
                                   .why = why_not(e, on),
                                   .evidence = e->evidence};
    }
    return OK;
}
