/* Gifts: the list, one, writing one down, its receipt. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"

#include "base/banned.h"

static struct str state_words(struct str state) {
    return str_eq(state, S("owed")) ? S("Chờ trả lại") : str_eq(state, S("refunded")) ? S("Đã trả lại") : S("");
}

/* --- The list --- */
struct asked {
    struct str state, via;
    int64_t campaign;
    struct date day;
    int64_t before;
};

static struct asked asked_of(struct get *g) {
    struct asked a = {.state = query_param(g->request, S("state")), .via = query_param(g->request, S("via"))};
    if (!num_read_between(query_param(g->request, S("campaign")), 1, INT64_MAX, &a.campaign)) {
        a.campaign = 0;
    }
    if (str_eq(fund_word_of(fund_vias, a.via), a.via)) {
        a.via = S("");
    }
    fund_below(g, &a.day, &a.before);
    return a;
}

static void filters_fill(struct get *g, struct fund_gifts_view *v, const struct asked *a) {
    static const struct {
        struct str label;
        const char *query;
        struct str via, state;
    } all[] = {{S_INIT("Tất cả"), "", S_INIT(""), S_INIT("")},
               {S_INIT("Chuyển khoản"), "?via=bank", S_INIT("bank"), S_INIT("")},
               {S_INIT("Tiền mặt"), "?via=cash", S_INIT("cash"), S_INIT("")},
               {S_INIT("Hiện vật"), "?via=goods", S_INIT("goods"), S_INIT("")},
               {S_INIT("Chờ trả lại"), "?state=owed", S_INIT(""), S_INIT("owed")}};
    size_t n = sizeof all / sizeof *all;
    v->filters = (struct tabs){arena_take(g->arena, struct tab, n), n};
    for (size_t i = 0; i < n; i++) {
        v->filters.at[i] =
            (struct tab){.label = all[i].label,
                         .link = link_local(g->arena, "/fund/%lld/gift%s", (long long)v->head.id, all[i].query),
                         .is_current = !a->campaign && str_eq(a->via, all[i].via) && str_eq(a->state, all[i].state)};
    }
}

static void line_add(struct get *g, struct fund_gifts_view *v, const struct fund_gifts_row *r) {
    LIST_ADD(g->arena, &v->lines,
             (struct fund_gift_line){
                 .link = link_local(g->arena, "/fund/%lld/gift/%lld", (long long)v->head.id, (long long)r->id.v),
                 .donor = r->donor,
                 .title = r->title,
                 .via = fund_word_of(fund_vias, r->via),
                 .goods = r->goods,
                 .state = state_words(r->state),
                 .amount = r->amount,
                 .receipt_no = r->receipt_no,
                 .on = r->day_on,
                 .is_hidden = r->is_hidden});
}

/* The rows of the three queries are alike. */
#define ROW_OF(r)                                                                                                      \
    (&(struct fund_gifts_row){(r).id, (r).day_on, (r).via, (r).amount, (r).goods, (r).donor, (r).is_hidden, (r).state, \
                              (r).receipt_no, (r).title})

static struct err of_campaign(struct get *g, struct fund_gifts_view *v, const struct asked *a) {
    struct fund_gifts_of_campaign_rows rows;
    struct fund_campaign_find_row *campaign;
    TRY(fund_campaign_find(g->db, (struct fund_campaign_find_in){.id = a->campaign, .fund = v->head.id}, &campaign));
    TRY(fund_gifts_of_campaign(g->db,
                               (struct fund_gifts_of_campaign_in){.campaign = a->campaign,
                                                                  .fund = v->head.id,
                                                                  .day = a->day,
                                                                  .before = a->before,
                                                                  .most = FUND_ON_A_PAGE + 1},
                               &rows));
    for (size_t i = 0; i < rows.n; i++) {
        line_add(g, v, ROW_OF(rows.at[i]));
        v->lines.at[i].title = campaign ? campaign->title : S("");
    }
    v->words = campaign ? campaign->title : S("Ủng hộ");
    return OK;
}

