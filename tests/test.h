/* A test is a sentence and a body: TEST("a commune's clerk cannot find the city's letter") { CHECK(...); }
   Tests register themselves; tests/runner.c runs them all, or those whose sentence holds a given text. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H
#include "base/arena.h"
#include "base/err.h"

struct test {
    const char *sentence;
    const char *file;
    void (*run)(struct arena *arena);
    struct test *next;
};

void test_register(struct test *t);
void test_failed(const char *file, int line, const char *what);
void test_failed_str(const char *file, int line, const char *what, struct str got, struct str wanted);
void test_skip(const char *why); /* counts as skipped and returns; the test then returns itself */

#define TEST_NAME2(prefix, line) prefix##line
#define TEST_NAME(prefix, line) TEST_NAME2(prefix, line)
#define TEST(sentence_)                                                                                                \
    static void TEST_NAME(test_body_, __LINE__)(struct arena * arena);                                                 \
    __attribute__((constructor)) static void TEST_NAME(test_add_, __LINE__)(void) {                                    \
        static struct test t = {.sentence = (sentence_), .file = __FILE__, .run = TEST_NAME(test_body_, __LINE__)};    \
        test_register(&t);                                                                                             \
    }                                                                                                                  \
    static void TEST_NAME(test_body_, __LINE__)([[maybe_unused]] struct arena * arena)

/* Goes on after a failure; CHECK_OR_RETURN does not. */
#define CHECK(condition) ((condition) ? (void)0 : test_failed(__FILE__, __LINE__, #condition))
#define CHECK_OR_RETURN(condition)                                                                                     \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            test_failed(__FILE__, __LINE__, #condition);                                                               \
            return;                                                                                                    \
        }                                                                                                              \
    } while (0)
#define CHECK_STR(got_, wanted_)                                                                                       \
    do {                                                                                                               \
        struct str check_got = (got_), check_wanted = (wanted_);                                                       \
        if (!str_eq(check_got, check_wanted)) {                                                                        \
            test_failed_str(__FILE__, __LINE__, #got_, check_got, check_wanted);                                       \
        }                                                                                                              \
    } while (0)
/* Fails with the fault's own words, and returns from the test. */
#define CHECK_OK(expression)                                                                                           \
    do {                                                                                                               \
        struct err check_err = (expression);                                                                           \
        if (check_err.why) {                                                                                           \
            test_failed_str(__FILE__, __LINE__, #expression, check_err.why->detail, check_err.why->message);           \
            return;                                                                                                    \
        }                                                                                                              \
    } while (0)
#define CHECK_ERR(expression, kind_)                                                                                   \
    do {                                                                                                               \
        if (!err_is((expression), (kind_))) {                                                                          \
            test_failed(__FILE__, __LINE__, #expression " fails with " #kind_);                                        \
        }                                                                                                              \
    } while (0)
#endif
