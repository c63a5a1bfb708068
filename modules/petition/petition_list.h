/* Lists of letters with their counters, and what letters tell others. */
#ifndef MODULES_PETITION_PETITION_LIST_H
#define MODULES_PETITION_PETITION_LIST_H
#include "kernel/index/feed.h"
#include "kernel/port/metric.h"
#include "kernel/port/told.h"
#include "kernel/port/waiting.h"
#include "modules/petition/petition_office.h"

struct erase;

/* ---- Lists: counters and lists come from the same rows */
enum petition_box {
    PETITION_ALL,
    PETITION_RECEIVED,
    PETITION_ACCEPTED,
    PETITION_TRANSFERRED,
    PETITION_REPLIED,
    PETITION_ANSWERED,
    PETITION_SOON,
    PETITION_LATE,
    PETITION_URGE,
    PETITION_SILENT,
    PETITION_BOXES
};
struct str petition_box_code(enum petition_box box);
struct str petition_box_title(enum petition_box box);
bool petition_box_of_code(struct str code, enum petition_box *box);
bool petition_box_is_counted(enum petition_box box);
struct petition_counts {
    int64_t n[PETITION_BOXES];
};
struct err petition_count(struct db_read *db, const struct who *who, struct date today, struct petition_counts *counts);
struct petition_filter {
    enum petition_box box;
    struct str q, type, state, channel, place;
    struct date from, to;
    struct str after; /* place of the last line before, as in petition_line */
};
struct petition_line {
    struct petition_letter_id id;
    int64_t number, year, people;
    struct str state, type, channel, title, place, authority, due_what, disposition;
    struct str writer; /* "Người tố cáo được giữ bí mật" of a denunciation */
    struct str address;
    struct date received_on, due_on, disposed_on;
    bool is_protected;
    struct str after;
};
struct petition_lines {
    LIST(struct petition_line) at;
    bool has_more;
};
struct err petition_list(struct db_read *db, const struct who *who, const struct petition_filter *filter, size_t most,
                         struct petition_lines *lines);
struct str petition_writer_shown(bool is_protected, struct str name);

/* ---- What others know of it: petition_port.c */
extern const struct metric_source petition_metrics[];
extern const struct waiting_source petition_waiting[];
extern const struct told_kind petition_told[];
extern const struct search_source petition_sources[];
extern const struct task_kind petition_task_kinds[];
extern const struct route petition_routes[];
struct err petition_demo(struct db_write *db, struct arena *arena);
struct err petition_forget(struct db_write *db, const struct erase *e);
#endif
