/* Excel in: the file is taken, read by a job, shown as it will go in, put in, and for thirty days taken back. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/file/file.h"
#include "kernel/import/import_run.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/register/register_pages.h"
#include "modules/register/register_pages_gen.h"
#include "modules/register/register_sheet.h"
#include "read/json.h"

#include "base/banned.h"

enum { SHEETS_MOST = 20, ROWS_MOST = 50 };

const struct field register_import_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp Excel hoặc CSV"),
     .is_required = true,
     .most = 20 << 20,
     .hint = S_INIT("Để nguyên như đang có: tiêu đề, dòng gộp, dòng cộng, cột thừa đều đọc được.")},
    {0},
};
const struct field register_sheet_fields[] = {FORM_VERSION, {0}};

static struct str state_words(struct arena *a, const struct register_sheets_row *s) {
    return str_eq(s->state, S("reading"))      ? S("Đang đọc")
           : str_eq(s->state, S("unreadable")) ? S("Không đọc được")
           : str_eq(s->state, S("taken"))      ? S("Đã nhập")
           : s->n_make + s->n_change ? str_format(a, "Chờ nhập %lld dòng", (long long)(s->n_make + s->n_change))
                                     : S("Không có gì mới");
}

/* A writer of the register of {type}. */
static struct err writer(struct request *r, struct arena *a, struct db_read *db, const struct who *who,
                         struct register_type *type, struct register_seat *seat) {
    TRY(register_type(a, path_param(r, S("type")), type));
    TRY(register_seat(db, who, &type->head, seat));
    return seat->may_write ? OK : REFUSE(ERR_DENIED, "", "Chức danh này chỉ được xem sổ.");
}

struct err register_import_get(struct get *g) {
    struct register_type type;
    struct register_seat seat;
    struct register_sheets_rows rows = {0};
    TRY(writer(g->request, g->arena, g->db, g->who, &type, &seat));
    struct register_import_view v = {.code = type.head.code,
                                     .title = type.head.name,
                                     .list = link_local(g->arena, "/register/%.*s", STR_ARG(type.head.code)),
                                     .template_ =
                                         link_local(g->arena, "/register/%.*s/template", STR_ARG(type.head.code)),
                                     .form = form_begin(g->arena, register_import_fields, g->form)};
    if (seat.own.v) {
        TRY(register_sheets(g->db, (struct register_sheets_in){.book = seat.own, .most = SHEETS_MOST}, &rows));
    }
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(
            g->arena, &v.sheets,
            (struct register_sheet_line){.link = link_record(g->arena, S("/register/sheet/"), rows.at[i].id.v, S("")),
                                         .name = rows.at[i].file_name,
                                         .state = state_words(g->arena, &rows.at[i]),
                                         .at = rows.at[i].made_at,
                                         .n_bad = rows.at[i].n_bad});
    }
    return answer_register_import(g, &v);
}

static struct err sheet_make(struct post *p, const struct register_type *type, struct register_book_id book,
                             const struct upload *u, int64_t *id) {
    struct file_blob_id file;
    struct file f;
    struct register_sheet_standing_row *standing;
    TRY(file_keep(p->db, p->arena, u, &file));
    TRY(file_find(db_reading(p->db), p->arena, file, &f));
    if (f.type != FILE_XLSX && f.type != FILE_TEXT) {
        return REFUSE(ERR_INVALID, "file",
                      "Đây không phải bảng tính .xlsx hay .csv. Tệp .xls cũ: mở bằng Excel, lưu lại thành .xlsx.");
    }
    TRY(register_sheet_standing(db_reading(p->db), (struct register_sheet_standing_in){.book = book, .file = file},
                                &standing));
    if (standing) {
        *id = standing->id.v;
        return OK;
    }
    *id = id_new();
    TRY(register_sheet_add(p->db,
                           (struct register_sheet_add_in){.id = {*id},
                                                          .book = book,
                                                          .type = type->head.code,
                                                          .file = file,
                                                          .file_name = u->name,
                                                          .post = p->who->post.v,
                                                          .made_at = clock_now()},
                           NULL));
    TRY(access_give(p->db, &(struct access_grant_new){
                               .kind = S("register"), .record = *id, .principal = p->who->post.v, .can = CAN_READ}));
    return job_add(p->db, &(struct job_new){.kind = S("register.look"), .record = *id}, NULL);
}

struct err register_import_post(struct post *p) {
    struct register_type type;
    struct register_seat seat;
    struct register_book_id book;
    int64_t id;
    struct upload *u = form_upload(p->form, "file");
    TRY(writer(p->request, p->arena, db_reading(p->db), p->who, &type, &seat));
    if (!u) {
        return REFUSE(ERR_INVALID, "file", "Chưa chọn tệp.");
    }
    TRY(register_book_open(p->db, &type.head, p->who->organ.v, &book));
    TRY(sheet_make(p, &type, book, u, &id));
    return see_other(p, "/register/sheet/%lld", (long long)id);
}

