/* Computed values: numbers, names of number fields, + - * / and parentheses; over a table sum(t.c), least(t.c),
   most(t.c), mean(t.c) and count(t); years(date) is whole years until today, days(a,b) the days from one to the other.
 */
#include "fields/inside.h"

#include "base/banned.h"

enum formula_kind {
    IS_NUMBER,
    IS_NAME,
    IS_PLUS,
    IS_MINUS,
    IS_TIMES,
    IS_OVER,
    IS_SUM,
    IS_LEAST,
    IS_MOST,
    IS_MEAN,
    IS_COUNT,
    IS_YEARS,
    IS_DAYS
};
struct fields_formula {
    enum formula_kind kind;
    int64_t number;
    struct str name, other; /* other: the column, or the second date */
    struct fields_formula *a, *b;
};
struct reading {
    struct fields_loading *l;
    struct str words;
    size_t at;
    int deep;
    bool is_bad;
};

static struct fields_formula *sum_read(struct reading *r);

static struct fields_formula *bad(struct reading *r, const char *why) {
    if (!r->is_bad) {
        fields_fault(r->l, "công thức “%.*s”: %s.", STR_ARG(r->words), why);
    }
    r->is_bad = true;
    return NULL;
}

static bool take(struct reading *r, char c) {
    while (r->at < r->words.len && r->words.at[r->at] == ' ') {
        r->at++;
    }
    if (r->at < r->words.len && r->words.at[r->at] == c) {
        r->at++;
        return true;
    }
    return false;
}

static struct str word_take(struct reading *r) {
    (void)take(r, ' ');
    size_t from = r->at;
    while (r->at < r->words.len) {
        char c = r->words.at[r->at];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ',')) {
            break;
        }
        if (c == ',' && (r->at == from || r->words.at[from] > '9')) {
            break;
        }
        r->at++;
    }
    return str_slice(r->words, from, r->at);
}

static bool name_check(struct reading *r, struct str name, bool is_date) {
    const struct fields_item *item = fields_before(r->l, name, "formula");
    if (!item) {
        r->is_bad = true;
    } else if (is_date ? item->kind != FIELDS_DATE : !fields_kind_facts(item->kind)->is_number) {
        bad(r, is_date ? "years và days chỉ dùng với ô ngày" : "chỉ tính được với ô số");
    }
    return !r->is_bad;
}

static bool column_check(struct reading *r, const struct fields_formula *f) {
    const struct fields_item *table = fields_before(r->l, f->name, "formula");
    if (!table) {
        r->is_bad = true;
        return false;
    }
    if (table->kind != FIELDS_TABLE) {
        return bad(r, "sum, least, most, mean và count chỉ dùng với bảng"), false;
    }
    for (size_t i = 0; f->kind != IS_COUNT && i < table->columns.n; i++) {
        if (str_eq(table->columns.at[i].name, f->other) && fields_kind_facts(table->columns.at[i].kind)->is_number) {
            return true;
        }
    }
    return f->kind == IS_COUNT || (bad(r, "bảng không có cột số nào tên như vậy"), false);
}

static struct fields_formula *call_read(struct reading *r, struct fields_formula *f, enum formula_kind kind) {
    f->kind = kind;
    f->name = word_take(r);
    bool is_of_table = kind != IS_YEARS && kind != IS_DAYS;
    if ((is_of_table && kind != IS_COUNT && !take(r, '.')) || (kind == IS_DAYS && !take(r, ','))) {
        return bad(r, "viết như sum(bang.cot), count(bang), years(ngay), days(tu_ngay,den_ngay)");
    }
    f->other = kind == IS_COUNT || kind == IS_YEARS ? S("") : word_take(r);
    bool is_right = is_of_table ? column_check(r, f)
                                : name_check(r, f->name, true) && (kind == IS_YEARS || name_check(r, f->other, true));
    return !is_right ? NULL : take(r, ')') ? f : bad(r, "thiếu dấu )");
}

static struct fields_formula *one_read(struct reading *r) {
    static const struct {
        struct str word;
        enum formula_kind kind;
    } calls[] = {{S_INIT("sum"), IS_SUM},   {S_INIT("least"), IS_LEAST}, {S_INIT("most"), IS_MOST},
                 {S_INIT("mean"), IS_MEAN}, {S_INIT("count"), IS_COUNT}, {S_INIT("years"), IS_YEARS},
                 {S_INIT("days"), IS_DAYS}};
    struct fields_formula *f = arena_take(r->l->arena, struct fields_formula, 1);
    if (r->is_bad || ++r->deep > FIELDS_DEEP_MOST) {
        return bad(r, "quá nhiều lớp");
    }
    if (take(r, '(')) {
        f = sum_read(r);
        r->deep--;
        return r->is_bad || take(r, ')') ? f : bad(r, "thiếu dấu )");
    }
    struct str word = word_take(r);
    r->deep--;
    if (!word.len) {
        return bad(r, "chỗ này phải là một số, tên một ô hoặc một phép tính");
    }
    if (word.at[0] <= '9') {
        f->kind = IS_NUMBER;
        return fields_number_read(word, &f->number) ? f : bad(r, "có số không đọc được; phần lẻ viết sau dấu phẩy");
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (str_eq(word, calls[i].word) && take(r, '(')) {
            return call_read(r, f, calls[i].kind);
        }
    }
    f->kind = IS_NAME;
    f->name = word;
    return name_check(r, word, false) ? f : NULL;
}

