#!/bin/sh
# A small bench/search, against SQLite's FTS5 alone: both answer, nobody sees what may not be read, ours finds more. Nothing is timed.
set -e
make -s -j"$(nproc)" build/bench-peers-small
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
build/bench-peers-small ../shared/data "$dir/bench" engines=own,sqlite passages=20000 seconds=3 check=1
