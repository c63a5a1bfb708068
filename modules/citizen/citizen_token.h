/* Signed tokens (JWS, RFC 7515) as a provider of identity sends them: RS256 and ES256 by keys of a JWKS, and what an ID
   token must say (OpenID Connect Core 3.1.3.7). */
#ifndef MODULES_CITIZEN_CITIZEN_TOKEN_H
#define MODULES_CITIZEN_CITIZEN_TOKEN_H
#include "base/str.h"
#include "base/time.h"

struct arena;
struct json_value;

enum { CITIZEN_TOKEN_MOST = 32 * 1024, CITIZEN_LEEWAY_S = 60 };

struct citizen_expected {
    struct str jwks; /* the provider's keys, as it publishes them */
    struct str issuer, client, nonce;
    struct instant now;
};
/* NULL when all is as expected, and *claims is what it says; else the one word of what is not: "form", "algorithm",
   "key", "signature", "issuer", "audience", "expired", "early", "nonce", "subject". */
const char *citizen_token_check(struct arena *a, struct str token, const struct citizen_expected *e,
                                const struct json_value **claims);
/* Bytes as base64url without padding. */
struct str citizen_base64(struct arena *a, struct str bytes);
#endif
