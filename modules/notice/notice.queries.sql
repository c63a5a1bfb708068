-- name: notice_insert :exec
INSERT INTO notice_item (id, post, event, kind, record, words, path, told_at)
VALUES (:id!notice_item_id, :post, :event, :kind, :record, :words, :path, :told_at) ON CONFLICT (post, event) DO NOTHING;

-- name: notice_unread_add :exec
INSERT INTO notice_unread (post, n) VALUES (:post, 1) ON CONFLICT (post) DO UPDATE SET n = notice_unread.n + 1;

-- name: notice_unread_less :exec
UPDATE notice_unread SET n = n - :read!int WHERE post = :post AND n >= :read!int;

-- name: notice_unread_of :one
SELECT n FROM notice_unread WHERE post = :post;

-- name: notice_list :many
-- Newest first, ids below before.
SELECT id, kind, record, words, told_at, read_at FROM notice_item WHERE post = :post AND id < :before!int ORDER BY id DESC LIMIT :limit!int;

-- name: notice_find :one
SELECT id, kind, record, path, read_at FROM notice_item WHERE id = :id!notice_item_id AND post = :post;

-- name: notice_read_record :exec
-- All of one record: who opens the document has seen what was told of it.
UPDATE notice_item SET read_at = :read_at WHERE post = :post AND record = :record AND read_at IS NULL;

-- name: notice_erase :exec
-- What was told of a record is forgotten; that something was told stays.
UPDATE notice_item SET words = :words, path = '' WHERE record = :record;

-- name: notice_read_all :exec
UPDATE notice_item SET read_at = :read_at WHERE post = :post AND read_at IS NULL;
