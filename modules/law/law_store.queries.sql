-- name: law_work_insert :exec
INSERT INTO law_work (id, uri, family, type, code, code_key, issuer, issuer_key, title, short_title, title_fold, name_key, issued_on, issued_key, effective_on, expired_on, declared, declared_on,
                      gazette, signer, signer_post, preamble, closing, field, articles, source, input_sha256, made_at, changed_at)
VALUES (:id!law_work_id, :uri, :family, :type, :code, :code_key, :issuer, :issuer_key, :title, :short_title, :title_fold, :name_key, :issued_on, :issued_key, :effective_on, :expired_on, :declared, :declared_on,
        :gazette, :signer, :signer_post, :preamble, :closing, :field, :articles, :source, :input_sha256, :made_at, :changed_at);

-- name: law_works_stored_by_key :many
SELECT id, uri, family, type, code, code_key, issuer, issuer_key, title, short_title, title_fold, issued_on, effective_on, expired_on, declared, declared_on,
       gazette, signer, signer_post, preamble, closing, field, articles, source, input_sha256
FROM law_work WHERE code_key = :code_key ORDER BY id;

-- name: law_works_stored_by_uri :many
SELECT id, uri, family, type, code, code_key, issuer, issuer_key, title, short_title, title_fold, issued_on, effective_on, expired_on, declared, declared_on,
       gazette, signer, signer_post, preamble, closing, field, articles, source, input_sha256
FROM law_work WHERE uri = :uri;

-- name: law_work_update :exec
UPDATE law_work SET family = :family, type = :type, code = :code, issuer = :issuer, issuer_key = :issuer_key, title = :title, short_title = :short_title, title_fold = :title_fold, name_key = :name_key,
       issued_on = :issued_on, issued_key = :issued_key, effective_on = :effective_on, expired_on = :expired_on, declared = :declared, declared_on = :declared_on, gazette = :gazette, signer = :signer,
       signer_post = :signer_post, preamble = :preamble, closing = :closing, field = :field, changed_at = :changed_at
WHERE id = :id;

-- name: law_work_input_set :exec
UPDATE law_work SET input_sha256 = :input_sha256 WHERE id = :id;

-- name: law_work_articles_set :exec
UPDATE law_work SET articles = :articles WHERE id = :id AND articles <> :articles;

-- name: law_topic_insert :exec
INSERT INTO law_topic (work, topic) VALUES (:work, :topic) ON CONFLICT (work, topic) DO NOTHING;

-- name: law_count_add :exec
INSERT INTO law_count (what, value, family, n) VALUES (:what, :value, :family, :n)
ON CONFLICT (what, value, family) DO UPDATE SET n = law_count.n + excluded.n;

-- name: law_counts_off :many
-- Counts that are not what counting anew gives: none, ever.
SELECT c.what, c.value, c.n FROM law_count c WHERE c.n <> CASE c.what
  WHEN 'kind' THEN (SELECT count(*) FROM law_work w WHERE w.type = c.value AND w.family = c.family)
  WHEN 'issuer' THEN (SELECT count(*) FROM law_work w WHERE w.issuer = c.value)
  ELSE (SELECT count(*) FROM law_topic t WHERE t.topic = c.value) END;

-- name: law_expressions_of :many
SELECT id, kind, given, code, source, is_unverified FROM law_expression WHERE work = :work ORDER BY id;

-- name: law_expression_insert :exec
INSERT INTO law_expression (id, work, lang, kind, given, code, dated_on, is_official, is_unverified, made_from, source, made_at)
VALUES (:id!law_expression_id, :work, 'vi', :kind, :given, :code, :dated_on, :is_official, :is_unverified, :made_from, :source, :made_at);

-- name: law_expression_kind_set :exec
UPDATE law_expression SET kind = :kind WHERE id = :id;

-- name: law_expression_source_set :exec
UPDATE law_expression SET source = :source, made_from = :made_from, is_unverified = :is_unverified WHERE id = :id;

-- name: law_places_of :many
-- Every place of a work, with its words in one expression (none: version 0).
SELECT p.id, p.parent, p.article, p.level, p.label, p.sort_key, p.eid, p.source_key, v.id AS version, v.heading, v.text, v.note, v.from_on
FROM law_provision p LEFT JOIN law_version v ON v.provision = p.id AND v.expression = :expression AND v.ordinal = 1
WHERE p.work = :work ORDER BY p.sort_key;

-- name: law_provision_insert :exec
INSERT INTO law_provision (id, work, parent, article, level, label, sort_key, eid, source_key)
VALUES (:id!law_provision_id, :work, :parent, :article, :level, :label, :sort_key, :eid, :source_key);

-- name: law_provision_update :exec
UPDATE law_provision SET parent = :parent, article = :article, level = :level, label = :label, sort_key = :sort_key, source_key = :source_key WHERE id = :id;

-- name: law_version_insert :exec
INSERT INTO law_version (id, provision, expression, ordinal, heading, text, note, from_on) VALUES (:id!law_version_id, :provision, :expression, 1, :heading, :text, :note, :from_on);

-- name: law_version_update :exec
UPDATE law_version SET heading = :heading, text = :text, note = :note, from_on = :from_on WHERE id = :id;

-- name: law_xrefs_drop :exec
DELETE FROM law_xref WHERE version = :version;

-- name: law_version_drop :exec
DELETE FROM law_version WHERE id = :id;

-- name: law_flag_same :one
SELECT id FROM law_flag WHERE work = :work AND kind = :kind AND words = :words LIMIT 1;

-- name: law_flag_insert :exec
INSERT INTO law_flag (id, work, provision, kind, words, found_at) VALUES (:id!law_flag_id, :work, :provision, :kind, :words, :found_at);

-- name: law_relations_waiting :many
-- Relations kept for a work that was not here: by its number, or by its folded name.
SELECT id FROM law_relation WHERE to_key = :to_key AND to_key <> '' AND to_work IS NULL;

-- name: law_relation_found :exec
UPDATE law_relation SET to_work = :to_work, to_provision = (SELECT p.id FROM law_provision p WHERE p.work = :to_work AND p.eid = law_relation.to_eid) WHERE id = :id;

-- name: law_articles_count :one
SELECT count(*) AS n FROM law_provision WHERE work = :work AND level = 'article';

-- name: law_works_count :one
SELECT (SELECT count(*) FROM law_work) AS works, (SELECT count(*) FROM law_provision) AS places, (SELECT count(*) FROM law_version) AS versions;
