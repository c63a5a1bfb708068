#include "modules/ballot/blind.h"

#include "base/arena.h"
#include "base/str.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/banned.h"

enum { HASH = 48, MODULUS_LEAST = 128, MODULUS_MOST = 1024, KEY_BITS = 2048 };
static const struct fault broken_fault = {.kind = ERR_BROKEN, .detail = S_INIT("OpenSSL"), .file = __FILE__};
#define BROKEN ((struct err){&broken_fault})

/* What the library gave lives as long as the arena. */
static void bn_free(void *n) { BN_clear_free(n); }
static void ctx_free(void *ctx) { BN_CTX_free(ctx); }
static void key_free(void *key) { EVP_PKEY_free(key); }
static void key_ctx_free(void *ctx) { EVP_PKEY_CTX_free(ctx); }

static BIGNUM *bn_of(struct arena *a, struct str bytes) {
    BIGNUM *n = BN_bin2bn((const unsigned char *)bytes.at, (int)bytes.len, NULL);
    arena_on_reset(a, bn_free, n);
    return n;
}
static BIGNUM *bn_new(struct arena *a) { return bn_of(a, S("")); }

static BN_CTX *ctx_new(struct arena *a) {
    BN_CTX *ctx = BN_CTX_new();
    arena_on_reset(a, ctx_free, ctx);
    return ctx;
}

static struct str bytes_of(struct arena *a, const BIGNUM *n, size_t len) {
    unsigned char *at = arena_take(a, unsigned char, len + 1);
    return BN_bn2binpad(n, at, (int)len) < 0 ? S("") : (struct str){(const char *)at, len};
}

static bool is_modulus(struct str m) {
    return m.len >= MODULUS_LEAST && m.len <= MODULUS_MOST && ((unsigned char)m.at[0] & 0x80) &&
           ((unsigned char)m.at[m.len - 1] & 1);
}

/* ---- EMSA-PSS (RFC 8017, 9.1), for moduli whose first bit is set */

static bool sha384(const struct str *parts, size_t n, unsigned char out[static HASH]) {
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool is_fine = ctx && EVP_DigestInit_ex(ctx, EVP_sha384(), NULL);
    for (size_t i = 0; is_fine && i < n; i++) {
        is_fine = EVP_DigestUpdate(ctx, parts[i].at, parts[i].len);
    }
    is_fine = is_fine && EVP_DigestFinal_ex(ctx, out, NULL);
    EVP_MD_CTX_free(ctx);
    return is_fine;
}

/* MGF1, laid over what is there. */
static bool mask(unsigned char *at, size_t n, const unsigned char seed[static HASH]) {
    unsigned char block[HASH];
    for (uint32_t count = 0; (size_t)count * HASH < n; count++) {
        unsigned char tail[4] = {(unsigned char)(count >> 24), (unsigned char)(count >> 16),
                                 (unsigned char)(count >> 8), (unsigned char)count};
        struct str parts[] = {{(const char *)seed, HASH}, {(const char *)tail, 4}};
        if (!sha384(parts, 2, block)) {
            return false;
        }
        for (size_t i = 0; i < HASH && (size_t)count * HASH + i < n; i++) {
            at[(size_t)count * HASH + i] ^= block[i];
        }
    }
    return true;
}

static bool inner_hash(struct str message, struct str salt, unsigned char out[static HASH]) {
    static const char noughts[8] = {0};
    unsigned char hash[HASH];
    if (!sha384(&message, 1, hash)) {
        return false;
    }
    struct str parts[] = {{noughts, sizeof noughts}, {(const char *)hash, HASH}, salt};
    return sha384(parts, 3, out);
}

static bool encode(struct arena *a, size_t len, struct str message, struct str salt, struct str *out) {
    if (len < HASH + salt.len + 2) {
        return false;
    }
    size_t db = len - HASH - 1;
    unsigned char *at = arena_take(a, unsigned char, len), *hash = at + db;
    at[db - salt.len - 1] = 1;
    if (salt.len) {
        memcpy(at + db - salt.len, salt.at, salt.len);
    }
    if (!inner_hash(message, salt, hash) || !mask(at, db, hash)) {
        return false;
    }
    at[0] &= 0x7f;
    at[len - 1] = 0xbc;
    *out = (struct str){(const char *)at, len};
    return true;
}

static bool is_encoded(struct arena *a, struct str encoded, struct str message, size_t salt_n) {
    size_t len = encoded.len;
    if (len < HASH + salt_n + 2 || (unsigned char)encoded.at[len - 1] != 0xbc || (encoded.at[0] & 0x80)) {
        return false;
    }
    size_t db = len - HASH - 1, i = 0;
    unsigned char *at = arena_take(a, unsigned char, len), hash[HASH];
    memcpy(at, encoded.at, len);
    if (!mask(at, db, at + db)) {
        return false;
    }
    at[0] &= 0x7f;
    while (i < db - salt_n - 1 && !at[i]) {
        i++;
    }
    struct str salt = {(const char *)at + db - salt_n, salt_n};
    return i == db - salt_n - 1 && at[i] == 1 && inner_hash(message, salt, hash) && !memcmp(hash, at + db, HASH);
}

/* ---- Keys */

struct err ballot_key_make(struct arena *a, struct ballot_key *key) {
    EVP_PKEY *pkey = EVP_RSA_gen(KEY_BITS);
    BIGNUM *n = NULL;
    unsigned char *der = NULL;
    if (!pkey) {
        return BROKEN;
    }
    arena_on_reset(a, key_free, pkey);
    int len = i2d_PrivateKey(pkey, &der);
    if (len <= 0 || !EVP_PKEY_get_bn_param(pkey, "n", &n)) {
        return BROKEN;
    }
    arena_on_reset(a, bn_free, n);
    key->secret = str_copy(a, (struct str){(const char *)der, (size_t)len});
    OPENSSL_clear_free(der, (size_t)len);
    key->modulus = bytes_of(a, n, KEY_BITS / 8);
    return OK;
}

