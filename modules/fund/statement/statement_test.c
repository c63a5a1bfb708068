#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "modules/fund/statement/statement.h"

static struct statement_sense sense_of(struct arena *a, const char *memo, const char *partner, bool is_out) {
    struct statement_line line = {.number = 1,
                                  .ref = S("FT1"),
                                  .memo = str_of(memo),
                                  .partner = str_of(partner),
                                  .on = {2026, 10, 5},
                                  .is_out = is_out,
                                  .amount = 100000};
    return statement_mean(statement_words(a), a, &line);
}

static bool gives(struct arena *a, const char *memo, const char *campaign, const char *donor, bool is_hidden) {
    struct statement_sense s = sense_of(a, memo, "", false);
    bool is_right = s.kind == STATEMENT_DONATION && str_eq(s.campaign, str_of(campaign)) &&
                    str_eq(s.donor, str_of(donor)) && s.is_anonymous == is_hidden;
    if (!is_right) {
        printf("%s: %s %.*s %.*s %d\n", memo, statement_kind_name(s.kind), STR_ARG(s.campaign), STR_ARG(s.donor),
               s.is_anonymous);
    }
    return is_right;
}

static bool is_kind(struct arena *a, const char *memo, bool is_out, enum statement_kind kind) {
    struct statement_sense s = sense_of(a, memo, "", is_out);
    if (s.kind != kind) {
        printf("%s: %s\n", memo, statement_kind_name(s.kind));
    }
    return s.kind == kind && !(is_out && s.donor.len);
}

TEST("a memo says what for, from whom, and whether the giver wants to stay unnamed") {
    CHECK(gives(arena, "IBFT HOANG THI LY ung ho bao so 3", "bao3", "HOANG THI LY", false));
    CHECK(gives(arena, "Hoàng Thị Lý ủng hộ xóa nhà tạm, nhà dột nát", "ddk", "HOANG THI LY", false));
    CHECK(gives(arena, "hoang thi ly tang qua tet cho ho ngheo", "tet", "HOANG THI LY", false));
    CHECK(gives(arena, "HOANG THI LY ung ho nha cho ho ngheo", "ddk", "HOANG THI LY", false));
    CHECK(gives(arena, "HOANG THI LY qvnn, xin dung neu ten", "vnn", "HOANG THI LY", true));
    CHECK(gives(arena, "mot phat tu gop da xay Truong Sa", "biendao", "", true));
    CHECK(gives(arena, "khong can ghi danh sach, cho toi giau ten", "", "", true));
    CHECK(gives(arena, "ung ho", "", "", false));
}

TEST("words of a purpose within a name are part of the name") {
    CHECK(gives(arena, "NGUYEN VAN BAO ung ho quy vi nguoi ngheo", "vnn", "NGUYEN VAN BAO", false));
    CHECK(gives(arena, "TRUONG THI TET ung ho quy vi nguoi ngheo", "vnn", "TRUONG THI TET", false));
    CHECK(gives(arena, "vo thi sau bao so 3", "bao3", "VO THI SAU", false));
    CHECK(gives(arena, "KHONG THI DANG ung ho bao so 3", "bao3", "KHONG THI DANG", false));
    CHECK(gives(arena, "Xom Dong gop xay nha DDK", "ddk", "XOM DONG", false));
    CHECK(gives(arena, "Nhom thien nguyen Hat Nang UH bao lut", "bao3", "NHOM THIEN NGUYEN HAT NANG", false));
}

TEST("a name may stand after what was given") {
    CHECK(gives(arena, "ung ho bao so 3 cua Dang Van Son", "bao3", "DANG VAN SON", false));
    CHECK(gives(arena, "UNG HO QUY VI NGUOI NGHEO - TA QUANG HUY", "vnn", "TA QUANG HUY", false));
    CHECK(gives(arena,
                "MBVCB.3278907687.5193784.LE THI NHAN ung ho bao lu.CT tu 0481000123456 LE THI NHAN toi 0011001932418",
                "bao3", "LE THI NHAN", false));
    CHECK(gives(arena, "ung ho ba con vung lu mong moi nguoi binh an", "bao3", "", false));
}

