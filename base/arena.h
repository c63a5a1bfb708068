/* Memory by lifetime: what is taken from an arena lives until the arena is reset or freed.
   Taking never fails: out of memory ends the process, which the master restarts.
   Built with AddressSanitizer each take is its own malloc, so an overrun is caught. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdalign.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_reset(struct arena *a);        /* all that was taken is gone; keeps one block */
void arena_free(struct arena *a);         /* NULL is allowed */
size_t arena_used(const struct arena *a); /* bytes taken since the last reset */

/* Zeroed memory for n things. */
#define arena_take(a, type, n) ((type *)arena_take_bytes((a), (n), sizeof(type), alignof(type)))
void *arena_take_bytes(struct arena *a, size_t n, size_t size, size_t align);
/* Memory for whoever fills every byte before reading it. */
void *arena_take_raw(struct arena *a, size_t bytes, size_t align);

/* Runs done(thing) when the arena is reset or freed, last registered first. */
void arena_on_reset(struct arena *a, void (*done)(void *thing), void *thing);
#endif
