/* One question, from the words to the hits. */
#include "kernel/search_top.h"
#include "kernel/search_answer.h"

#include <string.h>

#include "base/banned.h"

enum { NUMBERED_MOST = 200, LIMIT_MOST = 100, LIMIT = 10 };

static void bound_of(const struct search_query *q, size_t *from, size_t *to) {
    size_t limit = q->limit == 0 ? LIMIT : q->limit > LIMIT_MOST ? LIMIT_MOST : q->limit;
    *from = q->after < SEARCH_KEPT_MOST ? q->after : SEARCH_KEPT_MOST;
    *to = *from + limit < SEARCH_KEPT_MOST ? *from + limit : SEARCH_KEPT_MOST;
}

/* Documents asked for by number come first, once each, with the passage their text scored best with. */
static size_t put_numbered_first(struct search_top *t, struct search_kept *numbered, size_t n,
                                 struct search_kept *all) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < t->n; k++) {
            if (t->kept[k].record == numbered[i].record && !t->kept[k].is_by_number) {
                numbered[i].score = t->kept[k].score;
                numbered[i].passage = is_known ? numbered[i].passage : t->kept[k].passage;
                t->kept[k].is_by_number = true;
                is_known = true;
            }
        }
    }
    search_answer_rank_numbered(t, numbered, n);
    for (size_t i = 0; i < n; i++) {
        all[count++] = numbered[i];
    }
    for (size_t k = 0; k < t->n; k++) {
        if (!t->kept[k].is_by_number) {
            all[count++] = t->kept[k];
        }
    }
    return count;
}

/* Leaves out hits holding less than half of what was asked, unless nothing better was found. */
static void keep_strict(struct search_result *out, bool is_first_page) {
    size_t n = 0;
    for (size_t i = 0; i < out->hits.n; i++) {
        if (out->hits.at[i].is_by_number || out->hits.at[i].cover >= 0.5) {
            out->hits.at[n++] = out->hits.at[i];
        }
    }
    out->is_near = n == 0 && is_first_page && out->hits.n > 0;
    out->hits.n = out->is_near ? out->hits.n : n;
}

struct err search_query(struct search_reader *r, struct arena *a, const struct search_query *q,
                        struct search_result *out) {
    *out = (struct search_result){0};
    search_reader_refresh(r);
    if (q->principals.n == 0 || r->n == 0) {
        return OK;
    }
    struct search_plan *p = arena_take(a, struct search_plan, 1);
    search_plan_make(p, r, a, q);
    size_t from, to;
    bound_of(q, &from, &to);
    struct search_top t = {.plan = p, .reader = r, .most = to};
    t.kept = arena_take(a, struct search_kept, to + 1);
    struct search_kept *numbered = arena_take(a, struct search_kept, NUMBERED_MOST);
    struct search_kept *all = arena_take(a, struct search_kept, to + NUMBERED_MOST);
    size_t n = 0;
    if (to > 0 && str_trim(q->text).len == 0) {
        search_top_newest(&t);
    } else if (to > 0) {
        search_top_find(&t);
        n = search_top_numbered(&t, numbered, NUMBERED_MOST);
    }
    search_top_sort(t.kept, t.n);
    size_t count = put_numbered_first(&t, numbered, n, all);
    for (size_t i = from; i < to && i < count; i++) {
        search_answer_hit(&t, &all[i], LIST_PUSH(a, &out->hits));
    }
    if (q->is_strict && str_trim(q->text).len > 0) {
        keep_strict(out, from == 0);
    }
    if (q->with_counts) {
        search_answer_counts(&t, numbered, n, out);
    }
    if (q->as_you_type) {
        search_answer_suggest(&t, out);
    }
    return OK;
}
