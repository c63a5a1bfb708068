#include "kernel/folder/folder.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/audit.h"
#include "kernel/rights/auth.h"
#include "kernel/db/guard.h"
#include "kernel/folder/folder_queries.h"
#include "tests/db.h"

#include "base/banned.h"

static bool says(struct err e, enum err_kind kind, const char *words) {
    return err_is(e, kind) && str_find(e.why->message, str_of(words), 0) != SIZE_MAX;
}

static void put(struct str dir, const char *name, const char *text) {
    char path[4096];
    snprintf(path, sizeof path, "%.*s/%s", STR_ARG(dir), name);
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    if (f) {
        fputs(text, f);
        fclose(f);
    }
}

TEST("a folder's mark is read as it was written; a broken one is said, not overlooked") {
    struct str dir = test_dir(arena);
    struct folder_mark mark = folder_mark_new(arena, true), read;
    CHECK_OK(folder_mark_read(arena, dir, &read));
    CHECK(read.id.len == 0);
    mark.generation = 17;
    CHECK_OK(folder_mark_write(arena, dir, &mark));
    CHECK_OK(folder_mark_read(arena, dir, &read));
    CHECK_STR(read.id, mark.id);
    CHECK(read.is_demo && read.generation == 17 && read.made_at.ms == mark.made_at.ms);
    static const char *const broken[] = {"",
                                         "id = 12\nkind = real\ngeneration = 1\n",
                                         "kind = real\ngeneration = 1\n",
                                         "id = 0123456789abcdef0123456789abcdef\nkind = other\ngeneration = 1\n",
                                         "id = 0123456789abcdef0123456789abcdef\nkind = real\n",
                                         "id = 0123456789abcdef0123456789abcdef\nkind = real\ngeneration = x\n"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        put(dir, FOLDER_FILE, broken[i]);
        CHECK(says(folder_mark_read(arena, dir, &read), ERR_BROKEN, FOLDER_FILE));
    }
}

TEST("a folder is bare with what an operator prepares, and not with anything else") {
    struct str dir = test_dir(arena), what;
    bool is_bare;
    put(dir, "doanket.conf", "port = 1\n");
    mkdir(str_z(arena, str_format(arena, "%.*s/files", STR_ARG(dir))), 0700);
    CHECK_OK(folder_is_bare(arena, dir, &is_bare, &what));
    CHECK(is_bare);
    mkdir(str_z(arena, str_format(arena, "%.*s/files/ab", STR_ARG(dir))), 0700);
    CHECK_OK(folder_is_bare(arena, dir, &is_bare, &what));
    CHECK(!is_bare);
    CHECK_STR(what, S("files"));
    struct str other = test_dir(arena);
    put(other, "ảnh.jpg", "x");
    CHECK_OK(folder_is_bare(arena, other, &is_bare, &what));
    CHECK(!is_bare);
}

static struct folder_mark marked(int64_t generation, bool is_demo) {
    return (struct folder_mark){
        .id = S("0123456789abcdef0123456789abcdef"), .generation = generation, .is_demo = is_demo};
}

static struct err judged(struct arena *a, struct folder_mark mark, struct folder_base base, bool is_bare,
                         enum folder_verdict *verdict) {
    return folder_judge(a, &mark, &base, is_bare, S("files"), verdict);
}

TEST("a database that is lost, empty, foreign or older is refused with what to do") {
    struct folder_mark none = {.id = S("")}, other = marked(9, false);
    struct folder_base lost = {.mark = none}, same = {.is_there = true, .has_people = true, .mark = marked(5, false)};
    struct folder_base empty = {.is_there = true, .mark = none}, foreign = same, older = same, cut = same,
                       forked = same;
    enum folder_verdict v;
    other.id = S("ffffffffffffffffffffffffffffffff");
    foreign.mark = other;
    older.mark.generation = 4;
    cut.head_seq = 100;
    cut.base_seq = 90;
    forked.is_forked = true;
    forked.head_seq = forked.base_seq = 7;
    CHECK(says(judged(arena, marked(5, false), lost, false, &v), ERR_CONFLICT, "Không thấy cơ sở dữ liệu"));
    CHECK(says(judged(arena, marked(5, false), empty, false, &v), ERR_CONFLICT, "không phải của thư mục này"));
    CHECK(says(judged(arena, marked(5, false), foreign, false, &v), ERR_CONFLICT, "không phải của thư mục này"));
    CHECK(says(judged(arena, marked(5, true), same, false, &v), ERR_CONFLICT, "không phải của thư mục này"));
    CHECK(says(judged(arena, marked(5, false), older, false, &v), ERR_CONFLICT, "cũ hơn thư mục"));
    CHECK(says(judged(arena, marked(5, false), cut, false, &v), ERR_CONFLICT, "mục nhật ký 100"));
    CHECK(says(judged(arena, marked(5, false), forked, false, &v), ERR_CONFLICT, "doanket adopt"));
    CHECK(says(judged(arena, none, lost, false, &v), ERR_CONFLICT, "không có cơ sở dữ liệu"));
    CHECK(says(judged(arena, none, same, false, &v), ERR_CONFLICT, "thư mục dữ liệu khác"));
    CHECK(says(judged(arena, none, same, true, &v), ERR_CONFLICT, "thư mục dữ liệu khác"));
}

