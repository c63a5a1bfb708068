/* The forms of the module: what each route lets in. */
#include "modules/outgoing/outgoing_pages.h"

const struct field outgoing_no_fields[] = {{0}};

static const struct choice types[] = {
    {S_INIT("CV"), S_INIT("Công văn")},        {S_INIT("TB"), S_INIT("Thông báo")},
    {S_INIT("KH"), S_INIT("Kế hoạch")},        {S_INIT("TTr"), S_INIT("Tờ trình")},
    {S_INIT("QĐ"), S_INIT("Quyết định")},      {S_INIT("GM"), S_INIT("Giấy mời")},
    {S_INIT("BC"), S_INIT("Báo cáo")},         {S_INIT("HD"), S_INIT("Hướng dẫn")},
    {S_INIT("NQ"), S_INIT("Nghị quyết")},      {S_INIT("CTr"), S_INIT("Chương trình")},
    {S_INIT("PA"), S_INIT("Phương án")},       {S_INIT("ĐA"), S_INIT("Đề án")},
    {S_INIT("QC"), S_INIT("Quy chế")},         {S_INIT("QyĐ"), S_INIT("Quy định")},
    {S_INIT("TC"), S_INIT("Thông cáo")},       {S_INIT("BB"), S_INIT("Biên bản")},
    {S_INIT("HĐ"), S_INIT("Hợp đồng")},        {S_INIT("CT"), S_INIT("Chỉ thị")},
    {S_INIT("DA"), S_INIT("Dự án")},           {S_INIT("CĐ"), S_INIT("Công điện")},
    {S_INIT("BGN"), S_INIT("Bản ghi nhớ")},    {S_INIT("BTT"), S_INIT("Bản thỏa thuận")},
    {S_INIT("GUQ"), S_INIT("Giấy ủy quyền")},  {S_INIT("GGT"), S_INIT("Giấy giới thiệu")},
    {S_INIT("GNP"), S_INIT("Giấy nghỉ phép")}, {S_INIT("PG"), S_INIT("Phiếu gửi")},
    {S_INIT("PC"), S_INIT("Phiếu chuyển")},    {S_INIT("PB"), S_INIT("Phiếu báo")},
    {S_INIT("TCg"), S_INIT("Thư công")},       {S_INIT(""), S_INIT("")},
};
static const struct choice routes[] = {
    {S_INIT("full"), S_INIT("Đủ các bước: trưởng ban, văn phòng, lãnh đạo")},
    {S_INIT("short"), S_INIT("Trình thẳng: văn phòng, lãnh đạo")},
    {S_INIT(""), S_INIT("")},
};
static const struct choice priorities[] = {
    {S_INIT("0"), S_INIT("Thường")},  {S_INIT("1"), S_INIT("Khẩn")}, {S_INIT("2"), S_INIT("Thượng khẩn")},
    {S_INIT("3"), S_INIT("Hỏa tốc")}, {S_INIT(""), S_INIT("")},
};
static const struct choice fields_of[] = {
    {S_INIT("doan-ket"), S_INIT("Đại đoàn kết, phong trào thi đua")},
    {S_INIT("giam-sat"), S_INIT("Giám sát, phản biện xã hội")},
    {S_INIT("an-sinh"), S_INIT("An sinh xã hội, vì người nghèo")},
    {S_INIT("dan-toc"), S_INIT("Dân tộc, tôn giáo")},
    {S_INIT("dan-chu"), S_INIT("Dân chủ, pháp luật, tiếp dân")},
    {S_INIT("to-chuc"), S_INIT("Tổ chức, cán bộ")},
    {S_INIT("tuyen-giao"), S_INIT("Tuyên truyền, đối ngoại")},
    {S_INIT("tai-chinh"), S_INIT("Tài chính, tài sản")},
    {S_INIT("chuyen-doi-so"), S_INIT("Chuyển đổi số, cải cách hành chính")},
    {S_INIT("phong-chong"), S_INIT("Phòng chống thiên tai, cứu trợ")},
    {S_INIT("khac"), S_INIT("Lĩnh vực khác")},
    {S_INIT(""), S_INIT("")},
};

