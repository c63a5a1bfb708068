/* The tables as the database itself describes them, so that fresh ones and upgraded ones can be compared. */
#include "kernel/db/engine.h"

#include "base/buf.h"

#include "base/banned.h"

static const char sqlite_shape[] =
    "SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
    "coalesce(c.dflt_value, '') || ' ' || c.pk "
    "FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view') AND m.name NOT LIKE "
    "'sqlite_%' "
    "UNION ALL SELECT 'key ' || m.name || '.' || f.\"from\" || ' ' || f.\"table\" || ' ' || f.on_delete FROM "
    "sqlite_master m "
    "JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' "
    "UNION ALL SELECT 'index ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1";

static const char postgres_shape[] =
    "SELECT line FROM (SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable "
    "|| ' ' || "
    "coalesce(column_default, '') || ' ' || coalesce(collation_name, '') AS line FROM information_schema.columns "
    "WHERE table_schema = 'public' "
    "UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace "
    "UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public') AS lines ORDER BY line COLLATE "
    "\"C\"";

struct err db_shape(struct db *db, struct arena *arena, struct str *words) {
    return db->engine->lines(db, arena, db_is_postgres(db) ? postgres_shape : sqlite_shape, words);
}
