/* The working-day calendar: which days are worked, and deadlines counted in working days that explain themselves.
   needs: nothing but kernel */
#ifndef MODULES_ORG_ORG_CALENDAR_H
#define MODULES_ORG_ORG_CALENDAR_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"

struct arena;
struct db_read;

struct org_day {
    struct date on;
    bool is_work;
    bool is_known;
    struct str reason;
    struct str law;
};
/* Whether a day is worked, and why (not); is_known false: no notice for that year, only the weekend is certain. */
struct err org_day(struct db_read *db, struct date on, struct org_day *day);

struct org_counted {
    struct date on;
    int64_t number; /* 1 … n; 0 when not counted */
    struct str words;
    struct str law;
};
struct org_deadline {
    struct date due_on;
    LIST(struct org_counted) days; /* every day from the start to the end */
    bool is_unsure;                /* a year without notices was crossed */
    struct str warning;            /* … and says so */
    struct str words;              /* all of it as lines of text, to keep beside the date */
};
/* The last of n working days (1 … 1000) after start. The first day is not counted (Điều 147 BLDS 2015). */
struct err org_deadline(struct db_read *db, struct arena *a, struct date start, int64_t n,
                        struct org_deadline *deadline);
/* The notices as they stand, for who counts without a database: the days that differ from their weekday, by day, and
   the years whose notices are known. The other knows those the program brings. */
struct org_days {
    LIST(struct org_day) days;
    LIST(int) years;
};
struct err org_days_read(struct db_read *db, struct arena *a, struct date first, struct date last,
                         struct org_days *days);
struct err org_days_brought(struct arena *a, struct org_days *days);
/* Working days after from up to and including to; negative when to is before from. */
struct err org_working_days(struct db_read *db, struct date from, struct date to, int64_t *n);
#endif
