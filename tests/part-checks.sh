# The habits kept by the machine: who knows whom, sizes, globals, banned functions, comments, texts, format, static analysis.
. tests/count.sh
make -s -j"$(nproc)" || { echo "0 passed, 1 failed"; exit 1; }
check "who may know whom" node tools/rooms.mjs check
check "sizes of files and functions" node tools/check-size.mjs
check "no writable globals in modules" tools/check-globals
check "no banned function is called" tools/check-banned
check "comments" tools/check-comments
check "clang-format" tools/check-format
check "every message is translated" make -s pot
check "clang-tidy and cppcheck" tools/check-tidy
done_counting
