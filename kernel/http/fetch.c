#include "kernel/http/fetch.h"
#include "base/arena.h"
#include "base/buf.h"

#include <curl/curl.h>

#include "base/banned.h"

enum { CONNECT_SECONDS = 5, SECONDS = 30, MOST = 1000000 };

struct taking {
    struct buf body;
    size_t most;
    bool is_too_much;
};

/* The library's signature. */
static size_t take(char *bytes, size_t size, size_t n, void *thing) {
    struct taking *t = thing;
    size_t len = size * n;
    if (len > t->most || t->body.len > t->most - len) {
        t->is_too_much = true;
        return 0;
    }
    buf_put(&t->body, (struct str){bytes, len});
    return len;
}

static bool is_http(struct str url) { return str_starts(url, S("https://")) || str_starts(url, S("http://")); }

/* A key for a service must not cross a network in the clear. */
static bool may_carry_token(struct str url) {
    struct str rest = str_starts(url, S("http://")) ? str_slice(url, 7, url.len) : S("");
    static const struct str here[] = {S_INIT("127.0.0.1"), S_INIT("[::1]"), S_INIT("localhost")};
    for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
        char next = rest.len > here[i].len ? rest.at[here[i].len] : '/';
        if (str_starts(rest, here[i]) && (next == '/' || next == ':')) {
            return true;
        }
    }
    return str_starts(url, S("https://"));
}

static struct curl_slist *header_add(struct curl_slist *to, struct arena *a, const char *name, struct str value) {
    struct curl_slist *longer = curl_slist_append(to, str_z(a, str_format(a, "%s: %.*s", name, STR_ARG(value))));
    return longer ? longer : to;
}

static bool options_set(CURL *c, struct arena *a, const struct fetch *f, struct taking *t) {
    bool ok = curl_easy_setopt(c, CURLOPT_URL, str_z(a, f->url)) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_TIMEOUT, f->seconds ? f->seconds : (long)SECONDS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_WRITEDATA, t) == CURLE_OK;
    if (f->basic.len) {
        ok = ok && curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) == CURLE_OK;
        ok = ok && curl_easy_setopt(c, CURLOPT_USERPWD, str_z(a, f->basic)) == CURLE_OK;
    }
    if (f->body.len) {
        ok = ok && curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)f->body.len) == CURLE_OK;
        ok = ok && curl_easy_setopt(c, CURLOPT_POSTFIELDS, f->body.at) == CURLE_OK;
    }
    return ok;
}

static struct err outcome(struct arena *a, CURLcode code, const struct taking *t) {
    if (t->is_too_much) {
        return FAIL(ERR_BROKEN, "the answer is larger than allowed");
    }
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
        return REFUSE(ERR_INVALID, "", "Địa chỉ máy chủ không hợp lệ.");
    }
    if (code != CURLE_OK) {
        return FAIL_WITH(a, ERR_BUSY, "asking another server: %s", curl_easy_strerror(code));
    }
    return OK;
}

struct err fetch_ask(struct arena *a, const struct fetch *f, struct fetched *out) {
    *out = (struct fetched){0};
    if (!is_http(f->url)) {
        return REFUSE(ERR_INVALID, "", "Địa chỉ máy chủ phải bắt đầu bằng http:// hoặc https://.");
    }
    if ((f->token.len || f->basic.len) && !may_carry_token(f->url)) {
        return REFUSE(ERR_INVALID, "", "Có khóa truy cập thì máy chủ phải dùng https://, hoặc ở ngay máy này.");
    }
    CURL *c = curl_easy_init();
    if (!c) {
        return FAIL(ERR_BROKEN, "no handle for asking another server");
    }
    struct taking t = {.body = buf_in(a), .most = f->most ? f->most : MOST};
    struct curl_slist *headers = f->type.len ? header_add(NULL, a, "Content-Type", f->type) : NULL;
    if (f->token.len) {
        headers = header_add(headers, a, "Authorization", str_format(a, "Bearer %.*s", STR_ARG(f->token)));
    }
    bool is_set = options_set(c, a, f, &t) && curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers) == CURLE_OK;
    CURLcode code = is_set ? curl_easy_perform(c) : CURLE_FAILED_INIT;
    if (code == CURLE_OK) {
        code = curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &out->status);
    }
    curl_easy_cleanup(c);
    curl_slist_free_all(headers);
    out->body = buf_str(&t.body);
    return outcome(a, code, &t);
}
