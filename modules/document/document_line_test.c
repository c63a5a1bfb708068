#include "tests/db.h"

#include "kernel/queue/event.h"
#include "modules/document/document_test_office.h"
#include "modules/org/org_change.h"

static struct instant noon(int month, int day) {
    return date_at((struct date){2026, (int8_t)month, (int8_t)day}, 12, 0);
}

static struct document_by_id_row *doc_of(struct office *o, struct document_doc_id id) {
    struct db_read *r;
    struct document_by_id_row *d = NULL;
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(document_by_id(r, (struct document_by_id_in){id}, &d));
        db_end_read(r);
    }
    return d;
}

TEST_DB("a deadline in working days skips the weekend and says how it was counted") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 6)); /* a Friday */
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 3, &id));
    struct document_by_id_row *d = doc_of(&o, id);
    CHECK_OR_RETURN(d != NULL);
    CHECK_STR(date_iso(arena, d->due_on), S("2026-11-11"));
    CHECK(d->due_why.len > 0);
    struct document_order order = {.text = S("x"), .lead = o.board.v, .days = 400};
    struct document_doc_id other;
    CHECK_OK(office_document(&o, S("2/A"), OFFICE_PRESENTED, 0, &other));
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, other, &order)), ERR_INVALID);
    order.days = 0;
    order.due_on = (struct date){2026, 11, 5};
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, other, &order)), ERR_INVALID);
    order.due_on = (struct date){2026, 11, 8};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, other, &order)));
    CHECK(str_find(doc_of(&o, other)->due_why, S("ngày nghỉ"), 0) != SIZE_MAX);
    clock_freeze((struct instant){0});
}

TEST_DB("what is past its day is late in every tab it stands in, and is announced once") {
    struct office o;
    struct document_doc_id id;
    int64_t told = 0;
    clock_freeze(noon(11, 2));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 2, &id)); /* due on the 4th */
    CHECK(office_count(&o, &o.head, DOCUMENT_BOX_SOON) == 1 && office_count(&o, &o.head, DOCUMENT_BOX_LATE) == 0);
    clock_freeze(noon(11, 4));
    CHECK(office_count(&o, &o.head, DOCUMENT_BOX_LATE) == 0);
    CHECK_OK(ACT(&o, &o.chair, document_tell_late(w, clock_today(), &told)));
    CHECK(told == 0);
    clock_freeze(noon(11, 5));
    const struct who *all[] = {&o.clerk, &o.chair, &o.head};
    for (size_t i = 0; i < 3; i++) {
        CHECK(office_count(&o, all[i], DOCUMENT_BOX_LATE) == 1 && office_count(&o, all[i], DOCUMENT_BOX_SOON) == 0);
        CHECK(office_listed(&o, all[i], DOCUMENT_BOX_LATE) == 1);
    }
    CHECK(office_count(&o, &o.stranger, DOCUMENT_BOX_LATE) == 0);
    CHECK_OK(ACT(&o, &o.chair, document_tell_late(w, clock_today(), &told)));
    CHECK(told == 1);
    CHECK_OK(ACT(&o, &o.chair, document_tell_late(w, clock_today(), &told)));
    CHECK(told == 0);
    struct db_read *r;
    struct event_list events;
    bool complete, heard = false;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(event_after(r, 0, 1000, &events, &complete));
    for (size_t i = 0; i < events.n; i++) {
        heard = heard || (str_eq(events.at[i].kind, S("document.late")) && events.at[i].record == id.v);
    }
    db_end_read(r);
    CHECK(heard);
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK_OK(ACT(&o, &o.head, document_line_report(w, &o.head, id, line, S("Xong"), NULL)));
    CHECK(office_count(&o, &o.head, DOCUMENT_BOX_LATE) == 0 && office_count(&o, &o.clerk, DOCUMENT_BOX_LATE) == 0);
    clock_freeze((struct instant){0});
}

