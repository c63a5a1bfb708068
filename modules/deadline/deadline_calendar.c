/* A flat table of days: what a notice says, else what the law names, else the weekday. */
#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "modules/deadline/deadline.h"
#include "modules/org/org_calendar.h"

FACTS(deadline_facts_fixed, "modules/deadline/fixed_days.tsv");

enum { CELLS = 7, YEARS_BEFORE = 3, YEARS_AFTER = 25 };
enum mark { NORMAL, OFF, WORKED };

struct why {
    struct str reason, law;
};
struct deadline_calendar {
    struct arena *arena;
    int first, last;
    int64_t begin, end; /* numbers of days; end is not of it */
    unsigned char *mark;
    uint16_t *why;  /* into whys; 0: none */
    bool *is_known; /* by year */
    LIST(struct why) whys;
};

static bool covers(const struct deadline_calendar *c, struct date on) {
    return on.year >= c->first && on.year <= c->last;
}

static void mark_day(struct deadline_calendar *c, struct date on, enum mark mark, struct why why) {
    if (!covers(c, on)) {
        return;
    }
    int64_t at = date_number(on) - c->begin;
    const struct why *last = c->whys.n ? &c->whys.at[c->whys.n - 1] : NULL;
    if (!last || !str_eq(last->reason, why.reason) || !str_eq(last->law, why.law)) {
        if (c->whys.n == UINT16_MAX) {
            return;
        }
        LIST_ADD(c->arena, &c->whys, why);
    }
    c->mark[at] = (unsigned char)mark;
    c->why[at] = (uint16_t)c->whys.n;
}

/* A day the law names, in one year; none before its law, or when the lunar month has no such day. */
static bool fixed_on(const struct str cell[static CELLS], int year, struct date *on) {
    int64_t month, day, from;
    if (!num_read(cell[1], &month) || !num_read(cell[2], &day) || !num_read(cell[3], &from) || year < from) {
        return false;
    }
    if (str_eq(cell[0], S("lunar"))) {
        return deadline_lunar_to_solar((struct deadline_lunar){.day = (int)day, .month = (int)month, .year = year}, on);
    }
    *on = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    return date_valid(*on);
}

static bool is_off(const struct deadline_calendar *c, struct date on) {
    int64_t at = date_number(on) - c->begin;
    return c->mark[at] == OFF || (c->mark[at] == NORMAL && date_weekday(on) > 5);
}

static void mark_fixed(struct deadline_calendar *c, int year) {
    struct str rest = FACTS_STR(deadline_facts_fixed), cell[CELLS];
    struct date on;
    while (facts_next(&rest, cell, CELLS)) {
        if (fixed_on(cell, year, &on) && c->mark[date_number(on) - c->begin] == NORMAL) {
            mark_day(c, on, OFF, (struct why){cell[5], cell[6]});
        }
    }
    rest = FACTS_STR(deadline_facts_fixed);
    while (!c->is_known[year - c->first] && facts_next(&rest, cell, CELLS)) {
        if (!fixed_on(cell, year, &on) || !str_eq(cell[4], S("yes")) || date_weekday(on) <= 5) {
            continue;
        }
        while (is_off(c, on)) {
            on = date_plus(on, 1);
        }
        mark_day(c, on, OFF, (struct why){str_format(c->arena, "Nghỉ bù %.*s", STR_ARG(cell[5])), cell[6]});
    }
}

struct err deadline_calendar_make(struct arena *a, const struct org_days *days, int first, int last,
                                  const struct deadline_calendar **out) {
    if (first < 1900 || last > 2199 || last < first) {
        return REFUSE(ERR_INVALID, "start", "Chỉ tính được hạn trong các năm từ 1900 đến 2199.");
    }
    struct deadline_calendar *c = arena_take(a, struct deadline_calendar, 1);
    *c = (struct deadline_calendar){.arena = a, .first = first, .last = last};
    c->begin = date_number((struct date){(int16_t)first, 1, 1});
    c->end = date_number((struct date){(int16_t)(last + 1), 1, 1});
    size_t n = (size_t)(c->end - c->begin);
    c->mark = arena_take(a, unsigned char, n);
    c->why = arena_take(a, uint16_t, n);
    c->is_known = arena_take(a, bool, (size_t)(last - first + 1));
    for (size_t i = 0; i < days->years.n; i++) {
        if (days->years.at[i] >= first && days->years.at[i] <= last) {
            c->is_known[days->years.at[i] - first] = true;
        }
    }
    for (size_t i = 0; i < days->days.n; i++) {
        const struct org_day *d = &days->days.at[i];
        mark_day(c, d->on, d->is_work ? WORKED : OFF, (struct why){d->reason, d->law});
    }
    for (int year = first; year <= last; year++) {
        mark_fixed(c, year);
    }
    *out = c;
    return OK;
}

struct err deadline_calendar_around(struct db_read *db, struct arena *a, struct date on,
                                    const struct deadline_calendar **out) {
    struct org_days days;
    int first = on.year - YEARS_BEFORE < 1900 ? 1900 : on.year - YEARS_BEFORE;
    int last = on.year + YEARS_AFTER > 2199 ? 2199 : on.year + YEARS_AFTER;
    TRY(org_days_read(db, a, (struct date){(int16_t)first, 1, 1}, (struct date){(int16_t)last, 12, 31}, &days));
    return deadline_calendar_make(a, &days, first, last, out);
}

bool deadline_calendar_day(const struct deadline_calendar *c, bool has_saturday, struct date on,
                           struct deadline_day *day) {
    if (!covers(c, on)) {
        return false;
    }
    int64_t at = date_number(on) - c->begin;
    int weekday = date_weekday(on);
    *day = (struct deadline_day){.on = on, .is_known = c->is_known[on.year - c->first]};
    day->is_work = c->mark[at] == WORKED || (c->mark[at] == NORMAL && weekday <= (has_saturday ? 6 : 5));
    if (c->why[at]) {
        day->reason = c->whys.at[c->why[at] - 1].reason;
        day->law = c->whys.at[c->why[at] - 1].law;
    } else if (!day->is_work) {
        day->reason = weekday == 6 ? S("Thứ Bảy, nghỉ hằng tuần") : S("Chủ nhật, nghỉ hằng tuần");
    }
    return true;
}

int64_t deadline_remaining(const struct deadline_calendar *c, bool has_saturday, struct date due, struct date today) {
    bool is_past = date_cmp(due, today) < 0;
    struct date on = is_past ? due : today, end = is_past ? today : due;
    struct deadline_day day;
    int64_t n = 0;
    while (date_cmp(on, end) < 0) {
        on = date_plus(on, 1);
        n += deadline_calendar_day(c, has_saturday, on, &day) ? day.is_work : 0;
    }
    return is_past ? -n : n;
}
