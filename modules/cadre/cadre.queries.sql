-- ---- who may see what: personnel and the person by grants, heads by their unit

-- name: cadre_find :one
SELECT c.id, c.organ, c.unit, c.person, c.name, c.staff_no, c.sex, c.birth, c.post, c.is_party, c.is_left, c.n_findings, c.version, c.changed_at,
       u.short_name AS unit_name, o.short_name AS organ_name
FROM cadre_person c JOIN org_v_unit u ON u.id = c.unit JOIN org_v_unit o ON o.id = c.organ WHERE c.id = :id!cadre_person_id;

-- name: cadre_own :one
SELECT id FROM cadre_person WHERE person = :person;

-- piece: cadre_shape
c.id, c.name, c.name_key, c.staff_no, c.sex, c.birth, c.post, c.is_party, c.is_left, c.n_findings, u.short_name AS unit_name, o.short_name AS organ_name
FROM cadre_person c JOIN org_v_unit u ON u.id = c.unit JOIN org_v_unit o ON o.id = c.organ

-- piece: cadre_seen
(c.unit = :head_unit!int OR EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = c.id AND w.post = :post!int))

-- piece: cadre_kept
EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = c.id AND w.post = :post!int AND (g.can & 4) = 4)

-- piece: cadre_filter
(:f_unit!int = 0 OR c.unit = :f_unit!int) AND (:f_sex!text = '' OR c.sex = :f_sex!text) AND (:f_party!int = -1 OR c.is_party = :f_party!int)
  AND (:f_findings!int = 0 OR c.n_findings > 0) AND c.is_left = :f_left!int
  AND (:one_from!text = '' OR EXISTS (SELECT 1 FROM cadre_word x WHERE x.cadre = c.id AND x.word >= :one_from!text AND x.word < :one_until!text))
  AND (:two_from!text = '' OR EXISTS (SELECT 1 FROM cadre_word y WHERE y.cadre = c.id AND y.word >= :two_from!text AND y.word < :two_until!text))
  AND (:three_from!text = '' OR EXISTS (SELECT 1 FROM cadre_word z WHERE z.cadre = c.id AND z.word >= :three_from!text AND z.word < :three_until!text))

-- name: cadre_list :many
-- By name, given name first; the page goes on after a name's key and an id.
SELECT
-- with: cadre_shape
WHERE
-- with: cadre_seen
AND
-- with: cadre_filter
AND (c.name_key, c.id) > (:after_key!bytes, :after!int) ORDER BY c.name_key, c.id LIMIT :most!int;

-- name: cadre_units :many
-- The units of the records a post may see, for the filter.
SELECT u.id, u.short_name, u.sort_key FROM org_v_unit u WHERE EXISTS (SELECT 1 FROM cadre_person c WHERE c.unit = u.id AND
-- with: cadre_seen
) ORDER BY u.sort_key, u.id LIMIT 200;

-- name: cadre_insert :exec
INSERT INTO cadre_person (id, organ, unit, person, name, name_key, staff_no, sex, birth, post, is_party, made_by, made_at, changed_at)
VALUES (:id!cadre_person_id, :organ, :unit, :person, :name, :name_key, '', '', '', '', 0, :made_by, :made_at, :made_at);

-- name: cadre_reseat :exec
UPDATE cadre_person SET unit = :unit, person = :person, is_left = :is_left, version = version + 1, changed_at = :changed_at
WHERE id = :id!cadre_person_id AND version = :version;

-- name: cadre_follow :exec
-- version: follows from the entries, each with a version of its own.
UPDATE cadre_person SET name = :name, name_key = :name_key, staff_no = :staff_no, sex = :sex, birth = :birth, post = :post, is_party = :is_party,
       n_findings = :n_findings, changed_at = :changed_at WHERE id = :id!cadre_person_id;

-- name: cadre_words_clear :exec
DELETE FROM cadre_word WHERE cadre = :cadre;

-- name: cadre_word_put :exec
INSERT INTO cadre_word (cadre, word) VALUES (:cadre, :word) ON CONFLICT (word, cadre) DO NOTHING;

-- ---- entries

-- name: cadre_entries :many
SELECT id, part, answers, part_version, sort, version, changed_at FROM cadre_entry WHERE cadre = :cadre AND is_gone = 0 ORDER BY part, sort, id LIMIT 1000;

-- name: cadre_entries_of :many
SELECT id, part, answers, part_version, sort, version, changed_at FROM cadre_entry WHERE cadre = :cadre AND part = :part AND is_gone = 0
ORDER BY sort, id LIMIT 500;

-- name: cadre_entry_find :one
SELECT id, part, answers, part_version, sort, is_gone, version FROM cadre_entry WHERE id = :id!cadre_entry_id AND cadre = :cadre;

