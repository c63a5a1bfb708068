/* An address as syllables, and how well some of them spell a name. */
#include "modules/place/inside.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "search/words/letter.h"

#include "base/banned.h"

static void letter_put(struct syllable *s, const struct search_letter *l) {
    if (s->len == SYLLABLE_MOST || l->plain >= 0x80) {
        return;
    }
    char c = (char)l->plain;
    /* kỳ and kì, vĩ and vỹ are the same; thay and thai, thuy and thui are not. */
    if (c == 'y' && (!s->len || (s->plain[s->len - 1] != 'a' && s->plain[s->len - 1] != 'u'))) {
        c = 'i';
    }
    s->plain[s->len] = c;
    s->shape[s->len++] = l->shape;
    s->tone = l->tone ? l->tone : s->tone;
    s->is_marked = s->is_marked || l->shape || l->tone;
}

static void mark_put(struct syllable *s, const struct search_letter *l) {
    if (s->len) {
        s->shape[s->len - 1] = l->shape ? l->shape : s->shape[s->len - 1];
        s->tone = l->tone ? l->tone : s->tone;
        s->is_marked = true;
    }
}

/* The word at text[*at]: letters alone or digits with what is written onto them. */
static bool token_read(struct str text, size_t *at, struct token *t) {
    bool is_begun = false;
    t->from = *at;
    while (*at < text.len) {
        size_t next = *at;
        struct search_letter l = search_letter_next(text, &next);
        if (l.kind == SEARCH_OTHER) {
            break;
        }
        if (l.kind == SEARCH_LETTER || l.kind == SEARCH_DIGIT) {
            t->is_capital = t->is_capital || (!is_begun && l.is_upper);
            t->is_number = t->is_number || l.kind == SEARCH_DIGIT;
            is_begun = true;
            letter_put(&t->s, &l);
        } else if (l.kind == SEARCH_MARK) {
            mark_put(&t->s, &l);
        }
        *at = next;
    }
    t->to = *at;
    return is_begun;
}

/* A full stop ends a sentence after a whole word, and an abbreviation otherwise. */
static enum gap gap_of(uint32_t c, const struct tokens *t, bool is_spaced) {
    if (c == '.') {
        const struct token *last = t->n ? &t->at[t->n - 1] : NULL;
        return last && (last->s.len > 2 || last->is_number) && is_spaced ? GAP_HARD : GAP_DOT;
    }
    return c == ' ' || c == '\t' || c == 0xA0 || c == '\'' || c == '"' ? GAP_SPACE : GAP_HARD;
}

static bool is_spaced_dash(struct str text, size_t from, size_t to) {
    return (from == 0 || text.at[from - 1] == ' ') && (to == text.len || text.at[to] == ' ');
}

static enum gap gap_read(struct str text, size_t *at, const struct tokens *t) {
    size_t from = *at;
    uint32_t c = utf8_next(text, at);
    if ((c == '-' || c == 0x2013) && !is_spaced_dash(text, from, *at)) {
        return GAP_SPACE;
    }
    return gap_of(c, t, *at == text.len || text.at[*at] == ' ' || text.at[*at] == '\n');
}

void place_tokens(struct tokens *t, struct str text) {
    enum gap gap = GAP_HARD;
    *t = (struct tokens){0};
    for (size_t at = 0; at < text.len && t->n < TOKENS_MOST;) {
        struct token one = {.gap = gap};
        if (token_read(text, &at, &one)) {
            t->is_marked = t->is_marked || one.s.is_marked;
            t->at[t->n++] = one;
            gap = GAP_SPACE;
        } else if (at < text.len) {
            enum gap here = gap_read(text, &at, t);
            gap = here > gap ? here : gap;
        }
    }
}

struct name place_name(struct arena *a, struct str text) {
    struct syllable few[NAME_MOST], *at;
    size_t n = 0, next = 0;
    while (next < text.len && n < NAME_MOST) {
        struct token t = {0};
        if (token_read(text, &next, &t)) {
            few[n++] = t.s;
        } else if (next < text.len) {
            utf8_next(text, &next);
        }
    }
    at = arena_take(a, struct syllable, n ? n : 1);
    memcpy(at, few, n * sizeof *at);
    return (struct name){at, n};
}

static bool is_plain_same(const struct syllable *a, const struct syllable *b) {
    return a->len == b->len && memcmp(a->plain, b->plain, a->len) == 0;
}

/* Of the same letters: whether the marks are the same, only missing, or others. */
static enum fit marks_fit(const struct syllable *typed, const struct syllable *name) {
    bool is_same = typed->tone == name->tone && memcmp(typed->shape, name->shape, typed->len) == 0;
    if (is_same) {
        return FIT_EXACT;
    }
    if (typed->tone && typed->tone != name->tone) {
        return FIT_MARKS;
    }
    for (size_t i = 0; i < typed->len; i++) {
        if (typed->shape[i] && typed->shape[i] != name->shape[i]) {
            return FIT_MARKS;
        }
    }
    return FIT_BARE;
}

