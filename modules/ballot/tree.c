#include "modules/ballot/tree.h"

#include "base/arena.h"
#include "base/facts.h"

#include <sodium.h>

#include "base/banned.h"

FACTS(ballot_facts_syllables, "modules/ballot/syllables.tsv");

struct tree_hash tree_leaf(struct str line) {
    struct tree_hash h;
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)"\0", 1);
    crypto_hash_sha256_update(&s, (const unsigned char *)line.at, line.len);
    crypto_hash_sha256_final(&s, h.at);
    return h;
}

static struct tree_hash both(const struct tree_hash *left, const struct tree_hash *right) {
    struct tree_hash h;
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)"\1", 1);
    crypto_hash_sha256_update(&s, left->at, TREE_HASH);
    crypto_hash_sha256_update(&s, right->at, TREE_HASH);
    crypto_hash_sha256_final(&s, h.at);
    return h;
}

void tree_add(struct tree *t, struct tree_hash leaf) {
    size_t level = 0;
    for (; t->n >> level & 1; level++) {
        leaf = both(&t->part[level], &leaf);
    }
    t->part[level] = leaf;
    t->n++;
}

struct tree_hash tree_root(const struct tree *t) {
    struct tree_hash root = {0};
    bool is_begun = false;
    for (size_t level = 0; level < TREE_DEEP; level++) {
        if (t->n >> level & 1) {
            root = is_begun ? both(&t->part[level], &root) : t->part[level];
            is_begun = true;
        }
    }
    return root;
}

static struct tree_hash root_of(const struct tree_hash *leaves, size_t n) {
    struct tree t = {0};
    for (size_t i = 0; i < n; i++) {
        tree_add(&t, leaves[i]);
    }
    return tree_root(&t);
}

/* The largest power of two below n. */
static size_t half_of(size_t n) {
    size_t k = 1;
    while (k * 2 < n) {
        k *= 2;
    }
    return k;
}

void tree_path(struct arena *a, const struct tree_hash *leaves, size_t n, size_t i, struct ballot_texts *hashes) {
    struct tree_hash beside[TREE_DEEP];
    size_t depth = 0;
    for (; n > 1; depth++) {
        size_t k = half_of(n);
        bool is_left = i < k;
        beside[depth] = is_left ? root_of(leaves + k, n - k) : root_of(leaves, k);
        leaves = is_left ? leaves : leaves + k;
        i = is_left ? i : i - k;
        n = is_left ? k : n - k;
    }
    *hashes = (struct ballot_texts){0};
    while (depth) {
        LIST_ADD(a, hashes, ballot_hex(a, beside[--depth].at, TREE_HASH));
    }
}

bool ballot_line(struct str *rest, struct str *line) { return str_cut(*rest, S("\n"), line, rest); }

/* ---- Hexadecimal, signatures */

struct str ballot_hex(struct arena *a, const void *bytes, size_t n) {
    char *hex = arena_take(a, char, 2 * n + 1);
    sodium_bin2hex(hex, 2 * n + 1, bytes, n);
    return (struct str){hex, 2 * n};
}

bool ballot_unhex(struct str hex, unsigned char *bytes, size_t n) {
    size_t got;
    for (size_t i = 0; i < hex.len; i++) {
        if (hex.at[i] >= 'A' && hex.at[i] <= 'F') {
            return false;
        }
    }
    return hex.len == 2 * n && sodium_hex2bin(bytes, n, hex.at, hex.len, NULL, &got, NULL) == 0 && got == n;
}

bool ballot_signed_by(const unsigned char key[static BALLOT_PUBLIC], struct str message, struct str proof_hex) {
    unsigned char proof[BALLOT_PROOF];
    return ballot_unhex(proof_hex, proof, sizeof proof) &&
           crypto_sign_verify_detached(proof, (const unsigned char *)message.at, message.len, key) == 0;
}

struct str ballot_sign(struct arena *a, struct str seed, struct str message) {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES], proof[BALLOT_PROOF];
    crypto_sign_seed_keypair(public, secret, (const unsigned char *)seed.at);
    crypto_sign_detached(proof, NULL, (const unsigned char *)message.at, message.len, secret);
    sodium_memzero(secret, sizeof secret);
    return ballot_hex(a, proof, sizeof proof);
}

struct str ballot_head_message(struct arena *a, struct str id_hex, uint64_t size, struct tree_hash root) {
    return str_format(a, "doanket-ballot-head\n%.*s\n%llu\n%.*s", STR_ARG(id_hex), (unsigned long long)size,
                      STR_ARG(ballot_hex(a, root.at, TREE_HASH)));
}

/* Eight syllables of ten bits each: to be read aloud, and heard to be the same. */
struct str ballot_words(struct arena *a, struct str id_hex, struct str key_hex, struct str box_hex) {
    struct str rest = FACTS_STR(ballot_facts_syllables), syllables[16][5] = {0};
    for (size_t i = 0; i < 16 && facts_next(&rest, syllables[i], 5); i++) {
    }
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct str all = str_format(a, "%.*s\n%.*s\n%.*s", STR_ARG(id_hex), STR_ARG(key_hex), STR_ARG(box_hex));
    struct str words = S("");
    crypto_hash_sha256(hash, (const unsigned char *)all.at, all.len);
    for (size_t i = 0; i < BALLOT_WORDS; i++) {
        unsigned bits = (unsigned)hash[2 * i] << 8 | hash[2 * i + 1];
        words = str_format(a, "%.*s%s%.*s%.*s", STR_ARG(words), i ? " " : "", STR_ARG(syllables[bits & 15][0]),
                           STR_ARG(syllables[bits >> 4 & 15][1 + (bits >> 8 & 3)]));
    }
    return words;
}
