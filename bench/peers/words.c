/* Texts and questions as words and pairs in one canonical form, and what each form asks of a question. */
#include "base/buf.h"
#include "bench/peers/corpus.h"
#include "search/words/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SLOTS = 1 << 16 };

/* Bytes for shapes and tones become letters that no Vietnamese text holds. */
static size_t spell(const struct search_scan *s, bool is_folded, char *out) {
    static const char *const shapes[] = {"", "б", "г", "д", "ж", "з"}, *const tones[] = {"", "и", "к", "л", "м", "н"};
    size_t n = 0;
    if (is_folded) {
        memcpy(out, s->plain, s->plain_len);
        return s->plain_len;
    }
    for (size_t i = 0; i < s->word_len; i++) {
        unsigned char c = (unsigned char)s->word[i];
        const char *mark = c >= 1 && c <= 5 ? shapes[c] : c >= 0x11 && c <= 0x15 ? tones[c - 0x10] : NULL;
        if (mark) {
            memcpy(out + n, mark, 2);
            n += 2;
        } else {
            out[n++] = (char)c;
        }
    }
    return n;
}

struct peers_cut peers_cut_of(struct arena *a, struct peers_text text, bool is_folded) {
    struct buf words = buf_in(a), pairs = buf_in(a);
    struct search_scan scan;
    struct search_token t;
    char both[SEARCH_WORD_MOST * 4];
    size_t before = 0;
    search_scan_begin(&scan, (struct str){text.at, text.len});
    while (search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        before = t.is_begin ? 0 : before;
        size_t n = spell(&scan, is_folded, both + before);
        buf_put(&words, (struct str){both + before, n});
        buf_put(&words, S(" "));
        if (before) {
            buf_put(&pairs, (struct str){both, before + n});
            buf_put(&pairs, S(" "));
        }
        memmove(both, both + before, n);
        before = n;
    }
    struct str w = str_trim(buf_str(&words)), p = str_trim(buf_str(&pairs));
    return (struct peers_cut){{w.at, w.len}, {p.at, p.len}};
}

struct peers_passage peers_passage_of(struct arena *a, const struct peers_doc *d, const struct peers_cut *title,
                                      uint32_t i, bool is_folded) {
    struct peers_cut text = peers_cut_of(a, d->passages[i], is_folded);
    return (struct peers_passage){.id = d->first + i,
                                  .right = d->right,
                                  .title = title->words,
                                  .title_pairs = title->pairs,
                                  .text = text.words,
                                  .pairs = text.pairs};
}

/* All terms that any question asks, with the passage that held them last. */
struct counting {
    struct {
        struct str text;
        uint32_t count, last;
    } slot[SLOTS];
};

static size_t slot_of(const struct counting *c, struct str word) {
    size_t at = str_hash(word) % SLOTS;
    while (c->slot[at].text.at && !str_eq(c->slot[at].text, word)) {
        at = (at + 1) % SLOTS;
    }
    return at;
}

static void count_words(struct counting *c, struct peers_text text, uint32_t passage) {
    struct str rest = {text.at, text.len}, word;
    while (str_next(&rest, ' ', &word)) {
        size_t at = slot_of(c, word);
        if (c->slot[at].text.at && c->slot[at].last != passage) {
            c->slot[at].last = passage;
            c->slot[at].count++;
        }
    }
}

static void count_all(struct counting *c, struct peers_corpus *corpus, bool is_folded) {
    struct arena *a = arena_new();
    struct peers_doc d = {0};
    while (peers_corpus_next(corpus, a, &d)) {
        struct peers_cut title = peers_cut_of(a, d.title, is_folded);
        for (uint32_t i = 0; i < d.n; i++) {
            struct peers_passage p = peers_passage_of(a, &d, &title, i, is_folded);
            count_words(c, p.title, p.id);
            count_words(c, p.title_pairs, p.id);
            count_words(c, p.text, p.id);
            count_words(c, p.pairs, p.id);
        }
        arena_reset(a);
    }
    arena_free(a);
}

static void add_terms(struct peers_question *q, struct peers_text text, bool is_pair) {
    struct str rest = {text.at, text.len}, word;
    while (str_next(&rest, ' ', &word)) {
        bool is_known = false;
        for (size_t i = 0; i < q->n && !is_known; i++) {
            is_known = q->terms[i].text.len == word.len && memcmp(q->terms[i].text.at, word.at, word.len) == 0;
        }
        if (!is_known && q->n < PEERS_ASKED_MOST) {
            q->terms[q->n++] = (struct peers_term){.text = {word.at, word.len}, .is_pair = is_pair};
        }
    }
}

/* Commonest last; what stands nowhere is dropped. */
static void set_counts(struct peers_question *q, const struct counting *c, double passages) {
    size_t n = 0;
    for (size_t i = 0; i < q->n; i++) {
        struct peers_term t = q->terms[i];
        t.count = c->slot[slot_of(c, (struct str){t.text.at, t.text.len})].count;
        size_t at = n;
        for (; t.count && at > 0 && q->terms[at - 1].count > t.count; at--) {
            q->terms[at] = q->terms[at - 1];
        }
        t.weight = log(1 + (passages - t.count + 0.5) / (t.count + 0.5)) * (t.is_pair ? 0.7 : 1);
        if (t.count) {
            q->terms[at] = t;
            n++;
        }
    }
    q->n = n;
}

