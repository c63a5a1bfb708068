/* The routes of the organisation, its places in the navigation, and what the program gets from it. */
#include "kernel/queue/event.h"
#include "kernel/file/file.h"
#include "kernel/page/html.h"
#include "kernel/queue/job.h"
#include "kernel/index/feed.h"
#include "modules/org/org_import.h"
#include "modules/org/org_pages.h"

#define READ(path_, get_, fields_, name_)                                                                              \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
#define SHOW(path_, get_, fields_, name_)                                                                              \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .get = (get_),             \
        .fields = (fields_), .name = S_INIT(name_)                                                                     \
    }
/* What makes a record, and where that is changed. */
#define MAKE(path_, edit_, post_, fields_, again_, name_)                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .post = (post_),          \
        .fields = (fields_), .again = (again_), .edit = (edit_), .name = S_INIT(name_)                                 \
    }
#define SEAL(path_, post_, fields_, again_, name_)                                                                     \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN,                           \
        .before = org_password_seal, .post = (post_), .fields = (fields_), .again = (again_), .name = S_INIT(name_)    \
    }
#define ACT(path_, post_, fields_, again_, name_)                                                                      \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .post = (post_),          \
        .fields = (fields_), .again = (again_), .name = S_INIT(name_)                                                  \
    }

static const struct field parent_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("parent"), .label = S_INIT("Đơn vị trên")}, {0}};

const struct route org_routes[] = {
    READ("/org", org_directory_get, org_q_fields, "Danh bạ"),
    READ("/unit/{id}", org_unit_get, org_q_fields, "Đơn vị"),
    READ("/person/{id}", org_person_get, org_q_fields, "Người"),
    SHOW("/admin/person", org_people_get, org_people_fields, "Người dùng"),
    SHOW("/admin/person/export", org_people_export, NULL, "Xuất người ra Excel"),
    SHOW("/admin/person/new", org_person_new_get, NULL, "Thêm người"),
    MAKE("/admin/person", "/admin/person/{id}/edit", org_person_new_post, org_person_fields, org_person_new_get,
         "Thêm người"),
    SHOW("/admin/person/{id}/edit", org_person_edit_get, NULL, "Sửa người"),
    ACT("/admin/person/{id}/edit", org_person_edit_post, org_person_fields, org_person_edit_get, "Sửa người"),
    SHOW("/admin/person/{id}/leave", org_leave_get, NULL, "Thôi công tác"),
    ACT("/admin/person/{id}/leave", org_leave_post, org_end_fields, org_leave_get, "Thôi công tác"),
    SHOW("/admin/person/{id}/account", org_account_get, NULL, "Mở tài khoản"),
    SEAL("/admin/person/{id}/account", org_account_post, org_account_fields, org_account_get, "Mở tài khoản"),
    SHOW("/admin/person/{id}/password", org_password_get, NULL, "Đặt lại mật khẩu"),
    SEAL("/admin/person/{id}/password", org_password_post, org_password_fields, org_password_get, "Đặt lại mật khẩu"),
    ACT("/admin/person/{id}/lock", org_lock_post, org_lock_fields, NULL, "Khóa tài khoản"),
    SHOW("/admin/person/{id}/post", org_post_new_get, NULL, "Giao chức danh"),
    ACT("/admin/person/{id}/post", org_post_new_post, org_post_fields, org_post_new_get, "Giao chức danh"),
    SHOW("/admin/post/{id}/end", org_post_end_get, NULL, "Kết thúc chức danh"),
    ACT("/admin/post/{id}/end", org_post_end_post, org_end_fields, org_post_end_get, "Kết thúc chức danh"),
    SHOW("/admin/post/{id}/delegate", org_delegate_get, NULL, "Ủy quyền"),
    ACT("/admin/post/{id}/delegate", org_delegate_post, org_delegate_fields, org_delegate_get, "Ủy quyền"),
    SHOW("/admin/unit/new", org_unit_new_get, parent_fields, "Thêm đơn vị"),
    MAKE("/admin/unit", "/admin/unit/{id}/edit", org_unit_new_post, org_unit_new_fields, org_unit_new_get,
         "Thêm đơn vị"),
    SHOW("/admin/unit/export", org_units_export, NULL, "Xuất đơn vị ra Excel"),
    SHOW("/admin/unit/{id}/edit", org_unit_edit_get, NULL, "Sửa đơn vị"),
    ACT("/admin/unit/{id}/edit", org_unit_edit_post, org_unit_fields, org_unit_edit_get, "Sửa đơn vị"),
    SHOW("/admin/unit/{id}/close", org_unit_close_get, NULL, "Kết thúc đơn vị"),
    ACT("/admin/unit/{id}/close", org_unit_close_post, org_end_fields, org_unit_close_get, "Kết thúc đơn vị"),
    SHOW("/admin/unit/{id}/edge", org_edge_get, NULL, "Thêm quan hệ"),
    ACT("/admin/unit/{id}/edge", org_edge_post, org_edge_fields, org_edge_get, "Thêm quan hệ"),
    SHOW("/admin/edge/{id}/end", org_edge_end_get, NULL, "Kết thúc quan hệ"),
    ACT("/admin/edge/{id}/end", org_edge_end_post, org_end_fields, org_edge_end_get, "Kết thúc quan hệ"),
    SHOW("/admin/unit/{id}/term", org_term_get, NULL, "Thêm nhiệm kỳ"),
    ACT("/admin/unit/{id}/term", org_term_post, org_term_fields, org_term_get, "Thêm nhiệm kỳ"),
    SHOW("/admin/term/{id}/end", org_term_end_get, NULL, "Kết thúc nhiệm kỳ"),
    ACT("/admin/term/{id}/end", org_term_end_post, org_end_fields, org_term_end_get, "Kết thúc nhiệm kỳ"),
    SHOW("/admin/import", org_imports_get, NULL, "Nhập từ Excel"),
    {.method = METHOD_POST,
     .path = "/admin/import",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN,
     .post = org_imports_post,
     .fields = org_import_fields,
     .before = file_before,
     .again = org_imports_get,
     .body_limit = 20 << 20,
     .name = S_INIT("Nhập từ Excel")},
    SHOW("/admin/import/{id}", org_import_get, NULL, "Xem thử tệp Excel"),
    ACT("/admin/import/{id}/apply", org_import_apply_post, NULL, NULL, "Nhập tệp Excel"),
    ACT("/admin/import/{id}/drop", org_import_drop_post, NULL, NULL, "Bỏ tệp Excel"),
    {0},
};

