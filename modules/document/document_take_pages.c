/* Taking in: the drop zone, the registration page with what was read beside each field, and the clerk's acts. */
#include "kernel/file/file.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"
#include "modules/document/document_pages_gen.h"
#include "modules/document/document_secret.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err document_of_path(struct request *r, struct document_doc_id *id) {
    return path_id(r, S("id"), &id->v);
}

struct err document_paper_of(struct post *p, const struct upload *u, struct document_paper *paper) {
    *paper = (struct document_paper){0};
    if (!u) {
        return OK;
    }
    TRY(file_keep(p->db, p->arena, u, &paper->file));
    paper->name = file_name_clean(p->arena, u->name);
    paper->size = u->size;
    paper->sha256 = str_copy(p->arena, str_of(u->sha256));
    return OK;
}

struct err document_new_get(struct get *g) {
    struct document_new_view v = {.form = form_begin(g->arena, document_upload_fields, g->form)};
    struct document_rows rows;
    TRY(document_box_list(g->db, g->who, DOCUMENT_BOX_DRAFT, clock_today(), 50, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.drafts, document_item_of(g->arena, &rows.at[i]));
    }
    v.limit = S("300 MB");
    return answer_document_new(g, &v);
}

struct err document_upload_post(struct post *p) {
    const struct form_value *files = form_value(p->form, "file");
    struct document_doc_id id = {0};
    TRY(form_check(p->form));
    for (size_t i = 0; i < files->uploads.n; i++) {
        struct document_paper paper;
        TRY(document_paper_of(p, files->uploads.at[i], &paper));
        TRY(document_draft(p->db, p->who, &paper, &id));
    }
    if (files->uploads.n == 1) {
        return see_other(p, "/document/%lld/register", (long long)id.v);
    }
    flash(p, "Đã nhận %zu tệp, đang đọc.", files->uploads.n);
    return see_other(p, "/document/new");
}

struct err document_draft_post(struct post *p) {
    struct document_doc_id id;
    TRY(document_draft(p->db, p->who, NULL, &id));
    return see_other(p, "/document/%lld/register", (long long)id.v);
}

/* ---- Registration page */

/* The field of the form that a fact read in the paper fills; NULL: none. */
static const char *field_of(struct str fact) {
    static const char *const names[] = {"code",   "issued_on",   "type",     "issuer", "subject",
                                        "signer", "signer_post", "priority", "due_on"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (is(fact, names[k])) {
            return names[k];
        }
    }
    return NULL;
}

static void propose(struct form *f, const struct document_fact_list_rows *facts) {
    for (size_t i = 0; i < facts->n; i++) {
        const char *field = field_of(facts->at[i].name);
        struct date day;
        if (!field) {
            continue;
        }
        if (!str_ends(str_of(field), S("_on"))) {
            form_set(f, field, facts->at[i].value);
        } else if (date_read_iso(facts->at[i].value, &day)) {
            form_set_date(f, field, day);
        }
    }
}

static void begin_with(struct form *f, const struct document_by_id_row *d,
                       const struct document_fact_list_rows *facts) {
    form_set(f, "priority", S("0"));
    form_set_date(f, "arrival_on", d->arrival_on.year ? d->arrival_on : clock_today());
    if (is(d->state, "draft")) {
        propose(f, facts);
        return;
    }
    form_set(f, "code", d->code);
    form_set_date(f, "issued_on", d->issued_on);
    form_set(f, "type", d->type);
    form_set(f, "issuer", d->issuer);
    form_set(f, "subject", d->subject);
    form_set(f, "signer", d->signer);
    form_set(f, "signer_post", d->signer_post);
    form_set(f, "priority", document_priorities[d->priority].code);
    form_set(f, "field", d->field);
    form_set_date(f, "due_on", d->due_on);
    form_set(f, "note", d->note);
}

static struct str fact_shown(struct arena *a, struct str name, struct str value) {
    struct date day;
    const struct document_type *type = is(name, "type") ? document_type_by_code(value) : NULL;
    if (type) {
        return type->name;
    }
    if (is(name, "priority")) {
        return document_word(document_priorities, value);
    }
    return str_ends(name, S("_on")) && date_read_iso(value, &day) ? date_vi(a, day) : value;
}

static void suggestions_fill(struct get *g, struct document_register_view *v,
                             const struct document_fact_list_rows *facts) {
    for (const struct field *f = document_register_fields; f->kind; f++) {
        for (size_t i = 0; i < facts->n; i++) {
            const struct document_fact_list_row *x = &facts->at[i];
            if (!str_eq(x->name, f->name)) {
                continue;
            }
            struct str shown = fact_shown(g->arena, x->name, x->value);
            const struct form_value *typed = form_value(v->form, str_z(g->arena, f->name));
            struct date day = {0};
            bool same = f->kind == FIELD_DATE ? date_read_iso(x->value, &day) && date_is(day, typed->date)
                                              : str_eq(typed->text, x->value);
            LIST_ADD(g->arena, &v->suggestions,
                     (struct document_suggestion){.name = x->name,
                                                  .label = f->label,
                                                  .value = f->kind == FIELD_DATE ? shown : x->value,
                                                  .shown = shown,
                                                  .seen = x->seen,
                                                  .page = x->page,
                                                  .confidence = x->confidence,
                                                  .is_unsure = x->confidence < 60,
                                                  .is_taken = same,
                                                  .crop = x->page && x->w > 0
                                                              ? link_local(g->arena, "/document/%lld/crop/%lld",
                                                                           (long long)v->id, (long long)x->id.v)
                                                              : (struct link){{0}}});
        }
    }
}

