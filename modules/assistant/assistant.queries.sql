-- name: assistant_question_insert :exec
INSERT INTO assistant_question (id, post, asked_at, question, is_found, quotes)
VALUES (:id!assistant_question_id, :post, :asked_at, :question, :is_found, :quotes);

-- name: assistant_question_find :one
-- Only the asker's own.
SELECT id, post, asked_at, question, is_found, quotes FROM assistant_question WHERE id = :id!assistant_question_id AND post = :post;

-- name: assistant_question_recent :many
SELECT id, asked_at, question, is_found FROM assistant_question WHERE post = :post ORDER BY id DESC LIMIT 12;

-- name: assistant_question_delete :exec
DELETE FROM assistant_question WHERE id = :id!assistant_question_id AND post = :post;
