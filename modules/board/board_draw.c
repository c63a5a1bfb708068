#include "modules/board/board_draw.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

enum {
    SPARK_W = 96,
    SPARK_H = 28,
    TOP = 16,
    LOW = 172,
    HIGH_ALL = 200,
    LEFT = 34,
    RIGHT = 372,
    BAR_ROW = 38,
    BAR_H = 12,
    BARS_MOST = 8,
    HEAT_LEFT = 112,
    HEAT_ROW = 28,
    HEAT_TOP = 22,
    NAME_MOST = 40,
    SHORT_MOST = 15,
};

/* A round number at least the value, whose half is whole too. */
static double round_up(double most) {
    static const double heads[] = {4, 6, 8, 10, 20, 30};
    for (double ten = 1;; ten *= 10) {
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
            if (heads[i] * ten >= most) {
                return heads[i] * ten;
            }
        }
    }
}

static int round_i(double x) { return (int)lround(x); }

static struct str cut(struct arena *a, struct str s, size_t most) {
    size_t n = 0, at = 0;
    while (at < s.len && n < most) {
        at++;
        while (at < s.len && ((unsigned char)s.at[at] & 0xc0) == 0x80) {
            at++;
        }
        n++;
    }
    return at >= s.len ? s : str_format(a, "%.*s…", (int)at, s.at);
}

static void text_add(struct arena *a, struct board_drawing *d, int x, int y, const char *anchor, struct str words) {
    LIST_ADD(a, &d->texts, (struct board_text){x, y, words, str_of(anchor)});
}

struct str board_spark(struct arena *a, const double *values, size_t n, int *x, int *y) {
    struct buf b = buf_in(a);
    double low = INFINITY, high = -INFINITY;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            low = fmin(low, values[i]);
            high = fmax(high, values[i]);
            known++;
        }
    }
    double span = high > low ? high - low : 1;
    bool is_down = false;
    for (size_t i = 0; known > 1 && i < n; i++) {
        if (isnan(values[i])) {
            is_down = false;
            continue;
        }
        *x = 3 + round_i((double)i * (SPARK_W - 6) / (double)(n - 1));
        *y = SPARK_H - 4 - round_i((values[i] - low) / span * (SPARK_H - 8));
        buf_printf(&b, "%c%d %d", is_down ? 'L' : 'M', *x, *y);
        is_down = true;
    }
    return buf_str(&b);
}

static int y_of(double value, double most) { return LOW - round_i(value / most * (LOW - TOP)); }

static void axis(struct arena *a, struct board_drawing *d, double most) {
    for (int i = 0; i <= 2; i++) {
        int y = y_of(most * i / 2, most);
        LIST_ADD(a, &d->rules, (struct board_rule){LEFT, y, RIGHT, y, S("grid")});
        text_add(a, d, LEFT - 5, y + 4, "end", board_number(a, most * i / 2, false));
    }
}

static struct str band(struct arena *a, const double *low, const double *high, size_t n, const int *xs, double most) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "%c%d %d", i ? 'L' : 'M', xs[i], y_of(high[i], most));
    }
    for (size_t i = n; i-- > 0;) {
        buf_printf(&b, "L%d %d", xs[i], y_of(low[i], most));
    }
    BUF_LIT(&b, "Z");
    return buf_str(&b);
}

static double most_of(const struct board_points *p, const struct board_ahead *ahead) {
    double most = 0;
    for (size_t i = 0; i < p->n; i++) {
        most = isnan(p->at[i].value) ? most : fmax(most, p->at[i].value);
    }
    for (size_t i = 0; i < ahead->n; i++) {
        most = fmax(most, ahead->high95[i]);
    }
    return round_up(most);
}

/* The last known value, then the forecast from it on. */
static void ahead_draw(struct arena *a, const struct board_points *p, const struct board_ahead *ahead, double step,
                       double most, struct board_drawing *d) {
    int *xs = arena_take(a, int, ahead->n);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < ahead->n; i++) {
        xs[i] = LEFT + round_i(step * ((double)(p->n + i) + .5));
        if (i == 0 && d->dot.w) {
            buf_printf(&b, "M%d %d", d->dot.x, d->dot.y);
        }
        buf_printf(&b, "%c%d %d", i || d->dot.w ? 'L' : 'M', xs[i], y_of(ahead->value[i], most));
    }
    d->ahead = buf_str(&b);
    d->wide = band(a, ahead->low95, ahead->high95, ahead->n, xs, most);
    d->narrow = band(a, ahead->low80, ahead->high80, ahead->n, xs, most);
}

