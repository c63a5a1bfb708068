#include "tests/db.h"

#include "kernel/audit.h"
#include "kernel/job.h"
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
