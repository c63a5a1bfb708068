#include "modules/assistant/assistant.h"
#include "base/arena.h"
#include "base/utf8.h"

const struct assistant_limits assistant_limits_usual = {.cover = 0.6, .normal = 0.3, .quotes = 5, .per_record = 2};

enum { MOST_SENTENCES = 64, MOST_QUOTE_BYTES = 900, CANDIDATES = 40 };

/* A sentence ends at . ; : ? ! followed by white space, or at an empty line. "1. ", "a) " and "TS. " do not end one:
   a piece shorter than this is joined with the next. */
enum { SHORTEST_SENTENCE = 24 };

static bool is_white(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

static bool ends_here(struct str s, size_t at) {
    char c = s.at[at];
    if (c == '\n') {
        return at + 1 < s.len && s.at[at + 1] == '\n';
    }
    bool mark = c == '.' || c == ';' || c == '?' || c == '!';
    return mark && (at + 1 == s.len || is_white(s.at[at + 1]));
}

/* Cuts the passage into sentences; returns how many. */
static size_t cut_sentences(struct str s, struct search_range sentences[MOST_SENTENCES]) {
    size_t n = 0, from = 0;
    for (size_t at = 0; at < s.len && n < MOST_SENTENCES; at++) {
        bool last = at + 1 == s.len;
        if (!last && (!ends_here(s, at) || at + 1 - from < SHORTEST_SENTENCE)) {
            continue;
        }
        sentences[n++] = (struct search_range){from, at + 1};
        from = at + 1;
    }
    if (n == MOST_SENTENCES) {
        sentences[n - 1].to = s.len;
    }
    return n;
}

static size_t count_within(struct search_ranges ranges, size_t from, size_t to) {
    size_t n = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        n += ranges.at[i].from >= from && ranges.at[i].to <= to;
    }
    return n;
}

static struct search_range trim_white(struct str s, struct search_range r) {
    while (r.from < r.to && is_white(s.at[r.from])) {
        r.from++;
    }
    while (r.to > r.from && is_white(s.at[r.to - 1])) {
        r.to--;
    }
    return r;
}

struct search_range assistant_sentences(struct str passage, struct search_ranges ranges, size_t most_bytes) {
    struct search_range sentences[MOST_SENTENCES];
    size_t n = cut_sentences(passage, sentences);
    if (n == 0) {
        return (struct search_range){0, 0};
    }
    struct search_range best = sentences[0];
    double best_value = -1;
    for (size_t first = 0; first < n; first++) {
        for (size_t last = first; last < n && last < first + 3; last++) {
            size_t from = sentences[first].from, to = sentences[last].to;
            if (last > first && to - from > most_bytes) {
                break;
            }
            /* Each further sentence must bring words of its own to be worth reading. */
            double value = (double)count_within(ranges, from, to) - 1.2 * (double)(last - first);
            if (value > best_value) {
                best_value = value;
                best = (struct search_range){from, to};
            }
        }
    }
    if (best.to - best.from > most_bytes) {
        return search_excerpt(passage, ranges, most_bytes / 2);
    }
    return trim_white(passage, best);
}

static struct assistant_quote quote_from(struct arena *a, const struct search_hit *hit) {
    struct search_range span = assistant_sentences(hit->text, hit->ranges, MOST_QUOTE_BYTES);
    struct assistant_quote q = {.record = hit->record,
                                .kind = hit->kind,
                                .number = hit->number,
                                .title = hit->title,
                                .date = hit->date,
                                .page = hit->page,
                                .passage = hit->text,
                                .sure = hit->cover};
    q.text = str_slice(hit->text, span.from, span.to);
    LIST(struct search_range) within = {0};
    for (size_t i = 0; i < hit->ranges.n; i++) {
        struct search_range r = hit->ranges.at[i];
        if (r.from >= span.from && r.to <= span.to) {
            LIST_ADD(a, &within, (struct search_range){r.from - span.from, r.to - span.from});
        }
    }
    q.ranges = (struct search_ranges){within.at, within.n};
    return q;
}

