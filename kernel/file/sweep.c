#include "kernel/file/sweep.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/file/disk.h"
#include "kernel/file/file_queries.h"
#include "kernel/folder/folder_queries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { HASH = 64, LOOKS_LEAST = 7, PIECE = 200 };
static const int64_t A_DAY_MS = 86400000;

struct sweep {
    struct db_read *db;
    struct arena *arena;
    LIST(struct file_find) finds;
};

static struct str full_path(struct arena *a, struct str below) {
    return str_of(str_z(a, str_format(a, "%.*s/%.*s", STR_ARG(file_store_dir()), STR_ARG(below))));
}

/* "" when the name is none of the store's: its own hash, or what file_disk_write writes beside it. */
static struct str hash_of_name(struct str name) {
    struct str hash = str_slice(name, 0, HASH);
    bool is_ours = file_hash_valid(hash) && (name.len == HASH || (name.len == HASH + 7 && name.at[HASH] == '.'));
    return is_ours ? hash : S("");
}

static struct str name_of_path(struct str path) {
    size_t from = path.len;
    while (from && path.at[from - 1] != '/') {
        from--;
    }
    return str_slice(path, from, path.len);
}

/* A file still being written beside its place is nobody's either. */
static struct err is_known(struct db_read *db, struct str name, bool *known) {
    struct file_blob_by_sha256_row *row = NULL;
    struct str hash = hash_of_name(name);
    TRY(file_blob_by_sha256(db, (struct file_blob_by_sha256_in){.sha256 = hash}, &row));
    *known = row != NULL && name.len == HASH;
    return OK;
}

static struct err look_at(struct sweep *s, struct str path, struct str name) {
    struct stat st;
    bool known = true;
    if (hash_of_name(name).len == 0 || lstat(full_path(s->arena, path).at, &st) != 0) {
        return OK;
    }
    TRY(is_known(s->db, name, &known));
    if (!known) {
        LIST_ADD(s->arena, &s->finds,
                 (struct file_find){.path = path,
                                    .size = S_ISDIR(st.st_mode) ? 0 : st.st_size,
                                    .made_at = {(int64_t)st.st_mtim.tv_sec * 1000}});
    }
    return OK;
}

/* The folders of two digits, and in the second of them the store's things. */
static struct err look_below(struct sweep *s, struct str folder, int depth) {
    DIR *d = opendir(full_path(s->arena, folder).at);
    struct err e = OK;
    if (!d) {
        return OK;
    }
    for (struct dirent *entry; !e.why && (entry = readdir(d));) {
        struct str name = str_of(entry->d_name);
        struct str path = str_format(s->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
        if (name.at[0] == '.') {
            continue;
        }
        if (depth == 0) {
            e = look_at(s, path, str_slice(path, path.len - name.len, path.len));
        } else if (name.len == 2) {
            e = look_below(s, path, depth - 1);
        }
    }
    closedir(d);
    return e;
}

struct err file_sweep_look(struct db_read *db, struct arena *a, struct file_finds *finds) {
    struct sweep s = {.db = db, .arena = a};
    TRY(look_below(&s, S("files"), 2));
    TRY(look_below(&s, S("pages"), 2));
    *finds = (struct file_finds){s.finds.at, s.finds.n};
    return OK;
}

static void folder_clear(struct arena *a, const char *path) {
    DIR *d = opendir(path);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        if (entry->d_name[0] != '.') {
            unlink(str_z(a, str_format(a, "%s/%s", path, entry->d_name)));
        }
    }
    if (d) {
        closedir(d);
    }
}

static bool take_away(struct arena *a, struct str below) {
    const char *path = full_path(a, below).at;
    struct stat st;
    if (lstat(path, &st) != 0) {
        return false;
    }
    if (!S_ISDIR(st.st_mode)) {
        return unlink(path) == 0;
    }
    folder_clear(a, path);
    return rmdir(path) == 0;
}

/* When a thing may go: by what is noted of it. */
static struct instant not_before(const struct folder_unused_next_row *r, int64_t days) {
    return (struct instant){r->seen_at.ms + (r->is_let_go ? 1 : days) * A_DAY_MS};
}

static bool is_due(const struct folder_unused_next_row *r, const struct file_find *f, int64_t days) {
    int64_t now = clock_now().ms;
    return not_before(r, days).ms <= now && f->made_at.ms <= now - A_DAY_MS &&
           (r->is_let_go || r->looks >= LOOKS_LEAST);
}

static struct err note_one(struct db_write *db, const struct file_find *f, int64_t days, struct file_swept *out) {
    TRY(folder_unused_seen(db, (struct folder_unused_seen_in){.path = f->path, .size = f->size, .seen_at = clock_now()},
                           NULL));
    struct folder_unused_find_row *row;
    TRY(folder_unused_find(db_reading(db), (struct folder_unused_find_in){.path = f->path}, &row));
    if (!row) {
        return FAIL(ERR_BROKEN, "what was just noted is not there");
    }
    struct folder_unused_next_row noted = {
        .path = f->path, .is_let_go = row->is_let_go, .seen_at = row->seen_at, .looks = row->looks};
    if (!is_due(&noted, f, days) || !take_away(db_write_arena(db), f->path)) {
        out->waiting++;
        out->waiting_bytes += f->size;
        return OK;
    }
    out->removed++;
    out->removed_bytes += f->size;
    return folder_unused_drop(db, (struct folder_unused_drop_in){.path = f->path}, NULL);
}

