/* SQLite: write-ahead log, durable on commit, one connection a process, statements prepared once. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "kernel/db/engine.h"
#include "kernel/db/sqlite.h"

#include "base/buf.h"
#include "base/disk.h"

#include "base/banned.h"

enum { WAIT_US = 5000000, LOOK_EVERY = 20000 /* steps of its machine, well under a millisecond */ };

/* Which file is at a path. */
struct place {
    dev_t device;
    ino_t number; /* 0: not looked at yet */
};

struct sqlite {
    struct db *of;
    sqlite3 *db;
    sqlite3_stmt **statements; /* by place of the query in its section */
    sqlite3_stmt *begin_read, *begin_write, *commit, *rollback, *version;
    int64_t seen; /* the last data_version */
    int64_t waiting_since;
    bool never_waits;
    struct place file, log; /* what is open, and its write-ahead log */
};

/* Waits in small steps: a write transaction is short. Gives up after five seconds. */
static int wait_more(void *thing, int times) {
    struct sqlite *c = thing;
    if (c->never_waits) {
        return 0;
    }
    if (times == 0) {
        c->waiting_since = clock_monotonic_us();
    } else if (clock_monotonic_us() - c->waiting_since > WAIT_US) {
        return 0;
    }
    long ns = (times < 8 ? 100000L << (times / 2) : 2000000L) + (clock_monotonic_us() % 128) * 1000;
    nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
    return 1;
}

/* A read that is past its deadline is given up, a write never. */
static int is_over(void *thing) {
    const struct db *db = thing;
    return db->deadline_us && !db->writer && clock_monotonic_us() > db->deadline_us;
}

static enum err_kind kind_of(int code) {
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: return ERR_CONFLICT;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_FOREIGNKEY: return ERR_INVALID;
    default: break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
    case SQLITE_FULL: return ERR_BUSY;
    case SQLITE_TOOBIG: return ERR_INVALID;
    default: return ERR_BROKEN;
    }
}

static bool is_full(struct sqlite *c, int code) {
    return (code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && disk_is_full(sqlite3_system_errno(c->db)));
}

static struct err fault(struct sqlite *c, struct arena *arena, const char *name) {
    int code = sqlite3_extended_errcode(c->db);
    if (is_full(c, code)) {
        c->of->full_at_us = clock_monotonic_us();
        return disk_full(arena, __FILE__, __LINE__,
                         str_format(arena, "%s: %s (SQLite %d)", name, sqlite3_errmsg(c->db), code));
    }
    return FAIL_WITH(arena, kind_of(code), "%s: %s (SQLite %d)", name, sqlite3_errmsg(c->db), code);
}

static struct err run_plain(struct sqlite *c, struct arena *arena, sqlite3_stmt *st, const char *name) {
    int code = sqlite3_step(st);
    struct err e = code == SQLITE_DONE || code == SQLITE_ROW ? OK : fault(c, arena, name);
    sqlite3_reset(st);
    return e;
}

/* data_version is another one after another connection committed, in whatever process. Asking for it is what begins the
   snapshot, so it is the snapshot's own. What this connection writes does not move it: db_begin_write sees to that. */
static struct err look_version(struct db *db, struct arena *arena) {
    struct sqlite *c = db->connection;
    if (sqlite3_step(c->version) != SQLITE_ROW) {
        struct err e = fault(c, arena, "data_version");
        sqlite3_reset(c->version);
        return e;
    }
    int64_t version = sqlite3_column_int64(c->version, 0);
    sqlite3_reset(c->version);
    db->has_moved = version != c->seen;
    c->seen = version;
    return OK;
}

static struct err begin_at_once(struct db *db, struct arena *arena) {
    struct sqlite *c = db->connection;
    c->never_waits = true;
    struct err e = run_plain(c, arena, c->begin_write, "begin to write");
    c->never_waits = false;
    db->is_taken = e.why && (sqlite3_extended_errcode(c->db) & 0xff) == SQLITE_BUSY;
    return db->is_taken ? OK : e;
}

static struct err sqlite_begin(struct db *db, struct arena *arena, enum db_begin how) {
    struct sqlite *c = db->connection;
    switch (how) {
    case DB_BEGIN_WRITE: return run_plain(c, arena, c->begin_write, "begin to write");
    case DB_BEGIN_WRITE_AT_ONCE: return begin_at_once(db, arena);
    case DB_BEGIN_READ: break;
    }
    TRY(run_plain(c, arena, c->begin_read, "begin to read"));
    struct err e = db->in_turn ? look_version(db, arena) : OK;
    if (e.why) {
        db->engine->rollback(db);
    }
    return e;
}

