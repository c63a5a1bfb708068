-- name: law_work_by_id :one
SELECT id, family, type, code, issuer, title, short_title, issued_on, effective_on, expired_on, ended_on, partly_on, suspended_on, resumed_on, declared, declared_on
FROM law_work WHERE id = :id;

-- name: law_works_by_key :many
SELECT id, family, type, code, issuer, title, short_title, issued_on, effective_on, expired_on, ended_on, partly_on, suspended_on, resumed_on, declared, declared_on
FROM law_work WHERE code_key = :code_key ORDER BY issued_on DESC NULLS LAST, id LIMIT 100;

-- name: law_works_by_key_begun :many
-- Keys in [low, high): the number without its last groups.
SELECT id, family, type, code, issuer, title, short_title, issued_on, effective_on, expired_on, ended_on, partly_on, suspended_on, resumed_on, declared, declared_on
FROM law_work WHERE code_key >= :low!text AND code_key < :high!text ORDER BY issued_on DESC NULLS LAST, id LIMIT 20;

-- name: law_works_by_name :many
SELECT id, family, type, code, issuer, title, short_title, issued_on, effective_on, expired_on, ended_on, partly_on, suspended_on, resumed_on, declared, declared_on
FROM law_work WHERE title_fold = :title_fold ORDER BY issued_on DESC NULLS LAST, id LIMIT 100;

-- name: law_versions_at :many
-- All words of one place in the line of original and computed wordings.
SELECT p.id, p.label, p.level, v.id AS version, v.heading, v.text, v.from_on, v.until_on, e.kind
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.eid = :eid AND e.kind IN ('original', 'computed') AND e.lang = 'vi' ORDER BY v.from_on NULLS FIRST, v.ordinal;

-- name: law_provision_by_eid :one
SELECT id, parent, article, level, label, sort_key, eid FROM law_provision WHERE work = :work AND eid = :eid;

-- name: law_versions_below :many
-- Places in [low, high) of the reading order with the words that stand on a day.
SELECT p.id, p.eid, p.label, p.level, p.sort_key, v.id AS version, v.heading, v.text, v.from_on, v.until_on, e.kind
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.sort_key >= :low!text AND p.sort_key < :high!text AND e.kind IN ('original', 'computed') AND e.lang = 'vi'
  AND (v.from_on IS NULL OR v.from_on <= :day!on) AND (v.until_on IS NULL OR v.until_on > :day!on)
ORDER BY p.sort_key, v.ordinal;

-- name: law_events_of_target :many
SELECT op, target_eid, effective_on FROM law_event WHERE target_work = :target_work AND state IN ('auto', 'verified') AND effective_on IS NOT NULL
ORDER BY effective_on NULLS LAST, id;

-- name: law_force_set :exec
UPDATE law_work SET ended_on = :ended_on, partly_on = :partly_on, suspended_on = :suspended_on, resumed_on = :resumed_on, changed_at = :changed_at WHERE id = :id;

-- name: law_articles_of :many
-- What is indexed of a work: its articles and annexes.
SELECT id FROM law_provision WHERE work = :work AND level IN ('article', 'annex') ORDER BY id;

-- name: law_event_insert :exec
INSERT INTO law_event (id, op, acting_work, acting_provision, target_work, target_code, target_key, target_eid, target_provision, effective_on, heading, new_text, evidence, method, state, why, made_at)
VALUES (:id!law_event_id, :op, :acting_work, :acting_provision, :target_work, :target_code, :target_key, :target_eid, :target_provision, :effective_on, :heading, :new_text, :evidence, :method, :state, :why, :made_at);
