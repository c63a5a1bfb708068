#include "modules/law/law_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* A pair of texts further apart than this many edits is shown as replaced: nobody could read the marks. */
enum { EDITS_MOST = 1200, PAIRS_MOST = 250000, PAIRS_OF_MOVED_LEAST = 4 };
/* Below this the same number stands over different matter. */
#define SAME_PLACE 0.5
#define REPLACED 0.2

/* A syllable with the white space after it. */
struct token {
    struct str word;
    struct str whole;
};
struct tokens {
    struct token *at;
    size_t n;
};

/* Bytes of white space that s has at a place; papers part some syllables by a space that must not break. */
static size_t space_at(struct str s, size_t at) {
    char c = s.at[at];
    bool is_hard = c == '\xc2' && at + 1 < s.len && s.at[at + 1] == '\xa0';
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' ? 1 : is_hard ? 2 : 0;
}

static struct tokens cut(struct arena *a, struct str s) {
    struct tokens all = {0};
    size_t at = 0, n;
    while (at < s.len) {
        size_t from = at;
        while (at < s.len && !space_at(s, at)) {
            at++;
        }
        size_t end = at;
        while (at < s.len && (n = space_at(s, at)) > 0) {
            at += n;
        }
        LIST_ADD(a, &all, (struct token){str_slice(s, from, end), str_slice(s, from, at)});
    }
    return all;
}

/* ---- How alike. */
struct pairs {
    uint64_t *at;
    size_t n;
};

