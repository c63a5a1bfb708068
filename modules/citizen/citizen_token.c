#include "modules/citizen/citizen_token.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include "base/arena.h"
#include "read/json.h"

#include "base/banned.h"

enum { RSA_LEAST = 256, RSA_MOST = 1024, EXPONENT_MOST = 8, COORDINATE = 32, POINT = 1 + 2 * COORDINATE };

struct parts {
    struct str head, payload, signature;
    struct str covered; /* what the signature is of */
};

struct str citizen_base64(struct arena *a, struct str bytes) {
    size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *to = arena_take(a, char, room);
    sodium_bin2base64(to, room, (const unsigned char *)bytes.at, bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){to, room - 1};
}

static bool bytes_of(struct arena *a, struct str text, struct str *bytes) {
    size_t n = 0;
    unsigned char *to = arena_take(a, unsigned char, text.len + 1);
    bool is_read = text.len && !sodium_base642bin(to, text.len + 1, text.at, text.len, NULL, &n, NULL,
                                                  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *bytes = (struct str){(const char *)to, is_read ? n : 0};
    return is_read && n;
}

static bool parts_of(struct arena *a, struct str token, struct parts *p) {
    struct str head, rest, payload, signature;
    if (token.len > CITIZEN_TOKEN_MOST || !str_cut(token, S("."), &head, &rest) ||
        !str_cut(rest, S("."), &payload, &signature)) {
        return false;
    }
    p->covered = str_slice(token, 0, head.len + 1 + payload.len);
    return bytes_of(a, head, &p->head) && bytes_of(a, payload, &p->payload) &&
           (!signature.len || bytes_of(a, signature, &p->signature));
}

static EVP_PKEY *key_of(const char *type, OSSL_PARAM_BLD *b) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (!params || !ctx || EVP_PKEY_fromdata_init(ctx) <= 0 ||
        EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) <= 0) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return key;
}

static EVP_PKEY *rsa_key(struct arena *a, const struct json_value *jwk) {
    struct str n, e;
    if (!bytes_of(a, json_member_text(jwk, "n"), &n) || !bytes_of(a, json_member_text(jwk, "e"), &e) ||
        n.len < RSA_LEAST || n.len > RSA_MOST || e.len > EXPONENT_MOST) {
        return NULL;
    }
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    BIGNUM *modulus = BN_bin2bn((const unsigned char *)n.at, (int)n.len, NULL);
    BIGNUM *exponent = BN_bin2bn((const unsigned char *)e.at, (int)e.len, NULL);
    bool is_built = b && modulus && exponent && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, modulus) &&
                    OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, exponent);
    EVP_PKEY *key = is_built ? key_of("RSA", b) : NULL;
    BN_free(modulus);
    BN_free(exponent);
    OSSL_PARAM_BLD_free(b);
    return key;
}

static EVP_PKEY *ec_key(struct arena *a, const struct json_value *jwk) {
    struct str x, y;
    unsigned char point[POINT] = {4};
    if (!str_eq(json_member_text(jwk, "crv"), S("P-256")) || !bytes_of(a, json_member_text(jwk, "x"), &x) ||
        !bytes_of(a, json_member_text(jwk, "y"), &y) || x.len != COORDINATE || y.len != COORDINATE) {
        return NULL;
    }
    memcpy(point + 1, x.at, COORDINATE);
    memcpy(point + 1 + COORDINATE, y.at, COORDINATE);
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    bool is_built = b && OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) &&
                    OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point);
    EVP_PKEY *key = is_built ? key_of("EC", b) : NULL;
    OSSL_PARAM_BLD_free(b);
    return key;
}

/* The library wants the two numbers of an ES256 signature as DER; the token has them one behind the other. */
static struct str der_of(struct arena *a, struct str raw) {
    unsigned char *der = NULL;
    struct str out = S("");
    ECDSA_SIG *sig = raw.len == 2 * COORDINATE ? ECDSA_SIG_new() : NULL;
    if (!sig) {
        return out;
    }
    BIGNUM *r = BN_bin2bn((const unsigned char *)raw.at, COORDINATE, NULL);
    BIGNUM *s = BN_bin2bn((const unsigned char *)raw.at + COORDINATE, COORDINATE, NULL);
    if (r && s && ECDSA_SIG_set0(sig, r, s)) {
        int n = i2d_ECDSA_SIG(sig, &der);
        out = n > 0 ? str_copy(a, (struct str){(const char *)der, (size_t)n}) : out;
    } else {
        BN_free(r);
        BN_free(s);
    }
    OPENSSL_free(der);
    ECDSA_SIG_free(sig);
    return out;
}

