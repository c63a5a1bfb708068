-- name: audit_head :one
-- The newest entry.
SELECT seq, made_at, hash FROM audit_entry ORDER BY seq DESC LIMIT 1;

-- name: audit_insert :exec
INSERT INTO audit_entry (seq, made_at, person, post, verb, kind, record, digest, ip, prev_hash, hash)
VALUES (:seq, :made_at, :person, :post, :verb, :kind, :record, :digest, :ip, :prev_hash, :hash);

-- name: audit_detail_insert :exec
INSERT INTO audit_detail (seq, salt, before_json, after_json) VALUES (:seq, :salt, :before_json, :after_json);

-- name: audit_detail_erase :exec
-- What the entries of one record said, up to the one that says so.
UPDATE audit_detail SET salt = :none!bytes, before_json = '', after_json = '', erased_in = :erased_in
WHERE erased_in = 0 AND seq IN (SELECT e.seq FROM audit_entry e WHERE e.record = :record AND e.kind = :kind!text AND e.seq < :erased_in);

-- name: audit_read :many
-- Entries after seq, in order, a piece at a time, with their details and what had them erased.
-- result: eraser text, eraser_kind text
SELECT e.seq, e.made_at, e.person, e.post, e.verb, e.kind, e.record, e.digest, e.ip, e.prev_hash, e.hash,
       d.seq IS NOT NULL AS has_detail, d.salt, d.before_json, d.after_json, coalesce(d.erased_in, 0) AS erased_in,
       coalesce(x.verb, '') AS eraser, coalesce(x.kind, '') AS eraser_kind, coalesce(x.record, 0) AS eraser_record
FROM audit_entry e LEFT JOIN audit_detail d ON d.seq = e.seq LEFT JOIN audit_entry x ON x.seq = d.erased_in
WHERE e.seq > :seq ORDER BY e.seq LIMIT :most!int;

-- name: audit_at :one
SELECT seq, hash FROM audit_entry WHERE seq = :seq;

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
