/* The form of a draft: from a template, from what it replaces or answers, or as it stands. */
#include "base/arena.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "modules/org/org.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err outgoing_of_path(struct request *r, struct outgoing_doc_id *id) {
    return path_id(r, S("id"), &id->v);
}

struct err outgoing_upload(struct post *p, const char *field, struct outgoing_paper *paper) {
    const struct upload *u = form_upload(p->form, field);
    *paper = (struct outgoing_paper){0};
    if (!u) {
        return OK;
    }
    TRY(file_keep(p->db, p->arena, u, &paper->file));
    paper->name = u->name;
    paper->size = u->size;
    paper->sha256 = str_copy(p->arena, str_of(u->sha256));
    return OK;
}

/* ---- What may be chosen */

static struct err signers_fill(struct get *g, struct outgoing_edit_view *v) {
    struct org_principals all;
    TRY(org_posts_with(g->db, g->who->organ, ROLE_LEADER, &all));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(g->arena, &v->signers,
                 (struct pick_option){.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words});
    }
    return OK;
}

static struct err units_fill(struct get *g, struct outgoing_doc_id id, struct outgoing_edit_view *v) {
    struct outgoing_units_rows units;
    struct outgoing_targets_of_rows chosen = {0};
    TRY(outgoing_units(g->db, (struct outgoing_units_in){.organ = g->who->organ.v}, &units));
    if (id.v) {
        TRY(outgoing_targets_of(g->db, (struct outgoing_targets_of_in){id}, &chosen));
    }
    for (size_t i = 0; i < units.n; i++) {
        bool is_chosen = false;
        for (size_t k = 0; k < chosen.n; k++) {
            is_chosen = is_chosen || chosen.at[k].unit == units.at[i].id.v;
        }
        LIST_ADD(g->arena, &v->units,
                 (struct pick_option){.id = units.at[i].id.v, .label = units.at[i].name, .is_chosen = is_chosen});
    }
    return OK;
}

static void templates_fill(struct get *g, struct str type, struct outgoing_edit_view *v) {
    struct outgoing_types types;
    struct outgoing_template t;
    outgoing_types(g->arena, &types);
    for (size_t i = 0; i < types.all.n; i++) {
        if (outgoing_template(g->arena, types.all.at[i].code, clock_today(), &t)) {
            LIST_ADD(g->arena, &v->templates, (struct outgoing_option){t.type, t.name, str_eq(t.type, type)});
        }
    }
}

/* ---- A new one */

static void from_template(struct get *g, struct str type, struct outgoing_edit_view *v) {
    struct outgoing_template t;
    v->has_template = outgoing_template(g->arena, type, clock_today(), &t);
    form_set(v->form, "type", type);
    form_set(v->form, "route", S("full"));
    form_set(v->form, "priority", S("0"));
    if (v->has_template) {
        form_set(v->form, "subject", t.subject);
        form_set(v->form, "addressee", t.addressee);
        form_set(v->form, "body", t.body);
        form_set(v->form, "recipients", t.recipients);
    }
}

/* Of what is answered: to the office that sent it. */
static struct err from_delivery(struct get *g, int64_t related, struct outgoing_edit_view *v) {
    struct outgoing_delivery_by_id_row *delivery;
    struct outgoing_by_id_row *doc;
    struct org_unit organ;
    TRY(outgoing_delivery_find(g->db, (struct outgoing_delivery_id){related}, g->who, &delivery, &doc));
    TRY(org_unit(g->db, (struct unit_id){doc->organ}, &organ));
    v->relation_words = str_format(g->arena, "Trả lời văn bản %.*s: %.*s", STR_ARG(doc->code), STR_ARG(doc->subject));
    form_set(v->form, "subject", str_format(g->arena, "V/v trả lời văn bản số %.*s", STR_ARG(doc->code)));
    form_set(v->form, "addressee", organ.name);
    for (size_t i = 0; i < v->units.n; i++) {
        v->units.at[i].is_chosen = v->units.at[i].id == doc->organ;
    }
    return OK;
}

/* Of what is replaced: its words, and to whom it went. */
static struct err from_document(struct get *g, struct str relation, int64_t related, struct outgoing_edit_view *v) {
    struct outgoing_by_id_row *doc;
    struct outgoing_draft_of_row *d;
    TRY(outgoing_find(g->db, (struct outgoing_doc_id){related}, g->who, &doc));
    TRY(outgoing_draft_now(g->db, doc, &d));
    bool replaces = is(relation, "replaces");
    v->relation_words = str_format(g->arena, replaces ? "Thay thế văn bản %.*s: %.*s" : "Đính chính văn bản %.*s: %.*s",
                                   STR_ARG(doc->code), STR_ARG(doc->subject));
    TRY(units_fill(g, doc->id, v));
    form_set_id(v->form, "to_communes", doc->to_communes);
    form_set_id(v->form, "to_members", doc->to_members);
    form_set(v->form, "outside", doc->outside);
    if (replaces) {
        form_set(v->form, "type", doc->type);
        form_set(v->form, "subject", doc->subject);
        form_set(v->form, "addressee", d->addressee);
        form_set(v->form, "body", d->body);
        form_set(v->form, "recipients", d->recipients);
        form_set_date(v->form, "reply_on", doc->reply_on);
    } else {
        form_set(v->form, "subject", str_format(g->arena, "V/v đính chính văn bản số %.*s", STR_ARG(doc->code)));
    }
    return OK;
}

