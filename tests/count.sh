# Sourced by the parts: ok NAME, not_ok NAME [FILE], skip NAME, check NAME COMMAND…; done_counting ends with the closing line.
passed=0 failed=0 skipped=0
ok() { passed=$((passed + 1)); }
not_ok() {
    failed=$((failed + 1))
    echo "FAILED: $1"
    if [ -n "${2:-}" ]; then tail -n 40 "$2" | sed 's/^/    /'; fi
}
skip() { skipped=$((skipped + 1)); echo "skipped: $1"; }
# Runs a command; its output is shown only when it fails.
check() {
    check_name=$1
    shift
    check_log=build/test/${PART:-one}.check.out
    if "$@" >"$check_log" 2>&1; then ok; else not_ok "$check_name" "$check_log"; fi
}
# Runs a program that closes with "N passed, N failed[, N skipped]" and adds its counts.
counted() {
    counted_name=$1
    shift
    counted_log=build/test/${PART:-one}.counted.out
    counted_began=$(date +%s)
    "$@" >"$counted_log" 2>&1
    counted_exit=$?
    line=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed\(, \([0-9]*\) skipped\)\{0,1\}$/\1 \2 \4/p' "$counted_log" | tail -n 1)
    # shellcheck disable=SC2086
    set -- $line
    passed=$((passed + ${1:-0})) failed=$((failed + ${2:-0})) skipped=$((skipped + ${3:-0}))
    if [ "$counted_exit" != 0 ]; then
        [ "${2:-0}" = 0 ] && failed=$((failed + 1))
        echo "FAILED: $counted_name (exit $counted_exit)"
        # What failed is said first: a long log would push it out of sight.
        grep -aE -A 3 '^FAILED|^[a-z_/0-9]+\.c:[0-9]+: ' "$counted_log" | head -n 60 | sed 's/^/    /'
        echo "    ..."
        grep -av '^[0-9]* passed, ' "$counted_log" | tail -n 30 | sed 's/^/    /'
    else
        grep -a '^skipped:' "$counted_log"
        echo "$counted_name: ${1:-0} passed, ${3:-0} skipped in $(($(date +%s) - counted_began)) s"
    fi
}
# Whether a name is among those asked for; all are when none is.
is_asked() {
    [ -z "${2:-}" ] && return 0
    case " $2 " in *" $1 "*) return 0 ;; esac
    return 1
}
done_counting() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}
