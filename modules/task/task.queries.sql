-- ---- directions and parts

-- name: task_directive_insert :exec
INSERT INTO task_directive (id, kind, record, title, text, by_post, made_at, due_on)
VALUES (:id!task_directive_id, :kind, :record, :title, :text, :by_post, :made_at, :due_on);

-- name: task_directive_by_id :one
SELECT id, kind, record, title, text, by_post, made_at, due_on, is_undone FROM task_directive WHERE id = :id!task_directive_id;

-- name: task_directive_undo :exec
UPDATE task_directive SET is_undone = 1 WHERE id = :id!task_directive_id AND is_undone = 0;

-- name: task_item_insert :exec
INSERT INTO task_item (id, directive, kind, record, parent, title, role, state, target_kind, target, target_unit, target_name, holder, given_by,
                       given_name, given_at, due_on, due_why, due_place, new_place)
VALUES (:id!task_item_id, :directive, :kind, :record, :parent, :title, :role, 'waiting', :target_kind, :target, :target_unit, :target_name, :target,
        :given_by, :given_name, :given_at, :due_on, :due_why, :due_place, :new_place);

-- name: task_item_by_id :one
SELECT i.id, i.directive, i.kind, i.record, i.parent, i.title, i.role, i.state, i.version, i.target_kind, i.target, i.target_unit, i.target_name,
       i.holder, i.holder_name, i.given_by, i.given_name, i.given_at, i.due_on, i.due_why, i.percent, i.read_at, i.done_on, i.done_by, i.report,
       i.reason, d.text
FROM task_item i JOIN task_directive d ON d.id = i.directive WHERE i.id = :id!task_item_id;

-- name: task_items_of_record :many
-- Every part of a record, also of its sub-tasks; those of one direction, or all.
SELECT i.id, i.directive, i.parent, i.role, i.state, i.target_kind, i.target, i.target_unit, i.target_name, i.holder, i.holder_name, i.given_by,
       i.given_name, i.given_at, i.due_on, i.due_why, i.percent, i.read_at, i.done_on, i.report, i.reason, d.text
FROM task_item i JOIN task_directive d ON d.id = i.directive
WHERE i.record = :record AND i.kind = :kind AND (:directive!int = 0 OR i.directive = :directive!int) ORDER BY i.id LIMIT 500;

-- name: task_items_open :many
-- Parts of a record that are not over, for ending them with it.
SELECT id, role, holder FROM task_item
WHERE record = :record AND kind = :kind AND state IN ('waiting', 'working', 'reported', 'returned') ORDER BY id LIMIT 1000;

-- name: task_title_of :one
-- What a record was called when tasks were given on it before.
SELECT title FROM task_directive WHERE record = :record AND kind = :kind ORDER BY id DESC LIMIT 1;

-- name: task_item_leads :one
-- The part that leads a record now; sub-tasks have leads of their own.
SELECT id FROM task_item WHERE record = :record AND kind = :kind AND role = 'lead' AND parent IS NULL AND state IN ('waiting', 'working', 'reported')
ORDER BY id LIMIT 1;

-- name: task_item_has :one
-- Whether somebody has a part already that is not over, of the record or of the same parent.
SELECT id FROM task_item
WHERE record = :record AND kind = :kind AND target = :target AND coalesce(parent, 0) = :within!int
  AND (state IN ('waiting', 'working') OR (role = 'inform' AND state = 'done')) ORDER BY id LIMIT 1;

-- name: task_item_open_below :one
SELECT id FROM task_item WHERE parent = :parent!task_item_id AND role <> 'inform' AND state IN ('waiting', 'working', 'reported', 'returned') LIMIT 1;

-- name: task_item_take :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = 'working', holder = :holder, holder_name = :holder_name, accepted_at = coalesce(accepted_at, :at!at),
       read_at = coalesce(read_at, :at!at), version = version + 1
WHERE id = :id!task_item_id AND state IN ('waiting', 'working');

-- name: task_item_seen :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = 'done', read_at = :at!at, version = version + 1 WHERE id = :id!task_item_id AND state = 'waiting' AND role = 'inform';

-- name: task_item_advance :exec
UPDATE task_item SET state = 'working', percent = :percent, version = version + 1
WHERE id = :id!task_item_id AND version = :version AND state IN ('waiting', 'working');

