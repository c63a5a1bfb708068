-- name: document_by_id :one
-- Asks no right: document_find does.
SELECT id, organ, state, version, type, number, notation, code, issued_on, subject, issuer_unit, issuer, signer, signer_post, priority, field, pages, note, book, arrival_no, arrival_on, registered_by, registered_at, presented_to, presented_at, directed_by, due_on, due_why, lead, lead_unit, lead_name, done_on, done_at, closed_at, closed_by, void_reason, duplicate_of, duplicate_reason, duplicate_key, sha256, reading, created_by, created_at, changed_at
FROM document_doc WHERE id = :id!document_doc_id;

-- name: document_counted :one
-- One registered document as it is counted.
SELECT id, arrival_on, field, lead_unit, due_on, done_on, state FROM document_v_doc WHERE id = :id!int;

-- name: document_counted_after :many
SELECT id FROM document_v_doc WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: document_counted_lines :many
SELECT id, arrival_no, code, subject, issuer, lead_name FROM document_v_doc WHERE id IN (:some!ids);

-- name: document_insert :exec
INSERT INTO document_doc (id, organ, dir, state, subject, pages, sha256, reading, created_by, created_at, changed_at)
VALUES (:id!document_doc_id, :organ, 'in', 'draft', :subject, :pages, :sha256, :reading, :created_by, :created_at, :created_at);

-- name: document_fill :exec
-- What the clerk typed, before and after registration.
UPDATE document_doc
SET type = :type, number = :number, notation = :notation, code = :code, issued_on = :issued_on, subject = :subject,
    issuer_unit = :issuer_unit, issuer = :issuer, signer = :signer, signer_post = :signer_post, priority = :priority,
    field = :field, note = :note, due_on = :due_on, due_why = :due_why, duplicate_key = :duplicate_key,
    version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id AND version = :version;

-- name: document_number :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc
SET state = 'received', book = :book, arrival_no = :arrival_no, arrival_on = :arrival_on, registered_by = :registered_by,
    registered_at = :registered_at, duplicate_of = :duplicate_of!document_doc_id, duplicate_reason = :duplicate_reason,
    version = version + 1, changed_at = :registered_at
WHERE id = :id!document_doc_id;

-- name: document_present_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc
SET state = 'presented', presented_to = :presented_to, presented_at = :changed_at!at, version = version + 1, changed_at = :changed_at!at
WHERE id = :id!document_doc_id;

-- name: document_direct_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc
SET state = :state, directed_by = :directed_by, due_on = :due_on, due_why = :due_why, lead = :lead, lead_unit = :lead_unit,
    lead_name = :lead_name, done_on = NULL, done_at = NULL, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_due_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc SET due_on = :due_on, due_why = :due_why, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_done_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc SET state = :state, done_on = :done_on, done_at = :done_at, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_close_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc
SET state = 'closed', done_on = coalesce(done_on, :done_on!on), done_at = coalesce(done_at, :changed_at), closed_by = :closed_by,
    closed_at = :changed_at!at, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_reopen_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc
SET state = :state, closed_by = 0, closed_at = NULL, done_on = NULL, done_at = NULL, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_void_set :exec
-- version: an act, asked of the state it begins from.
UPDATE document_doc SET state = 'void', void_reason = :void_reason, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_forget :exec
-- version: an act, asked of the state it begins from.
-- Nothing of what it said stays, only that it came, its number in the register and who had to do with it.
UPDATE document_doc SET state = 'void', void_reason = :void_reason, subject = :subject, type = '', code = '', number = 0, notation = '',
    issued_on = NULL, issuer_unit = 0, issuer = '', signer = '', signer_post = '', priority = 0, field = '', note = '', due_on = NULL,
    due_why = '', duplicate_reason = '', duplicate_key = '', sha256 = '', reading = 'none', pages = 0, version = version + 1,
    changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- name: document_forget_directives :exec
UPDATE document_directive SET text = '', due_why = '' WHERE doc = :doc;

