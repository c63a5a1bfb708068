/* A line to another server of letters: libcurl connects, encrypts and signs in (CONNECT_ONLY), then it is bytes, read
   by lines. What is said on it after that: smtp.h and imap.h. From job workers only, since it waits; each wait and the
   whole have an end, so that a slow or lying server costs one job its time and nothing more.
   needs: nothing   shows: smtp imap */
#ifndef KERNEL_WIRE_WIRE_H
#define KERNEL_WIRE_WIRE_H
#include "base/err.h"

struct arena;
struct wire;

enum wire_safety {
    WIRE_TLS = 1,  /* from the first byte */
    WIRE_STARTTLS, /* asked for, never gone without */
    WIRE_BARE,     /* to this very machine only */
};
struct wire_server {
    const char *scheme; /* "smtp", "imap" */
    struct str host;
    int64_t port;
    enum wire_safety safety;
    struct str login, secret; /* no login: nobody signs in */
    struct str trusted;       /* PEM of a certificate that is believed beside the machine's own; empty: none */
    struct str greeting;      /* smtp: what we call ourselves */
};
/* INVALID: it will not work by trying again (no such host name, a certificate nobody knows, wrong login). BUSY: it may.
   The message is a Vietnamese sentence that says what to do. */
struct err wire_open(struct arena *a, const struct wire_server *server, struct wire **wire);
/* What of the settings such a sentence is about: "host", "safety", "secret", "trusted"; empty for any other. */
struct str wire_fault_about(struct str sentence);
/* Bytes as if a server had said them; what is put goes nowhere. For tests and fuzzing. */
struct wire *wire_of(struct arena *a, struct str said);
void wire_close(struct wire *w); /* NULL is allowed; without a word to the server */
/* Seconds from now until the line is given up. */
void wire_limit(struct wire *w, int seconds);
/* Whether a host is this machine. */
bool wire_is_here(struct str host);

/* All: BUSY when the line is lost or its time is over, BROKEN when the server says what no server should. */
struct err wire_put(struct wire *w, struct str bytes);
/* A line without its end, of at most `most` bytes; lives in the arena given. */
struct err wire_line(struct wire *w, struct arena *a, size_t most, struct str *line);
/* Exactly n bytes. */
struct err wire_take(struct wire *w, struct arena *a, size_t n, struct str *bytes);
#endif
