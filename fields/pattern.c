/* Regular expressions over characters, in time that grows with the text alone: a definition's mistake cannot stop the
   program. Known: . [a-z] [^…] \d \w \s, groups, |, ? * + {n} {n,} {n,m}, ^ and $. */
#include "fields/inside.h"

#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

/* A group that is repeated is read twice, so groups in groups cost twice as much each. */
enum { STEPS_MOST = 4000, RANGES_MOST = 32, TIMES_MOST = 1000, GROUPS_MOST = 8 };
enum step_kind { STEP_SET, STEP_BOTH, STEP_GO, STEP_BEGIN, STEP_END, STEP_DONE };

struct range {
    uint32_t from, to;
};
struct step {
    enum step_kind kind;
    size_t a, b; /* where BOTH and GO lead */
    bool is_not;
    size_t n;
    const struct range *ranges;
};
struct fields_pattern {
    LIST(struct step) steps;
};
struct reading {
    struct arena *arena;
    struct str words;
    size_t at;
    int deep;
    bool is_bad;
    struct fields_pattern *p;
};

static void alternatives_read(struct reading *r);

static size_t step_add(struct reading *r, struct step s) {
    if (r->p->steps.n >= STEPS_MOST) {
        r->is_bad = true;
        return 0;
    }
    LIST_ADD(r->arena, &r->p->steps, s);
    return r->p->steps.n - 1;
}

static bool take(struct reading *r, char c) {
    if (r->at < r->words.len && r->words.at[r->at] == c) {
        r->at++;
        return true;
    }
    return false;
}

/* \d, \w, \s, or the character itself. */
static size_t escape_read(struct reading *r, struct range *to) {
    if (r->at >= r->words.len) {
        r->is_bad = true;
        return 0;
    }
    uint32_t c = utf8_next(r->words, &r->at);
    switch (c) {
    case 'd': to[0] = (struct range){'0', '9'}; return 1;
    case 's':
        to[0] = (struct range){' ', ' '};
        to[1] = (struct range){'\t', '\r'};
        return 2;
    case 'w':
        to[0] = (struct range){'0', '9'};
        to[1] = (struct range){'A', 'Z'};
        to[2] = (struct range){'a', 'z'};
        to[3] = (struct range){'_', '_'};
        return 4;
    default: to[0] = (struct range){c, c}; return 1;
    }
}

static void set_read(struct reading *r) {
    struct range *ranges = arena_take(r->arena, struct range, RANGES_MOST);
    struct step s = {.kind = STEP_SET, .ranges = ranges, .is_not = take(r, '^')};
    bool is_first = true;
    while (!r->is_bad && (is_first || !take(r, ']'))) {
        is_first = false;
        if (r->at >= r->words.len || s.n + 4 >= RANGES_MOST) {
            r->is_bad = true;
            return;
        }
        if (take(r, '\\')) {
            s.n += escape_read(r, &ranges[s.n]);
            continue;
        }
        uint32_t from = utf8_next(r->words, &r->at), to = from;
        if (r->at + 1 < r->words.len && r->words.at[r->at] == '-' && r->words.at[r->at + 1] != ']') {
            r->at++;
            to = utf8_next(r->words, &r->at);
            r->is_bad = r->is_bad || to < from;
        }
        ranges[s.n++] = (struct range){from, to};
    }
    step_add(r, s);
}

static void atom_read(struct reading *r) {
    if (take(r, '(')) {
        r->is_bad = r->is_bad || ++r->deep > GROUPS_MOST;
        if (!r->is_bad) {
            alternatives_read(r);
        }
        r->deep--;
        r->is_bad = r->is_bad || !take(r, ')');
        return;
    }
    if (take(r, '[')) {
        set_read(r);
        return;
    }
    if (take(r, '^')) {
        step_add(r, (struct step){.kind = STEP_BEGIN});
        return;
    }
    if (take(r, '$')) {
        step_add(r, (struct step){.kind = STEP_END});
        return;
    }
    struct range *ranges = arena_take(r->arena, struct range, 4);
    struct step s = {.kind = STEP_SET, .ranges = ranges, .n = 1};
    if (take(r, '.')) {
        s.n = 0;
        s.is_not = true;
    } else if (take(r, '\\')) {
        s.n = escape_read(r, ranges);
    } else {
        r->is_bad = r->is_bad || strchr("*+?{", r->words.at[r->at]);
        uint32_t c = utf8_next(r->words, &r->at);
        ranges[0] = (struct range){c, c};
    }
    step_add(r, s);
}

/* {n}, {n,}, {n,m}; most -1: any number. */
static bool times_read(struct reading *r, int64_t *least, int64_t *most) {
    *least = 0;
    *most = -1;
    if (take(r, '*')) {
        return true;
    }
    if (take(r, '+')) {
        *least = 1;
        return true;
    }
    if (take(r, '?')) {
        *most = 1;
        return true;
    }
    if (!take(r, '{')) {
        return false;
    }
    size_t end = str_find(r->words, S("}"), r->at);
    struct str low, high;
    if (end == SIZE_MAX) {
        r->is_bad = true;
        return false;
    }
    bool has_comma = str_cut(str_slice(r->words, r->at, end), S(","), &low, &high);
    r->at = end + 1;
    r->is_bad = r->is_bad || !num_read_between(low, 0, TIMES_MOST, least) ||
                (high.len && !num_read_between(high, *least, TIMES_MOST, most));
    *most = !has_comma ? *least : *most;
    return !r->is_bad;
}

