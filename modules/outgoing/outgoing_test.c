#include <sys/wait.h>
#include <unistd.h>

#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "modules/document/document.h"
#include "modules/org/org_change.h"
#include "modules/outgoing/outgoing_test_office.h"
#include "tests/db.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* The version that stands; no reading handle may be opened within an act. */
static struct err approve_now(struct bureau *b, const struct who *who, struct outgoing_doc_id id) {
    struct str hash = bureau_row(b, id).draft_hash;
    return BUREAU(b, who, outgoing_approve(w, who, id, hash, S("")));
}

TEST_DB(
    "a draft goes its way: head, office, leader, number, issue; each sees it in one box only when it is their turn") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_SUBMITTED, &id));
    CHECK(bureau_count(&b, &b.officer, OUTGOING_BOX_SENT) == 1 &&
          bureau_count(&b, &b.officer, OUTGOING_BOX_DRAFT) == 0);
    CHECK(bureau_count(&b, &b.head, OUTGOING_BOX_TURN) == 1 && bureau_count(&b, &b.chair, OUTGOING_BOX_TURN) == 0);
    struct str hash = bureau_row(&b, id).draft_hash;
    CHECK_ERR(BUREAU(&b, &b.chair, outgoing_approve(w, &b.chair, id, hash, S(""))), ERR_MISSING);
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_approve(w, &b.officer, id, hash, S(""))), ERR_DENIED);
    CHECK_OK(BUREAU(&b, &b.head, outgoing_approve(w, &b.head, id, hash, S("Đồng ý"))));
    CHECK_ERR(BUREAU(&b, &b.head, outgoing_approve(w, &b.head, id, hash, S(""))), ERR_DENIED);
    CHECK(bureau_count(&b, &b.clerk, OUTGOING_BOX_TURN) == 1 &&
          bureau_count(&b, &b.second_clerk, OUTGOING_BOX_TURN) == 1);
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, id, (struct outgoing_number_id){0})), ERR_CONFLICT);
    CHECK_OK(BUREAU(&b, &b.second_clerk, outgoing_approve(w, &b.second_clerk, id, hash, S(""))));
    CHECK(bureau_count(&b, &b.clerk, OUTGOING_BOX_TURN) == 0 && bureau_count(&b, &b.chair, OUTGOING_BOX_TURN) == 1);
    CHECK_OK(BUREAU(&b, &b.chair, outgoing_approve(w, &b.chair, id, hash, S(""))));
    CHECK(is(bureau_row(&b, id).state, "approved") && bureau_count(&b, &b.clerk, OUTGOING_BOX_NUMBER) == 1);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, id, (struct outgoing_number_id){0})));
    CHECK(is(bureau_row(&b, id).code, "01/MTTQ-BTT"));
    struct outgoing_issue bare = {0};
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_issue(w, &b.clerk, id, &bare)), ERR_INVALID);
    struct outgoing_issue issue = {.paper = bureau_paper(&b), .pages = 1};
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_issue(w, &b.clerk, id, &issue)));
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_issue(w, &b.clerk, id, &issue)), ERR_CONFLICT);
    CHECK(is(bureau_row(&b, id).state, "issued") && bureau_counts_are_lists(&b));
}

TEST_DB("an approval is bound to the version that was looked at") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_SUBMITTED, &id));
    struct str first = bureau_row(&b, id).draft_hash;
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_withdraw(w, &b.officer, id)));
    struct outgoing_typed typed = bureau_typed(&b);
    typed.version = bureau_row(&b, id).version;
    typed.body = S("Đề nghị rà soát lại.\nTrân trọng./.");
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_redraft(w, &b.officer, id, &typed)));
    CHECK(bureau_row(&b, id).draft_no == 2 && !str_eq(first, bureau_row(&b, id).draft_hash));
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_redraft(w, &b.officer, id, &typed)), ERR_CONFLICT);
    typed.version = bureau_row(&b, id).version;
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_redraft(w, &b.officer, id, &typed)));
    CHECK(bureau_row(&b, id).draft_no == 2); /* the same words are no new version */
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, id)));
    CHECK_ERR(BUREAU(&b, &b.head, outgoing_approve(w, &b.head, id, first, S(""))), ERR_CONFLICT);
    CHECK_OK(approve_now(&b, &b.head, id));
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_redraft(w, &b.officer, id, &typed)), ERR_CONFLICT);
}

