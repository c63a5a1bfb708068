/* The sheet: its size, its margins, the page's number. A Word file says its margins; of a PDF they are where the text
   stands. */
#include <math.h>

#include "base/arena.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { LINES_LEAST = 5 };
static const double MM = 25.4 / 72, PAPER_NEAR = 2, SAID_NEAR = 0.5, SIDE_NEAR = 1.5, HIGH_NEAR = 3, EDGE_NEAR = 0.004,
                    NUMBER_OFF = 0.08;

static struct str mm(struct arena *a, double x) {
    struct str s = format_points(a, x);
    return str_format(a, "%.*s mm", STR_ARG(s));
}

static struct str range(struct arena *a, double low, double high) {
    struct str l = format_points(a, low), h = format_points(a, high);
    return low == high ? mm(a, low) : str_format(a, "từ %.*s đến %.*s mm", STR_ARG(l), STR_ARG(h));
}

static size_t line_on(const struct format_paper *p, size_t sheet) {
    for (size_t i = 0; i < p->n; i++) {
        if (p->lines[i].is->sheet == (int64_t)sheet && !p->lines[i].is->is_head && !p->lines[i].is->is_foot) {
            return i;
        }
    }
    return p->n;
}

/* Wide sheets are for tables, but not the first. */
static void paper_check(struct format_paper *p) {
    for (size_t i = 0; i < p->layout->sheets.n; i++) {
        const struct read_sheet *s = &p->layout->sheets.at[i];
        double w = s->width * MM, h = s->height * MM;
        if (w <= 0 || h <= 0 || (s->has_pictures && !p->layout->is_declared)) {
            format_gap(p, w > 0 ? "Trang quét không cho biết đúng khổ giấy." : "Tệp không ghi khổ giấy.");
            continue;
        }
        bool is_upright = fabs(w - p->rule->low) <= PAPER_NEAR && fabs(h - p->rule->high) <= PAPER_NEAR;
        bool is_wide = fabs(h - p->rule->low) <= PAPER_NEAR && fabs(w - p->rule->high) <= PAPER_NEAR;
        if (!is_upright && (!is_wide || i == 0)) {
            struct str found_w = format_points(p->arena, w), found_h = mm(p->arena, h);
            format_tell(p, line_on(p, i), str_format(p->arena, "giấy %.*s × %.*s", STR_ARG(found_w), STR_ARG(found_h)),
                        str_format(p->arena, "giấy %.*s (%.*s × %.*s mm), chiều dài", STR_ARG(p->rule->value),
                                   STR_ARG(p->rule->low_text), STR_ARG(p->rule->high_text)));
        }
    }
}

enum edge { EDGE_LEFT, EDGE_TOP, EDGE_RIGHT, EDGE_BOTTOM };

static const char *const edge_words[] = {"lề trái", "lề trên", "lề phải", "lề dưới"};

static void margin_tell(struct format_paper *p, enum edge e, size_t line, double found) {
    struct str is = mm(p->arena, found), wanted = range(p->arena, p->rule->low, p->rule->high);
    format_tell(p, line, str_format(p->arena, "%s %.*s", edge_words[e], STR_ARG(is)),
                str_format(p->arena, "%s %.*s", edge_words[e], STR_ARG(wanted)));
}

static void said_margin(struct format_paper *p, enum edge e) {
    for (size_t i = 0; i < p->layout->sheets.n; i++) {
        const struct read_sheet *s = &p->layout->sheets.at[i];
        const double at[] = {s->left, s->top, s->right, s->bottom};
        double found = at[e] * MM;
        if (s->width <= 0) {
            format_gap(p, "Tệp không ghi lề trang.");
        } else if (s->width < s->height && (found < p->rule->low - SAID_NEAR || found > p->rule->high + SAID_NEAR)) {
            margin_tell(p, e, line_on(p, i), found);
        }
    }
}

static bool is_text(const struct format_paper *p, const struct format_line *l, enum edge e) {
    const struct read_sheet *s = &p->layout->sheets.at[l->is->sheet];
    bool is_across = e == EDGE_LEFT || e == EDGE_RIGHT;
    bool is_body = l->element == FORMAT_BODY || l->element == FORMAT_BASIS;
    return l->is->box.w > 0 && !l->is_on_scan && s->width < s->height &&
           (is_across ? is_body : l->element < FORMAT_PAGE);
}

static double room_of(const struct format_paper *p, const struct read_line *l, enum edge e) {
    const struct read_sheet *s = &p->layout->sheets.at[l->sheet];
    const double parts[] = {l->box.x * s->width, l->box.y * s->height, (1 - l->box.x - l->box.w) * s->width,
                            (1 - l->box.y - l->box.h) * s->height};
    return parts[e] * MM;
}

/* How far text comes to the edge; lines: how many come about as far. */
static size_t nearest(const struct format_paper *p, enum edge e, size_t *lines, size_t *all) {
    size_t best = p->n;
    *lines = *all = 0;
    for (size_t i = 0; i < p->n; i++) {
        bool is_nearer = is_text(p, &p->lines[i], e);
        *all += is_nearer;
        is_nearer = is_nearer && (best == p->n || room_of(p, p->lines[i].is, e) < room_of(p, p->lines[best].is, e));
        best = is_nearer ? i : best;
    }
    for (size_t i = 0; i < p->n && best < p->n; i++) {
        double off = room_of(p, p->lines[i].is, e) - room_of(p, p->lines[best].is, e);
        *lines += is_text(p, &p->lines[i], e) && off < EDGE_NEAR * 210;
    }
    return best;
}

