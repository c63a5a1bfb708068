-- name: law_article_found :one
SELECT p.id, p.work, p.label, p.source_key, w.type, w.code, w.issuer, w.title, w.short_title, w.field, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on, w.suspended_on,
       w.resumed_on, w.declared, w.declared_on
FROM law_provision p JOIN law_work w ON w.id = p.work WHERE p.id = :article AND p.level = 'article';

-- name: law_article_words :many
-- All words of an article and what is below it, in the line of original and computed wordings.
SELECT p.id, p.level, p.label, v.heading, v.text, v.from_on, v.until_on
FROM law_provision p JOIN law_version v ON v.provision = p.id JOIN law_expression e ON e.id = v.expression
WHERE p.article = :article AND e.kind IN ('original', 'computed') AND e.lang = 'vi' ORDER BY p.sort_key, v.from_on NULLS FIRST, v.ordinal;

-- name: law_articles_after :many
SELECT id FROM law_provision WHERE id > :after!int AND level = 'article' ORDER BY id LIMIT :most!int;
