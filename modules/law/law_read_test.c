/* Reading the library: citations, blocks, lists by pages, and what people keep and are told. */
#include "tests/db.h"

#include "base/utf8.h"
#include "kernel/event.h"
#include "modules/law/law_index.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_watch.h"
#include "modules/law/law_keep_queries.h"
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

static struct err work_put(struct db_write *w, struct law_work_id id, struct str title, struct date issued) {
    struct arena *a = db_write_arena(w);
    return law_work_insert(w,
                           (struct law_work_insert_in){.id = id,
                                                       .uri = str_format(a, "/vn/%lld", (long long)id.v),
                                                       .family = S("state"),
                                                       .type = S("LUAT"),
                                                       .code = str_format(a, "%lld/2024/QH15", (long long)id.v % 1000),
                                                       .title = title,
                                                       .short_title = title,
                                                       .title_fold = utf8_fold(a, title),
                                                       .issued_on = issued,
                                                       .issued_key = issued.year ? date_iso(a, issued) : S(""),
                                                       .effective_on = day(2024, 8, 1),
                                                       .made_at = clock_now(),
                                                       .changed_at = clock_now()},
                           NULL);
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
        CHECK_OK(work_put(w, (struct law_work_id){id_new()}, i % 2 ? S("Luật Đất đai") : S("Luật Cư trú"), issued));
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

static const struct who van = {.person = {11}, .post = {21}, .unit = {31}};
static const struct who minh = {.person = {12}, .post = {22}, .unit = {31}};
static const struct who other = {.person = {13}, .post = {23}, .unit = {32}};

static size_t notes_seen(struct db_read *r, const struct who *who, struct law_work_id work) {
    struct law_owners o = law_owners(who);
    struct law_keep_notes_rows rows;
    struct err why =
        law_keep_notes(r, (struct law_keep_notes_in){.work = work, .owners = {o.at, o.n}, .most = 10}, &rows);
    return why.why ? 99 : rows.n;
}

TEST_DB("a note is its writer's alone, a unit's note is the unit's, and only who wrote it takes it away") {
    struct law_work_id law = {id_new()}, of;
    struct law_keep_notes_rows rows;
    struct law_owners o = law_owners(&minh);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_note_write(w, &van, &(struct law_note_new){.work = law, .words = S("của riêng tôi")}));
    CHECK_OK(law_note_write(w, &van, &(struct law_note_new){.work = law, .words = S("cho cả ban"), .is_unit = true}));
    CHECK_ERR(law_note_write(w, &van, &(struct law_note_new){.work = law, .eid = S("art_9"), .words = S("x")}),
              ERR_MISSING);
    CHECK(notes_seen(db_reading(w), &van, law) == 2);
    CHECK(notes_seen(db_reading(w), &minh, law) == 1);
    CHECK(notes_seen(db_reading(w), &other, law) == 0);
    CHECK_OK(law_keep_notes(db_reading(w), (struct law_keep_notes_in){.work = law, .owners = {o.at, o.n}, .most = 10},
                            &rows));
    CHECK_ERR(law_note_remove(w, &other, rows.at[0].id, &of), ERR_MISSING);
    CHECK_ERR(law_note_remove(w, &minh, rows.at[0].id, &of), ERR_DENIED);
    CHECK_OK(law_note_remove(w, &van, rows.at[0].id, &of));
    CHECK(of.v == law.v && notes_seen(db_reading(w), &minh, law) == 0);
    CHECK_OK(db_commit(w));
}

TEST_DB("a collection holds a thing once, gives it back when it is taken out, and is nobody else's") {
    struct law_work_id law = {id_new()};
    struct law_collection_id mine;
    struct law_keep_items_rows items;
    struct law_item_gone gone;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_collection_make(w, &van, S("Hay dùng"), false, &mine));
    CHECK_OK(law_item_keep(w, &van, mine, law, S("")));
    CHECK_OK(law_item_keep(w, &van, mine, law, S("")));
    CHECK_ERR(law_item_keep(w, &minh, mine, law, S("")), ERR_MISSING);
    CHECK_ERR(law_item_keep(w, &van, mine, (struct law_work_id){5}, S("")), ERR_MISSING);
    struct law_keep_items_in in = {.collection = mine, .before = INT64_MAX, .most = 10};
    CHECK_OK(law_keep_items(db_reading(w), in, &items));
    CHECK_OR_RETURN(items.n == 1);
    CHECK_ERR(law_item_drop(w, &other, mine, items.at[0].id, &gone), ERR_MISSING);
    CHECK_OK(law_item_drop(w, &van, mine, items.at[0].id, &gone));
    CHECK(gone.work.v == law.v && !gone.provision.v);
    CHECK_OK(law_item_keep(w, &van, mine, gone.work, S("")));
    CHECK_ERR(law_collection_remove(w, &minh, mine), ERR_MISSING);
    CHECK_OK(law_collection_remove(w, &van, mine));
    CHECK_ERR(law_collection_rename(w, &van, mine, S("x")), ERR_MISSING);
    CHECK_OK(db_commit(w));
}

