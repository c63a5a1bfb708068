-- name: law_change_acting :one
SELECT id, code, title, issued_on, effective_on FROM law_work WHERE id = :id;

-- name: law_change_acting_words :many
SELECT p.id, p.eid, v.heading, v.text FROM law_expression e JOIN law_version v ON v.expression = e.id JOIN law_provision p ON p.id = v.provision
WHERE e.work = :work AND e.kind = 'original' AND e.lang = 'vi' ORDER BY p.sort_key, v.id;

-- name: law_change_events_of :many
SELECT id, op, acting_provision, target_work, target_key, target_eid, evidence, state, decided_by FROM law_event
WHERE acting_work = :acting_work AND method = 'rule' ORDER BY id;

-- name: law_change_event_add :exec
INSERT INTO law_event (id, op, acting_work, acting_provision, target_work, target_code, target_key, target_eid, effective_on, heading, new_text, evidence, method, state, why, made_at)
VALUES (:id!law_event_id, :op, :acting_work, :acting_provision, :target_work, :target_code, :target_key, :target_eid, :effective_on, :heading, :new_text, :evidence, 'rule', :state, :why, :made_at);

-- name: law_change_event_update :exec
-- version: read by the machine; what people decide is asked again.
UPDATE law_event SET target_work = :target_work, effective_on = :effective_on, heading = :heading, new_text = :new_text, state = :state, why = :why WHERE id = :id;

-- name: law_change_event_delete :exec
DELETE FROM law_event WHERE id = :id;

-- name: law_change_relations_clear :exec
DELETE FROM law_relation WHERE from_work = :from_work AND method = 'rule' AND type IN ('amends', 'repeals', 'replaces', 'suspends');

-- name: law_change_relation_add :exec
INSERT INTO law_relation (id, type, from_work, from_provision, to_work, to_code, to_key, evidence, method, made_at)
VALUES (:id!law_relation_id, :type, :from_work, :from_provision, :to_work, :to_code, :to_key, :evidence, 'rule', :made_at);

-- name: law_change_waiting :many
SELECT e.id, e.target_key, w.issued_on FROM law_event e JOIN law_work w ON w.id = e.acting_work
WHERE e.target_work IS NULL AND e.target_key >= :low!text AND e.target_key < :high!text ORDER BY e.id LIMIT 20000;

-- name: law_change_event_arrive :exec
-- version: read by the machine; what people decide is asked again.
UPDATE law_event SET target_work = :target_work, state = CASE WHEN state = 'review' AND why = :missing!text AND decided_by = 0 THEN 'auto' ELSE state END,
       why = CASE WHEN why = :missing!text THEN '' ELSE why END WHERE id = :id;

-- name: law_change_places :many
SELECT id, parent, level, label, sort_key, eid FROM law_provision WHERE work = :work ORDER BY sort_key, id;

-- name: law_change_originals :many
SELECT v.id, v.provision, v.heading, v.text, v.from_on, v.until_on, v.died_event, e.given, e.dated_on
FROM law_expression e JOIN law_version v ON v.expression = e.id
WHERE e.work = :work AND e.kind = 'original' AND e.lang = 'vi' ORDER BY v.provision, v.ordinal, v.id;

-- name: law_change_computed :many
SELECT v.id, v.provision, v.ordinal, v.heading, v.text, v.from_on, v.until_on, v.born_event, v.died_event
FROM law_expression e JOIN law_version v ON v.expression = e.id
WHERE e.work = :work AND e.kind = 'computed' AND e.lang = 'vi' ORDER BY v.provision, v.ordinal, v.id;

-- name: law_change_events_on :many
-- In one order whatever the order they came in.
SELECT e.id, e.op, e.target_eid, e.target_provision, e.effective_on, e.heading, e.new_text, e.evidence, e.method, e.state, e.why, e.is_applied, e.decided_by
FROM law_event e JOIN law_work w ON w.id = e.acting_work LEFT JOIN law_provision p ON p.id = e.acting_provision
WHERE e.target_work = :target_work AND e.state <> 'rejected'
ORDER BY e.effective_on NULLS LAST, w.issued_on NULLS FIRST, w.code_key, p.sort_key NULLS FIRST, e.op, e.target_eid, e.evidence, e.id;

-- name: law_change_event_mark :exec
-- version: read by the machine; what people decide is asked again.
UPDATE law_event SET is_applied = :is_applied, state = :state, why = :why, target_provision = :target_provision WHERE id = :id;

-- name: law_change_expression :one
SELECT id FROM law_expression WHERE work = :work AND kind = 'computed' AND lang = 'vi';

-- name: law_change_expression_add :exec
INSERT INTO law_expression (id, work, lang, kind, source, made_at) VALUES (:id!law_expression_id, :work, 'vi', 'computed', '', :made_at);

-- name: law_change_xrefs_clear :exec
DELETE FROM law_xref WHERE version IN (SELECT v.id FROM law_version v WHERE v.expression = :expression);

-- name: law_change_versions_clear :exec
DELETE FROM law_version WHERE expression = :expression;

-- name: law_change_version_end :exec
UPDATE law_version SET until_on = :until_on, died_event = :died_event WHERE id = :id;

-- name: law_change_version_add :exec
INSERT INTO law_version (id, provision, expression, ordinal, heading, text, from_on, until_on, born_event, died_event)
VALUES (:id!law_version_id, :provision, :expression, :ordinal, :heading, :text, :from_on, :until_on, :born_event, :died_event);

-- name: law_change_place_add :exec
INSERT INTO law_provision (id, work, parent, article, level, label, sort_key, eid) VALUES (:id!law_provision_id, :work, :parent, :article, :level, :label, :sort_key, :eid);

-- name: law_change_event :one
SELECT id, op, acting_work, target_work, target_code, target_eid, effective_on, state, why, decided_by, decided_at, version FROM law_event WHERE id = :id;

-- name: law_change_event_decide :exec
UPDATE law_event SET state = :state, why = :why, target_eid = :target_eid, effective_on = :effective_on, decided_by = :decided_by, decided_at = :decided_at,
       version = version + 1 WHERE id = :id AND version = :version;

-- name: law_change_unapplied_of :many
-- In review, not applied, or of a day after the one asked about.
SELECT e.id, e.op, e.target_eid, e.effective_on, e.evidence, e.state, e.why, e.acting_work, w.code, w.title, w.short_title, w.type, w.issued_on
FROM law_event e JOIN law_work w ON w.id = e.acting_work
WHERE e.target_work = :target_work AND e.state <> 'rejected'
  AND (e.state = 'review' OR (e.is_applied = 0 AND e.target_eid <> '') OR e.effective_on IS NULL OR e.effective_on > :day!on)
ORDER BY e.effective_on NULLS LAST, e.id LIMIT 500;

-- name: law_change_given :one
-- How the original's words came: those that are codified have what came before in them.
SELECT given, dated_on FROM law_expression WHERE work = :work AND kind = 'original' AND lang = 'vi' ORDER BY id LIMIT 1;

-- name: law_change_arriving :one
SELECT w.code_key, w.title_fold, (SELECT 1 FROM law_event e WHERE e.target_work = w.id LIMIT 1) AS events FROM law_work w WHERE w.id = :id!law_work_id;
