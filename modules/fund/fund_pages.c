/* Funds, campaigns, accounts, the books; routes are in fund_routes.c. */
#include "modules/fund/fund_pages.h"

#include "base/arena.h"
#include "base/num.h"
#include "kernel/db/db.h"
#include "kernel/queue/job.h"
#include "kernel/record/bind.h"
#include "kernel/rights/access.h"
#include "modules/fund/fund_ledger.h"
#include "modules/fund/fund_pages_gen.h"
#include "modules/place/place.h"

#include "base/banned.h"

enum { JOURNALS = 30, PUBLICATIONS = 3 };
static const struct date last_day = {9999, 12, 31};

/* --- What all pages share --- */
struct err fund_id_of(struct request *r, const char *name, int64_t *id) {
    return path_id(r, str_of(name), id);
}

static void tabs_fill(struct get *g, enum fund_tab tab, struct fund_head *head) {
    static const struct {
        struct str label;
        const char *path;
    } all[FUND_TABS] = {{S_INIT("Tổng quan"), ""},
                        {S_INIT("Ủng hộ"), "/gift"},
                        {S_INIT("Sao kê"), "/statement"},
                        {S_INIT("Quyết định chi"), "/decision"},
                        {S_INIT("Hộ được hỗ trợ"), "/household"},
                        {S_INIT("Sổ cái"), "/book"}};
    head->tabs = (struct tabs){arena_take(g->arena, struct tab, FUND_TABS), FUND_TABS};
    for (int i = 0; i < FUND_TABS; i++) {
        head->tabs.at[i] = (struct tab){.label = all[i].label,
                                        .link = link_local(g->arena, "/fund/%lld%s", (long long)head->id, all[i].path),
                                        .is_current = i == (int)tab};
    }
}

struct err fund_head_fill(struct get *g, enum fund_tab tab, struct fund_head *head) {
    struct fund_find_row *fund;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(fund_find(g->db, (struct fund_find_in){.id = id, .post = g->who->post.v}, &fund));
    if (!fund) {
        return FAIL(ERR_MISSING, "no such fund for this post");
    }
    head->id = id;
    head->name = fund->name;
    TRY(access_can(g->db, id, g->who->post.v, CAN_MANAGE, &head->may_keep));
    TRY(access_can(g->db, id, g->who->post.v, CAN_APPROVE, &head->may_approve));
    tabs_fill(g, tab, head);
    return OK;
}

struct err fund_by_of(struct post *p, struct fund_by *by) {
    struct fund_find_row *fund;
    *by = (struct fund_by){.who = p->who};
    TRY(path_id(p->request, S("id"), &by->fund));
    TRY(fund_find(db_reading(p->db), (struct fund_find_in){.id = by->fund, .post = p->who->post.v}, &fund));
    return fund ? OK : FAIL(ERR_MISSING, "no such fund for this post");
}

struct err fund_campaign_options(struct get *g, int64_t fund, struct pick_options *out) {
    struct fund_campaigns_rows rows;
    TRY(fund_campaigns(g->db, (struct fund_campaigns_in){.fund = fund}, &rows));
    *out = (struct pick_options){arena_take(g->arena, struct pick_option, rows.n + 1), rows.n};
    for (size_t i = 0; i < rows.n; i++) {
        out->at[i] = (struct pick_option){.id = rows.at[i].id.v, .label = rows.at[i].title, .note = rows.at[i].code};
    }
    return OK;
}

void fund_field_add(struct get *g, struct fund_form_view *v, const char *name, enum fund_field_kind kind) {
    LIST_ADD(g->arena, &v->fields, (struct fund_field){.name = name, .kind = kind});
}

void fund_below(struct get *g, struct date *day, int64_t *before) {
    *before = fund_before(g);
    if (!date_read_iso(query_param(g->request, S("day")), day)) {
        *day = last_day;
    }
}

int64_t fund_before(struct get *g) {
    int64_t before;
    return num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before) ? before : INT64_MAX;
}

struct str fund_commune_name(struct arena *a, struct str code) {
    const struct place_commune *c = place_commune(place_open(a), code);
    return c ? c->full : code;
}

