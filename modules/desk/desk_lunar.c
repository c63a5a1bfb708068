#include "modules/desk/desk_lunar.h"
#include "base/arena.h"

#include <math.h>

static const double turn = 3.14159265358979323846 / 180;

/* Days of the calendar in UTC+7 as whole Julian day numbers. */
static int64_t julian(struct date d) { return date_number(d) + 2440588; }

/* The moment of the kth new moon after 1900-01-01, as a Julian date (Meeus, truncated). */
static double new_moon(double k) {
    double t = k / 1236.85, t2 = t * t, t3 = t2 * t;
    double at = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3;
    at += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * turn);
    double m = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * turn;
    double mp = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * turn;
    double f = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * turn;
    double c = (0.1734 - 0.000393 * t) * sin(m) + 0.0021 * sin(2 * m) - 0.4068 * sin(mp) + 0.0161 * sin(2 * mp) -
               0.0004 * sin(3 * mp) + 0.0104 * sin(2 * f) - 0.0051 * sin(m + mp) - 0.0074 * sin(m - mp) +
               0.0004 * sin(2 * f + m) - 0.0004 * sin(2 * f - m) - 0.0006 * sin(2 * f + mp) + 0.0010 * sin(2 * f - mp) +
               0.0005 * sin(2 * mp + m);
    double late = t < -11 ? 0.001 + 0.000839 * t + 0.0002261 * t2 - 0.00000845 * t3 - 0.000000081 * t * t3
                          : -0.000278 + 0.000265 * t + 0.000262 * t2;
    return at + c - late;
}

static int64_t new_moon_day(int64_t k) { return (int64_t)floor(new_moon((double)k) + 0.5 + 7.0 / 24); }

/* Which twelfth of the year's circle the sun is in at the beginning of the day: 0 to 11. */
static int sun_twelfth(int64_t day) {
    double t = ((double)day - 0.5 - 7.0 / 24 - 2451545) / 36525, t2 = t * t;
    double m = (357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2) * turn;
    double l0 = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
    double dl = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) +
                0.000290 * sin(3 * m);
    double l = (l0 + dl) / 360;
    return (int)floor((l - floor(l)) * 12);
}

/* The first day of the eleventh month of a year. */
static int64_t eleventh(int year) {
    int64_t off = julian((struct date){(int16_t)year, 12, 31}) - 2415021;
    int64_t k = (int64_t)floor((double)off / 29.530588853), day = new_moon_day(k);
    return sun_twelfth(day) >= 9 ? new_moon_day(k - 1) : day;
}

/* How many months after the eleventh the leap month stands. */
static int leap_offset(int64_t eleventh_day) {
    int64_t k = (int64_t)floor((double)(eleventh_day - 2415021) / 29.530588853 + 0.5);
    int i = 1, last, now = sun_twelfth(new_moon_day(k + i));
    do {
        last = now;
        i++;
        now = sun_twelfth(new_moon_day(k + i));
    } while (now != last && i < 14);
    return i - 1;
}

struct desk_lunar desk_lunar(struct date on) {
    int64_t day = julian(on), k = (int64_t)floor((double)(day - 2415021) / 29.530588853), start = new_moon_day(k + 1);
    if (start > day) {
        start = new_moon_day(k);
    }
    int64_t a = eleventh(on.year), b = a;
    int year = on.year;
    if (a >= start) {
        a = eleventh(on.year - 1);
    } else {
        year = on.year + 1;
        b = eleventh(on.year + 1);
    }
    int months = (int)((start - a) / 29), month = months + 11;
    bool is_leap = false;
    if (b - a > 365) {
        int leap = leap_offset(a);
        if (months >= leap) {
            month = months + 10;
            is_leap = months == leap;
        }
    }
    month = month > 12 ? month - 12 : month;
    year = month >= 11 && months < 4 ? year - 1 : year;
    return (struct desk_lunar){.day = (int)(day - start) + 1, .month = month, .year = year, .is_leap = is_leap};
}

struct str desk_lunar_words(struct arena *a, struct date on) {
    static const char *const months[] = {"Giêng", "Hai", "Ba",   "Tư",   "Năm",      "Sáu",
                                         "Bảy",   "Tám", "Chín", "Mười", "Mười Một", "Chạp"};
    static const char *const stems[] = {"Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ"};
    static const char *const branches[] = {"Thân", "Dậu", "Tuất", "Hợi", "Tý",  "Sửu",
                                           "Dần",  "Mão", "Thìn", "Tỵ",  "Ngọ", "Mùi"};
    struct desk_lunar l = desk_lunar(on);
    return str_format(a, "%s%d tháng %s%s, %s %s", l.day <= 10 ? "mùng " : "", l.day, months[l.month - 1],
                      l.is_leap ? " nhuận" : "", stems[l.year % 10], branches[l.year % 12]);
}
