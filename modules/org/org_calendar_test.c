#include "tests/db.h"

#include <jansson.h>
#include <unistd.h>

#include "base/num.h"
#include "modules/org/org_rows.h"

static bool listed(json_t *list, struct date d) {
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) {
        int month, dom;
        struct str text = str_of(json_string_value(item)), a, b;
        int64_t m, n;
        if (str_cut(text, S("-"), &a, &b) && num_read(a, &m) && num_read(b, &n)) {
            month = (int)m;
            dom = (int)n;
            if (month == d.month && dom == d.day) {
                return true;
            }
        }
    }
    return false;
}

TEST_DB("every day of six years is worked or not as the notices say") {
    static const char *const fixture = "../shared/data/calendar/workdays_2021_2026.json";
    if (access(fixture, R_OK) != 0) {
        test_skip("the calendar fixture is not here");
        return;
    }
    json_t *root = json_load_file(fixture, JSON_REJECT_DUPLICATES, NULL);
    CHECK_OR_RETURN(root);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    int wrong = 0;
    for (struct date d = {2021, 1, 1}; d.year < 2027; d = date_plus(d, 1)) {
        json_t *year = json_object_get(root, str_z(arena, str_format(arena, "%d", d.year)));
        bool work = date_weekday(d) <= 5;
        work = listed(json_object_get(year, "off"), d) ? false : work;
        work = listed(json_object_get(year, "worked"), d) ? true : work;
        struct org_day day;
        CHECK_OK(org_day(db_reading(w), d, &day));
        wrong += day.is_work != work || !day.is_known;
        wrong += !day.is_work && !(day.reason.len && day.law.len);
    }
    CHECK(wrong == 0);
    json_decref(root);
    db_rollback(w);
}

TEST_DB("a deadline explains itself: the first day, weekends, the new holiday, and the article of law") {
    struct db_write *w;
    struct org_deadline due;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    /* Monday 23/11/2026; the 24th is a holiday, so five working days are 25, 26, 27, 30 and 1/12. */
    CHECK_OK(org_deadline(db_reading(w), arena, (struct date){2026, 11, 23}, 5, &due));
    CHECK(date_is(due.due_on, (struct date){2026, 12, 1}) && !due.is_unsure);
    CHECK(due.days.n == 9 && due.days.at[1].number == 0 && due.days.at[2].number == 1);
    CHECK(str_find(due.words, S("24/11/2026: không tính: Ngày Văn hóa Việt Nam (Điều 112 Bộ luật Lao động 2019"), 0) !=
          SIZE_MAX);
    CHECK(str_find(due.words, S("khoản 2 Điều 147 Bộ luật Dân sự 2015"), 0) != SIZE_MAX);
    CHECK(str_find(due.words, S("28/11/2026: không tính: Thứ Bảy"), 0) != SIZE_MAX);
    /* A Saturday worked instead counts. */
    CHECK_OK(org_deadline(db_reading(w), arena, (struct date){2026, 8, 21}, 1, &due));
    CHECK(date_is(due.due_on, (struct date){2026, 8, 22}));
    int64_t n;
    CHECK_OK(org_working_days(db_reading(w), (struct date){2026, 11, 23}, (struct date){2026, 12, 1}, &n));
    CHECK(n == 5);
    CHECK_OK(org_working_days(db_reading(w), (struct date){2026, 12, 1}, (struct date){2026, 11, 23}, &n));
    CHECK(n == -5);
    db_rollback(w);
}

TEST_DB("a year without notices is said loudly; senseless counts are refused") {
    struct db_write *w;
    struct org_deadline due;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    CHECK_OK(org_deadline(db_reading(w), arena, (struct date){2026, 12, 28}, 10, &due));
    CHECK(due.is_unsure && str_starts(due.warning, S("CHƯA CHẮC CHẮN")) &&
          str_find(due.warning, S("năm 2027"), 0) != SIZE_MAX);
    CHECK(str_find(due.words, due.warning, 0) != SIZE_MAX);
    CHECK_ERR(org_deadline(db_reading(w), arena, (struct date){2026, 12, 28}, 0, &due), ERR_INVALID);
    CHECK_ERR(org_deadline(db_reading(w), arena, (struct date){2026, 12, 28}, 1001, &due), ERR_INVALID);
    CHECK_ERR(org_deadline(db_reading(w), arena, (struct date){2026, 2, 30}, 5, &due), ERR_INVALID);
    db_rollback(w);
}
