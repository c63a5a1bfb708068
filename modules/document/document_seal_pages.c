/* A file held back for its secrecy stamp: why, until when, and the two answers of who brought it; and a document that a
   person knows to be a secret. */
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"
#include "modules/document/document_pages_gen.h"
#include "modules/document/document_secret.h"

static struct err seal_of_path(struct request *r, struct document_doc_id *doc, struct document_seal_id *seal) {
    TRY(document_of_path(r, doc));
    return path_id(r, S("seal"), &seal->v);
}

struct err document_seal_get(struct get *g) {
    struct document_doc_id id;
    struct document_seal_id seal;
    struct document_by_id_row *d;
    struct document_seal_by_id_row *s;
    TRY(seal_of_path(g->request, &id, &seal));
    TRY(document_find(g->db, id, g->who, &d, NULL));
    TRY(document_seal_by_id(g->db, (struct document_seal_by_id_in){seal}, &s));
    if (!s || s->doc.v != id.v) {
        return FAIL(ERR_MISSING, "it is sealed no more");
    }
    struct document_seal_view v = {.id = id.v,
                                   .seal = seal.v,
                                   .name = s->name,
                                   .page = s->page,
                                   .seen = s->seen,
                                   .sealed_at = s->sealed_at,
                                   .until_on = s->until_on,
                                   .is_mine = s->added_by == g->who->post.v,
                                   .form = form_begin(g->arena, document_reason_fields, g->form)};
    struct org_post bringer;
    struct err e = org_post(g->db, (struct post_id){s->added_by}, &bringer);
    if (!e.why) {
        v.bringer = bringer.person_name;
    } else if (!err_is(e, ERR_MISSING)) {
        return e;
    }
    return answer_document_seal(g, &v);
}

struct err document_unsealing_post(struct post *p) {
    struct document_doc_id id;
    struct document_seal_id seal;
    TRY(seal_of_path(p->request, &id, &seal));
    TRY(form_check(p->form));
    TRY(document_seal_open(p->db, p->who, id, seal, form_text(p->form, "reason")));
    flash(p, "Đã trả tệp về văn bản. Tệp đang được đọc lại.");
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_destruction_post(struct post *p) {
    struct document_doc_id id;
    struct document_seal_id seal;
    TRY(seal_of_path(p->request, &id, &seal));
    TRY(document_seal_destroy(p->db, p->who, id, seal));
    flash(p, "Tài liệu mật đã được gỡ khỏi hệ thống.");
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_seals_fill(struct get *g, struct document_doc_id id, struct document_seals *seals) {
    struct document_seal_list_rows rows;
    TRY(document_seal_list(g->db, (struct document_seal_list_in){id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct document_seal_list_row *s = &rows.at[i];
        LIST_ADD(g->arena, &seals->list,
                 ((struct document_seal_link){
                     .name = s->name,
                     .until_on = s->until_on,
                     .is_mine = s->added_by == g->who->post.v,
                     .is_main = str_eq(s->role, S("main")),
                     .link = link_local(g->arena, "/document/%lld/seal/%lld", (long long)id.v, (long long)s->id.v)}));
    }
    return OK;
}

struct err document_secrecy_get(struct get *g) {
    struct document_doc_id id;
    struct document_by_id_row *d;
    unsigned bits = 0;
    TRY(document_of_path(g->request, &id));
    TRY(document_find(g->db, id, g->who, &d, &bits));
    if (!(bits & CAN_MANAGE)) {
        return FAIL(ERR_DENIED, "only who keeps the register takes a document out");
    }
    struct document_secrecy_view v = {
        .id = id.v, .arrival_no = d->arrival_no, .form = form_begin(g->arena, document_secrecy_fields, g->form)};
    return answer_document_secrecy(g, &v);
}

struct err document_secrecy_post(struct post *p) {
    struct document_doc_id id;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(document_secret_remove(p->db, p->who, id, form_flag(p->form, "is_sure")));
    flash(p, "Tài liệu mật đã được gỡ khỏi hệ thống.");
    return see_other(p, "/document/%lld", (long long)id.v);
}
