/* Days, months and periods as people write them: 02/9/1966, 9/1966, 1966, quý IV/2026, 6 tháng đầu năm 2026. */
#include "fields/inside.h"

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

static struct date month_end(struct date first) {
    struct date next = {first.year, (int8_t)(first.month + 1), 1};
    if (first.month == 12) {
        next = (struct date){(int16_t)(first.year + 1), 1, 1};
    }
    return date_plus(next, -1);
}

static void months_set(struct fields_answer *x, int64_t year, int64_t first, int64_t last) {
    x->from = (struct date){(int16_t)year, (int8_t)first, 1};
    x->to = month_end((struct date){(int16_t)year, (int8_t)last, 1});
}

static bool year_read(struct str s, int64_t *year) { return s.len == 4 && num_read_between(s, 1800, 2200, year); }

/* 1966, or "năm 1966". */
static bool year_take(struct arena *a, struct fields_answer *x, struct str s) {
    int64_t year;
    s = str_starts(s, S("nam ")) ? str_slice(s, 4, s.len) : s;
    if (!year_read(s, &year)) {
        return false;
    }
    months_set(x, year, 1, 12);
    x->text = str_format(a, "%04lld", (long long)year);
    return true;
}

/* 9/1966, 1966-09, "tháng 9/1966", "tháng 9 năm 1966". */
static bool month_take(struct arena *a, struct fields_answer *x, struct str s) {
    struct str m, y;
    int64_t month, year;
    s = str_starts(s, S("thang ")) ? str_slice(s, 6, s.len) : s;
    bool is_iso = s.len == 7 && s.at[4] == '-';
    if (is_iso) {
        y = str_slice(s, 0, 4);
        m = str_slice(s, 5, 7);
    } else if (!str_cut(s, S("/"), &m, &y) && !str_cut(s, S(" nam "), &m, &y) && !str_cut(s, S("-"), &m, &y)) {
        return false;
    }
    if (!num_read_between(str_trim(m), 1, 12, &month) || !year_read(str_trim(y), &year)) {
        return false;
    }
    months_set(x, year, month, month);
    x->text = str_format(a, "%04lld-%02lld", (long long)year, (long long)month);
    return true;
}

static bool day_take(struct arena *a, struct fields_answer *x, struct str s) {
    struct date d;
    if (!date_read_vi(s, &d)) {
        return false;
    }
    x->from = x->to = d;
    x->text = date_iso(a, d);
    return true;
}

static int64_t quarter_read(struct str s) {
    static const struct str names[][2] = {{S_INIT("1"), S_INIT("i")},
                                          {S_INIT("2"), S_INIT("ii")},
                                          {S_INIT("3"), S_INIT("iii")},
                                          {S_INIT("4"), S_INIT("iv")}};
    for (int64_t i = 0; i < 4; i++) {
        if (str_eq(s, names[i][0]) || str_eq(s, names[i][1])) {
            return i + 1;
        }
    }
    return 0;
}

/* quý IV/2026, q4/2026, 2026-q4. */
static bool quarter_take(struct arena *a, struct fields_answer *x, struct str s) {
    struct str q, y;
    int64_t year, quarter;
    if (s.len == 7 && s.at[4] == '-' && s.at[5] == 'q') {
        y = str_slice(s, 0, 4);
        q = str_slice(s, 6, 7);
    } else {
        bool is_word = str_starts(s, S("quy "));
        if (!is_word && !str_starts(s, S("q"))) {
            return false;
        }
        s = str_slice(s, is_word ? 4 : 1, s.len);
        if (!str_cut(s, S("/"), &q, &y) && !str_cut(s, S(" nam "), &q, &y) && !str_cut(s, S(" "), &q, &y)) {
            return false;
        }
    }
    quarter = quarter_read(str_trim(q));
    if (!quarter || !year_read(str_trim(y), &year)) {
        return false;
    }
    months_set(x, year, quarter * 3 - 2, quarter * 3);
    x->text = str_format(a, "%04lld-Q%lld", (long long)year, (long long)quarter);
    return true;
}

