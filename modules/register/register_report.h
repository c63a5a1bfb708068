/* Reports gathered from below: what their lines mean, and their acts. Private to modules/register. */
#ifndef MODULES_REGISTER_REGISTER_REPORT_H
#define MODULES_REGISTER_REGISTER_REPORT_H
#include "kernel/db/ids/register_report.h"
#include "modules/register/register_list.h"

enum { REGISTER_LINES = 60, REGISTER_CHECKS_FROM = 1000 };

enum register_source { REGISTER_TYPED = 1, REGISTER_LIVE, REGISTER_SUM, REGISTER_CHECK };
struct register_report_line_def {
    int64_t place; /* figures 1, 2, 3 …; checks from REGISTER_CHECKS_FROM on */
    struct str title, unit, rule;
    enum register_source source;
};
struct register_lines {
    struct register_report_line_def *at;
    size_t n;
};
/* "Tên | đơn vị | cách tính", a line each. INVALID at the field "lines", naming the line that is wrong. */
struct err register_lines_read(struct arena *a, struct str typed, struct register_lines *lines);
struct err register_lines_load(struct db_read *db, int64_t report, struct register_lines *lines);
/* How a line is come by, for people. */
struct str register_line_how(struct arena *a, const struct register_report_line_def *line);
/* 1.250 or 12,5 → ten-thousandths. */
bool register_number_read(struct arena *a, struct str typed, int64_t *number);

struct register_period {
    struct date from, to;
};
struct register_number {
    int64_t number;
    bool is_there;
};
/* numbers[i] for lines->at[i]: live ones counted in the owner's books, sums made of the others. Typed ones are as
   given. */
struct err register_live(struct db_read *db, const struct register_lines *lines, int64_t owner,
                         const struct register_period *period, struct register_number *numbers);
void register_sums(const struct register_lines *lines, struct register_number *numbers);
/* Whether a check holds; true while a figure it speaks of is missing. */
bool register_check_holds(const struct register_lines *lines, const struct register_report_line_def *check,
                          const struct register_number *numbers);
/* The rows behind a live figure of an owner's; empty for other lines. */
struct str register_line_path(struct arena *a, const struct register_report_line_def *line, int64_t owner,
                              const struct register_period *period);

struct register_report_new {
    struct str title, note;
    struct date from_on, to_on, due_on, cut_on;
    struct register_lines lines;
    struct db_ids owners; /* none: all communes */
};
struct err register_report_make(struct db_write *db, const struct who *who, const struct register_report_new *n,
                                struct register_report_id *id);
/* Whether the post may ask reports of units below. */
struct err register_may_ask(struct db_read *db, const struct who *who, bool *may);

struct register_sending {
    int64_t id, version;
    const struct register_number *numbers; /* one a line */
    struct str words;
};
/* INVALID while a figure is missing or a check does not hold; CONFLICT after the cut-off. */
struct err register_return_send(struct db_write *db, const struct who *who, const struct register_sending *s);
struct err register_return_back(struct db_write *db, const struct who *who, int64_t id, int64_t version,
                                struct str reason);
#endif
