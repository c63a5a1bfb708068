/* What each address is, and what others ask of the module. */
#include "modules/service/service.h"

#include "kernel/erase/erase.h"
#include "kernel/page/form.h"
#include "modules/receipt/receipt.h"
#include "modules/service/service_draft.h"
#include "modules/service/service_guide_pages.h"
#include "modules/service/service_letter_pages.h"
#include "modules/service/service_pages.h"
#include "modules/task/task.h"

#define FILES_MOST (52 * 1024 * 1024)
#define PUBLIC_GET(path_, get_, name_, ...)                                                                            \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_PUBLIC, .get = (get_), .name = S_INIT(name_),          \
        __VA_ARGS__                                                                                                    \
    }
#define PUBLIC_POST(path_, post_, fields_, name_, ...)                                                                 \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_PUBLIC, .post = (post_), .fields = (fields_),         \
        .name = S_INIT(name_), __VA_ARGS__                                                                             \
    }
#define WORK_GET(path_, get_, name_, ...)                                                                              \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_),       \
        __VA_ARGS__                                                                                                    \
    }
#define ACT(path_, post_, fields_, name_)                                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = service_show_get, .name = S_INIT(name_)                                                               \
    }
#define SETTING_ROLES .access = ACCESS_ROLES, .roles = ROLE_LEADER | ROLE_ADMIN

const struct route service_routes[] = {
    PUBLIC_GET("/service/guide", service_guides_get, "Dịch vụ", .budget_ms = 300),
    PUBLIC_GET("/service/guide/{procedure}", service_guide_get, "Hướng dẫn một thủ tục", .budget_ms = 300),
    PUBLIC_POST("/service/guide/{procedure}/draft", service_begin_post, service_begin_fields, "Bắt đầu khai",
                .again = service_guide_get),
    PUBLIC_GET("/service/draft/{id}", service_draft_get, "Phần đang khai", .budget_ms = 300),
    PUBLIC_GET("/service/draft/{id}/page/{page}", service_page_get, "Một trang của phần khai",
               .fields = service_page_query),
    PUBLIC_POST("/service/draft/{id}/page/{page}", service_page_post, service_page_fields, "Lưu một trang",
                .again = service_page_get),
    PUBLIC_POST("/service/draft/{id}/file", service_file_post, service_file_fields, "Gửi tệp kèm phần khai",
                .again = service_file_again, .before = file_before, .body_limit = FILES_MOST),
    {.method = METHOD_DELETE,
     .path = "/service/draft/{id}/file/{file}",
     .access = ACCESS_PUBLIC,
     .post = service_file_drop,
     .fields = service_no_fields,
     .name = S_INIT("Bỏ một tệp")},
    PUBLIC_GET("/service/draft/{id}/check", service_check_get, "Xem lại trước khi gửi", .budget_ms = 300),
    PUBLIC_POST("/service/draft/{id}/send", service_send_post, service_send_fields, "Gửi hồ sơ",
                .again = service_check_get, .before = receipt_before),
    PUBLIC_GET("/service/draft/{id}/resume", service_resume_get, "Làm tiếp trên máy khác", .budget_ms = 300),
    PUBLIC_POST("/service/draft/{id}/words", service_words_post, service_no_fields, "Lấy ba chữ bí mật",
                .before = receipt_before),
    PUBLIC_GET("/service/receipt/{id}", service_track_get, "Hồ sơ đến đâu", .fields = service_track_query),
    PUBLIC_GET("/service/receipt/{id}/slip", service_slip_get, "Phiếu biên nhận của hồ sơ", .budget_ms = 300),
    PUBLIC_GET("/service/receipt/{id}/letter/{letter}", service_public_letter_get, "Văn bản gửi người nộp",
               .budget_ms = 300),
    PUBLIC_POST("/service/receipt/{id}/answer", service_answer_post, service_answer_fields, "Bổ sung hồ sơ",
                .again = service_track_get, .before = file_before, .body_limit = FILES_MOST),
    PUBLIC_POST("/service/receipt/{id}/withdrawal", service_withdraw_post, service_withdraw_fields, "Rút hồ sơ",
                .again = service_track_get),
    PUBLIC_POST("/service/receipt/{id}/closing", service_closing_post, service_no_fields, "Đóng trên máy này",
                .budget_ms = 300),
    WORK_GET("/service", service_queue_get, "Dịch vụ công", .fields = service_queue_query),
    WORK_GET("/service/new", service_entry_get, "Nhận tại quầy", .budget_ms = 300),
    WORK_GET("/service/{id}", service_show_get, "Một hồ sơ dịch vụ", .fields = service_show_query),
    WORK_GET("/service/{id}/file/{file}", service_paper_get, "Tệp của hồ sơ", .budget_ms = 300),
    WORK_GET("/service/{id}/letter", service_letter_new_get, "Lập văn bản", .fields = service_letter_query),
    WORK_GET("/service/{id}/letter/{letter}", service_letter_get, "Văn bản của hồ sơ", .budget_ms = 300),
    ACT("/service/{id}/receipt", service_receive_post, service_receive_fields, "Tiếp nhận hồ sơ"),
    ACT("/service/{id}/step", service_advance_post, service_advance_fields, "Chuyển bước"),
    ACT("/service/{id}/supplement", service_supplement_post, service_supplement_fields, "Yêu cầu bổ sung"),
    ACT("/service/{id}/apology", service_apology_post, service_apology_fields, "Xin lỗi và hẹn lại"),
    ACT("/service/{id}/refusal", service_refusal_post, service_refusal_fields, "Từ chối hồ sơ"),
    ACT("/service/{id}/look", service_look_post, service_look_fields, "Xem câu trả lời được giữ kín"),
    {.method = METHOD_POST,
     .path = "/service/{id}/letter",
     .access = ACCESS_SIGNED_IN,
     .post = service_letter_new_post,
     .fields = service_letter_fields,
     .again = service_letter_new_get,
     .name = S_INIT("Lập văn bản")},
    {.method = METHOD_GET,
     .path = "/service/procedure",
     SETTING_ROLES,
     .get = service_offices_get,
     .name = S_INIT("Thủ tục")},
    {.method = METHOD_GET,
     .path = "/service/procedure/{procedure}",
     SETTING_ROLES,
     .get = service_office_get,
     .name = S_INIT("Cài đặt một thủ tục")},
    {.method = METHOD_POST,
     .path = "/service/procedure/{procedure}",
     SETTING_ROLES,
     .post = service_office_post,
     .fields = service_office_fields,
     .again = service_office_get,
     .name = S_INIT("Cài đặt một thủ tục")},
    {.method = METHOD_GET,
     .path = "/service/list/{list}",
     SETTING_ROLES,
     .get = service_list_get,
     .name = S_INIT("Danh sách để chọn")},
    {.method = METHOD_POST,
     .path = "/service/list/{list}",
     SETTING_ROLES,
     .post = service_list_post,
     .fields = service_list_fields,
     .again = service_list_get,
     .name = S_INIT("Danh sách để chọn")},
    {0},
};

