-- A translation beside a work's own words.
-- name: law_english_expression :exec
INSERT INTO law_expression (id, work, lang, kind, source, made_at) VALUES (:id!law_expression_id, :work, 'en', 'translation', :source, :made_at);

-- name: law_english_version :exec
INSERT INTO law_version (id, provision, expression, ordinal, heading, text) VALUES (:id!law_version_id, :provision, :expression, 1, :heading, :text);