TEST("a bare folder may be begun, a start broken off goes on, and folders of before marks get one") {
    struct folder_mark none = {.id = S("")};
    struct folder_base lost = {.mark = none}, unmarked = {.is_there = true, .has_people = true, .mark = none};
    struct folder_base same = {.is_there = true, .has_people = true, .mark = marked(6, false)};
    enum folder_verdict v;
    CHECK_OK(judged(arena, none, lost, true, &v));
    CHECK(v == FOLDER_NEW);
    CHECK_OK(judged(arena, marked(0, true), lost, false, &v));
    CHECK(v == FOLDER_UNSERVED);
    CHECK_OK(judged(arena, none, unmarked, false, &v));
    CHECK(v == FOLDER_UNMARKED);
    CHECK_OK(
        judged(arena, marked(5, false), same, false, &v)); /* the folder's side of the last start was not written */
    CHECK(v == FOLDER_SAME);
    same.mark.generation = 1;
    CHECK_OK(judged(arena, marked(0, false), same, false, &v));
    CHECK(v == FOLDER_SAME);
    unmarked.head_seq = 5;
    CHECK(says(judged(arena, none, unmarked, false, &v), ERR_CONFLICT, "cũ hơn"));
}

static struct err note(struct db *db, struct arena *arena) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = audit_note(w, &(struct audit){.verb = S("a.b")});
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("the folder's head of the audit trail tells an older database, and one that took another way") {
    struct folder_base base;
    CHECK_OK(note(db, arena));
    CHECK_OK(note(db, arena));
    CHECK_OK(folder_base_read(db, arena, db_dir(db), &base));
    CHECK(base.is_there && base.head_seq == 2 && base.base_seq == 2 && !base.is_forked && base.mark.id.len == 0);
    put(db_dir(db), AUDIT_HEAD_FILE,
        "00000000000000000009 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
    CHECK_OK(folder_base_read(db, arena, db_dir(db), &base));
    CHECK(base.head_seq == 9 && base.base_seq == 2);
    put(db_dir(db), AUDIT_HEAD_FILE,
        "00000000000000000002 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
    CHECK_OK(folder_base_read(db, arena, db_dir(db), &base));
    CHECK(base.is_forked);
}

TEST("a folder is taken by one; who has it is said; once its processes are gone it is free") {
    struct str dir = test_dir(arena);
    int fd = -1, other = -1, told[2];
    char byte;
    CHECK(pipe(told) == 0);
    pid_t child = fork();
    if (child == 0) {
        struct err e = folder_lock(arena, dir, S("127.0.0.1, cổng 8080"), &fd);
        ssize_t n = write(told[1], e.why ? "n" : "y", 1);
        (void)n;
        for (;;) {
            pause();
        }
    }
    CHECK(read(told[0], &byte, 1) == 1 && byte == 'y');
    struct err e = folder_lock(arena, dir, S(""), &other);
    CHECK(says(e, ERR_CONFLICT, "127.0.0.1, cổng 8080") && says(e, ERR_CONFLICT, "tiến trình"));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    CHECK_OK(folder_lock(arena, dir, S(""), &other));
    close(other);
    close(told[0]);
    close(told[1]);
}

TEST("a database that is not there is not made by opening it") {
    struct str dir = test_dir(arena), where = str_format(arena, "%.*s/none.db", STR_ARG(dir));
    struct db *db;
    CHECK_ERR(db_open_there(arena, where, &db), ERR_MISSING);
    CHECK(access(str_z(arena, where), F_OK) != 0);
    put(dir, "none.db", "");
    CHECK_ERR(db_open_there(arena, where, &db), ERR_MISSING);
}

TEST("into a database that was moved, replaced or lost its log nothing is committed; back at its place it goes on") {
    static const char *const what[] = {"", "-wal"};
    for (size_t i = 0; i < 2; i++) {
        struct str where = test_where(arena, false, true);
        struct db *db;
        CHECK_OK(db_open_there(arena, where, &db));
        CHECK_OK(note(db, arena));
        char *path = str_z(arena, str_format(arena, "%.*s%s", STR_ARG(where), what[i]));
        char *away = str_z(arena, str_format(arena, "%s.away", path));
        CHECK(rename(path, away) == 0);
        CHECK(says(note(db, arena), ERR_BUSY, "không còn ở chỗ"));
        FILE *f = fopen(path, "w"); /* another one in its place */
        CHECK(f && fclose(f) == 0);
        CHECK(says(note(db, arena), ERR_BUSY, "không còn ở chỗ"));
        CHECK(rename(away, path) == 0);
        CHECK_OK(note(db, arena));
        db_close(db);
    }
}

TEST_DB("into a folder that was moved nothing is committed, whatever the database") {
    struct str dir = test_dir(arena);
    char *path = str_z(arena, str_format(arena, "%.*s/d", STR_ARG(dir))),
         *away = str_z(arena, str_format(arena, "%s2", path));
    mkdir(path, 0700);
    mkdir(str_z(arena, str_format(arena, "%s/files", path)), 0700);
    CHECK_OK(folder_watch(str_of(path)));
    db_guard_set(db, folder_stands);
    CHECK_OK(note(db, arena));
    CHECK(rename(path, away) == 0);
    CHECK(says(note(db, arena), ERR_BUSY, "Thư mục dữ liệu"));
    CHECK(rename(away, path) == 0);
    CHECK_OK(note(db, arena));
    db_guard_set(db, NULL);
}

static struct folder_lease lease_of(struct arena *a, int64_t pid, const char *boot) {
    struct folder_lease l = folder_lease_new(a, 0);
    l.pid = pid;
    l.boot = boot ? str_of(boot) : l.boot;
    return l;
}

TEST_DB("a lease: a holder that moves is not disturbed, one that does not is followed, one that died here at once") {
    bool is_ours = false;
    pid_t gone = fork();
    if (gone == 0) {
        _exit(0);
    }
    waitpid(gone, NULL, 0);
    struct folder_lease dead = lease_of(arena, gone, NULL), elsewhere = lease_of(arena, 1, "another machine"),
                        mine = lease_of(arena, getpid(), NULL), last = lease_of(arena, getppid(), NULL);
    CHECK_OK(folder_lease_claim(db, arena, &dead, S("a"), 0));
    CHECK_OK(folder_lease_claim(db, arena, &mine, S("a"), 3600)); /* at once: its process is gone */
    CHECK_OK(folder_lease_beat(db, arena, &mine, &is_ours));
    CHECK(is_ours);
    CHECK_OK(folder_lease_end(db, arena, &mine));
    CHECK_OK(folder_lease_claim(db, arena, &elsewhere, S("máy kia"), 0));
    CHECK_OK(folder_lease_claim(db, arena, &last, S("a"), 0)); /* no patience, no move: taken over */
    CHECK_OK(folder_lease_beat(db, arena, &elsewhere, &is_ours));
    CHECK(!is_ours);
}

TEST_DB("a lease that is renewed is refused to another, with who holds it") {
    struct folder_lease held = lease_of(arena, 1, "another machine"), mine = lease_of(arena, getpid(), NULL);
    CHECK_OK(folder_lease_claim(db, arena, &held, S("10.0.0.9, cổng 80"), 0));
    pid_t child = fork();
    if (child == 0) {
        struct db *own;
        bool is_ours;
        struct err e = db_open_there(arena, db_where(db), &own);
        while (!e.why && getppid() != 1) {
            e = folder_lease_beat(own, arena, &held, &is_ours);
            usleep(100000);
        }
        _exit(1);
    }
    struct err e = folder_lease_claim(db, arena, &mine, S("a"), 3600);
    CHECK(says(e, ERR_CONFLICT, "10.0.0.9, cổng 80") && says(e, ERR_CONFLICT, "--node"));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}
