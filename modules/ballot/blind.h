/* Blind signatures of RFC 9474 (SHA-384, MGF1, PSS): the signer signs what it cannot see. All values are bytes, numbers
   big-endian and as long as the modulus. */
#ifndef MODULES_BALLOT_BLIND_H
#define MODULES_BALLOT_BLIND_H
#include "base/err.h"

struct arena;

enum { BALLOT_SALT = 48, BALLOT_EXPONENT = 65537 };

struct ballot_key {
    struct str modulus;
    struct str secret; /* DER; whoever holds it can sign */
};
/* RSA of 2,048 bits. */
struct err ballot_key_make(struct arena *a, struct ballot_key *key);

/* What is drawn by chance; given only to compare with published values. */
struct ballot_chance {
    struct str salt;    /* of any length */
    struct str inverse; /* of the blinding factor */
};
struct ballot_blinding {
    struct str blinded; /* for the signer */
    struct str inverse; /* kept, to unblind with */
    size_t salt_n;
};
/* INVALID where the message has no inverse under the modulus, which no honest key brings about. */
struct err ballot_blind(struct arena *a, struct str modulus, struct str message, const struct ballot_chance *chance,
                        struct ballot_blinding *out);
/* INVALID at "blinded" when it is no number below the modulus. The result is checked before it leaves. */
struct err ballot_blind_sign(struct arena *a, const struct ballot_key *key, struct str blinded, struct str *signature);
/* INVALID when the signature of the blinded message is not the key's. */
struct err ballot_unblind(struct arena *a, struct str modulus, struct str message, struct str signature,
                          const struct ballot_blinding *blinding, struct str *out);
bool ballot_signed(struct arena *a, struct str modulus, struct str message, struct str signature, size_t salt_n);
#endif
