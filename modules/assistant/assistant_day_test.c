#include "modules/assistant/assistant_day.h"
#include "tests/test.h"

static struct str said(struct arena *a, struct str question) {
    struct date day;
    return assistant_day_said(a, question, &day) ? date_iso(a, day) : S("");
}

TEST("a question says its own day, month or year") {
    CHECK_STR(said(arena, S("Vào năm 2018, mức phạt vượt đèn đỏ là bao nhiêu?")), S("2018-12-31"));
    CHECK_STR(said(arena, S("Năm 2018 mức lương cơ sở là bao nhiêu?")), S("2018-12-31"));
    CHECK_STR(said(arena, S("Trước ngày 01/7/2025 cấp huyện có thẩm quyền gì?")), S("2025-06-30"));
    CHECK_STR(said(arena, S("truoc nam 2020 ai ky giay phep")), S("2019-12-31"));
    CHECK_STR(said(arena, S("Ngày 15 tháng 6 năm 2020 ai được cấp giấy phép?")), S("2020-06-15"));
    CHECK_STR(said(arena, S("Tính đến tháng 2/2020 thời hạn là bao lâu?")), S("2020-02-29"));
}

TEST("a document's day and year are not the question's, and nonsense is no day") {
    CHECK_STR(said(arena, S("Luật Đất đai năm 2013 quy định gì về thu hồi đất?")), S(""));
    CHECK_STR(said(arena, S("Nghị định 30/2020/NĐ-CP ngày 05/3/2020 còn hiệu lực không?")), S(""));
    CHECK_STR(said(arena, S("Phạt tù 3 năm hay 5 năm?")), S(""));
    CHECK_STR(said(arena, S("ngày 32/13/2020 thì sao")), S(""));
    CHECK_STR(said(arena, S("Tết năm nay nghỉ mấy ngày?")), S(""));
    CHECK_STR(said(arena, S("")), S(""));
}
