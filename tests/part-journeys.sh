# The whole thing in a real browser, as people use it: tests/journeys/*.mjs, each on SQLite and on PostgreSQL unless it says otherwise.
# JOURNEY=story runs one; DATABASE=sqlite or postgresql runs one database.
. tests/count.sh
make -s -j"$(nproc)" && make -s build/tests-make-scan || { echo "0 passed, 1 failed"; exit 1; }
for file in tests/journeys/*.mjs; do
    name=$(basename "$file" .mjs)
    case $name in lib*) continue ;; esac
    [ "${JOURNEY:-$name}" = "$name" ] || continue
    for database in ${DATABASE:-sqlite postgresql}; do
        if [ "$database" = postgresql ]; then
            grep -q '^// On SQLite only' "$file" && continue
            counted "$name on PostgreSQL" timeout 900 tests/pg.sh node "$file"
        else
            counted "$name on SQLite" timeout 900 node "$file"
        fi
    done
done
done_counting
