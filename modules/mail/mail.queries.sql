-- ---- boxes

-- name: mail_box_of_owner :one
SELECT id, owner, is_shared, organ, unit, name, answer_hours FROM mail_box WHERE owner = :owner;

-- name: mail_box_by_id :one
SELECT id, owner, is_shared, organ, unit, name, answer_hours FROM mail_box WHERE id = :id!mail_box_id;

-- name: mail_box_insert :exec
INSERT INTO mail_box (id, owner, is_shared, organ, unit, name, answer_hours, made_at)
VALUES (:id!mail_box_id, :owner, :is_shared, :organ, :unit, :name, :answer_hours, :made_at);

-- name: mail_boxes_of_post :many
-- The boxes a post may open: its own first.
SELECT DISTINCT b.id, b.owner, b.is_shared, b.unit, b.name, b.answer_hours FROM access_wearer w
JOIN access_grant g ON g.principal = w.principal AND g.kind = 'mail_box' JOIN mail_box b ON b.id = g.record
WHERE w.post = :post AND (g.until_on IS NULL OR g.until_on >= :today!on) ORDER BY b.is_shared, b.name, b.id LIMIT 50;

-- name: mail_box_principals :many
SELECT principal, can FROM access_grant WHERE record = :box!int AND until_on IS NULL ORDER BY principal;

-- name: mail_organs :many
-- Committees and organisations that stand, for writing to another house.
SELECT id, short_name FROM org_v_unit WHERE organ = id AND level <> 'district' AND kind IN ('front', 'union') ORDER BY short_name, id LIMIT 400;

-- ---- letters

-- name: mail_thread_insert :exec
INSERT INTO mail_thread (id, subject, made_at) VALUES (:id!mail_thread_id, :subject, :made_at);

-- name: mail_letter_insert :exec
INSERT INTO mail_letter (id, thread, from_box, from_name, from_note, by_post, subject, text, own_text, sent_at, message_id, source, body_hash, encoding,
                         warned, is_machine, number, dated_on, about, blocked, answer_to)
VALUES (:id!mail_letter_id, :thread, :from_box, :from_name, :from_note, :by_post, :subject, :text, :own_text, :sent_at, :message_id, :source, :body_hash,
        :encoding, :warned, :is_machine, :number, :dated_on, :about, :blocked, :answer_to);

-- name: mail_letter_by_id :one
SELECT id, thread, from_box, from_name, from_note, by_post, subject, text, own_text, sent_at, message_id, source, body_hash, encoding, warned,
       is_machine, number, dated_on, about, blocked, answer_to
FROM mail_letter WHERE id = :id!mail_letter_id;

-- name: mail_letter_same :one
-- The same letter, whichever box it came to.
SELECT id, thread FROM mail_letter WHERE message_id = :message_id AND body_hash = :body_hash ORDER BY id LIMIT 1;

-- name: mail_letter_of_message :one
-- A letter that a box holds, by the Message-ID another names.
SELECT l.id, l.thread FROM mail_letter l JOIN mail_to t ON t.letter = l.id
WHERE l.message_id = :message_id AND t.box = :box ORDER BY l.id LIMIT 1;

-- name: mail_letter_in_item :one
SELECT letter FROM mail_to WHERE item = :item AND letter = :letter LIMIT 1;

-- name: mail_letters_of_item :many
-- What a box holds of a conversation, below an id, the newest first.
SELECT DISTINCT l.id, l.thread, l.from_box, l.from_name, l.from_note, l.by_post, l.subject, l.text, l.own_text, l.sent_at, l.source, l.encoding, l.warned,
       l.is_machine, l.number, l.dated_on, l.about, l.blocked
FROM mail_to t JOIN mail_letter l ON l.id = t.letter WHERE t.item = :item AND l.id < :before!int ORDER BY l.id DESC LIMIT :most!int;

