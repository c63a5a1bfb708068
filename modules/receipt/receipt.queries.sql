-- name: receipt_item_add :exec
INSERT INTO receipt_item (id, kind, about, draft_code, state, body, post, made_at, touched_at)
VALUES (:id!receipt_item_id, :kind, :about, :draft_code, 'draft', :body, :post, :made_at, :made_at);

-- name: receipt_item_save :exec
UPDATE receipt_item SET body = :body, touched_at = :touched_at WHERE id = :id!receipt_item_id AND state = 'draft';

-- name: receipt_item_seal :exec
UPDATE receipt_item SET sealed = :sealed WHERE id = :id!receipt_item_id;

-- name: receipt_item_send :exec
UPDATE receipt_item SET record = :record, code = :code, sealed = :sealed, state = 'sent', sent_at = :sent_at, touched_at = :sent_at
WHERE id = :id!receipt_item_id AND state = 'draft';

-- name: receipt_item_close :exec
UPDATE receipt_item SET state = 'closed', touched_at = :touched_at WHERE record = :record AND kind = :kind AND state = 'sent';

-- name: receipt_item_by_id :one
SELECT id, kind, about, record, draft_code, code, sealed, state, body, post, made_at, touched_at, sent_at FROM receipt_item WHERE id = :id;

-- name: receipt_item_by_code :one
-- A draft's code goes on leading to what was sent from it.
SELECT id, sealed, state FROM receipt_item WHERE code = :code OR draft_code = :code;

-- name: receipt_item_by_record :one
SELECT id, code FROM receipt_item WHERE record = :record AND kind = :kind;

-- name: receipt_pass_find :one
SELECT item, is_maker, until_at FROM receipt_pass WHERE token = :token AND item = :item!receipt_item_id AND until_at > :now!at;

-- name: receipt_pass_drop :exec
DELETE FROM receipt_pass WHERE token = :token AND item = :item!receipt_item_id;

-- name: receipt_pass_add :exec
INSERT INTO receipt_pass (token, item, is_maker, until_at) VALUES (:token, :item, :is_maker, :until_at);

-- name: receipt_pass_longer :exec
UPDATE receipt_pass SET until_at = :until_at WHERE token = :token AND item = :item!receipt_item_id AND until_at < :until_at;

-- name: receipt_file_add :exec
INSERT INTO receipt_file (id, item, field, file, name, size) VALUES (:id!receipt_file_id, :item, :field, :file, :name, :size);

-- name: receipt_file_drop :exec
DELETE FROM receipt_file WHERE id = :id!receipt_file_id AND item = :item!receipt_item_id;

-- name: receipt_file_rows :many
SELECT id, field, file, name, size FROM receipt_file WHERE item = :item ORDER BY id LIMIT 200;

-- name: receipt_file_by_id :one
SELECT id, item, field, file, name, size FROM receipt_file WHERE id = :id;

-- name: receipt_file_of :many
SELECT f.name, i.kind, i.record, i.state FROM receipt_file f JOIN receipt_item i ON i.id = f.item WHERE f.file = :file ORDER BY f.id LIMIT 20;

-- name: receipt_try_more :exec
UPDATE receipt_try SET n = n + 1 WHERE what = :what AND mark = :mark AND hour = :hour;

-- name: receipt_try_first :exec
INSERT INTO receipt_try (what, mark, hour, n) VALUES (:what, :mark, :hour, 1);

-- name: receipt_tried :one
SELECT coalesce(sum(n), 0) AS n FROM receipt_try WHERE what = :what AND mark = :mark AND hour > :hour;

-- name: receipt_sweep_old :many
SELECT id FROM receipt_item WHERE state = 'draft' AND touched_at < :before!at ORDER BY touched_at, id LIMIT :most!int;

-- name: receipt_sweep_passes_of :exec
DELETE FROM receipt_pass WHERE item IN (:items!ids);

-- name: receipt_sweep_files_of :exec
DELETE FROM receipt_file WHERE item IN (:items!ids);

-- name: receipt_sweep_items :exec
DELETE FROM receipt_item WHERE id IN (:items!ids);

-- name: receipt_sweep_bodies :exec
-- What was sent stands in the business's own record; the draft it was made from goes after a week.
UPDATE receipt_item SET body = '' WHERE state = 'sent' AND touched_at < :before!at AND body <> '';

-- name: receipt_sweep_passes :exec
DELETE FROM receipt_pass WHERE until_at < :before!at;

-- name: receipt_sweep_tries :exec
DELETE FROM receipt_try WHERE hour < :hour;

-- name: receipt_erase_files :exec
UPDATE receipt_file SET name = :name WHERE item IN (SELECT i.id FROM receipt_item i WHERE i.record = :record!int);

-- name: receipt_erase_items :exec
UPDATE receipt_item SET body = '' WHERE record = :record;

-- name: receipt_erase_file :exec
DELETE FROM receipt_file WHERE file = :file;
