#include "tests/db.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/file/file.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"
#include "read/table.h"
#include "kernel/out/sheet.h"
#include "modules/org/org_import.h"
#include "modules/org/org_import_queries.h"

enum { COLUMNS = 5 };

/* A workbook of units: rows of Mã, Tên đầy đủ, Loại, Cấp, Mã đơn vị trên. */
static struct str workbook(struct arena *a, const struct str (*rows)[COLUMNS], size_t n) {
    static const struct sheet_column columns[] = {
        {S_INIT("Mã"), 0},  {S_INIT("Tên đầy đủ"), 0},     {S_INIT("Loại"), 0},
        {S_INIT("Cấp"), 0}, {S_INIT("Mã đơn vị trên"), 0}, {.width = 0}};
    struct sheet *s;
    struct str bytes = S("");
    err_ignore(sheet_begin(a, SHEET_XLSX, S("Thử"), S(""), columns, &s));
    for (size_t i = 0; i < n; i++) {
        for (int c = 0; c < COLUMNS; c++) {
            sheet_text(s, rows[i][c]);
        }
        sheet_row(s);
    }
    err_ignore(sheet_end(s, &bytes));
    return bytes;
}

static const char *written(struct arena *a, struct str bytes) {
    const char *path = str_z(a, str_format(a, "%.*s/t.xlsx", STR_ARG(test_dir(a))));
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ssize_t n = write(fd, bytes.at, bytes.len);
    close(fd);
    return n == (ssize_t)bytes.len ? path : "";
}

static struct str long_name(struct arena *a, int n) {
    struct buf b = buf_in(a);
    for (int i = 0; i < n; i++) {
        buf_put(&b, S("ộ"));
    }
    return buf_str(&b);
}

TEST("a workbook is read as rows of text, empty cells in their places, in a child") {
    const struct str rows[][COLUMNS] = {{S("A1"), S("Hội <b> & \"thử\""), S(""), S(""), S("cuối")},
                                        {S(""), S("=1+1"), S(""), S(""), S("")}};
    struct read_table t;
    CHECK_OK(read_table(arena, written(arena, workbook(arena, rows, 2)), &read_limits_usual, 10, &t));
    CHECK_OR_RETURN(t.rows.n == 4 && !t.has_more); /* the sheet's title, the columns' titles, two rows */
    const struct read_row *head = &t.rows.at[1], *first = &t.rows.at[2];
    CHECK_STR(head->cells[4], S("Mã đơn vị trên"));
    CHECK_STR(first->cells[1], S("Hội <b> & \"thử\""));
    CHECK(first->cells[2].len == 0 && first->number == head->number + 1);
    CHECK_STR(first->cells[4], S("cuối"));
    CHECK_STR(t.rows.at[3].cells[1], S("=1+1"));
    CHECK_OK(read_table(arena, written(arena, workbook(arena, rows, 2)), &read_limits_usual, 2, &t));
    CHECK(t.rows.n == 2 && t.has_more);
}

TEST("what is no workbook, is cut off, or unfolds without end is refused with a sentence") {
    const struct str rows[][COLUMNS] = {{S("A"), S("B"), S(""), S(""), S("")}};
    struct read_table t;
    struct str good = workbook(arena, rows, 1);
    struct read_limits small = read_limits_usual;
    small.unpacked = 100;
    CHECK_ERR(read_table(arena, written(arena, S("<html>không phải Excel</html>")), &read_limits_usual, 10, &t),
              ERR_INVALID);
    CHECK_ERR(read_table(arena, written(arena, str_slice(good, 0, good.len / 2)), &read_limits_usual, 10, &t),
              ERR_INVALID);
    CHECK_ERR(read_table(arena, written(arena, good), &small, 10, &t), ERR_INVALID);
}

