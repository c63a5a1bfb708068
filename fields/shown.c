/* Answers as people read them, whole or masked. */
#include "fields/inside.h"

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

static struct str dated(struct arena *a, const struct fields_answer *x) {
    struct str t = x->text;
    if (t.len == 10) {
        return date_vi(a, x->from);
    }
    if (t.len == 4) {
        return t;
    }
    if (t.at[5] == 'Q') {
        static const char *const names[] = {"I", "II", "III", "IV"};
        return str_format(a, "quý %s/%d", names[(x->from.month - 1) / 3], x->from.year);
    }
    if (t.at[5] == 'H') {
        return str_format(a, "6 tháng %s năm %d", x->from.month == 1 ? "đầu" : "cuối", x->from.year);
    }
    return str_format(a, "%d/%d", x->from.month, x->from.year);
}

static struct str table_shown(struct arena *a, const struct fields_answer *x) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->rows.n; i++) {
        bool is_first = true;
        for (size_t k = 0; k < x->rows.at[i].n; k++) {
            struct str cell = fields_shown(a, &x->rows.at[i].at[k]);
            if (cell.len) {
                buf_printf(&b, "%s%.*s", !is_first ? " · " : b.len ? "\n" : "", STR_ARG(cell));
                is_first = false;
            }
        }
    }
    return buf_str(&b);
}

struct str fields_shown(struct arena *a, const struct fields_answer *x) {
    const struct fields_kind_facts *facts = fields_kind_facts(x->item->kind);
    if (x->item->kind == FIELDS_TABLE) {
        return table_shown(a, x);
    }
    if (!x->text.len) {
        return S("");
    }
    if (facts->is_number) {
        struct str n = fields_number_shown(a, x->number);
        return x->item->kind == FIELDS_MONEY     ? str_format(a, "%.*s đồng", STR_ARG(n))
               : x->item->kind == FIELDS_PERCENT ? str_format(a, "%.*s %%", STR_ARG(n))
                                                 : n;
    }
    if (facts->is_dated) {
        return dated(a, x);
    }
    if (x->item->kind == FIELDS_BOOL || x->item->kind == FIELDS_DECLARATION) {
        bool is_yes = str_eq(x->text, S("true"));
        for (size_t i = 0; i < x->item->options.n; i++) {
            if (str_eq(x->item->options.at[i].value, S("co")) == is_yes) {
                return x->item->options.at[i].label;
            }
        }
        return is_yes ? S("Có") : S("Không");
    }
    return x->label.len ? x->label : x->text;
}

/* The mask laid over the end of the text: # shows a character, • hides one, and what is before the mask is hidden. */
static struct str under_mask(struct arena *a, struct str text, struct str mask) {
    struct buf b = buf_in(a);
    size_t n = utf8_length(text), wide = utf8_length(mask), at = 0, mask_at = 0;
    for (size_t i = wide; i < n; i++) {
        (void)utf8_next(text, &at);
        BUF_LIT(&b, "•");
    }
    for (size_t i = 0; i < wide; i++) {
        uint32_t sign = utf8_next(mask, &mask_at);
        if (i + n < wide) {
            continue;
        }
        size_t from = at;
        (void)utf8_next(text, &at);
        buf_put(&b, sign == '#' ? str_slice(text, from, at) : S("•"));
    }
    return buf_str(&b);
}

static struct str table_masked(struct arena *a, const struct fields_answer *x, enum fields_class may) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->rows.n; i++) {
        bool is_first = true;
        for (size_t k = 0; k < x->rows.at[i].n; k++) {
            struct str cell = fields_masked(a, &x->rows.at[i].at[k], may);
            if (cell.len) {
                buf_printf(&b, "%s%.*s", !is_first ? " · " : b.len ? "\n" : "", STR_ARG(cell));
                is_first = false;
            }
        }
    }
    return buf_str(&b);
}

struct str fields_masked(struct arena *a, const struct fields_answer *x, enum fields_class may) {
    const struct fields_item *k = x->item;
    struct str shown = fields_shown(a, x);
    if (k->kind == FIELDS_TABLE && k->pd <= may) {
        return table_masked(a, x, may);
    }
    if (k->pd <= may || !shown.len) {
        return shown;
    }
    /* How long a hidden text is may itself say who or what it is. */
    return k->mask.len ? under_mask(a, shown, k->mask) : S("••••");
}
