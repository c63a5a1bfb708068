#include "kernel/file/check.h"

#include "kernel/rights/audit.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/http/http.h"
#include "kernel/queue/job.h"
#include "kernel/page/form.h"
#include "tests/db.h"
#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

/* A store with one text of a few blocks in it. */
struct kept {
    struct db *db;
    struct arena *arena;
    struct str dir, bytes, path;
    struct file_blob_id id;
};

static void put_file(const char *path, struct str bytes) {
    FILE *f = fopen(path, "wb");
    if (f) {
        fwrite(bytes.at, 1, bytes.len, f);
        fclose(f);
    }
}

static struct err send_again(struct kept *k) {
    struct db_write *w;
    struct upload u = {.field = S("file"), .name = S("a.txt"), .size = (int64_t)k->bytes.len};
    u.path = str_format(k->arena, "%.*s/tmp/a", STR_ARG(k->dir));
    unlink(u.path.at);
    put_file(u.path.at, k->bytes);
    file_disk_sha256(k->bytes, u.sha256);
    TRY(db_begin_write(k->db, k->arena, &w));
    struct err e = file_keep(w, k->arena, &u, &k->id);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    k->path = file_disk_path(k->arena, k->dir, "files", str_copy(k->arena, str_of(u.sha256)), S(""));
    return db_commit(w);
}

static struct err kept_make(struct db *db, struct arena *arena, struct kept *k) {
    enum { SIZE = FILE_BLOCK * 2 + 1000 };
    char *bytes = arena_take(arena, char, SIZE);
    for (size_t i = 0; i < SIZE; i++) {
        bytes[i] = (char)('a' + i % 25);
    }
    *k = (struct kept){.db = db, .arena = arena, .dir = test_dir(arena), .bytes = {bytes, SIZE}};
    TRY(file_store_open(k->dir, 1 << 20, &read_limits_usual));
    return send_again(k);
}

/* Writes one other byte into the file as it lies on disk. */
static void damage(const struct kept *k, int64_t at) {
    chmod(k->path.at, 0600);
    int fd = open(k->path.at, O_RDWR);
    if (fd >= 0) {
        CHECK(pwrite(fd, "#", 1, at) == 1);
        close(fd);
    }
}

static struct file found(struct kept *k) {
    struct db_read *r;
    struct file f = {0};
    if (!db_begin_read(k->db, k->arena, &r).why) {
        err_ignore(file_find(r, k->arena, k->id, &f));
        db_end_read(r);
    }
    return f;
}

static size_t set_aside(const struct kept *k) {
    size_t n = 0;
    DIR *d = opendir(str_format(k->arena, "%.*s/damaged", STR_ARG(k->dir)).at);
    for (struct dirent *e; d && (e = readdir(d));) {
        n += e->d_name[0] != '.';
    }
    if (d) {
        closedir(d);
    }
    return n;
}

TEST_DB("one changed byte anywhere in a kept file, a shorter one, a longer one and a lost one are all found") {
    struct kept k;
    struct str path;
    CHECK_OK(kept_make(db, arena, &k));
    struct file f = found(&k);
    CHECK_OK(file_whole(arena, &f, &path));
    for (int64_t at = 0; at < f.size; at += 7919) {
        damage(&k, at);
        struct err e = file_whole(arena, &f, &path);
        CHECK(file_is_damaged(e) && str_find(e.why->detail, f.sha256, 0) != SIZE_MAX);
        put_file(k.path.at, k.bytes);
        CHECK_OK(file_whole(arena, &f, &path));
    }
    CHECK(truncate(k.path.at, f.size - 1) == 0 && file_is_damaged(file_whole(arena, &f, &path)));
    CHECK(truncate(k.path.at, f.size + 1) == 0 && file_is_damaged(file_whole(arena, &f, &path)));
    CHECK(unlink(k.path.at) == 0 && file_is_damaged(file_whole(arena, &f, &path)));
}

TEST_DB("only the blocks that are asked for are compared") {
    struct kept k;
    int fd;
    CHECK_OK(kept_make(db, arena, &k));
    struct file f = found(&k);
    damage(&k, FILE_BLOCK + 5);
    CHECK_OK(file_open(arena, &f, &fd));
    CHECK_OK(file_check_part(arena, &f, fd, 0, FILE_BLOCK));
    CHECK_OK(file_check_part(arena, &f, fd, 2 * FILE_BLOCK, f.size));
    CHECK(file_is_damaged(file_check_part(arena, &f, fd, FILE_BLOCK - 1, FILE_BLOCK + 1)));
    close(fd);
}

