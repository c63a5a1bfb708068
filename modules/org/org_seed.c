/* Fixed rows: the calendar's facts and rules, the places of Hải Phòng before and since 1 July 2025. */
#include <string.h>

#include "base/facts.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"
#include "kernel/index/feed.h"
#include "modules/org/org_rows.h"
#include "modules/place/place.h"

FACTS(org_facts_holidays, "modules/org/holidays.tsv");

enum { CELLS = 5 };

static struct err seed_holidays(struct db_write *db) {
    struct str rest = FACTS_STR(org_facts_holidays), cell[CELLS];
    int64_t known = 0;
    while (facts_next(&rest, cell, CELLS)) {
        struct date on;
        if (!date_read_iso(cell[0], &on)) {
            return FAIL(ERR_BROKEN, "a row of holidays.tsv has no date");
        }
        if (on.year != known) {
            known = on.year;
            TRY(org_holiday_year_put(
                db,
                (struct org_holiday_year_put_in){.year = known,
                                                 .source = S("Các thông báo lịch nghỉ hằng năm; cần đối chiếu lại"),
                                                 .is_checked = false},
                NULL));
        }
        TRY(org_holiday_put(
            db,
            (struct org_holiday_put_in){
                .day_on = on, .is_work = str_eq(cell[1], S("work")), .reason = cell[2], .notice = cell[3]},
            NULL));
    }
    return OK;
}

struct err org_days_brought(struct arena *a, struct org_days *out) {
    struct str rest = FACTS_STR(org_facts_holidays), cell[CELLS];
    *out = (struct org_days){0};
    while (facts_next(&rest, cell, CELLS)) {
        struct org_day day = {
            .is_work = str_eq(cell[1], S("work")), .is_known = true, .reason = cell[2], .law = cell[3]};
        if (!date_read_iso(cell[0], &day.on)) {
            return FAIL(ERR_BROKEN, "a row of holidays.tsv has no date");
        }
        if (!out->years.n || out->years.at[out->years.n - 1] != day.on.year) {
            LIST_ADD(a, &out->years, day.on.year);
        }
        LIST_ADD(a, &out->days, day);
    }
    return OK;
}

static struct err seed_rules(struct db_write *db) {
    static const struct {
        struct str key, law, words;
        struct date from;
    } rules[] = {
        {S_INIT("first-day"),
         S_INIT("khoản 2 Điều 147 Bộ luật Dân sự 2015"),
         S_INIT("Ngày đầu tiên của thời hạn không được tính mà tính từ ngày tiếp theo liền kề."),
         {2017, 1, 1}},
        {S_INIT("last-day"),
         S_INIT("khoản 2 Điều 148 Bộ luật Dân sự 2015"),
         S_INIT("Thời hạn tính bằng ngày kết thúc tại thời điểm kết thúc ngày cuối cùng của thời hạn."),
         {2017, 1, 1}},
        {S_INIT("weekend"),
         S_INIT("Quyết định 188/1999/QĐ-TTg về tuần làm việc 40 giờ"),
         S_INIT("Cán bộ, công chức làm việc năm ngày một tuần, nghỉ thứ Bảy và Chủ nhật."),
         {1999, 10, 2}},
        {S_INIT("holiday"),
         S_INIT("Điều 112 Bộ luật Lao động 2019"),
         S_INIT("Các ngày nghỉ lễ, tết; Thủ tướng quyết định ngày nghỉ cụ thể hằng năm."),
         {2021, 1, 1}},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        TRY(org_count_rule_put(
            db,
            (struct org_count_rule_put_in){
                .key = rules[i].key, .from_on = rules[i].from, .law = rules[i].law, .words = rules[i].words},
            NULL));
    }
    return OK;
}

struct err org_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    TRY(seed_holidays(db));
    TRY(seed_rules(db));
    return job_add(db, &(struct job_new){.kind = S("org.daily"), .is_single = true}, NULL);
}

/* --- Places --- */
static const struct date last_before = {2025, 6, 30}, first_since = {2025, 7, 1};
#define PROVINCES_MERGED S("Nghị quyết 202/2025/QH15")
#define COMMUNES_MERGED S("Nghị quyết 1669/NQ-UBTVQH15")

