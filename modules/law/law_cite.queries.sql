-- name: law_cite_by_key :many
SELECT id, type, issued_on, issuer FROM law_work WHERE code_key = :code_key ORDER BY issued_on DESC NULLS LAST, id LIMIT 20;

-- name: law_cite_by_name :many
SELECT id, type, issued_on, issuer FROM law_work WHERE title_fold = :title_fold ORDER BY issued_on DESC NULLS LAST, id LIMIT 20;

-- name: law_cite_name_below :one
-- The last name not after a text: the longest name the text begins with shares what it shares with this one.
SELECT title_fold FROM law_work WHERE title_fold <= :room!text ORDER BY title_fold DESC LIMIT 1;

-- name: law_cite_name_above :one
SELECT title_fold FROM law_work WHERE title_fold >= :room!text ORDER BY title_fold LIMIT 1;

-- name: law_cite_work_head :one
SELECT id, type, code, code_key, title, title_fold, preamble, issued_on FROM law_work WHERE id = :id;

-- name: law_cite_words :many
-- All words of a work's own line of versions, in the order of reading.
SELECT v.id, v.provision, v.heading, v.text, p.eid, p.level
FROM law_expression e JOIN law_version v ON v.expression = e.id JOIN law_provision p ON p.id = v.provision
WHERE e.work = :work AND e.kind IN ('original', 'computed') AND e.lang = 'vi' ORDER BY p.sort_key, v.ordinal, v.id;

-- name: law_xref_clear :exec
DELETE FROM law_xref WHERE version IN (SELECT v.id FROM law_version v JOIN law_expression e ON e.id = v.expression WHERE e.work = :work!law_work_id);

-- name: law_xref_add :exec
INSERT INTO law_xref (id, version, from_byte, to_byte, to_work, to_eid, to_last_eid, to_code, to_key, mode, confidence)
VALUES (:id!law_xref_id, :version, :from_byte, :to_byte, :to_work, :to_eid, :to_last_eid, :to_code, :to_key, :mode, :confidence);

-- name: law_cite_relations_clear :exec
DELETE FROM law_relation WHERE from_work = :from_work AND method = 'rule'
  AND type IN ('based_on', 'refers', 'details', 'guides', 'corrects', 'halts', 'explains', 'publishes', 'consolidates');

-- name: law_cite_relation_add :exec
INSERT INTO law_relation (id, type, from_work, from_provision, to_work, to_code, to_key, to_eid, evidence, method, made_at)
VALUES (:id!law_relation_id, :type, :from_work, :from_provision, :to_work, :to_code, :to_key, :to_eid, :evidence, 'rule', :made_at);

-- name: law_xref_arrive :exec
UPDATE law_xref SET to_work = :to_work WHERE to_key = :to_key AND to_work IS NULL;

-- name: law_relation_arrive :exec
UPDATE law_relation SET to_work = :to_work WHERE to_key = :to_key AND to_work IS NULL;

-- name: law_xref_named :many
-- References by a name that begins with this one: whose they are, and of what day.
SELECT DISTINCT e.work, w.issued_on, x.to_key FROM law_xref x JOIN law_version v ON v.id = x.version
JOIN law_expression e ON e.id = v.expression JOIN law_work w ON w.id = e.work
WHERE x.to_key >= :low!text AND x.to_key < :high!text LIMIT 20000;

-- name: law_xref_rename :exec
UPDATE law_xref SET to_work = :to_work WHERE to_key = :to_key
  AND version IN (SELECT v.id FROM law_version v JOIN law_expression e ON e.id = v.expression WHERE e.work = :work!law_work_id);

-- name: law_relation_named :many
SELECT DISTINCT r.from_work, w.issued_on, r.to_key FROM law_relation r JOIN law_work w ON w.id = r.from_work
WHERE r.to_key >= :low!text AND r.to_key < :high!text AND r.method = 'rule' LIMIT 20000;

-- name: law_relation_rename :exec
UPDATE law_relation SET to_work = :to_work WHERE to_key = :to_key AND from_work = :from_work AND method = 'rule';
