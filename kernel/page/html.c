#include "kernel/page/html.h"
#include "base/arena.h"
#include "base/format.h"
#include "base/num.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* What a byte becomes in HTML; those of place 0 stay themselves. */
static const struct str entities[] = {S_INIT(""),       S_INIT("&amp;"), S_INIT("&lt;"),        S_INIT("&gt;"),
                                      S_INIT("&quot;"), S_INIT("&#39;"), S_INIT("\xEF\xBF\xBD")};
static const uint8_t entity_of[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5, ['\0'] = 6};

enum { STRIDE = 16 };
typedef uint8_t bytes __attribute__((vector_size(STRIDE)));
typedef uint64_t halves __attribute__((vector_size(STRIDE)));

static uint64_t word(const char *at, size_t n) {
    uint64_t x = 0;
    memcpy(&x, at, n);
    return x;
}

/* The bytes of a text of four to fifteen, some of them twice, so that all of the stride are of the text. */
static bytes short_stride(const char *at, size_t n) {
    if (n >= 8) {
        return (bytes)(halves){word(at, 8), word(at + n - 8, 8)};
    }
    uint64_t x = word(at, 4) | word(at + n - 4, 4) << 32;
    return (bytes)(halves){x, x};
}

static halves marks(bytes x) {
    return (halves)((x == '&') | (x == '<') | (x == '>') | (x == '"') | (x == '\'') | (x == 0));
}

/* Whether all bytes stand for themselves: sixteen are looked at together, the last sixteen overlap. */
static bool is_plain(struct str s) {
    halves hit = {0, 0};
    bytes x;
    if (s.len < 4) {
        unsigned entities_n = 0;
        for (size_t i = 0; i < s.len; i++) {
            entities_n += entity_of[(unsigned char)s.at[i]];
        }
        return entities_n == 0;
    }
    if (s.len < STRIDE) {
        hit = marks(short_stride(s.at, s.len));
        return (hit[0] | hit[1]) == 0;
    }
    for (size_t at = 0; at + STRIDE < s.len; at += STRIDE) {
        memcpy(&x, s.at + at, sizeof x);
        hit |= marks(x);
    }
    memcpy(&x, s.at + s.len - STRIDE, sizeof x);
    hit |= marks(x);
    return (hit[0] | hit[1]) == 0;
}

static void escape_each(struct buf *b, struct str s) {
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        uint8_t entity = entity_of[(unsigned char)s.at[i]];
        if (entity) {
            buf_put(b, (struct str){s.at + from, i - from});
            buf_put(b, entities[entity]);
            from = i + 1;
        }
    }
    buf_put(b, (struct str){s.at + from, s.len - from});
}

/* Nearly every text stands for itself. */
void html_escape(struct buf *b, struct str s) {
    if (s.len && is_plain(s)) {
        buf_put(b, s);
    } else if (s.len) {
        escape_each(b, s);
    }
}

static bool url_is_plain(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

void url_escape(struct buf *b, struct str s) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (url_is_plain(c)) {
            buf_put_char(b, s.at[i]);
        } else {
            char triple[3] = {'%', hex[c >> 4], hex[c & 15]};
            buf_put(b, (struct str){triple, 3});
        }
    }
}

static struct link local_only(struct str s) {
    bool is_local = s.len > 0 && s.at[0] == '/' && !(s.len > 1 && (s.at[1] == '/' || s.at[1] == '\\'));
    return (struct link){is_local ? s : S("/")};
}

struct link link_local(struct arena *a, const char *format, ...) {
    char line[256];
    struct buf b = {.at = line, .cap = sizeof line, .arena = a};
    va_list args;
    va_start(args, format);
    buf_put_format(&b, format, args);
    va_end(args);
    return local_only(str_copy(a, buf_str(&b)));
}

struct link link_record(struct arena *a, struct str before, int64_t id, struct str after) {
    char line[128];
    struct buf b = {.at = line, .cap = sizeof line, .arena = a};
    buf_put(&b, before);
    buf_put_int(&b, id);
    buf_put(&b, after);
    return local_only(str_copy(a, buf_str(&b)));
}

struct link link_web(struct str address) {
    static const struct str schemes[] = {S_INIT("https://"), S_INIT("http://"), S_INIT("mailto:"), S_INIT("tel:")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (str_eq_ascii_nocase(str_slice(address, 0, schemes[i].len), schemes[i])) {
            return (struct link){address};
        }
    }
    return (struct link){S("")};
}

