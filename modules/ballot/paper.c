/* One paper: stamped blindly, filled in, checked, acknowledged. */
#include "modules/ballot/board.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/ballot/blind.h"
#include "modules/ballot/tree.h"

#include <sodium.h>

#include "base/banned.h"

enum { TOKEN = 256 };

struct str ballot_message(struct arena *a, const struct ballot_terms *t, struct str nonce, struct str key) {
    char *at = arena_take(a, char, BALLOT_NONCE + BALLOT_ID + BALLOT_PUBLIC);
    memcpy(at, nonce.at, BALLOT_NONCE);
    memcpy(at + BALLOT_NONCE, t->id, BALLOT_ID);
    memcpy(at + BALLOT_NONCE + BALLOT_ID, key.at, BALLOT_PUBLIC);
    return (struct str){at, BALLOT_NONCE + BALLOT_ID + BALLOT_PUBLIC};
}

struct str ballot_choice_message(struct arena *a, const struct ballot_terms *t, struct str choice) {
    return str_format(a, "doanket-ballot-choice\n%.*s\n%.*s", STR_ARG(t->id_hex), STR_ARG(choice));
}

bool ballot_choice_read(const struct ballot_terms *t, struct str choice, bool *chosen) {
    struct str rest = choice, one;
    int64_t before = 0, n = 0, option;
    memset(chosen, 0, t->options.n * sizeof *chosen);
    if (str_eq(choice, S("-"))) {
        return true;
    }
    if (!choice.len || choice.at[choice.len - 1] == ',' || choice.at[0] == ',') {
        return false;
    }
    while (str_next(&rest, ',', &one)) {
        if (!one.len || one.at[0] == '0' || !num_read_between(one, before + 1, (int64_t)t->options.n, &option) ||
            ++n > t->most) {
            return false;
        }
        chosen[option - 1] = true;
        before = option;
    }
    return true;
}

struct err ballot_paper_check(struct arena *a, const struct ballot_terms *t, const struct ballot_paper *p) {
    unsigned char key[BALLOT_PUBLIC], nonce[BALLOT_NONCE], token[TOKEN];
    bool chosen[BALLOT_OPTIONS_MOST];
    if (!ballot_unhex(p->key, key, sizeof key) || !ballot_unhex(p->nonce, nonce, sizeof nonce) ||
        !ballot_unhex(p->token, token, sizeof token)) {
        return REFUSE(ERR_INVALID, "token", "Lá phiếu không đúng dạng.");
    }
    struct str message = ballot_message(a, t, (struct str){(const char *)nonce, sizeof nonce},
                                        (struct str){(const char *)key, sizeof key});
    if (!ballot_signed(a, t->modulus, message, (struct str){(const char *)token, sizeof token}, BALLOT_SALT)) {
        return REFUSE(ERR_INVALID, "token", "Dấu trên lá phiếu không phải của lần bỏ phiếu này.");
    }
    if (!ballot_choice_read(t, p->choice, chosen)) {
        return REFUSE(ERR_INVALID, "choice", "Lựa chọn trên lá phiếu không đúng.");
    }
    if (!ballot_signed_by(key, ballot_choice_message(a, t, p->choice), p->proof)) {
        return REFUSE(ERR_INVALID, "proof", "Lựa chọn không do người giữ lá phiếu ghi.");
    }
    return OK;
}

struct str ballot_paper_line(struct arena *a, const struct ballot_paper *p) {
    const struct str *const cells[] = {&p->key, &p->nonce, &p->token, &p->choice, &p->proof};
    struct buf b = buf_in(a);
    BUF_LIT(&b, "paper");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        buf_put_char(&b, '\t');
        buf_put(&b, *cells[i]);
    }
    return buf_str(&b);
}

bool ballot_paper_read(struct str line, struct ballot_paper *p) {
    struct str name, rest;
    return str_cut(line, S("\t"), &name, &rest) && str_eq(name, S("paper")) && str_cut(rest, S("\t"), &p->key, &rest) &&
           str_cut(rest, S("\t"), &p->nonce, &rest) && str_cut(rest, S("\t"), &p->token, &rest) &&
           str_cut(rest, S("\t"), &p->choice, &p->proof) && str_find(p->proof, S("\t"), 0) == SIZE_MAX;
}

struct str ballot_receipt(struct arena *a, struct str seed, const struct ballot_terms *t, struct str line) {
    return ballot_sign(a, seed, str_format(a, "doanket-ballot-receipt\n%.*s\n%.*s", STR_ARG(t->id_hex), STR_ARG(line)));
}

struct err ballot_stamp(struct arena *a, const struct ballot_terms *t, struct str signer, struct str blinded_hex,
                        struct str *signature_hex) {
    unsigned char blinded[TOKEN];
    struct str signature;
    struct ballot_key key = {t->modulus, signer};
    if (!ballot_unhex(blinded_hex, blinded, sizeof blinded)) {
        return REFUSE(ERR_INVALID, "blinded", "Phong bì gửi lên không đúng dạng. Mời tải lại trang.");
    }
    TRY(ballot_blind_sign(a, &key, (struct str){(const char *)blinded, sizeof blinded}, &signature));
    *signature_hex = ballot_hex(a, signature.at, signature.len);
    return OK;
}

/* ---- What a device does */

struct err ballot_device_make(struct arena *a, const struct ballot_terms *t, struct ballot_device *d) {
    unsigned char *seed = arena_take(a, unsigned char, BALLOT_SEED),
                  *nonce = arena_take(a, unsigned char, BALLOT_NONCE);
    unsigned char *public = arena_take(a, unsigned char, BALLOT_PUBLIC), secret[crypto_sign_SECRETKEYBYTES];
    struct ballot_blinding blinding;
    randombytes_buf(seed, BALLOT_SEED);
    randombytes_buf(nonce, BALLOT_NONCE);
    crypto_sign_seed_keypair(public, secret, seed);
    *d = (struct ballot_device){.key = {(const char *)public, BALLOT_PUBLIC},
                                .seed = {(const char *)seed, BALLOT_SEED},
                                .nonce = {(const char *)nonce, BALLOT_NONCE}};
    TRY(ballot_blind(a, t->modulus, ballot_message(a, t, d->nonce, d->key), NULL, &blinding));
    d->blinded = ballot_hex(a, blinding.blinded.at, blinding.blinded.len);
    d->inverse = blinding.inverse;
    return OK;
}

struct err ballot_device_vote(struct arena *a, const struct ballot_terms *t, const struct ballot_device *d,
                              struct str signature_hex, struct str choice, struct ballot_paper *paper) {
    unsigned char signature[TOKEN];
    struct str token;
    struct ballot_blinding blinding = {.inverse = d->inverse, .salt_n = BALLOT_SALT};
    if (!ballot_unhex(signature_hex, signature, sizeof signature)) {
        return FAIL(ERR_INVALID, "not a signature");
    }
    TRY(ballot_unblind(a, t->modulus, ballot_message(a, t, d->nonce, d->key),
                       (struct str){(const char *)signature, sizeof signature}, &blinding, &token));
    *paper = (struct ballot_paper){.key = ballot_hex(a, d->key.at, d->key.len),
                                   .nonce = ballot_hex(a, d->nonce.at, d->nonce.len),
                                   .token = ballot_hex(a, token.at, token.len),
                                   .choice = choice,
                                   .proof = ballot_sign(a, d->seed, ballot_choice_message(a, t, choice))};
    return OK;
}