-- name: mail_to_insert :exec
INSERT INTO mail_to (id, letter, role, box, item, name, address, delivered_at)
VALUES (:id!mail_to_id, :letter, :role, :box, :item, :name, :address, :delivered_at);

-- name: mail_to_of :many
SELECT id, letter, role, box, item, name, address, delivered_at, read_at, read_by, recalled_at FROM mail_to WHERE letter IN (:letters!ids) ORDER BY letter, id LIMIT 5000;

-- name: mail_people_of :many
-- Who wrote and was written to in some conversations, as their boxes see it.
SELECT DISTINCT t.item, l.from_name, l.from_note, x.role, x.name FROM mail_to t JOIN mail_letter l ON l.id = t.letter
JOIN mail_to x ON x.letter = l.id WHERE t.item IN (:items!ids) AND x.role <> 'bcc' ORDER BY t.item NULLS LAST, x.name LIMIT 5000;

-- name: mail_to_seen :many
-- Letters of an item that were not read yet, with the box that sent them.
SELECT t.id, t.letter, l.from_box, l.subject FROM mail_to t JOIN mail_letter l ON l.id = t.letter
WHERE t.item = :item AND t.role <> 'from' AND t.read_at IS NULL AND t.recalled_at IS NULL ORDER BY t.id LIMIT 200;

-- name: mail_to_read :exec
UPDATE mail_to SET read_at = :read_at, read_by = :read_by WHERE id IN (:some!ids) AND read_at IS NULL;

-- name: mail_to_recall :exec
UPDATE mail_to SET recalled_at = :recalled_at WHERE id IN (:some!ids) AND read_at IS NULL AND recalled_at IS NULL;

-- ---- conversations in boxes

-- name: mail_item_insert :exec
INSERT INTO mail_item (id, box, thread, state, subject, sender, excerpt, last_at, place, recent)
VALUES (:id!mail_item_id, :box, :thread, 'open', :subject, '', '', :last_at, 0, 0);

-- name: mail_item_of_thread :one
SELECT id FROM mail_item WHERE box = :box AND thread = :thread;

-- name: mail_item_by_id :one
SELECT i.id, i.box, i.thread, i.state, i.version, i.holder, i.holder_name, i.held_at, i.due_at, i.snooze_on, i.is_star, i.is_unread, i.has_mine, i.has_file,
       i.subject, i.sender, i.excerpt, i.mark, i.letters, i.first_at, i.answered_at, i.last_at, b.is_shared, b.name AS box_name, b.owner, b.organ, b.unit,
       b.answer_hours
FROM mail_item i JOIN mail_box b ON b.id = i.box WHERE i.id = :id!mail_item_id;

-- name: mail_item_write :exec
-- The whole of how it stands.
-- version: an act, asked of the state it begins from.
UPDATE mail_item SET state = :state, holder = :holder, holder_name = :holder_name, held_at = :held_at, due_at = :due_at, snooze_on = :snooze_on,
       is_star = :is_star, is_unread = :is_unread, has_mine = :has_mine, has_file = :has_file, subject = :subject, sender = :sender, excerpt = :excerpt,
       mark = :mark, letters = :letters, first_at = :first_at, answered_at = :answered_at, last_at = :last_at, place = :place, recent = :recent,
       version = version + 1
WHERE id = :id!mail_item_id;

-- name: mail_items_by_place :many
-- A tab: in the order of its places.
SELECT i.id, i.box, i.state, i.holder, i.holder_name, i.due_at, i.snooze_on, i.is_star, i.is_unread, i.has_mine, i.has_file, i.subject, i.sender, i.excerpt,
       i.mark, i.letters, i.last_at, i.place, i.recent, b.is_shared, b.name AS box_name
