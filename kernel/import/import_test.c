#include "tests/db.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/file/file.h"
#include "kernel/import/import_run.h"
#include "kernel/out/sheet.h"
#include "kernel/queue/job.h"
#include "read/book.h"

static const struct import_choice sides[] = {{S_INIT("poor"), S_INIT("Nghèo"), S_INIT("Hộ nghèo")},
                                             {S_INIT("near"), S_INIT("Cận nghèo"), S_INIT("")}};
static const struct import_wanted wanted[] = {
    {.name = S_INIT("name"),
     .title = S_INIT("Họ và tên"),
     .synonyms = S_INIT("họ tên"),
     .kind = IMPORT_TEXT,
     .is_required = true},
    {.name = S_INIT("id_no"),
     .title = S_INIT("Số CCCD"),
     .synonyms = S_INIT("cccd"),
     .kind = IMPORT_ID_NO,
     .is_required = true},
    {.name = S_INIT("birth"),
     .title = S_INIT("Ngày sinh"),
     .kind = IMPORT_DATE,
     .may_be_month = true,
     .may_be_year = true},
    {.name = S_INIT("money"), .title = S_INIT("Số tiền"), .kind = IMPORT_MONEY},
    {.name = S_INIT("side"), .title = S_INIT("Diện"), .kind = IMPORT_CHOICE, .choices = sides, .n_choices = 2},
    {.name = S_INIT("people"), .title = S_INIT("Số khẩu"), .kind = IMPORT_INT, .low = 1, .high = 20},
};
enum { NAME, ID_NO, BIRTH, MONEY, SIDE, PEOPLE, WANTED };
static const struct import_want want = {
    .name = S_INIT("test"), .title = S_INIT("Thử"), .columns = wanted, .n = WANTED, .key = S_INIT("id_no")};

#define HEAD "STT,Họ tên,CCCD,Ngày sinh,Số tiền (đồng),Diện,Số khẩu\n"

static const char *written(struct arena *a, struct str bytes) {
    const char *path = str_z(a, str_format(a, "%.*s/t.csv", STR_ARG(test_dir(a))));
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ssize_t n = write(fd, bytes.at, bytes.len);
    close(fd);
    return n == (ssize_t)bytes.len ? path : "";
}

static void looked(struct arena *a, struct str bytes, struct import *found) {
    struct read_book book = {0};
    *found = (struct import){0};
    CHECK_OK(read_book(a, written(a, bytes), &read_limits_usual, 1000, &book));
    import_look(a, &book, &want, found);
}

static bool has_fault(struct arena *a, const struct import_table *t, const char *cell, const char *kind) {
    for (size_t i = 0; i < t->faults.n; i++) {
        if (str_eq(import_cell(a, t->faults.at[i].column, t->faults.at[i].row), str_of(cell)) &&
            str_eq(import_fault_name(t->faults.at[i].kind), str_of(kind))) {
            return import_fault_words(a, &want, &t->faults.at[i]).len > 0;
        }
    }
    return false;
}

TEST("a table is found under its titles, and sums, groups, notes and counted columns are no rows of it") {
    struct import found;
    looked(arena,
           S("ỦY BAN MTTQ XÃ THỬ,,,,,,\n,,,,,,\n" HEAD "(1),(2),(3),(4),(5),(6),(7)\nI. Thôn Đông,,,,,,\n"
             "1,Nguyễn Văn An,031060000101,05/03/1960,1.000.000,Nghèo,3\n"
             "2,Tống Thị Bình,031060000102,1958,\"1,500,000\",Hộ cận nghèo,2\n"
             "Tổng cộng,,,,2500000,,5\nGhi chú: số liệu tháng 10,,,,,,\n"),
           &found);
    CHECK(found.tables.n == 1);
    const struct import_table *t = &found.tables.at[0];
    CHECK(t->header_first == 3 && t->number_row == 4 && t->good == 2 && t->bad == 0 && t->missing.n == 0);
    CHECK(t->skipped.n == 3 && t->skipped.at[0].kind == IMPORT_SKIP_HEADING &&
          t->skipped.at[1].kind == IMPORT_SKIP_TOTAL && t->skipped.at[2].kind == IMPORT_SKIP_NOTE);
    CHECK_STR(t->rows.at[0].values[BIRTH], S("1960-03-05"));
    CHECK_STR(t->rows.at[1].values[MONEY], S("1500000"));
    CHECK_STR(t->rows.at[1].values[SIDE], S("near"));
}

