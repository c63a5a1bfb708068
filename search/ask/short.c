/* Abbreviations in a question: opened into their words, and noted for the runs of words that have one. */
#include "search/words/define.h"
#include "base/facts.h"
#include "search/ask/plan.h"

#include <string.h>

#include "base/banned.h"

FACTS(search_facts_abbreviations, "search/ask/abbreviations.tsv");

enum { READ_MOST = 12 /* passages that say what one stands for */, CHOICES = 4, LETTERS_LEAST = 2 };

/* What an abbreviation may stand for. */
struct choice {
    struct str words;
    uint64_t key;   /* of the words */
    uint64_t count; /* texts that say so; 0: the table does */
};
struct choices {
    struct choice at[CHOICES];
    size_t n;
};

static size_t tokens_of(struct str text, struct search_token out[static SEARCH_SHORT_MOST]) {
    struct search_scan scan;
    size_t n = 0;
    search_scan_begin(&scan, text);
    while (n < SEARCH_SHORT_MOST && search_scan_next(&scan, &out[n])) {
        n += !out[n].is_whole;
    }
    return n;
}

static uint64_t key_of_words(struct str words) {
    struct search_token t[SEARCH_SHORT_MOST];
    uint64_t folded[SEARCH_SHORT_MOST];
    size_t n = tokens_of(words, t);
    for (size_t i = 0; i < n; i++) {
        folded[i] = t[i].folded;
    }
    return search_words_key(folded, n);
}

static bool is_vowel(char c) { return c && strchr("aeiouy", c); }

/* Whether letters can be said as a syllable; written small, they are then taken for one: "ban", "tu", but not "ubnd".
 */
static bool is_syllable(struct str plain) {
    static const char *const heads[] = {"",   "b", "c",   "ch", "d",  "g", "gh", "h", "k", "kh", "l",  "m", "n",
                                        "ng", "p", "ngh", "nh", "ph", "q", "r",  "s", "t", "th", "tr", "v", "x"};
    static const char *const tails[] = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    size_t head = 0, tail = plain.len;
    while (head < plain.len && !is_vowel(plain.at[head])) {
        head++;
    }
    while (tail > head && !is_vowel(plain.at[tail - 1])) {
        tail--;
    }
    bool is_head = false, is_tail = false, is_vowels = tail > head && tail - head <= 3;
    for (size_t i = head; i < tail; i++) {
        is_vowels &= is_vowel(plain.at[i]);
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        is_head |= str_eq(str_slice(plain, 0, head), str_of(heads[i]));
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        is_tail |= str_eq(str_slice(plain, tail, plain.len), str_of(tails[i]));
    }
    return is_vowels && is_head && is_tail;
}

static bool is_capitals(struct str typed) {
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] >= 'a' && typed.at[i] <= 'z') {
            return false;
        }
    }
    return true;
}

/* Whether an asked word can be an abbreviation; its plain letters go to plain. */
static bool may_be_short(const struct search_plan *p, size_t i, char plain[static SEARCH_WORD_MOST], size_t *len) {
    const struct search_asked *w = &p->asked[i];
    bool is_joined = w->is_joined || (i + 1 < p->asked_n && p->asked[i + 1].is_joined);
    if (w->is_whole || w->is_prefix || w->is_number || is_joined) {
        return false;
    }
    for (size_t k = 0; k < w->word.len; k++) {
        char c = w->word.at[k];
        if (c != 4 && (c < 'a' || c > 'z')) {
            return false; /* a tone, a digit, or another shape than that of đ */
        }
    }
    *len = search_word_plain(w->word, plain);
    bool is_loud = is_capitals(str_slice(p->text, w->from, w->to)) && !is_capitals(p->text);
    return *len >= LETTERS_LEAST && *len <= SEARCH_SHORT_MOST && (is_loud || !is_syllable((struct str){plain, *len}));
}

