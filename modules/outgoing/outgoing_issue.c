/* Issue to all receivers in one act, and what the sender does afterwards: recall, replacement, correction, reminding,
   copies. An office of the system gets an incoming document of its own; nothing is sent twice. */
#include "base/arena.h"
#include "base/list.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/record/series.h"
#include "modules/document/document.h"
#include "modules/outgoing/outgoing_rules.h"
#include "modules/place/place.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Whom it goes to */

static bool has_unit(const struct outgoing_receivers *r, int64_t unit) {
    for (size_t i = 0; i < r->all.n; i++) {
        if (r->all.at[i].unit == unit && unit) {
            return true;
        }
    }
    return false;
}

static void receiver_add(struct arena *a, struct outgoing_receivers *r, const struct outgoing_by_id_row *doc,
                         const struct outgoing_units_row *u) {
    bool is_inside = u->organ == doc->organ;
    bool is_commune = is(u->kind, "front") && is(u->level, "commune") && str_starts(u->code, S("MT"));
    if (!has_unit(r, u->id.v)) {
        LIST_ADD(a, &r->all,
                 (struct outgoing_receiver){.unit = u->id.v,
                                            .name = u->name,
                                            .kind = is_inside ? S("inside") : S("organ"),
                                            .place = is_commune ? str_slice(u->code, 2, u->code.len) : S(""),
                                            .organ = u->organ});
    }
}

static void outside_add(struct arena *a, struct outgoing_receivers *r, struct str lines) {
    struct str rest = lines, line;
    while (str_next(&rest, '\n', &line)) {
        struct str name = str_trim(line);
        bool is_there = !name.len;
        for (size_t i = 0; i < r->all.n && !is_there; i++) {
            is_there = !r->all.at[i].unit && str_eq(r->all.at[i].name, name);
        }
        if (!is_there) {
            LIST_ADD(a, &r->all, (struct outgoing_receiver){.name = name, .kind = S("outside")});
        }
    }
}

struct err outgoing_receivers(struct db_read *db, const struct outgoing_by_id_row *doc, struct outgoing_receivers *r) {
    struct arena *a = db_arena(db);
    struct outgoing_units_rows units;
    struct outgoing_targets_of_rows chosen;
    *r = (struct outgoing_receivers){0};
    TRY(outgoing_units(db, (struct outgoing_units_in){.organ = doc->organ}, &units));
    TRY(outgoing_targets_of(db, (struct outgoing_targets_of_in){doc->id}, &chosen));
    for (size_t i = 0; i < units.n; i++) {
        const struct outgoing_units_row *u = &units.at[i];
        bool is_in = (doc->to_communes && is(u->kind, "front") && is(u->level, "commune")) ||
                     (doc->to_members && is(u->kind, "union") && is(u->level, "city"));
        for (size_t k = 0; k < chosen.n && !is_in; k++) {
            is_in = chosen.at[k].unit == u->id.v;
        }
        if (is_in) {
            receiver_add(a, r, doc, u);
        }
    }
    outside_add(a, r, doc->outside);
    return OK;
}

/* ---- Issue */

struct sending {
    struct db_write *db;
    const struct outgoing_by_id_row *doc;
    const struct outgoing_issue *issue;
    struct org_unit organ;
};

static struct err arrive(const struct sending *s, const struct outgoing_receiver *r, struct document_doc_id *incoming) {
    const struct outgoing_by_id_row *d = s->doc;
    struct str from = str_format(db_write_arena(s->db), "Nhận trên hệ thống từ %.*s, mã hộ chiếu %.*s.",
                                 STR_ARG(s->organ.name), STR_ARG(d->passport));
    return document_receive(s->db,
                            &(struct document_delivery){.organ = {r->organ},
                                                        .issuer = {d->organ},
                                                        .issuer_name = s->organ.name,
                                                        .type = d->type,
                                                        .code = d->code,
                                                        .subject = d->subject,
                                                        .field = d->field,
                                                        .signer = d->signer_name,
                                                        .priority = d->priority,
                                                        .issued_on = d->dated_on,
                                                        .due_on = d->reply_on,
                                                        .file = s->issue->paper.file,
                                                        .file_name = s->issue->paper.name,
                                                        .file_size = s->issue->paper.size,
                                                        .sha256 = s->issue->paper.sha256,
                                                        .provenance = from},
                            incoming);
}

