#include "modules/chart/chart.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/db.h"
#include "modules/chart/chart_link.h"
#include "modules/chart/chart_queries.h"
#include "modules/org/org.h"

/* Days since arrival, by the steps an office speaks of. The last has no end. */
static const int age_steps[] = {0, 6, 11, 21, 31};
enum { AGE_STEPS = sizeof age_steps / sizeof *age_steps, LONGEST_DAYS = 3660 };

const struct metric_source *chart_source(const struct modules *all, struct str code) {
    const struct metric_source *first = NULL;
    for (size_t i = 0; i < all->n; i++) {
        for (const struct metric_source *s = all->at[i]->metrics; s && s->code.len; s++) {
            first = first && first->order <= s->order ? first : s;
            if (str_eq(s->code, code)) {
                return s;
            }
        }
    }
    return first;
}

struct str chart_field_name(const struct metric_source *of, struct str code) {
    struct metric_word word;
    for (size_t i = 0; of->field_at && of->field_at(i, &word); i++) {
        if (str_eq(word.code, code)) {
            return word.name;
        }
    }
    return str_eq(code, CHART_NO_FIELD) ? S("Chưa phân loại") : code;
}

int64_t chart_count(const struct chart_sum *sum, unsigned outcomes) {
    return (outcomes & METRIC_ON_TIME ? sum->on_time : 0) + (outcomes & METRIC_LATE ? sum->late : 0) +
           (outcomes & METRIC_DONE ? sum->done : 0) + (outcomes & METRIC_OVERDUE ? sum->overdue : 0) +
           (outcomes & METRIC_WAITING ? sum->waiting : 0);
}

void chart_scopes_of(const struct who *who, struct chart_scopes *scopes) {
    *scopes = (struct chart_scopes){0};
    if (!who->post.v) {
        return;
    }
    if (who->roles & (ROLE_CLERK | ROLE_LEADER)) {
        scopes->at[scopes->n++] = CHART_ORGAN;
    }
    scopes->at[scopes->n++] = CHART_UNIT;
    scopes->at[scopes->n++] = CHART_POST;
}

struct err chart_principal(struct db_read *db, const struct who *who, enum chart_scope scope, int64_t *principal) {
    switch (scope) {
    case CHART_ORGAN:
        if (!(who->roles & (ROLE_CLERK | ROLE_LEADER))) {
            return FAIL(ERR_DENIED, "figures of the organ are for its clerks and leaders");
        }
        return org_group(db, who->organ, who->roles & ROLE_LEADER ? ROLE_LEADER : ROLE_CLERK, principal);
    case CHART_UNIT: *principal = who->unit.v; return OK;
    case CHART_POST: *principal = who->post.v; return OK;
    }
    return FAIL(ERR_INVALID, "no such scope of figures");
}

void chart_sum_add(struct chart_sum *to, const struct chart_sum *more) {
    to->total += more->total;
    to->on_time += more->on_time;
    to->late += more->late;
    to->done += more->done;
    to->overdue += more->overdue;
    to->waiting += more->waiting;
}

#define SUM_OF(row)                                                                                                    \
    ((struct chart_sum){.total = (row)->total,                                                                         \
                        .on_time = (row)->on_time,                                                                     \
                        .late = (row)->late,                                                                           \
                        .done = (row)->done,                                                                           \
                        .overdue = (row)->overdue,                                                                     \
                        .waiting = (row)->still_open - (row)->overdue})

static struct date span_start(enum chart_step step, struct date d) {
    return step == CHART_MONTH ? (struct date){d.year, d.month, 1} : date_plus(d, 1 - date_weekday(d));
}

static struct date span_next(enum chart_step step, struct date start) {
    if (step == CHART_WEEK) {
        return date_plus(start, 7);
    }
    return start.month == 12 ? (struct date){(int16_t)(start.year + 1), 1, 1}
                             : (struct date){start.year, (int8_t)(start.month + 1), 1};
}

static struct str span_label(struct arena *a, enum chart_step step, struct date start) {
    return step == CHART_MONTH ? str_format(a, "%02d/%04d", start.month, start.year)
                               : str_format(a, "%02d/%02d/%04d", start.day, start.month, start.year);
}

/* Every span from the first day to the last, empty ones too: a gap in a row of figures is a figure. */
static void spans_make(struct arena *a, const struct chart_filter *f, struct chart_buckets *out) {
    LIST(struct chart_bucket) spans = {0};
    for (struct date start = span_start(f->step, f->from); date_cmp(start, f->to) <= 0;
         start = span_next(f->step, start)) {
        struct date last = date_plus(span_next(f->step, start), -1);
        struct chart_bucket *b = LIST_PUSH(a, &spans);
        b->label = span_label(a, f->step, start);
        b->from = date_cmp(start, f->from) < 0 ? f->from : start;
        b->to = date_cmp(last, f->to) > 0 ? f->to : last;
    }
    *out = (struct chart_buckets){spans.at, spans.n};
}

