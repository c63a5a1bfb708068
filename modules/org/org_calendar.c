/* Counting working days, and saying why each day counts or does not. */
#include "base/buf.h"
#include "modules/org/org_rows.h"

enum { MOST_DAYS = 1000, SPAN = 120 };

/* Days and rules loaded a stretch at a time, so that counting asks the database seldom. */
struct calendar {
    struct db_read *db;
    struct org_holidays_between_rows days;
    struct org_holiday_years_rows years;
    struct org_count_rules_rows rules;
    struct date first, last;
};

static struct str rule(const struct calendar *c, struct str key) {
    for (size_t i = 0; i < c->rules.n; i++) {
        if (str_eq(c->rules.at[i].key, key)) {
            return c->rules.at[i].law;
        }
    }
    return S("");
}

static struct err calendar_open(struct db_read *db, struct date on, struct calendar *c) {
    *c = (struct calendar){.db = db};
    TRY(org_holiday_years(db, &c->years));
    return org_count_rules(db, (struct org_count_rules_in){.today = on}, &c->rules);
}

static struct err calendar_cover(struct calendar *c, struct date on) {
    if (c->first.year && date_cmp(on, c->first) >= 0 && date_cmp(on, c->last) <= 0) {
        return OK;
    }
    c->first = date_plus(on, -SPAN);
    c->last = date_plus(on, SPAN);
    return org_holidays_between(c->db, (struct org_holidays_between_in){.first = c->first, .last = c->last}, &c->days);
}

static bool year_known(const struct calendar *c, int year) {
    for (size_t i = 0; i < c->years.n; i++) {
        if (c->years.at[i].year == year) {
            return true;
        }
    }
    return false;
}

static struct err calendar_day(struct calendar *c, struct date on, struct org_day *day) {
    TRY(calendar_cover(c, on));
    int weekday = date_weekday(on);
    *day = (struct org_day){.on = on, .is_work = weekday <= 5, .is_known = year_known(c, on.year)};
    for (size_t i = 0; i < c->days.n; i++) {
        if (date_is(c->days.at[i].day_on, on)) {
            day->is_work = c->days.at[i].is_work;
            day->reason = c->days.at[i].reason;
            day->law = c->days.at[i].notice;
            return OK;
        }
    }
    if (weekday > 5) {
        day->reason = weekday == 6 ? S("Thứ Bảy, nghỉ hằng tuần") : S("Chủ nhật, nghỉ hằng tuần");
        day->law = rule(c, S("weekend"));
    }
    return OK;
}

struct err org_day(struct db_read *db, struct date on, struct org_day *day) {
    struct calendar c;
    TRY(calendar_open(db, on, &c));
    return calendar_day(&c, on, day);
}

static void put_line(struct buf *b, const struct org_counted *d) {
    date_put_vi(b, d->on);
    BUF_LIT(b, ": ");
    buf_put(b, d->words);
    if (d->law.len) {
        BUF_LIT(b, " (");
        buf_put(b, d->law);
        BUF_LIT(b, ")");
    }
    BUF_LIT(b, "\n");
}

static struct org_counted explain(struct arena *a, const struct calendar *c, const struct org_day *day,
                                  int64_t number) {
    static const struct str names[] = {S_INIT(""),        S_INIT("Thứ Hai"), S_INIT("Thứ Ba"),  S_INIT("Thứ Tư"),
                                       S_INIT("Thứ Năm"), S_INIT("Thứ Sáu"), S_INIT("Thứ Bảy"), S_INIT("Chủ nhật")};
    struct org_counted d = {.on = day->on, .number = number, .law = day->law};
    struct str name = names[date_weekday(day->on)];
    if (!number) {
        d.words = str_format(a, "không tính: %.*s", STR_ARG(day->reason));
        d.law = date_weekday(day->on) > 5
                    ? day->law
                    : str_format(a, "%.*s; %.*s", STR_ARG(rule(c, S("holiday"))), STR_ARG(day->law));
    } else if (day->reason.len) {
        d.words = str_format(a, "ngày làm việc thứ %lld (%.*s, %.*s)", (long long)number, STR_ARG(name),
                             STR_ARG(day->reason));
    } else {
        d.words = str_format(a, "ngày làm việc thứ %lld (%.*s)", (long long)number, STR_ARG(name));
    }
    return d;
}

