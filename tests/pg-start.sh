#!/bin/sh
# A throw-away PostgreSQL: `pg-start.sh start DIR [PID]` makes a cluster in DIR, reached by a socket there alone, and prints its
# address; it stops and is removed with `pg-start.sh stop DIR`, or when process PID is gone. Not durable: for tests only.
set -e
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed" >&2; exit 3; }
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
dir=$2
case $1 in
start)
    mkdir -p "$dir"
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    cd "$dir"
    as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir.log" 2>&1 || { cat "$dir.log" >&2; exit 4; }
    as "$bin/pg_ctl" -D "$dir/data" -w -s -l "$dir/log" -o "-k '$dir' -c listen_addresses= -c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60" start >&2
    rm -f "$dir.log"
    if [ -n "$3" ]; then
        (trap '' INT TERM HUP; while kill -0 "$3" 2>/dev/null; do sleep 1; done; as "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop; rm -rf "$dir") >/dev/null 2>&1 </dev/null &
    fi
    echo "postgresql:///postgres?host=$dir&user=postgres"
    ;;
stop)
    as "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop || true
    rm -rf "$dir"
    ;;
*) echo "pg-start.sh start DIR [PID] | stop DIR" >&2; exit 2 ;;
esac