const struct field outgoing_edit_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("type"), .label = S_INIT("Tên loại"), .is_required = true, .choices = types},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("route"),
     .label = S_INIT("Quy trình duyệt"),
     .is_required = true,
     .choices = routes},
    {.kind = FIELD_CHOICE, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .choices = fields_of},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("priority"),
     .label = S_INIT("Độ khẩn"),
     .is_required = true,
     .choices = priorities},
    {.kind = FIELD_LINE, .name = S_INIT("subject"), .label = S_INIT("Trích yếu"), .is_required = true, .most = 500},
    {.kind = FIELD_FLAG, .name = S_INIT("is_open"), .label = S_INIT("Cho mọi người xem trích yếu ở hộ chiếu văn bản")},
    {.kind = FIELD_LINE, .name = S_INIT("addressee"), .label = S_INIT("Kính gửi"), .most = 500},
    {.kind = FIELD_TEXT,
     .name = S_INIT("body"),
     .label = S_INIT("Nội dung"),
     .most = 60000,
     .hint = S_INIT("Mỗi đoạn một dòng. Thay mọi chỗ trong ngoặc « » bằng nội dung thật.")},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Hoặc tệp dự thảo (DOCX, PDF) thay cho nội dung"),
     .most = OUTGOING_PAPER_MOST},
    {.kind = FIELD_FLAG, .name = S_INIT("drop_file"), .label = S_INIT("Bỏ tệp dự thảo, dùng nội dung trên trang")},
    {.kind = FIELD_TEXT, .name = S_INIT("recipients"), .label = S_INIT("Nơi nhận ghi trên văn bản"), .most = 3000},
    {.kind = FIELD_ID, .name = S_INIT("signer"), .label = S_INIT("Người ký"), .is_required = true},
    {.kind = FIELD_FLAG, .name = S_INIT("to_communes"), .label = S_INIT("Tất cả xã, phường, đặc khu")},
    {.kind = FIELD_FLAG, .name = S_INIT("to_members"), .label = S_INIT("Tất cả tổ chức chính trị - xã hội thành phố")},
    {.kind = FIELD_IDS, .name = S_INIT("units"), .label = S_INIT("Chọn từng nơi trên hệ thống"), .is_many = true},
    {.kind = FIELD_TEXT,
     .name = S_INIT("outside"),
     .label = S_INIT("Cơ quan ngoài hệ thống"),
     .most = 5000,
     .hint = S_INIT("Mỗi dòng một cơ quan. Văn thư gửi bằng đường khác rồi ghi lại.")},
    {.kind = FIELD_DATE, .name = S_INIT("reply_on"), .label = S_INIT("Cần trả lời trước ngày")},
    {.kind = FIELD_LINE, .name = S_INIT("relation"), .label = S_INIT("Quan hệ"), .most = 20},
    {.kind = FIELD_ID, .name = S_INIT("related"), .label = S_INIT("Văn bản liên quan")},
    FORM_VERSION,
    {0},
};
const struct field outgoing_index_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("box"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Tên loại"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field outgoing_new_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Tên loại"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("relation"), .label = S_INIT("Quan hệ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("related"), .label = S_INIT("Văn bản liên quan"), .most = 20},
    {0},
};
const struct field outgoing_show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("before"), .label = S_INIT("Trước"), .most = 20},
    {0},
};
const struct field outgoing_file_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("download"), .label = S_INIT("Tải về"), .most = 1},
    {0},
};
const struct field outgoing_approve_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("hash"), .label = S_INIT("Mã bản dự thảo"), .is_required = true, .most = 64},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ý kiến"), .most = 2000},
    {0},
};
const struct field outgoing_return_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Trả lại về bước"), .is_required = true, .most = 20},
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Lý do"),
     .is_required = true,
     .most = OUTGOING_REASON_MOST},
    {0},
};
const struct field outgoing_reason_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("reason"),
     .label = S_INIT("Lý do"),
     .is_required = true,
     .most = OUTGOING_REASON_MOST},
    {0},
};
const struct field outgoing_number_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("reserved"), .label = S_INIT("Số giữ chỗ")},
    {0},
};
const struct field outgoing_issue_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Bản đã ký, đóng dấu (quét PDF)"),
     .is_required = true,
     .most = OUTGOING_PAPER_MOST},
    {.kind = FIELD_INT, .name = S_INIT("pages"), .label = S_INIT("Số trang"), .least = 1, .most = 5000},
    {.kind = FIELD_INT, .name = S_INIT("copies"), .label = S_INIT("Số bản giấy"), .least = 0, .most = 100000},
    {0},
};
static const struct choice copy_kinds[] = {
    {S_INIT("SY"), S_INIT("Sao y")},
    {S_INIT("SL"), S_INIT("Sao lục")},
    {S_INIT("TrS"), S_INIT("Trích sao")},
    {S_INIT(""), S_INIT("")},
};
const struct field outgoing_copy_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Loại bản sao"),
     .is_required = true,
     .choices = copy_kinds},
    {.kind = FIELD_INT,
     .name = S_INIT("copies"),
     .label = S_INIT("Số bản"),
     .is_required = true,
     .least = 1,
     .most = 10000},
    {.kind = FIELD_LINE,
     .name = S_INIT("receivers"),
     .label = S_INIT("Nơi nhận bản sao"),
     .is_required = true,
     .most = 500},
    {0},
};
const struct field outgoing_text_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung trả lời"),
     .is_required = true,
     .most = 5000},
    {0},
};
const struct field outgoing_answer_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Nội dung trả lời"),
     .is_required = true,
     .most = 5000},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp kèm theo"), .most = OUTGOING_PAPER_MOST},
    {0},
};
const struct field outgoing_receivers_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Tình trạng"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Xã, phường"), .most = 10},
    {0},
};
const struct field outgoing_book_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("year"), .label = S_INIT("Năm"), .most = 4},
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Tên loại"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Tình trạng"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
    {0},
};
const struct field outgoing_reserve_fields[] = {
    {.kind = FIELD_CHOICE, .name = S_INIT("type"), .label = S_INIT("Tên loại"), .is_required = true, .choices = types},
    {.kind = FIELD_LINE,
     .name = S_INIT("note"),
     .label = S_INIT("Giữ cho văn bản nào"),
     .is_required = true,
     .most = 300},
    {0},
};
const struct field outgoing_passport_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("code"), .label = S_INIT("Mã hộ chiếu"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("sha256"), .label = S_INIT("Mã SHA-256 của tệp"), .most = 100},
    {0},
};
const struct field outgoing_compare_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp cần so"),
     .is_required = true,
     .most = 30 * 1024 * 1024},
    {0},
};