static struct err send(const struct sending *s, const struct outgoing_receiver *r) {
    struct outgoing_delivery_id id = {id_new()};
    struct document_doc_id incoming = {0};
    bool is_outside = is(r->kind, "outside");
    if (is(r->kind, "organ")) {
        TRY(arrive(s, r, &incoming));
    }
    TRY(outgoing_delivery_insert(
        s->db,
        (struct outgoing_delivery_insert_in){.id = id,
                                             .doc = s->doc->id,
                                             .kind = r->kind,
                                             .unit = r->unit,
                                             .name = r->name,
                                             .place = r->place,
                                             .state = is_outside ? S("unsent") : S("unread"),
                                             .incoming = incoming.v,
                                             .sent_at = is_outside ? (struct instant){0} : clock_now()},
        NULL));
    TRY(outgoing_delivery_settle(s->db, id));
    if (!is(r->kind, "inside")) {
        return OK;
    }
    struct arena *a = db_write_arena(s->db);
    return outgoing_tell(s->db,
                         &(struct outgoing_told){.record = id.v,
                                                 .to = r->unit,
                                                 .kind = "outgoing.received",
                                                 .words = str_format(a, "Văn bản mới: %.*s", STR_ARG(s->doc->subject)),
                                                 .path = str_format(a, "/outgoing/delivery/%lld", (long long)id.v)});
}

static struct err paper_keep(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                             const struct outgoing_paper *p) {
    return outgoing_file_insert(db,
                                (struct outgoing_file_insert_in){.id = {id_new()},
                                                                 .doc = id,
                                                                 .role = S("issued"),
                                                                 .file = p->file,
                                                                 .name = p->name,
                                                                 .size = p->size,
                                                                 .sha256 = p->sha256,
                                                                 .added_by = who->post.v,
                                                                 .added_at = clock_now()},
                                NULL);
}

struct err outgoing_issue(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                          const struct outgoing_issue *issue) {
    struct outgoing_by_id_row *doc;
    struct outgoing_receivers to;
    TRY(outgoing_begin(db, who, id, "issue", &doc));
    if (!issue->paper.file.v) {
        return REFUSE(ERR_INVALID, "file", "Mời đưa lên bản đã ký, đóng dấu (bản quét PDF).");
    }
    TRY(outgoing_receivers(db_reading(db), doc, &to));
    if (!to.all.n) {
        return REFUSE(ERR_CONFLICT, "", "Chưa có nơi nhận nào.");
    }
    TRY(paper_keep(db, who, id, &issue->paper));
    TRY(outgoing_issued(db,
                        (struct outgoing_issued_in){.id = id,
                                                    .sha256 = issue->paper.sha256,
                                                    .issued_at = clock_now(),
                                                    .pages = issue->pages,
                                                    .copies = issue->copies},
                        NULL));
    struct sending s = {.db = db, .issue = issue};
    TRY(org_unit(db_reading(db), (struct unit_id){doc->organ}, &s.organ));
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){id}, &doc));
    s.doc = doc;
    for (size_t i = 0; i < to.all.n; i++) {
        TRY(send(&s, &to.all.at[i]));
    }
    TRY(outgoing_follow(db, who, doc));
    struct str about = str_format(db_write_arena(db), "%zu", to.all.n);
    return outgoing_done(db, who, id,
                         &(struct outgoing_deed){.act = "issue", .verb = "outgoing.issue", .about = about});
}

/* ---- Afterwards */

/* Every receiver sees it at once: their boxes, and the thread of what it became there. */
static struct err tell_receivers(struct db_write *db, struct outgoing_doc_id id, struct str words) {
    struct outgoing_deliveries_rows all;
    TRY(outgoing_deliveries(db_reading(db), (struct outgoing_deliveries_in){.doc = id, .state = S(""), .place = S("")},
                            &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct outgoing_deliveries_row *v = &all.at[i];
        TRY(outgoing_delivery_settle(db, v->id));
        if (v->incoming) {
            TRY(document_sender_says(db, (struct document_doc_id){v->incoming}, words));
        } else if (v->unit) {
            TRY(outgoing_tell(db,
                              &(struct outgoing_told){.record = v->id.v,
                                                      .to = v->unit,
                                                      .kind = "outgoing.received",
                                                      .words = words,
                                                      .path = str_format(db_write_arena(db), "/outgoing/delivery/%lld",
                                                                         (long long)v->id.v)}));
        }
    }
    return OK;
}

static struct err end(struct db_write *db, const struct outgoing_by_id_row *doc, const char *state, struct str reason) {
    return outgoing_ended(
        db,
        (struct outgoing_ended_in){.id = doc->id, .state = str_of(state), .reason = reason, .ended_at = clock_now()},
        NULL);
}

struct err outgoing_recall(struct db_write *db, const struct who *who, struct outgoing_doc_id id, struct str reason) {
    struct arena *a = db_write_arena(db);
    struct outgoing_by_id_row *doc;
    TRY(outgoing_begin(db, who, id, "recall", &doc));
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do thu hồi; nơi nhận sẽ thấy lý do này.");
    }
    TRY(end(db, doc, "recalled", reason));
    TRY(tell_receivers(
        db, id, str_format(a, "Cơ quan gửi đã thu hồi văn bản %.*s: %.*s", STR_ARG(doc->code), STR_ARG(reason))));
    return outgoing_done(db, who, id,
                         &(struct outgoing_deed){.act = "recall", .verb = "outgoing.recall", .text = reason});
}

