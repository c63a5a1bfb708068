/* Keeping the figures: what one record adds to the cells of each principal that may read it. */
#include "base/arena.h"
#include "kernel/db/db.h"
#include "modules/chart/chart.h"
#include "modules/chart/chart_queries.h"

enum { AT_ONCE = 500 };

/* What is done without saying when was done by its deadline. */
static struct str outcome_of(const struct metric_part *part) {
    if (part->is_open) {
        return S("open");
    }
    if (!part->due_on.year) {
        return S("done");
    }
    return !part->done_on.year || date_cmp(part->done_on, part->due_on) <= 0 ? S("on_time") : S("late");
}

static struct err part_put(struct db_write *db, struct str source, int64_t record, const struct metric_part *part,
                           struct date today) {
    bool is_due = part->is_open && part->due_on.year;
    struct str commune = part->commune;
    if (!commune.len && part->unit) {
        struct chart_commune_of_row *row;
        TRY(chart_commune_of(db_reading(db), (struct chart_commune_of_in){.unit = part->unit}, &row));
        commune = row ? row->commune : S("");
    }
    return chart_part_insert(
        db,
        (struct chart_part_insert_in){.source = source,
                                      .record = record,
                                      .readers_of = part->readers_of ? part->readers_of : record,
                                      .day_on = part->day_on,
                                      .field = part->field,
                                      .unit = part->unit,
                                      .commune = commune,
                                      .outcome = outcome_of(part),
                                      .due_day = is_due ? date_iso(db_write_arena(db), part->due_on) : S(""),
                                      .today = today},
        NULL);
}

struct err chart_count_record(struct db_write *db, const struct metric_source *of, int64_t record, struct date today) {
    struct metric_part part = {0};
    bool is_counted = false;
    TRY(chart_cell_take(db, (struct chart_cell_take_in){.record = record, .source = of->code}, NULL));
    TRY(chart_cell_sweep(db, (struct chart_cell_sweep_in){.record = record, .source = of->code}, NULL));
    TRY(chart_part_delete(db, (struct chart_part_delete_in){.record = record, .source = of->code}, NULL));
    TRY(of->load(db_reading(db), record, &part, &is_counted));
    if (!is_counted) {
        return OK;
    }
    TRY(part_put(db, of->code, record, &part, today));
    return chart_cell_add(db, (struct chart_cell_add_in){.record = record, .source = of->code}, NULL);
}

struct err chart_fill(struct db_write *db, const struct metric_source *of, struct date today) {
    struct chart_is_empty_row *first;
    TRY(chart_is_empty(db_reading(db), (struct chart_is_empty_in){.source = of->code}, &first));
    if (!first || !first->is_empty) {
        return OK;
    }
    for (int64_t after = 0;;) {
        struct db_ids ids = {0};
        TRY(of->each(db_reading(db), after, AT_ONCE, &ids));
        for (size_t i = 0; i < ids.n; i++) {
            after = ids.at[i];
            TRY(chart_count_record(db, of, after, today));
        }
        if (ids.n == 0) {
            return OK;
        }
    }
}
