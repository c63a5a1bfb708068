/* Letters of an element: size, weight, capitals, column; and the fonts and colours of the whole paper. */
#include <math.h>

#include "base/arena.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { SHORT = 15, HALF = 50, MOSTLY = 90, FOOTNOTE_SIZE = 11 };
static const double SIZE_NEAR = 0.3, FOOTNOTE_FROM = 0.7, MIDDLE_NEAR = 0.05;

/* Of the body only lines that are set as text: no cells of tables, no few letters, no footnotes. */
static bool is_measured(const struct format_line *l) {
    bool is_note = l->is->box.w > 0 && l->is->box.y > FOOTNOTE_FROM && l->is->size < FOOTNOTE_SIZE;
    return l->key.len && (l->element != FORMAT_BODY || (!l->is->is_cell && l->key.len > SHORT && !is_note));
}

static struct str size_words(struct arena *a, double low, double high) {
    struct str l = format_points(a, low), h = format_points(a, high);
    return low == high ? str_format(a, "cỡ chữ %.*s", STR_ARG(l))
                       : str_format(a, "cỡ chữ từ %.*s đến %.*s", STR_ARG(l), STR_ARG(h));
}

static void size_check(struct format_paper *p, size_t i) {
    const struct read_line *l = p->lines[i].is;
    if (l->size <= 0) {
        format_gap(p, "Tệp không ghi cỡ chữ của phần này.");
    } else if (l->size < p->rule->low - SIZE_NEAR || l->size > p->rule->high + SIZE_NEAR) {
        struct str size = format_points(p->arena, l->size);
        format_tell(p, i, str_format(p->arena, "cỡ chữ %.*s", STR_ARG(size)),
                    size_words(p->arena, p->rule->low, p->rule->high));
    }
}

/* The name of a PDF's font is all that says whether its letters are bold or slanted. */
static bool is_told(struct format_paper *p, size_t i) {
    bool is = p->layout->is_declared || p->lines[i].is->font.len;
    if (!is) {
        format_gap(p, "Tệp không ghi tên phông chữ nên không biết chữ đậm, nghiêng.");
    }
    return is;
}

/* A rule about a share of letters: what it is called when there, and when not. */
static void share_check(struct format_paper *p, size_t i, int percent, const char *const words[2]) {
    bool is_wanted = str_eq(p->rule->value, S("yes")), is_there = percent >= HALF;
    if (is_wanted ? percent < HALF : percent > HALF) {
        format_tell(p, i, str_of(words[is_there]), str_of(words[is_wanted]));
    }
}

static void side_check(struct format_paper *p, size_t i) {
    bool is_left = str_eq(p->rule->value, S("left"));
    if (p->lines[i].side == (is_left ? READ_SIDE_RIGHT : READ_SIDE_LEFT)) {
        format_tell(p, i, is_left ? S("ở cột bên phải") : S("ở cột bên trái"),
                    is_left ? S("ở cột bên trái") : S("ở cột bên phải"));
    }
}

/* The middle of what the body's lines reach to. */
static double middle_of(const struct format_paper *p) {
    double left = 1, right = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->lines[i].element == FORMAT_BODY && p->lines[i].is->box.w > 0) {
            left = fmin(left, p->lines[i].is->box.x);
            right = fmax(right, p->lines[i].is->box.x + p->lines[i].is->box.w);
        }
    }
    return right > left ? (left + right) / 2 : 0.5;
}

static void centre_check(struct format_paper *p, size_t i) {
    const struct read_line *l = p->lines[i].is;
    bool is_centred =
        l->box.w > 0 ? fabs(l->box.x + l->box.w / 2 - middle_of(p)) < MIDDLE_NEAR : l->align == READ_ALIGN_CENTRE;
    if (!is_centred) {
        format_tell(p, i, S("không ở giữa"), S("ở giữa theo chiều ngang"));
    }
}

static void underlined_check(struct format_paper *p, size_t i) {
    static const char *const words[] = {"không gạch chân", "gạch chân"};
    if (p->layout->is_declared) {
        share_check(p, i, p->lines[i].is->underlined, words);
    } else {
        format_gap(p, "Trong PDF, nét gạch chân được vẽ riêng nên không đo được.");
    }
}

static void caps_check(struct format_paper *p, size_t i) {
    static const char *const words[] = {"chữ in thường", "chữ in hoa"};
    share_check(p, i, p->lines[i].is_capital ? 100 : 0, words);
}
static void bold_check(struct format_paper *p, size_t i) {
    static const char *const words[] = {"chữ không đậm", "chữ đậm"};
    if (is_told(p, i)) {
        share_check(p, i, p->lines[i].is->bold, words);
    }
}
static void italic_check(struct format_paper *p, size_t i) {
    static const char *const words[] = {"chữ đứng", "chữ nghiêng"};
    if (is_told(p, i)) {
        share_check(p, i, p->lines[i].is->italic, words);
    }
}

bool format_face_check(struct format_paper *p) {
    static const struct {
        struct str rule;
        void (*check)(struct format_paper *p, size_t i);
    } checks[] = {{S_INIT("size"), size_check},     {S_INIT("bold"), bold_check},
                  {S_INIT("italic"), italic_check}, {S_INIT("underlined"), underlined_check},
                  {S_INIT("caps"), caps_check},     {S_INIT("side"), side_check},
                  {S_INIT("align"), centre_check}};
    for (size_t k = 0; k < sizeof checks / sizeof *checks; k++) {
        if (!str_eq(checks[k].rule, p->rule->rule)) {
            continue;
        }
        for (size_t i = 0; i < p->n; i++) {
            if (p->lines[i].element == p->rule->element && is_measured(&p->lines[i])) {
                p->lines[i].is_on_scan ? format_gap(p, "Phần này nằm trên trang quét nên không đo được.")
                                       : checks[k].check(p, i);
            }
        }
        return true;
    }
    return false;
}

static bool is_wrong_font(struct format_paper *p, struct str font) {
    return font.len && !str_eq(format_words_in(p->arena, font), format_words_in(p->arena, p->rule->value));
}

void format_font_check(struct format_paper *p) {
    for (size_t i = 0; i < p->n; i++) {
        const struct format_line *l = &p->lines[i];
        bool is_of_paper = l->element < FORMAT_ELEMENTS && l->key.len && !l->is_on_scan;
        if (!is_of_paper) {
            continue;
        }
        struct str wrong = is_wrong_font(p, l->is->font) ? l->is->font : l->is->other;
        if (is_wrong_font(p, wrong)) {
            format_tell(p, i, str_format(p->arena, "phông chữ %.*s", STR_ARG(wrong)),
                        str_format(p->arena, "phông chữ %.*s", STR_ARG(p->rule->value)));
        } else if (!l->is->font.len) {
            format_gap(p, "Có đoạn mà tệp không ghi phông chữ.");
        }
    }
}

void format_black_check(struct format_paper *p) {
    for (size_t i = 0; i < p->n; i++) {
        const struct format_line *l = &p->lines[i];
        if (l->element < FORMAT_ELEMENTS && !l->is_on_scan && l->is->coloured >= 100 - MOSTLY) {
            format_tell(p, i, S("có chữ màu"), S("chữ màu đen"));
        }
    }
}
