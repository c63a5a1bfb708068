-- ---- keeping

-- name: petition_case_insert :exec
INSERT INTO petition_case (id, organ, opened_on) VALUES (:id!petition_case_id, :organ, :opened_on);

-- name: petition_insert :exec
INSERT INTO petition_letter (id, organ, unit, year, number, state, of_case, channel, source, received_on, written_on, title, text, working, is_protected,
                             people, type, topic, place, authority_kind, authority, lacks, holder, name_key, phone_key, made_by, made_at, changed_at)
VALUES (:id!petition_letter_id, :organ, :unit, :year, :number, 'received', :of_case, :channel, :source, :received_on, :written_on, :title, :text,
        :working, :is_protected, :people, :type, :topic, :place, :authority_kind, :authority, :lacks, :made_by, :name_key, :phone_key, :made_by,
        :made_at, :made_at);

-- name: petition_terms_clear :exec
DELETE FROM petition_term WHERE letter = :letter;

-- name: petition_term_insert :exec
INSERT INTO petition_term (letter, word) VALUES (:letter, :word) ON CONFLICT (letter, word) DO NOTHING;

-- name: petition_author_insert :exec
INSERT INTO petition_author (id, letter, n, role, name, address, phone, email)
VALUES (:id!petition_author_id, :letter, :n, :role, :name, :address, :phone, :email);

-- name: petition_file_insert :exec
INSERT INTO petition_file (id, letter, file, name, size, added_by, added_at)
VALUES (:id!petition_file_id, :letter, :file, :name, :size, :added_by, :added_at);

-- name: petition_part_insert :exec
INSERT INTO petition_part (id, letter, n, type, topic, authority_kind, authority)
VALUES (:id!petition_part_id, :letter, :n, :type, :topic, :authority_kind, :authority);

-- name: petition_finding_insert :exec
INSERT INTO petition_finding (id, letter, name, value, seen, is_sure)
VALUES (:id!petition_finding_id, :letter, :name, :value, :seen, :is_sure);

-- name: petition_by_id :one
SELECT id, organ, unit, version, year, number, state, of_case, channel, source, received_on, written_on, title, text, working, is_protected, people,
       type, topic, place, authority_kind, authority, lacks, disposition, disposed_on, said, receipt_due_on, due_on, due_what, urged, wrong, denied, rating, holder,
       name_key, phone_key, made_by, made_at
FROM petition_letter WHERE id = :id!petition_letter_id;

-- name: petition_authors :many
SELECT n, role, name, address, phone, email FROM petition_author WHERE letter = :letter ORDER BY n LIMIT 20;

-- name: petition_files :many
SELECT id, file, name, size, added_at FROM petition_file WHERE letter = :letter ORDER BY id LIMIT 100;

-- name: petition_file_by_id :one
SELECT id, letter, file, name FROM petition_file WHERE id = :id!petition_file_id AND letter = :letter;

-- name: petition_file_uses :many
SELECT l.id, l.number, l.year FROM petition_file f JOIN petition_letter l ON l.id = f.letter WHERE f.file = :file ORDER BY l.id LIMIT 20;

-- name: petition_parts :many
SELECT n, type, topic, authority_kind, authority FROM petition_part WHERE letter = :letter ORDER BY n LIMIT 20;

-- name: petition_findings :many
SELECT id, name, value, seen, is_sure, kept, decided_by FROM petition_finding WHERE letter = :letter ORDER BY id LIMIT 20;

-- ---- judging

-- name: petition_finding_decide :exec
UPDATE petition_finding SET kept = :kept, decided_by = :decided_by, decided_at = :decided_at WHERE letter = :letter AND name = :name;

-- name: petition_judge :exec
UPDATE petition_letter SET type = :type, topic = :topic, place = :place, authority_kind = :authority_kind, authority = :authority, lacks = :lacks,
       written_on = :written_on, version = version + 1, changed_at = :changed_at
WHERE id = :id!petition_letter_id AND version = :version;