TEST("who gives is told from how the name begins") {
    static const struct {
        const char *memo, *donor;
        enum statement_donor kind;
    } all[] = {{"GD Ba Sau Nhai UH bao lut", "BA SAU NHAI", STATEMENT_FAMILY},
               {"Truong THCS Le Loi ung ho", "TRUONG THCS LE LOI", STATEMENT_ORG},
               {"TRUONG THI LE ung ho", "TRUONG THI LE", STATEMENT_PERSON},
               {"Doan Thi Lan ung ho", "DOAN THI LAN", STATEMENT_PERSON},
               {"Lop 12A3 khoa 1998 2001 UH bao", "LOP 12A3 KHOA 1998 2001", STATEMENT_GROUP},
               {"em Tran An ung ho", "TRAN AN", STATEMENT_PERSON}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct statement_sense s = sense_of(arena, all[i].memo, "", false);
        CHECK_STR(s.donor, str_of(all[i].donor));
        CHECK(s.donor_kind == all[i].kind);
    }
}

TEST("the partner is the giver when the memo names nobody, unless it is a wallet") {
    struct statement_sense s = sense_of(arena, "CT DEN:123456 nguoi giau ten ung ho bao so 3", "LE AN", false);
    CHECK(s.is_anonymous);
    CHECK_STR(s.donor, S("LE AN"));
    s = sense_of(arena, "CT DEN:123456 Lop 4A UH bao so 3", "LE AN", false);
    CHECK_STR(s.donor, S("LOP 4A"));
    CHECK(!sense_of(arena, "ung ho", "VI DIEN TU HOA SEN", false).donor.len);
}

TEST("money in that is no gift, and money out") {
    CHECK(is_kind(arena, "LE AN chuyen tien", false, STATEMENT_UNCLEAR));
    CHECK(is_kind(arena, "LE VAN AN chuyen nham so tien ung ho, xin hoan lai", false, STATEMENT_MISTAKE));
    CHECK(is_kind(arena, "LAI NHAP GOC", false, STATEMENT_INTEREST));
    CHECK(is_kind(arena, "nhan chuyen noi bo tu quy cuu tro", false, STATEMENT_INTERNAL));
    CHECK(is_kind(arena, "LE VAN AN hoan ung chuyen cuu tro", false, STATEMENT_OTHER_IN));
    CHECK(is_kind(arena, "PHI QUAN LY", true, STATEMENT_FEE));
    CHECK(is_kind(arena, "CHI LUONG THANG 10", true, STATEMENT_SALARY));
    CHECK(is_kind(arena, "MUA LUONG THUC CUU TRO", true, STATEMENT_PAYOUT));
    CHECK(is_kind(arena, "HOAN LAI TIEN UNG HO CHUYEN NHAM", true, STATEMENT_REFUND));
    CHECK_STR(sense_of(arena, "CHI QUA TET HO NGHEO", "", true).campaign, S("tet"));
}

TEST("a storm's words mean its campaign from its day on") {
    struct statement_line line = {.memo = S("LE AN ung ho bao lu"), .on = {2024, 8, 31}, .amount = 1};
    CHECK(!statement_mean(statement_words(arena), arena, &line).campaign.len);
    line.on = (struct date){2024, 9, 1};
    CHECK_STR(statement_mean(statement_words(arena), arena, &line).campaign, S("bao3"));
}

TEST("money is read as banks print it, and nothing else is") {
    static const struct {
        const char *text;
        int64_t amount;
    } good[] = {{"1.234.567", 1234567}, {"100,000 VND", 100000}, {"1,234,567.00", 1234567}, {"20000", 20000},
                {"-50.000", -50000},    {"(20 000)", -20000},    {"+1.000 đ", 1000},        {"100,00", 100}};
    static const char *const bad[] = {"", "x", "1.23.456", "1,5", "12.34.567", "1.000,50", "12345678901234567890", "-"};
    int64_t n;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(statement_money(str_of(good[i].text), &n) && n == good[i].amount);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!statement_money(str_of(bad[i]), &n));
    }
}

/* --- Statements --- */
struct read {
    struct statement_sense senses[8];
    struct statement_line lines[8];
    struct statement_check check;
    bool has_columns;
};

static struct read read_all(struct arena *a, struct str text) {
    struct read r = {0};
    struct statement *s = statement_open(a);
    const struct statement_words *w = statement_words(a);
    struct statement_cells cells = {0};
    char separator = statement_separator(a, text);
    struct statement_line line;
    while (statement_csv_next(a, &text, separator, &cells)) {
        if (statement_take(s, a, &cells, &line) == STATEMENT_LINE && line.number <= 8) {
            r.lines[line.number - 1] = line;
            r.senses[line.number - 1] = statement_judge(s, w, a, &line);
        }
    }
    r.check = statement_check(s);
    r.has_columns = statement_has_columns(s);
    return r;
}

