/* Before anything serves: the folder, the tables, what every database must hold, and demonstration data for a folder
 * that was bare. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/disk.h"
#include "base/log.h"
#include "kernel/rights/auth.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/queue/clock.h"
#include "kernel/config/config.h"
#include "kernel/db/db.h"
#include "kernel/db/guard.h"
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/folder/folder.h"
#include "kernel/db/id.h"
#include "kernel/file/quota.h"
#include "read/read.h"

#include "base/banned.h"

struct err start_dir_make(struct serve *s, const char *below) {
    char *path = str_z(s->arena, str_format(s->arena, "%.*s%s", STR_ARG(s->dir), below));
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0750);
        *slash = '/';
    }
    if (mkdir(path, 0750) != 0 && errno != EEXIST) {
        return disk_is_full(errno)
                   ? FAIL_DISK(s->arena, errno, "%s", path)
                   : err_refuse(s->arena, ERR_BROKEN, "", "Không tạo được thư mục %s: %s.", path, strerror(errno));
    }
    return OK;
}

/* Uploads of requests that ended with their process. */
static void uploads_clear(struct serve *s) {
    char *path = str_z(s->arena, str_format(s->arena, "%.*s/tmp", STR_ARG(s->dir)));
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strncmp(e->d_name, "up-", 3) == 0) {
            unlinkat(dirfd(d), e->d_name, 0);
        }
    }
    if (d) {
        closedir(d);
    }
}

struct str start_address(struct serve *s) {
    return str_format(s->arena, "%.*s, cổng %d", STR_ARG(config_str(s->config, SET_ADDRESS)), s->port);
}

static void modules_tell(void) {
    erase_use(&modules);
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->auth_org) {
            auth_org_set(modules.at[i]->auth_org);
        }
    }
}

struct err start_files_at(struct serve *s) {
    return file_store_at(s->dir, config_int(s->config, SET_UPLOAD_MB) * 1000000, &read_limits_usual);
}

/* What the administrator's page says counts from the next moment on. */
struct err start_refresh(struct serve *s, struct db_read *db) {
    TRY(clock_look(db));
    TRY(config_refresh(config_here(), db));
    int64_t idle = config_int(s->config, SET_SESSION_HOURS) * 60;
    auth_limits_set(idle, idle > 24 * 60 ? idle : 24 * 60);
    quota_set(config_int(s->config, SET_DAY_FILES), config_int(s->config, SET_DAY_MB) * 1000000);
    return start_files_at(s);
}

/* Another database may have been put there since this folder was taken. */
static struct err open_and_compare(struct serve *s, struct arena *a, struct db **db) {
    struct db_read *read;
    TRY(db_open_there(a, s->where, db));
    db_dir_set(*db, s->dir);
    TRY(db_begin_read(*db, a, &read));
    struct err e = folder_compare(read, s->dir);
    e = e.why ? e : clock_start(read);
    e = e.why ? e : start_refresh(s, read);
    db_end_read(read);
    TRY(e);
    TRY(folder_watch(s->dir));
    db_guard_set(*db, folder_stands);
    return OK;
}

struct err start_open(struct serve *s, struct arena *a, struct db **db) {
    modules_tell();
    id_node((int)config_int(s->config, SET_NODE));
    TRY(open_and_compare(s, a, db));
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->open) {
            TRY(modules.at[i]->open(*db, a));
        }
    }
    return OK;
}

static struct err fill_demo(struct serve *s, struct db_write *w) {
    struct err e = OK;
    db_write_ahead(w);
    clock_freeze_most(clock_now());
    for (size_t i = 0; i < modules.n && !e.why; i++) {
        e = modules.at[i]->demo ? modules.at[i]->demo(w, s->arena) : OK;
    }
    clock_freeze_most((struct instant){0});
    return e;
}

/* Before anything is written with today's date. */
static struct err clock_known(struct serve *s, struct db *db) {
    struct db_read *read;
    TRY(db_begin_read(db, s->arena, &read));
    struct err e = clock_start(read);
    db_end_read(read);
    return e;
}

/* All or nothing, so that a start broken off leaves an empty database, not half a demonstration. */
static struct err fill(struct serve *s, struct db_write *w, const struct start_folder *f) {
    for (size_t i = 0; i < modules.n; i++) {
        TRY(modules.at[i]->seed ? modules.at[i]->seed(w, s->arena) : OK);
    }
    TRY(f->is_unfilled && f->mark.is_demo ? fill_demo(s, w) : OK);
    return start_folder_rise(w, f);
}

static struct err in_one(struct serve *s, struct db *db, const struct start_folder *f) {
    struct db_write *w;
    TRY(db_begin_write(db, s->arena, &w));
    struct err e = fill(s, w, f);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* A database in the folder is held with the folder. */
static struct err lease_claim(struct serve *s, struct db *db) {
    if (!s->is_serving || !db_is_postgres(db)) {
        return OK;
    }
    return folder_lease_claim(db, s->arena, &s->lease, start_address(s), FOLDER_LEASE_PATIENCE_S);
}

static struct err prepare(struct serve *s) {
    struct start_folder f;
    struct db *db;
    TRY(start_dir_make(s, ""));
    TRY(s->lock_fd >= 0 ? OK : folder_lock(s->arena, s->dir, S(""), &s->lock_fd));
    TRY(start_folder_judge(s, &f));
    TRY(start_dir_make(s, "/tmp"));
    uploads_clear(s);
    modules_tell();
    id_node((int)config_int(s->config, SET_NODE));
    TRY(file_store_open(s->dir, config_int(s->config, SET_UPLOAD_MB) * 1000000, &read_limits_usual));
    TRY(start_folders_usable(s));
    TRY(db_open(s->arena, s->where, &db));
    db_dir_set(db, s->dir);
    TRY(db_upgrade(db, s->arena));
    TRY(clock_known(s, db));
    TRY(lease_claim(s, db));
    TRY(in_one(s, db, &f));
    return start_folder_done(s, db);
}

void start_say(const char *doing, struct err e) {
    if (e.why->message.len) {
        fprintf(stderr, "doanket: %.*s\n", STR_ARG(e.why->message));
    }
    if (e.why->detail.len) {
        log_fault(LOG_ERROR, doing, e);
    }
}

int start_run(struct serve *s) {
    log_name("start");
    bool is_held = s->lock_fd >= 0;
    struct err e = prepare(s);
    if (!is_held && s->lock_fd >= 0) {
        close(s->lock_fd);
        s->lock_fd = -1;
    }
    if (e.why) {
        start_say("starting", e);
        return 1;
    }
    return 0;
}
