#!/bin/sh
# pg.sh COMMAND…   runs a command beside a PostgreSQL of its own, gone afterwards; DOANKET_TEST_PG is its address.
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d /tmp/doanket-pg-XXXXXX)
trap 'sh "$here/pg-start.sh" stop "$dir" >/dev/null 2>&1; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
address=$(sh "$here/pg-start.sh" start "$dir") || exit 3
DOANKET_TEST_PG=$address "$@"
