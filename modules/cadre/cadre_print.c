#include "modules/cadre/cadre_print.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "kernel/page/json.h"
#include "read/json.h"

#include "base/banned.h"

FACTS(cadre_facts_forms, "modules/cadre/forms.tsv");

enum { CELLS = 5 };

static struct str form_cells(struct str *rest, const char *kind, struct str cell[CELLS]) {
    while (facts_next(rest, cell, CELLS)) {
        if (str_eq(cell[0], str_of(kind))) {
            return cell[1];
        }
    }
    return S("");
}

bool cadre_form_at(size_t i, struct cadre_form *form) {
    struct str rest = FACTS_STR(cadre_facts_forms), cell[CELLS];
    while (form_cells(&rest, "F", cell).len) {
        if (i-- == 0) {
            *form = (struct cadre_form){cell[1], cell[2], cell[3]};
            return true;
        }
    }
    return false;
}

bool cadre_form_of(struct str code, struct cadre_form *form) {
    for (size_t i = 0; cadre_form_at(i, form); i++) {
        if (str_eq(form->code, code)) {
            return true;
        }
    }
    return false;
}

static struct str shown(const struct cadre_whole *w, const struct fields_answer *x) {
    return x ? fields_shown(w->arena, x) : S("");
}

/* "identity.name+span.last.post": what was said of each, apart by "; ". */
static void fields_fill(const struct cadre_whole *w, struct str list, struct cadre_print_line *line) {
    struct buf b = buf_in(w->arena);
    struct str one;
    while (str_next(&list, '+', &one)) {
        struct str group, field, last;
        str_cut(one, S("."), &group, &field);
        struct str rest = field;
        if (str_cut(rest, S("."), &last, &field) && str_eq(last, S("last"))) {
            rest = field;
        }
        struct str text = shown(w, cadre_answer(w, group, rest));
        buf_printf(&b, "%s%.*s", b.len && text.len ? "; " : "", STR_ARG(text));
    }
    struct cadre_print_row row = {0};
    if (b.len) {
        LIST_ADD(w->arena, &row.cells, buf_str(&b));
        LIST_ADD(w->arena, &line->rows, row);
    }
}

/* "span[from_on,to_on,post]": a row an entry. */
static void table_fill(const struct cadre_whole *w, struct str group, struct str fields,
                       struct cadre_print_line *line) {
    size_t of = cadre_group_at(group);
    struct str rest = fields, field;
    while (str_next(&rest, ',', &field)) {
        int at = cadre_field(&w->groups[of], field);
        LIST_ADD(w->arena, &line->heads, at < 0 ? field : w->groups[of].page->items.at[at].label);
    }
    for (size_t i = 0; i < w->lines.n; i++) {
        struct cadre_print_row row = {0};
        rest = fields;
        while (w->lines.at[i].group == of && str_next(&rest, ',', &field)) {
            LIST_ADD(w->arena, &row.cells, shown(w, cadre_line_answer(&w->lines.at[i], field)));
        }
        if (row.cells.n) {
            LIST_ADD(w->arena, &line->rows, row);
        }
    }
}

struct cadre_printed cadre_print_fill(const struct cadre_whole *w, struct str form) {
    struct str rest = FACTS_STR(cadre_facts_forms), cell[CELLS];
    struct cadre_printed out = {0};
    for (struct str code; (code = form_cells(&rest, "L", cell)).len;) {
        struct cadre_print_line line = {.number = cell[2], .label = cell[3]};
        struct str group, fields;
        if (!str_eq(code, form)) {
            continue;
        }
        if (str_cut(cell[4], S("["), &group, &fields)) {
            table_fill(w, group, str_slice(fields, 0, fields.len - 1), &line);
        } else {
            fields_fill(w, cell[4], &line);
        }
        LIST_ADD(w->arena, &out, line);
    }
    return out;
}

/* --- Kept --- */
static void strings_put(struct buf *b, const struct str *at, size_t n) {
    BUF_LIT(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? S(",") : S(""));
        json_str(b, at[i]);
    }
    BUF_LIT(b, "]");
}

struct str cadre_print_json(struct arena *a, const struct cadre_printed *p) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "[");
    for (size_t i = 0; i < p->n; i++) {
        const struct cadre_print_line *l = &p->at[i];
        buf_put(&b, i ? S(",{\"number\":") : S("{\"number\":"));
        json_str(&b, l->number);
        BUF_LIT(&b, ",\"label\":");
        json_str(&b, l->label);
        BUF_LIT(&b, ",\"heads\":");
        strings_put(&b, l->heads.at, l->heads.n);
        BUF_LIT(&b, ",\"rows\":[");
        for (size_t k = 0; k < l->rows.n; k++) {
            buf_put(&b, k ? S(",") : S(""));
            strings_put(&b, l->rows.at[k].cells.at, l->rows.at[k].cells.n);
        }
        BUF_LIT(&b, "]}");
    }
    BUF_LIT(&b, "]");
    return buf_str(&b);
}

struct cadre_printed cadre_print_read(struct arena *a, struct str json) {
    size_t fault;
    const struct json_value *all = json_read(a, json, &fault);
    struct cadre_printed out = {0};
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json_value *x = json_item(all, i), *heads = json_member(x, "heads"),
                                *rows = json_member(x, "rows");
        struct cadre_print_line line = {.number = json_member_text(x, "number"), .label = json_member_text(x, "label")};
        for (size_t k = 0; k < json_count(heads); k++) {
            LIST_ADD(a, &line.heads, json_text_of(json_item(heads, k)));
        }
        for (size_t k = 0; k < json_count(rows); k++) {
            struct cadre_print_row row = {0};
            for (size_t c = 0; c < json_count(json_item(rows, k)); c++) {
                LIST_ADD(a, &row.cells, json_text_of(json_item(json_item(rows, k), c)));
            }
            LIST_ADD(a, &line.rows, row);
        }
        LIST_ADD(a, &out, line);
    }
    return out;
}

const struct cadre_print_line *cadre_print_line_of(const struct cadre_printed *p, struct str number) {
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->at[i].number, number)) {
            return &p->at[i];
        }
    }
    return NULL;
}

static bool is_same(const struct cadre_print_row *a, const struct cadre_print_row *b) {
    bool is_same = a->cells.n == b->cells.n;
    for (size_t i = 0; is_same && i < a->cells.n; i++) {
        is_same = str_eq(a->cells.at[i], b->cells.at[i]);
    }
    return is_same;
}

bool cadre_print_has(const struct cadre_print_line *l, const struct cadre_print_row *row) {
    for (size_t i = 0; l && i < l->rows.n; i++) {
        if (is_same(&l->rows.at[i], row)) {
            return true;
        }
    }
    return false;
}
