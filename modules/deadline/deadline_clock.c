#include "modules/deadline/deadline_clock.h"

#include "base/buf.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "modules/deadline/deadline_queries.h"

static const struct str states[] = {[DEADLINE_RUNNING] = S_INIT("running"),
                                    [DEADLINE_IS_PAUSED] = S_INIT("paused"),
                                    [DEADLINE_MET] = S_INIT("met"),
                                    [DEADLINE_DROPPED] = S_INIT("dropped")};

static struct str facts_write(struct arena *a, const struct deadline_ask *ask) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < ask->facts.n; i++) {
        buf_printf(&b, "%.*s=%.*s\n", STR_ARG(ask->facts.at[i].name), STR_ARG(ask->facts.at[i].value));
    }
    return buf_str(&b);
}

static void facts_read(struct arena *a, struct str rest, struct deadline_ask *ask) {
    struct str line;
    while (rest.len && str_next(&rest, '\n', &line)) {
        struct deadline_fact f;
        str_cut(line, S("="), &f.name, &f.value);
        LIST_ADD(a, &ask->facts, f);
    }
}

static bool facts_fit(const struct deadline_ask *ask) {
    for (size_t i = 0; i < ask->facts.n; i++) {
        const struct deadline_fact *f = &ask->facts.at[i];
        if (!f->name.len || str_find(f->name, S("="), 0) != SIZE_MAX || str_find(f->name, S("\n"), 0) != SIZE_MAX ||
            str_find(f->value, S("\n"), 0) != SIZE_MAX) {
            return false;
        }
    }
    return true;
}

/* A resumption ends the pause before it. */
static void papers_put(struct arena *a, const struct deadline_papers_rows *papers, struct deadline_ask *ask) {
    for (size_t i = 0; i < papers->n; i++) {
        const struct deadline_papers_row *p = &papers->at[i];
        if (str_eq(p->kind, S("pause"))) {
            LIST_ADD(a, &ask->pauses, (struct deadline_pause){.doc = p->doc, .from = p->day_on});
        } else if (str_eq(p->kind, S("extend"))) {
            LIST_ADD(a, &ask->extensions,
                     (struct deadline_extension){
                         .doc = p->doc, .article = p->article, .on = p->day_on, .amount = p->amount});
        } else if (ask->pauses.n) {
            ask->pauses.at[ask->pauses.n - 1].resume_doc = p->doc;
            ask->pauses.at[ask->pauses.n - 1].to = p->day_on;
        }
    }
}