-- name: task_item_report :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = :state, report = :report, percent = 100, done_at = :done_at, done_on = :done_on, done_by = :done_by,
       read_at = coalesce(read_at, :done_at), version = version + 1
WHERE id = :id!task_item_id AND state IN ('waiting', 'working', 'reported', 'returned');

-- name: task_item_state :exec
-- To a state that says nothing of being done.
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = :state, reason = :reason, done_at = NULL, done_on = NULL, done_by = 0, version = version + 1 WHERE id = :id!task_item_id;

-- name: task_item_confirm :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = 'done', version = version + 1 WHERE id = :id!task_item_id AND state = 'reported';

-- name: task_item_due :exec
UPDATE task_item SET due_on = :due_on, due_why = :due_why, due_place = :due_place, late_told_on = NULL, version = version + 1
WHERE id = :id!task_item_id AND version = :version;

-- name: task_items_recall_directive :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET state = 'recalled', reason = :reason, version = version + 1 WHERE directive = :directive AND state = 'waiting';

-- name: task_items_of_directive :many
SELECT id, role, state, target FROM task_item WHERE directive = :directive ORDER BY id LIMIT 500;

-- ---- more time

-- name: task_extension_insert :exec
INSERT INTO task_extension (id, item, asked_by, asked_at, old_due_on, new_due_on, reason, state)
VALUES (:id!task_extension_id, :item, :asked_by, :asked_at, :old_due_on, :new_due_on, :reason, 'waiting');

-- name: task_extension_waiting :one
SELECT id FROM task_extension WHERE item = :item AND state = 'waiting' LIMIT 1;

-- name: task_extension_by_id :one
SELECT id, item, asked_by, old_due_on, new_due_on, reason, state FROM task_extension WHERE id = :id!task_extension_id AND item = :item;

-- name: task_extensions_of :many
SELECT id, asked_by, asked_at, old_due_on, new_due_on, reason, state, note FROM task_extension WHERE item = :item ORDER BY id LIMIT 100;

-- name: task_extension_decide :exec
UPDATE task_extension SET state = :state, decided_by = :decided_by, decided_at = :decided_at, note = :note
WHERE id = :id!task_extension_id AND state = 'waiting';

-- name: task_extension_drop :exec
-- What was asked of a part that is over is not asked any more.
UPDATE task_extension SET state = 'refused', decided_at = :decided_at WHERE item IN (:items!ids) AND state = 'waiting';

-- ---- a post's tasks go to another

-- name: task_hand_held :many
-- Open parts that a post holds, or was given by name.
SELECT id FROM task_item WHERE holder = :post!int AND state IN ('waiting', 'working', 'returned')
UNION SELECT id FROM task_item WHERE target = :post!int AND state IN ('waiting', 'working', 'returned') ORDER BY id LIMIT :most!int;

-- name: task_hand_given :many
SELECT id FROM task_item WHERE given_by = :post!int AND state IN ('waiting', 'working', 'reported', 'returned') ORDER BY id LIMIT :most!int;

-- name: task_hand_holder :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET
    holder_name = CASE WHEN target = :old!int AND holder = :old!int THEN '' WHEN holder = :old!int THEN :name!text ELSE holder_name END,
    holder = CASE WHEN holder = :old!int THEN :fresh!int ELSE holder END,
    target_name = CASE WHEN target = :old!int THEN :target_name ELSE target_name END,
    target_unit = CASE WHEN target = :old!int THEN :target_unit ELSE target_unit END,
    target = CASE WHEN target = :old!int THEN :fresh!int ELSE target END, version = version + 1
WHERE id IN (:items!ids);

-- name: task_hand_giver :exec
-- version: an act, asked of the state it begins from.
UPDATE task_item SET given_by = :fresh!int, given_name = :name!text, version = version + 1 WHERE id IN (:items!ids);

-- name: task_records_of :many
SELECT DISTINCT kind, record FROM task_item WHERE id IN (:items!ids) ORDER BY record;

-- ---- rights on the record

-- name: task_rights_wanted :many
-- What each principal of a record's parts should be able to do with it.
SELECT holder AS principal, CASE WHEN role <> 'inform' AND state IN ('waiting', 'working') THEN 1 ELSE 0 END AS acts, 0 AS gives
FROM task_item WHERE record = :record AND kind = :kind AND state <> 'recalled'
UNION SELECT target AS principal, CASE WHEN role <> 'inform' AND state IN ('waiting', 'working') THEN 1 ELSE 0 END AS acts, 0 AS gives
FROM task_item WHERE record = :record AND kind = :kind AND state <> 'recalled'
UNION SELECT given_by AS principal, 0 AS acts, 1 AS gives FROM task_item WHERE record = :record AND kind = :kind
ORDER BY principal, acts, gives;

