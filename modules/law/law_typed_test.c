/* A place of law as people type it into a box. */
#include "base/arena.h"
#include "modules/law/law.h"
#include "modules/law/law_import.h"
#include "modules/law/law_search.h"
#include "tests/db.h"

static const struct date today = {2026, 11, 30};

static struct err library_make(struct arena *a, struct db *db) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    TRY(law_demo(w, a));
    return db_commit(w);
}

/* "75/2015/QH13 art_3__cl_1", or "-" when the words name no place. */
static struct str place_of(struct db_read *r, const char *words) {
    struct law_where where;
    struct law_work_head head;
    if (law_typed(r, str_of(words), today, &where).why || !where.work.v ||
        law_work_head(r, where.work, today, &head).why) {
        return S("-");
    }
    return str_format(db_arena(r), "%.*s %.*s", STR_ARG(head.code), STR_ARG(where.eid));
}

TEST_DB("a place may be typed whole, without marks, shortened, glued together, and in any order") {
    static const char *const ways[] = {
        "khoản 1 Điều 3 Luật Mặt trận Tổ quốc Việt Nam",
        "theo khoản 1, Điều 3 của Luật Mặt trận Tổ quốc Việt Nam quy định gì?",
        "khoan 1 dieu 3 luat mat tran to quoc viet nam",
        "Luật Mặt trận Tổ quốc Việt Nam, điều 3, khoản 1",
        "Đ3 K1 Luật số 75/2015/QH13",
        "đ.3 k.1 75/2015/qh13",
        "k1đ3 luật mặt trận tổ quốc việt nam",
        "75/2015/QH13 điều 3 khoản 1",
    };
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        CHECK_STR(place_of(r, ways[i]), S("75/2015/QH13 art_3__cl_1"));
    }
    db_end_read(r);
}

TEST_DB("a point keeps the letter that was typed") {
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_STR(place_of(r, "điểm đ khoản 2 Điều 8 Luật Mặt trận Tổ quốc Việt Nam"),
              S("75/2015/QH13 art_8__cl_2__pt_dd"));
    CHECK_STR(place_of(r, "điểm d khoản 2 Điều 8 Luật Mặt trận Tổ quốc Việt Nam"), S("75/2015/QH13 art_8__cl_2__pt_d"));
    db_end_read(r);
}

TEST_DB("what names no document, no place, or a document that is not here, leads nowhere") {
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_STR(place_of(r, "Điều 3 nói gì?"), S("-"));
    CHECK_STR(place_of(r, "Luật Mặt trận Tổ quốc Việt Nam"), S("-"));
    CHECK_STR(place_of(r, "khoản 2 Điều 4 Luật Thú cưng năm 2024"), S("-"));
    CHECK_STR(place_of(r, "Người dân có quyền gì theo điều 5 luật"), S("-"));
    CHECK_STR(place_of(r, ""), S("-"));
    CHECK_STR(place_of(r, "đ đ đ k k 5 5 5 / / 5"), S("-"));
    db_end_read(r);
}

TEST_DB("the article of a place that is named is found by its id; a place that is not there is not") {
    struct search_named named = {0};
    struct law_wording article;
    struct law_work_heads law;
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_named(r, S("75/2015/QH13"), today, &law));
    CHECK_OR_RETURN(law.n == 1);
    CHECK_OK(law_wording(r, law.at[0].id, S("art_3"), today, &article));
    CHECK_OK(law_named_record(r, S("k1 đ3 75/2015/QH13"), today, &named));
    CHECK(named.record == article.provision.v && named.words.len > 0);
    named = (struct search_named){0};
    CHECK_OK(law_named_record(r, S("điều 999 luật mặt trận tổ quốc việt nam"), today, &named));
    CHECK(named.record == 0);
    db_end_read(r);
}