FROM mail_item i JOIN mail_box b ON b.id = i.box
WHERE i.box IN (:boxes!ids) AND i.state = :state AND (:of_holder!int < 0 OR i.holder = :of_holder!int)
  AND (:only_shared!int = 0 OR b.is_shared = 1)
  AND (:only_unread!int = 0 OR i.is_unread = 1) AND (:only_unread!int < 2 OR b.is_shared = 0)
  AND (:late_at!at IS NULL OR (b.is_shared = 1 AND i.due_at < :late_at!at))
  AND (i.place > :after_place!int OR (i.place = :after_place!int AND i.id > :after!int))
ORDER BY i.place, i.id LIMIT :most!int;

-- name: mail_items_by_recent :many
-- Across tabs: starred, with something sent, with files, before a day, or some ids.
SELECT i.id, i.box, i.state, i.holder, i.holder_name, i.due_at, i.snooze_on, i.is_star, i.is_unread, i.has_mine, i.has_file, i.subject, i.sender, i.excerpt,
       i.mark, i.letters, i.last_at, i.place, i.recent, b.is_shared, b.name AS box_name
FROM mail_item i JOIN mail_box b ON b.id = i.box
WHERE i.box IN (:boxes!ids) AND (:only_star!int = 0 OR i.is_star = 1) AND (:only_mine!int = 0 OR i.has_mine = 1)
  AND (:only_files!int = 0 OR i.has_file = 1) AND (:before_at!at IS NULL OR i.last_at < :before_at!at)
  AND (:only_some!int = 0 OR i.id IN (:some!ids))
  AND (i.recent > :after_place!int OR (i.recent = :after_place!int AND i.id > :after!int))
ORDER BY i.recent, i.id LIMIT :most!int;

-- name: mail_counts :many
-- What is open in some boxes, by the index alone.
SELECT i.box, i.state, b.is_shared, count(*) AS n, sum(i.is_unread) AS unread_n, sum(CASE WHEN i.holder = 0 THEN 1 ELSE 0 END) AS free_n,
       sum(CASE WHEN i.holder = :post!int THEN 1 ELSE 0 END) AS mine_n,
       sum(CASE WHEN b.is_shared = 1 AND i.due_at < :now_at!at THEN 1 ELSE 0 END) AS late_n
FROM mail_item i JOIN mail_box b ON b.id = i.box WHERE i.box IN (:boxes!ids) AND i.state IN ('open', 'waiting', 'snoozed')
GROUP BY i.box, i.state, b.is_shared ORDER BY i.box, i.state;

-- name: mail_snooze_over :many
SELECT id FROM mail_item WHERE state = 'snoozed' AND snooze_on <= :today!on ORDER BY snooze_on NULLS LAST, id LIMIT 200;

-- name: mail_claims_over :many
-- Claims whose hour has passed without an answer.
SELECT id FROM mail_item WHERE state = 'open' AND holder <> 0 AND due_at < :now_at!at ORDER BY id LIMIT 200;

-- ---- files, notes, links

-- name: mail_paper_insert :exec
INSERT INTO mail_paper (id, letter, file, name, size, danger) VALUES (:id!mail_paper_id, :letter, :file, :name, :size, :danger);

-- name: mail_papers_of :many
SELECT id, letter, file, name, size, danger FROM mail_paper WHERE letter IN (:letters!ids) ORDER BY letter, id LIMIT 2000;

-- name: mail_paper_find :one
-- A file of a letter that the post may read through one of its boxes.
SELECT p.id, p.file, p.name, p.size, p.danger FROM mail_paper p WHERE p.id = :id!mail_paper_id AND EXISTS (
    SELECT 1 FROM mail_to t JOIN access_grant g ON g.record = t.item AND g.kind = 'mail' JOIN access_wearer w ON w.principal = g.principal
    WHERE t.letter = p.letter AND t.recalled_at IS NULL AND w.post = :post!int AND (g.until_on IS NULL OR g.until_on >= :today!on));

-- name: mail_note_insert :exec
INSERT INTO mail_note (id, item, by_post, by_name, text, made_at) VALUES (:id!mail_note_id, :item, :by_post, :by_name, :text, :made_at);

