/* Runs the tests linked with it, in the order of their files; ends with "N passed, N failed, N skipped". */
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

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

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *t = tests; t; t = t->next) {
        if (argc > 1 && !strstr(t->sentence, argv[1]) && !strstr(t->file, argv[1])) {
            continue;
        }
        doing = t->sentence;
        failures_here = 0;
        skipped_here = false;
        struct arena *arena = arena_new();
        t->run(arena);
        arena_free(arena);
        *(failures_here ? &failed : skipped_here ? &skipped : &passed) += 1;
    }
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0 || passed + skipped == 0;
}