static struct err sqlite_commit(struct db *db, struct arena *arena) {
    struct sqlite *c = db->connection;
    return run_plain(c, arena, c->commit, "commit");
}

static void sqlite_rollback(struct db *db) {
    struct sqlite *c = db->connection;
    if (!sqlite3_get_autocommit(c->db)) {
        sqlite3_step(c->rollback);
        sqlite3_reset(c->rollback);
    }
}

static struct err prepare(struct sqlite *c, struct arena *arena, const struct db_query *q, sqlite3_stmt **st) {
    if (!*st && sqlite3_prepare_v3(c->db, q->sqlite, -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK) {
        return fault(c, arena, q->name);
    }
    return OK;
}

static void bind_ids(sqlite3_stmt *st, int n, struct arena *arena, const struct db_ids *ids) {
    struct buf b = buf_in(arena);
    buf_put_char(&b, '[');
    for (size_t i = 0; i < ids->n; i++) {
        if (i) {
            buf_put_char(&b, ',');
        }
        buf_put_int(&b, ids->at[i]);
    }
    buf_put_char(&b, ']');
    sqlite3_bind_text64(st, n, b.at, b.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_date(sqlite3_stmt *st, int n, struct arena *arena, const struct date *d) {
    if (d->year == 0) {
        sqlite3_bind_null(st, n);
        return;
    }
    struct str iso = date_iso(arena, *d);
    sqlite3_bind_text64(st, n, iso.at, iso.len, SQLITE_STATIC, SQLITE_UTF8);
}

static struct err bind_text(sqlite3_stmt *st, int n, struct db_run *run, const struct db_field *f,
                            const struct str *s) {
    if (s->len == 0 && f->type == DB_TEXT_OR_NULL) {
        sqlite3_bind_null(st, n);
        return OK;
    }
    TRY(db_text_check(run->arena, run->q, f, *s));
    sqlite3_bind_text64(st, n, s->len ? s->at : "", s->len, SQLITE_STATIC, SQLITE_UTF8);
    return OK;
}

static void bind_int(sqlite3_stmt *st, int n, int64_t v, bool zero_is_null) {
    if (v == 0 && zero_is_null) {
        sqlite3_bind_null(st, n);
    } else {
        sqlite3_bind_int64(st, n, v);
    }
}

static struct err bind(sqlite3_stmt *st, struct db_run *run) {
    for (int i = 0; i < run->q->n_in; i++) {
        const struct db_field *f = &run->q->in[i];
        const void *at = (const char *)run->in + f->at;
        const struct str *s = at;
        switch (f->type) {
        case DB_INT: sqlite3_bind_int64(st, i + 1, *(const int64_t *)at); break;
        case DB_AT:
        case DB_ID: bind_int(st, i + 1, *(const int64_t *)at, true); break;
        case DB_BOOL: sqlite3_bind_int64(st, i + 1, *(const bool *)at); break;
        case DB_REAL: sqlite3_bind_double(st, i + 1, *(const double *)at); break;
        case DB_ON: bind_date(st, i + 1, run->arena, at); break;
        case DB_IDS: bind_ids(st, i + 1, run->arena, at); break;
        case DB_BYTES_OR_NULL:
        case DB_BYTES:
            if (s->len == 0 && f->type == DB_BYTES_OR_NULL) {
                sqlite3_bind_null(st, i + 1);
            } else {
                sqlite3_bind_blob64(st, i + 1, s->len ? s->at : "", s->len, SQLITE_STATIC);
            }
            break;
        default: TRY(bind_text(st, i + 1, run, f, s)); break;
        }
    }
    return OK;
}

static struct str column_text(sqlite3_stmt *st, int i, struct arena *arena) {
    const char *at = (const char *)sqlite3_column_text(st, i);
    return at ? str_copy(arena, (struct str){at, (size_t)sqlite3_column_bytes(st, i)}) : S("");
}

static struct str column_bytes(sqlite3_stmt *st, int i, struct arena *arena) {
    const char *at = sqlite3_column_blob(st, i);
    return at ? str_copy(arena, (struct str){at, (size_t)sqlite3_column_bytes(st, i)}) : S("");
}

static void read_row(sqlite3_stmt *st, struct db_run *run) {
    char *row = db_row_push(run);
    for (int i = 0; i < run->q->n_out; i++) {
        const struct db_field *f = &run->q->out[i];
        void *at = row + f->at;
        switch (f->type) {
        case DB_INT:
        case DB_AT:
        case DB_ID: *(int64_t *)at = sqlite3_column_int64(st, i); break;
        case DB_BOOL: *(bool *)at = sqlite3_column_int64(st, i) != 0; break;
        case DB_REAL: *(double *)at = sqlite3_column_double(st, i); break;
        case DB_ON: {
            struct str iso = str_of((const char *)sqlite3_column_text(st, i));
            if (!date_read_iso(iso, at)) {
                *(struct date *)at = (struct date){0};
            }
            break;
        }
        case DB_BYTES: *(struct str *)at = column_bytes(st, i, run->arena); break;
        default: *(struct str *)at = column_text(st, i, run->arena); break;
        }
    }
}

/* Steps to the end; a read of one row ends at that row. */
static int read_rows(sqlite3_stmt *st, struct db_run *run) {
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        if (!run->is_one || run->rows.n == 0) {
            read_row(st, run);
        }
        if (run->is_one && !(run->q->flags & DB_WRITES)) {
            return SQLITE_DONE;
        }
    }
    return code;
}

static struct err sqlite_run(struct db *db, struct db_run *run) {
    struct sqlite *c = db->connection;
    sqlite3_stmt **kept = &c->statements[run->q - db_queries_begin()];
    TRY(prepare(c, run->arena, run->q, kept));
    sqlite3_stmt *st = *kept;
    struct err e = bind(st, run);
    if (!e.why) {
        int code = read_rows(st, run);
        e = code == SQLITE_DONE ? OK : fault(c, run->arena, run->q->name);
        run->changed = code == SQLITE_DONE && (run->q->flags & DB_WRITES) ? sqlite3_changes64(c->db) : 0;
    }
    sqlite3_reset(st);
    return e;
}

static struct err sqlite_script(struct db *db, struct arena *arena, const char *sql) {
    struct sqlite *c = db->connection;
    return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : fault(c, arena, sql);
}

static struct err sqlite_lines(struct db *db, struct arena *arena, const char *sql, struct str *lines) {
    struct sqlite *c = db->connection;
    struct buf b = buf_in(arena);
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) != SQLITE_OK) {
        return fault(c, arena, sql);
    }
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        buf_put(&b, str_of((const char *)sqlite3_column_text(st, 0)));
        buf_put_char(&b, '\n');
    }
    struct err e = code == SQLITE_DONE ? OK : fault(c, arena, sql);
    sqlite3_finalize(st);
    *lines = buf_str(&b);
    return e;
}