struct html html_marked(struct arena *a, struct str text, const struct html_span *spans, size_t n) {
    struct buf b = buf_in(a);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (spans[i].from < at || spans[i].to <= spans[i].from || spans[i].to > text.len) {
            continue;
        }
        html_escape(&b, str_slice(text, at, spans[i].from));
        BUF_LIT(&b, "<mark>");
        html_escape(&b, str_slice(text, spans[i].from, spans[i].to));
        BUF_LIT(&b, "</mark>");
        at = spans[i].to;
    }
    html_escape(&b, str_slice(text, at, text.len));
    return (struct html){buf_str(&b)};
}

static void lines_put(struct buf *b, struct str text) {
    struct str rest = text, line;
    bool is_first = true;
    while (str_next(&rest, '\n', &line)) {
        if (!is_first) {
            BUF_LIT(b, "<br>");
        }
        is_first = false;
        html_escape(b, str_ends(line, S("\r")) ? str_slice(line, 0, line.len - 1) : line);
    }
}

struct html html_lines(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    lines_put(&b, text);
    return (struct html){buf_str(&b)};
}

void draw_lines(struct draw *d, struct str text) { lines_put(d->out, text); }

struct draw draw_to(struct buf *out, struct arena *a, const struct lang *lang) {
    return (struct draw){.out = out, .lang = lang, .n = lang->n, .arena = a, .now = clock_now()};
}

/* Whole numbers with the language's mark between thousands. */
static void number_put(struct draw *d, int64_t n) {
    size_t from = d->out->len;
    num_put_vi(d->out, n);
    if (d->n) {
        for (size_t i = from; i < d->out->len; i++) {
            if (d->out->at[i] == '.') {
                d->out->at[i] = ',';
            }
        }
    }
}

void draw_text_str(struct draw *d, const struct str *x) { html_escape(d->out, *x); }
void draw_text_z(struct draw *d, const char *const *x) { html_escape(d->out, str_of(*x)); }
void draw_text_html(struct draw *d, const struct html *x) { buf_put(d->out, x->v); }
void draw_text_link(struct draw *d, const struct link *x) { html_escape(d->out, x->v); }
void draw_text_long(struct draw *d, const long *x) { number_put(d, *x); }
void draw_text_int(struct draw *d, const int *x) { number_put(d, *x); }
void draw_text_size(struct draw *d, const size_t *x) { number_put(d, (int64_t)*x); }
void draw_text_double(struct draw *d, const double *x) { draw_fraction(d, *x); }

void draw_text_date(struct draw *d, const struct date *x) {
    if (x->year) {
        date_put_vi(d->out, *x);
    }
}

void draw_text_instant(struct draw *d, const struct instant *x) {
    if (x->ms) {
        instant_put_vi(d->out, *x);
    }
}

void draw_attr_bool(struct draw *d, const bool *x) { buf_put(d->out, *x ? S("true") : S("false")); }
void draw_attr_long(struct draw *d, const long *x) { buf_put_int(d->out, *x); }
void draw_attr_int(struct draw *d, const int *x) { buf_put_int(d->out, *x); }
void draw_attr_size(struct draw *d, const size_t *x) { buf_put_int(d->out, (int64_t)*x); }

void draw_attr_double(struct draw *d, const double *x) {
    char digits[40];
    snprintf(digits, sizeof digits, "%.10g", *x);
    buf_put(d->out, str_of(digits));
}

void draw_attr_date(struct draw *d, const struct date *x) {
    if (x->year) {
        date_put_iso(d->out, *x);
    }
}

void draw_attr_instant(struct draw *d, const struct instant *x) {
    if (x->ms) {
        instant_put_iso(d->out, *x);
    }
}

void draw_attr_id(struct draw *d, const void *x) {
    int64_t id;
    memcpy(&id, x, sizeof id);
    buf_put_int(d->out, id);
}

void draw_url_str(struct draw *d, const struct str *x) { url_escape(d->out, *x); }
void draw_url_z(struct draw *d, const char *const *x) { url_escape(d->out, str_of(*x)); }
void draw_link(struct draw *d, const struct link *x) { html_escape(d->out, x->v); }

struct html icon_html(const char *name) {
    for (const struct icon *icon = icons; name && icon->name; icon++) {
        if (!strcmp(icon->name, name)) {
            return (struct html){icon->svg};
        }
    }
    return HTML("");
}

void draw_icon(struct draw *d, const char *name) { buf_put(d->out, icon_html(name).v); }
