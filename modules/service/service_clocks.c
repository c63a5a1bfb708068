/* Promises: the clocks of a definition, counted by the working days and hours of modules/deadline. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "modules/service/service_inside.h"

#include "base/banned.h"

enum { HOUR_MINUTES = 60, DAY_MINUTES = 24 * 60 };

struct str service_key(struct arena *a, struct date on, int minute) {
    if (!on.year) {
        return S(SERVICE_NEVER);
    }
    int m = minute < 0 ? DAY_MINUTES : minute;
    return str_format(a, "%04d-%02d-%02dT%02d:%02d", on.year, on.month, on.day, m / HOUR_MINUTES, m % HOUR_MINUTES);
}

static int minute_of(struct instant at) {
    int hour, minute, second;
    instant_clock(at, &hour, &minute, &second);
    return hour * HOUR_MINUTES + minute;
}

struct str service_key_now(struct arena *a, struct instant now) {
    return service_key(a, date_of(now), minute_of(now));
}

/* Minutes are only ever "at once": no clock of the definitions that starts here counts any. */
static enum deadline_unit unit_of(struct str unit) {
    return str_eq(unit, S("hours"))          ? DEADLINE_HOUR
           : str_eq(unit, S("working_days")) ? DEADLINE_WORKING_DAY
                                             : DEADLINE_CALENDAR_DAY;
}

static bool is_counted_back(const struct service_clock_def *def) { return str_starts(def->start, S("before:")); }

static void pauses_read(struct arena *a, struct str text, struct deadline_ask *ask) {
    struct str line, from, to;
    while (str_next(&text, '\n', &line)) {
        struct deadline_pause p = {.doc = S("Phiếu yêu cầu bổ sung"), .resume_doc = S("Bổ sung của người nộp")};
        (void)str_cut(line, S(" "), &from, &to);
        if (date_read_iso(from, &p.from)) {
            (void)date_read_iso(to, &p.to);
            LIST_ADD(a, &ask->pauses, p);
        }
    }
}

struct err service_clock_count(struct db_read *db, const struct service_clock_def *def,
                               const struct service_clocks_row *clock, struct deadline *d) {
    struct arena *a = db_arena(db);
    const struct deadline_calendar *calendar;
    struct date on = date_of(clock->start_at);
    struct deadline_rules rules = {0};
    struct deadline_rule rule = {.id = def->id,
                                 .unit = unit_of(def->unit),
                                 .is_before = is_counted_back(def),
                                 .amount = str_format(a, "%lld", (long long)def->n),
                                 .ends = -1,
                                 .pause_from = {1900, 1, 1},
                                 .law = str_eq(def->basis, S("law")) ? def->law : S("Quy định của Mặt trận"),
                                 .name = def->name,
                                 .checked = S("yes")};
    struct deadline_ask ask = {.rule = def->id,
                               .start = on,
                               .minute = rule.unit == DEADLINE_HOUR ? minute_of(clock->start_at) : -1,
                               .closes = -1,
                               .wants_days = true};
    LIST_ADD(a, &rules.rules, rule);
    pauses_read(a, clock->pauses, &ask);
    TRY(deadline_calendar_around(db, a, on, &calendar));
    return deadline_count(a, &rules, calendar, &ask, d);
}

static struct err begin(struct db_write *db, int64_t dossier, const struct service_clock_def *def,
                        struct instant start) {
    struct deadline d;
    struct service_clocks_row row = {.start_at = start};
    if (def->n == 0 && str_eq(def->unit, S("minutes"))) {
        return OK;
    }
    TRY(service_clock_count(db_reading(db), def, &row, &d));
    return service_clock_add(db,
                             (struct service_clock_add_in){.id = {id_new()},
                                                           .dossier = {dossier},
                                                           .clock = def->id,
                                                           .start_at = start,
                                                           .due_on = d.due_on,
                                                           .due_minute = d.due_minute},
                             NULL);
}

static struct err is_begun(struct db_read *db, int64_t dossier, struct str clock, bool *is) {
    struct service_clocks_rows rows;
    TRY(service_clocks(db, (struct service_clocks_in){.dossier = {dossier}}, &rows));
    *is = false;
    for (size_t i = 0; i < rows.n && !*is; i++) {
        *is = str_eq(rows.at[i].clock, clock);
    }
    return OK;
}

struct err service_clocks_begin(struct db_write *db, const struct service_case *c, struct str event) {
    for (size_t i = 0; i < c->form->clocks.n; i++) {
        const struct service_clock_def *def = &c->form->clocks.at[i];
        bool is;
        if (!str_eq(def->start, event)) {
            continue;
        }
        TRY(is_begun(db_reading(db), c->row->id.v, def->id, &is));
        if (!is) {
            TRY(begin(db, c->row->id.v, def, clock_now()));
        }
    }
    return service_clocks_settle(db, c->row->id.v);
}

