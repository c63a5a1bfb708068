#include "modules/cadre/cadre_check.h"

#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

FACTS(cadre_facts_rules, "modules/cadre/rules.tsv");

enum { CELLS = 7, MONTHS = 12, FINDINGS_MOST = 60, MONTH_DAYS = 31 };

struct rule {
    struct str code, kind, left, right, least, words, source;
};

/* --- The record --- */
const struct fields_answer *cadre_line_answer(const struct cadre_line *l, struct str field) {
    const struct fields_answer *x = fields_answer_named(l->s, field);
    return x && x->text.len ? x : NULL;
}

const struct fields_answer *cadre_answer(const struct cadre_whole *w, struct str group, struct str field) {
    size_t at = cadre_group_at(group);
    const struct fields_answer *found = NULL;
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct fields_answer *x = w->lines.at[i].group == at ? cadre_line_answer(&w->lines.at[i], field) : NULL;
        found = x ? x : found;
    }
    return found;
}

/* --- Days --- */
struct date cadre_months_later(struct date d, int64_t months) {
    int64_t all = (int64_t)d.year * MONTHS + d.month - 1 + months;
    struct date to = {(int16_t)(all / MONTHS), (int8_t)(all % MONTHS + 1), d.day};
    while (!date_valid(to) && to.day > 1) {
        to.day--;
    }
    return to;
}

/* A day, and so many years, months or days ("18y", "1m", "0d") after it. */
static struct date later(struct date d, struct str least) {
    int64_t n = 0;
    char unit = least.len ? least.at[least.len - 1] : 'd';
    num_read(str_slice(least, 0, least.len ? least.len - 1 : 0), &n);
    return unit == 'y'   ? cadre_months_later(d, n * MONTHS)
           : unit == 'm' ? cadre_months_later(d, n)
                         : date_plus(d, (int)n);
}

/* --- What was found --- */
struct finder {
    const struct cadre_whole *w;
    const struct rule *rule;
    struct cadre_findings *out;
};

static struct cadre_passage passage(const struct cadre_whole *w, const struct cadre_line *l, struct str field) {
    const struct cadre_group *g = &w->groups[l->group];
    const struct fields_answer *x = field.len ? cadre_line_answer(l, field) : NULL;
    struct str title = cadre_entry_title(g, l->s), when = cadre_entry_when(g, l->s);
    struct str text =
        x && !g->is_many
            ? str_format(w->arena, "%.*s: %.*s", STR_ARG(x->item->label), STR_ARG(fields_shown(w->arena, x)))
            : str_format(w->arena, "%.*s%s%.*s", STR_ARG(when), when.len ? ": " : "", STR_ARG(title));
    return (struct cadre_passage){g->code, l->id, text};
}

static void found(const struct finder *f, struct cadre_passage left, struct cadre_passage right, struct str words) {
    if (f->out->n < FINDINGS_MOST) {
        LIST_ADD(f->w->arena, f->out, (struct cadre_finding){f->rule->code, words, left, right});
    }
}

static struct str group_of(struct str path, struct str *field) {
    struct str group;
    str_cut(path, S("."), &group, field);
    return group;
}

/* order: the left day may not come before the right one plus the least. Every entry of the left group is looked at,
   against the first of the right one's that has the day. */
static void order_check(const struct finder *f) {
    struct str left, right;
    size_t of = cadre_group_at(group_of(f->rule->left, &left)), to = cadre_group_at(group_of(f->rule->right, &right));
    const struct cadre_line *base = NULL;
    const struct fields_answer *day = NULL;
    for (size_t i = 0; i < f->w->lines.n && !day; i++) {
        base = &f->w->lines.at[i];
        day = base->group == to ? cadre_line_answer(base, right) : NULL;
    }
    for (size_t i = 0; day && i < f->w->lines.n; i++) {
        const struct cadre_line *l = &f->w->lines.at[i];
        const struct fields_answer *x = l->group == of ? cadre_line_answer(l, left) : NULL;
        if (x && date_cmp(x->to, later(day->from, f->rule->least)) < 0) {
            found(f, passage(f->w, l, left), passage(f->w, base, right), f->rule->words);
        }
    }
}

static bool is_concurrent(const struct cadre_line *l) {
    const struct fields_answer *x = cadre_line_answer(l, S("is_concurrent"));
    return x && str_eq(x->text, S("true"));
}

