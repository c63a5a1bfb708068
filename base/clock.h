/* How far the machine's wall clock is believed. It is held against the steady clock, which nobody sets: while the two
   go together, or differ by no more than an hour ahead or ten minutes back, clock_now is the wall clock. A jump is
   held: clock_now goes on from the last good instant by the steady clock, until the wall clock agrees again or the
   administrator takes it. A process begins where the database's last known instant left off; having been off for up to
   400 days is no jump. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include "base/time.h"

struct clock_trust {
    int64_t wall_ms;   /* the last good instant */
    int64_t steady_ms; /* when that was */
    int64_t ahead_ms;  /* how far the wall clock may be ahead of what is expected */
    bool is_begun;
    bool is_held;
};
/* The instant to go by, when the machine's clocks say this. */
int64_t clock_trust_now(struct clock_trust *t, int64_t wall_ms, int64_t steady_ms);
/* As a start: an instant known from before. is_same: steady_ms was said then by this machine's clock, which ran on
   since; otherwise it is now, and how long ago that was is not known. */
void clock_trust_begin(struct clock_trust *t, int64_t known_ms, int64_t steady_ms, bool is_same);

/* The same for this process, whose children go on from it. Nothing is held while the clock is frozen. */
struct clock_mark {
    struct instant at;
    int64_t steady_ms;
    struct str boot; /* names the run of the machine; empty when it has no name */
};
void clock_begin(const struct clock_mark *known);
/* This instant, to begin from later. */
struct clock_mark clock_mark(struct arena *a);
/* Whether clock_now is held; *wall is what the machine says. */
bool clock_is_held(struct instant *wall);
/* The wall clock is right as it is. */
void clock_take_wall(void);

/* base/time.c: where it was frozen; false when it runs. */
bool clock_frozen_at(struct instant *at);
#endif
