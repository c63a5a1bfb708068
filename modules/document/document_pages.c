/* The routes of incoming documents: read top to bottom, they are what the office does. */
#include "modules/document/document_pages.h"
#include "modules/document/document_forms.h"

/* What waits for this hat to act, beside the name in the navigation. */
struct err document_nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct document_counts c;
    TRY(document_counts(db, who->post, clock_today(), &c));
    *n = c.n[DOCUMENT_BOX_WAITING];
    if (who->roles & ROLE_CLERK) {
        *n += c.n[DOCUMENT_BOX_DRAFT] + c.n[DOCUMENT_BOX_RECEIVED];
    }
    if (who->roles & ROLE_LEADER) {
        *n += c.n[DOCUMENT_BOX_PRESENTED] + c.n[DOCUMENT_BOX_REPORTED];
    }
    *is_hot = c.n[DOCUMENT_BOX_LATE] > 0;
    return OK;
}

#define READS ACCESS_SIGNED_IN
#define CLERKS .access = ACCESS_ROLES, .roles = ROLE_CLERK
#define OFFICE .access = ACCESS_ROLES, .roles = ROLE_CLERK | ROLE_LEADER
#define LEADERS .access = ACCESS_ROLES, .roles = ROLE_LEADER

const struct route document_routes[] = {
    {.method = METHOD_GET, .path = "/document", .access = READS, .get = document_index_get, .fields = document_filter_fields, .name = S_INIT("Văn bản đến")},
    {.method = METHOD_GET, .path = "/document/export", .access = READS, .get = document_export_get, .fields = document_filter_fields, .name = S_INIT("Xuất danh sách văn bản đến")},
    {.method = METHOD_GET, .path = "/document/book", .access = READS, .get = document_book_get, .fields = document_filter_fields, .name = S_INIT("In sổ văn bản đến")},
    {.method = METHOD_GET, .path = "/document/deadline", .access = READS, .get = document_deadline_get, .fields = document_deadline_query, .name = S_INIT("Tính hạn theo ngày làm việc")},
    {.method = METHOD_GET, .path = "/document/new", CLERKS, .get = document_new_get, .name = S_INIT("Nhận văn bản đến")},
    {.method = METHOD_POST, .path = "/document/upload", CLERKS, .post = document_upload_post, .fields = document_upload_fields, .again = document_new_get, .body_limit = DOCUMENT_BODY_MOST, .name = S_INIT("Gửi tệp văn bản đến")},
    {.method = METHOD_POST, .path = "/document/draft", CLERKS, .post = document_draft_post, .fields = document_no_fields, .name = S_INIT("Nhập văn bản không có tệp")},
    {.method = METHOD_GET, .path = "/document/{id}", .access = READS, .get = document_show_get, .fields = document_show_query, .name = S_INIT("Xem văn bản")},
    {.method = METHOD_GET, .path = "/document/{id}/register", OFFICE, .get = document_register_get, .fields = document_show_query, .name = S_INIT("Trang vào sổ")},
    {.method = METHOD_POST, .path = "/document/{id}/registration", CLERKS, .post = document_registration_post, .fields = document_register_fields, .again = document_register_get, .name = S_INIT("Vào sổ")},
    {.method = METHOD_POST, .path = "/document/{id}/amendment", OFFICE, .post = document_amendment_post, .fields = document_register_fields, .again = document_register_get, .name = S_INIT("Sửa thông tin đăng ký")},
    {.method = METHOD_POST, .path = "/document/{id}/removal", CLERKS, .post = document_removal_post, .fields = document_no_fields, .name = S_INIT("Bỏ bản chưa vào sổ")},
    {.method = METHOD_POST, .path = "/document/{id}/void", OFFICE, .post = document_void_post, .fields = document_reason_fields, .again = document_show_get, .name = S_INIT("Hủy đăng ký")},
    {.method = METHOD_POST, .path = "/document/{id}/file", OFFICE, .post = document_attach_post, .fields = document_attach_fields, .again = document_show_get, .body_limit = DOCUMENT_BODY_MOST, .name = S_INIT("Thêm tệp")},
    {.method = METHOD_POST, .path = "/document/{id}/presentation", OFFICE, .post = document_presentation_post, .fields = document_present_fields, .again = document_show_get, .name = S_INIT("Trình lãnh đạo")},
    {.method = METHOD_POST, .path = "/document/{id}/directive", LEADERS, .post = document_directive_post, .fields = document_direct_fields, .again = document_show_get, .name = S_INIT("Chỉ đạo, giao xử lý")},
    {.method = METHOD_POST, .path = "/document/{id}/directive/recall", LEADERS, .post = document_directive_recall_post, .fields = document_no_fields, .name = S_INIT("Thu hồi chỉ đạo vừa ghi")},
    {.method = METHOD_POST, .path = "/document/{id}/closure", LEADERS, .post = document_closure_post, .fields = document_note_fields, .again = document_show_get, .name = S_INIT("Kết thúc văn bản")},
    {.method = METHOD_POST, .path = "/document/{id}/reopening", LEADERS, .post = document_reopening_post, .fields = document_reason_fields, .again = document_show_get, .name = S_INIT("Mở lại văn bản")},
    {.method = METHOD_POST, .path = "/document/{id}/opinion", .access = READS, .post = document_opinion_post, .fields = document_say_fields, .again = document_show_get, .body_limit = DOCUMENT_BODY_MOST, .name = S_INIT("Ghi ý kiến")},
    {.method = METHOD_POST, .path = "/document/{id}/extension/{extension}/decision", LEADERS, .post = document_decision_post, .fields = document_answer_fields, .again = document_show_get, .name = S_INIT("Trả lời đề nghị gia hạn")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/acceptance", .access = READS, .post = document_acceptance_post, .fields = document_no_fields, .name = S_INIT("Tiếp nhận việc")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/reading", .access = READS, .post = document_reading_post, .fields = document_no_fields, .name = S_INIT("Đánh dấu đã xem")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/assignment", .access = ACCESS_ROLES, .roles = ROLE_HEAD, .post = document_assignment_post, .fields = document_assign_fields, .again = document_show_get, .name = S_INIT("Phân công trong đơn vị")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/report", .access = READS, .post = document_report_post, .fields = document_report_fields, .again = document_show_get, .body_limit = DOCUMENT_BODY_MOST, .name = S_INIT("Báo hoàn thành")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/return", .access = READS, .post = document_return_post, .fields = document_reason_fields, .again = document_show_get, .name = S_INIT("Trả lại việc được giao")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/extension", .access = READS, .post = document_extension_post, .fields = document_extend_fields, .again = document_show_get, .name = S_INIT("Xin gia hạn")},
    {.method = METHOD_POST, .path = "/document/{id}/line/{line}/recall", LEADERS, .post = document_recall_post, .fields = document_reason_fields, .again = document_show_get, .name = S_INIT("Thu hồi việc đã giao")},
    {.method = METHOD_GET, .path = "/document/{id}/file/{file}", .access = READS, .get = document_file_get, .fields = document_file_query, .name = S_INIT("Tệp của văn bản")},
    {.method = METHOD_GET, .path = "/document/{id}/file/{file}/page/{page}", .access = READS, .get = document_picture_get, .name = S_INIT("Ảnh trang")},
    {.method = METHOD_GET, .path = "/document/{id}/file/{file}/page/{page}/words", .access = READS, .get = document_words_get, .name = S_INIT("Chữ đọc được của trang")},
    {.method = METHOD_GET, .path = "/document/{id}/crop/{fact}", .access = READS, .get = document_crop_get, .name = S_INIT("Mảnh giấy của một gợi ý")},
    {0},
};
