/* Letters being written: kept on the server, queued so that they can be taken back, and sent. */
#include "kernel/db/id.h"
#include "modules/document/document.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err mail_draft(struct db_read *db, const struct who *who, int64_t id, struct mail_draft_by_id_row **draft) {
    bool may = false;
    TRY(mail_draft_by_id(db, (struct mail_draft_by_id_in){.id = {id}}, draft));
    if (!*draft || (*draft)->post != who->post.v) {
        return FAIL(ERR_MISSING, "no such draft, or another's");
    }
    TRY(access_can(db, (*draft)->box.v, who->post.v, CAN_ACT, &may));
    return may ? OK : FAIL(ERR_MISSING, "the box is another's by now");
}

static struct err draft_open(struct db_write *db, const struct who *who, int64_t id,
                             struct mail_draft_by_id_row **draft) {
    TRY(mail_draft(db_reading(db), who, id, draft));
    if (!is((*draft)->state, "draft")) {
        return REFUSE(ERR_CONFLICT, "", "Thư này không còn là nháp. Mời mở lại trang.");
    }
    return OK;
}

static struct err insert(struct db_write *db, const struct who *who, struct mail_draft_insert_in in, int64_t *id) {
    in.id.v = id_new();
    in.post = who->post.v;
    in.post_name = who->name;
    in.changed_at = clock_now();
    *id = in.id.v;
    return mail_draft_insert(db, in, NULL);
}

struct err mail_draft_begin(struct db_write *db, const struct who *who, int64_t box, int64_t *id) {
    struct mail_box_by_id_row *row;
    if (box) {
        TRY(mail_box_open(db_reading(db), who, box, &row));
    } else {
        TRY(mail_box_get(db, who->post.v, &row));
    }
    return insert(db, who, (struct mail_draft_insert_in){.box = row->id}, id);
}

static struct err to_put(struct db_write *db, int64_t draft, int64_t principal, struct str role) {
    return mail_draft_to_put(db, (struct mail_draft_to_put_in){.draft = {draft}, .principal = principal, .role = role},
                             NULL);
}

/* An answer leaves for outside by the box's way. */
static struct err way_of(struct db_read *db, struct mail_box_id box, struct mail_way_of_box_row **way) {
    TRY(mail_way_of_box(db, (struct mail_way_of_box_in){.box = box}, way));
    *way = *way && (*way)->is_on && (*way)->out_host.len ? *way : NULL;
    return OK;
}

static struct str joined(struct arena *a, struct str list, struct str address) {
    return list.len && address.len ? str_format(a, "%.*s, %.*s", STR_ARG(list), STR_ARG(address))
                                   : (list.len ? list : address);
}

/* Addresses outside that a letter came from and went to. */
static struct err outside_of(struct db_read *db, const struct mail_letter_by_id_row *l, struct mail_box_id own,
                             bool is_all, struct mail_draft_insert_in *in) {
    struct arena *a = db_arena(db);
    struct mail_to_of_rows rows;
    struct mail_way_of_box_row *way;
    bool is_ours = l->from_box.v == own.v;
    TRY(way_of(db, own, &way));
    if (!way) {
        return l->from_box.v ? OK
                             : REFUSE(ERR_CONFLICT, "",
                                      "Hộp thư này chưa có đường gửi ra ngoài. Mời trả lời bằng văn bản đi, hoặc nhờ "
                                      "người quản trị đặt đường thư.");
    }
    TRY(mail_to_of(db, (struct mail_to_of_in){.letters = {&l->id.v, 1}}, &rows));
    in->out_to = l->from_box.v ? S("") : l->answer_to.len ? l->answer_to : l->from_note;
    for (size_t i = 0; i < rows.n; i++) {
        struct str address = rows.at[i].address;
        bool is_to = is_ours && is(rows.at[i].role, "to");
        if (!address.len || is(rows.at[i].role, "bcc") || str_eq_ascii_nocase(address, way->address) ||
            str_eq_ascii_nocase(address, in->out_to) || !(is_to || is_all)) {
            continue;
        }
        struct str *list = is_to ? &in->out_to : &in->out_cc;
        *list = joined(a, *list, address);
    }
    return OK;
}

