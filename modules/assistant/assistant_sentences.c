/* Which sentences of a passage to quote. */
#include "base/arena.h"
#include "modules/assistant/assistant.h"

enum { MOST_SENTENCES = 64 };

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

struct search_ranges assistant_within(struct arena *a, struct search_ranges ranges, struct search_range part) {
    LIST(struct search_range) within = {0};
    for (size_t i = 0; i < ranges.n; i++) {
        struct search_range r = ranges.at[i];
        if (r.from >= part.from && r.to <= part.to) {
            LIST_ADD(a, &within, (struct search_range){r.from - part.from, r.to - part.from});
        }
    }
    return (struct search_ranges){within.at, within.n};
}
