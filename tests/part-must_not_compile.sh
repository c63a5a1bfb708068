# Mistakes that the compiler must stop. Each file of tests/must_not_compile says the words expected of the refusal; with -DGOOD the
# same file is right and must compile, so that it is refused for its mistake and nothing else. Pages and queries likewise, by their tools.
. tests/count.sh
make -s gen >/dev/null || { echo "0 passed, 1 failed"; exit 1; }
cflags=$(make -s flags MODE=clang)
out=build/test/must_not_compile.out
for file in tests/must_not_compile/*.c; do
    expect=$(sed -n 's/.*expect: \(.*\) \*\/$/\1/p' "$file")
    [ -n "$expect" ] || { not_ok "$file says no expect:"; continue; }
    module=
    grep -q '^   as: module' "$file" && module="-DBANNED_IN_MODULES -include base/banned.h"
    for compiler in gcc clang; do
        # shellcheck disable=SC2086
        if ! $compiler $cflags $module -DGOOD -fsyntax-only "$file" >"$out" 2>&1; then
            not_ok "$file: its right form does not compile with $compiler" "$out"
        elif $compiler $cflags $module -fsyntax-only "$file" >"$out" 2>&1; then
            not_ok "$file compiles with $compiler"
        elif ! grep -qE "error: .*($expect)|error:.*$expect" "$out"; then
            not_ok "$file: $compiler refuses it for another reason than \"$expect\"" "$out"
        else ok; fi
    done
done
. tests/mksql.sh
done_counting
