/* How text was written: UTF-8, UTF-16, or one of the old Vietnamese ways. Told apart by what comes out: each is tried,
   and the one that makes Vietnamese syllables of the words with odd letters wins. A wrong guess must not destroy:
   unless one wins clearly the text stays as it is, and the certainty says so. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

enum { SAMPLE = 64 << 10, WORD_MOST = 12 };

static const char onsets[] = " b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";
static const char rhymes[] =
    " a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
    "ieu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op "
    "ot u ua uan uang uat uay uc ue uech uen uenh uet ui uoc uoi uom uon uong uop uot uou um un ung uo up ut uu uy uya "
    "uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu ";

static bool is_listed(const char *list, struct str s) {
    char word[WORD_MOST + 3] = " ";
    if (s.len > WORD_MOST) {
        return false;
    }
    memcpy(word + 1, s.at, s.len);
    word[s.len + 1] = ' ';
    return strstr(list, word) != NULL;
}

/* Letters without marks, small. */
static bool is_syllable(struct str s) {
    for (size_t cut = 0; cut <= 3 && cut < s.len; cut++) {
        struct str onset = str_slice(s, 0, cut), rhyme = str_slice(s, cut, s.len);
        if ((cut == 0 || is_listed(onsets, onset)) && is_listed(rhymes, rhyme)) {
            return true;
        }
    }
    return str_eq(s, S("gi")) || str_eq(s, S("quy"));
}

static bool is_tone(uint32_t c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }

/* A letter of Vietnamese beyond ASCII, in NFC; *tones counts those that bear a tone. */
static bool is_letter(uint32_t c, int *tones) {
    static const uint32_t plain[] = {0xc2,  0xca,  0xd4,  0xe2,  0xea,  0xf4,  0x102, 0x103,
                                     0x110, 0x111, 0x1a0, 0x1a1, 0x1af, 0x1b0, 0};
    static const uint32_t toned[] = {0xc0, 0xc1, 0xc3, 0xc8,  0xc9,  0xcc,  0xcd,  0xd2, 0xd3, 0xd5, 0xd9,
                                     0xda, 0xdd, 0xe0, 0xe1,  0xe3,  0xe8,  0xe9,  0xec, 0xed, 0xf2, 0xf3,
                                     0xf5, 0xf9, 0xfa, 0x128, 0x129, 0x168, 0x169, 0xfd, 0};
    for (size_t i = 0; plain[i]; i++) {
        /* â ê ô ă ơ ư with a tone are one code from 1ea0 on. */
        if (plain[i] == c) {
            return true;
        }
    }
    bool is_toned = c >= 0x1ea0 && c <= 0x1ef9;
    for (size_t i = 0; toned[i] && !is_toned; i++) {
        is_toned = toned[i] == c;
    }
    *tones += is_toned;
    return is_toned;
}

struct score {
    size_t words, good;
};

static void count_word(struct arena *a, struct str word, struct score *score) {
    int tones = 0;
    bool is_good = word.len <= 3 * WORD_MOST, is_odd = false;
    for (size_t at = 0; at < word.len && is_good;) {
        uint32_t c = utf8_next(word, &at);
        bool is_plain = (c | 32) >= 'a' && (c | 32) <= 'z' && c < 0x80;
        is_odd = is_odd || !is_plain;
        is_good = is_plain || is_letter(c, &tones);
    }
    if (is_odd || !is_good) {
        score->words++;
        score->good += is_good && tones <= 1 && is_syllable(utf8_fold(a, word));
    }
}

static bool is_in_word(uint32_t c) {
    return (c < 0x80 && (c | 32) >= 'a' && (c | 32) <= 'z') ||
           (c >= 0xa1 && c != 0xa7 && c != 0xab && c != 0xbb && c < 0x2000);
}

/* Of words that hold letters beyond ASCII: how many are Vietnamese, in percent; -1 when there are none. */
static int percent(struct arena *a, struct str text) {
    struct arena *own = arena_new();
    struct score score = {0};
    struct str s = utf8_clean(own, text);
    for (size_t at = 0; at < s.len;) {
        size_t from = at, end = at;
        while (at < s.len) {
            end = at;
            if (!is_in_word(utf8_next(s, &at))) {
                break;
            }
            end = at;
        }
        if (end > from) {
            count_word(own, str_slice(s, from, end), &score);
        }
    }
    arena_free(own);
    (void)a;
    return score.words ? (int)(score.good * 100 / score.words) : -1;
}

static struct str sample_of(struct str text) {
    size_t n = text.len < SAMPLE ? text.len : SAMPLE;
    while (n > 0 && n < text.len && ((unsigned char)text.at[n] & 0xc0) == 0x80) {
        n--;
    }
    return str_slice(text, 0, n);
}