struct err outgoing_follow(struct db_write *db, const struct who *who, const struct outgoing_by_id_row *doc) {
    struct arena *a = db_write_arena(db);
    struct outgoing_by_id_row *old;
    if (is(doc->relation, "answers")) {
        struct outgoing_delivery_id id = {doc->related};
        struct outgoing_delivery_by_id_row *v;
        TRY(outgoing_delivery_answered(db,
                                       (struct outgoing_delivery_answered_in){.id = id,
                                                                              .answered_by = doc->code,
                                                                              .answered_at = clock_now(),
                                                                              .answer_doc = doc->id.v,
                                                                              .answer = doc->subject},
                                       NULL));
        TRY(outgoing_delivery_by_id(db_reading(db), (struct outgoing_delivery_by_id_in){id}, &v));
        TRY(outgoing_delivery_settle(db, id));
        return outgoing_done(
            db, NULL, v->doc,
            &(struct outgoing_deed){.verb = "outgoing.answer", .about = v->name, .text = doc->subject});
    }
    if (!doc->relation.len) {
        return OK;
    }
    TRY(outgoing_by_id(db_reading(db), (struct outgoing_by_id_in){{doc->related}}, &old));
    bool replaces = is(doc->relation, "replaces");
    struct str words = str_format(
        a, replaces ? "Văn bản %.*s được thay bằng văn bản %.*s." : "Văn bản %.*s được đính chính bằng văn bản %.*s.",
        STR_ARG(old->code), STR_ARG(doc->code));
    if (replaces) {
        TRY(end(db, old, "replaced", words));
    }
    TRY(tell_receivers(db, old->id, words));
    return outgoing_done(
        db, who, old->id,
        &(struct outgoing_deed){.verb = replaces ? "outgoing.replaced" : "outgoing.corrected", .about = doc->code});
}

struct err outgoing_remind(struct db_write *db, const struct who *who, struct outgoing_doc_id id, int64_t *told) {
    struct arena *a = db_write_arena(db);
    struct outgoing_by_id_row *doc;
    struct outgoing_deliveries_rows all;
    TRY(outgoing_begin(db, who, id, "remind", &doc));
    if (!doc->reply_on.year) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản này không yêu cầu trả lời.");
    }
    *told = 0;
    TRY(outgoing_deliveries(db_reading(db), (struct outgoing_deliveries_in){.doc = id, .state = S(""), .place = S("")},
                            &all));
    struct str words = str_format(a, "Đôn đốc trả lời văn bản %.*s, hạn %.*s.", STR_ARG(doc->code),
                                  STR_ARG(date_vi(a, doc->reply_on)));
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].incoming && !is(all.at[i].state, "answered")) {
            TRY(document_sender_says(db, (struct document_doc_id){all.at[i].incoming}, words));
            (*told)++;
        }
    }
    TRY(outgoing_delivery_remind(db, (struct outgoing_delivery_remind_in){.doc = id, .reminded_at = clock_now()},
                                 NULL));
    struct str about = str_format(a, "%lld", (long long)*told);
    return outgoing_done(db, who, id, &(struct outgoing_deed){.verb = "outgoing.remind", .about = about});
}

struct err outgoing_copy(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         const struct outgoing_copying *copy) {
    struct arena *a = db_write_arena(db);
    struct outgoing_by_id_row *doc;
    struct series series = {str_format(a, "outgoing.copy.%.*s", STR_ARG(copy->kind)), who->organ.v, clock_today().year};
    int64_t number;
    TRY(outgoing_begin(db, who, id, "copy", &doc));
    if (copy->copies < 1) {
        return REFUSE(ERR_INVALID, "copies", "Mời ghi số bản.");
    }
    TRY(series_next(db, &series, &number));
    size_t slash = str_find(doc->code, S("/"), 0);
    struct str notation = str_slice(doc->code, slash + 1, doc->code.len);
    struct str prefix = str_format(a, "%.*s-", STR_ARG(doc->type));
    if (str_starts(notation, prefix)) {
        notation = str_slice(notation, prefix.len, notation.len);
    }
    struct str code = outgoing_code(a, number, copy->kind, notation);
    TRY(outgoing_copy_insert(db,
                             (struct outgoing_copy_insert_in){.id = {id_new()},
                                                              .doc = id,
                                                              .kind = copy->kind,
                                                              .code = code,
                                                              .copies = copy->copies,
                                                              .receivers = copy->receivers,
                                                              .by_post = who->post.v,
                                                              .by_name = who->name,
                                                              .made_at = clock_now()},
                             NULL));
    return outgoing_done(db, who, id, &(struct outgoing_deed){.verb = "outgoing.copy", .about = code});
}