struct err service_clocks_dated(struct db_write *db, const struct service_case *c, const struct fields_state *s) {
    for (size_t i = 0; i < c->form->clocks.n; i++) {
        const struct service_clock_def *def = &c->form->clocks.at[i];
        struct str which, name;
        bool is_dated = str_cut(def->start, S(":"), &which, &name);
        const struct fields_answer *x = is_dated ? fields_answer_named(s, name) : NULL;
        if (x && x->is_shown && x->from.year) {
            TRY(begin(db, c->row->id.v, def, date_start(x->from)));
        }
    }
    return OK;
}

/* The pause that runs ends today; or a new one begins. */
static struct str pauses_after(struct arena *a, const struct service_clocks_row *r, enum service_clock_act act) {
    struct str today = date_iso(a, clock_today());
    return act == SERVICE_CLOCK_PAUSE
               ? str_format(a, "%.*s%s%.*s", STR_ARG(r->pauses), r->pauses.len ? "\n" : "", STR_ARG(today))
               : str_format(a, "%.*s %.*s", STR_ARG(r->pauses), STR_ARG(today));
}

static struct err clock_set(struct db_write *db, const struct service_form *f, const struct service_clocks_row *r,
                            enum service_clock_act act) {
    const struct service_clock_def *def = service_clock_of(f, r->clock);
    struct service_clock_set_in in = {.id = r->id,
                                      .state = r->state,
                                      .pauses = r->pauses,
                                      .due_on = r->due_on,
                                      .due_minute = r->due_minute,
                                      .promised_on = r->promised_on,
                                      .ended_at = r->ended_at};
    bool is_running = str_eq(r->state, S("running")), is_paused = str_eq(r->state, S("paused"));
    if ((act == SERVICE_CLOCK_MEET || act == SERVICE_CLOCK_DROP) && (is_running || is_paused)) {
        in.state = act == SERVICE_CLOCK_MEET ? S("met") : S("dropped");
        in.ended_at = clock_now();
    } else if (act == SERVICE_CLOCK_PAUSE && is_running && def && !is_counted_back(def)) {
        in.state = S("paused");
        in.pauses = pauses_after(db_write_arena(db), r, act);
    } else if (act == SERVICE_CLOCK_RESUME && is_paused && def) {
        struct service_clocks_row again = *r;
        struct deadline d;
        in.state = S("running");
        in.pauses = again.pauses = pauses_after(db_write_arena(db), r, act);
        TRY(service_clock_count(db_reading(db), def, &again, &d));
        in.due_on = d.due_on;
        in.due_minute = d.due_minute;
    } else {
        return OK;
    }
    return service_clock_set(db, in, NULL);
}

struct err service_clocks_do(struct db_write *db, int64_t dossier, const struct service_form *f, struct str clock,
                             enum service_clock_act act) {
    struct service_clocks_rows rows;
    TRY(service_clocks(db_reading(db), (struct service_clocks_in){.dossier = {dossier}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!clock.len || str_eq(rows.at[i].clock, clock)) {
            TRY(clock_set(db, f, &rows.at[i], act));
        }
    }
    return service_clocks_settle(db, dossier);
}

/* An apology's day stands in the place of the one that cannot be kept. */
static struct str key_of(struct arena *a, const struct service_clocks_row *r) {
    if (!str_eq(r->state, S("running"))) {
        return S(SERVICE_NEVER);
    }
    bool is_new = r->promised_on.year && date_cmp(r->promised_on, r->due_on) > 0;
    return is_new ? service_key(a, r->promised_on, -1) : service_key(a, r->due_on, (int)r->due_minute);
}

struct err service_promise(struct db_read *db, int64_t dossier, struct service_clocks_row **clock) {
    struct service_clocks_rows rows;
    struct str best = S(SERVICE_NEVER);
    *clock = NULL;
    TRY(service_clocks(db, (struct service_clocks_in){.dossier = {dossier}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str key = key_of(db_arena(db), &rows.at[i]);
        if (str_cmp(key, best) < 0) {
            best = key;
            *clock = &rows.at[i];
        }
    }
    return OK;
}

struct err service_clocks_settle(struct db_write *db, int64_t dossier) {
    struct service_clocks_row *clock;
    TRY(service_promise(db_reading(db), dossier, &clock));
    struct str key = clock ? key_of(db_write_arena(db), clock) : S(SERVICE_NEVER);
    return service_due(db, (struct service_due_in){.id = {dossier}, .due_key = key}, NULL);
}
