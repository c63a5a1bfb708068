-- ---- documents

-- name: outgoing_by_id :one
-- Asks no right: outgoing_find does.
SELECT id, organ, unit, unit_name, author, author_person, author_name, state, version, route, step, round, is_returned, reason, type, field, priority,
       subject, is_open, draft_no, draft_hash, signer, signer_name, to_communes, to_members, outside, reply_on, relation, related, number, code,
       dated_on, passport, sha256, issued_at, ended_at, pages, copies, created_at
FROM outgoing_doc WHERE id = :id!outgoing_doc_id;

-- name: outgoing_insert :exec
INSERT INTO outgoing_doc (id, organ, unit, unit_name, author, author_person, author_name, state, route, type, field, priority, subject, is_open, signer,
                          signer_name, to_communes, to_members, outside, reply_on, relation, related, created_at, changed_at)
VALUES (:id!outgoing_doc_id, :organ, :unit, :unit_name, :author, :author_person, :author_name, 'draft', :route, :type, :field, :priority, :subject,
        :is_open, :signer, :signer_name, :to_communes, :to_members, :outside, :reply_on, :relation, :related, :created_at, :created_at);

-- name: outgoing_update :exec
UPDATE outgoing_doc SET route = :route, type = :type, field = :field, priority = :priority, subject = :subject, is_open = :is_open, signer = :signer,
       signer_name = :signer_name, to_communes = :to_communes, to_members = :to_members, outside = :outside, reply_on = :reply_on,
       version = version + 1, changed_at = :changed_at
WHERE id = :id!outgoing_doc_id AND version = :version AND state = 'draft';

-- name: outgoing_drafted :exec
-- version: the same change as outgoing_update, which compared it.
UPDATE outgoing_doc SET draft_no = :draft_no, draft_hash = :draft_hash WHERE id = :id!outgoing_doc_id;

-- name: outgoing_move :exec
-- version: an act, asked of the state it begins from.
UPDATE outgoing_doc SET state = :state, step = :step, round = :round, is_returned = :is_returned, reason = :reason, version = version + 1,
       changed_at = :changed_at
WHERE id = :id!outgoing_doc_id;

-- name: outgoing_numbered :exec
-- version: an act, asked of the state it begins from.
UPDATE outgoing_doc SET state = 'numbered', number = :number, code = :code, dated_on = :dated_on, passport = :passport, version = version + 1,
       changed_at = :changed_at
WHERE id = :id!outgoing_doc_id;

-- name: outgoing_unnumbered :exec
-- version: an act, asked of the state it begins from.
UPDATE outgoing_doc SET state = 'approved', number = 0, code = '', dated_on = NULL, passport = '', version = version + 1, changed_at = :changed_at
WHERE id = :id!outgoing_doc_id;

-- name: outgoing_issued :exec
-- version: an act, asked of the state it begins from.
UPDATE outgoing_doc SET state = 'issued', sha256 = :sha256, issued_at = :issued_at, pages = :pages, copies = :copies, version = version + 1,
       changed_at = :issued_at
WHERE id = :id!outgoing_doc_id;

-- name: outgoing_ended :exec
-- version: an act, asked of the state it begins from.
UPDATE outgoing_doc SET state = :state, reason = :reason, ended_at = :ended_at, version = version + 1, changed_at = :ended_at
WHERE id = :id!outgoing_doc_id;

-- name: outgoing_of_passport :one
SELECT d.id, d.organ, d.state, d.type, d.subject, d.is_open, d.code, d.dated_on, d.sha256, d.issued_at, d.ended_at, d.reason
FROM outgoing_doc d WHERE d.passport = :passport AND d.passport <> '' AND d.state IN ('issued', 'replaced', 'recalled');

-- name: outgoing_related_to :many
-- What replaces or corrects a document, once it is issued itself.
SELECT id, code, dated_on, relation, passport, subject, is_open FROM outgoing_doc
WHERE related = :related AND relation IN ('replaces', 'corrects') AND state IN ('issued', 'replaced', 'recalled') ORDER BY id LIMIT 20;

-- ---- versions

-- name: outgoing_draft_insert :exec
INSERT INTO outgoing_draft (id, doc, draft_no, subject, addressee, body, recipients, competence, position, signer_name, place, file, file_name, file_size,
                            file_sha256, hash, made_by, made_by_name, made_at)
VALUES (:id!outgoing_draft_id, :doc, :draft_no, :subject, :addressee, :body, :recipients, :competence, :position, :signer_name, :place, :file, :file_name,
        :file_size, :file_sha256, :hash, :made_by, :made_by_name, :made_at);

-- name: outgoing_draft_of :one
SELECT id, doc, draft_no, subject, addressee, body, recipients, competence, position, signer_name, place, file, file_name, file_size, file_sha256, hash,
       made_by_name, made_at