/* Text too near the edge is a fault; text that stays far from it only when many lines end there, as those of a margin
   do; above and below nothing can be said of that. */
static void measured_margin(struct format_paper *p, enum edge e) {
    size_t lines, all, line = nearest(p, e, &lines, &all);
    bool is_across = e == EDGE_LEFT || e == EDGE_RIGHT;
    if (all < LINES_LEAST) {
        format_gap(p, "Không đủ dòng chữ để đo lề trang.");
        return;
    }
    double found = room_of(p, p->lines[line].is, e), off = is_across ? SIDE_NEAR : HIGH_NEAR;
    bool is_far = is_across && found > p->rule->high + off;
    if (found < p->rule->low - off || (is_far && lines >= LINES_LEAST)) {
        margin_tell(p, e, line, found);
    } else if (is_far) {
        format_gap(p, "Không đủ dòng chữ sát lề để đo.");
    }
}

/* ---- the page's number */

/* The first line of the pages' head, or foot, that numbers them. */
static size_t numbering(const struct format_paper *p, bool is_head) {
    size_t i = 0;
    while (i < p->n && !(p->lines[i].is->has_number && p->lines[i].is->is_head == is_head)) {
        i++;
    }
    return i;
}

static bool has_pages(const struct format_paper *p) {
    bool has_more = p->layout->sheets.n > 1;
    for (size_t i = 0; i < p->n; i++) {
        has_more = has_more || p->lines[i].is->page > 1;
    }
    return has_more;
}

static void said_number(struct format_paper *p) {
    size_t head = numbering(p, true), foot = numbering(p, false);
    if (head == p->n && foot == p->n) {
        has_pages(p) ? format_tell(p, p->n, S("không có số trang"), S("số trang ở giữa lề trên, từ trang thứ hai"))
                     : format_gap(p, "Tệp không có số trang, và không ghi nó có mấy trang.");
        return;
    }
    if (head == p->n) {
        format_tell(p, foot, S("số trang ở lề dưới"), S("số trang ở giữa lề trên, từ trang thứ hai"));
    } else if (p->lines[head].is->align != READ_ALIGN_CENTRE) {
        format_tell(p, head, S("số trang không ở giữa"), S("số trang ở giữa lề trên, từ trang thứ hai"));
    }
    if (!p->layout->sheets.at[0].is_first_apart) {
        format_tell(p, head < p->n ? head : foot, S("trang thứ nhất cũng có số trang"),
                    S("không ghi số ở trang thứ nhất"));
    }
}

static size_t number_on(const struct format_paper *p, int64_t page) {
    size_t i = format_next(p, FORMAT_PAGE_NUMBER, 0);
    while (i < p->n && p->lines[i].is->page != page) {
        i = format_next(p, FORMAT_PAGE_NUMBER, i + 1);
    }
    return i;
}

static void drawn_number(struct format_paper *p, int64_t page) {
    struct str wanted = S("số trang ở giữa lề trên, từ trang thứ hai");
    size_t i = number_on(p, page), first = 0;
    while (first < p->n && p->lines[first].is->page != page) {
        first++;
    }
    if (i == p->n) {
        format_tell(p, first, str_format(p->arena, "trang %lld không có số trang", (long long)page), wanted);
        return;
    }
    const struct read_box *b = &p->lines[i].is->box;
    if (b->y > 0.5) {
        format_tell(p, i, S("số trang ở lề dưới"), wanted);
    } else if (fabs(b->x + b->w / 2 - 0.5) > NUMBER_OFF) {
        format_tell(p, i, S("số trang không ở giữa"), wanted);
    }
}

static void number_check(struct format_paper *p) {
    if (p->layout->is_declared) {
        said_number(p);
        return;
    }
    for (size_t i = 0; i < p->layout->sheets.n; i++) {
        const struct read_sheet *s = &p->layout->sheets.at[i];
        bool is_seen = s->has_letters && !s->has_pictures && s->width < s->height;
        size_t line = number_on(p, (int64_t)i + 1);
        if (i > 0 && is_seen) {
            drawn_number(p, (int64_t)i + 1);
        } else if (i == 0 && line < p->n) {
            format_tell(p, line, S("trang thứ nhất cũng có số trang"), S("không ghi số ở trang thứ nhất"));
        }
    }
}

bool format_sheet_check(struct format_paper *p) {
    static const struct str margins[] = {S_INIT("margin_left"), S_INIT("margin_top"), S_INIT("margin_right"),
                                         S_INIT("margin_bottom")};
    struct str rule = p->rule->rule;
    if (str_eq(rule, S("paper"))) {
        paper_check(p);
        return true;
    }
    if (str_eq(rule, S("place"))) {
        number_check(p);
        return true;
    }
    for (size_t e = 0; e < sizeof margins / sizeof *margins; e++) {
        if (str_eq(rule, margins[e])) {
            (p->layout->is_declared ? said_margin : measured_margin)(p, (enum edge)e);
            return true;
        }
    }
    return false;
}
