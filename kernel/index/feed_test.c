#include "tests/db.h"

#include "kernel/index/feed.h"
#include "kernel/index/search_queries.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "kernel/rights/access.h"
#include "kernel/module.h"

/* Records of a kind "note" for these tests: the title says the record's version, the reader is post 500 or nobody. */
enum { NOTES = 450, POST = 500 };
static int note_version[NOTES + 1];
static bool note_is_gone[NOTES + 1];

static struct err note_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                            bool *is_gone) {
    (void)db;
    if (record == 13) {
        return FAIL(ERR_BROKEN, "this note cannot be loaded");
    }
    *is_gone = record < 1 || record > NOTES || note_is_gone[record];
    doc->title = str_format(a, "ghi chép số %lld bản thứ %dx", (long long)record, note_version[*is_gone ? 0 : record]);
    LIST_ADD(a, &doc->principals, (int64_t)POST);
    return OK;
}

static struct err note_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    (void)db;
    for (int64_t id = after + 1; id <= NOTES && ids->n < (size_t)limit; id++) {
        LIST_ADD(a, ids, id);
    }
    return OK;
}

static const struct search_source note_source = {.kind = S_INIT("note"), .load = note_load, .each = note_each};
static const struct search_source *const sources[] = {&note_source};

static void notes_begin(void) {
    for (size_t i = 0; i <= NOTES; i++) {
        note_version[i] = 1;
        note_is_gone[i] = false;
    }
}

static bool feed_all(struct search_feed *f, struct db *db) {
    bool more = true;
    for (int rounds = 0; more && rounds < 50; rounds++) {
        if (search_feed_run(f, db, 100, &more).why) {
            return false;
        }
    }
    return !more;
}

static int64_t found(struct arena *arena, struct search_reader *r, struct str text) {
    struct search_query q = {.text = text, .with_counts = true, .limit = 5};
    LIST_ADD(arena, &q.principals, (int64_t)POST);
    struct search_result result;
    return search_query(r, arena, &q, &result).why || result.hits.n == 0 ? 0 : result.hits.at[0].record;
}

static bool touch(struct arena *arena, struct db *db, int64_t record) {
    struct db_write *w = NULL;
    return !db_begin_write(db, arena, &w).why && !search_touch(w, S("note"), record).why && !db_commit(w).why;
}

static void remove_index(struct arena *arena, struct str dir) {
    struct str path = str_format(arena, "%.*s/index", STR_ARG(dir));
    DIR *d = opendir(str_z(arena, path));
    for (struct dirent *e; d && (e = readdir(d));) {
        unlink(str_z(arena, str_format(arena, "%.*s/%s", STR_ARG(path), e->d_name)));
    }
    if (d) {
        closedir(d);
    }
    CHECK(rmdir(str_z(arena, path)) == 0);
}

static int64_t last_change(struct arena *arena, struct db *db) {
    struct db_read *r = NULL;
    struct search_change_last_row *row = NULL;
    if (!db_begin_read(db, arena, &r).why) {
        err_ignore(search_change_last(r, &row));
        db_end_read(r);
    }
    return row ? row->last : -1;
}

static struct err granted_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                               bool *is_gone) {
    struct access_ids readers;
    *is_gone = false;
    TRY(access_readers(db, record, &readers));
    doc->title = str_format(a, "tờ trình số %lld", (long long)record);
    doc->principals = (struct search_principals){readers.at, readers.n};
    return OK;
}

static struct err granted_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit,
                               struct search_ids *ids) {
    (void)db;
    (void)a;
    (void)after;
    (void)limit;
    (void)ids;
    return OK;
}

TEST_DB("rights given, taken or ended with their day show in the index, though no module says so") {
    static const struct search_source granted = {.kind = S_INIT("granted"), .load = granted_load, .each = granted_each};
    static const struct search_source *const only[] = {&granted};
    struct str dir = test_dir(arena);
    struct search_feed *f = NULL;
    struct search_reader *r = NULL;
    struct date today = clock_today();
    clock_freeze(date_at(today, 9, 0));
    CHECK_OK(search_feed_open(dir, only, 1, &f));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(feed_all(f, db));
    struct db_write *w = NULL;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_give(w, &(struct access_grant_new){S("granted"), 71, POST, CAN_READ, {0}}));
    CHECK_OK(access_give(w, &(struct access_grant_new){S("granted"), 72, POST, CAN_READ, today}));
    CHECK_OK(access_give(w, &(struct access_grant_new){S("granted"), 73, POST + 1, CAN_READ, {0}}));
    CHECK_OK(db_commit(w));
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("số 71")) == 71 && found(arena, r, S("số 72")) == 72 && found(arena, r, S("số 73")) != 73);

    clock_freeze(date_at(date_plus(today, 1), 0, 1));
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("số 71")) == 71 && found(arena, r, S("số 72")) == 71);

    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_take(w, 71, POST, CAN_READ));
    CHECK_OK(access_take_all(w, 73));
    CHECK_OK(db_commit(w));
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("tờ trình")) == 0);
    clock_freeze((struct instant){0});
    search_reader_close(r);
    search_feed_close(f);
}

