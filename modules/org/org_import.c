#include "modules/org/org_import.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/rights/audit.h"
#include "kernel/file/file.h"
#include "kernel/queue/job.h"
#include "read/table.h"
#include "modules/org/org_import_queries.h"

enum { HEAD_ROWS = 10 };
enum person_column {
    P_CODE,
    P_NAME,
    P_ADDRESS,
    P_PHONE,
    P_EMAIL,
    P_UNIT,
    P_TITLE,
    P_ROLES,
    P_FROM,
    P_UNTIL,
    P_COLUMNS
};
enum unit_column {
    U_CODE,
    U_NAME,
    U_SHORT,
    U_KIND,
    U_LEVEL,
    U_PARENT,
    U_NOTATION,
    U_PHONE,
    U_EMAIL,
    U_STREET,
    U_FROM,
    U_COLUMNS
};

static const struct str person_columns[ORG_IMPORT_CELLS] = {
    S_INIT("Mã"),        S_INIT("Họ và tên"), S_INIT("Xưng hô"), S_INIT("Điện thoại"), S_INIT("Thư điện tử"),
    S_INIT("Mã đơn vị"), S_INIT("Chức danh"), S_INIT("Vai trò"), S_INIT("Từ ngày"),    S_INIT("Đến hết ngày")};
static const struct str unit_columns[ORG_IMPORT_CELLS] = {
    S_INIT("Mã"),          S_INIT("Tên đầy đủ"),     S_INIT("Tên gọi ngắn"), S_INIT("Loại"),
    S_INIT("Cấp"),         S_INIT("Mã đơn vị trên"), S_INIT("Ký hiệu"),      S_INIT("Điện thoại"),
    S_INIT("Thư điện tử"), S_INIT("Địa chỉ"),        S_INIT("Từ ngày")};

const struct str *org_import_columns(struct str kind) {
    return str_eq(kind, S("unit")) ? unit_columns : person_columns;
}

struct err org_import_match(struct arena *a, struct str kind, const struct str *titles, size_t n,
                            int column[static ORG_IMPORT_CELLS]) {
    const struct str *ours = org_import_columns(kind);
    for (int c = 0; c < ORG_IMPORT_CELLS; c++) {
        column[c] = -1;
        for (size_t i = 0; i < n && ours[c].len; i++) {
            if (str_eq(utf8_fold(a, org_line(a, titles[i])), utf8_fold(a, ours[c]))) {
                column[c] = (int)i;
                break;
            }
        }
    }
    bool is_unit = str_eq(kind, S("unit"));
    int first = is_unit ? (int)U_CODE : (int)P_NAME, second = is_unit ? (int)U_NAME : (int)P_NAME;
    if (column[first] < 0 || column[second] < 0) {
        return is_unit ? err_refuse(
                             a, ERR_INVALID, "file",
                             "Bảng phải có hàng tên cột, trong đó có “%.*s” và “%.*s”. Có thể lấy tệp xuất ra làm mẫu.",
                             STR_ARG(ours[first]), STR_ARG(ours[second]))
                       : err_refuse(a, ERR_INVALID, "file",
                                    "Bảng phải có hàng tên cột, trong đó có “%.*s”. Có thể lấy tệp xuất ra làm mẫu.",
                                    STR_ARG(ours[first]));
    }
    return OK;
}

struct str org_import_pack(struct arena *a, const struct org_import_cells *row) {
    struct buf b = buf_in(a);
    for (int c = 0; c < ORG_IMPORT_CELLS; c++) {
        buf_put(&b, c ? S("\t") : S(""));
        buf_put(&b, row->cells[c]);
    }
    return buf_str(&b);
}

void org_import_unpack(struct str packed, struct org_import_cells *row) {
    for (int c = 0; c < ORG_IMPORT_CELLS; c++) {
        row->cells[c] = S("");
        str_next(&packed, '\t', &row->cells[c]);
    }
}

/* dd/mm/yyyy, or Excel's number of days since 30/12/1899. */
static struct err date_cell(struct str cell, struct date *out) {
    int64_t days;
    *out = (struct date){0};
    if (!cell.len || date_read_vi(cell, out)) {
        return OK;
    }
    if (num_read_between(cell, 10000, 80000, &days)) {
        *out = date_from_number(days - 25569);
        return OK;
    }
    return REFUSE(ERR_INVALID, "date", "Ngày chưa đúng; hãy viết ngày/tháng/năm.");
}

static bool is_date_column(struct str kind, int column) {
    return str_eq(kind, S("unit")) ? column == U_FROM : column == P_FROM || column == P_UNTIL;
}