-- name: document_forget_lines :exec
-- Work on it ends.
UPDATE document_line SET report = '', reason = '', due_why = '', state = CASE WHEN state IN ('waiting', 'working') THEN 'recalled' ELSE state END
WHERE doc = :doc;

-- name: document_forget_extensions :exec
UPDATE document_extension SET reason = '', note = '' WHERE doc = :doc;

-- name: document_forget_steps :exec
UPDATE document_step SET text = :text WHERE doc = :doc;

-- name: document_forget_steps_of_file :exec
UPDATE document_step SET text = :text WHERE doc = :doc AND file = :file AND file > 0;

-- name: document_seals_of :many
SELECT id, file FROM document_seal WHERE doc = :doc ORDER BY id;

-- name: document_subject_set :exec
-- version: read by the machine, typed by nobody.
UPDATE document_doc SET subject = :subject WHERE id = :id!document_doc_id;

-- name: document_reading_set :exec
-- version: read by the machine, typed by nobody.
UPDATE document_doc SET reading = :reading, pages = :pages, changed_at = :changed_at WHERE id = :id!document_doc_id;

-- name: document_main_set :exec
-- version: read by the machine, typed by nobody.
UPDATE document_doc SET sha256 = :sha256, reading = :reading, changed_at = :changed_at WHERE id = :id!document_doc_id;

-- name: document_same_key :one
-- The newest other document with the same number, notation and issuer.
SELECT id, code, subject, arrival_no, arrival_on, state FROM document_doc
WHERE organ = :organ AND duplicate_key = :duplicate_key AND duplicate_key <> '' AND id <> :id!document_doc_id AND state NOT IN ('draft', 'void')
ORDER BY id DESC LIMIT 1;

-- name: document_same_file :one
SELECT id, code, subject, arrival_no, arrival_on, state FROM document_doc
WHERE organ = :organ AND sha256 = :sha256 AND sha256 <> '' AND id <> :id!document_doc_id AND state <> 'void'
ORDER BY id DESC LIMIT 1;

-- name: document_by_arrival :many
-- The number is an organ's and a year's; whether it may be seen is for the list that holds it.
SELECT id FROM document_doc WHERE organ = :organ AND arrival_no = :arrival_no AND arrival_no > 0 ORDER BY id DESC LIMIT 20;

-- name: document_ids_after :many
SELECT id FROM document_doc WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: document_related :many
-- Others from the same issuer, newest first, that the post may read.
SELECT d.id, d.code, d.subject, d.arrival_no, d.arrival_on, d.state
FROM document_doc d
WHERE d.organ = :organ AND d.issuer = :issuer AND d.id <> :id!document_doc_id AND d.arrival_no > 0
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
              WHERE g.record = d.id AND w.post = :post!int AND (g.until_on IS NULL OR g.until_on >= :today!on))
ORDER BY d.id DESC LIMIT 8;

-- ---- registers

-- name: document_book_find :one
SELECT id FROM document_book WHERE organ = :organ AND kind = 'in' AND year = :year;

-- name: document_book_make :exec
INSERT INTO document_book (id, organ, kind, year) VALUES (:id!document_book_id, :organ, 'in', :year);

-- name: document_counter_make :exec
INSERT INTO document_counter (book, next_no) VALUES (:book, 1);

-- name: document_counter_take :one
-- Gives the next number and moves on, in one statement.
UPDATE document_counter SET next_no = next_no + 1, last_on = :last_on WHERE book = :book RETURNING next_no - 1 AS number;

-- ---- files

-- name: document_file_insert :exec
INSERT INTO document_file (id, doc, file, role, line, name, size, added_by, added_at)
VALUES (:id!document_file_id, :doc, :file, :role, :line, :name, :size, :added_by, :added_at);

-- name: document_files :many
SELECT id, file, role, line, name, size, added_by, added_at FROM document_file WHERE doc = :doc ORDER BY id;

-- name: document_main_file :one
SELECT id, file, role, name, size FROM document_file WHERE doc = :doc AND role = 'main' ORDER BY id LIMIT 1;

-- name: document_file_by_id :one
SELECT id, doc, file, role, name, size, is_cleared FROM document_file WHERE id = :id!document_file_id;

