#include "modules/task/task_forms.h"

enum { PAPER_MOST = 100 * 1024 * 1024 };

const struct field task_no_fields[] = {{0}};
const struct field task_reason_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};
const struct field task_note_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Nhận xét"), .most = 500},
    {0},
};
const struct field task_report_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Kết quả xử lý"), .is_required = true, .most = 5000},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp minh chứng"),
     .is_many = true,
     .most = PAPER_MOST},
    {0},
};
const struct field task_ask_fields[] = {
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Xin gia hạn đến"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};
const struct field task_due_fields[] = {
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Hạn mới"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    FORM_VERSION,
    {0},
};
const struct field task_to_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("to"), .label = S_INIT("Giao cho"), .is_required = true},
    {0},
};
const struct field task_advance_fields[] = {
    {.kind = FIELD_INT,
     .name = S_INIT("percent"),
     .label = S_INIT("Tiến độ, phần trăm"),
     .is_required = true,
     .least = 0,
     .most = 99},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Đã làm được"), .most = 2000},
    FORM_VERSION,
    {0},
};
static const struct choice answers[] = {
    {S_INIT("agreed"), S_INIT("Đồng ý")}, {S_INIT("refused"), S_INIT("Không đồng ý")}, {S_INIT(""), S_INIT("")}};
const struct field task_answer_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("answer"),
     .label = S_INIT("Trả lời"),
     .is_required = true,
     .choices = answers},
    {.kind = FIELD_LINE, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 500},
    {0},
};
const struct field task_new_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại hồ sơ"), .most = 40},
    {.kind = FIELD_ID, .name = S_INIT("record"), .label = S_INIT("Hồ sơ")},
    {.kind = FIELD_ID, .name = S_INIT("parent"), .label = S_INIT("Việc chính")},
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên công việc"), .most = 300},
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung, yêu cầu"),
     .is_required = true,
     .most = 2000},
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Chủ trì")},
    {.kind = FIELD_IDS, .name = S_INIT("cooperate"), .label = S_INIT("Phối hợp"), .is_many = true},
    {.kind = FIELD_IDS, .name = S_INIT("inform"), .label = S_INIT("Để biết"), .is_many = true},
    {.kind = FIELD_INT,
     .name = S_INIT("days"),
     .label = S_INIT("Hạn: số ngày làm việc"),
     .least = 1,
     .most = 365,
     .hint = S_INIT("Không tính ngày nghỉ, ngày lễ; ngày đầu không tính.")},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("hoặc đến ngày")},
    {0},
};
const struct field task_new_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại hồ sơ"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("record"), .label = S_INIT("Hồ sơ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("parent"), .label = S_INIT("Việc chính"), .most = 20},
    {0},
};
const struct field task_show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field task_index_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại hồ sơ"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("unit"), .label = S_INIT("Đơn vị"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("late"), .label = S_INIT("Chỉ việc trễ hạn"), .most = 1},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 40},
    {0},
};
const struct field task_handover_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("from"), .label = S_INIT("Người bàn giao"), .is_required = true},
    {.kind = FIELD_ID, .name = S_INIT("to"), .label = S_INIT("Người nhận"), .is_required = true},
    {0},
};
