/* The index against a plain count of every word of every document: the same hits, the same scores, the same rights. */
#include "tests/db.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "search/search.h"
#include "search/segments/segment.h"
#include "search/words/text.h"

enum { DOCS = 300, VOCABULARY = 40, PASSAGES = 3, PRINCIPALS = 5, TOP = 10 };

static const char *const vocabulary[VOCABULARY] = {
    "mặt", "trận", "tổ",   "quốc",  "đoàn",  "kết",  "giám",  "sát", "phản",   "biện", "đơn", "thư", "khiếu",  "nại",
    "tố",  "cáo",  "hộ",   "nghèo", "quỹ",   "đất",  "đai",   "bồi", "thường", "nhà",  "ở",   "xã",  "phường", "dân",
    "cử",  "tri",  "kiến", "nghị",  "quyết", "định", "thông", "tư",  "hòa",    "giải", "lý",  "văn",
};

struct model_doc {
    int64_t record;
    int64_t principal;
    struct str title;
    struct str passages[PASSAGES];
    size_t n;
    bool is_gone;
};

static uint64_t random_state;
static uint32_t random_below(uint32_t n) {
    random_state = random_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(random_state >> 33) % n;
}

/* Common words are commoner, as in life. */
static struct str random_text(struct arena *a, uint32_t words) {
    struct str text = S("");
    for (uint32_t i = 0; i < words; i++) {
        uint32_t pick = random_below(VOCABULARY) * random_below(VOCABULARY) / VOCABULARY;
        const char *space = i == 0 ? "" : random_below(12) == 0 ? ". " : " ";
        text = str_format(a, "%.*s%s%s", STR_ARG(text), space, vocabulary[pick]);
    }
    return text;
}

static void random_doc(struct arena *a, struct model_doc *d, int64_t record) {
    *d = (struct model_doc){.record = record, .principal = 1000 + random_below(PRINCIPALS)};
    d->title = random_text(a, 1 + random_below(6));
    d->n = random_below(PASSAGES + 1);
    for (size_t i = 0; i < d->n; i++) {
        d->passages[i] = random_text(a, 3 + random_below(60));
    }
}

static struct err put(struct arena *a, struct search_writer *w, const struct model_doc *m) {
    struct search_doc d = {.record = m->record, .kind = S("note"), .title = m->title};
    LIST_ADD(a, &d.principals, m->principal);
    LIST_ADD(a, &d.principals, (int64_t)7777);
    for (size_t i = 0; i < m->n; i++) {
        LIST_ADD(a, &d.passages, (struct search_passage){(int64_t)i + 1, m->passages[i]});
    }
    return search_writer_put(w, &d);
}

/* How often a term stands in a text: a word (second 0) or a pair. */
static uint32_t count_in(struct str text, uint64_t first, uint64_t second, uint32_t *words) {
    struct search_scan scan;
    struct search_token t;
    uint64_t before = 0;
    uint32_t n = 0;
    search_scan_begin(&scan, text);
    while (search_scan_next(&scan, &t)) {
        uint64_t key = t.exact;
        n += second ? !t.is_begin && before == first && key == second : key == first;
        before = key;
        ++*words;
    }
    return n;
}

struct model_term {
    uint64_t first, second;
    uint64_t count;
};

static uint32_t frequency(const struct model_doc *d, size_t passage, const struct model_term *t, uint32_t *length) {
    uint32_t title = 0, words = 0, ignored = 0;
    title = count_in(d->title, t->first, t->second, &words);
    uint32_t n = d->n ? count_in(d->passages[passage], t->first, t->second, &words) : 0;
    *length = words;
    (void)ignored;
    return n + title * 2;
}

struct model {
    struct model_doc docs[DOCS * 2];
    size_t n;
    struct model_term terms[32];
    size_t terms_n;
    double passages;
};

static size_t units(const struct model_doc *d) { return d->is_gone ? 0 : d->n ? d->n : 1; }