/* A cell as people read it: Excel's number of days as a date. */
static struct str cell_shown(struct arena *a, struct str kind, int column, struct str cell) {
    struct date d;
    struct str clean = org_line(a, cell);
    bool is_date = is_date_column(kind, column) && clean.len && !date_cell(clean, &d).why;
    return is_date ? date_vi(a, d) : clean;
}

/* --- Units --- */
static struct err unit_row(struct db_write *db, const struct org_import_cells *r) {
    struct db_read *read = db_reading(db);
    struct unit_id known, id;
    struct org_unit_new u = {.code = r->cells[U_CODE],
                             .name = r->cells[U_NAME],
                             .short_name = r->cells[U_SHORT],
                             .notation = r->cells[U_NOTATION],
                             .phone = r->cells[U_PHONE],
                             .email = r->cells[U_EMAIL],
                             .street = r->cells[U_STREET],
                             .source = S("Nhập từ Excel")};
    if (!u.code.len) {
        return REFUSE(ERR_INVALID, "code", "Chưa có mã.");
    }
    TRY(date_cell(r->cells[U_FROM], &u.from_on));
    TRY(org_unit_by_code(read, u.code, &known));
    if (known.v) {
        struct org_unit_by_id_row *old;
        TRY(org_unit_by_id(read, (struct org_unit_by_id_in){.id = {known.v}}, &old));
        u.ordinal = old ? old->ordinal : 0;
        u.version = old ? old->version : 0;
        return org_unit_change(db, known, &u);
    }
    if (!org_kind_read(r->cells[U_KIND], &u.kind)) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "kind", "Không có loại “%.*s”.",
                          STR_ARG(utf8_cut(r->cells[U_KIND], 60)));
    }
    if (!org_level_read(r->cells[U_LEVEL], &u.level)) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "level", "Không có cấp “%.*s”.",
                          STR_ARG(utf8_cut(r->cells[U_LEVEL], 60)));
    }
    if (r->cells[U_PARENT].len) {
        TRY(org_unit_by_code(read, r->cells[U_PARENT], &u.parent));
        if (!u.parent.v) {
            return err_refuse(db_write_arena(db), ERR_INVALID, "parent",
                              "Không có đơn vị trên mã “%.*s”, cả ở các dòng trước.",
                              STR_ARG(utf8_cut(r->cells[U_PARENT], 60)));
        }
    }
    u.edge = str_eq(u.kind, S("board")) ? S("staff") : S("under");
    return org_unit_make(db, &u, &id);
}

/* --- People --- */
static struct err person_find(struct db_write *db, const struct org_import_cells *r, struct person_id *id) {
    struct org_person_coded_rows rows;
    struct org_person_new p = {.code = r->cells[P_CODE],
                               .name = r->cells[P_NAME],
                               .address = utf8_lower(db_write_arena(db), r->cells[P_ADDRESS]),
                               .phone = r->cells[P_PHONE],
                               .email = r->cells[P_EMAIL]};
    *id = (struct person_id){0};
    if (p.code.len) {
        TRY(org_person_coded(db_reading(db), (struct org_person_coded_in){.code = p.code}, &rows));
        id->v = rows.n ? rows.at[0].id.v : 0;
        if (id->v && !str_eq(utf8_fold(db_write_arena(db), rows.at[0].name),
                             utf8_fold(db_write_arena(db), org_line(db_write_arena(db), p.name)))) {
            return err_refuse(db_write_arena(db), ERR_INVALID, "code", "Mã %.*s là của %.*s.", STR_ARG(p.code),
                              STR_ARG(rows.at[0].name));
        }
    }
    if (!id->v) {
        return org_person_make(db, &p, id);
    }
    struct org_person_by_id_row *old;
    TRY(org_person_by_id(db_reading(db), (struct org_person_by_id_in){.id = {id->v}}, &old));
    p.version = old ? old->version : 0;
    return org_person_change(db, *id, &p);
}

static struct err person_post(struct db_write *db, const struct org_import_cells *r, struct person_id person) {
    struct db_read *read = db_reading(db);
    struct org_post_new post = {.person = person, .title = r->cells[P_TITLE]};
    struct org_posts_of_person_rows have;
    struct post_id id;
    TRY(date_cell(r->cells[P_FROM], &post.from_on));
    TRY(date_cell(r->cells[P_UNTIL], &post.until_on));
    TRY(org_unit_by_code(read, r->cells[P_UNIT], &post.unit));
    if (!post.unit.v) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "unit", "Không có đơn vị mã “%.*s”.",
                          STR_ARG(utf8_cut(r->cells[P_UNIT], 60)));
    }
    if (!org_roles_read(db_write_arena(db), r->cells[P_ROLES], &post.roles) || !post.roles) {
        return err_refuse(
            db_write_arena(db), ERR_INVALID, "roles",
            "Vai trò “%.*s” không có; chọn trong: Lãnh đạo, Trưởng ban, Văn thư, Chuyên viên, Kiểm tra, Quản trị.",
            STR_ARG(utf8_cut(r->cells[P_ROLES], 60)));
    }
    TRY(org_posts_of_person(read, (struct org_posts_of_person_in){.person = {person.v}}, &have));
    for (size_t i = 0; i < have.n; i++) {
        struct org_post p = ORG_POST_FROM(&have.at[i]);
        if (p.unit.v == post.unit.v && str_eq(p.title, org_line(db_write_arena(db), post.title)) &&
            (!post.from_on.year || date_is(p.from_on, post.from_on))) {
            return OK; /* held already: the file may be our own export */
        }
        post.is_second = post.is_second || p.is_in_force;
    }
    return org_post_give(db, &post, &id);
}

