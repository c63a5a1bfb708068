/* One field of a definition, read and checked. */
#include "fields/inside.h"

#include "base/num.h"

#include "base/banned.h"

static bool is_key(const char *const *keys, struct str name) {
    for (; *keys; keys++) {
        if (str_eq(str_of(*keys), name)) {
            return true;
        }
    }
    return false;
}

void fields_keys_check(struct fields_loading *l, const struct json_value *object, const char *const *keys) {
    for (const char *name = json_name_after(object, NULL); name; name = json_name_after(object, name)) {
        if (!is_key(keys, str_of(name))) {
            fields_fault(l, "không hiểu khoá “%s”; có thể là gõ nhầm.", name);
        }
    }
}

struct str fields_member(struct fields_loading *l, const struct json_value *object, const char *key, bool is_needed) {
    const struct json_value *v = json_member(object, key);
    struct str text = json_member_text(object, key);
    if (v && !text.len && !json_is_nothing(v)) {
        fields_fault(l, "%s phải là chữ, không để trống.", key);
    } else if (is_needed && !text.len) {
        fields_fault(l, "thiếu %s.", key);
    }
    return text;
}

bool fields_is_name(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        bool is_small = (s.at[i] >= 'a' && s.at[i] <= 'z') || (i && s.at[i] >= '0' && s.at[i] <= '9');
        if (!is_small && !(i && s.at[i] == '_')) {
            return false;
        }
    }
    return s.len > 0 && s.len <= FIELDS_NAME_MOST;
}

static void name_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    item->name = fields_member(l, v, "name", true);
    if (item->name.len && !fields_is_name(item->name)) {
        fields_fault(l,
                     "tên “%.*s” chỉ được có chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, tối đa %d ký tự.",
                     STR_ARG(item->name), FIELDS_NAME_MOST);
    }
    for (size_t i = 0; i < l->seen.n; i++) {
        if (item->name.len && str_eq(l->seen.at[i]->name, item->name)) {
            fields_fault(l, "tên “%.*s” đã dùng cho một ô khác.", STR_ARG(item->name));
            return;
        }
    }
}

/* A bool's options only say how yes and no are worded. */
static void bool_options_check(struct fields_loading *l, const struct fields_item *item) {
    for (size_t i = 0; i < item->options.n; i++) {
        if (!str_eq(item->options.at[i].value, S("co")) && !str_eq(item->options.at[i].value, S("khong"))) {
            fields_fault(l, "options của ô bool chỉ gồm co và khong.");
        }
    }
}

static void options_read(struct fields_loading *l, const struct json_value *list, struct fields_item *item) {
    static const char *const keys[] = {"value", "label", "hint", NULL};
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *v = json_item(list, i);
        struct fields_option o = {.value = fields_member(l, v, "value", true),
                                  .label = fields_member(l, v, "label", true),
                                  .hint = fields_member(l, v, "hint", false)};
        fields_keys_check(l, v, keys);
        if (str_find(o.value, S(","), 0) != SIZE_MAX || str_find(o.value, S("'"), 0) != SIZE_MAX) {
            fields_fault(l, "mã lựa chọn “%.*s” không được có dấu phẩy hay dấu nháy.", STR_ARG(o.value));
        }
        for (size_t k = 0; k < item->options.n; k++) {
            if (o.value.len && str_eq(item->options.at[k].value, o.value)) {
                fields_fault(l, "lựa chọn “%.*s” có hai lần.", STR_ARG(o.value));
            }
        }
        LIST_ADD(l->arena, &item->options, o);
    }
    bool is_chosen = fields_kind_facts(item->kind)->is_chosen;
    if (list && !json_is_list(list)) {
        fields_fault(l, "options phải là một danh sách.");
    } else if (is_chosen && !item->options.n) {
        fields_fault(l, "ô chọn phải có options: các lựa chọn, mỗi lựa chọn có value và label.");
    } else if (item->options.n && item->kind == FIELDS_BOOL) {
        bool_options_check(l, item);
    } else if (item->options.n && !is_chosen) {
        fields_fault(l, "chỉ ô enum và multi có options.");
    } else if (item->options.n > FIELDS_CHOICES_MOST) {
        fields_fault(l, "nhiều quá %d lựa chọn; dùng một danh sách (ref) thay vào.", FIELDS_CHOICES_MOST);
    }
}