/* m^e mod n, of public values. */
static bool open_up(struct arena *a, struct str modulus, struct str signature, struct str *out) {
    BIGNUM *n = bn_of(a, modulus), *s = bn_of(a, signature), *e = bn_new(a), *m = bn_new(a);
    BN_CTX *ctx = ctx_new(a);
    bool is_fine = is_modulus(modulus) && signature.len == modulus.len && BN_cmp(s, n) < 0 &&
                   BN_set_word(e, BALLOT_EXPONENT) && BN_mod_exp(m, s, e, n, ctx);
    *out = is_fine ? bytes_of(a, m, modulus.len) : S("");
    return is_fine;
}

bool ballot_signed(struct arena *a, struct str modulus, struct str message, struct str signature, size_t salt_n) {
    struct str encoded;
    return open_up(a, modulus, signature, &encoded) && is_encoded(a, encoded, message, salt_n);
}

/* ---- Blinding */

static bool draw(const BIGNUM *n, BN_CTX *ctx, BIGNUM *r, BIGNUM *inverse) {
    do {
        if (!BN_rand_range(r, n)) {
            return false;
        }
    } while (BN_is_zero(r) || !BN_mod_inverse(inverse, r, n, ctx));
    return true;
}

static bool chance_of(struct arena *a, const struct ballot_chance *given, struct str *salt) {
    unsigned char *bytes = arena_take(a, unsigned char, BALLOT_SALT);
    *salt = given ? given->salt : (struct str){(const char *)bytes, BALLOT_SALT};
    return given || RAND_bytes(bytes, BALLOT_SALT) == 1;
}

struct err ballot_blind(struct arena *a, struct str modulus, struct str message, const struct ballot_chance *chance,
                        struct ballot_blinding *out) {
    struct str salt, encoded;
    if (!is_modulus(modulus)) {
        return REFUSE(ERR_INVALID, "", "Khóa của lần bỏ phiếu không đúng dạng.");
    }
    BIGNUM *n = bn_of(a, modulus), *r = bn_new(a), *inverse = bn_new(a), *e = bn_new(a), *z = bn_new(a);
    BN_CTX *ctx = ctx_new(a);
    if (!chance_of(a, chance, &salt) || !encode(a, modulus.len, message, salt, &encoded)) {
        return BROKEN;
    }
    BIGNUM *m = bn_of(a, encoded);
    bool is_fine = chance ? BN_bin2bn((const unsigned char *)chance->inverse.at, (int)chance->inverse.len, inverse) &&
                                BN_mod_inverse(r, inverse, n, ctx)
                          : draw(n, ctx, r, inverse);
    is_fine = is_fine && BN_set_word(e, BALLOT_EXPONENT) && BN_mod_exp(z, r, e, n, ctx) && BN_mod_mul(z, m, z, n, ctx);
    if (!is_fine || !BN_gcd(r, m, n, ctx) || !BN_is_one(r)) {
        return REFUSE(ERR_INVALID, "", "Khóa của lần bỏ phiếu không đúng dạng.");
    }
    *out = (struct ballot_blinding){bytes_of(a, z, modulus.len), bytes_of(a, inverse, modulus.len), salt.len};
    return OK;
}

struct err ballot_blind_sign(struct arena *a, const struct ballot_key *key, struct str blinded, struct str *signature) {
    const unsigned char *at = (const unsigned char *)key->secret.at;
    struct str back;
    size_t n = key->modulus.len;
    if (blinded.len != n || memcmp(blinded.at, key->modulus.at, n) >= 0) {
        return REFUSE(ERR_INVALID, "blinded", "Phong bì gửi lên không đúng dạng. Mời tải lại trang.");
    }
    EVP_PKEY *pkey = d2i_AutoPrivateKey(NULL, &at, (long)key->secret.len);
    arena_on_reset(a, key_free, pkey);
    EVP_PKEY_CTX *ctx = pkey ? EVP_PKEY_CTX_new(pkey, NULL) : NULL;
    arena_on_reset(a, key_ctx_free, ctx);
    unsigned char *out = arena_take(a, unsigned char, n);
    /* A decryption without padding is the bare private operation, guarded against timing by the library. */
    if (!ctx || EVP_PKEY_decrypt_init(ctx) <= 0 || EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) <= 0 ||
        EVP_PKEY_decrypt(ctx, out, &n, (const unsigned char *)blinded.at, blinded.len) <= 0) {
        return BROKEN;
    }
    *signature = (struct str){(const char *)out, n};
    return open_up(a, key->modulus, *signature, &back) && str_eq(back, blinded) ? OK : BROKEN;
}

struct err ballot_unblind(struct arena *a, struct str modulus, struct str message, struct str signature,
                          const struct ballot_blinding *blinding, struct str *out) {
    if (!is_modulus(modulus) || signature.len != modulus.len) {
        return REFUSE(ERR_INVALID, "", "Chữ ký nhận về không đúng dạng.");
    }
    BIGNUM *n = bn_of(a, modulus), *z = bn_of(a, signature), *inverse = bn_of(a, blinding->inverse), *s = bn_new(a);
    if (!BN_mod_mul(s, z, inverse, n, ctx_new(a))) {
        return BROKEN;
    }
    *out = bytes_of(a, s, modulus.len);
    return ballot_signed(a, modulus, message, *out, blinding->salt_n)
               ? OK
               : REFUSE(ERR_INVALID, "", "Chữ ký nhận về không phải của khóa này.");
}
