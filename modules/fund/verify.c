/* Checking the published statement: every gift, every sum, the root, and the receipts of givers. */
#include <sodium.h>

#include "base/arena.h"
#include "base/num.h"
#include "modules/fund/published_inside.h"
#include "read/json.h"

#include "base/banned.h"

enum { CELLS = 7, SUM_CELLS = 3 };
static const int64_t money_most = 1000000000000000;

struct check {
    struct arena *arena, *row;
    struct fund_receipts *receipts;
    struct fund_verified *out;
    struct fund_tree tree;
    struct fund_sums campaigns, stated;
    struct buf beside;
    int64_t line;
    bool has_total, has_root;
};

static struct err wrong(struct check *c, const char *what) {
    return err_refuse(c->arena, ERR_INVALID, "file", "Dòng %lld: %s", (long long)c->line, what);
}

/* Exactly n cells. */
static bool cells_cut(struct str row, struct str *cells, size_t n) {
    size_t i = 0;
    for (bool is_more = true; is_more; i++) {
        struct str cell, rest;
        is_more = str_cut(row, S("\t"), &cell, &rest);
        if (i == n) {
            return false;
        }
        cells[i] = cell;
        row = rest;
    }
    return i == n;
}

static bool hex_read(struct str hex, unsigned char *bytes, size_t n) {
    size_t got;
    return hex.len == 2 * n && sodium_hex2bin(bytes, n, hex.at, hex.len, NULL, &got, NULL) == 0 && got == n;
}

static struct fund_receipt *receipt_of(struct fund_receipts *receipts, int64_t number) {
    size_t low = 0, high = receipts ? receipts->list.n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (receipts->list.at[middle].gift.number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_it = receipts && low < receipts->list.n && receipts->list.at[low].gift.number == number;
    return is_it ? &receipts->list.at[low] : NULL;
}

static struct err receipt_check(struct check *c, const struct fund_gift *g, struct str seal) {
    struct fund_receipt *r = receipt_of(c->receipts, g->number);
    if (!r) {
        return OK;
    }
    const struct fund_gift *kept = &r->gift;
    if (!date_is(kept->on, g->on) || !str_eq(kept->campaign, g->campaign) || kept->amount != g->amount ||
        !str_eq(fund_seal(c->row, kept), seal)) {
        return wrong(c, "khoản này không khớp với biên nhận.");
    }
    r->is_found = true;
    return OK;
}

static struct err gift_check(struct check *c, struct str row) {
    struct str cells[CELLS];
    struct fund_gift g = {0};
    if (!cells_cut(row, cells, CELLS) || !num_read(cells[0], &g.number) ||
        (cells[1].len && !date_read_iso(cells[1], &g.on)) || cells[5].len != FUND_HEX ||
        !num_read_between(cells[3], 1, money_most, &g.amount)) {
        return wrong(c, "không đúng dạng của một khoản ủng hộ.");
    }
    if (g.number != (int64_t)c->tree.n + 1) {
        return wrong(c, "số thứ tự không liền nhau: có khoản bị bớt hoặc thêm.");
    }
    g.campaign = cells[2];
    g.donor = cells[4];
    g.is_hidden = str_eq(g.donor, FUND_HIDDEN);
    if (g.is_hidden ? cells[6].len > 0 : !hex_read(cells[6], g.salt, FUND_SALT)) {
        return wrong(c, "không đúng dạng của một khoản ủng hộ.");
    }
    if (!g.is_hidden && !str_eq(fund_seal(c->row, &g), cells[5])) {
        return wrong(c, "tên người ủng hộ không khớp với dấu niêm của khoản này.");
    }
    if (c->out->sum > INT64_MAX / 2) {
        return wrong(c, "tổng số tiền lớn quá mức.");
    }
    TRY(receipt_check(c, &g, cells[5]));
    fund_tree_add(&c->tree, row, g.amount);
    fund_sum_add(c->arena, &c->campaigns, g.campaign, g.amount);
    c->out->hidden += g.is_hidden;
    c->out->sum += g.amount;
    return OK;
}

/* What a campaign's line states is what its gifts add up to. */
static struct err campaign_check(struct check *c, struct str row) {
    struct str cells[SUM_CELLS];
    int64_t n, sum;
    if (!cells_cut(row, cells, SUM_CELLS) || !num_read(cells[1], &n) || !num_read(cells[2], &sum)) {
        return wrong(c, "không đúng dạng của một dòng cộng.");
    }
    for (size_t i = 0; i < c->campaigns.list.n; i++) {
        const struct fund_sum *s = &c->campaigns.list.at[i];
        if (str_eq(s->name, cells[0]) && s->n == n && s->sum == sum) {
            fund_sum_add(c->arena, &c->stated, cells[0], sum);
            return OK;
        }
    }
    return wrong(c, "tổng của đợt vận động không bằng các khoản cộng lại.");
}

static struct err other_check(struct check *c, struct str row) {
    struct str cells[SUM_CELLS];
    int64_t n, sum;
    bool is_fine = cells_cut(row, cells, SUM_CELLS) && num_read(cells[1], &n) && num_read(cells[2], &sum);
    return is_fine ? OK : wrong(c, "không đúng dạng của một dòng cộng.");
}

static struct err total_check(struct check *c, struct str row) {
    struct str cells[2];
    int64_t n, sum;
    if (!cells_cut(row, cells, 2) || !num_read(cells[0], &n) || !num_read(cells[1], &sum) || n != (int64_t)c->tree.n ||
        sum != c->out->sum) {
        return wrong(c, "số khoản hoặc tổng số tiền không bằng các khoản cộng lại.");
    }
    if (c->stated.list.n != c->campaigns.list.n) {
        return wrong(c, "thiếu dòng cộng của một đợt vận động.");
    }
    c->has_total = true;
    return OK;
}

static struct err root_check(struct check *c, struct str row) {
    struct fund_hash root = fund_tree_root(&c->tree, buf_str(&c->beside));
    c->out->root = fund_hex(c->arena, &root);
    if (!c->has_total || !str_eq(c->out->root, row)) {
        return wrong(c, "gốc không khớp: trong tệp có chỗ đã bị sửa.");
    }
    c->has_root = true;
    return OK;
}

static struct err line_check(struct check *c, struct str line) {
    static const struct {
        const char *name;
        struct err (*check)(struct check *c, struct str row);
    } kinds[] = {{"campaign", campaign_check}, {"other", other_check}, {"total", total_check}, {"root", root_check}};
    struct str name, row;
    str_cut(line, S("\t"), &name, &row);
    if (c->has_root) {
        return wrong(c, "sau dòng gốc không được có gì nữa.");
    }
    if (str_eq(name, S("gift")) && !c->stated.list.n && !c->has_total) {
        return gift_check(c, row);
    }
    bool is_root = str_eq(name, S("root"));
    if (!is_root) {
        buf_put(&c->beside, line);
        buf_put_char(&c->beside, '\n');
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_eq(name, str_of(kinds[i].name)) && (is_root || !c->has_total)) {
            return kinds[i].check(c, row);
        }
    }
    return wrong(c, "không phải dòng của bản công khai.");
}

