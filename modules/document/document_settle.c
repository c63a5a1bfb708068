/* What follows from a document's state: who may see it, in whose tabs it stands, and what is told of a change. */
#include "kernel/db/id.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "kernel/page/json.h"
#include "kernel/index/feed.h"
#include "modules/document/document_acts.h"

#include "base/buf.h"
#include "base/utf8.h"

/* The document with all that decides about it. */
struct whole {
    struct db_write *db;
    const struct document_by_id_row *doc;
    struct document_line_list_rows lines;
    int64_t clerks, leaders;
    int64_t arrival;
};

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

bool document_is_open(struct str state) {
    return is(state, "received") || is(state, "presented") || is(state, "assigned");
}

static struct err give(const struct whole *w, int64_t principal, unsigned can) {
    if (!principal) {
        return OK;
    }
    return access_give(w->db, &(struct access_grant_new){
                                  .kind = S("document"), .record = w->doc->id.v, .principal = principal, .can = can});
}

static struct err settle_rights(const struct whole *w) {
    TRY(access_take_all(w->db, w->doc->id.v));
    TRY(give(w, w->clerks, CAN_READ | CAN_MANAGE));
    if (is(w->doc->state, "draft")) {
        return give(w, w->doc->created_by, CAN_READ | CAN_MANAGE);
    }
    TRY(give(w, w->leaders, CAN_READ | CAN_MANAGE | CAN_APPROVE));
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct document_line_list_row *l = &w->lines.at[i];
        if (is(l->state, "recalled")) {
            continue;
        }
        bool acts = !is(l->role, "inform") && !is(l->state, "returned");
        TRY(give(w, l->target, acts ? CAN_READ | CAN_ACT : CAN_READ));
    }
    return OK;
}

static struct err put(const struct whole *w, int64_t principal, struct str box, int64_t line, bool is_new) {
    if (!principal) {
        return OK;
    }
    return document_box_put(w->db,
                            (struct document_box_put_in){.principal = principal,
                                                         .box = box,
                                                         .doc = w->doc->id,
                                                         .line = line,
                                                         .arrival = w->arrival,
                                                         .due_day = S(""),
                                                         .is_new = is_new},
                            NULL);
}

static struct err put_due(const struct whole *w, int64_t principal, int64_t line, struct date due) {
    if (!principal || !due.year) {
        return OK;
    }
    struct str day = date_iso(db_write_arena(w->db), due);
    return document_box_put(w->db,
                            (struct document_box_put_in){.principal = principal,
                                                         .box = S("due"),
                                                         .doc = w->doc->id,
                                                         .line = line,
                                                         .arrival = w->arrival,
                                                         .due_day = day},
                            NULL);
}

/* A line to lead, cooperate or know, in its receiver's tabs. */
static struct err settle_line(const struct whole *w, const struct document_line_list_row *l) {
    bool is_over = is(w->doc->state, "closed") || is(w->doc->state, "void");
    if (is(l->state, "recalled")) {
        return OK;
    }
    TRY(put(w, l->target, S("all"), 0, false));
    if (is(l->role, "inform")) {
        return l->read_at.ms || is_over ? OK : put(w, l->target, S("inform"), l->id.v, true);
    }
    if (is(l->state, "returned")) {
        if (!is_over && l->directive.v) {
            TRY(put(w, l->sent_by, S("returned"), l->id.v, false));
        }
        return put(w, l->target, S("returned"), l->id.v, false);
    }
    if (is(l->state, "done")) {
        return put(w, l->target, S("done"), l->id.v, false);
    }
    TRY(put(w, l->target, l->state, l->id.v, is(l->state, "waiting")));
    return put_due(w, l->target, l->id.v, l->due_on);
}

