#include "modules/fund/fund_ledger.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "modules/fund/fund_queries.h"

#include "base/banned.h"

enum { LEGS_MOST = 8, MONTH_LEN = 7 };

struct str fund_account_words(struct str account) {
    static const struct {
        const char *account;
        struct str words;
    } all[] = {
        {"bank", S_INIT("Tiền gửi ngân hàng")}, {"cash", S_INIT("Tiền mặt")},
        {"goods", S_INIT("Hiện vật")},          {"gifts", S_INIT("Ủng hộ")},
        {"opening", S_INIT("Số dư đầu kỳ")},    {"unclear", S_INIT("Tiền vào chưa rõ")},
        {"owed", S_INIT("Phải trả lại")},       {"interest", S_INIT("Lãi tiền gửi")},
        {"other", S_INIT("Thu khác")},          {"transit", S_INIT("Chuyển giữa các tài khoản")},
        {"spent", S_INIT("Đã chi hỗ trợ")},     {"paying", S_INIT("Đã chuyển đi, chờ gắn với hộ")},
        {"fee", S_INIT("Phí ngân hàng")},       {"expense", S_INIT("Chi khác")},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(account, str_of(all[i].account))) {
            return all[i].words;
        }
    }
    return account;
}

bool fund_account_is_held(struct str account) {
    return str_eq(account, S("bank")) || str_eq(account, S("cash")) || str_eq(account, S("goods"));
}

struct str fund_month_of(struct arena *a, struct date on) {
    return str_slice(date_iso(a, on), 0, MONTH_LEN);
}

struct err fund_is_closed(struct db_read *db, int64_t fund, struct date on, bool *is) {
    struct fund_month_is_closed_row *row;
    TRY(fund_month_is_closed(
        db, (struct fund_month_is_closed_in){.fund = fund, .month = fund_month_of(db_arena(db), on)}, &row));
    *is = row != NULL;
    return OK;
}

/* The day an entry stands on: its own, or today's when it mends a closed month. */
static struct err day_find(struct db_write *db, const struct fund_entry *e, struct date *on) {
    bool is_closed;
    *on = e->on;
    if (!e->on.year || date_cmp(e->on, clock_today()) > 0) {
        return REFUSE(ERR_INVALID, "day_on", "Ngày ghi sổ không được để trống hoặc ở tương lai.");
    }
    TRY(fund_is_closed(db_reading(db), e->fund, e->on, &is_closed));
    if (is_closed && e->is_mending) {
        *on = clock_today();
        TRY(fund_is_closed(db_reading(db), e->fund, *on, &is_closed));
    }
    if (is_closed) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "day_on",
                          "Sổ tháng %d/%d đã khóa. Ghi vào một ngày của tháng chưa khóa.", e->on.month, e->on.year);
    }
    return OK;
}

static struct err leg_put(struct db_write *db, int64_t journal, size_t n, const struct fund_leg *l,
                          const struct fund_entry *e, struct str month) {
    struct str account = str_of(l->account);
    TRY(fund_leg_insert(db,
                        (struct fund_leg_insert_in){.journal = journal,
                                                    .leg = (int64_t)n,
                                                    .account = account,
                                                    .bank = l->bank,
                                                    .campaign = l->campaign,
                                                    .amount = l->amount},
                        NULL));
    return fund_sum_add_row(db,
                            (struct fund_sum_add_row_in){.fund = e->fund,
                                                         .account = account,
                                                         .bank = l->bank,
                                                         .campaign = l->campaign,
                                                         .month = month,
                                                         .debit = l->amount > 0 ? l->amount : 0,
                                                         .credit = l->amount < 0 ? -l->amount : 0},
                            NULL);
}

struct err fund_enter(struct db_write *db, const struct fund_entry *e, const struct fund_leg *legs, size_t n) {
    struct date on;
    int64_t id = id_new(), sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += legs[i].amount;
    }
    if (n < 2 || n > LEGS_MOST || sum != 0) {
        return FAIL(ERR_BROKEN, "an entry's legs do not add up to nothing");
    }
    TRY(day_find(db, e, &on));
    TRY(fund_journal_insert(db,
                            (struct fund_journal_insert_in){.id = id,
                                                            .fund = e->fund,
                                                            .day_on = on,
                                                            .kind = str_of(e->kind),
                                                            .about = e->about,
                                                            .words = e->words,
                                                            .is_late = !date_is(on, e->on),
                                                            .made_by = db_actor(db)->post,
                                                            .made_at = clock_now()},
                            NULL));
    struct str month = fund_month_of(db_write_arena(db), on);
    for (size_t i = 0; i < n; i++) {
        TRY(leg_put(db, id, i, &legs[i], e, month));
    }
    return OK;
}

struct err fund_move(struct db_write *db, const struct fund_entry *e, const struct fund_move *m) {
    struct fund_leg legs[] = {m->to, m->from};
    legs[0].amount = m->amount;
    legs[1].amount = -m->amount;
    return fund_enter(db, e, legs, 2);
}

struct err fund_enter_back(struct db_write *db, int64_t fund, int64_t about, struct str words) {
    struct fund_journals_about_rows all;
    TRY(fund_journals_about(db_reading(db), (struct fund_journals_about_in){.about = about}, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct fund_legs_rows rows;
        struct fund_leg legs[LEGS_MOST];
        struct fund_entry e = {
            .fund = fund, .on = all.at[i].day_on, .kind = "undo", .about = all.at[i].id.v, .words = words};
        TRY(fund_legs(db_reading(db), (struct fund_legs_in){.journal = all.at[i].id.v}, &rows));
        for (size_t k = 0; k < rows.n && k < LEGS_MOST; k++) {
            legs[k] = (struct fund_leg){.account = str_z(db_write_arena(db), rows.at[k].account),
                                        .bank = rows.at[k].bank,
                                        .campaign = rows.at[k].campaign,
                                        .amount = -rows.at[k].amount};
        }
        TRY(fund_enter(db, &e, legs, rows.n));
    }
    return OK;
}

struct err fund_close(struct db_write *db, int64_t fund, struct str month, int64_t post) {
    struct fund_month_open_before_row *earlier;
    struct date first;
    struct buf b = buf_in(db_write_arena(db));
    buf_put(&b, month);
    BUF_LIT(&b, "-01");
    if (month.len != MONTH_LEN || !date_read_iso(buf_str(&b), &first)) {
        return REFUSE(ERR_INVALID, "month", "Tháng chưa đúng.");
    }
    if (str_cmp(month, fund_month_of(db_write_arena(db), clock_today())) >= 0) {
        return REFUSE(ERR_INVALID, "month", "Tháng này chưa hết; chỉ khóa sổ tháng đã qua.");
    }
    TRY(fund_month_open_before(db_reading(db), (struct fund_month_open_before_in){.fund = fund, .month = month},
                               &earlier));
    if (earlier) {
        return err_refuse(db_write_arena(db), ERR_INVALID, "month", "Tháng %.*s còn chưa khóa; khóa tháng ấy trước.",
                          STR_ARG(earlier->month));
    }
    return fund_month_close(
        db, (struct fund_month_close_in){.fund = fund, .month = month, .closed_by = post, .closed_at = clock_now()},
        NULL);
}
