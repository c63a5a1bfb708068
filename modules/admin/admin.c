#include "modules/admin/admin.h"

#include "kernel/page/html.h"
#include "modules/admin/admin_pages.h"

#define SHOW(path_, get_, fields_, name_, roles_)                                                                      \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_ROLES, .roles = (roles_), .get = (get_),               \
        .fields = (fields_), .name = S_INIT(name_)                                                                     \
    }
#define ACT(path_, post_, fields_, again_, name_, roles_)                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_ROLES, .roles = (roles_), .post = (post_),            \
        .fields = (fields_), .again = (again_), .name = S_INIT(name_)                                                  \
    }

static const struct route admin_routes[] = {
    SHOW("/admin/audit", admin_audit_get, admin_audit_fields, "Nhật ký", ROLE_ADMIN | ROLE_AUDITOR),
    /* Up to 20,000 lines on one sheet. */
    {.method = METHOD_GET,
     .path = "/admin/audit/export",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN | ROLE_AUDITOR,
     .get = admin_audit_export,
     .fields = admin_audit_fields,
     .budget_ms = 3000,
     .name = S_INIT("Xuất nhật ký")},
    ACT("/admin/audit/verify", admin_verify_post, NULL, NULL, "Kiểm tra tính nguyên vẹn", ROLE_ADMIN | ROLE_AUDITOR),
    SHOW("/admin/job", admin_jobs_get, admin_jobs_fields, "Công việc nền", ROLE_ADMIN),
    ACT("/admin/job/{id}/cancel", admin_job_cancel_post, NULL, NULL, "Dừng việc nền", ROLE_ADMIN),
    ACT("/admin/job/{id}/retry", admin_job_retry_post, NULL, NULL, "Thử lại việc nền", ROLE_ADMIN),
    SHOW("/admin/event", admin_events_get, admin_events_fields, "Tin chưa giao được", ROLE_ADMIN),
    ACT("/admin/event/{id}/again", admin_event_again_post, NULL, NULL, "Gửi lại tin chưa giao được", ROLE_ADMIN),
    SHOW("/admin/config", admin_settings_get, NULL, "Thiết lập", ROLE_ADMIN),
    SHOW("/admin/config/{name}", admin_setting_get, NULL, "Đổi thiết lập", ROLE_ADMIN),
    ACT("/admin/config/{name}", admin_setting_post, admin_setting_fields, admin_setting_get, "Đổi thiết lập",
        ROLE_ADMIN),
    SHOW("/admin/use", admin_use_get, NULL, "Dung lượng theo người", ROLE_ADMIN),
    SHOW("/admin/health", admin_health_get, NULL, "Sức khỏe hệ thống", ROLE_ADMIN),
    ACT("/admin/health/clock", admin_clock_post, NULL, NULL, "Xác nhận đồng hồ máy chủ", ROLE_ADMIN),
    {0},
};

static const struct nav_entry admin_nav[] = {
    {.area = AREA_ADMIN, .order = 30, .title = "Nhật ký", .path = "/admin/audit", .icon = ICON("shield-check")},
    {.area = AREA_ADMIN, .order = 40, .title = "Công việc nền", .path = "/admin/job", .icon = ICON("list-checks")},
    {.area = AREA_ADMIN, .order = 50, .title = "Thiết lập", .path = "/admin/config", .icon = ICON("settings")},
    {.area = AREA_ADMIN,
     .order = 60,
     .title = "Sức khỏe hệ thống",
     .path = "/admin/health",
     .icon = ICON("heart-pulse")},
    {0},
};

static const struct job_kind admin_job_kinds[] = {
    {.name = "admin.verify",
     .title = "Kiểm tra tính nguyên vẹn",
     .max_tries = 2,
     .lease_s = 900,
     .run = admin_verify_run},
    {0},
};

/* What the trail calls its acts. */
static const struct verb_words admin_verbs[] = {
    {"admin.clock", "Chấp nhận giờ hệ thống"},     {"admin.export", "Xuất nhật ký"},
    {"admin.verify", "Kiểm tra tính nguyên vẹn"},  {"config.change", "Đổi thiết lập"},
    {"event.again", "Gửi lại tin chưa giao được"}, {"job.cancel", "Dừng công việc nền"},
    {"job.retry", "Chạy lại công việc nền"},       {0},
};

const struct module admin_module = {.name = "admin",
                                    .title = "Quản trị",
                                    .verbs = admin_verbs,
                                    .routes = admin_routes,
                                    .nav = admin_nav,
                                    .job_kinds = admin_job_kinds,
                                    .listeners = admin_listeners,
                                    .commands = admin_commands};
