#include "search/segments/guard.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/banned.h"

enum { GUARDS_MOST = 4096 };

/* One process's; a signal handler can be given nothing else. from is 0 where a place is free. */
static struct search_guard guards[GUARDS_MOST];
static atomic_size_t used; /* places ever taken */
static uintptr_t page_size;

static void on_bus(int signal, siginfo_t *info, void *context) {
    (void)context;
    uintptr_t at = (uintptr_t)info->si_addr;
    size_t n = atomic_load(&used);
    int before = errno;
    for (size_t i = 0; i < n; i++) {
        if (at >= atomic_load(&guards[i].from) && at < atomic_load(&guards[i].to)) {
            void *page = (void *)(at / page_size * page_size);
            if (mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page) {
                atomic_store(&guards[i].is_hurt, true);
                errno = before;
                return;
            }
        }
    }
    /* None of ours: it strikes again, and ends the process as it would have. */
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(signal, &usual, NULL);
}

static void listen_once(void) {
    if (page_size == 0) {
        struct sigaction act = {.sa_sigaction = on_bus, .sa_flags = SA_SIGINFO | SA_NODEFER};
        page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
        sigaction(SIGBUS, &act, NULL);
    }
}

struct search_guard *search_guard_begin(const void *base, size_t size) {
    listen_once();
    for (size_t i = 0; i < GUARDS_MOST; i++) {
        uintptr_t none = 0;
        if (atomic_compare_exchange_strong(&guards[i].from, &none, (uintptr_t)base)) {
            atomic_store(&guards[i].is_hurt, false);
            atomic_store(&guards[i].to, (uintptr_t)base + size);
            if (i >= atomic_load(&used)) {
                atomic_store(&used, i + 1);
            }
            return &guards[i];
        }
    }
    return NULL;
}

void search_guard_end(struct search_guard *g) {
    if (g) {
        atomic_store(&g->to, 0);
        atomic_store(&g->from, 0);
    }
}