static void model_ask(struct model *m, struct str query) {
    struct search_scan scan;
    struct search_token t;
    uint64_t before = 0;
    m->terms_n = 0;
    search_scan_begin(&scan, query);
    while (search_scan_next(&scan, &t)) {
        uint64_t key = t.exact;
        bool has_word = false, has_pair = false;
        for (size_t i = 0; i < m->terms_n; i++) {
            has_word |= m->terms[i].first == key && !m->terms[i].second;
            has_pair |= m->terms[i].first == before && m->terms[i].second == key;
        }
        if (!has_word) {
            m->terms[m->terms_n++] = (struct model_term){key, 0, 0};
        }
        if (before && !t.is_begin && !has_pair) {
            m->terms[m->terms_n++] = (struct model_term){before, key, 0};
        }
        before = key;
    }
    m->passages = 0;
    for (size_t d = 0; d < m->n; d++) {
        for (size_t p = 0; p < units(&m->docs[d]); p++) {
            m->passages++;
            for (size_t i = 0; i < m->terms_n; i++) {
                uint32_t length;
                m->terms[i].count += frequency(&m->docs[d], p, &m->terms[i], &length) > 0;
            }
        }
    }
}

static uint32_t model_score(const struct model *m, const struct model_doc *d) {
    uint32_t best = 0;
    for (size_t p = 0; p < units(d); p++) {
        uint32_t score = 0;
        for (size_t i = 0; i < m->terms_n; i++) {
            const struct model_term *t = &m->terms[i];
            uint32_t length, n = frequency(d, p, t, &length);
            double idf = log(1 + (m->passages - (double)t->count + 0.5) / ((double)t->count + 0.5));
            uint32_t weight = (uint32_t)((t->second ? 0.7 * idf : idf) * 256 + 0.5);
            weight = weight ? weight : 1;
            score += n ? weight * search_impact(n, length) : 0;
        }
        best = score > best ? score : best;
    }
    return best;
}

/* The best hits by plain counting must be those of the index, in order. */
static bool agrees(struct arena *arena, struct model *m, struct search_reader *r, struct str text, int64_t principal) {
    struct search_query q = {.text = text, .limit = TOP, .is_plain = true};
    LIST_ADD(arena, &q.principals, principal);
    struct search_result result;
    if (search_query(r, arena, &q, &result).why) {
        return false;
    }
    model_ask(m, q.text);
    uint32_t last = UINT32_MAX;
    int64_t last_record = INT64_MAX;
    for (size_t i = 0; i <= result.hits.n && i < TOP; i++) {
        uint32_t best = 0;
        int64_t record = 0;
        for (size_t d = 0; d < m->n; d++) {
            const struct model_doc *doc = &m->docs[d];
            uint32_t score = principal == 7777 || doc->principal == principal ? model_score(m, doc) : 0;
            bool is_after = score < last || (score == last && doc->record < last_record);
            if (score && is_after && (score > best || (score == best && doc->record > record))) {
                best = score;
                record = doc->record;
            }
        }
        if (i == result.hits.n) {
            return record == 0;
        }
        if (result.hits.at[i].record != record || result.hits.at[i].score != best) {
            return false;
        }
        last = best;
        last_record = record;
    }
    return true;
}

static void check_agreement(struct arena *arena, struct model *m, struct search_reader *r, int rounds) {
    for (int i = 0; i < rounds; i++) {
        struct str text = random_text(arena, 1 + random_below(7));
        int64_t principal = random_below(3) ? 1000 + random_below(PRINCIPALS) : 7777;
        if (!agrees(arena, m, r, text, principal)) {
            test_failed_str(__FILE__, __LINE__, "the index and plain counting agree", S("they do not"), text);
            return;
        }
    }
}

