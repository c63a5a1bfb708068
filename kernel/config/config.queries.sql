-- name: config_value_list :many
SELECT name, value FROM config_value ORDER BY name;

-- name: config_value_find :one
SELECT changed_at, changed_by FROM config_value WHERE name = :name;

-- name: config_value_put :exec
INSERT INTO config_value (name, value, changed_at, changed_by) VALUES (:name, :value, :changed_at, :changed_by)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: config_value_delete :exec
DELETE FROM config_value WHERE name = :name;
