#include "kernel/erase/erase.h"

#include "kernel/file/file.h"
#include "kernel/module.h"
#include "tests/db.h"

#include "base/banned.h"

static bool is_shown;

static struct err note_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    (void)db;
    (void)file;
    if (is_shown) {
        LIST_ADD(a, uses, (struct file_use){S("Ghi chép 7"), S("/note/7")});
    }
    return OK;
}

static const struct module note = {.name = "note", .file_uses = note_uses};
static const struct module *const all_modules[] = {&note};
static const struct modules all = {all_modules, 1};

TEST_DB("a file that must not be kept stays while a record shows it, and goes when none does") {
    struct db_write *w;
    struct file_blob_id id;
    struct file f;
    bool is_known = false;
    erase_use(&all);
    CHECK_OK(file_store_open(test_dir(arena), 1 << 20, &read_limits_usual));
    for (int turn = 0; turn < 2; turn++) {
        is_shown = turn == 0;
        CHECK_OK(db_begin_write(db, arena, &w));
        CHECK_OK(file_keep_bytes(w, arena, S("%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"), &id));
        CHECK_OK(file_find(db_reading(w), arena, id, &f));
        CHECK_OK(erase_file(w, id));
        CHECK_OK(file_is_known(db_reading(w), f.sha256, &is_known));
        CHECK(is_known == is_shown);
        CHECK_OK(db_commit(w));
    }
}
