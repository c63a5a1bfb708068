/* What follows from a document's state: who may see it, in whose boxes it stands, and what is told of a change. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "kernel/rights/touch.h"
#include "modules/outgoing/outgoing_rules.h"
#include "modules/task/task.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* A document with those who have to do with it. */
struct whole {
    struct db_write *db;
    const struct outgoing_by_id_row *doc;
    int64_t clerks, leaders;
    struct outgoing_turns_of_rows turns;
};

static bool was_issued(struct str state) {
    return is(state, "issued") || is(state, "replaced") || is(state, "recalled");
}

static struct err give(const struct whole *w, int64_t principal, unsigned can) {
    return principal ? access_give(w->db, &(struct access_grant_new){.kind = S("outgoing"),
                                                                     .record = w->doc->id.v,
                                                                     .principal = principal,
                                                                     .can = can | CAN_READ})
                     : OK;
}

static struct err settle_rights(const struct whole *w) {
    const struct outgoing_by_id_row *d = w->doc;
    struct outgoing_approvals_of_rows done;
    TRY(access_take_all(w->db, d->id.v));
    TRY(give(w, d->author, CAN_MANAGE));
    TRY(outgoing_approvals_of(db_reading(w->db), (struct outgoing_approvals_of_in){d->id}, &done));
    for (size_t i = 0; i < done.n; i++) {
        TRY(give(w, done.at[i].by_post, CAN_READ));
    }
    for (size_t i = 0; is(d->state, "waiting") && i < w->turns.n; i++) {
        TRY(give(w, w->turns.at[i].principal, CAN_ACT));
    }
    if (is(d->state, "approved") || is(d->state, "numbered")) {
        TRY(give(w, w->clerks, CAN_ACT));
    }
    if (was_issued(d->state)) {
        TRY(give(w, w->clerks, CAN_ACT | CAN_MANAGE));
        TRY(give(w, w->leaders, CAN_MANAGE | CAN_APPROVE));
        TRY(give(w, d->unit, CAN_READ));
    }
    return task_rights(w->db, S("outgoing"), d->id.v);
}

static struct err put(const struct whole *w, int64_t principal, struct str box, struct str due) {
    return principal ? outgoing_box_put(w->db,
                                        (struct outgoing_box_put_in){.principal = principal,
                                                                     .box = box,
                                                                     .item = w->doc->id.v,
                                                                     .type = w->doc->type,
                                                                     .due_day = due},
                                        NULL)
                     : OK;
}

/* Answers are waited for as long as one is missing. */
static struct err settle_replies(const struct whole *w) {
    struct outgoing_counted_answers_row *n;
    if (!w->doc->reply_on.year) {
        return OK;
    }
    TRY(outgoing_counted_answers(db_reading(w->db), (struct outgoing_counted_answers_in){w->doc->id}, &n));
    return n && n->answered < n->all_of
               ? put(w, w->doc->author, S("replies"), date_iso(db_write_arena(w->db), w->doc->reply_on))
               : OK;
}

static struct err settle_boxes(const struct whole *w) {
    const struct outgoing_by_id_row *d = w->doc;
    TRY(outgoing_box_clear(w->db, (struct outgoing_box_clear_in){d->id.v}, NULL));
    if (is(d->state, "draft")) {
        return put(w, d->author, d->is_returned ? S("returned") : S("draft"), S(""));
    }
    if (is(d->state, "waiting")) {
        TRY(put(w, d->author, S("sent"), S("")));
        for (size_t i = 0; i < w->turns.n; i++) {
            TRY(put(w, w->turns.at[i].principal, S("turn"), S("")));
        }
        return OK;
    }
    if (is(d->state, "approved") || is(d->state, "numbered")) {
        TRY(put(w, d->author, S("sent"), S("")));
        return put(w, w->clerks, S("number"), S(""));
    }
    if (was_issued(d->state)) {
        TRY(put(w, w->clerks, S("issued"), S("")));
        TRY(put(w, w->leaders, S("issued"), S("")));
        TRY(put(w, d->unit, S("issued"), S("")));
    }
    return is(d->state, "issued") ? settle_replies(w) : OK;
}

struct err outgoing_settle(struct db_write *db, struct outgoing_doc_id id) {
    struct outgoing_by_id_row *doc;
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){id}, &doc));
    if (!doc) {
        return FAIL(ERR_MISSING, "no such outgoing document");
    }
    struct whole w = {.db = db, .doc = doc};
    TRY(org_group(db_reading(db), (struct unit_id){doc->organ}, ROLE_CLERK, &w.clerks));
    TRY(org_group(db_reading(db), (struct unit_id){doc->organ}, ROLE_LEADER, &w.leaders));
    TRY(outgoing_turns_of(db_reading(db), (struct outgoing_turns_of_in){id}, &w.turns));
    TRY(settle_rights(&w));
    TRY(settle_boxes(&w));
    return search_touch(db, S("outgoing"), id.v);
}