TEST("the index gives what plain counting gives, over many segments and after changes") {
    struct model *m = arena_take(arena, struct model, 1);
    struct search_writer *w = NULL, *again = NULL;
    struct search_reader *r = NULL, *r_again = NULL;
    struct str dir = test_dir(arena), other = test_dir(arena);
    random_state = 20261123;
    CHECK_OK(search_writer_open(dir, &w));
    CHECK_OK(search_reader_open(dir, &r));
    for (int64_t i = 1; i <= DOCS; i++) {
        random_doc(arena, &m->docs[m->n], i);
        CHECK_OK(put(arena, w, &m->docs[m->n++]));
        if (random_below(9) == 0) {
            CHECK_OK(search_writer_commit(w, i));
        }
    }
    CHECK_OK(search_writer_commit(w, DOCS));
    CHECK(search_writer_documents(w) == DOCS);
    check_agreement(arena, m, r, 40);

    for (int i = 0; i < DOCS; i++) {
        struct model_doc *d = &m->docs[random_below((uint32_t)m->n)];
        if (random_below(4) == 0) {
            d->is_gone = true;
            CHECK_OK(search_writer_remove(w, d->record));
        } else {
            random_doc(arena, d, d->record);
            CHECK_OK(put(arena, w, d));
        }
        if (random_below(20) == 0) {
            CHECK_OK(search_writer_commit(w, DOCS + i));
        }
    }
    CHECK_OK(search_writer_commit(w, 3 * DOCS));
    CHECK_OK(search_writer_merge(w));
    check_agreement(arena, m, r, 40);
    CHECK(search_writer_position(w) == 3 * DOCS);

    /* Made from nothing, it is the same index. */
    CHECK_OK(search_writer_open(other, &again));
    CHECK_OK(search_reader_open(other, &r_again));
    for (size_t i = m->n; i-- > 0;) {
        if (!m->docs[i].is_gone) {
            CHECK_OK(put(arena, again, &m->docs[i]));
        }
    }
    CHECK_OK(search_writer_commit(again, 1));
    check_agreement(arena, m, r_again, 20);
    CHECK(search_writer_documents(w) == search_writer_documents(again));
    search_reader_close(r);
    search_reader_close(r_again);
    search_writer_close(w);
    search_writer_close(again);
}

/* Postings of every length and spread come back as they went in. */
TEST("packed postings unpack to themselves, by steps and by leaps") {
    static const size_t sizes[] = {1, 2, 127, 128, 129, 256, 1000, 5000};
    random_state = 7;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes * 3; k++) {
        size_t n = sizes[k / 3];
        uint32_t spread = k % 3 == 0 ? 1 : k % 3 == 1 ? 50 : 400000;
        struct search_post *posts = arena_take(arena, struct search_post, n);
        uint32_t passage = random_below(spread);
        for (size_t i = 0; i < n; i++) {
            posts[i] = (struct search_post){passage, (uint8_t)(1 + random_below(255))};
            passage += 1 + random_below(spread);
        }
        uint8_t *bytes = arena_take(arena, uint8_t, search_pack_most(n));
        size_t size = search_pack(posts, n, bytes);
        CHECK_OR_RETURN(size <= search_pack_most(n));
        struct search_cursor *c = arena_take(arena, struct search_cursor, 1);
        search_cursor_open(c, (struct search_posting){(uint32_t)n, bytes, bytes + size});
        for (size_t i = 0; i < n; i++, search_cursor_step(c)) {
            CHECK_OR_RETURN(search_cursor_passage(c) == posts[i].passage && c->impact[c->i] == posts[i].impact);
        }
        CHECK(search_cursor_passage(c) == SEARCH_NONE);
        search_cursor_open(c, (struct search_posting){(uint32_t)n, bytes, bytes + size});
        for (size_t i = 0; i < n; i += 1 + random_below(200)) {
            CHECK(search_cursor_bound(c, posts[i].passage, posts[i].passage + 1) >= posts[i].impact);
            CHECK(search_cursor_seek(c, posts[i].passage) == posts[i].passage && c->impact[c->i] == posts[i].impact);
        }
        CHECK(search_cursor_seek(c, posts[n - 1].passage + 1) == SEARCH_NONE);
    }
}
