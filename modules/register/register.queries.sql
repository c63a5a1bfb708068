-- name: register_book_add :exec
INSERT INTO register_book (id, type, owner, made_at) VALUES (:id, :type, :owner, :made_at);

-- name: register_book_of :one
SELECT id FROM register_book WHERE type = :type AND owner = :owner;

-- name: register_book_by_id :one
SELECT id, type, owner, n_rows FROM register_book WHERE id = :id;

-- name: register_book_grow :exec
UPDATE register_book SET n_rows = n_rows + :more!int WHERE id = :id;

-- name: register_books_seen :many
-- The books of one register that a post may read, by the names of their organs.
SELECT b.id, b.owner, b.n_rows, u.short_name, max(g.can & 4) AS manage
FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'register'
JOIN register_book b ON b.id = g.record JOIN org_v_unit u ON u.id = b.owner
WHERE w.post = :post!int AND b.type = :type AND (g.until_on IS NULL OR g.until_on >= :today!on)
GROUP BY b.id, b.owner, b.n_rows, u.short_name ORDER BY b.id LIMIT 300;

-- name: register_row_insert :exec
INSERT INTO register_row (id, book, type, key_sum, title, answers, type_version, version, is_gone, made_by, made_at, changed_at)
VALUES (:id, :book, :type, :key_sum, :title, :answers, :type_version, 1, 0, :made_by, :made_at, :made_at);

-- name: register_row_update :exec
UPDATE register_row SET key_sum = :key_sum, title = :title, answers = :answers, type_version = :type_version,
  is_gone = :is_gone, changed_at = :changed_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: register_row_by_id :one
SELECT r.id, r.book, r.type, r.key_sum, r.title, r.answers, r.type_version, r.version, r.is_gone, r.made_by, r.made_at, r.changed_at,
  b.owner, u.short_name
FROM register_row r JOIN register_book b ON b.id = r.book JOIN org_v_unit u ON u.id = b.owner WHERE r.id = :id!int;

-- name: register_row_keyed :many
-- Rows of a book that say they are the same thing.
SELECT id, version, answers, type_version FROM register_row WHERE book = :book AND key_sum = :key_sum AND is_gone = 0 ORDER BY id LIMIT 2;

-- name: register_rows_after :many
SELECT id FROM register_row WHERE id > :after!int AND is_gone = 0 ORDER BY id LIMIT :most!int;

-- name: register_rows_some :many
SELECT r.id, r.title, r.type, u.short_name FROM register_row r JOIN register_book b ON b.id = r.book JOIN org_v_unit u ON u.id = b.owner
WHERE r.id IN (:some!ids) ORDER BY r.id;

-- name: register_value_put :exec
INSERT INTO register_value (row, field, book, type, sort, number) VALUES (:row, :field, :book, :type, :sort, :number);

-- name: register_value_put_word :exec
-- A value that is no number.
INSERT INTO register_value (row, field, book, type, sort, number) VALUES (:row, :field, :book, :type, :sort, NULL);

-- name: register_values_drop :exec
DELETE FROM register_value WHERE row = :row;

-- name: register_word_put :exec
INSERT INTO register_word (row, word) VALUES (:row, :word) ON CONFLICT (row, word) DO NOTHING;

-- name: register_words_drop :exec
DELETE FROM register_word WHERE row = :row;

-- name: register_value_sort :one
SELECT sort FROM register_value WHERE row = :row AND field = :field;

-- piece: register_filter
(:w1!text = '' OR EXISTS (SELECT 1 FROM register_word x WHERE x.row = v.row AND x.word >= :w1!text AND x.word < :w1_end!text))
AND (:w2!text = '' OR EXISTS (SELECT 1 FROM register_word x WHERE x.row = v.row AND x.word >= :w2!text AND x.word < :w2_end!text))
AND (:f1!text = '' OR EXISTS (SELECT 1 FROM register_value x WHERE x.row = v.row AND x.field = :f1!text AND x.sort >= :low1!text AND x.sort <= :high1!text))
AND (:f2!text = '' OR EXISTS (SELECT 1 FROM register_value x WHERE x.row = v.row AND x.field = :f2!text AND x.sort >= :low2!text AND x.sort <= :high2!text))
AND (:f3!text = '' OR EXISTS (SELECT 1 FROM register_value x WHERE x.row = v.row AND x.field = :f3!text AND x.sort >= :low3!text AND x.sort <= :high3!text))