-- name: document_files_holding :many
-- Which documents hold a kept file: to find them again when it has been read.
SELECT id, doc, role, line, name, size, added_by, added_at, is_cleared FROM document_file WHERE file = :file ORDER BY id;

-- name: document_file_remove :exec
DELETE FROM document_file WHERE id = :id!document_file_id;

-- name: document_file_clear :exec
UPDATE document_file SET is_cleared = 1 WHERE id = :id!document_file_id;

-- ---- seals

-- name: document_seal_put :exec
INSERT INTO document_seal (id, doc, was, file, role, line, name, size, sha256, added_by, added_at, page, seen, sealed_at, until_on)
VALUES (:id!document_seal_id, :doc, :was, :file, :role, :line, :name, :size, :sha256, :added_by, :added_at, :page, :seen, :sealed_at, :until_on);

-- name: document_seal_by_id :one
SELECT id, doc, was, file, role, line, name, size, sha256, added_by, added_at, page, seen, sealed_at, until_on
FROM document_seal WHERE id = :id!document_seal_id;

-- name: document_seal_list :many
-- What of a document is sealed.
SELECT id, role, name, added_by, until_on FROM document_seal WHERE doc = :doc ORDER BY id;

-- name: document_seal_overdue :many
SELECT id FROM document_seal WHERE until_on < :today!on ORDER BY id LIMIT 100;

-- name: document_seal_remove :exec
DELETE FROM document_seal WHERE id = :id!document_seal_id;

-- name: document_holding :one
-- How many still hold a kept file, sealed or not.
SELECT (SELECT count(*) FROM document_file f WHERE f.file = :file!file_blob_id) + (SELECT count(*) FROM document_seal s WHERE s.file = :file!file_blob_id) AS n;

-- name: document_seal_mark :exec
-- While its paper is sealed, a draft says nothing that was read from it.
-- version: an act, asked of the state it begins from.
UPDATE document_doc SET subject = :subject, sha256 = '', reading = 'none', pages = 0, version = version + 1, changed_at = :changed_at
WHERE id = :id!document_doc_id;

-- ---- facts

-- name: document_fact_put :exec
INSERT INTO document_fact (id, doc, name, value, confidence, page, x, y, w, h, seen)
VALUES (:id!document_fact_id, :doc, :name, :value, :confidence, :page, :x, :y, :w, :h, :seen)
ON CONFLICT (doc, name) DO UPDATE SET value = excluded.value, confidence = excluded.confidence, page = excluded.page,
    x = excluded.x, y = excluded.y, w = excluded.w, h = excluded.h, seen = excluded.seen;

-- name: document_fact_clear :exec
DELETE FROM document_fact WHERE doc = :doc;

-- name: document_fact_kept :exec
UPDATE document_fact SET kept = :kept, is_corrected = :is_corrected, corrected_by = :corrected_by WHERE doc = :doc AND name = :name;

-- name: document_fact_list :many
SELECT id, name, value, confidence, page, x, y, w, h, seen, kept, is_corrected FROM document_fact WHERE doc = :doc ORDER BY id;

-- ---- directions and lines

-- name: document_directive_insert :exec
INSERT INTO document_directive (id, doc, by_post, text, days, due_on, due_why, made_at)
VALUES (:id!document_directive_id, :doc, :by_post, :text, :days, :due_on, :due_why, :made_at);

-- name: document_directive_last :one
SELECT id, by_post, text, days, due_on, due_why, made_at, is_recalled FROM document_directive WHERE doc = :doc ORDER BY id DESC LIMIT 1;

-- name: document_directive_recall :exec
UPDATE document_directive SET is_recalled = 1 WHERE id = :id!document_directive_id;

-- name: document_line_insert :exec
INSERT INTO document_line (id, doc, directive, parent, role, target_kind, target, target_unit, target_name, sent_by, sent_at, state, due_on, due_why)
VALUES (:id!document_line_id, :doc, :directive, :parent, :role, :target_kind, :target, :target_unit, :target_name, :sent_by, :sent_at, 'waiting',
        :due_on, :due_why);

