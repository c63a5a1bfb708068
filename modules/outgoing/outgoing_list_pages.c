/* The boxes as a page. */
#include "base/arena.h"
#include "base/num.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"

enum { ON_A_PAGE = 40 };

static struct outgoing_asked asked_of(struct get *g, const struct outgoing_counts *counts) {
    static const enum outgoing_box first[] = {OUTGOING_BOX_TURN,   OUTGOING_BOX_NUMBER, OUTGOING_BOX_RETURNED,
                                              OUTGOING_BOX_ANSWER, OUTGOING_BOX_DRAFT,  OUTGOING_BOX_SENT};
    struct outgoing_asked asked = {.box = OUTGOING_BOX_ISSUED, .limit = ON_A_PAGE, .today = clock_today()};
    if (!outgoing_box_of_code(query_param(g->request, S("box")), &asked.box)) {
        for (size_t i = sizeof first / sizeof *first; i-- > 0;) {
            asked.box = counts->n[first[i]] ? first[i] : asked.box;
        }
    }
    asked.type = query_param(g->request, S("type"));
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &asked.before)) {
        asked.before = 0;
    }
    return asked;
}

/* Boxes that are empty and rarely asked for are not shown. */
static void tabs_fill(struct get *g, const struct outgoing_counts *c, enum outgoing_box now, struct tabs *tabs) {
    tabs->at = arena_take(g->arena, struct tab, OUTGOING_BOXES);
    for (enum outgoing_box b = 0; b < OUTGOING_BOXES; b++) {
        bool is_open_end = b == OUTGOING_BOX_ISSUED || b == OUTGOING_BOX_GOT;
        if (!is_open_end && b != OUTGOING_BOX_DRAFT && b != now && !c->n[b]) {
            continue;
        }
        tabs->at[tabs->n++] =
            (struct tab){.label = outgoing_box_title(b),
                         .link = link_local(g->arena, "/outgoing?box=%.*s", STR_ARG(outgoing_box_code(b))),
                         .count = c->n[b],
                         .is_counted = !is_open_end && c->n[b] > 0,
                         .is_current = b == now,
                         .is_hot = b == OUTGOING_BOX_LATE && c->n[b] > 0};
    }
}

static void lines_fill(struct get *g, const struct outgoing_asked *asked, const struct outgoing_rows *rows,
                       struct outgoing_index_view *v) {
    struct outgoing_types types;
    outgoing_types(g->arena, &types);
    for (size_t i = 0; i < types.all.n; i++) {
        const struct outgoing_type *t = &types.all.at[i];
        LIST_ADD(g->arena, &v->types, (struct outgoing_option){t->code, t->name, str_eq(t->code, asked->type)});
    }
    for (size_t i = 0; i < rows->all.n; i++) {
        const struct outgoing_row *r = &rows->all.at[i];
        LIST_ADD(g->arena, &v->items,
                 (struct outgoing_line_view){.link = link_local(g->arena, "%.*s", STR_ARG(r->path)),
                                             .type = r->type,
                                             .code = r->code,
                                             .subject = r->subject,
                                             .state_name = r->state_name,
                                             .from = r->from,
                                             .who = r->who,
                                             .mark = r->mark,
                                             .due_on = r->due_on,
                                             .dated_on = r->dated_on,
                                             .is_late = r->is_late,
                                             .is_soon = r->is_soon,
                                             .is_over = r->is_over});
    }
    if (rows->has_more) {
        v->pages.older = link_local(g->arena, "/outgoing?box=%.*s&type=%.*s&before=%lld", STR_ARG(v->box),
                                    STR_ARG(asked->type), (long long)rows->all.at[rows->all.n - 1].id);
    }
    if (asked->before) {
        v->pages.newer = link_local(g->arena, "/outgoing?box=%.*s&type=%.*s", STR_ARG(v->box), STR_ARG(asked->type));
    }
}

struct err outgoing_index_get(struct get *g) {
    struct outgoing_counts counts;
    struct outgoing_rows rows;
    TRY(outgoing_counts(g->db, g->who->post, clock_today(), &counts));
    struct outgoing_asked asked = asked_of(g, &counts);
    struct outgoing_index_view v = {.box = outgoing_box_code(asked.box),
                                    .title = outgoing_box_title(asked.box),
                                    .is_filtered = asked.type.len > 0,
                                    .may_draft = (g->who->roles & ~(uint64_t)ROLE_AUDITOR) != 0,
                                    .is_clerk = (g->who->roles & ROLE_CLERK) != 0};
    TRY(outgoing_list(g->db, g->who->post, &asked, &rows));
    tabs_fill(g, &counts, asked.box, &v.tabs);
    lines_fill(g, &asked, &rows, &v);
    return answer_outgoing_index(g, &v);
}