static struct err of_state(struct get *g, struct fund_gifts_view *v) {
    struct fund_gifts_owed_rows rows;
    TRY(fund_gifts_owed(g->db, (struct fund_gifts_owed_in){.fund = v->head.id, .most = FUND_ON_A_PAGE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        line_add(g, v, ROW_OF(rows.at[i]));
    }
    v->words = S("Chờ trả lại");
    return OK;
}

static struct err of_all(struct get *g, struct fund_gifts_view *v, const struct asked *a) {
    struct fund_gifts_rows rows;
    TRY(fund_gifts(
        g->db,
        (struct fund_gifts_in){
            .fund = v->head.id, .day = a->day, .before = a->before, .via = a->via, .most = FUND_ON_A_PAGE + 1},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        line_add(g, v, &rows.at[i]);
    }
    v->words = S("Mới nhất ở trên");
    return OK;
}

static int64_t id_of_link(struct str link) {
    int64_t id = 0;
    size_t at = link.len;
    while (at > 0 && link.at[at - 1] != '/') {
        at--;
    }
    num_read(str_slice(link, at, link.len), &id);
    return id;
}

struct err fund_gifts_get(struct get *g) {
    struct fund_gifts_view v = {0};
    struct asked a = asked_of(g);
    TRY(fund_head_fill(g, FUND_GIFTS, &v.head));
    filters_fill(g, &v, &a);
    v.add = link_local(g->arena, "/fund/%lld/gift/new", (long long)v.head.id);
    TRY(a.campaign ? of_campaign(g, &v, &a) : str_eq(a.state, S("owed")) ? of_state(g, &v) : of_all(g, &v, &a));
    if (v.lines.n > FUND_ON_A_PAGE) {
        const struct fund_gift_line *last = &v.lines.at[FUND_ON_A_PAGE - 1];
        v.lines.n = FUND_ON_A_PAGE;
        v.pages.older = link_local(g->arena, "/fund/%lld/gift?via=%.*s&campaign=%lld&day=%.*s&before=%lld",
                                   (long long)v.head.id, STR_ARG(a.via), (long long)a.campaign,
                                   STR_ARG(date_iso(g->arena, last->on)), (long long)id_of_link(last->link.v));
    }
    return answer_fund_gifts(g, &v);
}

/* --- One --- */
static struct err entries_fill(struct get *g, struct fund_gift_view *v, int64_t about) {
    struct fund_journals_about_rows rows;
    TRY(fund_journals_about(g->db, (struct fund_journals_about_in){.about = about}, &rows));
    for (size_t i = 0; about && i < rows.n; i++) {
        struct str kind = rows.at[i].kind;
        LIST_ADD(g->arena, &v->entries,
                 (struct fund_entry_line){.on = rows.at[i].day_on,
                                          .words = rows.at[i].words,
                                          .kind = str_eq(kind, S("transfer")) ? S("Theo sao kê")
                                                  : str_eq(kind, S("gift"))   ? S("Nhận ủng hộ")
                                                  : str_eq(kind, S("refund")) ? S("Trả lại người ủng hộ")
                                                                              : S("Sửa"),
                                          .is_late = rows.at[i].is_late});
    }
    return OK;
}

static struct err gift_at(struct get *g, int64_t fund, struct fund_gift_find_row **row) {
    int64_t id;
    TRY(fund_id_of(g->request, "gift", &id));
    TRY(fund_gift_find(g->db, (struct fund_gift_find_in){.id = id, .fund = fund}, row));
    return *row && !str_eq((*row)->state, S("void")) ? OK : FAIL(ERR_MISSING, "no such gift");
}

static struct err transfer_fill(struct get *g, struct fund_gift_view *v, int64_t transfer) {
    struct fund_transfer_find_row *t;
    if (!transfer) {
        return OK;
    }
    TRY(fund_transfer_find(g->db, (struct fund_transfer_find_in){.id = transfer, .fund = v->head.id}, &t));
    if (t) {
        v->transfer = link_local(g->arena, "/fund/%lld/statement/%lld?show=all&after=%lld", (long long)v->head.id,
                                 (long long)t->statement.v, (long long)t->line_no - 1);
    }
    return OK;
}

static void gift_fill(struct fund_gift_view *v, const struct fund_gift_find_row *row) {
    v->id = row->id.v;
    v->amount = row->amount;
    v->receipt_no = row->receipt_no;
    v->version = row->version;
    v->donor = row->donor;
    v->title = row->title;
    v->via = fund_word_of(fund_vias, row->via);
    v->goods = row->goods;
    v->contact = row->contact;
    v->memo = row->memo;
    v->reason = row->reason;
    v->on = row->day_on;
    v->is_hidden = row->is_hidden;
    v->is_held = str_eq(row->state, S("held"));
    v->is_owed = str_eq(row->state, S("owed"));
    v->is_refunded = str_eq(row->state, S("refunded"));
}

struct err fund_gift_get(struct get *g) {
    struct fund_gift_view v = {0};
    struct fund_gift_find_row *row;
    struct fund_public shown;
    TRY(fund_head_fill(g, FUND_GIFTS, &v.head));
    TRY(gift_at(g, v.head.id, &row));
    gift_fill(&v, row);
    TRY(fund_gift_words_public(g->db, row->id.v, v.head.id, &shown));
    v.shown_name = shown.name;
    v.shown_memo = shown.memo;
    TRY(transfer_fill(g, &v, row->transfer));
    TRY(entries_fill(g, &v, row->transfer));
    TRY(entries_fill(g, &v, row->id.v));
    if (v.head.may_keep) {
        TRY(fund_gift_proof(g->db, v.head.id, row->salt, &v.proof, &v.proof_on));
        TRY(fund_campaign_options(g, v.head.id, &v.campaigns));
    }
    v.move = form_begin_at(g->arena, fund_move_fields, g->form, row->version);
    v.refund = form_begin(g->arena, fund_refund_fields, g->form);
    return answer_fund_gift(g, &v);
}

/* --- Writing one down --- */
struct err fund_gift_new_get(struct get *g) {
    struct fund_form_view v = {.title = S("Ghi một khoản ủng hộ"),
                               .words = S("Dùng cho tiền mặt và hiện vật; khoản chuyển khoản tự vào theo sao kê."),
                               .button = S("Ghi vào sổ"),
                               .form = form_begin(g->arena, fund_gift_fields, g->form)};
    TRY(fund_head_fill(g, FUND_GIFTS, &v.head));
    v.to = link_local(g->arena, "/fund/%lld/gift", (long long)v.head.id);
    v.back = link_local(g->arena, "/fund/%lld/gift", (long long)v.head.id);
    fund_field_add(g, &v, "donor", FUND_FIELD);
    fund_field_add(g, &v, "is_hidden", FUND_FIELD);
    fund_field_add(g, &v, "via", FUND_FIELD);
    fund_field_add(g, &v, "amount", FUND_FIELD);
    fund_field_add(g, &v, "goods", FUND_FIELD);
    fund_field_add(g, &v, "day_on", FUND_FIELD);
    fund_field_add(g, &v, "campaign", FUND_PICK);
    TRY(fund_campaign_options(g, v.head.id, &v.fields.at[v.fields.n - 1].options));
    fund_field_add(g, &v, "contact", FUND_FIELD);
    fund_field_add(g, &v, "memo", FUND_FIELD);
    return answer_fund_form(g, &v);
}

struct err fund_gift_post(struct post *p) {
    struct fund_by by;
    const struct form *f = p->form;
    int64_t id;
    struct date on = form_date(f, "day_on");
    TRY(fund_by_of(p, &by));
    TRY(fund_gift_add(p->db, &by,
                      &(struct fund_gift_words){.campaign = form_id(f, "campaign"),
                                                .on = on.year ? on : clock_today(),
                                                .via = form_text(f, "via"),
                                                .amount = form_number(f, "amount"),
                                                .goods = form_text(f, "goods"),
                                                .donor = form_text(f, "donor"),
                                                .donor_kind = S("unknown"),
                                                .contact = form_text(f, "contact"),
                                                .memo = form_text(f, "memo"),
                                                .is_hidden = form_flag(f, "is_hidden")},
                      &id));
    flash(p, "Đã ghi vào sổ.");
    return see_other(p, "/fund/%lld/gift/%lld", (long long)by.fund, (long long)id);
}

/* --- Acts on one --- */
static struct err gift_of(struct post *p, struct fund_by *by, int64_t *id) {
    TRY(fund_by_of(p, by));
    return fund_id_of(p->request, "gift", id);
}

static struct err back_to(struct post *p, const struct fund_by *by, int64_t id) {
    return see_other(p, "/fund/%lld/gift/%lld", (long long)by->fund, (long long)id);
}

struct err fund_gift_showing_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(gift_of(p, &by, &id));
    TRY(fund_gift_show(p->db, &by, id, form_flag(p->form, "hide"), form_version(p->form)));
    flash(p, "Đã đổi; trang công khai theo ngay, bản tải về theo ở lần công bố sau.");
    return back_to(p, &by, id);
}

struct err fund_gift_campaign_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(gift_of(p, &by, &id));
    TRY(fund_gift_move(p->db, &by, id, form_id(p->form, "campaign"), form_version(p->form)));
    flash(p, "Đã chuyển sang đợt khác.");
    return back_to(p, &by, id);
}

struct err fund_gift_refund_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(gift_of(p, &by, &id));
    TRY(fund_gift_refund(p->db, &by, id, form_text(p->form, "via"), form_text(p->form, "reason")));
    flash(p, "Đã ghi việc trả lại.");
    return back_to(p, &by, id);
}

