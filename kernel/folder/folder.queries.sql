-- name: folder_self_find :one
SELECT folder, is_demo, generation, made_at, since_at FROM folder_self WHERE one = 1;

-- name: folder_self_put :exec
INSERT INTO folder_self (one, folder, is_demo, generation, made_at, since_at)
VALUES (1, :folder, :is_demo, :generation, :made_at, :since_at)
ON CONFLICT (one) DO UPDATE SET folder = excluded.folder, is_demo = excluded.is_demo, generation = excluded.generation,
  made_at = excluded.made_at, since_at = excluded.since_at;

-- name: folder_self_rise :exec
UPDATE folder_self SET generation = generation + 1 WHERE one = 1;

-- name: folder_lease_find :one
SELECT host, boot, pid, address, taken_at, beat FROM folder_lease WHERE node = :node;

-- name: folder_lease_take :exec
INSERT INTO folder_lease (node, host, boot, pid, address, taken_at, beat)
VALUES (:node, :host, :boot, :pid, :address, :taken_at, 1)
ON CONFLICT (node) DO UPDATE SET host = excluded.host, boot = excluded.boot, pid = excluded.pid,
  address = excluded.address, taken_at = excluded.taken_at, beat = folder_lease.beat + 1;

-- name: folder_lease_renew :exec
UPDATE folder_lease SET beat = beat + 1 WHERE node = :node AND boot = :boot AND pid = :pid AND taken_at = :taken_at;

-- name: folder_lease_leave :exec
DELETE FROM folder_lease WHERE node = :node AND boot = :boot AND pid = :pid AND taken_at = :taken_at;

-- name: folder_unused_find :one
SELECT size, is_let_go, seen_at, looks FROM folder_unused WHERE path = :path;

-- name: folder_unused_seen :exec
INSERT INTO folder_unused (path, size, is_let_go, seen_at, looks) VALUES (:path, :size, :is_let_go, :seen_at, 1)
ON CONFLICT (path) DO UPDATE SET looks = folder_unused.looks + 1,
  is_let_go = CASE WHEN excluded.is_let_go > folder_unused.is_let_go THEN 1 ELSE folder_unused.is_let_go END;

-- name: folder_unused_drop :exec
DELETE FROM folder_unused WHERE path = :path;

-- name: folder_unused_forget_all :exec
DELETE FROM folder_unused WHERE looks >= 0;

-- name: folder_unused_next :many
SELECT path, size, is_let_go, seen_at, looks FROM folder_unused WHERE path > :after!text ORDER BY path LIMIT :most!int;

-- name: folder_unused_sum :one
-- result: first_at at
SELECT count(*) AS n, CAST(coalesce(sum(size), 0) AS BIGINT) AS bytes, min(seen_at) AS first_at FROM folder_unused;