struct place {
    struct str code;
    struct unit_id id;
};
struct places {
    struct arena *arena;
    struct unit_id city, province;
    LIST(struct place) now;
    LIST(struct place) districts;
};

static struct unit_id place_coded(const struct place *at, size_t n, struct str code) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(at[i].code, code)) {
            return at[i].id;
        }
    }
    return (struct unit_id){0};
}

static struct err place_make(struct db_write *db, struct str code, struct str level, struct str name,
                             struct unit_id parent, struct unit_id *id) {
    bool is_old = str_eq(level, S("district")) || str_starts(level, S("old"));
    struct org_unit_new u = {.code = code,
                             .kind = S("place"),
                             .level = str_starts(level, S("old ")) ? str_slice(level, 4, level.len) : level,
                             .name = name,
                             .parent = parent,
                             .until_on = is_old ? last_before : (struct date){0},
                             .from_on = is_old || !parent.v ? (struct date){0} : first_since,
                             .source = is_old ? S("Tổng cục Thống kê, danh mục trước 01/7/2025") : COMMUNES_MERGED};
    return org_unit_make(db, &u, id);
}

static struct err places_now(struct db_write *db, struct places *p) {
    struct str rest = place_communes_table(), cell[CELLS];
    TRY(place_make(db, S("31"), S("city"), S("Thành phố Hải Phòng"), (struct unit_id){0}, &p->city));
    TRY(place_make(db, S("30"), S("old city"), S("Tỉnh Hải Dương"), (struct unit_id){0}, &p->province));
    TRY(org_succeed(db, p->province, p->city, 1, first_since, PROVINCES_MERGED));
    while (facts_next(&rest, cell, CELLS)) {
        struct place *c = LIST_PUSH(p->arena, &p->now);
        c->code = cell[0];
        TRY(place_make(db, cell[0], S("commune"), str_format(p->arena, "%.*s %.*s", STR_ARG(cell[1]), STR_ARG(cell[2])),
                       p->city, &c->id));
    }
    return OK;
}

static struct err succeed_once(struct db_write *db, struct unit_id old, struct unit_id fresh, double share) {
    struct org_successors_of_rows rows;
    TRY(org_successors_of(db_reading(db), (struct org_successors_of_in){.old_unit = {old.v}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].new_unit.v == fresh.v) {
            return OK;
        }
    }
    return org_succeed(db, old, fresh, share, first_since, COMMUNES_MERGED);
}

static struct err commune_before(struct db_write *db, struct places *p, const struct str cell[static CELLS]) {
    struct unit_id id, district = place_coded(p->districts.at, p->districts.n, cell[3]);
    struct str codes = cell[4], code;
    bool whole = str_find(cell[4], S(" "), 0) == SIZE_MAX;
    TRY(place_make(db, cell[1], S("old commune"), cell[2], district, &id));
    while (str_next(&codes, ' ', &code)) {
        struct unit_id fresh = place_coded(p->now.at, p->now.n, code);
        if (!fresh.v) {
            return FAIL(ERR_BROKEN, "before.tsv names a commune that is not in communes.tsv");
        }
        TRY(org_succeed(db, id, fresh, whole ? 1 : 0, first_since, COMMUNES_MERGED));
        TRY(succeed_once(db, district, fresh, 0));
    }
    return OK;
}

struct err org_places(struct db_write *db, struct arena *arena) {
    struct places p = {.arena = arena};
    struct unit_id known;
    TRY(org_unit_by_code(db_reading(db), S("31"), &known));
    if (known.v) {
        return FAIL(ERR_CONFLICT, "the places are there already");
    }
    TRY(places_now(db, &p));
    struct str rest = place_before_table(), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[0], S("D"))) {
            struct place *d = LIST_PUSH(arena, &p.districts);
            d->code = cell[1];
            TRY(place_make(db, cell[1], S("district"), cell[2], str_eq(cell[3], S("30")) ? p.province : p.city,
                           &d->id));
        } else {
            TRY(commune_before(db, &p, cell));
        }
    }
    /* The island district had no communes and became one commune as it was. */
    return org_succeed(db, place_coded(p.districts.at, p.districts.n, S("318")),
                       place_coded(p.now.at, p.now.n, S("11948")), 1, first_since, COMMUNES_MERGED);
}