FROM outgoing_draft WHERE doc = :doc AND draft_no = :draft_no;

-- name: outgoing_drafts_of :many
SELECT draft_no, hash, made_by_name, made_at, file_name FROM outgoing_draft WHERE doc = :doc ORDER BY draft_no DESC LIMIT 200;

-- ---- receivers as chosen

-- name: outgoing_target_clear :exec
DELETE FROM outgoing_target WHERE doc = :doc;

-- name: outgoing_target_put :exec
INSERT INTO outgoing_target (doc, unit) VALUES (:doc, :unit) ON CONFLICT (doc, unit) DO NOTHING;

-- name: outgoing_targets_of :many
SELECT t.unit, u.short_name AS name, u.organ, u.kind, u.level, u.code FROM outgoing_target t JOIN org_v_unit u ON u.id = t.unit
WHERE t.doc = :doc ORDER BY u.short_name, t.unit LIMIT 500;

-- name: outgoing_units :many
-- Those that may be chosen: the committees and organisations, and the units of one's own office.
SELECT id, short_name AS name, organ, kind, level, code FROM org_v_unit
WHERE until_on IS NULL AND id <> :organ!int
  AND ((kind = 'front' AND level = 'commune') OR (kind = 'union' AND level = 'city') OR (kind = 'front' AND level = 'city') OR (kind = 'board' AND organ = :organ!int))
ORDER BY kind, short_name, id LIMIT 600;

-- ---- turns and approvals

-- name: outgoing_turn_clear :exec
DELETE FROM outgoing_turn WHERE doc = :doc;

-- name: outgoing_turn_put :exec
INSERT INTO outgoing_turn (doc, principal) VALUES (:doc, :principal) ON CONFLICT (doc, principal) DO NOTHING;

-- name: outgoing_turns_of :many
SELECT principal FROM outgoing_turn WHERE doc = :doc ORDER BY principal LIMIT 100;

-- name: outgoing_approval_insert :exec
INSERT INTO outgoing_approval (id, doc, round, step, act, draft_no, hash, person, by_post, by_name, by_post_name, text, done_at)
VALUES (:id!outgoing_approval_id, :doc, :round, :step, :act, :draft_no, :hash, :person, :by_post, :by_name, :by_post_name, :text, :done_at);

-- name: outgoing_approvals_of :many
SELECT id, round, step, act, draft_no, hash, person, by_post, by_name, by_post_name, text, done_at FROM outgoing_approval WHERE doc = :doc ORDER BY id LIMIT 500;

-- name: outgoing_wears :many
-- The principals a post counts as, among some.
SELECT principal FROM access_wearer WHERE post = :post!int AND principal IN (:some!ids) ORDER BY principal;

-- ---- numbers

-- name: outgoing_number_insert :exec
INSERT INTO outgoing_number (id, organ, series, year, number, type, code, state, doc, dated_on, note, by_post, by_name, made_at)
VALUES (:id!outgoing_number_id, :organ, :series, :year, :number, :type, :code, :state, :doc, :dated_on, :note, :by_post, :by_name, :made_at);

-- name: outgoing_number_by_id :one
SELECT id, organ, series, year, number, type, code, state, doc, dated_on, note FROM outgoing_number WHERE id = :id!outgoing_number_id;

-- name: outgoing_number_set :exec
UPDATE outgoing_number SET state = :state, doc = :doc, note = :note WHERE id = :id!outgoing_number_id;

-- name: outgoing_number_of_doc :one
SELECT id, state FROM outgoing_number WHERE doc = :doc AND state = 'used' ORDER BY id DESC LIMIT 1;

-- name: outgoing_numbers_kept :many
-- Reserved ones of a type that a document may still take.
SELECT id, code, dated_on, note, by_name, type FROM outgoing_number
WHERE organ = :organ AND year = :year AND state = 'reserved' AND (:type!text = '' OR type = :type!text) ORDER BY id LIMIT 100;

-- name: outgoing_book :many
-- The register: every number of a year in the order in which it was given, void and reserved ones too.
SELECT n.id, n.number, n.code, n.state, n.dated_on, n.note, n.type, n.series, d.id AS doc, d.subject, d.signer_name, d.outside, d.to_communes, d.to_members,
       d.unit_name, d.copies, d.state AS doc_state
FROM outgoing_number n LEFT JOIN outgoing_doc d ON d.id = n.doc
WHERE n.organ = :organ AND n.year = :year AND n.id > :after!int AND (:type!text = '' OR n.type = :type!text) AND (:state!text = '' OR n.state = :state!text)
ORDER BY n.id LIMIT :most!int;

-- name: outgoing_book_receivers :many
-- Whom the documents of a page of the register went to, by name, when few.
SELECT doc, name FROM outgoing_delivery WHERE doc IN (:some!ids) AND (kind <> 'organ' OR place = '') ORDER BY doc, id LIMIT 2000;

