#include "base/clock.h"

#include "base/arena.h"
#include "base/num.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

static const int64_t AHEAD_MS = 3600 * INT64_C(1000), BACK_MS = 600 * INT64_C(1000),
                     OFF_MS = 400 * 86400 * INT64_C(1000);

static struct clock_trust here;

int64_t clock_trust_now(struct clock_trust *t, int64_t wall_ms, int64_t steady_ms) {
    int64_t expected = t->wall_ms + (steady_ms - t->steady_ms);
    t->is_held = t->is_begun && (wall_ms - expected > t->ahead_ms || expected - wall_ms > BACK_MS);
    if (t->is_held) {
        return expected;
    }
    *t = (struct clock_trust){.wall_ms = wall_ms, .steady_ms = steady_ms, .ahead_ms = AHEAD_MS, .is_begun = true};
    return wall_ms;
}

void clock_trust_begin(struct clock_trust *t, int64_t known_ms, int64_t steady_ms, bool is_same) {
    *t = (struct clock_trust){
        .wall_ms = known_ms, .steady_ms = steady_ms, .ahead_ms = is_same ? AHEAD_MS : OFF_MS, .is_begun = true};
}

static int64_t ms_of(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What the file that DOANKET_CLOCK_SHIFT names says, in milliseconds: a jump of the wall clock for tests. */
static int64_t shift_ms(void) {
    static const char *path;
    static bool is_asked;
    char line[24];
    int64_t ms = 0;
    if (!is_asked) {
        is_asked = true;
        path = getenv("DOANKET_CLOCK_SHIFT");
    }
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        ssize_t n = read(fd, line, sizeof line);
        close(fd);
        if (n <= 0 || !num_read(str_trim((struct str){line, (size_t)n}), &ms)) {
            ms = 0;
        }
    }
    return ms;
}

static int64_t wall_now(void) { return ms_of(CLOCK_REALTIME) + shift_ms(); }
/* Also counts while the machine sleeps. */
static int64_t steady_now(void) { return ms_of(CLOCK_BOOTTIME); }

struct instant clock_now(void) {
    struct instant frozen;
    if (clock_frozen_at(&frozen)) {
        return frozen;
    }
    return (struct instant){clock_trust_now(&here, wall_now(), steady_now())};
}

static struct str boot_name(struct arena *a) {
    char line[36];
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof line);
    if (fd >= 0) {
        close(fd);
    }
    return n == (ssize_t)sizeof line ? str_copy(a, (struct str){line, sizeof line}) : S("");
}

void clock_begin(const struct clock_mark *known) {
    struct arena *own = arena_new();
    int64_t steady = steady_now();
    bool is_same = known->boot.len && str_eq(known->boot, boot_name(own)) && known->steady_ms <= steady;
    clock_trust_begin(&here, known->at.ms, is_same ? known->steady_ms : steady, is_same);
    arena_free(own);
}

struct clock_mark clock_mark(struct arena *a) {
    return (struct clock_mark){.at = clock_now(), .steady_ms = steady_now(), .boot = boot_name(a)};
}

bool clock_is_held(struct instant *wall) {
    if (clock_is_frozen()) {
        return false;
    }
    *wall = (struct instant){wall_now()};
    clock_trust_now(&here, wall->ms, steady_now());
    return here.is_held;
}

void clock_take_wall(void) {
    here.is_begun = false;
    clock_trust_now(&here, wall_now(), steady_now());
}
