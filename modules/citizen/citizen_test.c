/* Tokens of a provider as they should be and as they should not; the sealed secret; whose a sending is. */
#include "modules/citizen/citizen.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/arena.h"
#include "modules/citizen/citizen_inside.h"
#include "modules/citizen/citizen_token.h"
#include "read/json.h"
#include "tests/db.h"

enum { NOW = 1796000000, COORDINATE = 32 };

static struct str number_of(struct arena *a, EVP_PKEY *key, const char *name, size_t len) {
    BIGNUM *n = NULL;
    EVP_PKEY_get_bn_param(key, name, &n);
    size_t size = len ? len : (size_t)BN_num_bytes(n);
    unsigned char *at = arena_take(a, unsigned char, size);
    BN_bn2binpad(n, at, (int)size);
    BN_free(n);
    return citizen_base64(a, (struct str){(const char *)at, size});
}

static struct str jwk_of(struct arena *a, EVP_PKEY *key, const char *kid, bool is_rsa) {
    if (is_rsa) {
        struct str n = number_of(a, key, OSSL_PKEY_PARAM_RSA_N, 0), e = number_of(a, key, OSSL_PKEY_PARAM_RSA_E, 0);
        return str_format(
            a, "{\"keys\": [{\"kty\": \"RSA\", \"use\": \"sig\", \"kid\": \"%s\", \"n\": \"%.*s\", \"e\": \"%.*s\"}]}",
            kid, STR_ARG(n), STR_ARG(e));
    }
    struct str x = number_of(a, key, OSSL_PKEY_PARAM_EC_PUB_X, COORDINATE);
    struct str y = number_of(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, COORDINATE);
    return str_format(
        a, "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"kid\": \"%s\", \"x\": \"%.*s\", \"y\": \"%.*s\"}]}",
        kid, STR_ARG(x), STR_ARG(y));
}

static struct str raw_of(struct arena *a, const unsigned char *der, size_t n) {
    unsigned char *to = arena_take(a, unsigned char, 2 * COORDINATE);
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
    BN_bn2binpad(ECDSA_SIG_get0_r(sig), to, COORDINATE);
    BN_bn2binpad(ECDSA_SIG_get0_s(sig), to + COORDINATE, COORDINATE);
    ECDSA_SIG_free(sig);
    return (struct str){(const char *)to, (size_t)2 * COORDINATE};
}

static struct str token_of(struct arena *a, EVP_PKEY *key, bool is_rsa, const char *head, struct str claims) {
    struct str h = citizen_base64(a, str_of(head)), c = citizen_base64(a, claims);
    struct str covered = str_format(a, "%.*s.%.*s", STR_ARG(h), STR_ARG(c));
    unsigned char sig[512];
    size_t n = sizeof sig;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key);
    EVP_DigestSign(ctx, sig, &n, (const unsigned char *)covered.at, covered.len);
    EVP_MD_CTX_free(ctx);
    struct str s = citizen_base64(a, is_rsa ? (struct str){(const char *)sig, n} : raw_of(a, sig, n));
    return str_format(a, "%.*s.%.*s", STR_ARG(covered), STR_ARG(s));
}

static struct str claims_of(struct arena *a, const char *issuer, const char *audience, const char *nonce, int late) {
    return str_format(a, "{\"iss\": \"%s\", \"aud\": %s, \"nonce\": \"%s\", \"sub\": \"b1\", \"iat\": %d, \"exp\": %d}",
                      issuer, audience, nonce, NOW - 10, NOW + 300 - late);
}

#define OURS "\"us\""
#define ISSUER "https://id.example"

static const char *judge(struct arena *a, struct str token, struct str jwks) {
    const struct json_value *claims;
    struct citizen_expected e = {
        .jwks = jwks, .issuer = S(ISSUER), .client = S("us"), .nonce = S("once"), .now = {(int64_t)NOW * 1000}};
    const char *wrong = citizen_token_check(a, token, &e, &claims);
    return wrong ? wrong : claims ? "good" : "nothing";
}

