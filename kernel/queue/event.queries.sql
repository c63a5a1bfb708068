-- name: event_insert :one
INSERT INTO event_outbox (id, kind, record, for_principal, post, body, made_at)
SELECT coalesce(max(id), 0) + 1, :kind, :record, :for_principal, :post, :body, :made_at FROM event_outbox
RETURNING id AS number;

-- name: event_read :many
SELECT id AS number, kind, record, for_principal, post, body, made_at FROM event_outbox
WHERE id > :last!int ORDER BY id LIMIT :most!int;

-- name: event_bounds :one
-- Two look-ups at the ends of the index; min and max in one select would read it all.
SELECT coalesce((SELECT min(id) FROM event_outbox), 0) AS lowest, coalesce((SELECT max(id) FROM event_outbox), 0) AS highest;

-- name: event_highest :one
SELECT coalesce(max(id), 0) AS highest FROM event_outbox;

-- name: event_before :one
-- The newest of those older than an instant.
SELECT id AS number FROM event_outbox WHERE made_at < :before!at ORDER BY made_at DESC, id DESC LIMIT 1;

-- name: event_cursor_find :one
SELECT last_id, tries, not_before FROM event_cursor WHERE listener = :listener;

-- name: event_cursor_put :exec
INSERT INTO event_cursor (listener, last_id, tries, not_before, fault) VALUES (:listener, :last_id, :tries, :not_before, :fault)
ON CONFLICT (listener) DO UPDATE SET last_id = excluded.last_id, tries = excluded.tries, not_before = excluded.not_before,
  fault = excluded.fault;

-- name: event_park :exec
INSERT INTO event_parked (id, listener, event, kind, record, for_principal, post, body, made_at, fault, parked_at, is_again)
VALUES (:id, :listener, :event, :kind, :record, :for_principal, :post, :body, :made_at, :fault, :parked_at, 0);

-- name: event_parked_list :many
-- For the administrator, newest first.
SELECT id, listener, event, kind, record, fault, parked_at, is_again FROM event_parked
WHERE id < :before!int ORDER BY id DESC LIMIT :most!int;

-- name: event_parked_again :many
SELECT id, listener, event, kind, record, for_principal, post, body, made_at FROM event_parked WHERE is_again = 1 ORDER BY id
LIMIT 20;

-- name: event_parked_mark :exec
UPDATE event_parked SET is_again = 1 WHERE id = :id;

-- name: event_parked_fault :exec
UPDATE event_parked SET is_again = 0, fault = :fault, parked_at = :parked_at WHERE id = :id;

-- name: event_parked_delete :exec
DELETE FROM event_parked WHERE id = :id;

-- name: event_lease_find :one
SELECT holder, until_at FROM event_lease WHERE name = 'deliver';

-- name: event_lease_put :exec
INSERT INTO event_lease (name, holder, until_at) VALUES ('deliver', :holder, :until_at)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at;

-- name: event_delete_heard :exec
DELETE FROM event_outbox WHERE made_at < :before!at AND id < (SELECT max(id) FROM event_outbox)
AND NOT EXISTS (SELECT 1 FROM event_cursor WHERE event_cursor.last_id < event_outbox.id);

-- name: event_erase_bodies :exec
UPDATE event_outbox SET body = '' WHERE record = :record AND body <> '';

-- name: event_erase_parked :exec
UPDATE event_parked SET body = '', fault = '' WHERE record = :record;
