/* What methods and reasons are called. */
#include "stat/stat.h"

#include "base/banned.h"

static const char *const methods[STAT_METHODS] = {"auto", "naive2", "snaive",   "ses",     "damped", "theta",
                                                  "dotm", "ets",    "log-dotm", "log-ets", "tsb"};

const char *stat_method_name(enum stat_method m) { return methods[m]; }

bool stat_method_of(struct str name, enum stat_method *out) {
    for (size_t i = 0; i < STAT_METHODS; i++) {
        if (str_eq(name, str_of(methods[i]))) {
            *out = (enum stat_method)i;
            return true;
        }
    }
    return false;
}

static const struct {
    const char *name;
    struct str words;
} reasons[] = {
    [STAT_ANSWERED] = {"answered", S_INIT("Đã dự báo.")},
    [STAT_EMPTY] = {"empty", S_INIT("Chuỗi số liệu không có giá trị nào. Hãy ghi các giá trị theo thứ tự thời gian.")},
    [STAT_TOO_SHORT] = {"too_short", S_INIT("Chưa đủ dữ liệu để dự báo. Hãy bổ sung các kỳ trước.")},
    [STAT_MANY_GAPS] = {"many_gaps", S_INIT("Hơn một phần năm số kỳ bị thiếu giá trị. Hãy bổ sung rồi dự báo lại.")},
    [STAT_NOT_NUMBERS] = {"not_numbers", S_INIT("Có giá trị không phải là số, hoặc quá lớn. Hãy sửa rồi dự báo lại.")},
    [STAT_TOO_LONG] = {"too_long", S_INIT("Chuỗi số liệu dài quá 20.000 giá trị. Hãy bỏ bớt các kỳ cũ nhất.")},
    [STAT_BAD_ASK] = {"bad_ask", S_INIT("Chu kỳ và số kỳ dự báo phải là số nguyên từ 1 đến 400.")},
};

const char *stat_reason_name(enum stat_reason r) { return reasons[r].name; }
struct str stat_reason_words(enum stat_reason r) {
    return reasons[r].words;
}
