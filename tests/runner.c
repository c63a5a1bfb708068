/* Runs the tests linked with it, in the order of their files; says which took longest and ends with "N passed, N
   failed, N skipped". */
#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SLOWEST = 25 };

static struct test *tests;
static struct test **last = &tests;
static const char *doing;
static int failures_here, passed, failed, skipped;
static bool skipped_here;

void test_register(struct test *t) {
    *last = t;
    last = &t->next;
}

void test_failed(const char *file, int line, const char *what) {
    printf("%s:%d: %s\n    %s\n", file, line, doing, what);
    failures_here++;
}

void test_failed_str(const char *file, int line, const char *what, struct str got, struct str wanted) {
    test_failed(file, line, what);
    printf("    got    \"%.*s\"\n    wanted \"%.*s\"\n", STR_ARG(got), STR_ARG(wanted));
}

void test_skip(const char *why) {
    printf("skipped: %s (%s)\n", doing, why);
    skipped_here = true;
}

/* Caches that fonts' libraries keep to the end of the process. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig\nleak:libpango\nleak:libcairo\n"; }

/* Without words all; else those whose sentence or file has one of the words. */
static bool is_asked(const struct test *t, int argc, char **argv) {
    bool is = argc < 2;
    for (int i = 1; i < argc && !is; i++) {
        is = strstr(t->sentence, argv[i]) || strstr(t->file, argv[i]);
    }
    return is;
}

static struct {
    double seconds;
    const struct test *test;
} slowest[SLOWEST];

static double now_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void slowest_put(const struct test *t, double seconds) {
    size_t at = SLOWEST;
    for (; at > 0 && slowest[at - 1].seconds < seconds; at--) {
        if (at < SLOWEST) {
            slowest[at] = slowest[at - 1];
        }
    }
    if (at < SLOWEST) {
        slowest[at].seconds = seconds;
        slowest[at].test = t;
    }
}

static void slowest_say(void) {
    for (size_t i = 0; i < SLOWEST && slowest[i].seconds >= 1; i++) {
        printf("took %.1f s: %s: %s\n", slowest[i].seconds, slowest[i].test->file, slowest[i].test->sentence);
    }
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *t = tests; t; t = t->next) {
        if (!is_asked(t, argc, argv)) {
            continue;
        }
        doing = t->sentence;
        failures_here = 0;
        skipped_here = false;
        struct arena *arena = arena_new();
        double began = now_seconds();
        t->run(arena);
        slowest_put(t, now_seconds() - began);
        arena_free(arena);
        *(failures_here ? &failed : skipped_here ? &skipped : &passed) += 1;
    }
    if (passed + failed + skipped == 0) {
        printf("no test has these words in its sentence or its file's name\n");
    }
    slowest_say();
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0 || passed + skipped == 0;
}
