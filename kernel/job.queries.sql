-- name: job_insert :exec
INSERT INTO job_job (id, kind, record, args, post, state, tries, not_before, holder, token, lease_until, is_cancelling, done, total,
  words, mark, fault, added_at, ended_at)
VALUES (:id, :kind, :record, :args, :post, 1, 0, :not_before, '', 0, 0, 0, 0, 0, '', '', '', :added_at, NULL);

-- name: job_queued_like :one
SELECT id FROM job_job WHERE record = :record AND kind = :kind AND state = 1 LIMIT 1;

-- name: job_ready :one
-- Whether there is anything to claim.
SELECT EXISTS (SELECT 1 FROM job_job WHERE state = 1 AND not_before <= :now!int) AS has_queued,
       EXISTS (SELECT 1 FROM job_job WHERE state = 2 AND lease_until < :now!int) AS has_dropped;

-- name: job_claim :one
-- The oldest that is ready, or whose holder was not heard of in time.
UPDATE job_job SET state = 2, tries = tries + 1, holder = :holder, token = :token, lease_until = :lease_until
WHERE id = coalesce((SELECT q.id FROM job_job q WHERE q.state = 1 AND q.not_before <= :now!int ORDER BY q.not_before, q.id LIMIT 1),
                    (SELECT r.id FROM job_job r WHERE r.state = 2 AND r.lease_until < :now!int ORDER BY r.id LIMIT 1))
RETURNING id AS number, kind, record, args, post, tries, mark, is_cancelling;

-- name: job_held :one
-- The job while this try still holds it.
SELECT is_cancelling FROM job_job WHERE id = :id AND token = :token AND state = 2;

-- name: job_lease :exec
UPDATE job_job SET lease_until = :lease_until WHERE id = :id AND token = :token AND state = 2;

-- name: job_mark :exec
UPDATE job_job SET mark = :mark, lease_until = :lease_until WHERE id = :id AND token = :token AND state = 2;

-- name: job_progress_set :exec
UPDATE job_job SET done = :done, total = :total, words = :words, lease_until = :lease_until
WHERE id = :id AND token = :token AND state = 2;

-- name: job_end :exec
-- From running to state, whatever it is.
UPDATE job_job SET state = :state, fault = :fault, not_before = :not_before, ended_at = :ended_at, holder = '', token = 0,
  is_cancelling = 0
WHERE id = :id AND token = :token AND state = 2;

-- name: job_free_held :exec
UPDATE job_job SET lease_until = 0 WHERE state = 2 AND holder = :holder;

-- name: job_cancel_queued :exec
UPDATE job_job SET state = 5, ended_at = :ended_at WHERE id = :id AND state = 1;

-- name: job_cancel_running :exec
UPDATE job_job SET is_cancelling = 1 WHERE id = :id AND state = 2;

-- name: job_requeue :exec
UPDATE job_job SET state = 1, tries = 0, not_before = :not_before, fault = '', ended_at = NULL WHERE id = :id AND state IN (4, 5);

-- name: job_row :one
SELECT id AS number, kind, record, post, state, tries, done, total, words, fault, added_at, ended_at, is_cancelling
FROM job_job WHERE id = :id;

-- name: job_row_latest :one
SELECT id AS number, kind, record, post, state, tries, done, total, words, fault, added_at, ended_at, is_cancelling
FROM job_job WHERE record = :record AND kind = :kind ORDER BY id DESC LIMIT 1;

-- name: job_rows :many
SELECT id AS number, kind, record, post, state, tries, done, total, words, fault, added_at, ended_at, is_cancelling
FROM job_job WHERE id < :before!int AND (state = :state OR :state = 0) ORDER BY id DESC LIMIT :most!int;