static struct err sqlite_has_table(struct db *db, struct arena *arena, const char *table, bool *has) {
    struct sqlite *c = db->connection;
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(c->db, "SELECT 1 FROM sqlite_master WHERE name = ?1", -1, &st, NULL) != SQLITE_OK) {
        return fault(c, arena, "sqlite_master");
    }
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
    int code = sqlite3_step(st);
    *has = code == SQLITE_ROW;
    struct err e = code == SQLITE_ROW || code == SQLITE_DONE ? OK : fault(c, arena, "sqlite_master");
    sqlite3_finalize(st);
    return e;
}

static bool place_of(const char *path, struct place *place) {
    struct stat st;
    *place = (struct place){0};
    if (stat(path, &st) != 0) {
        return false;
    }
    *place = (struct place){st.st_dev, st.st_ino};
    return true;
}

static bool is_same(struct place a, struct place b) { return a.device == b.device && a.number == b.number; }

/* Moved, deleted or replaced, the file that is open goes on taking what is written; so does its log. */
static struct err sqlite_stands(struct db *db, struct arena *arena) {
    struct sqlite *c = db->connection;
    struct place file, log;
    const char *path = sqlite3_db_filename(c->db, "main");
    bool is_there = place_of(path, &file) && is_same(file, c->file) && place_of(sqlite3_filename_wal(path), &log);
    if (is_there && !c->log.number) {
        c->log = log;
    }
    if (is_there && is_same(log, c->log)) {
        return OK;
    }
    return err_refuse(arena, ERR_BUSY, "",
                      "Cơ sở dữ liệu không còn ở chỗ của nó nên chưa lưu được gì. Mời báo người quản trị đưa thư mục "
                      "dữ liệu về chỗ cũ rồi thực hiện lại.");
}

