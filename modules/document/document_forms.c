/* The forms of the module: what each route lets in. */
#include "modules/document/document_forms.h"

const struct choice document_type_choices[] = {
    {S_INIT("CV"), S_INIT("Công văn")},
    {S_INIT("NQ"), S_INIT("Nghị quyết")},
    {S_INIT("QĐ"), S_INIT("Quyết định")},
    {S_INIT("CT"), S_INIT("Chỉ thị")},
    {S_INIT("QC"), S_INIT("Quy chế")},
    {S_INIT("QyĐ"), S_INIT("Quy định")},
    {S_INIT("TC"), S_INIT("Thông cáo")},
    {S_INIT("TB"), S_INIT("Thông báo")},
    {S_INIT("HD"), S_INIT("Hướng dẫn")},
    {S_INIT("CTr"), S_INIT("Chương trình")},
    {S_INIT("KH"), S_INIT("Kế hoạch")},
    {S_INIT("PA"), S_INIT("Phương án")},
    {S_INIT("ĐA"), S_INIT("Đề án")},
    {S_INIT("DA"), S_INIT("Dự án")},
    {S_INIT("BC"), S_INIT("Báo cáo")},
    {S_INIT("BB"), S_INIT("Biên bản")},
    {S_INIT("TTr"), S_INIT("Tờ trình")},
    {S_INIT("HĐ"), S_INIT("Hợp đồng")},
    {S_INIT("CĐ"), S_INIT("Công điện")},
    {S_INIT("BGN"), S_INIT("Bản ghi nhớ")},
    {S_INIT("BTT"), S_INIT("Bản thỏa thuận")},
    {S_INIT("GUQ"), S_INIT("Giấy ủy quyền")},
    {S_INIT("GM"), S_INIT("Giấy mời")},
    {S_INIT("GGT"), S_INIT("Giấy giới thiệu")},
    {S_INIT("GNP"), S_INIT("Giấy nghỉ phép")},
    {S_INIT("PG"), S_INIT("Phiếu gửi")},
    {S_INIT("PC"), S_INIT("Phiếu chuyển")},
    {S_INIT("PB"), S_INIT("Phiếu báo")},
    {S_INIT("TCg"), S_INIT("Thư công")},
    {S_INIT("HP"), S_INIT("Hiến pháp")},
    {S_INIT("L"), S_INIT("Luật")},
    {S_INIT("BL"), S_INIT("Bộ luật")},
    {S_INIT("PL"), S_INIT("Pháp lệnh")},
    {S_INIT("LCT"), S_INIT("Lệnh")},
    {S_INIT("NĐ"), S_INIT("Nghị định")},
    {S_INIT("TT"), S_INIT("Thông tư")},
    {S_INIT("TTLT"), S_INIT("Thông tư liên tịch")},
    {S_INIT("NQLT"), S_INIT("Nghị quyết liên tịch")},
    {S_INIT("QCVN"), S_INIT("Quy chuẩn kỹ thuật quốc gia")},
    {S_INIT("KL"), S_INIT("Kết luận")},
    {S_INIT(""), S_INIT("")},
};

static const struct choice field_choices[] = {
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

static const struct choice priority_choices[] = {
    {S_INIT("0"), S_INIT("Thường")},  {S_INIT("1"), S_INIT("Khẩn")}, {S_INIT("2"), S_INIT("Thượng khẩn")},
    {S_INIT("3"), S_INIT("Hỏa tốc")}, {S_INIT(""), S_INIT("")},
};

const struct field document_register_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("code"),
     .label = S_INIT("Số, ký hiệu"),
     .most = 45,
     .hint = S_INIT("Như trên văn bản: 1187/SNNMT-GN. Để trống nếu không có số.")},
    {.kind = FIELD_DATE, .name = S_INIT("issued_on"), .label = S_INIT("Ngày văn bản")},
    {.kind = FIELD_CHOICE, .name = S_INIT("type"), .label = S_INIT("Loại văn bản"), .choices = document_type_choices},
    {.kind = FIELD_LINE,
     .name = S_INIT("issuer"),
     .label = S_INIT("Cơ quan ban hành"),
     .is_required = true,
     .most = 200},
    {.kind = FIELD_TEXT, .name = S_INIT("subject"), .label = S_INIT("Trích yếu"), .is_required = true, .most = 500},
    {.kind = FIELD_LINE, .name = S_INIT("signer"), .label = S_INIT("Người ký"), .most = 50},
    {.kind = FIELD_LINE, .name = S_INIT("signer_post"), .label = S_INIT("Chức vụ người ký"), .most = 100},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("priority"),
     .label = S_INIT("Độ khẩn"),
     .is_required = true,
     .choices = priority_choices},
    {.kind = FIELD_CHOICE, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .choices = field_choices},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Thời hạn ghi trong văn bản")},
    {.kind = FIELD_DATE, .name = S_INIT("arrival_on"), .label = S_INIT("Ngày đến")},
    {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 500},
    {.kind = FIELD_LINE,
     .name = S_INIT("duplicate_reason"),
     .label = S_INIT("Lý do vẫn vào sổ văn bản trùng"),
     .most = 300},
    FORM_VERSION,
    {0},
};

