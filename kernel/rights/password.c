#include "kernel/rights/password.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"

#include "base/banned.h"

struct str password_of_nobody(void) {
    return S("$argon2id$v=19$m=65536,t=2,p=1$jsXc990GYqeVqECf5ElgqQ$jwAAtA564kJnH2D5QnmaC3an8GhY4oGcb7mVrRCjhzc");
}

static bool fits(struct arena *a, struct str sealed, struct str tried) {
    return crypto_pwhash_str_verify(str_z(a, sealed), tried.len ? tried.at : "", tried.len) == 0;
}

static struct err seal(struct arena *a, struct str password, struct str *sealed) {
    char *text = arena_take(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(text, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return FAIL(ERR_BROKEN, "no memory to seal a password");
    }
    *sealed = str_of(text);
    return OK;
}

struct err password_do(struct arena *a, const struct password_work *work, struct password_done *done) {
    *done =
        (struct password_done){.is_right = !work->sealed.len || fits(a, work->sealed, work->tried), .sealed = S("")};
    return done->is_right && work->fresh.len ? seal(a, work->fresh, &done->sealed) : OK;
}
