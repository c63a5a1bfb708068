/* The lines of a report, read, counted and checked. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/register/register_ask.h"
#include "modules/register/register_report.h"

#include "base/banned.h"

enum { CONDITIONS = REGISTER_FILTERS };

/* "đếm poor_household poverty_class=ngheo" taken apart. */
struct rule {
    bool is_count;
    struct str type, measure;
    struct {
        struct str field, value;
    } conditions[CONDITIONS];
    size_t n;
};

static bool is_count(struct str word) { return str_eq(word, S("đếm")); }
static bool is_sum(struct str word) { return str_eq(word, S("cộng")); }

static bool word_next(struct str *rest, struct str *word) {
    *rest = str_trim(*rest);
    return rest->len && str_next(rest, ' ', word) && word->len;
}

static bool rule_read(struct str text, struct rule *r) {
    struct str rest = text, word, field, value;
    *r = (struct rule){0};
    if (!word_next(&rest, &word) || !(is_count(word) || is_sum(word))) {
        return false;
    }
    r->is_count = is_count(word);
    if (!word_next(&rest, &r->type) || (!r->is_count && !word_next(&rest, &r->measure))) {
        return false;
    }
    while (word_next(&rest, &word)) {
        if (r->n == CONDITIONS || !str_cut(word, S("="), &field, &value) || !value.len) {
            return false;
        }
        r->conditions[r->n].field = field;
        r->conditions[r->n++].value = value;
    }
    return true;
}

static bool is_period(struct str value) { return str_eq(value, S("kỳ")); }

static bool is_choice_of(const struct fields_item *k, struct str value) {
    for (size_t i = 0; i < k->options.n; i++) {
        if (str_eq(k->options.at[i].value, value)) {
            return true;
        }
    }
    return k->kind == FIELDS_BOOL && (str_eq(value, S("true")) || str_eq(value, S("false")));
}

static bool condition_fits(const struct register_type *type, struct str field, struct str value) {
    int at = register_field(type, field);
    const struct fields_item *k = at < 0 ? NULL : &type->page->items.at[at];
    return k && k->pd <= FIELDS_BASIC && (is_period(value) ? register_is_date(k->kind) : is_choice_of(k, value));
}

/* What is wrong with a live line's rule; empty when nothing is. */
static struct str rule_fault(struct arena *a, struct str text) {
    struct rule r;
    struct register_type type;
    if (!rule_read(text, &r)) {
        return S(
            "cách tính phải viết như “đếm poor_household poverty_class=ngheo” hay “cộng poor_household members_n”");
    }
    if (register_type(a, r.type, &type).why) {
        return str_format(a, "không có sổ “%.*s”", STR_ARG(r.type));
    }
    int at = register_field(&type, r.measure);
    if (!r.is_count && (at < 0 || !register_is_number(type.page->items.at[at].kind))) {
        return str_format(a, "sổ ấy không có ô số nào tên “%.*s”", STR_ARG(r.measure));
    }
    for (size_t i = 0; i < r.n; i++) {
        if (!condition_fits(&type, r.conditions[i].field, r.conditions[i].value)) {
            return str_format(a, "điều kiện “%.*s=%.*s” không có trong sổ ấy", STR_ARG(r.conditions[i].field),
                              STR_ARG(r.conditions[i].value));
        }
    }
    return S("");
}

/* --- Sums and checks: "1 + 2 - 3" over places --- */
static const struct register_number *number_at(const struct register_lines *lines,
                                               const struct register_number *numbers, int64_t place) {
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->at[i].place == place) {
            return &numbers[i];
        }
    }
    return NULL;
}

struct scope {
    int64_t below; /* only places below this one count */
    const struct register_lines *lines;
    const struct register_number *numbers; /* NULL: only whether it is well said */
};

static bool term(const struct scope *s, struct str word, int64_t sign, int64_t *value) {
    int64_t place;
    if (!num_read_between(word, 1, s->below - 1, &place)) {
        return false;
    }
    if (!s->numbers) {
        return true;
    }
    const struct register_number *n = number_at(s->lines, s->numbers, place);
    if (!n || !n->is_there) {
        return false;
    }
    *value += sign * n->number;
    return true;
}

/* numbers NULL: only whether it is well said, of places below `below`. */
static bool expression(struct str text, int64_t below, const struct register_lines *lines,
                       const struct register_number *numbers, int64_t *value) {
    struct scope scope = {below, lines, numbers};
    int64_t sign = 1;
    bool wants_place = true;
    struct str rest = text, word;
    *value = 0;
    while (word_next(&rest, &word)) {
        bool is_sign = str_eq(word, S("+")) || str_eq(word, S("-"));
        if (is_sign == wants_place) {
            return false;
        }
        if (is_sign) {
            sign = str_eq(word, S("+")) ? 1 : -1;
        } else if (!term(&scope, word, sign, value)) {
            return false;
        }
        wants_place = !wants_place;
    }
    return !wants_place;
}