TEST("what a reading child says is believed only when it is well formed") {
    struct read_table t;
    int fault;
    CHECK(read_table_hear(arena, S("0 0\n1\ta\t\tb\n"), 5, &fault, &t) && t.rows.at[0].n == 3);
    CHECK(!read_table_hear(arena, S("0 0\n0\ta\n"), 5, &fault, &t));
    CHECK(!read_table_hear(arena, S("0 0\nx\n"), 5, &fault, &t));
    CHECK(!read_table_hear(arena, S("99 0\n"), 5, &fault, &t));
    CHECK(!read_table_hear(arena, S("0 0\n1\ta\n2\tb\n"), 1, &fault, &t));
    CHECK(!read_table_hear(arena, S("0 0\n1\t\x01\n"), 5, &fault, &t));
    CHECK(!read_table_hear(arena, S("0 0\n1\t\xff\n"), 5, &fault, &t));
}

static const volatile sig_atomic_t go_on;
static const struct job_kind kinds[] = {{.name = "org.import", .title = "", .max_tries = 1, .run = org_import_run}};

/* Uploads a workbook and lets a job worker read it; 0 when that failed. */
static int64_t brought_in(struct db *db, struct arena *arena, struct str bytes) {
    struct db_write *w;
    struct file_blob_id file;
    int64_t id = id_new();
    struct str dir = test_dir(arena);
    if (file_store_open(dir, 1 << 24, &read_limits_usual).why || db_begin_write(db, arena, &w).why) {
        return 0;
    }
    struct err e = file_keep_bytes(w, arena, bytes, &file);
    e = e.why ? e
              : org_import_insert(w,
                                  (struct org_import_insert_in){.id = {id},
                                                                .kind = S("unit"),
                                                                .file = file.v,
                                                                .file_name = S("t.xlsx"),
                                                                .post = 1,
                                                                .made_at = clock_now()},
                                  NULL);
    e = e.why ? e : job_add(w, &(struct job_new){.kind = S("org.import"), .record = id}, NULL);
    if (e.why) {
        db_rollback(w);
        return 0;
    }
    if (db_commit(w).why) {
        return 0;
    }
    job_work(db, &(struct job_worker){
                     .kinds = kinds, .n_kinds = 1, .name = "job test", .stop = &go_on, .is_until_idle = true});
    return id;
}

static int64_t units(struct db *db, struct arena *arena) {
    struct db_read *r;
    struct org_unit_count_row *row = NULL;
    if (db_begin_read(db, arena, &r).why) {
        return -1;
    }
    struct err e = org_unit_count(r, &row);
    db_end_read(r);
    return e.why || !row ? -1 : row->n;
}

static struct err import_of(struct db *db, struct arena *arena, int64_t id, struct org_import_by_id_row **row) {
    struct db_read *r;
    TRY(db_begin_read(db, arena, &r));
    struct err e = org_import_by_id(r, (struct org_import_by_id_in){.id = {id}}, row);
    db_end_read(r);
    return e;
}

