/* A field's rule: words joined by "; ". */
#include "fields/inside.h"

#include "base/num.h"

#include "base/banned.h"

struct reading {
    struct fields_loading *l;
    struct fields_item *item;
};

static void unfit(const struct reading *r, struct str word, const char *kinds) {
    fields_fault(r->l, "rule “%.*s” chỉ dùng với %s.", STR_ARG(word), kinds);
}

static bool month_day_read(struct str s, int *month, int *day) {
    struct str m, d;
    int64_t month_n, day_n;
    if (!str_cut(s, S("-"), &m, &d) || !num_read_between(m, 1, 12, &month_n) || !num_read_between(d, 1, 31, &day_n)) {
        return false;
    }
    *month = (int)month_n;
    *day = (int)day_n;
    return date_valid((struct date){2024, (int8_t)month_n, (int8_t)day_n});
}

static void precision_read(const struct reading *r, struct str word, struct str list) {
    struct fields_rule *rule = &r->item->rule;
    struct str one;
    rule->has_year = rule->has_month = rule->has_day = false;
    while (str_next(&list, '|', &one)) {
        bool *which = str_eq(one, S("y"))     ? &rule->has_year
                      : str_eq(one, S("ym"))  ? &rule->has_month
                      : str_eq(one, S("ymd")) ? &rule->has_day
                                              : NULL;
        if (!which) {
            fields_fault(r->l, "rule “%.*s”: độ chính xác là y, ym, ymd, ngăn bằng dấu |.", STR_ARG(word));
            return;
        }
        *which = true;
    }
}

static void pattern_take(const struct reading *r, struct str word) {
    if (!fields_kind_facts(r->item->kind)->is_text) {
        unfit(r, word, "ô chữ");
        return;
    }
    r->item->rule.pattern = fields_pattern_read(r->l->arena, word);
    if (!r->item->rule.pattern) {
        fields_fault(r->l, "rule “%.*s”: biểu thức mẫu không đọc được hoặc quá lớn.", STR_ARG(word));
    }
}

/* Words about days. False: it is none of them. */
static bool day_word(const struct reading *r, struct str word, struct str key, struct str value) {
    struct fields_rule *rule = &r->item->rule;
    bool is_right = true, is_dated = fields_kind_facts(r->item->kind)->is_dated;
    if (str_eq(word, S("future")) && r->item->kind == FIELDS_SLOT) {
        /* Which hours may still be chosen is for whoever keeps them. */
        LIST_ADD(r->l->arena, &rule->filters, word);
        return true;
    }
    if (str_eq(word, S("past"))) {
        rule->is_past = true;
    } else if (str_eq(word, S("future"))) {
        rule->is_future = true;
    } else if (str_starts(word, S("precision:"))) {
        precision_read(r, word, str_slice(word, 10, word.len));
    } else if (str_eq(key, S("within_days"))) {
        is_right = num_read_between(value, 1, 100000, &rule->within_days);
    } else if (str_eq(key, S("between"))) {
        size_t at = str_find(value, S(".."), 0);
        is_right = at != SIZE_MAX && month_day_read(str_slice(value, 0, at), &rule->from_month, &rule->from_day) &&
                   month_day_read(str_slice(value, at + 2, value.len), &rule->to_month, &rule->to_day);
    } else if (str_eq(key, S("after"))) {
        rule->after = value;
        const struct fields_item *other = fields_before(r->l, value, "rule after");
        is_right = !other || fields_kind_facts(other->kind)->is_dated;
    } else {
        return false;
    }
    if (!is_dated) {
        unfit(r, word, "ô ngày, tháng, kỳ");
    } else if (!is_right) {
        fields_fault(r->l, "rule “%.*s” không đọc được; viết như within_days=90, between=10-01..11-18, after=tu_ngay.",
                     STR_ARG(word));
    }
    return true;
}

/* Words about lists somebody keeps. False: it is none of them. */
static bool list_word(const struct reading *r, struct str word, struct str key, struct str value) {
    static const struct str plain[] = {S_INIT("open"), S_INIT("free"), S_INIT("own"), S_INIT("upcoming"),
                                       S_INIT("place:commune")};
    bool is_filter = (str_eq(key, S("kind")) || str_eq(key, S("province"))) && value.len;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        is_filter = is_filter || str_eq(word, plain[i]);
    }
    if (str_starts(word, S("ref:")) && word.len > 4) {
        r->item->rule.list = str_slice(word, 4, word.len);
    } else if (str_eq(key, S("within"))) {
        r->item->rule.within = value;
        (void)fields_before(r->l, value, "rule within");
    } else if (is_filter) {
        LIST_ADD(r->l->arena, &r->item->rule.filters, word);
    } else {
        return false;
    }
    const struct fields_kind_facts *facts = fields_kind_facts(r->item->kind);
    if (!facts->is_kept_elsewhere && !facts->is_text) {
        unfit(r, word, "ô chọn trong danh sách (list, ref, place, kdc, org, slot…) hoặc ô chữ");
    }
    return true;
}

void fields_rule_read(struct fields_loading *l, struct str words, struct fields_item *item) {
    struct reading r = {l, item};
    size_t at = 0;
    while (at < words.len) {
        size_t end = str_find(words, S("; "), at);
        end = end == SIZE_MAX ? words.len : end;
        struct str word = str_trim(str_slice(words, at, end)), key, value;
        at = end + 2;
        if (str_starts(word, S("^"))) {
            pattern_take(&r, word);
            continue;
        }
        if (str_eq(word, S("email"))) {
            item->rule.is_email = true;
            continue;
        }
        if (!str_cut(word, S("="), &key, &value)) {
            key = S("");
        }
        if (word.len && !day_word(&r, word, key, value) && !list_word(&r, word, key, value)) {
            fields_fault(l, "không hiểu rule “%.*s”.", STR_ARG(word));
        }
    }
}
