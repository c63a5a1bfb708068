# Queries that mksql must refuse, each for its own reason, and some that it must not. Sourced: needs tests/count.sh and built tools.
here=tests/must_not_compile
said=build/test/mksql.out
if build/tools/mksql build/test/mksql $here/thing.sql $here/elsewhere/elsewhere.sql $here/allowed.queries.sql >"$said" 2>&1; then ok; else not_ok "allowed queries are refused" "$said"; fi
if grep -q 'made_at BIGINT' build/test/mksql/kernel/db/schema.c; then ok; else not_ok "a column behind a remark has another type on PostgreSQL" build/test/mksql/kernel/db/schema.c; fi
if build/tools/mksql build/test/mksql $here/thing.sql $here/elsewhere/elsewhere.sql $here/refused.queries.sql >"$said" 2>&1; then not_ok "mksql refuses nothing"; fi
names=$(sed -n 's/^-- name: \([a-z_]*\) .*/\1/p' $here/refused.queries.sql)
for name in $names; do
    expect=$(sed -n "/^-- name: $name /{n;s/^-- expect: //p}" $here/refused.queries.sql)
    if grep -qE "^$here/refused.queries.sql:[0-9]+: $name: .*$expect" "$said"; then ok; else not_ok "mksql does not refuse $name with \"$expect\"" "$said"; fi
done
