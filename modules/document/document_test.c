#include "tests/db.h"

#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/audit.h"
#include "modules/document/document_test_office.h"

static struct instant noon(int day) { return date_at((struct date){2026, 11, (int8_t)day}, 12, 0); }

static struct str state_of(struct office *o, struct document_doc_id id) {
    struct db_read *r;
    struct document_by_id_row *d = NULL;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return S("");
    }
    err_ignore(document_by_id(r, (struct document_by_id_in){id}, &d));
    db_end_read(r);
    return d ? d->state : S("");
}

static bool may_find(struct office *o, const struct who *who, struct document_doc_id id) {
    struct db_read *r;
    struct document_by_id_row *d;
    if (db_begin_read(o->db, o->arena, &r).why) {
        return false;
    }
    struct err e = document_find(r, id, who, &d, NULL);
    db_end_read(r);
    return e.why == NULL;
}

TEST("a document's number is parted from its notation, and its key does not mind how it is written") {
    int64_t number = 0;
    struct str notation = {0};
    CHECK(document_code_split(S("1187/SNNMT-GN"), &number, &notation) && number == 1187);
    CHECK_STR(notation, S("SNNMT-GN"));
    CHECK(document_code_split(S("11-HD/VPTW"), &number, &notation) && number == 11);
    CHECK_STR(notation, S("HD/VPTW"));
    CHECK(!document_code_split(S("SNNMT-GN"), &number, &notation));
    CHECK(!document_code_split(S("123456789012/X"), &number, &notation));
    CHECK_STR(document_key(arena, S("05/KH-UBND"), S("Sở Nội vụ")),
              document_key(arena, S(" 5/kh-ubnd "), S("SỞ  NỘI VỤ")));
    CHECK(!str_eq(document_key(arena, S("5/KH-UBND"), S("Sở Nội vụ")),
                  document_key(arena, S("6/KH-UBND"), S("Sở Nội vụ"))));
    CHECK_STR(document_key(arena, S(""), S("Sở Nội vụ")), S(""));
}