/* Years crossed without notices, as one loud sentence. */
static void warn(struct arena *a, struct org_deadline *out, int first_unsure, int last_unsure) {
    if (!first_unsure) {
        return;
    }
    out->is_unsure = true;
    struct str years = first_unsure == last_unsure ? str_format(a, "năm %d", first_unsure)
                                                   : str_format(a, "các năm %d - %d", first_unsure, last_unsure);
    out->warning = str_format(a,
                              "CHƯA CHẮC CHẮN: hệ thống chưa có lịch nghỉ lễ, tết và ngày làm bù của %.*s; "
                              "mới trừ thứ Bảy, Chủ nhật. Hãy kiểm tra lại khi có thông báo.",
                              STR_ARG(years));
}

struct err org_deadline(struct db_read *db, struct arena *a, struct date start, int64_t n, struct org_deadline *out) {
    *out = (struct org_deadline){0};
    if (!date_valid(start)) {
        return REFUSE(ERR_INVALID, "start", "Ngày bắt đầu tính hạn chưa đúng.");
    }
    if (n < 1 || n > MOST_DAYS) {
        return err_refuse(a, ERR_INVALID, "days", "Số ngày làm việc phải từ 1 đến %d.", MOST_DAYS);
    }
    struct calendar c;
    int first_unsure = 0, last_unsure = 0;
    struct buf lines = buf_in(a);
    TRY(calendar_open(db, start, &c));
    LIST_ADD(
        a, &out->days,
        (struct org_counted){.on = start, .words = S("ngày bắt đầu, không tính"), .law = rule(&c, S("first-day"))});
    put_line(&lines, &out->days.at[0]);
    struct date on = start;
    for (int64_t counted = 0; counted < n;) {
        struct org_day day;
        on = date_plus(on, 1);
        TRY(calendar_day(&c, on, &day));
        counted += day.is_work;
        LIST_ADD(a, &out->days, explain(a, &c, &day, day.is_work ? counted : 0));
        put_line(&lines, &out->days.at[out->days.n - 1]);
        if (!day.is_known) {
            first_unsure = first_unsure ? first_unsure : on.year;
            last_unsure = on.year;
        }
    }
    out->due_on = on;
    warn(a, out, first_unsure, last_unsure);
    BUF_LIT(&lines, "Hạn: ");
    date_put_vi(&lines, on);
    buf_printf(&lines, ", kết thúc ngày làm việc thứ %lld", (long long)n);
    if (rule(&c, S("last-day")).len) {
        buf_printf(&lines, " (%.*s)", STR_ARG(rule(&c, S("last-day"))));
    }
    if (out->warning.len) {
        BUF_LIT(&lines, "\n");
        buf_put(&lines, out->warning);
    }
    out->words = buf_str(&lines);
    return OK;
}

struct err org_working_days(struct db_read *db, struct date from, struct date to, int64_t *n) {
    struct calendar c;
    bool back = date_cmp(to, from) < 0;
    struct date on = back ? to : from, end = back ? from : to;
    *n = 0;
    if (!date_valid(from) || !date_valid(to) || date_number(end) - date_number(on) > 4000) {
        return REFUSE(ERR_INVALID, "days", "Khoảng ngày quá dài hoặc chưa đúng.");
    }
    TRY(calendar_open(db, on, &c));
    while (date_cmp(on, end) < 0) {
        struct org_day day;
        on = date_plus(on, 1);
        TRY(calendar_day(&c, on, &day));
        *n += day.is_work;
    }
    *n = back ? -*n : *n;
    return OK;
}

struct err org_days_read(struct db_read *db, struct arena *a, struct date first, struct date last,
                         struct org_days *out) {
    *out = (struct org_days){0};
    struct org_holidays_between_rows days;
    struct org_holiday_years_rows years;
    TRY(org_holidays_between(db, (struct org_holidays_between_in){.first = first, .last = last}, &days));
    TRY(org_holiday_years(db, &years));
    for (size_t i = 0; i < days.n; i++) {
        LIST_ADD(a, &out->days,
                 (struct org_day){.on = days.at[i].day_on,
                                  .is_work = days.at[i].is_work,
                                  .is_known = true,
                                  .reason = days.at[i].reason,
                                  .law = days.at[i].notice});
    }
    for (size_t i = 0; i < years.n; i++) {
        LIST_ADD(a, &out->years, (int)years.at[i].year);
    }
    return OK;
}
