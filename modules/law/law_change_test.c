#include "tests/db.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_change_queries.h"
#include "modules/law/law_change.h"
#include "modules/law/law_change_test_queries.h"
#include "modules/law/law_store.h"

static struct date day(int16_t year, int8_t month, int8_t d) { return (struct date){year, month, d}; }

static const char base_law[] =
    "QUỐC HỘI\nLuật số: 10/2020/QH14\nHà Nội, ngày 10 tháng 6 năm 2020\n\nLUẬT\nTHỬ NGHIỆM\n\n"
    "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật Thử nghiệm.\n\n"
    "Chương I\nQUY ĐỊNH CHUNG\n\n"
    "Điều 1. Phạm vi\nLuật này quy định về thử nghiệm của Bộ Giao thông vận tải.\n\n"
    "Điều 2. Nguyên tắc\n1. Công khai;\n2. Minh bạch, bao gồm:\na) Đúng hạn;\nb) Đúng việc.\n3. Theo khoản 1 Điều "
    "này.\n\n"
    "Điều 3. Thẩm quyền\nỦy ban nhân dân huyện quyết định.\n\n"
    "Điều 4. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n";
static const char amend_law[] =
    "QUỐC HỘI\nLuật số: 20/2023/QH15\nHà Nội, ngày 20 tháng 6 năm 2023\n\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT "
    "THỬ NGHIỆM\n\n"
    "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
    "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14.\n\n"
    "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n"
    "1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:\n“2. Minh bạch, gồm có:\na) Đúng hạn, đúng người;\nb) Đúng việc.”.\n"
    "2. Bổ sung Điều 2a vào sau Điều 2 như sau:\n“Điều 2a. Trách nhiệm\n1. Người làm phải ký.\n2. Người xem phải "
    "ghi.”.\n"
    "3. Bãi bỏ Điều 3.\n"
    "4. Thay thế cụm từ “Bộ Giao thông vận tải” bằng cụm từ “Bộ Xây dựng” tại Điều 1.\n\n"
    "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2023.\n";

