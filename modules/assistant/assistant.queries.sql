-- name: assistant_question_insert :exec
INSERT INTO assistant_question (id, post, asked_at, question, before_words, kind, within, law_on, is_found, quotes)
VALUES (:id!assistant_question_id, :post, :asked_at, :question, :before_words, :kind, :within, :law_on, :is_found, :quotes);

-- name: assistant_question_find :one
-- Only the asker's own.
SELECT id, post, asked_at, question, before_words, kind, within, law_on, is_found, quotes FROM assistant_question
WHERE id = :id!assistant_question_id AND post = :post;

-- name: assistant_question_recent :many
SELECT id, asked_at, question, is_found FROM assistant_question WHERE post = :post ORDER BY id DESC LIMIT 12;

-- name: assistant_question_delete :exec
DELETE FROM assistant_question WHERE id = :id!assistant_question_id AND post = :post;

-- name: assistant_summary_begin :exec
INSERT INTO assistant_summary (question, state, made_at) VALUES (:question!assistant_question_id, 'waiting', :made_at);

-- name: assistant_summary_end :exec
UPDATE assistant_summary SET state = :state, model = :model, prompt_sha256 = :prompt_sha256, dropped = :dropped, made_at = :made_at
WHERE question = :question!assistant_question_id;

-- name: assistant_summary_row :one
SELECT state, model, dropped, made_at FROM assistant_summary WHERE question = :question!assistant_question_id;

-- name: assistant_sentence_insert :exec
INSERT INTO assistant_sentence (question, ordinal, words, sources) VALUES (:question!assistant_question_id, :ordinal, :words, :sources);

-- name: assistant_sentences_of :many
SELECT ordinal, words, sources FROM assistant_sentence WHERE question = :question!assistant_question_id ORDER BY ordinal;

-- name: assistant_sentences_delete :exec
DELETE FROM assistant_sentence WHERE question = :question!assistant_question_id;

-- name: assistant_summary_delete :exec
DELETE FROM assistant_summary WHERE question = :question!assistant_question_id;

-- name: assistant_question_by_id :one
-- For the job that writes its summary; handlers find it by its asker.
SELECT id, post, question, before_words, kind, within, law_on FROM assistant_question WHERE id = :id!assistant_question_id;

-- name: assistant_feedback_put :exec
INSERT INTO assistant_feedback (question, is_useful, reason, made_at) VALUES (:question!assistant_question_id, :is_useful, :reason, :made_at)
ON CONFLICT (question) DO UPDATE SET is_useful = excluded.is_useful, reason = excluded.reason, made_at = excluded.made_at;

-- name: assistant_feedback_row :one
SELECT is_useful, reason FROM assistant_feedback WHERE question = :question!assistant_question_id;

-- name: assistant_feedback_delete :exec
DELETE FROM assistant_feedback WHERE question = :question!assistant_question_id;

-- name: assistant_feedback_delete_all :exec
DELETE FROM assistant_feedback WHERE question IN (SELECT id FROM assistant_question WHERE post = :post);

-- name: assistant_sentences_delete_all :exec
DELETE FROM assistant_sentence WHERE question IN (SELECT id FROM assistant_question WHERE post = :post);

-- name: assistant_summary_delete_all :exec
DELETE FROM assistant_summary WHERE question IN (SELECT id FROM assistant_question WHERE post = :post);

-- name: assistant_question_delete_all :exec
DELETE FROM assistant_question WHERE post = :post;

-- name: assistant_told_of :many
-- Questions that may repeat what a record said: asked of it, or since it came by a post that may read it.
SELECT id FROM assistant_question
WHERE within = :record!int OR (asked_at >= :since!at AND post IN (:posts!ids)) ORDER BY id;

-- name: assistant_erase :exec
DELETE FROM assistant_question WHERE id = :id!assistant_question_id;
