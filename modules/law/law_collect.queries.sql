-- Collections. A post reads those on which one of its principals has a grant.
-- piece: law_collect_mine
c.removed_at IS NULL AND c.id IN (SELECT g.record FROM access_wearer a JOIN access_grant g ON g.principal = a.principal AND g.kind = 'law_collection'
  WHERE a.post = :post!int AND (g.can & :bits!int) <> 0)

-- name: law_collect_newest :many
SELECT c.id, c.owner, c.owner_name, c.name, c.made_at, c.n, c.name_key FROM law_collection c WHERE
-- with: law_collect_mine
AND c.id < :last!int ORDER BY c.id DESC LIMIT :most!int;

-- name: law_collect_named :many
SELECT c.id, c.owner, c.owner_name, c.name, c.made_at, c.n, c.name_key FROM law_collection c WHERE
-- with: law_collect_mine
AND (c.name_key, c.id) > (:key!bytes, :last!int) ORDER BY c.name_key, c.id LIMIT :most!int;

-- name: law_collect_with :many
-- The collections of which a work, or a place of it, is part.
SELECT DISTINCT i.collection FROM law_collection_item i WHERE i.work = :work AND COALESCE(i.provision, 0) = :place!int;

-- name: law_collect_find :one
-- Also one that was taken away; its rights are asked of the grants.
SELECT id, owner, owner_name, name, name_key, made_by, n, version, removed_at FROM law_collection WHERE id = :id!law_collection_id;

-- name: law_collect_add :exec
INSERT INTO law_collection (id, owner, owner_name, name, name_key, made_by, made_at) VALUES (:id!law_collection_id, :owner, :owner_name, :name, :name_key, :made_by, :made_at);

-- name: law_collect_rename :exec
UPDATE law_collection SET name = :name, name_key = :name_key, version = version + 1 WHERE id = :id!law_collection_id AND version = :version;

-- name: law_collect_remove :exec
-- none: it is brought back. version: its name stays.
UPDATE law_collection SET removed_at = :removed_at WHERE id = :id!law_collection_id;

-- name: law_collect_count :exec
-- version: counted, typed by nobody.
UPDATE law_collection SET n = n + :by!int WHERE id = :id!law_collection_id;

-- name: law_collect_forgotten :many
-- Removed so long ago that nobody asks for them again.
SELECT id FROM law_collection WHERE owner = :owner AND removed_at < :before!int ORDER BY id LIMIT :most!int;

-- name: law_collect_forget_items :exec
DELETE FROM law_collection_item WHERE collection IN (:collections!ids);

-- name: law_collect_forget_shares :exec
DELETE FROM law_collection_share WHERE collection IN (:collections!ids);

-- name: law_collect_forget :exec
DELETE FROM law_collection WHERE id IN (:collections!ids);

-- name: law_collect_item :one
SELECT id FROM law_collection_item WHERE collection = :collection AND work = :work AND COALESCE(provision, 0) = :place!int;

-- name: law_collect_item_add :exec
INSERT INTO law_collection_item (id, collection, work, provision, added_at) VALUES (:id!law_collection_item_id, :collection, :work, :provision, :added_at);

-- name: law_collect_item_end :one
DELETE FROM law_collection_item WHERE id = :id!law_collection_item_id AND collection = :collection RETURNING work, provision;

-- piece: law_collect_item_row
i.id, i.work, i.provision, i.added_at, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
w.suspended_on, w.resumed_on, w.declared, w.declared_on, w.name_key, w.issued_key, p.eid
FROM law_collection_item i JOIN law_work w ON w.id = i.work LEFT JOIN law_provision p ON p.id = i.provision
WHERE i.collection = :collection

-- name: law_collect_items :many
-- The last put in first.
SELECT
-- with: law_collect_item_row
AND i.id < :last!int ORDER BY i.id DESC LIMIT :most!int;

-- name: law_collect_items_named :many
SELECT
-- with: law_collect_item_row
AND (w.name_key, i.id) > (:key!text, :last!int) ORDER BY w.name_key, i.id LIMIT :most!int;

-- name: law_collect_items_issued :many
SELECT
-- with: law_collect_item_row
AND (w.issued_key, i.id) < (:key!text, :last!int) ORDER BY w.issued_key DESC, i.id DESC LIMIT :most!int;

-- name: law_collect_shares :many
SELECT principal, name, is_writer, shared_at FROM law_collection_share WHERE collection = :collection ORDER BY name, principal;

-- name: law_collect_share :exec
INSERT INTO law_collection_share (collection, principal, name, is_writer, shared_by, shared_at) VALUES (:collection, :principal, :name, :is_writer, :shared_by, :shared_at)
ON CONFLICT (collection, principal) DO UPDATE SET is_writer = excluded.is_writer, name = excluded.name;

-- name: law_collect_unshare :one
DELETE FROM law_collection_share WHERE collection = :collection AND principal = :principal RETURNING principal;
