/* Tìm kiếm: the one search box's page, and what it offers while one types. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/http/http.h"
#include "kernel/module.h"
#include "kernel/index/feed.h"
#include "kernel/index/here.h"
#include "modules/find/find.h"
#include "modules/find/find_asked.h"
#include "modules/find/find_facets.h"
#include "modules/find/find_hits.h"
#include "modules/find/find_pages_gen.h"
#include "modules/find/find_view.h"

enum { ON_A_PAGE = 20, NUMBERED = 100, CARDS = 4, WHILE_TYPING = 7, WORDS_OFFERED = 3 };

static struct link words_link(struct arena *a, const char *path, struct str words) {
    struct find_asked asked = {0};
    if (words.len) {
        LIST_ADD(a, &asked, (struct find_pair){PART_Q, words});
    }
    return find_asked_link(a, path, &asked);
}

/* ---- Before anything is asked. */
static struct err places_fill(struct get *g, struct find_show *v) {
    static const struct {
        struct str words, note;
    } examples[] = {
        {S_INIT("30/2020/NĐ-CP"), S_INIT("Số ký hiệu: ra thẳng văn bản")},
        {S_INIT("giám sát và phản biện xã hội"), S_INIT("Vài từ của điều cần tìm")},
        {S_INIT("ngay hoi dai doan ket"), S_INIT("Không dấu cũng được")},
        {S_INIT("thời hạn giải quyết khiếu nại lần đầu"), S_INIT("Hỏi bằng lời của mình")},
    };
    struct search_query q = {.limit = 1, .with_counts = true};
    struct search_result found = {0};
    TRY(search_as(g->db, g->who->post.v, &q, &found));
    for (size_t i = 0; i < found.kinds.n; i++) {
        struct find_asked kind = {0};
        LIST_ADD(g->arena, &kind, (struct find_pair){PART_KIND, found.kinds.at[i].value});
        LIST_ADD(g->arena, &v->places,
                 (struct find_place){.name = find_kind_name(g->app, found.kinds.at[i].value),
                                     .count = found.kinds.at[i].n,
                                     .link = find_asked_link(g->arena, "/find", &kind)});
    }
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        LIST_ADD(g->arena, &v->examples,
                 (struct find_place){.name = examples[i].words,
                                     .note = examples[i].note,
                                     .link = words_link(g->arena, "/find", examples[i].words)});
    }
    return OK;
}

/* ---- What is found. */
struct finding {
    struct get *g;
    const struct find_asked *asked;
    struct search_query query;
    struct search_result result;
    LIST(const struct search_hit *) shown;
    size_t next;    /* where the next page begins; 0: there is none */
    bool is_number; /* nothing but a document's number is asked */
};

static bool is_same_card(const struct search_hit *x, const struct search_hit *y) {
    return x->whole ? x->whole == y->whole : x->record == y->record;
}

/* Of what bears the asked number, each work or document once; its articles are counted, not listed. */
static void cards_fill(const struct find_showing *s, const struct search_hits *hits, struct find_show *v) {
    LIST(const struct search_hit *) first = {0};
    for (size_t i = 0; i < hits->n; i++) {
        size_t k = 0;
        while (k < first.n && !is_same_card(first.at[k], &hits->at[i])) {
            k++;
        }
        if (hits->at[i].is_by_number && k == first.n) {
            LIST_ADD(s->g->arena, &first, &hits->at[i]);
        }
        if (hits->at[i].is_by_number && k < CARDS) {
            if (k == v->cards.n) {
                LIST_ADD(s->g->arena, &v->cards, find_card_of(s, &hits->at[i]));
            }
            v->cards.at[k].parts += hits->at[i].whole != 0;
        }
    }
    v->more_cards = (int64_t)(first.n - v->cards.n);
}

/* The page's hits: with a number alone, those after what bears it. */
static void shown_choose(struct finding *f) {
    const struct search_hits *hits = &f->result.hits;
    for (size_t i = 0; i < hits->n; i++) {
        bool is_card = f->is_number && hits->at[i].is_by_number;
        if (f->shown.n == ON_A_PAGE) {
            f->next = f->query.after + i;
            return;
        }
        if (!is_card) {
            LIST_ADD(f->g->arena, &f->shown, &hits->at[i]);
        }
    }
}