TEST("columns are found by their titles, over two lines, with titles and totals around them") {
    struct read r =
        read_all(arena, S("NGÂN HÀNG X,,,,\r\nSTT,Ngày giao dịch,Số chứng từ,Số tiền,,Nội dung\r\n,,,Ghi nợ,Ghi có,\r\n"
                          "1,05/10/2026,A1,,\"100,000 VND\",LE AN ung ho\r\n2,06/10/2026,A2,\"50,000\",,PHI SMS\r\n"
                          "3,06/10/2026,A3,,\"100,000\",LE AN ung ho\r\n,,Tổng cộng,\"50,000\",\"200,000\",\r\n"));
    CHECK(r.has_columns && r.check.lines == 3 && !r.check.faults);
    CHECK(r.check.in == 200000 && r.check.out == 50000 && r.check.has_total && r.check.total_in == 200000);
    CHECK(r.lines[1].is_out && r.senses[1].kind == STATEMENT_FEE);
    CHECK(r.senses[2].kind == STATEMENT_DONATION);
    CHECK(!read_all(arena, S("a;b;c\n1;2;3\n")).has_columns);
}

TEST("a line that comes again is a duplicate; balances that do not follow are seen") {
    struct read r =
        read_all(arena, S("Ngày;Số GD;Nợ/Có;Số tiền;Số dư;Diễn giải\n1/10/2026;A;C;100.000;100.000;x ung ho\n"
                          "1/10/2026;A;C;100.000;100.000;x ung ho\n1/10/2026;B;C;100.000;200.000;x ung ho\n"
                          "2/10/2026;C;D;50.000;140.000;PHI\n2/10/2026;D;C;hai;0;x\n2/10/2026;E;?;5;0;x\n"));
    CHECK(r.senses[1].kind == STATEMENT_DUPLICATE && r.senses[1].dup_of == 1);
    CHECK(r.senses[2].kind == STATEMENT_DONATION);
    CHECK(r.lines[3].is_out && r.check.breaks == 1 && r.check.break_row == 5);
    CHECK(r.check.faults == 2 && r.check.lines == 4);
}

static size_t wrong_in(json_t *expected, const struct statement_line *line, const struct statement_sense *sense) {
    const char *campaign = json_string_value(json_object_get(expected, "campaign"));
    const char *donor = json_string_value(json_object_get(expected, "donor"));
    struct str ours = sense->kind == STATEMENT_PAYOUT ? S("") : sense->campaign;
    bool is_right = json_integer_value(json_object_get(expected, "amount")) == line->amount &&
                    str_eq(str_of(json_string_value(json_object_get(expected, "kind"))),
                           str_of(statement_kind_name(sense->kind))) &&
                    str_eq(str_of(campaign), ours) && str_eq(str_of(donor), sense->donor) &&
                    json_is_true(json_object_get(expected, "anonymous")) == sense->is_anonymous;
    if (!is_right) {
        printf("%.*s: %s %.*s\n", STR_ARG(line->memo), statement_kind_name(sense->kind), STR_ARG(sense->donor));
    }
    return !is_right;
}

TEST("the statement of the shared data is read as its answers say") {
    FILE *f = fopen("../shared/data/bank/bank_a.csv", "r");
    FILE *answers = fopen("../shared/data/bank/bank_a.expected.jsonl", "r");
    if (!f || !answers) {
        test_skip("no ../shared/data here");
        return;
    }
    struct buf b = buf_in(arena);
    buf_reserve(&b, 1 << 20);
    b.len = fread(b.at, 1, 1 << 20, f);
    struct str text = buf_str(&b);
    struct statement *s = statement_open(arena);
    const struct statement_words *w = statement_words(arena);
    struct statement_cells cells = {0};
    struct statement_line line;
    size_t wrong = 0, n = 0;
    while (statement_csv_next(arena, &text, ';', &cells)) {
        if (statement_take(s, arena, &cells, &line) == STATEMENT_LINE) {
            struct statement_sense sense = statement_judge(s, w, arena, &line);
            json_t *expected = json_loadf(answers, JSON_DISABLE_EOF_CHECK, NULL);
            wrong += wrong_in(expected, &line, &sense);
            json_decref(expected);
            n++;
        }
    }
    fclose(f);
    fclose(answers);
    CHECK(n == 300 && wrong * 50 <= n);
    CHECK(!statement_check(s).breaks);
}
