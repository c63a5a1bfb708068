/* Printing a form: its purpose first, what was printed kept, and what changed since the last print marked. */
#include "base/arena.h"
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/cadre/cadre_pages_gen.h"
#include "modules/cadre/cadre_print.h"

#include "base/banned.h"

/* Prints hold all groups: personnel's and the person's own. */
static struct err must_print(const struct cadre_seat *seat) {
    return seat->is_self || seat->is_keeper ? OK : FAIL(ERR_MISSING, "prints are personnel's and the person's");
}

static struct err prints_fill(struct get *g, const struct cadre_seat *seat, struct cadre_prints_view *v) {
    struct cadre_prints_rows rows;
    TRY(cadre_prints(g->db, (struct cadre_prints_in){.cadre = seat->row->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct cadre_form form = {0};
        cadre_form_of(rows.at[i].form, &form);
        LIST_ADD(g->arena, &v->prints,
                 (struct cadre_print_link){.link = link_local(g->arena, "/cadre/%lld/print/%lld", (long long)v->id,
                                                              (long long)rows.at[i].id.v),
                                           .name = form.name,
                                           .who = cadre_post_name(g->db, rows.at[i].post),
                                           .at = rows.at[i].printed_at});
    }
    return OK;
}

struct err cadre_prints_get(struct get *g) {
    struct cadre_seat seat;
    TRY(cadre_seat_of(g, &seat));
    TRY(must_print(&seat));
    struct cadre_prints_view v = {.id = seat.row->id.v,
                                  .name = seat.row->name,
                                  .back = link_record(g->arena, S("/cadre/"), seat.row->id.v, S("")),
                                  .form = form_begin(g->arena, cadre_print_fields, g->form)};
    TRY(prints_fill(g, &seat, &v));
    return answer_cadre_prints(g, &v);
}

static struct err print_make(struct post *p, const struct cadre_seat *seat, struct str code, int64_t id) {
    struct cadre_whole w;
    struct str purpose = form_text(p->form, "purpose");
    TRY(cadre_look_open(p->db, p->who, seat, CADRE_PRINT, purpose));
    TRY(cadre_whole(db_reading(p->db), seat->row->id, &w));
    struct cadre_printed printed = cadre_print_fill(&w, code);
    TRY(cadre_print_insert(p->db,
                           (struct cadre_print_insert_in){.id = {id},
                                                          .cadre = seat->row->id,
                                                          .form = code,
                                                          .lines = cadre_print_json(p->arena, &printed),
                                                          .purpose = purpose,
                                                          .post = p->who->post.v,
                                                          .printed_at = clock_now()},
                           NULL));
    return act_done(p->db, &(struct act){.verb = S("cadre.print"),
                                         .record = seat->row->id.v,
                                         .after = cadre_words_json(p->arena, S("form"), code, S("purpose"), purpose)});
}

struct err cadre_print_post(struct post *p) {
    struct cadre_seat seat;
    struct cadre_form form;
    struct str code = form_text(p->form, "form");
    int64_t id = id_new();
    TRY(cadre_seat_of_post(p, &seat));
    TRY(must_print(&seat));
    if (!cadre_form_of(code, &form)) {
        return REFUSE(ERR_INVALID, "form", "Chưa chọn mẫu.");
    }
    TRY(print_make(p, &seat, code, id));
    return see_other(p, "/cadre/%lld/print/%lld", (long long)seat.row->id.v, (long long)id);
}

/* --- One --- */
static void row_add(struct get *g, struct cadre_leaf_line *line, const struct cadre_print_row *row, bool is_new,
                    bool is_gone) {
    struct cadre_leaf_row out = {.is_new = is_new, .is_gone = is_gone};
    for (size_t i = 0; i < row->cells.n; i++) {
        LIST_ADD(g->arena, &out.cells, (struct cadre_leaf_cell){row->cells.at[i]});
    }
    line->is_changed = line->is_changed || is_new || is_gone;
    LIST_ADD(g->arena, &line->rows, out);
}

static struct str text_of(const struct cadre_print_line *l) {
    return l && l->rows.n && l->rows.at[0].cells.n ? l->rows.at[0].cells.at[0] : S("");
}

/* A line beside the same line of the print before; was NULL: nothing was printed before. */
static void line_add(struct get *g, struct cadre_leaf_view *v, const struct cadre_print_line *l,
                     const struct cadre_print_line *was) {
    struct cadre_leaf_line line = {.number = l->number, .label = l->label, .is_table = l->heads.n > 0};
    for (size_t i = 0; i < l->heads.n; i++) {
        LIST_ADD(g->arena, &line.heads, (struct cadre_leaf_cell){l->heads.at[i]});
    }
    for (size_t i = 0; line.is_table && i < l->rows.n; i++) {
        row_add(g, &line, &l->rows.at[i], was && !cadre_print_has(was, &l->rows.at[i]), false);
    }
    for (size_t i = 0; line.is_table && was && i < was->rows.n; i++) {
        if (!cadre_print_has(l, &was->rows.at[i])) {
            row_add(g, &line, &was->rows.at[i], false, true);
        }
    }
    if (!line.is_table) {
        line.text = text_of(l);
        line.is_changed = was && !str_eq(line.text, text_of(was));
        line.was = line.is_changed ? text_of(was) : S("");
    }
    v->n_changed += line.is_changed;
    LIST_ADD(g->arena, &v->lines, line);
}

static struct err leaf_fill(struct get *g, const struct cadre_seat *seat, const struct cadre_print_find_row *row,
                            struct cadre_leaf_view *v) {
    struct cadre_print_before_row *before;
    struct cadre_printed is = cadre_print_read(g->arena, row->lines), was = {0};
    TRY(cadre_print_before(
        g->db, (struct cadre_print_before_in){.cadre = seat->row->id, .form = row->form, .before = row->id.v},
        &before));
    if (before) {
        was = cadre_print_read(g->arena, before->lines);
        v->has_before = true;
        v->before_at = before->printed_at;
    }
    for (size_t i = 0; i < is.n; i++) {
        line_add(g, v, &is.at[i], before ? cadre_print_line_of(&was, is.at[i].number) : NULL);
    }
    return OK;
}

/* The print of the address; DENIED while no purpose is open. */
static struct err open_print(struct get *g, struct cadre_seat *seat, struct cadre_print_find_row **row) {
    int64_t id;
    bool is_open;
    TRY(cadre_seat_of(g, seat));
    TRY(must_print(seat));
    TRY(path_id(g->request, S("print"), &id));
    TRY(cadre_print_find(g->db, (struct cadre_print_find_in){.id = {id}, .cadre = seat->row->id}, row));
    if (!*row) {
        return FAIL(ERR_MISSING, "no such print");
    }
    TRY(cadre_print_is_open(g->db, g->who, seat, &is_open));
    return is_open ? OK : REFUSE(ERR_DENIED, "", "Bản in có dữ liệu nhạy cảm: mời nêu mục đích và in lại.");
}

struct err cadre_print_get(struct get *g) {
    struct cadre_seat seat;
    struct cadre_print_find_row *row;
    struct cadre_form form = {0};
    TRY(open_print(g, &seat, &row));
    cadre_form_of(row->form, &form);
    struct cadre_leaf_view v = {.name = seat.row->name,
                                .title = form.title,
                                .form_name = form.name,
                                .organ = seat.row->organ_name,
                                .staff_no = seat.row->staff_no,
                                .who = cadre_post_name(g->db, row->post),
                                .at = row->printed_at,
                                .back = link_record(g->arena, S("/cadre/"), seat.row->id.v, S("/print"))};
    TRY(leaf_fill(g, &seat, row, &v));
    TRY(cadre_look_note(g->db, seat.row->id.v, CADRE_PRINT));
    return answer_cadre_leaf(g, &v);
}
