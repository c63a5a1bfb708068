#include "tests/db.h"

#include "kernel/rights/audit_chain.h"
#include "kernel/queue/event.h"
#include "modules/document/document_secret.h"
#include "modules/document/document_test_office.h"

static void check_nothing_said(struct office *o, struct document_doc_id id) {
    struct db_read *r;
    struct document_by_id_row *d;
    struct document_step_list_rows steps;
    struct document_line_list_rows lines;
    struct event_list events;
    struct audit_read_rows trail;
    bool is_complete;
    CHECK_OK(db_begin_read(o->db, o->arena, &r));
    CHECK_OK(document_by_id(r, (struct document_by_id_in){id}, &d));
    CHECK_STR(d->state, S("void"));
    CHECK(d->arrival_no == 1);
    CHECK_STR(d->subject, S("Tài liệu mật đã được gỡ"));
    CHECK(!d->code.len && !d->issuer.len && !d->notation.len && !d->duplicate_key.len && !d->number);
    CHECK_OK(document_step_list(r, (struct document_step_list_in){id}, &steps));
    for (size_t i = 0; i + 1 < steps.n; i++) {
        CHECK_STR(steps.at[i].text, S("Nội dung đã được xóa theo yêu cầu."));
        CHECK(steps.at[i].by_name.len > 0);
    }
    CHECK(steps.n > 3 && str_starts(steps.at[steps.n - 1].text, S("Tài liệu mật đã được gỡ ngày 20/11/2026 bởi ")));
    CHECK_OK(document_line_list(r, (struct document_line_list_in){id}, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        CHECK_STR(lines.at[i].state, S("recalled"));
    }
    CHECK_OK(event_after(r, 0, 1000, &events, &is_complete));
    for (size_t i = 0; i < events.n; i++) {
        CHECK(str_find(events.at[i].body, S("hộ nghèo"), 0) == SIZE_MAX);
    }
    CHECK_OK(audit_read(r, (struct audit_read_in){0, 1000}, &trail));
    for (size_t i = 0; i < trail.n; i++) {
        CHECK(str_find(trail.at[i].after_json, S("hộ nghèo"), 0) == SIZE_MAX);
    }
    db_end_read(r);
}

TEST_DB("a registered and directed document taken out as a secret says nothing any more, but what was done stays") {
    struct office o;
    struct document_doc_id id;
    clock_freeze(date_at((struct date){2026, 11, 20}, 12, 0));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("1187/SNNMT-GN"), OFFICE_DIRECTED, 5, &id));
    CHECK_ERR(ACT(&o, &o.officer, document_secret_remove(w, &o.officer, id, true)), ERR_DENIED);
    CHECK_ERR(ACT(&o, &o.clerk, document_secret_remove(w, &o.clerk, id, false)), ERR_INVALID);
    CHECK_OK(ACT(&o, &o.clerk, document_secret_remove(w, &o.clerk, id, true)));
    check_nothing_said(&o, id);
    CHECK_ERR(ACT(&o, &o.clerk, document_secret_remove(w, &o.clerk, id, true)), ERR_CONFLICT);
    clock_freeze((struct instant){0});
}

TEST("every way in asks one gate: print on a line of its own is a stamp, the word in a sentence is none") {
    struct str seen;
    CHECK(document_text_bears_stamp(arena, S("CÔNG AN THÀNH PHỐ\nSố: 12/BC-CATP\nMẬT\n\nBÁO CÁO\nTình hình an ninh"),
                                    &seen));
    CHECK_STR(seen, S("MẬT"));
    CHECK(document_text_bears_stamp(arena, S("Trang một\fBỘ CÔNG AN\nTUYỆT MẬT\nKế hoạch"), &seen));
    CHECK(!document_text_bears_stamp(arena, S("LUẬT\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\nĐiều 1. Tài liệu mật phải được bảo vệ."),
                                     &seen));
    CHECK(!document_text_bears_stamp(arena, S("ỦY BAN\nMẶT TRẬN TỔ QUỐC\nThông báo"), &seen));
}
