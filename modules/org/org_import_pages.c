/* Bringing in Excel files: upload, what is wrong with which row, apply. */
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "kernel/file/file.h"
#include "kernel/db/id.h"
#include "kernel/queue/job.h"
#include "modules/org/org_import.h"
#include "modules/org/org_import_queries.h"
#include "modules/org/org_pages.h"
#include "modules/org/org_pages_gen.h"

enum { SHOWN = 100 };

static const struct choice kinds[] = {
    {S_INIT("person"), S_INIT("Người và chức danh")}, {S_INIT("unit"), S_INIT("Đơn vị")}, {{0}, {0}}};
const struct field org_import_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("kind"), .label = S_INIT("Nhập"), .is_required = true, .choices = kinds},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp Excel (.xlsx)"),
     .is_required = true,
     .hint = S_INIT("Có một hàng tên cột. Nhiều nhất 2.000 dòng một tệp.")},
    {0},
};

static struct str kind_words(struct str kind) {
    return str_eq(kind, S("unit")) ? S("Đơn vị") : S("Người và chức danh");
}

static struct str state_words(struct str state, int64_t n_faulty) {
    return str_eq(state, S("waiting"))      ? S("Đang đọc")
           : str_eq(state, S("unreadable")) ? S("Không đọc được")
           : str_eq(state, S("applied"))    ? S("Đã nhập")
           : str_eq(state, S("dropped"))    ? S("Đã bỏ")
           : n_faulty                       ? S("Có dòng sai")
                                            : S("Chờ xác nhận");
}

struct err org_imports_get(struct get *g) {
    struct org_imports v = {.form = form_begin(g->arena, org_import_fields, g->form)};
    struct org_import_list_rows rows;
    TRY(org_import_list(g->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.items,
                 (struct org_import_item){.id = rows.at[i].id.v,
                                          .file = rows.at[i].file_name,
                                          .kind = kind_words(rows.at[i].kind),
                                          .state = state_words(rows.at[i].state, rows.at[i].n_faulty),
                                          .made_at = rows.at[i].made_at,
                                          .n_rows = rows.at[i].n_rows,
                                          .n_faulty = rows.at[i].n_faulty});
    }
    return answer_org_imports(g, &v);
}

struct err org_imports_post(struct post *p) {
    struct upload *u = form_upload(p->form, "file");
    struct file_blob_id file;
    struct file f;
    int64_t id = id_new();
    if (!u) {
        return REFUSE(ERR_INVALID, "file", "Chưa chọn tệp.");
    }
    TRY(file_keep(p->db, p->arena, u, &file));
    TRY(file_find(db_reading(p->db), p->arena, file, &f));
    if (f.type != FILE_XLSX) {
        return REFUSE(ERR_INVALID, "file", "Đây không phải bảng tính Excel (.xlsx).");
    }
    TRY(org_import_insert(p->db,
                          (struct org_import_insert_in){.id = {id},
                                                        .kind = form_text(p->form, "kind"),
                                                        .file = file.v,
                                                        .file_name = file_name_clean(p->arena, u->name),
                                                        .post = p->who->post.v,
                                                        .made_at = clock_now()},
                          NULL));
    TRY(access_give(p->db, &(struct access_grant_new){
                               .kind = S("import"), .record = id, .principal = p->who->post.v, .can = CAN_READ}));
    TRY(job_add(p->db, &(struct job_new){.kind = S("org.import"), .record = id}, NULL));
    return see_other(p, "/admin/import/%lld", (long long)id);
}

/* The row as people read it: its cells that are not empty, under their titles. */
static struct str cells_words(struct arena *a, struct str kind, struct str packed) {
    struct org_import_cells row = {0};
    const struct str *titles = org_import_columns(kind);
    struct buf b = buf_in(a);
    org_import_unpack(packed, &row);
    for (int c = 0; c < ORG_IMPORT_CELLS; c++) {
        if (row.cells[c].len) {
            buf_printf(&b, "%s%.*s: %.*s", b.len ? " · " : "", STR_ARG(titles[c]), STR_ARG(utf8_cut(row.cells[c], 80)));
        }
    }
    return buf_str(&b);
}

struct err org_import_get(struct get *g) {
    int64_t id;
    struct org_import_by_id_row *i;
    TRY(path_id(g->request, S("id"), &id));
    TRY(org_import_by_id(g->db, (struct org_import_by_id_in){.id = {id}}, &i));
    if (!i) {
        return FAIL(ERR_MISSING, "no such import");
    }
    bool is_read = str_eq(i->state, S("read"));
    struct org_import_show v = {.id = id,
                                .file = i->file_name,
                                .kind = kind_words(i->kind),
                                .fault = i->fault,
                                .n_rows = i->n_rows,
                                .n_faulty = i->n_faulty,
                                .is_waiting = str_eq(i->state, S("waiting")),
                                .is_ready = is_read && !i->n_faulty,
                                .is_faulty = is_read && i->n_faulty,
                                .is_unreadable = str_eq(i->state, S("unreadable")),
                                .is_applied = str_eq(i->state, S("applied")),
                                .is_dropped = str_eq(i->state, S("dropped")),
                                .applied_at = i->applied_at};
    struct org_import_rows_faulty_rows faulty = {0};
    struct org_import_rows_first_rows first = {0};
    if (v.is_faulty) {
        TRY(org_import_rows_faulty(g->db, (struct org_import_rows_faulty_in){.import = {id}, .most = 2 * SHOWN},
                                   &faulty));
    } else {
        TRY(org_import_rows_first(g->db, (struct org_import_rows_first_in){.import = {id}, .most = SHOWN}, &first));
    }
    for (size_t n = 0; n < faulty.n; n++) {
        LIST_ADD(g->arena, &v.lines,
                 (struct org_import_line){.row_no = faulty.at[n].row_no,
                                          .cells = cells_words(g->arena, i->kind, faulty.at[n].cells),
                                          .fault = faulty.at[n].fault});
    }
    for (size_t n = 0; n < first.n; n++) {
        LIST_ADD(g->arena, &v.lines,
                 (struct org_import_line){.row_no = first.at[n].row_no,
                                          .cells = cells_words(g->arena, i->kind, first.at[n].cells)});
    }
    v.n_shown = (int64_t)v.lines.n;
    return answer_org_import_show(g, &v);
}

struct err org_import_apply_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(org_import_apply(p->db, id));
    flash(p, "Đã nhập xong.");
    return see_other(p, "/admin/import/%lld", (long long)id);
}

struct err org_import_drop_post(struct post *p) {
    int64_t id;
    struct org_import_by_id_row *i;
    TRY(path_id(p->request, S("id"), &id));
    TRY(org_import_by_id(db_reading(p->db), (struct org_import_by_id_in){.id = {id}}, &i));
    if (!i) {
        return FAIL(ERR_MISSING, "no such import");
    }
    if (!str_eq(i->state, S("read"))) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này đã được xử lý.");
    }
    TRY(org_import_state_set(p->db,
                             (struct org_import_state_set_in){.id = {id},
                                                              .state = S("dropped"),
                                                              .n_rows = i->n_rows,
                                                              .n_faulty = i->n_faulty,
                                                              .fault = S(""),
                                                              .was = S("read")},
                             NULL));
    return see_other(p, "/admin/import");
}
