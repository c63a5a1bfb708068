-- name: law_seal_put :exec
INSERT INTO law_seal (record, post, name, page, seen, sealed_at, until_on, job, args)
VALUES (:record, :post, :name, :page, :seen, :sealed_at, :until_on, :job, :args)
ON CONFLICT (record) DO NOTHING;

-- name: law_seal_of :one
SELECT record, post, name, page, seen, sealed_at, until_on, job, args, is_open FROM law_seal WHERE record = :record;

-- name: law_seal_open :exec
UPDATE law_seal SET is_open = 1, reason = :reason WHERE record = :record;

-- name: law_seal_forget :exec
DELETE FROM law_seal WHERE record = :record;

-- name: law_draft_forget :exec
DELETE FROM law_draft WHERE id = :id!law_draft_id;

-- name: law_check_erase :exec
DELETE FROM law_check WHERE id = :id!law_check_id;

-- name: law_secret_file :one
-- The file of a text held back; none when it was pasted.
SELECT coalesce((SELECT d.file FROM law_draft d WHERE d.id = :record!int), (SELECT c.file FROM law_check c WHERE c.id = :record!int), 0) AS file;

-- name: law_drafts_of_file :exec
DELETE FROM law_draft WHERE file = :file;

-- name: law_checks_of_file :exec
DELETE FROM law_check WHERE file = :file;

-- name: law_seals_of_file :exec
DELETE FROM law_seal WHERE record IN (SELECT id FROM law_draft WHERE file = :file) OR record IN (SELECT id FROM law_check WHERE file = :file);

-- name: law_manifestations_of_file :exec
DELETE FROM law_manifestation WHERE file = :file;