-- name: task_rights_had :many
SELECT r.principal, r.gave, coalesce(g.can, 0) AS can FROM task_right r
LEFT JOIN access_grant g ON g.record = r.record AND g.principal = r.principal WHERE r.record = :record ORDER BY r.principal;

-- name: task_grants_of :many
SELECT principal, can FROM access_grant WHERE record = :record AND until_on IS NULL ORDER BY principal;

-- name: task_right_put :exec
INSERT INTO task_right (record, principal, gave) VALUES (:record, :principal, :gave)
ON CONFLICT (record, principal) DO UPDATE SET gave = excluded.gave;

-- name: task_right_drop :exec
DELETE FROM task_right WHERE record = :record AND principal = :principal;

-- ---- boxes and their counters

-- name: task_count_less :exec
-- Takes the rows of these parts out of the kept counters; before task_box_clear.
UPDATE task_counter SET n = n - (SELECT count(*) FROM task_box b WHERE b.item IN (:items!ids) AND b.principal = task_counter.principal
                                     AND b.box = task_counter.box AND b.due_day = task_counter.due_day)
WHERE (principal, box, due_day) IN (SELECT principal, box, due_day FROM task_box WHERE item IN (:items!ids));

-- name: task_box_clear :exec
DELETE FROM task_box WHERE item IN (:items!ids);

-- name: task_box_fill :exec
-- Where each part stands: the whole of what a box means is written here.
INSERT INTO task_box (box, item, principal, place, due_day, kind, unit, is_new)
SELECT CASE WHEN role = 'lead' THEN 'todo' ELSE 'cooperate' END, id, holder, due_place, '', kind, target_unit, CASE WHEN state = 'waiting' THEN 1 ELSE 0 END
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state IN ('waiting', 'working')
UNION ALL SELECT 'due', id, holder, due_place, due_on, kind, target_unit, CASE WHEN state = 'waiting' THEN 1 ELSE 0 END
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state IN ('waiting', 'working') AND due_on IS NOT NULL
UNION ALL SELECT 'inform', id, holder, new_place, '', kind, target_unit, 1 FROM task_item WHERE id IN (:items!ids) AND role = 'inform' AND state = 'waiting'
UNION ALL SELECT 'unit', id, target, due_place, '', kind, target_unit, 0
FROM task_item WHERE id IN (:items!ids) AND target_kind = 'unit' AND holder <> target AND role <> 'inform' AND state IN ('waiting', 'working')
UNION ALL SELECT 'given', id, given_by, due_place, '', kind, target_unit, 0
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state IN ('waiting', 'working')
UNION ALL SELECT 'given_due', id, given_by, due_place, due_on, kind, target_unit, 0
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state IN ('waiting', 'working') AND due_on IS NOT NULL
UNION ALL SELECT CASE WHEN state = 'reported' THEN 'reported' ELSE 'returned' END, id, given_by, due_place, '', kind, target_unit, 1
FROM task_item WHERE id IN (:items!ids) AND state IN ('reported', 'returned')
UNION ALL SELECT 'asked', id, given_by, due_place, '', kind, target_unit, 1
FROM task_item WHERE id IN (:items!ids) AND EXISTS (SELECT 1 FROM task_extension x WHERE x.item = task_item.id AND x.state = 'waiting')
UNION ALL SELECT 'done', id, holder, new_place, '', kind, target_unit, 0
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state IN ('reported', 'done')
UNION ALL SELECT 'closed', id, given_by, new_place, '', kind, target_unit, 0
FROM task_item WHERE id IN (:items!ids) AND role <> 'inform' AND state = 'done';

-- name: task_count_more :exec
INSERT INTO task_counter (principal, box, due_day, n)
SELECT principal, box, due_day, count(*) FROM task_box WHERE item IN (:items!ids) GROUP BY principal, box, due_day
ON CONFLICT (principal, box, due_day) DO UPDATE SET n = task_counter.n + excluded.n;

-- name: task_count_sweep :exec
-- Days that have nothing left.
DELETE FROM task_counter WHERE n = 0 AND due_day <> '' AND due_day < :today_day!text;

