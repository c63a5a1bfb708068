#include "kernel/auth.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/utf8.h"
#include "kernel/auth_queries.h"
#include "kernel/db.h"

#include "base/banned.h"

enum { MINUTE = 60 * 1000, TOUCH_MS = 5 * MINUTE, KEEP_MS = 7 * 24 * 60 * MINUTE };
enum { FREE_TRIES = 5, WAIT_MOST_MINUTES = 60, FORGET_MS = 24 * 60 * MINUTE };
enum { PASSWORD_LEAST = 8, PASSWORD_MOST = 256 };
#define DEMO_PASSWORD S("doanket")

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

static struct err password_seal(struct arena *a, struct str password, struct str *sealed) {
    char *text = arena_take(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(text, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return FAIL(ERR_BROKEN, "no memory to seal a password");
    }
    *sealed = str_of(text);
    return OK;
}

static bool password_fits(struct arena *a, struct str sealed, struct str password) {
    return crypto_pwhash_str_verify(str_z(a, sealed), password.at ? password.at : "", password.len) == 0;
}

static struct err password_check(struct str password) {
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

struct err auth_account_make(struct db_write *db, struct person_id person, struct str login, struct str password,
                             bool must_change) {
    struct arena *a = db_write_arena(db);
    struct auth_account_by_login_row *taken;
    struct auth_account_by_person_row *present;
    struct str sealed, name = utf8_lower(a, utf8_clean(a, str_trim(login)));
    if (name.len == 0 || utf8_length(name) > 64) {
        return REFUSE(ERR_INVALID, "login", "Tên đăng nhập cần từ 1 đến 64 ký tự.");
    }
    if (!str_eq(password, DEMO_PASSWORD)) {
        TRY(password_check(password));
    }
    TRY(auth_account_by_login(db_reading(db), (struct auth_account_by_login_in){.login = name}, &taken));
    TRY(auth_account_by_person(db_reading(db), (struct auth_account_by_person_in){.person = person.v}, &present));
    if (taken || present) {
        return REFUSE(ERR_CONFLICT, "login", "Tên đăng nhập này đã có, hoặc người này đã có tài khoản.");
    }
    TRY(password_seal(a, password, &sealed));
    return auth_account_insert(db,
                               (struct auth_account_insert_in){
                                   .person = person.v, .login = name, .password = sealed, .is_to_change = must_change},
                               NULL);
}

/* When the next try is allowed; none when now. */
static struct instant locked_until(int64_t failures, struct instant failed_at) {
    int64_t now = clock_now().ms;
    if (failures < FREE_TRIES || now - failed_at.ms > FORGET_MS) {
        return (struct instant){0};
    }
    int64_t doublings = failures - FREE_TRIES;
    int64_t minutes = doublings > 6 ? (int64_t)WAIT_MOST_MINUTES : (int64_t)1 << doublings;
    minutes = minutes > WAIT_MOST_MINUTES ? WAIT_MOST_MINUTES : minutes;
    struct instant until = {failed_at.ms + minutes * MINUTE};
    return until.ms > now ? until : (struct instant){0};
}

static struct err refuse_locked(struct arena *a, struct instant until) {
    int64_t minutes = (until.ms - clock_now().ms + MINUTE - 1) / MINUTE;
    return err_refuse(a, ERR_BUSY, NULL, "Đã nhập sai nhiều lần. Mời thử lại sau %lld phút.", (long long)minutes);
}

static bool is_loopback(struct str address) { return str_starts(address, S("127.")) || str_eq(address, S("::1")); }

/* A password nobody has, sealed once, so that an unknown login takes as long as a known one. */
static struct str nobodys_password(void) {
    static char sealed[crypto_pwhash_STRBYTES];
    if (!sealed[0]) {
        char password[32];
        randombytes_buf(password, sizeof password);
        if (crypto_pwhash_str_alg(sealed, password, sizeof password, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                  crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
            return S("");
        }
    }
    return str_of(sealed);
}

struct err auth_check(struct db_read *db, struct str login, struct str password, struct str address,
                      struct auth_check *check) {
    struct arena *a = db_arena(db);
    *check = (struct auth_check){.address = address};
    struct auth_account_by_login_row *account;
    struct auth_address_find_row *from;
    struct str name = utf8_lower(a, utf8_clean(a, str_trim(login)));
    TRY(auth_account_by_login(db, (struct auth_account_by_login_in){.login = name}, &account));
    TRY(auth_address_find(db, (struct auth_address_find_in){.address = address}, &from));
    struct instant until = from ? locked_until(from->failures, from->failed_at) : (struct instant){0};
    if (account && !until.ms) {
        until = locked_until(account->failures, account->failed_at);
    }
    if (until.ms) {
        return refuse_locked(a, until);
    }
    bool is_right = password_fits(a, account ? account->password : nobodys_password(), password);
    bool is_here = !str_eq(password, DEMO_PASSWORD) || is_loopback(address);
    if (account) {
        check->account.v = account->person;
        check->person.v = is_right && is_here && !account->is_closed ? account->person : 0;
    }
    return OK;
}

static struct err failure_count(struct db_write *db, const struct auth_check *check) {
    struct instant now = clock_now();
    if (check->account.v) {
        struct auth_account_by_person_row *account;
        TRY(auth_account_by_person(db_reading(db), (struct auth_account_by_person_in){.person = check->account.v},
                                   &account));
        bool is_stale = !account || now.ms - account->failed_at.ms > FORGET_MS;
        TRY(auth_account_failed(db,
                                (struct auth_account_failed_in){.person = check->account.v,
                                                                .failures = is_stale ? 1 : account->failures + 1,
                                                                .failed_at = now},
                                NULL));
    }
    struct auth_address_find_row *from;
    TRY(auth_address_find(db_reading(db), (struct auth_address_find_in){.address = check->address}, &from));
    bool is_stale = !from || now.ms - from->failed_at.ms > FORGET_MS;
    return auth_address_failed(db,
                               (struct auth_address_failed_in){.address = check->address,
                                                               .failures = is_stale ? 1 : from->failures + 1,
                                                               .failed_at = now},
                               NULL);
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

struct err auth_sign_in_checked(struct db_write *db, struct arena *a, const struct auth_check *check,
                                struct str *token) {
    if (!check->person.v) {
        TRY(failure_count(db, check));
        return REFUSE(ERR_INVALID, "", "Tên đăng nhập hoặc mật khẩu chưa đúng.");
    }
    struct instant now = clock_now();
    struct post_id post;
    TRY(first_hat(db_reading(db), check->person, &post));
    TRY(auth_account_signed_in(db, (struct auth_account_signed_in_in){.person = check->person.v, .signed_in_at = now},
                               NULL));
    TRY(auth_address_clear(
        db, (struct auth_address_clear_in){.address = check->address, .before = {now.ms - FORGET_MS}}, NULL));
    *token = token_make(a);
    TRY(auth_session_insert(db,
                            (struct auth_session_insert_in){.hash = auth_hash(a, *token),
                                                            .person = check->person.v,
                                                            .post = post.v,
                                                            .made_at = now,
                                                            .used_at = now,
                                                            .address = check->address},
                            NULL));
    return auth_prune(db);
}

struct err auth_sign_in(struct db_write *db, struct arena *a, struct str login, struct str password, struct str address,
                        struct str *token) {
    struct auth_check check;
    TRY(auth_check(db_reading(db), login, password, address, &check));
    return auth_sign_in_checked(db, a, &check, token);
}

struct err auth_sign_out(struct db_write *db, struct str token) {
    return auth_session_end(db, (struct auth_session_end_in){.hash = auth_hash(db_write_arena(db), token)}, NULL);
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
    return auth_session_wear(db, (struct auth_session_wear_in){.hash = who.session, .post = post.v}, NULL);
}

struct err auth_change_password(struct db_write *db, const struct who *who, struct str old, struct str fresh) {
    struct arena *a = db_write_arena(db);
    struct auth_account_by_person_row *account;
    struct str sealed;
    TRY(auth_account_by_person(db_reading(db), (struct auth_account_by_person_in){.person = who->person.v}, &account));
    if (!account || !password_fits(a, account->password, old)) {
        return REFUSE(ERR_INVALID, "old", "Mật khẩu hiện tại chưa đúng.");
    }
    TRY(password_check(fresh));
    if (str_eq(old, fresh)) {
        return REFUSE(ERR_INVALID, "fresh", "Mật khẩu mới cần khác mật khẩu hiện tại.");
    }
    TRY(password_seal(a, fresh, &sealed));
    TRY(auth_password_set(
        db, (struct auth_password_set_in){.person = who->person.v, .password = sealed, .is_to_change = false}, NULL));
    return auth_session_end_others(
        db, (struct auth_session_end_others_in){.person = who->person.v, .hash = who->session}, NULL);
}

struct err auth_reset_password(struct db_write *db, struct person_id person, struct str fresh) {
    struct str sealed;
    int64_t changed = 0;
    TRY(password_check(fresh));
    TRY(password_seal(db_write_arena(db), fresh, &sealed));
    TRY(auth_password_set(
        db, (struct auth_password_set_in){.person = person.v, .password = sealed, .is_to_change = true}, &changed));
    if (!changed) {
        return FAIL(ERR_MISSING, "no account to reset");
    }
    return auth_session_end_others(db, (struct auth_session_end_others_in){.person = person.v, .hash = S("")}, NULL);
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
    return is_closed ? auth_session_end_others(
                           db, (struct auth_session_end_others_in){.person = person.v, .hash = S("")}, NULL)
                     : OK;
}

struct err auth_account(struct db_read *db, struct person_id person, struct auth_account *account) {
    struct auth_account_by_person_row *row;
    *account = (struct auth_account){0};
    TRY(auth_account_by_person(db, (struct auth_account_by_person_in){.person = person.v}, &row));
    if (row) {
        *account = (struct auth_account){.login = row->login,
                                         .is_closed = row->is_closed,
                                         .must_change_password = row->is_to_change,
                                         .signed_in_at = row->signed_in_at,
                                         .locked_until = locked_until(row->failures, row->failed_at)};
    }
    return OK;
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

struct err auth_prune(struct db_write *db) {
    int64_t now = clock_now().ms;
    return auth_session_prune(db,
                              (struct auth_session_prune_in){.used_before = {now - idle_ms - KEEP_MS},
                                                             .made_before = {now - most_ms - KEEP_MS}},
                              NULL);
}
