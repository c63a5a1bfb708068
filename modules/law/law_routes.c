/* The routes of the library's pages. */
#include "kernel/file/file.h"
#include "modules/law/law_add.h"
#include "modules/law/law_import_pages.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_secret.h"

/* Of a whole work on one page, or two beside each other: the longest laws come to 1 MB each. */
enum { BYTES_WHOLE = 8 * 1000 * 1000 };

static const struct field list_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Từ cần tìm"), .most = 1000},
    {.kind = FIELD_LINE, .name = S_INIT("family"), .label = S_INIT("Hệ thống"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Loại"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("issuer"), .label = S_INIT("Cơ quan ban hành")},
    {.kind = FIELD_LINE, .name = S_INIT("topic"), .label = S_INIT("Chủ đề"), .most = 100},
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Hiệu lực"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Ban hành từ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("đến"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("sort"), .label = S_INIT("Thứ tự"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Từ"), .most = 400},
    {0},
};
static const struct field show_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("at"), .label = S_INIT("Chỗ"), .most = 200},
    {.kind = FIELD_LINE, .name = S_INIT("part"), .label = S_INIT("Phần"), .most = 200},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Ngày"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("view"), .label = S_INIT("Lời văn"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("lang"), .label = S_INIT("Ngôn ngữ"), .most = 5},
    {.kind = FIELD_LINE, .name = S_INIT("all"), .label = S_INIT("Cả văn bản"), .most = 1},
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Từ đã tìm"), .most = 1000},
    {0},
};

static const struct field compare_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Ngày trước"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Ngày sau"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("with"), .label = S_INIT("So với văn bản khác"), .most = 300},
    {.kind = FIELD_LINE, .name = S_INIT("all"), .label = S_INIT("Cả chỗ không đổi"), .most = 1},
    {0},
};
static const struct field relation_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Loại quan hệ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("way"), .label = S_INIT("Chiều"), .most = 5},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Từ"), .most = 20},
    {0},
};
static const struct field day_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("removed"), .label = S_INIT("Ghi chú vừa xóa"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("on"), .label = S_INIT("Ngày"), .most = 20},
    {0},
};
static const struct field page_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("sort"), .label = S_INIT("Thứ tự"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Từ"), .most = 400},
    {.kind = FIELD_LINE, .name = S_INIT("all"), .label = S_INIT("Tất cả, để in"), .most = 1},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("removed"), .label = S_INIT("Văn bản vừa bỏ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Chỗ vừa bỏ"), .most = 200},
    {0},
};
static const struct field back_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("back"), .label = S_INIT("Trở về")},
    {0},
};

#define GET_ROUTE(path_, get_, fields_, name_)                                                                         \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
#define ADMIN_ROUTE(path_, get_, name_)                                                                                \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .get = (get_),             \
        .name = S_INIT(name_)                                                                                          \
    }
#define ACT_ROUTE(method_, path_, post_, fields_, again_, name_)                                                       \
    {                                                                                                                  \
        .method = (method_), .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),        \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }

#define ADD_ROUTE(method_, path_, ...)                                                                                 \
    {                                                                                                                  \
        .method = (method_), .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_CLERK | ROLE_OFFICER | ROLE_ADMIN, \
        __VA_ARGS__                                                                                                    \
    }
#define REVIEW_ROUTE(method_, path_, ...)                                                                              \
    { .method = (method_), .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_OFFICER | ROLE_ADMIN, __VA_ARGS__ }

