#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "modules/deadline/deadline.h"
#include "modules/org/org_calendar.h"

struct tables {
    struct deadline_rules rules;
    const struct deadline_calendar *calendar;
};

static struct err tables_make(struct arena *a, struct tables *t) {
    struct org_days days;
    TRY(org_days_brought(a, &days));
    TRY(deadline_calendar_make(a, &days, 1990, 2100, &t->calendar));
    return deadline_rules_read(a, &t->rules);
}

static struct err count(struct arena *a, const struct tables *t, const char *json, struct deadline *d) {
    struct deadline_ask ask;
    struct str id;
    TRY(deadline_case_read(a, str_of(json), &id, &ask));
    ask.wants_days = true;
    return deadline_count(a, &t->rules, t->calendar, &ask, d);
}

static bool gives(struct arena *a, const struct tables *t, const char *json, struct date due) {
    struct deadline d;
    struct err e = count(a, t, json, &d);
    if (e.why || !date_is(d.due_on, due)) {
        printf("%s: %.*s %.*s\n", json, STR_ARG(date_iso(a, d.due_on)), STR_ARG(e.why ? e.why->message : S("")));
        return false;
    }
    return true;
}
#define CASE(rule, at, facts) "{\"rule\":\"" rule "\",\"start\":{\"at\":\"" at "\"},\"facts\":{" facts "}}"

TEST("days are counted in the rule's unit; a last day off moves on, one counted back moves back") {
    struct tables t;
    CHECK_OK(tables_make(arena, &t));
    CHECK(gives(arena, &t, CASE("CADRE.sync", "2026-11-20", ""), (struct date){2026, 11, 26}));
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-01-20", ""), (struct date){2026, 2, 23}));
    CHECK(gives(arena, &t, CASE("VOTER.before", "2026-12-13", ""), (struct date){2026, 11, 27}));
    CHECK(gives(arena, &t, CASE("VOTER.before_special", "2026-11-25", ""), (struct date){2026, 11, 20}));
    CHECK(gives(arena, &t, CASE("KN.first", "2026-03-02", "\"complex\":true,\"remote\":true"),
                (struct date){2026, 5, 4}));
    CHECK(gives(arena, &t, CASE("FILE.submit", "2024-02-29", ""), (struct date){2025, 2, 28}));
    struct deadline d;
    CHECK_OK(count(arena, &t, CASE("DATA.breach", "2026-12-31T23:10", ""), &d));
    CHECK(date_is(d.due_on, (struct date){2027, 1, 3}) && d.due_minute == 23 * 60 + 10 && !d.is_provisional);
    CHECK_OK(count(arena, &t, CASE("DOC.send", "2026-11-27T09:00", ""), &d));
    CHECK(date_is(d.due_on, (struct date){2026, 11, 30}) && d.due_minute == 11 * 60 + 30);
    CHECK(date_is(d.late_on, d.due_on));
}

TEST("the law of the first day holds, and a version may be named by its name or by a day") {
    struct tables t;
    struct deadline d;
    CHECK_OK(tables_make(arena, &t));
    CHECK_OK(count(arena, &t, CASE("KN.accept", "2026-06-29", ""), &d));
    CHECK(d.rule.unit == DEADLINE_CALENDAR_DAY && d.counted == 10);
    CHECK_OK(count(arena, &t, CASE("KN.accept", "2026-07-01", ""), &d));
    CHECK(d.rule.unit == DEADLINE_WORKING_DAY && d.counted == 7);
    CHECK_OK(
        count(arena, &t, "{\"rule\":\"KN.accept\",\"rule_version\":\"2012\",\"start\":{\"at\":\"2026-07-01\"}}", &d));
    CHECK(d.rule.unit == DEADLINE_CALENDAR_DAY);
    CHECK_OK(count(arena, &t,
                   "{\"rule\":\"KN.accept\",\"rule_version\":\"2026-08-09\",\"start\":{\"at\":\"2026-06-01\"}}", &d));
    CHECK(d.rule.unit == DEADLINE_WORKING_DAY);
    /* Received after hours on the last day of the old law: received under the new. */
    CHECK_OK(count(
        arena, &t,
        CASE("KN.accept", "2026-06-30T18:00", "\"after_hours_rule\":true,\"office_hours\":[\"07:30\",\"17:00\"]"), &d));
    CHECK(d.rule.unit == DEADLINE_WORKING_DAY && date_is(d.day0, (struct date){2026, 7, 1}));
}

