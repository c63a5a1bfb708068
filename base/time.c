#include "base/time.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"

#include <time.h>
#include <stdlib.h>

#include "base/banned.h"

enum { DAY_MS = 86400000, VIETNAM_MS = 7 * 3600000 };

static struct instant frozen;
static struct instant frozen_most;
static bool frozen_read;

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }

/* Reads yyyy-mm-ddThh:mm from the front of s, taken as the civil time in Việt Nam when it ends there, UTC with Z. */
static struct instant read_frozen(const char *z) {
    struct str s = str_of(z);
    struct date d;
    int64_t hour = 0, minute = 0;
    if (s.len < 10 || !date_read_iso(str_slice(s, 0, 10), &d)) {
        return (struct instant){0};
    }
    if (s.len >= 16 && (!num_read_between(str_slice(s, 11, 13), 0, 23, &hour) ||
                        !num_read_between(str_slice(s, 14, 16), 0, 59, &minute))) {
        return (struct instant){0};
    }
    struct instant at = date_at(d, (int)hour, (int)minute);
    if (str_ends(s, S("Z"))) {
        at.ms += VIETNAM_MS;
    }
    return at;
}

bool clock_frozen_at(struct instant *at) {
    if (!frozen_read) {
        frozen_read = true;
        const char *z = getenv("DOANKET_CLOCK");
        if (z) {
            frozen = read_frozen(z);
        }
    }
    *at = frozen;
    return frozen.ms != 0;
}

struct date clock_today(void) {
    return date_of(clock_now());
}

void clock_freeze(struct instant at) {
    frozen = frozen_most.ms && at.ms > frozen_most.ms ? frozen_most : at;
    frozen_read = true;
}

void clock_freeze_most(struct instant most) { frozen_most = most; }

bool clock_is_frozen(void) {
    struct instant at;
    return clock_frozen_at(&at);
}

int64_t clock_monotonic_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool date_valid(struct date d) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1) {
        return false;
    }
    return d.day <= days[d.month - 1] + (d.month == 2 && leap(d.year) ? 1 : 0);
}

bool date_is(struct date a, struct date b) { return date_cmp(a, b) == 0; }

int date_cmp(struct date a, struct date b) {
    int x = a.year * 10000 + a.month * 100 + a.day;
    int y = b.year * 10000 + b.month * 100 + b.day;
    return (x > y) - (x < y);
}

/* Howard Hinnant's days_from_civil: exact for the whole proleptic Gregorian calendar. */
int64_t date_number(struct date d) {
    int64_t y = d.year - (d.month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_number(int64_t days) {
    days += 719468;
    int64_t era = floor_div(days, 146097);
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    return (struct date){(int16_t)(yoe + era * 400 + (month <= 2)), (int8_t)month,
                         (int8_t)(doy - (153 * mp + 2) / 5 + 1)};
}

struct date date_plus(struct date d, int days) {
    return date_from_number(date_number(d) + days);
}

int date_weekday(struct date d) {
    int64_t n = (date_number(d) + 3) % 7;
    return (int)(n < 0 ? n + 7 : n) + 1;
}

struct date date_of(struct instant at) {
    return date_from_number(floor_div(at.ms + VIETNAM_MS, DAY_MS));
}

struct instant date_start(struct date d) {
    return (struct instant){date_number(d) * DAY_MS - VIETNAM_MS};
}

struct instant date_at(struct date d, int hour, int minute) {
    return (struct instant){date_start(d).ms + hour * 3600000LL + minute * 60000LL};
}

void instant_clock(struct instant at, int *hour, int *minute, int *second) {
    int64_t local = at.ms + VIETNAM_MS;
    int64_t of_day = local - floor_div(local, DAY_MS) * DAY_MS;
    *hour = (int)(of_day / 3600000);
    *minute = (int)(of_day / 60000 % 60);
    *second = (int)(of_day / 1000 % 60);
}

static bool read_parts(struct str year, struct str month, struct str day, struct date *out) {
    int64_t y, m, d;
    if (year.len != 4 || !num_read_between(year, 1, 9999, &y) || month.len > 2 || !num_read_between(month, 1, 12, &m) ||
        day.len > 2 || !num_read_between(day, 1, 31, &d)) {
        return false;
    }
    struct date made = {(int16_t)y, (int8_t)m, (int8_t)d};
    if (!date_valid(made)) {
        return false;
    }
    *out = made;
    return true;
}

bool date_read_iso(struct str s, struct date *out) {
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-') {
        return false;
    }
    return read_parts(str_slice(s, 0, 4), str_slice(s, 5, 7), str_slice(s, 8, 10), out);
}

bool date_read_vi(struct str s, struct date *out) {
    s = str_trim(s);
    if (date_read_iso(s, out)) {
        return true;
    }
    static const char separators[] = "/-.";
    for (size_t i = 0; separators[i]; i++) {
        struct str sep = {&separators[i], 1}, day, month, year, rest;
        if (str_cut(s, sep, &day, &rest) && str_cut(rest, sep, &month, &year)) {
            return read_parts(year, month, day, out);
        }
    }
    return false;
}

/* The last digits of n, written at a place. */
static char *two(char *at, int n) {
    at[0] = (char)('0' + n / 10 % 10);
    at[1] = (char)('0' + n % 10);
    return at + 2;
}

static char *four(char *at, int n) { return two(two(at, n / 100), n); }

void date_put_iso(struct buf *b, struct date d) {
    char line[10];
    char *at = four(line, d.year);
    *at++ = '-';
    at = two(at, d.month);
    *at++ = '-';
    two(at, d.day);
    buf_put(b, (struct str){line, sizeof line});
}

void date_put_vi(struct buf *b, struct date d) {
    char line[10];
    char *at = two(line, d.day);
    *at++ = '/';
    at = two(at, d.month);
    *at++ = '/';
    four(at, d.year);
    buf_put(b, (struct str){line, sizeof line});
}

void instant_put_iso(struct buf *b, struct instant at) {
    date_put_iso(b, date_from_number(floor_div(at.ms, DAY_MS)));
    int64_t of_day = at.ms - floor_div(at.ms, DAY_MS) * DAY_MS;
    char line[] = "Thh:mm:ss.mmmZ";
    two(line + 1, (int)(of_day / 3600000));
    two(line + 4, (int)(of_day / 60000 % 60));
    two(line + 7, (int)(of_day / 1000 % 60));
    two(line + 11, (int)(of_day % 1000));
    line[10] = (char)('0' + of_day % 1000 / 100);
    buf_put(b, (struct str){line, sizeof line - 1});
}

void instant_put_vi(struct buf *b, struct instant at) {
    int hour, minute, second;
    instant_clock(at, &hour, &minute, &second);
    char line[] = "hh:mm ";
    two(line, hour);
    two(line + 3, minute);
    buf_put(b, (struct str){line, sizeof line - 1});
    date_put_vi(b, date_of(at));
}

struct str date_iso(struct arena *a, struct date d) {
    char line[16];
    struct buf b = {.at = line, .cap = sizeof line, .arena = a};
    date_put_iso(&b, d);
    return str_copy(a, buf_str(&b));
}

struct str date_vi(struct arena *a, struct date d) {
    char line[16];
    struct buf b = {.at = line, .cap = sizeof line, .arena = a};
    date_put_vi(&b, d);
    return str_copy(a, buf_str(&b));
}
