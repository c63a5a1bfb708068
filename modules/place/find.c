/* A text that may speak of several places, or of one place by two names. */
#include "modules/place/inside.h"
#include "base/arena.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { TEXT_MOST = 2000 };

const char *place_class_name(enum place_class c) {
    static const char *const names[] = {"unknown", "sure", "ambiguous", "outside"};
    return names[c];
}

/* The same place by its older or newer name: what both fit. Otherwise all of both. */
static struct set together(struct set so_far, struct set more, enum clause_kind kind) {
    struct set both = set_and(so_far, more);
    return kind == CLAUSE_SAME && set_count(both) ? both : set_or(so_far, more);
}

static void found_fill(const struct place_index *x, struct arena *a, struct set set, struct place_found *found) {
    for (size_t i = 0; i < x->communes.n; i++) {
        if (set_has(set, i)) {
            LIST_ADD(a, &found->communes, &x->communes.at[i]);
        }
    }
}

static bool has_place(const struct reading *r, int clause) {
    for (size_t i = 0; i < r->n; i++) {
        if (r->mention[i].clause == clause) {
            return true;
        }
    }
    return false;
}

/* Whether the next words say the same place by another name. */
static bool is_said_again(const struct reading *r, int clause) {
    return clause < r->clauses && r->clause[clause + 1] == CLAUSE_SAME;
}

struct place_found place_find(const struct place_index *index, struct arena *a, struct str text,
                              struct date written_on) {
    struct reading *r = arena_take(a, struct reading, 1);
    struct place_found found = {0};
    struct set set = {0};
    bool is_outside = false, is_doubtful = false;
    r->index = index;
    r->arena = a;
    r->text = str_slice(text, 0, TEXT_MOST);
    r->on = written_on;
    place_tokens(&r->t, r->text);
    place_mentions(r);
    for (int i = 0; i <= r->clauses; i++) {
        struct verdict v = has_place(r, i) ? place_judge(r, i, &found) : (struct verdict){0};
        set = together(set, v.set, r->clause[i]);
        is_doubtful = is_doubtful || v.is_doubtful || v.class == PLACE_OUTSIDE ||
                      (v.is_unknown_name && r->clause[i] == CLAUSE_PLAIN && !is_said_again(r, i));
        if (v.class == PLACE_OUTSIDE) {
            is_outside = true;
            found.province = v.province;
        }
    }
    int n = set_count(set);
    found_fill(index, a, set, &found);
    found.class = n == 0                   ? (is_outside ? PLACE_OUTSIDE : PLACE_UNKNOWN)
                  : n == 1 && !is_doubtful ? PLACE_SURE
                                           : PLACE_AMBIGUOUS;
    if (found.class != PLACE_OUTSIDE) {
        found.province = S("");
    }
    return found;
}
