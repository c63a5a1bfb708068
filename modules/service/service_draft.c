#include "modules/service/service_draft.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/json.h"
#include "kernel/shell/public.h"
#include "read/json.h"

#include "base/banned.h"

struct str service_draft_about(struct arena *a, const struct service_form *f) {
    return str_format(a, "%.*s/%lld", STR_ARG(f->code), (long long)f->version);
}

struct str service_draft_body(struct arena *a, struct str channel, struct fields_said_list said) {
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"channel\":");
    json_str(&b, channel);
    BUF_LIT(&b, ",\"said\":{");
    for (size_t i = 0; i < said.n; i++) {
        buf_put(&b, i ? S(",") : S(""));
        json_str(&b, said.at[i].name);
        BUF_LIT(&b, ":");
        json_str(&b, said.at[i].typed);
    }
    BUF_LIT(&b, "}}");
    return buf_str(&b);
}

/* The names of the files stand as the answers to their questions. */
static void papers_said(struct arena *a, const struct receipt_papers *papers, struct fields_said_list *said) {
    for (size_t i = 0; i < papers->all.n; i++) {
        const struct receipt_paper *p = &papers->all.at[i];
        size_t k = 0;
        while (k < said->n && !str_eq(said->at[k].name, p->field)) {
            k++;
        }
        if (k < said->n) {
            said->at[k].typed = str_format(a, "%.*s\n%.*s", STR_ARG(said->at[k].typed), STR_ARG(p->name));
        } else {
            LIST_ADD(a, said, (struct fields_said){p->field, p->name});
        }
    }
}

static struct err fill(struct db_read *db, struct service_draft *d) {
    struct arena *a = db_arena(db);
    struct str code, version;
    int64_t number = 0;
    size_t at;
    (void)str_cut(d->receipt.about, S("/"), &code, &version);
    for (size_t i = 0; i < version.len; i++) {
        number = number * 10 + (version.at[i] - '0');
    }
    TRY(service_form_load(a, code, number, &d->form));
    const struct json_value *body = json_read(a, d->receipt.body, &at);
    d->channel = json_member_text(body, "channel");
    if (body && json_member(body, "said")) {
        TRY(fields_said_of(a, json_member(body, "said"), &d->said));
    }
    TRY(receipt_papers_of(db, d->receipt.id, &d->papers));
    struct fields_said_list whole = {0};
    for (size_t i = 0; i < d->said.n; i++) {
        LIST_ADD(a, &whole, d->said.at[i]);
    }
    papers_said(a, &d->papers, &whole);
    return service_judge(db, d->form, whole, &d->state);
}

struct err service_draft_open(struct get *g, struct service_draft *d) {
    int64_t id;
    *d = (struct service_draft){0};
    TRY(path_id(g->request, S("id"), &id));
    TRY(receipt_open(g, (struct receipt_item_id){id}, &d->receipt));
    if (!str_eq(d->receipt.kind, S("service"))) {
        return FAIL(ERR_MISSING, "a receipt of another business");
    }
    return d->receipt.is_sent ? OK : fill(g->db, d);
}

struct err service_draft_open_to_write(struct post *p, struct service_draft *d) {
    int64_t id;
    *d = (struct service_draft){0};
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &d->receipt));
    if (!str_eq(d->receipt.kind, S("service"))) {
        return FAIL(ERR_MISSING, "a receipt of another business");
    }
    return d->receipt.is_sent ? OK : fill(db_reading(p->db), d);
}

struct err service_phone(struct db_read *db, const struct service_form *f, struct str *phone) {
    struct service_office_of_row *row;
    TRY(service_office_of(db, (struct service_office_of_in){.procedure = f->code}, &row));
    *phone = row ? service_setting_value(f, row->settings, S("so_truc")) : S("");
    return OK;
}

struct err service_private(struct get *g, const struct page *page, const void *view, const struct public_page *p) {
    return receipt_answer(g, page, view, p);
}
