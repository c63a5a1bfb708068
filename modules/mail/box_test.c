/* Boxes, conversations and drafts on both databases. */
#include "tests/db.h"

#include "kernel/db/id.h"
#include "modules/document/document.h"
#include "modules/mail/rules.h"
#include "modules/task/task_test_office.h"

static const struct module *const own_modules[] = {&mail_module, &task_module, &thread_module};
static const struct modules own_app = {own_modules, 3};

struct mail_case {
    struct office o;
    int64_t draft, letter, item;
};

static void pass(int64_t minutes) { clock_freeze((struct instant){clock_now().ms + INT64_C(60000) * minutes}); }

static struct err tick(struct office *o) {
    struct db_write *w;
    size_t done;
    TRY(db_begin_write(o->db, o->arena, &w));
    return task_office_end(w, mail_tick(w, &done));
}

/* One of them writes to a principal, in one go; the letter has gone when this returns. */
static struct err sent(struct office *o, int who, int64_t to, int64_t bcc, const char *subject) {
    int64_t draft = 0;
    struct mail_typed typed = {
        .subject = str_of(subject), .text = S("Kính gửi."), .to = {&to, 1}, .bcc = {&bcc, bcc != 0}};
    struct mail_sending sending = {.seen = INT64_MAX};
    TRY(ACT(o, who, mail_draft_begin(w, &o->who[who], 0, &draft)));
    TRY(ACT(o, who, mail_draft_keep(w, &o->who[who], draft, &typed)));
    TRY(ACT(o, who, mail_draft_send(w, &o->who[who], draft, &sending)));
    pass(1);
    return tick(o);
}

/* The conversation on top of a principal's box. */
static struct mail_item_by_id_row *top(struct office *o, int64_t owner) {
    struct db_read *r;
    struct mail_box_of_owner_row *box = NULL;
    struct mail_items_by_recent_rows rows = {0};
    struct mail_item_by_id_row *item = NULL;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return NULL;
    }
    err_ignore(mail_box_of_owner(r, (struct mail_box_of_owner_in){.owner = owner}, &box));
    if (box) {
        err_ignore(mail_items_by_recent(
            r, (struct mail_items_by_recent_in){.boxes = {&box->id.v, 1}, .after_place = INT64_MIN, .most = 5}, &rows));
    }
    if (rows.n) {
        err_ignore(mail_item_by_id(r, (struct mail_item_by_id_in){.id = rows.at[0].id}, &item));
    }
    db_end_read(r);
    return item;
}

/* The office with a store of files. */
static struct err with_files(struct db *db, struct arena *arena, struct office *o) {
    TRY(file_store_open(test_dir(arena), INT64_C(100) << 20, &read_limits_usual));
    return task_office_open(db, arena, o);
}

static struct err may_read(struct office *o, int who, int64_t item) {
    struct db_read *r;
    struct mail_item_by_id_row *row;
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = mail_item(r, &o->who[who], item, &row, NULL);
    db_end_read(r);
    return e;
}

static int64_t newest(struct office *o, int64_t item) {
    struct db_read *r;
    struct mail_letters_of_item_rows rows = {0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(mail_letters_of_item(
            r, (struct mail_letters_of_item_in){.item = {item}, .before = INT64_MAX, .most = 1}, &rows));
        db_end_read(r);
    }
    return rows.n ? rows.at[0].id.v : 0;
}

TEST_DB("a letter to a board lies in the board's box, unread, claimed by nobody, to be answered in working hours") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o)); /* a Friday, 9:00 */
    CHECK_OK(sent(&o, CHAIR, o.board.v, 0, "Cung cấp số liệu"));
    struct mail_item_by_id_row *i = top(&o, o.board.v);
    CHECK_OR_RETURN(i);
    CHECK(i->is_unread && i->is_shared && !i->holder && i->letters == 1);
    CHECK_STR(i->state, S("open"));
    CHECK_STR(i->sender, S("Đào Công"));
    CHECK(date_is(date_of(i->due_at),
                  (struct date){2026, 11, 10})); /* 7 hours of that Friday, 8 on Monday, 1 on Tuesday */
    CHECK_OK(may_read(&o, HEAD, i->id.v));
    CHECK_OK(may_read(&o, OFFICER, i->id.v));
    CHECK_ERR(may_read(&o, STRANGER, i->id.v), ERR_MISSING);
    CHECK_ERR(may_read(&o, CHAIR, i->id.v), ERR_MISSING); /* reads it in a box of their own */
    CHECK_STR(top(&o, o.who[CHAIR].post.v)->state, S("done"));
    CHECK(top(&o, o.who[CHAIR].post.v)->has_mine);
    clock_freeze((struct instant){0});
}