static struct err settle_boxes(const struct whole *w) {
    const struct document_by_id_row *d = w->doc;
    struct str box = is(d->state, "assigned") ? S("working") : d->state;
    TRY(put(w, w->clerks, S("all"), 0, false));
    TRY(put(w, w->clerks, box, 0, false));
    if (is(d->state, "draft")) {
        return OK;
    }
    TRY(put(w, w->leaders, S("all"), 0, false));
    if (document_is_open(d->state)) {
        TRY(put_due(w, w->clerks, 0, d->due_on));
    }
    if (is(d->state, "presented")) {
        TRY(put(w, d->presented_to, S("presented"), 0, true));
        TRY(put_due(w, d->presented_to, 0, d->due_on));
    } else if (is(d->state, "assigned")) {
        TRY(put(w, d->directed_by, S("given"), 0, false));
        TRY(put_due(w, d->directed_by, 0, d->due_on));
    } else if (is(d->state, "reported")) {
        TRY(put(w, d->directed_by, S("reported"), 0, true));
    } else if (is(d->state, "closed")) {
        TRY(put(w, w->leaders, S("closed"), 0, false));
    }
    for (size_t i = 0; i < w->lines.n; i++) {
        TRY(settle_line(w, &w->lines.at[i]));
    }
    return OK;
}

struct err document_settle(struct db_write *db, struct document_doc_id id) {
    struct db_read *r = db_reading(db);
    struct document_by_id_row *doc;
    TRY(document_by_id(r, (struct document_by_id_in){id}, &doc));
    if (!doc) {
        TRY(document_count_less(db, (struct document_count_less_in){id}, NULL));
        TRY(document_box_clear(db, (struct document_box_clear_in){id}, NULL));
        TRY(access_take_all(db, id.v));
        return search_touch(db, S("document"), id.v);
    }
    struct whole w = {.db = db, .doc = doc};
    TRY(document_line_list(r, (struct document_line_list_in){id}, &w.lines));
    TRY(org_group(r, (struct unit_id){doc->organ}, ROLE_CLERK, &w.clerks));
    TRY(org_group(r, (struct unit_id){doc->organ}, ROLE_LEADER, &w.leaders));
    w.arrival = doc->arrival_no ? doc->arrival_on.year * INT64_C(10000000) + doc->arrival_no : doc->created_at.ms;
    TRY(settle_rights(&w));
    TRY(document_count_less(db, (struct document_count_less_in){id}, NULL));
    TRY(document_box_clear(db, (struct document_box_clear_in){id}, NULL));
    TRY(settle_boxes(&w));
    TRY(document_count_more(db, (struct document_count_more_in){id}, NULL));
    return search_touch(db, S("document"), id.v);
}

static struct str words_body(struct arena *a, struct str words) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(words, 300));
    BUF_LIT(&b, "}");
    return buf_str(&b);
}

struct err document_deed(struct db_write *db, const struct who *who, const struct document_deed *deed) {
    TRY(document_step_insert(db,
                             (struct document_step_insert_in){.id = {id_new()},
                                                              .doc = deed->doc,
                                                              .made_at = clock_now(),
                                                              .kind = str_of(deed->kind),
                                                              .by_post = who ? who->post.v : 0,
                                                              .by_name = who ? who->name : S("Hệ thống"),
                                                              .by_post_name = who ? who->post_name : S(""),
                                                              .text = deed->text,
                                                              .due_on = deed->due_on,
                                                              .directive = deed->directive,
                                                              .line = deed->line,
                                                              .file = deed->file},
                             NULL));
    TRY(audit_note(db, &(struct audit){.verb = str_of(deed->verb),
                                       .kind = S("document"),
                                       .record = deed->doc.v,
                                       .person = who ? who->person.v : 0,
                                       .post = who ? who->post.v : 0,
                                       .after = deed->audited}));
    /* Pages fetch what they may show; the event itself says nothing of the content. */
    return event_emit(
        db, &(struct event){.kind = str_of(deed->verb), .record = deed->doc.v, .post = who ? who->post.v : 0});
}

