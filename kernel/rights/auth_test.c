/* Accounts, sessions and hats, on both engines. */
#include "kernel/rights/auth.h"
#include "kernel/rights/auth_inside.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/rights/password.h"
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
    struct str sealed; /* what the last try was compared with */
    struct auth_signed_in in;
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

/* Signs in as a worker does: looks, hashes, opens; what was counted is kept also when it is refused. */
static struct err sign_in_with(struct scene *s, const struct auth_try *t) {
    struct auth_check check;
    struct password_done done = {0};
    struct db_write *w;
    TRY(db_begin_write(s->db, s->arena, &w));
    struct err e = auth_check(db_reading(w), t, &check);
    s->sealed = check.sealed;
    if (!e.why) {
        e = password_do(s->arena, &(struct password_work){.sealed = check.sealed, .tried = t->password}, &done);
    }
    if (!e.why) {
        e = auth_sign_in(w, &check, done.is_right, &s->in);
    }
    s->token = e.why ? s->token : s->in.token;
    struct err committed = db_commit(w);
    return e.why ? e : committed;
}

static struct err sign_in(struct scene *s, struct str login, struct str password, struct str address) {
    return sign_in_with(s, &(struct auth_try){.login = login, .password = password, .address = address});
}

static struct err sealed_of(struct scene *s, struct str password, struct str *sealed) {
    struct password_done done;
    TRY(password_do(s->arena, &(struct password_work){.fresh = password}, &done));
    *sealed = done.sealed;
    return OK;
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

TEST_DB("a login that does not exist is treated as one that does: same words, as much hashing, same wait") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    for (int i = 0; i < 7; i++) {
        struct err a = sign_in(&s, S("vanthu"), S("sai rồi"), S("10.0.0.1")),
                   b = sign_in(&s, S("nobody"), S("sai rồi"), S("10.0.0.1"));
        CHECK_OR_RETURN(a.why && b.why);
        CHECK(a.why->kind == b.why->kind && a.why->kind == (i < 5 ? ERR_INVALID : ERR_BUSY));
        CHECK_STR(a.why->message, b.why->message);
        CHECK(str_starts(s.sealed, S("$argon2id$v=19$m=65536,t=2,p=1$")));
    }
}

TEST_DB("after five wrong tries the wait grows in that network alone, and a right one ends it") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    struct instant now = {1800000000000};
    clock_freeze(now);
    for (int i = 0; i < 5; i++) {
        CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    }
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.200")), ERR_BUSY);
    CHECK_ERR(sign_in(&s, S("somebody"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.1.1")));
    CHECK(s.in.failures == 5 && s.in.networks == 1);
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")), ERR_BUSY);
    clock_freeze((struct instant){now.ms + MINUTE + 1});
    CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    clock_freeze((struct instant){now.ms + 2 * MINUTE + 2});
    CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")), ERR_BUSY);
    clock_freeze((struct instant){now.ms + 4 * MINUTE});
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    clock_freeze((struct instant){0});
}

TEST_DB("whoever has one address of a network has all of it") {
    struct scene s = {.db = db, .arena = arena};
    static const struct {
        struct str tries, same, other;
    } rows[] = {{S_INIT("10.1.2.3"), S_INIT("10.1.2.250"), S_INIT("10.1.3.3")},
                {S_INIT("::ffff:10.9.2.3"), S_INIT("10.9.2.4"), S_INIT("10.9.3.4")},
                {S_INIT("2001:db8:0:1100::1"), S_INIT("2001:db8:0:11ff:ffff::9"), S_INIT("2001:db8:0:1200::1")}};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < 5; k++) {
            CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), rows[i].tries), ERR_INVALID);
        }
        CHECK_ERR(sign_in(&s, S("vanthu"), S("mật khẩu dài"), rows[i].same), ERR_BUSY);
        CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), rows[i].other));
    }
}