static struct err put_as(struct db *db, struct arena *a, const char *text, struct law_store in,
                         struct law_work_id *work) {
    struct law_tree tree;
    struct law_stored done;
    struct db_write *w;
    law_text_read(a, str_of(text), &tree);
    TRY(db_begin_write(db, a, &w));
    struct err e = law_store_tree(w, &tree, &in, &done);
    *work = done.work;
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err put(struct db *db, struct arena *a, const char *text, struct law_work_id *work) {
    return put_as(db, a, text, (struct law_store){0}, work);
}

static struct str words_on(struct db *db, struct arena *a, struct law_work_id work, const char *eid, struct date on) {
    struct db_read *r;
    struct law_wording x;
    struct str out = S("-");
    if (!db_begin_read(db, a, &r).why) {
        out = !law_wording(r, work, str_of(eid), on, &x).why && x.is_there ? x.text : out;
        db_end_read(r);
    }
    return out;
}

/* All words of a work on a day, with its events' states: what must not depend on the order things came in. */
static struct str whole_on(struct db *db, struct arena *a, struct law_work_id work, struct date on) {
    struct db_read *r;
    struct law_wordings all;
    struct buf b = buf_in(a);
    if (db_begin_read(db, a, &r).why) {
        return S("no read");
    }
    if (!law_wordings(r, work, S(""), on, &all).why) {
        for (size_t i = 0; i < all.n; i++) {
            buf_printf(&b, "%.*s|%.*s|%.*s\n", STR_ARG(all.at[i].eid), STR_ARG(all.at[i].heading),
                       STR_ARG(all.at[i].text));
        }
    }
    db_end_read(r);
    return buf_str(&b);
}

static struct err decide(struct db *db, struct arena *a, struct law_decision d) {
    struct db_write *w;
    TRY(db_begin_write(db, a, &w));
    struct law_change_event_row *now = NULL;
    struct err e = law_change_event(db_reading(w), (struct law_change_event_in){.id = d.event}, &now);
    d.version = now ? now->version : 0;
    e = e.why ? e : law_change_decide(w, &d);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST("an amending act's instructions are read with their verbs, places and new words") {
    static const struct law_change_line lines[] = {
        {.eid = S_INIT("art_7"), .heading = S_INIT("Sửa đổi, bổ sung một số điều của Luật Đường bộ")},
        {.eid = S_INIT("art_7__cl_1"), .text = S_INIT("Sửa đổi, bổ sung một số điểm của khoản 1 Điều 7 như sau:")},
        {.eid = S_INIT("art_7__cl_1__pt_a"),
         .text = S_INIT("Sửa đổi, bổ sung điểm c và điểm d như sau:\n“c) Một;\nd) Hai;”;")},
        {.eid = S_INIT("art_7__cl_2"),
         .text = S_INIT(
             "Sửa đổi, bổ sung khoản 18 và bổ sung khoản 18a vào sau khoản 18 Điều 9 như sau:\n“18. Ba.\n18a. Bốn.”.")},
        {.eid = S_INIT("art_7__cl_3"),
         .text = S_INIT("Thay thế cụm từ “Bộ A” bằng cụm từ “Bộ B” tại khoản 13 Điều 11, các khoản 1 và 4 Điều 39.")},
        {.eid = S_INIT("art_7__cl_4"), .text = S_INIT("Bãi bỏ khoản 4 Điều 10, Điều 83.")},
        {.eid = S_INIT("art_7__cl_5"),
         .text = S_INIT("Bổ sung cụm từ “x” vào trước cụm từ “y” tại điểm d khoản 2 Điều 74.")},
        {.eid = S_INIT("art_8"),
         .heading = S_INIT("Hiệu lực thi hành"),
         .text =
             S_INIT("Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026 và thay thế Nghị định số 1/2020/NĐ-CP.")},
    };
    static const char wanted[] =
        "amend art_7__cl_1__pt_c [c) Một;]\namend art_7__cl_1__pt_d [d) Hai;]\namend art_9__cl_18 [18. Ba.]\n"
        "supplement art_9__cl_18a [18a. Bốn.]\namend art_11__cl_13 []\namend art_39__cl_1 []\namend art_39__cl_4 []\n"
        "repeal art_10__cl_4 []\nrepeal art_83 []\namend art_74__cl_2__pt_d []\nreplace  []\n";
    struct law_changes found;
    struct buf b = buf_in(arena);
    law_change_find(arena, (struct law_change_lines){lines, sizeof lines / sizeof *lines}, S(""), &found);
    for (size_t i = 0; i < found.changes.n; i++) {
        const struct law_change *c = &found.changes.at[i];
        CHECK_STR(c->why, S(""));
        buf_printf(&b, "%.*s %.*s [%.*s]\n", STR_ARG(law_op_code(c->op)), STR_ARG(c->eid), STR_ARG(c->new_text));
    }
    CHECK_STR(buf_str(&b), str_of(wanted));
    CHECK(date_is(found.effective_on, day(2026, 7, 1)));
}

TEST("what a rule is not sure of says why") {
    static const struct law_change_line lines[] = {
        {.eid = S_INIT("art_1"), .heading = S_INIT("Sửa đổi, bổ sung một số điều của Nghị định số 1/2020/NĐ-CP")},
        {.eid = S_INIT("art_1__cl_1"), .text = S_INIT("Sửa đổi khoản 2 Điều 5.")},
        {.eid = S_INIT("art_1__cl_2"), .text = S_INIT("Đính chính khoản 3 Điều 5 như sau: “3. Chữ.”.")},
        {.eid = S_INIT("art_1__cl_3"), .text = S_INIT("Sửa đổi khoản 4 Điều 5 như sau:\n“Chữ không có số.”.")},
    };
    struct law_changes found;
    law_change_find(arena, (struct law_change_lines){lines, 4}, S(""), &found);
    CHECK_OR_RETURN(found.changes.n == 3);
    for (size_t i = 0; i < 3; i++) {
        CHECK(found.changes.at[i].why.len > 0);
    }
}

TEST_DB("an amending act changes the words of the other from its day on, and before it they stay") {
    struct law_work_id law, act;
    CHECK_OK(put(db, arena, base_law, &law));
    CHECK_OK(put(db, arena, amend_law, &act));
    struct date before = day(2023, 6, 30), after = day(2023, 7, 1);
    CHECK_STR(words_on(db, arena, law, "art_2__cl_2__pt_a", before), S("Đúng hạn;"));
    CHECK_STR(words_on(db, arena, law, "art_2__cl_2__pt_a", after), S("Đúng hạn, đúng người;"));
    CHECK_STR(words_on(db, arena, law, "art_2__cl_2", after), S("Minh bạch, gồm có:"));
    CHECK_STR(words_on(db, arena, law, "art_2__cl_2__pt_b", after), S("Đúng việc."));
    CHECK_STR(words_on(db, arena, law, "art_2a__cl_2", before), S("-"));
    CHECK_STR(words_on(db, arena, law, "art_2a__cl_2", after), S("Người xem phải ghi."));
    CHECK_STR(words_on(db, arena, law, "art_3", before), S("Ủy ban nhân dân huyện quyết định."));
    CHECK_STR(words_on(db, arena, law, "art_3", after), S("-"));
    CHECK_STR(words_on(db, arena, law, "art_1", after), S("Luật này quy định về thử nghiệm của Bộ Xây dựng."));
    /* The new article stands between its neighbours. */
    struct str all = whole_on(db, arena, law, after);
    CHECK(str_find(all, S("art_2__cl_3|"), 0) < str_find(all, S("art_2a|"), 0));
    CHECK(str_find(all, S("art_2a__cl_2|"), 0) < str_find(all, S("art_4|"), 0));
}

TEST_DB("applying again, or in another order, gives the same words") {
    struct law_work_id law, act;
    struct db_write *w;
    bool changed = true;
    CHECK_OK(put(db, arena, amend_law, &act));
    CHECK_OK(put(db, arena, base_law, &law));
    struct str first = whole_on(db, arena, law, day(2024, 1, 1));
    CHECK(str_find(first, S("Bộ Xây dựng"), 0) != SIZE_MAX && str_find(first, S("art_2a"), 0) != SIZE_MAX);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(law_change_store(w, act));
    CHECK_OK(law_change_rebuild(w, law, &changed));
    CHECK_OK(db_commit(w));
    CHECK(!changed);
    CHECK_STR(whole_on(db, arena, law, day(2024, 1, 1)), first);
}

TEST_DB("codified words have earlier changes in them, but what an earlier act repealed and they still hold is over") {
    struct law_work_id law, act;
    CHECK_OK(put_as(db, arena, base_law, (struct law_store){.is_codified = true}, &law));
    CHECK_OK(put(db, arena, amend_law, &act));
    CHECK_STR(words_on(db, arena, law, "art_3", day(2023, 6, 30)), S("Ủy ban nhân dân huyện quyết định."));
    CHECK_STR(words_on(db, arena, law, "art_3", day(2023, 7, 1)), S("-"));
    CHECK_STR(words_on(db, arena, law, "art_2__cl_2", day(2023, 7, 1)), S("Minh bạch, bao gồm:"));
    CHECK_STR(words_on(db, arena, law, "art_1", day(2023, 7, 1)),
              S("Luật này quy định về thử nghiệm của Bộ Giao thông vận tải."));
}

TEST_DB("codified words at a place that a later act speaks of may be that act's, and stay") {
    static const char later_law[] =
        "QUỐC HỘI\nLuật số: 30/2024/QH15\nHà Nội, ngày 20 tháng 6 năm 2024\n\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA "
        "LUẬT THỬ NGHIỆM\n\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n"
        "1. Sửa đổi, bổ sung Điều 3 như sau:\n“Điều 3. Thẩm quyền\nỦy ban nhân dân huyện quyết định.”.\n\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.\n";
    struct law_work_id law, act;
    CHECK_OK(put_as(db, arena, base_law, (struct law_store){.is_codified = true}, &law));
    CHECK_OK(put(db, arena, amend_law, &act));
    CHECK_OK(put(db, arena, later_law, &act));
    CHECK_STR(words_on(db, arena, law, "art_3", day(2025, 1, 1)), S("Ủy ban nhân dân huyện quyết định."));
}

TEST_DB("an event taken back leaves the original words; accepted again they are changed again") {
    struct law_work_id law, act;
    struct law_change_test_events_rows events;
    struct db_read *r;
    CHECK_OK(put(db, arena, base_law, &law));
    CHECK_OK(put(db, arena, amend_law, &act));
    struct str amended = whole_on(db, arena, law, day(2024, 1, 1)), was = whole_on(db, arena, law, day(2022, 1, 1));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_change_test_events(r, (struct law_change_test_events_in){law}, &events));
    db_end_read(r);
    CHECK_OR_RETURN(events.n == 4);
    for (size_t i = 0; i < events.n; i++) {
        CHECK_STR(events.at[i].state, S("auto"));
        CHECK(events.at[i].is_applied);
        CHECK_OK(
            decide(db, arena, (struct law_decision){.event = events.at[i].id, .what = i % 2 ? LAW_REJECT : LAW_UNDO}));
    }
    CHECK_STR(whole_on(db, arena, law, day(2024, 1, 1)), was);
    for (size_t i = 0; i < events.n; i++) {
        CHECK_OK(decide(db, arena, (struct law_decision){.event = events.at[events.n - 1 - i].id, .what = LAW_ACCEPT}));
    }
    CHECK_STR(whole_on(db, arena, law, day(2024, 1, 1)), amended);
}

TEST_DB("a change whose place is not there waits, and is listed as not applied") {
    static const char act_text[] =
        "QUỐC HỘI\nLuật số: 30/2024/QH15\nHà Nội, ngày 20 tháng 6 năm 2024\n\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA "
        "LUẬT THỬ NGHIỆM\n\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n"
        "1. Sửa đổi khoản 9 Điều 2 như sau:\n“9. Không có khoản này.”.\n"
        "2. Sửa đổi khoản 1 Điều 2 như sau:\n“1. Công khai trên mạng;”.\n\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2030.\n";
    struct law_work_id law, act;
    struct law_unapplied_list list;
    struct db_read *r;
    CHECK_OK(put(db, arena, base_law, &law));
    CHECK_OK(put(db, arena, act_text, &act));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_change_unapplied(r, law, day(2026, 1, 1), &list));
    CHECK_OR_RETURN(list.n == 2);
    CHECK_STR(list.at[0].why, S("Không thấy điều, khoản này trong văn bản được sửa."));
    CHECK_STR(list.at[1].place, S("Điều 2 khoản 1"));
    CHECK_STR(list.at[1].why, S("Chưa tới ngày có hiệu lực."));
    CHECK_OK(law_change_unapplied(r, law, day(2031, 1, 1), &list));
    CHECK(list.n == 1);
    db_end_read(r);
}