static bool check_cut(struct str text, struct str *left, struct str *op, struct str *right) {
    static const struct str ops[] = {S_INIT(">="), S_INIT("<="), S_INIT("=")};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (str_cut(text, ops[i], left, right)) {
            *op = ops[i];
            return true;
        }
    }
    return false;
}

bool register_check_holds(const struct register_lines *lines, const struct register_report_line_def *check,
                          const struct register_number *numbers) {
    struct str left, op, right;
    int64_t l, r;
    if (!check_cut(check->rule, &left, &op, &right) || !expression(left, REGISTER_CHECKS_FROM, lines, numbers, &l) ||
        !expression(right, REGISTER_CHECKS_FROM, lines, numbers, &r)) {
        return true;
    }
    return str_eq(op, S(">=")) ? l >= r : str_eq(op, S("<=")) ? l <= r : l == r;
}

void register_sums(const struct register_lines *lines, struct register_number *numbers) {
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->at[i].source == REGISTER_SUM) {
            numbers[i].is_there = expression(lines->at[i].rule, lines->at[i].place, lines, numbers, &numbers[i].number);
        }
    }
}

/* --- Reading --- */
static struct err line_wrong(struct arena *a, size_t n, struct str words) {
    return err_refuse(a, ERR_INVALID, "lines", "Dòng %zu: %.*s.", n, STR_ARG(words));
}

static struct err check_read(struct arena *a, struct str text, size_t n, int64_t figures,
                             struct register_lines *lines) {
    struct str rule, words, left, op, right;
    int64_t unused;
    (void)str_cut(text, S("|"), &rule, &words);
    rule = str_trim(rule);
    words = str_trim(words);
    if (!check_cut(rule, &left, &op, &right) || !expression(left, figures + 1, lines, NULL, &unused) ||
        !expression(right, figures + 1, lines, NULL, &unused) || !words.len) {
        return line_wrong(a, n, S("dòng kiểm phải viết như “kiểm: 1 >= 2 | Lời báo khi sai”, chỉ nhắc dòng ở trên"));
    }
    LIST_ADD(a, lines,
             (struct register_report_line_def){
                 .place = REGISTER_CHECKS_FROM + (int64_t)n, .title = words, .rule = rule, .source = REGISTER_CHECK});
    return OK;
}

static struct err figure_read(struct arena *a, struct str text, size_t n, int64_t place, struct register_lines *lines) {
    struct register_report_line_def d = {.place = place, .source = REGISTER_TYPED};
    struct str rest;
    int64_t unused;
    (void)str_cut(text, S("|"), &d.title, &rest);
    (void)str_cut(rest, S("|"), &d.unit, &d.rule);
    d.title = str_trim(d.title);
    d.unit = str_trim(d.unit);
    d.rule = str_trim(d.rule);
    if (!d.title.len || d.title.len > 300 || d.unit.len > 40) {
        return line_wrong(a, n, S("cần tên chỉ tiêu, rồi “| đơn vị | cách tính”"));
    }
    if (str_starts(d.rule, S("="))) {
        d.source = REGISTER_SUM;
        d.rule = str_trim(str_slice(d.rule, 1, d.rule.len));
        if (!expression(d.rule, place, lines, NULL, &unused)) {
            return line_wrong(a, n, S("phép cộng phải viết như “= 1 + 2”, chỉ nhắc dòng ở trên"));
        }
    } else if (d.rule.len) {
        struct str fault = rule_fault(a, d.rule);
        d.source = REGISTER_LIVE;
        if (fault.len) {
            return line_wrong(a, n, fault);
        }
    }
    LIST_ADD(a, lines, d);
    return OK;
}

struct err register_lines_read(struct arena *a, struct str typed, struct register_lines *lines) {
    struct str rest = utf8_clean(a, typed), line, check = S("kiểm:");
    size_t n = 0;
    int64_t figures = 0;
    *lines = (struct register_lines){0};
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        n++;
        if (!line.len) {
            continue;
        }
        if (lines->n == REGISTER_LINES) {
            return REFUSE(ERR_INVALID, "lines", "Một biểu nhiều nhất 60 dòng.");
        }
        TRY(str_starts(line, check) ? check_read(a, str_slice(line, check.len, line.len), n, figures, lines)
                                    : figure_read(a, line, n, ++figures, lines));
    }
    return figures ? OK : REFUSE(ERR_INVALID, "lines", "Mời ghi ít nhất một chỉ tiêu.");
}