/* ---- A delivery: read by the receiver's clerks and leaders, or by the unit of the same office. */

static struct err delivery_put(struct db_write *db, const struct outgoing_delivery_by_id_row *v,
                               const struct outgoing_by_id_row *doc, int64_t principal) {
    struct arena *a = db_write_arena(db);
    bool is_over = !is(doc->state, "issued") || is(v->state, "answered");
    bool is_asked = doc->reply_on.year && !is_over;
    const struct {
        struct str box;
        bool is_in;
    } boxes[] = {{S("got"), true},
                 {S("answer"), is_asked},
                 {S("inform"), is(v->kind, "inside") && is(v->state, "unread") && !is_over}};
    TRY(access_give(db,
                    &(struct access_grant_new){
                        .kind = S("delivery"), .record = v->id.v, .principal = principal, .can = CAN_READ | CAN_ACT}));
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        if (boxes[i].is_in) {
            TRY(outgoing_box_put(db,
                                 (struct outgoing_box_put_in){.principal = principal,
                                                              .box = boxes[i].box,
                                                              .item = v->id.v,
                                                              .type = doc->type,
                                                              .due_day = is_asked ? date_iso(a, doc->reply_on) : S("")},
                                 NULL));
        }
    }
    return OK;
}

struct err outgoing_delivery_settle(struct db_write *db, struct outgoing_delivery_id id) {
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    int64_t clerks, leaders;
    TRY(outgoing_delivery_by_id(db_reading(db), (struct outgoing_delivery_by_id_in){id}, &v));
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){v->doc}, &doc));
    TRY(outgoing_box_clear(db, (struct outgoing_box_clear_in){id.v}, NULL));
    if (is(v->kind, "outside")) {
        return OK;
    }
    if (is(v->kind, "inside")) {
        return delivery_put(db, v, doc, v->unit);
    }
    TRY(org_group(db_reading(db), (struct unit_id){v->unit}, ROLE_CLERK, &clerks));
    TRY(org_group(db_reading(db), (struct unit_id){v->unit}, ROLE_LEADER, &leaders));
    TRY(delivery_put(db, v, doc, clerks));
    return delivery_put(db, v, doc, leaders);
}

/* ---- What every act ends with */

struct err outgoing_tell(struct db_write *db, const struct outgoing_told *told) {
    struct buf b = buf_in(db_write_arena(db));
    if (!told->to) {
        return OK;
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(told->words, 300));
    if (told->path.len) {
        BUF_LIT(&b, ",\"path\":");
        json_str(&b, told->path);
    }
    BUF_LIT(&b, "}");
    return event_emit(
        db, &(struct event){.kind = str_of(told->kind), .record = told->record, .to = told->to, .body = buf_str(&b)});
}

static struct err approval_add(struct db_write *db, const struct who *who, const struct outgoing_by_id_row *doc,
                               const struct outgoing_deed *deed) {
    return outgoing_approval_insert(db,
                                    (struct outgoing_approval_insert_in){.id = {id_new()},
                                                                         .doc = doc->id,
                                                                         .round = doc->round,
                                                                         .step = deed->step,
                                                                         .act = str_of(deed->act),
                                                                         .draft_no = doc->draft_no,
                                                                         .hash = doc->draft_hash,
                                                                         .person = who ? who->person.v : 0,
                                                                         .by_post = who ? who->post.v : 0,
                                                                         .by_name = who ? who->name : S(""),
                                                                         .by_post_name = who ? who->post_name : S(""),
                                                                         .text = deed->text,
                                                                         .done_at = clock_now()},
                                    NULL);
}

struct err outgoing_done(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         const struct outgoing_deed *deed) {
    struct outgoing_by_id_row *doc;
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){id}, &doc));
    if (deed->act) {
        TRY(approval_add(db, who, doc, deed));
    }
    TRY(outgoing_settle(db, id));
    TRY(thread_add(db, who,
                   &(struct thread_new){.kind = S("outgoing"),
                                        .record = id.v,
                                        .verb = deed->verb,
                                        .about = deed->about,
                                        .text = deed->text,
                                        .papers = deed->papers},
                   NULL));
    struct str after = str_format(db_write_arena(db), "{\"state\":\"%.*s\",\"draft\":%lld}", STR_ARG(doc->state),
                                  (long long)doc->draft_no);
    return act_done(db,
                    &(struct act){.verb = str_of(deed->verb), .kind = S("outgoing"), .record = id.v, .after = after});
}
