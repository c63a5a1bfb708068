/* What the asker may do with a document now, and the forms for it; a refused form comes back open, with what was typed.
 */
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* The refused form when it was sent to this end of the path. */
static const struct form *typed_at(struct get *g, const char *end) {
    return g->form && str_ends(g->path, str_of(end)) ? g->form : NULL;
}

static struct str fault_of(const struct form *typed, const char *name) {
    return typed ? form_value(typed, name)->fault : S("");
}

static bool was_chosen(const struct form *typed, const char *name, int64_t id) {
    const struct form_value *x = typed ? form_value(typed, name) : NULL;
    bool chosen = x && x->number == id;
    for (size_t i = 0; x && i < x->ids.n; i++) {
        chosen = chosen || x->ids.at[i] == id;
    }
    return chosen;
}

static void rights_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                        unsigned bits) {
    bool manages = bits & CAN_MANAGE, approves = bits & CAN_APPROVE;
    bool draft = is(d->state, "draft"), gone = is(d->state, "void");
    bool received = is(d->state, "received"), presented = is(d->state, "presented"),
         assigned = is(d->state, "assigned");
    v->may_register = manages && draft;
    v->may_remove = manages && draft;
    v->may_amend = manages && !draft && !gone;
    v->may_present = manages && (received || presented) && !approves;
    v->may_secret = manages && !gone;
    v->may_void = manages && (received || presented);
    v->may_direct = approves && document_is_open(d->state);
    v->has_lead = assigned && d->lead;
    v->may_close = approves && !draft && !gone && !is(d->state, "closed");
    v->may_reopen = approves && (is(d->state, "closed") || is(d->state, "reported"));
    v->may_say = !draft && !gone;
    v->may_attach = manages && !gone && !draft;
    (void)g;
}

static struct err undo_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d) {
    struct document_directive_last_row *last;
    if (!is(d->state, "assigned")) {
        return OK;
    }
    TRY(document_directive_last(g->db, (struct document_directive_last_in){d->id}, &last));
    int64_t minutes = last ? (clock_now().ms - last->made_at.ms) / 60000 : DOCUMENT_UNDO_MINUTES;
    v->may_undo = last && !last->is_recalled && last->by_post == g->who->post.v && minutes < DOCUMENT_UNDO_MINUTES;
    for (size_t i = 0; i < v->lines.n; i++) {
        v->may_undo = v->may_undo && !(v->lines.at[i].is_lead && v->lines.at[i].is_working);
    }
    v->undo_minutes = DOCUMENT_UNDO_MINUTES - minutes;
    return OK;
}

static struct err receivers_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                                 const struct form *typed) {
    struct org_principals found;
    TRY(org_assignable(g->db, (struct unit_id){d->organ}, S(""), 200, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct org_principal *p = &found.at[i];
        if (p->id == g->who->post.v) {
            continue;
        }
        struct pick_option o = {.id = p->id, .label = p->name, .note = p->words};
        o.is_chosen = was_chosen(typed, "lead", p->id);
        LIST_ADD(g->arena, &v->leads, o);
        o.is_chosen = was_chosen(typed, "cooperate", p->id);
        LIST_ADD(g->arena, &v->cooperate, o);
        o.is_chosen = was_chosen(typed, "inform", p->id);
        LIST_ADD(g->arena, &v->inform, o);
    }
    v->lead_fault = fault_of(typed, "lead");
    struct str cooperate = fault_of(typed, "cooperate");
    v->others_fault = cooperate.len ? cooperate : fault_of(typed, "inform");
    return OK;
}

static struct err leaders_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                               const struct form *typed) {
    struct org_principals found;
    TRY(org_posts_with(g->db, (struct unit_id){d->organ}, ROLE_LEADER, &found));
    for (size_t i = 0; i < found.n; i++) {
        struct pick_option o = {.id = found.at[i].id,
                                .label = found.at[i].name,
                                .note = found.at[i].words,
                                .is_chosen = typed ? was_chosen(typed, "leader", found.at[i].id) : i == 0};
        LIST_ADD(g->arena, &v->leaders, o);
    }
    v->leader_fault = fault_of(typed, "leader");
    return OK;
}

static struct err colleagues_fill(struct get *g, struct document_show_view *v, const struct form *typed) {
    struct org_principals found;
    TRY(org_assignable(g->db, g->who->organ, g->who->unit_name, 50, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct org_principal *p = &found.at[i];
        if (p->kind == ORG_POST && p->unit.v == g->who->unit.v) {
            LIST_ADD(g->arena, &v->colleagues,
                     (struct pick_option){
                         .id = p->id, .label = p->name, .note = p->words, .is_chosen = was_chosen(typed, "to", p->id)});
        }
    }
    v->colleague_fault = fault_of(typed, "to");
    return OK;
}

struct err document_forms_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                               unsigned bits) {
    const struct form *direct = typed_at(g, "/directive"), *present = typed_at(g, "/presentation"),
                      *assign = typed_at(g, "/assignment");
    rights_fill(g, v, d, bits);
    TRY(undo_fill(g, v, d));
    if (v->may_direct) {
        TRY(receivers_fill(g, v, d, direct));
    }
    if (v->may_present) {
        TRY(leaders_fill(g, v, d, present));
    }
    if (v->mine.may_assign) {
        TRY(colleagues_fill(g, v, assign));
    }
    v->direct = form_begin(g->arena, document_direct_fields, direct);
    v->say = form_begin(g->arena, document_say_fields, typed_at(g, "/opinion"));
    v->report = form_begin(g->arena, document_report_fields, typed_at(g, "/report"));
    v->give_back = form_begin(g->arena, document_reason_fields, typed_at(g, "/return"));
    v->extend = form_begin(g->arena, document_extend_fields, typed_at(g, "/extension"));
    v->recall = form_begin(g->arena, document_reason_fields, typed_at(g, "/recall"));
    v->present = form_begin(g->arena, document_present_fields, present);
    v->cancel = form_begin(g->arena, document_reason_fields, typed_at(g, "/void"));
    v->reopen = form_begin(g->arena, document_reason_fields, typed_at(g, "/reopening"));
    v->close = form_begin(g->arena, document_note_fields, typed_at(g, "/closure"));
    v->attach = form_begin(g->arena, document_attach_fields, typed_at(g, "/file"));
    v->is_directing = direct != NULL;
    v->is_presenting = present != NULL;
    v->is_assigning = assign != NULL;
    v->is_reporting = typed_at(g, "/report") != NULL;
    v->is_returning = typed_at(g, "/return") != NULL;
    v->is_extending = typed_at(g, "/extension") != NULL;
    v->is_recalling = typed_at(g, "/recall") != NULL;
    v->is_voiding = typed_at(g, "/void") != NULL;
    v->is_reopening = typed_at(g, "/reopening") != NULL;
    int64_t line = 0;
    if (g->form && id_read(path_param(g->request, S("line")), &line)) {
        v->line_at_fault = line;
    }
    return OK;
}
