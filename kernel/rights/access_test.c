#include "tests/db.h"

#include "kernel/rights/access.h"

static struct db_write *writing(struct db *db, struct arena *arena) {
    struct db_write *w = NULL;
    struct err e = db_begin_write(db, arena, &w);
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "db_begin_write", e.why->detail, S(""));
    }
    return w;
}

TEST_DB("nobody may do anything until it is given") {
    struct db_write *w = writing(db, arena);
    bool may = true;
    CHECK_OK(access_can(db_reading(w), 1, 2, CAN_READ, &may));
    CHECK(!may);
    CHECK_ERR(access_require(db_reading(w), 1, 2, CAN_READ), ERR_MISSING);
    db_rollback(w);
}

TEST_DB("a post may do what any of its principals may, for as long as it holds") {
    struct db_write *w = writing(db, arena);
    struct db_read *r = db_reading(w);
    int64_t unit = 100, person = 200, post = 300, other = 301, doc = 7;
    CHECK_OK(access_wear(w, post, (struct db_ids){(int64_t[]){unit, person}, 2}));
    CHECK_OK(access_wear(w, other, (struct db_ids){NULL, 0}));
    CHECK_OK(access_give(
        w, &(struct access_grant_new){.kind = S("document"), .record = doc, .principal = unit, .can = CAN_READ}));
    CHECK_OK(access_give(w, &(struct access_grant_new){.kind = S("document"),
                                                       .record = doc,
                                                       .principal = person,
                                                       .can = CAN_ACT,
                                                       .until = date_plus(clock_today(), -1)}));
    unsigned bits = 0;
    CHECK_OK(access_bits(r, doc, post, &bits));
    CHECK(bits == CAN_READ);
    CHECK_ERR(access_require(r, doc, post, CAN_ACT), ERR_DENIED);
    CHECK_ERR(access_require(r, doc, other, CAN_READ), ERR_MISSING);
    CHECK_OK(access_give(
        w, &(struct access_grant_new){
               .kind = S("document"), .record = doc, .principal = person, .can = CAN_MANAGE, .until = clock_today()}));
    CHECK_OK(access_bits(r, doc, post, &bits));
    CHECK(bits == (CAN_READ | CAN_ACT | CAN_MANAGE));
    CHECK_OK(access_take(w, doc, person, CAN_ACT));
    CHECK_OK(access_bits(r, doc, post, &bits));
    CHECK(bits == (CAN_READ | CAN_MANAGE));
    struct access_ids ids;
    CHECK_OK(access_principals(r, post, &ids));
    CHECK(ids.n == 3 && ids.at[0] == unit && ids.at[2] == post);
    CHECK_OK(access_readers(r, doc, &ids));
    CHECK(ids.n == 2);
    CHECK_OK(access_posts(r, doc, &ids));
    CHECK(ids.n == 1 && ids.at[0] == post);
    CHECK_OK(access_wear(w, post, (struct db_ids){NULL, 0}));
    CHECK_OK(access_bits(r, doc, post, &bits));
    CHECK(bits == 0);
    db_rollback(w);
}