static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    int64_t counts[SERVICE_BOXES];
    TRY(service_box_counts(db, who, counts));
    *n = counts[SERVICE_BOX_NEW];
    *is_hot = counts[SERVICE_BOX_LATE] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 35,
     .title = "Dịch vụ công",
     .path = "/service",
     .icon = ICON("hand-heart"),
     .count = nav_count},
    {0},
};

static const struct verb_words verbs[] = {
    {"service.submit", "Gửi hồ sơ dịch vụ"},          {"service.receive", "Tiếp nhận hồ sơ dịch vụ"},
    {"service.advance", "Chuyển bước hồ sơ dịch vụ"}, {"service.supplement", "Yêu cầu bổ sung hồ sơ"},
    {"service.answer", "Người nộp bổ sung hồ sơ"},    {"service.apology", "Xin lỗi và hẹn lại"},
    {"service.refusal", "Từ chối hồ sơ dịch vụ"},     {"service.withdraw", "Người nộp rút hồ sơ"},
    {"service.letter", "Lập văn bản của hồ sơ"},      {"service.look", "Xem câu trả lời được giữ kín"},
    {"service.late", "Hồ sơ dịch vụ quá hẹn"},        {"service.office", "Cài đặt thủ tục"},
    {"service.list", "Sửa danh sách để chọn"},        {NULL, NULL},
};

static const struct task_kind kinds[] = {
    {.kind = S_INIT("service"), .title = S_INIT("Hồ sơ dịch vụ"), .give_right = CAN_MANAGE},
    {.kind = S_INIT("")},
};

const struct module service_module = {.name = "service",
                                      .title = "Dịch vụ công",
                                      .routes = service_routes,
                                      .nav = nav,
                                      .sources = service_sources,
                                      .verbs = verbs,
                                      .metrics = service_metrics,
                                      .waiting = service_waiting,
                                      .told = service_told,
                                      .job_kinds = service_job_kinds,
                                      .task_kinds = kinds,
                                      .demo = service_demo,
                                      .seed = service_seed,
                                      .erase = service_forget};