TEST_DB("the same bytes sent again take the place of the damaged ones, which are kept aside and told") {
    struct kept k;
    struct str path;
    struct db_read *r;
    CHECK_OK(kept_make(db, arena, &k));
    int64_t id = k.id.v;
    damage(&k, 70000);
    CHECK_OK(send_again(&k));
    struct file f = found(&k);
    CHECK(k.id.v == id && f.damaged_at.ms == 0);
    CHECK_OK(file_whole(arena, &f, &path));
    CHECK(set_aside(&k) == 1);
    CHECK_OK(send_again(&k));
    CHECK(set_aside(&k) == 1);
    struct audit_report report;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_verify(r, &report));
    db_end_read(r);
    CHECK(report.is_sound && report.entries == 2); /* found damaged, put right */
}

TEST_DB("what was found before the file was put right is not held against it when it is written down late, nor the "
        "reverse") {
    struct kept k;
    struct db_write *w;
    CHECK_OK(kept_make(db, arena, &k));
    struct instant before = clock_now(), frozen = {before.ms + 1000};
    clock_freeze(frozen);
    damage(&k, 70000);
    CHECK_OK(send_again(&k));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_damage_note(w, k.id, before, S("found long ago")));
    CHECK_OK(db_commit(w));
    CHECK(found(&k).damaged_at.ms == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_damage_note(w, k.id, (struct instant){frozen.ms + 1}, S("found now")));
    CHECK_OK(file_mended_note(w, k.id, frozen));
    CHECK_OK(db_commit(w));
    CHECK(found(&k).damaged_at.ms == frozen.ms + 1);
    clock_freeze((struct instant){0});
}

TEST_DB("a lost file comes back with the same upload, and bytes of our own making are looked at alike") {
    struct kept k;
    struct str path;
    struct db_write *w;
    struct file_blob_id id;
    CHECK_OK(kept_make(db, arena, &k));
    struct file f = found(&k);
    CHECK(unlink(k.path.at) == 0);
    CHECK_OK(send_again(&k));
    CHECK_OK(file_whole(arena, &f, &path));
    damage(&k, 3);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_keep_bytes(w, arena, k.bytes, &id));
    CHECK_OK(db_commit(w));
    CHECK_OK(file_whole(arena, &f, &path));
    CHECK(id.v == k.id.v && set_aside(&k) == 1);
}

static struct file_blob_id job_file;

static struct err read_it(struct job *job) {
    bool is_done;
    return file_read_in_job(job, job_file, &is_done);
}

TEST_DB("a job refuses to read a damaged file as damaged, not as a bad one, and what it found is written down once") {
    struct kept k;
    struct db_write *w;
    struct db_read *r;
    struct job_view *job;
    CHECK_OK(kept_make(db, arena, &k));
    damage(&k, 1);
    job_file = k.id;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(job_add(w, &(struct job_new){.kind = S("file.test"), .record = k.id.v}, NULL));
    CHECK_OK(db_commit(w));
    const struct job_kind kinds[] = {{.name = "file.test", .title = "Đọc tệp", .run = read_it, .max_tries = 1}};
    volatile sig_atomic_t stop = 0;
    job_work(db,
             &(struct job_worker){.kinds = kinds, .n_kinds = 1, .name = "job 1", .stop = &stop, .is_until_idle = true});
    struct file f = found(&k);
    CHECK(f.state == FILE_WAITING && f.damaged_at.ms != 0);
    struct file_damages all = {0};
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(job_latest(r, S("file.test"), k.id.v, &job));
    CHECK(job && job->state == JOB_FAILED && str_find(job->fault, S("hỏng trên ổ đĩa"), 0) != SIZE_MAX);
    CHECK_OK(file_damages(r, arena, 0, 10, &all));
    CHECK(all.n == 1 && all.at[0].id.v == k.id.v && str_find(all.at[0].what, S("not as kept"), 0) != SIZE_MAX);
    db_end_read(r);
    CHECK_OK(send_again(&k));
    CHECK(found(&k).damaged_at.ms == 0);
}

TEST("a picture that was changed or cut is not given out") {
    struct str dir = test_dir(arena), path = str_format(arena, "%.*s/p/v1.webp", STR_ARG(dir)), bytes;
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    CHECK_ERR(file_disk_read_sealed(arena, path, &bytes), ERR_MISSING);
    CHECK_OK(file_disk_write_sealed(arena, path, S("RIFF, và điểm ảnh")));
    CHECK_OK(file_disk_read_sealed(arena, path, &bytes));
    CHECK_STR(bytes, S("RIFF, và điểm ảnh"));
    struct stat st;
    CHECK(stat(path.at, &st) == 0 && chmod(path.at, 0600) == 0);
    for (off_t n = 0; n < st.st_size; n++) {
        CHECK_OK(file_disk_write_sealed(arena, path, S("RIFF, và điểm ảnh")));
        CHECK(chmod(path.at, 0600) == 0 && truncate(path.at, n) == 0);
        CHECK_ERR(file_disk_read_sealed(arena, path, &bytes), ERR_BROKEN);
    }
}
