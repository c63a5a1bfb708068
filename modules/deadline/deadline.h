/* Deadlines by dated rules: how long, in which unit, by which article; pauses and extensions by document; and why.
   The counting knows no database: a rule, a start, facts and a calendar give the day. The clocks of records are kept
   beside it, deadline_clock.h.
   needs: org db config erase kernel page
   shows: deadline_clock */
#ifndef MODULES_DEADLINE_DEADLINE_H
#define MODULES_DEADLINE_DEADLINE_H
#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "kernel/module.h"

struct org_days;

extern const struct module deadline_module;

/* --- The calendar -------------------------------------------------------------------------------------------- */
struct deadline_calendar;
/* Every day of the years first … last (1900 … 2199): by the notices where there are some; by the days that the law
   names elsewhere. */
struct err deadline_calendar_make(struct arena *a, const struct org_days *days, int first, int last,
                                  const struct deadline_calendar **calendar);
/* The same from the database, wide enough for clocks that start on that day. */
struct err deadline_calendar_around(struct db_read *db, struct arena *a, struct date on,
                                    const struct deadline_calendar **calendar);
struct deadline_day {
    struct date on;
    bool is_work;
    bool is_known; /* its year's notice is known */
    struct str reason;
    struct str law;
};
/* False outside the calendar. has_saturday: of a body that works on Saturdays. */
bool deadline_calendar_day(const struct deadline_calendar *c, bool has_saturday, struct date on,
                           struct deadline_day *day);
/* A day of the lunar calendar as Việt Nam keeps it (UTC+7), years 1900 … 2199; false when there is no such day. */
struct deadline_lunar {
    int day, month, year;
    bool is_leap;
};
bool deadline_lunar_to_solar(struct deadline_lunar lunar, struct date *on);

/* --- Rules ----------------------------------------------------------------------------------------------------- */
enum deadline_unit {
    DEADLINE_CALENDAR_DAY = 1,
    DEADLINE_WORKING_DAY,
    DEADLINE_HOUR,
    DEADLINE_MONTH,
    DEADLINE_YEAR,
    DEADLINE_LUNAR
};
struct deadline_rule {
    struct str id, version, when;
    struct date from, until;
    enum deadline_unit unit;
    bool is_before;
    struct str amount; /* a number, or the name of a fact */
    int ends;          /* minute of the last day; -1: its end */
    struct date pause_from;
    int64_t extensions, extension;
    struct str proof, law, article, checked, name;
};
struct deadline_rules {
    LIST(struct deadline_rule) rules;
};
struct err deadline_rules_read(struct arena *a, struct deadline_rules *rules);
struct str deadline_unit_name(enum deadline_unit unit);  /* "working_day"; of what has none: empty */
struct str deadline_unit_words(enum deadline_unit unit); /* ngày làm việc */

/* --- Counting -------------------------------------------------------------------------------------------------- */
/* true, false, a number or a word; of what is null, empty. */
struct deadline_fact {
    struct str name, value;
};
struct deadline_pause {
    struct str doc;
    struct date from;
    struct str resume_doc;
    struct date to;
};
struct deadline_extension {
    struct str doc, article;
    struct date on;
    int64_t amount; /* in the rule's unit; 0: the most the rule allows */
};
struct deadline_ask {
    struct str rule;
    struct str version; /* empty: the one in force on the first day */
    struct date start;
    int minute; /* of the day; -1: not said */
    LIST(struct deadline_fact) facts;
    LIST(struct deadline_pause) pauses;
    LIST(struct deadline_extension) extensions;
    struct deadline_lunar lunar;
    bool has_saturday;
    bool has_hours; /* what comes after hours or on a day off is received on the next working day */
    int closes;     /* minute of the day when the office closes */
    bool wants_days;
};
enum deadline_step_kind { DEADLINE_START = 1, DEADLINE_COUNTED, DEADLINE_OFF, DEADLINE_PAUSED, DEADLINE_MOVED };
struct deadline_step {
    struct date on;
    enum deadline_step_kind kind;
    int64_t number; /* 1 … n; 0 when not counted */
    struct str words, law;
};
struct deadline {
    struct deadline_rule rule;
    struct date day0; /* the day that is not counted */
    struct date due_on, nominal_on;
    int due_minute;      /* -1: the end of the day */
    struct date late_on; /* the first day that is too late; with a minute, the due day itself */
    int64_t counted;
    bool is_moved, is_provisional;
    bool is_paused;                   /* no due day: it waits for the document that resumes it */
    int64_t remaining;                /* of a paused one */
    LIST(struct deadline_step) steps; /* when days were asked for */
    LIST(struct str) notes;           /* what had no effect and why; what is provisional */
};
/* INVALID, at the field "rule", "start", "n" …, for what cannot be counted. Steps, notes and messages are in the
   arena. */
struct err deadline_count(struct arena *a, const struct deadline_rules *rules, const struct deadline_calendar *c,
                          const struct deadline_ask *ask, struct deadline *d);
/* Working days after today up to the due day; negative when it is past; today: 0. */
int64_t deadline_remaining(const struct deadline_calendar *c, bool has_saturday, struct date due, struct date today);
/* All of it as lines of Vietnamese text. */
struct str deadline_words(struct arena *a, const struct deadline_ask *ask, const struct deadline *d);

/* One case: a line of JSON, its id, rule, rule_version, start and facts; nothing else is looked at. */
struct err deadline_case_read(struct arena *a, struct str line, struct str *id, struct deadline_ask *ask);
#endif