TEST_DB("registering gives the year's next number once; a second try and a repeat are refused, the latter with a "
        "reason let through") {
    struct office o;
    struct document_doc_id a, b;
    int64_t number = 0;
    clock_freeze(noon(20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1187/SNNMT-GN"), OFFICE_REGISTERED, 0, &a));
    struct document_typed t = {
        .code = S("1187/SNNMT-GN"), .subject = S("Lặp lại"), .issuer = S("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")};
    CHECK_ERR(ACT(&o, &o.clerk, document_register(w, &o.clerk, a, &t, &number)), ERR_CONFLICT);
    CHECK_OK(ACT(&o, &o.clerk, document_draft(w, &o.clerk, NULL, &b)));
    struct err e = ACT(&o, &o.clerk, document_register(w, &o.clerk, b, &t, &number));
    CHECK(err_is(e, ERR_INVALID));
    CHECK_STR(e.why ? e.why->field : S(""), S("duplicate_reason"));
    CHECK_STR(state_of(&o, b), S("draft"));
    t.duplicate_reason = S("Bản giấy gửi lại");
    CHECK_OK(ACT(&o, &o.clerk, document_register(w, &o.clerk, b, &t, &number)));
    CHECK(number == 2);
    clock_freeze((struct instant){0});
}

TEST_DB("what is typed wrong is refused at its field") {
    struct office o;
    struct document_doc_id id;
    int64_t number;
    clock_freeze(noon(20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(ACT(&o, &o.clerk, document_draft(w, &o.clerk, NULL, &id)));
    struct document_typed good = {.code = S("5/ABC"), .subject = S("Trích yếu"), .issuer = S("Sở Y tế")}, t = good;
    const struct {
        const char *field;
        struct document_typed t;
    } bad[] = {{"subject", {.code = S("5/ABC"), .issuer = S("Sở Y tế")}},
               {"issuer", {.code = S("5/ABC"), .subject = S("X")}},
               {"code", {.code = S("không số"), .subject = S("X"), .issuer = S("Sở Y tế")}},
               {"issued_on", {.subject = S("X"), .issuer = S("Sở Y tế"), .issued_on = {2026, 11, 21}}},
               {"arrival_on", {.subject = S("X"), .issuer = S("Sở Y tế"), .arrival_on = {2026, 11, 21}}},
               {"type", {.subject = S("X"), .issuer = S("Sở Y tế"), .type = S("ZZ")}}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = ACT(&o, &o.clerk, document_register(w, &o.clerk, id, &bad[i].t, &number));
        CHECK(err_is(e, ERR_INVALID));
        CHECK_STR(e.why ? e.why->field : S(""), str_of(bad[i].field));
    }
    t.version = 99;
    CHECK_ERR(ACT(&o, &o.clerk, document_register(w, &o.clerk, id, &t, &number)), ERR_CONFLICT);
    CHECK_OK(ACT(&o, &o.clerk, document_register(w, &o.clerk, id, &good, &number)));
    CHECK(number == 1);
    clock_freeze((struct instant){0});
}

TEST_DB("a number is never used again: not after a refused registration, not after a cancelled one") {
    struct office o;
    struct document_doc_id a, b;
    clock_freeze(noon(20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &a));
    CHECK_ERR(ACT(&o, &o.clerk, document_void(w, &o.clerk, a, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.clerk, document_void(w, &o.clerk, a, S("Gửi nhầm"))));
    CHECK_ERR(ACT(&o, &o.clerk, document_void(w, &o.clerk, a, S("Gửi nhầm"))), ERR_CONFLICT);
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_REGISTERED, 0, &b));
    struct db_read *r;
    struct document_by_id_row *d;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(document_by_id(r, (struct document_by_id_in){b}, &d));
    CHECK(d->arrival_no == 2);
    db_end_read(r);
    CHECK(office_count(&o, &o.clerk, DOCUMENT_BOX_VOID) == 1);
    clock_freeze((struct instant){0});
}

/* In a process of its own: registers n documents. */
static int register_many(struct arena *arena, struct str where, const struct who *clerk, int n) {
    struct db *db;
    if (db_open(arena, where, &db).why) {
        return 1;
    }
    for (int i = 0; i < n; i++) {
        struct db_write *w;
        struct document_doc_id id;
        int64_t number;
        struct document_typed t = {.subject = S("Cùng lúc"), .issuer = S("Sở Y tế")};
        struct err e = db_begin_write(db, arena, &w);
        while (e.why && e.why->kind == ERR_BUSY) { /* a slow disk held the others up for too long */
            e = db_begin_write(db, arena, &w);
        }
        if (e.why) {
            return 2;
        }
        e = document_draft(w, clerk, NULL, &id);
        e = e.why ? e : document_register(w, clerk, id, &t, &number);
        /* Every third one fails after its number was taken: it must leave no gap. */
        if (e.why || i % 3 == 2) {
            db_rollback(w);
        } else if (db_commit(w).why) {
            return 3;
        }
    }
    return 0;
}

TEST_DB("clerks who save at the same instant never get one number twice, nor leave a gap") {
    enum { CLERKS = 4, EACH = 9 };
    struct office o;
    pid_t children[CLERKS];
    CHECK_OK(office_open(db, arena, &o));
    struct str where = str_copy(arena, db_where(db));
    for (int i = 0; i < CLERKS; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct arena *own = arena_new();
            id_process(i + 1);
            _exit(register_many(own, where, i % 2 ? &o.clerk : &o.second_clerk, EACH));
        }
    }
    for (int i = 0; i < CLERKS; i++) {
        int status = 0;
        CHECK(waitpid(children[i], &status, 0) == children[i] && status == 0);
    }
    struct db_read *r;
    struct document_rows rows;
    bool seen[CLERKS * EACH + 2] = {0}, more;
    CHECK_OK(db_begin_read(db, arena, &r));
    const struct document_filter received = {.box = DOCUMENT_BOX_RECEIVED};
    CHECK_OK(document_list(r, &o.clerk,
                           &(struct document_list_asked){.filter = &received, .today = clock_today(), .limit = 100},
                           &rows, &more));
    CHECK(rows.n == CLERKS * EACH * 2 / 3);
    for (size_t i = 0; i < rows.n; i++) {
        CHECK(rows.at[i].arrival_no >= 1 && rows.at[i].arrival_no <= (int64_t)rows.n && !seen[rows.at[i].arrival_no]);
        seen[rows.at[i].arrival_no < CLERKS * EACH ? rows.at[i].arrival_no : 0] = true;
    }
    db_end_read(r);
}

TEST_DB("one document's whole way: presented, directed, taken up, reported, closed, opened again") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("7/SNV"), OFFICE_REGISTERED, 0, &id));
    CHECK(office_count(&o, &o.clerk, DOCUMENT_BOX_RECEIVED) == 1 &&
          office_count(&o, &o.chair, DOCUMENT_BOX_PRESENTED) == 0);
    CHECK_ERR(ACT(&o, &o.clerk, document_present(w, &o.clerk, id, o.officer.post, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.clerk, document_present(w, &o.clerk, id, o.chair.post, S("Đề xuất giao Ban Phong trào"))));
    CHECK_ERR(ACT(&o, &o.clerk, document_present(w, &o.clerk, id, o.chair.post, S(""))), ERR_CONFLICT);
    CHECK(office_count(&o, &o.chair, DOCUMENT_BOX_PRESENTED) == 1 &&
          office_listed(&o, &o.chair, DOCUMENT_BOX_PRESENTED) == 1);
    struct document_order order = {.text = S("Giao tổng hợp"), .lead = o.board.v, .days = 3};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)));
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)), ERR_INVALID);
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK(line.v && office_count(&o, &o.officer, DOCUMENT_BOX_WAITING) == 1 &&
          office_count(&o, &o.chair, DOCUMENT_BOX_GIVEN) == 1);
    CHECK_OK(ACT(&o, &o.officer, document_line_accept(w, &o.officer, id, line)));
    CHECK_ERR(ACT(&o, &o.head, document_line_accept(w, &o.head, id, line)), ERR_CONFLICT);
    CHECK(office_count(&o, &o.officer, DOCUMENT_BOX_WAITING) == 0 &&
          office_count(&o, &o.officer, DOCUMENT_BOX_WORKING) == 1);
    CHECK_ERR(ACT(&o, &o.officer, document_line_report(w, &o.officer, id, line, S(""), NULL)), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.officer, document_line_report(w, &o.officer, id, line, S("Đã tổng hợp"), NULL)));
    CHECK_ERR(ACT(&o, &o.officer, document_line_report(w, &o.officer, id, line, S("Đã tổng hợp"), NULL)), ERR_CONFLICT);
    CHECK_STR(state_of(&o, id), S("reported"));
    CHECK(office_count(&o, &o.chair, DOCUMENT_BOX_REPORTED) == 1 &&
          office_count(&o, &o.officer, DOCUMENT_BOX_WORKING) == 0);
    CHECK_OK(ACT(&o, &o.chair, document_close(w, &o.chair, id, S(""))));
    CHECK_ERR(ACT(&o, &o.chair, document_close(w, &o.chair, id, S(""))), ERR_CONFLICT);
    CHECK(office_count(&o, &o.clerk, DOCUMENT_BOX_CLOSED) == 1);
    CHECK_OK(ACT(&o, &o.chair, document_reopen(w, &o.chair, id, S("Bổ sung số liệu"))));
    CHECK_STR(state_of(&o, id), S("assigned"));
    CHECK(office_count(&o, &o.officer, DOCUMENT_BOX_WORKING) == 1);
    struct db_read *r;
    struct audit_report report;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_verify(r, &report));
    CHECK(report.is_sound && report.entries >= 7);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

