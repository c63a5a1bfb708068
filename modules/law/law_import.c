#include "modules/law/law_import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/rights/audit.h"
#include "modules/law/law_import_inside.h"
#include "modules/law/law_import_queries.h"

#include "base/banned.h"

enum { WORKS_A_TURN = 200, TURN_US = 700000, TELL_US = 1000000, DEAD_MS = 60000 };

void law_import_say(struct law_import_run *run, const char *format, ...) {
    char words[1000];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    if (run->import->tell) {
        run->import->tell(run->import->thing, str_of(words));
    }
}

/* The one import of this node; kept until the process ends, however it ends. -1: another has it. */
static int lock_take(struct law_import_run *run) {
    struct str dir = db_dir(run->import->db);
    char path[4096];
    snprintf(path, sizeof path, "%.*s/law-import.lock", STR_ARG(dir));
    int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0640);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* An import of this node that is marked as running has died, for we hold the lock; one of another node may live. */
static struct err others_end(struct law_import_run *run, struct db_write *db) {
    struct law_imports_running_rows rows;
    TRY(law_imports_running(db_reading(db), &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_here = rows.at[i].node == id_node_number();
        if (!is_here && clock_now().ms - rows.at[i].beat_at.ms < DEAD_MS) {
            return REFUSE(ERR_CONFLICT, "",
                          "Đang có một lần nhập văn bản khác trên máy khác. Hãy chờ xong rồi chạy lại.");
        }
        TRY(law_import_state_set(db,
                                 (struct law_import_state_set_in){.id = rows.at[i].id,
                                                                  .state = S("stopped"),
                                                                  .ended_at = clock_now(),
                                                                  .words = S("Dừng giữa chừng; lần sau chạy tiếp.")},
                                 NULL));
    }
    run->id = (struct law_import_id){id_new()};
    struct buf names = buf_in(db_write_arena(db));
    for (size_t i = 0; i < run->import->n && names.len < 500; i++) {
        buf_printf(&names, "%s%.*s", i ? ", " : "", STR_ARG(run->import->files[i]));
    }
    return law_import_insert(db,
                             (struct law_import_insert_in){.id = run->id,
                                                           .name = buf_str(&names),
                                                           .format = S(""),
                                                           .by_post = run->import->post,
                                                           .node = id_node_number(),
                                                           .beat_at = clock_now(),
                                                           .began_at = clock_now()},
                             NULL);
}

static struct err in_transaction(struct law_import_run *run,
                                 struct err (*step)(struct law_import_run *, struct db_write *)) {
    struct arena *a = arena_new();
    struct db_write *db;
    struct err e = db_begin_write(run->import->db, a, &db);
    if (!e.why) {
        e = step(run, db);
        if (e.why) {
            db_rollback(db);
        } else {
            e = db_commit(db);
        }
    }
    if (e.why) {
        e = err_is(e, ERR_CONFLICT) || err_is(e, ERR_BUSY)
                ? e
                : FAIL_WITH(run->arena, e.why->kind, "%.*s", STR_ARG(e.why->detail));
    }
    arena_free(a);
    return e;
}

static struct err rejects_write(struct law_import_run *run, struct db_write *db) {
    for (size_t i = 0; i < run->rejects.n; i++) {
        const struct law_import_reject *r = &run->rejects.at[i];
        TRY(law_reject_insert(db,
                              (struct law_reject_insert_in){.import = run->id,
                                                            .file = run->import->files[r->file],
                                                            .line = r->line,
                                                            .what = r->what,
                                                            .why = r->why},
                              NULL));
    }
    return OK;
}

static struct err mark(struct law_import_run *run, struct db_write *db, size_t done) {
    TRY(rejects_write(run, db));
    return law_import_mark(db,
                           (struct law_import_mark_in){.id = run->id,
                                                       .position = (int64_t)done,
                                                       .total = (int64_t)run->groups.n,
                                                       .accepted = run->count.added + run->count.changed,
                                                       .unchanged = run->count.unchanged,
                                                       .rejected = run->count.rejected,
                                                       .beat_at = clock_now()},
                           NULL);
}

static struct err group_store(struct law_import_run *run, struct db_write *db, const struct law_import_group *group) {
    struct law_import_work work;
    struct law_stored stored = {0};
    arena_reset(run->work);
    if (str_starts(group->key, S("f:"))) {
        return law_import_whole(run, db, &run->records[group->first]);
    }
    TRY(law_import_make(run, group, &work));
    struct err e = law_store_work(db, &work.store, &stored);
    if (err_is(e, ERR_INVALID) && e.why->message.len) {
        law_import_refuse(run, &run->records[group->first], work.store.about.code, e.why->message);
        return OK;
    }
    TRY(e);
    TRY(stored.is_changed ? law_import_relate(run, db, &work, &stored) : OK);
    TRY(law_import_papers(run, db, &work, &stored));
    TRY(stored.is_changed ? law_import_amended(run, db, &work, stored.work) : OK);
    law_import_counted(run, &stored);
    return OK;
}

void law_import_counted(struct law_import_run *run, const struct law_stored *stored) {
    run->count.works++;
    run->count.added += stored->is_new;
    run->count.changed += stored->is_changed && !stored->is_new;
    run->count.unchanged += !stored->is_changed;
}

static void progress(struct law_import_run *run, size_t done, int64_t *told_at) {
    if (clock_monotonic_us() - *told_at > TELL_US) {
        *told_at = clock_monotonic_us();
        law_import_say(run, "%zu/%zu văn bản; mới %lld, sửa %lld, không đổi %lld", done, run->groups.n,
                       (long long)run->count.added, (long long)run->count.changed, (long long)run->count.unchanged);
    }
}

/* As many works as fit in a moment, so that others may write in between. */
static struct err turn(struct law_import_run *run, struct db_write *db, size_t *done) {
    int64_t began_at = clock_monotonic_us();
    for (size_t n = 0; *done < run->groups.n && n < WORKS_A_TURN; n++) {
        TRY(group_store(run, db, &run->groups.at[*done]));
        ++*done;
        if (clock_monotonic_us() - began_at > TURN_US) {
            break;
        }
    }
    return mark(run, db, *done);
}

static bool is_stopped(const struct law_import_run *run) { return run->import->stop && *run->import->stop; }

static struct err store_all(struct law_import_run *run) {
    int64_t told_at = clock_monotonic_us();
    for (size_t done = 0; done < run->groups.n && !is_stopped(run);) {
        struct arena *a = arena_new();
        struct db_write *db;
        struct law_import_count before = run->count;
        size_t next = done;
        struct err e = db_begin_write(run->import->db, a, &db);
        if (!e.why) {
            db_write_ahead(db);
            e = turn(run, db, &next);
            if (e.why) {
                db_rollback(db);
            } else {
                e = db_commit(db);
            }
        }
        if (e.why) {
            run->count = before;
            e = FAIL_WITH(run->arena, e.why->kind, "%.*s", STR_ARG(e.why->detail));
            arena_free(a);
            return e;
        }
        arena_free(a);
        run->rejects.n = 0;
        done = next;
        progress(run, done, &told_at);
    }
    return OK;
}

static struct err end(struct law_import_run *run, struct db_write *db) {
    TRY(law_relations_resolve(db, NULL));
    TRY(rejects_write(run, db));
    TRY(mark(run, db, run->groups.n));
    bool is_whole = !is_stopped(run);
    return law_import_state_set(db,
                                (struct law_import_state_set_in){.id = run->id,
                                                                 .state = is_whole ? S("done") : S("stopped"),
                                                                 .ended_at = clock_now()},
                                NULL);
}

static struct err files_open(struct law_import_run *run) {
    run->file = arena_take(run->arena, FILE *, run->import->n + 1);
    for (size_t i = 0; i < run->import->n; i++) {
        run->file[i] = fopen(str_z(run->arena, run->import->files[i]), "rbe");
        if (!run->file[i]) {
            return err_refuse(run->arena, ERR_INVALID, "", "Không mở được tệp %.*s: %s.",
                              STR_ARG(run->import->files[i]), strerror(errno));
        }
    }
    return OK;
}

static void files_close(struct law_import_run *run) {
    for (size_t i = 0; run->file && i < run->import->n; i++) {
        if (run->file[i]) {
            fclose(run->file[i]);
        }
    }
}

static struct err import(struct law_import_run *run) {
    TRY(files_open(run));
    TRY(in_transaction(run, others_end));
    for (size_t i = 0; i < run->import->n && !is_stopped(run); i++) {
        law_import_say(run, "đang đọc %.*s", STR_ARG(run->import->files[i]));
        TRY(law_import_scan(run, i));
    }
    TRY(store_all(run));
    return in_transaction(run, end);
}

struct err law_import_run(struct arena *a, const struct law_import *what, struct law_import_count *count) {
    struct law_import_run run = {.import = what, .arena = a, .work = arena_new()};
    run.by_key.arena = run.by_id.arena = run.by_pd.arena = a;
    int lock = lock_take(&run);
    struct err e =
        REFUSE(ERR_CONFLICT, "", "Đang có một lần nhập văn bản khác chạy trên máy này. Hãy chờ xong rồi chạy lại.");
    if (lock >= 0) {
        e = import(&run);
        close(lock);
    }
    files_close(&run);
    arena_free(run.work);
    *count = run.count;
    return e;
}

struct err law_import_lines(struct db_write *db, struct arena *a, struct str lines, struct law_import_count *count) {
    static const struct str name = S_INIT("demo.jsonl");
    struct law_import what = {.db = db_of_write(db), .files = &name, .n = 1};
    FILE *file = fmemopen(str_z(a, lines), lines.len, "rb");
    struct law_import_run run = {.import = &what, .arena = a, .work = arena_new(), .file = &file};
    run.by_key.arena = run.by_id.arena = run.by_pd.arena = a;
    struct err e = file ? law_import_scan(&run, 0) : FAIL(ERR_BROKEN, "no memory for a stream");
    for (size_t i = 0; !e.why && i < run.groups.n; i++) {
        e = group_store(&run, db, &run.groups.at[i]);
    }
    e = e.why ? e : law_relations_resolve(db, NULL);
    if (file) {
        fclose(file);
    }
    arena_free(run.work);
    *count = run.count;
    return e.why || !run.rejects.n ? e
                                   : FAIL_WITH(a, ERR_BROKEN, "line %lld: %.*s", (long long)run.rejects.at[0].line,
                                               STR_ARG(run.rejects.at[0].why));
}
