/* The communes as pages show them: a list to choose from, and a map coloured by a value. */
#include "modules/place/place.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/facts.h"
#include "base/num.h"
#include "kernel/shell/page_view.h"

#include "base/banned.h"

FACTS(place_facts_map, "modules/place/map.tsv");

enum { STEPS = 5, CELLS = 4 };

static int value_compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How many are 0, when they would fill a whole step: then they are a step of their own, so that the few others differ.
 */
static size_t zeros_most(const int64_t *sorted, size_t n) {
    size_t zeros = 0;
    while (zeros < n && sorted[zeros] == 0) {
        zeros++;
    }
    return zeros > n / STEPS ? zeros : 0;
}

/* Where each step begins: as many communes in each, equal values in one. Returns how many steps there are. */
static int steps_make(struct arena *a, const struct place_values *v, int64_t from[static STEPS + 1]) {
    int64_t *sorted = arena_take(a, int64_t, v->n + 1);
    size_t n = 0;
    int steps = 0;
    for (size_t i = 0; i < v->n; i++) {
        if (v->at[i] >= 0) {
            sorted[n++] = v->at[i];
        }
    }
    list_sort(sorted, n, sizeof *sorted, value_compare);
    size_t first = zeros_most(sorted, n);
    if (first) {
        from[steps++] = 0;
    }
    for (size_t i = first ? 1 : 0; i < STEPS && first < n; i++) {
        size_t in = first ? (i - 1) * (n - first) / (STEPS - 1) : i * n / STEPS;
        int64_t begin = sorted[first + in];
        if (!steps || begin > from[steps - 1]) {
            from[steps++] = begin;
        }
    }
    from[steps] = n ? sorted[n - 1] : 0;
    return steps;
}

static int step_of(int64_t value, const int64_t *from, int steps) {
    int step = 0;
    while (value >= 0 && step < steps && value >= from[step]) {
        step++;
    }
    return step;
}

static void legend_make(struct arena *a, struct commune_map *m, const int64_t *from, int steps) {
    for (int i = 0; i < steps; i++) {
        struct buf b = buf_in(a);
        int64_t to = i + 1 < steps ? from[i + 1] - 1 : from[steps];
        num_put_vi(&b, from[i]);
        if (to > from[i]) {
            BUF_LIT(&b, "–");
            num_put_vi(&b, to);
        }
        LIST_ADD(a, &m->steps, (struct map_step){i + 1, buf_str(&b)});
    }
}

static struct str value_words(struct arena *a, int64_t value, struct str unit) {
    struct buf b = buf_in(a);
    if (value < 0) {
        return S("chưa có số liệu");
    }
    num_put_vi(&b, value);
    buf_printf(&b, " %.*s", STR_ARG(unit));
    return buf_str(&b);
}

struct commune_map place_map(const struct place_index *index, struct arena *a, const struct place_values *v) {
    struct commune_map m = {.title = v->title, .unit = v->unit};
    struct str rest = FACTS_STR(place_facts_map), cell[CELLS];
    struct place_communes all = place_communes(index);
    int64_t from[STEPS + 1] = {0};
    int steps = steps_make(a, v, from);
    while (facts_next(&rest, cell, CELLS)) {
        const struct place_commune *c = place_commune(index, cell[0]);
        size_t i = c ? (size_t)(c - all.at) : all.n;
        int64_t value = i < v->n ? v->at[i] : -1;
        if (c) {
            LIST_ADD(a, &m.shapes,
                     (struct map_shape){.path = cell[3],
                                        .name = c->full,
                                        .value = value_words(a, value, v->unit),
                                        .link = v->path.len
                                                    ? link_local(a, "%.*s%.*s", STR_ARG(v->path), STR_ARG(c->code))
                                                    : (struct link){{0}},
                                        .step = step_of(value, from, steps)});
        }
    }
    legend_make(a, &m, from, steps);
    return m;
}

struct commune_options place_options(const struct place_index *index, struct arena *a) {
    struct place_communes all = place_communes(index);
    struct commune_options o = {arena_take(a, struct commune_option, all.n), all.n};
    for (size_t i = 0; i < all.n; i++) {
        const struct place_commune *c = &all.at[i];
        o.at[i] = (struct commune_option){c->code, c->full,
                                          str_eq(c->former, S("30")) ? S("Hải Dương trước 01/7/2025")
                                                                     : S("Hải Phòng trước 01/7/2025")};
    }
    return o;
}

/* A colour a mark, as the caller numbers them from 1; 0 is none. */
struct commune_map place_map_marked(const struct place_index *index, struct arena *a, const struct place_marks *marks) {
    struct commune_map m = {.title = marks->title};
    struct str rest = FACTS_STR(place_facts_map), cell[CELLS];
    struct place_communes all = place_communes(index);
    while (facts_next(&rest, cell, CELLS)) {
        const struct place_commune *c = place_commune(index, cell[0]);
        size_t i = c ? (size_t)(c - all.at) : all.n;
        int mark = i < marks->n ? marks->at[i] : 0;
        if (c) {
            struct link link = marks->path.len && mark
                                   ? link_local(a, "%.*s%.*s", STR_ARG(marks->path), STR_ARG(c->code))
                                   : (struct link){{0}};
            LIST_ADD(a, &m.shapes,
                     (struct map_shape){.path = cell[3],
                                        .name = c->full,
                                        .value = mark ? marks->words[mark - 1] : marks->none,
                                        .link = link,
                                        .step = mark});
        }
    }
    for (int i = 0; marks->words[i].len; i++) {
        LIST_ADD(a, &m.steps, (struct map_step){i + 1, marks->words[i]});
    }
    return m;
}