TEST_DB("references of a work are kept, and lead to works that come later") {
    struct law_work_id law, act;
    struct law_change_test_xrefs_rows xrefs;
    struct law_change_test_relations_rows relations;
    struct db_read *r;
    CHECK_OK(put(db, arena, amend_law, &act));
    CHECK_OK(put(db, arena, base_law, &law));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_change_test_xrefs(r, (struct law_change_test_xrefs_in){act, law}, &xrefs));
    CHECK(xrefs.n >= 4);
    CHECK_OK(law_change_test_xrefs(r, (struct law_change_test_xrefs_in){law, law}, &xrefs));
    CHECK_OR_RETURN(xrefs.n >= 1);
    CHECK_STR(xrefs.at[0].to_eid, S("art_2__cl_1"));
    CHECK_OK(law_change_test_relations(r, (struct law_change_test_relations_in){act}, &relations));
    bool amends = false, waits = false;
    for (size_t i = 0; i < relations.n; i++) {
        amends |= str_eq(relations.at[i].type, S("amends")) && relations.at[i].to_work.v == law.v;
        waits |= str_eq(relations.at[i].type, S("based_on")) && !relations.at[i].to_work.v;
    }
    CHECK(amends && waits);
    db_end_read(r);
}

TEST_DB("an instruction that leaves out the article it is about refers to the amended law, not to its own") {
    static const char act_text[] =
        "QUỐC HỘI\nLuật số: 40/2024/QH15\nHà Nội, ngày 20 tháng 6 năm 2024\n\nLUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA "
        "LUẬT THỬ NGHIỆM\n\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thử nghiệm số 10/2020/QH14\n"
        "1. Sửa đổi, bổ sung một số khoản của Điều 2 như sau:\n"
        "a) Sửa đổi khoản 1 như sau:\n“1. Công khai trên mạng;”.\n"
        "b) Bổ sung khoản 1a vào sau khoản 1 như sau:\n“1a. Đúng luật;”.\n\n"
        "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.\n";
    struct law_work_id law, act;
    struct law_change_test_xrefs_rows theirs, own;
    struct db_read *r;
    CHECK_OK(put(db, arena, base_law, &law));
    CHECK_OK(put(db, arena, act_text, &act));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_change_test_xrefs(r, (struct law_change_test_xrefs_in){act, law}, &theirs));
    CHECK_OK(law_change_test_xrefs(r, (struct law_change_test_xrefs_in){act, act}, &own));
    db_end_read(r);
    size_t first = 0, added = 0, article = 0;
    for (size_t i = 0; i < theirs.n; i++) {
        first += str_eq(theirs.at[i].to_eid, S("art_2__cl_1"));
        added += str_eq(theirs.at[i].to_eid, S("art_2__cl_1a"));
        /* What is changed is read as it stood when that was enacted; what is put in stands only since. */
        bool is_new = str_eq(theirs.at[i].to_eid, S("art_2__cl_1a"));
        bool is_place = str_starts(theirs.at[i].to_eid, S("art_2"));
        CHECK(!is_place || str_eq(theirs.at[i].mode, is_new ? S("reading") : S("enactment")));
        article += str_eq(theirs.at[i].to_eid, S("art_2"));
    }
    CHECK(first == 2 && added == 1 && article == 1);
    CHECK(own.n == 0);
}

TEST("a reference as of enactment means the day its work was enacted, any other the reader's day") {
    struct date read = day(2026, 1, 1), enacted = day(2023, 6, 20);
    CHECK(date_is(law_cite_day(S("enactment"), read, enacted), enacted));
    CHECK(date_is(law_cite_day(S("reading"), read, enacted), read));
    CHECK(date_is(law_cite_day(S("enactment"), read, (struct date){0}), read));
}