static enum register_source source_of(struct str word) {
    return str_eq(word, S("live"))    ? REGISTER_LIVE
           : str_eq(word, S("sum"))   ? REGISTER_SUM
           : str_eq(word, S("check")) ? REGISTER_CHECK
                                      : REGISTER_TYPED;
}

struct err register_lines_load(struct db_read *db, int64_t report, struct register_lines *lines) {
    struct register_lines_rows rows;
    *lines = (struct register_lines){0};
    TRY(register_lines(db, (struct register_lines_in){.report = {report}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(db_arena(db), lines,
                 (struct register_report_line_def){.place = rows.at[i].place,
                                                   .title = rows.at[i].title,
                                                   .unit = rows.at[i].unit,
                                                   .rule = rows.at[i].rule,
                                                   .source = source_of(rows.at[i].source)});
    }
    return OK;
}

struct str register_line_how(struct arena *a, const struct register_report_line_def *line) {
    struct rule r;
    struct register_head head;
    if (line->source == REGISTER_SUM) {
        return str_format(a, "Bằng %.*s", STR_ARG(line->rule));
    }
    if (line->source != REGISTER_LIVE || !rule_read(line->rule, &r) || !register_head_of(r.type, &head)) {
        return S("");
    }
    return str_format(a, "Lấy từ sổ %.*s", STR_ARG(head.name));
}

bool register_number_read(struct arena *a, struct str typed, int64_t *number) {
    struct str whole, part;
    struct buf b = buf_in(a);
    int64_t n, fraction = 0;
    (void)str_cut(str_trim(typed), S(","), &whole, &part);
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.at[i] != '.' && whole.at[i] != ' ') {
            buf_put_char(&b, whole.at[i]);
        }
    }
    if (!num_read_between(buf_str(&b), 0, INT64_C(100000000000000), &n) || part.len > 4) {
        return false;
    }
    if (part.len && !num_read_between(part, 0, 9999, &fraction)) {
        return false;
    }
    for (size_t i = part.len; part.len && i < 4; i++) {
        fraction *= 10;
    }
    *number = n * FIELDS_ONE + fraction;
    return true;
}

/* --- Counted --- */
static struct err live_one(struct db_read *db, const struct register_report_line_def *line, int64_t owner,
                           const struct register_period *period, struct register_number *number) {
    struct rule r;
    struct register_type type;
    struct register_book_of_row *book;
    struct register_asked q = {.type = &type};
    int64_t n, total;
    *number = (struct register_number){0, true};
    if (!rule_read(line->rule, &r)) {
        return FAIL(ERR_BROKEN, "a line's rule is not one");
    }
    TRY(register_type(db_arena(db), r.type, &type));
    TRY(register_book_of(db, (struct register_book_of_in){.type = r.type, .owner = {owner}}, &book));
    if (!book) {
        return OK;
    }
    q.book = book->id.v;
    q.sort = type.page->items.at[0].name;
    for (size_t i = 0; i < r.n; i++) {
        bool is_day = is_period(r.conditions[i].value);
        q.filters[i] = (struct register_filter){r.conditions[i].field,
                                                is_day ? date_iso(db_arena(db), period->from) : r.conditions[i].value,
                                                is_day ? date_iso(db_arena(db), period->to) : r.conditions[i].value};
    }
    TRY(register_measure(db, &q, r.measure, &n, &total));
    number->number = r.is_count ? n * FIELDS_ONE : total;
    return OK;
}

struct err register_live(struct db_read *db, const struct register_lines *lines, int64_t owner,
                         const struct register_period *period, struct register_number *numbers) {
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->at[i].source == REGISTER_LIVE) {
            TRY(live_one(db, &lines->at[i], owner, period, &numbers[i]));
        }
    }
    register_sums(lines, numbers);
    return OK;
}

struct str register_line_path(struct arena *a, const struct register_report_line_def *line, int64_t owner,
                              const struct register_period *period) {
    struct rule r;
    struct buf b = buf_in(a);
    if (line->source != REGISTER_LIVE || !rule_read(line->rule, &r)) {
        return S("");
    }
    buf_printf(&b, "/register/%.*s?owner=%lld", STR_ARG(r.type), (long long)owner);
    for (size_t i = 0; i < r.n; i++) {
        struct str field = r.conditions[i].field, value = r.conditions[i].value;
        if (is_period(value)) {
            struct str from = date_vi(a, period->from), to = date_vi(a, period->to);
            buf_printf(&b, "&f.%.*s.from=%.*s&f.%.*s.to=%.*s", STR_ARG(field), STR_ARG(from), STR_ARG(field),
                       STR_ARG(to));
        } else {
            buf_printf(&b, "&f.%.*s=%.*s", STR_ARG(field), STR_ARG(value));
        }
    }
    return buf_str(&b);
}
