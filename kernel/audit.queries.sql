-- name: audit_head :one
-- The newest entry.
SELECT seq, made_at, hash FROM audit_entry ORDER BY seq DESC LIMIT 1;

-- name: audit_insert :exec
INSERT INTO audit_entry (seq, made_at, person, post, verb, kind, record, before_json, after_json, ip, prev_hash, hash)
VALUES (:seq, :made_at, :person, :post, :verb, :kind, :record, :before_json, :after_json, :ip, :prev_hash, :hash);

-- name: audit_read :many
-- Entries after seq, in order, a piece at a time.
SELECT seq, made_at, person, post, verb, kind, record, before_json, after_json, ip, prev_hash, hash
FROM audit_entry WHERE seq > :seq ORDER BY seq LIMIT :most!int;

-- name: audit_anchor_set :exec
INSERT INTO audit_anchor (day_on, seq, hash) VALUES (:day_on, :seq, :hash)
ON CONFLICT (day_on) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;

-- name: audit_anchors :many
SELECT day_on, seq, hash FROM audit_anchor ORDER BY day_on;

-- name: audit_spool_add :exec
INSERT INTO audit_spool (name, taken_at) VALUES (:name, :taken_at) ON CONFLICT (name) DO NOTHING;

-- name: audit_spool_prune :exec
DELETE FROM audit_spool WHERE taken_at < :before!at;

-- name: audit_last_of :one
-- The last change of a record; views are none. An empty verb stands for every one of its kind.
SELECT post, made_at FROM audit_entry
WHERE record = :record AND kind = :kind AND (verb = :verb OR :verb = '') AND verb <> :view!text ORDER BY seq DESC LIMIT 1;