TEST("every fault stands at its cell, says what was meant, and leaves only its own row out") {
    struct import found;
    looked(arena,
           S(HEAD "1,,031060000101,31/02/1960,1,Nghèo,3\n"
                  "2,Bà Hai,31060000102,7/1963,2tr5,Thoát nghèo,bốn\n"
                  "3,Ông Ba,31060000103,ngày 5 tháng 3 năm 1960,năm trăm nghìn,Nghèo,2\n"
                  "4,Ông Tư,031060000103,1960,1,Nghèo,2\n"
                  "5,Ông Năm,3.1E+10,5/3/60,chưa rõ,Nghèo,21\n"),
           &found);
    CHECK(found.tables.n == 1 && found.good == 1 && found.bad == 4);
    const struct import_table *t = &found.tables.at[0];
    CHECK(has_fault(arena, t, "B2", "required_missing") && has_fault(arena, t, "D2", "bad_date"));
    CHECK(has_fault(arena, t, "C3", "id_zero_restored") && has_fault(arena, t, "F3", "bad_enum") &&
          has_fault(arena, t, "G3", "bad_number"));
    CHECK_STR(t->rows.at[2].values[MONEY], S("500000"));
    CHECK_STR(t->rows.at[2].values[BIRTH], S("1960-03-05"));
    CHECK(has_fault(arena, t, "C5", "duplicate_row"));
    CHECK(has_fault(arena, t, "C6", "bad_id") && has_fault(arena, t, "D6", "bad_date") &&
          has_fault(arena, t, "E6", "bad_number") && has_fault(arena, t, "G6", "bad_number"));
}

TEST("a column that is required and not there is named, and nothing is a table without titles") {
    struct import found;
    looked(arena, S("TT;Họ và tên;Số khẩu;Số tiền\n1;An;2;1000\n"), &found);
    CHECK(found.tables.n == 1 && found.tables.at[0].missing.n == 1 && found.tables.at[0].missing.at[0] == ID_NO);
    CHECK(str_find(import_missing_words(arena, &want, &found.tables.at[0]), S("Số CCCD"), 0) != SIZE_MAX);
    looked(arena, S("Báo cáo,2026\nKính gửi,Ban Thường trực\n"), &found);
    CHECK(found.tables.n == 0);
}

TEST("a workbook of ours is read back, cell by cell; what is none, too long or locked is refused with a sentence") {
    static const struct sheet_column columns[] = {
        {S_INIT("Họ và tên"), 0}, {S_INIT("Số CCCD"), 0}, {S_INIT("Ngày sinh"), 0}, {.width = 0}};
    struct sheet *s;
    struct str bytes;
    CHECK_OK(sheet_begin(arena, SHEET_XLSX, S("Sổ"), S("Lọc: tất cả"), columns, &s));
    for (int i = 0; i < 3; i++) {
        sheet_text(s, S("=HYPERLINK(\"http://x\")"));
        sheet_text(s, str_format(arena, "03106000010%d", i));
        sheet_date(s, (struct date){1960, 3, 5});
        sheet_row(s);
    }
    CHECK_OK(sheet_end(s, &bytes));
    struct import found;
    looked(arena, bytes, &found);
    CHECK(found.good == 3 && found.bad == 0 && found.tables.at[0].faults.n == 0);
    CHECK_STR(found.tables.at[0].rows.at[0].values[NAME], S("=HYPERLINK(\"http://x\")"));
    CHECK_STR(found.tables.at[0].rows.at[0].values[BIRTH], S("1960-03-05"));
    struct read_book book;
    CHECK_ERR(read_book(arena, written(arena, bytes), &read_limits_usual, 2, &book), ERR_INVALID);
    CHECK_ERR(read_book(arena, written(arena, str_slice(bytes, 0, bytes.len / 2)), &read_limits_usual, 9, &book),
              ERR_INVALID);
    CHECK_ERR(read_book(arena, written(arena, S("\xd0\xcf\x11\xe0 old")), &read_limits_usual, 9, &book), ERR_INVALID);
    struct read_limits small = read_limits_usual;
    small.unpacked = 500;
    CHECK_ERR(read_book(arena, written(arena, bytes), &small, 9, &book), ERR_INVALID);
}