TEST_DB("working hours leave out nights, noon and days off") {
    struct office o;
    struct db_read *r;
    struct instant due;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(mail_due(r, date_at((struct date){2026, 11, 6}, 16, 30), 16,
                      &due)); /* 1 on Friday, 8 on Monday, 7 on Tuesday */
    CHECK(due.ms == date_at((struct date){2026, 11, 10}, 16, 30).ms);
    CHECK_OK(mail_due(r, date_at((struct date){2026, 11, 7}, 10, 0), 4, &due)); /* a Saturday */
    CHECK(due.ms == date_at((struct date){2026, 11, 9}, 12, 0).ms);
    CHECK_OK(mail_due(r, date_at((struct date){2026, 11, 9}, 11, 0), 2, &due));
    CHECK(due.ms == date_at((struct date){2026, 11, 9}, 14, 30).ms);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

TEST_DB("a letter is claimed once: the second is told by whom, and claims it after it was given back") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(sent(&o, CHAIR, o.board.v, 0, "Ai nhận"));
    int64_t id = top(&o, o.board.v)->id.v;
    CHECK_OK(ACT(&o, OFFICER, mail_claim(w, &o.who[OFFICER], id)));
    struct err e = ACT(&o, SECOND, mail_claim(w, &o.who[SECOND], id));
    CHECK(err_is(e, ERR_CONFLICT));
    CHECK_STR(e.why->message, S("Trần Minh đã nhận thư này trước."));
    CHECK_ERR(ACT(&o, SECOND, mail_release(w, &o.who[SECOND], id)), ERR_DENIED);
    CHECK_ERR(ACT(&o, STRANGER, mail_claim(w, &o.who[STRANGER], id)), ERR_MISSING);
    CHECK_OK(ACT(&o, OFFICER, mail_release(w, &o.who[OFFICER], id)));
    CHECK_OK(ACT(&o, SECOND, mail_claim(w, &o.who[SECOND], id)));
    CHECK_ERR(ACT(&o, SECOND, mail_hand(w, &o.who[SECOND], id, o.who[STRANGER].post)), ERR_INVALID);
    CHECK_OK(ACT(&o, SECOND, mail_hand(w, &o.who[SECOND], id, o.who[HEAD].post)));
    CHECK_STR(top(&o, o.board.v)->holder_name, S("Ngô Bình"));
    clock_freeze((struct instant){0});
}

TEST_DB("a letter may be taken back while it waits, and is gone afterwards") {
    struct office o;
    int64_t id, to;
    CHECK_OK(task_office_open(db, arena, &o));
    to = o.who[OFFICER].post.v;
    struct mail_typed typed = {.subject = S("Nhầm"), .text = S("x"), .to = {&to, 1}};
    struct mail_sending sending = {0};
    CHECK_OK(ACT(&o, CHAIR, mail_draft_begin(w, &o.who[CHAIR], 0, &id)));
    CHECK_ERR(ACT(&o, CHAIR, mail_draft_send(w, &o.who[CHAIR], id, &sending)), ERR_INVALID);
    CHECK_OK(ACT(&o, CHAIR, mail_draft_keep(w, &o.who[CHAIR], id, &typed)));
    CHECK_ERR(ACT(&o, OFFICER, mail_draft_keep(w, &o.who[OFFICER], id, &typed)), ERR_MISSING);
    CHECK_OK(ACT(&o, CHAIR, mail_draft_send(w, &o.who[CHAIR], id, &sending)));
    CHECK_OK(ACT(&o, CHAIR, mail_draft_go(w, id))); /* too early: stays */
    CHECK(!top(&o, to));
    CHECK_OK(ACT(&o, CHAIR, mail_draft_undo(w, &o.who[CHAIR], id)));
    pass(1);
    CHECK_OK(tick(&o));
    CHECK(!top(&o, to));
    sending.at = (struct instant){clock_now().ms + INT64_C(7200000)};
    CHECK_OK(ACT(&o, CHAIR, mail_draft_send(w, &o.who[CHAIR], id, &sending)));
    pass(60);
    CHECK_OK(tick(&o));
    CHECK(!top(&o, to));
    pass(61);
    CHECK_OK(tick(&o));
    CHECK_OR_RETURN(top(&o, to));
    CHECK_OK(tick(&o));
    CHECK(top(&o, to)->letters == 1);
    CHECK_ERR(ACT(&o, CHAIR, mail_draft_undo(w, &o.who[CHAIR], id)), ERR_CONFLICT);
    clock_freeze((struct instant){0});
}