/* One limit; numbers in ten-thousandths, the rest as it is. */
static bool limit_read(struct fields_loading *l, const struct json_value *object, const char *key,
                       const struct fields_item *item, int64_t *limit) {
    const struct json_value *v = json_member(object, key);
    double real;
    if (!v || json_is_nothing(v)) {
        return false;
    }
    const struct fields_kind_facts *facts = fields_kind_facts(item->kind);
    bool is_counted = facts->is_text || facts->is_many || item->kind == FIELDS_TABLE;
    if (!json_real_of(v, &real) || real < -9e13 || real > 9e13) {
        fields_fault(l, "%s phải là một số.", key);
        return false;
    }
    if (!facts->is_number && !is_counted) {
        fields_fault(l, "%s không dùng với ô kiểu %.*s.", key, STR_ARG(facts->name));
        return false;
    }
    double scaled = facts->is_number ? real * FIELDS_ONE : real;
    *limit = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    return true;
}

static void limits_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    item->has_least = limit_read(l, v, "min", item, &item->least);
    item->has_most = limit_read(l, v, "max", item, &item->most);
    if (item->has_least && item->has_most && item->least > item->most) {
        fields_fault(l, "min lớn hơn max.");
    }
}

static void flag_read(struct fields_loading *l, const struct json_value *v, const char *key, bool is_needed, bool *to) {
    const struct json_value *flag = json_member(v, key);
    if (!flag && is_needed) {
        fields_fault(l, "thiếu %s (true hoặc false).", key);
    } else if (flag && !json_bool_of(flag, to)) {
        fields_fault(l, "%s phải là true hoặc false.", key);
    }
}

static void class_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    static const struct str names[] = {[FIELDS_OPEN] = S_INIT("none"),
                                       [FIELDS_PUBLIC] = S_INIT("public"),
                                       [FIELDS_BASIC] = S_INIT("basic"),
                                       [FIELDS_SENSITIVE] = S_INIT("sensitive"),
                                       [FIELDS_RESTRICTED] = S_INIT("restricted")};
    struct str said = fields_member(l, v, "pd", true);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(names[i], said)) {
            item->pd = (enum fields_class)i;
            return;
        }
    }
    item->pd = FIELDS_RESTRICTED;
    if (said.len) {
        fields_fault(l, "pd “%.*s” không có; chọn none, public, basic, sensitive hoặc restricted.", STR_ARG(said));
    }
}

static void mask_check(struct fields_loading *l, const struct fields_item *item) {
    struct str rest = item->mask;
    for (size_t at = 0; at < rest.len;) {
        if (str_starts(str_slice(rest, at, rest.len), S("•"))) {
            at += sizeof "•" - 1;
        } else if (rest.at[at] == '#') {
            at++;
        } else {
            fields_fault(l, "mask chỉ gồm • (giấu) và # (cho thấy).");
            return;
        }
    }
}

static void condition_take(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    struct str words = fields_member(l, v, "show_if", false);
    if (words.len) {
        item->shown_if = fields_condition_read(l, words);
    }
}

static void columns_read(struct fields_loading *l, const struct json_value *list, struct fields_item *item) {
    if (item->kind != FIELDS_TABLE) {
        if (list) {
            fields_fault(l, "chỉ ô kiểu table có fields bên trong.");
        }
        return;
    }
    if (l->table) {
        fields_fault(l, "bảng không đặt được trong bảng.");
        return;
    }
    if (!json_count(list)) {
        fields_fault(l, "bảng phải có fields: các cột của bảng.");
        return;
    }
    struct fields_loading inside = *l;
    size_t n = json_count(list);
    item->columns.at = arena_take(l->arena, struct fields_item, n);
    inside.table = item;
    for (size_t i = 0; i < n; i++) {
        inside.field = l->field;
        fields_item_read(&inside, json_item(list, i), &item->columns.at[i]);
        item->columns.n++;
    }
    l->seen.at = inside.seen.at;
    l->seen.n = inside.seen.n;
}

static void formula_take(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    struct str words = fields_member(l, v, "formula", false);
    bool is_needed = item->kind == FIELDS_COMPUTED || item->kind == FIELDS_ROLLUP;
    if (is_needed && !words.len) {
        fields_fault(l, "ô tính phải có formula, như sum(bang.cot).");
    } else if (words.len && !is_needed) {
        fields_fault(l, "chỉ ô kiểu computed và rollup có formula.");
    } else if (words.len) {
        item->formula = fields_formula_read(l, words, item->kind == FIELDS_ROLLUP);
    }
    if (fields_kind_facts(item->kind)->is_computed && item->is_required) {
        fields_fault(l, "ô không ai điền thì không đòi hỏi được: bỏ required.");
    }
}

