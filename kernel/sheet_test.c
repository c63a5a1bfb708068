#include "kernel/sheet.h"
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

TEST("an Excel file is a whole workbook") {
    struct str bytes;
    CHECK_OK(fill(arena, SHEET_XLSX, &bytes));
    CHECK(bytes.len > 2000 && str_starts(bytes, S("PK")) &&
          str_find(bytes, S("xl/worksheets/sheet1.xml"), 0) != SIZE_MAX);
}
