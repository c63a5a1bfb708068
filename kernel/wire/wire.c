#include "kernel/wire/wire.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"

#include <curl/curl.h>
#include <poll.h>

#include "base/banned.h"

enum { CONNECT_SECONDS = 10, LOGIN_SECONDS = 30, LIMIT_SECONDS = 60, CHUNK = 16384 };

struct wire {
    CURL *curl; /* NULL: made of bytes */
    struct arena *arena;
    int64_t until_us;
    char *chunk; /* read, and not yet taken */
    size_t at, end;
};

static void close_it(void *thing) { wire_close(thing); }

static struct wire *made(struct arena *a, CURL *curl) {
    struct wire *w = arena_take(a, struct wire, 1);
    w->curl = curl;
    w->arena = a;
    w->chunk = curl ? arena_take_raw(a, CHUNK, 1) : NULL;
    arena_on_reset(a, close_it, w);
    return w;
}

struct wire *wire_of(struct arena *a, struct str said) {
    struct wire *w = made(a, NULL);
    w->chunk = arena_take_raw(a, said.len + 1, 1);
    if (said.len) {
        memcpy(w->chunk, said.at, said.len);
    }
    w->end = said.len;
    wire_limit(w, LIMIT_SECONDS);
    return w;
}

void wire_close(struct wire *w) {
    if (w && w->curl) {
        curl_easy_cleanup(w->curl);
        w->curl = NULL;
        w->end = w->at;
    }
}

void wire_limit(struct wire *w, int seconds) { w->until_us = clock_monotonic_us() + INT64_C(1000000) * seconds; }

bool wire_is_here(struct str host) {
    return str_eq(host, S("127.0.0.1")) || str_eq(host, S("::1")) || str_eq(host, S("localhost"));
}

static bool blob_set(CURL *c, struct str pem) {
    struct curl_blob blob = {.data = (void *)(uintptr_t)pem.at, .len = pem.len, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &blob) == CURLE_OK;
}

static bool login_set(CURL *c, struct arena *a, const struct wire_server *s) {
    return !s->login.len || (curl_easy_setopt(c, CURLOPT_USERNAME, str_z(a, s->login)) == CURLE_OK &&
                             curl_easy_setopt(c, CURLOPT_PASSWORD, str_z(a, s->secret)) == CURLE_OK);
}

static bool options_set(CURL *c, struct arena *a, const struct wire_server *s) {
    struct str ipv6 = str_find(s->host, S(":"), 0) != SIZE_MAX ? S("[") : S("");
    struct str url =
        str_format(a, "%s%s://%.*s%.*s%s:%lld/%.*s", s->scheme, s->safety == WIRE_TLS ? "s" : "", STR_ARG(ipv6),
                   STR_ARG(s->host), ipv6.len ? "]" : "", (long long)s->port, STR_ARG(s->greeting));
    bool ok = curl_easy_setopt(c, CURLOPT_URL, str_z(a, url)) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps") == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_NOPROXY, "*") == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK;
    ok = ok && curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)LOGIN_SECONDS) == CURLE_OK;
    ok = ok && (s->safety != WIRE_STARTTLS || curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL) == CURLE_OK);
    ok = ok && (!s->trusted.len || blob_set(c, s->trusted));
    return ok && login_set(c, a, s);
}

/* What went wrong, as whoever set the line up can mend it. */
static const struct {
    CURLcode code;
    struct fault fault;
} faults[] = {
    {CURLE_COULDNT_RESOLVE_HOST,
     {.kind = ERR_BUSY,
      .field = S_INIT("host"),
      .message = S_INIT("Không tìm thấy máy chủ này. Mời kiểm tra tên máy chủ và đường mạng.")}},
    {CURLE_COULDNT_CONNECT,
     {.kind = ERR_BUSY,
      .field = S_INIT("host"),
      .message = S_INIT("Máy chủ không trả lời ở cổng này. Mời kiểm tra cổng và tường lửa.")}},
    {CURLE_OPERATION_TIMEDOUT,
     {.kind = ERR_BUSY,
      .field = S_INIT("host"),
      .message = S_INIT("Máy chủ thư trả lời quá chậm. Hệ thống sẽ thử lại.")}},
    {CURLE_LOGIN_DENIED,
     {.kind = ERR_INVALID,
      .field = S_INIT("secret"),
      .message = S_INIT("Máy chủ không nhận tên đăng nhập hoặc mật khẩu. Mời nhập lại mật khẩu.")}},
    {CURLE_PEER_FAILED_VERIFICATION,
     {.kind = ERR_INVALID,
      .field = S_INIT("trusted"),
      .message = S_INIT("Chứng thư của máy chủ không được tin cậy. Nếu máy chủ tự cấp chứng thư, mời dán chứng thư ấy "
                        "vào ô chứng thư.")}},
    {CURLE_USE_SSL_FAILED,
     {.kind = ERR_INVALID,
      .field = S_INIT("safety"),
      .message = S_INIT("Máy chủ không mã hóa được ở cổng này. Mời chọn cách mã hóa khác.")}},
    {CURLE_SSL_CACERT_BADFILE,
     {.kind = ERR_INVALID,
      .field = S_INIT("trusted"),
      .message = S_INIT("Chứng thư đã dán không đọc được. Mời dán lại cả khối PEM.")}},
    {CURLE_SSL_CONNECT_ERROR,
     {.kind = ERR_INVALID,
      .field = S_INIT("safety"),
      .message = S_INIT("Không bắt tay mã hóa được với máy chủ. Mời kiểm tra cổng và cách mã hóa.")}},
    {CURLE_WEIRD_SERVER_REPLY,
     {.kind = ERR_BUSY,
      .field = S_INIT("host"),
      .message = S_INIT("Máy chủ trả lời lạ. Mời kiểm tra cổng: có thể đó là dịch vụ khác.")}},
};
static const struct fault other_fault = {.kind = ERR_BUSY,
                                         .message = S_INIT("Không nối được với máy chủ thư. Hệ thống sẽ thử lại.")};

