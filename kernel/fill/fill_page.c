/* A page of questions, made ready to draw. */
#include "kernel/fill/fill.h"

#include "base/arena.h"
#include "kernel/fill/fill_view.h"

#include "base/banned.h"

enum { ROWS_MORE = 2, ROWS_LEAST = 3 };

static enum fill_look look_of(const struct fields_item *k) {
    if (!fields_is_typed(k->kind)) {
        return FILL_SHOWN;
    }
    if (k->kind == FIELDS_ENUM || k->kind == FIELDS_BOOL) {
        return FILL_RADIOS;
    }
    static const struct {
        enum fields_kind kind;
        enum fill_look look;
    } looks[] = {{FIELDS_LONGTEXT, FILL_TEXT},     {FIELDS_MULTI, FILL_TICKS},  {FIELDS_DECLARATION, FILL_DECLARATION},
                 {FIELDS_TABLE, FILL_TABLE},       {FIELDS_FILE, FILL_FILE},    {FIELDS_INT, FILL_NUMBER},
                 {FIELDS_DECIMAL, FILL_NUMBER},    {FIELDS_MONEY, FILL_NUMBER}, {FIELDS_PERCENT, FILL_NUMBER},
                 {FIELDS_ACCOUNT_NO, FILL_NUMBER}, {FIELDS_ID_NO, FILL_NUMBER}, {FIELDS_PHONE, FILL_NUMBER}};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (looks[i].kind == k->kind) {
            return looks[i].look;
        }
    }
    return FILL_LINE;
}

/* What stands pale in an empty box. */
static struct str sample_of(const struct fields_item *k) {
    switch ((int)k->kind) {
    case FIELDS_DATE: return k->rule.has_year ? S("ngày/tháng/năm, hoặc năm") : S("ngày/tháng/năm");
    case FIELDS_MONTH: return S("tháng/năm");
    case FIELDS_TIME: return S("giờ:phút");
    case FIELDS_LUNAR: return S("ngày/tháng âm lịch");
    case FIELDS_PERIOD: return S("quý IV/2026");
    case FIELDS_MONEY: return S("đồng");
    case FIELDS_PERCENT: return S("%");
    case FIELDS_GEO: return S("vĩ độ, kinh độ");
    default: return S("");
    }
}

/* What a browser may offer to fill in of the person's own. */
static struct str fill_of(const struct fields_item *k) {
    bool is_own = k->prefill.len > 0;
    switch ((int)k->kind) {
    case FIELDS_PERSON_NAME: return is_own ? S("name") : S("off");
    case FIELDS_PHONE: return is_own ? S("tel") : S("off");
    case FIELDS_EMAIL: return is_own ? S("email") : S("off");
    default: return S("off");
    }
}

static bool is_chosen(struct str typed, struct str value) {
    size_t from = 0;
    for (size_t i = 0; i <= typed.len; i++) {
        if (i == typed.len || typed.at[i] == ',' || typed.at[i] == '\n') {
            if (str_eq(str_trim(str_slice(typed, from, i)), value)) {
                return true;
            }
            from = i + 1;
        }
    }
    return false;
}

static void options_fill(struct fields_state *s, const struct fields_item *k, struct str typed,
                         struct fill_cell *cell) {
    static const struct fields_option both[] = {{S_INIT("true"), S_INIT("Có"), {0}},
                                                {S_INIT("false"), S_INIT("Không"), {0}}};
    const struct fields_option *from = k->kind == FIELDS_BOOL ? both : k->options.at;
    size_t n = k->kind == FIELDS_BOOL ? 2 : k->options.n;
    if (k->kind == FIELDS_BOOL && k->options.n == 2) {
        from = k->options.at;
        typed = str_eq(typed, S("true")) ? S("co") : str_eq(typed, S("false")) ? S("khong") : typed;
    }
    for (size_t i = 0; i < n; i++) {
        LIST_ADD(s->arena, &cell->options,
                 (struct fill_option){from[i].value, from[i].label, from[i].hint, is_chosen(typed, from[i].value)});
    }
}

static struct fill_cell cell_of(struct fields_state *s, const struct fields_item *k, struct str name,
                                const struct fields_answer *x, bool is_told) {
    struct fill_cell cell = {.look = (int)look_of(k),
                             .name = name,
                             .label = k->label,
                             .help = k->help,
                             .typed = x ? x->typed : S(""),
                             .fault = x && is_told ? x->fault : S(""),
                             .sample = sample_of(k),
                             .fill = fill_of(k),
                             .is_required = k->is_required};
    if (x && look_of(k) == FILL_SHOWN) {
        cell.typed = fields_shown(s->arena, x);
    }
    /* A bool that was saved as 1 or "có" is drawn as what it was understood to be. */
    bool is_bool = k->kind == FIELDS_BOOL || k->kind == FIELDS_DECLARATION;
    if (x && is_bool && x->text.len) {
        cell.typed = x->text;
    }
    cell.is_short = cell.look == FILL_NUMBER || k->kind == FIELDS_DATE || k->kind == FIELDS_MONTH ||
                    k->kind == FIELDS_TIME || k->kind == FIELDS_LUNAR;
    options_fill(s, k, cell.typed, &cell);
    return cell;
}

