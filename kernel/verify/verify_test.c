#include "kernel/verify/verify.h"

#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "kernel/file/disk.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"
#include "tests/db.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { NOTES = 12, POST = 500 };
static bool note_is_gone[NOTES + 1];

static struct err note_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc,
                            bool *is_gone) {
    (void)db;
    *is_gone = note_is_gone[record];
    doc->title = str_format(a, "ghi chép số %lld", (long long)record);
    LIST_ADD(a, &doc->principals, (int64_t)POST);
    return OK;
}

static struct err note_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    (void)db;
    for (int64_t id = after + 1; id <= NOTES && ids->n < (size_t)limit; id++) {
        if (!note_is_gone[id]) {
            LIST_ADD(a, ids, id);
        }
    }
    return OK;
}

static struct err note_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    (void)db;
    (void)file;
    LIST_ADD(a, uses, (struct file_use){S("Ghi chép 7"), S("/note/7")});
    return OK;
}

static const struct module notes = {.name = "note",
                                    .file_uses = note_uses,
                                    .sources = (const struct search_source[]){
                                        {.kind = S_INIT("note"), .load = note_load, .each = note_each}, {.kind = {0}}}};
static const struct module *const all_modules[] = {&notes};
static const struct modules all = {all_modules, 1};

static struct err look(struct db *db, struct arena *arena, struct verify_report *report) {
    struct verify v = {.db = db, .modules = &all, .arena = arena, .report = report};
    return verify_all(&v);
}

static bool has(const struct verify_report *r, enum verify_part part, struct str where, struct str words) {
    for (size_t i = 0; i < r->n; i++) {
        if (r->at[i].part == part && str_find(r->at[i].where, where, 0) != SIZE_MAX &&
            str_find(r->at[i].words, words, 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

TEST_DB("verify finds nothing in what is whole, and says of each damaged thing where it is and what it touches") {
    struct str dir = test_dir(arena);
    struct verify_report report;
    struct db_write *w;
    struct file_blob_id id;
    bool more = true;
    CHECK_OK(file_store_open(dir, 1 << 20, &read_limits_usual));
    db_dir_set(db, dir);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(file_keep_bytes(w, arena, S("Kính gửi các xã, phường.\n"), &id));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("note.make"), .record = 7, .person = 1}));
    CHECK_OK(db_commit(w));
    struct search_feed *f = NULL;
    CHECK_OK(search_feed_open_modules(dir, &all, &f));
    while (more) {
        CHECK_OK(search_feed_run(f, db, 100, &more));
    }
    CHECK_OK(look(db, arena, &report));
    CHECK(report.found == 0 && report.files == 1 && report.unreferenced == 0);
    for (int p = 0; p < VERIFY_PARTS; p++) {
        CHECK(report.said[p].len > 5);
    }
    char hex[65];
    file_disk_sha256(S("Kính gửi các xã, phường.\n"), hex);
    struct str path = file_disk_path(arena, dir, "files", str_copy(arena, str_of(hex)), S(""));
    CHECK(chmod(path.at, 0600) == 0);
    int fd = open(path.at, O_WRONLY);
    CHECK(pwrite(fd, "#", 1, 3) == 1);
    close(fd);
    note_is_gone[3] = true; /* and nobody told the index */
    CHECK_OK(look(db, arena, &report));
    CHECK(report.found == 2);
    CHECK(has(&report, VERIFY_FILES, str_of(hex), S("nội dung khác lúc lưu. Đang dùng: Ghi chép 7 (/note/7)")));
    CHECK(has(&report, VERIFY_INDEX, S("note 3"), S("còn trong chỉ mục")));
    note_is_gone[3] = false;
    CHECK(unlink(path.at) == 0);
    CHECK_OK(file_disk_write(arena, str_format(arena, "%.*s/files/aa/bb/lạ", STR_ARG(dir)), S("của ai")));
    CHECK_OK(look(db, arena, &report));
    CHECK(report.found == 1 && report.unreferenced == 1 && has(&report, VERIFY_FILES, str_of(hex), S("thiếu tệp")));
    search_feed_close(f);
}
