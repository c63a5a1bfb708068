/* What falls due of a record: the next step of pay, the end of a term, retirement, a badge, training that lacks. */
#include "base/arena.h"
#include "base/facts.h"
#include "base/num.h"
#include "modules/cadre/cadre_check.h"

#include "base/banned.h"

FACTS(cadre_facts_lists, "modules/cadre/lists.tsv");
FACTS(cadre_facts_retirement, "modules/cadre/retirement.tsv");
FACTS(cadre_facts_grades, "modules/cadre/grades.tsv");
FACTS(cadre_facts_badges, "modules/cadre/badges.tsv");
FACTS(cadre_facts_delays, "modules/cadre/delays.tsv");
FACTS(cadre_facts_needs, "modules/cadre/needs.tsv");

enum { LIST_CELLS = 6, AGE_CELLS = 5, GRADE_CELLS = 5, NEED_CELLS = 5, MONTHS = 12 };

/* --- The lists --- */
bool cadre_list_at(size_t i, struct cadre_list *list) {
    struct str rest = FACTS_STR(cadre_facts_lists), cell[LIST_CELLS];
    while (facts_next(&rest, cell, LIST_CELLS)) {
        if (i-- == 0) {
            *list = (struct cadre_list){.code = cell[0],
                                        .title = cell[1],
                                        .waits = cell[3],
                                        .source = cell[4],
                                        .is_unchecked = cell[5].len > 0};
            return num_read(cell[2], &list->days);
        }
    }
    return false;
}

bool cadre_list_of(struct str code, struct cadre_list *list) {
    for (size_t i = 0; cadre_list_at(i, list); i++) {
        if (str_eq(list->code, code)) {
            return true;
        }
    }
    return false;
}

static void due(const struct cadre_whole *w, struct cadre_dues *out, struct str kind, struct date on,
                struct str words) {
    if (on.year) {
        LIST_ADD(w->arena, out, (struct cadre_due){kind, on, words});
    }
}

/* --- Retirement --- */
static struct date month_end(struct date d) {
    struct date next = cadre_months_later((struct date){d.year, d.month, 1}, 1);
    return date_plus(next, -1);
}

struct date cadre_retires_on(struct date birth, bool is_woman) {
    struct str rest = FACTS_STR(cadre_facts_retirement), cell[AGE_CELLS];
    struct date on = {0};
    while (birth.year && facts_next(&rest, cell, AGE_CELLS)) {
        int64_t year = 0, years = 0, months = 0;
        num_read(cell[0], &year);
        num_read(cell[is_woman ? 3 : 1], &years);
        num_read(cell[is_woman ? 4 : 2], &months);
        on = cadre_months_later(birth, years * MONTHS + months);
        if (on.year <= year) {
            break;
        }
    }
    return on.year ? month_end(on) : on;
}

static void retire(const struct cadre_whole *w, struct cadre_dues *out) {
    const struct fields_answer *birth = cadre_answer(w, S("identity"), S("birth")),
                               *sex = cadre_answer(w, S("identity"), S("sex"));
    if (birth && sex) {
        struct date on = cadre_retires_on(birth->from, str_eq(sex->text, S("nu")));
        due(w, out, S("retire"), on,
            str_format(w->arena, "Nghỉ hưu từ %.*s", STR_ARG(date_vi(w->arena, date_plus(on, 1)))));
    }
}

/* --- Pay --- */
/* Months by which discipline since a day puts the step off: the longest. */
static int64_t delay_since(const struct cadre_whole *w, struct date since) {
    int64_t most = 0;
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct cadre_line *l = &w->lines.at[i];
        const struct fields_answer *on, *form;
        struct str rest = FACTS_STR(cadre_facts_delays), cell[2];
        bool is_discipline = l->group == cadre_group_at(S("discipline"));
        if (!is_discipline || !(on = cadre_line_answer(l, S("on"))) || date_cmp(on->to, since) < 0 ||
            !(form = cadre_line_answer(l, S("form")))) {
            continue;
        }
        int64_t months = 0;
        while (facts_next(&rest, cell, 2)) {
            if (str_eq(cell[0], form->text) && num_read(cell[1], &months) && months > most) {
                most = months;
            }
        }
    }
    return most;
}

static size_t steps_of(struct str list) {
    struct str step;
    size_t n = 0;
    while (str_next(&list, ' ', &step)) {
        n++;
    }
    return n;
}

static void salary(const struct cadre_whole *w, struct cadre_dues *out) {
    const struct fields_answer *grade = cadre_answer(w, S("salary"), S("grade")),
                               *step = cadre_answer(w, S("salary"), S("step")),
                               *from = cadre_answer(w, S("salary"), S("from_on"));
    struct str rest = FACTS_STR(cadre_facts_grades), cell[GRADE_CELLS];
    while (grade && step && from && facts_next(&rest, cell, GRADE_CELLS)) {
        int64_t months = 0, now = step->number / FIELDS_ONE;
        if (!str_eq(cell[0], grade->text)) {
            continue;
        }
        bool is_last = now >= (int64_t)steps_of(cell[4]);
        num_read(cell[is_last ? 3 : 2], &months);
        int64_t put_off = delay_since(w, from->from);
        struct str what =
            is_last ? S("phụ cấp thâm niên vượt khung") : str_format(w->arena, "bậc %lld", (long long)now + 1);
        due(w, out, S("salary"), cadre_months_later(from->from, months + put_off),
            str_format(w->arena, "%.*s, đang bậc %lld: đến hạn %.*s%s", STR_ARG(cell[1]), (long long)now, STR_ARG(what),
                       put_off ? " (đã lùi vì kỷ luật)" : ""));
    }
}