TEST("what the reading child says of a book is believed only when it is well formed") {
    struct read_book b;
    int fault = 0;
    CHECK(read_book_hear(arena, S("0 1\nS\t0\tA\nM\t1\t2\t0\t0\nL\t1\t0\t0 1 x\t3 2 5\n"), 5, &fault, &b));
    CHECK(b.is_1904 && b.sheets.n == 1 && b.sheets.at[0].lines.at[0].cells.n == 2);
    CHECK(!read_book_hear(arena, S("0 0\nL\t1\t0\t0 1 x\n"), 5, &fault, &b));
    CHECK(!read_book_hear(arena, S("0 0\nS\t0\tA\nL\t2\t0\t0 1 x\nL\t1\t0\t0 1 x\n"), 5, &fault, &b));
    CHECK(!read_book_hear(arena, S("0 0\nS\t0\tA\nL\t1\t0\t3 1 x\t2 1 y\n"), 5, &fault, &b));
    CHECK(!read_book_hear(arena, S("0 0\nS\t0\tA\nL\t1\t0\t0 9 x\n"), 5, &fault, &b));
    CHECK(!read_book_hear(arena, S("0 0\nS\t0\tA\nL\t1\t0\t0 1 \xff\n"), 5, &fault, &b));
    CHECK(!read_book_hear(arena, S("0 0\nS\t0\tA\nL\t1\t0\t0 1 x\nL\t2\t0\t0 1 x\n"), 1, &fault, &b));
}

/* --- The job --- */
static struct { int64_t made, changed, taken, restored, refuse; } shelf;

static struct err shelf_put(struct db_write *db, const struct import_put *row, int64_t *record, struct str *was) {
    (void)db;
    *record = row->record ? row->record : 1000 + ++shelf.made;
    shelf.changed += row->record != 0;
    *was = row->record ? S("{\"before\":1}") : S("");
    return OK;
}
static struct err shelf_undo(struct db_write *db, int64_t record, bool is_made, struct str was) {
    (void)db;
    if (record == shelf.refuse) {
        return FAIL(ERR_CONFLICT, "changed since");
    }
    shelf.taken += is_made;
    shelf.restored += !is_made && was.len;
    return OK;
}
static const struct import_store store = {.want = &want, .put = shelf_put, .undo = shelf_undo};
static struct err run_in(struct job *job) { return import_run(job, &store); }
static struct err run_back(struct job *job) { return import_undo(job, &store); }
static const struct job_kind kinds[] = {{.name = "test.in", .title = "Đưa vào", .run = run_in},
                                        {.name = "test.back", .title = "Lấy lại", .run = run_back}};

static void work(struct db *db) {
    static const volatile sig_atomic_t go_on = 0;
    job_work(
        db, &(struct job_worker){.stop = &go_on, .kinds = kinds, .n_kinds = 2, .name = "job 1", .is_until_idle = true});
}

struct brought {
    struct import_batch_id id;
    struct import_batch batch;
    bool is_known;
    int64_t file;
};

static void state_of(struct db *db, struct arena *a, struct import_batch_id id, struct import_batch *b) {
    struct db_read *r;
    CHECK_OK(db_begin_read(db, a, &r));
    struct err e = import_batch(r, id, b);
    db_end_read(r);
    CHECK_OK(e);
}

