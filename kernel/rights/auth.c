#include "kernel/rights/auth.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/utf8.h"
#include "kernel/rights/auth_inside.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/db.h"
#include "kernel/rights/password.h"
#include "kernel/db/wake.h"

#include "base/banned.h"

enum { MINUTE = 60 * 1000, TOUCH_MS = 5 * MINUTE, KEEP_MS = 7 * 24 * 60 * MINUTE, ENDED_KEEP_MS = 10 * MINUTE };
enum { PASSWORD_LEAST = 8, PASSWORD_MOST = 256 };

static const struct auth_org *org;
static int64_t idle_ms = 8ll * 60 * MINUTE, most_ms = 24ll * 60 * MINUTE;

void auth_org_set(const struct auth_org *whom) { org = whom; }

void auth_limits_set(int64_t idle_minutes, int64_t most_minutes) {
    idle_ms = idle_minutes * MINUTE;
    most_ms = most_minutes * MINUTE;
}

struct str auth_hash(struct arena *a, struct str token) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *hex = arena_take(a, char, 2 * sizeof hash + 1);
    crypto_hash_sha256(hash, (const unsigned char *)token.at, token.len);
    sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return (struct str){hex, 2 * sizeof hash};
}

static struct str token_make(struct arena *a) {
    enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    size_t room = sodium_base64_encoded_len(sizeof bytes, VARIANT);
    char *text = arena_take(a, char, room);
    sodium_bin2base64(text, room, bytes, sizeof bytes, VARIANT);
    return (struct str){text, room - 1};
}

struct err auth_password_check(struct str password) {
    if (!utf8_valid(password)) {
        return REFUSE(ERR_INVALID, "fresh", "Mật khẩu có ký tự không hợp lệ.");
    }
    size_t n = utf8_length(password);
    if (n < PASSWORD_LEAST) {
        return REFUSE(ERR_INVALID, "fresh", "Mật khẩu cần ít nhất 8 ký tự.");
    }
    if (n > PASSWORD_MOST) {
        return REFUSE(ERR_INVALID, "fresh", "Mật khẩu dài quá 256 ký tự.");
    }
    return OK;
}

struct err auth_account_make_sealed(struct db_write *db, struct person_id person, struct str login, struct str sealed,
                                    bool must_change) {
    struct arena *a = db_write_arena(db);
    struct auth_account_by_login_row *taken;
    struct auth_account_by_person_row *present;
    struct str name = auth_login_name(a, login);
    if (name.len == 0 || utf8_length(name) > 64) {
        return REFUSE(ERR_INVALID, "login", "Tên đăng nhập cần từ 1 đến 64 ký tự.");
    }
    TRY(auth_account_by_login(db_reading(db), (struct auth_account_by_login_in){.login = name}, &taken));
    TRY(auth_account_by_person(db_reading(db), (struct auth_account_by_person_in){.person = person.v}, &present));
    if (taken || present) {
        return REFUSE(ERR_CONFLICT, "login", "Tên đăng nhập này đã có, hoặc người này đã có tài khoản.");
    }
    return auth_account_insert(db,
                               (struct auth_account_insert_in){
                                   .person = person.v, .login = name, .password = sealed, .is_to_change = must_change},
                               NULL);
}

struct err auth_account_make(struct db_write *db, struct person_id person, struct str login, struct str password,
                             bool must_change) {
    struct password_done done;
    if (!str_eq(password, AUTH_DEMO_PASSWORD)) {
        TRY(auth_password_check(password));
    }
    TRY(password_do(db_write_arena(db), &(struct password_work){.fresh = password}, &done));
    return auth_account_make_sealed(db, person, login, done.sealed, must_change);
}

struct err auth_hats(struct db_read *db, struct person_id person, struct hats *hats) {
    *hats = (struct hats){0};
    return org ? org->hats(db, person, clock_today(), hats) : OK;
}

static struct err first_hat(struct db_read *db, struct person_id person, struct post_id *post) {
    struct hats hats;
    post->v = 0;
    TRY(auth_hats(db, person, &hats));
    if (hats.n) {
        *post = hats.at[0].post;
    }
    return OK;
}