static void choose_more(struct choices *c, struct str words, uint64_t count) {
    uint64_t key = key_of_words(words);
    for (size_t i = 0; i < c->n; i++) {
        if (c->at[i].key == key) {
            c->at[i].count += count;
            return;
        }
    }
    if (c->n < CHOICES) {
        c->at[c->n++] = (struct choice){words, key, count};
    }
}

static void from_table(uint64_t letters, struct choices *c) {
    struct str rest = FACTS_STR(search_facts_abbreviations), cell[3];
    while (facts_next(&rest, cell, 3)) {
        if (search_letters_key(cell[0]) == letters) {
            choose_more(c, cell[1], 0);
        }
    }
}

/* What one text says of the letters, or of the words. */
static void from_text(struct str text, uint64_t letters, uint64_t words, struct choices *c) {
    struct search_definition d;
    for (size_t from = 0; search_definition_next(text, &from, &d);) {
        if (letters && search_letters_key(d.letters) == letters) {
            choose_more(c, d.words, 1);
        } else if (words && key_of_words(d.words) == words) {
            choose_more(c, d.letters, 1);
        }
    }
}

/* What permitted passages posted under a key say. */
static void from_texts(struct search_plan *p, uint64_t key, uint64_t letters, uint64_t words, struct choices *c) {
    size_t read = 0;
    for (size_t k = 0; k < p->reader->n; k++) {
        const struct search_segment *s = &p->reader->shelves[k].segment;
        search_cursor_open(p->cursor, search_segment_term(s, key));
        for (uint32_t at; (at = search_cursor_passage(p->cursor)) < s->header->passages && read < READ_MOST;
             search_cursor_step(p->cursor)) {
            struct search_doc doc;
            uint32_t owner = s->owners[at];
            if (!search_bit(p->allowed[k].passages, at) || !search_segment_doc(s, p->arena, owner, &doc) ||
                at - s->docs[owner].first >= doc.passages.n) {
                continue;
            }
            read++;
            from_text(doc.passages.at[at - s->docs[owner].first].text, letters, words, c);
        }
    }
}

/* How often permitted texts hold a meaning beside the words it is asked beside. */
static uint64_t fit_of(struct search_plan *p, size_t i, const struct choice *c) {
    struct search_token t[SEARCH_SHORT_MOST];
    size_t n = tokens_of(c->words, t);
    const struct search_asked *before = search_plan_before(p, i);
    bool has_after = i + 1 < p->asked_n && search_plan_before(p, i + 1) == &p->asked[i];
    uint64_t fit = 0;
    if (n > 0 && before) {
        fit += search_plan_readable(p, search_pair_key(SEARCH_EXACT_PAIR, before->exact, t[0].exact));
    }
    if (n > 0 && has_after) {
        fit += search_plan_readable(p, search_pair_key(SEARCH_EXACT_PAIR, t[n - 1].exact, p->asked[i + 1].exact));
    }
    return fit;
}

static const struct choice *best_of(struct search_plan *p, size_t i, const struct choices *c) {
    const struct choice *best = NULL;
    uint64_t best_fit = 0;
    for (size_t k = 0; k < c->n; k++) {
        uint64_t fit = c->n > 1 ? fit_of(p, i, &c->at[k]) : 0;
        if (!best || fit > best_fit || (fit == best_fit && c->at[k].count > best->count)) {
            best = &c->at[k];
            best_fit = fit;
        }
    }
    return best;
}

static void note(struct search_plan *p, uint64_t key, size_t from, size_t n) {
    for (size_t i = 0; i < p->shorts_n; i++) {
        if (p->shorts[i].key == key) {
            return;
        }
    }
    if (p->shorts_n < SEARCH_SHORTS) {
        p->shorts[p->shorts_n++] = (struct search_short){key, from, n};
    }
}

