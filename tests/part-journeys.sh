# The whole thing in a real browser, as people use it: tests/journeys/*.mjs, each on SQLite and on PostgreSQL unless it says otherwise.
# JOURNEY=story runs one, JOURNEY="story law" two; DATABASE=sqlite or postgresql runs one database.
. tests/count.sh
. tests/both.sh
make -s -j"$(nproc)" && make -s build/tests-make-scan || { echo "0 passed, 1 failed"; exit 1; }
programs_on_both tests/journeys 3600 "${JOURNEY:-}"
done_counting