static struct fields_formula *joined(struct reading *r, enum formula_kind kind, struct fields_formula *a,
                                     struct fields_formula *b) {
    struct fields_formula *f = arena_take(r->l->arena, struct fields_formula, 1);
    *f = (struct fields_formula){.kind = kind, .a = a, .b = b};
    return f;
}

static struct fields_formula *product_read(struct reading *r) {
    struct fields_formula *f = one_read(r);
    for (bool is_times = false; !r->is_bad && ((is_times = take(r, '*')) || take(r, '/'));) {
        f = joined(r, is_times ? IS_TIMES : IS_OVER, f, one_read(r));
    }
    return f;
}

static struct fields_formula *sum_read(struct reading *r) {
    struct fields_formula *f = product_read(r);
    for (bool is_plus = false; !r->is_bad && ((is_plus = take(r, '+')) || take(r, '-'));) {
        f = joined(r, is_plus ? IS_PLUS : IS_MINUS, f, product_read(r));
    }
    return f;
}

struct fields_formula *fields_formula_read(struct fields_loading *l, struct str words, bool is_rollup) {
    struct reading r = {.l = l, .words = words};
    if (words.len > 1000) {
        fields_fault(l, "công thức dài quá 1.000 chữ.");
        return NULL;
    }
    struct fields_formula *f = sum_read(&r);
    (void)take(&r, ' ');
    if (!r.is_bad && r.at < words.len) {
        bad(&r, "không hiểu phần còn lại");
    }
    if (!r.is_bad && is_rollup && (f->kind < IS_SUM || f->kind > IS_COUNT)) {
        bad(&r, "rollup phải là sum, least, most, mean hoặc count của một bảng");
    }
    return r.is_bad ? NULL : f;
}

/* What the rows of a table come to; rows where the column is empty do not count. */
static bool rows_value(const struct fields_formula *f, const struct fields_answer *table, int64_t *value) {
    int64_t n = 0, sum = 0, least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < table->rows.n; i++) {
        const struct fields_row *row = &table->rows.at[i];
        for (size_t k = 0; f->kind != IS_COUNT && k < row->n; k++) {
            const struct fields_answer *cell = &row->at[k];
            if (!str_eq(cell->item->name, f->other) || !cell->text.len) {
                continue;
            }
            n++;
            least = cell->number < least ? cell->number : least;
            most = cell->number > most ? cell->number : most;
            if (__builtin_add_overflow(sum, cell->number, &sum)) {
                return false;
            }
        }
    }
    *value = f->kind == IS_COUNT   ? (int64_t)table->rows.n * FIELDS_ONE
             : f->kind == IS_SUM   ? sum
             : f->kind == IS_LEAST ? least
             : f->kind == IS_MOST  ? most
             : n                   ? sum / n
                                   : 0;
    return f->kind == IS_COUNT || f->kind == IS_SUM || n > 0;
}

static int64_t years_until(struct date from, struct date today) {
    bool is_before = today.month < from.month || (today.month == from.month && today.day < from.day);
    return today.year - from.year - (is_before ? 1 : 0);
}

static bool dates_value(const struct fields_formula *f, const struct fields_scope *scope, int64_t *value) {
    const struct fields_answer *a = fields_scope_find(scope, f->name);
    if (!a || !a->text.len) {
        return false;
    }
    if (f->kind == IS_YEARS) {
        *value = years_until(a->from, scope->state->world->today) * FIELDS_ONE;
        return true;
    }
    const struct fields_answer *b = fields_scope_find(scope, f->other);
    if (!b || !b->text.len) {
        return false;
    }
    *value = (date_number(b->from) - date_number(a->from)) * FIELDS_ONE;
    return true;
}

__extension__ typedef __int128 wide;

/* Rounded half away from nought to a ten-thousandth. */
static bool rounded(wide above, wide below, int64_t *value) {
    if (below == 0) {
        return false;
    }
    wide half = (below < 0 ? -below : below) / 2;
    wide whole = (above + ((above < 0) ? -half : half)) / below;
    *value = (int64_t)whole;
    return whole <= INT64_MAX && whole >= INT64_MIN;
}

static bool joined_value(const struct fields_formula *f, const struct fields_scope *scope, int64_t *value) {
    int64_t a, b;
    if (!fields_formula_value(f->a, scope, &a) || !fields_formula_value(f->b, scope, &b)) {
        return false;
    }
    if (f->kind == IS_PLUS) {
        return !__builtin_add_overflow(a, b, value);
    }
    if (f->kind == IS_MINUS) {
        return !__builtin_sub_overflow(a, b, value);
    }
    return f->kind == IS_TIMES ? rounded((wide)a * b, FIELDS_ONE, value) : rounded((wide)a * FIELDS_ONE, b, value);
}

bool fields_formula_value(const struct fields_formula *f, const struct fields_scope *scope, int64_t *value) {
    const struct fields_answer *answer;
    switch (f->kind) {
    case IS_NUMBER: *value = f->number; return true;
    case IS_NAME:
        answer = fields_scope_find(scope, f->name);
        *value = answer ? answer->number : 0;
        return answer && answer->text.len;
    case IS_SUM:
    case IS_LEAST:
    case IS_MOST:
    case IS_MEAN:
    case IS_COUNT: answer = fields_scope_find(scope, f->name); return answer && rows_value(f, answer, value);
    case IS_YEARS:
    case IS_DAYS: return dates_value(f, scope, value);
    case IS_PLUS:
    case IS_MINUS:
    case IS_TIMES:
    case IS_OVER: break;
    }
    return joined_value(f, scope, value);
}
