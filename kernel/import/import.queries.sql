-- name: import_batch_insert :exec
INSERT INTO import_batch (id, want, owner, file, file_name, is_whole, state, post, made_at)
VALUES (:id, :want, :owner, :file, :file_name, :is_whole, 'waiting', :post, :made_at);

-- name: import_batch_standing :one
-- The same content brought in before, and not taken back.
SELECT id FROM import_batch
WHERE file = :file AND want = :want AND owner = :owner AND state IN ('waiting', 'in') ORDER BY id DESC LIMIT 1;

-- name: import_batch_find :one
SELECT id, want, owner, file, file_name, is_whole, state, post, made_at, n_made, n_changed, n_same, n_bad, n_kept, fault
FROM import_batch WHERE id = :id;

-- name: import_batch_count :exec
UPDATE import_batch SET n_made = n_made + :made!int, n_changed = n_changed + :changed!int, n_same = n_same + :same!int,
  n_kept = n_kept + :kept!int WHERE id = :id;

-- name: import_batch_state :exec
UPDATE import_batch SET state = :state, n_bad = :n_bad, fault = :fault WHERE id = :id AND state = :was!text;

-- name: import_batch_file_of :many
SELECT id, file_name FROM import_batch WHERE file = :file AND want = :want ORDER BY id LIMIT 50;

-- name: import_known_some :many
SELECT key_hash, key_sum, content_sum, record FROM import_known
WHERE want = :want AND owner = :owner AND key_hash IN (:hashes!ids);

-- name: import_known_put :exec
INSERT INTO import_known (want, owner, key_hash, key_sum, content_sum, record)
VALUES (:want, :owner, :key_hash, :key_sum, :content_sum, :record)
ON CONFLICT (want, owner, key_hash, key_sum) DO UPDATE SET content_sum = excluded.content_sum, record = excluded.record;

-- name: import_known_drop :exec
DELETE FROM import_known WHERE want = :want AND owner = :owner AND key_hash = :key_hash AND key_sum = :key_sum
  AND record = :record;

-- name: import_row_put :exec
INSERT INTO import_row (batch, place, record, is_made, was, key_hash, key_sum)
VALUES (:batch, :place, :record, :is_made, :was, :key_hash, :key_sum);

-- name: import_row_last :many
-- The last ones first, for taking them back.
SELECT place, record, is_made, was, key_hash, key_sum FROM import_row WHERE batch = :batch ORDER BY place DESC LIMIT :most!int;

-- name: import_row_drop :exec
DELETE FROM import_row WHERE batch = :batch AND place >= :from!int;