TEST_DB("a browser its person used before lets the person in where strangers have tried, and is counted by itself") {
    struct scene s = {.db = db, .arena = arena};
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OR_RETURN(s.in.device.len > 40);
    struct auth_try known = {
        .login = S("vanthu"), .password = S("mật khẩu dài"), .address = S("10.0.0.1"), .device = s.in.device};
    for (int i = 0; i < 5; i++) {
        CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    }
    struct auth_try forged = known;
    forged.device = S("forged");
    CHECK_ERR(sign_in_with(&s, &forged), ERR_BUSY);
    CHECK_OK(sign_in_with(&s, &known));
    CHECK(s.in.device.len == 0);
    known.password = S("sai");
    for (int i = 0; i < 5; i++) {
        CHECK_ERR(sign_in_with(&s, &known), ERR_INVALID);
    }
    known.password = S("mật khẩu dài");
    CHECK_ERR(sign_in_with(&s, &known), ERR_BUSY);
}

TEST_DB("wrong tries are a row an hour, whatever their number, and gone after a day") {
    struct scene s = {.db = db, .arena = arena};
    struct auth_tries_count_row *count;
    struct db_read *r;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    clock_freeze((struct instant){1800000000000});
    for (int i = 0; i < 5; i++) {
        CHECK_ERR(sign_in(&s, S("vanthu"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    }
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(auth_tries_count(r, &count));
    CHECK(count->rows_n == 1);
    db_end_read(r);
    clock_freeze((struct instant){1800000000000 + 26 * 60 * MINUTE});
    CHECK_ERR(sign_in(&s, S("somebody"), S("sai"), S("10.0.0.1")), ERR_INVALID);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(auth_tries_count(r, &count));
    CHECK(count->rows_n == 1);
    db_end_read(r);
    clock_freeze((struct instant){0});
}

TEST_DB("of too many rows of tries the oldest go") {
    struct auth_tries_count_row *count;
    struct auth_tries_row *tries;
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int64_t i = 1; i <= 100; i++) {
        CHECK_OK(auth_try_add(
            w, (struct auth_try_add_in){.login = i, .network = S("x"), .hour_at = {1}, .failed_at = {i * 1000}}, NULL));
    }
    CHECK_OK(auth_tries_shrink(w, NULL));
    CHECK_OK(auth_tries_count(db_reading(w), &count));
    CHECK(count->rows_n == 90);
    CHECK_OK(auth_tries(db_reading(w), (struct auth_tries_in){.login = 100, .network = S("x"), .after = {1}}, &tries));
    CHECK(tries && tries->failures == 1);
    CHECK_OK(db_commit(w));
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
    struct str fresh, given;
    CHECK_ERR(auth_password_check(S("ngắn")), ERR_INVALID);
    CHECK_OK(sealed_of(&s, S("mật khẩu khác"), &fresh));
    CHECK_OK(auth_change_password(w, &who, fresh));
    CHECK_OK(db_commit(w));
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 7);
    s.token = other;
    CHECK_OK(who_is(&s, &who));
    CHECK(who.person.v == 0);
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(sealed_of(&s, S("do quản trị đặt"), &given));
    CHECK_OK(auth_reset_password(w, (struct person_id){7}, given));
    CHECK_ERR(auth_reset_password(w, (struct person_id){8}, given), ERR_MISSING);
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

TEST_DB("sessions that end, by whatever way, are told of to the pages that listen by them") {
    struct scene s = {.db = db, .arena = arena};
    struct who who;
    struct db_write *w;
    struct auth_hashes ended;
    struct str fresh;
    CHECK_OK(scene_make(&s, S("mật khẩu dài")));
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    struct str first = auth_hash(arena, s.token);
    CHECK_OK(sign_in(&s, S("vanthu"), S("mật khẩu dài"), S("10.0.0.1")));
    CHECK_OK(who_is(&s, &who));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(auth_ended(db_reading(w), (struct instant){1}, &ended));
    CHECK(ended.n == 0);
    CHECK_OK(sealed_of(&s, S("mật khẩu khác"), &fresh));
    CHECK_OK(auth_change_password(w, &who, fresh));
    CHECK_OK(auth_ended(db_reading(w), (struct instant){1}, &ended));
    CHECK(ended.n == 1 && str_eq(ended.at[0], first));
    CHECK_OK(auth_sign_out(w, s.token));
    CHECK_OK(auth_ended(db_reading(w), (struct instant){1}, &ended));
    CHECK(ended.n == 2);
    CHECK_OK(db_commit(w));
}
