/* When something is asked: name op value, joined by and, or, not and parentheses. What is not answered equals nothing,
   is unlike everything and is neither smaller nor greater. */
#include "fields/inside.h"

#include "base/utf8.h"

#include "base/banned.h"

enum condition_kind { IS_AND, IS_OR, IS_NOT, IS_EQUAL, IS_UNLIKE, IS_LESS, IS_MOST, IS_MORE, IS_LEAST, HAS, IS_IN };
struct fields_condition {
    enum condition_kind kind;
    struct fields_condition *a, *b; /* of AND, OR, NOT */
    struct str name;
    LIST(struct str) values;
};
struct reading {
    struct fields_loading *l;
    struct str words;
    size_t at;
    int deep;
    bool is_bad;
};

static struct fields_condition *any_read(struct reading *r);

static struct fields_condition *bad(struct reading *r, const char *why) {
    if (!r->is_bad) {
        fields_fault(r->l, "điều kiện “%.*s”: %s (ở chữ thứ %zu).", STR_ARG(r->words), why,
                     utf8_length(str_slice(r->words, 0, r->at)) + 1);
    }
    r->is_bad = true;
    return NULL;
}

static void space_skip(struct reading *r) {
    while (r->at < r->words.len && r->words.at[r->at] == ' ') {
        r->at++;
    }
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '-';
}

static struct str word_peek(struct reading *r) {
    space_skip(r);
    size_t to = r->at;
    while (to < r->words.len && is_word(r->words.at[to])) {
        to++;
    }
    return str_slice(r->words, r->at, to);
}

static bool take(struct reading *r, struct str what) {
    space_skip(r);
    struct str rest = str_slice(r->words, r->at, r->words.len);
    bool is_it = is_word(what.at[0]) ? str_eq(word_peek(r), what) : str_starts(rest, what);
    r->at += is_it ? what.len : 0;
    return is_it;
}

static bool value_read(struct reading *r, struct str *value) {
    if (take(r, S("'"))) {
        size_t end = str_find(r->words, S("'"), r->at);
        if (end == SIZE_MAX) {
            return false;
        }
        *value = str_slice(r->words, r->at, end);
        r->at = end + 1;
        return true;
    }
    *value = word_peek(r);
    r->at += value->len;
    return value->len > 0;
}

static bool operator_read(struct reading *r, enum condition_kind *kind) {
    static const struct {
        struct str sign;
        enum condition_kind kind;
    } signs[] = {{S_INIT("!="), IS_UNLIKE}, {S_INIT("<="), IS_MOST}, {S_INIT(">="), IS_LEAST},  {S_INIT("="), IS_EQUAL},
                 {S_INIT("<"), IS_LESS},    {S_INIT(">"), IS_MORE},  {S_INIT("contains"), HAS}, {S_INIT("in"), IS_IN}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (take(r, signs[i].sign)) {
            *kind = signs[i].kind;
            return true;
        }
    }
    return false;
}

static bool values_read(struct reading *r, struct fields_condition *c) {
    struct str value;
    if (c->kind != IS_IN) {
        return value_read(r, &value) ? (LIST_ADD(r->l->arena, &c->values, value), true) : false;
    }
    if (!take(r, S("("))) {
        return false;
    }
    do {
        if (!value_read(r, &value)) {
            return false;
        }
        LIST_ADD(r->l->arena, &c->values, value);
    } while (take(r, S(",")));
    return take(r, S(")"));
}

static bool is_yes(struct str s) { return str_eq(s, S("true")) || str_eq(s, S("co")); }

static bool is_yes_or_no(enum fields_kind kind) { return kind == FIELDS_BOOL || kind == FIELDS_DECLARATION; }

static bool is_option(const struct fields_item *item, struct str value) {
    if (is_yes_or_no(item->kind)) {
        return is_yes(value) || str_eq(value, S("false")) || str_eq(value, S("khong"));
    }
    for (size_t i = 0; i < item->options.n; i++) {
        if (str_eq(item->options.at[i].value, value)) {
            return true;
        }
    }
    return item->options.n == 0;
}

/* Whether the question can ever be answered so. */
static void sense_check(struct reading *r, const struct fields_condition *c, const struct fields_item *item) {
    const struct fields_kind_facts *facts = fields_kind_facts(item->kind);
    bool is_order = c->kind == IS_LESS || c->kind == IS_MOST || c->kind == IS_MORE || c->kind == IS_LEAST;
    if (item->kind == FIELDS_TABLE || item->kind == FIELDS_FILE) {
        bad(r, "không so sánh được với bảng hay tệp");
    } else if (is_order && !facts->is_number && !facts->is_dated) {
        bad(r, "chỉ số và ngày mới so lớn nhỏ được");
    } else if (c->kind == HAS && !facts->is_many && !facts->is_text) {
        bad(r, "contains chỉ dùng với ô chọn nhiều hoặc ô chữ");
    } else if (facts->is_many && c->kind != HAS) {
        bad(r, "ô chọn nhiều thì dùng contains");
    }
    for (size_t i = 0; i < c->values.n && !r->is_bad; i++) {
        int64_t n;
        if (facts->is_number && !fields_number_read(c->values.at[i], &n)) {
            bad(r, "ô này là số, phải so với số");
        } else if (!is_option(item, c->values.at[i])) {
            bad(r, "ô ấy không có lựa chọn nào như vậy");
        }
    }
}

