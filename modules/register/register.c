/* The module: its routes, its place in the rail, its jobs. */
#include "modules/register/register.h"

#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/queue/job.h"
#include "modules/register/inside.h"
#include "modules/register/register_pages.h"
#include "modules/register/register_port.h"
#include "modules/register/register_sheet.h"

#include "base/banned.h"

enum { BODY = 24 << 20, EXPORT_MS = 10000, EXPORT_BYTES = 16 << 20 };

#define GET_ROUTE(path_, get_, name_)                                                                                  \
    { .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_) }
#define FILE_ROUTE(path_, get_, name_)                                                                                 \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_),       \
        .budget_ms = EXPORT_MS, .budget_bytes = EXPORT_BYTES                                                           \
    }
#define POST_ROUTE(path_, post_, fields_, again_, name_)                                                               \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }
#define UPLOAD_ROUTE(path_, post_, fields_, again_, name_)                                                             \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_), .before = file_before, .body_limit = BODY                            \
    }

const struct route register_routes[] = {
    GET_ROUTE("/register", register_index_get, "CSDL chuyên ngành"),
    GET_ROUTE("/register/{type}", register_list_get, "Sổ chuyên ngành"),
    GET_ROUTE("/register/{type}/definition", register_form_get, "Mẫu sổ"),
    FILE_ROUTE("/register/{type}/export", register_export_get, "Xuất sổ ra Excel"),
    FILE_ROUTE("/register/{type}/template", register_template_get, "Mẫu Excel của sổ"),
    GET_ROUTE("/register/{type}/new", register_new_get, "Thêm dòng vào sổ"),
    {.method = METHOD_POST,
     .path = "/register/{type}",
     .access = ACCESS_SIGNED_IN,
     .post = register_new_post,
     .fields = register_row_fields,
     .again = register_new_get,
     .edit = "/register/row/{id}/edit",
     .name = S_INIT("Ghi vào sổ")},
    GET_ROUTE("/register/{type}/import", register_import_get, "Nhập Excel"),
    UPLOAD_ROUTE("/register/{type}/import", register_import_post, register_import_fields, register_import_get,
                 "Đọc tệp Excel"),
    GET_ROUTE("/register/row/{id}", register_row_get, "Một dòng của sổ"),
    GET_ROUTE("/register/row/{id}/edit", register_edit_get, "Sửa dòng của sổ"),
    POST_ROUTE("/register/row/{id}/edit", register_edit_post, register_row_fields, register_edit_get,
               "Lưu dòng của sổ"),
    POST_ROUTE("/register/row/{id}/removal", register_remove_post, register_gone_fields, register_row_get,
               "Xóa khỏi sổ"),
    POST_ROUTE("/register/row/{id}/restoration", register_restore_post, register_gone_fields, register_row_get,
               "Lấy lại vào sổ"),
    UPLOAD_ROUTE("/register/row/{id}/file", register_file_post, register_file_fields, register_row_get, "Thêm tệp"),
    GET_ROUTE("/register/row/{id}/file/{file}", register_file_get, "Tệp của một dòng"),
    GET_ROUTE("/register/sheet/{id}", register_sheet_get, "Bảng Excel đang xem"),
    POST_ROUTE("/register/sheet/{id}/batch", register_take_post, register_sheet_fields, register_sheet_get,
               "Nhập các dòng đúng"),
    POST_ROUTE("/register/sheet/{id}/withdrawal", register_drop_post, register_sheet_fields, register_sheet_get,
               "Bỏ tệp này"),
    POST_ROUTE("/register/sheet/{id}/undo", register_undo_post, register_sheet_fields, register_sheet_get,
               "Hoàn tác cả lượt nhập"),
    GET_ROUTE("/register/report", register_reports_get, "Báo cáo từ cơ sở"),
    GET_ROUTE("/register/report/new", register_report_new_get, "Lập báo cáo"),
    POST_ROUTE("/register/report", register_report_new_post, register_report_fields, register_report_new_get,
               "Gửi báo cáo cho các đơn vị"),
    GET_ROUTE("/register/report/{id}", register_report_get, "Một báo cáo"),
    FILE_ROUTE("/register/report/{id}/export", register_report_export, "Xuất báo cáo"),
    GET_ROUTE("/register/return/{id}", register_return_get, "Biểu của một đơn vị"),
    POST_ROUTE("/register/return/{id}/dispatch", register_send_post, register_send_fields, register_return_get,
               "Gửi biểu"),
    POST_ROUTE("/register/return/{id}/rejection", register_back_post, register_back_fields, register_return_get,
               "Trả lại biểu"),
    {0},
};

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 40, .title = "CSDL chuyên ngành", .path = "/register", .icon = ICON("database")},
    {0},
};

static const struct job_kind job_kinds[] = {
    {.name = "register.look", .title = "Đọc bảng Excel cho sổ chuyên ngành", .run = register_look_run},
    {.name = "register.in", .title = "Nhập bảng Excel vào sổ chuyên ngành", .run = register_in_run},
    {.name = "register.undo", .title = "Hoàn tác lượt nhập sổ chuyên ngành", .run = register_undo_run},
    {.name = NULL},
};

static const struct verb_words verbs[] = {
    {"register.add", "Ghi vào sổ chuyên ngành"},
    {"register.change", "Sửa dòng của sổ chuyên ngành"},
    {"register.remove", "Xóa khỏi sổ chuyên ngành"},
    {"register.restore", "Lấy lại vào sổ chuyên ngành"},
    {"register.file", "Thêm tệp vào dòng của sổ"},
    {"register.import", "Nhập Excel vào sổ chuyên ngành"},
    {"register.import_undo", "Hoàn tác lượt nhập Excel"},
    {"register.report", "Lập báo cáo cho cấp dưới"},
    {"register.asked", "Yêu cầu đơn vị gửi báo cáo"},
    {"register.sent", "Gửi báo cáo"},
    {"register.back", "Trả lại báo cáo"},
    {0},
};

static struct err file_uses(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct register_files_of_rows files;
    struct register_sheets_of_rows sheets;
    TRY(register_files_of(db, (struct register_files_of_in){.file = file}, &files));
    TRY(register_sheets_of(db, (struct register_sheets_of_in){.file = file}, &sheets));
    for (size_t i = 0; i < files.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){.words = str_format(a, "Tệp của sổ chuyên ngành: %.*s", STR_ARG(files.at[i].name)),
                                   .path = str_format(a, "/register/row/%lld", (long long)files.at[i].row.v)});
    }
    for (size_t i = 0; i < sheets.n; i++) {
        LIST_ADD(a, uses,
                 (struct file_use){
                     .words = str_format(a, "Bảng Excel của sổ chuyên ngành: %.*s", STR_ARG(sheets.at[i].file_name))});
    }
    return OK;
}

const struct module register_module = {.name = "register",
                                       .title = "CSDL chuyên ngành",
                                       .routes = register_routes,
                                       .nav = nav,
                                       .job_kinds = job_kinds,
                                       .verbs = verbs,
                                       .metrics = register_metrics,
                                       .waiting = register_waiting,
                                       .told = register_told,
                                       .sources = register_sources,
                                       .file_uses = file_uses,
                                       .demo = register_demo,
                                       .bare_commands = register_commands};
