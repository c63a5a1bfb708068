# Whole processes over real sockets: tests/http/*.mjs, each a program that closes with "N passed, N failed".
# HTTP="forms parser" runs these alone. A time is only when to give up: long enough for a slow machine.
. tests/count.sh
make -s -j"$(nproc)" all asan || { echo "0 passed, 1 failed"; exit 1; }
for file in tests/http/*.mjs; do
    name=$(basename "$file" .mjs)
    case $name in lib* | '*') continue ;; esac
    is_asked "$name" "${HTTP:-}" || continue
    counted "$name" timeout 1200 node "$file"
done
[ $((passed + failed)) = 0 ] && skip "no test of whole processes yet"
done_counting