static struct fields_condition *one_read(struct reading *r) {
    if (++r->deep > FIELDS_DEEP_MOST) {
        return bad(r, "quá nhiều lớp");
    }
    struct fields_condition *c = arena_take(r->l->arena, struct fields_condition, 1);
    if (take(r, S("not"))) {
        c->kind = IS_NOT;
        c->a = one_read(r);
    } else if (take(r, S("("))) {
        c = any_read(r);
        if (!r->is_bad && !take(r, S(")"))) {
            bad(r, "thiếu dấu )");
        }
    } else {
        c->name = word_peek(r);
        r->at += c->name.len;
        if (!c->name.len) {
            return bad(r, "chỗ này phải là tên một ô");
        }
        if (!operator_read(r, &c->kind)) {
            return bad(r, "chỗ này phải là =, !=, <, <=, >, >=, contains hoặc in");
        }
        if (!values_read(r, c)) {
            return bad(r, "chỗ này phải là một giá trị, như 'ca_nhan' hoặc 5; sau in là danh sách trong ngoặc");
        }
        const struct fields_item *item = fields_before(r->l, c->name, "show_if");
        if (item) {
            sense_check(r, c, item);
        } else {
            r->is_bad = true;
        }
    }
    r->deep--;
    return c;
}

static struct fields_condition *joined(struct reading *r, enum condition_kind kind, struct fields_condition *a,
                                       struct fields_condition *b) {
    struct fields_condition *c = arena_take(r->l->arena, struct fields_condition, 1);
    *c = (struct fields_condition){.kind = kind, .a = a, .b = b};
    return c;
}

static struct fields_condition *all_read(struct reading *r) {
    struct fields_condition *c = one_read(r);
    while (!r->is_bad && take(r, S("and"))) {
        c = joined(r, IS_AND, c, one_read(r));
    }
    return c;
}

static struct fields_condition *any_read(struct reading *r) {
    struct fields_condition *c = all_read(r);
    while (!r->is_bad && take(r, S("or"))) {
        c = joined(r, IS_OR, c, all_read(r));
    }
    return c;
}

struct fields_condition *fields_condition_read(struct fields_loading *l, struct str words) {
    struct reading r = {.l = l, .words = words};
    if (words.len > 1000) {
        fields_fault(l, "điều kiện dài quá 1.000 chữ.");
        return NULL;
    }
    struct fields_condition *c = any_read(&r);
    space_skip(&r);
    if (!r.is_bad && r.at < words.len) {
        bad(&r, "không hiểu phần còn lại; nối các vế bằng and hoặc or");
    }
    return r.is_bad ? NULL : c;
}

static bool is_said(const struct fields_answer *answer, struct str value) {
    if (is_yes_or_no(answer->item->kind)) {
        return is_yes(answer->text) == is_yes(value);
    }
    if (fields_kind_facts(answer->item->kind)->is_number) {
        int64_t n;
        return fields_number_read(value, &n) && n == answer->number;
    }
    return str_eq(answer->text, value);
}

static bool has(const struct fields_answer *answer, struct str value) {
    struct str rest = answer->text, piece;
    if (fields_kind_facts(answer->item->kind)->is_text) {
        return str_find(answer->text, value, 0) != SIZE_MAX;
    }
    while (fields_choice_next(&rest, &piece)) {
        if (str_eq(piece, value)) {
            return true;
        }
    }
    return false;
}

/* <0, 0, >0 as the answer is below, at or above the value. */
static int order(const struct fields_answer *answer, struct str value) {
    int64_t n = 0;
    if (!fields_kind_facts(answer->item->kind)->is_number) {
        return str_cmp(answer->text, value);
    }
    (void)fields_number_read(value, &n);
    return (answer->number > n) - (answer->number < n);
}

static bool compares(const struct fields_condition *c, const struct fields_answer *answer) {
    struct str value = c->values.at[0];
    switch (c->kind) {
    case IS_EQUAL: return is_said(answer, value);
    case IS_UNLIKE: return !is_said(answer, value);
    case IS_LESS: return order(answer, value) < 0;
    case IS_MOST: return order(answer, value) <= 0;
    case IS_MORE: return order(answer, value) > 0;
    case IS_LEAST: return order(answer, value) >= 0;
    case HAS: return has(answer, value);
    case IS_IN:
        for (size_t i = 0; i < c->values.n; i++) {
            if (is_said(answer, c->values.at[i])) {
                return true;
            }
        }
        return false;
    case IS_AND:
    case IS_OR:
    case IS_NOT: break;
    }
    return false;
}

bool fields_condition_holds(const struct fields_condition *c, const struct fields_scope *scope) {
    if (!c) {
        return true;
    }
    switch (c->kind) {
    case IS_AND: return fields_condition_holds(c->a, scope) && fields_condition_holds(c->b, scope);
    case IS_OR: return fields_condition_holds(c->a, scope) || fields_condition_holds(c->b, scope);
    case IS_NOT: return !fields_condition_holds(c->a, scope);
    case IS_EQUAL:
    case IS_UNLIKE:
    case IS_LESS:
    case IS_MOST:
    case IS_MORE:
    case IS_LEAST:
    case HAS:
    case IS_IN: break;
    }
    const struct fields_answer *answer = fields_scope_find(scope, c->name);
    if (!answer || !answer->is_shown || !answer->text.len) {
        return c->kind == IS_UNLIKE;
    }
    return compares(c, answer);
}
