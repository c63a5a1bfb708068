#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define EACH_TAKE_IS_A_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_TAKE_IS_A_MALLOC 1
#endif
#endif
#ifndef EACH_TAKE_IS_A_MALLOC
#define EACH_TAKE_IS_A_MALLOC 0
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char bytes[];
};

struct ending {
    struct ending *next;
    void (*done)(void *thing);
    void *thing;
};

struct arena {
    struct block *blocks;
    struct ending *endings;
    size_t used;
};

static _Noreturn void out_of_memory(void) {
    fputs("out of memory\n", stderr);
    abort();
}

struct arena *arena_new(void) {
    struct arena *a = calloc(1, sizeof *a);
    if (!a) {
        out_of_memory();
    }
    return a;
}

static struct block *block_new(struct arena *a, size_t size) {
    struct block *b = malloc(sizeof *b + size);
    if (!b) {
        out_of_memory();
    }
    *b = (struct block){.next = a->blocks, .size = size};
    a->blocks = b;
    return b;
}

static void run_endings(struct arena *a) {
    while (a->endings) {
        struct ending *e = a->endings;
        a->endings = e->next;
        e->done(e->thing);
    }
}

void arena_reset(struct arena *a) {
    run_endings(a);
    struct block *keep = NULL;
    for (struct block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        if (!EACH_TAKE_IS_A_MALLOC && !keep && b->size <= FIRST_BLOCK * 4) {
            keep = b;
        } else {
            free(b);
        }
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    a->blocks = keep;
    a->used = 0;
}

void arena_free(struct arena *a) {
    if (!a) {
        return;
    }
    run_endings(a);
    for (struct block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

size_t arena_used(const struct arena *a) { return a->used; }

/* Where no block has room: a new one, or for a large thing one of its own behind the current one, which stays in use.
 */
static void *take_more(struct arena *a, size_t bytes) {
    struct block *b = a->blocks;
    size_t next = b ? b->size * 2 : FIRST_BLOCK;
    next = next > LARGEST_BLOCK ? LARGEST_BLOCK : next;
    if (b && bytes > next / 4) {
        struct block *own = malloc(sizeof *own + bytes);
        if (!own) {
            out_of_memory();
        }
        *own = (struct block){.next = b->next, .size = bytes, .used = bytes};
        b->next = own;
        return own->bytes;
    }
    b = block_new(a, bytes > next ? bytes : next);
    b->used = bytes;
    return b->bytes;
}

void *arena_take_raw(struct arena *a, size_t bytes, size_t align) {
    bytes = bytes ? bytes : 1;
    a->used += bytes;
    struct block *b = a->blocks;
    if (EACH_TAKE_IS_A_MALLOC || !b) {
        b = block_new(a, EACH_TAKE_IS_A_MALLOC || bytes > FIRST_BLOCK ? bytes : FIRST_BLOCK);
        b->used = bytes;
        return b->bytes;
    }
    size_t from = (b->used + align - 1) & ~(align - 1);
    if (from > b->size || bytes > b->size - from) {
        return take_more(a, bytes);
    }
    b->used = from + bytes;
    return b->bytes + from;
}

void *arena_take_bytes(struct arena *a, size_t n, size_t size, size_t align) {
    if (size && n > (SIZE_MAX / 4) / size) {
        out_of_memory();
    }
    size_t bytes = n == 0 || size == 0 ? 1 : n * size;
    return memset(arena_take_raw(a, bytes, align), 0, bytes);
}

void arena_on_reset(struct arena *a, void (*done)(void *thing), void *thing) {
    struct ending *e = arena_take(a, struct ending, 1);
    *e = (struct ending){.next = a->endings, .done = done, .thing = thing};
    a->endings = e;
}