enum { PAPER_MOST = DOCUMENT_BODY_MOST - 1024 * 1024 };

const struct field document_upload_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp văn bản"),
     .is_required = true,
     .is_many = true,
     .most = PAPER_MOST,
     .hint = S_INIT("PDF, ảnh chụp, Word. Có thể chọn nhiều tệp: mỗi tệp là một văn bản.")},
    {0},
};
const struct field document_attach_fields[] = {
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Thêm tệp kèm theo"),
     .is_required = true,
     .most = PAPER_MOST},
    {0},
};
const struct field document_no_fields[] = {{0}};
const struct field document_reason_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};
const struct field document_secrecy_fields[] = {
    {.kind = FIELD_FLAG,
     .name = S_INIT("is_sure"),
     .label = S_INIT("Đây là tài liệu bí mật nhà nước; gỡ hết, không hoàn tác")},
    {0},
};
const struct field document_note_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 500},
    {0},
};
const struct field document_present_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("leader"), .label = S_INIT("Trình lãnh đạo"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("note"), .label = S_INIT("Đề xuất"), .most = 500},
    {0},
};
const struct field document_direct_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ý kiến chỉ đạo"), .is_required = true, .most = 2000},
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Chủ trì")},
    {.kind = FIELD_IDS, .name = S_INIT("cooperate"), .label = S_INIT("Phối hợp"), .is_many = true},
    {.kind = FIELD_IDS, .name = S_INIT("inform"), .label = S_INIT("Để biết"), .is_many = true},
    {.kind = FIELD_INT, .name = S_INIT("days"), .label = S_INIT("Hạn: số ngày làm việc"), .least = 1, .most = 365},
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("hoặc đến ngày")},
    {0},
};
const struct field document_report_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Kết quả xử lý"), .is_required = true, .most = 5000},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp minh chứng"), .most = PAPER_MOST},
    {0},
};
const struct field document_say_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ý kiến"), .is_required = true, .most = 5000},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp"), .most = PAPER_MOST},
    {0},
};
const struct field document_extend_fields[] = {
    {.kind = FIELD_DATE, .name = S_INIT("due_on"), .label = S_INIT("Xin gia hạn đến"), .is_required = true},
    {.kind = FIELD_LINE, .name = S_INIT("reason"), .label = S_INIT("Lý do"), .is_required = true, .most = 500},
    {0},
};
static const struct choice answers[] = {
    {S_INIT("agreed"), S_INIT("Đồng ý")}, {S_INIT("refused"), S_INIT("Không đồng ý")}, {S_INIT(""), S_INIT("")}};
const struct field document_answer_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("answer"),
     .label = S_INIT("Trả lời"),
     .is_required = true,
     .choices = answers},
    {.kind = FIELD_LINE, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 500},
    {0},
};
const struct field document_assign_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("to"), .label = S_INIT("Phân công"), .is_required = true},
    {0},
};
/* Filters in the address. */
const struct field document_filter_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Tìm"), .most = 300},
    {.kind = FIELD_LINE, .name = S_INIT("type"), .label = S_INIT("Loại"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("field"), .label = S_INIT("Lĩnh vực"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("issuer"), .label = S_INIT("Cơ quan ban hành"), .most = 200},
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Trạng thái"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("unit"), .label = S_INIT("Đơn vị"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("outcome"), .label = S_INIT("Kết quả"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Từ ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("to"), .label = S_INIT("Đến ngày"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("sort"), .label = S_INIT("Sắp xếp"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 80},
    {.kind = FIELD_LINE, .name = S_INIT("format"), .label = S_INIT("Dạng tệp"), .most = 10},
    {0},
};
const struct field document_show_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("tab"), .label = S_INIT("Mục"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("page"), .label = S_INIT("Trang"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("file"), .label = S_INIT("Tệp"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("q"), .label = S_INIT("Tìm"), .most = 300},
    {0},
};
const struct field document_file_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("download"), .label = S_INIT("Tải về"), .most = 1},
    {0},
};
const struct field document_deadline_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("days"), .label = S_INIT("Số ngày làm việc"), .most = 4},
    {0},
};