-- ---- deliveries

-- name: outgoing_delivery_insert :exec
INSERT INTO outgoing_delivery (id, doc, kind, unit, name, place, state, incoming, sent_at)
VALUES (:id!outgoing_delivery_id, :doc, :kind, :unit, :name, :place, :state, :incoming, :sent_at);

-- name: outgoing_delivery_by_id :one
SELECT v.id, v.doc, v.kind, v.unit, v.name, v.place, v.state, v.incoming, v.sent_at, v.read_at, v.answered_at, v.answered_by, v.answer, v.answer_doc,
       v.reminded, v.reminded_at
FROM outgoing_delivery v WHERE v.id = :id!outgoing_delivery_id;

-- name: outgoing_deliveries :many
-- The receivers of a document, those that have done least first; in one state, or all.
SELECT id, kind, unit, name, place, state, incoming, sent_at, read_at, answered_at, answered_by, answer, answer_doc, reminded, reminded_at,
       CASE state WHEN 'unsent' THEN 0 WHEN 'unread' THEN 1 WHEN 'read' THEN 2 ELSE 3 END AS place_no
FROM outgoing_delivery WHERE doc = :doc AND (:state!text = '' OR state = :state!text) AND (:place!text = '' OR place = :place!text)
ORDER BY place_no, name, id LIMIT 1000;

-- name: outgoing_delivery_counts :many
SELECT state, count(*) AS n FROM outgoing_delivery WHERE doc = :doc GROUP BY state ORDER BY state;

-- name: outgoing_delivery_of_incoming :one
SELECT id, doc, state FROM outgoing_delivery WHERE incoming = :incoming AND incoming <> 0;

-- name: outgoing_delivery_sent :exec
UPDATE outgoing_delivery SET state = 'unread', sent_at = :sent_at WHERE id = :id!outgoing_delivery_id AND state = 'unsent';

-- name: outgoing_delivery_read :exec
UPDATE outgoing_delivery SET state = 'read', read_at = :read_at WHERE id = :id!outgoing_delivery_id AND state = 'unread';

-- name: outgoing_delivery_answered :exec
UPDATE outgoing_delivery SET state = 'answered', answer = :answer, answered_by = :answered_by, answered_at = :answered_at, answer_doc = :answer_doc,
       read_at = coalesce(read_at, :answered_at)
WHERE id = :id!outgoing_delivery_id AND state <> 'answered';

-- name: outgoing_delivery_remind :exec
UPDATE outgoing_delivery SET reminded = reminded + 1, reminded_at = :reminded_at WHERE doc = :doc AND state IN ('unread', 'read');

-- ---- files and copies

-- name: outgoing_file_insert :exec
INSERT INTO outgoing_file (id, doc, delivery, role, file, name, size, sha256, added_by, added_at)
VALUES (:id!outgoing_file_id, :doc, :delivery, :role, :file, :name, :size, :sha256, :added_by, :added_at);

-- name: outgoing_files_of :many
SELECT id, delivery, role, file, name, size, sha256 FROM outgoing_file WHERE doc = :doc ORDER BY id LIMIT 1000;

-- name: outgoing_file_by_id :one
SELECT id, doc, delivery, role, file, name, size FROM outgoing_file WHERE id = :id!outgoing_file_id AND doc = :doc;

-- name: outgoing_file_docs :many
SELECT DISTINCT d.id, d.code, d.subject FROM outgoing_file f JOIN outgoing_doc d ON d.id = f.doc WHERE f.file = :file ORDER BY d.id LIMIT 50;

-- name: outgoing_draft_docs :many
SELECT DISTINCT d.id, d.code, d.subject FROM outgoing_draft f JOIN outgoing_doc d ON d.id = f.doc WHERE f.file = :file ORDER BY d.id LIMIT 50;

-- name: outgoing_copy_insert :exec
INSERT INTO outgoing_copy (id, doc, kind, code, copies, receivers, by_post, by_name, made_at)
VALUES (:id!outgoing_copy_id, :doc, :kind, :code, :copies, :receivers, :by_post, :by_name, :made_at);

-- name: outgoing_copies_of :many
SELECT id, kind, code, copies, receivers, by_name, made_at FROM outgoing_copy WHERE doc = :doc ORDER BY id LIMIT 200;

-- ---- boxes

-- name: outgoing_box_clear :exec
DELETE FROM outgoing_box WHERE item = :item;

-- name: outgoing_box_put :exec
INSERT INTO outgoing_box (principal, box, item, type, due_day) VALUES (:principal, :box, :item, :type, :due_day)
ON CONFLICT (principal, box, item) DO NOTHING;