/* Puts the words in the place of asked[i]; returns how many, or 0 when there is no room. */
static size_t open_word(struct search_plan *p, size_t i, struct str words) {
    struct search_asked typed = p->asked[i];
    struct search_token t[SEARCH_SHORT_MOST];
    size_t n = tokens_of(words, t);
    if (n == 0 || p->asked_n + n - 1 > SEARCH_ASKED_WORDS) {
        return 0;
    }
    memmove(&p->asked[i + n], &p->asked[i + 1], (p->asked_n - i - 1) * sizeof *p->asked);
    struct search_scan scan;
    struct search_token again;
    search_scan_begin(&scan, words);
    for (size_t k = 0; k < n;) {
        search_scan_next(&scan, &again);
        if (!again.is_whole) {
            struct search_asked *w = &p->asked[i + k];
            *w =
                (struct search_asked){.exact = again.exact, .folded = again.folded, .from = typed.from, .to = typed.to};
            w->word = str_copy(p->arena, (struct str){scan.word, scan.word_len});
            w->is_begin = k == 0 && typed.is_begin;
            w->is_opened = true;
            k++;
        }
    }
    p->asked_n += n - 1;
    note(p, typed.exact, i, n);
    return n;
}

/* Both HĐND and HDND are looked for in texts. */
static void note_letters(struct search_plan *p, struct str letters, size_t from, size_t n) {
    struct search_scan scan;
    struct search_token t;
    search_scan_begin(&scan, letters);
    if (search_scan_next(&scan, &t)) {
        note(p, t.exact, from, n);
        note(p, search_key(SEARCH_EXACT, (struct str){scan.plain, scan.plain_len}), from, n);
    }
}

static void open_all(struct search_plan *p) {
    char plain[SEARCH_WORD_MOST];
    size_t len;
    for (size_t i = 0; i < p->asked_n; i++) {
        struct choices c = {0};
        if (!may_be_short(p, i, plain, &len)) {
            continue;
        }
        uint64_t letters = search_letters_key((struct str){plain, len});
        from_table(letters, &c);
        if (c.n == 0) {
            from_texts(p, letters, letters, 0, &c);
        }
        const struct choice *best = best_of(p, i, &c);
        size_t n = best ? open_word(p, i, best->words) : 0;
        i += n ? n - 1 : 0;
    }
}

static bool is_run(const struct search_plan *p, size_t i, const struct search_token *t, size_t n) {
    for (size_t k = 0; k < n; k++) {
        const struct search_asked *w = &p->asked[i + k];
        if (w->is_whole || w->is_prefix || (k > 0 && w->is_begin) ||
            (w->is_bare ? w->folded != t[k].folded : w->exact != t[k].exact)) {
            return false;
        }
    }
    return true;
}

/* Words asked in full that the table knows an abbreviation of. */
static void note_table(struct search_plan *p) {
    struct str rest = FACTS_STR(search_facts_abbreviations), cell[3];
    while (facts_next(&rest, cell, 3)) {
        struct search_token t[SEARCH_SHORT_MOST];
        size_t n = tokens_of(cell[1], t);
        for (size_t i = 0; n > 0 && i + n <= p->asked_n; i++) {
            if (is_run(p, i, t, n)) {
                note_letters(p, cell[0], i, n);
            }
        }
    }
}

/* Words asked in full that some permitted text abbreviates. */
static void note_texts(struct search_plan *p) {
    uint64_t folded[SEARCH_ASKED_WORDS];
    for (size_t i = 0; i < p->asked_n; i++) {
        size_t n = 0;
        while (i + n < p->asked_n && n < SEARCH_SHORT_MOST && !p->asked[i + n].is_whole && !p->asked[i + n].is_prefix) {
            folded[n] = p->asked[i + n].folded;
            n++;
            uint64_t key = n > 1 ? search_words_key(folded, n) : 0;
            struct choices c = {0};
            if (key && search_plan_count(p->reader, key) > 0) {
                from_texts(p, key, 0, key, &c);
            }
            for (size_t k = 0; k < c.n; k++) {
                note_letters(p, c.at[k].words, i, n);
            }
        }
    }
}

void search_plan_short(struct search_plan *p) {
    if (p->query->is_plain || p->query->is_literal) {
        return;
    }
    open_all(p);
    note_table(p);
    note_texts(p);
}
