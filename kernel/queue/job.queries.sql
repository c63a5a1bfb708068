-- name: job_insert :exec
INSERT INTO job_job (id, kind, record, args, post, state, tries, not_before, holder, token, lease_until, is_cancelling, done, total,
  words, mark, fault, added_at, ended_at)
VALUES (:id, :kind, :record, :args, :post, 1, 0, :not_before, '', 0, 0, 0, 0, 0, '', '', '', :added_at, NULL);

-- name: job_queued_like :one
SELECT id FROM job_job WHERE record = :record AND kind = :kind AND state = 1 LIMIT 1;

-- name: job_waiting :many
-- For whom and of what kind something is ready, and when each had a turn: of_post with any kind, of_kind with this one.
SELECT w.kind, w.post,
  coalesce((SELECT max(p.turn) FROM job_turn p WHERE p.post = w.post), 0) AS of_post,
  coalesce((SELECT k.turn FROM job_turn k WHERE k.post = w.post AND k.kind = w.kind), 0) AS of_kind
FROM job_job w WHERE w.state = 1 AND w.not_before <= :now!int GROUP BY w.kind, w.post;

-- name: job_oldest :one
SELECT id FROM job_job WHERE state = 1 AND kind = :kind AND post = :post AND not_before <= :now!int ORDER BY not_before, id LIMIT 1;

-- name: job_dropped :many
-- Their holders were not heard of in time.
SELECT id, kind FROM job_job WHERE state = 2 AND lease_until < :now!int ORDER BY id LIMIT 100;

-- name: job_claim :one
UPDATE job_job SET state = 2, tries = tries + 1, holder = :holder, token = :token, lease_until = :lease_until
WHERE id = :id AND ((state = 1 AND not_before <= :now!int) OR (state = 2 AND lease_until < :now!int))
RETURNING id AS number, kind, record, args, post, tries, mark, is_cancelling;

-- name: job_turn_taken :exec
INSERT INTO job_turn (post, kind, turn) VALUES (:post, :kind, (SELECT coalesce(max(m.turn), 0) + 1 FROM job_turn m))
ON CONFLICT (post, kind) DO UPDATE SET turn = excluded.turn;

-- name: job_again_set :exec
-- Back into the queue behind the others, as one that came on.
UPDATE job_job SET state = 1, tries = 0, not_before = :not_before, holder = '', token = 0
WHERE id = :id AND token = :token AND state = 2;

-- name: job_kind_state :one
-- What is amiss with a kind: nothing of it is under way; something is put off too far, or leased for too long.
SELECT EXISTS (SELECT 1 FROM job_job a WHERE a.state IN (1, 2) AND a.kind = :kind) AS has_any,
       EXISTS (SELECT 1 FROM job_job f WHERE f.state = 1 AND f.kind = :kind AND f.not_before > :latest!int) AS has_far,
       EXISTS (SELECT 1 FROM job_job l WHERE l.state = 2 AND l.kind = :kind AND l.lease_until > :lease_latest!int) AS has_long;

-- name: job_nearer :exec
UPDATE job_job SET not_before = :now!int WHERE state = 1 AND kind = :kind AND not_before > :latest!int;

-- name: job_lease_shorter :exec
UPDATE job_job SET lease_until = 0 WHERE state = 2 AND kind = :kind AND lease_until > :latest!int;

-- name: job_under_way :many
SELECT id FROM job_job WHERE record = :record AND kind = :kind AND state IN (1, 2) ORDER BY id;

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

-- name: job_erase_queued :exec
-- What was still to be done with the record is not done.
UPDATE job_job SET state = 5, ended_at = :ended_at WHERE record = :record AND state = 1;

-- name: job_erase_running :exec
UPDATE job_job SET is_cancelling = 1 WHERE record = :record AND state = 2;

-- name: job_erase_words :exec
UPDATE job_job SET args = '', words = '', mark = '', fault = '' WHERE record = :record AND state > 2;