/* --- One sheet --- */
/* The sheet of {id}, for who writes in its book. */
static struct err sheet_open(struct request *r, struct db_read *db, const struct who *who,
                             struct register_sheet_by_id_row **sheet) {
    int64_t id;
    unsigned bits = 0;
    struct register_head head;
    struct register_seat seat = {0};
    TRY(path_id(r, S("id"), &id));
    TRY(register_sheet_by_id(db, (struct register_sheet_by_id_in){.id = id}, sheet));
    if (!*sheet) {
        return FAIL(ERR_MISSING, "no such sheet");
    }
    TRY(access_bits(db, (*sheet)->book.v, who->post.v, &bits));
    if ((bits & CAN_MANAGE) == 0 || !register_head_of((*sheet)->type, &head)) {
        return FAIL(ERR_MISSING, "a sheet of a book this post does not keep");
    }
    TRY(register_seat(db, who, &head, &seat));
    const struct register_book_seen *book = register_book_seen(&seat, (*sheet)->book.v);
    return book && book->may_write ? OK : FAIL(ERR_MISSING, "a sheet of a book this post does not write in");
}

static struct str does_words(struct str does) {
    return str_eq(does, S("make"))     ? S("Thêm")
           : str_eq(does, S("change")) ? S("Cập nhật")
           : str_eq(does, S("same"))   ? S("Như cũ")
                                       : S("Có lỗi");
}

/* A value as the page shows it: choices by their names, numbers and days as people write them. */
static struct str value_shown(struct arena *a, const struct import_wanted *w, struct str value) {
    int64_t n;
    struct date d;
    struct buf b = buf_in(a);
    for (size_t i = 0; i < w->n_choices; i++) {
        if (str_eq(w->choices[i].code, value)) {
            return w->choices[i].label;
        }
    }
    if ((w->kind == IMPORT_INT || w->kind == IMPORT_MONEY) && num_read(value, &n)) {
        num_put_vi(&b, n);
        return buf_str(&b);
    }
    if (w->kind == IMPORT_DATE && date_read_iso(value, &d)) {
        return date_vi(a, d);
    }
    return w->kind == IMPORT_BOOL && value.len ? (str_eq(value, S("true")) ? S("Có") : S("Không")) : value;
}

static void cell_fill(struct get *g, const struct import_wanted *w, const struct json_value *cell,
                      struct register_sheet_view *v, struct register_sheet_row *row) {
    struct str fault = json_member_text(cell, "f"), how = json_member_text(cell, "k"), at = json_member_text(cell, "c");
    struct register_sheet_cell c = {.typed = json_member_text(cell, "t"),
                                    .value = value_shown(g->arena, w, json_member_text(cell, "v")),
                                    .fault = fault,
                                    .is_bad = str_eq(how, S("bad")),
                                    .is_mended = str_eq(how, S("mended")),
                                    .is_number =
                                        w->kind == IMPORT_INT || w->kind == IMPORT_MONEY || w->kind == IMPORT_DECIMAL};
    if (c.is_bad) {
        c.value = json_member_text(cell, "s");
    }
    if (fault.len) {
        LIST_ADD(g->arena, &v->faults, (struct register_sheet_fault){at, fault, c.is_bad});
    }
    LIST_ADD(g->arena, &row->cells, c);
}

static bool is_brought(struct str columns, struct str name) {
    struct str one, field, letter;
    while (str_next(&columns, ' ', &one)) {
        if (str_cut(one, S(":"), &field, &letter) && str_eq(field, name)) {
            return true;
        }
    }
    return false;
}

static void columns_fill(struct get *g, const struct register_sheet_by_id_row *s, const struct import_want *want,
                         struct register_sheet_view *v) {
    struct str rest = s->columns, one, field, letter;
    for (size_t i = 0; i < want->n; i++) {
        rest = s->columns;
        while (str_next(&rest, ' ', &one)) {
            if (str_cut(one, S(":"), &field, &letter) && str_eq(field, want->columns[i].name)) {
                LIST_ADD(
                    g->arena, &v->columns,
                    (struct register_column){
                        .label = str_format(g->arena, "%.*s · %.*s", STR_ARG(letter), STR_ARG(want->columns[i].title)),
                        .is_number = want->columns[i].kind == IMPORT_INT || want->columns[i].kind == IMPORT_MONEY});
            }
        }
    }
}