-- piece: register_listed
r.id, r.book, r.answers, r.type_version, v.sort FROM register_value v JOIN register_row r ON r.id = v.row

-- name: register_list_book_up :many
SELECT
-- with: register_listed
WHERE v.book = :book!int AND v.field = :field!text AND (v.sort > :from_sort!text OR (v.sort = :from_sort!text AND v.row > :from_row!int)) AND
-- with: register_filter
ORDER BY v.sort, v.row LIMIT :most!int;

-- name: register_list_book_down :many
SELECT
-- with: register_listed
WHERE v.book = :book!int AND v.field = :field!text AND (:is_first!bool = 1 OR v.sort < :from_sort!text OR (v.sort = :from_sort!text AND v.row < :from_row!int)) AND
-- with: register_filter
ORDER BY v.sort DESC, v.row DESC LIMIT :most!int;

-- name: register_count_book :one
SELECT count(*) AS n FROM register_value v JOIN register_row r ON r.id = v.row
WHERE v.book = :book!int AND v.field = :field!text AND
-- with: register_filter
;

-- name: register_totals_book :many
-- What the numbers of the rows come to, a field each.
SELECT s.field, count(*) AS n, CAST(coalesce(sum(s.number), 0) AS BIGINT) AS total
FROM register_value v JOIN register_row r ON r.id = v.row JOIN register_value s ON s.row = v.row AND s.number IS NOT NULL
WHERE v.book = :book!int AND v.field = :field!text AND
-- with: register_filter
GROUP BY s.field ORDER BY s.field;

-- name: register_list_type_up :many
SELECT
-- with: register_listed
WHERE v.type = :type!text AND v.book IN (:books!ids) AND v.field = :field!text AND (v.sort > :from_sort!text OR (v.sort = :from_sort!text AND v.row > :from_row!int)) AND
-- with: register_filter
ORDER BY v.sort, v.row LIMIT :most!int;

-- name: register_list_type_down :many
SELECT
-- with: register_listed
WHERE v.type = :type!text AND v.book IN (:books!ids) AND v.field = :field!text AND (:is_first!bool = 1 OR v.sort < :from_sort!text OR (v.sort = :from_sort!text AND v.row < :from_row!int)) AND
-- with: register_filter
ORDER BY v.sort DESC, v.row DESC LIMIT :most!int;

-- name: register_count_type :one
SELECT count(*) AS n FROM register_value v JOIN register_row r ON r.id = v.row
WHERE v.type = :type!text AND v.book IN (:books!ids) AND v.field = :field!text AND
-- with: register_filter
;

-- name: register_totals_type :many
-- What the numbers of the rows come to, a field each.
SELECT s.field, count(*) AS n, CAST(coalesce(sum(s.number), 0) AS BIGINT) AS total
FROM register_value v JOIN register_row r ON r.id = v.row JOIN register_value s ON s.row = v.row AND s.number IS NOT NULL
WHERE v.type = :type!text AND v.book IN (:books!ids) AND v.field = :field!text AND
-- with: register_filter
GROUP BY s.field ORDER BY s.field;

-- name: register_total_book :one
-- One number over the rows of a book: how many, and what a field comes to.
SELECT count(*) AS n, CAST(coalesce(sum(s.number), 0) AS BIGINT) AS total
FROM register_value v JOIN register_row r ON r.id = v.row LEFT JOIN register_value s ON s.row = v.row AND s.field = :measure!text
WHERE v.book = :book!int AND v.field = :field!text AND
-- with: register_filter
;

-- name: register_past_add :exec
INSERT INTO register_past (row, version, act, answers, type_version, why, valid_on, post, recorded_at)
VALUES (:row, :version, :act, :answers, :type_version, :why, :valid_on, :post, :recorded_at);

-- name: register_past_list :many
-- The newest first.
SELECT p.version, p.act, p.answers, p.type_version, p.why, p.valid_on, p.post, p.recorded_at FROM register_past p
WHERE p.row = :row ORDER BY p.version DESC LIMIT :most!int;

-- name: register_past_at :one
-- As it was recorded at an instant.
SELECT version, act, answers, type_version, recorded_at FROM register_past WHERE row = :row AND recorded_at < :before!at ORDER BY version DESC LIMIT 1;

