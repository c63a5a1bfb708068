/* Encoded words of headers (RFC 2047) and parameters in pieces (RFC 2231), as bytes until their neighbours are known.
 */
#include <gmime/gmime.h>

#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { PIECES_MOST = 100 };

struct word {
    struct str bytes, charset;
};

static struct str decoded(struct arena *a, struct str text, bool is_base64) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state,
                                is_base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    char *out = arena_take(a, char, g_mime_encoding_outlen(&state, text.len) + 4);
    size_t n = g_mime_encoding_flush(&state, text.at, text.len, out);
    return (struct str){out, n};
}

static struct str underscores(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text.len; i++) {
        /* A soft break cannot stand inside a header: a lone = is itself. */
        buf_put_char(&b, text.at[i] == '_' ? ' ' : text.at[i]);
    }
    return buf_str(&b);
}

/* Padding inside a word ends nothing: some programs join words after encoding each. */
static struct str of_base64(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find(text, S("="), from);
        end = end == SIZE_MAX ? text.len : end;
        buf_put(&b, decoded(a, str_slice(text, from, end), true));
        struct str piece = str_slice(text, from, end);
        size_t rest = piece.len % 4;
        if (rest > 1) {
            struct str last = str_format(a, "%.*s==", STR_ARG(str_slice(piece, piece.len - rest, piece.len)));
            struct str whole = decoded(a, last, true);
            struct str had = decoded(a, str_slice(piece, piece.len - rest, piece.len), true);
            buf_put(&b, str_slice(whole, had.len, rest - 1));
        }
        from = end + 1;
        while (from < text.len && text.at[from] == '=') {
            from++;
        }
    }
    return buf_str(&b);
}

/* =?charset*language?B?text?= at the beginning of s; its length in *n. */
static bool word_at(struct arena *a, struct str s, struct word *out, size_t *n) {
    size_t first = str_find(s, S("?"), 2), second = first == SIZE_MAX ? first : str_find(s, S("?"), first + 1);
    size_t end = second == SIZE_MAX ? second : str_find(s, S("?="), second + 1);
    if (!str_starts(s, S("=?")) || end == SIZE_MAX || second != first + 2) {
        return false;
    }
    struct str after;
    char how = (char)(s.at[first + 1] | 32);
    struct str text = str_slice(s, second + 1, end);
    str_cut(str_slice(s, 2, first), S("*"), &out->charset, &after);
    if (how != 'b' && how != 'q') {
        return false;
    }
    out->bytes = how == 'b' ? of_base64(a, text) : decoded(a, underscores(a, text), false);
    *n = end + 2;
    return true;
}

static size_t space_at(struct str s) {
    size_t n = 0;
    while (n < s.len && (s.at[n] == ' ' || s.at[n] == '\t' || s.at[n] == '\r' || s.at[n] == '\n')) {
        n++;
    }
    return n;
}

/* Neighbours of one charset are one text: a letter may be cut between them. */
static size_t words_at(struct mail_reader *r, struct str s, struct buf *out) {
    struct word w, next;
    size_t n, end, gap;
    if (!word_at(r->arena, s, &w, &end)) {
        return 0;
    }
    struct buf bytes = buf_in(r->arena);
    buf_put(&bytes, w.bytes);
    for (;;) {
        gap = space_at(str_slice(s, end, s.len));
        if (!word_at(r->arena, str_slice(s, end + gap, s.len), &next, &n)) {
            break;
        }
        if (!str_eq_ascii_nocase(next.charset, w.charset)) {
            buf_put(out, mail_text_raw(r, buf_str(&bytes), w.charset));
            bytes = buf_in(r->arena);
            w = next;
        }
        buf_put(&bytes, next.bytes);
        end += gap + n;
    }
    buf_put(out, mail_text_raw(r, buf_str(&bytes), w.charset));
    return end;
}

static void plain_put(struct mail_reader *r, struct str s, struct buf *out) {
    struct buf b = buf_in(r->arena);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\r' && s.at[i] != '\n') {
            buf_put_char(&b, s.at[i]);
        }
    }
    buf_put(out, mail_text_raw(r, buf_str(&b), (struct str){0}));
}

struct str mail_words_raw(struct mail_reader *r, struct str raw) {
    struct buf out = buf_in(r->arena);
    size_t from = 0, at = 0;
    while (at < raw.len) {
        size_t next = str_find(raw, S("=?"), at);
        if (next == SIZE_MAX) {
            break;
        }
        struct buf words = buf_in(r->arena);
        size_t n = words_at(r, str_slice(raw, next, raw.len), &words);
        if (n) {
            plain_put(r, str_slice(raw, from, next), &out);
            buf_put(&out, buf_str(&words));
            from = next + n;
        }
        at = n ? from : next + 2;
    }
    plain_put(r, str_slice(raw, from, raw.len), &out);
    return buf_str(&out);
}