-- name: cadre_entry_insert :exec
INSERT INTO cadre_entry (id, cadre, part, answers, part_version, sort, changed_at)
VALUES (:id!cadre_entry_id, :cadre, :part, :answers, :part_version, :sort, :changed_at);

-- name: cadre_entry_update :exec
UPDATE cadre_entry SET answers = :answers, part_version = :part_version, sort = :sort, is_gone = :is_gone, version = version + 1, changed_at = :changed_at
WHERE id = :id!cadre_entry_id AND version = :version;

-- name: cadre_past_add :exec
INSERT INTO cadre_past (entry, version, act, answers, part_version, basis, proposal, post, recorded_at)
VALUES (:entry, :version, :act, :answers, :part_version, :basis, :proposal, :post, :recorded_at);

-- name: cadre_past_list :many
SELECT p.entry, p.version, p.act, p.answers, p.part_version, p.basis, p.proposal, p.post, p.recorded_at
FROM cadre_past p JOIN cadre_entry e ON e.id = p.entry WHERE e.cadre = :cadre AND e.part = :part ORDER BY p.recorded_at DESC, p.entry DESC, p.version DESC LIMIT :most!int;

-- ---- looks

-- name: cadre_look_insert :exec
INSERT INTO cadre_look (id, cadre, part, post, purpose, opened_at) VALUES (:id!cadre_look_id, :cadre, :part, :post, :purpose, :opened_at);

-- name: cadre_look_since :one
SELECT id, purpose, opened_at FROM cadre_look WHERE cadre = :cadre AND part = :part AND post = :post AND opened_at > :since!at ORDER BY id DESC LIMIT 1;

-- name: cadre_looks :many
SELECT part, post, purpose, opened_at FROM cadre_look WHERE cadre = :cadre ORDER BY id DESC LIMIT 20;

-- ---- proposals

-- name: cadre_proposal_insert :exec
INSERT INTO cadre_proposal (id, cadre, part, entry, entry_version, answers, part_version, words, file, file_name, state, made_by, made_at)
VALUES (:id!cadre_proposal_id, :cadre, :part, :entry, :entry_version, :answers, :part_version, :words, :file, :file_name, 'waiting', :made_by, :made_at);

-- name: cadre_proposal_find :one
SELECT id, cadre, part, entry, entry_version, answers, part_version, words, file, file_name, state, made_by, made_at, decided_by, decided_at, reason
FROM cadre_proposal WHERE id = :id!cadre_proposal_id AND cadre = :cadre;

-- name: cadre_proposal_decide :exec
UPDATE cadre_proposal SET state = :state, decided_by = :decided_by, decided_at = :decided_at, reason = :reason
WHERE id = :id!cadre_proposal_id AND state = 'waiting';

-- name: cadre_proposals_of :many
SELECT id, part, words, state, made_at FROM cadre_proposal WHERE cadre = :cadre ORDER BY id DESC LIMIT 30;

-- piece: cadre_to_decide
p.state = 'waiting' AND (c.person IS NULL OR c.person <> :person!int)
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = c.id AND w.post = :post!int AND (g.can & 8) = 8)

-- name: cadre_to_decide_list :many
-- Those this post decides, the oldest first.
SELECT p.id, p.cadre, p.part, p.words, p.made_at, c.name, c.post, u.short_name AS unit_name FROM cadre_proposal p JOIN cadre_person c ON c.id = p.cadre
JOIN org_v_unit u ON u.id = c.unit WHERE
-- with: cadre_to_decide
AND p.id > :after!int ORDER BY p.id LIMIT :most!int;

-- name: cadre_to_decide_count :one
SELECT count(*) AS n FROM cadre_proposal p JOIN cadre_person c ON c.id = p.cadre WHERE
-- with: cadre_to_decide
;

-- name: cadre_own_waiting :one
SELECT count(*) AS n FROM cadre_proposal p JOIN cadre_person c ON c.id = p.cadre WHERE p.state = 'waiting' AND c.person = :person;

-- name: cadre_own_waiting_list :many
SELECT p.id, p.cadre, p.part, p.words, p.made_at FROM cadre_proposal p JOIN cadre_person c ON c.id = p.cadre
WHERE p.state = 'waiting' AND c.person = :person ORDER BY p.id LIMIT :most!int;

-- ---- prints

-- name: cadre_print_insert :exec
INSERT INTO cadre_print (id, cadre, form, lines, purpose, post, printed_at) VALUES (:id!cadre_print_id, :cadre, :form, :lines, :purpose, :post, :printed_at);

-- name: cadre_print_find :one
SELECT id, form, lines, purpose, post, printed_at FROM cadre_print WHERE id = :id!cadre_print_id AND cadre = :cadre;

-- name: cadre_print_before :one
SELECT id, lines, printed_at FROM cadre_print WHERE cadre = :cadre AND form = :form AND id < :before!int ORDER BY id DESC LIMIT 1;