-- name: petition_protect :exec
-- Who wrote a denunciation is taken out of what is shown and searched.
-- version: follows from the type a person chose in the same transaction.
UPDATE petition_letter SET is_protected = :is_protected, working = :working, title = :title WHERE id = :id!petition_letter_id;

-- name: petition_finding_seen :exec
UPDATE petition_finding SET seen = :seen WHERE id = :id!petition_finding_id;

-- name: petition_amend :exec
UPDATE petition_letter SET title = :title, channel = :channel, source = :source, people = :people, version = version + 1,
       changed_at = :changed_at
WHERE id = :id!petition_letter_id AND version = :version;

-- name: petition_author_update :exec
UPDATE petition_author SET name = :name, address = :address, phone = :phone, email = :email WHERE letter = :letter AND n = 1;

-- ---- the same person's letters

-- name: petition_alike :many
-- What the same person sent this organ, as far as the post may read it; those whose writers are kept secret among themselves only.
SELECT l.id, l.number, l.year, l.title, l.text, l.working, l.channel, l.received_on, l.state, l.of_case, l.is_protected FROM petition_letter l
WHERE l.organ = :organ AND l.id <> :id!petition_letter_id AND l.is_protected = :is_protected
  AND ((:name_key <> 0 AND l.name_key = :name_key) OR (:phone_key <> 0 AND l.phone_key = :phone_key))
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = l.id AND w.post = :post)
ORDER BY l.id DESC LIMIT :most!int;

-- name: petition_of_case :many
SELECT l.id, l.number, l.year, l.title, l.received_on, l.state FROM petition_letter l
WHERE l.of_case = :of_case AND l.id <> :id!petition_letter_id
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = l.id AND w.post = :post)
ORDER BY l.id LIMIT 100;

-- name: petition_join :exec
-- version: an act; which case a letter belongs to is not typed into its forms.
UPDATE petition_letter SET of_case = :of_case, version = version + 1, changed_at = :changed_at WHERE id = :id!petition_letter_id;

-- ---- clocks

-- name: petition_clock_insert :exec
INSERT INTO petition_clock (id, letter, part, clock, what, due_on, is_running) VALUES (:id!petition_clock_id, :letter, :part, :clock, :what, :due_on, 1);

-- name: petition_clocks :many
SELECT id, part, clock, what, due_on, is_running FROM petition_clock WHERE letter = :letter ORDER BY id LIMIT 100;

-- name: petition_clock_stop :exec
UPDATE petition_clock SET is_running = 0 WHERE id = :id!petition_clock_id;

-- name: petition_clock_moved :many
-- Clocks whose day was counted anew, as when a year's notice was entered.
SELECT p.id, p.letter, d.due_on FROM petition_clock p JOIN deadline_v_clock d ON d.id = p.clock
WHERE p.is_running = 1 AND d.due_on <> p.due_on ORDER BY p.id LIMIT :most!int;

-- name: petition_clock_move :exec
UPDATE petition_clock SET due_on = :due_on WHERE id = :id!petition_clock_id;

-- name: petition_due :exec
-- version: follows from its clocks.
UPDATE petition_letter SET due_on = :due_on, due_what = :due_what, receipt_due_on = :receipt_due_on, late_told_on = NULL
WHERE id = :id!petition_letter_id;

-- name: petition_late :many
-- Past their day and not told of.
SELECT l.id, l.organ, l.number, l.year, l.title, l.due_what, l.holder, l.is_protected FROM petition_letter l
WHERE l.state IN ('received', 'accepted', 'transferred') AND l.due_on < :today_day!text AND l.late_told_on IS NULL ORDER BY l.id LIMIT :most!int;

-- name: petition_late_told :exec
-- version: said by the program, once.
UPDATE petition_letter SET late_told_on = :late_told_on WHERE id = :id!petition_letter_id;

-- ---- acts

-- name: petition_move :exec
-- version: an act, asked of the state it begins from.
UPDATE petition_letter SET state = :state, disposition = CASE WHEN disposition = '' THEN :disposition ELSE disposition END,
       disposed_on = CASE WHEN disposed_on IS NULL THEN :disposed_on ELSE disposed_on END, urged = :urged, wrong = :wrong, denied = :denied,
       said = CASE WHEN :said = '' THEN said ELSE :said END, version = version + 1, changed_at = :changed_at