struct err document_tell(struct db_write *db, struct document_doc_id doc, int64_t to, const char *kind,
                         struct str words) {
    if (!to) {
        return OK;
    }
    return event_emit(
        db, &(struct event){
                .kind = str_of(kind), .record = doc.v, .to = to, .body = words_body(db_write_arena(db), words)});
}

/* ---- What another office of the system sends arrives as a draft with all that is known of it, without being typed:
   nobody of the sender's gets any right on it. What the sender says of it later is told there too. */

static struct err paper_put(struct db_write *db, struct document_doc_id id, const struct document_delivery *d) {
    return document_file_insert(db,
                                (struct document_file_insert_in){.id = {id_new()},
                                                                 .doc = id,
                                                                 .file = d->file,
                                                                 .role = S("main"),
                                                                 .name = d->file_name,
                                                                 .size = d->file_size,
                                                                 .added_at = clock_now()},
                                NULL);
}

static struct err facts_put(struct db_write *db, struct document_doc_id id, const struct document_delivery *d) {
    int64_t number = 0, changed;
    struct str notation = S("");
    (void)document_code_split(d->code, &number, &notation);
    TRY(document_fill(
        db,
        (struct document_fill_in){.type = d->type,
                                  .number = number,
                                  .notation = notation,
                                  .code = d->code,
                                  .issued_on = d->issued_on,
                                  .subject = d->subject,
                                  .issuer_unit = d->issuer.v,
                                  .issuer = d->issuer_name,
                                  .signer = d->signer,
                                  .signer_post = S(""),
                                  .priority = d->priority,
                                  .field = d->field,
                                  .note = S(""),
                                  .due_on = d->due_on,
                                  .due_why = d->due_on.year ? S("Thời hạn ghi trong văn bản.") : S(""),
                                  .duplicate_key = document_key(db_write_arena(db), d->code, d->issuer_name),
                                  .changed_at = clock_now(),
                                  .version = 1,
                                  .id = id},
        &changed));
    return changed ? OK : FAIL(ERR_BROKEN, "a document changed within the transaction that made it");
}

struct err document_receive(struct db_write *db, const struct document_delivery *d, struct document_doc_id *id) {
    int64_t clerks;
    *id = (struct document_doc_id){id_new()};
    TRY(document_insert(db,
                        (struct document_insert_in){.id = *id,
                                                    .organ = d->organ.v,
                                                    .subject = d->subject,
                                                    .sha256 = d->file.v ? d->sha256 : S(""),
                                                    .reading = S("none"),
                                                    .created_at = clock_now()},
                        NULL));
    TRY(facts_put(db, *id, d));
    if (d->file.v) {
        TRY(paper_put(db, *id, d));
    }
    TRY(document_settle(db, *id));
    TRY(document_deed(
        db, NULL,
        &(struct document_deed){.doc = *id, .kind = "receive", .verb = "document.drafted", .text = d->provenance}));
    TRY(org_group(db_reading(db), d->organ, ROLE_CLERK, &clerks));
    return document_tell(db, *id, clerks, "document.arrived",
                         str_format(db_write_arena(db), "Văn bản mới: %.*s", STR_ARG(utf8_cut(d->subject, 200))));
}

struct err document_sender_says(struct db_write *db, struct document_doc_id id, struct str words) {
    struct document_by_id_row *doc;
    int64_t clerks;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){id}, &doc));
    if (!doc || is(doc->state, "void")) {
        return OK;
    }
    TRY(document_deed(
        db, NULL,
        &(struct document_deed){.doc = id, .kind = "receive", .verb = "document.sender_said", .text = words}));
    TRY(org_group(db_reading(db), (struct unit_id){doc->organ}, ROLE_CLERK, &clerks));
    TRY(document_tell(db, id, clerks, "document.sender_said", words));
    return document_tell(db, id, doc->lead, "document.sender_said", words);
}
