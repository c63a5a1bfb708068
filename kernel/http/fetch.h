/* Asking another server over HTTP: from job workers only, since it waits for the answer. No redirects, no cookies, TLS
   verified, a limit on time and on bytes, so that a slow or hostile server costs one job its time and nothing more.
   needs: nothing */
#ifndef KERNEL_HTTP_FETCH_H
#define KERNEL_HTTP_FETCH_H
#include "base/err.h"

struct arena;

struct fetch {
    struct str url;   /* http:// or https:// */
    struct str body;  /* sent by POST when there is one; else GET */
    struct str type;  /* of the body: application/json */
    struct str token; /* sent as "Authorization: Bearer …": over https, or to this machine itself, never else */
    struct str basic; /* name:password, as "Authorization: Basic …", where a token may go; empty: none */
    long seconds;     /* for all of it; 0: 30 */
    size_t most;      /* bytes of answer; 0: one million */
};
struct fetched {
    long status;
    struct str body;
};

/* INVALID: an address that is none, or another protocol. BUSY: no connection, or not in time. BROKEN: a larger answer
   than most. The person's sentence is in the fault's message. Any HTTP status is OK. */
struct err fetch_ask(struct arena *a, const struct fetch *f, struct fetched *out);
#endif
