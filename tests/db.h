/* Databases for tests: TEST_DB("a sentence") { … } runs on SQLite and on PostgreSQL, each time with `db`, a fresh
   database that has all tables. Without PostgreSQL on the machine that half is skipped. */
#ifndef TESTS_DB_H
#define TESTS_DB_H
#include "kernel/db/db.h"
#include "tests/test.h"

/* A folder of the test's own, removed with the arena. */
struct str test_dir(struct arena *arena);
/* Where a fresh database is, with all tables if is_made; the empty str when there is no PostgreSQL here. */
struct str test_where(struct arena *arena, bool is_postgres, bool is_made);
/* Opened, with a folder as its db_dir; NULL (and skipped) when it cannot be. */
struct db *test_db(struct arena *arena, bool is_postgres);

#define TEST_DB(sentence_)                                                                                             \
    static void TEST_NAME(test_db_body_, __LINE__)(struct arena * arena, struct db * db);                              \
    static void TEST_NAME(test_sqlite_, __LINE__)(struct arena * arena) {                                              \
        struct db *db = test_db(arena, false);                                                                         \
        if (db) {                                                                                                      \
            TEST_NAME(test_db_body_, __LINE__)(arena, db);                                                             \
        }                                                                                                              \
    }                                                                                                                  \
    static void TEST_NAME(test_postgres_, __LINE__)(struct arena * arena) {                                            \
        struct db *db = test_db(arena, true);                                                                          \
        if (db) {                                                                                                      \
            TEST_NAME(test_db_body_, __LINE__)(arena, db);                                                             \
        }                                                                                                              \
    }                                                                                                                  \
    __attribute__((constructor)) static void TEST_NAME(test_db_add_, __LINE__)(void) {                                 \
        static struct test on_sqlite = {                                                                               \
            .sentence = sentence_ " (SQLite)", .file = __FILE__, .run = TEST_NAME(test_sqlite_, __LINE__)};            \
        static struct test on_postgres = {                                                                             \
            .sentence = sentence_ " (PostgreSQL)", .file = __FILE__, .run = TEST_NAME(test_postgres_, __LINE__)};      \
        test_register(&on_sqlite);                                                                                     \
        test_register(&on_postgres);                                                                                   \
    }                                                                                                                  \
    static void TEST_NAME(test_db_body_, __LINE__)([[maybe_unused]] struct arena * arena,                              \
                                                   [[maybe_unused]] struct db * db)
#endif
