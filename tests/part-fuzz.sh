# Each fuzz target: what once crashed it must not again, then some seconds of new input from its corpus (FUZZ_SECONDS, 10).
# A crash is left in build/test/fuzz/; mended, it is kept in fuzz/regression/TARGET/.
. tests/count.sh
seconds=${FUZZ_SECONDS:-10}
targets=$(ls fuzz/*.c 2>/dev/null)
[ -n "$targets" ] || { skip "no fuzz target yet"; done_counting; exit; }
make -s -j"$(nproc)" fuzz >build/test/fuzz-build.out 2>&1 || { not_ok "fuzz targets build" build/test/fuzz-build.out; done_counting; exit; }
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
fuzz_one() {
    name=$1 dir=build/test/fuzz/$1
    rm -rf "$dir"
    mkdir -p "$dir/corpus"
    if [ -d "fuzz/regression/$name" ]; then
        for crash in "fuzz/regression/$name"/*; do
            [ -f "$crash" ] || continue
            timeout 30 "build/fuzz/$name" "$crash" >"$dir/out" 2>&1 || { echo "$name fails again on $crash" >"$dir/verdict"; return; }
        done
    fi
    [ -d "fuzz/corpus/$name" ] && cp -r "fuzz/corpus/$name/." "$dir/corpus/"
    options=
    [ -f "fuzz/$name.dict" ] && options="-dict=fuzz/$name.dict"
    # shellcheck disable=SC2086
    if timeout $((seconds * 3 + 60)) "build/fuzz/$name" $options -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1500 \
        -artifact_prefix="$dir/" "$dir/corpus" >"$dir/out" 2>&1; then echo ok >"$dir/verdict"
    else echo "$name failed; its input is in $dir" >"$dir/verdict"; fi
}
# Two at a time: one a core.
set -- $targets
while [ $# -gt 0 ]; do
    pair=$1
    fuzz_one "$(basename "$1" .c)" &
    shift
    if [ $# -gt 0 ]; then pair="$pair $1"; fuzz_one "$(basename "$1" .c)" & shift; fi
    wait
    for target in $pair; do
        name=$(basename "$target" .c)
        if [ "$(cat "build/test/fuzz/$name/verdict")" = ok ]; then
            ok
            echo "$name: $(grep -o 'stat::number_of_executed_units: *[0-9]*\|Done [0-9]* runs.*' "build/test/fuzz/$name/out" | tail -n 1)"
        else not_ok "$(cat "build/test/fuzz/$name/verdict")" "build/test/fuzz/$name/out"; fi
    done
done
done_counting