static struct err rows_fill(struct get *g, const struct register_sheet_by_id_row *s, struct str which, int64_t after,
                            struct register_sheet_view *v) {
    struct register_type type;
    struct register_sheet_rows_rows rows;
    TRY(register_type(g->arena, s->type, &type));
    struct import_want want = register_type_wants(g->arena, &type);
    columns_fill(g, s, &want, v);
    TRY(register_sheet_rows(
        g->db, (struct register_sheet_rows_in){.sheet = s->id, .after = after, .which = which, .most = ROWS_MOST + 1},
        &rows));
    for (size_t i = 0; i < rows.n && i < ROWS_MOST; i++) {
        size_t fault_at;
        const struct json_value *cells = json_read(g->arena, rows.at[i].cells, &fault_at);
        struct register_sheet_row row = {.number = rows.at[i].number % REGISTER_TABLE,
                                         .does = rows.at[i].does,
                                         .does_name = does_words(rows.at[i].does)};
        if (rows.at[i].row) {
            row.row = link_record(g->arena, S("/register/row/"), rows.at[i].row, S(""));
        }
        for (size_t f = 0; f < want.n; f++) {
            if (is_brought(s->columns, want.columns[f].name)) {
                cell_fill(g, &want.columns[f], json_item(cells, f), v, &row);
            }
        }
        LIST_ADD(g->arena, &v->rows, row);
    }
    if (rows.n > ROWS_MOST) {
        v->next = link_local(g->arena, "/register/sheet/%lld?rows=%.*s&after=%lld", (long long)s->id.v, STR_ARG(which),
                             (long long)rows.at[ROWS_MOST - 1].number);
    }
    return OK;
}

static void tab_add(struct get *g, struct register_sheet_view *v, struct str label, const char *which, int64_t n,
                    struct str chosen) {
    if (n) {
        LIST_ADD(g->arena, &v->tabs,
                 (struct tab){.label = label,
                              .link = link_local(g->arena, "/register/sheet/%lld?rows=%s", (long long)v->id, which),
                              .count = n,
                              .is_counted = true,
                              .is_hot = str_eq(str_of(which), S("bad")),
                              .is_current = str_eq(str_of(which), chosen)});
    }
}

static struct err look_fill(struct get *g, const struct register_sheet_by_id_row *s, struct register_sheet_view *v) {
    struct register_sheet_looks_row *looks;
    struct str which = query_param(g->request, S("rows"));
    int64_t after = 0;
    TRY(register_sheet_looks(g->db, (struct register_sheet_looks_in){.sheet = s->id}, &looks));
    if (!which.len) {
        which = looks && looks->n ? S("look") : S("all");
    }
    (void)num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &after);
    tab_add(g, v, S("Cần xem"), "look", looks ? looks->n : 0, which);
    tab_add(g, v, S("Thêm"), "make", s->n_make, which);
    tab_add(g, v, S("Cập nhật"), "change", s->n_change, which);
    tab_add(g, v, S("Như cũ"), "same", s->n_same, which);
    tab_add(g, v, S("Có lỗi"), "bad", s->n_bad, which);
    tab_add(g, v, S("Tất cả"), "all", s->n_make + s->n_change + s->n_same + s->n_bad, which);
    return rows_fill(g, s, which, after, v);
}

static struct err progress_fill(struct get *g, const char *kind, int64_t record, struct register_sheet_view *v) {
    struct job_view *job;
    TRY(job_latest(g->db, str_of(kind), record, &job));
    if (job && (job->state == JOB_QUEUED || job->state == JOB_RUNNING)) {
        v->is_going = true;
        v->done = job->done;
        v->total = job->total;
        v->progress = job->words.len ? job->words : S("Đang chờ đến lượt");
    } else if (job && job->state == JOB_FAILED) {
        v->fault = job->fault.len ? job->fault : S("Việc này chưa xong. Mời thử lại, hoặc báo người quản trị.");
    }
    return OK;
}

static struct err taken_fill(struct get *g, const struct register_sheet_by_id_row *s, struct register_sheet_view *v) {
    struct import_batch b;
    TRY(import_batch(g->db, (struct import_batch_id){s->batch}, &b));
    bool is_in = str_eq(b.state, S("in"));
    v->is_undone = str_eq(b.state, S("undone"));
    v->is_undoing = str_eq(b.state, S("undoing"));
    v->is_refused = str_eq(b.state, S("refused"));
    v->fault = b.fault;
    v->n_kept = b.kept;
    v->done_words = str_format(g->arena, "Đã thêm %lld dòng, cập nhật %lld dòng; %lld dòng như cũ.", (long long)b.made,
                               (long long)b.changed, (long long)b.same);
    v->may_undo = is_in && date_number(clock_today()) - date_number(date_of(s->made_at)) <= REGISTER_UNDO_DAYS;
    if (v->may_undo) {
        v->undo = form_begin_at(g->arena, register_sheet_fields, g->form, s->version);
    }
    return progress_fill(g, v->is_undoing ? "register.undo" : "register.in", s->batch, v);
}