TEST_DB("a letter is recalled where nobody has read it, and stays where somebody has") {
    struct office o;
    int64_t draft, to[2];
    size_t n, kept;
    CHECK_OK(task_office_open(db, arena, &o));
    to[0] = o.who[OFFICER].post.v;
    to[1] = o.who[SECOND].post.v;
    struct mail_typed typed = {.subject = S("Gửi hai người"), .text = S("Lời riêng"), .to = {to, 2}};
    struct mail_sending sending = {0};
    CHECK_OK(ACT(&o, CHAIR, mail_draft_begin(w, &o.who[CHAIR], 0, &draft)));
    CHECK_OK(ACT(&o, CHAIR, mail_draft_keep(w, &o.who[CHAIR], draft, &typed)));
    CHECK_OK(ACT(&o, CHAIR, mail_draft_send(w, &o.who[CHAIR], draft, &sending)));
    pass(1);
    CHECK_OK(tick(&o));
    int64_t mine = top(&o, o.who[CHAIR].post.v)->id.v, letter = newest(&o, mine);
    int64_t theirs = top(&o, to[0])->id.v;
    CHECK_OK(ACT(&o, OFFICER, mail_item_read(w, &o.who[OFFICER], theirs)));
    CHECK_ERR(ACT(&o, OFFICER, mail_recall(w, &o.who[OFFICER], theirs, letter, &n, &kept)), ERR_DENIED);
    CHECK_OK(ACT(&o, CHAIR, mail_recall(w, &o.who[CHAIR], mine, letter, &n, &kept)));
    CHECK(n == 1 && kept == 1);
    CHECK_STR(top(&o, to[1])->excerpt, S("Thư đã được người gửi thu hồi."));
    CHECK_STR(top(&o, to[0])->excerpt, S("Lời riêng"));
    CHECK_ERR(ACT(&o, CHAIR, mail_recall(w, &o.who[CHAIR], mine, letter, &n, &kept)), ERR_CONFLICT);
    clock_freeze((struct instant){0});
}

TEST_DB("an answer waits for the other side; two who answer at once: the second is told, and may go on knowing it") {
    struct office o;
    int64_t first, second;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(sent(&o, CHAIR, o.board.v, 0, "Hỏi"));
    int64_t id = top(&o, o.board.v)->id.v, chair = o.who[CHAIR].post.v;
    struct mail_sending sending = {.seen = newest(&o, id)};
    struct mail_typed typed = {.subject = S("Trả lời: Hỏi"), .text = S("Đáp"), .to = {&chair, 1}};
    CHECK_OK(ACT(&o, OFFICER, mail_draft_answer(w, &o.who[OFFICER], id, MAIL_REPLY, &first)));
    CHECK_OK(ACT(&o, SECOND, mail_draft_answer(w, &o.who[SECOND], id, MAIL_REPLY, &second)));
    CHECK_OK(ACT(&o, OFFICER, mail_draft_keep(w, &o.who[OFFICER], first, &typed)));
    CHECK_OK(ACT(&o, OFFICER, mail_draft_send(w, &o.who[OFFICER], first, &sending)));
    pass(1);
    CHECK_OK(tick(&o));
    CHECK_STR(top(&o, o.board.v)->state, S("waiting"));
    CHECK(top(&o, o.board.v)->answered_at.ms != 0);
    CHECK(top(&o, chair)->letters == 2 && top(&o, chair)->is_unread);
    CHECK_OK(ACT(&o, SECOND, mail_draft_keep(w, &o.who[SECOND], second, &typed)));
    CHECK_ERR(ACT(&o, SECOND, mail_draft_send(w, &o.who[SECOND], second, &sending)), ERR_CONFLICT);
    sending.seen = newest(&o, id);
    CHECK_OK(ACT(&o, SECOND, mail_draft_send(w, &o.who[SECOND], second, &sending)));
    clock_freeze((struct instant){0});
}

