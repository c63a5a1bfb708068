/* Answers: what a handler set down becomes a response of the library. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "kernel/http/cookie.h"
#include "kernel/http/parts.h"
#include "kernel/page/json.h"

#include "base/banned.h"

enum { COMPRESS_FROM = 1024 };

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

/* What is said again replaces what was said, a cookie excepted: a header twice is one that two readers take
 * differently. */
static struct answer_header_line *header_place(struct answer *a, struct str name) {
    for (size_t i = 0; i < a->headers_n && !str_eq(name, S("Set-Cookie")); i++) {
        if (str_eq_ascii_nocase(str_of(a->headers[i].name), name)) {
            return &a->headers[i];
        }
    }
    return &a->headers[a->headers_n++];
}

/* Headers that speak of the bytes are not carried over to the page that takes their place. */
void answer_begin_again(struct request *r) {
    struct answer fresh = {.fd = -1};
    for (size_t i = 0; i < r->answer.headers_n; i++) {
        if (!str_starts(str_of(r->answer.headers[i].name), S("Content-"))) {
            fresh.headers[fresh.headers_n++] = r->answer.headers[i];
        }
    }
    r->answer = fresh;
}

void answer_header(struct request *r, struct str name, struct str value) {
    struct answer *a = &r->answer;
    if (a->headers_n == ANSWER_HEADERS_MOST) {
        log_line(LOG_ERROR, "more headers on one answer than there is room for");
        return;
    }
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.at[i] < ' ') {
            log_line(LOG_ERROR, "a header's value with a line end was left out: %.*s", STR_ARG(name));
            return;
        }
    }
    *header_place(a, name) = (struct answer_header_line){str_z(r->arena, name), str_z(r->arena, value)};
}

void answer_prepare(struct request *r, int status, struct str type, struct str bytes) {
    r->answer.is_set = true;
    r->answer.status = status;
    r->answer.type = type;
    r->answer.bytes = bytes;
}

struct err answer_bytes(struct get *g, struct str type, struct str bytes) {
    answer_prepare(g->request, g->request->answer.status ? g->request->answer.status : MHD_HTTP_OK, type, bytes);
    g->request->answer.is_private = true;
    return OK;
}

struct str answer_disposition(struct arena *a, struct str name, bool download) {
    struct buf b = buf_in(a);
    buf_put(&b, download ? S("attachment; filename=\"") : S("inline; filename=\""));
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        if (c < 0x80) {
            buf_put_char(&b, c < ' ' || c == '"' || c == '\\' || c == 0x7f || c == '/' || c == '%' ? '_' : (char)c);
        } else if ((c & 0xc0) != 0x80) {
            buf_put_char(&b, '_');
        }
    }
    BUF_LIT(&b, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("-._~", c));
        if (is_plain) {
            buf_put_char(&b, (char)c);
        } else {
            buf_printf(&b, "%%%02X", c);
        }
    }
    return buf_str(&b);
}

struct err answer_download(struct get *g, struct str type, struct str name, struct str bytes) {
    answer_header(g->request, S("Content-Disposition"), answer_disposition(g->arena, name, true));
    return answer_bytes(g, type, bytes);
}

void answer_tagged(struct request *r) { r->answer.is_tagged = r->answer.is_private = true; }

static bool is_local(struct str to) {
    return to.len && to.at[0] == '/' && (to.len == 1 || (to.at[1] != '/' && to.at[1] != '\\'));
}

__attribute__((format(printf, 2, 0))) static struct err see_other_of(struct request *r, const char *format,
                                                                     va_list args) {
    char *to = arena_take(r->arena, char, ADDRESS_MOST + 1);
    int n = vsnprintf(to, ADDRESS_MOST + 1, format, args);
    struct str location = {to, n > 0 && n <= ADDRESS_MOST ? (size_t)n : 0};
    if (!is_local(location)) {
        return FAIL(ERR_BROKEN, "only pages of this site are gone to");
    }
    r->answer.location = location;
    r->answer.is_private = true;
    if (r->is_json) {
        struct buf b = buf_in(r->arena);
        BUF_LIT(&b, "{\"location\": ");
        json_str(&b, location);
        if (r->answer.flash.len) {
            BUF_LIT(&b, ", \"message\": ");
            json_str(&b, r->answer.flash);
        }
        BUF_LIT(&b, "}\n");
        answer_prepare(r, MHD_HTTP_OK, S("application/json; charset=utf-8"), buf_str(&b));
    } else {
        answer_prepare(r, MHD_HTTP_SEE_OTHER, S("text/plain; charset=utf-8"), S(""));
    }
    return OK;
}

struct err see_other(struct post *p, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct err e = see_other_of(p->request, format, args);
    va_end(args);
    return e;
}

struct err see_other_get(struct get *g, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct err e = see_other_of(g->request, format, args);
    va_end(args);
    return e;
}

void flash(struct post *p, const char *format, ...) {
    char *words = arena_take(p->arena, char, 1024);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(words, 1024, format, args);
    va_end(args);
    p->request->answer.flash = (struct str){words, n < 0 ? 0 : n < 1024 ? (size_t)n : 1023};
}

void answer_session(struct request *r, struct str token) {
    r->answer.session_set = true;
    r->answer.session = token;
}

static void put_cookies(struct request *r) {
    struct answer *a = &r->answer;
    const char *secure = r->is_secure ? "; Secure" : "";
    if (a->session_set) {
        struct str end = a->session.len ? S("") : S("; Max-Age=0");
        answer_header(r, S("Set-Cookie"),
                      str_format(r->arena, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", session_cookie(r),
                                 STR_ARG(a->session), secure, STR_ARG(end)));
    }
    struct str token = a->session_set ? a->session : r->token;
    if (a->flash.len && a->location.len && !r->is_json && token.len) {
        struct str sealed = flash_seal(r->arena, token, a->flash);
        answer_header(
            r, S("Set-Cookie"),
            str_format(r->arena, "flash=%.*s; Path=/; Max-Age=120; HttpOnly; SameSite=Lax%s", STR_ARG(sealed), secure));
    }
}

