/* Handing a letter to a server that sends it on (RFC 5321), on a line that is signed in. Two steps, so that what was
   under way is known after a fall: until smtp_hand begins, the server has not taken the letter. */
#ifndef KERNEL_WIRE_SMTP_H
#define KERNEL_WIRE_SMTP_H
#include "kernel/wire/wire.h"

struct smtp_answer {
    int code;        /* 250; 0: none */
    struct str text; /* after the code, its lines joined; no secret is ever in it */
};
struct smtp_receiver {
    struct str address;
    struct smtp_answer answer;
};
struct smtp_letter {
    struct str from; /* where bounces go */
    struct smtp_receiver *to;
    size_t n;
    struct str bytes; /* 7 bits; any line ends */
};
/* Sender, receivers and all of the letter but its last dot. Each receiver has its answer afterwards: 2xx taken, 4xx not
   now, 5xx never. *n_taken 0: nothing is under way. BUSY: the line was lost, and nothing has been taken. */
struct err smtp_offer(struct wire *w, struct arena *a, struct smtp_letter *letter, size_t *n_taken);
/* The last dot. 2xx: the server has the letter. BUSY: the line was lost, and nobody knows. */
struct err smtp_hand(struct wire *w, struct arena *a, struct smtp_answer *answer);
void smtp_end(struct wire *w); /* says good-bye, and closes */
/* Whether it may be said to a server as an address: one @, printable, no brackets or blanks. */
bool smtp_address_is_plain(struct str address);
#endif
