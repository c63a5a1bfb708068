#include "modules/law/law_change_why.h"
#include "modules/law/law_change.h"

struct str law_why_words(enum law_why why) {
    switch (why) {
    case LAW_WHY_NO_TARGET: return S("Văn bản sửa đổi không nói rõ sửa văn bản nào.");
    case LAW_WHY_NO_PLACE: return S("Văn bản sửa đổi không nói rõ sửa điều, khoản nào.");
    case LAW_WHY_NO_WORDS: return S("Không thấy nội dung mới trong dấu ngoặc kép.");
    case LAW_WHY_LABEL: return S("Nội dung mới không bắt đầu bằng số của điều, khoản, điểm được sửa.");
    case LAW_WHY_PHRASES: return S("Nhiều cụm từ được thay ở nhiều nơi trong một câu.");
    case LAW_WHY_EXCEPT: return S("Câu này có phần ngoại lệ (trừ …).");
    case LAW_WHY_KIND: return S("Đính chính hoặc ngưng hiệu lực cần người đọc lại.");
    case LAW_WHY_WORK_MISSING: return S("Văn bản được sửa chưa có trong thư viện.");
    case LAW_WHY_PLACE_MISSING: return S("Không thấy điều, khoản này trong văn bản được sửa.");
    case LAW_WHY_PLACE_THERE: return S("Điều, khoản được bổ sung đã có trong văn bản.");
    case LAW_WHY_NO_DATE: return S("Chưa rõ ngày có hiệu lực của văn bản sửa đổi.");
    case LAW_WHY_PHRASE_ABSENT: return S("Không thấy cụm từ cần thay trong nội dung hiện có.");
    case LAW_WHY_BY_NAME: return S("Nhiều văn bản cùng tên; cần chọn đúng văn bản.");
    case LAW_WHY_SURE:
    default: return S("");
    }
}

static const struct {
    struct str code, name;
} ops[] = {
    [LAW_AMEND] = {S_INIT("amend"), S_INIT("Sửa đổi")},
    [LAW_SUPPLEMENT] = {S_INIT("supplement"), S_INIT("Bổ sung")},
    [LAW_REPLACE] = {S_INIT("replace"), S_INIT("Thay thế")},
    [LAW_REPEAL] = {S_INIT("repeal"), S_INIT("Bãi bỏ")},
    [LAW_CORRECT] = {S_INIT("correct"), S_INIT("Đính chính")},
    [LAW_SUSPEND] = {S_INIT("suspend"), S_INIT("Ngưng hiệu lực")},
    [LAW_RESUME] = {S_INIT("resume"), S_INIT("Có hiệu lực trở lại")},
    [LAW_EXTEND] = {S_INIT("extend"), S_INIT("Kéo dài hiệu lực")},
};

struct str law_op_code(enum law_op op) {
    return ops[op].code;
}

struct str law_op_name(enum law_op op) {
    return ops[op].name;
}

bool law_op_read(struct str code, enum law_op *op) {
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (str_eq(ops[i].code, code)) {
            *op = (enum law_op)i;
            return true;
        }
    }
    return false;
}
