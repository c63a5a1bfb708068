-- name: clock_known_row :one
SELECT known_at, boot, steady_ms, taken_at, told_at FROM clock_known WHERE id = 1;

-- name: clock_known_set :exec
-- Never back.
INSERT INTO clock_known (id, known_at, boot, steady_ms, taken_at, told_at) VALUES (1, :known_at, :boot, :steady_ms, NULL, NULL)
ON CONFLICT (id) DO UPDATE SET known_at = excluded.known_at, boot = excluded.boot, steady_ms = excluded.steady_ms
WHERE clock_known.known_at < excluded.known_at;

-- name: clock_told_set :exec
UPDATE clock_known SET told_at = :told_at WHERE id = 1;

-- name: clock_taken_set :exec
UPDATE clock_known SET taken_at = :taken_at, known_at = :taken_at, boot = :boot, steady_ms = :steady_ms, told_at = NULL WHERE id = 1;