/* Whether the quote says what an earlier one said, or its record has had its share. */
static bool is_repeated(const struct assistant_answer *answer, const struct assistant_quote *q, size_t per_record) {
    size_t of_record = 0;
    for (size_t i = 0; i < answer->quotes.n; i++) {
        const struct assistant_quote *earlier = &answer->quotes.at[i];
        of_record += earlier->record == q->record;
        if (str_eq(earlier->text, q->text)) {
            return true;
        }
    }
    return of_record >= per_record;
}

/* How many different words of the question the passage itself holds: its title may hold them all, and say nothing. */
static size_t own_words(struct arena *a, const struct search_hit *hit) {
    enum { MOST = 32 };
    struct str seen[MOST];
    size_t n = 0;
    for (size_t i = 0; i < hit->ranges.n && n < MOST; i++) {
        struct str word = utf8_fold(a, str_slice(hit->text, hit->ranges.at[i].from, hit->ranges.at[i].to));
        size_t at = 0;
        while (at < n && !str_eq(seen[at], word)) {
            at++;
        }
        seen[at] = word;
        n += at == n;
    }
    return n;
}

/* Only pages are quoted, best first by what they say themselves. */
static void order_by_own_words(struct arena *a, struct search_hits *hits) {
    struct ranked {
        struct search_hit hit;
        double value;
    } *ranked = arena_take(a, struct ranked, hits->n);
    size_t n = 0, most = 1;
    for (size_t i = 0; i < hits->n; i++) {
        size_t own = hits->at[i].page > 0 ? own_words(a, &hits->at[i]) : 0;
        if (own > 0) {
            ranked[n++] = (struct ranked){hits->at[i], (double)own};
            most = own > most ? own : most;
        }
    }
    for (size_t i = 0; i < n; i++) {
        struct ranked one = ranked[i];
        one.value = one.hit.score * (0.3 + 0.7 * one.value / (double)most);
        size_t at = i;
        for (; at > 0 && ranked[at - 1].value < one.value; at--) {
            ranked[at] = ranked[at - 1];
        }
        ranked[at] = one;
    }
    for (size_t i = 0; i < n; i++) {
        hits->at[i] = ranked[i].hit;
    }
    hits->n = n;
}

static bool is_answer(const struct search_hit *hit, const struct assistant_limits *limits) {
    return hit->text.len > 0 && (hit->is_by_number || (hit->cover >= limits->cover && hit->normal >= limits->normal));
}

static void add_quotes(struct arena *a, const struct search_hits *hits, const struct assistant_limits *limits,
                       bool only_answers, struct assistant_answer *out) {
    for (size_t i = 0; i < hits->n && out->quotes.n < limits->quotes; i++) {
        const struct search_hit *hit = &hits->at[i];
        if (hit->text.len == 0 || (only_answers && !is_answer(hit, limits))) {
            continue;
        }
        struct assistant_quote q = quote_from(a, hit);
        if (q.text.len > 0 && !is_repeated(out, &q, limits->per_record)) {
            LIST_ADD(a, &out->quotes, q);
        }
    }
}

struct err assistant_ask(struct search_reader *reader, struct arena *a, const struct assistant_question *question,
                         const struct assistant_limits *limits, struct assistant_answer *out) {
    *out = (struct assistant_answer){0};
    struct str asked = str_trim(utf8_clean(a, question->words));
    if (asked.len == 0) {
        return OK;
    }
    struct search_query query = {.text = asked,
                                 .principals = question->principals,
                                 .kinds = question->kinds,
                                 .limit = CANDIDATES,
                                 .by_passage = true};
    struct search_result found = {0};
    TRY(search_query(reader, a, &query, &found));
    order_by_own_words(a, &found.hits);
    add_quotes(a, &found.hits, limits, true, out);
    out->is_found = out->quotes.n > 0;
    if (!out->is_found) {
        struct assistant_limits near = *limits;
        near.quotes = 2;
        near.per_record = 1;
        add_quotes(a, &found.hits, &near, false, out);
    }
    return OK;
}
