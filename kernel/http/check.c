/* The request line and headers, looked at harder than the library does. */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "kernel/http/parts.h"
#include "kernel/db/id.h"

#include "base/banned.h"

struct line {
    struct str name, value;
};

struct head {
    struct line lines[HEADERS_MOST];
    size_t n;
    bool is_too_long;
};

static enum MHD_Result head_line(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
                                 size_t value_n) {
    (void)kind;
    struct head *h = cls;
    if (h->n == HEADERS_MOST) {
        h->is_too_long = true;
        return MHD_NO;
    }
    h->lines[h->n++] = (struct line){{name, name_n}, {value ? value : "", value ? value_n : 0}};
    return MHD_YES;
}

static bool is_token(struct str s) {
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (!is_plain && (c == 0 || !strchr(others, c))) {
            return false;
        }
    }
    return s.len > 0;
}

static bool is_value(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

/* The library reads header lines where they were received and ends each with NULs in place of CR LF. So the next name
   must begin exactly two bytes behind the last value (and the version one behind the address): one byte says a bare LF
   was taken for a line end, more say that a NUL hid the rest of a value, and another place says that a folded line was
   put together. All three are ways to smuggle. */
static bool is_contiguous(const struct request *r, const struct head *h, const char *version) {
    if (r->target_at + r->target.len + 1 != version) {
        return false;
    }
    const char *end = version + strlen(version);
    for (size_t i = 0; i < h->n; i++) {
        if (h->lines[i].name.at != end + 2 || end[0] || end[1]) {
            return false;
        }
        end = h->lines[i].value.at + h->lines[i].value.len;
    }
    return !end[0] && !end[1] && !end[2] && !end[3];
}

static bool is_host(struct str s) {
    if (s.len == 0 || s.len > 255) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (!is_plain && (c == 0 || !strchr(".-_:[]", c))) {
            return false;
        }
    }
    return true;
}

/* Content-Length, Transfer-Encoding and Host decide where a request ends and whose it is: each once, and no
 * contradiction. */
struct frame {
    int lengths, encodings, hosts;
    bool is_1_0;
};

static const char *frame_line(struct request *r, struct frame *f, const struct line *l) {
    if (str_eq_ascii_nocase(l->name, S("Content-Length"))) {
        f->lengths++;
        bool is_signed = l->value.len && (l->value.at[0] == '-' || l->value.at[0] == '+');
        if (is_signed || !num_read(l->value, &r->content_length)) {
            return "Content-Length is not a number";
        }
    } else if (str_eq_ascii_nocase(l->name, S("Transfer-Encoding"))) {
        f->encodings++;
        if (f->is_1_0 || !str_eq_ascii_nocase(l->value, S("chunked"))) {
            return "unknown Transfer-Encoding";
        }
    } else if (str_eq_ascii_nocase(l->name, S("Host"))) {
        f->hosts++;
        r->host = l->value;
    } else if (str_eq_ascii_nocase(l->name, S("Content-Type"))) {
        r->content_type = l->value;
    }
    return NULL;
}

static const char *check_frame(struct request *r, const struct head *h, bool is_1_0) {
    struct frame f = {.is_1_0 = is_1_0};
    for (size_t i = 0; i < h->n; i++) {
        const char *wrong = frame_line(r, &f, &h->lines[i]);
        if (wrong) {
            return wrong;
        }
    }
    if (f.lengths > 1 || f.encodings > 1 || (f.lengths && f.encodings)) {
        return "the length of the request is said twice";
    }
    if (f.hosts > 1 || (f.hosts == 0 && !is_1_0) || (f.hosts && !is_host(r->host))) {
        return "Host must be given once, as a name";
    }
    bool has_body = f.encodings || r->content_length > 0;
    if (has_body && (str_eq(r->method_name, S("GET")) || str_eq(r->method_name, S("HEAD")))) {
        return "a request of this method has no body";
    }
    r->is_chunked = f.encodings > 0;
    return NULL;
}