-- name: register_past_one :one
SELECT answers, type_version, act FROM register_past WHERE row = :row AND version = :version;

-- name: register_file_add :exec
INSERT INTO register_file (id, row, file, name, post, added_at) VALUES (:id, :row, :file, :name, :post, :added_at);

-- name: register_files :many
SELECT f.id, f.name, f.file, f.added_at, b.size FROM register_file f JOIN file_blob b ON b.id = f.file WHERE f.row = :row ORDER BY f.id LIMIT 100;

-- name: register_file_by_id :one
SELECT id, row, file, name FROM register_file WHERE id = :id AND row = :row;

-- name: register_files_of :many
SELECT row, name FROM register_file WHERE file = :file ORDER BY id LIMIT 50;

-- name: register_sheets_of :many
SELECT file_name FROM register_sheet WHERE file = :file ORDER BY id LIMIT 50;

-- name: register_sheet_add :exec
INSERT INTO register_sheet (id, book, type, file, file_name, state, post, made_at)
VALUES (:id, :book, :type, :file, :file_name, 'reading', :post, :made_at);

-- name: register_sheet_by_id :one
SELECT s.id, s.book, s.type, s.file, s.file_name, s.state, s.fault, s.sheet_name, s.header, s.columns, s.n_make, s.n_change, s.n_same, s.n_bad,
  s.batch, s.post, s.made_at, s.version, b.owner, u.short_name
FROM register_sheet s JOIN register_book b ON b.id = s.book JOIN org_v_unit u ON u.id = b.owner WHERE s.id = :id!int;

-- name: register_sheets :many
SELECT id, file_name, state, n_make, n_change, n_same, n_bad, batch, made_at FROM register_sheet
WHERE book = :book AND state <> 'dropped' ORDER BY id DESC LIMIT :most!int;

-- name: register_sheet_standing :one
-- The same content that is in, or being looked at.
SELECT id FROM register_sheet WHERE book = :book AND file = :file AND state IN ('reading', 'read') ORDER BY id DESC LIMIT 1;

-- name: register_sheet_found :exec
-- version: a job reads it once
UPDATE register_sheet SET state = :state, fault = :fault, sheet_name = :sheet_name, header = :header, columns = :columns,
  n_make = :n_make, n_change = :n_change, n_same = :n_same, n_bad = :n_bad WHERE id = :id AND state = 'reading';

-- name: register_sheet_become :exec
UPDATE register_sheet SET state = :state, batch = :batch, version = version + 1 WHERE id = :id AND state = 'read' AND version = :version;

-- name: register_sheet_row_add :exec
INSERT INTO register_sheet_row (sheet, number, does, has_fault, cells, row) VALUES (:sheet, :number, :does, :has_fault, :cells, :row)
ON CONFLICT (sheet, number) DO NOTHING;

-- name: register_sheet_rows :many
-- Of one sort, or all that want a look ('look'), after a line.
SELECT number, does, has_fault, cells, row FROM register_sheet_row
WHERE sheet = :sheet AND number > :after!int AND (does = :which!text OR (:which!text = 'look' AND has_fault = 1) OR :which!text = 'all')
ORDER BY number LIMIT :most!int;

-- name: register_sheet_looks :one
SELECT count(*) AS n FROM register_sheet_row WHERE sheet = :sheet AND has_fault = 1;

-- name: register_report_add :exec
INSERT INTO register_report (id, organ, title, note, from_on, to_on, due_on, cut_on, made_by, made_at)
VALUES (:id, :organ, :title, :note, :from_on, :to_on, :due_on, :cut_on, :made_by, :made_at);

-- name: register_line_add :exec
INSERT INTO register_line (report, place, title, unit, source, rule) VALUES (:report, :place, :title, :unit, :source, :rule);

-- name: register_lines :many
SELECT place, title, unit, source, rule FROM register_line WHERE report = :report ORDER BY place;

-- name: register_report_by_id :one
SELECT r.id, r.organ, r.title, r.note, r.from_on, r.to_on, r.due_on, r.cut_on, r.made_by, r.made_at, u.short_name
FROM register_report r JOIN org_v_unit u ON u.id = r.organ WHERE r.id = :id!int;

