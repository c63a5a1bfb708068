/* Open pages hear of events at once: GET /live is an event stream (SSE) of what the worn post may see.
   Each web worker holds its own streams and reads new events when poked; a lost line resumes by Last-Event-ID. */
#ifndef KERNEL_HTTP_LIVE_H
#define KERNEL_HTTP_LIVE_H
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct server;

struct err live_open(struct server *s);
int live_fd(const struct server *s); /* for the event loop; -1: none */
/* Passes on new events when poked, and beats once in a while. now_us is the monotonic clock. */
void live_turn(struct server *s, bool is_poked, int64_t now_us);
void live_close_all(struct server *s); /* the streams end; browsers come back to another worker */
void live_shut(struct server *s);
#endif
