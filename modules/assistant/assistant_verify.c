#include "modules/assistant/assistant_verify.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "search/words/text.h"

enum { SENTENCES_MOST = 40, WORDS_MOST = 2000 };
static const double least_shared_pairs = 0.6;

/* The words of a text as keys, its pairs, and its numbers. */
struct words {
    uint64_t *pair;
    size_t pairs;
    uint64_t *number; /* keys of digits and of whole document numbers and dates */
    size_t numbers;
    uint64_t *word;
    size_t n;
};

static struct words words_of(struct arena *a, struct str text) {
    struct words w = {.pair = arena_take(a, uint64_t, WORDS_MOST),
                      .number = arena_take(a, uint64_t, WORDS_MOST),
                      .word = arena_take(a, uint64_t, WORDS_MOST)};
    struct search_scan scan;
    struct search_token t;
    uint64_t before = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t) && w.n < WORDS_MOST && w.numbers < WORDS_MOST) {
        if (t.is_whole) {
            w.number[w.numbers++] = t.exact;
            continue;
        }
        if (t.is_number) {
            /* 05 and 5 are one number. */
            w.number[w.numbers++] = (uint64_t)t.number;
        }
        if (before && !t.is_begin) {
            w.pair[w.pairs++] = search_pair_key(SEARCH_EXACT_PAIR, before, t.exact);
        }
        w.word[w.n++] = t.exact;
        before = t.exact;
    }
    return w;
}

static bool is_among(const uint64_t *keys, size_t n, uint64_t key) {
    for (size_t i = 0; i < n; i++) {
        if (keys[i] == key) {
            return true;
        }
    }
    return false;
}

static size_t shared(const uint64_t *of, size_t n, const uint64_t *with, size_t m) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += is_among(with, m, of[i]);
    }
    return count;
}

/* Words that turn a sentence into its opposite. */
static const struct str denials[] = {
    S_INIT("không"), S_INIT("chưa"), S_INIT("cấm"), S_INIT("chớ"),  S_INIT("trừ"),   S_INIT("ngoại"),
    S_INIT("miễn"),  S_INIT("bãi"),  S_INIT("hủy"), S_INIT("thôi"), S_INIT("chẳng"), S_INIT("đừng"),
};

/* A word that denies, with the word it denies. */
struct denied {
    uint64_t by, what;
};
struct denieds {
    struct denied *at;
    size_t n;
};

static struct denieds denied_in(struct arena *a, struct str text) {
    struct words w = words_of(a, text), keys = words_of(a, S(""));
    struct denieds found = {arena_take(a, struct denied, w.n + 1), 0};
    for (size_t i = 0; i < sizeof denials / sizeof *denials; i++) {
        struct words one = words_of(a, denials[i]);
        keys.word[keys.n++] = one.word[0];
    }
    for (size_t i = 0; i < w.n; i++) {
        if (is_among(keys.word, keys.n, w.word[i])) {
            found.at[found.n++] = (struct denied){w.word[i], i + 1 < w.n ? w.word[i + 1] : 0};
        }
    }
    return found;
}

static bool is_denied(const struct denieds *in, struct denied one) {
    for (size_t i = 0; i < in->n; i++) {
        if (in->at[i].by == one.by && in->at[i].what == one.what) {
            return true;
        }
    }
    return false;
}