-- name: mail_notes_of :many
SELECT id, by_name, text, made_at FROM mail_note WHERE item = :item ORDER BY id DESC LIMIT 100;

-- name: mail_link_insert :exec
INSERT INTO mail_link (id, item, letter, kind, record, by_name, made_at) VALUES (:id!mail_link_id, :item, :letter, :kind, :record, :by_name, :made_at);

-- name: mail_links_of :many
SELECT id, letter, kind, record, by_name, made_at FROM mail_link WHERE item = :item ORDER BY id LIMIT 100;

-- name: mail_link_of_letter :one
-- Whether a letter became such a thing already, whichever box it was done from.
SELECT k.id, k.record, k.by_name, k.made_at, b.name AS box_name FROM mail_link k JOIN mail_item i ON i.id = k.item JOIN mail_box b ON b.id = i.box
WHERE k.letter = :letter AND k.kind = :kind ORDER BY k.id LIMIT 1;

-- ---- drafts

-- name: mail_draft_insert :exec
INSERT INTO mail_draft (id, box, post, post_name, item, reply_to, subject, text, out_to, out_cc, state, changed_at)
VALUES (:id!mail_draft_id, :box, :post, :post_name, :item, :reply_to, :subject, :text, :out_to, :out_cc, 'draft', :changed_at);

-- name: mail_draft_by_id :one
SELECT d.id, d.box, d.post, d.post_name, d.item, d.reply_to, d.subject, d.text, d.state, d.send_at, d.letter, d.fault, d.out_to, d.out_cc, d.out_bcc,
       d.changed_at, b.name AS box_name, b.is_shared, b.owner
FROM mail_draft d JOIN mail_box b ON b.id = d.box WHERE d.id = :id!mail_draft_id;

-- name: mail_draft_save :exec
UPDATE mail_draft SET subject = :subject, text = :text, out_to = :out_to, out_cc = :out_cc, out_bcc = :out_bcc, fault = '', changed_at = :changed_at WHERE id = :id!mail_draft_id AND state = 'draft';

-- name: mail_draft_state :exec
UPDATE mail_draft SET state = :state, send_at = :send_at, letter = :letter, fault = :fault, changed_at = :changed_at
WHERE id = :id!mail_draft_id AND state = :was!text;

-- name: mail_drafts_of :many
-- What a post is writing, or has waiting to go, in one of its boxes or all.
SELECT d.id, d.box, d.item, d.subject, d.text, d.state, d.send_at, d.fault, d.changed_at, b.name AS box_name FROM mail_draft d JOIN mail_box b ON b.id = d.box
WHERE d.post = :post AND d.box IN (:boxes!ids) AND d.state IN ('draft', 'queued') AND d.id < :before!int ORDER BY d.id DESC LIMIT :most!int;

-- name: mail_drafts_on :many
-- Who else is writing an answer in a conversation.
SELECT id, post, post_name, state, changed_at FROM mail_draft WHERE item = :item AND state IN ('draft', 'queued') AND changed_at > :since!at ORDER BY id LIMIT 20;

-- name: mail_drafts_due :many
SELECT id FROM mail_draft WHERE state = 'queued' AND send_at <= :now_at!at ORDER BY send_at NULLS LAST, id LIMIT 100;

-- name: mail_draft_to_clear :exec
DELETE FROM mail_draft_to WHERE draft = :draft;

-- name: mail_draft_to_put :exec
INSERT INTO mail_draft_to (draft, principal, role) VALUES (:draft, :principal, :role) ON CONFLICT (draft, principal) DO NOTHING;

-- name: mail_draft_to_of :many
SELECT principal, role FROM mail_draft_to WHERE draft = :draft ORDER BY role, principal LIMIT 500;

-- name: mail_draft_paper_put :exec
INSERT INTO mail_draft_paper (id, draft, file, name, size) VALUES (:id!mail_draft_paper_id, :draft, :file, :name, :size);

