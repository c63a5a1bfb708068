-- name: law_read_work :one
-- Everything a page about one work begins with.
SELECT w.id, w.family, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on, w.gazette, w.signer, w.signer_post, w.preamble, w.closing, w.field, w.articles, w.source,
       w.changed_at, w.uri
FROM law_work w WHERE w.id = :id!law_work_id;

-- name: law_read_provision :one
SELECT id, work, eid, level, label, article, sort_key FROM law_provision WHERE id = :id!law_provision_id;

-- name: law_read_place :one
SELECT id, work, eid, level, label, article, sort_key FROM law_provision WHERE work = :work AND eid = :eid;

-- name: law_read_outline :many
-- Parts down to articles, with their headings in the line read, the earliest words first.
SELECT p.id, p.level, p.label, p.sort_key, p.eid, v.heading, v.from_on, v.until_on, v.born_event
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.level IN ('part', 'chapter', 'section', 'subsection', 'article', 'annex')
  AND (e.id = :line!int OR (:line!int = 0 AND e.lang = 'vi' AND e.kind IN ('original', 'computed')))
ORDER BY p.sort_key, p.id, v.ordinal, v.id LIMIT :most!int;

-- name: law_read_rows :many
-- Every wording, in the line read, of the places from one sort key to another (not with it); until '' means to the end.
SELECT p.id, p.article, p.level, p.label, p.sort_key, p.eid, v.id AS version, v.heading, v.text, v.note, v.from_on, v.until_on,
       v.born_event, v.died_event, e.kind
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.sort_key >= :from!text AND (:until!text = '' OR p.sort_key < :until!text)
  AND (e.id = :line!int OR (:line!int = 0 AND e.lang = 'vi' AND e.kind IN ('original', 'computed')))
ORDER BY p.sort_key, p.id, v.ordinal, v.id LIMIT :most!int;

-- name: law_read_xrefs :many
SELECT x.version, x.from_byte, x.to_byte, x.to_work, x.to_eid, x.to_code, x.mode
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_xref x ON x.version = v.id
WHERE p.work = :work AND p.sort_key >= :from!text AND (:until!text = '' OR p.sort_key < :until!text)
ORDER BY x.version, x.from_byte, x.to_byte LIMIT :most!int;

-- name: law_read_events :many
-- What acts do to a work, as far as it is not rejected, with the acts.
SELECT v.id, v.op, v.acting_work, v.acting_provision, v.target_eid, v.target_provision, v.effective_on, v.state, v.why, v.is_applied,
       w.type, w.code, w.short_title, w.title, w.issued_on, p.eid
FROM law_event v JOIN law_work w ON w.id = v.acting_work LEFT JOIN law_provision p ON p.id = v.acting_provision
WHERE v.target_work = :work AND v.state <> 'rejected' ORDER BY v.effective_on NULLS LAST, v.acting_work, v.id LIMIT :most!int;

-- name: law_read_expressions :many
SELECT id, lang, kind, given, code, dated_on, is_official, source FROM law_expression WHERE work = :work ORDER BY kind, dated_on NULLS FIRST, id;

-- name: law_read_bases :many
-- The documents a work is based on, as far as the library has them.
SELECT to_work, to_code, evidence FROM law_relation
WHERE from_work = :work!law_work_id AND type = 'based_on' AND method = 'rule' AND to_work IS NOT NULL ORDER BY id LIMIT 60;

-- name: law_read_enders :many
-- Works that replace or repeal this one as a whole.
SELECT r.type AS relation, w.id, w.type, w.code, w.short_title, w.title, w.issued_on, w.effective_on
FROM law_relation r JOIN law_work w ON w.id = r.from_work
WHERE r.to_work = :work!law_work_id AND r.type IN ('replaces', 'repeals') AND r.to_provision IS NULL AND r.from_work <> r.to_work
ORDER BY w.effective_on NULLS LAST, w.id LIMIT 5;

-- name: law_read_said :many
-- Places whose words refer to a place, or to what is below it.
SELECT x.id, p.id AS provision, p.eid, w.type, w.code, w.short_title, w.title, w.issued_on
FROM law_xref x JOIN law_version v ON v.id = x.version JOIN law_provision p ON p.id = v.provision JOIN law_work w ON w.id = p.work
WHERE x.to_work = :work AND (x.to_eid = :eid!text OR (x.to_eid > :below!text AND x.to_eid < :behind!text)) AND v.until_on IS NULL
ORDER BY x.id LIMIT :most!int;

-- name: law_read_relation_groups :many
-- How many works of each type, each way; what is not in the library counts by its name.
SELECT s.relation, 0 AS is_to, count(*) AS n FROM (SELECT DISTINCT type AS relation, to_work, CASE WHEN to_work IS NULL THEN to_code ELSE '' END AS name
  FROM law_relation WHERE from_work = :work!law_work_id) s GROUP BY s.relation
UNION ALL
SELECT s.relation, 1 AS is_to, count(*) AS n FROM (SELECT DISTINCT type AS relation, from_work FROM law_relation WHERE to_work = :work!law_work_id) s GROUP BY s.relation;

-- name: law_read_relations_from :many
SELECT r.id, r.type AS relation, r.to_work AS work, r.to_code, r.to_eid, r.from_provision AS provision, w.type, w.code, w.short_title, w.title, w.issued_on,
       w.effective_on, w.expired_on, w.ended_on, w.partly_on, w.suspended_on, w.resumed_on, w.declared, w.declared_on, p.eid, 1 AS times
