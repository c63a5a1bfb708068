/* Texts cut for search and for showing. */
#include "base/arena.h"
#include "search/search.h"
#include "search/words/text.h"

#include <string.h>

#include "base/banned.h"

/* A passage closes at a paragraph's end from ENOUGH words on, at a sentence's end from FULL on, and anywhere at MOST.
   What is left at the end under LEAST words, as who signed, stays with the passage before it: alone it would be so
   short that the title's words made it the best of its record, though it says nothing. */
enum { LEAST = 24, ENOUGH = 60, FULL = 90, MOST = 140 };

static bool ends_sentence(struct str text, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (strchr(".;:!?\n", text.at[i])) {
            return true;
        }
    }
    return false;
}

static bool ends_paragraph(struct str text, size_t from, size_t to) {
    size_t newlines = 0;
    for (size_t i = from; i < to; i++) {
        newlines += text.at[i] == '\n';
    }
    return newlines > 1 ||
           (newlines == 1 && from > 0 && (text.at[from] == '.' || text.at[from] == ';' || text.at[from] == ':'));
}

static void add_piece(struct arena *a, struct search_doc *doc, int64_t page, struct str piece) {
    struct str trimmed = str_trim(piece);
    if (trimmed.len > 0) {
        LIST_ADD(a, &doc->passages, (struct search_passage){page, trimmed});
    }
}

void search_doc_add(struct arena *a, struct search_doc *doc, int64_t page, struct str text) {
    struct search_scan scan;
    struct search_token t;
    size_t from = 0, before = 0, words = 0, last = 0; /* before: where the passage before this one began */
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        if (t.is_whole) {
            continue;
        }
        bool closes = (words >= ENOUGH && ends_paragraph(text, last, t.from)) ||
                      (words >= FULL && ends_sentence(text, last, t.from)) || words >= MOST;
        if (closes) {
            /* What ends the sentence stays with it. */
            size_t cut = t.from;
            while (cut > last && !strchr(" \n\t\r", text.at[cut - 1])) {
                cut--;
            }
            cut = cut > last ? cut : t.from;
            add_piece(a, doc, page, str_slice(text, from, cut));
            before = from;
            from = cut;
            words = 0;
        }
        words++;
        last = t.to;
    }
    if (from > before && words < LEAST) {
        doc->passages.n--;
        from = before;
    }
    add_piece(a, doc, page, str_slice(text, from, text.len));
}

static bool is_inside(unsigned char c) { return (c & 0xC0) == 0x80; }

struct search_range search_excerpt(struct str text, struct search_ranges ranges, size_t characters) {
    size_t room = characters * 5 / 4; /* bytes: Vietnamese takes about that many a character */
    if (text.len <= room) {
        return (struct search_range){0, text.len};
    }
    size_t best = 0, best_n = 0;
    for (size_t i = 0; i < ranges.n; i++) {
        size_t n = 0;
        while (i + n < ranges.n && ranges.at[i + n].to <= ranges.at[i].from + room) {
            n++;
        }
        if (n > best_n) {
            best_n = n;
            best = ranges.at[i].from;
        }
    }
    size_t from = best > room / 6 ? best - room / 6 : 0;
    from = from + room > text.len ? text.len - room : from;
    size_t to = from + room;
    while (from > 0 && from < best && text.at[from - 1] != ' ' && text.at[from - 1] != '\n') {
        from++;
    }
    while (to < text.len && to > from + room / 2 && text.at[to] != ' ' && text.at[to] != '\n') {
        to--;
    }
    while (from > 0 && is_inside((unsigned char)text.at[from])) {
        from--;
    }
    while (to < text.len && is_inside((unsigned char)text.at[to])) {
        to++;
    }
    return (struct search_range){from, to};
}

struct search_ranges search_highlight(struct arena *a, struct str query, struct str text) {
    enum { WORDS = 64 };
    uint64_t exact[WORDS], folded[WORDS];
    bool is_bare[WORDS];
    size_t n = 0;
    struct search_scan scan;
    struct search_token t;
    struct search_ranges out = {0};
    search_scan_begin(&scan, query);
    while (n < WORDS && search_scan_next(&scan, &t)) {
        exact[n] = t.exact;
        folded[n] = t.folded;
        is_bare[n] = !t.is_marked && !t.is_whole && !t.is_number;
        n += !t.is_whole;
    }
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        bool is_asked = false;
        for (size_t i = 0; i < n && !is_asked; i++) {
            is_asked = is_bare[i] ? folded[i] == t.folded : exact[i] == t.exact;
        }
        if (is_asked && !t.is_whole) {
            LIST_ADD(a, &out, (struct search_range){t.from, t.to});
        }
    }
    return out;
}

struct str search_own_title(struct str title) {
    size_t dash = str_find(title, S(" — "), 0);
    return dash == SIZE_MAX ? title : str_slice(title, 0, dash);
}
