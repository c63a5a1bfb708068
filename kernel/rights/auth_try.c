/* Tries of passwords. They are counted by login and network in rows of an hour, few and forgotten after a day; a
   browser that its person has used before is counted by itself, so that strangers in its network do not keep its person
   out. */
#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/rights/auth_inside.h"
#include "kernel/rights/auth_queries.h"
#include "kernel/db/db.h"
#include "kernel/rights/password.h"

#include "base/banned.h"

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
enum { FREE_TRIES = 5, WAIT_MOST_MINUTES = 60, ROWS_MOST = 20000, DEVICE_DAYS = 180 };

struct str auth_login_name(struct arena *a, struct str login) {
    return utf8_lower(a, utf8_clean(a, str_trim(login)));
}

/* Of the name, not of the account: a login that does not exist is counted as one that does. */
static int64_t login_key(struct str name) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    int64_t key;
    crypto_hash_sha256(hash, (const unsigned char *)name.at, name.len);
    memcpy(&key, hash, sizeof key);
    return key & INT64_MAX;
}

/* 10.1.2.0/24, 2001:db8:0:100::/56: whoever has one address there has all. */
static struct str network_of(struct arena *a, struct str address) {
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    unsigned char bytes[16];
    char text[INET6_ADDRSTRLEN] = "";
    char *z = str_z(a, str_slice(address, 0, INET6_ADDRSTRLEN));
    bool is_six = inet_pton(AF_INET6, z, bytes) == 1;
    if (is_six && memcmp(bytes, mapped, sizeof mapped) == 0) {
        return str_format(a, "%d.%d.%d.0/24", bytes[12], bytes[13], bytes[14]);
    }
    if (is_six) {
        memset(bytes + 7, 0, 9);
        inet_ntop(AF_INET6, bytes, text, sizeof text);
        return str_format(a, "%s/56", text);
    }
    return inet_pton(AF_INET, z, bytes) == 1 ? str_format(a, "%d.%d.%d.0/24", bytes[0], bytes[1], bytes[2])
                                             : str_copy(a, str_slice(address, 0, INET6_ADDRSTRLEN));
}

static bool is_loopback(struct str address) { return str_starts(address, S("127.")) || str_eq(address, S("::1")); }

/* The first five are free; then each further one doubles the wait since the last. */
static struct instant allowed_at(int64_t failures, struct instant failed_at) {
    if (failures < FREE_TRIES) {
        return (struct instant){0};
    }
    int64_t doublings = failures - FREE_TRIES;
    int64_t minutes = doublings < 6 ? (int64_t)1 << doublings : (int64_t)WAIT_MOST_MINUTES;
    return (struct instant){failed_at.ms + minutes * MINUTE};
}

struct err auth_try_allowed(struct db_read *db, struct auth_check *check) {
    struct auth_tries_row *row;
    struct instant now = clock_now();
    TRY(auth_tries(
        db, (struct auth_tries_in){.login = check->login, .network = check->counted, .after = {now.ms - DAY}}, &row));
    struct instant at = row ? allowed_at(row->failures, row->failed_at) : (struct instant){0};
    if (at.ms <= now.ms) {
        return OK;
    }
    check->wait_s = (at.ms - now.ms + 999) / 1000;
    return err_refuse(db_arena(db), ERR_BUSY, NULL, "Đã nhập sai nhiều lần từ mạng này. Mời thử lại sau %lld phút.",
                      (long long)((check->wait_s + 59) / 60));
}

/* A browser counts for itself only to the person who used it. */
static struct err device_find(struct db_read *db, struct str token, struct auth_check *check) {
    struct auth_device_find_row *row = NULL;
    struct arena *a = db_arena(db);
    if (!token.len || token.len > 128 || !check->account.v) {
        return OK;
    }
    struct str hash = auth_hash(a, token);
    TRY(auth_device_find(db,
                         (struct auth_device_find_in){.hash = hash,
                                                      .person = check->account.v,
                                                      .after = {clock_now().ms - (int64_t)DEVICE_DAYS * DAY}},
                         &row));
    if (row) {
        check->is_known_device = true;
        check->counted = hash;
    }
    return OK;
}

struct err auth_check(struct db_read *db, const struct auth_try *t, struct auth_check *check) {
    struct arena *a = db_arena(db);
    struct auth_account_by_login_row *account;
    struct str name = auth_login_name(a, t->login);
    *check = (struct auth_check){.login = login_key(name),
                                 .address = str_copy(a, t->address),
                                 .counted = network_of(a, t->address),
                                 .sealed = password_of_nobody()};
    TRY(auth_account_by_login(db, (struct auth_account_by_login_in){.login = name}, &account));
    if (account) {
        bool is_here = !str_eq(t->password, AUTH_DEMO_PASSWORD) || is_loopback(t->address);
        check->account.v = account->person;
        check->sealed = account->password;
        check->may_pass = is_here && !account->is_closed;
    }
    TRY(device_find(db, t->device, check));
    return auth_try_allowed(db, check);
}

/* A flood of made-up names pushes out the oldest rows, of names that exist or not. */
static struct err make_room(struct db_write *db) {
    struct auth_tries_count_row *count;
    TRY(auth_tries_count(db_reading(db), &count));
    return count && count->rows_n >= ROWS_MOST ? auth_tries_shrink(db, NULL) : OK;
}

struct err auth_try_failed(struct db_write *db, const struct auth_check *check) {
    struct instant now = clock_now();
    TRY(auth_tries_prune(db, (struct auth_tries_prune_in){.before = {now.ms - DAY - HOUR}}, NULL));
    TRY(make_room(db));
    return auth_try_add(
        db,
        (struct auth_try_add_in){
            .login = check->login, .network = check->counted, .hour_at = {now.ms - now.ms % HOUR}, .failed_at = now},
        NULL);
}

struct err auth_tries_told(struct db_write *db, const struct auth_check *check, struct auth_signed_in *in) {
    struct auth_tries_since_row *row;
    struct auth_account_by_person_row *account;
    TRY(auth_account_by_person(db_reading(db), (struct auth_account_by_person_in){.person = check->account.v},
                               &account));
    struct instant since = account ? account->signed_in_at : (struct instant){0};
    TRY(auth_tries_since(
        db_reading(db), (struct auth_tries_since_in){.login = check->login, .after = {since.ms ? since.ms : 1}}, &row));
    in->failures = row ? row->failures : 0;
    in->networks = row ? row->networks : 0;
    return auth_tries_forget(db, (struct auth_tries_forget_in){.login = check->login, .network = check->counted}, NULL);
}

struct err auth_tries_of_login(struct db_read *db, struct str login, struct auth_account *account) {
    struct auth_tries_since_row *row;
    TRY(auth_tries_since(db, (struct auth_tries_since_in){.login = login_key(login), .after = {clock_now().ms - DAY}},
                         &row));
    account->failures = row ? row->failures : 0;
    account->networks = row ? row->networks : 0;
    return OK;
}

struct err auth_tries_clear(struct db_write *db, struct str login) {
    return auth_tries_forget_login(db, (struct auth_tries_forget_login_in){.login = login_key(login)}, NULL);
}

struct err auth_device_note(struct db_write *db, const struct auth_check *check, struct str token) {
    struct instant now = clock_now();
    TRY(auth_device_prune(db, (struct auth_device_prune_in){.before = {now.ms - (int64_t)DEVICE_DAYS * DAY}}, NULL));
    return auth_device_put(
        db,
        (struct auth_device_put_in){.hash = token.len ? auth_hash(db_write_arena(db), token) : check->counted,
                                    .person = check->account.v,
                                    .used_at = now},
        NULL);
}