-- name: outgoing_counts_of :many
-- The boxes that want something: what is over stands in "issued" and "got", which are never counted.
SELECT b.box, count(DISTINCT b.item) AS n,
       count(DISTINCT CASE WHEN b.due_day <> '' AND b.due_day < :today_day!text THEN b.item END) AS late
FROM access_wearer w JOIN outgoing_box b ON b.principal = w.principal
WHERE w.post = :post!int AND b.box IN ('draft', 'returned', 'turn', 'number', 'sent', 'replies', 'answer', 'inform') GROUP BY b.box ORDER BY b.box;

-- piece: outgoing_in_box
-- Of each principal the post counts as, the inner query finds the last item that can be on the page, so that of a large box no more
-- is read than is shown.
w.post = :post!int AND b.box = :box AND b.item < :before!int AND (:of_type!text = '' OR b.type = :of_type!text)
  AND (:until_day!text = '' OR (b.due_day <> '' AND b.due_day < :until_day!text))
  AND b.item >= (SELECT min(x.item) FROM (SELECT p.item FROM outgoing_box p
                   WHERE p.principal = w.principal AND p.box = :box AND p.item < :before!int AND (:of_type!text = '' OR p.type = :of_type!text)
                     AND (:until_day!text = '' OR (p.due_day <> '' AND p.due_day < :until_day!text))
                   ORDER BY p.item DESC LIMIT :most!int) x)

-- name: outgoing_box_docs :many
SELECT DISTINCT d.id, d.type, d.code, d.subject, d.state, d.step, d.route, d.priority, d.author_name, d.unit_name, d.signer_name, d.reply_on, d.dated_on,
       d.changed_at, d.reason, d.is_returned
FROM access_wearer w JOIN outgoing_box b ON b.principal = w.principal JOIN outgoing_doc d ON d.id = b.item
WHERE
-- with: outgoing_in_box
ORDER BY d.id DESC LIMIT :most!int;

-- name: outgoing_box_deliveries :many
SELECT DISTINCT v.id, d.type, d.code, d.subject, d.state, d.priority, d.organ, u.short_name AS organ_name, d.reply_on, d.dated_on, v.state AS way, v.sent_at
FROM access_wearer w JOIN outgoing_box b ON b.principal = w.principal JOIN outgoing_delivery v ON v.id = b.item JOIN outgoing_doc d ON d.id = v.doc
     JOIN org_v_unit u ON u.id = d.organ
WHERE
-- with: outgoing_in_box
ORDER BY v.id DESC LIMIT :most!int;

-- ---- counted, found, erased

-- name: outgoing_counted :one
SELECT id, dated_on, field, unit, reply_on, state FROM outgoing_doc WHERE id = :id!int AND state IN ('issued', 'replaced', 'recalled');

-- name: outgoing_counted_answers :one
SELECT count(*) AS all_of, sum(CASE WHEN state = 'answered' THEN 1 ELSE 0 END) AS answered, max(answered_at) AS last_at
FROM outgoing_delivery WHERE doc = :doc;

-- name: outgoing_counted_after :many
SELECT id FROM outgoing_doc WHERE id > :after!int AND state IN ('issued', 'replaced', 'recalled') ORDER BY id LIMIT :most!int;

-- name: outgoing_counted_lines :many
SELECT id, number, code, subject, unit_name, signer_name FROM outgoing_doc WHERE id IN (:some!ids) ORDER BY id;

-- name: outgoing_ids :many
SELECT id FROM outgoing_doc WHERE id > :after!int AND state <> 'dropped' ORDER BY id LIMIT :most!int;

-- name: outgoing_erase_doc :exec
-- version: content taken away on demand.
UPDATE outgoing_doc SET subject = :subject, outside = '', reason = '', is_open = 0, version = version + 1 WHERE id = :id!outgoing_doc_id;

-- name: outgoing_erase_drafts :exec
UPDATE outgoing_draft SET subject = :subject, addressee = '', body = '', recipients = '', file_name = '', hash = '' WHERE doc = :doc;

-- name: outgoing_erase_approvals :exec
UPDATE outgoing_approval SET text = '' WHERE doc = :doc;

-- name: outgoing_erase_answers :exec
UPDATE outgoing_delivery SET answer = '' WHERE doc = :doc;

-- name: outgoing_erase_copies :exec
UPDATE outgoing_copy SET receivers = '' WHERE doc = :doc;

-- name: outgoing_erase_files :exec
DELETE FROM outgoing_file WHERE doc = :doc;

-- name: outgoing_unfile_drafts :exec
UPDATE outgoing_draft SET file = NULL WHERE file = :file;

-- name: outgoing_unfile_files :exec
DELETE FROM outgoing_file WHERE file = :file;

-- name: outgoing_demo_person :one
SELECT person FROM auth_account WHERE login = :login;
