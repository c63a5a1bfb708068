#include "tests/db.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/rights/access.h"
#include "modules/org/org_rows.h"

static struct instant day(int y, int m, int d) {
    return date_at((struct date){(int16_t)y, (int8_t)m, (int8_t)d}, 9, 0);
}

/* A committee with a board, two people; in a write transaction that is left open. */
struct office {
    struct db_write *w;
    struct unit_id organ, board;
    struct person_id van, minh;
};

static struct err office(struct db *db, struct arena *arena, struct office *o) {
    TRY(db_begin_write(db, arena, &o->w));
    TRY(org_unit_make(
        o->w, &(struct org_unit_new){.code = S("T1"), .kind = S("front"), .level = S("city"), .name = S("Ủy ban thử")},
        &o->organ));
    TRY(org_unit_make(o->w,
                      &(struct org_unit_new){.code = S("T2"),
                                             .kind = S("board"),
                                             .level = S("city"),
                                             .name = S("Ban Thử việc"),
                                             .parent = o->organ,
                                             .edge = S("staff")},
                      &o->board));
    TRY(org_person_make(o->w, &(struct org_person_new){.name = S("Hoàng Thị Vân"), .address = S("chị")}, &o->van));
    return org_person_make(o->w, &(struct org_person_new){.name = S("Trần  Minh "), .address = S("anh")}, &o->minh);
}

static bool counts(struct db_read *db, struct post_id post, int64_t principal) {
    struct access_ids ids;
    if (access_principals(db, post.v, &ids).why) {
        return false;
    }
    for (size_t i = 0; i < ids.n; i++) {
        if (ids.at[i] == principal) {
            return true;
        }
    }
    return false;
}

TEST_DB("a post counts as its person, its unit, its organ and its role groups, and as no others") {
    struct office o;
    struct post_id clerk;
    int64_t clerks, leaders;
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(org_post_give(
        o.w, &(struct org_post_new){.person = o.van, .unit = o.board, .title = S("Văn thư"), .roles = ROLE_CLERK},
        &clerk));
    struct db_read *r = db_reading(o.w);
    CHECK_OK(org_group(r, o.organ, ROLE_CLERK, &clerks));
    CHECK_OK(org_group(r, o.organ, ROLE_LEADER, &leaders));
    CHECK(counts(r, clerk, clerk.v) && counts(r, clerk, o.van.v) && counts(r, clerk, o.board.v) &&
          counts(r, clerk, o.organ.v));
    CHECK(counts(r, clerk, clerks));
    CHECK(!counts(r, clerk, leaders) && !counts(r, clerk, o.minh.v));
    CHECK_ERR(org_group(r, o.board, ROLE_CLERK, &clerks), ERR_MISSING);
    struct org_post_ids posts;
    CHECK_OK(org_posts_of(r, clerks, &posts));
    CHECK(posts.n == 1 && posts.at[0].v == clerk.v);
    struct org_principal p;
    CHECK_OK(org_principal(r, clerk.v, &p));
    CHECK_STR(p.words, S("Văn thư · Ban Thử việc"));
    CHECK_OK(db_commit(o.w));
}

TEST_DB("rights end with the term, on the day, before any job has run") {
    struct office o;
    struct post_id chair;
    int64_t term, leaders;
    clock_freeze(day(2026, 11, 23));
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(org_term_make(o.w, o.organ, S("Nhiệm kỳ 2021 - 2026"), (struct date){2021, 1, 1},
                           (struct date){2026, 11, 24}, &term));
    CHECK_OK(org_post_give(o.w,
                           &(struct org_post_new){.person = o.van,
                                                  .unit = o.organ,
                                                  .title = S("Chủ tịch"),
                                                  .roles = ROLE_LEADER,
                                                  .term = term,
                                                  .from_on = {2021, 1, 1}},
                           &chair));
    struct db_read *r = db_reading(o.w);
    struct who who = {0};
    struct hats hats;
    CHECK_OK(org_auth.wear(r, o.van, chair, clock_today(), &who));
    CHECK_STR(who.given_name, S("Vân"));
    CHECK_OK(org_auth.hats(r, o.van, clock_today(), &hats));
    CHECK(hats.n == 1 && date_is(hats.at[0].until_on, (struct date){2026, 11, 24}));
    CHECK_OK(org_auth.wear(r, o.van, chair, (struct date){2026, 11, 24}, &who));
    CHECK_ERR(org_auth.wear(r, o.van, chair, (struct date){2026, 11, 25}, &who), ERR_DENIED);
    CHECK_OK(org_group(r, o.organ, ROLE_LEADER, &leaders));
    CHECK(counts(r, chair, leaders));
    clock_freeze(day(2026, 11, 25)); /* the daily job's work */
    CHECK_OK(org_auth.hats(r, o.van, clock_today(), &hats));
    CHECK(hats.n == 0);
    CHECK_OK(org_wear_all(o.w, clock_today()));
    CHECK(!counts(r, chair, leaders) && !counts(r, chair, o.organ.v) && !counts(r, chair, o.van.v));
    CHECK_OK(db_commit(o.w));
    clock_freeze((struct instant){0});
}

