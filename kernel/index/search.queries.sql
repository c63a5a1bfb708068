-- name: search_change_after :many
SELECT record, kind, position, is_erased FROM search_change WHERE position > :position ORDER BY position LIMIT :most!int;

-- name: search_change_last :one
SELECT coalesce(max(position), 0) AS last FROM search_change;

-- name: search_expired :many
-- Records some grant of which ended with one of these days: nobody changed them, yet fewer may find them.
SELECT DISTINCT kind, record FROM access_grant WHERE until_on >= :from_on!on AND until_on < :to_on!on ORDER BY record;