-- name: register_reports_seen :many
-- Those a post may read, the newest first.
SELECT r.id, r.title, r.from_on, r.to_on, r.due_on, r.cut_on,
  (SELECT count(*) FROM register_return x WHERE x.report = r.id) AS asked,
  (SELECT count(*) FROM register_return x WHERE x.report = r.id AND x.state = 'sent') AS sent
FROM register_report r WHERE r.id < :before!int AND EXISTS (SELECT 1 FROM access_wearer w JOIN access_grant g ON g.principal = w.principal
  WHERE w.post = :post!int AND g.record = r.id AND (g.until_on IS NULL OR g.until_on >= :today!on)) ORDER BY r.id DESC LIMIT :most!int;

-- name: register_returns_own :many
-- What the organs of a post have to send or sent, what waits first.
SELECT x.id, x.state, x.due_on, x.cut_on, x.sent_at, x.reason, r.title, r.from_on, r.to_on, u.short_name
FROM register_return x JOIN register_report r ON r.id = x.report JOIN org_v_unit u ON u.id = r.organ
WHERE x.owner = :owner AND (:state!text = '' OR (:state!text = 'open' AND x.state <> 'sent') OR (:state!text = 'late' AND x.state <> 'sent' AND x.due_on < :today!on))
ORDER BY CASE WHEN x.state = 'sent' THEN 1 ELSE 0 END, x.due_on DESC, x.id DESC LIMIT :most!int;

-- name: register_returns_counted :one
SELECT coalesce(sum(CASE WHEN state <> 'sent' THEN 1 ELSE 0 END), 0) AS waiting,
  coalesce(sum(CASE WHEN state <> 'sent' AND due_on < :today!on THEN 1 ELSE 0 END), 0) AS late
FROM register_return WHERE owner = :owner AND state <> 'sent';

-- name: register_reports_open :many
-- Being gathered by an organ: not cut off, and not all sent.
SELECT r.id, r.title, r.due_on, (SELECT count(*) FROM register_return x WHERE x.report = r.id) AS asked,
  (SELECT count(*) FROM register_return x WHERE x.report = r.id AND x.state = 'sent') AS sent
FROM register_report r JOIN access_grant g ON g.record = r.id JOIN access_wearer w ON w.principal = g.principal AND w.post = :post!int
WHERE g.kind = 'register' AND (g.can & 4) = 4 AND r.cut_on >= :today!on
AND EXISTS (SELECT 1 FROM register_return x WHERE x.report = r.id AND x.state <> 'sent')
GROUP BY r.id, r.title, r.due_on ORDER BY r.due_on, r.id LIMIT :most!int;

-- name: register_return_add :exec
INSERT INTO register_return (id, report, owner, state, due_on, cut_on) VALUES (:id, :report, :owner, 'waiting', :due_on, :cut_on);

-- name: register_return_by_id :one
SELECT x.id, x.report, x.owner, x.state, x.words, x.reason, x.post, x.sent_at, x.version, x.due_on, x.cut_on, u.short_name
FROM register_return x JOIN org_v_unit u ON u.id = x.owner WHERE x.id = :id!int;

-- name: register_returns_of :many
SELECT x.id, x.owner, x.state, x.words, x.reason, x.sent_at, x.due_on, u.short_name
FROM register_return x JOIN org_v_unit u ON u.id = x.owner WHERE x.report = :report ORDER BY x.id LIMIT 500;

-- name: register_return_become :exec
UPDATE register_return SET state = :state, words = :words, reason = :reason, post = :post, sent_at = :sent_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: register_figures :many
SELECT place, number FROM register_figure WHERE unit_return = :unit_return ORDER BY place;

-- name: register_figures_drop :exec
DELETE FROM register_figure WHERE unit_return = :unit_return;

-- name: register_figure_put :exec
INSERT INTO register_figure (unit_return, place, number) VALUES (:unit_return, :place, :number);

-- name: register_figures_of :many
-- All that was sent for a report.
SELECT f.unit_return, f.place, f.number FROM register_return x JOIN register_figure f ON f.unit_return = x.id
WHERE x.report = :report AND x.state = 'sent' ORDER BY f.unit_return, f.place;

-- name: register_organs_below :many
-- The committees of communes.
SELECT id, short_name FROM org_v_unit WHERE kind = 'front' AND level = 'commune' ORDER BY id LIMIT 500;

-- name: register_demo_person :one
SELECT person FROM auth_account WHERE login = :login;