/* Those a letter came from and went to, but for ourselves. */
static struct err answered(struct db_write *db, const struct mail_letter_by_id_row *l, int64_t own, bool is_all,
                           int64_t draft) {
    struct mail_to_of_rows rows;
    struct mail_box_by_id_row *box;
    bool is_ours = l->from_box.v == own;
    TRY(mail_to_of(db_reading(db), (struct mail_to_of_in){.letters = {&l->id.v, 1}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_from = is(rows.at[i].role, "from"), is_to = is(rows.at[i].role, "to");
        bool is_wanted = is_from || (is_to && is_ours) || (is_all && !is(rows.at[i].role, "bcc"));
        if (!rows.at[i].box.v || rows.at[i].box.v == own || !is_wanted) {
            continue;
        }
        TRY(mail_box_by_id(db_reading(db), (struct mail_box_by_id_in){.id = rows.at[i].box}, &box));
        TRY(to_put(db, draft, box->owner, is_from || (is_to && is_ours) ? S("to") : S("cc")));
    }
    return OK;
}

static struct str subject_with(struct arena *a, const char *head, struct str subject) {
    bool is_there = str_starts(subject, str_of(head));
    return is_there ? subject : utf8_cut(str_format(a, "%s %.*s", head, STR_ARG(subject)), 300);
}

static struct err papers_copy(struct db_write *db, int64_t letter, int64_t draft) {
    struct mail_papers_of_rows rows;
    TRY(mail_papers_of(db_reading(db), (struct mail_papers_of_in){.letters = {&letter, 1}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].file.v) {
            TRY(mail_draft_paper_put(db,
                                     (struct mail_draft_paper_put_in){.id = {id_new()},
                                                                      .draft = {draft},
                                                                      .file = rows.at[i].file,
                                                                      .name = rows.at[i].name,
                                                                      .size = rows.at[i].size},
                                     NULL));
        }
    }
    return OK;
}

static struct str forwarded(struct arena *a, const struct mail_letter_by_id_row *l) {
    struct buf b = buf_in(a);
    buf_printf(&b, "\n\n--- Thư được chuyển tiếp ---\nTừ: %.*s", STR_ARG(l->from_name));
    buf_printf(&b, "\nNgày: ");
    instant_put_vi(&b, l->sent_at);
    buf_printf(&b, "\nVề việc: %.*s\n\n%.*s", STR_ARG(l->subject), STR_ARG(l->text));
    return utf8_cut(buf_str(&b), 19000);
}

/* What the newest letter of a conversation in a box is. */
static struct err newest(struct db_read *db, struct mail_item_id item, struct mail_letter_by_id_row **letter) {
    struct mail_letters_of_item_rows rows;
    TRY(mail_letters_of_item(db, (struct mail_letters_of_item_in){.item = item, .before = INT64_MAX, .most = 1},
                             &rows));
    return rows.n ? mail_letter_by_id(db, (struct mail_letter_by_id_in){.id = rows.at[0].id}, letter)
                  : FAIL(ERR_MISSING, "a conversation without letters");
}

struct err mail_draft_answer(struct db_write *db, const struct who *who, int64_t item, enum mail_how how, int64_t *id) {
    struct arena *a = db_write_arena(db);
    struct mail_item_by_id_row *i;
    struct mail_letter_by_id_row *l;
    bool in_box = false;
    TRY(mail_item(db_reading(db), who, item, &i, &in_box));
    if (!in_box) {
        return FAIL(ERR_DENIED, "reads it for a task, and does not write for the box");
    }
    TRY(newest(db_reading(db), i->id, &l));
    if (how == MAIL_FORWARD) {
        TRY(insert(db, who,
                   (struct mail_draft_insert_in){
                       .box = i->box, .subject = subject_with(a, "Chuyển tiếp:", l->subject), .text = forwarded(a, l)},
                   id));
        return papers_copy(db, l->id.v, *id);
    }
    struct mail_draft_insert_in in = {
        .box = i->box, .item = i->id, .reply_to = l->id, .subject = subject_with(a, "Trả lời:", l->subject)};
    TRY(outside_of(db_reading(db), l, i->box, how == MAIL_REPLY_ALL, &in));
    TRY(insert(db, who, in, id));
    return answered(db, l, i->box.v, how == MAIL_REPLY_ALL, *id);
}

static struct err receivers_put(struct db_write *db, int64_t draft, struct str role, struct db_ids ids) {
    for (size_t i = 0; i < ids.n; i++) {
        TRY(to_put(db, draft, ids.at[i], role));
    }
    return OK;
}

struct err mail_draft_keep(struct db_write *db, const struct who *who, int64_t id, const struct mail_typed *typed) {
    struct mail_draft_by_id_row *d;
    TRY(draft_open(db, who, id, &d));
    if (typed->to.n + typed->cc.n + typed->bcc.n > MAIL_TO_MOST) {
        return REFUSE(ERR_INVALID, "to", "Một thư gửi nhiều nhất 200 nơi.");
    }
    TRY(mail_draft_save(db,
                        (struct mail_draft_save_in){.id = d->id,
                                                    .subject = typed->subject,
                                                    .text = typed->text,
                                                    .out_to = typed->out_to,
                                                    .out_cc = typed->out_cc,
                                                    .out_bcc = typed->out_bcc,
                                                    .changed_at = clock_now()},
                        NULL));
    TRY(mail_draft_to_clear(db, (struct mail_draft_to_clear_in){.draft = d->id}, NULL));
    TRY(receivers_put(db, id, S("to"), typed->to));
    TRY(receivers_put(db, id, S("cc"), typed->cc));
    return receivers_put(db, id, S("bcc"), typed->bcc);
}

struct err mail_draft_attach(struct db_write *db, const struct who *who, int64_t id, const struct mail_paper *paper) {
    struct mail_draft_by_id_row *d;
    TRY(draft_open(db, who, id, &d));
    return mail_draft_paper_put(
        db,
        (struct mail_draft_paper_put_in){
            .id = {id_new()}, .draft = d->id, .file = paper->file, .name = paper->name, .size = paper->size},
        NULL);
}

/* ---- Sending */

/* Addresses outside: written rightly, with a way to them, and files that servers take. */
static struct err outside(struct db_read *db, const struct mail_draft_by_id_row *d, struct mail_outside *all) {
    struct arena *a = db_arena(db);
    struct mail_way_of_box_row *way;
    struct mail_draft_papers_of_rows papers;
    int64_t bytes = 0;
    *all = (struct mail_outside){0};
    TRY(mail_outside_read(a, S("to"), d->out_to, "out_to", all));
    TRY(mail_outside_read(a, S("cc"), d->out_cc, "out_cc", all));
    TRY(mail_outside_read(a, S("bcc"), d->out_bcc, "out_bcc", all));
    if (!all->to.n) {
        return OK;
    }
    TRY(way_of(db, d->box, &way));
    if (!way) {
        return REFUSE(ERR_INVALID, "out_to",
                      "Hộp thư này chưa có đường gửi ra ngoài. Mời bỏ địa chỉ ngoài, hoặc nhờ người quản trị đặt đường "
                      "thư.");
    }
    all->from = way->address;
    all->way = way->id.v;
    TRY(mail_draft_papers_of(db, (struct mail_draft_papers_of_in){.draft = d->id}, &papers));
    for (size_t i = 0; i < papers.n; i++) {
        bytes += papers.at[i].size;
    }
    return bytes <= MAIL_OUT_BYTES_MOST
               ? OK
               : REFUSE(ERR_INVALID, "file", "Gửi ra ngoài thì các tệp cộng lại nhiều nhất 20 MB. Mời bỏ bớt tệp.");
}

static struct err whole(struct db_write *db, const struct mail_draft_by_id_row *d, struct mail_outside *all) {
    struct arena *a = db_write_arena(db);
    struct mail_draft_to_of_rows to;
    struct str seen;
    struct mail_box_by_id_row *box;
    TRY(mail_draft_to_of(db_reading(db), (struct mail_draft_to_of_in){.draft = d->id}, &to));
    TRY(outside(db_reading(db), d, all));
    if (!to.n && !all->to.n) {
        return REFUSE(ERR_INVALID, "to", "Mời chọn nơi nhận.");
    }
    if (!d->subject.len) {
        return REFUSE(ERR_INVALID, "subject", "Mời ghi thư về việc gì.");
    }
    if (document_text_bears_stamp(a, d->subject, &seen) || document_text_bears_stamp(a, d->text, &seen)) {
        return REFUSE(ERR_INVALID, "text", "Thư mang dấu chỉ mức độ mật, không gửi qua hộp thư này.");
    }
    for (size_t i = 0; i < to.n; i++) {
        TRY(mail_box_get(db, to.at[i].principal, &box));
    }
    return OK;
}

static struct err unanswered(struct db_write *db, const struct mail_draft_by_id_row *d, int64_t seen) {
    struct mail_letter_by_id_row *l;
    if (!d->item.v) {
        return OK;
    }
    TRY(newest(db_reading(db), d->item, &l));
    return l->id.v <= seen
               ? OK
               : err_refuse(db_write_arena(db), ERR_CONFLICT, "",
                            "Trong lúc bạn viết, %.*s đã gửi thư vào cuộc trao đổi này. Mời xem ở dưới; vẫn "
                            "muốn gửi thì bấm Gửi lần nữa.",
                            STR_ARG(l->from_name));
}

static struct err state_set(struct db_write *db, const struct mail_draft_by_id_row *d, struct mail_draft_state_in in) {
    in.id = d->id;
    in.was = d->state;
    in.changed_at = clock_now();
    return mail_draft_state(db, in, NULL);
}

struct err mail_draft_send(struct db_write *db, const struct who *who, int64_t id, const struct mail_sending *sending) {
    struct mail_draft_by_id_row *d;
    struct instant now = clock_now(), at = {now.ms + INT64_C(1000) * MAIL_UNDO_S};
    struct mail_outside all;
    TRY(draft_open(db, who, id, &d));
    TRY(whole(db, d, &all));
    TRY(unanswered(db, d, sending->seen));
    if (sending->at.ms && sending->at.ms <= now.ms) {
        return REFUSE(ERR_INVALID, "send_on", "Giờ hẹn gửi phải sau bây giờ.");
    }
    at = sending->at.ms ? sending->at : at;
    TRY(state_set(db, d, (struct mail_draft_state_in){.state = S("queued"), .send_at = at}));
    return job_add(db,
                   &(struct job_new){
                       .kind = S("mail.send"), .record = id, .post = who->post.v, .not_before = at, .is_single = true},
                   NULL);
}

struct err mail_draft_undo(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_draft_by_id_row *d;
    TRY(mail_draft(db_reading(db), who, id, &d));
    if (!is(d->state, "queued")) {
        return is(d->state, "draft")
                   ? OK
                   : REFUSE(ERR_CONFLICT, "", "Thư đã gửi đi. Chỉ còn có thể thu hồi ở nơi chưa xem.");
    }
    TRY(job_cancel_about(db, S("mail.send"), id));
    return state_set(db, d, (struct mail_draft_state_in){.state = S("draft")});
}

struct err mail_draft_drop(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_draft_by_id_row *d;
    TRY(draft_open(db, who, id, &d));
    return state_set(db, d, (struct mail_draft_state_in){.state = S("dropped")});
}

/* Of one that leaves the house: named once and for all by its draft. */
static struct str message_id_of(struct arena *a, const struct mail_draft_by_id_row *d, struct str address) {
    struct str local, domain;
    return str_cut(address, S("@"), &local, &domain)
               ? str_format(a, "<%lld.doanket@%.*s>", (long long)d->id.v, STR_ARG(domain))
               : S("");
}

/* The letter that a draft is, with names of today. */
static struct err letter_of(struct db_write *db, const struct mail_draft_by_id_row *d, const struct org_post *by,
                            const struct mail_outside *all, struct mail_new *l) {
    struct arena *a = db_write_arena(db);
    struct mail_draft_to_of_rows to;
    struct mail_draft_papers_of_rows papers;
    struct mail_letter_by_id_row *before = NULL;
    TRY(mail_draft_to_of(db_reading(db), (struct mail_draft_to_of_in){.draft = d->id}, &to));
    TRY(mail_draft_papers_of(db_reading(db), (struct mail_draft_papers_of_in){.draft = d->id}, &papers));
    struct mail_receiver *receivers = arena_take(a, struct mail_receiver, to.n + all->to.n + 1);
    struct mail_paper *files = arena_take(a, struct mail_paper, papers.n + 1);
    for (size_t i = 0; i < to.n; i++) {
        struct mail_box_by_id_row *box;
        TRY(mail_box_get(db, to.at[i].principal, &box));
        receivers[i] =
            (struct mail_receiver){.role = to.at[i].role, .principal = to.at[i].principal, .name = box->name};
    }
    for (size_t i = 0; i < all->to.n; i++) {
        receivers[to.n + i] = all->to.at[i];
    }
    for (size_t i = 0; i < papers.n; i++) {
        files[i] = (struct mail_paper){.file = papers.at[i].file, .name = papers.at[i].name, .size = papers.at[i].size};
    }
    if (d->reply_to.v) {
        TRY(mail_letter_by_id(db_reading(db), (struct mail_letter_by_id_in){.id = d->reply_to}, &before));
    }
    *l = (struct mail_new){.thread = before ? before->thread.v : 0,
                           .from_box = d->box.v,
                           .to = receivers,
                           .n_to = to.n + all->to.n,
                           .papers = files,
                           .n_papers = papers.n};
    l->row = (struct mail_letter_insert_in){.from_name = d->is_shared ? d->box_name : by->person_name,
                                            .from_note = d->is_shared ? by->person_name : by->title,
                                            .by_post = d->post,
                                            .subject = d->subject,
                                            .text = d->text,
                                            .own_text = d->text,
                                            .sent_at = clock_now(),
                                            .message_id = message_id_of(a, d, all->from)};
    if (!d->is_shared) {
        l->row.from_note = str_format(a, "%.*s · %.*s", STR_ARG(by->title), STR_ARG(by->unit_name));
    }
    return OK;
}

struct err mail_draft_go(struct db_write *db, int64_t id) {
    struct mail_draft_by_id_row *d;
    struct org_post by;
    struct mail_new l;
    struct mail_outside all;
    int64_t letter = 0, item = 0;
    TRY(mail_draft_by_id(db_reading(db), (struct mail_draft_by_id_in){.id = {id}}, &d));
    if (!d || !is(d->state, "queued") || d->send_at.ms > clock_now().ms) {
        return OK;
    }
    TRY(org_post(db_reading(db), (struct post_id){d->post}, &by));
    db_actor_set(db, &(struct db_actor){.person = by.person.v, .post = d->post});
    struct err e = whole(db, d, &all);
    if (err_is(e, ERR_INVALID)) {
        struct str why = str_copy(db_write_arena(db), e.why->message);
        return state_set(db, d, (struct mail_draft_state_in){.state = S("draft"), .fault = why});
    }
    TRY(e);
    TRY(letter_of(db, d, &by, &all, &l));
    TRY(mail_deliver(db, &l, &letter, &item));
    TRY(all.to.n ? mail_out_add(db, &all, letter, l.row.message_id) : OK);
    return state_set(db, d,
                     (struct mail_draft_state_in){.state = S("sent"), .send_at = d->send_at, .letter = {letter}});
}
