/* Sealing and trying passwords (argon2id), which takes as long as thirty pages: done by a process of its own beside the
   web workers, so that nobody's page waits for it. Networks take turns there; a browser that its person used before
   goes first. needs: base http */
#ifndef KERNEL_RIGHTS_PASSWORD_H
#define KERNEL_RIGHTS_PASSWORD_H
#include <signal.h>

#include "base/err.h"

struct arena;
struct get;
struct request;

/* What is to be done: whether tried fits sealed; then, if it does or nothing was tried, fresh is sealed. */
struct password_work {
    struct str sealed, tried; /* sealed empty: nothing is tried */
    struct str fresh;         /* empty: nothing is sealed */
    struct str network;       /* who asks; each has its turn */
    bool is_first;            /* before the others */
};
struct password_done {
    bool is_right;
    bool is_refused; /* too many wait already */
    struct str sealed;
};

/* Here and now, in this process; BROKEN without memory. */
struct err password_do(struct arena *a, const struct password_work *work, struct password_done *done);
/* As long as any other, and never right: for logins that do not exist. */
struct str password_of_nobody(void);

/* In a route's .before: .post finds it done. When too many wait, .post is not called, and the person is told when to
   come back. */
void password_want(struct get *g, const struct password_work *work);
const struct password_done *password_wanted(const struct request *r);

/* Between a worker and the hashing process: a socket pair of kind SOCK_SEQPACKET for each worker. */
bool password_send(int fd, uint64_t ticket, const struct password_work *work); /* false: it takes no more now */
/* The next answer, or false. sealed is in the arena. */
bool password_receive(int fd, struct arena *a, uint64_t *ticket, struct password_done *done);
/* The process: hashes for all sockets until told to stop. */
void password_serve(const int *fds, int n, const volatile sig_atomic_t *stop);
#endif
