/* All answers of a form, in its order: what is asked, what was said to it, what is wrong. */
#include "fields/inside.h"

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

static int by_name(const void *a, const void *b) {
    const struct fields_said *x = a, *y = b;
    return str_cmp(x->name, y->name);
}

/* The first of what was said whose name is not below this one. */
static size_t said_from(const struct fields_state *s, struct str name) {
    size_t low = 0, high = s->said.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(s->said.at[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct str said_of(const struct fields_state *s, struct str name) {
    size_t at = said_from(s, name);
    return at < s->said.n && str_eq(s->said.at[at].name, name) ? s->said.at[at].typed : S("");
}

const struct fields_answer *fields_answer_named(const struct fields_state *s, struct str name) {
    for (size_t i = 0; i < s->all.n; i++) {
        if (str_eq(s->all.at[i].name, name)) {
            return &s->all.at[i];
        }
    }
    return NULL;
}

const struct fields_answer *fields_scope_find(const struct fields_scope *scope, struct str name) {
    for (size_t i = 0; scope->row && i < scope->row_n; i++) {
        if (str_eq(scope->row->at[i].item->name, name)) {
            return &scope->row->at[i];
        }
    }
    return fields_answer_named(scope->state, name);
}

static void computed_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct arena *a = scope->state->arena;
    if (x->item->kind == FIELDS_LOOKUP) {
        const struct fields_answer *key = fields_scope_find(scope, x->item->rule.within);
        const struct fields_world *world = scope->state->world;
        struct fields_option found = {0};
        if (key && key->text.len && world->find && world->find(world->thing, a, x->item, key->text, S(""), &found)) {
            x->text = found.value;
            x->label = found.label;
        }
    } else if (x->item->kind == FIELDS_SERIAL) {
        x->text = utf8_clean(a, x->typed);
    } else if (x->item->formula && fields_formula_value(x->item->formula, scope, &x->number)) {
        x->text = fields_number_text(a, x->number);
    }
}

static void required_judge(const struct fields_scope *scope, struct fields_answer *x) {
    const struct fields_item *k = x->item;
    bool is_empty = k->kind == FIELDS_TABLE ? !x->rows.n : !x->text.len;
    if (!k->is_required || !is_empty || x->fault.len) {
        return;
    }
    const struct fields_kind_facts *facts = fields_kind_facts(k->kind);
    struct str label = utf8_lower(scope->state->arena, k->label);
    if (k->kind == FIELDS_DECLARATION) {
        fields_wrong(scope, x, "Mời đọc và đánh dấu: %.*s", STR_ARG(k->label));
    } else if (k->kind == FIELDS_TABLE) {
        fields_wrong(scope, x, "%.*s: mời ghi ít nhất một dòng.", STR_ARG(k->label));
    } else if (k->kind == FIELDS_FILE) {
        fields_wrong(scope, x, "Mời gửi kèm: %.*s.", STR_ARG(label));
    } else {
        bool is_picked = facts->is_chosen || facts->is_kept_elsewhere || k->kind == FIELDS_BOOL;
        fields_wrong(scope, x, is_picked ? "Mời chọn: %.*s." : "Mời nhập: %.*s.", STR_ARG(label));
    }
}

static void table_judge(struct fields_state *s, struct fields_answer *x);

static void answer_judge(const struct fields_scope *scope, struct fields_answer *x) {
    struct fields_state *s = scope->state;
    x->typed = said_of(s, x->name);
    if (x->item->kind == FIELDS_TABLE) {
        table_judge(s, x);
    } else if (!x->is_shown) {
        if (x->typed.len && fields_is_typed(x->item->kind)) {
            LIST_ADD(s->arena, &s->dropped, x->name);
        }
    } else if (fields_is_typed(x->item->kind)) {
        fields_value_judge(scope, x);
    } else {
        computed_judge(scope, x);
    }
    if (x->is_shown) {
        required_judge(scope, x);
    }
    s->faults += x->fault.len ? 1 : 0;
}

static void row_judge(struct fields_state *s, struct fields_answer *table, size_t place) {
    const struct fields_item *k = table->item;
    struct fields_row *row = LIST_PUSH(s->arena, &table->rows);
    row->at = arena_take(s->arena, struct fields_answer, k->columns.n);
    row->n = k->columns.n;
    row->place = place;
    for (size_t i = 0; i < row->n; i++) {
        struct fields_scope scope = {s, row, i};
        struct fields_answer *x = &row->at[i];
        x->item = &k->columns.at[i];
        x->name = str_format(s->arena, "%.*s.%zu.%.*s", STR_ARG(k->name), place, STR_ARG(x->item->name));
        x->is_shown = fields_condition_holds(x->item->shown_if, &scope);
        answer_judge(&scope, x);
    }
}

static int by_size(const void *a, const void *b) {
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Rows in which anything was said, in the order of their numbers. */
static void table_judge(struct fields_state *s, struct fields_answer *x) {
    struct str prefix = str_format(s->arena, "%.*s.", STR_ARG(x->name));
    LIST(size_t) places = {0};
    for (size_t i = said_from(s, prefix); i < s->said.n && str_starts(s->said.at[i].name, prefix); i++) {
        struct str number, column, rest = s->said.at[i].name;
        int64_t n;
        (void)str_cut(str_slice(rest, prefix.len, rest.len), S("."), &number, &column);
        bool is_said =
            column.len && str_trim(s->said.at[i].typed).len && num_read_between(number, 0, FIELDS_ROWS_MOST - 1, &n);
        if (is_said && (!places.n || places.at[places.n - 1] != (size_t)n)) {
            LIST_ADD(s->arena, &places, (size_t)n);
        }
    }
    if (!x->is_shown) {
        if (places.n) {
            LIST_ADD(s->arena, &s->dropped, x->name);
        }
        return;
    }
    list_sort(places.at, places.n, sizeof *places.at, by_size);
    for (size_t i = 0; i < places.n; i++) {
        if (!i || places.at[i] != places.at[i - 1]) {
            row_judge(s, x, places.at[i]);
        }
    }
    struct fields_scope scope = {s, NULL, 0};
    const struct fields_item *k = x->item;
    if ((k->has_most && (int64_t)x->rows.n > k->most) || (k->has_least && (int64_t)x->rows.n < k->least)) {
        fields_wrong(&scope, x, "%.*s: số dòng không đúng (đang có %zu).", STR_ARG(k->label), x->rows.n);
    }
}

/* The first two parts of a cell's name are the table and the row. */
static bool is_asked(const struct fields_form *form, struct str name) {
    struct str table, rest, number, column;
    const struct fields_item *k = fields_item_named(form, name);
    if (k) {
        return true;
    }
    return str_cut(name, S("."), &table, &rest) && str_cut(rest, S("."), &number, &column) &&
           fields_item_named(form, table) && fields_item_named(form, column);
}

static void pages_judge(struct fields_state *s) {
    for (size_t i = 0; i < s->form->pages.n; i++) {
        const struct fields_page *page = &s->form->pages.at[i];
        struct fields_scope scope = {s, NULL, 0};
        s->page_is_shown[i] = fields_condition_holds(page->shown_if, &scope);
        bool has_shown = false;
        for (size_t k = 0; k < page->items.n; k++) {
            struct fields_answer x = {.item = &page->items.at[k], .name = page->items.at[k].name};
            x.is_shown = s->page_is_shown[i] && fields_condition_holds(x.item->shown_if, &scope);
            has_shown = has_shown || x.is_shown;
            answer_judge(&scope, &x);
            LIST_ADD(s->arena, &s->all, x);
        }
        s->page_is_shown[i] = has_shown;
    }
}

struct fields_state *fields_judge(struct arena *a, const struct fields_form *form, struct fields_said_list said,
                                  const struct fields_world *world) {
    struct fields_state *s = arena_take(a, struct fields_state, 1);
    s->arena = a;
    s->form = form;
    s->world = world;
    s->page_is_shown = arena_take(a, bool, form->pages.n);
    s->said = (struct fields_said_list){arena_take(a, struct fields_said, said.n), said.n};
    for (size_t i = 0; i < said.n; i++) {
        s->said.at[i] = said.at[i];
    }
    list_sort(s->said.at, s->said.n, sizeof *s->said.at, by_name);
    pages_judge(s);
    for (size_t i = 0; i < s->said.n; i++) {
        if (!is_asked(form, s->said.at[i].name)) {
            LIST_ADD(a, &s->unknown, s->said.at[i].name);
        }
    }
    return s;
}

static size_t answer_faults(const struct fields_answer *x) {
    size_t n = x->fault.len ? 1 : 0;
    for (size_t i = 0; i < x->rows.n; i++) {
        for (size_t k = 0; k < x->rows.at[i].n; k++) {
            n += x->rows.at[i].at[k].fault.len ? 1 : 0;
        }
    }
    return n;
}

size_t fields_page_faults(const struct fields_state *s, size_t page) {
    size_t n = 0, at = 0;
    for (size_t i = 0; i < s->form->pages.n; i++) {
        for (size_t k = 0; k < s->form->pages.at[i].items.n; k++, at++) {
            n += page == SIZE_MAX || page == i ? answer_faults(&s->all.at[at]) : 0;
        }
    }
    return n;
}

size_t fields_page_next(const struct fields_state *s, size_t from) {
    while (from < s->form->pages.n && !s->page_is_shown[from]) {
        from++;
    }
    return from;
}
