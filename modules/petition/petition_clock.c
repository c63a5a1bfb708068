/* The clocks of a letter: modules/deadline counts by dated rules; the letter keeps the earliest day of those that run,
   so that lists find it. A late one is told once. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "modules/deadline/deadline_clock.h"
#include "modules/petition/petition_office.h"

enum { LATE_AT_ONCE = 200, MOVED_AT_ONCE = 500 };

/* Which rule of modules/deadline/rules.tsv a type of letter follows; what cannot be judged is answered like feedback.
 */
static const struct rules_of {
    struct str type, receipt, settle, reply;
} rules_of[] = {
    {S_INIT("KN"), S_INIT("KN.accept"), S_INIT("KN.first"), S_INIT("KN.accept")},
    {S_INIT("TC"), S_INIT("TC.initial"), S_INIT("TC.settle"), S_INIT("TC.tell_forwarder")},
    {S_INIT(""), S_INIT("KNPA.answer"), S_INIT(""), S_INIT("KNPA.answer")},
};
enum { RULES = sizeof rules_of / sizeof *rules_of };

static const struct rules_of *rules_for(struct str type) {
    for (size_t i = 0; i < RULES; i++) {
        if (str_eq(rules_of[i].type, type)) {
            return &rules_of[i];
        }
    }
    return &rules_of[RULES - 1];
}

struct str petition_reply_rule(struct str type) {
    return rules_for(type)->reply;
}
struct str petition_settle_rule(struct str type) {
    return rules_for(type)->settle;
}

static struct err start(struct db_write *db, const struct petition_clock_insert_in *of, struct str rule,
                        struct date from) {
    struct deadline_clock c;
    struct petition_clock_insert_in in = *of;
    struct deadline_ask ask = {.rule = rule, .start = from, .minute = -1};
    TRY(deadline_clock_start(db, of->letter.v, &ask, &c));
    in.id = (struct petition_clock_id){id_new()};
    in.clock = c.id;
    in.due_on = c.deadline.due_on;
    return petition_clock_insert(db, in, NULL);
}

struct err petition_clock_start(struct db_write *db, struct petition_letter_id id, const char *what, struct str rule,
                                struct date from) {
    TRY(start(db, &(struct petition_clock_insert_in){.letter = id, .what = str_of(what)}, rule, from));
    return petition_due_follow(db, id);
}

