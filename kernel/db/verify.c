#include "kernel/db/verify.h"

#include "base/arena.h"
#include "kernel/db/engine.h"

#include "base/banned.h"

enum { FAULTS_MOST = 200 };

static const char sqlite_pages[] = "PRAGMA integrity_check(200)";
static const char sqlite_keys[] = "SELECT \"table\" || char(9) || coalesce(rowid, 0) || char(9) || parent "
                                  "FROM pragma_foreign_key_check LIMIT 200";
static const char pg_has_amcheck[] = "SELECT extname FROM pg_extension WHERE extname = 'amcheck'";
static const char pg_sums[] = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database() AND "
                              "checksum_failures > 0";
static const char pg_heaps[] =
    "SELECT c.relname || chr(9) || coalesce(v.blkno, 0) || chr(9) || v.msg FROM pg_class c, "
    "LATERAL verify_heapam(c.oid::regclass) v WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
    "LIMIT 200";
static const char pg_indexes[] =
    "SELECT bt_index_check(i.indexrelid::regclass)::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_am m ON m.oid = c.relam WHERE m.amname = 'btree' AND c.relnamespace = 'public'::regnamespace";
/* The server makes one question for each table, and reads every value in it. */
static const char pg_rows[] =
    "SELECT t.table_name || chr(9) || (xpath('/row/n/text()', query_to_xml(format("
    "'SELECT count(md5(x::text)) AS n FROM %I AS x', t.table_name), false, true, '')))[1]::text "
    "FROM information_schema.tables t WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1";
static const char pg_keys[] =
    "SELECT k.held || chr(9) || k.n || chr(9) || k.parent FROM (SELECT c.conrelid::regclass::text AS held, "
    "c.confrelid::regclass::text AS parent, (xpath('/row/n/text()', query_to_xml(format("
    "'SELECT count(*) AS n FROM %s AS x WHERE x.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s AS y WHERE y.%I = "
    "x.%I)', "
    "c.conrelid::regclass, a.attname, c.confrelid::regclass, b.attname, a.attname), false, true, '')))[1]::text AS n "
    "FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
    "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] "
    "WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND cardinality(c.conkey) = 1) AS k "
    "WHERE k.n <> '0'";

struct checking {
    struct db *db;
    struct arena *arena;
    struct db_faults *out;
};

static void found(struct checking *c, struct str where, struct str words) {
    if (c->out->n < FAULTS_MOST) {
        LIST_ADD(c->arena, c->out, (struct db_fault){where, words});
    }
}

/* Each question in a read of its own: on PostgreSQL a failed one spoils its transaction. False when it failed. */
static bool ask(struct checking *c, const char *sql, struct str *lines) {
    struct db_read *r = NULL;
    *lines = S("");
    struct err e = db_begin_read(c->db, c->arena, &r);
    if (!e.why && db_is_postgres(c->db)) {
        e = c->db->engine->script(c->db, c->arena, "SET LOCAL statement_timeout = 0");
    }
    e = e.why ? e : c->db->engine->lines(c->db, c->arena, sql, lines);
    if (r) {
        db_end_read(r);
    }
    if (e.why) {
        found(c, S("cơ sở dữ liệu"),
              str_format(c->arena, "không đọc được hết: %.*s", STR_ARG(str_copy(c->arena, e.why->detail))));
    }
    return !e.why;
}

/* A line of three cells: of what, which, and of what else. */
static bool cells(struct str line, struct str cell[static 3]) {
    struct str rest;
    return str_cut(line, S("\t"), &cell[0], &rest) && str_cut(rest, S("\t"), &cell[1], &cell[2]);
}

static void each_line(struct checking *c, struct str lines, void (*take)(struct checking *c, struct str line)) {
    struct str line;
    while (str_next(&lines, '\n', &line)) {
        if (line.len) {
            take(c, line);
        }
    }
}