void read_encoding_of_text(struct arena *a, struct str text, struct read_encoded *out) {
    static struct str (*const ways[])(struct arena * a, struct str text) = {
        [READ_CP1258] = read_cp1258, [READ_TCVN3] = read_tcvn3, [READ_VNI] = read_vni};
    struct arena *own = arena_new();
    struct str sample = sample_of(text);
    int as_is = percent(a, sample), best = as_is, second = 0;
    *out = (struct read_encoded){.text = text, .encoding = READ_UTF8, .certainty = 100};
    for (int way = READ_CP1258; as_is >= 0 && way <= READ_VNI; way++) {
        int now = percent(a, ways[way](own, sample));
        if (now > best) {
            second = best;
            best = now;
            out->encoding = (enum read_encoding)way;
        } else {
            second = now > second ? now : second;
        }
    }
    arena_free(own);
    int lead = best - (out->encoding == READ_UTF8 ? second : as_is > second ? as_is : second);
    if (out->encoding != READ_UTF8 && (best < 60 || best - as_is < 30)) {
        out->encoding = READ_UTF8;
        out->certainty = 30;
    } else if (out->encoding == READ_UTF8 && as_is >= 60) {
        out->certainty = as_is;
    } else if (as_is >= 0) {
        out->certainty = lead >= 30 ? best : best * (lead > 0 ? lead : 1) / 30;
    }
    if (out->encoding != READ_UTF8) {
        out->text = utf8_clean(a, ways[out->encoding](a, text));
    }
}

struct str read_legacy_text(struct arena *a, struct str text) {
    struct read_encoded e;
    read_encoding_of_text(a, text, &e);
    return e.text;
}

static struct str of_wide(struct arena *a, struct str s, bool is_big) {
    struct buf b = buf_in(a);
    uint32_t high = 0;
    for (size_t at = 0; at + 1 < s.len; at += 2) {
        unsigned char one = (unsigned char)s.at[at], two = (unsigned char)s.at[at + 1];
        uint32_t c = is_big ? (uint32_t)one << 8 | two : (uint32_t)two << 8 | one;
        if (c >= 0xd800 && c < 0xdc00) {
            high = c;
            continue;
        }
        if (c >= 0xdc00 && c < 0xe000) {
            c = high ? 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
        }
        high = 0;
        char utf8[4];
        size_t n = utf8_put(utf8, c);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

/* Windows' letters between 0x80 and 0x9f; 0 there is none. */
static const uint16_t high[32] = {0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                  0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17d,  0,
                                  0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                  0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178};

static struct str of_bytes(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        uint32_t code = c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;
        char utf8[4];
        size_t n = utf8_put(utf8, code ? code : 0xfffd);
        buf_put(&b, (struct str){utf8, n});
    }
    return buf_str(&b);
}

/* Without a mark at its beginning: of ASCII letters in two bytes every other is 0. */
static bool is_wide(struct str s, bool is_big) {
    size_t zeros = 0, others = 0, n = s.len < 2000 ? s.len : 2000;
    for (size_t i = 0; i + 1 < n; i += 2) {
        zeros += s.at[i + !is_big] == 0;
        others += s.at[i + is_big] == 0;
    }
    return n >= 4 && zeros * 4 > n / 2 && others * 20 < n / 2;
}

static bool has_marks(struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (is_tone(c) || c == 0x302 || c == 0x306 || c == 0x31b) {
            return true;
        }
    }
    return false;
}

void read_encoding_find(struct arena *a, struct str bytes, struct read_encoded *out) {
    bool is_big = str_starts(bytes, S("\xfe\xff")), is_little = str_starts(bytes, S("\xff\xfe"));
    if (is_big || is_little || is_wide(bytes, false) || is_wide(bytes, true)) {
        size_t skip = is_big || is_little ? 2 : 0;
        bool big = skip ? is_big : is_wide(bytes, true);
        read_encoding_of_text(a, of_wide(a, str_slice(bytes, skip, bytes.len), big), out);
        out->encoding = out->encoding == READ_UTF8 ? READ_UTF16 : out->encoding;
        out->certainty = out->encoding == READ_UTF16 ? 100 : out->certainty;
    } else if (utf8_valid(bytes)) {
        read_encoding_of_text(a, str_slice(bytes, str_starts(bytes, S("\xef\xbb\xbf")) ? 3 : 0, bytes.len), out);
        if (out->encoding == READ_UTF8 && has_marks(sample_of(bytes))) {
            out->encoding = READ_NFD;
        }
    } else {
        read_encoding_of_text(a, of_bytes(a, bytes), out);
        out->encoding = out->encoding == READ_UTF8 ? READ_LATIN1 : out->encoding;
    }
    out->text = utf8_clean(a, out->text);
}

struct str read_encoding_name(enum read_encoding encoding) {
    static const struct str names[] = {[READ_UTF8] = S_INIT("UTF-8"),
                                       [READ_NFD] = S_INIT("UTF-8 (NFD)"),
                                       [READ_UTF16] = S_INIT("UTF-16"),
                                       [READ_LATIN1] = S_INIT("Windows-1252"),
                                       [READ_CP1258] = S_INIT("Windows-1258"),
                                       [READ_TCVN3] = S_INIT("TCVN3 (ABC)"),
                                       [READ_VNI] = S_INIT("VNI")};
    return encoding >= READ_UTF8 && encoding <= READ_VNI ? names[encoding] : S("");
}