/* --- Funds --- */
static struct err box_fill(struct get *g, struct fund_index_view *v, size_t box) {
    struct waiting_lines lines = {0};
    TRY(fund_waiting[0].lines(g->db, g->who, box, clock_today(), FUND_WAITING_MOST, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        const struct waiting_line *l = &lines.at[i];
        LIST_ADD(g->arena, &v->rows,
                 (struct fund_row){.link = l->link,
                                   .title = l->title,
                                   .meta = str_format(g->arena, "%.*s%s%.*s", STR_ARG(l->number),
                                                      l->from.len ? " · " : "", STR_ARG(l->from)),
                                   .right = l->due_words.len ? l->due_words : l->what,
                                   .on = l->due_on,
                                   .is_late = l->is_late,
                                   .is_soon = l->is_soon});
    }
    v->box = fund_waiting[0].boxes[box].title;
    return answer_fund_index(g, v);
}

struct err fund_index_get(struct get *g) {
    static const char *const names[] = {"sign", "pay", "show"};
    struct fund_index_view v = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(query_param(g->request, S("box")), str_of(names[i]))) {
            return box_fill(g, &v, i);
        }
    }
    struct fund_mine_rows rows;
    TRY(fund_mine(g->db, (struct fund_mine_in){.post = g->who->post.v}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.rows,
                 (struct fund_row){.link = link_record(g->arena, S("/fund/"), rows.at[i].id.v, S("")),
                                   .title = rows.at[i].name,
                                   .meta = rows.at[i].about});
    }
    return answer_fund_index(g, &v);
}

static struct err place_go(struct get *g, int64_t id) {
    struct fund_place_of_row *place;
    struct fund_find_row *fund;
    TRY(fund_place_of(g->db, (struct fund_place_of_in){.id = id}, &place));
    if (!place) {
        return FAIL(ERR_MISSING, "no such fund");
    }
    TRY(fund_find(g->db, (struct fund_find_in){.id = place->fund.v, .post = g->who->post.v}, &fund));
    return fund ? see_other_get(g, "/fund/%lld/%.*s/%lld", (long long)fund->id.v, STR_ARG(place->what), (long long)id)
                : FAIL(ERR_MISSING, "no such fund for this post");
}

static void balance_put(struct fund_show_view *v, struct str account, int64_t debit, int64_t credit) {
    const struct {
        const char *account;
        int64_t *to;
        int64_t amount;
    } all[] = {{"bank", &v->bank, debit - credit},   {"cash", &v->cash, debit - credit},
               {"goods", &v->goods, debit - credit}, {"gifts", &v->received, credit - debit},
               {"spent", &v->spent, debit - credit}, {"unclear", &v->unclear, credit - debit},
               {"owed", &v->owed, credit - debit},   {"paying", &v->paying, debit - credit}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(account, str_of(all[i].account))) {
            *all[i].to = all[i].amount;
        }
    }
    v->held += fund_account_is_held(account) ? debit - credit : 0;
}