/* 6 tháng đầu năm 2026, 2026-h1. */
static bool half_take(struct arena *a, struct fields_answer *x, struct str s) {
    static const struct str words[] = {S_INIT("6 thang dau nam "), S_INIT("6 thang cuoi nam ")};
    int64_t half = 0, year;
    struct str y = S("");
    if (s.len == 7 && str_eq(str_slice(s, 4, 6), S("-h"))) {
        y = str_slice(s, 0, 4);
        half = s.at[6] == '1' ? 1 : s.at[6] == '2' ? 2 : 0;
    }
    for (int64_t i = 0; i < 2; i++) {
        if (str_starts(s, words[i])) {
            half = i + 1;
            y = str_slice(s, words[i].len, s.len);
        }
    }
    if (!half || !year_read(y, &year)) {
        return false;
    }
    months_set(x, year, half * 6 - 5, half * 6);
    x->text = str_format(a, "%04lld-H%lld", (long long)year, (long long)half);
    return true;
}

static bool typed_take(struct arena *a, struct fields_answer *x) {
    const struct fields_rule *rule = &x->item->rule;
    struct str s = utf8_fold(a, x->text);
    if (x->item->kind == FIELDS_MONTH) {
        return month_take(a, x, s);
    }
    if (x->item->kind == FIELDS_PERIOD) {
        return month_take(a, x, s) || quarter_take(a, x, s) || half_take(a, x, s) || year_take(a, x, s);
    }
    return (rule->has_day && day_take(a, x, s)) || (rule->has_month && month_take(a, x, s)) ||
           (rule->has_year && year_take(a, x, s));
}

static struct str sample(const struct fields_item *k) {
    if (k->kind == FIELDS_MONTH) {
        return S("%.*s phải là tháng có thật, viết như 9/2026.");
    }
    if (k->kind == FIELDS_PERIOD) {
        return S("%.*s phải là một kỳ, viết như 9/2026, quý IV/2026, 6 tháng đầu năm 2026 hoặc 2026.");
    }
    return k->rule.has_year ? S("%.*s phải là ngày có thật, viết như 02/9/1960; chỉ nhớ năm thì ghi 1960.")
                            : S("%.*s phải là ngày có thật, viết như 23/11/2026.");
}

static bool is_between(const struct fields_rule *r, struct date d) {
    int at = d.month * 100 + d.day, from = r->from_month * 100 + r->from_day, to = r->to_month * 100 + r->to_day;
    return from <= to ? at >= from && at <= to : at >= from || at <= to;
}

static void rules_judge(const struct fields_scope *scope, struct fields_answer *x) {
    const struct fields_rule *r = &x->item->rule;
    struct date today = scope->state->world->today;
    struct str label = x->item->label;
    int64_t away = date_number(today) - date_number(x->from);
    const struct fields_answer *other = r->after.len ? fields_scope_find(scope, r->after) : NULL;
    if (r->is_past && date_cmp(x->from, today) > 0) {
        fields_wrong(scope, x, "%.*s không được sau hôm nay.", STR_ARG(label));
    } else if (r->is_future && date_cmp(x->to, today) < 0) {
        fields_wrong(scope, x, "%.*s không được trước hôm nay.", STR_ARG(label));
    } else if (r->within_days && (away > r->within_days || away < -r->within_days)) {
        fields_wrong(scope, x, "%.*s phải trong vòng %lld ngày so với hôm nay.", STR_ARG(label),
                     (long long)r->within_days);
    } else if (r->from_month && !is_between(r, x->from)) {
        fields_wrong(scope, x, "%.*s phải từ %d/%d đến %d/%d.", STR_ARG(label), r->from_day, r->from_month, r->to_day,
                     r->to_month);
    } else if (other && other->text.len && date_cmp(x->to, other->from) < 0) {
        fields_wrong(scope, x, "%.*s không được trước %.*s.", STR_ARG(label),
                     STR_ARG(utf8_lower(scope->state->arena, other->item->label)));
    }
}

void fields_date_judge(const struct fields_scope *scope, struct fields_answer *x) {
    if (typed_take(scope->state->arena, x)) {
        rules_judge(scope, x);
    } else {
        fields_wrong_form(scope, x, sample(x->item));
    }
}
