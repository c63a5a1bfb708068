-- What people keep: watches, notes, collections.
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

-- name: law_keep_notes :many
SELECT n.id, n.owner, n.provision, n.words, n.made_by, n.changed_at, p.eid FROM law_note n LEFT JOIN law_provision p ON p.id = n.provision
WHERE n.work = :work AND n.owner IN (:owners!ids) ORDER BY n.id DESC LIMIT :most!int;

-- name: law_keep_notes_of_place :many
SELECT n.id, n.owner, n.provision, n.words, n.made_by, n.changed_at, p.eid FROM law_note n JOIN law_provision p ON p.id = n.provision
WHERE n.work = :work AND n.provision = :provision AND n.owner IN (:owners!ids) ORDER BY n.id DESC LIMIT :most!int;

-- name: law_keep_note_add :exec
INSERT INTO law_note (id, owner, work, provision, words, made_by, made_at, changed_at)
VALUES (:id!law_note_id, :owner, :work, :provision, :words, :made_by, :made_at, :made_at);

-- name: law_keep_note :one
SELECT id, owner, work, provision, words, made_by FROM law_note WHERE id = :id!law_note_id AND owner IN (:owners!ids);

-- name: law_keep_note_end :exec
DELETE FROM law_note WHERE id = :id!law_note_id;

-- name: law_keep_collections :many
SELECT c.id, c.owner, c.name, c.made_at, (SELECT count(*) FROM law_collection_item i WHERE i.collection = c.id) AS n
FROM law_collection c WHERE c.owner IN (:owners!ids) ORDER BY c.id DESC LIMIT :most!int;

-- name: law_keep_collections_with :many
-- The collections of which a work, or a place of it, is part.
SELECT DISTINCT i.collection FROM law_collection_item i JOIN law_collection c ON c.id = i.collection
WHERE c.owner IN (:owners!ids) AND i.work = :work AND COALESCE(i.provision, 0) = :place!int;

-- name: law_keep_collection :one
SELECT id, owner, name, made_by FROM law_collection WHERE id = :id!law_collection_id AND owner IN (:owners!ids);

-- name: law_keep_collection_add :exec
INSERT INTO law_collection (id, owner, name, made_by, made_at) VALUES (:id!law_collection_id, :owner, :name, :made_by, :made_at);

-- name: law_keep_collection_name :exec
UPDATE law_collection SET name = :name WHERE id = :id!law_collection_id;

-- name: law_keep_collection_empty :exec
DELETE FROM law_collection_item WHERE collection = :collection;

-- name: law_keep_collection_end :exec
DELETE FROM law_collection WHERE id = :id!law_collection_id;

-- name: law_keep_item :one
SELECT id FROM law_collection_item WHERE collection = :collection AND work = :work AND COALESCE(provision, 0) = :place!int;

-- name: law_keep_item_add :exec
INSERT INTO law_collection_item (id, collection, work, provision, added_at) VALUES (:id!law_collection_item_id, :collection, :work, :provision, :added_at);

-- name: law_keep_item_end :one
DELETE FROM law_collection_item WHERE id = :id!law_collection_item_id AND collection = :collection RETURNING work, provision;

-- name: law_keep_items :many
SELECT i.id, i.work, i.provision, i.added_at, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on, p.eid
FROM law_collection_item i JOIN law_work w ON w.id = i.work LEFT JOIN law_provision p ON p.id = i.provision
WHERE i.collection = :collection AND i.id < :before!int ORDER BY i.id DESC LIMIT :most!int;