TEST_DB("it goes back to any earlier step with a reason, and what was approved before is asked again") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_SUBMITTED, &id));
    struct str hash = bureau_row(&b, id).draft_hash;
    CHECK_OK(BUREAU(&b, &b.head, outgoing_approve(w, &b.head, id, hash, S(""))));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_approve(w, &b.clerk, id, hash, S(""))));
    CHECK_ERR(BUREAU(&b, &b.chair, outgoing_return(w, &b.chair, id, S("content"), S(""))), ERR_INVALID);
    CHECK_ERR(BUREAU(&b, &b.chair, outgoing_return(w, &b.chair, id, S("sign"), S("Sửa"))), ERR_INVALID);
    CHECK_OK(BUREAU(&b, &b.chair, outgoing_return(w, &b.chair, id, S("content"), S("Xem lại mục 2"))));
    CHECK(is(bureau_row(&b, id).step, "content") && bureau_count(&b, &b.head, OUTGOING_BOX_TURN) == 1);
    CHECK_OK(BUREAU(&b, &b.head, outgoing_return(w, &b.head, id, S("draft"), S("Viết lại"))));
    CHECK(bureau_count(&b, &b.officer, OUTGOING_BOX_RETURNED) == 1 && is(bureau_row(&b, id).reason, "Viết lại"));
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, id)));
    CHECK(is(bureau_row(&b, id).step, "content") && bureau_counts_are_lists(&b));
}

TEST_DB("who drafts never approves, not even for the head who delegated to them; a step nobody can do is passed over") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    struct org_delegation_new d = {.from = b.head.post,
                                   .to = b.officer.post,
                                   .from_on = clock_today(),
                                   .until_on = date_plus(clock_today(), 5),
                                   .basis = S("Quyết định 9")};
    CHECK_OK(BUREAU(&b, &b.head, org_delegate(w, &d)));
    CHECK_OK(bureau_document(&b, BUREAU_SUBMITTED, &id));
    CHECK(bureau_count(&b, &b.officer, OUTGOING_BOX_TURN) == 1);
    CHECK_ERR(approve_now(&b, &b.officer, id), ERR_DENIED);
    CHECK_OK(approve_now(&b, &b.head, id));
    /* A board without a head: the office is next. */
    struct outgoing_typed typed = bureau_typed(&b);
    CHECK_OK(BUREAU(&b, &b.stranger, outgoing_draft(w, &b.stranger, &typed, &id)));
    CHECK_OK(BUREAU(&b, &b.stranger, outgoing_submit(w, &b.stranger, id)));
    CHECK(is(bureau_row(&b, id).step, "form"));
    /* The chair cannot sign what the chair drafted. */
    CHECK_OK(BUREAU(&b, &b.chair, outgoing_draft(w, &b.chair, &typed, &id)));
    CHECK_OK(BUREAU(&b, &b.chair, outgoing_submit(w, &b.chair, id)));
    CHECK_ERR(approve_now(&b, &b.clerk, id), ERR_CONFLICT);
}

TEST_DB("a draft with a place left open, without end or without receivers is not submitted") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    struct outgoing_typed typed = bureau_typed(&b);
    const struct str wrong[] = {S("Đề nghị «nội dung»./."), S("Đề nghị rà soát."), S("")};
    for (size_t i = 0; i < 3; i++) {
        typed.body = wrong[i];
        CHECK_OK(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &id)));
        CHECK_ERR(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, id)), ERR_CONFLICT);
    }
    typed = bureau_typed(&b);
    typed.units.n = 0;
    typed.outside = S("");
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &id)));
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, id)), ERR_CONFLICT);
    typed.signer = b.head.post.v;
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &id)), ERR_INVALID);
}

/* ---- Numbers */

static int number_many(struct arena *arena, struct str where, const struct who *clerk, int n) {
    struct db *db;
    if (db_open(arena, where, &db).why) {
        return 1;
    }
    for (int i = 0; i < n; i++) {
        struct db_write *w;
        struct outgoing_number_id id;
        struct err e = db_begin_write(db, arena, &w);
        while (e.why && e.why->kind == ERR_BUSY) {
            e = db_begin_write(db, arena, &w);
        }
        if (e.why) {
            return 2;
        }
        e = outgoing_reserve(w, clerk, S("QĐ"), S("Thử"), &id);
        /* Every third one fails after its number was taken: it must leave no gap. */
        if (e.why || i % 3 == 2) {
            db_rollback(w);
        } else if (db_commit(w).why) {
            return 3;
        }
    }
    return 0;
}

