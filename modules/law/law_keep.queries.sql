-- What people keep: watches and notes.
-- name: law_keep_watch_of :one
SELECT id FROM law_watch WHERE post = :post AND work = :work;

-- name: law_keep_watch_of_topic :one
SELECT id FROM law_watch WHERE post = :post AND work IS NULL AND topic = :topic;

-- name: law_keep_watch_add :exec
INSERT INTO law_watch (id, post, work, topic, made_at) VALUES (:id!law_watch_id, :post, :work, :topic, :made_at);

-- name: law_keep_watch_end :one
DELETE FROM law_watch WHERE id = :id!law_watch_id AND post = :post RETURNING work, topic;

-- name: law_keep_watches :many
-- The newest first, below before.
SELECT x.id, x.work, x.topic, x.made_at, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on, w.changed_at
FROM law_watch x LEFT JOIN law_work w ON w.id = x.work WHERE x.post = :post AND x.id < :before!int ORDER BY x.id DESC LIMIT :most!int;

-- name: law_keep_watchers :many
-- Watches of a work and of its topics, by post; a post's watch of the work itself comes first. after is a post.
SELECT x.id, x.post, x.work, x.topic, x.told_at FROM law_watch x
WHERE (x.work = :work OR (x.work IS NULL AND x.topic IN (SELECT t.topic FROM law_topic t WHERE t.work = :work))) AND x.post > :after!int
ORDER BY x.post, x.work NULLS LAST, x.id LIMIT :most!int;

-- name: law_keep_watch_told :exec
UPDATE law_watch SET told_at = :told_at, waiting = 0 WHERE id IN (:watches!ids);

-- name: law_keep_watch_waits :exec
UPDATE law_watch SET waiting = waiting + 1 WHERE id IN (:watches!ids);

-- name: law_keep_watch_due :many
-- Of whom changes were counted, and who was told long enough ago.
SELECT x.id, x.post, x.work, x.topic, x.waiting, w.type, w.code, w.title, w.short_title, w.issued_on
FROM law_watch x LEFT JOIN law_work w ON w.id = x.work
WHERE x.waiting > 0 AND x.told_at <= :before!int AND x.id > :after!int ORDER BY x.id LIMIT :most!int;

-- name: law_keep_watch_act :one
-- The act by which a work was changed last, when that was just now.
SELECT v.effective_on, w.type, w.code, w.title, w.short_title, w.issued_on
FROM law_event v JOIN law_work w ON w.id = v.acting_work
WHERE v.target_work = :work!law_work_id AND v.acting_work <> :work!law_work_id AND v.is_applied = 1 AND v.state IN ('auto', 'verified')
  AND (v.made_at >= :since!int OR v.decided_at >= :since!int)
ORDER BY v.effective_on DESC NULLS LAST, v.id DESC LIMIT 1;

-- piece: law_keep_note_row
n.id, n.owner, n.work, n.provision, n.words, n.made_by, n.changed_at, p.eid

-- name: law_keep_notes :many
SELECT
-- with: law_keep_note_row
FROM law_note n LEFT JOIN law_provision p ON p.id = n.provision
WHERE n.work = :work AND n.owner IN (:owners!ids) AND n.removed_at IS NULL AND (:place!int = 0 OR n.provision = :place!int)
ORDER BY n.id DESC LIMIT :most!int;

-- name: law_keep_notes_mine :many
-- Of all works, the newest first, below before.
SELECT
-- with: law_keep_note_row
, w.type, w.code, w.title, w.short_title, w.issued_on
FROM law_note n JOIN law_work w ON w.id = n.work LEFT JOIN law_provision p ON p.id = n.provision
WHERE n.owner IN (:owners!ids) AND n.removed_at IS NULL AND n.id < :before!int ORDER BY n.id DESC LIMIT :most!int;

-- name: law_keep_note_add :exec
INSERT INTO law_note (id, owner, work, provision, words, made_by, made_at, changed_at)
VALUES (:id!law_note_id, :owner, :work, :provision, :words, :made_by, :made_at, :made_at);

-- name: law_keep_note :one
-- Also one that was taken away.
SELECT n.id, n.owner, n.work, n.provision, n.words, n.made_by, n.version, n.changed_at, n.removed_at, p.eid
FROM law_note n LEFT JOIN law_provision p ON p.id = n.provision WHERE n.id = :id!law_note_id AND n.owner IN (:owners!ids);

-- name: law_keep_note_write :exec
UPDATE law_note SET words = :words, version = version + 1, changed_at = :changed_at
WHERE id = :id!law_note_id AND removed_at IS NULL AND version = :version;

-- name: law_keep_note_remove :exec
-- none: it is brought back. version: its words stay.
UPDATE law_note SET removed_at = :removed_at WHERE id = :id!law_note_id;

-- name: law_keep_notes_forget :exec
DELETE FROM law_note WHERE owner = :owner AND removed_at < :before!int;
