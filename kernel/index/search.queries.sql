-- name: search_change_touch :exec
-- Writers run one at a time, so the greatest position is also the last committed.
INSERT INTO search_change (record, kind, position)
VALUES (:record, :kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change))
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position;

-- name: search_change_erase :exec
INSERT INTO search_change (record, kind, position, is_erased)
VALUES (:record, :kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change), 1)
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position, is_erased = 1;

-- name: search_change_after :many
SELECT record, kind, position, is_erased FROM search_change WHERE position > :position ORDER BY position LIMIT :most!int;

-- name: search_change_last :one
SELECT coalesce(max(position), 0) AS last FROM search_change;

-- name: search_change_touch_granted :exec
-- A record whose kind only its grants know.
INSERT INTO search_change (record, kind, position)
SELECT g.record, g.kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change)
FROM access_grant g WHERE g.record = :record LIMIT 1
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position;

-- name: search_expired :many
-- Records some grant of which ended with one of these days: nobody changed them, yet fewer may find them.
SELECT DISTINCT kind, record FROM access_grant WHERE until_on >= :from_on!on AND until_on < :to_on!on ORDER BY record;