-- name: document_line_by_id :one
SELECT id, doc, directive, parent, role, target_kind, target, target_unit, target_name, sent_by, sent_at, state, due_on, due_why, read_at,
       accepted_at, accepted_by, done_at, done_on, done_by, report, reason
FROM document_line WHERE id = :id!document_line_id AND doc = :doc;

-- name: document_line_list :many
SELECT id, doc, directive, parent, role, target_kind, target, target_unit, target_name, sent_by, sent_at, state, due_on, due_why, read_at,
       accepted_at, accepted_by, done_at, done_on, done_by, report, reason
FROM document_line WHERE doc = :doc ORDER BY id;

-- name: document_line_mine :many
-- Lines that the post counts as the receiver of.
SELECT l.id, l.role, l.state, l.target, l.due_on, l.read_at, l.accepted_by
FROM document_line l JOIN access_wearer w ON w.principal = l.target
WHERE l.doc = :doc AND w.post = :post!int ORDER BY l.id;

-- name: document_line_accept_set :exec
UPDATE document_line
SET state = 'working', accepted_at = :accepted_at, accepted_by = :accepted_by, read_at = coalesce(read_at, :accepted_at)
WHERE id = :id!document_line_id AND state = 'waiting';

-- name: document_line_assign_set :exec
UPDATE document_line
SET state = 'working', accepted_at = :accepted_at, accepted_by = :accepted_by, read_at = coalesce(read_at, :accepted_at)
WHERE id = :id!document_line_id;

-- name: document_line_read_set :exec
UPDATE document_line SET read_at = :read_at WHERE id = :id!document_line_id AND read_at IS NULL;

-- name: document_line_done :exec
UPDATE document_line
SET state = 'done', done_at = :done_at, done_on = :done_on, done_by = :done_by, report = :report, read_at = coalesce(read_at, :done_at)
WHERE id = :id!document_line_id;

-- name: document_line_state_set :exec
UPDATE document_line SET state = :state, reason = :reason, done_at = NULL, done_on = NULL, done_by = 0 WHERE id = :id!document_line_id;

-- name: document_line_due_set :exec
UPDATE document_line SET due_on = :due_on, due_why = :due_why WHERE id = :id!document_line_id;

-- name: document_line_overdue :many
-- Open lines whose day has passed and whose lateness has not been told.
SELECT id, doc, role, target, target_name, due_on FROM document_line
WHERE state IN ('waiting', 'working') AND role <> 'inform' AND due_on < :today!on AND late_told_on IS NULL
ORDER BY due_on NULLS LAST, id LIMIT 200;

-- name: document_line_told :exec
UPDATE document_line SET late_told_on = :late_told_on WHERE id = :id!document_line_id;

-- name: document_line_untold :exec
UPDATE document_line SET late_told_on = NULL WHERE id = :id!document_line_id;

-- name: document_extension_insert :exec
INSERT INTO document_extension (id, doc, line, asked_by, asked_at, old_due_on, new_due_on, reason, state)
VALUES (:id!document_extension_id, :doc, :line, :asked_by, :asked_at, :old_due_on, :new_due_on, :reason, 'waiting');

-- name: document_extension_by_id :one
SELECT id, doc, line, asked_by, asked_at, old_due_on, new_due_on, reason, state, note FROM document_extension
WHERE id = :id!document_extension_id AND doc = :doc;

-- name: document_extension_list :many
SELECT id, line, asked_by, asked_at, old_due_on, new_due_on, reason, state, note FROM document_extension WHERE doc = :doc ORDER BY id;

-- name: document_extension_waiting :one
SELECT id FROM document_extension WHERE line = :line AND state = 'waiting' LIMIT 1;

-- name: document_extension_decide :exec
UPDATE document_extension SET state = :state, decided_by = :decided_by, decided_at = :decided_at, note = :note
WHERE id = :id!document_extension_id AND state = 'waiting';

-- ---- thread

