/* How paragraphs of the body are set. Only a Word file says. */
#include "base/arena.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { LONG = 40 };
static const double MM = 25.4 / 72, INDENT_NEAR = 0.6, SPACE_NEAR = 0.1, LINES_NEAR = 0.06, SINGLE = 1.15,
                    POINTS_NEAR = 0.1;

/* Paragraphs of running text: no headings, cells, or entries of lists. */
static bool is_paragraph(const struct format_line *l) {
    bool is_heading = l->is_capital || l->is->align == READ_ALIGN_CENTRE || l->is->bold >= 90;
    return l->element == FORMAT_BODY && !l->is->is_cell && !l->is->is_listed && l->key.len > LONG && !is_heading;
}

static void align_check(struct format_paper *p, size_t i) {
    if (p->lines[i].is->align != READ_ALIGN_BOTH) {
        format_tell(p, i, S("đoạn không căn đều hai lề"), S("căn đều cả hai lề"));
    }
}

static void indent_check(struct format_paper *p, size_t i) {
    double found = p->lines[i].is->first * MM;
    if (found < p->rule->low - INDENT_NEAR || found > p->rule->high + INDENT_NEAR) {
        struct str is = format_points(p->arena, found), low = format_points(p->arena, p->rule->low),
                   high = format_points(p->arena, p->rule->high);
        format_tell(p, i, str_format(p->arena, "dòng đầu lùi vào %.*s mm", STR_ARG(is)),
                    p->rule->low == p->rule->high
                        ? str_format(p->arena, "dòng đầu lùi vào %.*s mm", STR_ARG(low))
                        : str_format(p->arena, "dòng đầu lùi vào từ %.*s đến %.*s mm", STR_ARG(low), STR_ARG(high)));
    }
}

static void space_check(struct format_paper *p, size_t i) {
    const struct read_line *l = p->lines[i].is;
    double found = l->before > l->after ? l->before : l->after;
    if (found < p->rule->low - SPACE_NEAR) {
        struct str is = format_points(p->arena, found), low = format_points(p->arena, p->rule->low);
        format_tell(p, i, str_format(p->arena, "các đoạn cách nhau %.*s pt", STR_ARG(is)),
                    str_format(p->arena, "cách nhau ít nhất %.*s pt", STR_ARG(low)));
    }
}

static void points_check(struct format_paper *p, size_t i) {
    const struct read_line *l = p->lines[i].is;
    bool is_in = l->is_exact && l->leading >= p->rule->low - POINTS_NEAR && l->leading <= p->rule->high + POINTS_NEAR;
    struct str is = format_points(p->arena, l->leading > 0 ? l->leading : 1);
    if (!is_in) {
        format_tell(p, i,
                    str_format(p->arena, l->is_exact ? "dòng cách dòng %.*s pt" : "giãn dòng %.*s dòng", STR_ARG(is)),
                    str_format(p->arena, "dòng cách dòng chính xác từ %.*s đến %.*s pt", STR_ARG(p->rule->low_text),
                               STR_ARG(p->rule->high_text)));
    }
}

/* Single is Times New Roman's own height; points are told in lines of it. */
static void leading_check(struct format_paper *p, size_t i) {
    const struct read_line *l = p->lines[i].is;
    if (str_eq(p->rule->value, S("points"))) {
        points_check(p, i);
        return;
    }
    double lines = l->leading <= 0 ? 1 : l->is_exact && l->size > 0 ? l->leading / (l->size * SINGLE) : l->leading;
    if (l->is_exact && l->size <= 0) {
        format_gap(p, "Tệp không ghi cỡ chữ nên không tính được độ giãn dòng.");
    } else if (lines < p->rule->low - LINES_NEAR || lines > p->rule->high + LINES_NEAR) {
        struct str is = format_points(p->arena, lines), low = format_points(p->arena, p->rule->low),
                   high = format_points(p->arena, p->rule->high);
        format_tell(p, i, str_format(p->arena, "giãn dòng %.*s dòng", STR_ARG(is)),
                    str_format(p->arena, "giãn dòng từ %.*s đến %.*s dòng", STR_ARG(low), STR_ARG(high)));
    }
}

bool format_body_check(struct format_paper *p) {
    static const struct {
        struct str rule;
        void (*check)(struct format_paper *p, size_t i);
    } checks[] = {{S_INIT("align"), align_check},
                  {S_INIT("indent"), indent_check},
                  {S_INIT("space"), space_check},
                  {S_INIT("leading"), leading_check}};
    for (size_t k = 0; k < sizeof checks / sizeof *checks && p->rule->element == FORMAT_BODY; k++) {
        if (!str_eq(checks[k].rule, p->rule->rule)) {
            continue;
        }
        if (!p->layout->is_declared) {
            format_gap(p, "PDF không ghi cách đặt đoạn.");
        }
        for (size_t i = 0; i < p->n && p->layout->is_declared; i++) {
            if (is_paragraph(&p->lines[i])) {
                checks[k].check(p, i);
            }
        }
        return true;
    }
    return false;
}
