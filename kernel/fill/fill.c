#include "kernel/fill/fill.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/page/json.h"

#include "base/banned.h"

/* "nguoi.3.tuoi" is of the question "nguoi". */
static struct str question_of(struct str name) {
    struct str question, rest;
    (void)str_cut(name, S("."), &question, &rest);
    return question;
}

static bool is_on_page(const struct fields_page *page, struct str name) {
    struct str question = question_of(name);
    for (size_t i = 0; i < page->items.n; i++) {
        if (str_eq(page->items.at[i].name, question)) {
            return true;
        }
    }
    return false;
}

/* Several ticks of one name come as several pairs. */
static void pair_add(struct arena *a, struct fields_said_list *to, size_t from, const struct form_pair *pair) {
    for (size_t i = from; i < to->n; i++) {
        if (str_eq(to->at[i].name, pair->name)) {
            to->at[i].typed = str_format(a, "%.*s\n%.*s", STR_ARG(to->at[i].typed), STR_ARG(pair->value));
            return;
        }
    }
    LIST_ADD(a, to, (struct fields_said){pair->name, pair->value});
}

struct fields_said_list fill_merge(struct arena *a, const struct fields_form *form, size_t page,
                                   struct fields_said_list saved, const struct form_value *sent) {
    const struct fields_page *p = &form->pages.at[page];
    struct fields_said_list now = {0};
    for (size_t i = 0; i < saved.n; i++) {
        if (!is_on_page(p, saved.at[i].name)) {
            LIST_ADD(a, &now, saved.at[i]);
        }
    }
    size_t from = now.n;
    for (size_t i = 0; i < sent->pairs.n; i++) {
        if (is_on_page(p, sent->pairs.at[i].name)) {
            pair_add(a, &now, from, &sent->pairs.at[i]);
        }
    }
    return now;
}

static void kept_add(struct arena *a, struct fields_said_list *to, const struct fields_answer *x) {
    if (x->is_shown && x->typed.len && fields_is_typed(x->item->kind)) {
        LIST_ADD(a, to, (struct fields_said){x->name, x->typed});
    }
    for (size_t i = 0; i < x->rows.n; i++) {
        for (size_t k = 0; k < x->rows.at[i].n; k++) {
            const struct fields_answer *cell = &x->rows.at[i].at[k];
            if (cell->is_shown && cell->typed.len && fields_is_typed(cell->item->kind)) {
                LIST_ADD(a, to, (struct fields_said){cell->name, cell->typed});
            }
        }
    }
}

struct fields_said_list fill_kept(const struct fields_state *s) {
    struct fields_said_list kept = {0};
    for (size_t i = 0; i < s->all.n; i++) {
        kept_add(s->arena, &kept, &s->all.at[i]);
    }
    return kept;
}

/* The answers of a page, a line each; its title before the first. answers are those of its items, in their order. */
static void page_text(struct arena *a, struct buf *b, const struct fields_page *page,
                      const struct fields_answer *answers, enum fields_class may) {
    bool has_title = false;
    for (size_t k = 0; k < page->items.n; k++) {
        struct str shown = answers[k].is_shown ? fields_masked(a, &answers[k], may) : S("");
        if (!shown.len) {
            continue;
        }
        if (!has_title) {
            buf_printf(b, "%s%.*s\n", b->len ? "\n" : "", STR_ARG(page->title));
            has_title = true;
        }
        buf_printf(b, "%.*s:%s%.*s\n", STR_ARG(page->items.at[k].label),
                   page->items.at[k].kind == FIELDS_TABLE ? "\n" : " ", STR_ARG(shown));
    }
}

struct str fill_text(struct arena *a, const struct fields_state *s, enum fields_class may) {
    struct buf b = buf_in(a);
    size_t at = 0;
    for (size_t i = 0; i < s->form->pages.n; i++) {
        const struct fields_page *page = &s->form->pages.at[i];
        page_text(a, &b, page, s->all.at + at, may);
        at += page->items.n;
    }
    return buf_str(&b);
}

static bool is_number(enum fields_kind kind) {
    return kind == FIELDS_INT || kind == FIELDS_DECIMAL || kind == FIELDS_MONEY || kind == FIELDS_PERCENT ||
           kind == FIELDS_COMPUTED || kind == FIELDS_ROLLUP;
}

static void number_put(struct buf *b, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        buf_put_char(b, text.at[i] == ',' ? '.' : text.at[i]);
    }
}

static void list_put(struct buf *b, struct str text, char between) {
    struct str piece;
    bool is_first = true;
    buf_put_char(b, '[');
    while (str_next(&text, between, &piece)) {
        buf_put(b, is_first ? S("") : S(","));
        json_str(b, piece);
        is_first = false;
    }
    buf_put_char(b, ']');
}

static void answers_put(struct buf *b, const struct fields_answer *at, size_t n);

static void value_put(struct buf *b, const struct fields_answer *x) {
    enum fields_kind kind = x->item->kind;
    if (kind == FIELDS_TABLE) {
        buf_put_char(b, '[');
        for (size_t i = 0; i < x->rows.n; i++) {
            buf_put(b, i ? S(",") : S(""));
            answers_put(b, x->rows.at[i].at, x->rows.at[i].n);
        }
        buf_put_char(b, ']');
    } else if (is_number(kind)) {
        number_put(b, x->text);
    } else if (kind == FIELDS_BOOL || kind == FIELDS_DECLARATION) {
        buf_put(b, x->text);
    } else if (kind == FIELDS_MULTI || kind == FIELDS_MULTI_REF) {
        list_put(b, x->text, ',');
    } else if (kind == FIELDS_FILE) {
        list_put(b, x->text, '\n');
    } else {
        json_str(b, x->text);
    }
}

static void answers_put(struct buf *b, const struct fields_answer *at, size_t n) {
    bool is_first = true;
    buf_put_char(b, '{');
    for (size_t i = 0; i < n; i++) {
        if (!at[i].is_shown || (!at[i].text.len && !at[i].rows.n)) {
            continue;
        }
        buf_put(b, is_first ? S("") : S(","));
        json_str(b, at[i].item->name);
        buf_put_char(b, ':');
        value_put(b, &at[i]);
        is_first = false;
    }
    buf_put_char(b, '}');
}

struct str fill_json(struct arena *a, const struct fields_state *s) {
    struct buf b = buf_in(a);
    answers_put(&b, s->all.at, s->all.n);
    return buf_str(&b);
}