static struct register_sheet_view sheet_head(struct get *g, const struct register_sheet_by_id_row *s) {
    struct register_head head = {0};
    (void)register_head_of(s->type, &head);
    return (struct register_sheet_view){.type_name = head.name,
                                        .file_name = s->file_name,
                                        .fault = s->fault,
                                        .sheet_name = s->sheet_name,
                                        .header = s->header,
                                        .id = s->id.v,
                                        .version = s->version,
                                        .n_make = s->n_make,
                                        .n_change = s->n_change,
                                        .n_same = s->n_same,
                                        .n_bad = s->n_bad,
                                        .n_good = s->n_make + s->n_change,
                                        .at = s->made_at,
                                        .is_reading = str_eq(s->state, S("reading")),
                                        .is_unreadable = str_eq(s->state, S("unreadable")),
                                        .is_read = str_eq(s->state, S("read")),
                                        .is_taken = str_eq(s->state, S("taken")),
                                        .import = link_local(g->arena, "/register/%.*s/import", STR_ARG(s->type)),
                                        .list = link_local(g->arena, "/register/%.*s", STR_ARG(s->type))};
}

struct err register_sheet_get(struct get *g) {
    struct register_sheet_by_id_row *s;
    TRY(sheet_open(g->request, g->db, g->who, &s));
    struct register_sheet_view v = sheet_head(g, s);
    if (v.is_read) {
        v.take = v.n_good ? form_begin_at(g->arena, register_sheet_fields, g->form, s->version) : NULL;
        v.drop = form_begin_at(g->arena, register_sheet_fields, g->form, s->version);
    }
    TRY(v.is_reading ? progress_fill(g, "register.look", s->id.v, &v) : OK);
    TRY(v.is_taken ? taken_fill(g, s, &v) : OK);
    TRY(v.is_read || v.is_taken ? look_fill(g, s, &v) : OK);
    return answer_register_sheet(g, &v);
}

/* --- Acts --- */
static struct err become(struct post *p, const struct register_sheet_by_id_row *s, struct str state, int64_t batch) {
    int64_t changed = 0;
    TRY(register_sheet_become(p->db,
                              (struct register_sheet_become_in){
                                  .state = state, .batch = batch, .id = s->id, .version = form_version(p->form)},
                              &changed));
    return changed ? OK : REFUSE(ERR_CONFLICT, "", "Tệp này vừa được xử lý. Mời tải lại trang.");
}

struct err register_take_post(struct post *p) {
    struct register_sheet_by_id_row *s;
    struct import_batch_id batch;
    bool is_known;
    TRY(sheet_open(p->request, db_reading(p->db), p->who, &s));
    if (!str_eq(s->state, S("read")) || !(s->n_make + s->n_change)) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này không còn chờ nhập.");
    }
    TRY(import_begin(p->db,
                     &(struct import_new){.want = s->type,
                                          .owner = s->id.v,
                                          .file = s->file,
                                          .file_name = s->file_name,
                                          .job_kind = S("register.in"),
                                          .post = p->who->post.v},
                     &batch, &is_known));
    TRY(access_give(p->db,
                    &(struct access_grant_new){
                        .kind = S("register"), .record = batch.v, .principal = p->who->post.v, .can = CAN_READ}));
    TRY(become(p, s, S("taken"), batch.v));
    TRY(act_done(p->db, &(struct act){.verb = S("register.import"), .kind = S("register"), .record = s->id.v}));
    return see_other(p, "/register/sheet/%lld", (long long)s->id.v);
}

struct err register_drop_post(struct post *p) {
    struct register_sheet_by_id_row *s;
    TRY(sheet_open(p->request, db_reading(p->db), p->who, &s));
    TRY(become(p, s, S("dropped"), 0));
    flash(p, "Đã bỏ tệp, sổ không đổi.");
    return see_other(p, "/register/%.*s/import", STR_ARG(s->type));
}

struct err register_undo_post(struct post *p) {
    struct register_sheet_by_id_row *s;
    TRY(sheet_open(p->request, db_reading(p->db), p->who, &s));
    if (!s->batch || date_number(clock_today()) - date_number(date_of(s->made_at)) > REGISTER_UNDO_DAYS) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ hoàn tác được trong 30 ngày.");
    }
    TRY(import_take_back(p->db, (struct import_batch_id){s->batch}, S("register.undo"), p->who->post.v));
    TRY(act_done(p->db, &(struct act){.verb = S("register.import_undo"), .kind = S("register"), .record = s->id.v}));
    return see_other(p, "/register/sheet/%lld", (long long)s->id.v);
}
