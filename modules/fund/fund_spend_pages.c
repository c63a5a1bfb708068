/* Decisions, payments with what shows them. */
#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/file/file.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"
#include "modules/task/task_part.h"
#include "modules/thread/thread.h"

#include "base/banned.h"

enum { PICKED = 300 };

/* --- Decisions --- */
static void decision_filters(struct get *g, struct fund_decisions_view *v, struct str state) {
    static const struct fund_word all[] = {{S_INIT(""), S_INIT("Tất cả")},
                                           {S_INIT("draft"), S_INIT("Chờ duyệt")},
                                           {S_INIT("approved"), S_INIT("Đã duyệt")}};
    size_t n = sizeof all / sizeof *all;
    v->filters = (struct tabs){arena_take(g->arena, struct tab, n), n};
    for (size_t i = 0; i < n; i++) {
        v->filters.at[i] = (struct tab){
            .label = all[i].words,
            .link = link_local(g->arena, "/fund/%lld/decision?state=%.*s", (long long)v->head.id, STR_ARG(all[i].code)),
            .is_current = str_eq(state, all[i].code)};
    }
}

static struct err decisions_all(struct get *g, struct fund_decisions_view *v) {
    struct fund_decisions_rows rows;
    struct str state = query_param(g->request, S("state"));
    state = str_eq(state, S("draft")) || str_eq(state, S("approved")) ? state : S("");
    TRY(fund_head_fill(g, FUND_DECISIONS, &v->head));
    decision_filters(g, v, state);
    TRY(fund_decisions(g->db,
                       (struct fund_decisions_in){
                           .fund = v->head.id, .before = fund_before(g), .state = state, .most = FUND_ON_A_PAGE + 1},
                       &rows));
    for (size_t i = 0; i < rows.n && i < FUND_ON_A_PAGE; i++) {
        const struct fund_decisions_row *r = &rows.at[i];
        bool is_draft = str_eq(r->state, S("draft"));
        LIST_ADD(g->arena, &v->rows,
                 (struct fund_row){.link = link_local(g->arena, "/fund/%lld/decision/%lld", (long long)v->head.id,
                                                      (long long)r->id.v),
                                   .title = str_format(g->arena, "%.*s: %.*s", STR_ARG(r->number), STR_ARG(r->words)),
                                   .meta = str_format(g->arena, "%.*s · %lld hộ, đã trả %lld", STR_ARG(r->title),
                                                      (long long)r->n, (long long)r->paid),
                                   .note = is_draft ? S("Chờ duyệt") : S(""),
                                   .right = fund_money(g->arena, r->sum),
                                   .on = r->day_on,
                                   .is_soon = is_draft,
                                   .is_done = !is_draft && r->paid == r->n});
    }
    if (rows.n > FUND_ON_A_PAGE) {
        v->pages.older = link_local(g->arena, "/fund/%lld/decision?state=%.*s&before=%lld", (long long)v->head.id,
                                    STR_ARG(state), (long long)rows.at[FUND_ON_A_PAGE - 1].id.v);
    }
    return OK;
}

struct err fund_decisions_get(struct get *g) {
    struct fund_decisions_view v = {0};
    TRY(decisions_all(g, &v));
    return answer_fund_decisions(g, &v);
}

static struct err households_pick(struct get *g, int64_t fund, struct pick_options *out) {
    struct fund_households_rows rows;
    TRY(fund_households(g->db, (struct fund_households_in){.fund = fund, .before = INT64_MAX, .most = PICKED}, &rows));
    *out = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        out->at[i] = (struct pick_option){
            .id = rows.at[i].id.v, .label = rows.at[i].name, .note = fund_commune_name(g->arena, rows.at[i].commune)};
    }
    return OK;
}

/* A household that another decision helped within a year is said, not refused. */
static struct err twice_words(struct get *g, int64_t household, int64_t decision, struct date on, struct str *words) {
    struct fund_payment_double_row *other;
    struct date since = {(int16_t)(on.year - 1), on.month, 1};
    TRY(fund_payment_double(
        g->db, (struct fund_payment_double_in){.household = household, .decision = decision, .since = since}, &other));
    *words = other ? str_format(g->arena, "Trong 12 tháng đã có ở quyết định %.*s (%.*s)", STR_ARG(other->number),
                                STR_ARG(other->title))
                   : S("");
    return OK;
}

