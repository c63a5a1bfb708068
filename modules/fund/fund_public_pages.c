/* What everybody sees of a fund, without an account: the living statement, each campaign down to the communes, and the
   file by which anyone checks it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "kernel/file/file.h"
#include "kernel/shell/public.h"
#include "modules/fund/fund_line_queries.h"
#include "modules/fund/fund_pages.h"
#include "modules/fund/fund_pages_gen.h"

#include "base/banned.h"

enum { COUNTED = 100, BAR_MOST = 118, BAR_FLOOR = 128, BAR_STEP = 28, BAR_LEFT = 3, MONTHS = 12, HUNDRED = 100 };
static const struct date first_day = {1000, 1, 1};

static const struct public_page listed = {.place = S_INIT("Công khai")};

struct err fund_public_index_get(struct get *g) {
    struct fund_public_index_view v = {0};
    struct fund_all_rows rows;
    TRY(fund_all(g->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &v.rows,
                 (struct fund_public_row){.link = link_record(g->arena, S("/fund/public/"), rows.at[i].id.v, S("")),
                                          .name = rows.at[i].name,
                                          .about = rows.at[i].about,
                                          .lines = rows.at[i].lines});
    }
    return answer_public(g, &page_fund_public_index, &v, &listed);
}

/* --- Sums --- */
static struct err same_fill(struct get *g, struct fund_public_view *v, int64_t fund) {
    struct fund_accounts_rows rows;
    TRY(fund_accounts(g->db, (struct fund_accounts_in){.fund = fund}, &rows));
    v->is_same = true;
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].balance_on.year) {
            v->has_bank = true;
            v->is_same = v->is_same && rows.at[i].held == rows.at[i].balance;
        }
    }
    return OK;
}

static struct err sums_fill(struct get *g, struct fund_public_view *v, const struct fund_any_row *fund) {
    struct fund_day_sums_row *before, *year;
    struct date first = {v->today.year, 1, 1};
    TRY(fund_day_sums(
        g->db, (struct fund_day_sums_in){.fund = fund->id.v, .from = first_day, .to = date_plus(first, -1)}, &before));
    TRY(fund_day_sums(g->db, (struct fund_day_sums_in){.fund = fund->id.v, .from = first, .to = v->today}, &year));
    v->year = v->today.year;
    v->carried = fund->opening + before->sum_in - before->sum_out;
    v->received = year->sum_in;
    v->n_received = year->n_in;
    v->spent = year->sum_out;
    v->n_spent = year->n_out;
    v->left = v->carried + v->received - v->spent;
    return same_fill(g, v, fund->id.v);
}

static struct err months_fill(struct get *g, struct fund_public_view *v, int64_t fund) {
    struct fund_day_months_rows rows;
    int64_t most = 1, month;
    TRY(fund_day_months(g->db, (struct fund_day_months_in){.fund = fund, .from = {v->today.year, 1, 1}, .to = v->today},
                        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        most = rows.at[i].sum_in > most ? rows.at[i].sum_in : most;
        most = rows.at[i].sum_out > most ? rows.at[i].sum_out : most;
    }
    for (size_t i = 0; i < rows.n && i < MONTHS; i++) {
        int64_t in = rows.at[i].sum_in * BAR_MOST / most, out = rows.at[i].sum_out * BAR_MOST / most;
        if (num_read(str_slice(rows.at[i].month, 5, 7), &month)) {
            LIST_ADD(g->arena, &v->months,
                     (struct fund_public_month){month, rows.at[i].sum_in, rows.at[i].sum_out,
                                                BAR_LEFT + (month - 1) * BAR_STEP, BAR_FLOOR - in, in, BAR_FLOOR - out,
                                                out});
        }
    }
    return OK;
}

static struct err causes_fill(struct get *g, struct fund_public_view *v, int64_t fund) {
    struct fund_campaigns_rows rows;
    struct fund_sums_by_campaign_rows sums;
    TRY(fund_campaigns(g->db, (struct fund_campaigns_in){.fund = fund}, &rows));
    TRY(fund_sums_by_campaign(g->db, (struct fund_sums_by_campaign_in){.fund = fund}, &sums));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t in = 0, out = 0;
        for (size_t k = 0; k < sums.n; k++) {
            bool is_it = sums.at[k].campaign == rows.at[i].id.v, is_in = str_eq(sums.at[k].account, S("gifts"));
            in += is_it && is_in ? sums.at[k].credit - sums.at[k].debit : 0;
            out += is_it && !is_in ? sums.at[k].debit - sums.at[k].credit : 0;
        }
        LIST_ADD(g->arena, &v->causes,
                 (struct fund_public_cause){.link = link_local(g->arena, "/fund/public/%lld/campaign/%lld",
                                                               (long long)fund, (long long)rows.at[i].id.v),
                                            .title = rows.at[i].title,
                                            .words = str_format(g->arena, "nhận %.*s, chi %.*s",
                                                                STR_ARG(fund_money(g->arena, in)),
                                                                STR_ARG(fund_money(g->arena, out)))});
    }
    return OK;
}

