#include "tests/db.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "search/search.h"
#include "modules/law/law.h"
#include "modules/law/law_force.h"
#include "modules/law/law_import.h"
#include "modules/law/law_queries.h"
#include "modules/law/law_search.h"
#include "modules/law/law_store_queries.h"

static struct date day(int16_t year, int8_t month, int8_t d) { return (struct date){year, month, d}; }

TEST("a law's force is a question about a day") {
    static const struct {
        struct law_force force;
        struct date on;
        enum law_status is;
    } rows[] = {
        {{.declared = S_INIT("")}, {2026, 1, 1}, LAW_UNKNOWN},
        {{.declared = S_INIT("in_force")}, {2026, 1, 1}, LAW_UNKNOWN},
        {{.declared = S_INIT("expired")}, {2026, 1, 1}, LAW_EXPIRED},
        {{.effective_on = {2020, 3, 5}}, {2020, 3, 4}, LAW_PENDING},
        {{.effective_on = {2020, 3, 5}}, {2020, 3, 5}, LAW_IN_FORCE},
        {{.effective_on = {2020, 3, 5}, .expired_on = {2026, 7, 1}}, {2026, 6, 30}, LAW_IN_FORCE},
        {{.effective_on = {2020, 3, 5}, .expired_on = {2026, 7, 1}}, {2026, 7, 1}, LAW_EXPIRED},
        {{.effective_on = {2020, 3, 5}, .ended_on = {2025, 1, 1}, .expired_on = {2026, 7, 1}},
         {2025, 1, 1},
         LAW_EXPIRED},
        {{.effective_on = {2016, 1, 1}, .partly_on = {2025, 7, 1}}, {2025, 6, 30}, LAW_IN_FORCE},
        {{.effective_on = {2016, 1, 1}, .partly_on = {2025, 7, 1}}, {2025, 7, 1}, LAW_PARTLY},
        {{.effective_on = {2016, 1, 1}, .suspended_on = {2021, 1, 1}}, {2022, 1, 1}, LAW_SUSPENDED},
        {{.effective_on = {2016, 1, 1}, .suspended_on = {2021, 1, 1}, .resumed_on = {2021, 9, 1}},
         {2021, 8, 31},
         LAW_SUSPENDED},
        {{.effective_on = {2016, 1, 1}, .suspended_on = {2021, 1, 1}, .resumed_on = {2021, 9, 1}},
         {2021, 9, 1},
         LAW_IN_FORCE},
        {{.effective_on = {2016, 1, 1}, .declared = S_INIT("partly"), .declared_on = {2024, 1, 1}},
         {2023, 12, 31},
         LAW_IN_FORCE},
        {{.effective_on = {2016, 1, 1}, .declared = S_INIT("partly"), .declared_on = {2024, 1, 1}},
         {2024, 1, 1},
         LAW_PARTLY},
        {{.effective_on = {2016, 1, 1}, .expired_on = {2010, 1, 1}}, {2012, 1, 1}, LAW_UNKNOWN},
        {{.effective_on = {2016, 1, 1}, .expired_on = {2010, 1, 1}}, {2017, 1, 1}, LAW_EXPIRED},
        {{.effective_on = {2016, 1, 1}, .expired_on = {2010, 1, 1}}, {2009, 1, 1}, LAW_PENDING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_STR(law_status_code(law_status_on(&rows[i].force, rows[i].on)), law_status_code(rows[i].is));
    }
}

static struct err work_put(struct db_write *w, struct law_work_id id, struct str code, struct str title) {
    return law_work_insert(
        w,
        (struct law_work_insert_in){.id = id,
                                    .uri = str_format(db_write_arena(w), "/vn/%lld", (long long)id.v),
                                    .family = S("state"),
                                    .type = S("LUAT"),
                                    .code = code,
                                    .code_key = search_number(db_write_arena(w), code),
                                    .title = title,
                                    .short_title = title,
                                    .title_fold = utf8_fold(db_write_arena(w), title),
                                    .issued_on = day(2024, 1, 18),
                                    .effective_on = day(2024, 8, 1),
                                    .made_at = clock_now(),
                                    .changed_at = clock_now()},
        NULL);
}

TEST_DB("a work is found by its number however written, and by its name") {
    static const struct str ways[] = {
        S_INIT("31/2024/QH15"), S_INIT("31 / 2024/qh15"), S_INIT("luật 31/2024/QH15"), S_INIT("31/2024"),
        S_INIT("Luật Đất đai"), S_INIT("luat dat dai"),   S_INIT("Luật Đất đai 2024"), S_INIT("luật đất đai năm 2024")};
    static const struct str not [] = {S_INIT(""), S_INIT("32/2024/QH15"), S_INIT("Luật Đất đai 2013"), S_INIT("đất")};
    struct law_work_id id = {id_new()};
    struct law_work_heads found;
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, id, S("31/2024/QH15"), S("Luật Đất đai")));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        CHECK_OK(law_work_named(r, ways[i], day(2026, 1, 1), &found));
        CHECK_STR(found.n == 1 ? found.at[0].name : ways[i], S("Luật Đất đai 2024"));
    }
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++) {
        CHECK_OK(law_work_named(r, not [i], day(2026, 1, 1), &found));
        CHECK(found.n == 0);
    }
    db_end_read(r);
}

