-- name: file_blob_insert :exec
-- Nothing happens when the content is known.
INSERT INTO file_blob (id, sha256, size, type, state, pages, pages_done, has_pictures, fault, sums, damage, kept_at, spent_ms, slow_pages, faulty_pages)
VALUES (:id, :sha256, :size, :type, :state, 0, 0, 0, '', :sums, '', :kept_at, 0, 0, 0)
ON CONFLICT (sha256) DO NOTHING;

-- name: file_blob_by_sha256 :one
SELECT id, damaged_at FROM file_blob WHERE sha256 = :sha256;

-- name: file_blob_by_id :one
SELECT id, sha256, size, type, state, pages, pages_done, has_pictures, fault, sums, damaged_at, kept_at, spent_ms, slow_pages, faulty_pages
FROM file_blob WHERE id = :id;

-- name: file_blob_looked_at :exec
-- Only once: a second look at the same content says the same.
UPDATE file_blob SET pages = :pages, has_pictures = :has_pictures, state = :state, fault = :fault
WHERE id = :id AND pages = 0;

-- name: file_blob_page_done :exec
UPDATE file_blob SET pages_done = pages_done + 1, spent_ms = spent_ms + :spent!int, slow_pages = slow_pages + :slow!int,
  faulty_pages = faulty_pages + :faulty!int,
  state = CASE WHEN pages_done + 1 >= pages THEN :state_done!int ELSE :state_reading!int END
WHERE id = :id;

-- name: file_page_insert :exec
INSERT INTO file_page (file, number, how, width, height, confidence, text, words, fault)
VALUES (:file, :number, :how, :width, :height, :confidence, :text, :words, :fault)
ON CONFLICT (file, number) DO NOTHING;

-- name: file_page_by_number :one
SELECT number, how, width, height, confidence, text, words, fault FROM file_page WHERE file = :file AND number = :number;

-- name: file_page_numbers :many
SELECT number FROM file_page WHERE file = :file ORDER BY number;

-- name: file_page_texts :many
SELECT number, text, fault FROM file_page WHERE file = :file ORDER BY number;

-- name: file_page_forget :exec
DELETE FROM file_page WHERE file = :file;

-- name: file_blob_forget :exec
DELETE FROM file_blob WHERE id = :id;

-- name: file_blob_unread :exec
UPDATE file_blob SET state = 0, pages = 0, pages_done = 0, has_pictures = 0, fault = '', spent_ms = 0, slow_pages = 0, faulty_pages = 0 WHERE id = :id;

-- name: file_blob_leave :exec
UPDATE file_blob SET state = :state, fault = :fault WHERE id = :id AND state = :state_reading!int;

-- name: file_page_forget_faults :exec
DELETE FROM file_page WHERE file = :file AND fault <> '';

-- name: file_blob_again :exec
-- One that was never looked into begins at its look.
UPDATE file_blob SET state = CASE WHEN pages = 0 THEN :state_waiting!int ELSE :state_reading!int END, fault = '', spent_ms = 0,
  slow_pages = 0, faulty_pages = 0, pages_done = (SELECT count(*) FROM file_page WHERE file = :id)
WHERE id = :id;

-- name: file_blob_damaged :exec
-- Only what was not known yet, and not what was found before the file was put right.
UPDATE file_blob SET damaged_at = :damaged_at, damage = :damage WHERE id = :id AND damaged_at IS NULL AND kept_at <= :damaged_at;

-- name: file_blob_mended :exec
-- Not what was found damaged since.
UPDATE file_blob SET damaged_at = NULL, damage = '', kept_at = :kept_at WHERE id = :id AND damaged_at <= :kept_at;

-- name: file_blob_damages :many
SELECT id, sha256, size, type, damage, damaged_at FROM file_blob
WHERE damaged_at IS NOT NULL AND id > :after!int ORDER BY id LIMIT :most!int;

-- name: file_blob_after :many
SELECT id, sha256, size, sums, damaged_at FROM file_blob WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: file_blob_counted :one
SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes FROM file_blob;