static struct err outcome(CURLcode code) {
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (faults[i].code == code) {
            return (struct err){&faults[i].fault};
        }
    }
    return (struct err){&other_fault};
}

struct str wire_fault_about(struct str sentence) {
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (str_eq(faults[i].fault.message, sentence)) {
            return faults[i].fault.field;
        }
    }
    return S("");
}

struct err wire_open(struct arena *a, const struct wire_server *s, struct wire **wire) {
    *wire = NULL;
    if (s->safety == WIRE_BARE && !wire_is_here(s->host)) {
        return REFUSE(ERR_INVALID, "", "Không mã hóa thì chỉ nối được với máy chủ ở ngay máy này.");
    }
    CURL *c = curl_easy_init();
    if (!c) {
        return FAIL(ERR_BROKEN, "no handle for a line to another server");
    }
    struct wire *w = made(a, c);
    CURLcode code = options_set(c, a, s) ? curl_easy_perform(c) : CURLE_FAILED_INIT;
    if (code != CURLE_OK) {
        wire_close(w);
        return outcome(code);
    }
    wire_limit(w, LIMIT_SECONDS);
    *wire = w;
    return OK;
}

/* Waits until something may be read or written, or the time is over. */
static struct err wait(struct wire *w, short what) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    int64_t left = (w->until_us - clock_monotonic_us()) / 1000;
    if (left <= 0 || curl_easy_getinfo(w->curl, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD) {
        return REFUSE(ERR_BUSY, "", "Máy chủ thư trả lời quá chậm. Hệ thống sẽ thử lại.");
    }
    struct pollfd p = {.fd = socket, .events = what};
    poll(&p, 1, left < 1000 ? (int)left + 1 : 1000);
    return OK;
}

static struct err lost(void) { return REFUSE(ERR_BUSY, "", "Máy chủ thư ngắt giữa chừng. Hệ thống sẽ thử lại."); }

struct err wire_put(struct wire *w, struct str bytes) {
    if (!w->curl) {
        return w->at < w->end ? OK : lost();
    }
    while (bytes.len) {
        size_t n = 0;
        CURLcode code = curl_easy_send(w->curl, bytes.at, bytes.len, &n);
        if (code == CURLE_AGAIN) {
            TRY(wait(w, POLLOUT));
            continue;
        }
        if (code != CURLE_OK) {
            return lost();
        }
        bytes = str_slice(bytes, n, bytes.len);
    }
    return OK;
}

static struct err fill(struct wire *w) {
    while (w->at == w->end) {
        size_t n = 0;
        CURLcode code = w->curl ? curl_easy_recv(w->curl, w->chunk, CHUNK, &n) : CURLE_RECV_ERROR;
        if (code == CURLE_AGAIN) {
            TRY(wait(w, POLLIN));
        } else if (code != CURLE_OK || n == 0) {
            return lost();
        } else {
            w->at = 0;
            w->end = n;
        }
        if (w->curl && clock_monotonic_us() > w->until_us) {
            return REFUSE(ERR_BUSY, "", "Máy chủ thư trả lời quá chậm. Hệ thống sẽ thử lại.");
        }
    }
    return OK;
}

struct err wire_line(struct wire *w, struct arena *a, size_t most, struct str *line) {
    struct buf b = buf_in(a);
    for (;;) {
        TRY(fill(w));
        const char *from = w->chunk + w->at, *end = memchr(from, '\n', w->end - w->at);
        size_t n = end ? (size_t)(end - from) : w->end - w->at;
        if (b.len + n > most) {
            return FAIL(ERR_BROKEN, "a server's line has no end");
        }
        buf_put(&b, (struct str){from, n});
        w->at += n + (end ? 1 : 0);
        if (end) {
            *line = buf_str(&b);
            *line = str_slice(*line, 0, line->len - (str_ends(*line, S("\r")) ? 1 : 0));
            return OK;
        }
    }
}

struct err wire_take(struct wire *w, struct arena *a, size_t n, struct str *bytes) {
    char *at = arena_take_raw(a, n + 1, 1);
    for (size_t have = 0; have < n;) {
        TRY(fill(w));
        size_t some = w->end - w->at < n - have ? w->end - w->at : n - have;
        memcpy(at + have, w->chunk + w->at, some);
        have += some;
        w->at += some;
    }
    *bytes = (struct str){at, n};
    return OK;
}
