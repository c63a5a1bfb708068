# Each fuzz target: what once crashed it must not again, then new input made from its corpus. The same every time: a fixed seed, a number
# of runs of its own (fuzz/runs.txt) and no clock in what is tried. For new faults there is `tests/fuzz-long`, random and by hand.
# A crash is left in build/test/fuzz/; mended, it is kept in fuzz/regression/TARGET/.
. tests/count.sh
. tests/fuzz.sh
make -s -j"$(nproc)" fuzz >build/test/fuzz-build.out 2>&1 || { not_ok "fuzz targets build" build/test/fuzz-build.out; done_counting; exit; }
# Two at a time: one a core.
set -- fuzz/*.c
while [ $# -gt 0 ]; do
    pair=
    for file in "$1" ${2:+"$2"}; do
        name=$(basename "$file" .c)
        is_asked "$name" "${FUZZ:-}" || continue
        pair="$pair $name"
        fuzz_same "$name" &
    done
    wait
    for name in $pair; do
        if [ "$(cat "build/test/fuzz/$name/verdict")" = ok ]; then
            ok
            echo "$name: $(sed -n 's/^stat::number_of_executed_units: *\([0-9]*\)/\1 runs/p' "build/test/fuzz/$name/out")"
        else not_ok "$(cat "build/test/fuzz/$name/verdict")" "build/test/fuzz/$name/out"; fi
    done
    shift
    [ $# -gt 0 ] && shift
done
done_counting