WHERE id = :id!petition_letter_id AND state = :was!text;

-- name: petition_transfer_insert :exec
INSERT INTO petition_transfer (id, letter, body, body_kind, doc, sent_on, state) VALUES (:id!petition_transfer_id, :letter, :body, :body_kind, :doc,
       :sent_on, 'waiting');

-- name: petition_transfers :many
SELECT id, body, body_kind, doc, sent_on, state, reply_doc, replied_on, reply, urged, urged_on FROM petition_transfer WHERE letter = :letter
ORDER BY id DESC LIMIT 20;

-- name: petition_transfer_reply :exec
UPDATE petition_transfer SET state = :state, reply_doc = :reply_doc, replied_on = :replied_on, reply = :reply WHERE id = :id!petition_transfer_id;

-- name: petition_transfer_urge :exec
UPDATE petition_transfer SET urged = urged + 1, urged_on = :urged_on WHERE id = :id!petition_transfer_id;

-- name: petition_opening_insert :exec
INSERT INTO petition_opening (id, letter, post, reason, opened_at) VALUES (:id!petition_opening_id, :letter, :post, :reason, :opened_at);

-- name: petition_opening_since :one
SELECT id, opened_at FROM petition_opening WHERE letter = :letter AND post = :post AND opened_at > :since!at ORDER BY id DESC LIMIT 1;

-- name: petition_openings :many
SELECT post, reason, opened_at FROM petition_opening WHERE letter = :letter ORDER BY id DESC LIMIT 20;

-- ---- what who wrote sees and says

-- name: petition_road_insert :exec
INSERT INTO petition_road (id, letter, verb, about, text, working, files, made_at)
VALUES (:id!petition_road_id, :letter, :verb, :about, :text, :working, :files, :made_at);

-- name: petition_road_of :many
SELECT id, verb, about, text, working, files, made_at FROM petition_road WHERE letter = :letter ORDER BY id LIMIT 200;

-- name: petition_road_last :one
-- What was asked of who wrote last, or what they said after it.
SELECT id, verb, text FROM petition_road WHERE letter = :letter AND verb IN ('petition.ask', 'petition.word') ORDER BY id DESC LIMIT 1;

-- name: petition_rate :exec
-- version: said by who wrote, once for an answer.
UPDATE petition_letter SET rating = :rating WHERE id = :id!petition_letter_id;

-- name: petition_erase_road :exec
UPDATE petition_road SET text = '', working = '', about = '' WHERE letter = :letter;

-- ---- lists

-- piece: petition_filter
(:f_type!text = '' OR l.type = :f_type!text) AND (:f_state!text = '' OR l.state = :f_state!text)
  AND (:f_channel!text = '' OR l.channel = :f_channel!text) AND (:f_place!text = '' OR l.place = :f_place!text)
  AND (:one_from!text = '' OR EXISTS (SELECT 1 FROM petition_term t WHERE t.letter = l.id AND t.word >= :one_from!text AND t.word < :one_until!text))
  AND (:two_from!text = '' OR EXISTS (SELECT 1 FROM petition_term t WHERE t.letter = l.id AND t.word >= :two_from!text AND t.word < :two_until!text))
  AND (:three_from!text = '' OR EXISTS (SELECT 1 FROM petition_term t WHERE t.letter = l.id AND t.word >= :three_from!text AND t.word < :three_until!text))
  AND l.received_on >= :from_day!text AND l.received_on <= :to_day!text
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = l.id AND w.post = :post!int)

-- piece: petition_line
l.id, l.number, l.year, l.state, l.type, l.channel, l.title, l.place, l.authority, l.received_on, l.due_on, l.due_what, l.is_protected, l.people,
l.urged, l.disposition, l.disposed_on, a.name, a.address FROM petition_letter l LEFT JOIN petition_author a ON a.letter = l.id AND a.n = 1

-- name: petition_newest :many
SELECT
-- with: petition_line
WHERE l.organ = :organ AND l.id < :before!int AND
-- with: petition_filter
ORDER BY l.id DESC LIMIT :most!int;

