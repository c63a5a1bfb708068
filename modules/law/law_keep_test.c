/* What people keep: notes, collections, watches. */
#include "tests/db.h"
#include "tests/law_work.h"

#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "kernel/queue/event.h"
#include "modules/law/law_collect.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_keep_queries.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_store_queries.h"
#include "modules/law/law_watch.h"

static struct date day(int y, int m, int d) { return (struct date){(int16_t)y, (int8_t)m, (int8_t)d}; }

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
    struct law_work_id law = {id_new()};
    struct law_note_at of;
    struct law_keep_notes_rows rows;
    struct law_owners o = law_owners(&minh);
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(law_work_sample(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
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
    CHECK(of.work.v == law.v && notes_seen(db_reading(w), &minh, law) == 0);
    CHECK_ERR(law_note_change(w, &van, rows.at[0].id, 1, S("sửa"), &of), ERR_MISSING);
    CHECK_ERR(law_note_restore(w, &minh, rows.at[0].id, &of), ERR_DENIED);
    CHECK_OK(law_note_restore(w, &van, rows.at[0].id, &of));
    CHECK_OK(law_note_change(w, &van, rows.at[0].id, 1, S("cho cả ban, đã sửa"), &of));
    CHECK_ERR(law_note_change(w, &van, rows.at[0].id, 1, S("không thấy lần sửa trước"), &of), ERR_CONFLICT);
    CHECK_ERR(law_note_change(w, &minh, rows.at[0].id, 2, S("sửa của người khác"), &of), ERR_DENIED);
    CHECK_OK(law_keep_notes(db_reading(w), (struct law_keep_notes_in){.work = law, .owners = {o.at, o.n}, .most = 10},
                            &rows));
    CHECK_OR_RETURN(rows.n == 1);
    CHECK_STR(rows.at[0].words, S("cho cả ban, đã sửa"));
    CHECK_OK(db_commit(w));
}

/* What org does when posts begin: who counts as which principals. */
static struct err posts_begin(struct db_write *w) {
    const struct who *all[] = {&van, &minh, &other};
    for (size_t i = 0; i < 3; i++) {
        int64_t at[] = {all[i]->person.v, all[i]->post.v, all[i]->unit.v};
        TRY(access_wear(w, all[i]->post.v, (struct db_ids){at, 3}));
    }
    return OK;
}

static struct err items_of(struct db_write *w, struct law_collection_id id, struct law_collect_items_rows *items) {
    struct law_collect_items_in in = {.collection = id, .last = INT64_MAX, .most = 2000};
    return law_collect_items(db_reading(w), in, items);
}

TEST_DB("a collection holds a thing once, gives it back when it is taken out, and is nobody else's") {
    struct law_work_id law = {id_new()};
    struct law_collection_id mine;
    struct law_collect_items_rows items;
    struct law_collect_find_row *c;
    struct law_item_gone gone;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(posts_begin(w));
    CHECK_OK(law_work_sample(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_collection_make(w, &van, S("Hay dùng"), false, &mine));
    CHECK_OK(law_item_keep(w, &van, mine, law, S("")));
    CHECK_OK(law_item_keep(w, &van, mine, law, S("")));
    CHECK_ERR(law_item_keep(w, &minh, mine, law, S("")), ERR_MISSING);
    CHECK_ERR(law_item_keep(w, &van, mine, (struct law_work_id){5}, S("")), ERR_MISSING);
    CHECK_OK(items_of(w, mine, &items));
    CHECK_OR_RETURN(items.n == 1);
    CHECK_ERR(law_item_drop(w, &other, mine, items.at[0].id, &gone), ERR_MISSING);
    CHECK_OK(law_item_drop(w, &van, mine, items.at[0].id, &gone));
    CHECK(gone.work.v == law.v && !gone.provision.v);
    CHECK_OK(law_item_keep(w, &van, mine, gone.work, S("")));
    CHECK_OK(law_collection_find(db_reading(w), &van, mine, CAN_MANAGE, &c));
    CHECK(c->n == 1);
    CHECK_ERR(law_collection_remove(w, &minh, mine), ERR_MISSING);
    CHECK_OK(law_collection_remove(w, &van, mine));
    CHECK_ERR(law_collection_rename(w, &van, mine, 1, S("x")), ERR_MISSING);
    CHECK_OK(law_collection_restore(w, &van, mine));
    CHECK_OK(items_of(w, mine, &items));
    CHECK(items.n == 1);
    CHECK_OK(db_commit(w));
}

TEST_DB("a shared collection is read or written as it was shared, and no longer when the sharing ends") {
    struct law_work_id law = {id_new()};
    struct law_collection_id mine, units;
    struct law_collect_find_row *c;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(posts_begin(w));
    CHECK_OK(law_work_sample(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
    CHECK_OK(law_collection_make(w, &van, S("Chung"), true, &units));
    CHECK_OK(law_item_keep(w, &minh, units, law, S("")));
    CHECK_ERR(law_collection_rename(w, &minh, units, 1, S("x")), ERR_DENIED);
    CHECK_ERR(law_item_keep(w, &other, units, law, S("")), ERR_MISSING);
    CHECK_OK(law_collection_make(w, &van, S("Của tôi"), false, &mine));
    CHECK_ERR(law_collection_share(w, &van, mine, 999, false), ERR_INVALID);
    struct access_grant_new read = {
        .kind = S("law_collection"), .record = mine.v, .principal = other.unit.v, .can = CAN_READ};
    CHECK_OK(access_give(w, &read));
    CHECK_OK(law_collection_find(db_reading(w), &other, mine, CAN_READ, &c));
    CHECK_ERR(law_item_keep(w, &other, mine, law, S("")), ERR_DENIED);
    read.can = CAN_ACT;
    CHECK_OK(access_give(w, &read));
    CHECK_OK(law_item_keep(w, &other, mine, law, S("")));
    CHECK_ERR(law_collection_remove(w, &other, mine), ERR_DENIED);
    CHECK_OK(access_take(w, mine.v, other.unit.v, CAN_READ));
    CHECK_ERR(law_collection_find(db_reading(w), &other, mine, CAN_READ, &c), ERR_MISSING);
    CHECK_OK(db_commit(w));
}

TEST_DB("a thousand things in a collection come once each, page by page, in each order, with the count kept") {
    struct law_collection_id mine;
    struct law_collect_find_row *c;
    struct law_collect_items_named_rows named;
    struct db_write *w;
    size_t seen = 0;
    struct law_collect_items_named_in in = {.key = S(""), .last = 0, .most = 100};
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(posts_begin(w));
    CHECK_OK(law_collection_make(w, &van, S("Nghìn"), false, &mine));
    for (int i = 0; i < 1000; i++) {
        struct law_work_id law = {id_new()};
        CHECK_OK(
            law_work_sample(w, law, i % 3 ? S("Luật Đất đai") : S("Luật Cư trú"), day(2024, 1, (int8_t)(1 + i % 28))));
        CHECK_OK(law_item_keep(w, &van, mine, law, S("")));
    }
    CHECK_OK(law_collection_find(db_reading(w), &van, mine, CAN_READ, &c));
    CHECK(c->n == 1000);
    in.collection = mine;
    do {
        CHECK_OK(law_collect_items_named(db_reading(w), in, &named));
        seen += named.n;
        if (named.n) {
            in.key = named.at[named.n - 1].name_key;
            in.last = named.at[named.n - 1].id.v;
        }
    } while (named.n == 100 && seen < 2000);
    CHECK(seen == 1000);
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
    CHECK_OK(law_work_sample(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
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
    CHECK_OK(law_work_sample(w, law, S("Luật Đất đai"), day(2024, 1, 18)));
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