TEST_DB("clerks who number at the same instant never get one number twice, nor leave a gap") {
    enum { CLERKS = 3, EACH = 9, KEPT = CLERKS * EACH * 2 / 3 };
    struct bureau b;
    pid_t children[CLERKS];
    CHECK_OK(bureau_open(db, arena, &b));
    struct str where = str_copy(arena, db_where(db));
    for (int i = 0; i < CLERKS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            id_process(i + 1);
            _exit(number_many(arena_new(), where, i % 2 ? &b.clerk : &b.second_clerk, EACH));
        }
    }
    for (int i = 0; i < CLERKS; i++) {
        int status = 0;
        CHECK(waitpid(children[i], &status, 0) == children[i] && status == 0);
    }
    struct db_read *r;
    struct outgoing_book_rows rows;
    bool seen[KEPT + 1] = {0};
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_book(
        r, (struct outgoing_book_in){.organ = b.organ.v, .year = 2026, .type = S("QĐ"), .state = S(""), .most = 100},
        &rows));
    CHECK(rows.n == KEPT);
    for (size_t i = 0; i < rows.n; i++) {
        CHECK(rows.at[i].number >= 1 && rows.at[i].number <= KEPT && !seen[rows.at[i].number]);
        seen[rows.at[i].number] = true;
    }
    db_end_read(r);
}

TEST_DB("each type has its own numbers; a void one is never given again; a reserved one is taken by one document of "
        "its type") {
    struct bureau b;
    struct outgoing_doc_id one, two;
    struct outgoing_number_id kept, other;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_reserve(w, &b.clerk, S("CV"), S("Công văn giấy"), &kept)));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_reserve(w, &b.clerk, S("QĐ"), S("Quyết định giấy"), &other)));
    CHECK_OK(bureau_document(&b, BUREAU_NUMBERED, &one));
    CHECK(is(bureau_row(&b, one).code, "02/MTTQ-BTT"));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_unnumber(w, &b.clerk, one, S("Sai ngày"))));
    CHECK(is(bureau_row(&b, one).state, "approved") && bureau_row(&b, one).number == 0);
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, one, other)), ERR_INVALID);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, one, kept)));
    CHECK(is(bureau_row(&b, one).code, "01/MTTQ-BTT"));
    CHECK_OK(bureau_document(&b, BUREAU_APPROVED, &two));
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, two, kept)), ERR_INVALID);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, two, (struct outgoing_number_id){0})));
    CHECK(is(bureau_row(&b, two).code, "03/MTTQ-BTT"));
    CHECK_ERR(BUREAU(&b, &b.commune_clerk, outgoing_number_void(w, &b.commune_clerk, other, S("Bỏ"))), ERR_MISSING);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number_void(w, &b.clerk, other, S("Bỏ"))));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_reserve(w, &b.clerk, S("QĐ"), S("Khác"), &other)));
    struct db_read *r;
    struct outgoing_number_by_id_row *n;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_number_by_id(r, (struct outgoing_number_by_id_in){other}, &n));
    CHECK(is(n->code, "02/QĐ-MTTQ-BTT"));
    db_end_read(r);
}

TEST_DB("at midnight of the new year numbers begin anew, and last year's reserved one is not taken any more") {
    struct bureau b;
    struct outgoing_doc_id last, first;
    struct outgoing_number_id kept;
    CHECK_OK(bureau_open(db, arena, &b));
    clock_freeze((struct instant){date_start((struct date){2027, 1, 1}).ms - 1000});
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_reserve(w, &b.clerk, S("CV"), S("Công văn giấy"), &kept)));
    CHECK_OK(bureau_document(&b, BUREAU_NUMBERED, &last));
    CHECK(is(bureau_row(&b, last).code, "02/MTTQ-BTT") && bureau_row(&b, last).dated_on.year == 2026);
    clock_freeze(date_start((struct date){2027, 1, 1}));
    struct outgoing_typed typed = bureau_typed(&b);
    const struct who *approvers[] = {&b.head, &b.clerk, &b.chair};
    typed.reply_on = (struct date){0};
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &first)));
    CHECK_OK(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, first)));
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(approve_now(&b, approvers[i], first));
    }
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, first, kept)), ERR_INVALID);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, first, (struct outgoing_number_id){0})));
    CHECK(is(bureau_row(&b, first).code, "01/MTTQ-BTT") && bureau_row(&b, first).dated_on.year == 2027);
}

/* ---- Issue */

