-- name: erase_file_put :exec
INSERT INTO erase_file (sha256, asked_at) VALUES (:sha256, :asked_at) ON CONFLICT (sha256) DO UPDATE SET asked_at = excluded.asked_at;

-- name: erase_files :many
SELECT sha256 FROM erase_file ORDER BY sha256 LIMIT 1000;

-- name: erase_file_done :exec
DELETE FROM erase_file WHERE sha256 = :sha256;
