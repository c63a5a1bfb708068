# Sourced: programs_on_both FOLDER SECONDS [NAMES] runs each program of a folder on SQLite and on PostgreSQL, unless its file says
# "// On SQLite only". DATABASE=sqlite or postgresql chooses one database. Needs tests/count.sh.
programs_on_both() {
    for file in "$1"/*.mjs; do
        name=$(basename "$file" .mjs)
        case $name in lib* | '*') continue ;; esac
        is_asked "$name" "${3:-}" || continue
        for database in ${DATABASE:-sqlite postgresql}; do
            if [ "$database" = postgresql ]; then
                grep -q '^// On SQLite only' "$file" && continue
                counted "$name on PostgreSQL" timeout "$2" tests/pg.sh node "$file"
            else
                counted "$name on SQLite" timeout "$2" node "$file"
            fi
        done
    done
}
