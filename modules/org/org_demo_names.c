/* Names of people who do not exist, always the same ones: common family, middle and given names put together by number.
 */
#include "modules/org/org_demo.h"

static const struct str families[] = {
    S_INIT("Nguyễn"), S_INIT("Trần"), S_INIT("Lê"),     S_INIT("Phạm"), S_INIT("Hoàng"),  S_INIT("Vũ"),
    S_INIT("Đặng"),   S_INIT("Bùi"),  S_INIT("Đỗ"),     S_INIT("Ngô"),  S_INIT("Đào"),    S_INIT("Phan"),
    S_INIT("Lương"),  S_INIT("Đinh"), S_INIT("Mai"),    S_INIT("Tạ"),   S_INIT("Nguyễn"), S_INIT("Trần"),
    S_INIT("Phạm"),   S_INIT("Vũ"),   S_INIT("Nguyễn"), S_INIT("Cao"),  S_INIT("Đoàn"),   S_INIT("Lưu"),
    S_INIT("Nguyễn"), S_INIT("Hà"),   S_INIT("Trịnh")};
static const struct str middles_men[] = {S_INIT("Văn"),  S_INIT("Đức"),   S_INIT("Hữu"),  S_INIT("Quang"),
                                         S_INIT("Minh"), S_INIT("Xuân"),  S_INIT("Công"), S_INIT("Trọng"),
                                         S_INIT("Ngọc"), S_INIT("Thành"), S_INIT("Đình")};
static const struct str middles_women[] = {S_INIT("Thị"),      S_INIT("Thị Thu"),  S_INIT("Thị Thanh"),
                                           S_INIT("Ngọc"),     S_INIT("Thị Minh"), S_INIT("Hồng"),
                                           S_INIT("Thị Bích"), S_INIT("Phương"),   S_INIT("Thị Kim")};
static const struct str given_men[] = {
    S_INIT("An"),   S_INIT("Bình"), S_INIT("Cường"), S_INIT("Dũng"),  S_INIT("Đạt"),   S_INIT("Giang"), S_INIT("Hải"),
    S_INIT("Hiếu"), S_INIT("Hoà"),  S_INIT("Huy"),   S_INIT("Hưng"),  S_INIT("Khánh"), S_INIT("Lâm"),   S_INIT("Long"),
    S_INIT("Mạnh"), S_INIT("Nam"),  S_INIT("Nghĩa"), S_INIT("Phong"), S_INIT("Phúc"),  S_INIT("Quân"),  S_INIT("Sơn"),
    S_INIT("Tâm"),  S_INIT("Thái"), S_INIT("Thắng"), S_INIT("Tiến"),  S_INIT("Toàn"),  S_INIT("Trung"), S_INIT("Tuấn"),
    S_INIT("Tùng"), S_INIT("Việt"), S_INIT("Vinh")};
static const struct str given_women[] = {
    S_INIT("Anh"),   S_INIT("Ánh"),   S_INIT("Châu"), S_INIT("Dung"),   S_INIT("Duyên"), S_INIT("Đào"),
    S_INIT("Hà"),    S_INIT("Hạnh"),  S_INIT("Hiền"), S_INIT("Hoa"),    S_INIT("Hồng"),  S_INIT("Huệ"),
    S_INIT("Hương"), S_INIT("Lan"),   S_INIT("Liên"), S_INIT("Loan"),   S_INIT("Mai"),   S_INIT("Nga"),
    S_INIT("Ngân"),  S_INIT("Nhung"), S_INIT("Oanh"), S_INIT("Phương"), S_INIT("Quyên"), S_INIT("Thảo"),
    S_INIT("Thuỷ"),  S_INIT("Trang"), S_INIT("Vân"),  S_INIT("Xuân"),   S_INIT("Yến"),   S_INIT("Thương")};

#define PICK(list, n) ((list)[(n) % (sizeof(list) / sizeof *(list))])

struct demo_name org_demo_name(struct arena *a, uint64_t number) {
    uint64_t mix = (number + 1) * 0x9e3779b97f4a7c15u; /* neighbours look unrelated */
    mix ^= mix >> 29;
    bool is_woman = (mix >> 7) % 5 < 2;
    struct str family = PICK(families, (mix >> 11) & 0xffff),
               middle = is_woman ? PICK(middles_women, (mix >> 27) & 0xffff) : PICK(middles_men, (mix >> 27) & 0xffff),
               given = is_woman ? PICK(given_women, (mix >> 43) & 0xffff) : PICK(given_men, (mix >> 43) & 0xffff);
    return (struct demo_name){.name = str_format(a, "%.*s %.*s %.*s", STR_ARG(family), STR_ARG(middle), STR_ARG(given)),
                              .address = is_woman ? S("chị") : S("anh")};
}
