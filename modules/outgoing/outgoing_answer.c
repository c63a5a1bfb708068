/* The receiver's side: seen, answered; and what the sender's clerk writes down of bodies outside. */
#include "base/arena.h"
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "modules/document/document.h"
#include "modules/outgoing/outgoing_rules.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err outgoing_delivery_find(struct db_read *db, struct outgoing_delivery_id id, const struct who *who,
                                  struct outgoing_delivery_by_id_row **delivery, struct outgoing_by_id_row **doc) {
    TRY(access_require(db, id.v, who->post.v, CAN_READ));
    TRY(outgoing_delivery_by_id(db, (struct outgoing_delivery_by_id_in){id}, delivery));
    if (!*delivery) {
        return FAIL(ERR_MISSING, "no such delivery");
    }
    return outgoing_by_id(db, (struct outgoing_by_id_in){(*delivery)->doc}, doc);
}

/* The sender is told; both sides' boxes follow. */
static struct err answered(struct db_write *db, const struct who *who, const struct outgoing_delivery_by_id_row *v,
                           const struct outgoing_by_id_row *doc, struct str text) {
    struct arena *a = db_write_arena(db);
    TRY(outgoing_delivery_settle(db, v->id));
    TRY(outgoing_done(db, who, doc->id,
                      &(struct outgoing_deed){.verb = "outgoing.answer", .about = v->name, .text = text}));
    return outgoing_tell(db, &(struct outgoing_told){
                                 .record = doc->id.v,
                                 .to = doc->author,
                                 .kind = "outgoing.answered",
                                 .words = str_format(a, "%.*s đã trả lời %.*s", STR_ARG(v->name), STR_ARG(doc->code))});
}

static struct err answer_put(struct db_write *db, const struct outgoing_delivery_by_id_row *v, struct str by,
                             struct str text) {
    int64_t changed = 0;
    TRY(outgoing_delivery_answered(db,
                                   (struct outgoing_delivery_answered_in){
                                       .id = v->id, .answer = text, .answered_by = by, .answered_at = clock_now()},
                                   &changed));
    return changed ? OK : REFUSE(ERR_CONFLICT, "", "Nơi này đã trả lời rồi.");
}

struct err outgoing_answer(struct db_write *db, const struct who *who, struct outgoing_delivery_id id, struct str text,
                           const struct outgoing_paper *paper) {
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    TRY(outgoing_delivery_find(db_reading(db), id, who, &v, &doc));
    TRY(access_require(db_reading(db), id.v, who->post.v, CAN_ACT));
    if (!is(doc->state, "issued")) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản này đã được thu hồi hoặc thay thế, không cần trả lời nữa.");
    }
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nội dung trả lời.");
    }
    TRY(answer_put(db, v, who->name, text));
    if (paper->file.v) {
        TRY(outgoing_file_insert(db,
                                 (struct outgoing_file_insert_in){.id = {id_new()},
                                                                  .doc = doc->id,
                                                                  .delivery = id.v,
                                                                  .role = S("answer"),
                                                                  .file = paper->file,
                                                                  .name = paper->name,
                                                                  .size = paper->size,
                                                                  .sha256 = paper->sha256,
                                                                  .added_by = who->post.v,
                                                                  .added_at = clock_now()},
                                 NULL));
    }
    if (v->incoming) {
        TRY(document_sender_says(db, (struct document_doc_id){v->incoming},
                                 str_format(db_write_arena(db), "Đơn vị đã trả lời cơ quan gửi: %.*s", STR_ARG(text))));
    }
    /* On the sender's record the act is the receiver's, whose name it bears; no right on that record comes with it. */
    return answered(db, NULL, v, doc, text);
}

struct err outgoing_see(struct db_write *db, const struct who *who, struct outgoing_delivery_id id) {
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    int64_t changed = 0;
    TRY(outgoing_delivery_find(db_reading(db), id, who, &v, &doc));
    TRY(access_require(db_reading(db), id.v, who->post.v, CAN_ACT));
    TRY(outgoing_delivery_read(db, (struct outgoing_delivery_read_in){.id = id, .read_at = clock_now()}, &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản này đã được đánh dấu đã xem.");
    }
    TRY(outgoing_delivery_settle(db, id));
    TRY(act_done(db, &(struct act){.verb = S("outgoing.read"), .kind = S("outgoing"), .record = doc->id.v}));
    return OK;
}

/* A delivery of a body outside, for the sender's clerk. */
static struct err outside_of(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                             struct outgoing_delivery_id delivery, struct outgoing_delivery_by_id_row **v,
                             struct outgoing_by_id_row **doc) {
    TRY(outgoing_find(db_reading(db), id, who, doc));
    TRY(access_require(db_reading(db), id.v, who->post.v, CAN_MANAGE));
    TRY(outgoing_delivery_by_id(db_reading(db), (struct outgoing_delivery_by_id_in){delivery}, v));
    if (!*v || (*v)->doc.v != id.v) {
        return FAIL(ERR_MISSING, "no such delivery of the document");
    }
    return is((*v)->kind, "outside") ? OK : REFUSE(ERR_CONFLICT, "", "Nơi này nhận và trả lời ngay trên hệ thống.");
}

struct err outgoing_sent(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                         struct outgoing_delivery_id delivery) {
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    int64_t changed = 0;
    TRY(outside_of(db, who, id, delivery, &v, &doc));
    TRY(outgoing_delivery_sent(db, (struct outgoing_delivery_sent_in){.id = delivery, .sent_at = clock_now()},
                               &changed));
    if (!changed) {
        return REFUSE(ERR_CONFLICT, "", "Nơi này đã được ghi là đã gửi.");
    }
    return outgoing_done(db, who, id, &(struct outgoing_deed){.verb = "outgoing.sent", .about = v->name});
}

struct err outgoing_answered(struct db_write *db, const struct who *who, struct outgoing_doc_id id,
                             struct outgoing_delivery_id delivery, struct str text) {
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    TRY(outside_of(db, who, id, delivery, &v, &doc));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nơi này trả lời gì, bằng văn bản nào.");
    }
    TRY(answer_put(db, v, who->name, text));
    return answered(db, who, v, doc, text);
}

/* What came in at a receiver was registered there: that is how an office takes up what it was sent. */
struct err outgoing_hear(struct db_write *db, const struct event *e) {
    struct outgoing_delivery_of_incoming_row *v;
    int64_t changed = 0;
    TRY(outgoing_delivery_of_incoming(db_reading(db), (struct outgoing_delivery_of_incoming_in){e->record}, &v));
    if (!v) {
        return OK;
    }
    TRY(outgoing_delivery_read(db, (struct outgoing_delivery_read_in){.id = v->id, .read_at = e->at}, &changed));
    if (!changed) {
        return OK;
    }
    TRY(outgoing_delivery_settle(db, v->id));
    return event_emit(db, &(struct event){.kind = S("outgoing.read"), .record = v->doc.v, .post = e->post});
}