static const struct nav_entry org_nav[] = {
    {.area = AREA_WORK, .order = 90, .title = "Danh bạ", .path = "/org", .icon = ICON("contact")},
    {.area = AREA_ADMIN, .order = 10, .title = "Người dùng", .path = "/admin/person", .icon = ICON("users")},
    {0},
};

static const struct job_kind org_job_kinds[] = {
    {.name = "org.daily",
     .title = "Cập nhật quyền theo nhiệm kỳ",
     .max_tries = 20,
     .every_s = 86400,
     .run = org_daily_run},
    {.name = "org.import", .title = "Đọc tệp Excel nhập vào danh bạ", .max_tries = 3, .run = org_import_run},
    {0},
};

/* What the trail calls its acts. */
static const struct verb_words org_verbs[] = {
    {"account.close", "Khóa tài khoản"},
    {"account.make", "Mở tài khoản"},
    {"account.open", "Mở khóa tài khoản"},
    {"account.reset", "Đặt lại mật khẩu"},
    {"account.unlock", "Mở tạm khóa tài khoản"},
    {"org.delegate", "Ủy quyền"},
    {"org.edge.end", "Kết thúc quan hệ"},
    {"org.edge.make", "Thêm quan hệ"},
    {"org.export", "Xuất ra Excel"},
    {"org.import", "Nhập từ Excel"},
    {"org.person.change", "Sửa người"},
    {"org.person.leave", "Thôi công tác"},
    {"org.person.make", "Thêm người"},
    {"org.post.end", "Kết thúc chức danh"},
    {"org.post.give", "Giao chức danh"},
    {"org.term.end", "Kết thúc nhiệm kỳ"},
    {"org.term.make", "Thêm nhiệm kỳ"},
    {"org.unit.change", "Sửa đơn vị"},
    {"org.unit.close", "Kết thúc đơn vị"},
    {"org.unit.make", "Thêm đơn vị"},
    {0},
};

const struct module org_module = {.name = "org",
                                  .title = "Tổ chức",
                                  .routes = org_routes,
                                  .verbs = org_verbs,
                                  .nav = org_nav,
                                  .commands = org_commands,
                                  .sources = org_sources,
                                  .job_kinds = org_job_kinds,
                                  .auth_org = &org_auth,
                                  .file_uses = org_file_uses,
                                  .demo = org_demo,
                                  .seed = org_seed};
