# What breaks from outside: kills, a full disk, a lost database, damaged files, wrong clocks, heavy guests: tests/faults/*.mjs, each on
# SQLite and on PostgreSQL unless it says otherwise. Short and seeded here: SEED=7 repeats what a failure named, LONG=1 takes far longer.
# FAULT=kills runs one, FAULT="kills disk" two; DATABASE=sqlite or postgresql runs one database.
. tests/count.sh
. tests/both.sh
make -s -j"$(nproc)" all asan || { echo "0 passed, 1 failed"; exit 1; }
limit=1800
[ -n "${LONG:-}" ] && limit=86400
programs_on_both tests/faults "$limit" "${FAULT:-}"
[ $((passed + failed)) = 0 ] && skip "no program of faults by that name"
done_counting