-- name: mail_draft_papers_of :many
SELECT id, file, name, size FROM mail_draft_paper WHERE draft = :draft ORDER BY id LIMIT 100;

-- name: mail_draft_paper_drop :exec
DELETE FROM mail_draft_paper WHERE id = :id!mail_draft_paper_id AND draft = :draft;

-- ---- ways out and in

-- name: mail_way_insert :exec
INSERT INTO mail_way (id, box, organ, is_on, address, out_host, out_port, out_safety, in_host, in_port, in_safety, login, secret, trusted)
VALUES (:id!mail_way_id, :box, :organ, :is_on, :address, :out_host, :out_port, :out_safety, :in_host, :in_port, :in_safety, :login, :secret, :trusted);

-- name: mail_way_change :exec
-- What went wrong before says nothing of the new settings.
UPDATE mail_way SET is_on = :is_on, address = :address, out_host = :out_host, out_port = :out_port, out_safety = :out_safety, in_host = :in_host,
       in_port = :in_port, in_safety = :in_safety, login = :login, secret = :secret, trusted = :trusted, uid_validity = :uid_validity,
       uid_next = :uid_next, in_tries = 0, in_fault = '', out_fault = '', trial_out = '', trial_in = '', version = version + 1
WHERE id = :id!mail_way_id AND version = :version;

-- name: mail_way_by_id :one
SELECT w.id, w.box, w.organ, w.version, w.is_on, w.address, w.out_host, w.out_port, w.out_safety, w.in_host, w.in_port, w.in_safety, w.login, w.secret,
       w.trusted, w.uid_validity, w.uid_next, w.in_good_at, w.in_fault, w.in_fault_at, w.in_tries, w.out_good_at, w.out_fault, w.out_fault_at, w.got,
       w.left_there, w.trial_at, w.trial_out, w.trial_in, b.name AS box_name, b.owner
FROM mail_way w JOIN mail_box b ON b.id = w.box WHERE w.id = :id!mail_way_id;

-- name: mail_way_of_box :one
SELECT id, is_on, address, out_host, in_host FROM mail_way WHERE box = :box;

-- name: mail_ways_of_organ :many
SELECT w.id, w.is_on, w.address, w.out_host, w.in_host, w.in_good_at, w.in_fault, w.out_good_at, w.out_fault, b.name AS box_name, b.is_shared
FROM mail_way w JOIN mail_box b ON b.id = w.box WHERE w.organ = :organ AND w.id > :after!int ORDER BY w.id LIMIT :most!int;

-- name: mail_ways_fetching :many
SELECT id FROM mail_way WHERE is_on = 1 AND in_host <> '' AND id > :after!int ORDER BY id LIMIT :most!int;

-- name: mail_way_place :exec
-- version: how far a job has read; nobody edits it.
UPDATE mail_way SET uid_validity = :uid_validity, uid_next = :uid_next, got = :got, left_there = :left_there WHERE id = :id!mail_way_id;

-- name: mail_way_fetched :exec
-- version: what a job saw; nobody edits it.
UPDATE mail_way SET in_good_at = :in_good_at, in_fault = :in_fault, in_fault_at = :in_fault_at, in_tries = :in_tries WHERE id = :id!mail_way_id;

-- name: mail_way_went :exec
-- version: what a job saw; nobody edits it.
UPDATE mail_way SET out_good_at = :out_good_at, out_fault = :out_fault, out_fault_at = :out_fault_at WHERE id = :id!mail_way_id;

-- name: mail_way_tried :exec
-- version: a trial that was asked for, and what came of it; nobody edits it.
UPDATE mail_way SET trial_at = :trial_at, trial_out = :trial_out, trial_in = :trial_in WHERE id = :id!mail_way_id;

