# Builds everything three ways: optimised, under the sanitizers, and with clang for its own warnings.
. tests/count.sh
jobs=$(nproc)
check "optimised build (gcc)" make -s -j"$jobs"
check "build under AddressSanitizer and UBSan (gcc)" make -s -j"$jobs" asan
check "the maker of scans" make -s build/tests-make-scan
check "everything compiles with clang" make -s -j"$jobs" clang
done_counting
