#include "search/ask/answer.h"
#include "search/ask/rank.h"

#include <string.h>

#include "base/banned.h"

enum { SUGGESTIONS = 6, RUN_MOST = 6, EXACT_NUMBER = 1u << 30 };

/* Words asked for and present; words so common that marking them would mark everything are left unmarked. */
struct marking {
    const struct search_plan *plan;
    struct arena *arena;
    bool held[SEARCH_ASKED_WORDS];
    double least;
};

static struct marking marking_of(const struct search_plan *p) {
    struct marking m = {.plan = p, .arena = p->arena};
    double most = 0;
    for (size_t i = 0; i < p->asked_n; i++) {
        most = p->asked[i].idf > most ? p->asked[i].idf : most;
    }
    m.least = most * 0.2;
    return m;
}

/* Neighbouring words asked for are marked as one. */
static void mark(struct marking *m, struct str text, struct search_ranges *out) {
    struct search_scan scan;
    struct search_token t;
    bool was_marked = false;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        size_t which = 0;
        const struct search_short *one = search_plan_short_of(m->plan, &t);
        bool is_asked = one || search_plan_holds(m->plan, &t, &which);
        which = one ? one->from : which;
        for (size_t i = 0; is_asked && i < (one ? one->n : 1); i++) {
            m->held[which + i] = true;
        }
        if (t.is_whole) {
            continue;
        }
        bool is_marked = is_asked && (one || m->plan->asked[which].is_prefix || m->plan->asked[which].idf >= m->least);
        if (is_marked && was_marked && !t.is_begin) {
            out->at[out->n - 1].to = t.to;
        } else if (is_marked) {
            LIST_ADD(m->arena, out, (struct search_range){t.from, t.to});
        }
        was_marked = is_marked;
    }
}

static double cover_of(const struct marking *m) {
    double all = 0, held = 0;
    for (size_t i = 0; i < m->plan->asked_n; i++) {
        all += m->plan->asked[i].idf;
        held += m->held[i] ? m->plan->asked[i].idf : 0;
    }
    return all > 0 ? held / all : 0;
}

static void answer_hit(struct search_top *t, const struct search_kept *k, struct search_hit *out) {
    const struct search_segment *s = &t->reader->shelves[k->shelf].segment;
    struct search_doc doc;
    if (!search_rank_doc(t, k, &doc)) {
        doc = (struct search_doc){.key = S(""), .number = S(""), .title = S("")};
    }
    *out = (struct search_hit){
        .record = k->record, .kind = doc.kind, .number = doc.number, .title = doc.title, .date = doc.date};
    out->key = doc.key;
    out->whole = doc.whole;
    out->force = search_segment_force(&s->docs[k->doc], t->plan->on);
    out->from_on = doc.from_on;
    out->until_on = doc.until_on;
    memcpy(out->facet, doc.facet, sizeof out->facet);
    out->score = k->score;
    out->is_by_number = k->is_by_number;
    double normal = t->plan->most > 0 ? k->score / t->plan->most : 0;
    out->normal = normal < 1 ? normal : 1;
    uint32_t ordinal = k->passage - s->docs[k->doc].first;
    out->passage = ordinal;
    if (ordinal < doc.passages.n) {
        out->page = doc.passages.at[ordinal].page;
        out->text = doc.passages.at[ordinal].text;
    }
    struct marking m = marking_of(t->plan);
    mark(&m, doc.title, &out->title_ranges);
    mark(&m, out->text, &out->ranges);
    struct search_ranges in_number = {0};
    mark(&m, doc.number, &in_number);
    out->cover = cover_of(&m);
}

void search_answer_group(struct search_top *t, const struct search_group *g, struct search_hit *out) {
    answer_hit(t, g->shown, out);
    for (size_t i = 0; i < g->alike.n; i++) {
        const struct search_kept *k = g->alike.at[i];
        struct search_doc doc;
        if (search_rank_doc(t, k, &doc)) {
            struct search_alike *one = LIST_PUSH(t->plan->arena, &out->alike);
            *one = (struct search_alike){k->record, doc.key, doc.number, doc.title, doc.date, SEARCH_IN_FORCE};
            one->force = search_segment_force(&t->reader->shelves[k->shelf].segment.docs[k->doc], t->plan->on);
        }
    }
}

void search_answer_rank_numbered(struct search_top *t, struct search_kept *kept, size_t n) {
    const struct search_number *asked = &t->plan->number;
    struct arena *own = arena_new();
    for (size_t i = 0; i < n; i++) {
        struct search_doc doc;
        struct search_number number = {0};
        arena_reset(own);
        bool is_read = search_segment_doc(&t->reader->shelves[kept[i].shelf].segment, own, kept[i].doc, &doc);
        bool is_same = is_read && search_number_of(doc.number, &number) && number.n == asked->n &&
                       (!asked->year || number.year == asked->year);
        kept[i].score += is_same ? EXACT_NUMBER : 0;
    }
    arena_free(own);
    search_top_sort(kept, n);
    for (size_t i = 0; i < n; i++) {
        kept[i].score &= EXACT_NUMBER - 1;
    }
}