void board_draw_line(struct arena *a, const struct board_points *p, const struct board_ahead *ahead,
                     struct board_drawing *d) {
    double most = most_of(p, ahead), step = (double)(RIGHT - LEFT) / (double)(p->n + ahead->n);
    struct buf b = buf_in(a);
    bool is_down = false;
    d->height = HIGH_ALL;
    axis(a, d, most);
    for (size_t i = 0; i < p->n; i++) {
        int x = LEFT + round_i(step * ((double)i + .5)), from = LEFT + round_i(step * (double)i);
        const struct board_point *at = &p->at[i];
        if (i % 6 == p->n % 6) {
            text_add(a, d, x, HIGH_ALL - 10, "middle", at->label);
        }
        if (isnan(at->value)) {
            is_down = false;
            continue;
        }
        d->dot = (struct board_mark){.x = x, .y = y_of(at->value, most), .w = 1};
        buf_printf(&b, "%c%d %d", is_down ? 'L' : 'M', x, d->dot.y);
        is_down = true;
        if (at->link.v.len) {
            LIST_ADD(a, &d->hits,
                     (struct board_mark){at->link, at->words, from, TOP, round_i(step) + 1, LOW - TOP, S("")});
        }
    }
    d->line = buf_str(&b);
    if (ahead->n) {
        ahead_draw(a, p, ahead, step, most, d);
    }
}

void board_draw_bars(struct arena *a, const struct board_points *p, struct board_drawing *d) {
    double most = 0;
    size_t n = p->n < BARS_MOST ? p->n : BARS_MOST;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, p->at[i].value);
    }
    d->height = (int)n * BAR_ROW + 2;
    for (size_t i = 0; i < n; i++) {
        const struct board_point *at = &p->at[i];
        int y = (int)i * BAR_ROW, w = most > 0 ? round_i(at->value / most * (BOARD_WIDE - 4)) : 0;
        text_add(a, d, 2, y + 14, "start", cut(a, at->label, NAME_MOST));
        text_add(a, d, BOARD_WIDE - 2, y + 14, "end", board_number(a, at->value, false));
        LIST_ADD(a, &d->marks,
                 (struct board_mark){{{0}}, S(""), 2, y + 20, w > 2 || at->value <= 0 ? w : 2, BAR_H, S("ink")});
        LIST_ADD(a, &d->hits, (struct board_mark){at->link, at->words, 0, y, BOARD_WIDE, BAR_ROW - 2, S("")});
    }
}

void board_draw_stacks(struct arena *a, const struct board_stacks *s, struct board_drawing *d) {
    double most = 0, step = (double)(RIGHT - LEFT) / (double)(s->n ? s->n : 1);
    for (size_t i = 0; i < s->n; i++) {
        double sum = 0;
        for (size_t k = 0; k < s->at[i].n; k++) {
            sum += s->at[i].parts[k].h;
        }
        most = fmax(most, sum);
    }
    most = round_up(most);
    d->height = HIGH_ALL;
    axis(a, d, most);
    for (size_t i = 0; i < s->n; i++) {
        double below = 0;
        int x = LEFT + round_i(step * (double)i) + 2, w = round_i(step) - 4;
        if (s->n <= 6 || i % 2 == (s->n + 1) % 2) {
            text_add(a, d, x + w / 2, HIGH_ALL - 10, "middle", s->at[i].label);
        }
        for (size_t k = 0; k < s->at[i].n; k++) {
            struct board_mark part = s->at[i].parts[k];
            int from = y_of(below, most);
            below += part.h;
            if (part.h > 0) {
                part.x = x;
                part.w = w;
                part.y = y_of(below, most);
                part.h = from - part.y;
                LIST_ADD(a, &d->marks, part);
            }
        }
    }
}

void board_draw_heat(struct arena *a, const struct board_stacks *rows, const struct board_points *columns,
                     struct board_drawing *d) {
    double most = 1, step = (double)(BOARD_WIDE - HEAT_LEFT) / (double)(columns->n ? columns->n : 1);
    size_t n = rows->n < BARS_MOST ? rows->n : BARS_MOST;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < rows->at[i].n; k++) {
            most = fmax(most, rows->at[i].parts[k].h);
        }
    }
    d->height = HEAT_TOP + (int)n * HEAT_ROW + 2;
    for (size_t k = 0; k < columns->n; k++) {
        if (k % 3 == (columns->n + 2) % 3) {
            text_add(a, d, HEAT_LEFT + round_i(step * ((double)k + .5)), 14, "middle", columns->at[k].label);
        }
    }
    for (size_t i = 0; i < n; i++) {
        int y = HEAT_TOP + (int)i * HEAT_ROW;
        text_add(a, d, HEAT_LEFT - 6, y + 18, "end", cut(a, rows->at[i].label, SHORT_MOST));
        for (size_t k = 0; k < rows->at[i].n; k++) {
            struct board_mark part = rows->at[i].parts[k];
            int value = part.h;
            part.hue = str_format(a, "v%d", value <= 0 ? 0 : (int)fmin(5, 1 + value * 4 / most));
            part.x = HEAT_LEFT + round_i(step * (double)k) + 1;
            part.w = round_i(step) - 2;
            part.y = y + 1;
            part.h = HEAT_ROW - 2;
            LIST_ADD(a, &d->marks, part);
        }
    }
}
