/* Days as people write them: 05/03/1960, 5-3-60, 1960-03-05, ngày 5 tháng 3 năm 1960, 3/1960, 1960, and the numbers
   that spreadsheets make of them. */
#include "base/arena.h"
#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"
#include "kernel/import/import_inside.h"

#include "base/banned.h"

enum { YEAR_LOW = 1900, YEAR_HIGH = 2100, SERIAL_MOST = 73415, DAYS_1904 = 1462, DAYS_BEFORE_1970 = 25569 };

struct numbers {
    int64_t n[3];
    size_t digits[3];
    size_t count;
};

static bool is_between(struct str word) {
    return !word.len || str_eq(word, S("ngay")) || str_eq(word, S("thang")) || str_eq(word, S("nam"));
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_sign(char c) { return c == '/' || c == '-' || c == '.' || c == ' ' || c == ',' || c == '\\'; }

static size_t run_end(struct str text, size_t from, bool (*is)(char)) {
    while (from < text.len && is(text.at[from])) {
        from++;
    }
    return from;
}

static bool number_add(struct numbers *out, struct str digits) {
    if (out->count == 3 || digits.len > 8 || !num_read(digits, &out->n[out->count])) {
        return false;
    }
    out->digits[out->count++] = digits.len;
    return true;
}

/* The numbers of a text with nothing between them but signs and the words ngày, tháng, năm. */
static bool numbers_of(struct str folded, struct numbers *out) {
    *out = (struct numbers){0};
    for (size_t i = 0; i < folded.len;) {
        size_t from = i;
        char c = folded.at[i];
        i = is_digit(c) ? run_end(folded, i, is_digit) : is_letter(c) ? run_end(folded, i, is_letter) : i + 1;
        struct str run = str_slice(folded, from, i);
        bool is_fine = is_digit(c) ? number_add(out, run) : is_letter(c) ? is_between(run) : is_sign(c);
        if (!is_fine) {
            return false;
        }
    }
    return out->count > 0;
}

static bool is_year(int64_t n) { return n >= YEAR_LOW && n <= YEAR_HIGH; }

static bool is_day(const struct import_day *d) {
    if (!is_year(d->year) || (d->day && !d->month) || d->month < 0 || d->month > 12 || d->day < 0 || d->day > 31) {
        return false;
    }
    return !d->day || date_valid((struct date){(int16_t)d->year, (int8_t)d->month, (int8_t)d->day});
}

static bool is_exact_enough(const struct import_day *d, const struct import_wanted *w) {
    return d->day || (d->month && w->may_be_month) || (!d->month && w->may_be_year);
}

/* 60 is 1960, 05 is 2005: the last such year that is not to come. */
static int year_of_two(int64_t n) {
    int64_t now = clock_today().year % 100;
    return (int)(n <= now ? 2000 + n : 1900 + n);
}

static enum import_date of_three(const struct numbers *n, struct import_day *day) {
    bool is_year_first = n->digits[0] == 4;
    int64_t year = is_year_first ? n->n[0] : n->n[2], last = is_year_first ? n->n[2] : n->n[0];
    size_t digits = is_year_first ? 4 : n->digits[2];
    if (n->n[1] > 12 || last > 31 || (digits != 4 && digits != 2)) {
        return IMPORT_NO_DATE;
    }
    *day = (struct import_day){digits == 4 ? (int)year : year_of_two(year), (int)n->n[1], (int)last};
    if (!day->month || !day->day || !is_day(day)) {
        return IMPORT_NO_DATE;
    }
    return digits == 4 ? IMPORT_IS_DATE : IMPORT_MAY_BE_DATE;
}

static enum import_date of_serial(int64_t serial, bool is_1904, struct import_day *day) {
    int64_t first = is_1904 ? 1 : 61; /* before 1 March 1900 programs do not agree */
    if (serial < first || serial > SERIAL_MOST) {
        return IMPORT_NO_DATE;
    }
    struct date d = date_from_number(serial + (is_1904 ? DAYS_1904 : 0) - DAYS_BEFORE_1970);
    *day = (struct import_day){d.year, d.month, d.day};
    return is_year(d.year) ? IMPORT_IS_SERIAL : IMPORT_NO_DATE;
}

static enum import_date of_numbers(const struct numbers *n, bool is_1904, struct import_day *day) {
    if (n->count == 3) {
        return of_three(n, day);
    }
    if (n->count == 2) {
        bool is_year_first = n->digits[0] == 4;
        int64_t month = n->n[is_year_first], year = n->n[!is_year_first];
        *day = (struct import_day){is_year(year) ? (int)year : 0, month <= 12 ? (int)month : 0, 0};
        return day->year && day->month ? IMPORT_IS_DATE : IMPORT_NO_DATE;
    }
    if (n->digits[0] == 8) {
        *day = (struct import_day){(int)(n->n[0] % 10000), (int)(n->n[0] / 10000 % 100), (int)(n->n[0] / 1000000)};
        return day->day && day->month && is_day(day) ? IMPORT_MAY_BE_DATE : IMPORT_NO_DATE;
    }
    if (is_year(n->n[0])) {
        *day = (struct import_day){(int)n->n[0], 0, 0};
        return IMPORT_IS_DATE;
    }
    return n->digits[0] >= 4 ? of_serial(n->n[0], is_1904, day) : IMPORT_NO_DATE;
}

/* Without the hours that programs add to days. */
static struct str without_hours(struct str text) {
    size_t colon = str_find(text, S(":"), 0);
    size_t space = SIZE_MAX;
    for (size_t i = 0; i < text.len && i < colon; i++) {
        space = text.at[i] == ' ' || text.at[i] == 'T' ? i : space;
    }
    return colon != SIZE_MAX && space != SIZE_MAX ? str_slice(text, 0, space) : text;
}

enum import_date import_date_read(struct arena *a, const struct read_cell *cell, bool is_1904,
                                  const struct import_wanted *w, struct import_day *day) {
    struct numbers n;
    struct str text = cell->text, digits;
    bool is_stored = cell->kind == READ_CELL_NUMBER || cell->kind == READ_CELL_DATE;
    if (is_stored && import_stored(a, text, &digits)) {
        str_cut(digits, S("."), &text, &digits);
    }
    if (!numbers_of(utf8_fold(a, without_hours(text)), &n)) {
        return IMPORT_NO_DATE;
    }
    enum import_date is;
    if (cell->kind == READ_CELL_DATE && !(is_year(n.n[0]) && w->may_be_year)) {
        is = of_serial(n.n[0], is_1904, day);
        return is == IMPORT_IS_SERIAL ? IMPORT_IS_DATE : is;
    }
    is = of_numbers(&n, is_1904, day);
    return is == IMPORT_IS_DATE && !is_exact_enough(day, w) ? IMPORT_NO_DATE : is;
}