static struct err find(struct finding *f) {
    find_asked_query(f->g->arena, f->asked, &f->query);
    f->is_number = search_number(f->g->arena, f->query.text).len > 0;
    f->query.limit = f->is_number ? NUMBERED : ON_A_PAGE + 1;
    f->query.with_counts = true;
    f->query.is_strict = true;
    f->query.fold_alike = true;
    TRY(search_as(f->g->db, f->g->who->post.v, &f->query, &f->result));
    if (!f->is_number) {
        struct search_reader *reader;
        TRY(search_here(f->g->db, &reader));
        TRY(search_named_first(f->g->db, f->g->app, reader, &f->query, &f->result));
    }
    shown_choose(f);
    return OK;
}

static void pages_fill(const struct finding *f, struct find_show *v) {
    struct arena *a = f->g->arena;
    size_t after = f->query.after;
    struct find_asked here = find_asked_without(a, f->asked, PART_AFTER, S(""));
    v->first = (int64_t)after + 1;
    v->last = (int64_t)(after + f->shown.n);
    v->is_end = after + ON_A_PAGE >= SEARCH_DEEPEST && v->found > v->last;
    if (f->next && f->next < SEARCH_DEEPEST) {
        LIST_ADD(a, &here, (struct find_pair){PART_AFTER, str_format(a, "%zu", f->next)});
        v->next = find_asked_link(a, "/find", &here);
        here.n--;
    }
    if (after > 0) {
        if (after > ON_A_PAGE) {
            LIST_ADD(a, &here, (struct find_pair){PART_AFTER, str_format(a, "%zu", after - ON_A_PAGE)});
        }
        v->previous = find_asked_link(a, "/find", &here);
    }
}

/* Those whose own page searches them, unless something else alone is looked for. */
static void ways_fill(struct get *g, const struct find_asked *asked, struct find_show *v) {
    v->ask = words_link(g->arena, "/assistant", v->q);
    for (size_t i = 0; i < g->app->n && v->q.len; i++) {
        for (const struct search_source *s = g->app->at[i]->sources; s && s->kind.len; s++) {
            bool is_other = find_asked_has(asked, PART_KIND, S("")) && !find_asked_has(asked, PART_KIND, s->kind);
            if (s->page.len && !is_other) {
                struct link link = words_link(g->arena, str_z(g->arena, s->page), v->q);
                LIST_ADD(g->arena, &v->libraries, (struct find_place){.name = s->library, .link = link});
            }
        }
    }
}

/* What was understood in place of what was typed, and the way to either. */
static void meant_fill(const struct finding *f, struct find_show *v) {
    struct arena *a = f->g->arena;
    struct find_asked literal = find_asked_with(a, f->asked, PART_LITERAL, S("1"));
    struct find_asked mended = find_asked_without(a, f->asked, PART_LITERAL, S(""));
    v->meant = f->result.meant;
    v->is_literal = f->query.is_literal;
    v->literal = find_asked_link(a, "/find", &literal);
    for (size_t i = 0; i < mended.n && v->meant.len; i++) {
        mended.at[i].value = mended.at[i].part == PART_Q ? v->meant : mended.at[i].value;
    }
    v->mended = find_asked_link(a, "/find", &mended);
}

static struct err results_fill(struct get *g, const struct find_asked *asked, struct find_show *v) {
    struct finding f = {.g = g, .asked = asked};
    TRY(find(&f));
    struct find_showing s = {.g = g, .words = v->q, .on = f.query.on, .is_mixed = f.query.kinds.n != 1};
    struct find_found *found = arena_take(g->arena, struct find_found, f.shown.n + 1);
    TRY(find_hits_show(&s, f.shown.at, f.shown.n, found));
    for (size_t i = 0; i < f.shown.n; i++) {
        LIST_ADD(g->arena, &v->hits, found[i]);
    }
    v->found = f.result.found;
    meant_fill(&f, v);
    v->is_near = f.result.is_near;
    v->on = f.query.on;
    if (f.query.after == 0) {
        cards_fill(&s, &f.result.hits, v);
    }
    v->is_none = v->hits.n == 0 && v->cards.n == 0;
    pages_fill(&f, v);
    ways_fill(g, asked, v);
    TRY(find_facets_fill(g, asked, &f.result, v));
    return v->is_none || v->is_near ? find_offers_fill(g, asked, v) : OK;
}

