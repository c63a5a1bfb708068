# The tests beside the code, on SQLite and on a PostgreSQL of their own; and search beside another engine.
. tests/count.sh
make -s -j"$(nproc)" asan || { echo "0 passed, 1 failed"; exit 1; }
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
# UNIT="kernel/queue/job_test.c clause" runs those whose file or sentence has one of these words.
# shellcheck disable=SC2086
counted "unit tests" timeout 3600 build/asan/tests ${UNIT:-}
if [ -n "${UNIT:-}" ]; then done_counting; exit; fi
if [ -d ../shared/data/questions ]; then
    check "search finds more than SQLite's, on the same passages" sh tests/search-beside.sh
else
    skip "search beside SQLite's: no test data beside the project"
fi
done_counting
