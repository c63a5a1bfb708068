#include "tests/db.h"

#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "kernel/queue/job.h"
#include "modules/admin/admin_pages.h"
#include "modules/admin/admin_queries.h"

static size_t found(struct db_write *w, struct admin_entries_in in) {
    struct admin_entries_rows rows;
    in.below = in.below ? in.below : INT64_MAX;
    in.last = in.last ? in.last : INT64_MAX;
    in.most = 100;
    return admin_entries(db_reading(w), in, &rows).why ? SIZE_MAX : rows.n;
}

TEST_DB("the audit trail is narrowed by person, record, deed, kind and date, and paged by key") {
    struct db_write *w;
    clock_freeze(date_at((struct date){2026, 11, 23}, 9, 0));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("org.post.give"), .record = 7, .person = 1}));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("org.post.end"), .record = 7, .person = 2}));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("config.change"), .record = 0, .person = 2}));
    CHECK(found(w, (struct admin_entries_in){0}) == 3);
    CHECK(found(w, (struct admin_entries_in){.who = 2}) == 2);
    CHECK(found(w, (struct admin_entries_in){.what = 7, .who = 2}) == 1);
    CHECK(found(w, (struct admin_entries_in){.wanted = S("org")}) == 2);
    CHECK(found(w, (struct admin_entries_in){.wanted = S("org.post.end")}) == 1);
    CHECK(found(w, (struct admin_entries_in){.below = 3}) == 2);
    CHECK(found(w, (struct admin_entries_in){.first = clock_now().ms + 1}) == 0);
    CHECK(found(w, (struct admin_entries_in){.last = clock_now().ms}) == 0);
    CHECK_OK(db_commit(w));
    clock_freeze((struct instant){0});
}

static struct admin_entries_row *said(struct db_write *w, int64_t reader, int64_t record) {
    struct admin_entries_rows rows;
    struct admin_entries_in in = {
        .below = INT64_MAX, .last = INT64_MAX, .most = 1, .what = record, .reader = reader, .today = {2026, 11, 23}};
    return admin_entries(db_reading(w), in, &rows).why || rows.n != 1 ? NULL : &rows.at[0];
}

TEST_DB(
    "who reads the trail sees that something was done; what it says of a record only who may read that record now") {
    enum { HERE = 100, THERE = 200, CLERK_HERE = 11, ADMIN = 12, MINE = 31, THEIRS = 32 };
    struct db_write *w;
    struct admin_entries_row *row;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_wear(w, CLERK_HERE, (struct db_ids){(int64_t[]){HERE}, 1}));
    CHECK_OK(access_wear(w, ADMIN, (struct db_ids){NULL, 0}));
    CHECK_OK(access_give(
        w, &(struct access_grant_new){.kind = S("document"), .record = MINE, .principal = HERE, .can = CAN_READ}));
    CHECK_OK(access_give(
        w, &(struct access_grant_new){.kind = S("document"), .record = THEIRS, .principal = THERE, .can = CAN_READ}));
    for (int64_t record = MINE; record <= THEIRS; record++) {
        CHECK_OK(audit_note(w, &(struct audit){.verb = S("document.registered"),
                                               .record = record,
                                               .before = S("{\"subject\":\"Trích yếu cũ\"}"),
                                               .after = S("{\"subject\":\"Trích yếu\"}")}));
        row = said(w, ADMIN, record);
        CHECK_OR_RETURN(row && row->is_hidden);
        CHECK_STR(row->verb, S("document.registered"));
        CHECK(!row->before_json.len && !row->after_json.len);
    }
    row = said(w, CLERK_HERE, MINE);
    CHECK(row && !row->is_hidden && row->after_json.len && row->before_json.len);
    row = said(w, CLERK_HERE, THEIRS);
    CHECK(row && row->is_hidden && !row->after_json.len);
    CHECK_OK(access_take_all(w, MINE));
    row = said(w, CLERK_HERE, MINE);
    CHECK(row && row->is_hidden && !row->after_json.len);
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("config.change"), .record = 7, .after = S("{\"port\":\"1\"}")}));
    row = said(w, ADMIN, 7);
    CHECK(row && !row->is_hidden && row->after_json.len);
    CHECK_OK(db_commit(w));
}

TEST_DB("the words of a job about a record are for who may read the record") {
    struct db_write *w;
    struct admin_jobs_told_rows rows;
    int64_t own, general;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_wear(w, 11, (struct db_ids){(int64_t[]){100}, 1}));
    CHECK_OK(access_give(
        w, &(struct access_grant_new){.kind = S("document"), .record = 31, .principal = 100, .can = CAN_READ}));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("document.read"), .record = 31}, &own));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("admin.verify")}, &general));
    struct admin_jobs_told_in in = {.ids = {(int64_t[]){own, general}, 2}, .reader = 12, .today = {2026, 11, 23}};
    CHECK_OK(admin_jobs_told(db_reading(w), in, &rows));
    CHECK(rows.n == 1 && rows.at[0].number.v == general);
    in.reader = 11;
    CHECK_OK(admin_jobs_told(db_reading(w), in, &rows));
    CHECK(rows.n == 2);
    CHECK_OK(db_commit(w));
}

static const volatile sig_atomic_t go_on;
static const struct job_kind kinds[] = {{.name = "admin.verify", .title = "", .max_tries = 1, .run = admin_verify_run}};

TEST_DB("verifying the trail is a job that says what it found") {
    struct db_write *w;
    struct db_read *r;
    struct job_view *job;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("org.post.give"), .record = 7, .person = 1}));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("admin.verify"), .is_single = true}, NULL));
    CHECK_OK(db_commit(w));
    job_work(db, &(struct job_worker){
                     .kinds = kinds, .n_kinds = 1, .name = "job verify", .stop = &go_on, .is_until_idle = true});
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(job_latest(r, S("admin.verify"), 0, &job));
    CHECK_OR_RETURN(job && job->state == JOB_DONE);
    CHECK(job->words.len > 0);
    db_end_read(r);
}
