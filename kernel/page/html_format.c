/* The formats a page can name: {{ v->at | ago }}. */
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/page/html.h"

#include <math.h>

#include "base/banned.h"

static void two_digits(struct buf *b, int n) {
    buf_put_char(b, (char)('0' + n / 10 % 10));
    buf_put_char(b, (char)('0' + n % 10));
}

void draw_clock(struct draw *d, struct instant at) {
    if (!at.ms) {
        return;
    }
    int hour, minute, second;
    instant_clock(at, &hour, &minute, &second);
    two_digits(d->out, hour);
    buf_put_char(d->out, ':');
    two_digits(d->out, minute);
}

void draw_day(struct draw *d, struct instant at) {
    if (at.ms) {
        date_put_vi(d->out, date_of(at));
    }
}

void draw_iso(struct draw *d, struct instant at) { draw_attr_instant(d, &at); }

void draw_when(struct draw *d, struct instant at) {
    if (!at.ms) {
        return;
    }
    int64_t days = date_number(date_of(d->now)) - date_number(date_of(at));
    draw_clock(d, at);
    if (days == 0) {
        return;
    }
    BUF_LIT(d->out, " ");
    if (days == 1) {
        buf_put(d->out, T(d, "hôm qua"));
    } else if (date_of(at).year == date_of(d->now).year) {
        draw_short_date(d, date_of(at));
    } else {
        draw_day(d, at);
    }
}

/* "5 phút trước": n and a pattern of one %d; one has its own words where a language has a plural. */
static void ago_put(struct draw *d, struct str one, struct str pattern, int64_t n) {
    if (n == 1) {
        buf_put(d->out, one);
        return;
    }
    struct str before, after;
    str_cut(pattern, S("%d"), &before, &after);
    buf_put(d->out, before);
    buf_put_int(d->out, n);
    buf_put(d->out, after);
}

void draw_ago(struct draw *d, struct instant at) {
    if (!at.ms) {
        return;
    }
    int64_t seconds = (d->now.ms - at.ms) / 1000;
    if (seconds < 60) {
        buf_put(d->out, T(d, "vừa xong"));
    } else if (seconds < 3600) {
        ago_put(d, T(d, "1 phút trước"), T(d, "%d phút trước"), seconds / 60);
    } else if (seconds < 86400 && date_is(date_of(at), date_of(d->now))) {
        ago_put(d, T(d, "1 giờ trước"), T(d, "%d giờ trước"), seconds / 3600);
    } else {
        int64_t days = date_number(date_of(d->now)) - date_number(date_of(at));
        if (days == 1) {
            buf_put(d->out, T(d, "hôm qua"));
        } else if (days < 7) {
            ago_put(d, T(d, "hôm qua"), T(d, "%d ngày trước"), days);
        } else {
            draw_day(d, at);
        }
    }
}

void draw_weekday(struct draw *d, struct date on) {
    if (!on.year) {
        return;
    }
    static const struct str names[] = {S_INIT("Thứ Hai"), S_INIT("Thứ Ba"),  S_INIT("Thứ Tư"),  S_INIT("Thứ Năm"),
                                       S_INIT("Thứ Sáu"), S_INIT("Thứ Bảy"), S_INIT("Chủ Nhật")};
    draw_t(d, names[date_weekday(on) - 1]);
}

void draw_long_date(struct draw *d, struct date on) {
    if (on.year) {
        draw_weekday(d, on);
        BUF_LIT(d->out, ", ");
        date_put_vi(d->out, on);
    }
}

void draw_short_date(struct draw *d, struct date on) {
    if (on.year) {
        two_digits(d->out, on.day);
        buf_put_char(d->out, '/');
        two_digits(d->out, on.month);
    }
}

/* Swaps . and , from a place on, for languages that write 1,234.5. */
static void marks_swap(struct draw *d, size_t from) {
    for (size_t i = from; d->n && i < d->out->len; i++) {
        char c = d->out->at[i];
        d->out->at[i] = c == '.' ? ',' : c == ',' ? '.' : c;
    }
}

void draw_bytes(struct draw *d, int64_t bytes) {
    size_t from = d->out->len;
    num_put_bytes_vi(d->out, bytes);
    marks_swap(d, from);
}

void draw_plain(struct draw *d, int64_t n) { buf_put_int(d->out, n); }

void draw_fraction(struct draw *d, double x) {
    size_t from = d->out->len;
    double tenth = round(x * 10) / 10;
    num_put_vi_fraction(d->out, x, tenth == floor(tenth) ? 0 : 1);
    marks_swap(d, from);
}

void draw_percent(struct draw *d, double share) {
    draw_fraction(d, share * 100);
    BUF_LIT(d->out, "\xC2\xA0%");
}

void draw_initials(struct draw *d, struct str name) {
    struct str rest = str_trim(name), word, first = S(""), last = S("");
    while (str_next(&rest, ' ', &word)) {
        if (word.len) {
            first = first.len ? first : word;
            last = word;
        }
    }
    if (first.len) {
        html_escape(d->out, utf8_cut(first, 1));
        if (last.at != first.at) {
            html_escape(d->out, utf8_cut(last, 1));
        }
    }
}

void draw_t(struct draw *d, struct str vietnamese) {
    html_escape(d->out, lang_sentence(d->lang, d->arena, vietnamese));
}
