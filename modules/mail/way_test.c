/* Ways of boxes on both databases: what may be set, what leaves, what a bounce changes. The lines themselves:
   kernel/wire/wire_test.c, and tests/http/ways.mjs with real servers. */
#include "tests/db.h"

#include "kernel/seal/seal.h"
#include "modules/mail/way.h"
#include "modules/task/task_test_office.h"

static struct mail_way_typed usual(struct office *o) {
    return (struct mail_way_typed){.owner = o->who[CHAIR].post.v,
                                   .is_on = true,
                                   .address = S("chutich@mttq.example.vn"),
                                   .out_host = S("thu.example.vn"),
                                   .out_port = 465,
                                   .out_safety = S("tls"),
                                   .in_safety = S("tls"),
                                   .login = S("chutich"),
                                   .secret = S("Bí-mật")};
}

static struct err opened(struct db *db, struct arena *arena, struct office *o) {
    TRY(file_store_open(test_dir(arena), INT64_C(100) << 20, &read_limits_usual));
    TRY(task_office_open(db, arena, o));
    o->who[CHAIR].roles |= ROLE_ADMIN;
    return OK;
}

/* Writes to an address outside; the letter has left its draft. */
static struct err sent(struct office *o, const char *to, int64_t *letter) {
    int64_t draft = 0;
    struct db_read *r;
    struct mail_draft_by_id_row *row;
    struct mail_typed typed = {.subject = S("Mời họp"), .text = S("Kính gửi."), .out_to = str_of(to)};
    TRY(ACT(o, CHAIR, mail_draft_begin(w, &o->who[CHAIR], 0, &draft)));
    TRY(ACT(o, CHAIR, mail_draft_keep(w, &o->who[CHAIR], draft, &typed)));
    TRY(ACT(o, CHAIR, mail_draft_send(w, &o->who[CHAIR], draft, &(struct mail_sending){.seen = INT64_MAX})));
    clock_freeze((struct instant){clock_now().ms + 60000});
    TRY(ACT(o, CHAIR, mail_draft_go(w, draft)));
    TRY(ACT(o, CHAIR, mail_draft_go(w, draft)));
    TRY(db_begin_read(o->db, o->arena, &r));
    struct err e = mail_draft_by_id(r, (struct mail_draft_by_id_in){.id = {draft}}, &row);
    db_end_read(r);
    *letter = e.why ? 0 : row->letter.v;
    return e;
}

static struct mail_out_to_of_letters_rows outs_of(struct office *o, int64_t letter) {
    struct db_read *r;
    struct mail_out_to_of_letters_rows rows = {0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(mail_out_to_of_letters(r, (struct mail_out_to_of_letters_in){.letters = {&letter, 1}}, &rows));
        db_end_read(r);
    }
    return rows;
}

TEST_DB(
    "a way is its organ's administrators'; a kept secret is sealed, and asked for anew when the server is another") {
    struct office o;
    int64_t way = 0;
    bool is_changed = false;
    CHECK_OK(opened(db, arena, &o));
    struct mail_way_typed t = usual(&o);
    CHECK_OK(ACT(&o, CHAIR, mail_way_add(w, &o.who[CHAIR], &t, &way)));
    CHECK_ERR(ACT(&o, CHAIR, mail_way_add(w, &o.who[CHAIR], &t, &way)), ERR_INVALID);
    struct db_read *r;
    struct mail_way_by_id_row *row;
    struct str secret;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_ERR(mail_way_open(r, &o.who[OFFICER], way, &row), ERR_MISSING);
    CHECK_OK(mail_way_open(r, &o.who[CHAIR], way, &row));
    db_end_read(r);
    CHECK(row->secret.len && str_find(row->secret, S("Bí-mật"), 0) == SIZE_MAX);
    CHECK_OK(seal_open(arena, row->secret, &secret));
    CHECK_STR(secret, S("Bí-mật"));
    t.secret = S("");
    t.version = 1;
    CHECK_OK(ACT(&o, CHAIR, mail_way_edit(w, &o.who[CHAIR], way, &t, &is_changed)));
    CHECK(is_changed);
    CHECK_OK(ACT(&o, CHAIR, mail_way_edit(w, &o.who[CHAIR], way, &t, &is_changed)));
    CHECK(!is_changed);
    t.version = 2;
    t.out_host = S("khac.example.vn");
    CHECK_ERR(ACT(&o, CHAIR, mail_way_edit(w, &o.who[CHAIR], way, &t, &is_changed)), ERR_INVALID);
    t.secret = S("x");
    t.out_safety = S("bare");
    CHECK_ERR(ACT(&o, CHAIR, mail_way_edit(w, &o.who[CHAIR], way, &t, &is_changed)), ERR_INVALID);
    clock_freeze((struct instant){0});
}