-- name: document_step_insert :exec
INSERT INTO document_step (id, doc, made_at, kind, by_post, by_name, by_post_name, text, due_on, directive, line, file)
VALUES (:id!document_step_id, :doc, :made_at, :kind, :by_post, :by_name, :by_post_name, :text, :due_on, :directive, :line, :file);

-- name: document_step_list :many
SELECT id, made_at, kind, by_post, by_name, by_post_name, text, due_on, directive, line, file FROM document_step WHERE doc = :doc ORDER BY id;

-- ---- tabs

-- name: document_box_clear :exec
DELETE FROM document_box WHERE doc = :doc;

-- name: document_box_put :exec
INSERT INTO document_box (principal, box, doc, line, arrival, due_day, is_new)
VALUES (:principal, :box, :doc, :line, :arrival, :due_day, :is_new)
ON CONFLICT (principal, box, due_day, arrival, doc, line) DO NOTHING;

-- name: document_count_less :exec
-- Takes the document's rows out of the kept counters; before document_box_clear.
UPDATE document_counter_kept SET n = n - (SELECT count(*) FROM document_box b WHERE b.doc = :doc!document_doc_id AND b.principal = document_counter_kept.principal
                                              AND b.box = document_counter_kept.box AND b.due_day = document_counter_kept.due_day)
WHERE (principal, box, due_day) IN (SELECT principal, box, due_day FROM document_box WHERE doc = :doc!document_doc_id);

-- name: document_count_more :exec
INSERT INTO document_counter_kept (principal, box, due_day, n)
SELECT principal, box, due_day, count(*) FROM document_box WHERE doc = :doc GROUP BY principal, box, due_day
ON CONFLICT (principal, box, due_day) DO UPDATE SET n = document_counter_kept.n + excluded.n;

-- name: document_count_sweep :exec
DELETE FROM document_counter_kept WHERE n = 0;

-- name: document_counts_of :many
-- Every tab of every principal the post counts as.
SELECT k.principal, k.box, k.due_day, k.n FROM document_counter_kept k JOIN access_wearer w ON w.principal = k.principal
WHERE w.post = :post!int AND k.n > 0;

-- name: document_box_newest :many
-- A tab of one principal, newest arrival first; pages by (arrival, doc, line).
SELECT b.line, b.arrival, b.is_new, d.id, d.subject, d.code, d.type, d.issuer, d.field, d.state, d.lead_name, d.priority, d.arrival_no,
       d.arrival_on, d.issued_on, d.due_on, d.done_on, d.signer, d.note, l.role, l.due_on AS line_due_on, l.state AS line_state, l.done_on AS line_done_on
FROM document_box b JOIN document_doc d ON d.id = b.doc LEFT JOIN document_line l ON l.id = b.line
WHERE b.principal = :principal AND b.box = :box AND b.due_day = ''
  AND (b.arrival, b.doc, b.line) < (:arrival!int, :doc!int, :line!int)
ORDER BY b.arrival DESC, b.doc DESC, b.line DESC LIMIT :most!int;

-- name: document_box_newest_filtered :many
-- The same under filters; an empty one lets everything through.
SELECT b.line, b.arrival, b.is_new, d.id, d.subject, d.code, d.type, d.issuer, d.field, d.state, d.lead_name, d.priority, d.arrival_no,
       d.arrival_on, d.issued_on, d.due_on, d.done_on, d.signer, d.note, l.role, l.due_on AS line_due_on, l.state AS line_state, l.done_on AS line_done_on
