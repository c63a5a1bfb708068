/* A memo as words, and the phrases of the tables in it. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { LONG_NUMBER = 5, TAIL_WORDS = 6 };

static bool is_break(uint32_t c) {
    return c == '.' || c == ',' || c == ';' || c == '-' || c == ':' || c == '/' || c == '|' || c == '_' || c == '(' ||
           c == ')' || c == 0x2013 || c == 0x2014;
}
static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '&' || c == '\'' ||
           (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

static void word_add(struct memo *m, size_t from, size_t to, bool is_broken) {
    struct memo_word *w = &m->words[m->n++];
    *w = (struct memo_word){.folded = str_slice(m->text, from, to), .from = from, .to = to, .is_broken = is_broken};
    size_t digits = 0;
    for (size_t i = 0; i < w->folded.len; i++) {
        digits += w->folded.at[i] >= '0' && w->folded.at[i] <= '9';
    }
    w->has_digits = digits > 0;
    w->is_number = digits && digits == w->folded.len;
}

static void words_cut(struct memo *m) {
    size_t from = SIZE_MAX;
    bool is_broken = true;
    m->n = 0;
    for (size_t at = 0; m->n < MEMO_WORDS && at <= m->text.len;) {
        size_t here = at;
        uint32_t c = at < m->text.len ? utf8_next(m->text, &at) : ' ';
        if (is_letter(c)) {
            from = from == SIZE_MAX ? here : from;
            continue;
        }
        if (from != SIZE_MAX) {
            word_add(m, from, here, is_broken);
            is_broken = false;
            from = SIZE_MAX;
        }
        is_broken |= is_break(c);
        at += here == m->text.len;
    }
}

/* The words of the text as written say which begin with a large letter; all else is read from the folded ones. */
static void words_read(struct arena *a, struct memo *m) {
    struct str written = m->text;
    bool is_large[MEMO_WORDS];
    words_cut(m);
    size_t n = m->n;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0, first = 0;
        struct str word = m->words[i].folded;
        utf8_next(word, &first);
        struct str letter = utf8_lower(a, str_slice(word, 0, first));
        is_large[i] = !str_eq(letter, str_slice(word, at, first));
    }
    m->text = utf8_fold(a, written);
    words_cut(m);
    for (size_t i = 0; i < n && n == m->n; i++) {
        m->words[i].is_large = is_large[i];
    }
}

static size_t fits(const struct memo *m, const struct phrase *phrase, size_t p, size_t i);

/* The same after a gap of a few words of one sentence. */
static size_t fits_later(const struct memo *m, const struct phrase *phrase, size_t p, size_t i) {
    for (size_t gap = 0; gap <= PHRASE_GAP && i + gap < m->n; gap++) {
        if (gap && m->words[i + gap - 1].is_broken) {
            return 0;
        }
        size_t to = fits(m, phrase, p, i + gap);
        if (to) {
            return to;
        }
    }
    return 0;
}

/* Where the phrase from its word p on ends when it is laid on the memo's word i; 0: it does not fit. */
static size_t fits(const struct memo *m, const struct phrase *phrase, size_t p, size_t i) {
    for (; p < phrase->n; p++, i++) {
        if (str_eq(phrase->words[p], S("*"))) {
            return fits_later(m, phrase, p + 1, i);
        }
        if (i == m->n || !str_eq(m->words[i].folded, phrase->words[p])) {
            return 0;
        }
    }
    return i;
}

static void found_add(struct memo *m, struct memo_found f) {
    size_t at = m->n_found;
    while (at > 0 && m->found[at - 1].from == f.from && m->found[at - 1].to < f.to) {
        at--;
    }
    memmove(&m->found[at + 1], &m->found[at], (m->n_found - at) * sizeof f);
    m->found[at] = f;
    m->n_found++;
}

static void phrases_find(const struct statement_words *w, struct memo *m) {
    for (size_t i = 0; i < m->n; i++) {
        const struct phrase *p = w->buckets[phrase_bucket(m->words[i].folded)];
        for (; p && m->n_found + 1 < MEMO_FOUND; p = p->next) {
            size_t to = fits(m, p, 0, i);
            if (to) {
                found_add(m, (struct memo_found){p, i, to});
            }
        }
    }
}

