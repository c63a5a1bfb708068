# Sourced by the fuzz part and by tests/fuzz-long: fuzz_same TARGET, fuzz_random TARGET SECONDS; each leaves build/test/fuzz/TARGET/verdict.
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1

# The folder of one target, what crashed it before tried again, its corpus copied.
fuzz_begin() {
    name=$1 dir=build/test/fuzz/$1 options=
    rm -rf "$dir"
    mkdir -p "$dir/corpus"
    for crash in "fuzz/regression/$name"/*; do
        [ -f "$crash" ] || continue
        if ! timeout 300 "build/fuzz/$name" -timeout=120 "$crash" >"$dir/out" 2>&1; then
            echo "$name fails again on $crash" >"$dir/verdict"
            return 1
        fi
    done
    [ -d "fuzz/corpus/$name" ] && cp -r "fuzz/corpus/$name/." "$dir/corpus/"
    [ -f "fuzz/$name.dict" ] && options="-dict=fuzz/$name.dict"
    return 0
}
fuzz_end() {
    if [ "$1" = 0 ]; then echo ok >"$dir/verdict"; else echo "$name failed; its input is in $dir" >"$dir/verdict"; fi
}
# The same inputs on every machine. -use_cmp=0: comparisons of addresses, which differ from run to run, would feed the mutations.
# A hanging input is one that takes two minutes, so that a slow machine finds no hang where there is none.
fuzz_same() {
    fuzz_begin "$1" || return
    runs=$(sed -n "s/^$name //p" fuzz/runs.txt)
    if [ -z "$runs" ]; then
        echo "$name has no line in fuzz/runs.txt: write \"$name N\", N runs that take about ten seconds" >"$dir/verdict"
        return
    fi
    # shellcheck disable=SC2086
    "build/fuzz/$name" $options -seed=1 -runs="$runs" -use_cmp=0 -reload=0 -timeout=120 -rss_limit_mb=1500 -print_final_stats=1 \
        -artifact_prefix="$dir/" "$dir/corpus" >"$dir/out" 2>&1
    fuzz_end $?
}
fuzz_random() {
    fuzz_begin "$1" || return
    # shellcheck disable=SC2086
    "build/fuzz/$name" $options -max_total_time="$2" -timeout=20 -rss_limit_mb=1500 -print_final_stats=1 -artifact_prefix="$dir/" \
        "$dir/corpus" >"$dir/out" 2>&1
    fuzz_end $?
}