static void kind_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    struct str said = fields_member(l, v, "type", true);
    item->kind = fields_kind_of(said);
    item->rule.has_day = item->kind == FIELDS_DATE;
    if (!item->kind && said.len) {
        fields_fault(l, "kiểu “%.*s” không có.", STR_ARG(said));
    }
    if (!item->kind) {
        item->kind = FIELDS_TEXT;
    }
}

static void rule_take(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    fields_rule_read(l, fields_member(l, v, "rule", false), item);
    bool wants_list = item->kind == FIELDS_LIST || item->kind == FIELDS_REF || item->kind == FIELDS_MULTI_REF;
    if (wants_list && !item->rule.list.len) {
        fields_fault(l, "thiếu rule ref:tên_danh_sách: chọn trong danh sách nào.");
    }
    if (item->kind == FIELDS_LOOKUP && !item->rule.within.len) {
        fields_fault(l, "ô tra cứu phải có rule within=tên_ô: tra theo ô nào.");
    }
}

/* "2-10", "1", "0-20". */
static void file_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    struct str low, high, count = fields_member(l, v, "count", true);
    bool is_run = str_cut(count, S("-"), &low, &high);
    item->file_kinds = fields_member(l, v, "kinds", true);
    item->file_megabytes = json_member_int(v, "max_mb");
    item->instead = fields_member(l, v, "instead", false);
    if (count.len && (!num_read_between(low, 0, 100, &item->least) ||
                      !num_read_between(is_run ? high : low, item->least, 100, &item->most) || !item->most)) {
        fields_fault(l, "count “%.*s” viết như 1 hoặc 2-10.", STR_ARG(count));
    }
    item->has_least = item->has_most = true;
    item->least = item->is_required && !item->least ? 1 : item->least;
    if (item->file_megabytes < 1 || item->file_megabytes > 1000) {
        fields_fault(l, "max_mb phải từ 1 đến 1000.");
    }
}

static void texts_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    item->label = fields_member(l, v, "label", true);
    item->help = fields_member(l, v, "help", false);
    item->message = fields_member(l, v, "message", false);
    item->prefill = fields_member(l, v, "prefill", false);
    item->mask = fields_member(l, v, "mask", false);
    mask_check(l, item);
}

void fields_item_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    static const char *const keys[] = {"name",    "label",  "type",    "required", "help",    "rule",
                                       "message", "min",    "max",     "options",  "show_if", "prefill",
                                       "mask",    "fields", "pd",      "formula",  "unique",  "kinds",
                                       "count",   "max_mb", "instead", NULL};
    l->field = json_member_text(v, "name");
    if (!json_is_map(v)) {
        fields_fault(l, "một ô phải là một đối tượng { … }.");
        return;
    }
    fields_keys_check(l, v, keys);
    name_read(l, v, item);
    kind_read(l, v, item);
    texts_read(l, v, item);
    flag_read(l, v, "required", true, &item->is_required);
    class_read(l, v, item);
    options_read(l, json_member(v, "options"), item);
    if (item->kind == FIELDS_FILE) {
        file_read(l, v, item);
    } else {
        limits_read(l, v, item);
    }
    rule_take(l, v, item);
    condition_take(l, v, item);
    formula_take(l, v, item);
    columns_read(l, json_member(v, "fields"), item);
    LIST_ADD(l->arena, &l->seen, item);
}

void fields_attachment_read(struct fields_loading *l, const struct json_value *v, struct fields_item *item) {
    static const char *const keys[] = {"name",    "label",   "required", "kinds", "count", "max_mb",
                                       "show_if", "instead", "pd",       "help",  NULL};
    l->field = json_member_text(v, "name");
    fields_keys_check(l, v, keys);
    item->kind = FIELDS_FILE;
    name_read(l, v, item);
    texts_read(l, v, item);
    flag_read(l, v, "required", true, &item->is_required);
    class_read(l, v, item);
    file_read(l, v, item);
    condition_take(l, v, item);
    LIST_ADD(l->arena, &l->seen, item);
}