static void taken_back(struct db *db, struct arena *a, struct import_batch_id id) {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, a, &w));
    CHECK_OK(import_take_back(w, id, S("test.back"), 7));
    CHECK_OK(db_commit(w));
    work(db);
}

static void brought(struct db *db, struct arena *a, struct str bytes, bool is_whole, struct brought *out) {
    struct db_write *w;
    struct import_new n = {.want = S("test"),
                           .owner = 5,
                           .file_name = S("a.csv"),
                           .is_whole = is_whole,
                           .job_kind = S("test.in"),
                           .post = 7};
    *out = (struct brought){0};
    CHECK_OK(db_begin_write(db, a, &w));
    CHECK_OK(file_keep_bytes(w, a, bytes, &n.file));
    CHECK_OK(import_begin(w, &n, &out->id, &out->is_known));
    out->file = n.file.v;
    CHECK_OK(db_commit(w));
    work(db);
    state_of(db, a, out->id, &out->batch);
}

static struct str many(struct arena *a, int n, int people) {
    struct buf b = buf_in(a);
    buf_put(&b, S(HEAD));
    for (int i = 0; i < n; i++) {
        buf_printf(&b, "%d,Người số %d,03106%07d,1960,1000,Nghèo,%d\n", i + 1, i, i, i == 3 ? people : 2);
    }
    return buf_str(&b);
}

TEST_DB("the same file changes nothing, a changed row is changed, and each can be taken back") {
    struct brought first, again, second;
    struct import_batch b = {0};
    struct file_uses uses = {0};
    struct db_read *r;
    memset(&shelf, 0, sizeof shelf);
    CHECK_OK(file_store_open(test_dir(arena), 1 << 22, &read_limits_usual));
    brought(db, arena, many(arena, 1203, 2), false, &first);
    CHECK(!first.is_known && shelf.made == 1203 && first.batch.made == 1203 && first.batch.bad == 0);
    CHECK_STR(first.batch.state, S("in"));
    brought(db, arena, many(arena, 1203, 2), false, &again);
    CHECK(again.is_known && again.id.v == first.id.v && shelf.made == 1203);
    brought(db, arena, many(arena, 1203, 4), false, &second);
    CHECK(!second.is_known && second.batch.made == 0 && second.batch.changed == 1 && second.batch.same == 1202);
    CHECK(shelf.changed == 1);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(import_file_uses(r, arena, S("test"), (struct file_blob_id){first.file}, &uses));
    db_end_read(r);
    CHECK(uses.n == 1 && str_find(uses.at[0].words, S("a.csv"), 0) != SIZE_MAX);
    taken_back(db, arena, second.id);
    CHECK(shelf.restored == 1 && shelf.taken == 0);
    shelf.refuse = 1001;
    taken_back(db, arena, first.id);
    state_of(db, arena, first.id, &b);
    CHECK(shelf.taken == 1202 && b.kept == 1);
    CHECK_STR(b.state, S("undone"));
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(import_take_back(w, first.id, S("test.back"), 7), ERR_CONFLICT);
    db_rollback(w);
    brought(db, arena, many(arena, 1203, 2), false, &again);
    CHECK(!again.is_known && again.batch.made == 1202 && again.batch.same + again.batch.changed == 1);
}

TEST_DB("a file with faults goes in by its good rows, or not at all where that is asked") {
    struct brought b;
    memset(&shelf, 0, sizeof shelf);
    CHECK_OK(file_store_open(test_dir(arena), 1 << 22, &read_limits_usual));
    brought(db, arena, many(arena, 10, 99), true, &b);
    CHECK(shelf.made == 0 && b.batch.bad == 1 && b.batch.fault.len);
    CHECK_STR(b.batch.state, S("refused"));
    brought(db, arena, many(arena, 10, 99), false, &b);
    CHECK(!b.is_known && shelf.made == 9 && b.batch.made == 9 && b.batch.bad == 1);
    brought(db, arena, S("Kính gửi Ban Thường trực\n"), false, &b);
    CHECK_STR(b.batch.state, S("refused"));
}