struct err fund_gift_receipt_post(struct post *p) {
    struct fund_by by;
    int64_t id, number;
    TRY(gift_of(p, &by, &id));
    TRY(fund_gift_receipt(p->db, &by, id, &number));
    return see_other(p, "/fund/%lld/gift/%lld/receipt", (long long)by.fund, (long long)id);
}

struct err fund_gift_receipt_get(struct get *g) {
    struct fund_head head;
    struct fund_gift_find_row *row;
    struct fund_receipt_view v = {.today = clock_today()};
    struct date proof_on;
    TRY(fund_head_fill(g, FUND_GIFTS, &head));
    TRY(gift_at(g, head.id, &row));
    if (!row->receipt_no || !head.may_keep) {
        return FAIL(ERR_MISSING, "no receipt was given");
    }
    v.fund = head.name;
    v.donor = row->donor;
    v.title = row->title;
    v.via = fund_word_of(fund_vias, row->via);
    v.goods = row->goods;
    v.words = fund_amount_words(g->arena, row->amount);
    v.number = str_format(g->arena, "%lld/%d", (long long)row->receipt_no, row->day_on.year);
    v.contact = row->contact;
    v.amount = row->amount;
    v.on = row->day_on;
    v.is_hidden = row->is_hidden;
    v.back = link_local(g->arena, "/fund/%lld/gift/%lld", (long long)head.id, (long long)row->id.v);
    TRY(fund_gift_proof(g->db, head.id, row->salt, &v.proof, &proof_on));
    return answer_fund_receipt(g, &v);
}