static struct err money_fill(struct get *g, struct fund_show_view *v) {
    struct fund_balances_rows rows;
    struct fund_accounts_rows accounts;
    TRY(fund_balances(g->db, (struct fund_balances_in){.fund = v->head.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        balance_put(v, rows.at[i].account, rows.at[i].debit, rows.at[i].credit);
    }
    TRY(fund_accounts(g->db, (struct fund_accounts_in){.fund = v->head.id}, &accounts));
    for (size_t i = 0; i < accounts.n; i++) {
        LIST_ADD(g->arena, &v->accounts,
                 (struct fund_account_line){.bank = accounts.at[i].bank,
                                            .number = accounts.at[i].number,
                                            .held = accounts.at[i].held,
                                            .balance = accounts.at[i].balance,
                                            .balance_on = accounts.at[i].balance_on,
                                            .is_same = accounts.at[i].held == accounts.at[i].balance});
    }
    return OK;
}

static struct err campaigns_fill(struct get *g, struct fund_show_view *v) {
    struct fund_campaigns_rows rows;
    struct fund_sums_by_campaign_rows sums;
    struct date today = clock_today();
    TRY(fund_campaigns(g->db, (struct fund_campaigns_in){.fund = v->head.id}, &rows));
    TRY(fund_sums_by_campaign(g->db, (struct fund_sums_by_campaign_in){.fund = v->head.id}, &sums));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t in = 0, out = 0;
        for (size_t k = 0; k < sums.n; k++) {
            bool is_it = sums.at[k].campaign == rows.at[i].id.v;
            bool is_in = str_eq(sums.at[k].account, S("gifts"));
            in += is_it && is_in ? sums.at[k].credit - sums.at[k].debit : 0;
            out += is_it && !is_in ? sums.at[k].debit - sums.at[k].credit : 0;
        }
        bool is_over = rows.at[i].until_on.year && date_cmp(rows.at[i].until_on, today) < 0;
        LIST_ADD(
            g->arena, &v->campaigns,
            (struct fund_row){.link = link_local(g->arena, "/fund/%lld/campaign/%lld", (long long)v->head.id,
                                                 (long long)rows.at[i].id.v),
                              .title = rows.at[i].title,
                              .meta = str_format(g->arena, "nhận %.*s · chi %.*s", STR_ARG(fund_money(g->arena, in)),
                                                 STR_ARG(fund_money(g->arena, out))),
                              .right = is_over ? S("Đã kết thúc") : S("Đang nhận"),
                              .on = rows.at[i].until_on,
                              .is_done = is_over});
    }
    return OK;
}

static struct err publications_fill(struct get *g, struct fund_show_view *v) {
    struct fund_publications_rows rows;
    TRY(fund_publications(g->db, (struct fund_publications_in){.fund = v->head.id, .most = PUBLICATIONS}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v->publications,
                 (struct fund_publication_line){.link = link_local(g->arena, "/fund/public/%lld/file/%lld",
                                                                   (long long)v->head.id, (long long)rows.at[i].id.v),
                                                .on = rows.at[i].day_on,
                                                .root = rows.at[i].root,
                                                .n = rows.at[i].n,
                                                .sum = rows.at[i].sum});
    }
    return OK;
}

struct err fund_show_get(struct get *g) {
    struct fund_show_view v = {0};
    struct fund_any_row *fund;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(fund_any(g->db, (struct fund_any_in){.id = id}, &fund));
    if (!fund) {
        return place_go(g, id);
    }
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    TRY(money_fill(g, &v));
    TRY(campaigns_fill(g, &v));
    TRY(publications_fill(g, &v));
    v.about = fund->about;
    v.is_changed = fund->acts > fund->published_acts;
    v.public_page = link_local(g->arena, "/fund/public/%lld", (long long)id);
    v.unclear_link = link_local(g->arena, "/fund/%lld/list?of=unclear", (long long)id);
    v.owed_link = link_local(g->arena, "/fund/%lld/gift?state=owed", (long long)id);
    v.paying_link = link_local(g->arena, "/fund/%lld/list?of=paying", (long long)id);
    return answer_fund_show(g, &v);
}

/* --- Campaigns --- */
static void campaign_fields_add(struct get *g, struct fund_form_view *v, bool is_new) {
    if (is_new) {
        fund_field_add(g, v, "code", FUND_FIELD);
    }
    fund_field_add(g, v, "title", FUND_FIELD);
    fund_field_add(g, v, "purpose", FUND_FIELD);
    fund_field_add(g, v, "from_on", FUND_FIELD);
    fund_field_add(g, v, "until_on", FUND_FIELD);
    fund_field_add(g, v, "goal", FUND_FIELD);
    fund_field_add(g, v, "version", FUND_FIELD);
}

static struct fund_campaign_words campaign_words(const struct form *f) {
    return (struct fund_campaign_words){.code = form_text(f, "code"),
                                        .title = form_text(f, "title"),
                                        .purpose = form_text(f, "purpose"),
                                        .from_on = form_date(f, "from_on"),
                                        .until_on = form_date(f, "until_on"),
                                        .goal = form_number(f, "goal"),
                                        .version = form_version(f)};
}

struct err fund_campaign_new_get(struct get *g) {
    struct fund_form_view v = {.title = S("Mở đợt vận động"),
                               .button = S("Mở đợt"),
                               .form = form_begin(g->arena, fund_campaign_fields, g->form)};
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    v.to = link_local(g->arena, "/fund/%lld/campaign", (long long)v.head.id);
    v.back = link_local(g->arena, "/fund/%lld", (long long)v.head.id);
    campaign_fields_add(g, &v, true);
    return answer_fund_form(g, &v);
}

static struct err campaign_at(struct get *g, int64_t fund, struct fund_campaign_find_row **row) {
    int64_t id;
    TRY(fund_id_of(g->request, "campaign", &id));
    TRY(fund_campaign_find(g->db, (struct fund_campaign_find_in){.id = id, .fund = fund}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such campaign");
}

struct err fund_campaign_edit_get(struct get *g) {
    struct fund_form_view v = {.title = S("Sửa đợt vận động"), .button = S("Lưu")};
    struct fund_campaign_find_row *row;
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    TRY(campaign_at(g, v.head.id, &row));
    v.form = form_begin_at(g->arena, fund_campaign_fields, g->form, row->version);
    BIND_FORM(v.form, fund_campaign_find, row);
    v.back = link_local(g->arena, "/fund/%lld/campaign/%lld", (long long)v.head.id, (long long)row->id.v);
    v.to = link_local(g->arena, "/fund/%lld/campaign/%lld/edit", (long long)v.head.id, (long long)row->id.v);
    campaign_fields_add(g, &v, false);
    return answer_fund_form(g, &v);
}

struct err fund_campaign_get(struct get *g) {
    struct fund_campaign_view v = {0};
    struct fund_campaign_find_row *row;
    struct fund_campaign_left_row *left;
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    TRY(campaign_at(g, v.head.id, &row));
    TRY(fund_campaign_left(g->db, (struct fund_campaign_left_in){.campaign = row->id.v}, &left));
    TRY(fund_communes_fill(g->db, row->id.v, &v.communes.at, &v.communes.n));
    v.id = row->id.v;
    v.code = row->code;
    v.title = row->title;
    v.purpose = row->purpose;
    v.from_on = row->from_on;
    v.until_on = row->until_on;
    v.total_due = fund_total_due(row->until_on);
    v.spent_due = fund_spent_due(row->until_on);
    v.goal = row->goal;
    v.received = left->received;
    v.spent = left->spent;
    v.promised = left->promised;
    v.left = left->received - left->spent - left->promised;
    v.is_over = row->until_on.year && date_cmp(row->until_on, clock_today()) < 0;
    v.gifts = link_local(g->arena, "/fund/%lld/gift?campaign=%lld", (long long)v.head.id, (long long)v.id);
    v.edit = link_local(g->arena, "/fund/%lld/campaign/%lld/edit", (long long)v.head.id, (long long)v.id);
    v.public_page = link_local(g->arena, "/fund/public/%lld/campaign/%lld", (long long)v.head.id, (long long)v.id);
    return answer_fund_campaign(g, &v);
}

struct err fund_campaign_post(struct post *p) {
    struct fund_by by;
    struct fund_campaign_words w = campaign_words(p->form);
    int64_t id;
    TRY(fund_by_of(p, &by));
    if (!w.code.len) {
        return REFUSE(ERR_INVALID, "code", "Chưa ghi mã.");
    }
    TRY(fund_campaign_add(p->db, &by, &w, &id));
    flash(p, "Đã mở đợt vận động.");
    return see_other(p, "/fund/%lld/campaign/%lld", (long long)by.fund, (long long)id);
}

struct err fund_campaign_edit_post(struct post *p) {
    struct fund_by by;
    struct fund_campaign_words w = campaign_words(p->form);
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(fund_id_of(p->request, "campaign", &id));
    w.code = S("");
    TRY(fund_campaign_change(p->db, &by, id, &w));
    flash(p, "Đã lưu.");
    return see_other(p, "/fund/%lld/campaign/%lld", (long long)by.fund, (long long)id);
}

/* --- Accounts, the books --- */
struct err fund_account_new_get(struct get *g) {
    struct fund_form_view v = {.title = S("Thêm tài khoản ngân hàng"),
                               .words = S("Số dư đầu kỳ lấy từ sao kê đầu tiên vào sổ."),
                               .button = S("Thêm tài khoản"),
                               .form = form_begin(g->arena, fund_account_fields, g->form)};
    TRY(fund_head_fill(g, FUND_HOME, &v.head));
    v.to = link_local(g->arena, "/fund/%lld/account", (long long)v.head.id);
    v.back = link_local(g->arena, "/fund/%lld", (long long)v.head.id);
    fund_field_add(g, &v, "bank", FUND_FIELD);
    fund_field_add(g, &v, "number", FUND_FIELD);
    return answer_fund_form(g, &v);
}

struct err fund_account_post(struct post *p) {
    struct fund_by by;
    int64_t id;
    TRY(fund_by_of(p, &by));
    TRY(fund_account_add(p->db, &by, form_text(p->form, "bank"), form_text(p->form, "number"), &id));
    flash(p, "Đã thêm tài khoản.");
    return see_other(p, "/fund/%lld", (long long)by.fund);
}

static struct str journal_words(struct str kind) {
    static const struct fund_word all[] = {
        {S_INIT("opening"), S_INIT("Số dư đầu kỳ")}, {S_INIT("transfer"), S_INIT("Theo sao kê")},
        {S_INIT("gift"), S_INIT("Nhận ủng hộ")},     {S_INIT("refund"), S_INIT("Trả lại người ủng hộ")},
        {S_INIT("payment"), S_INIT("Chi hỗ trợ")},   {S_INIT("correct"), S_INIT("Sửa")},
        {S_INIT("undo"), S_INIT("Rút ra")},          {{0}, {0}}};
    return fund_word_of(all, kind);
}

static struct err journals_fill(struct get *g, struct fund_book_view *v) {
    struct fund_journals_rows rows;
    struct fund_legs_of_rows legs;
    struct date day;
    int64_t before;
    fund_below(g, &day, &before);
    TRY(fund_journals(g->db,
                      (struct fund_journals_in){.fund = v->head.id, .day = day, .before = before, .most = JOURNALS + 1},
                      &rows));
    size_t n = rows.n > JOURNALS ? JOURNALS : rows.n;
    int64_t *ids = arena_take(g->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        ids[i] = rows.at[i].id.v;
    }
    TRY(fund_legs_of(g->db, (struct fund_legs_of_in){.some = {ids, n}}, &legs));
    for (size_t i = 0; i < n; i++) {
        struct fund_journal_line *j = LIST_PUSH(g->arena, &v->journals);
        j->on = rows.at[i].day_on;
        j->kind = journal_words(rows.at[i].kind);
        j->words = rows.at[i].words;
        j->amount = rows.at[i].amount;
        j->is_late = rows.at[i].is_late;
        for (size_t k = 0; k < legs.n; k++) {
            if (legs.at[k].journal.v == ids[i]) {
                int64_t amount = legs.at[k].amount;
                LIST_ADD(g->arena, &j->legs,
                         (struct fund_leg_line){fund_account_words(legs.at[k].account), amount > 0 ? amount : 0,
                                                amount < 0 ? -amount : 0});
            }
        }
    }
    if (rows.n > JOURNALS) {
        v->pages.older = link_local(g->arena, "/fund/%lld/book?day=%.*s&before=%lld", (long long)v->head.id,
                                    STR_ARG(date_iso(g->arena, rows.at[n - 1].day_on)), (long long)ids[n - 1]);
    }
    return OK;
}

static struct err months_fill(struct get *g, struct fund_book_view *v) {
    struct fund_months_rows rows;
    struct str now = fund_month_of(g->arena, clock_today());
    TRY(fund_months(g->db, (struct fund_months_in){.fund = v->head.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_next = !rows.at[i].closed_at.ms && (i + 1 == rows.n || rows.at[i + 1].closed_at.ms);
        LIST_ADD(
            g->arena, &v->months,
            (struct fund_month_line){.month = rows.at[i].month,
                                     .debit = rows.at[i].debit,
                                     .credit = rows.at[i].credit,
                                     .is_closed = rows.at[i].closed_at.ms != 0,
                                     .may_close = v->head.may_keep && is_next && str_cmp(rows.at[i].month, now) < 0});
    }
    return OK;
}

struct err fund_book_get(struct get *g) {
    struct fund_book_view v = {0};
    struct fund_balances_rows rows;
    TRY(fund_head_fill(g, FUND_BOOK, &v.head));
    TRY(fund_balances(g->db, (struct fund_balances_in){.fund = v.head.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.balances,
                 (struct fund_balance_line){fund_account_words(rows.at[i].account), rows.at[i].debit, rows.at[i].credit,
                                            rows.at[i].debit - rows.at[i].credit});
        v.debit += rows.at[i].debit;
        v.credit += rows.at[i].credit;
    }
    TRY(months_fill(g, &v));
    TRY(journals_fill(g, &v));
    return answer_fund_book(g, &v);
}

struct err fund_month_post(struct post *p) {
    struct fund_by by;
    TRY(fund_by_of(p, &by));
    TRY(fund_month_end(p->db, &by, form_text(p->form, "month")));
    flash(p, "Đã khóa sổ tháng.");
    return see_other(p, "/fund/%lld/book", (long long)by.fund);
}

struct err fund_publication_post(struct post *p) {
    struct fund_by by;
    TRY(fund_by_of(p, &by));
    TRY(access_require(db_reading(p->db), by.fund, by.who->post.v, CAN_MANAGE));
    TRY(job_add(p->db, &(struct job_new){.kind = S("fund.publish"), .record = by.fund, .is_single = true}, NULL));
    flash(p, "Đang làm bản công khai; lát nữa có ở đây.");
    return see_other(p, "/fund/%lld", (long long)by.fund);
}
