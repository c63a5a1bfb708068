-- name: law_guard_key :one
SELECT id, code_key FROM law_work WHERE code_key = :code_key ORDER BY id LIMIT 1;

-- name: law_guard_successor :one
-- Who replaced or repealed a whole work.
SELECT acting_work FROM law_event WHERE target_work = :target_work AND target_eid = '' AND op IN ('replace', 'repeal') AND state IN ('auto', 'verified')
ORDER BY effective_on DESC NULLS LAST, id LIMIT 1;

-- name: law_guard_successor_related :one
SELECT from_work FROM law_relation WHERE to_work = :to_work AND type IN ('replaces', 'repeals') ORDER BY type DESC, id DESC LIMIT 1;

-- name: law_guard_articles :one
-- And what the words can tell: of the codified law, of words nobody compared, of a text without its annexes, absence proves nothing.
SELECT w.articles,
       (SELECT count(*) FROM law_expression e WHERE e.work = w.id AND e.kind = 'original' AND e.lang = 'vi' AND (e.given = 'codified' OR e.is_unverified = 1)) AS partial,
       (SELECT count(*) FROM law_provision p WHERE p.work = w.id AND p.level = 'annex') AS annexes
FROM law_work w WHERE w.id = :id!law_work_id;

-- name: law_guard_waiting :many
-- Places with changes a person has not decided.
SELECT target_eid FROM law_event WHERE target_work = :target_work AND state = 'review' AND target_eid <> '' ORDER BY id LIMIT 200;

-- name: law_guard_children :one
SELECT count(*) AS children FROM law_provision p WHERE p.parent = :parent AND p.level = :level;

-- name: law_check_add :exec
INSERT INTO law_check (id, post, name, file, text, state, day_on, made_at) VALUES (:id!law_check_id, :post, :name, :file, :text, :state, :day_on, :made_at);

-- name: law_check_forget :exec
DELETE FROM law_check WHERE made_at < :before!at;

-- name: law_findings_forget :exec
DELETE FROM law_finding WHERE of_check IN (SELECT c.id FROM law_check c WHERE c.made_at < :before!at);

-- name: law_findings_delete :exec
DELETE FROM law_finding WHERE of_check IN (SELECT c.id FROM law_check c WHERE c.id = :id!law_check_id AND c.post = :post!int);

-- name: law_findings_clear :exec
DELETE FROM law_finding WHERE of_check = :of_check;

-- name: law_finding_add :exec
INSERT INTO law_finding (of_check, nth, level, from_byte, to_byte, code, sentence, suggestion, work, work_name, eid, pieces)
VALUES (:of_check, :nth, :level, :from_byte, :to_byte, :code, :sentence, :suggestion, :work, :work_name, :eid, :pieces);

-- name: law_findings :many
SELECT nth, level, from_byte, to_byte, code, sentence, suggestion, work, work_name, eid, pieces FROM law_finding
WHERE of_check = :of_check AND (:only!int = 0 OR level = :only!int) AND nth > :after!int ORDER BY nth LIMIT :most!int;

-- name: law_check_of :one
SELECT id, name, file, text, state, fault, day_on, right_n, look_n, wrong_n, unknown_n, is_cut, made_at FROM law_check WHERE id = :id AND post = :post;

-- name: law_check_read :one
SELECT id, post, name, file, text, state, day_on FROM law_check WHERE id = :id;

-- name: law_check_words :exec
UPDATE law_check SET text = :text, state = :state, fault = :fault WHERE id = :id;

-- name: law_check_done :exec
UPDATE law_check SET state = 'ready', right_n = :right_n, look_n = :look_n, wrong_n = :wrong_n, unknown_n = :unknown_n, is_cut = :is_cut WHERE id = :id;

-- name: law_check_delete :exec
DELETE FROM law_check WHERE id = :id AND post = :post;

-- name: law_checks_of :many
SELECT id, name, state, day_on, made_at FROM law_check WHERE post = :post ORDER BY id DESC LIMIT 20;
