/* Before anything serves: the folder, the tables, what every database must hold, and demonstration data for an empty
 * one. */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/serve.h"
#include "base/arena.h"
#include "base/log.h"
#include "kernel/auth.h"
#include "kernel/auth_queries.h"
#include "kernel/clock.h"
#include "kernel/config.h"
#include "kernel/db.h"
#include "kernel/erase.h"
#include "kernel/file.h"
#include "kernel/id.h"
#include "kernel/quota.h"
#include "kernel/read.h"

#include "base/banned.h"

static struct err dir_make(struct serve *s, const char *below) {
    char *path = str_z(s->arena, str_format(s->arena, "%.*s%s", STR_ARG(s->dir), below));
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0750);
        *slash = '/';
    }
    if (mkdir(path, 0750) != 0 && errno != EEXIST) {
        return FAIL_WITH(s->arena, ERR_BROKEN, "cannot make %s: %s", path, strerror(errno));
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

static void modules_tell(void) {
    erase_use(&modules);
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->auth_org) {
            auth_org_set(modules.at[i]->auth_org);
        }
    }
}

static struct err files_open(struct serve *s) {
    return file_store_open(s->dir, config_int(s->config, SET_UPLOAD_MB) * 1000000, &read_limits_usual);
}

/* What the administrator's page says counts from the next moment on. */
struct err start_refresh(struct serve *s, struct db_read *db) {
    TRY(clock_look(db));
    TRY(config_refresh(config_here(), db));
    int64_t idle = config_int(s->config, SET_SESSION_HOURS) * 60;
    auth_limits_set(idle, idle > 24 * 60 ? idle : 24 * 60);
    quota_set(config_int(s->config, SET_DAY_FILES), config_int(s->config, SET_DAY_MB) * 1000000);
    return files_open(s);
}

struct err start_open(struct serve *s, struct arena *a, struct db **db) {
    struct db_read *read;
    modules_tell();
    id_node((int)config_int(s->config, SET_NODE));
    TRY(db_open(a, s->where, db));
    db_dir_set(*db, s->dir);
    TRY(db_begin_read(*db, a, &read));
    struct err refreshed = clock_start(read);
    refreshed = refreshed.why ? refreshed : start_refresh(s, read);
    db_end_read(read);
    TRY(refreshed);
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->open) {
            TRY(modules.at[i]->open(*db, a));
        }
    }
    return OK;
}

/* All or nothing, so that a start broken off leaves an empty database, not half a demonstration. */
static struct err fill(struct serve *s, struct db_write *w, bool *is_filled) {
    struct auth_any_row *any;
    *is_filled = false;
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->seed) {
            TRY(modules.at[i]->seed(w, s->arena));
        }
    }
    TRY(auth_any(db_reading(w), &any));
    if (any || s->no_demo) {
        return OK;
    }
    db_write_ahead(w);
    for (size_t i = 0; i < modules.n; i++) {
        if (modules.at[i]->demo) {
            TRY(modules.at[i]->demo(w, s->arena));
            *is_filled = true;
        }
    }
    return OK;
}

/* Before anything is written with today's date. */
static struct err clock_known(struct serve *s, struct db *db) {
    struct db_read *read;
    TRY(db_begin_read(db, s->arena, &read));
    struct err e = clock_start(read);
    db_end_read(read);
    return e;
}

static struct err prepare(struct serve *s) {
    struct db *db;
    struct db_write *w;
    bool is_filled = false;
    TRY(dir_make(s, ""));
    TRY(dir_make(s, "/tmp"));
    uploads_clear(s);
    modules_tell();
    id_node((int)config_int(s->config, SET_NODE));
    TRY(files_open(s));
    TRY(db_open(s->arena, s->where, &db));
    db_dir_set(db, s->dir);
    TRY(db_upgrade(db, s->arena));
    TRY(clock_known(s, db));
    TRY(db_begin_write(db, s->arena, &w));
    struct err e = fill(s, w, &is_filled);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    TRY(db_commit(w));
    if (is_filled) {
        int fd = open(str_z(s->arena, str_format(s->arena, "%.*s/demo", STR_ARG(s->dir))),
                      O_CREAT | O_WRONLY | O_CLOEXEC, 0640);
        if (fd >= 0) {
            close(fd);
        }
    }
    return OK;
}

int start_run(struct serve *s) {
    log_name("start");
    struct err e = prepare(s);
    if (e.why) {
        log_fault(LOG_ERROR, "starting", e);
        return 1;
    }
    return 0;
}
