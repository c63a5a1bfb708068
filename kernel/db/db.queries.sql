-- name: db_change_list :many
SELECT part, name, hash FROM db_change ORDER BY part, name;

-- name: db_change_put :exec
INSERT INTO db_change (part, name, hash, applied_at) VALUES (:part, :name, :hash, :applied_at)
ON CONFLICT (part, name) DO UPDATE SET hash = excluded.hash, applied_at = excluded.applied_at;