static struct err payments_fill(struct get *g, struct fund_decision_view *v) {
    struct fund_payments_of_decision_rows rows;
    struct date today = clock_today();
    TRY(fund_payments_of_decision(g->db, (struct fund_payments_of_decision_in){.decision = v->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct fund_payments_of_decision_row *r = &rows.at[i];
        bool is_paid = str_eq(r->state, S("paid"));
        struct fund_payment_line *l = LIST_PUSH(g->arena, &v->payments);
        *l = (struct fund_payment_line){
            .link = link_local(g->arena, "/fund/%lld/payment/%lld", (long long)v->head.id, (long long)r->id.v),
            .name = r->name,
            .commune = fund_commune_name(g->arena, r->commune),
            .state = is_paid       ? S("Đã trả")
                     : v->is_draft ? S("Chờ duyệt")
                                   : S("Chờ trả"),
            .amount = r->amount,
            .evidence = r->evidence,
            .due_on = r->due_on,
            .paid_on = r->paid_on,
            .is_paid = is_paid,
            .is_late = !is_paid && !v->is_draft && date_cmp(r->due_on, today) < 0};
        v->sum += r->amount;
        v->paid += is_paid ? r->amount : 0;
        if (v->is_draft) {
            TRY(twice_words(g, r->household.v, v->id, v->on, &l->note));
        }
    }
    return OK;
}

static struct err decision_all(struct get *g, struct fund_decision_view *v) {
    struct fund_decision_find_row *d;
    struct fund_campaign_left_row *left;
    int64_t id;
    TRY(fund_head_fill(g, FUND_DECISIONS, &v->head));
    TRY(fund_id_of(g->request, "decision", &id));
    TRY(fund_decision_find(g->db, (struct fund_decision_find_in){.id = id, .fund = v->head.id}, &d));
    if (!d) {
        return FAIL(ERR_MISSING, "no such decision");
    }
    TRY(fund_campaign_left(g->db, (struct fund_campaign_left_in){.campaign = d->campaign.v}, &left));
    v->id = id;
    v->number = d->number;
    v->title = d->title;
    v->purpose = fund_word_of(fund_purposes, d->purpose);
    v->words = d->words;
    v->on = d->day_on;
    v->is_draft = str_eq(d->state, S("draft"));
    v->approved_at = d->approved_at;
    v->left = left->received - left->spent - left->promised;
    TRY(payments_fill(g, v));
    v->may_sign = v->is_draft && v->head.may_approve && v->payments.n > 0;
    TRY(households_pick(g, v->head.id, &v->households));
    TRY(task_items_fill(g, S("fund"), id, &v->tasks));
    TRY(thread_fill(g, &(struct thread_asked){.kind = S("fund"), .record = id}, &v->thread));
    v->opinion = link_local(g->arena, "/thread/opinion?kind=fund&record=%lld", (long long)id);
    return OK;
}

struct err fund_decision_get(struct get *g) {
    struct fund_decision_view v = {.add = form_begin(g->arena, fund_add_fields, g->form)};
    TRY(decision_all(g, &v));
    return answer_fund_decision(g, &v);
}

struct err fund_decision_new_get(struct get *g) {
    struct fund_form_view v = {.title = S("Lập quyết định chi"),
                               .button = S("Lập quyết định"),
                               .form = form_begin(g->arena, fund_decision_fields, g->form)};
    TRY(fund_head_fill(g, FUND_DECISIONS, &v.head));
    v.to = link_local(g->arena, "/fund/%lld/decision", (long long)v.head.id);
    v.back = link_local(g->arena, "/fund/%lld/decision", (long long)v.head.id);
    fund_field_add(g, &v, "number", FUND_FIELD);
    fund_field_add(g, &v, "day_on", FUND_FIELD);
    fund_field_add(g, &v, "campaign", FUND_PICK);
    struct pick_options *options = &v.fields.at[v.fields.n - 1].options;
    TRY(fund_campaign_options(g, v.head.id, options));
    for (size_t i = 0; i < options->n; i++) {
        struct str asked = query_param(g->request, S("campaign"));
        options->at[i].is_chosen = str_eq(asked, str_format(g->arena, "%lld", (long long)options->at[i].id));
    }
    fund_field_add(g, &v, "purpose", FUND_FIELD);
    fund_field_add(g, &v, "words", FUND_FIELD);
    return answer_fund_form(g, &v);
}

struct err fund_decision_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(fund_decision_add(p->db, &by,
                          &(struct fund_decision_words){.campaign = form_id(p->form, "campaign"),
                                                        .number = form_text(p->form, "number"),
                                                        .purpose = form_text(p->form, "purpose"),
                                                        .words = form_text(p->form, "words"),
                                                        .on = form_date(p->form, "day_on")},
                          &id));
    flash(p, "Đã lập. Thêm các hộ, rồi lãnh đạo duyệt.");
    return see_other(p, "/fund/%lld/decision/%lld", (long long)by.fund, (long long)id);
}

struct err fund_decision_household_post(struct post *p) {
    struct fund_by by;
    int64_t decision, id;
    TRY(fund_by_of(p, &by));
    TRY(fund_id_of(p->request, "decision", &decision));
    TRY(fund_payment_add(p->db, &by,
                         &(struct fund_payment_words){.decision = decision,
                                                      .household = form_id(p->form, "household"),
                                                      .amount = form_number(p->form, "amount"),
                                                      .due_on = form_date(p->form, "due_on")},
                         &id));
    flash(p, "Đã thêm hộ vào quyết định.");
    return see_other(p, "/fund/%lld/decision/%lld", (long long)by.fund, (long long)decision);
}

struct err fund_decision_approval_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(fund_id_of(p->request, "decision", &id));
    TRY(fund_decision_sign(p->db, &by, id));
    flash(p, "Đã duyệt chi.");
    return see_other(p, "/fund/%lld/decision/%lld", (long long)by.fund, (long long)id);
}

