#include "tests/db.h"

#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "kernel/rights/access.h"
#include "modules/org/org_change.h"
#include "modules/thread/thread.h"
#include "modules/thread/thread_queries.h"

struct two { /* who may read the record, and who may not */
    struct who reader, other, stranger;
    int64_t record;
};

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit,
                                             .title = S("Chuyên viên"),
                                             .roles = ROLE_OFFICER,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err open_two(struct db_write *w, struct two *t) {
    static const struct module *const list[] = {&thread_module};
    static const struct modules all = {list, 1};
    struct unit_id organ;
    erase_use(&all);
    TRY(org_unit_make(
        w, &(struct org_unit_new){.code = S("T1"), .kind = S("front"), .level = S("city"), .name = S("T1")}, &organ));
    TRY(somebody(w, organ, S("Trần Minh"), &t->reader));
    TRY(somebody(w, organ, S("Phạm Lan"), &t->other));
    TRY(somebody(w, organ, S("Cao Biển"), &t->stranger));
    t->record = id_new();
    for (int i = 0; i < 2; i++) {
        TRY(access_give(w, &(struct access_grant_new){.kind = S("pebble"),
                                                      .record = t->record,
                                                      .principal = (i ? &t->other : &t->reader)->post.v,
                                                      .can = CAN_READ}));
    }
    return OK;
}

static size_t steps_seen(struct db_read *r, const struct two *t, const struct who *who,
                         struct thread_steps_rows *rows) {
    struct thread_steps_in in = {
        .record = t->record, .kind = S("pebble"), .before = INT64_MAX, .post = who->post.v, .most = 50};
    return thread_steps(r, in, rows).why ? SIZE_MAX : rows->n;
}

TEST_DB("an opinion is read by all who read the record, a private note by its writer alone") {
    struct two t = {0};
    struct db_write *w;
    struct thread_steps_rows rows;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_two(w, &t));
    struct thread_new said = {.kind = S("pebble"), .record = t.record, .text = S("Đồng ý")};
    CHECK_OK(thread_say(w, &t.reader, &said, NULL));
    said.is_private = true;
    CHECK_OK(thread_say(w, &t.reader, &said, NULL));
    CHECK(steps_seen(db_reading(w), &t, &t.reader, &rows) == 2);
    CHECK(steps_seen(db_reading(w), &t, &t.other, &rows) == 1);
    CHECK_ERR(thread_say(w, &t.stranger, &said, NULL), ERR_MISSING);
    said.kind = S("law");
    CHECK_ERR(thread_say(w, &t.reader, &said, NULL), ERR_MISSING);
    CHECK_OK(db_commit(w));
}

TEST_DB("an empty opinion, naming who may not read, and naming in a private note are refused") {
    struct two t = {0};
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_two(w, &t));
    struct thread_new said = {.kind = S("pebble"), .record = t.record};
    CHECK_ERR(thread_say(w, &t.reader, &said, NULL), ERR_INVALID);
    said.text = S("Mời xem");
    said.mentions = (struct db_ids){&t.stranger.post.v, 1};
    CHECK_ERR(thread_say(w, &t.reader, &said, NULL), ERR_INVALID);
    said.mentions = (struct db_ids){&t.other.post.v, 1};
    CHECK_OK(thread_say(w, &t.reader, &said, NULL));
    said.is_private = true;
    CHECK_ERR(thread_say(w, &t.reader, &said, NULL), ERR_INVALID);
    CHECK_OK(db_commit(w));
}

TEST_DB("what is erased leaves steps without words") {
    struct two t = {0};
    struct db_write *w;
    struct thread_steps_rows rows;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(open_two(w, &t));
    struct thread_new said = {.kind = S("pebble"), .record = t.record, .text = S("Điều bí mật")};
    CHECK_OK(thread_say(w, &t.reader, &said, NULL));
    CHECK_OK(erase_record(w, &(struct erase){.kind = S("pebble"), .record = t.record, .why = S("Yêu cầu")}));
    CHECK(steps_seen(db_reading(w), &t, &t.reader, &rows) == 1);
    CHECK_STR(rows.at[0].text, S("Nội dung đã được xóa theo yêu cầu."));
    CHECK_OK(db_commit(w));
}

TEST("a step's sentence takes what it is about and its day in order") {
    struct date day = {2026, 11, 30};
    CHECK_STR(thread_words(arena, &(struct thread_verb){"x", "%s quá hạn %s.", false}, S("Ban"), day),
              S("Ban quá hạn 30/11/2026."));
    CHECK_STR(thread_words(arena, &(struct thread_verb){"x", "Xin gia hạn đến %s.", false}, S(""), day),
              S("Xin gia hạn đến 30/11/2026."));
    CHECK_STR(thread_words(arena, &(struct thread_verb){"x", "Mở lại.", false}, S("Ban"), day), S("Mở lại."));
}
