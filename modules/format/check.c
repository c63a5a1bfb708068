/* The rules of a profile, one after another, over the paper taken apart. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/format/inside.h"

#include "base/banned.h"

enum { SCAN_LETTERS = 250 };

size_t format_next(const struct format_paper *p, enum format_element e, size_t i) {
    while (i < p->n && p->lines[i].element != e) {
        i++;
    }
    return i;
}

bool format_is_last(const struct format_paper *p, size_t i) {
    return format_next(p, p->lines[i].element, i + 1) == p->n;
}

struct str format_text(const struct format_paper *p, enum format_element e) {
    struct buf b = buf_in(p->arena);
    for (size_t i = format_next(p, e, 0); i < p->n; i = format_next(p, e, i + 1)) {
        buf_put(&b, b.len ? S(" ") : S(""));
        buf_put(&b, p->lines[i].is->text);
    }
    return buf_str(&b);
}

struct format_place format_place_of(const struct format_paper *p, size_t line) {
    if (line >= p->n) {
        return (struct format_place){0};
    }
    const struct read_line *l = p->lines[line].is;
    return (struct format_place){.page = l->page, .paragraph = l->paragraph, .box = l->box};
}

struct str format_points(struct arena *a, double x) {
    struct buf b = buf_in(a);
    int64_t tenths = (int64_t)(x * 10 + (x < 0 ? -0.5 : 0.5));
    int digits = tenths % 10 != 0;
    num_put_vi_fraction(&b, (double)tenths / 10, digits);
    return buf_str(&b);
}

void format_tell(struct format_paper *p, size_t i, struct str found, struct str wanted) {
    const struct format_rule *r = p->rule;
    for (size_t k = 0; k < p->out->faults.n; k++) {
        struct format_fault *f = &p->out->faults.at[k];
        if (f->element == r->element && str_eq(f->rule, r->rule) && str_eq(f->wanted, wanted)) {
            f->more++;
            return;
        }
    }
    bool is_own = str_eq(r->profile, p->out->profile->code);
    struct str source = p->out->profile->source;
    for (size_t k = 0; k < p->t->profiles.n && !is_own; k++) {
        source = str_eq(p->t->profiles.at[k].code, r->profile) ? p->t->profiles.at[k].source : source;
    }
    LIST_ADD(p->arena, &p->out->faults,
             (struct format_fault){.element = r->element,
                                   .rule = r->rule,
                                   .found = found,
                                   .wanted = wanted,
                                   .article = r->article,
                                   .source = source,
                                   .is_checked = r->is_checked,
                                   .place = format_place_of(p, i)});
}

void format_gap(struct format_paper *p, const char *why) {
    const struct format_rule *r = p->rule;
    for (size_t k = 0; k < p->out->gaps.n; k++) {
        const struct format_gap *g = &p->out->gaps.at[k];
        if (g->element == r->element && str_eq(g->rule, r->rule)) {
            return;
        }
    }
    LIST_ADD(p->arena, &p->out->gaps, (struct format_gap){r->element, r->rule, str_of(why)});
}

bool format_opens(const struct format_line *l, const char *words) {
    struct str w = str_of(words);
    return str_starts(l->fold, w) && (l->fold.len == w.len || l->fold.at[w.len] == ' ' || l->fold.at[w.len] == ':');
}

/* A layer of letters over a picture of the page is a scanner's, and shows nothing of how it was set. A Word file may be
   a picture and little else. */
static bool is_scan(const struct read_layout *l) {
    bool has_pictures = !l->is_declared;
    int64_t letters = 0;
    for (size_t i = 0; i < l->sheets.n; i++) {
        has_pictures = has_pictures || l->sheets.at[i].has_pictures;
    }
    for (size_t i = 0; i < l->lines.n; i++) {
        bool is_real = l->is_declared || !l->sheets.at[l->lines.at[i].sheet].has_pictures;
        letters += is_real ? (int64_t)utf8_length(l->lines.at[i].text) : 0;
    }
    return has_pictures && letters < SCAN_LETTERS;
}

