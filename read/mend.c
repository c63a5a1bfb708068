/* Marks that recognition turned are turned back, where two syllables can only be one word of the office's language:
   "tố chức" is "tổ chức", "bồ sung" is "bổ sung". Only words whose letters without marks make no other common word are
   listed; what is not listed stays as it was read. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

enum { SURE = 92 };

static const char words[] = "tổ chức|bổ sung|sửa đổi|quy định|nghị định|nghị quyết|quyết định|thông tư|chính phủ|thủ "
                            "tướng|bộ trưởng|nhân dân|mặt trận|tổ quốc|việt nam|"
                            "triển khai|thực hiện|kế hoạch|báo cáo|đề nghị|đơn vị|cơ quan|ủy ban|uỷ ban|thường "
                            "trực|hội nghị|công tác|tuyên truyền|vận động|phối hợp|tổng hợp|"
                            "giám sát|phản biện|đoàn kết|dân tộc|tôn giáo|nông thôn|văn minh|văn hóa|xã hội|kinh "
                            "tế|chính trị|quốc phòng|an ninh|trật tự|an toàn|"
                            "nhiệm vụ|giải pháp|trách nhiệm|quyền hạn|thẩm quyền|điều kiện|điều chỉnh|phạm vi|đối "
                            "tượng|áp dụng|hiệu lực|ban hành|thi hành|hướng dẫn|kiểm tra|"
                            "thanh tra|khiếu nại|tố cáo|phòng cháy|chữa cháy|cứu nạn|cứu hộ|xử phạt|vi phạm|hành "
                            "chính|thủ tục|điện tử|định danh|xác thực|môi trường|"
                            "biến đổi|khí hậu|thích ứng|bảo vệ|bảo đảm|phát triển|xây dựng|hỗ trợ|hộ nghèo|cận "
                            "nghèo|an sinh|từ thiện|nhân đạo|khó khăn|vướng mắc|"
                            "kịp thời|thời gian|thời hạn|chất lượng|hiệu quả|nâng cao|đẩy mạnh|tăng cường|tập "
                            "trung|tiếp tục|tham gia|tham mưu|thành viên|đoàn viên|hội viên|"
                            "hội đồng|văn phòng|thành phố|phường xã|huyện ủy|thành ủy|tỉnh ủy|đảng ủy|đảng bộ|bí "
                            "thư|chủ tịch|giám đốc|cục trưởng|trưởng ban|chuyên viên|"
                            "căn cứ|kính gửi|nơi nhận|theo quy|nội dung|hình thức|danh sách|phụ lục|biểu mẫu|hồ sơ|tài "
                            "liệu|văn bản|dự thảo|góp ý|ý kiến|nguyện vọng|"
                            "tâm trạng|tư tưởng|tầng lớp|quyền lợi|nghĩa vụ|công dân|cá nhân|doanh nghiệp|đầu tư|kinh "
                            "doanh|ngành nghề|quản lý|sử dụng|con dấu|"
                            "lãnh đạo|chỉ đạo|cán bộ|công chức|viên chức|khen thưởng|thi đua|kỷ luật|kỷ niệm|đại "
                            "hội|bầu cử|ứng cử|đại biểu|cử tri|tiếp xúc|"
                            "cải cách|chuyển đổi|trực tuyến|dữ liệu|thông tin|truyền thông|báo chí|giáo dục|đào tạo|y "
                            "tế|bảo hiểm|lao động|thương binh|liệt sĩ";

/* Sets where[] to the table's words and gives their number. */
static size_t listed(struct str where[], size_t most) {
    struct str rest = {words, sizeof words - 1}, one;
    size_t n = 0;
    while (n < most && str_next(&rest, '|', &one)) {
        where[n++] = one;
    }
    return n;
}

static uint32_t capital(uint32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe)) {
        return c - 32;
    }
    return (c >= 0x1ea0 && c <= 0x1ef9) || c == 0x103 || c == 0x111 || c == 0x129 || c == 0x169 || c == 0x1a1 ||
                   c == 0x1b0
               ? c - (c >= 0x1ea0 ? (c & 1) : 1)
               : c;
}

/* right in the case of seen: both have as many letters. */
static struct str in_case_of(struct arena *a, struct str right, struct str seen) {
    struct buf b = buf_in(a);
    struct str lower = utf8_lower(a, seen);
    size_t at = 0, low_at = 0, right_at = 0;
    while (right_at < right.len && at < seen.len && low_at < lower.len) {
        uint32_t c = utf8_next(seen, &at), low = utf8_next(lower, &low_at), r = utf8_next(right, &right_at);
        char utf8[4];
        size_t n = utf8_put(utf8, c != low ? capital(r) : r);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

static bool is_mark(char c) { return c && strchr(".,;:!?)\"'", c) != NULL; }

/* A word without the punctuation behind it. */
static struct str bare(struct str s) {
    while (s.len && is_mark(s.at[s.len - 1])) {
        s = str_slice(s, 0, s.len - 1);
    }
    return s;
}

/* "Chí Đạo" may be somebody's name, and is left alone when it was read surely. */
static bool is_name_like(struct arena *a, struct str s) {
    struct str lower = utf8_lower(a, s);
    size_t at = 0, low_at = 0;
    bool first_is_capital = s.len && utf8_next(s, &at) != utf8_next(lower, &low_at), has_small = false;
    while (at < s.len && low_at < lower.len) {
        has_small = utf8_next(s, &at) == utf8_next(lower, &low_at) || has_small;
    }
    return first_is_capital && has_small;
}

static void mend(struct arena *a, struct read_word *w, struct str right) {
    struct str seen = bare(w->text);
    struct str lower = utf8_lower(a, seen);
    if (str_eq(lower, right) || utf8_length(lower) != utf8_length(right) ||
        (is_name_like(a, seen) && w->confidence >= SURE)) {
        return;
    }
    struct str tail = str_slice(w->text, seen.len, w->text.len), now = in_case_of(a, right, seen);
    w->text = str_format(a, "%.*s%.*s", STR_ARG(now), STR_ARG(tail));
}

void read_mend(struct arena *a, struct read_page *page) {
    enum { MOST = 400 };
    struct str right[MOST], folded[MOST];
    size_t n = listed(right, MOST);
    for (size_t i = 0; i < n; i++) {
        folded[i] = utf8_fold(a, right[i]);
    }
    struct str before = S("");
    for (size_t i = 0; i < page->words.n; i++) {
        struct read_word *w = &page->words.at[i];
        struct str now = utf8_fold(a, bare(w->text));
        if (before.len && now.len && !is_mark(w[-1].text.at[w[-1].text.len - 1])) {
            struct str pair = str_format(a, "%.*s %.*s", STR_ARG(before), STR_ARG(now));
            for (size_t k = 0; k < n; k++) {
                if (str_eq(pair, folded[k])) {
                    struct str first, second;
                    str_cut(right[k], S(" "), &first, &second);
                    mend(a, w - 1, first);
                    mend(a, w, second);
                    break;
                }
            }
        }
        before = now;
    }
}