/* What the sentence denies is denied there, and what is denied there and named in the sentence is denied in it. */
static bool is_of_one_mind(struct arena *a, struct str sentence, struct str piece) {
    struct denieds said = denied_in(a, sentence), there = denied_in(a, piece);
    struct words words = words_of(a, sentence);
    for (size_t i = 0; i < said.n; i++) {
        if (!is_denied(&there, said.at[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < there.n; i++) {
        if (is_among(words.word, words.n, there.at[i].what) && !is_denied(&said, there.at[i])) {
            return false;
        }
    }
    return true;
}

static bool is_end(struct str s, size_t at) {
    char c = s.at[at];
    bool mark = c == '.' || c == ';' || c == '!' || c == '?' || c == '\n';
    return mark && (at + 1 == s.len || s.at[at + 1] == ' ' || s.at[at + 1] == '\n' || c == '\n');
}

/* The piece of a passage that says most of what the sentence says: the one whose denials must agree with it. */
static struct str nearest_piece(struct arena *a, struct str passage, const struct words *of) {
    struct str best = passage;
    size_t most = 0, from = 0;
    for (size_t at = 0; at < passage.len; at++) {
        if (!is_end(passage, at) && at + 1 < passage.len) {
            continue;
        }
        struct str piece = str_slice(passage, from, at + 1);
        struct words w = words_of(a, piece);
        size_t same = shared(of->pair, of->pairs, w.pair, w.pairs);
        if (same > most) {
            most = same;
            best = piece;
        }
        from = at + 1;
    }
    return best;
}

static bool is_unsafe(struct arena *a, struct str words) {
    static const struct str marks[] = {S_INIT("http"),       S_INIT("www."),  S_INIT("<"),  S_INIT(">"),
                                       S_INIT("]("),         S_INIT("`"),     S_INIT("{{"), S_INIT("://"),
                                       S_INIT("javascript"), S_INIT("mailto")};
    struct str lower = utf8_lower(a, words);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_find(lower, marks[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static size_t count_true(const bool *flags, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += flags[i];
    }
    return count;
}

static void mark_shared(bool *has, const uint64_t *of, size_t n, const uint64_t *with, size_t m) {
    for (size_t i = 0; i < n; i++) {
        has[i] |= is_among(with, m, of[i]);
    }
}

static enum assistant_verdict judge(struct arena *a, const struct assistant_sentence *s,
                                    struct assistant_passages passages) {
    if (is_unsafe(a, s->words)) {
        return ASSISTANT_UNSAFE;
    }
    if (s->sources == 0) {
        return ASSISTANT_NO_SOURCE;
    }
    struct words said = words_of(a, s->words);
    bool *has_pair = arena_take(a, bool, said.pairs + 1), *has_number = arena_take(a, bool, said.numbers + 1);
    size_t most = 0;
    struct str nearest = S("");
    for (size_t i = 0; i < s->sources; i++) {
        struct str passage = passages.at[s->source[i]];
        struct words there = words_of(a, passage);
        mark_shared(has_pair, said.pair, said.pairs, there.pair, there.pairs);
        mark_shared(has_number, said.number, said.numbers, there.number, there.numbers);
        size_t same = shared(said.pair, said.pairs, there.pair, there.pairs);
        if (same >= most) {
            most = same;
            nearest = nearest_piece(a, passage, &said);
        }
    }
    if (count_true(has_number, said.numbers) < said.numbers) {
        return ASSISTANT_OTHER_NUMBERS;
    }
    /* A sentence turned round shares fewer pairs too; what is wrong with it is said first. */
    if (!is_of_one_mind(a, s->words, nearest)) {
        return ASSISTANT_OTHER_POLARITY;
    }
    bool is_theirs = said.pairs && (double)count_true(has_pair, said.pairs) >= least_shared_pairs * (double)said.pairs;
    return is_theirs ? ASSISTANT_KEPT : ASSISTANT_OTHER_WORDS;
}

/* The numbers of "[2]" or "[1, 3]" at s[at]; returns where it ends, or at when it is no such mark. */
static size_t mark_numbers(struct str s, size_t at, size_t numbers[ASSISTANT_SOURCES_MOST], size_t *n) {
    size_t close = str_find(s, S("]"), at);
    *n = 0;
    if (close == SIZE_MAX || close - at > 24) {
        return at;
    }
    struct str rest = str_slice(s, at + 1, close), one;
    while (str_next(&rest, ',', &one)) {
        int64_t number;
        if (*n == ASSISTANT_SOURCES_MOST || !num_read_between(str_trim(one), 0, 999, &number)) {
            return at;
        }
        numbers[(*n)++] = (size_t)number;
    }
    return *n ? close + 1 : at;
}

/* A sentence that names a passage which was not given is named by nothing. */
static size_t marks_read(struct str s, size_t at, size_t n, struct assistant_sentence *to, bool *is_wrong) {
    size_t numbers[ASSISTANT_SOURCES_MOST], count;
    size_t end = mark_numbers(s, at, numbers, &count);
    for (size_t k = 0; end > at && k < count; k++) {
        if (numbers[k] == 0 || numbers[k] > n) {
            *is_wrong = true;
        } else if (to->sources < ASSISTANT_SOURCES_MOST) {
            to->source[to->sources++] = numbers[k] - 1;
        }
    }
    return end;
}

static void sentence_add(struct arena *a, struct assistant_passages passages, struct str raw,
                         struct assistant_sentences *out) {
    struct assistant_sentence s = {0};
    struct buf words = buf_in(a);
    bool is_wrong = false;
    for (size_t i = 0; i < raw.len;) {
        size_t after = raw.at[i] == '[' ? marks_read(raw, i, passages.n, &s, &is_wrong) : i;
        if (after > i) {
            i = after;
            words.len -= words.len && words.at[words.len - 1] == ' ';
        } else {
            buf_put_char(&words, raw.at[i++]);
        }
    }
    s.words = str_trim(buf_str(&words));
    while (s.words.len && (s.words.at[0] == '-' || s.words.at[0] == '*')) {
        s.words = str_trim(str_slice(s.words, 1, s.words.len));
    }
    if (s.words.len == 0) {
        return;
    }
    s.sources = is_wrong ? 0 : s.sources;
    s.verdict = judge(a, &s, passages);
    LIST_ADD(a, out, s);
}

/* A mark may stand after the full stop: it belongs to the sentence before it. */
static size_t end_with_marks(struct str s, size_t end) {
    for (size_t at = end; at < s.len; at++) {
        if (s.at[at] == '[') {
            size_t close = str_find(s, S("]"), at);
            if (close == SIZE_MAX || close - at > 20) {
                break;
            }
            at = close;
            end = close + 1;
        } else if (s.at[at] != ' ') {
            break;
        }
    }
    return end;
}

void assistant_verify(struct arena *a, struct str summary, struct assistant_passages passages,
                      struct assistant_sentences *out) {
    *out = (struct assistant_sentences){0};
    struct str text = utf8_clean(a, summary);
    size_t from = 0;
    for (size_t at = 0; at < text.len && out->n < SENTENCES_MOST; at++) {
        bool last = at + 1 == text.len;
        if (!last && !is_end(text, at)) {
            continue;
        }
        size_t end = text.at[at] == '\n' ? at + 1 : end_with_marks(text, at + 1);
        sentence_add(a, passages, str_slice(text, from, end), out);
        from = end;
        at = end - 1;
    }
}
