-- name: search_change_touch :exec
-- Writers run one at a time, so the greatest position is also the last committed.
INSERT INTO search_change (record, kind, position)
VALUES (:record, :kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change))
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position;

-- name: search_change_after :many
SELECT record, kind, position FROM search_change WHERE position > :position ORDER BY position LIMIT :most!int;

-- name: search_change_last :one
SELECT coalesce(max(position), 0) AS last FROM search_change;