/* --- A sum in words --- */
enum { TEN = 10, HUNDRED = 100, THOUSAND = 1000, GROUPS = 7 };

static const char *const digits[] = {"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};

static void ones_put(struct buf *b, int64_t tens, int64_t ones) {
    const char *word = ones == 1 && tens > 1 ? "mốt" : ones == 5 && tens > 0 ? "lăm" : digits[ones];
    if (ones) {
        buf_printf(b, " %s", word);
    }
}

/* Three digits; is_first: nothing stands before them, so hundreds that are nought are not said. */
static void group_put(struct buf *b, int64_t n, bool is_first) {
    int64_t hundreds = n / HUNDRED, tens = n / TEN % TEN, ones = n % TEN;
    if (hundreds || !is_first) {
        buf_printf(b, " %s trăm", digits[hundreds]);
    }
    if (tens > 1) {
        buf_printf(b, " %s mươi", digits[tens]);
    } else if (tens == 1) {
        BUF_LIT(b, " mười");
    } else if (ones && (hundreds || !is_first)) {
        BUF_LIT(b, " linh");
    }
    ones_put(b, tens, ones);
}

struct str fund_amount_words(struct arena *a, int64_t amount) {
    static const char *const names[GROUPS] = {"", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ", " tỷ tỷ"};
    int64_t groups[GROUPS] = {0};
    struct buf b = buf_in(a);
    bool is_first = true;
    for (int i = 0; i < GROUPS && amount > 0; i++) {
        groups[i] = amount % THOUSAND;
        amount /= THOUSAND;
    }
    for (int i = GROUPS - 1; i >= 0; i--) {
        if (groups[i]) {
            group_put(&b, groups[i], is_first);
            buf_printf(&b, "%s", names[i]);
            is_first = false;
        }
    }
    BUF_LIT(&b, " đồng");
    return utf8_capital(a, str_trim(buf_str(&b)));
}
