-- name: search_change_touch :exec
-- Writers run one at a time, so the greatest position is also the last committed.
INSERT INTO search_change (record, kind, position)
VALUES (:record, :kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change))
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position;

-- name: search_change_touch_granted :exec
-- A record whose kind only its grants know.
INSERT INTO search_change (record, kind, position)
SELECT g.record, g.kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change)
FROM access_grant g WHERE g.record = :record LIMIT 1
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position;

-- name: search_change_erase :exec
INSERT INTO search_change (record, kind, position, is_erased)
VALUES (:record, :kind, (SELECT coalesce(max(position), 1000) + 1 FROM search_change), 1)
ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, position = excluded.position, is_erased = 1;