/* --- Lines --- */
static struct str amount_shown(struct arena *a, int64_t amount) {
    struct buf b = buf_in(a);
    buf_put(&b, amount < 0 ? S("−") : S("+"));
    num_put_vi(&b, amount < 0 ? -amount : amount);
    return buf_str(&b);
}

static struct str day_words(struct arena *a, const struct fund_days_rows *days, struct date on) {
    for (size_t i = 0; i < days->n; i++) {
        const struct fund_days_row *d = &days->at[i];
        if (!date_is(d->day_on, on)) {
            continue;
        }
        return d->n_in && d->n_out
                   ? str_format(a, "%lld khoản nhận, %lld khoản chi", (long long)d->n_in, (long long)d->n_out)
               : d->n_in
                   ? str_format(a, "%lld khoản nhận, %.*s", (long long)d->n_in, STR_ARG(fund_money(a, d->sum_in)))
                   : str_format(a, "%lld khoản chi, %.*s", (long long)d->n_out, STR_ARG(fund_money(a, d->sum_out)));
    }
    return S("");
}

static struct err days_fill(struct get *g, struct fund_public_view *v, int64_t fund, const struct fund_found *found) {
    struct fund_days_rows days = {0};
    size_t n = found->lines.n;
    if (n && !v->is_sought && !v->is_filtered) {
        TRY(fund_days(
            g->db, (struct fund_days_in){.fund = fund, .from = found->lines.at[n - 1].on, .to = found->lines.at[0].on},
            &days));
    }
    for (size_t i = 0; i < n; i++) {
        const struct fund_found_line *l = &found->lines.at[i];
        if (!v->days.n || !date_is(v->days.at[v->days.n - 1].on, l->on)) {
            LIST_ADD(g->arena, &v->days,
                     (struct fund_public_day){.on = l->on,
                                              .words = day_words(g->arena, &days, l->on),
                                              .is_today = date_is(l->on, v->today)});
        }
        LIST_ADD(g->arena, &v->days.at[v->days.n - 1].lines,
                 (struct fund_public_line){.name = l->name,
                                           .memo = l->memo,
                                           .amount = amount_shown(g->arena, l->amount),
                                           .on = l->on,
                                           .is_out = l->amount < 0});
    }
    return OK;
}

/* --- What was asked --- */
struct asked {
    int64_t fund, campaign;
    struct str q, way; /* way: in, out or empty */
    struct fund_sought sought;
    struct fund_page page;
};

static struct str q_escaped(struct arena *a, struct str q) {
    struct buf b = buf_in(a);
    url_escape(&b, q);
    return buf_str(&b);
}

static struct link link_of(struct get *g, const struct asked *a, struct str q, const struct fund_found_line *last) {
    struct buf b = buf_in(g->arena);
    buf_printf(&b, "/fund/public/%lld?q=%.*s&way=%.*s", (long long)a->fund, STR_ARG(q_escaped(g->arena, q)),
               STR_ARG(a->way));
    if (a->campaign) {
        buf_printf(&b, "&campaign=%lld", (long long)a->campaign);
    }
    if (last) {
        buf_printf(&b, "&day=%.*s&before=%lld", STR_ARG(date_iso(g->arena, last->on)), (long long)last->id);
    }
    return link_local(g->arena, "%.*s", STR_ARG(buf_str(&b)));
}

static void filters_put(struct get *g, struct asked *a, struct fund_sought *s) {
    if (a->way.len) {
        fund_seek_add(s, str_eq(a->way, S("out")) ? S("#out") : S("#in"));
    }
    if (a->campaign) {
        fund_seek_add(s, str_format(g->arena, "#c%lld", (long long)a->campaign));
    }
}

static struct asked asked_of(struct get *g, int64_t fund, struct date today) {
    struct asked a = {
        .fund = fund, .q = str_trim(query_param(g->request, S("q"))), .page = {.fund = fund, .most = FUND_ON_A_PAGE}};
    struct str way = query_param(g->request, S("way"));
    a.way = str_eq(way, S("in")) || str_eq(way, S("out")) ? way : S("");
    if (!num_read_between(query_param(g->request, S("campaign")), 1, INT64_MAX, &a.campaign)) {
        a.campaign = 0;
    }
    a.sought = fund_seek(g->arena, a.q, today);
    filters_put(g, &a, &a.sought);
    fund_below(g, &a.page.day, &a.page.before);
    return a;
}