static struct str one_line(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        buf_put_char(&b, c < 0x20 || c == 0x7f ? ' ' : (char)c);
    }
    return str_trim(buf_str(&b));
}

struct str mail_words(struct mail_reader *r, struct str raw) {
    return utf8_clean(r->arena, one_line(r->arena, mail_words_raw(r, raw)));
}

/* The next parameter behind a semicolon; quotes are taken off its value. */
static bool param_next(struct arena *a, struct str *rest, struct str *name, struct str *value) {
    size_t at = str_find(*rest, S(";"), 0);
    if (at == SIZE_MAX) {
        return false;
    }
    struct str s = str_trim(str_slice(*rest, at + 1, rest->len));
    size_t equals = str_find(s, S("="), 0), semicolon = str_find(s, S(";"), 0);
    if (equals == SIZE_MAX || equals > semicolon) {
        *rest = s;
        *name = *value = (struct str){0};
        return s.len > 0;
    }
    *name = str_trim(str_slice(s, 0, equals));
    s = str_trim(str_slice(s, equals + 1, s.len));
    if (!s.len || s.at[0] != '"') {
        size_t end = str_find(s, S(";"), 0);
        *value = str_trim(str_slice(s, 0, end));
        *rest = str_slice(s, end, s.len);
        return true;
    }
    struct buf b = buf_in(a);
    size_t i = 1;
    for (; i < s.len && s.at[i] != '"'; i++) {
        i += s.at[i] == '\\' && i + 1 < s.len;
        buf_put_char(&b, s.at[i]);
    }
    *value = buf_str(&b);
    *rest = str_slice(s, i + 1, s.len);
    return true;
}

struct str mail_param(struct arena *a, struct str header, const char *name) {
    struct str rest = header, key, value;
    while (param_next(a, &rest, &key, &value)) {
        if (str_eq_ascii_nocase(key, str_of(name))) {
            return value;
        }
    }
    return (struct str){0};
}

static int hex_of(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void put_percent(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        int high = s.at[i] == '%' && i + 2 < s.len ? hex_of(s.at[i + 1]) : -1;
        int low = high >= 0 ? hex_of(s.at[i + 2]) : -1;
        if (low >= 0) {
            buf_put_char(b, (char)(high * 16 + low));
            i += 2;
        } else {
            buf_put_char(b, s.at[i]);
        }
    }
}

/* filename, filename*, filename*0, filename*0*: which piece key is of name; -1: none of it. */
static int piece_of(struct str key, struct str name, bool *is_encoded) {
    if (key.len < name.len || !str_eq_ascii_nocase(str_slice(key, 0, name.len), name)) {
        return -1;
    }
    struct str tail = str_slice(key, name.len, key.len);
    int64_t n = 0;
    *is_encoded = tail.len > 0 && tail.at[tail.len - 1] == '*';
    if (*is_encoded) {
        tail.len--;
    }
    if (!tail.len) {
        return 0;
    }
    return tail.at[0] == '*' && num_read_between(str_slice(tail, 1, tail.len), 0, PIECES_MOST - 1, &n) ? (int)n : -1;
}

struct pieces {
    struct {
        struct str text;
        bool is_there, is_encoded;
    } at[PIECES_MOST];
};

static bool pieces_read(struct arena *a, struct str header, struct str name, struct pieces *p) {
    struct str rest = header, key, value;
    bool is_any = false, is_encoded = false;
    while (param_next(a, &rest, &key, &value)) {
        int n = piece_of(key, name, &is_encoded);
        /* Beside filename* there may be a filename for old programs. */
        if (n < 0 || key.len == name.len || p->at[n].is_there) {
            continue;
        }
        p->at[n].text = value;
        p->at[n].is_encoded = is_encoded;
        p->at[n].is_there = is_any = true;
    }
    return is_any;
}

struct str mail_param_text(struct mail_reader *r, struct str header, const char *name) {
    struct pieces *p = arena_take(r->arena, struct pieces, 1);
    if (!pieces_read(r->arena, header, str_of(name), p)) {
        return mail_words_raw(r, mail_param(r->arena, header, name));
    }
    struct buf b = buf_in(r->arena);
    struct str charset = {0};
    for (size_t i = 0; i < PIECES_MOST && p->at[i].is_there; i++) {
        struct str text = p->at[i].text, before, language;
        if (i == 0 && p->at[i].is_encoded && str_cut(text, S("'"), &before, &text)) {
            charset = before;
            if (!str_cut(text, S("'"), &language, &before)) {
                before = text;
            }
            text = before;
        }
        if (p->at[i].is_encoded) {
            put_percent(&b, text);
        } else {
            buf_put(&b, text);
        }
    }
    struct str whole = buf_str(&b);
    /* Some programs cut an encoded word into pieces. */
    return charset.len ? mail_text_raw(r, whole, charset) : mail_words_raw(r, whole);
}