TEST_DB("a lead may return with a reason; the leader then directs anew") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 3, &id));
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK_ERR(ACT(&o, &o.head, document_line_return(w, &o.head, id, line, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.head, document_line_return(w, &o.head, id, line, S("Không đúng chức năng"))));
    CHECK_ERR(ACT(&o, &o.head, document_line_return(w, &o.head, id, line, S("Không đúng chức năng"))), ERR_CONFLICT);
    CHECK_STR(doc_of(&o, id)->state, S("presented"));
    CHECK(office_count(&o, &o.chair, DOCUMENT_BOX_PRESENTED) == 1 &&
          office_count(&o, &o.chair, DOCUMENT_BOX_RETURNED) == 1);
    CHECK(office_count(&o, &o.head, DOCUMENT_BOX_RETURNED) == 1 &&
          office_count(&o, &o.head, DOCUMENT_BOX_WORKING) == 0);
    struct document_order order = {.text = S("Giao ban khác"), .lead = o.other.v, .days = 3};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)));
    CHECK_STR(doc_of(&o, id)->lead_name, S("Ban Khác thử"));
    CHECK(office_count(&o, &o.stranger, DOCUMENT_BOX_WAITING) == 1);
    clock_freeze((struct instant){0});
}

TEST_DB(
    "a direction can be taken back within minutes, while nobody took it up; after that, line by line with a reason") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 3, &id));
    CHECK_ERR(ACT(&o, &o.deputy, document_direct_recall(w, &o.deputy, id)), ERR_DENIED);
    CHECK_OK(ACT(&o, &o.chair, document_direct_recall(w, &o.chair, id)));
    CHECK_STR(doc_of(&o, id)->state, S("presented"));
    struct db_read *r;
    struct document_by_id_row *d;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_ERR(document_find(r, id, &o.head, &d, NULL), ERR_MISSING);
    db_end_read(r);
    struct document_order order = {.text = S("Giao lại"), .lead = o.board.v};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &order)));
    clock_freeze((struct instant){noon(11, 20).ms + 11 * 60000});
    CHECK_ERR(ACT(&o, &o.chair, document_direct_recall(w, &o.chair, id)), ERR_CONFLICT);
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK_ERR(ACT(&o, &o.head, document_line_recall(w, &o.head, id, line, S("x"))), ERR_DENIED);
    CHECK_ERR(ACT(&o, &o.chair, document_line_recall(w, &o.chair, id, line, S(""))), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.chair, document_line_recall(w, &o.chair, id, line, S("Giao nhầm"))));
    CHECK(office_listed(&o, &o.head, DOCUMENT_BOX_ALL) == 0);
    clock_freeze((struct instant){0});
}

TEST_DB("more time is asked by who works and given by who directs, once") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 3, &id));
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK_ERR(ACT(&o, &o.head, document_extension_ask(w, &o.head, id, line, (struct date){2026, 11, 24}, S("x"))),
              ERR_INVALID);
    CHECK_OK(
        ACT(&o, &o.head, document_extension_ask(w, &o.head, id, line, (struct date){2026, 12, 4}, S("Chờ số liệu"))));
    CHECK_ERR(
        ACT(&o, &o.head, document_extension_ask(w, &o.head, id, line, (struct date){2026, 12, 5}, S("Chờ số liệu"))),
        ERR_CONFLICT);
    struct db_read *r;
    struct document_extension_list_rows asked;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(document_extension_list(r, (struct document_extension_list_in){id}, &asked));
    db_end_read(r);
    CHECK_OR_RETURN(asked.n == 1);
    CHECK_ERR(ACT(&o, &o.head, document_extension_answer(w, &o.head, id, asked.at[0].id, true, S(""))), ERR_DENIED);
    CHECK_OK(ACT(&o, &o.chair, document_extension_answer(w, &o.chair, id, asked.at[0].id, true, S("Đồng ý"))));
    CHECK_ERR(ACT(&o, &o.chair, document_extension_answer(w, &o.chair, id, asked.at[0].id, false, S(""))),
              ERR_CONFLICT);
    CHECK_STR(date_iso(arena, doc_of(&o, id)->due_on), S("2026-12-04"));
    clock_freeze((struct instant){0});
}

