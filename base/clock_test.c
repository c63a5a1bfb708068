#include "base/clock.h"
#include "tests/test.h"

static const int64_t MINUTE = 60000, HOUR = 3600000, DAY = 86400000, NOW = 1796000000000;

TEST("the wall clock is followed while the steady clock bears it out, and through small corrections") {
    struct clock_trust t = {0};
    CHECK(clock_trust_now(&t, NOW, 5000) == NOW && !t.is_held);
    CHECK(clock_trust_now(&t, NOW + DAY, 5000 + DAY) == NOW + DAY && !t.is_held);
    CHECK(clock_trust_now(&t, NOW + DAY + 30 * MINUTE, 5000 + DAY) == NOW + DAY + 30 * MINUTE && !t.is_held);
    CHECK(clock_trust_now(&t, NOW + DAY + 25 * MINUTE, 5000 + DAY) == NOW + DAY + 25 * MINUTE && !t.is_held);
}

TEST("a jump of three years is held for as long as it lasts, and time goes on meanwhile") {
    struct clock_trust t = {0};
    clock_trust_now(&t, NOW, 0);
    for (int64_t s = 0; s < 100; s++) {
        CHECK(clock_trust_now(&t, NOW + 1095 * DAY + s, s) == NOW + s && t.is_held);
    }
    CHECK(clock_trust_now(&t, NOW + 200, 200) == NOW + 200 && !t.is_held);
    CHECK(clock_trust_now(&t, NOW - 3 * HOUR, 300) == NOW + 300 && t.is_held);
    CHECK(clock_trust_now(&t, NOW + 400, 400) == NOW + 400 && !t.is_held);
}

TEST("a machine that was off for three weeks is believed at its start, one that comes up in another year is not") {
    struct clock_trust t;
    clock_trust_begin(&t, NOW, 77, false);
    CHECK(clock_trust_now(&t, NOW + 21 * DAY, 80) == NOW + 21 * DAY && !t.is_held);
    CHECK(clock_trust_now(&t, NOW + 42 * DAY, 90) == NOW + 21 * DAY + 10 && t.is_held);
    clock_trust_begin(&t, NOW, 77, false);
    CHECK(clock_trust_now(&t, NOW + 1095 * DAY, 78) == NOW + 1 && t.is_held);
    clock_trust_begin(&t, NOW, 77, false);
    CHECK(clock_trust_now(&t, 1000, 80) == NOW + 3 && t.is_held); /* no battery: 1970, until the network says better */
    CHECK(clock_trust_now(&t, NOW + 21 * DAY, 90) == NOW + 21 * DAY && !t.is_held);
}

TEST("a process born while the clock is wrong goes by the machine's steady clock") {
    struct clock_trust t;
    clock_trust_begin(&t, NOW, 5000, true);
    CHECK(clock_trust_now(&t, NOW + 100 * DAY, 5000 + HOUR) == NOW + HOUR && t.is_held);
    CHECK(clock_trust_now(&t, NOW + 2 * HOUR, 5000 + 2 * HOUR) == NOW + 2 * HOUR && !t.is_held);
}

TEST("this process can be begun anywhere and taken back to the machine's clock") {
    struct instant wall, was = clock_now();
    clock_begin(&(struct clock_mark){.at = {was.ms + 500 * DAY}});
    CHECK(clock_is_held(&wall) && clock_now().ms >= was.ms + 500 * DAY && wall.ms < was.ms + DAY);
    clock_take_wall();
    CHECK(!clock_is_held(&wall) && clock_now().ms < was.ms + DAY);
    struct clock_mark mark = clock_mark(arena);
    clock_begin(&mark);
    CHECK(!clock_is_held(&wall));
}

TEST("while the demonstration is made no frozen time is later than said") {
    struct instant before;
    bool was_frozen = clock_frozen_at(&before);
    clock_freeze_most((struct instant){NOW});
    clock_freeze((struct instant){NOW + HOUR});
    CHECK(clock_now().ms == NOW);
    clock_freeze((struct instant){NOW - DAY});
    CHECK(clock_now().ms == NOW - DAY);
    clock_freeze_most((struct instant){0});
    clock_freeze((struct instant){NOW + HOUR});
    CHECK(clock_now().ms == NOW + HOUR);
    clock_freeze(was_frozen ? before : (struct instant){0});
}
