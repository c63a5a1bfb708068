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
    {.kind = FIELD_LINE,
     .name = S_INIT("out_to"),
     .label = S_INIT("Địa chỉ ngoài hệ thống"),
     .most = 4000,
     .hint = S_INIT("Ví dụ: vanthu@so.example.vn, Nguyễn An <an@coquan.vn>")},
    {.kind = FIELD_LINE, .name = S_INIT("out_cc"), .label = S_INIT("Đồng gửi tới địa chỉ ngoài"), .most = 4000},
    {.kind = FIELD_LINE, .name = S_INIT("out_bcc"), .label = S_INIT("Gửi kín tới địa chỉ ngoài"), .most = 4000},
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

static const struct choice out_safeties[] = {{S_INIT("tls"), S_INIT("TLS (thường cổng 465)")},
                                             {S_INIT("starttls"), S_INIT("STARTTLS (thường cổng 587)")},
                                             {S_INIT("bare"), S_INIT("Không mã hóa, chỉ máy chủ ở máy này")},
                                             {S_INIT(""), S_INIT("")}};
static const struct choice in_safeties[] = {{S_INIT("tls"), S_INIT("TLS (thường cổng 993)")},
                                            {S_INIT("starttls"), S_INIT("STARTTLS (thường cổng 143)")},
                                            {S_INIT("bare"), S_INIT("Không mã hóa, chỉ máy chủ ở máy này")},
                                            {S_INIT(""), S_INIT("")}};
/* What a new way and a changed one have in common. */
#define WAY_FIELDS                                                                                                     \
    {.kind = FIELD_LINE,                                                                                               \
     .name = S_INIT("address"),                                                                                        \
     .label = S_INIT("Địa chỉ thư của hộp"),                                                                           \
     .is_required = true,                                                                                              \
     .most = 254,                                                                                                      \
     .hint = S_INIT("Nơi khác viết tới địa chỉ này.")},                                                                \
        {.kind = FIELD_LINE, .name = S_INIT("out_host"), .label = S_INIT("Máy chủ gửi"), .most = 253},                 \
        {.kind = FIELD_INT, .name = S_INIT("out_port"), .label = S_INIT("Cổng gửi"), .least = 1, .most = 65535},       \
        {.kind = FIELD_CHOICE,                                                                                         \
         .name = S_INIT("out_safety"),                                                                                 \
         .label = S_INIT("Mã hóa khi gửi"),                                                                            \
         .is_required = true,                                                                                          \
         .choices = out_safeties},                                                                                     \
        {.kind = FIELD_LINE, .name = S_INIT("in_host"), .label = S_INIT("Máy chủ nhận"), .most = 253},                 \
        {.kind = FIELD_INT, .name = S_INIT("in_port"), .label = S_INIT("Cổng nhận"), .least = 1, .most = 65535},       \
        {.kind = FIELD_CHOICE,                                                                                         \
         .name = S_INIT("in_safety"),                                                                                  \
         .label = S_INIT("Mã hóa khi nhận"),                                                                           \
         .is_required = true,                                                                                          \
         .choices = in_safeties},                                                                                      \
        {.kind = FIELD_LINE, .name = S_INIT("login"), .label = S_INIT("Tên đăng nhập"), .most = 254},                  \
        {.kind = FIELD_SECRET, .name = S_INIT("secret"), .label = S_INIT("Mật khẩu"), .most = 256},                    \
        {.kind = FIELD_TEXT,                                                                                           \
         .name = S_INIT("trusted"),                                                                                    \
         .label = S_INIT("Chứng thư (PEM)"),                                                                           \
         .most = 20000,                                                                                                \
         .hint = S_INIT("Dán cả khối bắt đầu bằng -----BEGIN CERTIFICATE-----.")},                                     \
    {                                                                                                                  \
        .kind = FIELD_FLAG, .name = S_INIT("is_on"), .label = S_INIT("Đang dùng")                                      \
    }

const struct field mail_way_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("owner"), .label = S_INIT("Hộp thư của"), .is_required = true},
    WAY_FIELDS,
    {0},
};
const struct field mail_way_edit_fields[] = {FORM_VERSION, WAY_FIELDS, {0}};
const struct field mail_way_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field mail_ways_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
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

/* Of administrators; whose box it is, the handler asks. */
#define SET_GET(path_, get_, fields_, name_)                                                                           \
    {                                                                                                                  \
        .method = METHOD_GET, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .get = (get_),             \
        .fields = (fields_), .name = S_INIT(name_)                                                                     \
    }
#define SET_ACT(path_, post_, name_)                                                                                   \
    {                                                                                                                  \
        .method = METHOD_POST, .path = (path_), .access = ACCESS_ROLES, .roles = ROLE_ADMIN, .post = (post_),          \
        .fields = mail_no_fields, .name = S_INIT(name_)                                                                \
    }

const struct route mail_routes[] = {
    SET_GET("/mail/way", mail_ways_get, mail_ways_query, "Đường thư"),
    SET_GET("/mail/way/new", mail_way_new_get, NULL, "Đặt đường thư"),
    {.method = METHOD_POST,
     .path = "/mail/way",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN,
     .post = mail_way_add_post,
     .fields = mail_way_fields,
     .again = mail_way_new_get,
     .edit = "/mail/way/{way}/edit",
     .name = S_INIT("Đặt đường thư")},
    SET_GET("/mail/way/{way}", mail_way_get, mail_way_query, "Đường thư của hộp"),
    SET_GET("/mail/way/{way}/edit", mail_way_edit_get, NULL, "Sửa đường thư"),
    {.method = METHOD_POST,
     .path = "/mail/way/{way}/edit",
     .access = ACCESS_ROLES,
     .roles = ROLE_ADMIN,
     .post = mail_way_edit_post,
     .fields = mail_way_edit_fields,
     .again = mail_way_edit_get,
     .name = S_INIT("Sửa đường thư")},
    SET_ACT("/mail/way/{way}/trial", mail_way_trial_post, "Thử đường thư"),
    SET_ACT("/mail/way/{way}/fetching", mail_way_fetch_post, "Nhận thư ngay"),
    SET_ACT("/mail/way/{way}/out/{out}/retry", mail_out_retry_post, "Gửi lại thư ra ngoài"),
    SET_ACT("/mail/way/{way}/out/{out}/settlement", mail_out_settle_post, "Coi thư như đã giao"),
    SET_ACT("/mail/way/{way}/out/{out}/removal", mail_out_removal_post, "Bỏ thư khỏi hàng chờ"),
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