/* gap: between the end of all that went before and the next beginning. A post held beside another fills no gap. */
static void gap_check(const struct finder *f) {
    const struct cadre_line *last = NULL;
    for (size_t i = 0; i < f->w->lines.n; i++) {
        const struct cadre_line *l = &f->w->lines.at[i];
        const struct fields_answer *from, *end = last ? cadre_line_answer(last, S("to_on")) : NULL;
        if (l->group != cadre_group_at(f->rule->left) || is_concurrent(l) ||
            !(from = cadre_line_answer(l, S("from_on")))) {
            continue;
        }
        if (end && date_cmp(from->from, later(date_plus(end->to, 1), f->rule->least)) > 0) {
            found(f, passage(f->w, last, S("")), passage(f->w, l, S("")), f->rule->words);
        }
        const struct fields_answer *to = cadre_line_answer(l, S("to_on"));
        bool is_longer = !last || !to || (end && date_cmp(to->to, end->to) >= 0);
        last = is_longer ? l : last;
    }
}

/* overlap: one begins surely before another, that began earlier, ends. */
static void overlap_check(const struct finder *f) {
    size_t of = cadre_group_at(f->rule->left);
    for (size_t i = 0; i < f->w->lines.n; i++) {
        const struct cadre_line *a = &f->w->lines.at[i];
        const struct fields_answer *end = a->group == of ? cadre_line_answer(a, S("to_on")) : NULL;
        for (size_t k = i + 1; a->group == of && !is_concurrent(a) && k < f->w->lines.n; k++) {
            const struct cadre_line *b = &f->w->lines.at[k];
            const struct fields_answer *from = b->group == of ? cadre_line_answer(b, S("from_on")) : NULL;
            bool is_over = from && (!end || date_cmp(later(from->to, f->rule->least), end->from) < 0);
            if (is_over && !is_concurrent(b)) {
                found(f, passage(f->w, a, S("")), passage(f->w, b, S("")), f->rule->words);
            }
        }
    }
}

static void down_check(const struct finder *f) {
    struct str field;
    size_t of = cadre_group_at(group_of(f->rule->left, &field));
    const struct cadre_line *last = NULL;
    int64_t most = 0;
    for (size_t i = 0; i < f->w->lines.n; i++) {
        const struct cadre_line *l = &f->w->lines.at[i];
        const struct fields_answer *x = l->group == of ? cadre_line_answer(l, field) : NULL;
        if (x && last && x->number < most) {
            found(f, passage(f->w, last, S("")), passage(f->w, l, S("")), f->rule->words);
        }
        last = x ? l : last;
        most = x ? x->number : most;
    }
}

/* place: what the entry names did not stand during its years. */
static void place_check(const struct finder *f) {
    for (size_t i = 0; i < f->w->lines.n; i++) {
        const struct cadre_line *l = &f->w->lines.at[i];
        struct str rest = f->rule->left, path, field;
        while (str_next(&rest, ' ', &path)) {
            const struct fields_answer *from = cadre_line_answer(l, S("from_on")),
                                       *to = cadre_line_answer(l, S("to_on")), *x;
            if (cadre_group_at(group_of(path, &field)) != l->group || !from || !(x = cadre_line_answer(l, field))) {
                continue;
            }
            struct cadre_stay stay = {.from = later(from->to, f->rule->least),
                                      .until = to ? date_plus(to->from, -MONTH_DAYS) : clock_today()};
            struct str why = cadre_place_lacks(f->w->arena, x->text, &stay);
            if (why.len) {
                found(f, passage(f->w, l, S("")), (struct cadre_passage){.text = why}, f->rule->words);
            }
        }
    }
}

static bool rule_next(struct str *rest, struct rule *r) {
    struct str cell[CELLS];
    bool is_there = facts_next(rest, cell, CELLS);
    if (is_there) {
        *r = (struct rule){cell[0], cell[1], cell[2], cell[3], cell[4], cell[5], cell[6]};
    }
    return is_there;
}

struct str cadre_rule_source(struct str code) {
    struct str rest = FACTS_STR(cadre_facts_rules);
    struct rule r;
    while (rule_next(&rest, &r)) {
        if (str_eq(r.code, code)) {
            return r.source;
        }
    }
    return S("");
}

struct cadre_findings cadre_check(const struct cadre_whole *w) {
    static const struct {
        struct str kind;
        void (*check)(const struct finder *f);
    } kinds[] = {{S_INIT("order"), order_check},
                 {S_INIT("gap"), gap_check},
                 {S_INIT("overlap"), overlap_check},
                 {S_INIT("down"), down_check},
                 {S_INIT("place"), place_check}};
    struct str rest = FACTS_STR(cadre_facts_rules);
    struct cadre_findings out = {0};
    struct rule r;
    while (rule_next(&rest, &r)) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            if (str_eq(kinds[i].kind, r.kind)) {
                kinds[i].check(&(struct finder){w, &r, &out});
            }
        }
    }
    return out;
}
