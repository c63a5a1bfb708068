/* What each form and address of mail takes, and the routes. */
#include "modules/mail/forms.h"

enum { PAPER_MOST = 100 * 1024 * 1024, BODY_MOST = 101 * 1024 * 1024, EXPORT_MOST = 150 * 1024 * 1024 };

const struct field mail_no_fields[] = {{0}};
const struct field mail_view_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Hộp thư"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Từ cần tìm"), .most = 300},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 60},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field mail_note_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ghi chú nội bộ"), .is_required = true, .most = 2000},
    {0},
};
const struct field mail_snooze_fields[] = {
    {.kind = FIELD_DATE, .name = S_INIT("on"), .label = S_INIT("Hẹn lại đến ngày"), .is_required = true},
    {0},
};
const struct field mail_to_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("to"), .label = S_INIT("Giao cho"), .is_required = true},
    {0},
};
const struct field mail_star_fields[] = {
    {.kind = FIELD_INT, .name = S_INIT("star"), .label = S_INIT("Gắn sao"), .is_required = true, .most = 1},
    {0},
};
static const struct choice hows[] = {{S_INIT("reply"), S_INIT("Trả lời")},
                                     {S_INIT("all"), S_INIT("Trả lời tất cả")},
                                     {S_INIT("forward"), S_INIT("Chuyển tiếp")},
                                     {S_INIT(""), S_INIT("")}};
const struct field mail_how_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("how"), .label = S_INIT("Cách"), .is_required = true, .choices = hows},
    {0},
};
const struct field mail_letter_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("letter"), .label = S_INIT("Thư"), .is_required = true},
    {0},
};
const struct field mail_task_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên công việc"), .is_required = true, .most = 300},
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung, yêu cầu"),
     .is_required = true,
     .most = 2000},
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Chủ trì"), .is_required = true},
    {.kind = FIELD_INT, .name = S_INIT("days"), .label = S_INIT("Hạn: số ngày làm việc"), .least = 1, .most = 365},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("hoặc đến ngày")},
    {0},
};
const struct field mail_write_fields[] = {
    {.kind = FIELD_IDS, .name = S_INIT("to"), .label = S_INIT("Nơi nhận"), .is_many = true},
    {.kind = FIELD_IDS, .name = S_INIT("cc"), .label = S_INIT("Đồng gửi"), .is_many = true},
    {.kind = FIELD_IDS, .name = S_INIT("bcc"), .label = S_INIT("Gửi kín"), .is_many = true},
    {.kind = FIELD_LINE, .name = S_INIT("subject"), .label = S_INIT("Về việc"), .most = 300},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Nội dung"), .most = 20000},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp kèm theo"), .is_many = true, .most = PAPER_MOST},
    {.kind = FIELD_DATE, .name = S_INIT("send_on"), .label = S_INIT("Gửi vào ngày")},
    {.kind = FIELD_LINE,
     .name = S_INIT("send_at"),
     .label = S_INIT("lúc"),
     .most = 5,
     .hint = S_INIT("Ví dụ 07:30. Để trống: 08:00.")},
    {.kind = FIELD_LINE, .name = S_INIT("seen"), .label = S_INIT("Thư đã xem"), .most = 20},
    {0},
};
const struct field mail_begin_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("box"), .label = S_INIT("Hộp thư")},
    {0},
};
const struct field mail_draft_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("answer"), .label = S_INIT("Mẫu trả lời"), .most = 20},
    {0},
};
const struct field mail_answer_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("box"), .label = S_INIT("Hộp thư"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên mẫu"), .is_required = true, .most = 100},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Nội dung"), .is_required = true, .most = 5000},
    {0},
};
const struct field mail_answer_edit_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên mẫu"), .is_required = true, .most = 100},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Nội dung"), .is_required = true, .most = 5000},
    FORM_VERSION,
    {0},
};
const struct field mail_box_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Hộp thư"), .most = 20},
    {0},
};
const struct field mail_file_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("download"), .label = S_INIT("Tải về"), .most = 1},
    {0},
};
const struct field mail_bring_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp thư (.eml hoặc .mbox)"),
     .is_required = true,
     .most = PAPER_MOST},
    {0},
};

#define GET(path_, get_, fields_, name_)                                                                               \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_SIGNED_IN, .get = (get_), .fields = (fields_),         \
        .name = S_INIT(name_)                                                                                          \
    }
#define ACT(path_, post_, fields_, again_, name_)                                                                      \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_), .fields = (fields_),      \
        .again = (again_), .name = S_INIT(name_)                                                                       \
    }