static void sqlite_close(struct db *db) {
    struct sqlite *c = db->connection;
    ptrdiff_t n = db_queries_end() - db_queries_begin();
    for (ptrdiff_t i = 0; i < n && c->statements; i++) {
        sqlite3_finalize(c->statements[i]);
    }
    sqlite3_finalize(c->begin_read);
    sqlite3_finalize(c->begin_write);
    sqlite3_finalize(c->commit);
    sqlite3_finalize(c->rollback);
    sqlite3_finalize(c->version);
    sqlite3_close(c->db);
    free(c->statements);
    free(c);
}

static struct err sqlite_scrub(struct db *db, struct arena *arena) {
    struct sqlite *c = db->connection;
    int status = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return status == SQLITE_OK ? OK : fault(c, arena, "wal_checkpoint(TRUNCATE)");
}

static const struct db_engine engine = {
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .run = sqlite_run,
    .script = sqlite_script,
    .lines = sqlite_lines,
    .has_table = sqlite_has_table,
    .scrub = sqlite_scrub,
    .stands = sqlite_stands,
    .close = sqlite_close,
};

static struct err configure(struct db *db, struct sqlite *c) {
    static const char *const settings[] = {
        "PRAGMA journal_mode = WAL",        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",         "PRAGMA mmap_size = 1073741824",
        "PRAGMA cache_size = -16384",       "PRAGMA temp_store = MEMORY",
        "PRAGMA trusted_schema = OFF",      "PRAGMA journal_size_limit = 67108864",
        "PRAGMA wal_autocheckpoint = 2000", "PRAGMA secure_delete = ON",
    };
    static const char *const looking[] = {"PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY",
                                          "PRAGMA trusted_schema = OFF"};
    sqlite3_busy_handler(c->db, wait_more, c);
    sqlite3_progress_handler(c->db, LOOK_EVERY, is_over, db);
    sqlite3_extended_result_codes(c->db, 1);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    size_t n = db->is_looked_at ? sizeof looking / sizeof *looking : sizeof settings / sizeof *settings;
    for (size_t i = 0; i < n; i++) {
        TRY(sqlite_script(db, db->arena, db->is_looked_at ? looking[i] : settings[i]));
    }
    if (sqlite3_prepare_v3(c->db, "BEGIN", -1, SQLITE_PREPARE_PERSISTENT, &c->begin_read, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(c->db, "BEGIN IMMEDIATE", -1, SQLITE_PREPARE_PERSISTENT, &c->begin_write, NULL) !=
            SQLITE_OK ||
        sqlite3_prepare_v3(c->db, "COMMIT", -1, SQLITE_PREPARE_PERSISTENT, &c->commit, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(c->db, "ROLLBACK", -1, SQLITE_PREPARE_PERSISTENT, &c->rollback, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(c->db, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT, &c->version, NULL) !=
            SQLITE_OK) {
        return fault(c, db->arena, "BEGIN");
    }
    return OK;
}

/* Nobody else on the machine may read the file. */
static struct err file_ready(struct db *db, const char *path) {
    struct stat st;
    int fd = open(path, O_RDWR | O_CLOEXEC | (db->is_to_be_there ? 0 : O_CREAT), 0600);
    if (fd >= 0 && db->is_to_be_there && (fstat(fd, &st) != 0 || st.st_size == 0)) {
        close(fd);
        errno = ENOENT;
        fd = -1;
    }
    if (fd < 0 && errno == ENOENT) {
        return err_refuse(db->arena, ERR_MISSING, "", "Không có cơ sở dữ liệu ở %s.", path);
    }
    if (fd < 0) {
        return FAIL_DISK(db->arena, errno, "%s", path);
    }
    close(fd);
    return OK;
}

struct err db_sqlite_open(struct db *db) {
    struct str address = db->where;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (db->is_looked_at ? SQLITE_OPEN_URI : 0);
    TRY(db->is_looked_at ? db_sqlite_copy_address(db->arena, db->where, &address) : OK);
    char *path = str_z(db->arena, address);
    TRY(db->is_looked_at ? OK : file_ready(db, path));
    struct sqlite *c = calloc(1, sizeof *c);
    size_t n = (size_t)(db_queries_end() - db_queries_begin());
    if (!c || !(c->statements = calloc(n ? n : 1, sizeof *c->statements))) {
        free(c);
        return FAIL(ERR_BROKEN, "out of memory");
    }
    db->connection = c;
    db->engine = &engine;
    c->of = db;
    place_of(path, &c->file); /* before opening: were another put there meanwhile, writing is refused */
    struct err e =
        sqlite3_open_v2(path, &c->db, flags, NULL) == SQLITE_OK ? configure(db, c) : fault(c, db->arena, path);
    if (e.why) {
        sqlite_close(db);
    }
    return e;
}