static struct err person_row(struct db_write *db, const struct org_import_cells *r) {
    struct person_id id;
    TRY(person_find(db, r, &id));
    bool has_post = r->cells[P_UNIT].len || r->cells[P_TITLE].len;
    return has_post ? person_post(db, r, id) : OK;
}

/* A unit's code may stand in one row only; a person's in several, one for each post. */
static bool seen_before(const struct org_import_table *t, size_t i) {
    for (size_t n = 0; n < i; n++) {
        if (t->rows.at[i].cells[U_CODE].len && str_eq(t->rows.at[n].cells[U_CODE], t->rows.at[i].cells[U_CODE])) {
            return true;
        }
    }
    return false;
}

/* The row's own fault is kept beside it; whatever else goes wrong is given back. */
static struct err try_row(struct db_write *db, bool is_unit, struct org_import_table *t, size_t i) {
    struct org_import_cells *r = &t->rows.at[i];
    r->fault = S("");
    struct err e = is_unit && seen_before(t, i) ? REFUSE(ERR_INVALID, "code", "Mã này đã có ở một dòng trên.")
                   : is_unit                    ? unit_row(db, r)
                                                : person_row(db, r);
    if (e.why && e.why->kind == ERR_INVALID && e.why->message.len) {
        r->fault = e.why->message;
        return OK;
    }
    return e;
}

struct err org_import_do(struct db_write *db, struct str kind, struct org_import_table *t, bool stop,
                         int64_t *n_faulty) {
    *n_faulty = 0;
    for (size_t i = 0; i < t->rows.n && !(stop && *n_faulty); i++) {
        TRY(try_row(db, str_eq(kind, S("unit")), t, i));
        *n_faulty += t->rows.at[i].fault.len > 0;
    }
    return OK;
}

/* --- The job: read in the sandbox, try, keep what came out. --- */
struct reading {
    struct org_import_by_id_row *import;
    struct org_import_table table;
    struct err outcome;
    int64_t n_faulty;
};

static struct err table_of(struct arena *a, struct str kind, const struct read_table *read,
                           struct org_import_table *out) {
    int column[ORG_IMPORT_CELLS];
    size_t head = 0;
    struct err matched = FAIL(ERR_INVALID, "an empty table");
    for (; head < read->rows.n && head < HEAD_ROWS; head++) { /* our own exports have a title above */
        matched = org_import_match(a, kind, read->rows.at[head].cells, read->rows.at[head].n, column);
        if (!matched.why) {
            break;
        }
    }
    if (read->rows.n == 0 || (!matched.why && head + 1 == read->rows.n)) {
        return REFUSE(ERR_INVALID, "file", "Bảng không có dòng nào dưới hàng tên cột.");
    }
    TRY(matched);
    if (read->has_more) {
        return err_refuse(a, ERR_INVALID, "file", "Bảng dài hơn %d dòng. Mời chia thành nhiều tệp.", ORG_IMPORT_ROWS);
    }
    for (size_t i = head + 1; i < read->rows.n; i++) {
        struct org_import_cells *row = LIST_PUSH(a, &out->rows);
        row->row_no = read->rows.at[i].number;
        for (int c = 0; c < ORG_IMPORT_CELLS; c++) {
            row->cells[c] = column[c] >= 0 && (size_t)column[c] < read->rows.at[i].n
                                ? cell_shown(a, kind, c, read->rows.at[i].cells[column[c]])
                                : S("");
        }
    }
    return OK;
}

static struct err keep(struct db_write *db, void *thing) {
    struct reading *r = thing;
    struct arena *a = db_write_arena(db);
    for (size_t i = 0; i < r->table.rows.n; i++) {
        TRY(org_import_row_put(db,
                               (struct org_import_row_put_in){.import = r->import->id,
                                                              .row_no = r->table.rows.at[i].row_no,
                                                              .cells = org_import_pack(a, &r->table.rows.at[i]),
                                                              .fault = r->table.rows.at[i].fault},
                               NULL));
    }
    bool is_bad = r->outcome.why;
    return org_import_state_set(db,
                                (struct org_import_state_set_in){.id = r->import->id,
                                                                 .state = is_bad ? S("unreadable") : S("read"),
                                                                 .n_rows = (int64_t)r->table.rows.n,
                                                                 .n_faulty = r->n_faulty,
                                                                 .fault = is_bad ? r->outcome.why->message : S(""),
                                                                 .was = S("waiting")},
                                NULL);
}

