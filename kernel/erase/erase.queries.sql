-- An id is one record's alone, whatever its kind.

-- name: erase_events :exec
UPDATE event_outbox SET body = '' WHERE record = :record AND body <> '';

-- name: erase_parked :exec
UPDATE event_parked SET body = '', fault = '' WHERE record = :record;

-- name: erase_jobs_queued :exec
-- What was still to be done with the record is not done.
UPDATE job_job SET state = 5, ended_at = :ended_at WHERE record = :record AND state = 1;

-- name: erase_jobs_running :exec
UPDATE job_job SET is_cancelling = 1 WHERE record = :record AND state = 2;

-- name: erase_jobs_words :exec
UPDATE job_job SET args = '', words = '', mark = '', fault = '' WHERE record = :record AND state > 2;

-- name: erase_drafts :exec
-- What was typed into forms of the record's own pages.
DELETE FROM http_draft WHERE path = :path OR (path >= :first!text AND path < :last!text);

-- name: erase_kept :many
DELETE FROM http_kept WHERE sha256 = :sha256 RETURNING place;

-- name: erase_file_put :exec
INSERT INTO erase_file (sha256, asked_at) VALUES (:sha256, :asked_at) ON CONFLICT (sha256) DO UPDATE SET asked_at = excluded.asked_at;

-- name: erase_files :many
SELECT sha256 FROM erase_file ORDER BY sha256 LIMIT 1000;

-- name: erase_file_done :exec
DELETE FROM erase_file WHERE sha256 = :sha256;