static struct err ask_read(struct db_read *db, struct deadline_clock_id id, struct deadline_clock *c) {
    struct arena *a = db_arena(db);
    struct deadline_clock_by_id_row *row;
    struct deadline_papers_rows papers;
    TRY(deadline_clock_by_id(db, (struct deadline_clock_by_id_in){.id = id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such clock");
    }
    TRY(deadline_papers(db, (struct deadline_papers_in){.clock = id}, &papers));
    *c = (struct deadline_clock){.id = id, .record = row->record, .ended_on = row->ended_on};
    for (size_t i = 1; i < sizeof states / sizeof *states; i++) {
        c->state = str_eq(states[i], row->state) ? (enum deadline_state)i : c->state;
    }
    c->ask = (struct deadline_ask){.rule = row->rule,
                                   .version = row->rule_version,
                                   .start = row->start_on,
                                   .minute = (int)row->start_minute,
                                   .has_saturday = row->has_saturday,
                                   .has_hours = row->closes >= 0,
                                   .closes = (int)row->closes};
    facts_read(a, row->facts, &c->ask);
    papers_put(a, &papers, &c->ask);
    return OK;
}

static struct err count(struct db_read *db, const struct deadline_ask *ask, struct deadline *d) {
    struct arena *a = db_arena(db);
    struct deadline_rules rules;
    const struct deadline_calendar *calendar;
    if (!date_valid(ask->start)) {
        return REFUSE(ERR_INVALID, "start", "Ngày bắt đầu tính hạn chưa đúng.");
    }
    TRY(deadline_rules_read(a, &rules));
    TRY(deadline_calendar_around(db, a, ask->start, &calendar));
    return deadline_count(a, &rules, calendar, ask, d);
}

struct err deadline_clock_read(struct db_read *db, struct deadline_clock_id id, bool wants_days,
                               struct deadline_clock *c) {
    TRY(ask_read(db, id, c));
    c->ask.wants_days = wants_days;
    return count(db, &c->ask, &c->deadline);
}

struct err deadline_clock_start(struct db_write *db, int64_t record, const struct deadline_ask *ask,
                                struct deadline_clock *c) {
    struct arena *a = db_write_arena(db);
    *c = (struct deadline_clock){.id = {id_new()}, .record = record, .state = DEADLINE_RUNNING, .ask = *ask};
    c->ask.pauses.n = c->ask.extensions.n = 0;
    if (!facts_fit(ask)) {
        return REFUSE(ERR_INVALID, "facts", "Dữ kiện để tính hạn chưa đúng.");
    }
    TRY(count(db_reading(db), &c->ask, &c->deadline));
    c->ask.version = c->deadline.rule.version;
    return deadline_clock_add(db,
                              (struct deadline_clock_add_in){.id = c->id,
                                                             .record = record,
                                                             .rule = ask->rule,
                                                             .rule_version = c->ask.version,
                                                             .start_on = ask->start,
                                                             .start_minute = ask->minute,
                                                             .facts = facts_write(a, ask),
                                                             .has_saturday = ask->has_saturday,
                                                             .closes = ask->has_hours ? ask->closes : -1,
                                                             .due_on = c->deadline.due_on,
                                                             .due_minute = c->deadline.due_minute,
                                                             .is_provisional = c->deadline.is_provisional},
                              NULL);
}

struct err deadline_clocks_of(struct db_read *db, int64_t record, struct deadline_clocks *clocks) {
    struct deadline_clock_of_record_rows rows;
    *clocks = (struct deadline_clocks){0};
    TRY(deadline_clock_of_record(db, (struct deadline_clock_of_record_in){.record = record}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), &clocks->ids, rows.at[i].id);
    }
    return OK;
}

static struct err due_write(struct db_write *db, const struct deadline_clock *c) {
    const struct deadline *d = &c->deadline;
    return deadline_clock_due(
        db,
        (struct deadline_clock_due_in){.id = c->id,
                                       .state = states[d->is_paused ? DEADLINE_IS_PAUSED : DEADLINE_RUNNING],
                                       .due_on = d->due_on,
                                       .due_minute = d->due_minute,
                                       .is_provisional = d->is_provisional},
        NULL);
}

/* What a paper needs before it is looked at what it does. */
static struct err paper_check(struct db_write *db, struct deadline_clock_id id, enum deadline_state needed,
                              const struct deadline_paper *p, struct deadline_clock *c) {
    TRY(deadline_clock_read(db_reading(db), id, false, c));
    if (c->state != needed) {
        return c->state == DEADLINE_IS_PAUSED ? REFUSE(ERR_CONFLICT, "", "Thời hạn đang tạm dừng.")
               : c->state == DEADLINE_RUNNING ? REFUSE(ERR_CONFLICT, "", "Thời hạn không đang tạm dừng.")
                                              : REFUSE(ERR_CONFLICT, "", "Thời hạn này đã kết thúc.");
    }
    if (!str_trim(p->doc).len) {
        return REFUSE(ERR_INVALID, "doc", "Hãy ghi văn bản: không có văn bản thì việc này không có hiệu lực.");
    }
    if (!date_valid(p->on) || date_cmp(p->on, c->ask.start) < 0) {
        return REFUSE(ERR_INVALID, "on", "Ngày của văn bản không thể trước ngày bắt đầu tính hạn.");
    }
    return OK;
}

static struct err paper_add(struct db_write *db, struct deadline_clock_id id, const char *kind,
                            const struct deadline_paper *p) {
    return deadline_paper_add(db,
                              (struct deadline_paper_add_in){.id = {id_new()},
                                                             .clock = id,
                                                             .kind = str_of(kind),
                                                             .doc = str_trim(p->doc),
                                                             .article = p->article,
                                                             .day_on = p->on,
                                                             .amount = p->amount},
                              NULL);
}

/* The reason the count itself gave for a paper that changed nothing. */
static struct err no_effect(struct arena *a, const struct deadline *d, const struct deadline_paper *p) {
    struct str doc = str_trim(p->doc);
    for (size_t i = d->notes.n; i > 0; i--) {
        if (str_find(d->notes.at[i - 1], doc, 0) != SIZE_MAX) {
            return err_refuse(a, ERR_INVALID, "doc", "%.*s", STR_ARG(d->notes.at[i - 1]));
        }
    }
    return REFUSE(ERR_INVALID, "on", "Văn bản không có hiệu lực: khi đó thời hạn đã hết.");
}

struct err deadline_clock_pause(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *p) {
    struct deadline_clock c;
    TRY(paper_check(db, id, DEADLINE_RUNNING, p, &c));
    LIST_ADD(db_write_arena(db), &c.ask.pauses, (struct deadline_pause){.doc = p->doc, .from = p->on});
    TRY(count(db_reading(db), &c.ask, &c.deadline));
    if (!c.deadline.is_paused) {
        return no_effect(db_write_arena(db), &c.deadline, p);
    }
    TRY(paper_add(db, id, "pause", p));
    return due_write(db, &c);
}

struct err deadline_clock_resume(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *p) {
    struct deadline_clock c;
    TRY(paper_check(db, id, DEADLINE_IS_PAUSED, p, &c));
    struct deadline_pause *last = &c.ask.pauses.at[c.ask.pauses.n - 1];
    if (date_cmp(p->on, last->from) < 0) {
        return REFUSE(ERR_INVALID, "on", "Ngày tiếp tục không thể trước ngày tạm dừng.");
    }
    last->resume_doc = p->doc;
    last->to = p->on;
    TRY(count(db_reading(db), &c.ask, &c.deadline));
    TRY(paper_add(db, id, "resume", p));
    return due_write(db, &c);
}

struct err deadline_clock_extend(struct db_write *db, struct deadline_clock_id id, const struct deadline_paper *p) {
    struct deadline_clock c;
    TRY(paper_check(db, id, DEADLINE_RUNNING, p, &c));
    int64_t before = c.deadline.counted;
    LIST_ADD(db_write_arena(db), &c.ask.extensions,
             (struct deadline_extension){.doc = p->doc, .article = p->article, .on = p->on, .amount = p->amount});
    TRY(count(db_reading(db), &c.ask, &c.deadline));
    if (c.deadline.counted <= before) {
        return no_effect(db_write_arena(db), &c.deadline, p);
    }
    TRY(paper_add(db, id, "extend", p));
    return due_write(db, &c);
}

struct err deadline_clock_end(struct db_write *db, struct deadline_clock_id id, enum deadline_state state,
                              struct date on) {
    struct deadline_clock c;
    TRY(ask_read(db_reading(db), id, &c));
    if (c.state == DEADLINE_MET || c.state == DEADLINE_DROPPED) {
        return REFUSE(ERR_CONFLICT, "", "Thời hạn này đã kết thúc.");
    }
    if (state != DEADLINE_MET && state != DEADLINE_DROPPED) {
        return FAIL(ERR_BROKEN, "a clock ends by being met or dropped");
    }
    return deadline_clock_ended(db, (struct deadline_clock_ended_in){.id = id, .state = states[state], .ended_on = on},
                                NULL);
}

struct err deadline_clocks_again(struct db_write *db, int64_t after, int64_t most, int64_t *last, int64_t *changed) {
    struct deadline_clock_provisional_rows rows;
    *last = *changed = 0;
    TRY(deadline_clock_provisional(
        db_reading(db), (struct deadline_clock_provisional_in){.is_provisional = true, .after = after, .most = most},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct deadline_clock c;
        TRY(deadline_clock_read(db_reading(db), rows.at[i].id, false, &c));
        *changed += !date_is(c.deadline.due_on, rows.at[i].due_on);
        TRY(due_write(db, &c));
    }
    *last = (int64_t)rows.n == most && rows.n ? rows.at[rows.n - 1].id.v : 0;
    return OK;
}

struct err deadline_clock_remaining(struct db_read *db, const struct deadline_clock *c, struct date today,
                                    int64_t *days) {
    const struct deadline_calendar *calendar;
    *days = 0;
    if (c->deadline.is_paused) {
        return FAIL(ERR_CONFLICT, "a paused clock has no due day");
    }
    TRY(deadline_calendar_around(db, db_arena(db), today, &calendar));
    *days = deadline_remaining(calendar, c->ask.has_saturday, c->deadline.due_on, today);
    return OK;
}
