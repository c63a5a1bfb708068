/* The lunar calendar by Hồ Ngọc Đức's computation: new moons and the sun's longitude at UTC+7. */
#include <math.h>

#include "modules/deadline/deadline.h"

static const double turn = 3.14159265358979323846 / 180;

/* The sun's and the moon's part of when the k-th new moon is, in days. */
static double moon_bend(double k, double t) {
    double m = turn * (359.2242 + 29.10535608 * k - 0.0000333 * t * t - 0.00000347 * t * t * t);
    double p = turn * (306.0253 + 385.81691806 * k + 0.0107306 * t * t + 0.00001236 * t * t * t);
    double f = turn * (21.2964 + 390.67050646 * k - 0.0016528 * t * t - 0.00000239 * t * t * t);
    double c = (0.1734 - 0.000393 * t) * sin(m) + 0.0021 * sin(2 * m) - 0.4068 * sin(p) + 0.0161 * sin(2 * p) -
               0.0004 * sin(3 * p) + 0.0104 * sin(2 * f) - 0.0051 * sin(m + p) - 0.0074 * sin(m - p) +
               0.0004 * sin(2 * f + m) - 0.0004 * sin(2 * f - m) - 0.0006 * sin(2 * f + p) + 0.0010 * sin(2 * f - p) +
               0.0005 * sin(2 * p + m);
    return c;
}

/* Julian day number of the day of the k-th new moon since 1900. */
static int new_moon(int number) {
    double k = number, t = k / 1236.85;
    double at = 2415020.75933 + 29.53058868 * k + 0.0001178 * t * t - 0.000000155 * t * t * t +
                0.00033 * sin(turn * (166.56 + 132.87 * t - 0.009173 * t * t));
    double drift = t < -11
                       ? 0.001 + 0.000839 * t + 0.0002261 * t * t - 0.00000845 * t * t * t - 0.000000081 * t * t * t * t
                       : -0.000278 + 0.000265 * t + 0.000262 * t * t;
    return (int)floor(at + moon_bend(k, t) - drift + 0.5 + 7.0 / 24);
}

/* In which twelfth of the sky the sun is when a day begins. */
static int sun_twelfth(int day) {
    double t = (day - 0.5 - 7.0 / 24 - 2451545.0) / 36525;
    double m = turn * (357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t * t * t);
    double l = 280.46645 + 36000.76983 * t + 0.0003032 * t * t;
    l += (1.914600 - 0.004817 * t - 0.000014 * t * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) +
         0.000290 * sin(3 * m);
    l -= 360 * floor(l / 360);
    return (int)(l / 30);
}

static int julian(struct date d) { return (int)(date_number(d) + 2440588); }

/* The month that holds the winter solstice. */
static int month_11(int year) {
    int off = julian((struct date){(int16_t)year, 12, 31}) - 2415021;
    int k = (int)floor(off / 29.530588853);
    int day = new_moon(k);
    return sun_twelfth(day) >= 9 ? new_moon(k - 1) : day;
}

/* Which month after the eleventh is the leap one: the first during which the sun stays in its twelfth. */
static int leap_offset(int first) {
    int k = (int)floor((first - 2415021.076998695) / 29.530588853 + 0.5), i = 1;
    int last, twelfth = sun_twelfth(new_moon(k + i));
    do {
        last = twelfth;
        i++;
        twelfth = sun_twelfth(new_moon(k + i));
    } while (twelfth != last && i < 14);
    return i - 1;
}

bool deadline_lunar_to_solar(struct deadline_lunar l, struct date *on) {
    if (l.year < 1900 || l.year > 2199 || l.month < 1 || l.month > 12 || l.day < 1 || l.day > 30) {
        return false;
    }
    int a = month_11(l.month < 11 ? l.year - 1 : l.year), b = month_11(l.month < 11 ? l.year : l.year + 1);
    int off = (l.month + 1) % 12;
    if (b - a > 365) {
        int leap = leap_offset(a);
        if (l.is_leap && (leap + 9) % 12 + 1 != l.month) {
            return false;
        }
        off += l.is_leap || off >= leap;
    } else if (l.is_leap) {
        return false;
    }
    int k = (int)floor(0.5 + (a - 2415021.076998695) / 29.530588853);
    int first = new_moon(k + off), day = first + l.day - 1;
    if (day >= new_moon(k + off + 1)) {
        return false;
    }
    *on = date_from_number((int64_t)day - 2440588);
    return true;
}
