#include "tests/test.h"

#include "base/buf.h"
#include "modules/fund/published.h"
#include "modules/fund/source.h"
#include "read/book.h"

static struct str published(struct arena *a, int n, struct str *receipts) {
    struct buf out = buf_in(a), kept = buf_in(a);
    struct fund_publisher *p = fund_publisher_open(a, &out);
    for (int i = 0; i < n; i++) {
        struct fund_gift g = {.on = {2026, 10, 1},
                              .campaign = i % 3 ? S("bao3") : S(""),
                              .amount = 1000 + i,
                              .donor = i % 4 ? S("LE AN") : S(""),
                              .is_hidden = i % 2};
        fund_publish(p, a, &g, &out, &kept);
    }
    fund_publish_other(p, "fee", 11000);
    fund_publish_end(p, a, &out);
    *receipts = buf_str(&kept);
    return buf_str(&out);
}

static bool holds(struct arena *a, struct str text, struct fund_receipts *receipts) {
    struct fund_verified v;
    return !fund_verify(a, text, receipts, &v).why;
}

TEST("the published statement is accepted; with any figure or letter changed, cut or lengthened it is refused") {
    struct str receipts, text = published(arena, 7, &receipts);
    struct fund_verified v;
    CHECK_OK(fund_verify(arena, text, NULL, &v));
    CHECK(v.gifts == 7 && v.sum == 7021 && v.hidden == 3);
    struct str damaged = str_copy(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        char *c = (char *)(uintptr_t)damaged.at + i;
        char was = *c;
        *c = was >= '0' && was < '9' ? (char)(was + 1) : '0' + (was == '0');
        CHECK(*c == was || !holds(arena, damaged, NULL));
        *c = was;
    }
    CHECK(!holds(arena, str_slice(text, 0, text.len - 1), NULL));
    CHECK(!holds(arena, str_format(arena, "%.*s\n", STR_ARG(text)), NULL));
}

TEST("statements of no gift and of one are whole too") {
    struct str receipts;
    CHECK(holds(arena, published(arena, 0, &receipts), NULL));
    CHECK(holds(arena, published(arena, 1, &receipts), NULL));
}

TEST("a hidden giver finds the gift by the receipt; another's name, sum or salt does not") {
    struct str receipts, text = published(arena, 7, &receipts), line;
    CHECK(str_find(text, S("LE AN"), 0) != SIZE_MAX);
    str_next(&receipts, '\n', &line);
    str_next(&receipts, '\n', &line);
    struct fund_receipts own = {0};
    CHECK_OK(fund_receipt_read(arena, line, &own));
    CHECK(own.list.n == 1 && own.list.at[0].gift.number == 2);
    CHECK(holds(arena, text, &own) && own.list.at[0].is_found);
    own.list.at[0].gift.donor = S("LE BINH");
    CHECK(!holds(arena, text, &own));
    own.list.at[0].gift.donor = S("LE AN");
    own.list.at[0].gift.amount++;
    CHECK(!holds(arena, text, &own));
    own.list.at[0].gift.amount--;
    own.list.at[0].gift.salt[0] ^= 1;
    CHECK(!holds(arena, text, &own));
    own.list.at[0].gift.salt[0] ^= 1;
    own.list.at[0].is_found = false;
    own.list.at[0].gift.number = 100;
    CHECK(!holds(arena, text, &own));
    CHECK(fund_receipt_read(arena, S("{}"), &own).why);
}

TEST("hidden names are nowhere in the published statement") {
    struct buf out = buf_in(arena), kept = buf_in(arena);
    struct fund_publisher *p = fund_publisher_open(arena, &out);
    struct fund_gift g = {.amount = 5, .donor = S("TRAN THI HIEN"), .is_hidden = true};
    fund_publish(p, arena, &g, &out, &kept);
    fund_publish_end(p, arena, &out);
    CHECK(str_find(buf_str(&out), S("HIEN"), 0) == SIZE_MAX);
    CHECK(str_find(buf_str(&kept), S("TRAN THI HIEN"), 0) != SIZE_MAX);
}

static struct err count_rows(void *thing, struct arena *row, const struct statement_cells *cells) {
    (void)row;
    *(size_t *)thing += cells->n == 3 && str_eq(cells->at[1], S("ủng hộ"));
    return OK;
}

TEST("a text in an old encoding is read as well, and a workbook's cells as a bank prints them") {
    size_t n = 0;
    struct fund_rows rows = {count_rows, &n};
    CHECK_OK(fund_text_each(arena,
                            S("\xef\xbb\xbf"
                              "1;ủng hộ;x\r\n2;\"ủng hộ\";y"),
                            &rows));
    CHECK(n == 2);
    struct read_cell date = {.kind = READ_CELL_DATE, .text = S("46266.0094")};
    struct read_cell large = {.kind = READ_CELL_NUMBER, .text = S("1.5E+9")};
    struct read_cell text = {.kind = READ_CELL_TEXT, .text = S("1.500")};
    CHECK_STR(fund_cell_text(arena, &date, false), S("2026-09-01"));
    CHECK_STR(fund_cell_text(arena, &large, false), S("1500000000"));
    CHECK_STR(fund_cell_text(arena, &text, false), S("1.500"));
}
