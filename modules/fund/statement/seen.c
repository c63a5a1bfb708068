/* Which transfers a statement had: an open table of hashes, doubled when half full. */
#include "modules/fund/statement/inside.h"

#include "base/arena.h"

#include "base/banned.h"

enum { FIRST = 1024 };

struct slot {
    uint64_t hash;  /* of the reference */
    int64_t amount; /* below 0: out */
    int64_t number; /* 0: free */
};
struct seen {
    struct arena *arena;
    struct slot *slots;
    size_t cap, n;
};

struct seen *seen_open(struct arena *a) {
    struct seen *s = arena_take(a, struct seen, 1);
    *s = (struct seen){.arena = a, .slots = arena_take(a, struct slot, FIRST), .cap = FIRST};
    return s;
}

static struct slot *slot_for(struct slot *slots, size_t cap, const struct slot *wanted) {
    size_t at = (size_t)wanted->hash & (cap - 1);
    while (slots[at].number && (slots[at].hash != wanted->hash || slots[at].amount != wanted->amount)) {
        at = (at + 1) & (cap - 1);
    }
    return &slots[at];
}

static void grow(struct seen *s) {
    struct slot *more = arena_take(s->arena, struct slot, s->cap * 2);
    for (size_t i = 0; i < s->cap; i++) {
        if (s->slots[i].number) {
            *slot_for(more, s->cap * 2, &s->slots[i]) = s->slots[i];
        }
    }
    s->slots = more;
    s->cap *= 2;
}

int64_t seen_before(struct seen *s, const struct statement_line *line) {
    if (!line->ref.len) {
        return 0;
    }
    struct slot wanted = {str_hash(line->ref), line->is_out ? -line->amount : line->amount, line->number};
    struct slot *slot = slot_for(s->slots, s->cap, &wanted);
    if (slot->number) {
        return slot->number;
    }
    *slot = wanted;
    if (++s->n * 2 > s->cap) {
        grow(s);
    }
    return 0;
}