TEST_DB("a file with one wrong row changes nothing, and says which row and why") {
    const struct str rows[][COLUMNS] = {{S("X1"), S("Hội Một"), S("union"), S("city"), S("")},
                                        {S("X1"), S("Hội trùng mã"), S("union"), S("city"), S("")},
                                        {S("X2"), long_name(arena, 301), S("union"), S("city"), S("")},
                                        {S("X3"), S("Ban lạc"), S("Ban, văn phòng"), S("Thành phố"), S("KHÔNG CÓ")},
                                        {S("X4"), S("Sai loại"), S("gì đó"), S("city"), S("")}};
    struct org_import_by_id_row *row;
    struct org_import_rows_faulty_rows faulty;
    struct db_read *r;
    struct db_write *w;
    int64_t id = brought_in(db, arena, workbook(arena, rows, 5));
    CHECK_OR_RETURN(id != 0);
    CHECK_OK(import_of(db, arena, id, &row));
    CHECK_STR(row->state, S("read"));
    CHECK(row->n_rows == 5 && row->n_faulty == 4);
    CHECK(units(db, arena) == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(org_import_rows_faulty(r, (struct org_import_rows_faulty_in){.import = {id}, .most = 10}, &faulty));
    db_end_read(r);
    CHECK_OR_RETURN(faulty.n == 4);
    CHECK(faulty.at[0].row_no < faulty.at[1].row_no && str_find(faulty.at[0].fault, S("Mã này đã có"), 0) != SIZE_MAX);
    CHECK(str_find(faulty.at[1].fault, S("301 ký tự"), 0) != SIZE_MAX);
    CHECK(str_find(faulty.at[2].fault, S("Không có đơn vị trên"), 0) != SIZE_MAX);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(org_import_apply(w, id), ERR_CONFLICT);
    db_rollback(w);
    CHECK(units(db, arena) == 0);
}

TEST_DB("a right file is applied whole, once; names of 300 characters and NFD text in it are kept") {
    const struct str rows[][COLUMNS] = {
        {S("X1"), S("Ho\xcc\xa3\xcc\x82i Mo\xcc\xa3\xcc\x82t"), S("union"), S("city"), S("")},
        {S("X2"), long_name(arena, 300), S("union"), S("city"), S("X1")},
        {S("X3"), S("Ban Ba"), S("Ban, văn phòng"), S("Thành phố"), S("X1")}};
    struct org_import_by_id_row *row;
    struct db_write *w;
    struct db_read *r;
    struct unit_id unit;
    struct org_unit u;
    int64_t id = brought_in(db, arena, workbook(arena, rows, 3));
    CHECK_OK(import_of(db, arena, id, &row));
    CHECK(row->n_faulty == 0 && units(db, arena) == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_import_apply(w, id));
    CHECK_ERR(org_import_apply(w, id), ERR_CONFLICT);
    CHECK_OK(db_commit(w));
    CHECK(units(db, arena) == 3);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(org_unit_by_code(r, S("X1"), &unit));
    CHECK_OK(org_unit(r, unit, &u));
    CHECK_STR(u.name, S("Hội Một"));
    CHECK_OK(org_unit_by_code(r, S("X3"), &unit));
    CHECK_OK(org_unit(r, unit, &u));
    CHECK(u.organ.v != u.id.v);
    db_end_read(r);
}

TEST_DB("people come in with their posts; a code that is somebody else's and a role that does not exist are refused") {
    struct db_write *w;
    struct unit_id organ;
    struct person_id other;
    int64_t n_faulty;
    struct org_import_table t = {0};
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_unit_make(
        w, &(struct org_unit_new){.code = S("MT1"), .kind = S("front"), .level = S("city"), .name = S("Ủy ban")},
        &organ));
    CHECK_OK(org_person_make(w, &(struct org_person_new){.code = S("C9"), .name = S("Người Khác")}, &other));
    struct org_import_cells rows[] = {
        {.row_no = 2,
         .cells = {S("C1"), S("Lê Thị Thử"), S("Chị"), S("090"), S(""), S("MT1"), S("Văn thư"),
                   S("Văn thư, Chuyên viên"), S("46000"), S("")}},
        {.row_no = 3,
         .cells = {S("C1"), S("Lê Thị Thử"), S("Chị"), S("090"), S(""), S("MT1"), S("Tổ viên"), S("Chuyên viên"),
                   S("01/02/2026"), S("")}},
        {.row_no = 4, .cells = {S("C9"), S("Tên Không Khớp")}},
        {.row_no = 5, .cells = {S("C2"), S("Đỗ Sai Vai"), S(""), S(""), S(""), S("MT1"), S("Gì đó"), S("Vua")}},
        {.row_no = 6,
         .cells = {S("C3"), S("Đỗ Sai Ngày"), S(""), S(""), S(""), S("MT1"), S("Gì đó"), S("Văn thư"),
                   S("31/02/2026")}},
    };
    t.rows.at = rows;
    t.rows.n = sizeof rows / sizeof *rows;
    CHECK_OK(org_import_do(w, S("person"), &t, false, &n_faulty));
    CHECK(n_faulty == 3 && !rows[0].fault.len && !rows[1].fault.len && rows[2].fault.len && rows[3].fault.len &&
          rows[4].fault.len);
    struct org_person_coded_rows who;
    struct org_posts_of_person_rows posts;
    CHECK_OK(org_person_coded(db_reading(w), (struct org_person_coded_in){.code = S("C1")}, &who));
    CHECK_OR_RETURN(who.n == 1);
    CHECK_OK(org_posts_of_person(db_reading(w), (struct org_posts_of_person_in){.person = who.at[0].id}, &posts));
    CHECK(posts.n == 2 && date_is(posts.at[0].from_on, (struct date){2025, 12, 9}));
    db_rollback(w);
}