TEST_DB("each receiver gets it once: an office a draft of its own, a board of the house to be seen, others by hand") {
    struct bureau b;
    struct outgoing_doc_id id;
    struct document_counts counts;
    struct db_read *r;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_ISSUED, &id));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(document_counts(r, b.commune_clerk.post, clock_today(), &counts));
    db_end_read(r);
    CHECK(counts.n[DOCUMENT_BOX_DRAFT] == 1);
    CHECK(bureau_count(&b, &b.commune_clerk, OUTGOING_BOX_ANSWER) == 1 &&
          bureau_count(&b, &b.stranger, OUTGOING_BOX_INFORM) == 1);
    CHECK(bureau_count(&b, &b.officer, OUTGOING_BOX_REPLIES) == 1 && bureau_counts_are_lists(&b));
    struct outgoing_delivery_id commune = bureau_delivery(&b, id, "organ"), inside = bureau_delivery(&b, id, "inside"),
                                outside = bureau_delivery(&b, id, "outside");
    struct outgoing_paper none = {.name = S("")};
    /* The receiver never reads how it was drafted; another office reads neither. */
    struct db_read *q;
    struct outgoing_by_id_row *row;
    struct outgoing_delivery_by_id_row *v;
    CHECK_OK(db_begin_read(db, arena, &q));
    CHECK_ERR(outgoing_find(q, id, &b.commune_clerk, &row), ERR_MISSING);
    CHECK_OK(outgoing_delivery_find(q, commune, &b.commune_clerk, &v, &row));
    CHECK_ERR(outgoing_delivery_find(q, commune, &b.stranger, &v, &row), ERR_MISSING);
    db_end_read(q);
    CHECK_OK(BUREAU(&b, &b.commune_clerk, outgoing_answer(w, &b.commune_clerk, commune, S("Đã gửi danh sách"), &none)));
    CHECK_ERR(BUREAU(&b, &b.commune_clerk, outgoing_answer(w, &b.commune_clerk, commune, S("Lần nữa"), &none)),
              ERR_CONFLICT);
    CHECK_OK(BUREAU(&b, &b.stranger, outgoing_see(w, &b.stranger, inside)));
    CHECK(bureau_count(&b, &b.stranger, OUTGOING_BOX_INFORM) == 0 &&
          bureau_count(&b, &b.stranger, OUTGOING_BOX_ANSWER) == 1);
    CHECK_OK(BUREAU(&b, &b.stranger, outgoing_answer(w, &b.stranger, inside, S("Đã rõ"), &none)));
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_sent(w, &b.clerk, id, commune)), ERR_CONFLICT);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_sent(w, &b.clerk, id, outside)));
    CHECK_ERR(BUREAU(&b, &b.stranger, outgoing_answered(w, &b.stranger, id, outside, S("Văn bản 5"))), ERR_MISSING);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_answered(w, &b.clerk, id, outside, S("Văn bản 5"))));
    CHECK(bureau_count(&b, &b.officer, OUTGOING_BOX_REPLIES) == 0 && bureau_counts_are_lists(&b));
}

TEST_DB("what is registered at the receiver is read at the sender; heard twice it changes nothing") {
    struct bureau b;
    struct outgoing_doc_id id;
    struct outgoing_delivery_by_id_row *v;
    struct outgoing_by_id_row *doc;
    struct db_read *r;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_ISSUED, &id));
    struct outgoing_delivery_id commune = bureau_delivery(&b, id, "organ");
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_delivery_find(r, commune, &b.commune_clerk, &v, &doc));
    struct event heard = {.kind = S("document.registered"), .record = v->incoming, .at = clock_now()};
    db_end_read(r);
    CHECK_OK(BUREAU(&b, &b.commune_clerk, outgoing_hear(w, &heard)));
    CHECK_OK(BUREAU(&b, &b.commune_clerk, outgoing_hear(w, &heard)));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_delivery_find(r, commune, &b.commune_clerk, &v, &doc));
    CHECK(is(v->state, "read") && v->read_at.ms == clock_now().ms);
    db_end_read(r);
}