/* A new session of the person; the browser is known from now on. */
static struct err session_open(struct db_write *db, const struct auth_check *check, struct auth_signed_in *in) {
    struct instant now = clock_now();
    struct post_id post;
    TRY(first_hat(db_reading(db), check->account, &post));
    in->token = token_make(db_write_arena(db));
    TRY(auth_session_insert(db,
                            (struct auth_session_insert_in){.hash = auth_hash(db_write_arena(db), in->token),
                                                            .person = check->account.v,
                                                            .post = post.v,
                                                            .made_at = now,
                                                            .used_at = now,
                                                            .address = check->address},
                            NULL));
    in->device = check->is_known_device ? S("") : token_make(db_write_arena(db));
    TRY(auth_device_note(db, check, in->device));
    return auth_account_signed_in(
        db, (struct auth_account_signed_in_in){.person = check->account.v, .signed_in_at = now}, NULL);
}

struct err auth_sign_in(struct db_write *db, struct auth_check *check, bool is_right, struct auth_signed_in *in) {
    *in = (struct auth_signed_in){.token = S(""), .device = S("")};
    TRY(auth_try_allowed(db_reading(db), check));
    if (!is_right || !check->may_pass) {
        TRY(auth_try_failed(db, check));
        return REFUSE(ERR_INVALID, "", "Tên đăng nhập hoặc mật khẩu chưa đúng.");
    }
    TRY(auth_tries_told(db, check, in));
    TRY(session_open(db, check, in));
    return auth_prune(db);
}

static void poke(struct db *db, void *thing) {
    (void)thing;
    wake_poke(db, "event");
}

/* The page that listens by the session hears of it at once, in whatever process. */
static struct err ended_note(struct db_write *db, struct str hash) {
    db_after_commit(db, poke, NULL);
    return auth_ended_put(db, (struct auth_ended_put_in){.hash = hash, .ended_at = clock_now()}, NULL);
}

/* All sessions of a person but one. */
static struct err end_others(struct db_write *db, struct person_id person, struct str hash) {
    db_after_commit(db, poke, NULL);
    TRY(auth_ended_others(db, (struct auth_ended_others_in){.person = person.v, .hash = hash, .ended_at = clock_now()},
                          NULL));
    return auth_session_end_others(db, (struct auth_session_end_others_in){.person = person.v, .hash = hash}, NULL);
}

struct err auth_sign_out(struct db_write *db, struct str token) {
    struct str hash = auth_hash(db_write_arena(db), token);
    TRY(ended_note(db, hash));
    return auth_session_end(db, (struct auth_session_end_in){.hash = hash}, NULL);
}

struct err auth_wear(struct db_write *db, struct str token, struct post_id post) {
    struct arena *a = db_write_arena(db);
    struct who who, with;
    TRY(auth_who(db_reading(db), a, token, &who));
    if (!who.person.v || !org) {
        return FAIL(ERR_DENIED, "no session to wear a post in");
    }
    with = who;
    TRY(org->wear(db_reading(db), who.person, post, clock_today(), &with));
    TRY(ended_note(db, who.session));
    return auth_session_wear(db, (struct auth_session_wear_in){.hash = who.session, .post = post.v}, NULL);
}

struct err auth_password_sealed(struct db_read *db, struct person_id person, struct str *sealed) {
    struct auth_account_by_person_row *account;
    TRY(auth_account_by_person(db, (struct auth_account_by_person_in){.person = person.v}, &account));
    *sealed = account ? account->password : password_of_nobody();
    return OK;
}

static struct err password_set(struct db_write *db, struct person_id person, struct str sealed, bool is_to_change) {
    int64_t changed = 0;
    if (!str_starts(sealed, S("$argon2id$"))) {
        return FAIL(ERR_BROKEN, "a password that is not sealed is never kept");
    }
    struct auth_password_set_in in = {.person = person.v, .password = sealed, .is_to_change = is_to_change};
    TRY(auth_password_set(db, in, &changed));
    return changed ? OK : FAIL(ERR_MISSING, "no account");
}

struct err auth_change_password(struct db_write *db, const struct who *who, struct str sealed) {
    TRY(password_set(db, who->person, sealed, false));
    return end_others(db, who->person, who->session);
}

struct err auth_reset_password(struct db_write *db, struct person_id person, struct str sealed) {
    TRY(password_set(db, person, sealed, true));
    return end_others(db, person, S(""));
}

struct err auth_language(struct db_write *db, struct person_id person, struct str language) {
    return auth_language_set(db, (struct auth_language_set_in){.person = person.v, .language = language}, NULL);
}

