#include "kernel/out/sheet.h"
#include "tests/test.h"

static const struct sheet_column columns[] = {
    {S_INIT("Trích yếu"), 40}, {S_INIT("Số"), 8}, {S_INIT("Ngày"), 12}, {.width = 0}};

static struct err fill(struct arena *a, enum sheet_format format, struct str *bytes) {
    struct sheet *s;
    TRY(sheet_begin(a, format, S("Sổ [đến]"), S("Lọc: tất cả\nTính đến 23/11/2026"), columns, &s));
    sheet_text(s, S("=1+1 \"x\""));
    sheet_int(s, -12);
    sheet_date(s, (struct date){2026, 11, 23});
    sheet_row(s);
    sheet_text(s, S(""));
    sheet_number(s, 2.5);
    sheet_instant(s, (struct instant){0});
    sheet_row(s);
    return sheet_end(s, bytes);
}

TEST("a CSV quotes every cell and never starts a formula") {
    struct str bytes;
    CHECK_OK(fill(arena, SHEET_CSV, &bytes));
    CHECK_STR(bytes, S("\xEF\xBB\xBF\"Trích yếu\",\"Số\",\"Ngày\"\r\n\"'=1+1 "
                       "\"\"x\"\"\",\"-12\",\"23/11/2026\"\r\n\"\",\"2.5\",\"\"\r\n"));
}

static struct str csv_of(struct arena *a, struct str text) {
    struct sheet *s;
    struct str bytes = S("");
    if (!sheet_begin(a, SHEET_CSV, S(""), S(""), columns, &s).why) {
        sheet_text(s, text);
        sheet_row(s);
        err_ignore(sheet_end(s, &bytes));
    }
    struct str before, cell;
    str_cut(bytes, S("\r\n"), &before, &cell);
    return str_slice(cell, 1, cell.len > 3 ? cell.len - 3 : 0);
}

TEST("nothing typed becomes a formula in a CSV, whatever sign parts the cells, and numbers stay numbers") {
    static const struct {
        struct str typed, written;
    } cells[] = {
        {S_INIT("=cmd|' /C calc'!A0"), S_INIT("'=cmd|' /C calc'!A0")},
        {S_INIT("＝1+1"), S_INIT("'＝1+1")},
        {S_INIT("＋1＋1"), S_INIT("'＋1＋1")},
        {S_INIT("－2"), S_INIT("'－2")},
        {S_INIT("＠SUM(A1)"), S_INIT("'＠SUM(A1)")},
        {S_INIT("@SUM(A1)"), S_INIT("'@SUM(A1)")},
        {S_INIT("  =1+1"), S_INIT("  '=1+1")},
        {S_INIT("\tx"), S_INIT("'\tx")},
        {S_INIT("\rx"), S_INIT("'\rx")},
        {S_INIT("\n=1"), S_INIT("'\n'=1")},
        {S_INIT("Kính gửi;=HYPERLINK(A1)"), S_INIT("Kính gửi;'=HYPERLINK(A1)")},
        {S_INIT("a; ＝1"), S_INIT("a; '＝1")},
        {S_INIT("a,@b"), S_INIT("a,'@b")},
        {S_INIT("a\";\"=1"), S_INIT("a\"\";\"\"'=1")},
        {S_INIT("dòng một\n-1+2"), S_INIT("dòng một\n'-1+2")},
        {S_INIT("-2+3+cmd|x"), S_INIT("'-2+3+cmd|x")},
        /* as they were */
        {S_INIT("+84 225 3842 123"), S_INIT("+84 225 3842 123")},
        {S_INIT("+84 (225) 3842.123; +84 225 1"), S_INIT("+84 (225) 3842.123; +84 225 1")},
        {S_INIT("-12,5"), S_INIT("-12,5")},
        {S_INIT("0225.3842.123"), S_INIT("0225.3842.123")},
        {S_INIT("1187/SNNMT-GN"), S_INIT("1187/SNNMT-GN")},
        {S_INIT("Mặt trận - Đoàn thể; a=b, c@d.vn"), S_INIT("Mặt trận - Đoàn thể; a=b, c@d.vn")},
        {S_INIT(""), S_INIT("")},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        CHECK_STR(csv_of(arena, cells[i].typed), cells[i].written);
    }
}

TEST("an Excel file is a whole workbook") {
    struct str bytes;
    CHECK_OK(fill(arena, SHEET_XLSX, &bytes));
    CHECK(bytes.len > 2000 && str_starts(bytes, S("PK")) &&
          str_find(bytes, S("xl/worksheets/sheet1.xml"), 0) != SIZE_MAX);
}