void answer_cookie(struct request *r, const char *name, struct str value, int64_t seconds) {
    answer_header(r, S("Set-Cookie"),
                  str_format(r->arena, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name, STR_ARG(value),
                             (long long)seconds, r->is_secure ? "; Secure" : ""));
}

static bool is_compressible(struct str type) {
    return str_starts(type, S("text/")) || str_starts(type, S("application/json")) ||
           str_starts(type, S("application/javascript")) || str_starts(type, S("image/svg"));
}

/* Whether the client takes the encoding: named, and not with q=0. */
bool accepts(struct str header, struct str encoding) {
    struct str rest = header, piece;
    while (str_next(&rest, ',', &piece)) {
        struct str name, q;
        str_cut(piece, S(";"), &name, &q);
        if (str_eq_ascii_nocase(str_trim(name), encoding)) {
            q = str_trim(q);
            return !(str_eq(q, S("q=0")) || str_eq(q, S("q=0.0")) || str_eq(q, S("q=0.00")) || str_eq(q, S("q=0.000")));
        }
    }
    return false;
}

static bool has_header(const struct answer *a, const char *name) {
    for (size_t i = 0; i < a->headers_n; i++) {
        if (strcmp(a->headers[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void put_headers(struct request *r, struct MHD_Response *m) {
    struct answer *a = &r->answer;
    bool is_page = str_starts(a->type, S("text/html"));
    if (a->type.len) {
        MHD_add_response_header(m, "Content-Type", str_z(r->arena, a->type));
    }
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "Referrer-Policy", "same-origin");
    MHD_add_response_header(m, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(m, "Cross-Origin-Resource-Policy", "same-origin");
    if (!has_header(a, "Content-Security-Policy")) {
        MHD_add_response_header(m, "Content-Security-Policy",
                                is_page ? policy : "default-src 'none'; frame-ancestors 'none'");
    }
    if (!has_header(a, "Cache-Control")) {
        MHD_add_response_header(m, "Cache-Control", a->is_private ? "private, no-cache" : "no-store");
    }
    if (r->is_secure) {
        MHD_add_response_header(m, "Strict-Transport-Security", "max-age=31536000");
    }
    if (a->location.len && !r->is_json) {
        MHD_add_response_header(m, "Location", str_z(r->arena, a->location));
    }
    for (size_t i = 0; i < a->headers_n; i++) {
        MHD_add_response_header(m, a->headers[i].name, a->headers[i].value);
    }
}

/* Parts of pages and JSON are asked for again and again by open pages: the same bytes are not sent twice. */
static bool is_unchanged(struct request *r) {
    struct answer *a = &r->answer;
    if (a->status != MHD_HTTP_OK || r->method != METHOD_GET || r->has_secrets || !(r->is_json || a->is_tagged) ||
        a->bytes.len == 0) {
        return false;
    }
    struct str tag = str_format(r->arena, "\"%016llx\"", (unsigned long long)str_hash(a->bytes));
    answer_header(r, S("ETag"), tag);
    return str_find(r->if_none_match, tag, 0) != SIZE_MAX;
}

static struct MHD_Response *response_of(struct request *r) {
    struct answer *a = &r->answer;
    if (a->fd >= 0) {
        return file_response(r);
    }
    if (is_unchanged(r)) {
        a->status = MHD_HTTP_NOT_MODIFIED;
        a->bytes = S("");
    }
    if (a->bytes.len > COMPRESS_FROM && is_compressible(a->type)) {
        struct str packed;
        answer_header(r, S("Vary"), S("Accept, Accept-Encoding, Cookie"));
        if (accepts(r->accept_encoding, S("gzip")) && compress_gzip(r->arena, a->bytes, &packed)) {
            a->bytes = packed;
            answer_header(r, S("Content-Encoding"), S("gzip"));
        }
    }
    /* The bytes live in the request's arena, which outlives the response. */
    return MHD_create_response_from_buffer(a->bytes.len, (void *)(uintptr_t)a->bytes.at, MHD_RESPMEM_PERSISTENT);
}

static void answer_queue(struct request *r, struct MHD_Response *m) {
    if (!m || MHD_queue_response(r->mhd, (unsigned)r->answer.status, m) != MHD_YES) {
        log_line(LOG_WARN, "an answer could not be handed over");
    } else {
        r->is_answered = true;
    }
}

void answer_send(struct request *r) {
    struct answer *a = &r->answer;
    if (a->kept) {
        answer_queue(r, a->kept);
        if (a->is_live) {
            live_begun(r);
        }
        return;
    }
    if (!budget_holds(r)) {
        status_answer(r, MHD_HTTP_INTERNAL_SERVER_ERROR,
                      S("Trang này lớn quá nên không gửi được. Mời thu hẹp phạm vi rồi xem lại."), OK);
        return;
    }
    put_cookies(r);
    struct MHD_Response *m = response_of(r);
    if (m) {
        put_headers(r, m);
        if (server_is_draining(r->server)) {
            MHD_add_response_header(m, "Connection", "close");
        }
    }
    answer_queue(r, m);
    if (m) {
        MHD_destroy_response(m);
    }
}

void answer_refuse(struct request *r, int status, const char *words) {
    r->answer = (struct answer){.fd = -1};
    answer_header(r, S("Connection"), S("close"));
    answer_prepare(r, status, S("text/plain; charset=utf-8"), str_format(r->arena, "%s\n", words));
    answer_send(r);
}
