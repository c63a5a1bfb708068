/* The portal's addresses: what the public reads, and the work side under /portal/office. */
#include "modules/portal/portal_duty.h"
#include "modules/portal/portal_public.h"
#include "modules/portal/portal_work.h"
#include "modules/thread/thread.h"

const struct field portal_work_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Ngăn"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
static const struct field show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Các bước trước"), .most = 20},
    {0},
};

#define PUBLIC(path_, get_, fields_, name_)                                                                            \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_PUBLIC, .get = (get_), .fields = (fields_),            \
        .name = S_INIT(name_)                                                                                          \
    }
#define WORK(path_, get_, fields_, name_)                                                                              \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
#define ACT(path_, fields_, name_)                                                                                     \
    {                                                                                                                  \
        .method = METHOD_POST, .path = "/portal/office/{id}/" path_, .access = ACCESS_SIGNED_IN,                       \
        .post = portal_act_post, .fields = (fields_), .again = portal_show_get, .name = S_INIT(name_)                  \
    }

static const struct route routes[] = {
    PUBLIC("/portal", portal_home_get, NULL, PUBLIC_HOME),
    PUBLIC("/portal/news", portal_news_get, portal_news_query, "Tin tức"),
    PUBLIC("/portal/communes", portal_communes_get, portal_q_query, "Phường, xã, đặc khu trên cổng"),
    PUBLIC("/portal/search", portal_search_get, portal_q_query, PUBLIC_SEARCH),
    {.method = METHOD_GET,
     .path = "/portal/sitemap.xml",
     .access = ACCESS_PUBLIC,
     .get = portal_sitemap_get,
     .budget_ms = 2000,
     .budget_bytes = 5000000,
     .name = S_INIT("Sơ đồ cổng cho máy tìm kiếm")},
    PUBLIC("/portal/{site}", portal_site_get, NULL, "Trang của một nơi trên cổng"),
    PUBLIC("/portal/{site}/news", portal_site_news_get, portal_news_query, "Tin tức của một nơi"),
    PUBLIC("/portal/{site}/feed.xml", portal_feed_get, NULL, "Theo dõi tin"),
    PUBLIC("/portal/{site}/{slug}", portal_article_get, NULL, "Bài trên cổng"),
    PUBLIC("/portal/{site}/{slug}/picture", portal_picture_get, NULL, "Ảnh của bài"),
    WORK("/portal/office", portal_work_get, portal_work_query, "Cổng thông tin điện tử"),
    WORK("/portal/office/new", portal_new_get, NULL, "Viết bài"),
    {.method = METHOD_POST,
     .path = "/portal/office",
     .access = ACCESS_SIGNED_IN,
     .post = portal_new_post,
     .fields = portal_new_fields,
     .before = file_before,
     .again = portal_new_get,
     .edit = "/portal/office/{id}/edit",
     .body_limit = PORTAL_BODY_MOST,
     .name = S_INIT("Viết bài")},
    WORK("/portal/office/duty", portal_duties_get, portal_duty_query, "Danh mục phải công khai"),
    WORK("/portal/office/duty/{id}/edit", portal_duty_edit_get, NULL, "Ghi một mục công khai"),
    {.method = METHOD_POST,
     .path = "/portal/office/duty/{id}/edit",
     .access = ACCESS_SIGNED_IN,
     .post = portal_duty_edit_post,
     .fields = portal_duty_fields,
     .again = portal_duty_edit_get,
     .name = S_INIT("Ghi một mục công khai")},
    WORK("/portal/office/{id}", portal_show_get, show_query, "Bài trên cổng"),
    WORK("/portal/office/{id}/preview", portal_preview_get, NULL, "Xem trước"),
    WORK("/portal/office/{id}/picture", portal_work_picture_get, NULL, "Ảnh của bài"),
    WORK("/portal/office/{id}/edit", portal_edit_get, NULL, "Sửa bài"),
    {.method = METHOD_POST,
     .path = "/portal/office/{id}/edit",
     .access = ACCESS_SIGNED_IN,
     .post = portal_edit_post,
     .fields = portal_edit_fields,
     .before = file_before,
     .again = portal_edit_get,
     .body_limit = PORTAL_BODY_MOST,
     .name = S_INIT("Sửa bài")},
    ACT("submission", portal_submission_fields, "Gửi duyệt"),
    ACT("recall", portal_version_fields, "Rút lại để sửa"),
    ACT("return", portal_reason_fields, "Trả lại bài"),
    ACT("approval", portal_approval_fields, "Duyệt đăng"),
    ACT("withdrawal", portal_withdrawal_fields, "Rút khỏi cổng"),
    ACT("taking", portal_version_fields, "Đưa lên trang thành phố"),
    ACT("refusal", portal_version_fields, "Không đưa lên trang thành phố"),
    {0},
};

static const struct nav_entry nav[] = {
    {.area = AREA_WORK, .order = 60, .title = "Cổng thông tin", .path = "/portal/office", .icon = ICON("globe")},
    {0},
};

/* What the trail calls its acts. */
static const struct verb_words verbs[] = {
    {"portal.add", "Bắt đầu viết bài"},
    {"portal.change", "Sửa bài"},
    {"portal.submission", "Gửi duyệt bài"},
    {"portal.recall", "Rút lại bài để sửa"},
    {"portal.return", "Trả lại bài"},
    {"portal.approval", "Duyệt bài"},
    {"portal.live", "Đăng bài lên cổng"},
    {"portal.withdrawal", "Rút bài khỏi cổng"},
    {"portal.taking", "Đưa bài của xã lên trang thành phố"},
    {"portal.refusal", "Không đưa bài của xã lên trang thành phố"},
    {"portal.duty", "Ghi một mục phải công khai"},
    {0},
};

const struct module portal_module = {.name = "portal",
                                     .title = "Cổng thông tin điện tử",
                                     .routes = routes,
                                     .nav = nav,
                                     .job_kinds = portal_jobs,
                                     .sources = portal_sources,
                                     .verbs = verbs,
                                     .metrics = portal_metrics,
                                     .waiting = portal_waiting,
                                     .told = portal_told,
                                     .file_uses = portal_file_uses,
                                     .demo = portal_demo,
                                     .seed = portal_sites_make};
