/* Who is served when, and what brings jobs back. */
#include "tests/db.h"

#include "kernel/queue/job.h"
#include "kernel/queue/job_inside.h"
#include "kernel/queue/job_queries.h"

#include "base/buf.h"

static struct buf order; /* what ran, in order */

static struct err run_noted(struct job *job) {
    buf_printf(&order, "%lld ", (long long)job->post);
    return OK;
}
static struct err nothing(struct db_write *db, void *thing) {
    (void)db;
    (void)thing;
    return OK;
}
/* Three turns of one step each. */
static struct err run_in_turns(struct job *job) {
    int64_t step = job->mark.len ? job->mark.at[0] - '0' : 0;
    buf_printf(&order, "%lld.%lld ", (long long)job->post, (long long)step);
    if (step == 2) {
        return OK;
    }
    char mark = (char)('1' + step);
    TRY(job_step(job, (struct str){&mark, 1}, nothing, NULL));
    while (!job_turn_is_over(job)) {
        /* A turn of these lasts a millisecond, which a quick machine does not need. */
    }
    return job_again(job);
}
static struct err run_fault(struct job *job) {
    (void)job;
    return REFUSE(ERR_INVALID, "", "Hỏng.");
}

static const struct job_kind kinds[] = {
    {.name = "heavy", .title = "Nặng", .run = run_noted},
    {.name = "other", .title = "Khác", .run = run_noted},
    {.name = "turns", .title = "Lượt", .run = run_in_turns},
    {.name = "short", .title = "Ngắn", .is_short = true, .run = run_noted},
    {.name = "hourly", .title = "Hằng giờ", .every_s = 3600, .run = run_noted},
    {.name = "hourly bad", .title = "Hằng giờ", .every_s = 3600, .run = run_fault},
};

static const volatile sig_atomic_t go_on = 0;

static struct job_worker worker_of(bool is_reserved) {
    return (struct job_worker){.kinds = kinds,
                               .n_kinds = sizeof kinds / sizeof *kinds,
                               .name = "job 1",
                               .stop = &go_on,
                               .is_reserved = is_reserved,
                               .turn_ms = 1,
                               .is_until_idle = true};
}

static void work(struct db *db, struct arena *arena, bool is_reserved) {
    struct job_worker w = worker_of(is_reserved);
    order = buf_in(arena);
    job_work(db, &w);
}

static int64_t add(struct db_write *w, const char *kind, int64_t post) {
    int64_t id = 0;
    struct err e = job_add(w, &(struct job_new){.kind = str_of(kind), .post = post, .record = post}, &id);
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "job_add", e.why->detail, S(""));
    }
    return id;
}

/* How many of a kind are queued or running, whatever for. */
static size_t under_way(struct db *db, struct arena *arena, const char *kind) {
    struct db_read *r;
    struct job_under_way_rows rows = {0};
    if (!db_begin_read(db, arena, &r).why) {
        err_ignore(job_under_way(r, (struct job_under_way_in){0, str_of(kind)}, &rows));
        db_end_read(r);
    }
    return rows.n;
}

TEST_DB("who queues much waits for it himself: turns go round the people, then round their kinds of work") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int i = 0; i < 4; i++) {
        add(w, "heavy", 1);
    }
    add(w, "other", 1);
    add(w, "heavy", 2);
    add(w, "heavy", 3);
    CHECK_OK(db_commit(w));
    work(db, arena, false);
    struct str ran = buf_str(&order);
    CHECK(ran.len == 14 && str_find(str_slice(ran, 0, 6), S("2"), 0) != SIZE_MAX &&
          str_find(str_slice(ran, 0, 6), S("3"), 0) != SIZE_MAX);
}

TEST_DB("a long job goes on at another turn, when the others had theirs, and its tries begin anew") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    int64_t one = add(w, "turns", 1);
    add(w, "turns", 2);
    CHECK_OK(db_commit(w));
    work(db, arena, false);
    struct str ran = buf_str(&order);
    bool one_first = str_eq(ran, S("1.0 2.0 1.1 2.1 1.2 2.2 "));
    CHECK(one_first || str_eq(ran, S("2.0 1.0 2.1 1.1 2.2 1.2 ")));
    struct db_read *r;
    struct job_view *v;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(job_find(r, one, &v));
    CHECK(v->state == JOB_DONE && v->tries == 1);
    db_end_read(r);
}

TEST_DB("the worker kept free takes what is short, and standing jobs go before everything") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    add(w, "heavy", 5);
    add(w, "short", 6);
    add(w, "hourly", 7);
    CHECK_OK(db_commit(w));
    work(db, arena, true);
    CHECK_STR(buf_str(&order), S("7 6 "));
    work(db, arena, true);
    CHECK_STR(buf_str(&order), S(""));
    CHECK_OK(db_begin_write(db, arena, &w));
    add(w, "short", 8);
    add(w, "hourly", 7);
    CHECK_OK(db_commit(w));
    work(db, arena, false);
    CHECK(str_starts(buf_str(&order), S("7 ")) && buf_str(&order).len == 6);
}

TEST_DB("a standing job that is stopped, lost or failed is brought back within the hour") {
    work(db, arena, false);
    CHECK(under_way(db, arena, "hourly") == 1 && under_way(db, arena, "hourly bad") == 1 &&
          under_way(db, arena, "heavy") == 0);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_cancel_about(w, S("hourly"), 0));
    CHECK_OK(db_commit(w));
    CHECK(under_way(db, arena, "hourly") == 0);
    clock_freeze((struct instant){clock_now().ms + 3601000});
    work(db, arena, false); /* fails the bad one */
    work(db, arena, false);
    CHECK(under_way(db, arena, "hourly") == 1 && under_way(db, arena, "hourly bad") == 1);
    clock_freeze((struct instant){0});
}

TEST_DB("what a wrong clock put off for three years runs now; an honest wait is kept") {
    struct db_write *w;
    struct instant now = clock_now();
    CHECK_OK(db_begin_write(db, arena, &w));
    struct job_new late = {.kind = S("hourly"), .post = 9, .not_before = {now.ms + 1095 * INT64_C(86400000)}},
                   soon = {.kind = S("short"), .post = 8, .not_before = {now.ms + 3600000}},
                   lost = {.kind = S("short"), .post = 7, .not_before = {now.ms + 1095 * INT64_C(86400000)}};
    CHECK_OK(job_add(w, &late, NULL));
    CHECK_OK(job_add(w, &soon, NULL));
    CHECK_OK(job_add(w, &lost, NULL));
    CHECK_OK(db_commit(w));
    work(db, arena, false);
    CHECK_STR(buf_str(&order), S("9 7 "));
}