static bool is_signed_by(EVP_PKEY *key, struct str covered, struct str signature) {
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool is = ctx && signature.len && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestVerify(ctx, (const unsigned char *)signature.at, signature.len,
                               (const unsigned char *)covered.at, covered.len) == 1;
    EVP_MD_CTX_free(ctx);
    return is;
}

/* The one key that is meant; NULL when there is none, or when it cannot be said which. */
static const struct json_value *jwk_of(const struct json_value *keys, struct str kid, bool is_rsa) {
    const struct json_value *found = NULL;
    for (size_t i = 0; i < json_count(keys); i++) {
        const struct json_value *k = json_item(keys, i);
        struct str use = json_member_text(k, "use"), alg = json_member_text(k, "alg");
        bool fits = str_eq(json_member_text(k, "kty"), is_rsa ? S("RSA") : S("EC")) &&
                    (!use.len || str_eq(use, S("sig"))) && (!alg.len || str_eq(alg, is_rsa ? S("RS256") : S("ES256")));
        if (fits && (!kid.len || str_eq(json_member_text(k, "kid"), kid))) {
            if (found) {
                return NULL;
            }
            found = k;
        }
    }
    return found;
}

static const char *signature_check(struct arena *a, const struct parts *p, struct str jwks) {
    size_t at;
    const struct json_value *head = json_read(a, p->head, &at), *set = json_read(a, jwks, &at);
    struct str alg = json_member_text(head, "alg");
    bool is_rsa = str_eq(alg, S("RS256"));
    if (!json_is_map(head) || json_member(head, "crit")) {
        return "form";
    }
    if (!is_rsa && !str_eq(alg, S("ES256"))) {
        return "algorithm";
    }
    const struct json_value *jwk = jwk_of(json_member(set, "keys"), json_member_text(head, "kid"), is_rsa);
    EVP_PKEY *key = !jwk ? NULL : is_rsa ? rsa_key(a, jwk) : ec_key(a, jwk);
    if (!key) {
        return "key";
    }
    bool is = is_signed_by(key, p->covered, is_rsa ? p->signature : der_of(a, p->signature));
    EVP_PKEY_free(key);
    return is ? NULL : "signature";
}

/* One audience, or several with ours among them and said to be the party it was made for. */
static bool is_for(const struct json_value *claims, struct str client) {
    const struct json_value *aud = json_member(claims, "aud");
    struct str party = json_member_text(claims, "azp");
    bool is_ours = str_eq(json_text_of(aud), client);
    for (size_t i = 0; i < json_count(aud); i++) {
        is_ours = is_ours || str_eq(json_text_of(json_item(aud, i)), client);
    }
    bool is_said = party.len ? str_eq(party, client) : json_count(aud) <= 1;
    return client.len && is_ours && is_said;
}

const char *citizen_token_check(struct arena *a, struct str token, const struct citizen_expected *e,
                                const struct json_value **claims) {
    struct parts p = {0};
    size_t at;
    int64_t now = e->now.ms / 1000;
    *claims = NULL;
    if (!parts_of(a, token, &p)) {
        return "form";
    }
    const char *wrong = signature_check(a, &p, e->jwks);
    if (wrong) {
        return wrong;
    }
    const struct json_value *c = json_read(a, p.payload, &at);
    if (!json_is_map(c)) {
        return "form";
    }
    if (!e->issuer.len || !str_eq(json_member_text(c, "iss"), e->issuer)) {
        return "issuer";
    }
    if (!is_for(c, e->client)) {
        return "audience";
    }
    if (json_member_int(c, "exp") < now - CITIZEN_LEEWAY_S) {
        return "expired";
    }
    if (json_member_int(c, "iat") > now + CITIZEN_LEEWAY_S || json_member_int(c, "nbf") > now + CITIZEN_LEEWAY_S) {
        return "early";
    }
    if (!e->nonce.len || !str_eq(json_member_text(c, "nonce"), e->nonce)) {
        return "nonce";
    }
    *claims = c;
    return json_member_text(c, "sub").len ? NULL : "subject";
}
