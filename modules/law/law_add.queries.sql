-- name: law_draft_insert :exec
INSERT INTO law_draft (id, file, name, made_by, state, made_at, changed_at) VALUES (:id!law_draft_id, :file, :name, :made_by, 'reading', :made_at, :made_at);

-- name: law_draft_by_id :one
SELECT id, file, name, made_by, state, text, encoding, certainty, fault, work, made_at FROM law_draft WHERE id = :id;

-- name: law_draft_mine :one
-- Only whoever sent it, and while nothing became of it.
SELECT id, file, name, made_by, state, text, encoding, certainty, fault, work, made_at FROM law_draft
WHERE id = :id AND made_by = :made_by AND state <> 'dropped';

-- name: law_drafts_waiting :many
SELECT id, name, state, made_at FROM law_draft WHERE made_by = :made_by AND state IN ('reading', 'read', 'failed') ORDER BY id DESC LIMIT 50;

-- name: law_draft_read_set :exec
UPDATE law_draft SET state = :state, text = :text, encoding = :encoding, certainty = :certainty, fault = :fault, changed_at = :changed_at
WHERE id = :id AND state = 'reading';

-- name: law_draft_ended :exec
UPDATE law_draft SET state = :state, work = :work, text = '', changed_at = :changed_at WHERE id = :id AND state IN ('reading', 'read', 'failed');

-- name: law_expression_first :one
SELECT id FROM law_expression WHERE work = :work AND kind = 'original' ORDER BY id LIMIT 1;

-- name: law_manifestation_insert :exec
INSERT INTO law_manifestation (id, expression, format, file, name, confidence, added_by, added_at)
VALUES (:id!law_manifestation_id, :expression, :format, :file, :name, :confidence, :added_by, :added_at);

-- name: law_file_works :many
-- Works of which a kept file is a text.
SELECT w.id, w.uri, w.type, w.code, w.title, w.short_title, w.issued_on FROM law_work w
WHERE w.id IN (SELECT e.work FROM law_manifestation m JOIN law_expression e ON e.id = m.expression WHERE m.file = :file!file_blob_id)
ORDER BY w.id LIMIT 50;

-- name: law_file_others :one
-- Drafts and checks, which are their makers' alone.
SELECT (SELECT count(*) FROM law_draft WHERE file = :file!file_blob_id) AS drafts,
       (SELECT count(*) FROM law_check WHERE file = :file!file_blob_id) AS checks;