static struct err lines_check(struct check *c, struct str text) {
    struct str rest = str_slice(text, FUND_FIRST.len, text.len);
    while (rest.len) {
        struct str line;
        c->line++;
        if (!str_cut(rest, S("\n"), &line, &rest)) {
            return wrong(c, "tệp bị cắt ngang.");
        }
        TRY(line_check(c, line));
        arena_reset(c->row);
    }
    return c->has_root ? OK : wrong(c, "thiếu dòng gốc: tệp bị cắt ngang.");
}

struct err fund_verify(struct arena *a, struct str text, struct fund_receipts *receipts, struct fund_verified *out) {
    *out = (struct fund_verified){0};
    if (!str_starts(text, FUND_FIRST)) {
        return REFUSE(ERR_INVALID, "file", "Đây không phải bản công khai do doanket fund publish làm ra.");
    }
    struct check c = {.arena = a, .row = arena_new(), .receipts = receipts, .out = out, .beside = buf_in(a), .line = 1};
    buf_put(&c.beside, FUND_FIRST);
    struct err e = lines_check(&c, text);
    arena_free(c.row);
    TRY(e);
    out->gifts = (int64_t)c.tree.n;
    for (size_t i = 0; receipts && i < receipts->list.n; i++) {
        if (!receipts->list.at[i].is_found) {
            return err_refuse(a, ERR_INVALID, "receipt", "Khoản số %lld trên biên nhận không có trong bản công khai.",
                              (long long)receipts->list.at[i].gift.number);
        }
    }
    return OK;
}

struct err fund_receipt_read(struct arena *a, struct str line, struct fund_receipts *out) {
    struct fund_receipt r = {0};
    size_t fault_at;
    const struct json_value *json = json_read(a, line, &fault_at);
    struct str day = json_member_text(json, "date");
    r.gift.number = json_member_int(json, "number");
    r.gift.amount = json_member_int(json, "amount");
    r.gift.campaign = json_member_text(json, "campaign");
    r.gift.donor = json_member_text(json, "donor");
    bool is_later = !out->list.n || out->list.at[out->list.n - 1].gift.number < r.gift.number;
    if (!json_is_map(json) || r.gift.number < 1 || !is_later || (day.len && !date_read_iso(day, &r.gift.on)) ||
        !hex_read(json_member_text(json, "salt"), r.gift.salt, FUND_SALT)) {
        return REFUSE(ERR_INVALID, "receipt", "Biên nhận không đúng dạng, hoặc không xếp theo số thứ tự.");
    }
    LIST_ADD(a, &out->list, r);
    return OK;
}