/* --- Terms --- */
static void reappoint(const struct cadre_whole *w, struct cadre_dues *out) {
    struct date soonest = {0};
    struct str words = S("");
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct cadre_line *l = &w->lines.at[i];
        const struct fields_answer *from, *years;
        bool is_open = l->group == cadre_group_at(S("span")) && !cadre_line_answer(l, S("to_on"));
        if (!is_open || !(from = cadre_line_answer(l, S("from_on"))) ||
            !(years = cadre_line_answer(l, S("term_years")))) {
            continue;
        }
        struct date on = cadre_months_later(from->from, years->number / FIELDS_ONE * MONTHS);
        if (!soonest.year || date_cmp(on, soonest) < 0) {
            soonest = on;
            words = str_format(w->arena, "Hết thời hạn giữ chức vụ: %.*s",
                               STR_ARG(cadre_entry_title(&w->groups[l->group], l->s)));
        }
    }
    due(w, out, S("reappoint"), soonest, words);
}

/* --- Badges --- */
static int64_t badge_got(const struct cadre_whole *w) {
    int64_t most = 0;
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct cadre_line *l = &w->lines.at[i];
        const struct fields_answer *x =
            l->group == cadre_group_at(S("reward")) ? cadre_line_answer(l, S("badge_years")) : NULL;
        most = x && x->number / FIELDS_ONE > most ? x->number / FIELDS_ONE : most;
    }
    return most;
}

/* The highest that is reached and not recorded; else the next one. */
static void badge(const struct cadre_whole *w, struct date today, struct cadre_dues *out) {
    const struct fields_answer *joined = cadre_answer(w, S("party"), S("joined_on"));
    struct str rest = FACTS_STR(cadre_facts_badges), cell[1];
    int64_t got = badge_got(w), years, best = 0;
    while (joined && facts_next(&rest, cell, 1) && num_read(cell[0], &years)) {
        bool is_reached = date_cmp(cadre_months_later(joined->from, years * MONTHS), today) <= 0;
        if (years > got && (is_reached || !best)) {
            best = years;
        }
        if (!is_reached) {
            break;
        }
    }
    if (best) {
        due(w, out, S("badge"), cadre_months_later(joined->from, best * MONTHS),
            str_format(w->arena, "Đủ %lld năm tuổi Đảng", (long long)best));
    }
}

/* --- Training --- */
static bool has_training(const struct cadre_whole *w, struct str kind, struct str levels) {
    for (size_t i = 0; i < w->lines.n; i++) {
        const struct cadre_line *l = &w->lines.at[i];
        const struct fields_answer *k = l->group == cadre_group_at(S("training")) ? cadre_line_answer(l, S("kind"))
                                                                                  : NULL,
                                   *level = k ? cadre_line_answer(l, S("level")) : NULL;
        struct str rest = levels, one;
        while (level && str_eq(k->text, kind) && str_next(&rest, ' ', &one)) {
            if (str_eq(one, level->text)) {
                return true;
            }
        }
    }
    return false;
}

/* What is said of oneself at "Trình độ" counts for political theory. */
static bool has_politics(const struct cadre_whole *w, struct str kind, struct str levels) {
    const struct fields_answer *x = cadre_answer(w, S("schooling"), S("politics"));
    struct str one;
    while (x && str_eq(kind, S("llct")) && str_next(&levels, ' ', &one)) {
        if (str_eq(one, x->text) || str_eq(x->text, S("cu_nhan"))) {
            return true;
        }
    }
    return false;
}

static void training(const struct cadre_whole *w, struct date today, struct cadre_dues *out) {
    struct str rest = FACTS_STR(cadre_facts_needs), cell[NEED_CELLS], words = S("");
    while (facts_next(&rest, cell, NEED_CELLS)) {
        struct str group, field;
        str_cut(cell[0], S("."), &group, &field);
        const struct fields_answer *x = cadre_answer(w, group, field);
        bool is_asked = x && str_eq(x->text, cell[1]);
        if (is_asked && !has_training(w, cell[2], cell[3]) && !has_politics(w, cell[2], cell[3])) {
            words = str_format(w->arena, "%.*s%s%.*s", STR_ARG(words), words.len ? "; " : "", STR_ARG(cell[4]));
        }
    }
    due(w, out, S("training"), words.len ? today : (struct date){0}, words);
}

struct cadre_dues cadre_dues(const struct cadre_whole *w, struct date today) {
    struct cadre_dues out = {0};
    salary(w, &out);
    reappoint(w, &out);
    retire(w, &out);
    badge(w, today, &out);
    training(w, today, &out);
    return out;
}