static int hex_digit(struct str s, size_t at) {
    unsigned char x = at < s.len ? (unsigned char)s.at[at] : 0;
    if (x >= '0' && x <= '9') {
        return x - '0';
    }
    return (x | 32) >= 'a' && (x | 32) <= 'f' ? (x | 32) - 'a' + 10 : -1;
}

bool url_decode(struct arena *a, struct str s, bool plus, struct str *out) {
    char *to = arena_take(a, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '%') {
            int high = hex_digit(s, i + 1), low = hex_digit(s, i + 2);
            if (high < 0 || low < 0) {
                return false;
            }
            i += 2;
            c = (char)(high * 16 + low);
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == 0) {
            return false;
        }
        to[n++] = c;
    }
    *out = (struct str){to, n};
    return utf8_valid(*out);
}

static const char *check_target(struct request *r) {
    struct str t = r->target;
    if (t.len == 0 || (t.at[0] != '/' && !(str_eq(t, S("*")) && str_eq(r->method_name, S("OPTIONS"))))) {
        return "the address must begin with /";
    }
    for (size_t i = 0; i < t.len; i++) {
        if ((unsigned char)t.at[i] <= ' ' || t.at[i] == 0x7f || t.at[i] == '#') {
            return "the address holds what no address holds";
        }
    }
    struct str path;
    str_cut(t, S("?"), &path, &r->query);
    size_t pairs = 1;
    for (size_t i = 0; i < r->query.len; i++) {
        pairs += r->query.at[i] == '&';
    }
    r->refused_status = t.len > ADDRESS_MOST ? 414 : pairs > QUERIES_MOST ? 400 : 0;
    if (!url_decode(r->arena, path, false, &r->path) || !is_value(r->path)) {
        return "the address is badly written";
    }
    return NULL;
}

static void note_headers(struct request *r, const struct head *h) {
    static const struct {
        struct str name;
        size_t at;
    } kept[] = {
        {S_INIT("Cookie"), offsetof(struct request, cookies)},
        {S_INIT("Accept"), offsetof(struct request, accept)},
        {S_INIT("Accept-Encoding"), offsetof(struct request, accept_encoding)},
        {S_INIT("Accept-Language"), offsetof(struct request, accept_language)},
        {S_INIT("If-None-Match"), offsetof(struct request, if_none_match)},
    };
    for (size_t i = 0; i < h->n; i++) {
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
            if (str_eq_ascii_nocase(h->lines[i].name, kept[k].name)) {
                *(struct str *)(void *)((char *)r + kept[k].at) = h->lines[i].value;
                break;
            }
        }
    }
    r->is_json =
        str_find(r->accept, S("application/json"), 0) != SIZE_MAX && str_find(r->accept, S("text/html"), 0) == SIZE_MAX;
    r->is_stream = str_eq(r->accept, S("text/event-stream"));
}

const char *check_head(struct request *r, const char *version) {
    struct head h;
    h.n = 0;
    h.is_too_long = false;
    MHD_get_connection_values_n(r->mhd, MHD_HEADER_KIND, head_line, &h);
    bool is_1_0 = strcmp(version, "HTTP/1.0") == 0;
    if (!is_1_0 && strcmp(version, "HTTP/1.1") != 0) {
        return "unknown version of HTTP";
    }
    if (h.is_too_long) {
        return "too many headers";
    }
    if (!is_token(r->method_name)) {
        return "the method is badly written";
    }
    for (size_t i = 0; i < h.n; i++) {
        if (!is_token(h.lines[i].name) || !is_value(h.lines[i].value)) {
            return "a header is badly written";
        }
    }
    if (!is_contiguous(r, &h, version)) {
        return "header lines must end with CR LF, and hold neither NUL nor folds";
    }
    const char *wrong = check_frame(r, &h, is_1_0);
    if (!wrong) {
        wrong = check_target(r);
    }
    if (!wrong) {
        note_headers(r, &h);
    }
    return wrong;
}