/* "Xóm chài Đông góp …" without marks: the large letter belongs to a name, and the verb begins after it. */
static bool is_large_verb(const struct memo *m, const struct memo_found *f) {
    enum phrase_class c = f->phrase->class;
    return (c == PHRASE_GIVE || c == PHRASE_TRANSFER) && f->from > m->start && f->to - f->from > 1 &&
           m->words[f->from].is_large && !m->words[f->from + 1].is_large && !m->words[f->from].is_broken &&
           memo_at(m, PHRASE_GIVE, f->from + 1);
}

/* "Võ Thị Sáu bão số 3", "Trương Thị Tết": what follows Thị is somebody's name. */
static bool is_given_name(const struct memo *m, const struct memo_found *f) {
    return f->from >= m->start + 2 && str_eq(m->words[f->from - 1].folded, S("thi")) &&
           memo_at(m, PHRASE_SURNAME, f->from - 2);
}

/* "Gia đình Phật tử An Lạc" is not some Buddhist who hides. */
static bool is_of_group(const struct memo *m, const struct memo_found *f) {
    bool is_generic = f->phrase->class == PHRASE_GENERIC || f->phrase->class == PHRASE_FAMILY;
    for (size_t i = 0; i < m->n_found && is_generic; i++) {
        const struct memo_found *g = &m->found[i];
        if (g->phrase->class == PHRASE_GROUP && g->from <= f->from && f->to <= g->to &&
            g->to - g->from > f->to - f->from) {
            return true;
        }
    }
    return false;
}

static void names_keep(struct memo *m) {
    bool is_dropped[MEMO_FOUND] = {false};
    size_t kept = 0;
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        is_dropped[i] = is_large_verb(m, f) || is_given_name(m, f) || is_of_group(m, f);
    }
    for (size_t i = 0; i < m->n_found; i++) {
        if (!is_dropped[i]) {
            m->found[kept++] = m->found[i];
        }
    }
    m->n_found = kept;
}

/* "đồng bào" is not about a storm, "lương thực" is no salary: what lies within a longer neutral phrase was not said. */
static void neutral_hide(struct memo *m) {
    size_t kept = 0;
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        bool is_hidden = false;
        for (size_t j = 0; j < m->n_found && f->phrase->class != PHRASE_NEUTRAL; j++) {
            const struct memo_found *n = &m->found[j];
            is_hidden |= n->phrase->class == PHRASE_NEUTRAL && f->from < n->to && n->from < f->to &&
                         n->to - n->from > f->to - f->from;
        }
        if (!is_hidden) {
            m->found[kept++] = *f;
        }
    }
    m->n_found = kept;
}

const struct memo_found *memo_first(const struct memo *m, enum phrase_class c, size_t from, size_t to) {
    for (size_t i = 0; i < m->n_found && m->found[i].from < to; i++) {
        if (m->found[i].phrase->class == c && m->found[i].from >= from) {
            return &m->found[i];
        }
    }
    return NULL;
}

const struct memo_found *memo_at(const struct memo *m, enum phrase_class c, size_t at) {
    return memo_first(m, c, at, at + 1);
}

/* A reference, a trace, an account: a word of many figures, with a few letters at most. */
static bool is_code(const struct memo_word *w) { return w->has_digits && w->folded.len >= LONG_NUMBER; }

static size_t start_of(const struct memo *m) {
    size_t at = 0;
    for (;;) {
        const struct memo_found *f = at < m->n ? memo_at(m, PHRASE_CHANNEL, at) : NULL;
        if (f) {
            at = f->to;
        } else if (at < m->n && is_code(&m->words[at])) {
            at++;
        } else {
            return at;
        }
    }
}

/* What the bank adds begins with words of its own and has a number of an account soon after. */
static size_t end_of(const struct memo *m) {
    for (size_t i = 0; i < m->n_found; i++) {
        const struct memo_found *f = &m->found[i];
        bool is_tail = false;
        for (size_t k = f->to; k < m->n && k < f->to + TAIL_WORDS; k++) {
            is_tail |= is_code(&m->words[k]);
        }
        if (f->phrase->class == PHRASE_TAIL && f->from > m->start && is_tail) {
            return f->from;
        }
    }
    size_t end = m->n;
    while (end > m->start && is_code(&m->words[end - 1])) {
        end--;
    }
    return end;
}

void memo_read(const struct statement_words *w, struct arena *a, struct str text, struct memo *m) {
    m->text = utf8_clean(a, str_slice(text, 0, STATEMENT_CELL));
    m->n_found = 0;
    words_read(a, m);
    phrases_find(w, m);
    neutral_hide(m);
    m->start = start_of(m);
    m->end = end_of(m);
    names_keep(m);
}