/* Tries all rows in a transaction that is then undone. */
static struct err try_rows(struct job *job, struct reading *r) {
    struct db_write *w;
    TRY(db_begin_write(job->db, job->arena, &w));
    struct err e = org_import_do(w, r->import->kind, &r->table, false, &r->n_faulty);
    db_rollback(w);
    return e;
}

struct err org_import_run(struct job *job) {
    struct reading r = {0};
    struct db_read *db;
    struct file f;
    struct read_table table;
    struct str path;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = org_import_by_id(db, (struct org_import_by_id_in){.id = {job->record}}, &r.import);
    e = !e.why && r.import ? file_find(db, job->arena, (struct file_blob_id){r.import->file}, &f) : e;
    db_end_read(db);
    TRY(e);
    if (!r.import || !str_eq(r.import->state, S("waiting"))) {
        return OK;
    }
    TRY(job_progress(job, 0, 0, S("Đang đọc tệp Excel")));
    TRY(file_damage_in_job(job, (struct file_blob_id){r.import->file}, file_whole(job->arena, &f, &path)));
    r.outcome = f.type == FILE_XLSX ? read_table(job->arena, str_z(job->arena, path), &read_limits_usual,
                                                 ORG_IMPORT_ROWS + HEAD_ROWS, &table)
                                    : REFUSE(ERR_INVALID, "file", "Đây không phải bảng tính Excel (.xlsx).");
    r.outcome = r.outcome.why ? r.outcome : table_of(job->arena, r.import->kind, &table, &r.table);
    if (r.outcome.why && r.outcome.why->kind != ERR_INVALID) {
        return r.outcome;
    }
    if (!r.outcome.why) {
        TRY(job_progress(job, 0, (int64_t)r.table.rows.n, S("Đang thử từng dòng")));
        TRY(try_rows(job, &r));
    }
    return job_finish(job, keep, &r);
}

struct err org_import_apply(struct db_write *db, int64_t id) {
    struct arena *a = db_write_arena(db);
    struct org_import_by_id_row *import;
    struct org_import_rows_rows rows;
    struct org_import_table table = {0};
    int64_t n_faulty, changed;
    TRY(org_import_by_id(db_reading(db), (struct org_import_by_id_in){.id = {id}}, &import));
    if (!import) {
        return FAIL(ERR_MISSING, "no such import");
    }
    TRY(org_import_rows(db_reading(db), (struct org_import_rows_in){.import = {id}}, &rows));
    if (!str_eq(import->state, S("read")) || import->n_faulty || !rows.n) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này chưa sẵn sàng, còn dòng sai, hoặc đã được xử lý.");
    }
    for (size_t i = 0; i < rows.n; i++) {
        struct org_import_cells *row = LIST_PUSH(a, &table.rows);
        row->row_no = rows.at[i].row_no;
        org_import_unpack(rows.at[i].cells, row);
    }
    TRY(org_import_do(db, import->kind, &table, true, &n_faulty));
    for (size_t i = 0; n_faulty && i < table.rows.n; i++) {
        if (table.rows.at[i].fault.len) {
            return err_refuse(
                a, ERR_CONFLICT, "",
                "Dữ liệu đã đổi từ lúc xem thử. Dòng %lld: %.*s Chưa dòng nào được ghi; mời tải tệp lên lại.",
                (long long)table.rows.at[i].row_no, STR_ARG(table.rows.at[i].fault));
        }
    }
    TRY(org_import_state_set(db,
                             (struct org_import_state_set_in){.id = {id},
                                                              .state = S("applied"),
                                                              .n_rows = import->n_rows,
                                                              .fault = S(""),
                                                              .applied_at = clock_now(),
                                                              .was = S("read")},
                             &changed));
    if (changed != 1) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này đã được xử lý.");
    }
    return audit_note(db, &(struct audit){.verb = S("org.import"),
                                          .record = id,
                                          .after = org_json(a, "file", import->file_name, "rows",
                                                            str_format(a, "%lld", (long long)import->n_rows))});
}

struct err org_file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct org_import_holding_rows rows;
    TRY(org_import_holding(db, (struct org_import_holding_in){.file = file.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){S("Tệp Excel nhập vào Tổ chức"),
                                   str_format(a, "/admin/import/%lld", (long long)rows.at[i].id.v)});
    }
    return OK;
}