static void chips_fill(struct get *g, struct fund_public_view *v, const struct asked *a) {
    static const struct fund_word all[] = {
        {S_INIT(""), S_INIT("Tất cả")}, {S_INIT("in"), S_INIT("Nhận")}, {S_INIT("out"), S_INIT("Chi")}};
    size_t n = sizeof all / sizeof *all;
    v->chips = (struct tabs){arena_take(g->arena, struct tab, n), n};
    for (size_t i = 0; i < n; i++) {
        struct asked other = *a;
        other.way = all[i].code;
        v->chips.at[i] = (struct tab){
            .label = all[i].words, .link = link_of(g, &other, S(""), NULL), .is_current = str_eq(a->way, all[i].code)};
    }
}

/* --- Nothing found: which of what was said keeps it from being found --- */
enum part { PART_DAY, PART_AMOUNT, PART_NAME, PARTS };

static bool is_amount(struct str word) { return word.at[0] == '='; }
static bool is_filter(struct str word) { return word.at[0] == '#'; }
static bool is_of(struct str word, enum part part) {
    return part == PART_AMOUNT ? is_amount(word) : part == PART_NAME && !is_amount(word) && !is_filter(word);
}

/* The search without one of its parts, and as one would type it. */
static struct fund_sought without(struct get *g, const struct asked *a, enum part part, struct str *q) {
    struct fund_sought s = {0};
    struct buf b = buf_in(g->arena);
    const struct fund_sought *all = &a->sought;
    for (size_t i = 0; i < all->n; i++) {
        struct str word = all->words[i];
        if (is_of(word, part)) {
            continue;
        }
        fund_seek_add(&s, word);
        if (!is_filter(word)) {
            word = is_amount(word) ? str_slice(word, 1, word.len) : word;
            buf_printf(&b, "%s%.*s", b.len ? " " : "", STR_ARG(word));
        }
    }
    if (part != PART_DAY && all->on.year) {
        s.on = all->on;
        buf_printf(&b, "%s%.*s", b.len ? " " : "", STR_ARG(date_vi(g->arena, all->on)));
    }
    *q = buf_str(&b);
    return s;
}

static struct err drop_add(struct get *g, struct fund_public_view *v, const struct asked *a, enum part part) {
    static const struct str words[PARTS] = {S_INIT("Bỏ ngày"), S_INIT("Bỏ số tiền"), S_INIT("Bỏ tên")};
    struct fund_found found;
    struct fund_page page = {.fund = a->fund, .most = COUNTED};
    struct str q;
    struct fund_sought s = without(g, a, part, &q);
    TRY(fund_find_lines(g->db, &s, &page, &found));
    if (found.lines.n) {
        v->drops.at[v->drops.n++] =
            (struct tab){.label = str_format(g->arena, "%.*s: %s%zu khoản", STR_ARG(words[part]),
                                             found.has_more ? "hơn " : "", found.lines.n),
                         .link = link_of(g, a, q, NULL)};
    }
    return OK;
}

static struct err none_fill(struct get *g, struct fund_public_view *v, const struct asked *a) {
    const struct fund_sought *s = &a->sought;
    bool has[PARTS] = {s->on.year != 0, s->amount != 0, s->n_names > 0};
    int n = has[PART_DAY] + has[PART_AMOUNT] + has[PART_NAME];
    v->none = !v->is_sought ? S("Chưa có khoản nào.")
              : n == 3      ? S("Không thấy khoản nào khớp đủ cả ba điều.")
              : n == 2      ? S("Không thấy khoản nào khớp cả hai điều.")
                            : S("Không thấy khoản nào.");
    v->drops.at = arena_take(g->arena, struct tab, PARTS);
    for (int part = 0; part < PARTS && n > 1; part++) {
        if (has[part]) {
            TRY(drop_add(g, v, a, (enum part)part));
        }
    }
    if (s->on.year) {
        struct fund_days_rows days;
        TRY(fund_days(g->db, (struct fund_days_in){.fund = a->fund, .from = s->on, .to = s->on}, &days));
        struct str words = days.n ? day_words(g->arena, &days, s->on) : S("không có khoản nào");
        v->none_why = str_format(g->arena, "Ngày %.*s: %.*s.", STR_ARG(date_vi(g->arena, s->on)), STR_ARG(words));
    }
    return OK;
}

/* --- The page --- */
static struct err file_fill(struct get *g, struct fund_public_view *v, int64_t fund) {
    struct fund_publications_rows rows;
    TRY(fund_publications(g->db, (struct fund_publications_in){.fund = fund, .most = 1}, &rows));
    if (rows.n) {
        v->file = link_local(g->arena, "/fund/public/%lld/file/%lld", (long long)fund, (long long)rows.at[0].id.v);
        v->file_on = rows.at[0].day_on;
        v->file_size = rows.at[0].size;
        v->root = rows.at[0].root;
    }
    return OK;
}