/* --- Payments --- */
static struct err transfers_fill(struct get *g, struct fund_payment_view *v) {
    struct fund_transfers_payout_rows rows;
    TRY(fund_transfers_payout(g->db, (struct fund_transfers_payout_in){.fund = v->head.id}, &rows));
    v->transfers.at = arena_take(g->arena, struct pick_option, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        int64_t left = rows.at[i].amount - rows.at[i].used;
        if (left >= v->amount) {
            struct pick_option option = {.id = rows.at[i].id.v,
                                         .label = str_format(g->arena, "%.*s, còn %.*s",
                                                             STR_ARG(date_vi(g->arena, rows.at[i].day_on)),
                                                             STR_ARG(fund_money(g->arena, left))),
                                         .note = rows.at[i].memo,
                                         .is_chosen = left == v->amount && !v->transfers.n};
            v->transfers.at[v->transfers.n++] = option;
        }
    }
    return OK;
}

static struct err files_fill(struct get *g, struct fund_payment_view *v) {
    struct fund_evidences_rows rows;
    TRY(fund_evidences(g->db, (struct fund_evidences_in){.payment = v->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(
            g->arena, &v->files,
            (struct file_chip){.name = rows.at[i].name,
                               .link = link_local(g->arena, "/fund/%lld/payment/%lld/file/%lld", (long long)v->head.id,
                                                  (long long)v->id, (long long)rows.at[i].id.v),
                               .size = rows.at[i].size});
    }
    return OK;
}

static struct err payment_all(struct get *g, struct fund_payment_view *v) {
    struct fund_payment_find_row *p;
    int64_t id;
    TRY(fund_head_fill(g, FUND_DECISIONS, &v->head));
    TRY(fund_id_of(g->request, "payment", &id));
    TRY(fund_payment_find(g->db, (struct fund_payment_find_in){.id = id, .fund = v->head.id}, &p));
    if (!p) {
        return FAIL(ERR_MISSING, "no such payment");
    }
    v->id = id;
    v->amount = p->amount;
    v->decision = p->decision.v;
    v->name = p->name;
    v->commune = fund_commune_name(g->arena, p->commune);
    v->place = p->place;
    v->class = fund_word_of(fund_classes, p->class);
    v->number = p->number;
    v->title = p->title;
    v->purpose = fund_word_of(fund_purposes, p->purpose);
    v->via = fund_word_of(fund_vias, p->via);
    v->due_on = p->due_on;
    v->paid_on = p->paid_on;
    v->is_planned = str_eq(p->state, S("planned"));
    v->is_paid = !v->is_planned;
    v->is_approved = str_eq(p->decision_state, S("approved"));
    v->is_late = v->is_planned && v->is_approved && date_cmp(p->due_on, clock_today()) < 0;
    v->household = link_local(g->arena, "/fund/%lld/household/%lld", (long long)v->head.id, (long long)p->household.v);
    v->bank = form_begin(g->arena, fund_transfer_fields, g->form);
    v->cash = form_begin(g->arena, fund_cash_fields, g->form);
    v->evidence = form_begin(g->arena, fund_evidence_fields, g->form);
    TRY(transfers_fill(g, v));
    TRY(files_fill(g, v));
    return OK;
}

struct err fund_payment_get(struct get *g) {
    struct fund_payment_view v = {0};
    TRY(payment_all(g, &v));
    return answer_fund_payment(g, &v);
}

static struct err payment_of(struct post *p, struct fund_by *by, int64_t *id) {
    TRY(fund_by_of(p, by));
    return fund_id_of(p->request, "payment", id);
}

static struct err payment_back(struct post *p, const struct fund_by *by, int64_t id) {
    return see_other(p, "/fund/%lld/payment/%lld", (long long)by->fund, (long long)id);
}

struct err fund_payment_transfer_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(payment_of(p, &by, &id));
    TRY(fund_payment_make(
        p->db, &by, &(struct fund_payout){.payment = id, .transfer = form_id(p->form, "transfer"), .via = S("bank")}));
    flash(p, "Đã gắn với dòng trên sao kê.");
    return payment_back(p, &by, id);
}

struct err fund_payment_handing_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(payment_of(p, &by, &id));
    TRY(fund_payment_make(
        p->db, &by,
        &(struct fund_payout){.payment = id, .via = form_text(p->form, "via"), .on = form_date(p->form, "paid_on")}));
    flash(p, "Đã ghi là đã trả.");
    return payment_back(p, &by, id);
}

