/* Accounts, sessions and hats, on both engines. */
#include "kernel/auth.h"
#include "tests/db.h"

#include "base/banned.h"

enum { MINUTE = 60 * 1000 };
static int64_t ended_post; /* the post whose term is over */

static struct err fake_hats(struct db_read *db, struct person_id person, struct date on, struct hats *hats) {
    (void)on;
    for (int64_t post = person.v * 10; post < person.v * 10 + 2; post++) {
        if (post != ended_post) {
            LIST_ADD(db_arena(db), hats, (struct hat){.post = {post}, .post_name = S("Văn thư")});
        }
    }
    return OK;
}

static struct err fake_wear(struct db_read *db, struct person_id person, struct post_id post, struct date on,
                            struct who *who) {
    (void)db;
    (void)on;
    if (post.v / 10 != person.v || post.v == ended_post) {
        return FAIL(ERR_DENIED, "not in force");
    }
    who->post = post;
    who->roles = ROLE_CLERK;
    return OK;
}

static const struct auth_org fake = {fake_hats, fake_wear};

struct scene {
    struct db *db;
    struct arena *arena;
    struct str token;
};

static struct err scene_make(struct scene *s, struct str password) {
    struct db_write *w;
    auth_org_set(&fake);
    auth_limits_set(8 * 60, 24 * 60);
    ended_post = 0;
    TRY(db_begin_write(s->db, s->arena, &w));
    struct err e = auth_account_make(w, (struct person_id){7}, S(" VanThu "), password, false);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* Signs in as a worker does: what was counted is kept also when it is refused. */
static struct err sign_in(struct scene *s, struct str login, struct str password, struct str address) {
    struct db_write *w;
    TRY(db_begin_write(s->db, s->arena, &w));
    struct err e = auth_sign_in(w, s->arena, login, password, address, &s->token);
    struct err committed = db_commit(w);
    return e.why ? e : committed;
}

static struct err who_is(struct scene *s, struct who *who) {
    struct db_read *r;
    TRY(db_begin_read(s->db, s->arena, &r));
    struct err e = auth_who(r, s->arena, s->token, who);
    db_end_read(r);
    return e;
}

TEST_DB("a person signs in with login and password, and wears the first post in force") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("VANTHU"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK(s.token.len >= 43);
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 7 && who.post.v == 70 && who.roles == ROLE_CLERK);
    CHECK(!str_eq(who.session, s.token));
    s.token = S("forged");
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
}

TEST_DB("wrong login and wrong password are refused with the same sentence") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    struct err a = sign_in(&s, S("vanthu"), S("sai rồi"), S("10.0.0.1")),
               b = sign_in(&s, S("nobody"), S("sai rồi"), S("10.0.0.1"));
    CHECK(err_is(a, ERR_INVALID) && err_is(b, ERR_INVALID));
    CHECK_STR(a.why->message, b.why->message);
}

TEST_DB("after five wrong tries the wait grows, for the account and for the address, and a right one ends it") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    struct instant now = {1800000000000};
    clock_freeze(now);
    for (int i = 0; i < 5; i++) {
        CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    }
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.2")), ERR_BUSY);
    CHECK_ERR(sign_in(&s, S("somebody"), S("sai"), S("10.0.0.1")), ERR_BUSY);
    clock_freeze((struct instant){now.ms + MINUTE + 1});
    CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.2")), ERR_INVALID);
    clock_freeze((struct instant){now.ms + 2 * MINUTE + 2});
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.2")), ERR_BUSY);
    clock_freeze((struct instant){now.ms + 4 * MINUTE});
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.2")));
    CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.2")), ERR_INVALID);
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.2")));
    clock_freeze((struct instant){0});
}

TEST_DB("the demonstration's password works on this machine only") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("doanket")));
    CHECK_ERR(sign_in(&s, S("vanthu"), S("doanket"), S("192.168.1.5")), ERR_INVALID);
    CHECK_OK(sign_in(&s, S("vanthu"), S("doanket"), S("127.0.0.1")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("doanket"), S("::1")));
}

TEST_DB("a session ends when it is not used, when it is old, and when its person signs out") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    struct db_write *w;
    struct instant now = {1800000000000};
    clock_freeze(now);
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    clock_freeze((struct instant){now.ms + 7 * 60 * MINUTE});
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 7 && who.is_old);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(auth_touch(w, who.session));
    CHECK_OK(db_commit(w));
    clock_freeze((struct instant){now.ms + 14 * 60 * MINUTE});
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 7);
    clock_freeze((struct instant){now.ms + 16 * 60 * MINUTE});
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(auth_sign_out(w, s.token));
    CHECK_OK(db_commit(w));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
    clock_freeze((struct instant){0});
}

TEST_DB("a hat is changed only for one's own, and rights end with its term") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    struct db_write *w;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(auth_wear(w, s.token, (struct post_id){80}), ERR_DENIED);
    CHECK_OK(auth_wear(w, s.token, (struct post_id){71}));
    CHECK_OK(db_commit(w));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.post.v == 71);
    ended_post = 71;
    CHECK_OK(who_is(&s, &who));
    CHECK(who.post.v == 70 && who.person.v == 7);
    ended_post = 0;
}

TEST_DB("changing the password ends every other session; a reset asks for a new one") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    struct db_write *w;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    struct str other = s.token;
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OK(who_is(&s, &who));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_ERR(auth_change_password(w, &who, S("sai"), S("mật khẩu khác")), ERR_INVALID);
    CHECK_ERR(auth_change_password(w, &who, S("mật khẩu dài"), S("ngắn")), ERR_INVALID);
    CHECK_ERR(auth_change_password(w, &who, S("mật khẩu dài"), S("mật khẩu dài")), ERR_INVALID);
    CHECK_OK(auth_change_password(w, &who, S("mật khẩu dài"), S("mật khẩu khác")));
    CHECK_OK(db_commit(w));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 7);
    s.token = other;
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(auth_reset_password(w, (struct person_id){7}, S("do quản trị đặt")));
    CHECK_ERR(auth_reset_password(w, (struct person_id){8}, S("do quản trị đặt")), ERR_MISSING);
    CHECK_OK(db_commit(w));
    CHECK_OK(sign_in(&s, S("vanthu"), S("do quản trị đặt"), S("10.0.0.1")));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.must_change_password);
}

TEST_DB("a closed account signs in no more, and its sessions end") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    struct db_write *w;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(auth_account_close(w, (struct person_id){7}, true));
    CHECK_OK(db_commit(w));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")), ERR_INVALID);
}