static struct err search_show_get(struct get *g) {
    struct find_asked asked;
    find_asked_read(g, &asked);
    struct find_show v = {.q = find_asked_value(&asked, PART_Q), .form = g->form};
    v.q_fault = form_value(g->form, "q")->fault;
    for (size_t i = PART_KIND; i < PARTS; i++) {
        v.is_refused |= g->form->values.at[i].fault.len > 0;
    }
    v.has_words = v.q.len > 0;
    v.is_short = utf8_length(v.q) == 1 && !(v.q.at[0] >= '0' && v.q.at[0] <= '9');
    v.is_asked = !v.is_short && (v.has_words || find_asked_narrows(&asked));
    find_chips_fill(g, &asked, &v);
    TRY(v.is_asked ? results_fill(g, &asked, &v) : places_fill(g, &v));
    return answer_find_show(g, &v);
}

/* ---- While one types. */
static struct err hints_fill(struct get *g, const struct search_result *result, struct find_suggest *v) {
    LIST(const struct search_hit *) hits = {0};
    for (size_t i = 0; i < result->hits.n && !result->is_near; i++) {
        LIST_ADD(g->arena, &hits, &result->hits.at[i]);
    }
    struct find_showing s = {.g = g, .words = v->q, .is_mixed = true};
    struct find_found *found = arena_take(g->arena, struct find_found, hits.n + 1);
    TRY(find_hits_show(&s, hits.at, hits.n, found));
    for (size_t i = 0; i < hits.n; i++) {
        struct str own, whole;
        find_title_split(hits.at[i]->title, &own, &whole);
        LIST_ADD(g->arena, &v->hits,
                 (struct find_hint){.title = own,
                                    .number = found[i].number,
                                    .note = whole.len ? whole : found[i].kind_name,
                                    .link = found[i].link});
    }
    return OK;
}

/* Finished queries, each once whatever its capitals. */
static void words_fill(struct arena *a, const struct search_result *result, struct find_suggest *v) {
    for (size_t i = 0; i < result->suggestions.n && v->words.n < WORDS_OFFERED; i++) {
        struct str text = utf8_lower(a, result->suggestions.at[i]);
        bool is_there = str_eq(text, utf8_lower(a, v->q));
        for (size_t k = 0; k < v->words.n; k++) {
            is_there |= str_eq(utf8_lower(a, v->words.at[k].text), text);
        }
        if (!is_there) {
            text = result->suggestions.at[i];
            LIST_ADD(a, &v->words, (struct find_word){text, words_link(a, "/find", text)});
        }
    }
}

static struct err search_suggest_get(struct get *g) {
    struct arena *a = g->arena;
    struct find_asked asked;
    find_asked_read(g, &asked);
    struct find_suggest v = {.q = find_asked_value(&asked, PART_Q)};
    v.all = words_link(a, "/find", v.q);
    if (v.q.len > 0) {
        struct search_query q = {.text = v.q, .limit = WHILE_TYPING, .as_you_type = true, .is_strict = true};
        struct search_result result = {0};
        TRY(search_as(g->db, g->who->post.v, &q, &result));
        TRY(hints_fill(g, &result, &v));
        words_fill(a, &result, &v);
    }
    return answer_find_suggest(g, &v);
}

static const struct route search_routes[] = {
    {.method = METHOD_GET,
     .path = "/find",
     .access = ACCESS_SIGNED_IN,
     .get = search_show_get,
     .fields = find_fields,
     .budget_bytes = 4 << 20, /* each filter's address carries all that was typed */
     .name = S_INIT("Tìm kiếm")},
    {.method = METHOD_GET,
     .path = "/find/suggest",
     .access = ACCESS_SIGNED_IN,
     .get = search_suggest_get,
     .fields = find_fields,
     .name = S_INIT("Gợi ý khi gõ")},
    {0},
};

const struct module find_module = {
    .name = "find", .title = "Tìm kiếm", .routes = search_routes, .commands = find_commands};