-- name: petition_in_state :many
SELECT
-- with: petition_line
WHERE l.organ = :organ AND l.state = :box_state!text AND l.id < :before!int AND
-- with: petition_filter
ORDER BY l.id DESC LIMIT :most!int;

-- name: petition_by_due :many
-- Open ones of one or two states, the soonest due first.
SELECT
-- with: petition_line
WHERE l.organ = :organ AND l.state IN (:one!text, :other!text) AND l.due_on >= :due_from!text AND l.due_on < :due_until!text
  AND l.urged >= :urged_least!int AND l.urged <= :urged_most!int
  AND (l.due_on > :after_day!text OR (l.due_on = :after_day!text AND l.id > :after!int)) AND
-- with: petition_filter
ORDER BY l.due_on NULLS LAST, l.id LIMIT :most!int;

-- name: petition_counts :many
-- Of the open ones, which are few whatever there is in total.
SELECT l.state, count(*) AS n,
       sum(CASE WHEN l.due_on < :today_day!text THEN 1 ELSE 0 END) AS late,
       sum(CASE WHEN l.due_on >= :today_day!text AND l.due_on < :soon_day!text THEN 1 ELSE 0 END) AS soon,
       sum(CASE WHEN l.due_on < :today_day!text AND l.urged > 0 THEN 1 ELSE 0 END) AS silent
FROM petition_letter l
WHERE l.organ = :organ AND l.state IN ('received', 'accepted', 'transferred', 'replied', 'answered')
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = l.id AND w.post = :post!int)
GROUP BY l.state ORDER BY l.state;

-- ---- form 01/XLD

-- name: petition_period :many
-- Letters of the organ the post may read that were received up to the period's end and not over before it began.
SELECT l.id, l.type, l.state, l.lacks, l.disposition, l.disposed_on, l.received_on, l.of_case, l.authority_kind, l.urged,
       (SELECT count(*) FROM petition_transfer t WHERE t.letter = l.id AND t.replied_on IS NOT NULL) AS replies,
       (SELECT count(*) FROM petition_transfer t WHERE t.letter = l.id AND t.urged > 0) AS urgings
FROM petition_letter l
WHERE l.organ = :organ AND l.received_on <= :to_day!text AND (l.disposed_on IS NULL OR l.disposed_on >= :from_day!text) AND l.id > :after!int
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = l.id AND w.post = :post!int)
ORDER BY l.id LIMIT :most!int;

-- name: petition_lines_of :many
SELECT
-- with: petition_line
WHERE l.id IN (:some!ids) AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
                                      WHERE g.record = l.id AND w.post = :post!int)
ORDER BY l.id DESC;

-- ---- for the index, the charts, erasing

-- name: petition_ids :many
SELECT id FROM petition_letter WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: petition_some :many
SELECT l.id, l.number, l.year, l.title, l.type, l.channel, l.is_protected, l.authority, a.name FROM petition_letter l
LEFT JOIN petition_author a ON a.letter = l.id AND a.n = 1 WHERE l.id IN (:some!ids) ORDER BY l.id;

-- name: petition_demo_person :one
SELECT person FROM auth_account WHERE login = :login;

-- name: petition_erase_letter :exec
-- version: taken out for good.
UPDATE petition_letter SET title = :title, text = '', working = '', source = '', said = '', name_key = 0, phone_key = 0 WHERE id = :id!petition_letter_id;

-- name: petition_erase_authors :exec
DELETE FROM petition_author WHERE letter = :letter;

-- name: petition_erase_findings :exec
DELETE FROM petition_finding WHERE letter = :letter;

-- name: petition_erase_transfers :exec
UPDATE petition_transfer SET reply = '', doc = '', reply_doc = '' WHERE letter = :letter;

-- name: petition_erase_openings :exec
UPDATE petition_opening SET reason = '' WHERE letter = :letter;

-- name: petition_erase_files :exec
DELETE FROM petition_file WHERE letter = :letter;

-- name: petition_let_go :exec
DELETE FROM petition_file WHERE file = :file;