/* The atom again, from its words. */
static void again(struct reading *r, size_t from) {
    size_t after = r->at;
    r->at = from;
    atom_read(r);
    r->at = after;
}

static void repeat(struct reading *r, size_t from, int64_t least, int64_t most) {
    for (int64_t i = 0; i < least && !r->is_bad; i++) {
        again(r, from);
    }
    if (most < 0) {
        size_t fork = step_add(r, (struct step){.kind = STEP_BOTH});
        again(r, from);
        step_add(r, (struct step){.kind = STEP_GO, .a = fork});
        r->p->steps.at[fork].a = fork + 1;
        r->p->steps.at[fork].b = r->p->steps.n;
        return;
    }
    for (int64_t i = least; i < most && !r->is_bad; i++) {
        size_t fork = step_add(r, (struct step){.kind = STEP_BOTH});
        again(r, from);
        r->p->steps.at[fork].a = fork + 1;
        r->p->steps.at[fork].b = r->p->steps.n;
    }
}

static void sequence_read(struct reading *r) {
    while (!r->is_bad && r->at < r->words.len && r->words.at[r->at] != '|' && r->words.at[r->at] != ')') {
        size_t from = r->at, steps = r->p->steps.n;
        int64_t least, most;
        atom_read(r);
        if (!r->is_bad && times_read(r, &least, &most)) {
            r->p->steps.n = steps;
            repeat(r, from, least, most);
        }
    }
}

static void alternatives_read(struct reading *r) {
    size_t ends[RANGES_MOST], n = 0;
    for (;;) {
        size_t fork = step_add(r, (struct step){.kind = STEP_BOTH});
        sequence_read(r);
        if (r->is_bad) {
            return;
        }
        r->p->steps.at[fork].a = r->p->steps.at[fork].b = fork + 1;
        if (!take(r, '|')) {
            break;
        }
        if (n == RANGES_MOST) {
            r->is_bad = true;
            return;
        }
        ends[n++] = step_add(r, (struct step){.kind = STEP_GO});
        r->p->steps.at[fork].b = r->p->steps.n;
    }
    for (size_t i = 0; i < n; i++) {
        r->p->steps.at[ends[i]].a = r->p->steps.n;
    }
}

struct fields_pattern *fields_pattern_read(struct arena *a, struct str words) {
    struct reading r = {.arena = a, .words = words, .p = arena_take(a, struct fields_pattern, 1)};
    alternatives_read(&r);
    step_add(&r, (struct step){.kind = STEP_DONE});
    return r.is_bad || r.at != words.len ? NULL : r.p;
}

struct match {
    const struct fields_pattern *p;
    size_t *now, *next, *stack; /* steps, each once */
    size_t now_n, next_n;
    uint32_t *mark; /* the turn in which a step was taken last */
    uint32_t turn;
    bool is_begin, is_end;
};

/* What can be reached from a step without a character. */
static void reach(struct match *m, size_t from) {
    size_t n = 0;
    m->stack[n++] = from;
    while (n) {
        size_t at = m->stack[--n];
        const struct step *s = &m->p->steps.at[at];
        if (m->mark[at] == m->turn) {
            continue;
        }
        m->mark[at] = m->turn;
        m->next[m->next_n++] = at;
        if (s->kind == STEP_BOTH) {
            m->stack[n++] = s->b;
            m->stack[n++] = s->a;
        } else if (s->kind == STEP_GO) {
            m->stack[n++] = s->a;
        } else if ((s->kind == STEP_BEGIN && m->is_begin) || (s->kind == STEP_END && m->is_end)) {
            m->stack[n++] = at + 1;
        }
    }
}

static bool in_set(const struct step *s, uint32_t c) {
    for (size_t i = 0; i < s->n; i++) {
        if (c >= s->ranges[i].from && c <= s->ranges[i].to) {
            return !s->is_not;
        }
    }
    return s->is_not;
}

static bool turn_over(struct match *m) {
    size_t *was = m->now;
    m->now = m->next;
    m->now_n = m->next_n;
    m->next = was;
    m->next_n = 0;
    m->turn++;
    for (size_t i = 0; i < m->now_n; i++) {
        if (m->p->steps.at[m->now[i]].kind == STEP_DONE) {
            return true;
        }
    }
    return false;
}

bool fields_pattern_fits(struct arena *a, const struct fields_pattern *p, struct str text) {
    size_t n = p->steps.n, at = 0;
    struct match m = {.p = p,
                      .now = arena_take(a, size_t, n),
                      .next = arena_take(a, size_t, n),
                      .stack = arena_take(a, size_t, 2 * n + 2),
                      .mark = arena_take(a, uint32_t, n),
                      .turn = 1,
                      .is_begin = true,
                      .is_end = text.len == 0};
    reach(&m, 0);
    while (!turn_over(&m)) {
        if (at >= text.len) {
            return false;
        }
        uint32_t c = utf8_next(text, &at);
        m.is_begin = false;
        m.is_end = at >= text.len;
        for (size_t i = 0; i < m.now_n; i++) {
            const struct step *s = &p->steps.at[m.now[i]];
            if (s->kind == STEP_SET && in_set(s, c)) {
                reach(&m, m.now[i] + 1);
            }
        }
        reach(&m, 0);
    }
    return true;
}
