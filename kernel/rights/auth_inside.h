/* Between kernel/rights/auth.c, kernel/rights/auth_try.c and kernel/http/live.c: tries of passwords, what is remembered
   of them, and sessions that ended. */
#ifndef KERNEL_RIGHTS_AUTH_INSIDE_H
#define KERNEL_RIGHTS_AUTH_INSIDE_H
#include "kernel/rights/auth.h"

#define AUTH_DEMO_PASSWORD S("doanket")

/* As it is kept: lower case, without spaces around. */
struct str auth_login_name(struct arena *a, struct str login);
/* BUSY with the wait in words, and in check->wait_s, while no try is allowed. */
struct err auth_try_allowed(struct db_read *db, struct auth_check *check);
struct err auth_try_failed(struct db_write *db, const struct auth_check *check);
/* Fills in what was tried wrongly since the last time it went well, and forgets it where it went well now. */
struct err auth_tries_told(struct db_write *db, const struct auth_check *check, struct auth_signed_in *in);
struct err auth_tries_of_login(struct db_read *db, struct str login, struct auth_account *account);
/* The browser was used by the account's person; token is a new one's, or empty. */
struct err auth_device_note(struct db_write *db, const struct auth_check *check, struct str token);
/* Hashes of sessions that ended, or changed their hat, since then. */
struct auth_hashes {
    struct str *at;
    size_t n;
};
struct err auth_ended(struct db_read *db, struct instant since, struct auth_hashes *hashes);
#endif