TEST_DB("nobody but clerks, leaders and those it was given to may see or touch a document") {
    struct office o;
    struct document_doc_id id;
    int64_t number;
    clock_freeze(noon(20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("8/SNV"), OFFICE_PRESENTED, 0, &id));
    CHECK(may_find(&o, &o.clerk, id) && may_find(&o, &o.second_clerk, id) && may_find(&o, &o.chair, id) &&
          may_find(&o, &o.deputy, id));
    CHECK(!may_find(&o, &o.officer, id) && !may_find(&o, &o.head, id) && !may_find(&o, &o.stranger, id) &&
          !may_find(&o, &o.commune_clerk, id));
    CHECK_ERR(ACT(&o, &o.commune_clerk, document_say(w, &o.commune_clerk, id, S("x"), NULL)), ERR_MISSING);
    CHECK_ERR(ACT(&o, &o.commune_clerk, document_close(w, &o.commune_clerk, id, S(""))), ERR_MISSING);
    struct document_typed t = {.subject = S("x"), .issuer = S("x")};
    CHECK_ERR(ACT(&o, &o.commune_clerk, document_register(w, &o.commune_clerk, id, &t, &number)), ERR_MISSING);
    struct document_order order = {.text = S("x"), .lead = o.board.v};
    CHECK_ERR(ACT(&o, &o.clerk, document_direct(w, &o.clerk, id, &order)), ERR_DENIED);
    order.lead = o.commune_clerk.post.v;
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)), ERR_INVALID);
    order = (struct document_order){.text = S("Giao"), .lead = o.board.v, .inform = {&o.stranger.post.v, 1}};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)));
    CHECK(may_find(&o, &o.officer, id) && may_find(&o, &o.stranger, id) && !may_find(&o, &o.commune_clerk, id));
    struct document_line_id line = office_line(&o, id, o.board.v), told = office_line(&o, id, o.stranger.post.v);
    CHECK_ERR(ACT(&o, &o.stranger, document_line_accept(w, &o.stranger, id, line)), ERR_DENIED);
    CHECK_ERR(ACT(&o, &o.stranger, document_line_report(w, &o.stranger, id, told, S("x"), NULL)), ERR_CONFLICT);
    CHECK(office_count(&o, &o.stranger, DOCUMENT_BOX_INFORM) == 1);
    CHECK_OK(ACT(&o, &o.stranger, document_line_mark_read(w, &o.stranger, id, told)));
    CHECK(office_count(&o, &o.stranger, DOCUMENT_BOX_INFORM) == 0 &&
          office_listed(&o, &o.stranger, DOCUMENT_BOX_ALL) == 1);
    CHECK(office_listed(&o, &o.commune_clerk, DOCUMENT_BOX_ALL) == 0 &&
          office_count(&o, &o.commune_clerk, DOCUMENT_BOX_ALL) == 0);
    clock_freeze((struct instant){0});
}
