#include "modules/notice/notice.h"
#include "kernel/db/db.h"
#include "kernel/port/told.h"
#include "modules/document/document_test_office.h"
#include "tests/db.h"

TEST("a notice is called what its module calls it: the first kind that fits, or nobody's") {
    CHECK_STR(notice_group(S("document.assigned")), S("Được giao việc"));
    CHECK_STR(notice_group(S("document.something_new")), S("Văn bản đến"));
    CHECK_STR(notice_group(S("documents.assigned")), S("Khác"));
    CHECK_STR(notice_group(S("task.return")), S("Bị trả lại"));
    CHECK_STR(notice_group(S("document.mentioned")), S("Được nhắc tên"));
    CHECK_STR(notice_group(S("visit.mentioned")), S("Được nhắc tên"));
    (void)arena;
}

static struct err hear_all(struct db *db, struct arena *arena) {
    bool more = true;
    while (more) {
        TRY(event_deliver(db, arena, notice_module.listeners, 1, &more));
    }
    return OK;
}

TEST_DB("who is given work is told of it, and nobody else") {
    struct office o;
    struct document_doc_id id;
    struct notice_latest latest;
    struct db_read *r;
    clock_freeze(date_at((struct date){2026, 11, 20}, 12, 0));
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(office_document(&o, S("2/B"), OFFICE_DIRECTED, 2, &id));
    CHECK_OK(hear_all(db, arena));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(notice_latest(r, o.head.post, 10, &latest));
    CHECK(latest.n == 1 && latest.at[0].is_new);
    CHECK_OK(notice_latest(r, o.stranger.post, 10, &latest));
    CHECK(latest.n == 0);
    db_end_read(r);
    clock_freeze((struct instant){0});
}