/* The posts told so far, as a sum; each once. */
static int64_t told(struct db_read *r) {
    struct event_list events;
    bool is_complete;
    int64_t sum = 0;
    if (event_after(r, 0, 100, &events, &is_complete).why) {
        return -1;
    }
    for (size_t i = 0; i < events.n; i++) {
        sum += str_eq(events.at[i].kind, S("law.watched")) ? events.at[i].to : 0;
    }
    return sum;
}

TEST_DB("who watches a law or its topic is told once when it changes, and no more after stopping") {
    struct law_work_id law = {id_new()};
    struct law_keep_watch_of_row *watch;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_topic_insert(w, (struct law_topic_insert_in){.work = law, .topic = S("dat-dai")}, NULL));
    CHECK_OK(law_watch_begin(w, &van, law, S("")));
    CHECK_OK(law_watch_begin(w, &van, law, S("")));
    CHECK_OK(law_watch_begin(w, &van, (struct law_work_id){0}, S("dat-dai")));
    CHECK_OK(law_watch_begin(w, &minh, (struct law_work_id){0}, S("dat-dai")));
    CHECK_OK(law_watch_begin(w, &other, (struct law_work_id){0}, S("dan-su")));
    struct event changed = {.kind = S("law.changed"), .record = law.v};
    CHECK_OK(law_listeners[1].hear(w, &changed));
    CHECK(told(db_reading(w)) == van.post.v + minh.post.v);
    CHECK_OK(law_keep_watch_of(db_reading(w), (struct law_keep_watch_of_in){.post = 21, .work = law}, &watch));
    CHECK_ERR(law_watch_stop(w, &minh, watch->id), ERR_MISSING);
    CHECK_OK(law_watch_stop(w, &van, watch->id));
    CHECK_OK(law_listeners[1].hear(w, &(struct event){.kind = S("law.changed"), .record = 7}));
    CHECK(told(db_reading(w)) == van.post.v + minh.post.v);
    CHECK_OK(db_commit(w));
}

static size_t notices(struct db_read *r, struct str words) {
    struct event_list events;
    bool is_complete;
    size_t n = 0;
    if (event_after(r, 0, 1000, &events, &is_complete).why) {
        return 99;
    }
    for (size_t i = 0; i < events.n; i++) {
        n += str_eq(events.at[i].kind, S("law.watched")) && str_find(events.at[i].body, words, 0) != SIZE_MAX;
    }
    return n;
}

TEST_DB("three hundred changes in a moment are two notices: the first at once, the others summed a while later") {
    struct law_work_id law = {id_new()};
    struct db_write *w;
    clock_freeze((struct instant){1000000000});
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(work_put(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_topic_insert(w, (struct law_topic_insert_in){.work = law, .topic = S("dat-dai")}, NULL));
    CHECK_OK(law_watch_begin(w, &van, (struct law_work_id){0}, S("dat-dai")));
    for (int i = 0; i < 300; i++) {
        CHECK_OK(law_listeners[0].hear(w, &(struct event){.kind = S("law.added"), .record = law.v}));
    }
    CHECK(notices(db_reading(w), S("")) == 1);
    CHECK_OK(law_watch_sum(w, NULL));
    CHECK(notices(db_reading(w), S("")) == 1);
    clock_freeze((struct instant){1000000000 + 11 * 60 * 1000});
    CHECK_OK(law_watch_sum(w, NULL));
    CHECK(notices(db_reading(w), S("")) == 2);
    CHECK(notices(db_reading(w), S("299")) == 1);
    CHECK(notices(db_reading(w), S("sort=changed")) == 1);
    CHECK_OK(law_watch_sum(w, NULL));
    CHECK(notices(db_reading(w), S("")) == 2);
    CHECK_OK(db_commit(w));
    clock_freeze((struct instant){0});
}
