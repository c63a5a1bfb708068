-- name: thread_step_insert :exec
INSERT INTO thread_step (id, kind, record, made_at, verb, by_post, by_name, by_post_name, about, day_on, text, item, is_private)
VALUES (:id!thread_step_id, :kind, :record, :made_at, :verb, :by_post, :by_name, :by_post_name, :about, :day_on, :text, :item, :is_private);

-- name: thread_file_insert :exec
INSERT INTO thread_file (id, step, file, role, name, size) VALUES (:id!thread_file_id, :step, :file, :role, :name, :size);

-- name: thread_mention_insert :exec
INSERT INTO thread_mention (step, post, name) VALUES (:step, :post, :name) ON CONFLICT (step, post) DO NOTHING;

-- name: thread_steps :many
-- The newest below an id, as one post may see them; of one task, or of the whole record.
SELECT id, made_at, verb, by_post, by_name, by_post_name, about, day_on, text, item, is_private FROM thread_step
WHERE record = :record AND kind = :kind AND id < :before!int AND (:item!int = 0 OR item = :item!int) AND (is_private = 0 OR by_post = :post!int)
ORDER BY id DESC LIMIT :most!int;

-- name: thread_files_of :many
SELECT id, step, role, name, size FROM thread_file WHERE step IN (:steps!ids) ORDER BY step, id;

-- name: thread_mentions_of :many
SELECT step, post, name FROM thread_mention WHERE step IN (:steps!ids) ORDER BY step, name;

-- name: thread_file_find :one
-- A file of a step that the post may read: that of the record, and of its own notes only.
SELECT f.id, f.file, f.name, f.size FROM thread_file f JOIN thread_step s ON s.id = f.step
WHERE f.id = :id!thread_file_id AND (s.is_private = 0 OR s.by_post = :post!int)
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
              WHERE g.record = s.record AND g.kind = s.kind AND w.post = :post!int AND (g.until_on IS NULL OR g.until_on >= :today!on));

-- name: thread_record_of_kind :one
-- Whether anybody was given rights on such a record.
SELECT record FROM access_grant WHERE record = :record AND kind = :kind LIMIT 1;

-- name: thread_erase_steps :exec
UPDATE thread_step SET about = '', text = :text WHERE record = :record AND (about <> '' OR text <> '');

-- name: thread_erase_mentions :exec
DELETE FROM thread_mention WHERE step IN (SELECT id FROM thread_step WHERE record = :record);

-- name: thread_erase_files :exec
DELETE FROM thread_file WHERE step IN (SELECT id FROM thread_step WHERE record = :record);

-- name: thread_files_erased :many
SELECT DISTINCT f.file FROM thread_file f JOIN thread_step s ON s.id = f.step WHERE s.record = :record ORDER BY f.file;

-- name: thread_let_go :exec
DELETE FROM thread_file WHERE file = :file;

-- name: thread_uses :many
-- Records that hold a kept file in their thread.
SELECT DISTINCT s.kind, s.record FROM thread_file f JOIN thread_step s ON s.id = f.step WHERE f.file = :file ORDER BY s.record LIMIT 50;
