/* A letter's bytes as clean Unicode: old encodings, VIQR, and letters a scanner took for others. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/encoding.h"

#include "base/banned.h"

enum { TEXT_MOST = 200000, VIQR_SURE = 6 };

static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_vowel(char c) { return strchr("aeiouyAEIOUY", c) != NULL && c; }

/* Marks of VIQR as combining marks; 0: c is none after this letter. */
static uint32_t viqr_shape(char letter, char c) {
    char small = (char)(letter | 0x20);
    if (c == '^' && strchr("aeo", small)) {
        return 0x302;
    }
    if (c == '(' && small == 'a') {
        return 0x306;
    }
    return c == '+' && strchr("ou", small) ? 0x31b : 0;
}
static uint32_t viqr_tone(char c) {
    switch (c) {
    case '\'': return 0x301;
    case '`': return 0x300;
    case '?': return 0x309;
    case '~': return 0x303;
    case '.': return 0x323;
    default: return 0;
    }
}

static void put_code(struct buf *b, uint32_t code) {
    char c[4];
    buf_put(b, (struct str){c, utf8_put(c, code)});
}

/* The mark after a letter at *i, if there is one, moving past it. */
static void viqr_mark(struct buf *b, struct str s, char letter, size_t *i, bool is_tone) {
    char next = *i + 1 < s.len ? s.at[*i + 1] : 0;
    uint32_t mark = is_tone ? viqr_tone(next) : viqr_shape(letter, next);
    if (mark) {
        put_code(b, mark);
        (*i)++;
    }
}

/* A mark at the end of a sentence is written \. */
static struct str viqr_read(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i], next = i + 1 < s.len ? s.at[i + 1] : 0;
        bool is_bar = (c == 'd' || c == 'D') && (next == 'd' || next == 'D');
        if (is_bar) {
            put_code(&b, c == 'd' ? 0x111 : 0x110);
            i++;
        } else if (c == '\\' && next) {
            buf_put_char(&b, s.at[++i]);
        } else {
            buf_put_char(&b, c);
        }
        if (is_vowel(c)) {
            viqr_mark(&b, s, c, &i, false);
            viqr_mark(&b, s, c, &i, true);
        }
    }
    return utf8_clean(a, buf_str(&b));
}

/* Letters with two marks, or a stroke: no other writing has many of them. */
static bool is_viqr(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i + 2 < s.len; i++) {
        if ((unsigned char)s.at[i] >= 0x80) {
            return false;
        }
        bool is_shaped = is_vowel(s.at[i]) && viqr_shape(s.at[i], s.at[i + 1]);
        n += is_shaped && (viqr_tone(s.at[i + 2]) || is_ascii_letter(s.at[i + 2]));
    }
    return n >= VIQR_SURE;
}

/* Cyrillic letters that look like ours. */
static uint32_t look_alike(uint32_t c) {
    static const struct {
        uint32_t from, to;
    } pairs[] = {{0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41a, 'K'}, {0x41c, 'M'}, {0x41d, 'H'}, {0x41e, 'O'},
                 {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'}, {0x430, 'a'}, {0x435, 'e'},
                 {0x43e, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x456, 'i'}, {0x406, 'I'},
                 {0x458, 'j'}, {0x455, 's'}, {0x43a, 'k'}, {0x43c, 'm'}, {0x442, 't'}, {0x43d, 'h'}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i].from == c) {
            return pairs[i].to;
        }
    }
    return c;
}

static struct str alike_mend(struct arena *a, struct str s, bool *is_rough) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len;) {
        uint32_t c = utf8_next(s, &i), ours = look_alike(c);
        *is_rough = *is_rough || ours != c;
        put_code(&b, ours);
    }
    return utf8_clean(a, buf_str(&b));
}

static bool is_digit_like(char c) { return (c >= '0' && c <= '9') || c == 'l' || c == 'I' || c == 'O' || c == 'o'; }

static bool is_end(struct str s, size_t i) {
    return i >= s.len ||
           (!is_ascii_letter(s.at[i]) && (unsigned char)s.at[i] < 0x80 && !(s.at[i] >= '0' && s.at[i] <= '9'));
}

/* A number some of whose digits were read as letters ends at *to. */
static bool is_number_at(struct str s, size_t from, size_t *to) {
    size_t i = from, digits = 0;
    while (i < s.len && is_digit_like(s.at[i])) {
        digits += s.at[i] >= '0' && s.at[i] <= '9';
        i++;
    }
    *to = i;
    return digits > 0 && is_end(s, i);
}

static char letter_mend(struct str s, size_t i) {
    char c = s.at[i], before = i ? s.at[i - 1] : ' ', after = i + 1 < s.len ? s.at[i + 1] : ' ';
    bool is_after_shout = (before >= 'A' && before <= 'Z') || (after >= 'A' && after <= 'Z');
    if (c == '0' && (is_ascii_letter(before) || (unsigned char)before >= 0x80)) {
        return after >= 'A' && after <= 'Z' ? 'O' : 'o';
    }
    if (c == 'l' && is_after_shout) {
        return 'I';
    }
    bool is_small_after = (unsigned char)after >= 0x80 || (after && strchr("aeiouy", after));
    return c == 'I' && is_end(s, i ? i - 1 : s.len) && is_small_after ? 'l' : c;
}

/* A lone piece of a syllable that a scanner cut off: "khiếu nạ i". */
static bool is_cut(struct str s, size_t space) {
    size_t end = space + 1;
    while (end < s.len && end < space + 4 && s.at[end] >= 'a' && s.at[end] <= 'z') {
        end++;
    }
    struct str piece = str_slice(s, space + 1, end);
    static const struct str pieces[] = {S_INIT("n"), S_INIT("i"),  S_INIT("a"), S_INIT("t"), S_INIT("ng"), S_INIT("nh"),
                                        S_INIT("c"), S_INIT("ch"), S_INIT("m"), S_INIT("p"), S_INIT("u"),  S_INIT("o")};
    bool is_piece = false;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        is_piece = is_piece || str_eq(piece, pieces[i]);
    }
    return is_piece && is_end(s, end) && space && (unsigned char)s.at[space - 1] >= 0x80;
}

static void digits_put(struct buf *b, struct str piece) {
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.at[i];
        buf_put_char(b, c == 'l' || c == 'I' ? '1' : c == 'O' || c == 'o' ? '0' : c);
    }
}

static struct str scan_mend(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        size_t to = i;
        bool is_start = is_digit_like(s.at[i]) && is_end(s, i ? i - 1 : s.len);
        if (is_start && is_number_at(s, i, &to)) {
            digits_put(&b, str_slice(s, i, to));
            i = to - 1;
        } else if (s.at[i] != ' ' || !is_cut(s, i)) {
            buf_put_char(&b, letter_mend(s, i));
        }
    }
    return utf8_clean(a, buf_str(&b));
}

struct str petition_text(struct arena *a, const struct petition_letter *letter, bool *is_rough) {
    struct read_encoded read = {0};
    struct str bytes = str_slice(letter->bytes, 0, TEXT_MOST);
    if (letter->is_viqr || is_viqr(bytes)) {
        return viqr_read(a, bytes);
    }
    read_encoding_find(a, bytes, &read);
    *is_rough = letter->is_scan;
    struct str text = alike_mend(a, utf8_clean(a, read.text), is_rough);
    return *is_rough ? scan_mend(a, text) : text;
}
