# Whole processes over real sockets: tests/http/*.mjs, each a program that closes with "N passed, N failed".
. tests/count.sh
make -s -j"$(nproc)" all asan || { echo "0 passed, 1 failed"; exit 1; }
for file in tests/http/*.mjs; do
    case $(basename "$file") in lib*.mjs | '*.mjs') continue ;; esac
    counted "$(basename "$file" .mjs)" timeout 300 node "$file"
done
[ $((passed + failed)) = 0 ] && skip "no test of whole processes yet"
done_counting