static void check_claims(struct arena *a, EVP_PKEY *key, bool is_rsa, const char *head) {
    struct str jwks = jwk_of(a, key, "k1", is_rsa);
    const struct {
        const char *issuer, *audience, *nonce, *said;
        int late;
    } cases[] = {
        {ISSUER, OURS, "once", "good", 0},
        {ISSUER, OURS, "once", "good", 330}, /* within the leeway */
        {ISSUER, OURS, "once", "expired", 400},
        {ISSUER, OURS, "other", "nonce", 0},
        {ISSUER, "\"them\"", "once", "audience", 0},
        {ISSUER, "[\"us\", \"them\"]", "once", "audience", 0}, /* and nobody says for which */
        {ISSUER, "[\"us\"]", "once", "good", 0},
        {"https://other.example", OURS, "once", "issuer", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str claims = claims_of(a, cases[i].issuer, cases[i].audience, cases[i].nonce, cases[i].late);
        CHECK_STR(str_of(judge(a, token_of(a, key, is_rsa, head, claims), jwks)), str_of(cases[i].said));
    }
}

TEST("an ID token is taken when signed by the provider's key, for us, now and for this sign-in; else its fault is "
     "said") {
    EVP_PKEY *rsa = EVP_RSA_gen(2048), *other = EVP_RSA_gen(2048), *ec = EVP_EC_gen("P-256"),
             *small = EVP_RSA_gen(1024);
    const char *head = "{\"alg\": \"RS256\", \"kid\": \"k1\"}";
    struct str good = claims_of(arena, ISSUER, OURS, "once", 0), jwks = jwk_of(arena, rsa, "k1", true);
    check_claims(arena, rsa, true, head);
    check_claims(arena, ec, false, "{\"alg\": \"ES256\", \"kid\": \"k1\"}");
    CHECK_STR(str_of(judge(arena, token_of(arena, other, true, head, good), jwks)), S("signature"));
    CHECK_STR(str_of(judge(arena, token_of(arena, rsa, true, "{\"alg\": \"RS256\", \"kid\": \"k2\"}", good), jwks)),
              S("key"));
    CHECK_STR(str_of(judge(arena, token_of(arena, rsa, true, "{\"alg\": \"none\"}", good), jwks)), S("algorithm"));
    CHECK_STR(str_of(judge(arena, token_of(arena, rsa, true, "{\"alg\": \"HS256\", \"kid\": \"k1\"}", good), jwks)),
              S("algorithm"));
    CHECK_STR(str_of(judge(arena, token_of(arena, rsa, true, "{\"alg\": \"ES256\", \"kid\": \"k1\"}", good), jwks)),
              S("key"));
    CHECK_STR(str_of(judge(arena, token_of(arena, rsa, true, "{\"alg\": \"RS256\", \"crit\": [\"x\"]}", good), jwks)),
              S("form"));
    CHECK_STR(str_of(judge(arena, token_of(arena, small, true, head, good), jwk_of(arena, small, "k1", true))),
              S("key"));
    struct str whole = token_of(arena, rsa, true, head, good), bare, end, last;
    CHECK(str_cut(whole, S("."), &bare, &end) && str_cut(end, S("."), &end, &last));
    struct str unsigned_ = str_format(arena, "%.*s.%.*s.", STR_ARG(bare), STR_ARG(end));
    CHECK_STR(str_of(judge(arena, unsigned_, jwks)), S("signature"));
    for (size_t i = 0; i < whole.len; i += 7) {
        char *z = str_z(arena, whole);
        z[i] = z[i] == 'A' ? 'B' : 'A';
        CHECK(!str_eq(str_of(judge(arena, str_of(z), jwks)), S("good")) || z[i] == whole.at[i]);
    }
    CHECK_STR(str_of(judge(arena, S(""), jwks)), S("form"));
    CHECK_STR(str_of(judge(arena, S("a.b"), jwks)), S("form"));
    EVP_PKEY_free(rsa);
    EVP_PKEY_free(other);
    EVP_PKEY_free(ec);
    EVP_PKEY_free(small);
}

TEST("a level is its place in the provider's list, and what is not there is the lowest") {
    CHECK(citizen_level(S("loa1 loa2 loa3"), S("loa2")) == 2 && citizen_level(S("loa1"), S("loa9")) == 0);
    CHECK(citizen_level(S("loa1"), S("")) == 0);
    CHECK_STR(citizen_level_name(S("loa1 loa2"), 2), S("loa2"));
}

TEST_DB("a way back from the provider is gone once, and is not found after its time") {
    struct db_write *w;
    struct citizen_try_of_browser_row *row;
    int64_t changed = 0;
    CHECK(!db_begin_write(db, arena, &w).why);
    struct instant soon = {clock_now().ms + 60000};
    CHECK(
        !citizen_try_add(
             w,
             (struct citizen_try_add_in){
                 .id = {7}, .browser = S("b"), .state = S("s"), .nonce = S("n"), .verifier = S("v"), .until_at = soon},
             NULL)
             .why);
    struct citizen_try_ask_in ask = {.id = {7}, .code = S("c"), .session = S("t")};
    CHECK(!citizen_try_ask(w, ask, &changed).why && changed == 1);
    CHECK(!citizen_try_ask(w, ask, &changed).why && changed == 0);
    struct citizen_try_of_browser_in by = {.browser = S("b"), .now = clock_now()};
    CHECK(!citizen_try_of_browser(db_reading(w), by, &row).why && row);
    by.now.ms = soon.ms + 1;
    CHECK(!citizen_try_of_browser(db_reading(w), by, &row).why && !row);
    CHECK(!db_commit(w).why);
}
