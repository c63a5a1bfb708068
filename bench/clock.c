/* What one deadline takes: each rule of the table from each day of some years, without and with its explanation.
   Usage: bench-clock. Prints nanoseconds a clock, the median and the slowest rule, of one run. */
#include "base/arena.h"
#include "base/time.h"
#include "modules/deadline/deadline.h"
#include "modules/org/org_calendar.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

enum { DAYS = 2000 };

struct bench {
    struct deadline_rules rules;
    const struct deadline_calendar *calendar;
    struct arena *each;
};

static int64_t rule_ns(const struct bench *b, const struct deadline_rule *r, bool wants_days) {
    struct deadline_fact n[] = {{S("n"), S("15")}, {S("limit"), S("15")}};
    int64_t begin = clock_monotonic_us();
    int counted = 0;
    for (int i = 0; i < DAYS; i++) {
        struct deadline d;
        struct deadline_ask ask = {.rule = r->id,
                                   .start = date_plus((struct date){2021, 3, 1}, i),
                                   .minute = 600,
                                   .facts = {n, 2},
                                   .wants_days = wants_days};
        ask.lunar = r->unit == DEADLINE_LUNAR ? (struct deadline_lunar){1 + i % 29, 1 + i % 12, 2021 + i / 400, false}
                                              : (struct deadline_lunar){0};
        counted += !deadline_count(b->each, &b->rules, b->calendar, &ask, &d).why;
        arena_reset(b->each);
    }
    return counted ? (clock_monotonic_us() - begin) * 1000 / DAYS : 0;
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void measure(const struct bench *b, struct arena *a, bool wants_days) {
    size_t n = b->rules.rules.n;
    int64_t *ns = arena_take(a, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        ns[i] = rule_ns(b, &b->rules.rules.at[i], wants_days);
    }
    list_sort(ns, n, sizeof *ns, by_value);
    printf("%s\t%zu rules\t%d days\tmedian %lld ns\tslowest %lld ns\n", wants_days ? "explained" : "counted", n, DAYS,
           (long long)ns[n / 2], (long long)ns[n - 1]);
}

int main(void) {
    struct arena *a = arena_new();
    struct org_days days;
    struct bench b = {.each = arena_new()};
    if (org_days_brought(a, &days).why || deadline_rules_read(a, &b.rules).why) {
        fputs("bench-clock: the tables cannot be read\n", stderr);
        return 1;
    }
    int64_t begin = clock_monotonic_us();
    if (deadline_calendar_make(a, &days, 1990, 2100, &b.calendar).why) {
        return 1;
    }
    printf("calendar of 111 years\t%lld us\n", (long long)(clock_monotonic_us() - begin));
    measure(&b, a, false);
    measure(&b, a, true);
    arena_free(b.each);
    arena_free(a);
    return 0;
}