TEST_DB("one person wears two hats, each only her own, and a post taken away closes at once") {
    struct office o;
    struct post_id first, second;
    struct who who = {0};
    struct hats hats;
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(org_post_give(
        o.w,
        &(struct org_post_new){
            .person = o.minh, .unit = o.organ, .title = S("Tổ viên"), .roles = ROLE_OFFICER, .is_second = true},
        &second));
    CHECK_OK(org_post_give(
        o.w,
        &(struct org_post_new){.person = o.minh, .unit = o.board, .title = S("Chuyên viên"), .roles = ROLE_OFFICER},
        &first));
    struct db_read *r = db_reading(o.w);
    CHECK_OK(org_auth.hats(r, o.minh, clock_today(), &hats));
    CHECK(hats.n == 2 && hats.at[0].post.v == first.v);
    CHECK_OK(org_auth.wear(r, o.minh, second, clock_today(), &who));
    CHECK(who.unit.v == o.organ.v);
    CHECK_ERR(org_auth.wear(r, o.van, second, clock_today(), &who), ERR_DENIED);
    CHECK_OK(org_post_end(o.w, second, date_plus(clock_today(), -1)));
    CHECK_ERR(org_auth.wear(r, o.minh, second, clock_today(), &who), ERR_DENIED);
    CHECK(!counts(r, second, o.organ.v));
    CHECK_OK(db_commit(o.w));
}

TEST_DB("a delegation lets another post act for one while it lasts, within the organ and in writing") {
    struct office o;
    struct post_id chair, deputy;
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(org_post_give(
        o.w, &(struct org_post_new){.person = o.van, .unit = o.organ, .title = S("Chủ tịch"), .roles = ROLE_LEADER},
        &chair));
    CHECK_OK(org_post_give(
        o.w,
        &(struct org_post_new){.person = o.minh, .unit = o.organ, .title = S("Phó Chủ tịch"), .roles = ROLE_LEADER},
        &deputy));
    struct date today = clock_today();
    CHECK_ERR(org_delegate(o.w, &(struct org_delegation_new){chair, deputy, today, today, S("")}), ERR_INVALID);
    CHECK_ERR(org_delegate(o.w, &(struct org_delegation_new){chair, chair, today, today, S("QĐ 1")}), ERR_INVALID);
    CHECK_OK(org_delegate(o.w, &(struct org_delegation_new){chair, deputy, today, date_plus(today, 2), S("QĐ 1")}));
    CHECK(counts(db_reading(o.w), deputy, chair.v));
    CHECK_OK(org_wear_all(o.w, date_plus(today, 3)));
    CHECK(!counts(db_reading(o.w), deputy, chair.v));
    db_rollback(o.w);
}

TEST_DB("a board moved to another organ takes its posts along, and no ring can be made") {
    struct office o;
    struct post_id post;
    struct unit_id other;
    int64_t mine, theirs;
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(org_post_give(
        o.w, &(struct org_post_new){.person = o.van, .unit = o.board, .title = S("Văn thư"), .roles = ROLE_CLERK},
        &post));
    CHECK_OK(org_unit_make(
        o.w, &(struct org_unit_new){.kind = S("union"), .level = S("city"), .name = S("Hội thử"), .parent = o.organ},
        &other));
    CHECK_OK(
        org_edge_make(o.w, &(struct org_edge_new){.kind = S("staff"), .from = o.board, .to = other, .is_main = true}));
    struct db_read *r = db_reading(o.w);
    CHECK_OK(org_group(r, o.organ, ROLE_CLERK, &mine));
    CHECK_OK(org_group(r, other, ROLE_CLERK, &theirs));
    CHECK(counts(r, post, theirs) && !counts(r, post, mine));
    CHECK_ERR(
        org_edge_make(o.w, &(struct org_edge_new){.kind = S("under"), .from = o.organ, .to = other, .is_main = true}),
        ERR_INVALID);
    CHECK_ERR(org_unit_close(o.w, o.board, clock_today()), ERR_INVALID);
    db_rollback(o.w);
}