-- name: mail_out_insert :exec
INSERT INTO mail_out (id, way, letter, message_id, state, made_at, changed_at)
VALUES (:id!mail_out_id, :way, :letter, :message_id, 'queued', :made_at, :changed_at);

-- name: mail_out_to_insert :exec
INSERT INTO mail_out_to (id, out, letter, address, state, changed_at) VALUES (:id!mail_out_to_id, :out, :letter, :address, 'waiting', :changed_at)
ON CONFLICT (out, address) DO NOTHING;

-- name: mail_out_by_id :one
SELECT o.id, o.way, o.letter, o.message_id, o.state, o.tries, o.next_at, o.fault, o.made_at, l.subject, l.by_post FROM mail_out o
JOIN mail_letter l ON l.id = o.letter WHERE o.id = :id!mail_out_id;

-- name: mail_out_set :exec
UPDATE mail_out SET state = :state, tries = :tries, next_at = :next_at, fault = :fault, changed_at = :changed_at WHERE id = :id!mail_out_id AND state = :was!text;

-- name: mail_out_of_message :one
-- The letter a report is about, as far as this box sent it.
SELECT o.id, o.letter FROM mail_out o JOIN mail_way w ON w.id = o.way WHERE o.message_id = :message_id AND w.box = :box ORDER BY o.id LIMIT 1;

-- name: mail_outs_of_way :many
SELECT o.id, o.state, o.tries, o.next_at, o.fault, o.made_at, o.changed_at, l.subject, l.from_name FROM mail_out o JOIN mail_letter l ON l.id = o.letter
WHERE o.way = :way AND o.id < :before!int AND (:only_open!int = 0 OR o.state NOT IN ('sent', 'dropped')) ORDER BY o.id DESC LIMIT :most!int;

-- name: mail_outs_left :many
-- What waits, or was under way when its worker fell and no job goes on with it.
SELECT id, way FROM mail_out WHERE state IN ('queued', 'talking', 'handing') AND (:of_way!int = 0 OR way = :of_way!int) AND id > :after!int ORDER BY id LIMIT :most!int;

-- name: mail_out_to_of :many
SELECT id, address, state, code, said, changed_at FROM mail_out_to WHERE out = :out ORDER BY id LIMIT 500;

-- name: mail_out_to_of_outs :many
SELECT id, out, address, state, code, said, changed_at FROM mail_out_to WHERE out IN (:outs!ids) ORDER BY out, id LIMIT 2000;

-- name: mail_out_to_of_letters :many
SELECT t.id, t.letter, t.address, t.state, t.code, t.said, t.changed_at, o.state AS out_state, o.fault FROM mail_out_to t JOIN mail_out o ON o.id = t.out
WHERE t.letter IN (:letters!ids) ORDER BY t.letter, t.id LIMIT 2000;

-- name: mail_out_to_set :exec
UPDATE mail_out_to SET state = :state, code = :code, said = :said, changed_at = :changed_at WHERE id = :id!mail_out_to_id;

-- name: mail_messages_of_item :many
-- Message-IDs of a conversation as its box holds it, the newest first.
SELECT DISTINCT l.id, l.message_id FROM mail_to t JOIN mail_letter l ON l.id = t.letter WHERE t.item = :item AND l.id <= :upto!int ORDER BY l.id DESC LIMIT 20;

-- ---- saved answers

-- name: mail_answers_of :many
SELECT id, title, text, version FROM mail_answer WHERE box = :box ORDER BY title, id LIMIT 100;

-- name: mail_answer_by_id :one
SELECT id, box, title, text, version FROM mail_answer WHERE id = :id!mail_answer_id;

-- name: mail_answer_insert :exec
INSERT INTO mail_answer (id, box, title, text) VALUES (:id!mail_answer_id, :box, :title, :text);

-- name: mail_answer_change :exec
UPDATE mail_answer SET title = :title, text = :text, version = version + 1 WHERE id = :id!mail_answer_id AND version = :version;

