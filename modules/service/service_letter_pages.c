/* Letters on paper: made from what is known and what somebody writes, printed as they were issued. */
#include "modules/service/service_letter_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/qr.h"
#include "kernel/page/form.h"
#include "kernel/page/json.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/service/service_letter.h"
#include "modules/service/service_pages_gen.h"
#include "read/json.h"

#include "base/banned.h"

const struct field service_letter_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("letter"), .label = S_INIT("Văn bản"), .is_required = true, .most = 20},
    {.kind = FIELD_PAIRS, .name = S_INIT("v"), .label = S_INIT("Nội dung")},
    {0},
};
const struct field service_letter_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("letter"), .label = S_INIT("Văn bản"), .most = 20},
    {0},
};

static struct str signer_words(struct str signer) {
    return str_eq(signer, S("thuong_truc")) ? S("TM. BAN THƯỜNG TRỰC")
           : str_eq(signer, S("ban_ctmt"))  ? S("TM. BAN CÔNG TÁC MẶT TRẬN")
                                            : S("NGƯỜI LẬP");
}

static bool has_qr(const struct service_letter_def *def) {
    for (size_t i = 0; i < def->placeholders.n; i++) {
        if (str_eq(def->placeholders.at[i], S("ma_qr")) || str_eq(def->placeholders.at[i], S("qr"))) {
            return true;
        }
    }
    return false;
}

struct err service_letter_fill(struct get *g, const struct service_case *c, int64_t letter,
                               struct service_letter_show *v) {
    struct service_letter_one_row *row;
    struct org_unit organ;
    struct qr qr = {0};
    TRY(service_letter_one(g->db, (struct service_letter_one_in){.id = {letter}, .dossier = c->row->id}, &row));
    const struct service_letter_def *def = row ? service_letter_of(c->form, row->letter) : NULL;
    if (!def) {
        return FAIL(ERR_MISSING, "no such letter of this dossier");
    }
    TRY(org_unit(g->db, (struct unit_id){c->row->organ}, &organ));
    *v = (struct service_letter_show){.organ = organ.name,
                                      .kind = def->kind,
                                      .name = def->name,
                                      .code = c->row->code,
                                      .by_name = row->by_name,
                                      .by_post_name = row->by_post_name,
                                      .signer = signer_words(def->signer),
                                      .made_at = row->made_at};
    service_letter_words(row->letter, &v->opening, &v->closing);
    for (size_t i = 0; i < def->placeholders.n; i++) {
        struct str name = def->placeholders.at[i], value = json_read_text(g->arena, row->said, str_z(g->arena, name));
        if (!str_eq(name, S("ma_qr")) && !str_eq(name, S("qr"))) {
            LIST_ADD(g->arena, &v->facts,
                     (struct service_placeholder_view){name, service_placeholder_label(name), value});
        }
    }
    if (has_qr(def)) {
        TRY(qr_make(g->arena, c->row->code, &qr));
    }
    v->qr = qr.path;
    v->qr_size = qr.size;
    return OK;
}

struct err service_letter_get(struct get *g) {
    struct service_case c;
    struct service_letter_show v;
    int64_t id, letter;
    TRY(path_id(g->request, S("id"), &id));
    TRY(path_id(g->request, S("letter"), &letter));
    TRY(service_case_of(g->db, g->who, id, &c));
    TRY(service_letter_fill(g, &c, letter, &v));
    v.back = link_local(g->arena, "/service/%lld", (long long)id);
    return answer_service_letter_show(g, &v);
}

static struct str typed_of(struct get *g, struct str name) {
    const struct form_value *v = g->form ? form_value(g->form, "v") : NULL;
    for (size_t i = 0; v && i < v->pairs.n; i++) {
        if (str_eq(v->pairs.at[i].name, name)) {
            return v->pairs.at[i].value;
        }
    }
    return S("");
}

static void facts_fill(struct get *g, const struct service_facts *facts, struct service_letter_form *v) {
    for (size_t i = 0; i < facts->all.n; i++) {
        const struct service_fact *f = &facts->all.at[i];
        struct str typed = typed_of(g, f->name);
        struct service_placeholder_view p = {f->name, f->label, typed.len ? typed : f->value};
        if (f->is_typed) {
            LIST_ADD(g->arena, &v->typed, p);
        } else {
            LIST_ADD(g->arena, &v->known, p);
        }
    }
}

struct err service_letter_new_get(struct get *g) {
    struct service_case c;
    struct service_facts facts = {0};
    int64_t id;
    struct str letter = g->form ? form_text(g->form, "letter") : query_param(g->request, S("letter"));
    TRY(path_id(g->request, S("id"), &id));
    TRY(service_case_of(g->db, g->who, id, &c));
    TRY(access_require(g->db, id, g->who->post.v, CAN_ACT));
    const struct service_letter_def *def = service_letter_of(c.form, letter);
    if (!def) {
        return FAIL(ERR_MISSING, "the procedure has no such letter");
    }
    struct service_letter_form v = {.code = def->id,
                                    .name = def->name,
                                    .to = link_local(g->arena, "/service/%lld/letter", (long long)id),
                                    .back = link_local(g->arena, "/service/%lld", (long long)id)};
    TRY(service_letter_facts(g->db, &c, def, S("{}"), &facts));
    facts_fill(g, &facts, &v);
    return answer_service_letter_form(g, &v);
}

struct err service_letter_new_post(struct post *p) {
    const struct form_value *v = form_value(p->form, "v");
    struct buf said = buf_in(p->arena);
    struct service_act act = {.who = p->who, .app = p->app};
    TRY(path_id(p->request, S("id"), &act.id));
    BUF_LIT(&said, "{");
    for (size_t i = 0; i < v->pairs.n; i++) {
        buf_put(&said, i ? S(",") : S(""));
        json_str(&said, v->pairs.at[i].name);
        BUF_LIT(&said, ":");
        json_str(&said, v->pairs.at[i].value);
    }
    BUF_LIT(&said, "}");
    TRY(service_letter(p->db, &act, form_text(p->form, "letter"), buf_str(&said)));
    flash(p, "Đã lập văn bản.");
    return see_other(p, "/service/%lld#letters", (long long)act.id);
}
