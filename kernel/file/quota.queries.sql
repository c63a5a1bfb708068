-- name: quota_of :one
SELECT files, bytes FROM quota_use WHERE person = :person AND day_on = :day_on;

-- name: quota_add :exec
INSERT INTO quota_use (person, day_on, files, bytes) VALUES (:person, :day_on, 1, :bytes)
ON CONFLICT (person, day_on) DO UPDATE SET files = quota_use.files + 1, bytes = quota_use.bytes + excluded.bytes;

-- name: quota_forget :exec
DELETE FROM quota_use WHERE day_on < :before!on;