TEST_DB("a head names who in the unit does it; one lead only, and nobody twice") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 20));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1/A"), OFFICE_DIRECTED, 3, &id));
    struct document_line_id line = office_line(&o, id, o.board.v);
    CHECK_ERR(ACT(&o, &o.officer, document_line_assign(w, &o.officer, id, line, o.officer.post)), ERR_DENIED);
    CHECK_ERR(ACT(&o, &o.head, document_line_assign(w, &o.head, id, line, o.stranger.post)), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.head, document_line_assign(w, &o.head, id, line, o.officer.post)));
    struct document_order more = {.text = S("Thêm nơi phối hợp"), .cooperate = {&o.other.v, 1}, .days = 2};
    CHECK_OK(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &more)));
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &more)), ERR_INVALID);
    more.lead = o.other.v;
    CHECK_ERR(ACT(&o, &o.chair, document_direct(w, &o.chair, id, &more)), ERR_INVALID);
    CHECK_STR(doc_of(&o, id)->lead_name, S("Ban Phong trào thử"));
    clock_freeze((struct instant){0});
}

TEST_DB("counters, lists and rights agree over the demonstration's year") {
    struct office o = {.db = db, .arena = arena};
    struct db_write *w;
    struct db_read *r;
    struct org_principals clerks;
    struct unit_id front;
    CHECK_OK(file_store_open(test_dir(arena), INT64_C(300) << 20, &read_limits_usual));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    CHECK_OK(org_demo(w, arena));
    CHECK_OK(document_demo_some(w, arena, 40));
    CHECK_OK(org_unit_by_code(db_reading(w), S("MT31"), &front));
    CHECK_OK(org_posts_with(db_reading(w), front, ROLE_CLERK | ROLE_LEADER | ROLE_HEAD | ROLE_OFFICER, &clerks));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    int64_t total = 0;
    for (size_t i = 0; i < clerks.n && i < 24; i++) {
        struct who who = {.post = {clerks.at[i].id}, .organ = front};
        struct document_counts counts;
        CHECK_OK(document_counts(r, who.post, clock_today(), &counts));
        for (int box = DOCUMENT_BOX_DRAFT; box < DOCUMENT_BOXES; box++) {
            struct document_rows rows;
            CHECK_OK(document_box_list(r, &who, (enum document_box)box, clock_today(), 100, &rows));
            CHECK((int64_t)rows.n == counts.n[box]);
            total += counts.n[box];
            for (size_t k = 0; k < rows.n; k++) {
                bool may;
                CHECK_OK(access_can(r, rows.at[k].id.v, who.post.v, CAN_READ, &may));
                CHECK(may);
            }
        }
    }
    CHECK(total > 40);
    db_end_read(r);
    (void)o;
}

TEST_DB("while a delegation is in force, the other leader sees what waits for the one who gave it, and directs it") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(noon(11, 6));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("9/A"), OFFICE_PRESENTED, 0, &id));
    CHECK(office_count(&o, &o.deputy, DOCUMENT_BOX_PRESENTED) == 0);
    const struct org_delegation_new d = {.from = o.chair.post,
                                         .to = o.deputy.post,
                                         .from_on = clock_today(),
                                         .until_on = date_plus(clock_today(), 1),
                                         .basis = S("Giấy ủy quyền 3")};
    struct org_delegation_new wrong = d;
    wrong.to = o.officer.post;
    CHECK_ERR(ACT(&o, &o.chair, org_delegate(w, &wrong)), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.chair, org_delegate(w, &d)));
    CHECK(office_count(&o, &o.deputy, DOCUMENT_BOX_PRESENTED) == 1);
    CHECK(office_listed(&o, &o.deputy, DOCUMENT_BOX_PRESENTED) == 1);
    const struct document_order order = {.text = S("Thay Chủ tịch: giao Ban"), .lead = o.board.v, .days = 3};
    CHECK_OK(ACT(&o, &o.deputy, document_direct(w, &o.deputy, id, &order)));
    CHECK_STR(doc_of(&o, id)->state, S("assigned"));
    CHECK_OK(office_document(&o, S("10/A"), OFFICE_PRESENTED, 0, &id));
    CHECK(office_count(&o, &o.deputy, DOCUMENT_BOX_PRESENTED) == 1);
    CHECK_OK(ACT(&o, &o.chair, org_wear_all(w, date_plus(clock_today(), 2))));
    CHECK(office_count(&o, &o.deputy, DOCUMENT_BOX_PRESENTED) == 0);
}