TEST_DB("a database that fails at any step only delays the index") {
    notes_begin();
    struct str dir = test_dir(arena);
    struct search_feed *f = NULL;
    struct search_reader *r = NULL;
    CHECK_OK(search_feed_open(dir, sources, 1, &f));
    CHECK_OK(search_reader_open(dir, &r));
    log_level_set(LOG_ERROR);
    for (int n = 1; n < 8; n++) {
        bool more = false;
        note_version[100] = 10 + n;
        CHECK(touch(arena, db, 100));
        db_fail_after(db, n);
        err_ignore(search_feed_run(f, db, 100, &more));
        db_fail_after(db, 0);
        CHECK(feed_all(f, db));
        CHECK(found(arena, r, str_format(arena, "thứ %dx", 10 + n)) == 100);
    }
    log_level_set(LOG_INFO);
    search_reader_close(r);
    search_feed_close(f);
}

/* Other bytes in the middle of every segment, in place. */
static int damage_index(struct arena *arena, struct str dir) {
    struct str path = str_format(arena, "%.*s/index", STR_ARG(dir));
    DIR *d = opendir(path.at);
    int n = 0;
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        struct str file = str_format(arena, "%.*s/%s", STR_ARG(path), e->d_name);
        int fd = str_ends(file, S(".segment")) ? open(file.at, O_RDWR) : -1;
        if (fd >= 0) {
            n += fstat(fd, &st) == 0 && pwrite(fd, "\xee\xee\xee\xee", 4, st.st_size / 2) == 4;
            close(fd);
        }
    }
    if (d) {
        closedir(d);
    }
    return n;
}

TEST_DB("what a damaged segment held is taken in again from the database, without making all anew") {
    notes_begin();
    struct str dir = test_dir(arena);
    struct search_feed *f = NULL;
    struct search_reader *r = NULL;
    CHECK_OK(search_feed_open(dir, sources, 1, &f));
    CHECK(feed_all(f, db));
    CHECK(touch(arena, db, 77) && feed_all(f, db));
    CHECK_OK(search_reader_open(dir, &r));
    log_level_set(LOG_ERROR + 1);
    CHECK(damage_index(arena, dir) > 0);
    CHECK(feed_all(f, db));
    for (int64_t i = 1; i <= NOTES; i += 50) {
        CHECK(found(arena, r, str_format(arena, "ghi chép số %lld", (long long)i)) == i);
    }
    CHECK(search_reader_lost(r) == 0);
    search_reader_close(r);
    /* Also when it was damaged while nobody looked. */
    search_feed_close(f);
    CHECK(damage_index(arena, dir) > 0);
    CHECK_OK(search_feed_open(dir, sources, 1, &f));
    CHECK(feed_all(f, db));
    log_level_set(LOG_INFO);
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(found(arena, r, S("ghi chép số 401")) == 401 && search_reader_lost(r) == 0);
    search_reader_close(r);
    search_feed_close(f);
}

static volatile sig_atomic_t is_stopped;
static void stop(int signal_number) {
    (void)signal_number;
    is_stopped = 1;
}

static const struct module notes = {.name = "note",
                                    .sources = (const struct search_source[]){
                                        {.kind = S_INIT("note"), .load = note_load, .each = note_each}, {.kind = {0}}}};
static const struct module *const all_modules[] = {&notes};

/* A process of its own that keeps the index, as the program starts one. */
static pid_t feeder(struct str where, struct str dir) {
    pid_t child = fork();
    if (child == 0) {
        struct arena *own = arena_new();
        struct db *db = NULL;
        struct modules all = {all_modules, 1};
        signal(SIGTERM, stop);
        if (db_open(own, where, &db).why) {
            _exit(1);
        }
        db_dir_set(db, dir);
        search_feed_loop(db, &all, &is_stopped);
        _exit(0);
    }
    return child;
}

TEST_DB("what is committed is findable in another process by itself") {
    notes_begin();
    struct str dir = test_dir(arena);
    struct search_reader *r = NULL;
    CHECK_OK(search_reader_open(dir, &r));
    pid_t child = feeder(db_where(db), dir);
    for (int tries = 0; tries < 6000 && found(arena, r, S("số 449")) != 449; tries++) {
        usleep(50000);
    }
    /* Whatever changed, a commit of the index follows: readers see its generation. */
    int64_t generation = search_reader_generation(r);
    CHECK(touch(arena, db, 449));
    for (int tries = 0; tries < 60000 && search_reader_generation(r) == generation; tries++) {
        usleep(5000);
        search_reader_refresh(r);
    }
    CHECK(search_reader_generation(r) != generation);
    CHECK(found(arena, r, S("số 449")) == 449);
    kill(child, SIGTERM);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    search_reader_close(r);
}

TEST_DB("the index follows the database, is made again when it is lost, and skips what cannot be loaded") {
    notes_begin();
    struct str dir = test_dir(arena);
    struct search_feed *f = NULL;
    struct search_reader *r = NULL;
    CHECK_OK(search_feed_open(dir, sources, 1, &f));
    CHECK_OK(search_reader_open(dir, &r));
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("ghi chép số 77")) == 77);
    CHECK(found(arena, r, S("số 449")) == 449);

    note_version[200] = 5;
    note_is_gone[78] = true;
    CHECK(touch(arena, db, 200) && touch(arena, db, 78) && touch(arena, db, 200));
    CHECK(last_change(arena, db) == 1003);
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("thứ 5x")) == 200);
    CHECK(found(arena, r, S("số 78")) != 78);

    remove_index(arena, dir);
    CHECK(found(arena, r, S("thứ 5x")) == 0);
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("thứ 5x")) == 200);
    CHECK(found(arena, r, S("số 78")) != 78);
    search_feed_close(f);

    CHECK_OK(search_feed_open(dir, sources, 1, &f));
    CHECK(feed_all(f, db));
    CHECK(found(arena, r, S("thứ 5x")) == 200);
    search_reader_close(r);
    search_feed_close(f);
}