/* The whole form of a letter may come, files and all, whichever of its buttons was pressed. */
#define WRITE(path_, post_, name_)                                                                                     \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_SIGNED_IN, .post = (post_),                           \
        .fields = mail_write_fields, .again = mail_draft_get, .before = file_before, .body_limit = BODY_MOST,          \
        .name = S_INIT(name_)                                                                                          \
    }

const struct route mail_routes[] = {
    GET("/mail", mail_index_get, mail_view_query, "Hộp thư công vụ"),
    GET("/mail/bring", mail_bring_get, NULL, "Nhận tệp thư"),
    {.method = METHOD_POST,
     .path = "/mail/bring",
     .access = ACCESS_SIGNED_IN,
     .post = mail_bring_post,
     .fields = mail_bring_fields,
     .again = mail_bring_get,
     .before = file_before_markup,
     .body_limit = BODY_MOST,
     .name = S_INIT("Nhận tệp thư")},
    GET("/mail/answer", mail_answers_get, mail_box_query, "Mẫu trả lời"),
    ACT("/mail/answer", mail_answer_add_post, mail_answer_fields, mail_answers_get, "Thêm mẫu trả lời"),
    GET("/mail/answer/{answer}", mail_answer_get, NULL, "Sửa mẫu trả lời"),
    ACT("/mail/answer/{answer}", mail_answer_change_post, mail_answer_edit_fields, mail_answer_get, "Sửa mẫu trả lời"),
    ACT("/mail/answer/{answer}/removal", mail_answer_removal_post, mail_no_fields, NULL, "Bỏ mẫu trả lời"),
    ACT("/mail/draft", mail_draft_start_post, mail_begin_fields, NULL, "Soạn thư"),
    GET("/mail/draft/{draft}", mail_draft_get, mail_draft_query, "Thư đang soạn"),
    WRITE("/mail/draft/{draft}", mail_draft_post, "Lưu nháp thư"),
    WRITE("/mail/draft/{draft}/sending", mail_sending_post, "Gửi thư"),
    WRITE("/mail/draft/{draft}/removal", mail_removal_post, "Bỏ nháp thư"),
    WRITE("/mail/draft/{draft}/file/{paper}/removal", mail_paper_removal_post, "Bỏ tệp khỏi nháp"),
    ACT("/mail/draft/{draft}/undoing", mail_undoing_post, mail_no_fields, NULL, "Lấy lại thư chưa gửi"),
    GET("/mail/file/{file}", mail_file_get, mail_file_query, "Tệp của thư"),
    GET("/mail/{id}", mail_show_get, mail_view_query, "Cuộc trao đổi"),
    ACT("/mail/{id}/reading", mail_reading_post, mail_no_fields, NULL, "Đánh dấu đã đọc"),
    ACT("/mail/{id}/unreading", mail_unreading_post, mail_no_fields, NULL, "Để lại chưa đọc"),
    ACT("/mail/{id}/claim", mail_claim_post, mail_no_fields, NULL, "Nhận xử lý thư"),
    ACT("/mail/{id}/release", mail_release_post, mail_no_fields, NULL, "Trả thư về hộp chung"),
    ACT("/mail/{id}/holder", mail_holder_post, mail_to_fields, mail_show_get, "Giao thư cho người khác"),
    ACT("/mail/{id}/note", mail_note_post, mail_note_fields, mail_show_get, "Ghi chú vào thư"),
    ACT("/mail/{id}/snooze", mail_snooze_post, mail_snooze_fields, mail_show_get, "Hẹn lại thư"),
    ACT("/mail/{id}/end", mail_end_post, mail_no_fields, NULL, "Xong thư"),
    ACT("/mail/{id}/reopening", mail_reopening_post, mail_no_fields, NULL, "Mở lại thư"),
    ACT("/mail/{id}/star", mail_star_post, mail_star_fields, NULL, "Gắn sao thư"),
    ACT("/mail/{id}/answer", mail_answer_start_post, mail_how_fields, NULL, "Trả lời, chuyển tiếp thư"),
    ACT("/mail/{id}/document", mail_document_post, mail_letter_fields, NULL, "Chuyển thư vào sổ văn bản đến"),
    GET("/mail/{id}/task", mail_task_get, NULL, "Giao việc từ thư"),
    ACT("/mail/{id}/task", mail_task_post, mail_task_fields, mail_task_get, "Giao việc từ thư"),
    ACT("/mail/{id}/letter/{letter}/recall", mail_recall_post, mail_no_fields, NULL, "Thu hồi thư"),
    {.method = METHOD_GET,
     .path = "/mail/{id}/letter/{letter}/export",
     .access = ACCESS_SIGNED_IN,
     .get = mail_export_get,
     .budget_ms = 3000,
     .budget_bytes = EXPORT_MOST,
     .name = S_INIT("Lưu thư thành tệp")},
    {0},
};
