#include "tests/test.h"

#include "base/buf.h"
#include "modules/ballot/blind.h"
#include "modules/ballot/board.h"
#include "read/json.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <stdio.h>

/* "0x0a…" as bytes; padded in front to a length where one is given. */
static struct str bytes_of(struct arena *a, const struct json_value *o, const char *name, size_t n) {
    struct str hex = json_member_text(o, name);
    hex = str_starts(hex, S("0x")) ? str_slice(hex, 2, hex.len) : hex;
    size_t len = hex.len / 2, pad = n > len ? n - len : 0;
    unsigned char *at = arena_take(a, unsigned char, pad + len + 1);
    sodium_hex2bin(at + pad, len, hex.at, hex.len, NULL, NULL, NULL);
    return (struct str){(const char *)at, pad + len};
}

static BIGNUM *number(const struct json_value *o, const char *name) {
    BIGNUM *n = NULL;
    struct str hex = json_member_text(o, name);
    char digits[4096] = {0};
    memcpy(digits, hex.at + 2, hex.len - 2);
    BN_hex2bn(&n, digits);
    return n;
}

/* With its factors, as the signing side keeps a key. */
static struct str key_of(struct arena *a, const struct json_value *o) {
    enum { N, D, P, Q, DP, DQ, QP, ALL };
    static const char *const names[] = {OSSL_PKEY_PARAM_RSA_N,           OSSL_PKEY_PARAM_RSA_D,
                                        OSSL_PKEY_PARAM_RSA_FACTOR1,     OSSL_PKEY_PARAM_RSA_FACTOR2,
                                        OSSL_PKEY_PARAM_RSA_EXPONENT1,   OSSL_PKEY_PARAM_RSA_EXPONENT2,
                                        OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
    BIGNUM *all[ALL] = {number(o, "n"), number(o, "d"), number(o, "p"), number(o, "q"), BN_new(), BN_new(), BN_new()};
    BIGNUM *less = BN_new();
    BN_CTX *bn = BN_CTX_new();
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    EVP_PKEY *key = NULL;
    unsigned char *der = NULL;
    for (int i = 0; i < 2; i++) {
        BN_sub(less, all[P + i], BN_value_one());
        BN_mod(all[DP + i], all[D], less, bn);
    }
    BN_mod_inverse(all[QP], all[Q], all[P], bn);
    for (int i = 0; i < ALL; i++) {
        OSSL_PARAM_BLD_push_BN(b, names[i], all[i]);
    }
    OSSL_PARAM_BLD_push_uint(b, OSSL_PKEY_PARAM_RSA_E, BALLOT_EXPONENT);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
    EVP_PKEY_fromdata_init(ctx);
    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params);
    int len = key ? i2d_PrivateKey(key, &der) : 0;
    struct str out = str_copy(a, (struct str){(const char *)der, len > 0 ? (size_t)len : 0});
    OPENSSL_free(der);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(b);
    for (int i = 0; i < ALL; i++) {
        BN_free(all[i]);
    }
    BN_free(less);
    BN_CTX_free(bn);
    return out;
}

static void vector_check(struct arena *a, const struct json_value *o) {
    struct str n = bytes_of(a, o, "n", 0), input = bytes_of(a, o, "input_msg", 0), signature, got;
    struct ballot_chance chance = {bytes_of(a, o, "salt", 0), bytes_of(a, o, "inv", n.len)};
    struct ballot_key key = {n, key_of(a, o)};
    struct ballot_blinding blinding;
    struct str msg = bytes_of(a, o, "msg", 0), prefix = bytes_of(a, o, "msg_prefix", 0);
    CHECK(input.len == prefix.len + msg.len && str_ends(input, msg) && str_starts(input, prefix));
    CHECK_OK(ballot_blind(a, n, input, &chance, &blinding));
    CHECK_STR(blinding.blinded, bytes_of(a, o, "blinded_msg", n.len));
    CHECK_OK(ballot_blind_sign(a, &key, blinding.blinded, &signature));
    CHECK_STR(signature, bytes_of(a, o, "blind_sig", n.len));
    CHECK_OK(ballot_unblind(a, n, input, signature, &blinding, &got));
    CHECK_STR(got, bytes_of(a, o, "sig", n.len));
    CHECK(!ballot_signed(a, n, msg, got, chance.salt.len) || !prefix.len);
    CHECK(!ballot_signed(a, n, input, got, chance.salt.len + 1));
}

TEST("ballot: blinding, signing and unblinding give the values of RFC 9474, byte for byte") {
    FILE *f = fopen("../shared/data/mail/ballot/rfc9474_vectors.json", "rbe");
    struct buf b = buf_in(arena);
    size_t fault_at;
    if (!f) {
        test_skip("no ../shared/data here");
        return;
    }
    buf_reserve(&b, 1 << 18);
    b.len = fread(b.at, 1, 1 << 18, f);
    fclose(f);
    const struct json_value *list = json_read(arena, buf_str(&b), &fault_at);
    CHECK(json_count(list) == 4);
    for (size_t i = 0; i < json_count(list); i++) {
        vector_check(arena, json_item(list, i));
    }
}

TEST("ballot: a signature made unseen is right for its own message and key only") {
    struct ballot_key key, other;
    struct ballot_blinding one, two;
    struct str signature, token;
    CHECK_OK(ballot_key_make(arena, &key));
    CHECK_OK(ballot_key_make(arena, &other));
    CHECK(key.modulus.len == 256 && ((unsigned char)key.modulus.at[0] & 0x80));
    CHECK_OK(ballot_blind(arena, key.modulus, S("một lá phiếu"), NULL, &one));
    CHECK_OK(ballot_blind(arena, key.modulus, S("một lá phiếu"), NULL, &two));
    CHECK(!str_eq(one.blinded, two.blinded));
    CHECK_OK(ballot_blind_sign(arena, &key, one.blinded, &signature));
    CHECK_OK(ballot_unblind(arena, key.modulus, S("một lá phiếu"), signature, &one, &token));
    CHECK(ballot_signed(arena, key.modulus, S("một lá phiếu"), token, BALLOT_SALT));
    CHECK(!ballot_signed(arena, key.modulus, S("hai lá phiếu"), token, BALLOT_SALT));
    CHECK(!ballot_signed(arena, other.modulus, S("một lá phiếu"), token, BALLOT_SALT));
    CHECK_ERR(ballot_unblind(arena, key.modulus, S("một lá phiếu"), signature, &two, &token), ERR_INVALID);
    CHECK_ERR(ballot_blind_sign(arena, &key, key.modulus, &signature), ERR_INVALID);
    CHECK_ERR(ballot_blind_sign(arena, &key, S("ngắn"), &signature), ERR_INVALID);
    CHECK_ERR(ballot_blind(arena, S("\377\377"), S("x"), NULL, &one), ERR_INVALID);
}