TEST_DB("what events say of a work counts on the days they name") {
    struct law_work_id law = {id_new()}, amending = {id_new()};
    struct law_work_head head;
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, law, S("31/2024/QH15"), S("Luật Đất đai")));
    CHECK_OK(work_put(w, amending, S("9/2025/QH15"), S("Luật sửa đổi")));
    CHECK_OK(law_event_insert(w,
                              (struct law_event_insert_in){.id = {id_new()},
                                                           .op = S("amend"),
                                                           .acting_work = amending,
                                                           .target_work = law,
                                                           .target_eid = S("art_5__cl_3"),
                                                           .effective_on = day(2025, 7, 1),
                                                           .method = S("manual"),
                                                           .state = S("verified"),
                                                           .made_at = clock_now()},
                              NULL));
    CHECK_OK(law_force_keep(w, law));
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_work_head(r, law, day(2025, 6, 30), &head));
    CHECK(head.status == LAW_IN_FORCE);
    CHECK_OK(law_work_head(r, law, day(2025, 7, 1), &head));
    CHECK(head.status == LAW_PARTLY);
    CHECK_ERR(law_work_head(r, (struct law_work_id){7}, day(2025, 7, 1), &head), ERR_MISSING);
    db_end_read(r);
}

TEST("a place has an address, and words for it") {
    static const struct {
        struct str eid, words;
    } rows[] = {
        {S_INIT("art_5__cl_2__pt_dd"), S_INIT("Điều 5 khoản 2 điểm đ")},
        {S_INIT("art_4a"), S_INIT("Điều 4a")},
        {S_INIT("art_9dd"), S_INIT("Điều 9đ")},
        {S_INIT("chp_II__sec_1"), S_INIT("Chương II Mục 1")},
        {S_INIT("annex_III"), S_INIT("Phụ lục III")},
        {S_INIT("chp_II__sec_1__subsec_2"), S_INIT("Chương II Mục 1 Tiểu mục 2")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_STR(law_eid_words(arena, rows[i].eid), rows[i].words);
        CHECK_STR(law_eid_of_words(arena, rows[i].words), rows[i].eid);
    }
    CHECK_STR(law_eid_of_words(arena, S("điểm Đ khoản 2, Điều 5")), S("art_5__cl_2__pt_dd"));
    CHECK_STR(law_eid_of_words(arena, S("dieu 12")), S("art_12"));
    CHECK_STR(law_eid_of_words(arena, S("xin chào")), S(""));
    CHECK_STR(law_eid_of_words(arena, S("Điều")), S(""));
}

TEST("types and topics are found by code and by name") {
    struct law_type type;
    CHECK(law_type_by_name(S("nghị ĐỊNH"), &type));
    CHECK_STR(type.code, S("ND"));
    CHECK(law_type_by_name(S("bo luat"), &type));
    CHECK_STR(type.code, S("BLUAT"));
    CHECK(!law_type_by_code(S("XX"), &type));
    CHECK_STR(law_topic_name(S("khieu-nai-to-cao")), S("Khiếu nại, tố cáo"));
    CHECK_STR(law_topic_name(S("la")), S("la"));
    CHECK_STR(law_name(arena, S("ND"), S("30/2020/NĐ-CP"), S(""), S("về công tác văn thư"), day(2020, 3, 5)),
              S("Nghị định 30/2020/NĐ-CP"));
    CHECK_STR(law_name(arena, S("LUAT"), S("31/2024/QH15"), S("Luật Đất đai"), S("Đất đai"), day(2024, 1, 18)),
              S("Luật Đất đai 2024"));
}

/* ---- A place of law as people type it into a box. */
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