static void find_gold(struct arena *a, struct peers_questions *all, json_t *const *golds, struct peers_corpus *c) {
    struct peers_doc d = {0};
    struct counting *at_key = calloc(1, sizeof *at_key);
    struct arena *own = arena_new();
    size_t n = 0;
    while (at_key && peers_corpus_next(c, own, &d)) {
        size_t at = d.key.len ? slot_of(at_key, (struct str){d.key.at, d.key.len}) : SLOTS;
        if (at < SLOTS) {
            at_key->slot[at].text = (struct str){d.key.at, d.key.len};
            at_key->slot[at].count = d.id;
        }
        arena_reset(own);
    }
    for (size_t i = 0; at_key && i < all->n; i++) {
        for (size_t g = 0; g < json_array_size(golds[i]); g++) {
            const char *id = json_string_value(json_array_get(golds[i], g));
            uint32_t doc = at_key->slot[slot_of(at_key, str_of(id))].count;
            if (doc) {
                LIST_ADD(a, &all->at[i].gold, doc);
            }
        }
        if (all->at[i].gold.n) {
            all->at[n++] = all->at[i];
        }
    }
    all->n = n;
    arena_free(own);
    free(at_key);
}

/* Every 617th question in turn: neighbours in the file are far apart. */
static void spread(struct arena *a, struct peers_questions *all, size_t most) {
    struct peers_question *to = arena_take(a, struct peers_question, all->n + 1);
    for (size_t i = 0; i < all->n; i++) {
        to[i] = all->at[all->n % 617 ? i * 617 % all->n : i];
    }
    all->at = to;
    all->n = all->n < most ? all->n : most;
}

static size_t read_file(struct arena *a, const char *data, struct peers_questions *all, json_t **golds) {
    char path[4096];
    snprintf(path, sizeof path, "%s/questions/zalo2021_dev.jsonl", data);
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    for (ssize_t len; f && all->n < PEERS_QUESTIONS && (len = getline(&line, &cap, f)) > 0;) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        const char *text = json_string_value(json_object_get(o, "question"));
        if (text) {
            struct str copy = str_copy(a, str_of(text));
            golds[all->n] = json_incref(json_object_get(o, "gold"));
            all->at[all->n++].text = (struct peers_text){copy.at, copy.len};
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    return all->n;
}

struct peers_questions peers_questions_read(struct arena *a, const char *data, struct peers_corpus *c, size_t most,
                                            bool is_folded) {
    struct peers_questions all = {.at = arena_take(a, struct peers_question, PEERS_QUESTIONS)};
    json_t **golds = arena_take(a, json_t *, PEERS_QUESTIONS);
    struct counting *counts = calloc(1, sizeof *counts);
    size_t n = read_file(a, data, &all, golds);
    find_gold(a, &all, golds, c);
    for (size_t i = 0; i < n; i++) {
        json_decref(golds[i]);
    }
    spread(a, &all, most);
    for (size_t i = 0; counts && i < all.n; i++) {
        struct peers_cut cut = peers_cut_of(a, all.at[i].text, is_folded);
        add_terms(&all.at[i], cut.words, false);
        add_terms(&all.at[i], cut.pairs, true);
        for (size_t t = 0; t < all.at[i].n; t++) {
            struct str word = {all.at[i].terms[t].text.at, all.at[i].terms[t].text.len};
            counts->slot[slot_of(counts, word)].text = word;
        }
    }
    if (counts) {
        count_all(counts, c, is_folded);
    }
    for (size_t i = 0; counts && i < all.n; i++) {
        set_counts(&all.at[i], counts, c->passages);
    }
    free(counts);
    return all;
}

/* Whether a term is among those a form asks for; each kind is counted as it is taken. */
static bool is_taken(const struct peers_form *form, bool is_first, bool is_pair, size_t *words, size_t *pairs) {
    if (is_first) {
        return !is_pair && (*words)++ < (size_t)form->all_first;
    }
    if (form->both) {
        return (*words)++ < (size_t)form->both;
    }
    int most = is_pair ? form->pairs : form->words;
    size_t *n = is_pair ? pairs : words;
    return most < 0 || (*n)++ < (size_t)most;
}

void peers_form_fill(const struct peers_form *form, const struct peers_question *q, bool is_first,
                     struct peers_asked *out) {
    size_t words = 0, pairs = 0;
    out->n = 0;
    out->is_all = is_first;
    out->question = q->text;
    for (size_t i = 0; i < q->n; i++) {
        if (is_taken(form, is_first, q->terms[i].is_pair, &words, &pairs)) {
            out->terms[out->n++] = q->terms[i];
        }
    }
}
