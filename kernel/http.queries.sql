-- name: http_once_find :one
SELECT location, flash FROM http_once WHERE session = :session AND once = :once;

-- name: http_once_insert :exec
INSERT INTO http_once (session, once, location, flash, made_at) VALUES (:session, :once, :location, :flash, :made_at);

-- name: http_once_prune :exec
DELETE FROM http_once WHERE made_at < :before!at;

-- name: http_draft_insert :exec
INSERT INTO http_draft (hash, person, path, body, made_at) VALUES (:hash, :person, :path, :body, :made_at);

-- name: http_draft_find :one
SELECT person, path, body, made_at FROM http_draft WHERE hash = :hash;

-- name: http_draft_prune :exec
DELETE FROM http_draft WHERE made_at < :before!at;