static void fault_add(struct fields_state *s, struct fill_page *p, const struct fields_answer *x, bool is_told) {
    if (is_told && x->fault.len) {
        LIST_ADD(s->arena, &p->faults, (struct fill_fault){x->name, x->fault});
    }
}

/* A row of the table as it is, or an empty one to write into. */
static struct fill_row row_of(struct fields_state *s, const struct fields_answer *table, const struct fields_row *row,
                              size_t place, bool is_told) {
    const struct fields_item *k = table->item;
    struct fill_row drawn = {.number = place + 1};
    for (size_t i = 0; i < k->columns.n; i++) {
        const struct fields_answer *x = row ? &row->at[i] : NULL;
        if (x && !x->is_shown) {
            continue;
        }
        struct str name =
            str_format(s->arena, "%.*s.%zu.%.*s", STR_ARG(k->name), place, STR_ARG(k->columns.at[i].name));
        LIST_ADD(s->arena, &drawn.cells, cell_of(s, &k->columns.at[i], name, x, is_told));
    }
    return drawn;
}

static void rows_fill(struct fields_state *s, struct fill_page *p, struct fill_question *q,
                      const struct fields_answer *table, bool is_told) {
    size_t place = 0, n = table->rows.n;
    for (size_t i = 0; i < n; i++) {
        const struct fields_row *row = &table->rows.at[i];
        LIST_ADD(s->arena, &q->rows, row_of(s, table, row, row->place, is_told));
        place = row->place + 1;
        for (size_t k = 0; k < row->n; k++) {
            fault_add(s, p, &row->at[k], is_told);
        }
    }
    size_t wanted = n + ROWS_MORE < ROWS_LEAST ? ROWS_LEAST : n + ROWS_MORE;
    while (q->rows.n < wanted) {
        LIST_ADD(s->arena, &q->rows, row_of(s, table, NULL, place++, is_told));
    }
}

struct fill_page fill_page(struct fields_state *s, size_t page, bool is_told) {
    const struct fields_page *from = &s->form->pages.at[page];
    struct fill_page p = {.form_name = s->form->name, .title = from->title, .hint = from->hint, .id = from->id};
    size_t at = 0;
    for (size_t i = 0; i < s->form->pages.n; i++) {
        p.count += s->page_is_shown[i] ? 1 : 0;
        p.number += s->page_is_shown[i] && i <= page ? 1 : 0;
        at += i < page ? s->form->pages.at[i].items.n : 0;
    }
    for (size_t i = 0; i < from->items.n; i++) {
        const struct fields_answer *x = &s->all.at[at + i];
        if (!x->is_shown) {
            continue;
        }
        struct fill_question q = {.cell = cell_of(s, x->item, x->name, x, is_told)};
        fault_add(s, &p, x, is_told);
        if (x->item->kind == FIELDS_TABLE) {
            rows_fill(s, &p, &q, x, is_told);
        }
        LIST_ADD(s->arena, &p.questions, q);
    }
    return p;
}

struct fill_review fill_review(struct fields_state *s, enum fields_class may, const char *change) {
    struct fill_review r = {.form_name = s->form->name,
                            .declaration = s->form->declaration,
                            .consent = s->form->consent,
                            .faults = s->faults};
    for (size_t i = 0, at = 0; i < s->form->pages.n; i++) {
        struct fill_part part = {.title = s->form->pages.at[i].title,
                                 .change = str_format(s->arena, "%s%zu", change, i + 1)};
        for (size_t k = 0; k < s->form->pages.at[i].items.n; k++, at++) {
            const struct fields_answer *x = &s->all.at[at];
            if (x->is_shown) {
                struct str shown = x->fault.len ? x->fault : fields_masked(s->arena, x, may);
                LIST_ADD(s->arena, &part.lines, (struct fill_line){x->name, x->item->label, shown, x->fault.len > 0});
            }
        }
        if (part.lines.n) {
            LIST_ADD(s->arena, &r.parts, part);
        }
    }
    for (size_t i = 0; i < s->dropped.n; i++) {
        const struct fields_answer *x = fields_answer_named(s, s->dropped.at[i]);
        if (x) {
            LIST_ADD(s->arena, &r.dropped, (struct fill_line){x->name, x->item->label, S(""), false});
        }
    }
    return r;
}
