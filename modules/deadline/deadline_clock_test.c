#include "tests/db.h"

#include "modules/deadline/deadline_clock.h"
#include "modules/org/org.h"
#include "modules/org/org_rows.h"

static struct deadline_paper paper(const char *doc, struct date on) {
    return (struct deadline_paper){.doc = str_of(doc), .article = S("Điều 34"), .on = on};
}

TEST_DB("a clock pauses, resumes and is extended by documents, and says why a paper would change nothing") {
    struct db_write *w;
    struct deadline_clock c;
    struct deadline_paper p;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    struct deadline_ask ask = {.rule = S("TC.settle"), .start = {2026, 3, 2}, .minute = -1};
    LIST_ADD(arena, &ask.facts, (struct deadline_fact){S("complex"), S("complex")});
    CHECK_OK(deadline_clock_start(w, 42, &ask, &c));
    CHECK(date_is(c.deadline.due_on, (struct date){2026, 4, 1}) &&
          date_is(c.deadline.late_on, (struct date){2026, 4, 2}));
    struct deadline_clock_id id = c.id;
    p = paper(" ", (struct date){2026, 3, 10});
    CHECK_ERR(deadline_clock_pause(w, id, &p), ERR_INVALID);
    p = paper("QĐ 1", (struct date){2026, 3, 1});
    CHECK_ERR(deadline_clock_pause(w, id, &p), ERR_INVALID);
    p = paper("QĐ 1", (struct date){2026, 4, 20});
    CHECK_ERR(deadline_clock_pause(w, id, &p), ERR_INVALID);
    p = paper("QĐ 1", (struct date){2026, 3, 10});
    CHECK_OK(deadline_clock_pause(w, id, &p));
    CHECK_ERR(deadline_clock_pause(w, id, &p), ERR_CONFLICT);
    CHECK_OK(deadline_clock_read(db_reading(w), id, true, &c));
    CHECK(c.state == DEADLINE_IS_PAUSED && c.deadline.is_paused && c.deadline.remaining == 22);
    p = paper("QĐ 2", (struct date){2026, 3, 17});
    CHECK_OK(deadline_clock_resume(w, id, &p));
    CHECK_ERR(deadline_clock_resume(w, id, &p), ERR_CONFLICT);
    p = paper("QĐ 3", (struct date){2026, 4, 6});
    CHECK_OK(deadline_clock_extend(w, id, &p));
    struct err e = deadline_clock_extend(w, id, &p);
    CHECK(err_is(e, ERR_INVALID) && str_find(e.why->message, S("nhiều nhất 1 lần"), 0) != SIZE_MAX);
    CHECK_OK(deadline_clock_read(db_reading(w), id, true, &c));
    CHECK(c.state == DEADLINE_RUNNING && date_is(c.deadline.due_on, (struct date){2026, 5, 8}) && c.deadline.steps.n);
    int64_t days;
    CHECK_OK(deadline_clock_remaining(db_reading(w), &c, (struct date){2026, 5, 6}, &days));
    CHECK(days == 2);
    CHECK_OK(deadline_clock_end(w, id, DEADLINE_MET, (struct date){2026, 5, 7}));
    CHECK_ERR(deadline_clock_end(w, id, DEADLINE_MET, (struct date){2026, 5, 7}), ERR_CONFLICT);
    CHECK_ERR(deadline_clock_pause(w, id, &p), ERR_CONFLICT);
    struct deadline_clocks of;
    CHECK_OK(deadline_clocks_of(db_reading(w), 42, &of));
    CHECK(of.ids.n == 1 && of.ids.at[0].v == id.v);
    CHECK_ERR(deadline_clock_read(db_reading(w), (struct deadline_clock_id){7}, false, &c), ERR_MISSING);
    db_rollback(w);
}

TEST_DB("a provisional clock falls due anew when the notice of its year is entered; its law stays the law of its first "
        "day") {
    struct db_write *w;
    struct deadline_clock c;
    int64_t last, changed;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    struct deadline_ask ask = {.rule = S("KNPA.answer"), .start = {2026, 12, 21}, .minute = -1};
    CHECK_OK(deadline_clock_start(w, 1, &ask, &c));
    CHECK(c.deadline.is_provisional && date_is(c.deadline.due_on, (struct date){2027, 1, 5}));
    CHECK_OK(org_holiday_year_put(
        w, (struct org_holiday_year_put_in){.year = 2027, .source = S("Thông báo"), .is_checked = true}, NULL));
    CHECK_OK(org_holiday_put(
        w,
        (struct org_holiday_put_in){
            .day_on = {2027, 1, 4}, .is_work = false, .reason = S("Nghỉ hoán đổi"), .notice = S("Thông báo 2027")},
        NULL));
    CHECK_OK(deadline_clocks_again(w, 0, 100, &last, &changed));
    CHECK(last == 0 && changed == 1);
    CHECK_OK(deadline_clock_read(db_reading(w), c.id, false, &c));
    CHECK(!c.deadline.is_provisional && date_is(c.deadline.due_on, (struct date){2027, 1, 6}));
    CHECK_OK(deadline_clocks_again(w, 0, 100, &last, &changed));
    CHECK(changed == 0);
    ask = (struct deadline_ask){.rule = S("KN.accept"), .start = {2026, 6, 29}, .minute = -1};
    CHECK_OK(deadline_clock_start(w, 2, &ask, &c));
    CHECK(str_eq(c.ask.version, S("2012")) && c.deadline.counted == 10);
    db_rollback(w);
}