static struct err from_related(struct get *g, struct outgoing_edit_view *v) {
    struct str relation = query_param(g->request, S("relation"));
    int64_t related;
    if (!relation.len) {
        return OK;
    }
    bool is_known = is(relation, "answers") || is(relation, "replaces") || is(relation, "corrects");
    if (!is_known || !num_read_between(query_param(g->request, S("related")), 1, INT64_MAX, &related)) {
        return FAIL(ERR_MISSING, "no such relation");
    }
    form_set(v->form, "relation", relation);
    form_set_id(v->form, "related", related);
    return is(relation, "answers") ? from_delivery(g, related, v) : from_document(g, relation, related, v);
}

struct err outgoing_new_get(struct get *g) {
    struct outgoing_edit_view v = {.to = link_local(g->arena, "/outgoing"),
                                   .back = link_local(g->arena, "/outgoing"),
                                   .form = form_begin(g->arena, outgoing_edit_fields, g->form),
                                   .is_new = true};
    struct str type = query_param(g->request, S("type"));
    type = outgoing_type(g->arena, type).code.len ? type : S("CV");
    TRY(signers_fill(g, &v));
    TRY(units_fill(g, (struct outgoing_doc_id){0}, &v));
    templates_fill(g, type, &v);
    if (!outgoing_came_back(g)) {
        from_template(g, type, &v);
        TRY(from_related(g, &v));
        form_set_id(v.form, "signer", v.signers.n ? v.signers.at[0].id : 0);
    }
    return answer_outgoing_edit(g, &v);
}

/* ---- One that stands */

static void form_fill(struct arena *a, struct form *f, const struct outgoing_by_id_row *doc,
                      const struct outgoing_draft_of_row *d) {
    form_set(f, "type", doc->type);
    form_set(f, "route", doc->route);
    form_set(f, "field", doc->field);
    form_set(f, "priority", str_format(a, "%lld", (long long)doc->priority));
    form_set(f, "subject", d->subject);
    form_set_id(f, "is_open", doc->is_open);
    form_set(f, "addressee", d->addressee);
    form_set(f, "body", d->body);
    form_set(f, "recipients", d->recipients);
    form_set_id(f, "signer", doc->signer);
    form_set_id(f, "to_communes", doc->to_communes);
    form_set_id(f, "to_members", doc->to_members);
    form_set(f, "outside", doc->outside);
    form_set_date(f, "reply_on", doc->reply_on);
}

struct err outgoing_edit_get(struct get *g) {
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_draft_of_row *d;
    TRY(outgoing_of_path(g->request, &id));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    TRY(move_check(g->db, move_named(outgoing_moves, "redraft"), g->who, id.v, doc->state));
    TRY(outgoing_draft_now(g->db, doc, &d));
    struct outgoing_edit_view v = {.to = link_record(g->arena, S("/outgoing/"), id.v, S("/edit")),
                                   .back = link_record(g->arena, S("/outgoing/"), id.v, S("")),
                                   .form = form_begin_at(g->arena, outgoing_edit_fields, g->form, doc->version),
                                   .file_name = d->file_name};
    TRY(signers_fill(g, &v));
    TRY(units_fill(g, id, &v));
    form_fill(g->arena, v.form, doc, d);
    return answer_outgoing_edit(g, &v);
}

static struct err typed_read(struct post *p, struct outgoing_typed *t) {
    const struct form_value *units = form_value(p->form, "units");
    struct str priority = form_text(p->form, "priority");
    *t = (struct outgoing_typed){.type = form_text(p->form, "type"),
                                 .route = form_text(p->form, "route"),
                                 .field = form_text(p->form, "field"),
                                 .subject = form_text(p->form, "subject"),
                                 .addressee = form_text(p->form, "addressee"),
                                 .body = form_text(p->form, "body"),
                                 .recipients = form_text(p->form, "recipients"),
                                 .outside = form_text(p->form, "outside"),
                                 .signer = form_id(p->form, "signer"),
                                 .is_open = form_flag(p->form, "is_open"),
                                 .to_communes = form_flag(p->form, "to_communes"),
                                 .to_members = form_flag(p->form, "to_members"),
                                 .units = {units->ids.at, units->ids.n},
                                 .reply_on = form_date(p->form, "reply_on"),
                                 .keeps_paper = !form_flag(p->form, "drop_file"),
                                 .relation = form_text(p->form, "relation"),
                                 .related = form_id(p->form, "related"),
                                 .version = form_version(p->form)};
    num_read_between(priority, 0, 3, &t->priority);
    return outgoing_upload(p, "file", &t->paper);
}

struct err outgoing_new_post(struct post *p) {
    struct outgoing_typed t;
    struct outgoing_doc_id id;
    TRY(form_check(p->form));
    TRY(typed_read(p, &t));
    bool is_known =
        !t.relation.len || is(t.relation, "answers") || is(t.relation, "replaces") || is(t.relation, "corrects");
    if (!is_known) {
        return FAIL(ERR_MISSING, "no such relation");
    }
    TRY(outgoing_draft(p->db, p->who, &t, &id));
    flash(p, "Đã lưu dự thảo.");
    return see_other(p, "/outgoing/%lld", (long long)id.v);
}

struct err outgoing_edit_post(struct post *p) {
    struct outgoing_typed t;
    struct outgoing_doc_id id;
    TRY(outgoing_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(typed_read(p, &t));
    TRY(outgoing_redraft(p->db, p->who, id, &t));
    flash(p, "Đã lưu dự thảo.");
    return see_other(p, "/outgoing/%lld", (long long)id.v);
}