struct err auth_account_close(struct db_write *db, struct person_id person, bool is_closed) {
    int64_t changed = 0;
    TRY(auth_account_close_set(db, (struct auth_account_close_set_in){.person = person.v, .is_closed = is_closed},
                               &changed));
    if (!changed) {
        return FAIL(ERR_MISSING, "no account to close");
    }
    return is_closed ? end_others(db, person, S("")) : OK;
}

struct err auth_account(struct db_read *db, struct person_id person, struct auth_account *account) {
    struct auth_account_by_person_row *row;
    *account = (struct auth_account){0};
    TRY(auth_account_by_person(db, (struct auth_account_by_person_in){.person = person.v}, &row));
    if (!row) {
        return OK;
    }
    *account = (struct auth_account){.login = row->login,
                                     .is_closed = row->is_closed,
                                     .must_change_password = row->is_to_change,
                                     .signed_in_at = row->signed_in_at};
    return auth_tries_of_login(db, row->login, account);
}

/* Fills in the hat: the session's, or when its term is over the next one in force. */
static struct err hat_put_on(struct db_read *db, int64_t post, struct who *who) {
    struct person_id person = who->person;
    if (!org) {
        return OK;
    }
    if (post) {
        struct err e = org->wear(db, person, (struct post_id){post}, clock_today(), who);
        if (!err_is(e, ERR_DENIED)) {
            return e;
        }
    }
    struct post_id next;
    who->post.v = 0;
    who->roles = 0;
    TRY(first_hat(db, person, &next));
    return next.v ? org->wear(db, person, next, clock_today(), who) : OK;
}

struct err auth_who(struct db_read *db, struct arena *a, struct str token, struct who *who) {
    *who = (struct who){.language = S("")};
    if (token.len == 0 || token.len > 128) {
        return OK;
    }
    struct str hash = auth_hash(a, token);
    struct auth_session_find_row *s;
    TRY(auth_session_find(db, (struct auth_session_find_in){.hash = hash}, &s));
    int64_t now = clock_now().ms;
    if (!s || s->is_closed || now - s->used_at.ms > idle_ms || now - s->made_at.ms > most_ms) {
        return OK;
    }
    who->person.v = s->person;
    TRY(hat_put_on(db, s->post, who));
    who->person.v = s->person;
    who->session = hash;
    who->language = s->language;
    who->must_change_password = s->is_to_change;
    who->is_old = now - s->used_at.ms > TOUCH_MS;
    return OK;
}

struct err auth_is_alive(struct db_read *db, struct str session, struct post_id post, bool *is_alive) {
    struct auth_session_find_row *s;
    struct who who = {0};
    int64_t now = clock_now().ms;
    *is_alive = false;
    TRY(auth_session_find(db, (struct auth_session_find_in){.hash = session}, &s));
    if (!s || s->is_closed || now - s->used_at.ms > idle_ms || now - s->made_at.ms > most_ms) {
        return OK;
    }
    who.person.v = s->person;
    TRY(hat_put_on(db, s->post, &who));
    *is_alive = who.post.v == post.v;
    return OK;
}

struct err auth_who_was(struct db_read *db, struct str token, struct person_id *person) {
    struct auth_session_find_row *s;
    TRY(auth_session_find(db, (struct auth_session_find_in){.hash = auth_hash(db_arena(db), token)}, &s));
    person->v = s && !s->is_closed ? s->person : 0;
    return OK;
}

struct err auth_touch(struct db_write *db, struct str session) {
    return auth_session_used(db, (struct auth_session_used_in){.hash = session, .used_at = clock_now()}, NULL);
}

struct err auth_ended(struct db_read *db, struct instant since, struct auth_hashes *hashes) {
    struct auth_ended_list_rows rows;
    TRY(auth_ended_list(db, (struct auth_ended_list_in){.since = since}, &rows));
    hashes->at = arena_take(db_arena(db), struct str, rows.n + 1);
    for (hashes->n = 0; hashes->n < rows.n; hashes->n++) {
        hashes->at[hashes->n] = rows.at[hashes->n].hash;
    }
    return OK;
}

struct err auth_prune(struct db_write *db) {
    int64_t now = clock_now().ms;
    TRY(auth_ended_prune(db, (struct auth_ended_prune_in){.before = {now - ENDED_KEEP_MS}}, NULL));
    return auth_session_prune(db,
                              (struct auth_session_prune_in){.used_before = {now - idle_ms - KEEP_MS},
                                                             .made_before = {now - most_ms - KEEP_MS}},
                              NULL);
}
