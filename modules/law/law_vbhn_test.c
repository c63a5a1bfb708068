/* Published consolidations: words of the work they consolidate, before our own. */
#include "tests/db.h"

#include "modules/law/law.h"
#include "modules/law/law_read_queries.h"
#include "modules/law/law_store.h"
#include "modules/law/law_text.h"

static const char law_text[] =
    "QUỐC HỘI\nLuật số: 10/2020/QH14\nHà Nội, ngày 10 tháng 6 năm 2020\n\nLUẬT\nTHỬ NGHIỆM\n\n"
    "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật Thử nghiệm.\n\n"
    "Điều 1. Phạm vi\nLuật này quy định về thử nghiệm.\n\n"
    "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n";
static const char consolidation[] =
    "VĂN PHÒNG QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 07/VBHN-VPQH\n"
    "Hà Nội, ngày 10 tháng 8 năm 2023\n\nLUẬT\nTHỬ NGHIỆM\n\n"
    "Luật Thử nghiệm số 10/2020/QH14 ngày 10 tháng 6 năm 2020 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm "
    "2021, được sửa đổi, bổ sung bởi:\n"
    "Luật số 20/2023/QH15 ngày 20 tháng 6 năm 2023 của Quốc hội sửa đổi, bổ sung một số điều của Luật Thử nghiệm, có "
    "hiệu lực kể từ ngày 01 tháng 01 năm 2024.\n"
    "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật Thử nghiệm.\n\n"
    "Điều 1. Phạm vi\nLuật này quy định về thử nghiệm và kiểm định.\n\n"
    "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n";

static struct err put(struct db *db, struct arena *a, const char *text, struct law_stored *done) {
    struct law_tree tree;
    struct law_store in = {0};
    struct db_write *w;
    law_text_read(a, str_of(text), &tree);
    TRY(db_begin_write(db, a, &w));
    struct err e = law_store_tree(w, &tree, &in, done);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST("the head of a published consolidation is read with its own number") {
    struct law_tree tree;
    law_text_read(arena, str_of(consolidation), &tree);
    CHECK_STR(tree.head.code, S("07/VBHN-VPQH"));
    CHECK_STR(tree.head.title, S("THỬ NGHIỆM"));
    CHECK(str_starts(tree.head.preamble, S("Luật Thử nghiệm số 10/2020/QH14")));
}

TEST_DB("a published consolidation is words of its work, of the day its last change began, in either order and twice") {
    for (int order = 0; order < 2; order++) {
        struct law_stored law, vbhn, again;
        struct law_read_expressions_rows rows;
        struct db_read *r;
        CHECK_OK(put(db, arena, order ? consolidation : law_text, order ? &vbhn : &law));
        CHECK_OK(put(db, arena, order ? law_text : consolidation, order ? &law : &vbhn));
        CHECK(law.work.v == vbhn.work.v);
        CHECK_OK(put(db, arena, consolidation, &again));
        CHECK(again.work.v == law.work.v && !again.is_changed);
        CHECK_OK(db_begin_read(db, arena, &r));
        CHECK_OK(law_read_expressions(r, (struct law_read_expressions_in){.work = law.work}, &rows));
        size_t published = 0, enacted = 0;
        for (size_t i = 0; i < rows.n; i++) {
            bool is_vbhn = str_eq(rows.at[i].kind, S("vbhn")) && str_eq(rows.at[i].code, S("07/VBHN-VPQH"));
            published += is_vbhn && rows.at[i].is_official && date_is(rows.at[i].dated_on, (struct date){2024, 1, 1});
            enacted += str_eq(rows.at[i].kind, S("original")) && str_eq(rows.at[i].given, S("enacted"));
        }
        CHECK(published == 1 && enacted == 1);
        struct law_wording w;
        CHECK_OK(law_wording(r, law.work, S("art_1"), (struct date){2022, 1, 1}, &w));
        CHECK_STR(w.text, S("Luật này quy định về thử nghiệm."));
        db_end_read(r);
    }
}
