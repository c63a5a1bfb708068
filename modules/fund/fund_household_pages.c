/* Households that were helped. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "kernel/record/bind.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"
#include "modules/place/place.h"

#include "base/banned.h"

static void household_row_add(struct get *g, struct fund_households_view *v, const struct fund_households_row *r) {
    struct str commune = fund_commune_name(g->arena, r->commune);
    struct str meta = r->place.len ? str_format(g->arena, "%.*s, %.*s", STR_ARG(r->place), STR_ARG(commune)) : commune;
    LIST_ADD(g->arena, &v->rows,
             (struct fund_row){
                 .link = link_local(g->arena, "/fund/%lld/household/%lld", (long long)v->head.id, (long long)r->id.v),
                 .title = r->name,
                 .meta = meta,
                 .right = r->paid ? fund_money(g->arena, r->paid) : fund_word_of(fund_classes, r->class)});
}

static struct err households_named(struct get *g, struct fund_households_view *v) {
    struct fund_households_named_rows rows;
    struct str low = utf8_fold(g->arena, v->q);
    TRY(fund_households_named(g->db,
                              (struct fund_households_named_in){.fund = v->head.id,
                                                                .low = low,
                                                                .high = str_format(g->arena, "%.*s~", STR_ARG(low)),
                                                                .most = FUND_ON_A_PAGE},
                              &rows));
    for (size_t i = 0; i < rows.n; i++) {
        household_row_add(g, v,
                          &(struct fund_households_row){rows.at[i].id, rows.at[i].name, rows.at[i].commune,
                                                        rows.at[i].place, rows.at[i].class, rows.at[i].paid});
    }
    return OK;
}

struct err fund_households_get(struct get *g) {
    struct fund_households_view v = {.q = str_trim(query_param(g->request, S("q")))};
    struct fund_households_rows rows;
    TRY(fund_head_fill(g, FUND_HOUSEHOLDS, &v.head));
    if (v.q.len) {
        TRY(households_named(g, &v));
        return answer_fund_households(g, &v);
    }
    TRY(fund_households(
        g->db, (struct fund_households_in){.fund = v.head.id, .before = fund_before(g), .most = FUND_ON_A_PAGE + 1},
        &rows));
    for (size_t i = 0; i < rows.n && i < FUND_ON_A_PAGE; i++) {
        household_row_add(g, &v, &rows.at[i]);
    }
    if (rows.n > FUND_ON_A_PAGE) {
        v.pages.older = link_local(g->arena, "/fund/%lld/household?before=%lld", (long long)v.head.id,
                                   (long long)rows.at[FUND_ON_A_PAGE - 1].id.v);
    }
    return answer_fund_households(g, &v);
}

static struct err household_at(struct get *g, int64_t fund, struct fund_household_find_row **row) {
    int64_t id;
    TRY(fund_id_of(g->request, "household", &id));
    TRY(fund_household_find(g->db, (struct fund_household_find_in){.id = id, .fund = fund}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such household");
}

static struct err household_all(struct get *g, struct fund_household_view *v) {
    struct fund_household_find_row *h;
    struct fund_payments_of_household_rows rows;
    TRY(fund_head_fill(g, FUND_HOUSEHOLDS, &v->head));
    TRY(household_at(g, v->head.id, &h));
    TRY(fund_payments_of_household(g->db, (struct fund_payments_of_household_in){.household = h->id.v}, &rows));
    v->id = h->id.v;
    v->name = h->name;
    v->commune = fund_commune_name(g->arena, h->commune);
    v->place = h->place;
    v->class = fund_word_of(fund_classes, h->class);
    v->note = h->note;
    for (size_t i = 0; i < rows.n; i++) {
        const struct fund_payments_of_household_row *r = &rows.at[i];
        bool is_paid = str_eq(r->state, S("paid"));
        v->paid += is_paid ? r->amount : 0;
        LIST_ADD(g->arena, &v->payments,
                 (struct fund_payment_line){
                     .link = link_local(g->arena, "/fund/%lld/payment/%lld", (long long)v->head.id, (long long)r->id.v),
                     .name = fund_word_of(fund_purposes, r->purpose),
                     .commune = r->title,
                     .state = is_paid ? S("Đã trả") : S("Chưa trả"),
                     .note = str_format(g->arena, "Quyết định %.*s", STR_ARG(r->number)),
                     .amount = r->amount,
                     .evidence = r->evidence,
                     .due_on = r->due_on,
                     .paid_on = r->paid_on,
                     .is_paid = is_paid});
    }
    return OK;
}

struct err fund_household_get(struct get *g) {
    struct fund_household_view v = {0};
    TRY(household_all(g, &v));
    return answer_fund_household(g, &v);
}

static void household_fields_add(struct get *g, struct fund_form_view *v) {
    v->communes = place_options(place_open(g->arena), g->arena);
    fund_field_add(g, v, "name", FUND_FIELD);
    fund_field_add(g, v, "commune", FUND_COMMUNE);
    fund_field_add(g, v, "place", FUND_FIELD);
    fund_field_add(g, v, "class", FUND_FIELD);
    fund_field_add(g, v, "note", FUND_FIELD);
    fund_field_add(g, v, "version", FUND_FIELD);
}

struct err fund_household_new_get(struct get *g) {
    struct fund_form_view v = {.title = S("Thêm hộ"),
                               .words = S("Chỉ ghi điều cần cho việc hỗ trợ. Tên không hiện trên trang công khai."),
                               .button = S("Thêm hộ"),
                               .form = form_begin(g->arena, fund_household_fields, g->form)};
    TRY(fund_head_fill(g, FUND_HOUSEHOLDS, &v.head));
    v.to = link_local(g->arena, "/fund/%lld/household", (long long)v.head.id);
    v.back = link_local(g->arena, "/fund/%lld/household", (long long)v.head.id);
    household_fields_add(g, &v);
    return answer_fund_form(g, &v);
}

struct err fund_household_edit_get(struct get *g) {
    struct fund_form_view v = {.title = S("Sửa hộ"), .button = S("Lưu")};
    struct fund_household_find_row *h;
    TRY(fund_head_fill(g, FUND_HOUSEHOLDS, &v.head));
    TRY(household_at(g, v.head.id, &h));
    v.form = form_begin_at(g->arena, fund_household_fields, g->form, h->version);
    h->commune = fund_commune_name(g->arena, h->commune);
    BIND_FORM(v.form, fund_household_find, h);
    v.to = link_local(g->arena, "/fund/%lld/household/%lld/edit", (long long)v.head.id, (long long)h->id.v);
    v.back = link_local(g->arena, "/fund/%lld/household/%lld", (long long)v.head.id, (long long)h->id.v);
    household_fields_add(g, &v);
    return answer_fund_form(g, &v);
}

static struct err household_words(struct post *p, struct fund_household_words *w) {
    *w = (struct fund_household_words){.name = form_text(p->form, "name"),
                                       .commune = place_field(place_open(p->arena), p->form, "commune"),
                                       .place = form_text(p->form, "place"),
                                       .class = form_text(p->form, "class"),
                                       .note = form_text(p->form, "note"),
                                       .version = form_version(p->form)};
    return form_check(p->form);
}

struct err fund_household_post(struct post *p) {
    struct fund_by by;
    struct fund_household_words w;
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(household_words(p, &w));
    TRY(fund_household_add(p->db, &by, &w, &id));
    flash(p, "Đã thêm hộ.");
    return see_other(p, "/fund/%lld/household/%lld", (long long)by.fund, (long long)id);
}

struct err fund_household_edit_post(struct post *p) {
    struct fund_by by;
    struct fund_household_words w;
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(fund_id_of(p->request, "household", &id));
    TRY(household_words(p, &w));
    TRY(fund_household_change(p->db, &by, id, &w));
    flash(p, "Đã lưu.");
    return see_other(p, "/fund/%lld/household/%lld", (long long)by.fund, (long long)id);
}
