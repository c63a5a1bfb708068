/* Time: instants are UTC milliseconds, dates are days of the civil calendar in Việt Nam (UTC+7, no summer time). */
#ifndef BASE_TIME_H
#define BASE_TIME_H
#include "base/str.h"

struct arena;
struct buf;

struct instant {
    int64_t ms; /* since 1970-01-01T00:00Z; 0 means none */
};

struct date {
    int16_t year; /* 0 means none */
    int8_t month; /* 1-12 */
    int8_t day;   /* 1-31 */
};

struct instant clock_now(void);
struct date clock_today(void);
/* Tests and the demonstration's past only: now becomes at and stands still; {0} gives the real clock back.
 * DOANKET_CLOCK (ISO instant) does it from outside. */
void clock_freeze(struct instant at);
/* From now on no frozen time is later than this; {0}: any may be. What the demonstration tells of is past, at any hour.
 */
void clock_freeze_most(struct instant most);
bool clock_is_frozen(void);
int64_t clock_monotonic_us(void);

bool date_valid(struct date d);
bool date_is(struct date a, struct date b);
int date_cmp(struct date a, struct date b);
int64_t date_number(struct date d); /* days since 1970-01-01 */
struct date date_from_number(int64_t days);
struct date date_plus(struct date d, int days);
int date_weekday(struct date d);          /* 1 Monday … 7 Sunday */
struct date date_of(struct instant at);   /* the civil date in Việt Nam */
struct instant date_start(struct date d); /* 00:00 there */
struct instant date_at(struct date d, int hour, int minute);
void instant_clock(struct instant at, int *hour, int *minute, int *second); /* the civil time there */

/* yyyy-mm-dd; the whole string. */
bool date_read_iso(struct str s, struct date *out);
/* dd/mm/yyyy, d/m/yyyy, dd-mm-yyyy, dd.mm.yyyy, or yyyy-mm-dd. */
bool date_read_vi(struct str s, struct date *out);
void date_put_iso(struct buf *b, struct date d);
void date_put_vi(struct buf *b, struct date d);         /* 23/11/2026 */
void instant_put_iso(struct buf *b, struct instant at); /* 2026-11-23T01:02:03.004Z */
void instant_put_vi(struct buf *b, struct instant at);  /* 08:02 23/11/2026 */
struct str date_iso(struct arena *a, struct date d);
struct str date_vi(struct arena *a, struct date d);
#endif
