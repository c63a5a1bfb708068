#include "tests/db.h"

#include <stdio.h>
#include <unistd.h>

#include "kernel/job.h"
#include "modules/document/document_rules.h"

TEST_DB("the demonstration lives through a year of documents") {
    struct db_write *w;
    CHECK_OK(file_store_open(test_dir(arena), 300 << 20, &read_limits_usual));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(org_seed(w, arena));
    CHECK_OK(org_demo(w, arena));
    int64_t at = clock_monotonic_us();
    CHECK_OK(document_demo(w, arena));
    fprintf(stderr, "demo %lld ms\n", (long long)(clock_monotonic_us() - at) / 1000);
    CHECK_OK(db_commit(w));
}
