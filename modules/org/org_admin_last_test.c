#include "tests/db.h"

#include "modules/org/org_rows.h"

struct office {
    struct db_write *w;
    struct unit_id organ;
    struct person_id one, two;
    struct post_id of_one;
    int64_t term;
};

/* A committee whose one administrator has an account; a second person has an account only. */
static struct err office(struct db *db, struct arena *arena, struct office *o) {
    TRY(db_begin_write(db, arena, &o->w));
    TRY(org_unit_make(
        o->w, &(struct org_unit_new){.code = S("T1"), .kind = S("front"), .level = S("city"), .name = S("Ủy ban thử")},
        &o->organ));
    TRY(org_person_make(o->w, &(struct org_person_new){.name = S("Hoàng Thị Vân")}, &o->one));
    TRY(org_person_make(o->w, &(struct org_person_new){.name = S("Trần Minh")}, &o->two));
    TRY(auth_account_make(o->w, o->one, S("one"), S("mật khẩu dài"), false));
    TRY(auth_account_make(o->w, o->two, S("two"), S("mật khẩu dài"), false));
    TRY(org_term_make(o->w, o->organ, S("Nhiệm kỳ"), clock_today(), (struct date){0}, &o->term));
    return org_post_give(o->w,
                         &(struct org_post_new){.person = o->one,
                                                .unit = o->organ,
                                                .title = S("Quản trị"),
                                                .roles = ROLE_ADMIN | ROLE_CLERK,
                                                .term = o->term},
                         &o->of_one);
}

static bool refused_at(struct err e, const char *field) {
    return err_is(e, ERR_INVALID) && str_eq(e.why->field, str_of(field)) &&
           str_find(e.why->message, S("người quản trị cuối cùng"), 0) != SIZE_MAX;
}

TEST_DB("the last administrator's post, term and service cannot end, nor the account close") {
    static const int days[] = {-1, 0, 400};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct date last = date_plus(clock_today(), days[i]);
        struct office o;
        CHECK_OK(office(db, arena, &o));
        CHECK(refused_at(org_post_end(o.w, o.of_one, last), "until_on"));
        db_rollback(o.w);
        CHECK_OK(office(db, arena, &o));
        CHECK(refused_at(org_person_leave(o.w, o.one, last), "until_on"));
        db_rollback(o.w);
        CHECK_OK(office(db, arena, &o));
        CHECK(days[i] < 0 || refused_at(org_term_end(o.w, o.term, last), "until_on"));
        db_rollback(o.w);
        CHECK_OK(office(db, arena, &o));
        CHECK(refused_at(org_account_close(o.w, o.one, true), ""));
        db_rollback(o.w);
    }
}

static struct err second(struct office *o, struct date until, struct post_id *post) {
    return org_post_give(
        o->w,
        &(struct org_post_new){
            .person = o->two, .unit = o->organ, .title = S("Quản trị"), .roles = ROLE_ADMIN, .until_on = until},
        post);
}

TEST_DB("with another administrator one may go; one whose account is closed, or whose post ends before, is none") {
    struct office o;
    struct post_id post;
    struct date today = clock_today();
    CHECK_OK(office(db, arena, &o));
    CHECK_OK(second(&o, (struct date){0}, &post));
    CHECK_OK(org_post_end(o.w, o.of_one, today));
    CHECK(refused_at(org_post_end(o.w, post, date_plus(today, 3)), "until_on"));
    db_rollback(o.w);

    CHECK_OK(office(db, arena, &o));
    CHECK_OK(second(&o, date_plus(today, 10), &post));
    CHECK(refused_at(org_post_end(o.w, o.of_one, date_plus(today, 20)), "until_on"));
    db_rollback(o.w);

    CHECK_OK(office(db, arena, &o));
    CHECK_OK(second(&o, (struct date){0}, &post));
    CHECK_OK(org_account_close(o.w, o.two, true));
    CHECK(refused_at(org_account_close(o.w, o.one, true), ""));
    db_rollback(o.w);
}
