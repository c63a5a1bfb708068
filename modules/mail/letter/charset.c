/* Bytes to text: valid UTF-8 wins over what is said, then what is said, then what makes Vietnamese of it. */
#include <iconv.h>

#include "modules/mail/letter/inside.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "read/encoding.h"

#include "base/banned.h"

enum { SAMPLE_MOST = 4000, CHUNK = 4096, CERTAIN = 60 };

static bool is_ascii(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Charsets that programs write when they know nothing, and those the C library has none of. */
static bool is_empty_word(struct str said) {
    static const struct str words[] = {
        S_INIT(""),          S_INIT("us-ascii"),    S_INIT("iso-8859-1"), S_INIT("latin1"), S_INIT("windows-1252"),
        S_INIT("cp1252"),    S_INIT("iso-8859-15"), S_INIT("utf-8"),      S_INIT("utf8"),   S_INIT("unknown-8bit"),
        S_INIT("x-unknown"), S_INIT("ascii"),       S_INIT("default"),    S_INIT("8bit"),   S_INIT("binary")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq_ascii_nocase(said, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_shifted(struct str said) {
    return str_eq_ascii_nocase(said, S("utf-7")) || str_eq_ascii_nocase(said, S("unicode-1-1-utf-7"));
}

static iconv_t opened(struct arena *a, struct str said) {
    struct str name = is_shifted(said) ? S("UTF-7") : said;
    if (!name.len || name.len > 40 || memchr(name.at, '/', name.len)) {
        return (iconv_t)-1;
    }
    return iconv_open("UTF-8", str_z(a, name));
}

/* By the C library's tables. False when it has none, or more than a few bytes do not fit. */
static bool convert(struct arena *a, struct str bytes, struct str said, struct str *out) {
    iconv_t way = opened(a, said);
    if (way == (iconv_t)-1) {
        return false;
    }
    struct buf b = buf_in(a);
    char *from = arena_take(a, char, bytes.len + 1);
    memcpy(from, bytes.at, bytes.len);
    size_t left = bytes.len, bad = 0;
    while (left) {
        char chunk[CHUNK];
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t done = iconv(way, &from, &left, &to, &room);
        buf_put(&b, (struct str){chunk, sizeof chunk - room});
        if (done == (size_t)-1 && room > CHUNK / 2 && left) {
            BUF_LIT(&b, "\xef\xbf\xbd");
            from++;
            left--;
            bad++;
        }
    }
    char tail[16];
    char *to = tail;
    size_t room = sizeof tail;
    iconv(way, NULL, NULL, &to, &room);
    buf_put(&b, (struct str){tail, sizeof tail - room});
    iconv_close(way);
    *out = buf_str(&b);
    return bad * 20 <= bytes.len;
}

/* Windows' letters between 0x80 and 0x9f; 0 there is none. */
static const uint16_t high[32] = {0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                  0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
                                  0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                  0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};

static int byte_of(uint32_t c) {
    if (c < 0x100) {
        return (int)c;
    }
    for (int i = 0; i < 32; i++) {
        if (high[i] == c) {
            return 0x80 + i;
        }
    }
    return -1;
}

/* A line whose letters are the bytes of UTF-8: as it was before somebody encoded it twice. */
static bool undouble(struct arena *a, struct str line, struct str *out) {
    struct buf b = buf_in(a);
    if (is_ascii(line)) {
        return false;
    }
    for (size_t at = 0; at < line.len;) {
        int byte = byte_of(utf8_next(line, &at));
        if (byte < 0) {
            return false;
        }
        buf_put_char(&b, (char)byte);
    }
    *out = buf_str(&b);
    return utf8_valid(*out);
}

static struct str undouble_lines(struct mail_reader *r, struct str text) {
    struct buf b = buf_in(r->arena);
    bool is_any = false;
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find(text, S("\n"), from);
        end = end == SIZE_MAX ? text.len : end + 1;
        struct str line = str_slice(text, from, end), once;
        bool is_double = undouble(r->arena, line, &once);
        buf_put(&b, is_double ? once : line);
        is_any = is_any || is_double;
        from = end;
    }
    if (!is_any) {
        return text;
    }
    r->guessed = r->guessed.len ? r->guessed : S("UTF-8 twice");
    return buf_str(&b);
}

static struct str guess_name(enum read_encoding e) {
    switch (e) {
    case READ_TCVN3: return S("TCVN3");
    case READ_VNI: return S("VNI");
    case READ_CP1258: return S("windows-1258");
    case READ_UTF16: return S("UTF-16");
    case READ_UTF8:
    case READ_NFD:
    case READ_LATIN1: break;
    }
    return S("");
}

static size_t lines_of(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += s.at[i] == '\n';
    }
    return n;
}

/* Judged together with the letter's other doubtful words: two syllables alone may be of any encoding. */
static struct str guess(struct mail_reader *r, struct str bytes) {
    struct read_encoded e;
    struct buf b = buf_in(r->arena);
    bool is_short = bytes.len < SAMPLE_MOST && r->sample.len;
    buf_put(&b, bytes);
    if (is_short) {
        BUF_LIT(&b, "\n");
        buf_put(&b, str_slice(r->sample, 0, SAMPLE_MOST));
    }
    read_encoding_find(r->arena, buf_str(&b), &e);
    struct str name = e.certainty >= CERTAIN ? guess_name(e.encoding) : S("");
    r->guessed = r->guessed.len ? r->guessed : name;
    size_t end = 0, lines = lines_of(bytes) + 1;
    while (is_short && lines && end < e.text.len) {
        lines -= e.text.at[end++] == '\n';
    }
    return is_short ? str_slice(e.text, 0, end ? end - (lines == 0) : 0) : e.text;
}

bool mail_text_is_doubtful(struct str bytes, struct str said) {
    struct str plain = str_trim(said);
    return !is_ascii(bytes) && !utf8_valid(bytes) &&
           (is_empty_word(plain) || str_find(plain, S("-viet-"), 0) != SIZE_MAX || str_starts(plain, S("tcvn")) ||
            str_starts(plain, S("TCVN")));
}

struct str mail_text_raw(struct mail_reader *r, struct str bytes, struct str said) {
    struct str out, charset = str_trim(said);
    if (is_shifted(charset) && convert(r->arena, bytes, charset, &out)) {
        return out;
    }
    bool is_wide = bytes.len && (!is_ascii(bytes) || memchr(bytes.at, 0, bytes.len));
    if (!bytes.len || (!is_wide && !str_starts(charset, S("iso-2022")) && !str_starts(charset, S("ISO-2022")))) {
        return bytes;
    }
    if (utf8_valid(bytes) && !memchr(bytes.at, 0, bytes.len)) {
        struct str once = undouble_lines(r, bytes);
        struct read_encoded e;
        read_encoding_of_text(r->arena, once, &e);
        struct str name = e.certainty >= CERTAIN ? guess_name(e.encoding) : S("");
        r->guessed = r->guessed.len ? r->guessed : name;
        return name.len ? e.text : once;
    }
    if (!mail_text_is_doubtful(bytes, charset) && convert(r->arena, bytes, charset, &out)) {
        return out;
    }
    return guess(r, bytes);
}

struct str mail_text(struct mail_reader *r, struct str bytes, struct str said) {
    return utf8_clean(r->arena, mail_text_raw(r, bytes, said));
}