#define PAUSE(doc, from, back, to)                                                                                     \
    "\"pauses\":[{\"doc\":" doc ",\"from\":\"" from "\",\"resume_doc\":" back ",\"to\":" to "}]"
TEST("pauses and extensions have effect only by a document, within the law, and while the clock runs") {
    struct tables t;
    struct deadline d;
    CHECK_OK(tables_make(arena, &t));
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-03-02", ""), (struct date){2026, 4, 1}));
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-03-02", PAUSE("\"QĐ\"", "2026-03-10", "\"QĐ\"", "\"2026-03-17\"")),
                (struct date){2026, 4, 8}));
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-03-02", PAUSE("null", "2026-03-10", "\"QĐ\"", "\"2026-03-17\"")),
                (struct date){2026, 4, 1}));
    CHECK(gives(arena, &t, CASE("KN.first", "2026-03-02", PAUSE("\"QĐ\"", "2026-03-10", "\"QĐ\"", "\"2026-03-17\"")),
                (struct date){2026, 4, 1}));
    CHECK_OK(count(arena, &t, CASE("TC.settle", "2026-03-02", PAUSE("\"QĐ\"", "2026-03-10", "null", "null")), &d));
    CHECK(d.is_paused && !d.due_on.year && d.counted == 8 && d.remaining == 22);
#define EXTEND(doc, on) "\"complex\":\"complex\",\"extensions\":[{\"doc\":" doc ",\"date\":\"" on "\",\"days\":30}]"
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-03-02", EXTEND("\"QĐ\"", "2026-03-30")), (struct date){2026, 5, 4}));
    CHECK(gives(arena, &t, CASE("TC.settle", "2026-03-02", EXTEND("null", "2026-03-30")), (struct date){2026, 4, 1}));
    CHECK_OK(count(arena, &t, CASE("TC.settle", "2026-03-02", EXTEND("\"QĐ 9\"", "2026-04-02")), &d));
    CHECK(date_is(d.due_on, (struct date){2026, 4, 1}) && str_find(d.notes.at[0], S("đã hết hạn"), 0) != SIZE_MAX);
}

TEST("a year without its notice is counted by the days the law names and said to be provisional") {
    struct tables t;
    struct deadline d;
    CHECK_OK(tables_make(arena, &t));
    CHECK_OK(count(arena, &t, CASE("KNPA.answer", "2027-04-28", ""), &d));
    CHECK(date_is(d.due_on, (struct date){2027, 5, 14}) && d.is_provisional);
    CHECK_OK(count(arena, &t, CASE("KNPA.answer", "2026-12-01", ""), &d));
    CHECK(!d.is_provisional);
    CHECK(deadline_remaining(t.calendar, false, (struct date){2026, 11, 26}, (struct date){2026, 11, 20}) == 3);
    CHECK(deadline_remaining(t.calendar, true, (struct date){2026, 11, 26}, (struct date){2026, 11, 20}) == 4);
    CHECK(deadline_remaining(t.calendar, false, (struct date){2026, 11, 20}, (struct date){2026, 11, 26}) == -3);
}

TEST("lunar days are those of Việt Nam, and days that are not are refused") {
    struct date on;
    CHECK(deadline_lunar_to_solar((struct deadline_lunar){1, 1, 2007, false}, &on) &&
          date_is(on, (struct date){2007, 2, 17}));
    CHECK(deadline_lunar_to_solar((struct deadline_lunar){1, 6, 2025, true}, &on) &&
          date_is(on, (struct date){2025, 7, 25}));
    CHECK(!deadline_lunar_to_solar((struct deadline_lunar){1, 5, 2025, true}, &on));
    CHECK(!deadline_lunar_to_solar((struct deadline_lunar){30, 12, 2025, false}, &on));
    CHECK(!deadline_lunar_to_solar((struct deadline_lunar){1, 1, 2200, false}, &on));
}

