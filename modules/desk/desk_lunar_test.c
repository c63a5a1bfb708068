#include "modules/desk/desk_lunar.h"
#include "tests/test.h"

TEST("the lunar calendar knows Tết, the Kings' day and leap months") {
    static const struct {
        struct date on;
        struct desk_lunar lunar;
    } days[] = {
        {{2026, 2, 17}, {1, 1, 2026, false}},    {{2025, 1, 29}, {1, 1, 2025, false}},
        {{2024, 2, 10}, {1, 1, 2024, false}},    {{2007, 2, 17}, {1, 1, 2007, false}},
        {{1985, 1, 21}, {1, 1, 1985, false}},    {{2026, 4, 26}, {10, 3, 2026, false}},
        {{2025, 7, 25}, {1, 6, 2025, true}},     {{2023, 3, 22}, {1, 2, 2023, true}},
        {{2026, 11, 23}, {15, 10, 2026, false}}, {{2027, 2, 5}, {29, 12, 2026, false}},
        {{2027, 2, 6}, {1, 1, 2027, false}},     {{2026, 12, 31}, {23, 11, 2026, false}},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct desk_lunar got = desk_lunar(days[i].on);
        CHECK(got.day == days[i].lunar.day && got.month == days[i].lunar.month && got.year == days[i].lunar.year &&
              got.is_leap == days[i].lunar.is_leap);
    }
    CHECK_STR(desk_lunar_words(arena, (struct date){2026, 11, 23}), S("15 tháng Mười, Bính Ngọ"));
}
