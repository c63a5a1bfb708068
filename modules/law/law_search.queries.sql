-- name: law_place_found :one
-- An article or an annex with its work.
SELECT p.id, p.work, p.level, p.label, p.sort_key, p.source_key, w.type, w.code, w.issuer, w.title, w.short_title, w.field, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on
FROM law_provision p JOIN law_work w ON w.id = p.work WHERE p.id = :place!law_provision_id AND p.level IN ('article', 'annex');

-- name: law_paper_found :one
-- A work without articles: the same columns, found as a whole.
SELECT w.id AS work, w.type, w.code, w.issuer, w.title, w.short_title, w.field, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on
FROM law_work w WHERE w.id = :id AND w.articles = 0;

-- name: law_words_below :many
-- All words of places in [low, high) of the reading order, in the line of original and computed wordings. What stands in an article of an annex is that article's.
SELECT p.id, p.level, p.label, v.heading, v.text, v.from_on, v.until_on
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.work = :work AND p.sort_key >= :low!text AND p.sort_key < :high!text AND (p.article IS NULL OR p.article = :article) AND e.kind IN ('original', 'computed') AND e.lang = 'vi'
ORDER BY p.sort_key, v.from_on NULLS FIRST, v.ordinal;

-- name: law_found_after :many
SELECT id AS record FROM law_provision WHERE id > :after!int AND level IN ('article', 'annex')
UNION ALL SELECT id AS record FROM law_work WHERE id > :after!int AND articles = 0
ORDER BY record LIMIT :most!int;

-- name: law_clauses_of :many
-- Of found articles: their clauses, to lead to the one whose words were found.
SELECT article, label, eid FROM law_provision WHERE article IN (:articles!ids) AND level = 'clause';

-- name: law_found_places :many
SELECT id, eid FROM law_provision WHERE id IN (:places!ids);