-- name: cadre_prints :many
SELECT id, form, purpose, post, printed_at FROM cadre_print WHERE cadre = :cadre ORDER BY id DESC LIMIT 30;

-- ---- what falls due, what contradicts itself

-- name: cadre_due_clear :exec
DELETE FROM cadre_due WHERE cadre = :cadre;

-- name: cadre_due_put :exec
INSERT INTO cadre_due (cadre, kind, due_on, words) VALUES (:cadre, :kind, :due_on, :words);

-- name: cadre_dues_of :many
SELECT kind, due_on, words FROM cadre_due WHERE cadre = :cadre ORDER BY due_on, kind LIMIT 20;

-- name: cadre_due_list :many
-- Those of one list that fall due within days, the soonest first.
SELECT c.id, c.name, c.sex, c.birth, c.post, d.due_on, d.words, u.short_name AS unit_name, o.short_name AS organ_name
FROM cadre_due d JOIN cadre_person c ON c.id = d.cadre JOIN org_v_unit u ON u.id = c.unit JOIN org_v_unit o ON o.id = c.organ
WHERE d.kind = :kind AND d.due_on >= :from_day!text AND d.due_on <= :to_day!text AND c.is_left = 0 AND (:f_sex!text = '' OR c.sex = :f_sex!text) AND
-- with: cadre_kept
AND (d.due_on, c.id) > (:after_day!text, :after!int) ORDER BY d.due_on, c.id LIMIT :most!int;

-- name: cadre_due_count :one
SELECT count(*) AS n FROM cadre_due d JOIN cadre_person c ON c.id = d.cadre
WHERE d.kind = :kind AND d.due_on >= :from_day!text AND d.due_on <= :to_day!text AND c.is_left = 0 AND (:f_sex!text = '' OR c.sex = :f_sex!text) AND
-- with: cadre_kept
;

-- name: cadre_keeps :one
-- Whether the post keeps any record at all.
SELECT c.id FROM cadre_person c WHERE
-- with: cadre_kept
LIMIT 1;

-- name: cadre_findings_clear :exec
DELETE FROM cadre_finding WHERE cadre = :cadre;

-- name: cadre_finding_put :exec
INSERT INTO cadre_finding (cadre, n, rule, words, left_part, left_entry, left_text, right_part, right_entry, right_text)
VALUES (:cadre, :n, :rule, :words, :left_part, :left_entry, :left_text, :right_part, :right_entry, :right_text);

-- name: cadre_findings_of :many
SELECT n, rule, words, left_part, left_entry, left_text, right_part, right_entry, right_text FROM cadre_finding WHERE cadre = :cadre ORDER BY n LIMIT 100;

-- ---- committees

-- name: cadre_committees :many
SELECT id, title, seats, held_on, state FROM cadre_committee WHERE organ = :organ AND id < :before!int ORDER BY id DESC LIMIT 51;

-- name: cadre_committee_find :one
SELECT id, organ, title, seats, held_on, note, state, version FROM cadre_committee WHERE id = :id!cadre_committee_id AND organ = :organ;

-- name: cadre_committee_insert :exec
INSERT INTO cadre_committee (id, organ, title, seats, held_on, note, state, made_by, made_at)
VALUES (:id!cadre_committee_id, :organ, :title, :seats, :held_on, :note, 'open', :made_by, :made_at);

-- name: cadre_committee_update :exec
UPDATE cadre_committee SET title = :title, seats = :seats, held_on = :held_on, note = :note, version = version + 1
WHERE id = :id!cadre_committee_id AND version = :version AND state = 'open';

-- name: cadre_committee_move :exec
-- version: an act, asked of the state it begins from.
UPDATE cadre_committee SET state = :state, version = version + 1 WHERE id = :id!cadre_committee_id AND state = :was!text;

-- name: cadre_targets_clear :exec
DELETE FROM cadre_target WHERE committee = :committee;

-- name: cadre_target_put :exec
INSERT INTO cadre_target (committee, code, percent) VALUES (:committee, :code, :percent);

-- name: cadre_targets :many
SELECT code, percent FROM cadre_target WHERE committee = :committee ORDER BY code LIMIT 20;

-- name: cadre_nominees :many
SELECT id, cadre, name, name_key, place, birth_on, is_woman, is_party, is_ethnic, is_religious, is_dropped, reason FROM cadre_nominee
WHERE committee = :committee ORDER BY is_dropped, name_key, id LIMIT 1000;

-- name: cadre_nominee_find :one
SELECT id, name, is_dropped FROM cadre_nominee WHERE id = :id!cadre_nominee_id AND committee = :committee;

-- name: cadre_nominee_of_cadre :one
SELECT id FROM cadre_nominee WHERE committee = :committee AND cadre = :cadre AND is_dropped = 0 LIMIT 1;