TEST_DB("a snoozed letter comes back on its day, and a claim past its hour returns to the box") {
    struct office o;
    CHECK_OK(task_office_open(db, arena, &o));
    CHECK_OK(sent(&o, CHAIR, o.board.v, 0, "Hẹn"));
    int64_t id = top(&o, o.board.v)->id.v;
    CHECK_OK(ACT(&o, OFFICER, mail_claim(w, &o.who[OFFICER], id)));
    CHECK_ERR(ACT(&o, OFFICER, mail_snooze(w, &o.who[OFFICER], id, clock_today())), ERR_INVALID);
    CHECK_OK(ACT(&o, OFFICER, mail_snooze(w, &o.who[OFFICER], id, date_plus(clock_today(), 1))));
    CHECK_OK(tick(&o));
    CHECK_STR(top(&o, o.board.v)->state, S("snoozed"));
    pass(24 * 60);
    CHECK_OK(tick(&o));
    CHECK_STR(top(&o, o.board.v)->state, S("open"));
    CHECK(top(&o, o.board.v)->holder == o.who[OFFICER].post.v);
    pass(8 * 24 * 60);
    CHECK_OK(tick(&o));
    CHECK(top(&o, o.board.v)->holder == 0);
    clock_freeze((struct instant){0});
}

TEST_DB("what is open is counted as it is listed, box by box") {
    struct office o;
    struct db_read *r;
    CHECK_OK(task_office_open(db, arena, &o));
    for (int i = 0; i < 7; i++) {
        CHECK_OK(sent(&o, CHAIR, i % 2 ? o.board.v : o.who[OFFICER].post.v, 0, i % 3 ? "Một" : "Hai"));
    }
    int64_t claimed = top(&o, o.board.v)->id.v, ended = top(&o, o.who[OFFICER].post.v)->id.v;
    CHECK_OK(ACT(&o, OFFICER, mail_claim(w, &o.who[OFFICER], claimed)));
    CHECK_OK(ACT(&o, OFFICER, mail_end(w, &o.who[OFFICER], ended)));
    struct mail_boxes_of_post_rows boxes;
    struct mail_counts_rows counts;
    int64_t ids[8], open = 0, after_place = INT64_MIN, after = 0, listed = 0;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(mail_boxes(r, &o.who[OFFICER], &boxes));
    CHECK(boxes.n == 2);
    for (size_t i = 0; i < boxes.n; i++) {
        ids[i] = boxes.at[i].id.v;
    }
    CHECK_OK(mail_counts(
        r, (struct mail_counts_in){.boxes = {ids, boxes.n}, .post = o.who[OFFICER].post.v, .now_at = clock_now()},
        &counts));
    for (size_t i = 0; i < counts.n; i++) {
        open += str_eq(counts.at[i].state, S("open")) ? counts.at[i].n : 0;
    }
    for (;;) {
        struct mail_items_by_place_rows rows;
        CHECK_OK(mail_items_by_place(r,
                                     (struct mail_items_by_place_in){.boxes = {ids, boxes.n},
                                                                     .state = S("open"),
                                                                     .of_holder = -1,
                                                                     .after_place = after_place,
                                                                     .after = after,
                                                                     .most = 2},
                                     &rows));
        if (!rows.n) {
            break;
        }
        listed += (int64_t)rows.n;
        after_place = rows.at[rows.n - 1].place;
        after = rows.at[rows.n - 1].id.v;
    }
    CHECK(open == 6 && listed == open);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

TEST_DB("a letter becomes a document once, and a task whose doer reads it without acting for the box") {
    struct office o;
    int64_t document = 0;
    CHECK_OK(with_files(db, arena, &o));
    CHECK_OK(sent(&o, CHAIR, o.board.v, 0, "Công văn số 12"));
    int64_t id = top(&o, o.board.v)->id.v, letter = newest(&o, id);
    CHECK_ERR(ACT(&o, OFFICER, mail_to_document(w, &o.who[OFFICER], id, letter, &document)), ERR_DENIED);
    o.who[OFFICER].roles |= ROLE_CLERK;
    CHECK_OK(ACT(&o, OFFICER, mail_to_document(w, &o.who[OFFICER], id, letter, &document)));
    CHECK(document != 0);
    CHECK_STR(top(&o, o.board.v)->mark, S("Chờ vào sổ"));
    CHECK_ERR(ACT(&o, OFFICER, mail_to_document(w, &o.who[OFFICER], id, letter, &document)), ERR_CONFLICT);
    CHECK_ERR(may_read(&o, STRANGER, id), ERR_MISSING);
    struct mail_task_typed typed = {
        .title = S("Làm"), .text = S("Làm ngay"), .lead = o.who[STRANGER].post.v, .days = 2};
    CHECK_OK(ACT(&o, OFFICER, mail_to_task(w, &o.who[OFFICER], id, &typed, &own_app)));
    CHECK_OK(may_read(&o, STRANGER, id));
    CHECK_ERR(ACT(&o, STRANGER, mail_claim(w, &o.who[STRANGER], id)), ERR_DENIED);
    CHECK_ERR(ACT(&o, STRANGER, mail_note(w, &o.who[STRANGER], id, S("x"))), ERR_DENIED);
    clock_freeze((struct instant){0});
}

TEST_DB("a letter that bears a mark of secrecy is not sent") {
    struct office o;
    int64_t id, to;
    CHECK_OK(task_office_open(db, arena, &o));
    to = o.who[OFFICER].post.v;
    struct mail_typed typed = {.subject = S("Gửi tài liệu"), .text = S("TỐI MẬT\nKế hoạch"), .to = {&to, 1}};
    struct mail_sending sending = {0};
    CHECK_OK(ACT(&o, CHAIR, mail_draft_begin(w, &o.who[CHAIR], 0, &id)));
    CHECK_OK(ACT(&o, CHAIR, mail_draft_keep(w, &o.who[CHAIR], id, &typed)));
    CHECK_ERR(ACT(&o, CHAIR, mail_draft_send(w, &o.who[CHAIR], id, &sending)), ERR_INVALID);
    clock_freeze((struct instant){0});
}

/* ---- From files */
static struct err brought(struct office *o, int who, struct str bytes) {
    struct db_write *w;
    struct mail_paper paper = {.name = S("thu.eml"), .size = (int64_t)bytes.len};
    int64_t id;
    volatile sig_atomic_t stop = 0;
    size_t n = 0;
    while (mail_module.job_kinds[n].name) {
        n++;
    }
    TRY(task_office_begin(o, who, &w));
    struct err e = file_keep_bytes(w, o->arena, bytes, &paper.file);
    TRY(task_office_end(w, e.why ? e : mail_bring_add(w, &o->who[who], 0, &paper, &id)));
    job_work(o->db,
             &(struct job_worker){
                 .stop = &stop, .kinds = mail_module.job_kinds, .n_kinds = n, .name = "test", .is_until_idle = true});
    return OK;
}

#define LETTER(id_, more_, text_)                                                                                      \
    "From: So Xay dung <vt@soxd.example.vn>\r\nTo: vanthu@mttq.example.vn\r\nDate: Fri, 6 Nov 2026 08:00:00 +0700\r\n" \
    "Message-ID: <" id_ ">\r\nSubject: Ho ngheo\r\n" more_ "\r\n" text_ "\r\n"

TEST_DB("letters of an mbox come into the box as conversations; the same file again brings nothing") {
    struct office o;
    CHECK_OK(with_files(db, arena, &o));
    struct str box = S("From a@b Fri Nov  6 08:00:00 2026\r\n" LETTER(
        "1@x", "", "Mot") "\r\n"
                          "From a@b Fri Nov  6 08:00:00 2026\r\n" LETTER("2@x", "In-Reply-To: <1@x>\r\n", "Hai"));
    CHECK_OK(brought(&o, OFFICER, box));
    struct mail_item_by_id_row *i = top(&o, o.who[OFFICER].post.v);
    CHECK_OR_RETURN(i);
    CHECK(i->letters == 2);
    CHECK_STR(i->subject, S("Ho ngheo"));
    CHECK_STR(i->excerpt, S("Hai"));
    CHECK_ERR(may_read(&o, SECOND, i->id.v), ERR_MISSING);
    CHECK_OK(brought(&o, OFFICER, box));
    CHECK(top(&o, o.who[OFFICER].post.v)->letters == 2);
    CHECK_OK(brought(&o, SECOND, box)); /* one conversation, an entry more */
    CHECK(top(&o, o.who[SECOND].post.v)->thread.v == i->thread.v);
    CHECK(top(&o, o.who[SECOND].post.v)->letters == 2);
    CHECK_ERR(may_read(&o, SECOND, i->id.v), ERR_MISSING);
    clock_freeze((struct instant){0});
}

TEST_DB("a file that is no letter says so, and takes nothing in") {
    struct office o;
    struct db_read *r;
    struct mail_box_of_owner_row *box;
    struct mail_brings_of_rows rows;
    CHECK_OK(with_files(db, arena, &o));
    CHECK_OK(brought(&o, OFFICER, S("khong phai thu\n")));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(mail_box_of_owner(r, (struct mail_box_of_owner_in){.owner = o.who[OFFICER].post.v}, &box));
    CHECK_OK(mail_brings_of(r, (struct mail_brings_of_in){.boxes = {&box->id.v, 1}}, &rows));
    CHECK(rows.n == 1 && rows.at[0].letters == 0 && rows.at[0].ended_at.ms != 0);
    CHECK(rows.at[0].fault.len > 0);
    db_end_read(r);
    clock_freeze((struct instant){0});
}
