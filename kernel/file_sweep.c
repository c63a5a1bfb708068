/* What lies in the store and is no row's: removed once a day old, or at once when it must not be kept. */
#include "kernel/file.h"

#include "base/arena.h"
#include "kernel/db.h"
#include "kernel/file_disk.h"
#include "kernel/file_queries.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static const int64_t A_DAY_S = 86400;

struct sweep {
    struct db_read *db;
    struct arena *arena;
    struct str dir;
    int64_t now_s;
    int64_t removed;
};

static bool is_old(const struct sweep *s, const char *path, bool *is_folder) {
    struct stat st;
    if (lstat(path, &st) != 0) {
        return false;
    }
    *is_folder = S_ISDIR(st.st_mode);
    return st.st_mtim.tv_sec < s->now_s - A_DAY_S;
}

static struct err is_known(struct sweep *s, struct str name, bool *known) {
    struct file_blob_by_sha256_row *row = NULL;
    *known = false;
    if (file_hash_valid(name)) {
        TRY(file_blob_by_sha256(s->db, (struct file_blob_by_sha256_in){.sha256 = name}, &row));
        *known = row != NULL;
    }
    return OK;
}

static struct err sweep_folder(struct sweep *s, struct str folder, int depth);

static struct err sweep_one(struct sweep *s, struct str path, struct str name, int depth) {
    bool is_folder = false, known = true;
    bool old = is_old(s, path.at, &is_folder);
    if (is_folder && depth > 0) {
        return sweep_folder(s, path, depth - 1);
    }
    TRY(is_known(s, name, &known));
    if (!old || known) {
        return OK;
    }
    struct err e = is_folder ? sweep_folder(s, path, 0) : OK;
    s->removed += (is_folder ? rmdir(path.at) : unlink(path.at)) == 0;
    return e;
}

/* Everything in folder that is old and no row's, down to depth folders below. */
static struct err sweep_folder(struct sweep *s, struct str folder, int depth) {
    DIR *d = opendir(str_z(s->arena, folder));
    if (!d) {
        return OK;
    }
    struct err e = OK;
    for (struct dirent *entry; !e.why && (entry = readdir(d));) {
        struct str name = str_of(entry->d_name);
        if (name.at[0] != '.') {
            e = sweep_one(s, str_format(s->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)), name, depth);
        }
    }
    closedir(d);
    return e;
}

struct err file_sweep(struct db_write *db, struct arena *a, int64_t *removed) {
    struct sweep s = {.db = db_reading(db), .arena = a, .dir = file_store_dir(), .now_s = clock_now().ms / 1000};
    TRY(sweep_folder(&s, str_format(a, "%.*s/files", STR_ARG(s.dir)), 2));
    TRY(sweep_folder(&s, str_format(a, "%.*s/pages", STR_ARG(s.dir)), 2));
    TRY(sweep_folder(&s, str_format(a, "%.*s/tmp", STR_ARG(s.dir)), 0));
    *removed = s.removed;
    return OK;
}

struct err file_forget(struct db_write *db, struct file_blob_id id) {
    TRY(file_page_forget(db, (struct file_page_forget_in){.file = id}, NULL));
    return file_blob_forget(db, (struct file_blob_forget_in){.id = id}, NULL);
}

static void erase_pictures(struct arena *a, struct str sha256) {
    struct str folder = file_disk_path(a, file_store_dir(), "pages", sha256, S(""));
    DIR *d = folder.len ? opendir(folder.at) : NULL;
    for (struct dirent *entry; d && (entry = readdir(d));) {
        if (entry->d_name[0] != '.') {
            unlink(str_z(a, str_format(a, "%.*s/%s", STR_ARG(folder), entry->d_name)));
        }
    }
    if (d) {
        closedir(d);
        rmdir(folder.at);
    }
}

/* Damaged bytes kept aside are bytes of it all the same. */
static void erase_aside(struct arena *a, struct str sha256) {
    struct str folder = str_format(a, "%.*s/damaged", STR_ARG(file_store_dir()));
    DIR *d = opendir(folder.at);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        if (str_starts(str_of(entry->d_name), sha256)) {
            unlink(str_z(a, str_format(a, "%.*s/%s", STR_ARG(folder), entry->d_name)));
        }
    }
    if (d) {
        closedir(d);
    }
}

static void erase_pictures_of(struct db *db, void *file) {
    (void)db;
    struct arena *own = arena_new();
    erase_pictures(own, ((const struct file *)file)->sha256);
    arena_free(own);
}

struct err file_unread(struct db_write *db, struct file_blob_id id) {
    struct file *f = arena_take(db_write_arena(db), struct file, 1);
    TRY(file_find(db_reading(db), db_write_arena(db), id, f));
    TRY(file_page_forget(db, (struct file_page_forget_in){.file = id}, NULL));
    TRY(file_blob_unread(db, (struct file_blob_unread_in){.id = id}, NULL));
    db_after_commit(db, erase_pictures_of, f);
    return OK;
}

void file_erase(struct arena *a, const struct file *f) {
    struct str bytes = file_disk_path(a, file_store_dir(), "files", f->sha256, S(""));
    erase_pictures(a, f->sha256);
    if (bytes.len) {
        erase_aside(a, f->sha256);
        unlink(bytes.at);
    }
}
