-- name: http_once_find :one
SELECT place, content, location, flash, made_at FROM http_once WHERE session = :session AND once = :once;

-- name: http_once_insert :exec
INSERT INTO http_once (session, once, place, content, location, flash, made_at)
VALUES (:session, :once, :place, :content, :location, :flash, :made_at);

-- name: http_once_prune :exec
DELETE FROM http_once WHERE made_at < :before!at;

-- name: http_draft_insert :exec
INSERT INTO http_draft (hash, person, path, body, made_at) VALUES (:hash, :person, :path, :body, :made_at);

-- name: http_draft_find :one
SELECT person, path, body, made_at FROM http_draft WHERE hash = :hash;

-- name: http_draft_prune :exec
DELETE FROM http_draft WHERE made_at < :before!at;

-- name: http_kept_insert :exec
INSERT INTO http_kept (hash, place, person, field, name, sha256, size, made_at)
VALUES (:hash, :place, :person, :field, :name, :sha256, :size, :made_at);

-- name: http_kept_list :many
SELECT place, field, name, sha256, size FROM http_kept
WHERE hash = :hash AND person = :person AND made_at > :after!at ORDER BY place;

-- name: http_kept_held :one
-- What is kept for one person, so that nobody fills the disk.
SELECT coalesce(sum(size), 0) AS size FROM http_kept WHERE person = :person;

-- name: http_kept_prune :exec
DELETE FROM http_kept WHERE made_at < :before!at;

-- name: http_slow_note :exec
-- A day later it is counted anew.
INSERT INTO http_slow (route, times, worst_ms, slow_at) VALUES (:route, :times, :worst_ms, :slow_at)
ON CONFLICT (route) DO UPDATE SET
  times = CASE WHEN http_slow.slow_at > excluded.slow_at - 86400000 THEN http_slow.times + excluded.times ELSE excluded.times END,
  worst_ms = CASE WHEN http_slow.slow_at > excluded.slow_at - 86400000 AND http_slow.worst_ms > excluded.worst_ms THEN http_slow.worst_ms ELSE excluded.worst_ms END,
  slow_at = excluded.slow_at;

-- name: http_slow_list :many
SELECT route, times, worst_ms, slow_at FROM http_slow WHERE slow_at > :after!at ORDER BY worst_ms DESC, route LIMIT 20;

-- name: http_drafts_erase :exec
-- What was typed into forms of the record's own pages.
DELETE FROM http_draft WHERE path = :path OR (path >= :first!text AND path < :last!text);

-- name: http_kept_erase :many
DELETE FROM http_kept WHERE sha256 = :sha256 RETURNING place;