-- name: cadre_nominee_insert :exec
INSERT INTO cadre_nominee (id, committee, cadre, name, name_key, place, birth_on, is_woman, is_party, is_ethnic, is_religious, added_by, added_at)
VALUES (:id!cadre_nominee_id, :committee, :cadre, :name, :name_key, :place, :birth_on, :is_woman, :is_party, :is_ethnic, :is_religious, :added_by, :added_at);

-- name: cadre_nominee_drop :exec
UPDATE cadre_nominee SET is_dropped = 1, reason = :reason WHERE id = :id!cadre_nominee_id AND committee = :committee AND is_dropped = 0;

-- ---- for those who know no business by name

-- name: cadre_ids :many
SELECT id FROM cadre_person WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: cadre_some :many
SELECT c.id, c.name, c.staff_no, c.post, u.short_name AS unit_name FROM cadre_person c JOIN org_v_unit u ON u.id = c.unit WHERE c.id IN (:some!ids);

-- name: cadre_counted :one
SELECT c.id, c.unit, c.is_left, c.sex, c.made_at, d.due_on FROM cadre_person c LEFT JOIN cadre_due d ON d.cadre = c.id AND d.kind = 'retire'
WHERE c.id = :id!cadre_person_id;

-- name: cadre_uses :many
SELECT p.id, p.cadre FROM cadre_proposal p WHERE p.file = :file ORDER BY p.id LIMIT 20;

-- ---- erasing

-- name: cadre_files :many
SELECT file FROM cadre_proposal WHERE cadre = :cadre AND file IS NOT NULL ORDER BY id LIMIT 1000;

-- name: cadre_let_go :exec
UPDATE cadre_proposal SET file = NULL, file_name = '' WHERE file = :file;

-- name: cadre_erase_person :exec
-- version: erased on demand.
UPDATE cadre_person SET name = :name, name_key = :name_key, staff_no = '', sex = '', birth = '', post = '', person = NULL, is_party = 0, n_findings = 0,
       version = version + 1 WHERE id = :id!cadre_person_id;

-- name: cadre_erase_entries :exec
-- version: erased on demand.
UPDATE cadre_entry SET answers = '{}', sort = '', is_gone = 1, version = version + 1 WHERE cadre = :cadre;

-- name: cadre_erase_past :exec
-- version: erased on demand; the column says which state of an entry it was.
UPDATE cadre_past SET answers = '{}', basis = '' WHERE entry IN (SELECT id FROM cadre_entry WHERE cadre = :cadre);

-- name: cadre_erase_looks :exec
UPDATE cadre_look SET purpose = '' WHERE cadre = :cadre;

-- name: cadre_erase_proposals :exec
UPDATE cadre_proposal SET answers = '{}', words = '', reason = '', file = NULL, file_name = '' WHERE cadre = :cadre;

-- name: cadre_erase_prints :exec
UPDATE cadre_print SET lines = '[]', purpose = '' WHERE cadre = :cadre;

-- name: cadre_erase_nominees :exec
UPDATE cadre_nominee SET name = :name, name_key = :name_key, place = '', birth_on = NULL, is_dropped = 1 WHERE cadre = :cadre;

-- ---- choices

-- name: cadre_people :many
-- People with a post in force in the organ that have no record yet, and the one that is linked.
SELECT DISTINCT t.person, t.name, t.name_key FROM org_v_holder t JOIN org_v_unit u ON u.id = t.unit
WHERE u.organ = :organ!int AND t.from_on <= :today!on AND (t.until_on IS NULL OR t.until_on >= :today!on)
  AND (t.person = :keep!int OR NOT EXISTS (SELECT 1 FROM cadre_person c WHERE c.person = t.person)) ORDER BY t.name_key, t.person LIMIT 500;

-- name: cadre_boards :many
-- The units of an organ that stand, the organ first.
SELECT id, short_name, ordinal, sort_key FROM org_v_unit WHERE organ = :organ AND (until_on IS NULL OR until_on >= :today!on)
ORDER BY CASE WHEN id = organ THEN 0 ELSE 1 END, ordinal, sort_key, id LIMIT 200;

-- ---- demonstration

-- name: cadre_demo_posts :many
-- Who holds a main post in the units of some organs, in order of office.
SELECT t.id, t.person, t.unit, t.title, t.roles, t.name, t.address, t.code, u.organ, o.code AS organ_code, u.name AS unit_name, o.name AS organ_name
FROM org_v_holder t JOIN org_v_unit u ON u.id = t.unit JOIN org_v_unit o ON o.id = u.organ
WHERE o.code = :organ_code!text AND t.is_main = 1 AND (t.until_on IS NULL OR t.until_on >= :today!on) ORDER BY t.id LIMIT 100;