FROM document_box b JOIN document_doc d ON d.id = b.doc LEFT JOIN document_line l ON l.id = b.line
WHERE b.principal = :principal AND b.box = :box AND b.due_day = ''
  AND (b.arrival, b.doc, b.line) < (:arrival!int, :doc!int, :line!int)
  AND (:type = '' OR d.type = :type) AND (:field = '' OR d.field = :field) AND (:issuer = '' OR d.issuer = :issuer)
  AND (:state!text = '' OR d.state = :state!text) AND (:unit!int = 0 OR d.lead_unit = :unit!int)
  AND (:has_from!bool = 0 OR d.arrival_on >= :from_day!text) AND (:has_to!bool = 0 OR d.arrival_on <= :to_day!text)
  AND (:outcome!text = '' OR :outcome!text = CASE WHEN d.done_on IS NULL AND d.state <> 'closed' THEN
           CASE WHEN d.due_on IS NOT NULL AND d.due_on < :today_day!text THEN 'overdue' ELSE 'waiting' END
         WHEN d.due_on IS NULL THEN 'done'
         WHEN coalesce(d.done_on, d.due_on) <= d.due_on THEN 'on_time' ELSE 'late' END)
  AND (:is_found!bool = 0 OR d.id IN (:found!ids))
ORDER BY b.arrival DESC, b.doc DESC, b.line DESC LIMIT :most!int;

-- name: document_box_by_due :many
-- What is open with a deadline from one day to another, soonest first; pages by (day, arrival, doc, line).
SELECT b.line, b.arrival, b.is_new, d.id, d.subject, d.code, d.type, d.issuer, d.field, d.state, d.lead_name, d.priority, d.arrival_no,
       d.arrival_on, d.issued_on, d.due_on, d.done_on, d.signer, d.note, l.role, l.due_on AS line_due_on, l.state AS line_state, l.done_on AS line_done_on, b.due_day
FROM document_box b JOIN document_doc d ON d.id = b.doc LEFT JOIN document_line l ON l.id = b.line
WHERE b.principal = :principal AND b.box = 'due' AND b.due_day >= :due_from!text AND b.due_day <= :due_to!text
  AND (b.due_day, b.arrival, b.doc, b.line) > (:due_day!text, :arrival!int, :doc!int, :line!int)
ORDER BY b.due_day, b.arrival, b.doc, b.line LIMIT :most!int;

-- name: document_box_by_due_filtered :many
-- The same under filters; an empty one lets everything through.
SELECT b.line, b.arrival, b.is_new, d.id, d.subject, d.code, d.type, d.issuer, d.field, d.state, d.lead_name, d.priority, d.arrival_no,
       d.arrival_on, d.issued_on, d.due_on, d.done_on, d.signer, d.note, l.role, l.due_on AS line_due_on, l.state AS line_state, l.done_on AS line_done_on, b.due_day
FROM document_box b JOIN document_doc d ON d.id = b.doc LEFT JOIN document_line l ON l.id = b.line
WHERE b.principal = :principal AND b.box = 'due' AND b.due_day >= :due_from!text AND b.due_day <= :due_to!text
  AND (b.due_day, b.arrival, b.doc, b.line) > (:due_day!text, :arrival!int, :doc!int, :line!int)
  AND (:type = '' OR d.type = :type) AND (:field = '' OR d.field = :field) AND (:issuer = '' OR d.issuer = :issuer)
  AND (:state!text = '' OR d.state = :state!text) AND (:unit!int = 0 OR d.lead_unit = :unit!int)
  AND (:has_from!bool = 0 OR d.arrival_on >= :from_day!text) AND (:has_to!bool = 0 OR d.arrival_on <= :to_day!text)
  AND (:outcome!text = '' OR :outcome!text = CASE WHEN d.done_on IS NULL AND d.state <> 'closed' THEN
           CASE WHEN d.due_on IS NOT NULL AND d.due_on < :today_day!text THEN 'overdue' ELSE 'waiting' END
         WHEN d.due_on IS NULL THEN 'done'
         WHEN coalesce(d.done_on, d.due_on) <= d.due_on THEN 'on_time' ELSE 'late' END)
  AND (:is_found!bool = 0 OR d.id IN (:found!ids))
ORDER BY b.due_day, b.arrival, b.doc, b.line LIMIT :most!int;

-- name: document_uses :many
-- Documents that hold a kept file, sealed ones among them.
SELECT d.id, d.code, d.arrival_no, d.arrival_on FROM document_doc d
WHERE d.id IN (SELECT doc FROM document_file WHERE file = :file UNION SELECT doc FROM document_seal WHERE file = :file)
ORDER BY d.id LIMIT 50;