-- name: task_counts_of :many
-- Every box of every principal the post counts as; of what runs out, how much has and how much soon will.
SELECT k.box, sum(k.n) AS n, sum(CASE WHEN k.due_day <> '' AND k.due_day < :today_day!text THEN k.n ELSE 0 END) AS late,
       sum(CASE WHEN k.due_day >= :today_day!text AND k.due_day < :soon_day!text THEN k.n ELSE 0 END) AS soon
FROM task_counter k JOIN access_wearer w ON w.principal = k.principal WHERE w.post = :post!int AND k.n > 0 GROUP BY k.box ORDER BY k.box;

-- name: task_box_list :many
-- A box of a post, in the order of places. Of each principal the post counts as, the inner query finds the last place that
-- can be on the page, so that of a large box no more is read than is shown.
SELECT b.place, b.is_new, i.id, i.kind, i.record, i.title, i.role, i.state, i.target_name, i.holder_name, i.given_name, i.due_on, i.done_on, i.percent
FROM access_wearer w JOIN task_box b ON b.principal = w.principal JOIN task_item i ON i.id = b.item
WHERE w.post = :post!int AND b.box = :box AND b.place > :after!text
  AND b.place <= (SELECT max(x.place) FROM (SELECT p.place FROM task_box p
                    WHERE p.principal = w.principal AND p.box = :box AND p.place > :after!text AND p.place < :until!text
                      AND (:of_kind!text = '' OR p.kind = :of_kind!text) AND (:of_unit!int = 0 OR p.unit = :of_unit!int)
                    ORDER BY p.place LIMIT :most!int) x)
  AND (:of_kind!text = '' OR b.kind = :of_kind!text) AND (:of_unit!int = 0 OR b.unit = :of_unit!int)
ORDER BY b.place LIMIT :most!int;

-- name: task_wears :many
-- The principals a post counts as, among some.
SELECT principal FROM access_wearer WHERE post = :post!int AND principal IN (:some!ids) ORDER BY principal;

-- name: task_kind_of_record :one
-- Whether anybody was given rights on such a record.
SELECT record FROM access_grant WHERE record = :record AND kind = :kind LIMIT 1;

-- ---- lateness

-- name: task_overdue :many
-- Open parts whose day has passed and whose lateness has not been told.
SELECT id, kind, record, title, holder, given_by, target_name, due_on FROM task_item
WHERE state IN ('waiting', 'working') AND role <> 'inform' AND due_on < :today!on AND late_told_on IS NULL
ORDER BY due_on NULLS LAST, id LIMIT 200;

-- name: task_told :exec
-- version: what the machine noted.
UPDATE task_item SET late_told_on = :late_told_on WHERE id IN (:items!ids);

-- ---- what is counted

-- name: task_counted :one
-- A part that somebody has to do, or has done; parts to know are not counted.
SELECT record, target_unit, state, given_at, due_on, done_on FROM task_item WHERE id = :id!int AND role <> 'inform' AND state <> 'recalled';

-- name: task_counted_after :many
SELECT id FROM task_item WHERE id > :after!int AND role <> 'inform' AND state <> 'recalled' ORDER BY id LIMIT :most!int;

-- name: task_counted_of :many
-- Those of a record, recalled ones too: what was counted of them goes.
SELECT id FROM task_item WHERE record = :record!int AND role <> 'inform' ORDER BY id LIMIT 1000;

-- name: task_counted_lines :many
-- result: who_name text
SELECT id, title, given_name, CASE WHEN holder_name = '' THEN target_name ELSE holder_name END AS who_name
FROM task_item WHERE id IN (:some!ids) ORDER BY id;

-- ---- erasing

-- name: task_erase_items :exec
-- version: content taken away on demand.
UPDATE task_item SET title = :title, report = '', reason = '', due_why = '', version = version + 1 WHERE record = :record;

-- name: task_erase_directives :exec
UPDATE task_directive SET title = :title, text = '' WHERE record = :record;

-- name: task_erase_extensions :exec
UPDATE task_extension SET reason = '', note = '' WHERE item IN (SELECT id FROM task_item WHERE record = :record);

-- name: task_demo_person :one
SELECT person FROM auth_account WHERE login = :login;

-- name: task_some :many
-- The newest of all, for those who look at everything: tests and benches.
SELECT id FROM task_item ORDER BY id DESC LIMIT :most!int;
