/* Whether two letters are of one writer and one matter, however often reworded, with or without marks. */
#include "modules/petition/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

enum {
    SURE_SCORE = 35,
    OTHER_SCORE = 30,
    TERMS_LEAST = 5,
    NUMBER_LEAST = 3,
    HOME_PERCENT = 40,
    NUMBER_POINTS = 12,
    NUMBERS_MOST_POINTS = 36
};

static int key_cmp(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

static bool is_common(const struct state *s, size_t i) {
    for (size_t k = 0; k < s->t->cues.n; k++) {
        const struct cue *c = &s->t->cues.at[k];
        for (size_t j = 0; c->kind == CUE_COMMON && j < c->slot[0].n; j++) {
            if (c->slot[0].key[j].plain == s->w.at[i].key.plain) {
                return true;
            }
        }
    }
    return false;
}

static size_t unique(uint64_t *at, size_t n) {
    size_t to = 0;
    list_sort(at, n, sizeof *at, key_cmp);
    for (size_t i = 0; i < n; i++) {
        if (!to || at[to - 1] != at[i]) {
            at[to++] = at[i];
        }
    }
    return to;
}

/* Years tell nothing. */
static bool is_telling(const struct state *s, size_t i) {
    struct str text = petition_slice(s, i, 1);
    bool is_year = text.len == 4 && (str_starts(text, S("19")) || str_starts(text, S("20")));
    return s->w.at[i].is_number && text.len >= NUMBER_LEAST && !is_year;
}

/* The number of a decision or notice. */
static bool is_paper_number(const struct state *s, size_t i) {
    size_t before = i && petition_is_word(s, i - 1, "số") ? i - 1 : i;
    return s->w.at[i].is_number && before && s->w.at[i].gap == GAP_SPACE &&
           (petition_is_word(s, before - 1, "quyếtđịnh") || petition_is_word(s, before - 1, "báo"));
}

static uint64_t name_key(const struct state *s, size_t at, size_t n) {
    uint64_t key = 0;
    for (size_t i = 0; i < n; i++) {
        key = key * 31 + s->w.at[at + i].key.plain;
    }
    return key;
}

static uint64_t digits_key(struct str text) {
    uint64_t key = 0;
    for (size_t i = 0; i < text.len; i++) {
        key = text.at[i] >= '0' && text.at[i] <= '9' ? key * 11 + (uint64_t)(text.at[i] - '0' + 1) : key;
    }
    return key;
}

static void home_read(struct state *s) {
    struct petition_reading *r = s->out;
    for (size_t i = s->name_at + s->name_n; s->has_address && i < s->author_end; i++) {
        size_t from = (size_t)(r->author.address.at - r->text.at);
        if (s->w.at[i].from >= from && !is_common(s, i)) {
            LIST_ADD(s->arena, &r->home, s->w.at[i].key.plain);
        }
    }
    r->home.n = unique(r->home.at, r->home.n);
}

static void word_take(struct state *s, size_t i, uint64_t *last) {
    struct petition_reading *r = s->out;
    uint64_t key = s->w.at[i].key.plain;
    if (is_paper_number(s, i)) {
        LIST_ADD(s->arena, &r->papers, key);
    }
    if (is_telling(s, i)) {
        LIST_ADD(s->arena, &r->numbers, key);
    }
    if (!is_common(s, i) && !s->w.at[i].is_number) {
        LIST_ADD(s->arena, &r->terms, key);
        if (*last) {
            LIST_ADD(s->arena, &r->pairs, *last * 31 + key);
        }
        *last = key;
    }
}

void petition_matter_read(struct state *s) {
    struct petition_reading *r = s->out;
    uint64_t last = 0;
    for (size_t i = 0; i < s->w.n; i++) {
        size_t n = s->w.at[i].zone == ZONE_BODY ? petition_person_at(s, i) : 0;
        if (s->w.at[i].zone == ZONE_BODY) {
            word_take(s, i, &last);
        }
        if (n) {
            LIST_ADD(s->arena, &r->people, name_key(s, i + 1, n));
        }
    }
    r->pairs.n = unique(r->pairs.at, r->pairs.n);
    r->terms.n = unique(r->terms.at, r->terms.n);
    r->numbers.n = unique(r->numbers.at, r->numbers.n);
    r->people.n = unique(r->people.at, r->people.n);
    r->papers.n = unique(r->papers.at, r->papers.n);
    r->name_key = name_key(s, s->name_at, s->name_n);
    r->phone_key = digits_key(r->author.phone);
    home_read(s);
}

static size_t both(const uint64_t *a, size_t n, const uint64_t *b, size_t m) {
    size_t i = 0, k = 0, found = 0;
    while (i < n && k < m) {
        found += a[i] == b[k];
        bool is_less = a[i]<b[k], is_more = a[i]> b[k];
        i += !is_more;
        k += !is_less;
    }
    return found;
}

/* Percent of the smaller that the other has too. */
static int shared(const uint64_t *a, size_t n, const uint64_t *b, size_t m) {
    size_t least = n < m ? n : m;
    return least ? (int)(both(a, n, b, m) * 100 / least) : 0;
}

/* Of one name, and nothing speaks against their being one: another telephone alone does not, another home does. */
static bool is_same_writer(const struct petition_reading *a, const struct petition_reading *b) {
    if (!a->name_key || a->name_key != b->name_key) {
        return false;
    }
    if (a->phone_key && a->phone_key == b->phone_key) {
        return true;
    }
    return !a->home.n || !b->home.n || shared(a->home.at, a->home.n, b->home.at, b->home.n) >= HOME_PERCENT;
}

static bool is_apart(const uint64_t *a, size_t n, const uint64_t *b, size_t m) { return n && m && !both(a, n, b, m); }

int petition_same(const struct petition_reading *a, const struct petition_reading *b) {
    if (!is_same_writer(a, b)) {
        return 0;
    }
    int terms = shared(a->terms.at, a->terms.n, b->terms.at, b->terms.n);
    int pairs = shared(a->pairs.at, a->pairs.n, b->pairs.at, b->pairs.n);
    int numbers = (int)both(a->numbers.at, a->numbers.n, b->numbers.at, b->numbers.n) * NUMBER_POINTS;
    int score = terms + pairs + (numbers < NUMBERS_MOST_POINTS ? numbers : NUMBERS_MOST_POINTS);
    bool is_other = is_apart(a->papers.at, a->papers.n, b->papers.at, b->papers.n) ||
                    is_apart(a->people.at, a->people.n, b->people.at, b->people.n) ||
                    both(a->terms.at, a->terms.n, b->terms.at, b->terms.n) < TERMS_LEAST;
    int most = is_other ? OTHER_SCORE : 100;
    return score < most ? score : most;
}

bool petition_is_same(const struct petition_reading *a, const struct petition_reading *b) {
    return petition_same(a, b) >= SURE_SCORE;
}
