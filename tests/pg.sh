#!/bin/sh
# pg.sh COMMAND…   runs a command beside a PostgreSQL server of its own, made in a temporary folder and gone afterwards.
# DOANKET_TEST_PG is then the address of an empty database on it; it listens on a socket in that folder only.
set -u
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed" >&2; exit 3; }
dir=$(mktemp -d /tmp/doanket-pg.XXXXXX)
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as() { runuser -u postgres -- "$@"; }
fi
# shellcheck disable=SC2317
stop() {
    cd "$dir" && as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1
    cd / && rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM
here=$(pwd)
chmod 755 "$dir"
cd "$dir" || exit 1
as "$bin/initdb" -D "$dir/data" -U doanket -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/log" 2>&1 &&
    as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" \
        -o "-k $dir -c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=64MB -c max_connections=200" start >>"$dir/log" 2>&1 &&
    as "$bin/createdb" -h "$dir" -U doanket doanket_test || { cat "$dir/log" "$dir/server.log" >&2; exit 3; }
cd "$here" || exit 1
DOANKET_TEST_PG="postgresql://doanket@/doanket_test?host=$dir" DOANKET_TEST_PG_BIN=$bin "$@"