TEST_DB("names of 300 characters and NFD text are kept in one form and found without diacritics; 301 are refused") {
    struct office o;
    CHECK_OK(office(db, arena, &o));
    struct person_id id;
    struct org_person p;
    /* "Lê Chân" with its marks apart */
    CHECK_OK(org_person_make(o.w, &(struct org_person_new){.name = S("Le\xcc\x82 Cha\xcc\x82n")}, &id));
    CHECK_OK(org_person(db_reading(o.w), id, &p));
    CHECK_STR(p.name, S("Lê Chân"));
    struct buf b = buf_in(arena);
    for (int i = 0; i < 300; i++) {
        buf_put(&b, S("ệ"));
    }
    CHECK_OK(org_person_make(o.w, &(struct org_person_new){.name = buf_str(&b)}, &id));
    buf_put(&b, S("ệ"));
    CHECK_ERR(org_person_make(o.w, &(struct org_person_new){.name = buf_str(&b)}, &id), ERR_INVALID);
    struct org_people_by_word_rows found;
    CHECK_OK(org_people_by_word(
        db_reading(o.w),
        (struct org_people_by_word_in){.low = S("cha"), .high = org_after_prefix(arena, S("cha")), .limit = 9},
        &found));
    CHECK(found.n == 1);
    CHECK_ERR(
        org_unit_make(
            o.w, &(struct org_unit_new){.code = S("T1"), .kind = S("union"), .level = S("city"), .name = S("Trùng mã")},
            &o.board),
        ERR_INVALID);
    db_rollback(o.w);
}

TEST_DB("the demonstration city: old units roll up to today's 114, and five people can sign in") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    CHECK_OK(org_demo(w, arena));
    CHECK_OK(org_seed(w, arena));
    CHECK_ERR(org_places(w, arena), ERR_CONFLICT);
    struct db_read *r = db_reading(w);
    struct unit_id city, old, lechan, front;
    struct org_unit_children_rows communes;
    CHECK_OK(org_unit_by_code(r, S("31"), &city));
    CHECK_OK(
        org_unit_children(r, (struct org_unit_children_in){.parent = {city.v}, .today = {2026, 11, 23}}, &communes));
    CHECK(communes.n == 114);
    CHECK_OK(org_unit_named(r, S("quan le chan"), &old));
    CHECK_OK(org_unit_by_code(r, S("11383"), &lechan));
    struct org_successors today;
    CHECK_OK(org_successors(r, old, &today));
    bool has = false;
    for (size_t i = 0; i < today.n; i++) {
        has = has || today.at[i].unit.v == lechan.v;
    }
    CHECK(today.n >= 2 && has);
    struct org_principals found;
    CHECK_OK(org_units_like(r, S("mttq le cha"), 5, &found));
    CHECK(found.n >= 1);
    CHECK_STR(found.at[0].name, S("MTTQ phường Lê Chân"));
    CHECK_OK(org_unit_by_code(r, S("MT31"), &front));
    CHECK_OK(org_assignable(r, front, S("tran minh chuyen vien phong trao"), 10, &found));
    CHECK(found.n >= 1 && found.at[0].kind == ORG_POST);
    CHECK_OK(org_people_like(r, S("van hoang"), 5, &found));
    CHECK(found.n >= 1 && found.at[0].kind == ORG_PERSON);
    struct org_person_count_row *people;
    CHECK_OK(org_person_count(r, &people));
    CHECK(people->n > 350 && people->n < 450);
    CHECK_OK(db_commit(w));
}

TEST_DB("ten thousand people are listed by key, page by page, in the Vietnamese order of given names") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int64_t i = 1; i <= 10000; i++) {
        struct arena *row = arena_new();
        struct str name = str_format(row, "Nguyễn Văn %c%lld", (int)('A' + i % 26), (long long)i);
        struct err e = org_person_insert(w,
                                         (struct org_person_insert_in){.id = {i},
                                                                       .name = name,
                                                                       .name_fold = utf8_fold(row, name),
                                                                       .name_key = utf8_name_key(row, name),
                                                                       .address = S("anh"),
                                                                       .changed_at = clock_now()},
                                         NULL);
        arena_free(row);
        CHECK_OK(e);
    }
    CHECK_OK(db_commit(w));
    struct db_read *r;
    CHECK_OK(db_begin_read(db, arena, &r));
    struct org_people_first_rows first;
    struct org_people_next_rows next;
    CHECK_OK(org_people_first(r, (struct org_people_first_in){.limit = 50}, &first));
    CHECK(first.n == 50);
    struct str key = first.at[49].name_key;
    struct org_person_id id = first.at[49].id;
    size_t n = first.n;
    do {
        CHECK_OK(org_people_next(r, (struct org_people_next_in){.name_key = key, .id = id, .limit = 50}, &next));
        for (size_t i = 0; i < next.n; i++, n++) {
            CHECK_OR_RETURN(str_cmp(key, next.at[i].name_key) <= 0);
            key = next.at[i].name_key;
            id = next.at[i].id;
        }
    } while (next.n);
    CHECK(n == 10000);
    db_end_read(r);
}