-- name: mail_answer_drop :exec
DELETE FROM mail_answer WHERE id = :id!mail_answer_id;

-- ---- bringing in

-- name: mail_bring_insert :exec
INSERT INTO mail_bring (id, box, post, file, name, made_at) VALUES (:id!mail_bring_id, :box, :post, :file, :name, :made_at);

-- name: mail_bring_by_id :one
SELECT id, box, post, file, name, letters, again, unread, fault, ended_at FROM mail_bring WHERE id = :id!mail_bring_id;

-- name: mail_bring_count :exec
UPDATE mail_bring SET letters = :letters, again = :again, unread = :unread, fault = :fault, ended_at = :ended_at WHERE id = :id!mail_bring_id;

-- name: mail_brings_of :many
SELECT id, name, letters, again, unread, fault, ended_at, made_at FROM mail_bring WHERE box IN (:boxes!ids) ORDER BY id DESC LIMIT 20;

-- ---- index, figures, erasing

-- name: mail_item_ids_after :many
SELECT id FROM mail_item WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: mail_counted :one
-- A conversation of a shared box that somebody else began.
SELECT i.id, i.state, i.first_at, i.due_at, i.answered_at, i.last_at, i.holder, b.unit FROM mail_item i JOIN mail_box b ON b.id = i.box
WHERE i.id = :id!int AND b.is_shared = 1 AND i.first_at IS NOT NULL;

-- name: mail_counted_after :many
SELECT i.id FROM mail_item i JOIN mail_box b ON b.id = i.box WHERE i.id > :after!int AND b.is_shared = 1 AND i.first_at IS NOT NULL ORDER BY i.id LIMIT :most!int;

-- name: mail_counted_lines :many
SELECT id, subject, sender, holder_name FROM mail_item WHERE id IN (:some!ids) ORDER BY id;

-- name: mail_erase_letters :exec
UPDATE mail_letter SET subject = :words!text, text = '', own_text = '', source = NULL, number = '', from_name = '', from_note = ''
WHERE id IN (SELECT letter FROM mail_to WHERE item = :item!int);

-- name: mail_erase_files :many
SELECT DISTINCT file FROM mail_paper WHERE file IS NOT NULL AND letter IN (SELECT letter FROM mail_to WHERE item = :item!int) ORDER BY file NULLS LAST;

-- name: mail_erase_papers :exec
DELETE FROM mail_paper WHERE letter IN (SELECT letter FROM mail_to WHERE item = :item!int);

-- name: mail_erase_items :exec
-- version: content taken away on demand.
UPDATE mail_item SET subject = :words!text, sender = '', excerpt = '', mark = '', version = version + 1
WHERE thread IN (SELECT thread FROM mail_item WHERE id = :item!int);

-- name: mail_erase_notes :exec
UPDATE mail_note SET text = '' WHERE item = :item;

-- name: mail_let_go_paper :exec
UPDATE mail_paper SET file = NULL WHERE file = :file;

-- name: mail_let_go_source :exec
UPDATE mail_letter SET source = NULL WHERE source = :file!file_blob_id;

-- name: mail_let_go_draft :exec
DELETE FROM mail_draft_paper WHERE file = :file;

-- name: mail_let_go_bring :exec
UPDATE mail_bring SET file = NULL WHERE file = :file;

-- name: mail_uses :many
-- Conversations that hold a file.
SELECT DISTINCT t.item, i.subject FROM mail_paper p JOIN mail_to t ON t.letter = p.letter JOIN mail_item i ON i.id = t.item WHERE p.file = :file!file_blob_id
UNION SELECT t.item, i.subject FROM mail_letter l JOIN mail_to t ON t.letter = l.id JOIN mail_item i ON i.id = t.item WHERE l.source = :file!file_blob_id
ORDER BY 1 LIMIT 50;

-- name: mail_demo_person :one
SELECT person FROM auth_account WHERE login = :login;
