/* Reading the library: citations, blocks, lists by pages, and what people keep and are told. */
#include "tests/db.h"
#include "tests/law_work.h"

#include "base/utf8.h"
#include "modules/law/law_index.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_store_queries.h"

static struct date day(int16_t year, int8_t month, int8_t d) { return (struct date){year, month, d}; }

TEST("a place is cited from the smallest to the largest, its chapter only where no article says enough") {
    CHECK_STR(law_place_words(arena, S("art_5__cl_2__pt_dd")), S("điểm đ khoản 2 Điều 5"));
    CHECK_STR(law_place_words(arena, S("chp_II__sec_1")), S("Mục 1 Chương II"));
    CHECK_STR(law_place_words(arena, S("chp_II__art_4a")), S("Điều 4a"));
    CHECK_STR(law_place_words(arena, S("annex_I__art_3")), S("Điều 3 Phụ lục I"));
    CHECK_STR(law_place_words(arena, S("")), S(""));
}

TEST("a citation names the place, the work, its number, and from when its words are in force") {
    struct law_read_work_row w = {.type = S("LUAT"),
                                  .code = S("31/2024/QH15"),
                                  .short_title = S("Luật Đất đai"),
                                  .issued_on = day(2024, 1, 18),
                                  .effective_on = day(2024, 8, 1)};
    CHECK_STR(law_cite(arena, &w, S("art_5__cl_2"), (struct date){0}),
              S("khoản 2 Điều 5 Luật Đất đai số 31/2024/QH15 ngày 18/01/2024, có hiệu lực từ ngày 01/08/2024"));
    CHECK_STR(law_cite(arena, &w, S(""), day(2025, 7, 1)),
              S("Luật Đất đai số 31/2024/QH15 ngày 18/01/2024, có hiệu lực từ ngày 01/07/2025"));
}

TEST("rows of cells become one table, lines become paragraphs, and references become links") {
    struct law_ref ref[] = {{.from = 5, .to = 13, .link = link_local(arena, "/law/1")}, {.from = 14, .to = 15}};
    struct law_blocks b =
        law_blocks(arena, S("Theo \xc4\x90i\xe1\xbb\x81u 5, x\nA\tB\nC\tD\n\ncuối"), (struct law_refs){ref, 2});
    CHECK_OR_RETURN(b.n == 3);
    CHECK(b.at[0].line.pieces.n == 5 && b.at[0].line.pieces.at[1].link.v.len && b.at[0].line.pieces.at[3].is_lost);
    CHECK(b.at[1].is_table && b.at[1].rows.n == 2 && b.at[1].rows.at[1].cells.n == 2);
    CHECK_STR(b.at[1].rows.at[1].cells.at[1].pieces.at[0].text, S("D"));
    CHECK_STR(b.at[2].line.pieces.at[0].text, S("cuối"));
}

static struct law_choice_of chosen(enum law_line line, struct date on) {
    static struct law_read_rows_row rows[3];
    rows[0] = (struct law_read_rows_row){.from_on = {2016, 1, 1}, .until_on = {2025, 7, 1}};
    rows[1] = (struct law_read_rows_row){.from_on = {2025, 7, 1}, .until_on = {2026, 1, 1}, .born_event = {1}};
    return law_choose(&(struct law_reading){.line = line, .on = on}, rows, 2);
}

TEST("which words are read depends on the day: not yet, first, changed, gone; and as enacted they are the first") {
    CHECK(chosen(LAW_LINE_DAY, day(2015, 12, 31)).standing == LAW_LATER);
    CHECK(chosen(LAW_LINE_DAY, day(2016, 1, 1)).at == 0);
    CHECK(chosen(LAW_LINE_DAY, day(2025, 6, 30)).standing == LAW_STANDS);
    CHECK(chosen(LAW_LINE_DAY, day(2025, 7, 1)).at == 1);
    CHECK(chosen(LAW_LINE_DAY, day(2026, 1, 1)).standing == LAW_GONE);
    CHECK(chosen(LAW_LINE_ENACTED, day(2026, 1, 1)).at == 0);
    CHECK(chosen(LAW_LINE_ENACTED, day(2026, 1, 1)).standing == LAW_STANDS);
}

/* How many works a list gives, read page by page; 0 when one comes twice. */
static size_t listed(struct db_read *r, struct arena *arena, struct str sort, struct str state) {
    struct law_filter f = {.sort = sort, .state = state};
    struct law_list list;
    LIST(int64_t) seen = {0};
    do {
        if (law_list_read(r, &f, 2, &list).why) {
            return 0;
        }
        for (size_t i = 0; i < list.rows.n && i < 2; i++) {
            for (size_t k = 0; k < seen.n; k++) {
                if (seen.at[k] == list.rows.at[i].id.v) {
                    return 0;
                }
            }
            LIST_ADD(arena, &seen, list.rows.at[i].id.v);
        }
        f.after = list.after;
    } while (f.after.len && seen.n < 100);
    return seen.n;
}

TEST_DB("every work comes once in a list read by pages, in each order, those without a day too") {
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int i = 0; i < 7; i++) {
        struct date issued = i < 2 ? (struct date){0} : day(2024, 1, (int8_t)(i < 5 ? 9 : i));
        CHECK_OK(
            law_work_sample(w, (struct law_work_id){id_new()}, i % 2 ? S("Luật Đất đai") : S("Luật Cư trú"), issued));
    }
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK(listed(r, arena, S(""), S("")) == 7);
    CHECK(listed(r, arena, S("changed"), S("")) == 7);
    CHECK(listed(r, arena, S("name"), S("")) == 7);
    CHECK(listed(r, arena, S(""), S("force")) == 7);
    CHECK(listed(r, arena, S(""), S("expired")) == 0);
    db_end_read(r);
}