/* One count more of a value. */
static void count_value(struct arena *a, struct search_counts *counts, struct str value, int64_t n) {
    if (n == 0 || value.len == 0) {
        return;
    }
    for (size_t i = 0; i < counts->n; i++) {
        if (str_eq(counts->at[i].value, value)) {
            counts->at[i].n += n;
            return;
        }
    }
    LIST_ADD(a, counts, (struct search_count){value, n});
}

static void sort_counts(struct search_counts *c) {
    for (size_t i = 1; i < c->n; i++) {
        struct search_count moved = c->at[i];
        size_t at = i;
        for (; at > 0 && (c->at[at - 1].n < moved.n ||
                          (c->at[at - 1].n == moved.n && str_cmp(c->at[at - 1].value, moved.value) > 0));
             at--) {
            c->at[at] = c->at[at - 1];
        }
        c->at[at] = moved;
    }
}

/* Counts by the segment's own string numbers first, then by value. */
static void count_shelf(struct search_top *t, size_t shelf, const uint64_t *seen, struct search_result *out) {
    const struct search_segment *s = &t->reader->shelves[shelf].segment;
    struct arena *a = t->plan->arena;
    uint32_t strings = s->header->strings;
    int64_t *n = arena_take(a, int64_t, (SEARCH_FACETS + 1) * (size_t)strings);
    for (uint32_t d = 0; d < s->header->docs; d++) {
        if (!search_bit(seen, d)) {
            continue;
        }
        out->found++;
        n[s->docs[d].kind]++;
        if (search_segment_has_force(&s->docs[d])) {
            out->forces[search_segment_force(&s->docs[d], t->plan->on)]++;
        }
        for (uint32_t f = 0; f < SEARCH_FACETS; f++) {
            n[(f + 1) * (size_t)strings + s->docs[d].facet[f]]++;
        }
    }
    for (uint32_t i = 0; i < strings; i++) {
        struct str value = search_segment_string(s, i);
        count_value(a, &out->kinds, value, n[i]);
        for (uint32_t f = 0; f < SEARCH_FACETS; f++) {
            count_value(a, &out->facet[f], value, n[(f + 1) * (size_t)strings + i]);
        }
    }
}

void search_answer_counts(struct search_top *t, uint64_t *const *seen, struct search_result *out) {
    for (size_t i = 0; i < t->reader->n; i++) {
        count_shelf(t, i, seen[i], out);
    }
    sort_counts(&out->kinds);
    for (int f = 0; f < SEARCH_FACETS; f++) {
        sort_counts(&out->facet[f]);
    }
}

static bool is_same_word(const struct search_asked *w, const struct search_token *t) {
    return w->is_bare ? w->folded == t->folded : w->exact == t->exact;
}

/* How many asked words stand before the begun one in the text just as in the query; the text's part goes to *from. */
static size_t words_before(const struct search_plan *p, size_t prefix, const struct search_token *run, size_t run_n,
                           size_t *from) {
    size_t n = 0;
    while (n < run_n && n < prefix && is_same_word(&p->asked[prefix - 1 - n], &run[run_n - 1 - n])) {
        *from = run[run_n - 1 - n].from;
        n++;
    }
    return n;
}

static void suggest(struct search_plan *p, struct search_result *out, struct str head, struct str tail) {
    struct str whole = head.len ? str_format(p->arena, "%.*s%.*s", STR_ARG(head), STR_ARG(tail)) : tail;
    for (size_t i = 0; i < out->suggestions.n; i++) {
        if (str_eq_ascii_nocase(out->suggestions.at[i], whole)) {
            return;
        }
    }
    if (out->suggestions.n < SUGGESTIONS && !str_eq(whole, p->text)) {
        LIST_ADD(p->arena, &out->suggestions, whole);
    }
}

/* Finds in a permitted text the begun word after the words before it. */
static void suggest_from(struct search_plan *p, size_t prefix, struct str text, struct search_result *out) {
    struct search_scan scan;
    struct search_token t, run[RUN_MOST];
    size_t run_n = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        run_n = t.is_begin ? 0 : run_n;
        bool is_guess = false;
        for (size_t g = 0; g < p->guesses && !is_guess; g++) {
            is_guess = p->guess[g].exact == t.exact;
        }
        size_t from = t.from;
        if (is_guess && (words_before(p, prefix, run, run_n, &from) > 0 || prefix == 0)) {
            size_t words = words_before(p, prefix, run, run_n, &from);
            suggest(p, out, str_slice(p->text, 0, p->asked[prefix - words].from), str_slice(text, from, t.to));
        }
        if (run_n == RUN_MOST) {
            memmove(run, run + 1, (RUN_MOST - 1) * sizeof *run);
            run_n--;
        }
        run[run_n++] = t;
    }
}

void search_answer_suggest(struct search_top *t, struct search_result *out) {
    struct search_plan *p = t->plan;
    for (size_t i = 0; i < p->asked_n; i++) {
        /* With a date or number among the words, their places no longer match. */
        if (p->asked[i].is_whole) {
            return;
        }
    }
    if (p->asked_n == 0 || p->guesses == 0 || !p->asked[p->asked_n - 1].is_prefix) {
        return;
    }
    for (size_t i = 0; i < out->hits.n && out->suggestions.n < SUGGESTIONS; i++) {
        suggest_from(p, p->asked_n - 1, out->hits.at[i].title, out);
        suggest_from(p, p->asked_n - 1, out->hits.at[i].text, out);
    }
}