TEST("what cannot be counted is refused at its field") {
    struct tables t;
    struct deadline d;
    struct err e;
    CHECK_OK(tables_make(arena, &t));
    e = count(arena, &t, CASE("NO.such", "2026-03-02", ""), &d);
    CHECK(err_is(e, ERR_INVALID) && str_eq(e.why->field, S("rule")));
    e = count(arena, &t, CASE("TASK.due", "2026-03-02", ""), &d);
    CHECK(err_is(e, ERR_INVALID) && str_eq(e.why->field, S("n")));
    e = count(arena, &t, CASE("TASK.due", "2026-02-30", "\"n\":3"), &d);
    CHECK(err_is(e, ERR_INVALID) && str_eq(e.why->field, S("start")));
    e = count(arena, &t, CASE("TC.settle", "2010-02-03", ""), &d);
    CHECK(err_is(e, ERR_INVALID) && str_eq(e.why->field, S("rule")));
    e = count(arena, &t, CASE("TASK.due", "2099-12-30", "\"n\":300"), &d);
    CHECK(err_is(e, ERR_INVALID));
}

TEST("a count is told day by day, with the article") {
    struct tables t;
    struct deadline d;
    struct deadline_ask ask = {.rule = S("CADRE.sync"), .start = {2026, 11, 20}, .minute = -1, .wants_days = true};
    CHECK_OK(tables_make(arena, &t));
    CHECK_OK(deadline_count(arena, &t.rules, t.calendar, &ask, &d));
    struct str words = deadline_words(arena, &ask, &d);
    CHECK(d.steps.n == 7 && d.steps.at[0].kind == DEADLINE_START && d.steps.at[6].number == 3);
    CHECK(str_find(words, S("24/11/2026: không tính: Ngày Văn hóa Việt Nam"), 0) != SIZE_MAX);
    CHECK(str_find(words, S("Hạn: Thứ Năm 26/11/2026, đủ 3 ngày làm việc"), 0) != SIZE_MAX);
    CHECK(str_find(words, S("Nghị định 27/2026/NĐ-CP"), 0) != SIZE_MAX);
}

static bool agrees(struct arena *a, const json_t *expect, const struct deadline *d) {
    const char *due = json_string_value(json_object_get(expect, "due"));
    struct buf b = buf_in(a);
    if (d->due_on.year) {
        date_put_iso(&b, d->due_on);
        if (d->due_minute >= 0) {
            buf_printf(&b, "T%02d:%02d", d->due_minute / 60, d->due_minute % 60);
        }
    }
    const json_t *counted = json_object_get(expect, "counted");
    return str_eq(buf_str(&b), str_of(due)) && json_is_true(json_object_get(expect, "moved")) == d->is_moved &&
           json_is_true(json_object_get(expect, "provisional")) == d->is_provisional &&
           (!json_is_integer(counted) || json_integer_value(counted) == d->counted);
}

TEST("the clocks of the data set fall due as two computations and a count by hand say") {
    static const char *const fixture = "../shared/data/clocks/cases.jsonl";
    struct tables t;
    char *line = NULL;
    size_t cap = 0;
    int n = 0, wrong = 0;
    if (access(fixture, R_OK) != 0) {
        test_skip("the clocks are not here");
        return;
    }
    CHECK_OK(tables_make(arena, &t));
    FILE *f = fopen(fixture, "re");
    CHECK_OR_RETURN(f);
    while (getline(&line, &cap, f) > 0) {
        struct deadline d;
        json_t *all = json_loads(line, 0, NULL);
        struct err e = count(arena, &t, line, &d);
        wrong += e.why || !agrees(arena, json_object_get(all, "expect"), &d);
        json_decref(all);
        n++;
    }
    fclose(f);
    (free)(line);
    CHECK(n > 30 && wrong == 0);
}