/* "Tree 12 page 345 …", "On tree page 345 …", "row 7 missing from index x". */
static void take_page(struct checking *c, struct str line) {
    if (str_eq(line, S("ok")) || str_starts(line, S("***"))) {
        return;
    }
    size_t at = str_find(line, S("page "), 0);
    struct str number = at == SIZE_MAX ? S("") : str_slice(line, at + 5, line.len);
    size_t n = 0;
    while (n < number.len && number.at[n] >= '0' && number.at[n] <= '9') {
        n++;
    }
    struct str where = n ? str_format(c->arena, "trang %.*s", STR_ARG(str_slice(number, 0, n))) : S("bảng và chỉ mục");
    found(c, where, str_format(c->arena, "trang dữ liệu hỏng: %.*s", STR_ARG(line)));
}

static void take_key(struct checking *c, struct str line) {
    struct str cell[3];
    if (cells(line, cell)) {
        found(c, str_format(c->arena, "bảng %.*s, dòng %.*s", STR_ARG(cell[0]), STR_ARG(cell[1])),
              str_format(c->arena, "trỏ tới một dòng không có trong bảng %.*s", STR_ARG(cell[2])));
    }
}

static void take_count(struct checking *c, struct str line) {
    struct str cell[3];
    if (cells(line, cell)) {
        found(c, str_format(c->arena, "bảng %.*s", STR_ARG(cell[0])),
              str_format(c->arena, "%.*s dòng trỏ tới dòng không có trong bảng %.*s", STR_ARG(cell[1]),
                         STR_ARG(cell[2])));
    }
}

static void take_heap(struct checking *c, struct str line) {
    struct str cell[3];
    if (cells(line, cell)) {
        found(c, str_format(c->arena, "bảng %.*s, trang %.*s", STR_ARG(cell[0]), STR_ARG(cell[1])),
              str_format(c->arena, "trang dữ liệu hỏng: %.*s", STR_ARG(cell[2])));
    }
}

static void check_sqlite(struct checking *c, struct str *said) {
    struct str lines;
    if (ask(c, sqlite_pages, &lines)) {
        each_line(c, lines, take_page);
    }
    if (ask(c, sqlite_keys, &lines)) {
        each_line(c, lines, take_key);
    }
    *said = S("SQLite: đã đọc mọi trang và mọi khóa ngoại");
}

static void check_postgres(struct checking *c, struct str *said) {
    struct str lines, line;
    int64_t tables = 0;
    bool has_amcheck = ask(c, pg_has_amcheck, &lines) && lines.len > 0;
    if (ask(c, pg_sums, &lines) && lines.len) {
        found(c, S("máy chủ PostgreSQL"),
              str_format(c->arena, "máy chủ đã gặp %.*s trang sai tổng kiểm", STR_ARG(str_trim(lines))));
    }
    if (ask(c, pg_rows, &lines)) {
        while (str_next(&lines, '\n', &line)) {
            tables += line.len > 0;
        }
    }
    if (ask(c, pg_keys, &lines)) {
        each_line(c, lines, take_count);
    }
    if (has_amcheck && ask(c, pg_heaps, &lines)) {
        each_line(c, lines, take_heap);
    }
    if (has_amcheck) {
        ask(c, pg_indexes, &lines);
    }
    *said =
        str_format(c->arena, "PostgreSQL: đã đọc mọi dòng của %lld bảng và mọi khóa ngoại%s", (long long)tables,
                   has_amcheck ? ", mọi trang và chỉ mục (amcheck)" : "; trang và chỉ mục không xem (chưa có amcheck)");
}

struct err db_verify(struct db *db, struct arena *a, struct db_faults *out, struct str *said) {
    struct checking c = {db, a, out};
    *out = (struct db_faults){0};
    if (db_is_postgres(db)) {
        check_postgres(&c, said);
    } else {
        check_sqlite(&c, said);
    }
    return OK;
}