TEST_DB("a recalled document is seen as such by its receivers at once, and answered no more") {
    struct bureau b;
    struct outgoing_doc_id id;
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_ISSUED, &id));
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_recall(w, &b.officer, id, S("Sai số liệu"))), ERR_DENIED);
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_recall(w, &b.clerk, id, S(""))), ERR_INVALID);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_recall(w, &b.clerk, id, S("Sai số liệu"))));
    CHECK_ERR(BUREAU(&b, &b.clerk, outgoing_recall(w, &b.clerk, id, S("Sai số liệu"))), ERR_CONFLICT);
    CHECK(bureau_count(&b, &b.commune_clerk, OUTGOING_BOX_ANSWER) == 0 &&
          bureau_count(&b, &b.officer, OUTGOING_BOX_REPLIES) == 0);
    struct outgoing_paper none = {.name = S("")};
    struct outgoing_delivery_id commune = bureau_delivery(&b, id, "organ");
    CHECK_ERR(BUREAU(&b, &b.commune_clerk, outgoing_answer(w, &b.commune_clerk, commune, S("Muộn"), &none)),
              ERR_CONFLICT);
    struct db_read *r;
    struct outgoing_of_passport_row *pass;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_of_passport(r, (struct outgoing_of_passport_in){bureau_row(&b, id).passport}, &pass));
    CHECK(pass && is(pass->state, "recalled") && str_eq(pass->sha256, bureau_paper(&b).sha256));
    db_end_read(r);
}

TEST_DB("a document that replaces another ends it when it is issued itself; one that corrects does not") {
    struct bureau b;
    struct outgoing_doc_id old, fresh;
    const char *const relations[] = {"corrects", "replaces"};
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_ISSUED, &old));
    for (size_t i = 0; i < 2; i++) {
        struct outgoing_typed typed = bureau_typed(&b);
        const struct who *approvers[] = {&b.head, &b.clerk, &b.chair};
        struct outgoing_issue issue = {.paper = bureau_paper(&b)};
        typed.relation = str_of(relations[i]);
        typed.related = old.v;
        CHECK_OK(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &fresh)));
        CHECK_OK(BUREAU(&b, &b.officer, outgoing_submit(w, &b.officer, fresh)));
        for (size_t k = 0; k < 3; k++) {
            struct str hash = bureau_row(&b, fresh).draft_hash;
            CHECK_OK(BUREAU(&b, approvers[k], outgoing_approve(w, approvers[k], fresh, hash, S(""))));
        }
        CHECK_OK(BUREAU(&b, &b.clerk, outgoing_number(w, &b.clerk, fresh, (struct outgoing_number_id){0})));
        CHECK(is(bureau_row(&b, old).state, "issued"));
        CHECK_OK(BUREAU(&b, &b.clerk, outgoing_issue(w, &b.clerk, fresh, &issue)));
        CHECK(is(bureau_row(&b, old).state, i ? "replaced" : "issued"));
    }
    struct outgoing_typed typed = bureau_typed(&b);
    typed.relation = S("replaces");
    typed.related = old.v;
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_draft(w, &b.officer, &typed, &fresh)), ERR_CONFLICT);
    CHECK_ERR(BUREAU(&b, &b.commune_clerk, outgoing_draft(w, &b.commune_clerk, &typed, &fresh)), ERR_INVALID);
}

TEST_DB("copies have numbers of their own, and what was said can be erased") {
    struct bureau b;
    struct outgoing_doc_id id;
    struct outgoing_copying copy = {S("SY"), S("Ban Phong trào"), 3};
    CHECK_OK(bureau_open(db, arena, &b));
    CHECK_OK(bureau_document(&b, BUREAU_ISSUED, &id));
    CHECK_ERR(BUREAU(&b, &b.officer, outgoing_copy(w, &b.officer, id, &copy)), ERR_DENIED);
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_copy(w, &b.clerk, id, &copy)));
    CHECK_OK(BUREAU(&b, &b.clerk, outgoing_copy(w, &b.clerk, id, &copy)));
    struct db_read *r;
    struct outgoing_copies_of_rows copies;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(outgoing_copies_of(r, (struct outgoing_copies_of_in){id}, &copies));
    CHECK(copies.n == 2 && is(copies.at[1].code, "02/SY-MTTQ-BTT"));
    db_end_read(r);
    CHECK_OK(BUREAU(&b, &b.clerk,
                    erase_record(w, &(struct erase){.kind = S("outgoing"), .record = id.v, .why = S("Theo yêu cầu")})));
    CHECK(str_find(bureau_row(&b, id).subject, S("hộ nghèo"), 0) == SIZE_MAX);
}

TEST("numbers are written as Nghị định 30/2020 has them") {
    CHECK(is(outgoing_code(arena, 5, S("QĐ"), S("MTTQ-BTT")), "05/QĐ-MTTQ-BTT"));
    CHECK(is(outgoing_code(arena, 447, S("CV"), S("MTTQ-BTT")), "447/MTTQ-BTT"));
}