struct err petition_clocks_end(struct db_write *db, struct petition_letter_id id, const char *what, bool is_met) {
    struct petition_clocks_rows rows;
    TRY(petition_clocks(db_reading(db), (struct petition_clocks_in){.letter = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct petition_clocks_row *r = &rows.at[i];
        if (r->is_running && (!what[0] || str_eq(r->what, str_of(what)))) {
            TRY(deadline_clock_end(db, r->clock, is_met ? DEADLINE_MET : DEADLINE_DROPPED, clock_today()));
            TRY(petition_clock_stop(db, (struct petition_clock_stop_in){.id = r->id}, NULL));
        }
    }
    return petition_due_follow(db, id);
}

struct err petition_due_follow(struct db_write *db, struct petition_letter_id id) {
    struct petition_clocks_rows rows;
    struct petition_by_id_row *l;
    TRY(petition_by_id(db_reading(db), (struct petition_by_id_in){.id = id}, &l));
    TRY(petition_clocks(db_reading(db), (struct petition_clocks_in){.letter = id}, &rows));
    struct petition_due_in in = {.id = id, .receipt_due_on = l->receipt_due_on};
    for (size_t i = 0; i < rows.n; i++) {
        const struct petition_clocks_row *r = &rows.at[i];
        if (r->is_running && (!in.due_on.year || date_cmp(r->due_on, in.due_on) < 0)) {
            in.due_on = r->due_on;
            in.due_what = r->what;
        }
    }
    if (str_eq(in.due_what, S("receipt")) && !l->disposed_on.year) {
        in.receipt_due_on = in.due_on;
    }
    return petition_due(db, in, NULL);
}

/* A letter with several matters has a clock for each. */
struct err petition_clocks_begin(struct db_write *db, struct petition_letter_id id) {
    struct petition_by_id_row *l;
    struct petition_parts_rows parts;
    TRY(petition_by_id(db_reading(db), (struct petition_by_id_in){.id = id}, &l));
    TRY(petition_parts(db_reading(db), (struct petition_parts_in){.letter = id}, &parts));
    if (!str_eq(l->state, S("received"))) {
        return OK;
    }
    TRY(petition_clocks_end(db, id, "receipt", false));
    bool is_mix = str_eq(l->type, S("MIX")) && parts.n;
    for (size_t i = 0; i < (is_mix ? parts.n : 1); i++) {
        struct petition_clock_insert_in in = {.letter = id, .part = is_mix ? parts.at[i].n : 0, .what = S("receipt")};
        TRY(start(db, &in, rules_for(is_mix ? parts.at[i].type : l->type)->receipt, l->received_on));
    }
    return petition_due_follow(db, id);
}

/* ---- Telling */

static struct err tell_one(struct db_write *db, const struct petition_late_row *r, struct date today) {
    struct arena *a = db_write_arena(db);
    struct buf b = buf_in(a);
    int64_t to = r->holder;
    struct str what = petition_word(petition_clock_words, r->due_what);
    if (!to) {
        TRY(petition_told_to(db_reading(db), r->organ, r->is_protected, &to));
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, str_format(a, "Đơn số %lld quá hạn: %.*s", (long long)r->number, STR_ARG(what)));
    BUF_LIT(&b, "}");
    TRY(petition_late_told(db, (struct petition_late_told_in){.id = r->id, .late_told_on = today}, NULL));
    TRY(thread_add(db, NULL,
                   &(struct thread_new){
                       .kind = S("petition"), .record = r->id.v, .verb = "petition.late", .about = what, .day = today},
                   NULL));
    return act_done(db, &(struct act){.verb = S("petition.late"), .record = r->id.v, .to = to, .body = buf_str(&b)});
}

/* Days counted anew since, then what is past its day. */
static struct err days_follow(struct db_write *db) {
    struct petition_clock_moved_rows rows;
    TRY(petition_clock_moved(db_reading(db), (struct petition_clock_moved_in){.most = MOVED_AT_ONCE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(petition_clock_move(db, (struct petition_clock_move_in){.id = rows.at[i].id, .due_on = rows.at[i].due_on},
                                NULL));
        TRY(petition_due_follow(db, rows.at[i].letter));
    }
    return OK;
}

struct err petition_tell_late(struct db_write *db, struct date today, int64_t *told) {
    struct petition_late_rows rows;
    *told = 0;
    TRY(days_follow(db));
    TRY(petition_late(db_reading(db),
                      (struct petition_late_in){.today_day = date_iso(db_write_arena(db), today), .most = LATE_AT_ONCE},
                      &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(tell_one(db, &rows.at[i], today));
        *told += 1;
    }
    return OK;
}

static struct err late_step(struct db_write *db, void *thing) { return petition_tell_late(db, clock_today(), thing); }

static struct err late_end(struct db_write *db, void *thing) {
    (void)thing;
    return job_add(db,
                   &(struct job_new){.kind = S("petition.late"),
                                     .not_before = {clock_now().ms + INT64_C(3600000)},
                                     .is_single = true},
                   NULL);
}

static struct err late_run(struct job *job) {
    int64_t told;
    do {
        TRY(job_step(job, S(""), late_step, &told));
    } while (told > 0);
    return job_finish(job, late_end, NULL);
}

const struct job_kind petition_job_kinds[] = {
    {.name = "petition.late", .title = "Tìm đơn quá hạn", .is_short = true, .every_s = 3600, .run = late_run},
    {0},
};

struct err petition_seed(struct db_write *db, struct arena *arena) {
    (void)arena;
    return job_add(db, &(struct job_new){.kind = S("petition.late"), .is_single = true}, NULL);
}