static int by_value(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

static struct pairs pairs_of(struct arena *a, struct str text) {
    struct tokens t = cut(a, utf8_lower(a, text));
    struct pairs p = {0};
    for (size_t i = 0; i < t.n; i++) {
        uint64_t mine = str_hash(t.at[i].word);
        uint64_t next = i + 1 < t.n ? str_hash(t.at[i + 1].word) : 0;
        if (i + 1 < t.n || t.n == 1) {
            LIST_ADD(a, &p, mine * 0x9e3779b97f4a7c15u ^ next);
        }
    }
    if (p.n) {
        list_sort(p.at, p.n, sizeof *p.at, by_value);
    }
    return p;
}

static double alike(struct pairs x, struct pairs y) {
    if (!x.n && !y.n) {
        return 1;
    }
    size_t both = 0;
    for (size_t i = 0, j = 0; i < x.n && j < y.n;) {
        if (x.at[i] == y.at[j]) {
            both++;
            i++;
            j++;
        } else if (x.at[i] < y.at[j]) {
            i++;
        } else {
            j++;
        }
    }
    return 2.0 * (double)both / (double)(x.n + y.n);
}

double law_diff_alike(struct arena *a, struct str one, struct str other) {
    return alike(pairs_of(a, one), pairs_of(a, other));
}

/* ---- Words: Myers 1986, greedy, keeping the furthest reach of every round to walk back. */
struct script {
    bool *left, *right; /* by token: changed */
};

static bool same_word(const struct tokens *x, long i, const struct tokens *y, long j) {
    return str_eq(x->at[i].word, y->at[j].word);
}

struct myers {
    const struct tokens *x, *y;
    long from, n, m; /* of x and y after the common beginning, without the common end */
    struct script *script;
};

static void walk_back(const struct myers *w, long **rounds, long d) {
    long i = w->n, j = w->m;
    for (; d > 0; d--) {
        const long *v = rounds[d - 1] + (d - 1);
        long k = i - j;
        bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
        long was = down ? k + 1 : k - 1;
        i = v[was];
        j = i - was;
        if (down) {
            w->script->right[w->from + j] = true;
        } else {
            w->script->left[w->from + i] = true;
        }
    }
}

/* How far x can be gone along diagonal k in round d, from where the round before came. */
static long reach(const struct myers *w, const long *last, long d, long k) {
    long i = 0;
    if (d) {
        bool down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        i = down ? last[k + 1] : last[k - 1] + 1;
    }
    for (long j = i - k; i < w->n && j < w->m && same_word(w->x, w->from + i, w->y, w->from + j); j++) {
        i++;
    }
    return i;
}

/* One round; whether both ends were reached. */
static bool round_of(const struct myers *w, long **rounds, long d) {
    long *v = rounds[d] + d;
    const long *last = d ? rounds[d - 1] + (d - 1) : NULL;
    for (long k = -d; k <= d; k += 2) {
        v[k] = reach(w, last, d, k);
        if (v[k] >= w->n && v[k] - k >= w->m) {
            return true;
        }
    }
    return false;
}

static bool edits(struct arena *a, const struct myers *w) {
    long most = w->n + w->m < EDITS_MOST ? w->n + w->m : EDITS_MOST;
    long **rounds = arena_take(a, long *, (size_t)most + 1);
    for (long d = 0; d <= most; d++) {
        rounds[d] = arena_take(a, long, (size_t)(2 * d + 1));
        if (round_of(w, rounds, d)) {
            walk_back(w, rounds, d);
            return true;
        }
    }
    return false;
}

static void all_changed(bool *at, long from, long n) {
    for (long i = 0; i < n; i++) {
        at[from + i] = true;
    }
}

/* A single kept syllable between two changes hinders more than it helps: it is read as changed, on both sides. */
static void smooth(const struct tokens *x, const struct tokens *y, struct script *s) {
    size_t i = 0, j = 0;
    while (i < x->n && j < y->n) {
        if (s->left[i]) {
            i++;
        } else if (s->right[j]) {
            j++;
        } else {
            bool before = (i > 0 && s->left[i - 1]) || (j > 0 && s->right[j - 1]);
            bool behind = (i + 1 < x->n && s->left[i + 1]) || (j + 1 < y->n && s->right[j + 1]);
            s->left[i] = s->right[j] = before && behind;
            i++;
            j++;
        }
    }
}

static struct law_diff_pieces pieces_of(struct arena *a, const struct tokens *t, const bool *changed) {
    struct law_diff_pieces out = {0};
    for (size_t i = 0; i < t->n; i++) {
        struct law_diff_piece *last = out.n ? &out.at[out.n - 1] : NULL;
        if (last && last->is_changed == changed[i]) {
            last->text.len += t->at[i].whole.len;
        } else {
            LIST_ADD(a, &out, (struct law_diff_piece){t->at[i].whole, changed[i]});
        }
    }
    return out;
}

void law_diff_words(struct arena *a, struct str before, struct str after, struct law_diff_pieces *left,
                    struct law_diff_pieces *right) {
    struct tokens x = cut(a, before), y = cut(a, after);
    struct script s = {arena_take(a, bool, x.n + 1), arena_take(a, bool, y.n + 1)};
    struct myers w = {.x = &x, .y = &y, .n = (long)x.n, .m = (long)y.n, .script = &s};
    while (w.n > 0 && w.m > 0 && same_word(&x, w.from, &y, w.from)) {
        w.from++;
        w.n--;
        w.m--;
    }
    while (w.n > 0 && w.m > 0 && same_word(&x, w.from + w.n - 1, &y, w.from + w.m - 1)) {
        w.n--;
        w.m--;
    }
    if (!edits(a, &w)) {
        all_changed(s.left, w.from, w.n);
        all_changed(s.right, w.from, w.m);
    }
    smooth(&x, &y, &s);
    *left = pieces_of(a, &x, s.left);
    *right = pieces_of(a, &y, s.right);
}

/* ---- Places. */
struct side {
    struct law_diff_places places;
    struct pairs *pairs; /* made when first asked for: most places are the same on both sides, byte for byte */
    bool *has_pairs;
    long *match; /* ordinal on the other side, or LAW_DIFF_NONE */
    bool *is_moved;
};

struct named {
    struct str eid;
    size_t at;
};

static int by_eid(const void *x, const void *y) {
    const struct named *a = x, *b = y;
    int c = str_cmp(a->eid, b->eid);
    return c ? c : a->at < b->at ? -1 : 1;
}

static struct named *named(struct arena *a, const struct side *s) {
    struct named *all = arena_take(a, struct named, s->places.n + 1);
    for (size_t i = 0; i < s->places.n; i++) {
        all[i] = (struct named){s->places.at[i].eid, i};
    }
    list_sort(all, s->places.n, sizeof *all, by_eid);
    return all;
}

static struct side side_of(struct arena *a, struct law_diff_places places) {
    struct side s = {places, arena_take(a, struct pairs, places.n + 1), arena_take(a, bool, places.n + 1),
                     arena_take(a, long, places.n + 1), arena_take(a, bool, places.n + 1)};
    for (size_t i = 0; i < places.n; i++) {
        s.match[i] = LAW_DIFF_NONE;
    }
    return s;
}

static struct pairs pairs_at(struct arena *a, struct side *s, size_t i) {
    if (!s->has_pairs[i]) {
        s->pairs[i] = pairs_of(a, s->places.at[i].text);
        s->has_pairs[i] = true;
    }
    return s->pairs[i];
}

static double alike_at(struct arena *a, struct side *x, size_t i, struct side *y, size_t j) {
    bool is_same = str_eq(x->places.at[i].text, y->places.at[j].text);
    return is_same ? 1 : alike(pairs_at(a, x, i), pairs_at(a, y, j));
}

static void join(struct side *x, size_t i, struct side *y, size_t j, bool is_moved) {
    x->match[i] = (long)j;
    y->match[j] = (long)i;
    x->is_moved[i] = y->is_moved[j] = is_moved;
}

/* Same eid on both sides, alike at least so much; each eid in its order when it stands several times. */
static void join_named(struct arena *a, struct side *x, struct side *y, double least) {
    struct named *p = named(a, x), *q = named(a, y);
    for (size_t i = 0, j = 0; i < x->places.n && j < y->places.n;) {
        int c = str_cmp(p[i].eid, q[j].eid);
        if (c < 0) {
            i++;
        } else if (c > 0) {
            j++;
        } else {
            bool is_free = x->match[p[i].at] == LAW_DIFF_NONE && y->match[q[j].at] == LAW_DIFF_NONE;
            if (is_free && alike_at(a, x, p[i].at, y, q[j].at) >= least) {
                join(x, p[i].at, y, q[j].at, false);
            }
            i++;
            j++;
        }
    }
}

struct moved {
    double alike;
    size_t i, j;
};

static int most_alike_first(const void *x, const void *y) {
    const struct moved *a = x, *b = y;
    if (a->alike != b->alike) {
        return a->alike > b->alike ? -1 : 1;
    }
    return a->i != b->i ? (a->i < b->i ? -1 : 1) : (a->j < b->j ? -1 : a->j > b->j);
}

static bool may_be_moved(struct arena *a, struct side *s, size_t i) {
    return s->match[i] == LAW_DIFF_NONE && pairs_at(a, s, i).n >= PAIRS_OF_MOVED_LEAST;
}

struct moves {
    LIST(struct moved) found;
    size_t tried;
};

/* Texts of which one is more than half as long again as the other cannot be alike enough. */
static void look_for_moved(struct arena *a, struct side *x, size_t i, struct side *y, struct moves *m) {
    for (size_t j = 0; j < y->places.n && m->tried < PAIRS_MOST; j++) {
        size_t mine = x->pairs[i].n;
        if (!may_be_moved(a, y, j) || 3 * mine < 2 * y->pairs[j].n || 3 * y->pairs[j].n < 2 * mine) {
            continue;
        }
        m->tried++;
        double how = alike(x->pairs[i], y->pairs[j]);
        if (how >= LAW_DIFF_MOVED) {
            LIST_ADD(a, &m->found, (struct moved){how, i, j});
        }
    }
}

static void join_moved(struct arena *a, struct side *x, struct side *y) {
    struct moves m = {0};
    for (size_t i = 0; i < x->places.n; i++) {
        if (may_be_moved(a, x, i)) {
            look_for_moved(a, x, i, y, &m);
        }
    }
    if (m.found.n) {
        list_sort(m.found.at, m.found.n, sizeof *m.found.at, most_alike_first);
    }
    for (size_t k = 0; k < m.found.n; k++) {
        const struct moved *best = &m.found.at[k];
        if (x->match[best->i] == LAW_DIFF_NONE && y->match[best->j] == LAW_DIFF_NONE) {
            join(x, best->i, y, best->j, true);
        }
    }
}

static struct law_diff_pieces whole(struct arena *a, struct str text, bool is_changed) {
    struct law_diff_pieces p = {0};
    if (text.len) {
        LIST_ADD(a, &p, (struct law_diff_piece){text, is_changed});
    }
    return p;
}

static bool has_change(struct law_diff_pieces p) {
    for (size_t i = 0; i < p.n; i++) {
        if (p.at[i].is_changed) {
            return true;
        }
    }
    return false;
}

static struct law_diff_row pair_row(struct arena *a, struct side *x, struct side *y, size_t i, size_t j) {
    struct law_diff_row r = {.before = (long)i, .after = (long)j};
    struct str before = x->places.at[i].text, after = y->places.at[j].text;
    if (str_eq(before, after)) {
        r.left = whole(a, before, false);
        r.right = whole(a, after, false);
    } else if (alike_at(a, x, i, y, j) < REPLACED && x->pairs[i].n + y->pairs[j].n > 8) {
        r.left = whole(a, before, true);
        r.right = whole(a, after, true);
    } else {
        law_diff_words(a, before, after, &r.left, &r.right);
    }
    bool changed = has_change(r.left) || has_change(r.right);
    r.kind = y->is_moved[j] ? LAW_DIFF_MOVED_PLACE : changed ? LAW_DIFF_CHANGED : LAW_DIFF_SAME;
    return r;
}

static void removed_until(struct arena *a, struct law_diff_rows *rows, const struct side *x, size_t *next, size_t end) {
    for (; *next < end; ++*next) {
        if (x->match[*next] == LAW_DIFF_NONE) {
            LIST_ADD(a, rows,
                     (struct law_diff_row){.kind = LAW_DIFF_REMOVED,
                                           .before = (long)*next,
                                           .after = LAW_DIFF_NONE,
                                           .left = whole(a, x->places.at[*next].text, true)});
        }
    }
}

struct law_diff_rows law_diff(struct arena *a, struct law_diff_places before, struct law_diff_places after) {
    struct side x = side_of(a, before), y = side_of(a, after);
    join_named(a, &x, &y, SAME_PLACE);
    join_moved(a, &x, &y);
    join_named(a, &x, &y, 0);
    struct law_diff_rows rows = {0};
    size_t next = 0;
    for (size_t j = 0; j < after.n; j++) {
        long i = y.match[j];
        if (i != LAW_DIFF_NONE && !y.is_moved[j]) {
            removed_until(a, &rows, &x, &next, (size_t)i);
        }
        if (i == LAW_DIFF_NONE) {
            LIST_ADD(a, &rows,
                     (struct law_diff_row){.kind = LAW_DIFF_ADDED,
                                           .before = LAW_DIFF_NONE,
                                           .after = (long)j,
                                           .right = whole(a, after.at[j].text, true)});
        } else {
            LIST_ADD(a, &rows, pair_row(a, &x, &y, (size_t)i, j));
        }
    }
    removed_until(a, &rows, &x, &next, before.n);
    return rows;
}