struct err fund_payment_removal_post(struct post *p) {
    struct fund_by by;
    struct fund_payment_find_row *row;
    int64_t id;
    TRY(payment_of(p, &by, &id));
    TRY(fund_payment_find(db_reading(p->db), (struct fund_payment_find_in){.id = id, .fund = by.fund}, &row));
    TRY(fund_payment_drop(p->db, &by, id));
    flash(p, "Đã bỏ hộ ra khỏi quyết định.");
    return see_other(p, "/fund/%lld/decision/%lld", (long long)by.fund, (long long)row->decision.v);
}

struct err fund_payment_evidence_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    const struct form_value *files = form_value(p->form, "file");
    TRY(payment_of(p, &by, &id));
    if (!files->uploads.n) {
        return REFUSE(ERR_INVALID, "file", "Chưa chọn tệp.");
    }
    for (size_t i = 0; i < files->uploads.n; i++) {
        struct file_blob_id file;
        TRY(file_keep(p->db, p->arena, files->uploads.at[i], &file));
        TRY(fund_evidence_add(p->db, &by, id, file.v, file_name_clean(p->arena, files->uploads.at[i]->name)));
    }
    flash(p, "Đã đính minh chứng.");
    return payment_back(p, &by, id);
}

struct err fund_payment_file_get(struct get *g) {
    struct fund_head head;
    struct fund_evidence_find_row *row;
    struct file file;
    int64_t payment, id;
    TRY(fund_head_fill(g, FUND_DECISIONS, &head));
    TRY(fund_id_of(g->request, "payment", &payment));
    TRY(fund_id_of(g->request, "file", &id));
    TRY(fund_evidence_find(g->db, (struct fund_evidence_find_in){.id = id, .payment = payment, .fund = head.id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such file");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, false);
}