const struct route law_routes[] = {
    GET_ROUTE("/law", law_index_get, list_fields, "Thư viện pháp luật"),
    GET_ROUTE("/law/export", law_export_list_get, list_fields, "Danh sách văn bản pháp luật, Excel"),
    ADMIN_ROUTE("/law/import", law_imports_get, "Nhập văn bản pháp luật"),
    ADMIN_ROUTE("/law/import/{import}", law_import_get, "Một lần nhập văn bản pháp luật"),
    ADD_ROUTE(METHOD_GET, "/law/add", .get = law_add_get, .name = S_INIT("Thêm văn bản pháp luật")),
    ADD_ROUTE(METHOD_POST, "/law/add", .post = law_add_post, .fields = law_add_fields, .before = file_before_markup,
              .again = law_add_get, .body_limit = (int64_t)300 << 20, .name = S_INIT("Gửi tệp văn bản pháp luật")),
    ADD_ROUTE(METHOD_GET, "/law/add/{draft}", .get = law_draft_get, .name = S_INIT("Kiểm tra văn bản vừa đọc")),
    ADD_ROUTE(METHOD_POST, "/law/add/{draft}", .post = law_draft_post, .fields = law_draft_fields,
              .again = law_draft_get, .name = S_INIT("Xác nhận thêm văn bản pháp luật")),
    ADD_ROUTE(METHOD_DELETE, "/law/add/{draft}", .post = law_draft_end, .name = S_INIT("Bỏ tệp đã gửi")),
    GET_ROUTE("/law/seal/{seal}", law_seal_get, NULL, "Tệp tạm giữ"),
    ACT_ROUTE(METHOD_POST, "/law/seal/{seal}/opening", law_seal_opening_post, law_seal_fields, law_seal_get,
              "Xác nhận không phải tài liệu mật"),
    ACT_ROUTE(METHOD_POST, "/law/seal/{seal}/destruction", law_seal_destruction_post, NULL, NULL, "Xóa tài liệu mật"),
    GET_ROUTE("/law/watch", law_watches_get, page_fields, "Văn bản đang theo dõi"),
    GET_ROUTE("/law/note", law_notes_get, page_fields, "Ghi chú pháp luật"),
    GET_ROUTE("/law/note/export", law_notes_export_get, NULL, "Ghi chú pháp luật, Excel"),
    GET_ROUTE("/law/note/{note}", law_note_edit_get, NULL, "Sửa ghi chú"),
    ACT_ROUTE(METHOD_POST, "/law/note/{note}", law_note_edit_post, law_words_fields, law_note_edit_get, "Sửa ghi chú"),
    ACT_ROUTE(METHOD_POST, "/law/note/{note}/restoration", law_note_back_post, NULL, NULL, "Lấy lại ghi chú đã xóa"),
    GET_ROUTE("/law/collection", law_collections_get, page_fields, "Bộ sưu tập văn bản"),
    GET_ROUTE("/law/collection/{collection}", law_collection_get, page_fields, "Một bộ sưu tập văn bản"),
    GET_ROUTE("/law/collection/{collection}/export", law_collection_export_get, page_fields,
              "Bộ sưu tập văn bản, Excel"),
    REVIEW_ROUTE(METHOD_GET, "/law/change", .get = law_change_index_get, .fields = law_change_fields,
                 .name = S_INIT("Duyệt thay đổi của văn bản")),
    REVIEW_ROUTE(METHOD_GET, "/law/change/{event}", .get = law_change_show_get, .name = S_INIT("Một thay đổi")),
    REVIEW_ROUTE(METHOD_POST, "/law/change/{event}", .post = law_change_post, .fields = law_decision_fields,
                 .again = law_change_show_get, .name = S_INIT("Quyết định về một thay đổi")),
    GET_ROUTE("/law/guard", law_guard_index_get, NULL, "Kiểm tra trích dẫn"),
    GET_ROUTE("/law/guard/{check}", law_guard_show_get, law_guard_page_fields, "Một lần kiểm tra trích dẫn"),
    {.method = METHOD_POST,
     .path = "/law/guard",
     .access = ACCESS_SIGNED_IN,
     .before = law_guard_try,
     .post = law_guard_post,
     .fields = law_guard_fields,
     .again = law_guard_index_get,
     .body_limit = INT64_C(60) << 20,
     .name = S_INIT("Kiểm tra trích dẫn của một văn bản")},
    ACT_ROUTE(METHOD_DELETE, "/law/guard/{check}", law_guard_end, NULL, NULL, "Xóa một lần kiểm tra"),
    {.method = METHOD_GET,
     .path = "/law/{id}",
     .access = ACCESS_SIGNED_IN,
     .get = law_show_get,
     .fields = show_fields,
     .budget_bytes = BYTES_WHOLE,
     .name = S_INIT("Đọc văn bản pháp luật")},
    GET_ROUTE("/law/{id}/place/{eid}", law_about_get, day_fields, "Một chỗ của văn bản pháp luật"),
    GET_ROUTE("/law/{id}/history", law_history_get, day_fields, "Lịch sử hiệu lực"),
    {.method = METHOD_GET,
     .path = "/law/{id}/compare",
     .access = ACCESS_SIGNED_IN,
     .get = law_compare_get,
     .fields = compare_fields,
     .budget_bytes = BYTES_WHOLE,
     .name = S_INIT("So sánh lời văn")},
    GET_ROUTE("/law/{id}/relation", law_relations_get, relation_fields, "Lược đồ"),
    GET_ROUTE("/law/{id}/export", law_out_get, law_out_fields, "Tải văn bản pháp luật về"),
    GET_ROUTE("/law/{id}/facts", law_facts_get, day_fields, "Thuộc tính văn bản pháp luật"),
    ACT_ROUTE(METHOD_POST, "/law/watch", law_topic_watch_post, law_topic_fields, NULL, "Theo dõi một chủ đề"),
    ACT_ROUTE(METHOD_POST, "/law/{id}/watch", law_watch_post, NULL, NULL, "Theo dõi một văn bản"),
    ACT_ROUTE(METHOD_DELETE, "/law/watch/{watch}", law_watch_end, back_fields, NULL, "Thôi theo dõi"),
    ACT_ROUTE(METHOD_POST, "/law/{id}/note", law_note_post, law_note_fields, law_facts_get, "Ghi chú"),
    ACT_ROUTE(METHOD_DELETE, "/law/note/{note}", law_note_end, NULL, NULL, "Xóa ghi chú"),
    {.method = METHOD_POST,
     .path = "/law/collection",
     .access = ACCESS_SIGNED_IN,
     .post = law_collection_post,
     .fields = law_collection_fields,
     .again = law_collections_get,
     .edit = "/law/collection/{collection}/name",
     .name = S_INIT("Lập bộ sưu tập")},
    ACT_ROUTE(METHOD_POST, "/law/collection/{collection}/name", law_collection_name_post, law_name_fields,
              law_collection_get, "Đổi tên bộ sưu tập"),
    ACT_ROUTE(METHOD_DELETE, "/law/collection/{collection}", law_collection_end, NULL, NULL, "Xóa bộ sưu tập"),
    ACT_ROUTE(METHOD_POST, "/law/collection/{collection}/restoration", law_collection_back_post, NULL, NULL,
              "Lấy lại bộ sưu tập đã xóa"),
    ACT_ROUTE(METHOD_POST, "/law/collection/{collection}/share", law_collection_share_post, law_share_fields,
              law_collection_get, "Chia sẻ bộ sưu tập"),
    ACT_ROUTE(METHOD_DELETE, "/law/collection/{collection}/share/{principal}", law_collection_share_end, NULL, NULL,
              "Thôi chia sẻ bộ sưu tập"),
    ACT_ROUTE(METHOD_POST, "/law/{id}/collection", law_item_post, law_item_fields, law_facts_get, "Lưu vào bộ sưu tập"),
    ACT_ROUTE(METHOD_DELETE, "/law/collection/{collection}/item/{item}", law_item_end, NULL, NULL,
              "Bỏ khỏi bộ sưu tập"),
    {0},
};
