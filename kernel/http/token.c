/* Small secrets: the token that binds a form to its session, the one that makes it happen once, the sentence shown
 * once. */
#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "kernel/http/parts.h"

#include "base/banned.h"

enum { HALF = 16, FLASH_MOST = 600 };

static struct str base64(struct arena *a, const unsigned char *bytes, size_t n) {
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *to = arena_take(a, char, room);
    sodium_bin2base64(to, room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){to, room - 1};
}

static bool base64_read(struct str s, unsigned char *to, size_t room, size_t *n) {
    return sodium_base642bin(to, room, s.at, s.len, NULL, n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}

/* Random bytes from a block taken at once: a page has several small secrets, and each system call costs. */
static void random_take(unsigned char *to, size_t n) {
    static unsigned char block[1024];
    static size_t left;
    if (left < n) {
        randombytes_buf(block, sizeof block);
        left = sizeof block;
    }
    left -= n;
    memcpy(to, block + left, n);
    sodium_memzero(block + left, n);
}

static void mac(unsigned char out[static HALF], struct str token, const char *use, struct str text) {
    crypto_generichash_state state;
    unsigned char key[crypto_generichash_KEYBYTES];
    crypto_generichash(key, sizeof key, (const unsigned char *)token.at, token.len, NULL, 0);
    crypto_generichash_init(&state, key, sizeof key, HALF);
    crypto_generichash_update(&state, (const unsigned char *)use, strlen(use) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text.at, text.len);
    crypto_generichash_final(&state, out, HALF);
}

/* Masked anew for each answer, so that a compressed page does not give it away piece by piece (BREACH). */
struct str request_csrf(struct request *r) {
    unsigned char both[2 * HALF];
    if (r->token.len == 0 || r->csrf.len) {
        return r->csrf;
    }
    random_take(both, HALF);
    mac(both + HALF, r->token, "csrf", S(""));
    for (size_t i = 0; i < HALF; i++) {
        both[HALF + i] ^= both[i];
    }
    r->has_secrets = true;
    r->csrf = base64(r->arena, both, sizeof both);
    return r->csrf;
}

bool csrf_is_right(struct request *r, struct str sent) {
    unsigned char both[2 * HALF], wanted[HALF];
    size_t n = 0;
    if (r->token.len == 0 || !base64_read(sent, both, sizeof both, &n) || n != sizeof both) {
        return false;
    }
    mac(wanted, r->token, "csrf", S(""));
    for (size_t i = 0; i < HALF; i++) {
        both[HALF + i] ^= both[i];
    }
    return sodium_memcmp(both + HALF, wanted, HALF) == 0;
}

struct str request_once(struct request *r) {
    unsigned char bytes[HALF];
    random_take(bytes, sizeof bytes);
    r->has_secrets = true;
    return base64(r->arena, bytes, sizeof bytes);
}

struct str token_new(struct arena *a) {
    unsigned char bytes[32];
    random_take(bytes, sizeof bytes);
    return base64(a, bytes, sizeof bytes);
}

struct str token_mac(struct arena *a, struct str token, struct str text) {
    unsigned char out[HALF];
    mac(out, token, "content", text);
    return base64(a, out, sizeof out);
}

/* "7F3A-92": short enough to be read out on the telephone. */
struct str trace_new(struct arena *a) {
    unsigned char bytes[3];
    random_take(bytes, sizeof bytes);
    return str_format(a, "%02X%02X-%02X", bytes[0], bytes[1], bytes[2]);
}

struct str flash_seal(struct arena *a, struct str token, struct str text) {
    unsigned char seal[HALF];
    text = utf8_cut(text, FLASH_MOST);
    mac(seal, token, "flash", text);
    struct str body = base64(a, (const unsigned char *)text.at, text.len), end = base64(a, seal, HALF);
    return str_format(a, "%.*s.%.*s", STR_ARG(body), STR_ARG(end));
}

struct str request_flash(struct request *r) {
    struct str body, end, cookie = request_cookie(r, S("flash"));
    if (cookie.len == 0) {
        return S("");
    }
    r->has_secrets = true;
    answer_header(r, S("Set-Cookie"), S("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    unsigned char seal[HALF], wanted[HALF];
    size_t n = 0;
    unsigned char *text = arena_take(r->arena, unsigned char, cookie.len + 1);
    if (!str_cut(cookie, S("."), &body, &end) || !base64_read(end, seal, sizeof seal, &n) || n != HALF ||
        !base64_read(body, text, cookie.len, &n)) {
        return S("");
    }
    struct str said = {(const char *)text, n};
    mac(wanted, r->token, "flash", said);
    return sodium_memcmp(seal, wanted, HALF) == 0 && utf8_valid(said) ? said : S("");
}
