/* What a start does with the folder: is it this database's, may it be begun, and one generation more, in the database
   first and then in the folder, so that the folder is never ahead of a database that lost nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/time.h"
#include "kernel/db/guard.h"
#include "kernel/file/sweep.h"
#include "kernel/folder/folder.h"
#include "kernel/folder/folder_queries.h"

#include "base/banned.h"

static bool is_demo_of_old(struct serve *s) {
    return access(str_z(s->arena, str_format(s->arena, "%.*s/demo", STR_ARG(s->dir))), F_OK) == 0;
}

struct err start_base_read(struct serve *s, struct folder_base *base) {
    struct db *db;
    *base = (struct folder_base){.mark = {.id = S("")}};
    struct err e = db_open_there(s->arena, s->where, &db);
    if (err_is(e, ERR_MISSING)) {
        return OK;
    }
    TRY(e);
    e = folder_base_read(db, s->arena, s->dir, base);
    db_close(db);
    return e;
}

/* A folder begun has its mark before anything else lies in it. */
static struct err begin(struct serve *s, struct start_folder *f, enum folder_verdict verdict,
                        const struct folder_base *base) {
    bool is_new = verdict == FOLDER_NEW || verdict == FOLDER_UNSERVED;
    bool is_demo = verdict == FOLDER_UNMARKED ? is_demo_of_old(s) : !s->no_demo;
    f->is_unfilled = is_new && !base->has_people;
    if (verdict == FOLDER_SAME) {
        return OK;
    }
    if (verdict == FOLDER_UNSERVED && (f->mark.is_demo == is_demo || !f->mark.is_demo)) {
        return OK; /* begun as a real folder, it is one */
    }
    f->mark = folder_mark_new(s->arena, is_demo);
    if (verdict == FOLDER_UNMARKED) {
        log_line(LOG_INFO, "the folder gets its mark: %s data", is_demo ? "demonstration" : "real");
    }
    return folder_mark_write(s->arena, s->dir, &f->mark);
}

struct err start_folder_judge(struct serve *s, struct start_folder *f) {
    struct folder_base base;
    struct str what;
    bool is_bare;
    enum folder_verdict verdict;
    *f = (struct start_folder){0};
    TRY(folder_mark_read(s->arena, s->dir, &f->mark));
    TRY(start_base_read(s, &base));
    TRY(folder_is_bare(s->arena, s->dir, &is_bare, &what));
    TRY(folder_judge(s->arena, &f->mark, &base, is_bare, what, &verdict));
    bool is_real = f->mark.id.len ? !f->mark.is_demo : verdict == FOLDER_UNMARKED && !is_demo_of_old(s);
    if (s->is_serving && !s->no_demo && is_real && !base.has_people) {
        return err_refuse(s->arena, ERR_CONFLICT, "",
                          "Thư mục %.*s là thư mục thật nhưng chưa có người quản trị. Hãy chạy: doanket setup --data "
                          "%.*s (muốn xem dữ liệu trình diễn, hãy chọn một thư mục trống khác).",
                          STR_ARG(s->dir), STR_ARG(s->dir));
    }
    return begin(s, f, verdict, &base);
}

struct err start_folder_rise(struct db_write *w, const struct start_folder *f) {
    struct folder_self_find_row *self;
    TRY(folder_self_find(db_reading(w), &self));
    if (self) {
        return folder_self_rise(w, NULL);
    }
    return folder_self_put(w,
                           (struct folder_self_put_in){.folder = f->mark.id,
                                                       .is_demo = f->mark.is_demo,
                                                       .generation = 1,
                                                       .made_at = f->mark.made_at,
                                                       .since_at = f->mark.made_at},
                           NULL);
}

struct err start_folder_done(struct serve *s, struct db *db) {
    struct db_read *r;
    struct folder_self_find_row *self = NULL;
    TRY(db_begin_read(db, s->arena, &r));
    struct err e = folder_self_find(r, &self);
    db_end_read(r);
    TRY(e);
    if (!self) {
        return FAIL(ERR_BROKEN, "the database forgot its folder");
    }
    struct folder_mark mark = {
        .id = self->folder, .is_demo = self->is_demo, .generation = self->generation, .made_at = self->made_at};
    return folder_mark_write(s->arena, s->dir, &mark);
}

static struct err usable(struct serve *s, struct str path) {
    if (faccessat(AT_FDCWD, str_z(s->arena, path), R_OK | W_OK | X_OK, AT_EACCESS) == 0) {
        return OK;
    }
    return err_refuse(s->arena, ERR_BROKEN, "",
                      "Không đọc và ghi được %.*s: %s. Hãy sửa quyền hoặc chủ của thư mục (chown, chmod) rồi chạy lại.",
                      STR_ARG(path), strerror(errno));
}

/* The folders of two digits, too: a back-up restored by another user fails there first. */
static struct err usable_below(struct serve *s, struct str path) {
    DIR *d = opendir(str_z(s->arena, path));
    struct err e = OK;
    for (struct dirent *entry; d && !e.why && (entry = readdir(d));) {
        if (entry->d_name[0] != '.' && entry->d_type == DT_DIR) {
            e = usable(s, str_format(s->arena, "%.*s/%s", STR_ARG(path), entry->d_name));
        }
    }
    if (d) {
        closedir(d);
    }
    return e;
}

struct err start_folders_usable(struct serve *s) {
    static const char *const below[] = {"", "/files", "/pages", "/tmp", "/index", "/wake", "/audit-views"};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        struct str path = str_format(s->arena, "%.*s%s", STR_ARG(s->dir), below[i]);
        if (access(str_z(s->arena, path), F_OK) != 0 && errno == ENOENT) {
            continue;
        }
        TRY(usable(s, path));
        TRY(i ? usable_below(s, path) : OK);
    }
    return OK;
}
