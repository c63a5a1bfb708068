/* The charts, the desk, the notices and the search box. */
#include "modules/fund/fund_pages.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/rights/access.h"
#include "modules/fund/fund_book.h"
#include "modules/fund/fund_queries.h"

#include "base/banned.h"

enum { SOON_DAYS = 3 };

/* ---- Counted: what approved decisions promise each household, by the day of the decision. */
static struct err load(struct db_read *db, int64_t record, struct metric_part *part, bool *is_counted) {
    struct fund_payment_part_row *row;
    TRY(fund_payment_part(db, (struct fund_payment_part_in){.id = record}, &row));
    *is_counted = row && str_eq(row->decision_state, S("approved"));
    if (*is_counted) {
        *part = (struct metric_part){.readers_of = row->decision.v,
                                     .day_on = row->day_on,
                                     .field = row->purpose,
                                     .unit = row->organ,
                                     .commune = row->commune,
                                     .due_on = row->due_on,
                                     .done_on = row->paid_on,
                                     .is_open = !str_eq(row->state, S("paid"))};
    }
    return OK;
}

static struct err each(struct db_read *db, int64_t after, int64_t limit, struct db_ids *ids) {
    struct fund_payment_ids_rows rows;
    TRY(fund_payment_ids(db, (struct fund_payment_ids_in){.after = after, .most = limit}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_of(struct db_read *db, int64_t record, struct db_ids *ids) {
    struct fund_payments_counted_rows rows;
    TRY(fund_payments_counted(db, (struct fund_payments_counted_in){.decision = record}, &rows));
    int64_t *at = arena_take(db_arena(db), int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        at[i] = rows.at[i].id.v;
    }
    *ids = (struct db_ids){at, rows.n};
    return OK;
}

static struct err counted_lines(struct db_read *db, struct db_ids ids, struct metric_line *lines) {
    struct fund_payments_some_rows rows;
    struct arena *a = db_arena(db);
    TRY(fund_payments_some(db, (struct fund_payments_some_in){.some = ids}, &rows));
    for (size_t i = 0; i < ids.n; i++) {
        for (size_t k = 0; k < rows.n && !lines[i].is_there; k++) {
            if (rows.at[k].id.v == ids.at[i]) {
                lines[i] = (struct metric_line){.link = link_local(a, "/fund/%lld/payment/%lld",
                                                                   (long long)rows.at[k].fund.v, (long long)ids.at[i]),
                                                .number = rows.at[k].number,
                                                .title = rows.at[k].name,
                                                .from = fund_money(a, rows.at[k].amount),
                                                .is_there = true};
            }
        }
    }
    return OK;
}

static bool field_at(size_t i, struct metric_word *word) {
    if (!fund_purposes[i].code.len) {
        return false;
    }
    *word = (struct metric_word){fund_purposes[i].code, fund_purposes[i].words};
    return true;
}

static const struct metric metrics[] = {
    {.code = S_INIT("QUY.DA_DUYET"),
     .title = S_INIT("Khoản hỗ trợ đã duyệt"),
     .definition = S_INIT("Số khoản hỗ trợ cho từng hộ theo quyết định đã duyệt có ngày trong kỳ."),
     .unit = S_INIT("khoản"),
     .kind = METRIC_COUNT,
     .of = METRIC_EVERY},
    {.code = S_INIT("QUY.TRA_DUNG_HAN"),
     .title = S_INIT("Tỷ lệ trả đúng hạn"),
     .definition = S_INIT("Khoản đã trả trong hạn chia cho khoản đã trả hoặc đã quá hạn."),
     .unit = S_INIT("%"),
     .kind = METRIC_RATIO,
     .of = METRIC_ON_TIME,
     .per = METRIC_ON_TIME | METRIC_LATE | METRIC_OVERDUE,
     .good = METRIC_UP},
    {.code = S_INIT("QUY.CHO_TRA"),
     .title = S_INIT("Khoản đang chờ trả"),
     .definition = S_INIT("Số khoản đã duyệt mà chưa trả, tính đến nay."),
     .unit = S_INIT("khoản"),
     .kind = METRIC_STOCK,
     .of = METRIC_OPEN,
     .good = METRIC_DOWN},
    {.kind = METRIC_COUNT},
};
static const struct metric_column columns[] = {{METRIC_NUMBER, S_INIT("Quyết định"), 20},
                                               {METRIC_TITLE, S_INIT("Hộ"), 30},
                                               {METRIC_FROM, S_INIT("Số tiền"), 20},
                                               {.width = 0}};

const struct metric_source fund_metrics[] = {
    {.order = 70,
     .code = S_INIT("fund"),
     .title = S_INIT("Hỗ trợ từ quỹ"),
     .heading = S_INIT("Thống kê hỗ trợ từ quỹ"),
     .source = S_INIT("Sổ quỹ"),
     .list = S_INIT("Khoản hỗ trợ sau con số"),
     .none = S_INIT("Chưa có khoản hỗ trợ nào trong khoảng này."),
     .all = S_INIT("Đã duyệt"),
     .by_unit = S_INIT("Theo cơ quan"),
     .by_field = S_INIT("Theo việc"),
     .field = S_INIT("Việc"),
     .day = S_INIT("Ngày quyết định"),
     .period = S_INIT("quyết định từ"),
     .file = S_INIT("ho-tro-tu-quy"),
     .field_at = field_at,
     .metrics = metrics,
     .columns = columns,
     .load = load,
     .each = each,
     .counted_of = counted_of,
     .lines = counted_lines},
    {.load = NULL},
};

/* ---- On the desk */
enum { BOX_SIGN, BOX_PAY, BOX_SHOW, BOXES };
static const struct waiting_box boxes[] = {{WAITING_MINE, S_INIT("Quyết định chi chờ duyệt"), "/fund?box=sign"},
                                           {WAITING_MINE, S_INIT("Khoản hỗ trợ chờ trả"), "/fund?box=pay"},
                                           {WAITING_MINE, S_INIT("Khoản đã trả chưa có minh chứng"), "/fund?box=show"},
                                           {.path = NULL}};

static struct err sign_lines(struct db_read *db, const struct who *who, int64_t most, struct waiting_lines *out) {
    struct fund_decisions_waiting_rows rows;
    struct arena *a = db_arena(db);
    TRY(fund_decisions_waiting(db, (struct fund_decisions_waiting_in){.post = who->post.v, .most = most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_local(a, "/fund/%lld/decision/%lld", (long long)rows.at[i].fund.v,
                                                          (long long)rows.at[i].id.v),
                                       .title = rows.at[i].words,
                                       .number = rows.at[i].number,
                                       .what = S("Chờ duyệt chi")});
    }
    return OK;
}

static struct err pay_lines(struct db_read *db, const struct who *who, struct date today, int64_t most,
                            struct waiting_lines *out) {
    struct fund_payments_waiting_rows rows;
    struct arena *a = db_arena(db);
    TRY(fund_payments_waiting(db, (struct fund_payments_waiting_in){.post = who->post.v, .most = most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t days = date_number(rows.at[i].due_on) - date_number(today);
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_local(a, "/fund/%lld/payment/%lld", (long long)rows.at[i].fund.v,
                                                          (long long)rows.at[i].id.v),
                                       .title = rows.at[i].name,
                                       .number = rows.at[i].number,
                                       .from = fund_money(a, rows.at[i].amount),
                                       .what = S("Chờ trả"),
                                       .due_words = days < 0 ? str_format(a, "Quá hạn %lld ngày", (long long)-days)
                                                    : days == 0 ? S("Hôm nay")
                                                                : str_format(a, "Còn %lld ngày", (long long)days),
                                       .due_on = rows.at[i].due_on,
                                       .is_late = days < 0,
                                       .is_soon = days >= 0 && days <= SOON_DAYS});
    }
    return OK;
}

static struct err show_lines(struct db_read *db, const struct who *who, int64_t most, struct waiting_lines *out) {
    struct fund_payments_bare_rows rows;
    struct arena *a = db_arena(db);
    TRY(fund_payments_bare(db, (struct fund_payments_bare_in){.post = who->post.v, .most = most}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(a, out,
                 (struct waiting_line){.link = link_local(a, "/fund/%lld/payment/%lld", (long long)rows.at[i].fund.v,
                                                          (long long)rows.at[i].id.v),
                                       .title = rows.at[i].name,
                                       .number = rows.at[i].number,
                                       .from = fund_money(a, rows.at[i].amount),
                                       .what = S("Chưa có minh chứng")});
    }
    return OK;
}

static struct err lines(struct db_read *db, const struct who *who, size_t box, struct date today, size_t most,
                        struct waiting_lines *out) {
    return box == BOX_SIGN  ? sign_lines(db, who, (int64_t)most, out)
           : box == BOX_PAY ? pay_lines(db, who, today, (int64_t)most, out)
                            : show_lines(db, who, (int64_t)most, out);
}

static struct err counts(struct db_read *db, const struct who *who, struct date today, int64_t *out) {
    for (size_t box = 0; box < BOXES; box++) {
        struct waiting_lines all = {0};
        TRY(lines(db, who, box, today, FUND_WAITING_MOST, &all));
        out[box] = (int64_t)all.n;
    }
    return OK;
}

const struct waiting_source fund_waiting[] = {
    {.code = S_INIT("fund"), .boxes = boxes, .counts = counts, .lines = lines},
    {.boxes = NULL},
};

/* ---- Told */
const struct told_kind fund_told_kinds[] = {
    {.event = "fund.approve", .group = S_INIT("Quyết định chi")},
    {.event = "fund.read", .group = S_INIT("Sao kê của quỹ")},
    {.event = NULL},
};

/* ---- Found: campaigns and decisions; never a giver or a household. */
static struct err campaign_load(struct arena *a, const struct fund_campaign_any_row *c, struct search_doc *doc) {
    doc->title = c->title;
    doc->date = c->from_on;
    search_doc_add(a, doc, 0, c->purpose);
    return OK;
}

static struct err doc_load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *doc, bool *is_gone) {
    struct fund_campaign_any_row *campaign;
    struct fund_decision_any_row *decision;
    struct access_ids readers;
    TRY(fund_campaign_any(db, (struct fund_campaign_any_in){.id = record}, &campaign));
    TRY(fund_decision_any(db, (struct fund_decision_any_in){.id = record}, &decision));
    *is_gone = !campaign && !decision;
    if (*is_gone) {
        return OK;
    }
    TRY(access_readers(db, record, &readers));
    *doc = (struct search_doc){.record = record, .kind = S("fund"), .principals = {readers.at, readers.n}};
    if (campaign) {
        return campaign_load(a, campaign, doc);
    }
    doc->title = str_format(a, "Quyết định %.*s: %.*s", STR_ARG(decision->number), STR_ARG(decision->words));
    doc->date = decision->day_on;
    search_doc_add(
        a, doc, 0,
        str_format(a, "%.*s. %.*s", STR_ARG(decision->title), STR_ARG(fund_word_of(fund_purposes, decision->purpose))));
    return OK;
}

static struct err doc_each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct fund_campaign_ids_rows campaigns;
    struct fund_decision_ids_rows decisions;
    size_t i = 0, k = 0;
    TRY(fund_campaign_ids(db, (struct fund_campaign_ids_in){.after = after, .most = limit}, &campaigns));
    TRY(fund_decision_ids(db, (struct fund_decision_ids_in){.after = after, .most = limit}, &decisions));
    while ((i < campaigns.n || k < decisions.n) && (int64_t)ids->n < limit) {
        bool is_campaign = k == decisions.n || (i < campaigns.n && campaigns.at[i].id.v < decisions.at[k].id.v);
        int64_t id = is_campaign ? campaigns.at[i++].id.v : decisions.at[k++].id.v;
        LIST_ADD(a, ids, id);
    }
    return OK;
}

const struct search_source fund_sources[] = {
    {.kind = S_INIT("fund"), .name = S_INIT("Quỹ"), .load = doc_load, .each = doc_each},
    {.kind = S_INIT("")},
};