enum fit place_fit(const struct token *t, const struct name *name, bool is_marked) {
    enum fit worst = is_marked ? FIT_EXACT : FIT_BARE;
    for (size_t i = 0; i < name->n; i++) {
        if (!is_plain_same(&t[i].s, &name->at[i])) {
            return FIT_NONE;
        }
        enum fit one = marks_fit(&t[i].s, &name->at[i]);
        worst = one > worst ? one : worst;
    }
    return worst;
}

/* --- One slip of the pen. --- */
static bool is_pair(char a, char b) {
    static const char *const pairs[] = {"ln", "nl", "sx", "xs", "dr", "rd", "ck", "kc"};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == a && pairs[i][1] == b) {
            return true;
        }
    }
    return false;
}

static bool is_one_slip_longer(const struct syllable *lng, const struct syllable *shrt) {
    size_t i = 0;
    while (i < shrt->len && lng->plain[i] == shrt->plain[i]) {
        i++;
    }
    return memcmp(lng->plain + i + 1, shrt->plain + i, shrt->len - i) == 0;
}

/* A letter lost, doubled or put in, two changed over, or one of those that sound alike here. */
static bool is_slip(const struct syllable *a, const struct syllable *b) {
    if (a->len + 1 == b->len || b->len + 1 == a->len) {
        return a->len + b->len >= 5 && (a->len > b->len ? is_one_slip_longer(a, b) : is_one_slip_longer(b, a));
    }
    size_t i = 0, n = a->len;
    while (i < n && a->plain[i] == b->plain[i]) {
        i++;
    }
    if (n != b->len || i == n) {
        return false;
    }
    bool is_turned = i + 1 < n && a->plain[i] == b->plain[i + 1] && a->plain[i + 1] == b->plain[i] &&
                     memcmp(a->plain + i + 2, b->plain + i + 2, n - i - 2) == 0;
    return is_turned ||
           (is_pair(a->plain[i], b->plain[i]) && memcmp(a->plain + i + 1, b->plain + i + 1, n - i - 1) == 0);
}

/* chí for trí, and the like: two letters that sound as two others. */
static bool is_sound(const struct syllable *a, const struct syllable *b) {
    bool is_ch = a->len == b->len && a->len > 2 && memcmp(a->plain + 2, b->plain + 2, a->len - 2U) == 0;
    return is_ch && ((memcmp(a->plain, "ch", 2) == 0 && memcmp(b->plain, "tr", 2) == 0) ||
                     (memcmp(a->plain, "tr", 2) == 0 && memcmp(b->plain, "ch", 2) == 0));
}

static bool is_misspelt(const struct token *t, const struct name *name) {
    size_t slips = 0, letters = 0;
    for (size_t i = 0; i < name->n; i++) {
        letters += name->at[i].len;
        if (!is_plain_same(&t[i].s, &name->at[i])) {
            if (!is_slip(&t[i].s, &name->at[i]) && !is_sound(&t[i].s, &name->at[i])) {
                return false;
            }
            slips++;
        }
    }
    return slips == 1 && letters >= 5;
}

/* The letters of one word, when it is the whole name written together. */
static bool is_joined(const struct syllable *s, const struct name *name) {
    size_t at = 0;
    for (size_t i = 0; i < name->n; i++) {
        const struct syllable *x = &name->at[i];
        if (at + x->len > s->len || memcmp(s->plain + at, x->plain, x->len) != 0) {
            return false;
        }
        at += x->len;
    }
    return at == s->len && name->n > 1;
}

/* How many syllables of the name the short word stands for: the first letters of one, or an initial of each. */
static size_t initials_of(const struct syllable *s, const struct syllable *name, size_t n) {
    if (s->len > 3 || !n) {
        return 0;
    }
    if (s->len < name->len && memcmp(s->plain, name->plain, s->len) == 0) {
        return 1;
    }
    for (size_t i = 0; i < s->len; i++) {
        if (i >= n || name[i].plain[0] != s->plain[i]) {
            return 0;
        }
    }
    return s->len;
}

/* N.B. Khiêm, NB Khiêm, Ng. Bỉnh Khiêm, V.Bảo: the last syllable is whole. */
static size_t abbreviated(const struct token *t, size_t n, const struct name *name) {
    size_t done = 0, i = 0;
    bool is_short = false;
    for (; i < n && done < name->n; i++) {
        size_t some = 0;
        if (is_plain_same(&t[i].s, &name->at[done]) && marks_fit(&t[i].s, &name->at[done]) != FIT_MARKS) {
            some = 1;
        } else if (done + 1 < name->n) {
            some = initials_of(&t[i].s, &name->at[done], name->n - 1 - done);
            is_short = true;
        }
        if (!some) {
            return 0;
        }
        done += some;
    }
    return is_short && done == name->n ? i : 0;
}

size_t place_fit_loose(const struct token *t, size_t n, const struct name *name) {
    if (n >= name->n && is_misspelt(t, name)) {
        return name->n;
    }
    return is_joined(&t->s, name) ? 1 : abbreviated(t, n, name);
}