static struct err fund_at(struct get *g, struct fund_any_row **fund) {
    int64_t id;
    TRY(path_id(g->request, S("fund"), &id));
    TRY(fund_any(g->db, (struct fund_any_in){.id = id}, fund));
    return *fund ? OK : FAIL(ERR_MISSING, "no such fund");
}

static struct err lines_fill(struct get *g, struct fund_public_view *v, const struct asked *a) {
    struct fund_found found;
    TRY(fund_find_lines(g->db, &a->sought, &a->page, &found));
    TRY(days_fill(g, v, a->fund, &found));
    if (!found.lines.n) {
        return none_fill(g, v, a);
    }
    if (v->is_sought && !found.has_more) {
        v->said = str_format(g->arena, "%zu khoản khớp.", found.lines.n);
    }
    if (found.has_more) {
        v->older = link_of(g, a, a->q, &found.lines.at[found.lines.n - 1]);
    }
    return OK;
}

struct err fund_public_get(struct get *g) {
    struct fund_any_row *fund;
    TRY(fund_at(g, &fund));
    struct fund_public_view v = {.name = fund->name,
                                 .about = fund->about,
                                 .phone = fund->phone,
                                 .today = clock_today(),
                                 .at = clock_now(),
                                 .total = fund->lines};
    struct asked a = asked_of(g, fund->id.v, v.today);
    v.q = a.q;
    v.is_sought = a.q.len > 0;
    v.is_filtered = a.way.len || a.campaign;
    v.to = link_local(g->arena, "/fund/public/%lld", (long long)fund->id.v);
    v.call = fund->phone.len ? link_web(str_format(g->arena, "tel:%.*s", STR_ARG(fund->phone))) : (struct link){0};
    TRY(sums_fill(g, &v, fund));
    TRY(months_fill(g, &v, fund->id.v));
    TRY(causes_fill(g, &v, fund->id.v));
    chips_fill(g, &v, &a);
    TRY(lines_fill(g, &v, &a));
    TRY(file_fill(g, &v, fund->id.v));
    return answer_public(
        g, &page_fund_public, &v,
        &(struct public_page){.place = listed.place, .description = fund->about, .phone = fund->phone});
}

static struct err campaign_fill(struct get *g, const struct fund_any_row *fund, struct fund_public_campaign_view *v) {
    struct fund_campaign_find_row *c;
    struct fund_campaign_left_row *left;
    int64_t id;
    TRY(fund_id_of(g->request, "campaign", &id));
    TRY(fund_campaign_find(g->db, (struct fund_campaign_find_in){.id = id, .fund = fund->id.v}, &c));
    if (!c) {
        return FAIL(ERR_MISSING, "no such campaign");
    }
    TRY(fund_campaign_left(g->db, (struct fund_campaign_left_in){.campaign = id}, &left));
    TRY(fund_communes_fill(g->db, id, &v->communes.at, &v->communes.n));
    v->fund = fund->name;
    v->title = c->title;
    v->purpose = c->purpose;
    v->statement = link_local(g->arena, "/fund/public/%lld", (long long)fund->id.v);
    v->lines = link_local(g->arena, "/fund/public/%lld?way=in&campaign=%lld", (long long)fund->id.v, (long long)id);
    v->from_on = c->from_on;
    v->until_on = c->until_on;
    v->total_due = fund_total_due(c->until_on);
    v->spent_due = fund_spent_due(c->until_on);
    v->goal = c->goal;
    v->received = left->received;
    v->spent = left->spent;
    v->left = left->received - left->spent;
    v->percent = c->goal ? left->received * HUNDRED / c->goal : 0;
    for (size_t i = 0; i < v->communes.n; i++) {
        v->households += v->communes.at[i].n;
    }
    return OK;
}

struct err fund_public_campaign_get(struct get *g) {
    struct fund_any_row *fund;
    struct fund_public_campaign_view v = {0};
    TRY(fund_at(g, &fund));
    TRY(campaign_fill(g, fund, &v));
    return answer_public(g, &page_fund_public_campaign, &v,
                         &(struct public_page){.place = listed.place, .description = v.purpose, .phone = fund->phone});
}

struct err fund_public_file_get(struct get *g) {
    struct fund_any_row *fund;
    struct fund_publication_find_row *row;
    struct file file;
    int64_t id;
    TRY(fund_at(g, &fund));
    TRY(fund_id_of(g->request, "publication", &id));
    TRY(fund_publication_find(g->db, (struct fund_publication_find_in){.id = id, .fund = fund->id.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such publication");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(
        g, &file,
        str_format(g->arena, "sao-ke-%.*s-%.*s.txt", STR_ARG(row->code), STR_ARG(date_iso(g->arena, row->day_on))),
        true);
}
