#include "kernel/index/feed.h"
#include "base/arena.h"
#include "base/log.h"
#include "kernel/queue/clock.h"
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "kernel/index/search_queries.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/banned.h"

enum { ROUND = 200, PAUSE_MS = 200, KINDS_MOST = 64, DONE_POSITION = 1 };

struct search_feed {
    struct search_writer *writer;
    const struct search_source *sources[KINDS_MOST];
    size_t n;
    bool is_checked; /* the index was compared with the feed's end */
    bool is_rebuilding;
    bool is_quiet;    /* rebuilding shows nothing before it is whole */
    size_t source;    /* rebuilding: the source being read */
    int64_t after;    /* and the last record taken from it */
    int64_t begun_at; /* the feed's end when the rebuilding began */
    int64_t taken;
    struct date day; /* grants ended before it are taken account of */
};

/* The day the index was last written; today for one that is not there. */
static struct date day_of(struct str dir) {
    char path[4096];
    struct stat st;
    snprintf(path, sizeof path, "%.*s/index/manifest", STR_ARG(dir));
    bool is_there = stat(path, &st) == 0;
    return is_there ? date_of((struct instant){(int64_t)st.st_mtim.tv_sec * 1000}) : clock_today();
}

struct err search_feed_open(struct str dir, const struct search_source *const *sources, size_t n,
                            struct search_feed **out) {
    *out = NULL;
    if (n > KINDS_MOST) {
        return FAIL(ERR_BROKEN, "too many kinds for the index");
    }
    struct search_writer *w = NULL;
    struct date day = day_of(dir);
    TRY(search_writer_open(dir, &w));
    struct search_feed *f = malloc(sizeof *f);
    if (!f) {
        search_writer_close(w);
        return FAIL(ERR_BROKEN, "no memory for the feed");
    }
    *f = (struct search_feed){.writer = w, .n = n, .day = day};
    for (size_t i = 0; i < n; i++) {
        f->sources[i] = sources[i];
    }
    *out = f;
    return OK;
}

const struct search_source *search_source_of(const struct modules *all, struct str kind) {
    for (size_t i = 0; i < all->n; i++) {
        for (const struct search_source *s = all->at[i]->sources; s && s->kind.len; s++) {
            if (str_eq(s->kind, kind)) {
                return s;
            }
        }
    }
    return NULL;
}

struct err search_feed_open_modules(struct str dir, const struct modules *all, struct search_feed **out) {
    const struct search_source *sources[KINDS_MOST];
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        for (const struct search_source *s = all->at[i]->sources; s && s->kind.len && n < KINDS_MOST; s++) {
            sources[n++] = s;
        }
    }
    return search_feed_open(dir, sources, n, out);
}

void search_feed_close(struct search_feed *f) {
    if (f) {
        search_writer_close(f->writer);
        free(f);
    }
}

static const struct search_source *source_of(const struct search_feed *f, struct str kind) {
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->sources[i]->kind, kind)) {
            return f->sources[i];
        }
    }
    return NULL;
}

/* Takes one record in. Only a database that is away stops the feed. */
static struct err take(struct search_feed *f, struct db_read *db, struct arena *a, struct str kind, int64_t record) {
    const struct search_source *source = source_of(f, kind);
    struct search_doc doc = {0};
    bool is_gone = source == NULL;
    struct err e = source ? source->load(db, a, record, &doc, &is_gone) : OK;
    if (err_is(e, ERR_BUSY)) {
        return e;
    }
    if (e.why && e.why->kind != ERR_MISSING) {
        log_fault(LOG_WARN, "loading a record for the index", e);
    }
    if (e.why || is_gone) {
        return search_writer_remove(f->writer, record);
    }
    doc.record = record;
    doc.kind = doc.kind.len ? doc.kind : kind;
    f->taken++;
    return search_writer_put(f->writer, &doc);
}

static struct err feed_end(struct db_read *db, int64_t *last) {
    struct search_change_last_row *row = NULL;
    TRY(search_change_last(db, &row));
    *last = row ? row->last : 0;
    return OK;
}

static struct err begin_rebuilding(struct search_feed *f, struct db_read *db) {
    TRY(search_writer_clear(f->writer));
    TRY(feed_end(db, &f->begun_at));
    f->is_rebuilding = true;
    f->source = 0;
    f->after = f->taken = 0;
    log_line(LOG_INFO, "the search index is made again");
    return OK;
}

/* A piece of the rebuilding. Its end is also the place in the feed from which changes are taken. */
static struct err rebuild(struct search_feed *f, struct db_read *db, struct arena *a, size_t most, bool *more) {
    *more = true;
    if (f->source >= f->n) {
        f->is_rebuilding = false;
        log_line(LOG_INFO, "the search index holds %lld records again", (long long)f->taken);
        return search_writer_commit(f->writer, f->begun_at > 0 ? f->begun_at : DONE_POSITION);
    }
    const struct search_source *source = f->sources[f->source];
    struct search_ids ids = {0};
    TRY(source->each(db, a, f->after, (int64_t)most, &ids));
    for (size_t i = 0; i < ids.n; i++) {
        TRY(take(f, db, a, source->kind, ids.at[i]));
        f->after = ids.at[i];
    }
    if (ids.n == 0) {
        f->source++;
        f->after = 0;
    }
    return f->is_quiet ? OK : search_writer_commit(f->writer, 0);
}