static void rule_run(struct format_paper *p) {
    if (p->out->is_scan) {
        struct format_rule all = *p->rule;
        all.rule = S("all");
        p->rule = &all;
        format_gap(p, "Tệp là bản quét, không có chữ để đo.");
        return;
    }
    bool is_run = format_sheet_check(p) || format_words_check(p) || format_sign_check(p) || format_body_check(p) ||
                  format_face_check(p);
    if (!is_run) {
        format_gap(p, "Phần mềm chưa biết kiểm tra mục này.");
    }
}

static void parts_put(struct format_paper *p) {
    for (int e = 0; e < FORMAT_ELEMENTS; e++) {
        size_t first = format_next(p, (enum format_element)e, 0);
        if (first < p->n && e != FORMAT_BODY && e != FORMAT_PAGE_NUMBER) {
            LIST_ADD(p->arena, &p->out->parts,
                     (struct format_part){(enum format_element)e, format_text(p, (enum format_element)e),
                                          format_place_of(p, first)});
        }
    }
}

/* The paper is taken apart under the rules of today first, for its day is written in it. */
static struct err profile_take(struct format_paper *p, struct str name, struct date on) {
    bool is_known;
    struct str asked = utf8_lower(p->arena, name);
    p->out->on = on.year ? on : clock_today();
    p->out->profile = format_profile_find(p->t, asked, p->out->on, &is_known);
    if (!is_known) {
        return err_refuse(p->arena, ERR_INVALID, "profile",
                          "Không có bộ thể thức “%.*s”. Hãy dùng nd30, front (Mặt trận) hoặc party (Đảng).",
                          STR_ARG(name));
    }
    return OK;
}

static struct err day_take(struct format_paper *p, struct str name, struct date on) {
    bool is_known;
    struct date own = format_day(p);
    const struct format_profile *now = p->out->profile;
    p->out->own_day = own;
    if (!on.year && own.year) {
        p->out->profile = format_profile_find(p->t, utf8_lower(p->arena, name), own, &is_known);
        p->out->is_not_then = !p->out->profile;
        p->out->on = p->out->profile ? own : p->out->on;
        p->out->profile = p->out->profile ? p->out->profile : now;
    }
    if (p->out->profile) {
        return OK;
    }
    struct str day = date_vi(p->arena, p->out->on);
    return err_refuse(p->arena, ERR_INVALID, "profile",
                      "Bộ thể thức “%.*s” chưa có quy định áp dụng cho ngày %.*s. Hãy ghi --on NGÀY để chọn ngày khác.",
                      STR_ARG(name), STR_ARG(day));
}

struct err format_check(const struct format_tables *t, struct arena *a, const struct read_layout *paper,
                        struct str profile, struct date on, struct format_report *out) {
    struct format_paper p = {.t = t, .arena = a, .layout = paper, .out = out};
    *out = (struct format_report){0};
    TRY(profile_take(&p, profile, on));
    out->is_scan = is_scan(paper);
    format_lines_take(&p);
    if (!p.out->profile) {
        TRY(day_take(&p, profile, on));
    }
    format_head_find(&p);
    TRY(day_take(&p, profile, on));
    format_foot_find(&p);
    size_t number = format_next(&p, FORMAT_NUMBER, 0);
    out->number = number < p.n ? p.lines[number].is->text : S("");
    parts_put(&p);
    for (size_t i = 0; i < t->rules.n; i++) {
        if (format_in_force(&p, &t->rules.at[i])) {
            p.rule = &t->rules.at[i];
            rule_run(&p);
        }
    }
    return OK;
}

struct str format_fault_words(const struct format_tables *t, struct arena *a, const struct format_fault *fault) {
    struct str name = format_element_words(t, fault->element);
    return str_format(a, "%.*s: %.*s; cần %.*s (%.*s).", STR_ARG(name), STR_ARG(fault->found), STR_ARG(fault->wanted),
                      STR_ARG(fault->article));
}