TEST_DB(
    "a letter leaves once for addresses outside, and a bounce marks the receiver it is about, for its own box alone") {
    struct office o;
    int64_t way = 0, letter = 0;
    CHECK_OK(opened(db, arena, &o));
    CHECK_ERR(sent(&o, "a@ngoai.example.vn", &letter), ERR_INVALID);
    struct mail_way_typed t = usual(&o);
    CHECK_OK(ACT(&o, CHAIR, mail_way_add(w, &o.who[CHAIR], &t, &way)));
    CHECK_ERR(sent(&o, "khong phai dia chi", &letter), ERR_INVALID);
    CHECK_OK(sent(&o, "Sở Y tế <A@ngoai.example.vn>, b@ngoai.example.vn; a@ngoai.example.vn", &letter));
    struct mail_out_to_of_letters_rows rows = outs_of(&o, letter);
    CHECK_OR_RETURN(rows.n == 2);
    CHECK_STR(rows.at[0].address, S("a@ngoai.example.vn"));
    CHECK_STR(rows.at[0].state, S("waiting"));
    struct db_read *r;
    struct mail_letter_by_id_row *l;
    struct mail_box_of_owner_row *box;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(mail_letter_by_id(r, (struct mail_letter_by_id_in){.id = {letter}}, &l));
    CHECK_OK(mail_box_of_owner(r, (struct mail_box_of_owner_in){.owner = o.who[CHAIR].post.v}, &box));
    db_end_read(r);
    CHECK(str_ends(l->message_id, S("@mttq.example.vn>")));
    struct mail_delivery gone[] = {{S("b@ngoai.example.vn"), S("failed"), S("5.1.1")}};
    struct mail_report report = {l->message_id, gone, 1};
    CHECK_OK(ACT(&o, CHAIR, mail_report_match(w, (struct mail_box_id){box->id.v + 1}, &report)));
    CHECK_STR(outs_of(&o, letter).at[1].state, S("waiting"));
    CHECK_OK(ACT(&o, CHAIR, mail_report_match(w, box->id, &report)));
    CHECK_STR(outs_of(&o, letter).at[0].state, S("waiting"));
    CHECK_STR(outs_of(&o, letter).at[1].state, S("bounced"));
    clock_freeze((struct instant){0});
}

TEST("what a letter is written as can be read again, in any language, with its files") {
    struct mail_written w = {.from_name = S("Văn phòng Ủy ban"),
                             .from_address = S("vp@mttq.example.vn"),
                             .subject = S("Về việc thẩm định nghị quyết, phần thứ nhất và những việc còn lại của năm"),
                             .text = S("Kính gửi.\n.một dấu chấm đầu dòng\nĐường, ngõ.\n"),
                             .message_id = S("<7.doanket@mttq.example.vn>"),
                             .in_reply_to = S("<6@x.vn>"),
                             .at = {INT64_C(1780000000000)}};
    LIST_ADD(arena, &w.references, S("<5@x.vn>"));
    LIST_ADD(arena, &w.references, S("<6@x.vn>"));
    struct mail_receiver to = {.role = S("to"), .name = S("Sở Tư pháp, Hải Phòng"), .address = S("a@x.vn")};
    struct mail_receiver hidden = {.role = S("bcc"), .address = S("kin@x.vn")};
    LIST_ADD(arena, &w.to, to);
    LIST_ADD(arena, &w.to, hidden);
    struct mail_written_paper paper = {S("Kế hoạch năm.pdf"), S("application/pdf"), S("%PDF-1.4\n\x80\xff")};
    LIST_ADD(arena, &w.papers, paper);
    struct str bytes, again;
    struct mail_letter l;
    CHECK_OK(mail_write(arena, &w, &bytes));
    CHECK_OK(mail_write(arena, &w, &again));
    CHECK_STR(again, bytes);
    CHECK(str_find(bytes, S("kin@x.vn"), 0) == SIZE_MAX);
    for (size_t i = 0; i < bytes.len; i++) {
        CHECK_OR_RETURN((unsigned char)bytes.at[i] < 128);
    }
    CHECK_OK(mail_read(arena, bytes, S("mttq.example.vn"), &l));
    CHECK_STR(l.subject, w.subject);
    CHECK_STR(l.from.name, w.from_name);
    CHECK_STR(l.text, w.text);
    CHECK_STR(l.in_reply_to, w.in_reply_to);
    CHECK(l.references.n == 2 && l.to.n == 1 && l.date.ms == w.at.ms);
    CHECK_STR(l.to.at[0].name, to.name);
    CHECK_OR_RETURN(l.files.n == 1);
    CHECK_STR(l.files.at[0].name, paper.name);
    CHECK_STR(l.files.at[0].bytes, paper.bytes);
}
