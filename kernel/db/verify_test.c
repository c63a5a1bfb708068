#include "kernel/db/verify.h"

#include "kernel/db/engine.h"
#include "kernel/file/file_queries.h"
#include "tests/db.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

/* A page of a file that is not there. */
static struct err orphan(struct db_write *w) {
    return file_page_insert(w, (struct file_page_insert_in){.file = {424242}, .number = 1}, NULL);
}

TEST_DB("a row that refers to nothing is found, with its table; a sound database has no fault") {
    struct db_faults faults;
    struct str said;
    struct db_write *w;
    CHECK_OK(db_verify(db, arena, &faults, &said));
    CHECK(faults.n == 0 && said.len > 10);
    if (!db_is_postgres(db)) {
        CHECK_OK(db->engine->script(db, arena, "PRAGMA foreign_keys = OFF"));
    }
    CHECK_OK(db_begin_write(db, arena, &w));
    if (db_is_postgres(db)) {
        CHECK_OK(db_script(w, "SET LOCAL session_replication_role = replica"));
    }
    CHECK_OK(orphan(w));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_verify(db, arena, &faults, &said));
    CHECK_OR_RETURN(faults.n == 1);
    CHECK(str_find(faults.at[0].where, S("file_page"), 0) != SIZE_MAX);
    CHECK(str_find(faults.at[0].words, S("file_blob"), 0) != SIZE_MAX);
}

static size_t files_in(struct str dir) {
    size_t n = 0;
    DIR *d = opendir(dir.at);
    for (struct dirent *e; d && (e = readdir(d));) {
        n += e->d_name[0] != '.';
    }
    if (d) {
        closedir(d);
    }
    return n;
}

TEST("a SQLite database that is only looked at is neither written nor given company, and a damaged page is found") {
    struct str dir = test_dir(arena), path = str_format(arena, "%.*s/a%%b.db", STR_ARG(dir)), said;
    struct db *db;
    struct db_read *r;
    struct db_write *w;
    struct file_blob_counted_row *row;
    struct db_faults faults;
    CHECK_OK(db_open(arena, path, &db));
    CHECK_OK(db_upgrade(db, arena));
    db_close(db);
    CHECK(files_in(dir) == 1);
    CHECK_OK(db_open_looking(arena, path, &db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(file_blob_counted(r, &row));
    CHECK(row && row->n == 0);
    db_end_read(r);
    CHECK_OK(db_verify(db, arena, &faults, &said));
    CHECK(faults.n == 0 && files_in(dir) == 1);
    struct err e = db_begin_write(db, arena, &w);
    if (!e.why) {
        e = orphan(w);
        db_rollback(w);
    }
    CHECK(e.why != NULL);
    db_close(db);
    struct stat st;
    int fd = open(path.at, O_RDWR);
    CHECK(fstat(fd, &st) == 0 && st.st_size > 16 * 4096);
    for (off_t page = 8; page < 16; page++) {
        CHECK(pwrite(fd, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, page * 4096) == 8);
    }
    close(fd);
    CHECK_OK(db_open_looking(arena, path, &db));
    CHECK_OK(db_verify(db, arena, &faults, &said));
    CHECK(faults.n > 0 && files_in(dir) == 1);
    db_close(db);
}