static struct err follow(struct search_feed *f, struct db_read *db, struct arena *a, size_t most, bool *more) {
    int64_t position = search_writer_position(f->writer);
    struct search_change_after_rows rows = {0};
    TRY(search_change_after(db, (struct search_change_after_in){.position = position, .most = (int64_t)most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(take(f, db, a, rows.at[i].kind, rows.at[i].record));
        position = rows.at[i].position;
    }
    for (size_t i = 0; i < rows.n; i++) {
        TRY(rows.at[i].is_erased ? search_writer_purge(f->writer, rows.at[i].record) : OK);
    }
    *more = rows.n == most;
    return search_writer_commit(f->writer, position);
}

/* A right that ends with its day ends without anybody changing anything. */
static struct err expire(struct search_feed *f, struct db_read *db, struct arena *a) {
    struct date today = clock_today();
    struct search_expired_rows rows = {0};
    if (date_cmp(f->day, today) >= 0) {
        return OK;
    }
    TRY(search_expired(db, (struct search_expired_in){.from_on = date_plus(f->day, -1), .to_on = today}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(take(f, db, a, rows.at[i].kind, rows.at[i].record));
    }
    f->day = today;
    return OK;
}

/* Whether the index is of another database, or of this one's future: a restored one. */
static struct err check_place(struct search_feed *f, struct db_read *db) {
    int64_t last = 0, position = search_writer_position(f->writer);
    TRY(feed_end(db, &last));
    f->is_checked = true;
    return position > DONE_POSITION && position > last ? begin_rebuilding(f, db) : OK;
}

/* What the index lost is taken in again, before anything is committed without it. */
static struct err mend(struct search_feed *f, struct db_read *db, struct arena *a) {
    struct search_losts lost = {0};
    struct err e = OK;
    search_writer_check(f->writer, &lost);
    for (size_t i = 0; i < lost.n && !e.why; i++) {
        e = take(f, db, a, str_of(lost.at[i].kind), lost.at[i].record);
    }
    free(lost.at);
    if (e.why) {
        err_ignore(search_writer_clear(f->writer)); /* all of it is made again */
        f->is_rebuilding = false;
    }
    return e;
}

static struct err round_of(struct search_feed *f, struct db_read *db, struct arena *a, size_t most, bool *more) {
    TRY(mend(f, db, a));
    if (!f->is_checked) {
        TRY(check_place(f, db));
    }
    if (!f->is_rebuilding && search_writer_position(f->writer) == 0) {
        TRY(begin_rebuilding(f, db));
    }
    if (f->is_rebuilding) {
        return rebuild(f, db, a, most, more);
    }
    TRY(expire(f, db, a));
    return follow(f, db, a, most, more);
}

struct err search_feed_run(struct search_feed *f, struct db *db, size_t most, bool *more) {
    struct arena *a = arena_new();
    struct db_read *read = NULL;
    *more = false;
    if (search_writer_lost(f->writer)) {
        f->is_rebuilding = false;
    }
    struct err e = db_begin_read(db, a, &read);
    if (!e.why) {
        e = round_of(f, read, a, most ? most : 1, more);
        db_end_read(read);
    }
    if (e.why) {
        log_fault(LOG_WARN, "feeding the search index", e);
        /* The fault's words lived in the arena. */
        e = FAIL(ERR_BROKEN, "the search index could not be fed");
    }
    arena_free(a);
    return e;
}

static void pause_for(int ms) { poll(NULL, 0, ms); }

void search_feed_loop(struct db *db, const struct modules *all, const volatile sig_atomic_t *stop) {
    struct search_feed *f = NULL;
    while (!*stop && !f) {
        struct err e = search_feed_open_modules(db_dir(db), all, &f);
        if (e.why) {
            pause_for(PAUSE_MS * 5);
        }
    }
    while (!*stop) {
        bool more = false;
        clock_follow(db);
        struct err e = search_feed_run(f, db, ROUND, &more);
        if (e.why || !more) {
            pause_for(e.why ? PAUSE_MS * 5 : PAUSE_MS);
        }
    }
    search_feed_close(f);
}

__attribute__((nonnull)) static struct err reindex(struct search_feed *f, struct db *db) {
    bool more = true;
    f->is_quiet = true;
    TRY(search_writer_clear(f->writer));
    do {
        TRY(search_feed_run(f, db, ROUND, &more));
    } while (f->is_rebuilding || more);
    return search_writer_merge(f->writer);
}

struct err search_feed_catch_up(struct db *db, const struct modules *all) {
    struct search_feed *f = NULL;
    bool more = true;
    struct err e = search_feed_open_modules(db_dir(db), all, &f);
    if (err_is(e, ERR_BUSY)) {
        return OK;
    }
    TRY(e);
    while (!e.why && (f->is_rebuilding || more)) {
        e = search_feed_run(f, db, ROUND, &more);
    }
    search_feed_close(f);
    return e;
}

int search_reindex_command(struct db *db, const struct modules *all) {
    struct search_feed *f = NULL;
    struct err e = search_feed_open_modules(db_dir(db), all, &f);
    if (err_is(e, ERR_BUSY)) {
        fprintf(stderr, "doanket: chỉ mục đang được tiến trình khác dùng; "
                        "hãy dừng máy chủ rồi chạy lại lệnh này\n");
        return 1;
    }
    int64_t before = 0, start = clock_monotonic_us();
    if (!e.why && f) {
        before = search_writer_documents(f->writer);
        e = reindex(f, db);
    }
    if (e.why || !f) {
        log_fault(LOG_ERROR, "making the search index again", e);
        search_feed_close(f);
        return 1;
    }
    printf("doanket: index made again in %lld ms: %lld records (before: %lld)\n",
           (long long)(clock_monotonic_us() - start) / 1000, (long long)search_writer_documents(f->writer),
           (long long)before);
    search_feed_close(f);
    return 0;
}