static void ages_make(struct arena *a, const struct chart_filter *f, struct date today, struct chart_buckets *out) {
    struct chart_bucket *at = arena_take(a, struct chart_bucket, AGE_STEPS);
    for (size_t i = 0; i < AGE_STEPS; i++) {
        bool is_last = i + 1 == AGE_STEPS;
        at[i].label = is_last ? str_format(a, "Trên %d ngày", age_steps[i] - 1)
                              : str_format(a, "%d–%d ngày", age_steps[i], age_steps[i + 1] - 1);
        at[i].to = i == 0 ? f->to : date_plus(today, -age_steps[i]);
        at[i].from = is_last ? f->from : date_plus(today, 1 - age_steps[i + 1]);
    }
    *out = (struct chart_buckets){at, AGE_STEPS};
}

static void count_day(struct chart_figures *out, struct date day, const struct chart_sum *sum) {
    chart_sum_add(&out->sum, sum);
    for (size_t i = 0; i < out->by_time.n; i++) {
        struct chart_bucket *b = &out->by_time.at[i];
        if (date_cmp(day, b->from) >= 0 && date_cmp(day, b->to) <= 0) {
            chart_sum_add(&b->sum, sum);
            break;
        }
    }
    struct chart_sum open = {.total = sum->overdue + sum->waiting, .overdue = sum->overdue, .waiting = sum->waiting};
    for (size_t i = 0; i < out->by_age.n; i++) {
        if (date_cmp(day, out->by_age.at[i].from) >= 0) {
            chart_sum_add(&out->by_age.at[i].sum, &open);
            break;
        }
    }
}

static void most_first(struct chart_buckets *b) {
    for (size_t i = 1; i < b->n; i++) {
        struct chart_bucket one = b->at[i];
        size_t at = i;
        for (; at > 0 && b->at[at - 1].sum.total < one.sum.total; at--) {
            b->at[at] = b->at[at - 1];
        }
        b->at[at] = one;
    }
}

/* A bucket that opens what the filter shows, but for what the caller narrows. */
static struct chart_bucket bucket_of(const struct chart_filter *f, struct str label, struct chart_sum sum) {
    return (struct chart_bucket){
        .label = label, .unit = f->unit, .from = f->from, .to = f->to, .field = f->field, .sum = sum};
}

static struct err fill_units(struct db_read *db, const struct chart_filter *f, struct str today,
                             struct chart_buckets *out) {
    struct chart_by_unit_rows rows;
    TRY(chart_by_unit(db,
                      (struct chart_by_unit_in){.source = f->of->code,
                                                .principal = f->principal,
                                                .from = f->from,
                                                .to = f->to,
                                                .field = f->field,
                                                .unit = f->unit,
                                                .commune = f->commune,
                                                .today_text = today},
                      &rows));
    struct chart_bucket *at = arena_take(db_arena(db), struct chart_bucket, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = bucket_of(f, rows.at[i].unit ? rows.at[i].name : S("Chưa giao"), SUM_OF(&rows.at[i]));
        at[i].unit = rows.at[i].unit ? rows.at[i].unit : CHART_NO_UNIT;
    }
    *out = (struct chart_buckets){at, rows.n};
    most_first(out);
    return OK;
}

static struct err fill_fields(struct db_read *db, const struct chart_filter *f, struct str today,
                              struct chart_buckets *out) {
    struct chart_by_field_rows rows;
    TRY(chart_by_field(db,
                       (struct chart_by_field_in){.source = f->of->code,
                                                  .principal = f->principal,
                                                  .from = f->from,
                                                  .to = f->to,
                                                  .field = f->field,
                                                  .unit = f->unit,
                                                  .commune = f->commune,
                                                  .today_text = today},
                       &rows));
    struct chart_bucket *at = arena_take(db_arena(db), struct chart_bucket, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct str field = rows.at[i].field;
        at[i] = bucket_of(f, chart_field_name(f->of, field.len ? field : CHART_NO_FIELD), SUM_OF(&rows.at[i]));
        at[i].field = field.len ? field : CHART_NO_FIELD;
    }
    *out = (struct chart_buckets){at, rows.n};
    most_first(out);
    return OK;
}

struct err chart_figures(struct db_read *db, const struct chart_filter *filter, struct date today,
                         struct chart_figures *out) {
    struct arena *a = db_arena(db);
    *out = (struct chart_figures){0};
    if (date_cmp(filter->from, filter->to) > 0 || date_number(filter->to) - date_number(filter->from) > LONGEST_DAYS) {
        return REFUSE(ERR_INVALID, "from",
                      "Khoảng thời gian chưa đúng: từ ngày phải trước đến ngày, dài nhất mười năm.");
    }
    struct str today_text = date_iso(a, today);
    spans_make(a, filter, &out->by_time);
    ages_make(a, filter, today, &out->by_age);
    struct chart_by_day_rows days;
    TRY(chart_by_day(db,
                     (struct chart_by_day_in){.source = filter->of->code,
                                              .principal = filter->principal,
                                              .from = filter->from,
                                              .to = filter->to,
                                              .field = filter->field,
                                              .unit = filter->unit,
                                              .commune = filter->commune,
                                              .today_text = today_text},
                     &days));
    for (size_t i = 0; i < days.n; i++) {
        struct chart_sum sum = SUM_OF(&days.at[i]);
        count_day(out, days.at[i].day_on, &sum);
    }
    TRY(fill_units(db, filter, today_text, &out->by_unit));
    if (!filter->of->field_at) {
        return OK;
    }
    return fill_fields(db, filter, today_text, &out->by_field);
}
