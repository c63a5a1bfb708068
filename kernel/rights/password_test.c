/* The process that hashes, over its sockets: turns of networks, refusals, answers. */
#include "kernel/rights/password.h"

#include <signal.h>
#include <sodium.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "tests/test.h"

#include "base/banned.h"

static volatile sig_atomic_t stopped;
static void stop(int sig) { stopped = sig; }

struct hasher {
    pid_t pid;
    int ends[2];
};

/* Begun only once all is asked: what it finds waiting, it puts in order. */
static bool hasher_open(struct hasher *h) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, h->ends) == 0;
}
static void hasher_start(struct hasher *h) {
    h->pid = fork();
    if (h->pid == 0) {
        signal(SIGTERM, stop);
        password_serve(&h->ends[1], 1, &stopped);
        _exit(0);
    }
}
static void hasher_end(struct hasher *h) {
    kill(h->pid, SIGTERM);
    waitpid(h->pid, NULL, 0);
    close(h->ends[0]);
    close(h->ends[1]);
}

static bool hear(struct hasher *h, struct arena *a, uint64_t *ticket, struct password_done *done) {
    struct pollfd fd = {.fd = h->ends[0], .events = POLLIN};
    return poll(&fd, 1, 120000) == 1 && password_receive(h->ends[0], a, ticket, done);
}

TEST("a password is sealed and tried, here and by the process beside") {
    struct hasher h;
    struct password_done done;
    uint64_t ticket;
    CHECK_OK(password_do(arena, &(struct password_work){.fresh = S("mật khẩu dài")}, &done));
    struct str sealed = done.sealed;
    CHECK(str_starts(sealed, S("$argon2id$")));
    CHECK_OK(password_do(arena, &(struct password_work){.sealed = password_of_nobody(), .tried = S("")}, &done));
    CHECK(!done.is_right);
    CHECK_OR_RETURN(hasher_open(&h));
    CHECK(password_send(h.ends[0], 1, &(struct password_work){.sealed = sealed, .tried = S("mật khẩu dài")}));
    CHECK(password_send(h.ends[0], 2, &(struct password_work){.sealed = sealed, .tried = S("sai"), .fresh = S("mới")}));
    CHECK(password_send(h.ends[0], 3, &(struct password_work){.fresh = S("mới hơn")}));
    hasher_start(&h);
    CHECK(hear(&h, arena, &ticket, &done) && ticket == 1 && done.is_right && !done.sealed.len);
    CHECK(hear(&h, arena, &ticket, &done) && ticket == 2 && !done.is_right && !done.sealed.len);
    CHECK(hear(&h, arena, &ticket, &done) && ticket == 3 && done.is_right && done.sealed.len > 80);
    hasher_end(&h);
}

TEST("networks take turns, a known browser goes first, and a crowd from one network is refused at once") {
    struct hasher h;
    struct password_done done;
    uint64_t ticket, order[64];
    size_t n = 0, refused = 0;
    /* Cheap to try: on a slow machine no one here waits so long that it is dropped as late. */
    char sealed[crypto_pwhash_STRBYTES];
    CHECK_OR_RETURN(crypto_pwhash_str(sealed, "y", 1, crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN) == 0);
    struct password_work crowd = {.sealed = str_of(sealed), .tried = S("x"), .network = S("10.0.0.0/24")},
                         other = crowd, known = crowd;
    other.network = S("10.0.1.0/24");
    known.is_first = true;
    CHECK_OR_RETURN(hasher_open(&h));
    for (uint64_t i = 1; i <= 30; i++) {
        CHECK(password_send(h.ends[0], i, &crowd));
    }
    CHECK(password_send(h.ends[0], 100, &other) && password_send(h.ends[0], 101, &known));
    hasher_start(&h);
    for (int i = 0; i < 32; i++) {
        CHECK_OR_RETURN(hear(&h, arena, &ticket, &done));
        refused += done.is_refused;
        if (!done.is_refused) {
            order[n++] = ticket;
        }
    }
    CHECK(refused == 14 && n == 18);
    CHECK(order[0] == 101);
    CHECK(order[1] == 1 && order[2] == 100 && order[3] == 2);
    hasher_end(&h);
}
