/* The rows behind the sums of a fund's first page. */
#include "base/arena.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"
#include "modules/place/place.h"

#include "base/banned.h"

static void transfer_add(struct get *g, struct fund_list_view *v, const struct fund_transfers_unclear_row *r) {
    LIST_ADD(g->arena, &v->rows,
             (struct fund_row){.link = link_local(g->arena, "/fund/%lld/statement/%lld?show=all&after=%lld",
                                                  (long long)v->head.id, (long long)r->statement.v,
                                                  (long long)r->line_no - 1),
                               .title = r->memo,
                               .right = fund_money(g->arena, r->amount),
                               .on = r->day_on});
}

static struct err unclear_fill(struct get *g, struct fund_list_view *v, int64_t *last) {
    struct fund_transfers_unclear_rows rows;
    v->title = S("Tiền vào chưa rõ");
    TRY(fund_transfers_unclear(
        g->db, (struct fund_transfers_unclear_in){.fund = v->head.id, .before = fund_before(g), .most = FUND_ON_A_PAGE},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        transfer_add(g, v, &rows.at[i]);
        *last = rows.at[i].id.v;
    }
    return OK;
}

static struct err untied_fill(struct get *g, struct fund_list_view *v, int64_t *last) {
    struct fund_transfers_untied_rows rows;
    v->title = S("Đã chuyển đi, chờ gắn với hộ");
    TRY(fund_transfers_untied(
        g->db, (struct fund_transfers_untied_in){.fund = v->head.id, .before = fund_before(g), .most = FUND_ON_A_PAGE},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        transfer_add(g, v,
                     &(struct fund_transfers_unclear_row){rows.at[i].id, rows.at[i].statement, rows.at[i].line_no,
                                                          rows.at[i].day_on, rows.at[i].memo, rows.at[i].amount});
        *last = rows.at[i].id.v;
    }
    return OK;
}

static struct err spent_fill(struct get *g, struct fund_list_view *v, int64_t *last) {
    struct fund_payments_paid_rows rows;
    v->title = S("Đã chi hỗ trợ");
    TRY(fund_payments_paid(
        g->db, (struct fund_payments_paid_in){.fund = v->head.id, .before = fund_before(g), .most = FUND_ON_A_PAGE},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->rows,
                 (struct fund_row){.link = link_local(g->arena, "/fund/%lld/payment/%lld", (long long)v->head.id,
                                                      (long long)rows.at[i].id.v),
                                   .title = rows.at[i].name,
                                   .meta = rows.at[i].number,
                                   .right = fund_money(g->arena, rows.at[i].amount),
                                   .on = rows.at[i].paid_on,
                                   .is_done = true});
        *last = rows.at[i].id.v;
    }
    return OK;
}

struct err fund_list_get(struct get *g) {
    struct fund_list_view v = {0};
    struct str of = query_param(g->request, S("of"));
    int64_t last = 0;
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    of = str_eq(of, S("unclear")) || str_eq(of, S("paying")) ? of : S("spent");
    TRY(str_eq(of, S("unclear"))  ? unclear_fill(g, &v, &last)
        : str_eq(of, S("paying")) ? untied_fill(g, &v, &last)
                                  : spent_fill(g, &v, &last));
    if (v.rows.n == FUND_ON_A_PAGE) {
        v.pages.older = link_local(g->arena, "/fund/%lld/list?of=%.*s&before=%lld", (long long)v.head.id, STR_ARG(of),
                                   (long long)last);
    }
    return answer_fund_list(g, &v);
}

/* --- Where it was spent --- */
struct err fund_communes_fill(struct db_read *db, int64_t campaign, struct fund_commune_line **at, size_t *n) {
    struct fund_payments_public_rows rows;
    struct arena *a = db_arena(db);
    const struct place_index *places = place_open(a);
    LIST(struct fund_commune_line) lines = {0};
    struct fund_commune_line unplaced = {.commune = S("Toàn thành phố")};
    TRY(fund_payments_public(db, (struct fund_payments_public_in){.campaign = campaign}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct place_commune *c = place_commune(places, rows.at[i].commune);
        struct fund_commune_line line = {.commune = c ? c->full : S("Nơi khác"),
                                         .purpose = fund_word_of(fund_purposes, rows.at[i].purpose),
                                         .n = rows.at[i].n,
                                         .sum = rows.at[i].sum,
                                         .shown = rows.at[i].shown,
                                         .last_on = rows.at[i].last_on};
        if (!str_eq(rows.at[i].purpose, S("health"))) {
            LIST_ADD(a, &lines, line);
            continue;
        }
        unplaced.purpose = line.purpose;
        unplaced.n += line.n;
        unplaced.sum += line.sum;
        unplaced.shown += line.shown;
        unplaced.last_on = date_cmp(line.last_on, unplaced.last_on) > 0 ? line.last_on : unplaced.last_on;
    }
    if (unplaced.n) {
        LIST_ADD(a, &lines, unplaced);
    }
    *at = lines.at;
    *n = lines.n;
    return OK;
}
