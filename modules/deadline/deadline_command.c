/* `doanket clock` */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/config/command_read.h"
#include "kernel/db/db.h"
#include "kernel/page/json.h"
#include "modules/deadline/deadline_command.h"
#include "modules/org/org_calendar.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100 };
enum { OPTION_CASES, OPTION_FROM, OPTION_N };

static const struct command_option options[] = {{"cases", true}, {"from", true}, {"n", true}, {NULL, false}};

struct tables {
    struct deadline_rules rules;
    const struct deadline_calendar *calendar;
};

static struct err tables_read(struct command_run *run, struct tables *t) {
    struct db_read *db;
    struct org_days days;
    TRY(deadline_rules_read(run->arena, &t->rules));
    TRY(db_begin_read(run->db, run->arena, &db));
    struct err e =
        org_days_read(db, run->arena, (struct date){FIRST_YEAR, 1, 1}, (struct date){LAST_YEAR, 12, 31}, &days);
    db_end_read(db);
    TRY(e);
    return deadline_calendar_make(run->arena, &days, FIRST_YEAR, LAST_YEAR, &t->calendar);
}

static void put_moment(struct buf *b, const char *name, struct date on, int minute) {
    buf_printf(b, ", \"%s\": ", name);
    if (!on.year) {
        BUF_LIT(b, "null");
        return;
    }
    BUF_LIT(b, "\"");
    date_put_iso(b, on);
    if (minute >= 0) {
        buf_printf(b, "T%02d:%02d", minute / 60, minute % 60);
    }
    BUF_LIT(b, "\"");
}

static void put_answer(struct buf *b, const struct deadline *d) {
    bool has_unit = deadline_unit_name(d->rule.unit).len > 0;
    put_moment(b, "due", d->due_on, d->due_minute);
    if (has_unit) {
        buf_printf(b, ", \"unit\": \"%.*s\", \"counted\": %lld", STR_ARG(deadline_unit_name(d->rule.unit)),
                   (long long)d->counted);
    } else {
        BUF_LIT(b, ", \"unit\": null, \"counted\": null");
    }
    put_moment(b, "nominal_due", d->nominal_on, d->due_minute);
    buf_printf(b, ", \"moved\": %s, \"provisional\": %s", d->is_moved ? "true" : "false",
               d->is_provisional ? "true" : "false");
    if (d->is_paused) {
        buf_printf(b, ", \"status\": \"paused\", \"remaining\": %lld", (long long)d->remaining);
    }
}

static void answer_line(struct arena *a, const struct tables *t, struct str line) {
    struct str id;
    struct deadline_ask ask;
    struct deadline d;
    struct buf b = buf_in(a);
    struct err e = deadline_case_read(a, line, &id, &ask);
    e = e.why ? e : deadline_count(a, &t->rules, t->calendar, &ask, &d);
    BUF_LIT(&b, "{\"id\": ");
    json_str(&b, id);
    if (e.why) {
        BUF_LIT(&b, ", \"field\": ");
        json_str(&b, e.why->field);
        BUF_LIT(&b, ", \"error\": ");
        json_str(&b, e.why->message.len ? e.why->message : err_sentence(e.why->kind));
    } else {
        put_answer(&b, &d);
    }
    printf("%.*s}\n", STR_ARG(buf_str(&b)));
}

static int run_cases(const struct tables *t, const char *path) {
    FILE *f = fopen(path, "re");
    struct arena *a = arena_new();
    struct buf b = buf_in(a);
    if (!f) {
        fprintf(stderr, "doanket: không mở được tệp %s\n", path);
        arena_free(a);
        return 1;
    }
    for (int c = 0; c != EOF;) {
        c = getc(f);
        if (c != '\n' && c != EOF) {
            buf_put_char(&b, (char)c);
            continue;
        }
        if (str_trim(buf_str(&b)).len) {
            answer_line(a, t, buf_str(&b));
        }
        arena_reset(a);
        b = buf_in(a);
    }
    int status = ferror(f) ? 1 : 0;
    fclose(f);
    arena_free(a);
    return status;
}

static void list_rules(const struct deadline_rules *rules) {
    for (size_t i = 0; i < rules->rules.n; i++) {
        const struct deadline_rule *r = &rules->rules.at[i];
        if (!i || !str_eq(r->id, rules->rules.at[i - 1].id)) {
            printf("%.*s\t%.*s\t%.*s%s%.*s\n", STR_ARG(r->id), STR_ARG(r->name), STR_ARG(r->article),
                   r->article.len ? " " : "", STR_ARG(r->law));
        }
    }
}

/* Words after the rule are facts: remote, complex=very_complex. */
static int explain(struct command_run *run, const struct tables *t) {
    struct deadline_ask ask = {.rule = run->words[0], .start = clock_today(), .minute = -1, .wants_days = true};
    struct deadline d;
    if (!command_day("from", run->values[OPTION_FROM], &ask.start)) {
        return 2;
    }
    for (size_t i = 1; i < run->n; i++) {
        struct deadline_fact f;
        if (!str_cut(run->words[i], S("="), &f.name, &f.value)) {
            f.value = S("true");
        }
        LIST_ADD(run->arena, &ask.facts, f);
    }
    if (run->values[OPTION_N].at) {
        LIST_ADD(run->arena, &ask.facts, (struct deadline_fact){S("n"), run->values[OPTION_N]});
        LIST_ADD(run->arena, &ask.facts, (struct deadline_fact){S("limit"), run->values[OPTION_N]});
    }
    struct err e = deadline_count(run->arena, &t->rules, t->calendar, &ask, &d);
    if (e.why) {
        return command_fault(e);
    }
    printf("%.*s", STR_ARG(deadline_words(run->arena, &ask, &d)));
    return 0;
}

static int run_clock(struct command_run *run) {
    struct tables t;
    struct str path = run->values[OPTION_CASES];
    struct err e = tables_read(run, &t);
    if (e.why) {
        return command_fault(e);
    }
    if (path.at) {
        return run_cases(&t, str_z(run->arena, path));
    }
    if (!run->n) {
        list_rules(&t.rules);
        return 0;
    }
    return explain(run, &t);
}

const struct command deadline_commands[] = {
    {.name = "clock",
     .usage = "  doanket clock QUY-ĐỊNH [DỮ-KIỆN…] [--from NGÀY] [--n SỐ]   hạn là ngày nào, đếm từng ngày; không có "
              "gì: các quy định\n"
              "  doanket clock --cases TỆP.jsonl                            tính hạn cho từng dòng\n",
     .options = options,
     .run = run_clock},
    {0},
};
