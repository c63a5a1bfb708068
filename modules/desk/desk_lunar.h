/* The Vietnamese lunar calendar (UTC+7), 1900–2199: "15 tháng Mười, Bính Ngọ".
   Months begin on the day of the new moon; the month with the winter solstice is the eleventh (Hồ Ngọc Đức's method).
 */
#ifndef MODULES_DESK_DESK_LUNAR_H
#define MODULES_DESK_DESK_LUNAR_H
#include "base/time.h"

struct arena;

struct desk_lunar {
    int day, month, year;
    bool is_leap;
};
struct desk_lunar desk_lunar(struct date on);
struct str desk_lunar_words(struct arena *a, struct date on);
#endif