FROM law_relation r LEFT JOIN law_work w ON w.id = r.to_work LEFT JOIN law_provision p ON p.id = r.to_provision
WHERE r.from_work = :work AND r.type = :relation!text AND r.id > :after!int ORDER BY r.id LIMIT :most!int;

-- name: law_read_relations_to :many
SELECT r.id, r.type AS relation, r.from_work AS work, r.to_code, r.to_eid, r.from_provision AS provision, w.type, w.code, w.short_title, w.title, w.issued_on,
       w.effective_on, w.expired_on, w.ended_on, w.partly_on, w.suspended_on, w.resumed_on, w.declared, w.declared_on, p.eid, 1 AS times
FROM law_relation r JOIN law_work w ON w.id = r.from_work LEFT JOIN law_provision p ON p.id = r.from_provision
WHERE r.to_work = :work AND r.type = :relation!text AND r.id > :after!int ORDER BY r.id LIMIT :most!int;

-- name: law_read_first_from :many
-- The first few works of every type, each once with how many times, for the overview and the drawing.
SELECT s.id, s.relation, s.work, s.to_code, s.to_eid, s.provision, s.type, s.code, s.short_title, s.title, s.issued_on, s.effective_on, s.expired_on, s.ended_on, s.partly_on, s.suspended_on, s.resumed_on, s.declared, s.declared_on, s.eid, s.times
FROM (SELECT u.id, u.relation, u.work, u.to_code, u.to_eid, u.provision, u.type, u.code, u.short_title, u.title, u.issued_on, u.effective_on, u.expired_on, u.ended_on, u.partly_on, u.suspended_on, u.resumed_on, u.declared, u.declared_on, u.eid, u.times,
             row_number() OVER (PARTITION BY u.relation ORDER BY u.id) AS place
      FROM (SELECT r.id, r.type AS relation, r.to_work AS work, r.to_code, r.to_eid, r.from_provision AS provision, w.type, w.code, w.short_title, w.title,
                   w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on, w.suspended_on, w.resumed_on, w.declared, w.declared_on, p.eid,
                   row_number() OVER (PARTITION BY r.type, r.to_work, CASE WHEN r.to_work IS NULL THEN r.to_code ELSE '' END ORDER BY r.id) AS turn, count(*) OVER (PARTITION BY r.type, r.to_work, CASE WHEN r.to_work IS NULL THEN r.to_code ELSE '' END) AS times
            FROM law_relation r LEFT JOIN law_work w ON w.id = r.to_work LEFT JOIN law_provision p ON p.id = r.to_provision WHERE r.from_work = :work) u
      WHERE u.turn = 1) s
WHERE s.place <= :most!int ORDER BY s.relation, s.id;

-- name: law_read_first_to :many
-- The first few works of every type, each once with how many times, for the overview and the drawing.
SELECT s.id, s.relation, s.work, s.to_code, s.to_eid, s.provision, s.type, s.code, s.short_title, s.title, s.issued_on, s.effective_on, s.expired_on, s.ended_on, s.partly_on, s.suspended_on, s.resumed_on, s.declared, s.declared_on, s.eid, s.times
FROM (SELECT u.id, u.relation, u.work, u.to_code, u.to_eid, u.provision, u.type, u.code, u.short_title, u.title, u.issued_on, u.effective_on, u.expired_on, u.ended_on, u.partly_on, u.suspended_on, u.resumed_on, u.declared, u.declared_on, u.eid, u.times,
             row_number() OVER (PARTITION BY u.relation ORDER BY u.id) AS place
      FROM (SELECT r.id, r.type AS relation, r.from_work AS work, r.to_code, r.to_eid, r.from_provision AS provision, w.type, w.code, w.short_title, w.title,
                   w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on, w.suspended_on, w.resumed_on, w.declared, w.declared_on, p.eid,
                   row_number() OVER (PARTITION BY r.type, r.from_work ORDER BY r.id) AS turn, count(*) OVER (PARTITION BY r.type, r.from_work) AS times
            FROM law_relation r JOIN law_work w ON w.id = r.from_work LEFT JOIN law_provision p ON p.id = r.from_provision WHERE r.to_work = :work) u
      WHERE u.turn = 1) s
WHERE s.place <= :most!int ORDER BY s.relation, s.id;

-- name: law_read_flags :many
SELECT f.id, f.kind, f.words, p.eid FROM law_flag f LEFT JOIN law_provision p ON p.id = f.provision
WHERE f.work = :work AND f.cleared_at IS NULL ORDER BY f.id LIMIT 50;

-- name: law_read_topics :many
SELECT topic FROM law_topic WHERE work = :work ORDER BY topic;

-- name: law_read_ended_by :many
-- Acts that ended a place, or the whole work it stands in, the last ones first.
SELECT v.acting_work FROM law_provision p JOIN law_event v ON v.target_work = p.work
WHERE p.id = :place!law_provision_id AND (v.target_provision = p.id OR v.target_eid = '') AND v.op IN ('repeal', 'replace')
  AND v.state IN ('auto', 'verified') AND v.effective_on <= :day!on
ORDER BY v.effective_on DESC NULLS LAST, v.id LIMIT 5;
