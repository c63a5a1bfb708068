/* What codes are called on pages. */
#include "modules/document/document.h"

const struct document_word document_fields[] = {
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

const struct document_word document_states[] = {
    {S_INIT("draft"), S_INIT("Chờ vào sổ")},
    {S_INIT("received"), S_INIT("Chờ trình")},
    {S_INIT("presented"), S_INIT("Chờ chỉ đạo")},
    {S_INIT("assigned"), S_INIT("Đang xử lý")},
    {S_INIT("reported"), S_INIT("Chờ kết thúc")},
    {S_INIT("closed"), S_INIT("Đã kết thúc")},
    {S_INIT("void"), S_INIT("Đã hủy đăng ký")},
    {S_INIT("waiting"), S_INIT("Chờ tiếp nhận")},
    {S_INIT("working"), S_INIT("Đang xử lý")},
    {S_INIT("done"), S_INIT("Đã xử lý")},
    {S_INIT("returned"), S_INIT("Đã trả lại")},
    {S_INIT("recalled"), S_INIT("Đã thu hồi")},
    {S_INIT(""), S_INIT("")},
};

const struct document_word document_priorities[] = {
    {S_INIT("0"), S_INIT("Thường")},  {S_INIT("1"), S_INIT("Khẩn")}, {S_INIT("2"), S_INIT("Thượng khẩn")},
    {S_INIT("3"), S_INIT("Hỏa tốc")}, {S_INIT(""), S_INIT("")},
};

const struct document_word document_roles[] = {
    {S_INIT("lead"), S_INIT("Chủ trì")},
    {S_INIT("cooperate"), S_INIT("Phối hợp")},
    {S_INIT("inform"), S_INIT("Để biết")},
    {S_INIT(""), S_INIT("")},
};

static const struct document_word boxes[DOCUMENT_BOXES] = {
    [DOCUMENT_BOX_ALL] = {S_INIT("all"), S_INIT("Tất cả")},
    [DOCUMENT_BOX_DRAFT] = {S_INIT("draft"), S_INIT("Chờ vào sổ")},
    [DOCUMENT_BOX_RECEIVED] = {S_INIT("received"), S_INIT("Chờ trình")},
    [DOCUMENT_BOX_PRESENTED] = {S_INIT("presented"), S_INIT("Chờ chỉ đạo")},
    [DOCUMENT_BOX_WAITING] = {S_INIT("waiting"), S_INIT("Chờ tiếp nhận")},
    [DOCUMENT_BOX_WORKING] = {S_INIT("working"), S_INIT("Đang xử lý")},
    [DOCUMENT_BOX_SOON] = {S_INIT("soon"), S_INIT("Sắp đến hạn")},
    [DOCUMENT_BOX_LATE] = {S_INIT("late"), S_INIT("Quá hạn")},
    [DOCUMENT_BOX_REPORTED] = {S_INIT("reported"), S_INIT("Chờ kết thúc")},
    [DOCUMENT_BOX_RETURNED] = {S_INIT("returned"), S_INIT("Trả lại")},
    [DOCUMENT_BOX_GIVEN] = {S_INIT("given"), S_INIT("Đã giao")},
    [DOCUMENT_BOX_INFORM] = {S_INIT("inform"), S_INIT("Nhận để biết")},
    [DOCUMENT_BOX_DONE] = {S_INIT("done"), S_INIT("Đã xử lý")},
    [DOCUMENT_BOX_CLOSED] = {S_INIT("closed"), S_INIT("Đã kết thúc")},
    [DOCUMENT_BOX_VOID] = {S_INIT("void"), S_INIT("Đã hủy đăng ký")},
};

struct str document_box_code(enum document_box box) {
    return boxes[box].code;
}
struct str document_box_title(enum document_box box) {
    return boxes[box].name;
}

bool document_box_of_code(struct str code, enum document_box *box) {
    for (int i = 0; i < DOCUMENT_BOXES; i++) {
        if (str_eq(boxes[i].code, code)) {
            *box = (enum document_box)i;
            return true;
        }
    }
    return false;
}

struct str document_word(const struct document_word *words, struct str code) {
    for (; words->code.len; words++) {
        if (str_eq(words->code, code)) {
            return words->name;
        }
    }
    return code;
}

struct str document_priority_name(int64_t priority) {
    return document_priorities[priority < 0 || priority > 3 ? 0 : priority].name;
}

struct str document_due_words(struct arena *a, const struct document_row *row) {
    if (!row->due_on.year) {
        return S("");
    }
    if (row->days < 0) {
        return str_format(a, "Quá hạn %lld ngày", (long long)-row->days);
    }
    return row->days == 0 ? S("Hạn hôm nay") : str_format(a, "Còn %lld ngày", (long long)row->days);
}
