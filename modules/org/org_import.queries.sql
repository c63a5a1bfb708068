-- name: org_import_insert :exec
INSERT INTO org_import (id, kind, state, file, file_name, post, made_at) VALUES (:id, :kind, 'waiting', :file, :file_name, :post, :made_at);

-- name: org_import_by_id :one
SELECT id, kind, state, file, file_name, post, n_rows, n_faulty, fault, made_at, applied_at FROM org_import WHERE id = :id;

-- name: org_import_list :many
SELECT id, kind, state, file_name, n_rows, n_faulty, made_at FROM org_import ORDER BY id DESC LIMIT 20;

-- name: org_import_state_set :exec
-- From one state to the next, so that nothing is applied twice.
UPDATE org_import SET state = :state, n_rows = :n_rows, n_faulty = :n_faulty, fault = :fault, applied_at = :applied_at
WHERE id = :id AND state = :was!text;

-- name: org_import_row_put :exec
INSERT INTO org_import_row (import, row_no, cells, fault) VALUES (:import, :row_no, :cells, :fault)
ON CONFLICT (import, row_no) DO UPDATE SET cells = excluded.cells, fault = excluded.fault;

-- name: org_import_rows :many
SELECT row_no, cells, fault FROM org_import_row WHERE import = :import ORDER BY row_no;

-- name: org_import_rows_faulty :many
SELECT row_no, cells, fault FROM org_import_row WHERE import = :import AND fault <> '' ORDER BY row_no LIMIT :most!int;

-- name: org_import_rows_first :many
SELECT row_no, cells, fault FROM org_import_row WHERE import = :import ORDER BY row_no LIMIT :most!int;

-- name: org_import_holding :many
SELECT id FROM org_import WHERE file = :file ORDER BY id LIMIT 50;
