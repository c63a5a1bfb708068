-- name: law_import_insert :exec
INSERT INTO law_import (id, name, format, state, total, by_post, node, beat_at, began_at) VALUES (:id!law_import_id, :name, :format, 'running', :total, :by_post, :node, :beat_at, :began_at);

-- name: law_imports_running :many
SELECT id, node, beat_at, name FROM law_import WHERE state = 'running' ORDER BY id;

-- name: law_import_state_set :exec
UPDATE law_import SET state = :state, ended_at = :ended_at, words = :words WHERE id = :id;

-- name: law_import_mark :exec
UPDATE law_import SET position = :position, total = :total, accepted = :accepted, unchanged = :unchanged, rejected = :rejected, beat_at = :beat_at WHERE id = :id;

-- name: law_reject_insert :exec
INSERT INTO law_reject (import, file, line, what, why) VALUES (:import, :file, :line, :what, :why) ON CONFLICT (import, file, line) DO NOTHING;

-- name: law_imports_recent :many
SELECT id, name, format, state, position, total, accepted, unchanged, rejected, by_post, began_at, ended_at, words FROM law_import ORDER BY began_at DESC, id DESC LIMIT 50;

-- name: law_rejects_of :many
SELECT file, line, what, why FROM law_reject WHERE import = :import ORDER BY file, line LIMIT :most!int;

-- name: law_import_by_id :one
SELECT id, name, format, state, position, total, accepted, unchanged, rejected, by_post, began_at, ended_at, words FROM law_import WHERE id = :id;

-- name: law_metadata_drop :exec
-- What the source said before of how this work's places refer to others.
DELETE FROM law_relation WHERE from_work = :from_work AND type = 'refers' AND method = 'metadata';

-- name: law_metadata_drop_to :exec
-- What its notes ("có nội dung …") said before of who changed it.
DELETE FROM law_relation WHERE to_work = :to_work AND type = 'amends' AND method = 'metadata' AND evidence >= 'có nội dung' AND evidence < 'có nội dunh';

-- name: law_relation_insert :exec
INSERT INTO law_relation (id, type, from_work, from_provision, to_work, to_provision, to_code, to_key, to_eid, evidence, method, made_at)
VALUES (:id!law_relation_id, :type, :from_work, :from_provision, :to_work, :to_provision, :to_code, :to_key, :to_eid, :evidence, :method, :made_at);

-- name: law_article_ids :many
SELECT id, eid FROM law_provision WHERE work = :work AND level = 'article' ORDER BY sort_key;

-- name: law_work_id_by_key :many
SELECT id, articles FROM law_work WHERE code_key = :code_key ORDER BY id LIMIT 2;

-- name: law_relations_resolve :exec
-- All that wait for a work that is here and alone bears the number.
UPDATE law_relation SET
    to_work = (SELECT w.id FROM law_work w WHERE w.code_key = law_relation.to_key),
    to_provision = (SELECT p.id FROM law_work w JOIN law_provision p ON p.work = w.id WHERE w.code_key = law_relation.to_key AND p.eid = law_relation.to_eid)
WHERE to_work IS NULL AND to_key <> '' AND 1 = (SELECT count(*) FROM law_work w WHERE w.code_key = law_relation.to_key);

-- name: law_amends_same :one
SELECT id FROM law_relation WHERE from_work = :from_work AND type = 'amends' AND method = 'metadata' AND to_key = :to_key AND to_eid = :to_eid
AND (from_provision = :from_provision OR (from_provision IS NULL AND 0 = :from_id!int)) LIMIT 1;

-- name: law_relations_from :many
SELECT id, type, from_provision, to_work, to_provision, to_code, to_key, to_eid, evidence, method FROM law_relation WHERE from_work = :from_work ORDER BY id;

-- name: law_event_metadata :one
SELECT id, heading, new_text, effective_on FROM law_event WHERE target_work = :target_work AND acting_work = :acting_work AND target_eid = :target_eid AND method = 'metadata' LIMIT 1;

-- name: law_event_words_set :exec
-- version: read by the machine; what people decide is asked again.
UPDATE law_event SET heading = :heading, new_text = :new_text, effective_on = :effective_on WHERE id = :id;

-- name: law_provision_enacted :one
-- A place of the words as enacted.
SELECT p.id FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.eid = :eid AND e.kind = 'original' LIMIT 1;

-- name: law_event_there :one
-- What an act does to a place, however that is known; what the text itself says first.
SELECT id, method FROM law_event
WHERE acting_work = :acting_work AND target_eid = :target_eid AND (target_work = :target_work OR (target_work IS NULL AND target_key = :target_key))
ORDER BY method DESC, id LIMIT 1;

-- name: law_acting_text :one
SELECT w.effective_on, v.text FROM law_work w
LEFT JOIN law_expression e ON e.work = w.id AND e.kind = 'original' AND e.lang = 'vi'
LEFT JOIN law_version v ON v.expression = e.id AND v.provision = :provision
WHERE w.id = :work!law_work_id ORDER BY v.id DESC NULLS LAST LIMIT 1;