/* Whoever writes waits for this transaction: what no row knows now, none is about to know. */
static struct err sweep_one(struct db_write *db, const struct file_find *f, struct instant since, int64_t days,
                            struct file_swept *out) {
    bool known = true;
    struct folder_unused_find_row *row;
    TRY(is_known(db_reading(db), name_of_path(f->path), &known));
    if (known) {
        return OK;
    }
    TRY(folder_unused_find(db_reading(db), (struct folder_unused_find_in){.path = f->path}, &row));
    if (f->made_at.ms < since.ms && !(row && row->is_let_go)) {
        out->strangers++;
        out->stranger_bytes += f->size;
        return OK;
    }
    return note_one(db, f, days, out);
}

/* Notes of what is gone, or of use again. */
static struct err notes_clean(struct db_write *db) {
    struct arena *a = db_write_arena(db);
    struct folder_unused_next_rows rows = {0};
    struct str after = S("");
    do {
        TRY(folder_unused_next(db_reading(db), (struct folder_unused_next_in){after, PIECE}, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            bool known = true;
            after = rows.at[i].path;
            TRY(is_known(db_reading(db), name_of_path(after), &known));
            bool is_gone = access(full_path(a, after).at, F_OK) != 0 && errno == ENOENT;
            TRY(known || is_gone ? folder_unused_drop(db, (struct folder_unused_drop_in){.path = after}, NULL) : OK);
        }
    } while (rows.n == PIECE);
    return OK;
}

/* Uploads of requests that ended with their process. */
static void uploads_sweep(struct arena *a) {
    struct str dir = full_path(a, S("tmp"));
    DIR *d = opendir(dir.at);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        struct stat st;
        bool is_upload = strncmp(entry->d_name, "up-", 3) == 0 || strncmp(entry->d_name, "kept-", 5) == 0;
        if (is_upload && fstatat(dirfd(d), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            (int64_t)st.st_mtim.tv_sec * 1000 < clock_now().ms - A_DAY_MS) {
            unlinkat(dirfd(d), entry->d_name, 0);
        }
    }
    if (d) {
        closedir(d);
    }
}

struct err file_sweep(struct db_write *db, const struct file_finds *finds, int64_t days, struct file_swept *out) {
    struct folder_self_find_row *self;
    *out = (struct file_swept){0};
    TRY(folder_self_find(db_reading(db), &self));
    if (!self) {
        return OK;
    }
    TRY(notes_clean(db));
    for (size_t i = 0; i < finds->n; i++) {
        TRY(sweep_one(db, &finds->at[i], self->since_at, days, out));
    }
    uploads_sweep(db_write_arena(db));
    return OK;
}

struct err file_sweep_plan(struct db_read *db, struct str after, int64_t days, struct file_doomeds *list) {
    struct folder_unused_next_rows rows;
    LIST(struct file_doomed) all = {0};
    TRY(folder_unused_next(db, (struct folder_unused_next_in){after, PIECE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), &all,
                 (struct file_doomed){.path = rows.at[i].path,
                                      .size = rows.at[i].size,
                                      .seen_at = rows.at[i].seen_at,
                                      .not_before = not_before(&rows.at[i], days)});
    }
    *list = (struct file_doomeds){all.at, all.n};
    return OK;
}

struct err file_sweep_waiting(struct db_read *db, int64_t *n, int64_t *bytes, struct instant *first_at) {
    struct folder_unused_sum_row *row;
    TRY(folder_unused_sum(db, &row));
    *n = row ? row->n : 0;
    *bytes = row ? row->bytes : 0;
    *first_at = row ? row->first_at : (struct instant){0};
    return OK;
}

struct err file_sweep_begin_anew(struct db_write *db) {
    return folder_unused_forget_all(db, NULL);
}

/* What a fall before file_erase leaves behind is known to be let go. */
static struct err note_let_go(struct db_write *db, struct str kind, struct str sha256) {
    struct arena *a = db_write_arena(db);
    struct str path = str_format(a, "%.*s/%.2s/%.2s/%.*s", STR_ARG(kind), sha256.at, sha256.at + 2, STR_ARG(sha256));
    return folder_unused_seen(
        db, (struct folder_unused_seen_in){.path = path, .is_let_go = true, .seen_at = clock_now()}, NULL);
}

struct err file_forget(struct db_write *db, struct file_blob_id id) {
    struct file f;
    TRY(file_find(db_reading(db), db_write_arena(db), id, &f));
    TRY(note_let_go(db, S("files"), f.sha256));
    TRY(note_let_go(db, S("pages"), f.sha256));
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