struct err document_register_get(struct get *g) {
    struct document_doc_id id;
    struct document_by_id_row *d;
    struct document_fact_list_rows facts;
    struct document_twin twin;
    unsigned bits = 0;
    TRY(document_of_path(g->request, &id));
    TRY(document_find(g->db, id, g->who, &d, &bits));
    if (!(bits & CAN_MANAGE)) {
        return FAIL(ERR_DENIED, "only clerks and leaders see the registration page");
    }
    TRY(document_fact_list(g->db, (struct document_fact_list_in){id}, &facts));
    struct document_register_view v = {.id = id.v, .is_draft = is(d->state, "draft"), .arrival_no = d->arrival_no};
    v.title = v.is_draft ? S("Vào sổ văn bản đến") : S("Sửa thông tin đăng ký");
    v.action = v.is_draft ? S("registration") : S("amendment");
    bool is_again = str_ends(g->path, S("/registration")) || str_ends(g->path, S("/amendment"));
    v.form = form_begin_at(g->arena, document_register_fields, is_again ? g->form : NULL, d->version);
    begin_with(v.form, d, &facts);
    suggestions_fill(g, &v, &facts);
    for (size_t i = 0; i < facts.n; i++) {
        v.is_secret = v.is_secret || is(facts.at[i].name, "secret");
    }
    if (v.is_secret) {
        v.title = S("Văn bản không được tiếp nhận");
        v.secret_words = document_secret_words();
    }
    TRY(document_paper_fill(g, d, 0, &v.paper));
    TRY(document_seals_fill(g, id, &v.seals));
    for (size_t i = 0; i < v.seals.list.n; i++) {
        v.is_held = v.is_held || (v.is_draft && v.seals.list.at[i].is_main);
    }
    TRY(document_twin_find(g->db,
                           &(struct document_marks){.organ = d->organ,
                                                    .id = id,
                                                    .code = form_text(v.form, "code"),
                                                    .issuer = form_text(v.form, "issuer"),
                                                    .sha256 = d->sha256},
                           &twin));
    if (twin.id.v && v.is_draft) {
        unsigned may = 0;
        TRY(access_bits(g->db, twin.id.v, g->who->post.v, &may));
        v.twin = (struct document_twin_view){.is_found = true,
                                             .code = twin.code,
                                             .arrival_no = twin.arrival_no,
                                             .arrival_on = twin.arrival_on,
                                             .is_same_bytes = twin.is_same_bytes,
                                             .subject = may & CAN_READ ? twin.subject : S(""),
                                             .link = link_local(g->arena, "/document/%lld", (long long)twin.id.v)};
    }
    return answer_document_register(g, &v);
}

static void typed_read(struct post *p, struct document_typed *t) {
    const struct form *f = p->form;
    int64_t priority = 0;
    struct str words = form_text(f, "priority");
    priority = words.len == 1 && words.at[0] >= '0' && words.at[0] <= '3' ? words.at[0] - '0' : 0;
    *t = (struct document_typed){.type = form_text(f, "type"),
                                 .code = form_text(f, "code"),
                                 .subject = form_text(f, "subject"),
                                 .issuer = form_text(f, "issuer"),
                                 .signer = form_text(f, "signer"),
                                 .signer_post = form_text(f, "signer_post"),
                                 .field = form_text(f, "field"),
                                 .note = form_text(f, "note"),
                                 .issued_on = form_date(f, "issued_on"),
                                 .due_on = form_date(f, "due_on"),
                                 .arrival_on = form_date(f, "arrival_on"),
                                 .priority = priority,
                                 .version = form_version(f),
                                 .duplicate_reason = form_text(f, "duplicate_reason")};
}

struct err document_registration_post(struct post *p) {
    struct document_doc_id id;
    struct document_typed t;
    int64_t number;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    typed_read(p, &t);
    TRY(document_register(p->db, p->who, id, &t, &number));
    flash(p, "Đã vào sổ, số đến %lld.", (long long)number);
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_amendment_post(struct post *p) {
    struct document_doc_id id;
    struct document_typed t;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    typed_read(p, &t);
    TRY(document_amend(p->db, p->who, id, &t));
    flash(p, "Đã lưu thông tin đăng ký.");
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_removal_post(struct post *p) {
    struct document_doc_id id;
    TRY(document_of_path(p->request, &id));
    TRY(document_draft_remove(p->db, p->who, id));
    flash(p, "Đã bỏ bản chưa vào sổ.");
    return see_other(p, "/document/new");
}

struct err document_void_post(struct post *p) {
    struct document_doc_id id;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(document_void(p->db, p->who, id, form_text(p->form, "reason")));
    flash(p, "Đã hủy đăng ký. Số đến không dùng lại.");
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_presentation_post(struct post *p) {
    struct document_doc_id id;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(document_present(p->db, p->who, id, (struct post_id){form_id(p->form, "leader")}, form_text(p->form, "note")));
    flash(p, "Đã trình lãnh đạo.");
    return see_other(p, "/document/%lld", (long long)id.v);
}

struct err document_attach_post(struct post *p) {
    struct document_doc_id id;
    struct document_paper paper;
    TRY(document_of_path(p->request, &id));
    TRY(form_check(p->form));
    TRY(document_paper_of(p, form_upload(p->form, "file"), &paper));
    TRY(document_attach(p->db, p->who, id, &paper));
    flash(p, "Đã thêm tệp.");
    return see_other(p, "/document/%lld", (long long)id.v);
}
