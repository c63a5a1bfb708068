/* What each address is, and the module. */
#include "modules/consult/consult_pages.h"
#include "kernel/page/html.h"
#include "modules/receipt/receipt.h"

#define MAKERS (ROLE_CLERK | ROLE_OFFICER | ROLE_HEAD | ROLE_LEADER)
#define OFFICE_GET(path_, get_, name_, ...)                                                                            \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .name = S_INIT(name_),       \
        __VA_ARGS__                                                                                                    \
    }
#define OFFICE_POST(path_, post_, fields_, again_, name_)                                                              \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }
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
#define ACT(noun_, name_)                                                                                              \
    OFFICE_POST("/consult/{id}/" noun_, consult_act_post, consult_act_fields, consult_show_get, name_)

const struct route consult_routes[] = {
    PUBLIC_GET("/consult/open", consult_list_get, "Góp ý", .fields = consult_public_query),
    PUBLIC_GET("/consult/open/{id}", consult_public_get, "Một dự thảo đang hỏi ý kiến", .budget_ms = 400),
    PUBLIC_GET("/consult/open/{id}/opinion", consult_say_get, "Góp ý một điều", .fields = consult_say_query),
    PUBLIC_POST("/consult/open/{id}/opinion", consult_say_post, consult_say_fields, "Viết góp ý",
                .again = consult_say_get),
    PUBLIC_GET("/consult/draft/{id}", consult_draft_get, "Xem lại góp ý trước khi gửi", .budget_ms = 300),
    PUBLIC_POST("/consult/draft/{id}/send", consult_send_post, consult_no_fields, "Gửi góp ý",
                .again = consult_draft_get, .before = receipt_before),
    PUBLIC_GET("/consult/receipt/{id}", consult_receipt_get, "Góp ý được trả lời ra sao", .budget_ms = 300),
    PUBLIC_POST("/consult/receipt/{id}/closing", consult_forget_post, consult_no_fields, "Đóng góp ý trên máy này",
                .budget_ms = 300),
    OFFICE_GET("/consult", consult_index_get, "Lấy ý kiến", .fields = consult_index_query),
    {.method = METHOD_GET,
     .path = "/consult/new",
     .access = ACCESS_ROLES,
     .roles = MAKERS,
     .get = consult_new_get,
     .name = S_INIT("Lập cuộc lấy ý kiến")},
    {.method = METHOD_POST,
     .path = "/consult/new",
     .access = ACCESS_ROLES,
     .roles = MAKERS,
     .post = consult_new_post,
     .fields = consult_item_fields,
     .again = consult_new_get,
     .edit = "/consult/{id}/edit",
     .name = S_INIT("Lập cuộc lấy ý kiến")},
    OFFICE_GET("/consult/{id}", consult_show_get, "Một cuộc lấy ý kiến", .budget_ms = 400),
    OFFICE_GET("/consult/{id}/edit", consult_edit_get, "Sửa cuộc lấy ý kiến", .budget_ms = 300),
    OFFICE_POST("/consult/{id}/edit", consult_edit_post, consult_edit_fields, consult_edit_get, "Sửa cuộc lấy ý kiến"),
    OFFICE_GET("/consult/{id}/opinion", consult_opinions_get, "Ý kiến góp ý", .fields = consult_opinions_query),
    OFFICE_GET("/consult/{id}/opinion/new", consult_enter_get, "Nhập ý kiến", .budget_ms = 300),
    OFFICE_POST("/consult/{id}/opinion/new", consult_enter_post, consult_enter_fields, consult_enter_get,
                "Nhập ý kiến"),
    OFFICE_POST("/consult/{id}/opinion/{opinion}/separation", consult_part_post, consult_no_fields, consult_show_get,
                "Tách khỏi nhóm"),
    OFFICE_POST("/consult/{id}/theme", consult_group_post, consult_group_fields, consult_opinions_get,
                "Gom ý kiến thành nhóm"),
    OFFICE_GET("/consult/{id}/theme/{theme}", consult_theme_get, "Một nhóm ý kiến", .budget_ms = 300),
    OFFICE_POST("/consult/{id}/theme/{theme}", consult_theme_post, consult_answer_fields, consult_theme_get,
                "Trả lời một nhóm ý kiến"),
    ACT("submission", "Trình duyệt mở"),
    ACT("opening", "Duyệt, mở lấy ý kiến"),
    ACT("end", "Kết thúc lấy ý kiến"),
    ACT("request", "Trình duyệt công bố"),
    ACT("publication", "Duyệt, công bố"),
    ACT("return", "Trả lại"),
    {0},
};

static struct err nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    int64_t counts[CONSULT_BOXES];
    TRY(consult_box_counts(db, who, counts));
    *n = counts[CONSULT_APPROVE] + counts[CONSULT_ANSWERING];
    *is_hot = counts[CONSULT_APPROVE] > 0;
    return OK;
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 62,
     .title = "Lấy ý kiến",
     .path = "/consult",
     .icon = ICON("messages-square"),
     .count = nav_count},
    {0},
};

static const struct verb_words verbs[] = {
    {"consult.add", "Lập cuộc lấy ý kiến"},
    {"consult.change", "Sửa cuộc lấy ý kiến"},
    {"consult.submission", "Trình duyệt mở"},
    {"consult.opening", "Duyệt, mở lấy ý kiến"},
    {"consult.end", "Kết thúc lấy ý kiến"},
    {"consult.request", "Trình duyệt công bố"},
    {"consult.publication", "Duyệt, công bố"},
    {"consult.return", "Trả lại cuộc lấy ý kiến"},
    {"consult.say", "Nhận một ý kiến góp ý"},
    {"consult.group", "Gom ý kiến thành nhóm"},
    {"consult.part", "Tách ý kiến khỏi nhóm"},
    {"consult.answer", "Trả lời một nhóm ý kiến"},
    {NULL, NULL},
};

const struct module consult_module = {.name = "consult",
                                      .title = "Lấy ý kiến",
                                      .routes = consult_routes,
                                      .nav = nav,
                                      .sources = consult_sources,
                                      .verbs = verbs,
                                      .metrics = consult_metrics,
                                      .waiting = consult_waiting,
                                      .told = consult_told,
                                      .demo = consult_demo,
                                      .erase = consult_forget};
