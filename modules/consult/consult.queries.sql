-- name: consult_insert :exec
INSERT INTO consult_item (id, organ, unit, title, lead, drafter, asked, is_public, closes_on, answer_on, draft, state, made_by, made_at, changed_at)
VALUES (:id!consult_item_id, :organ, :unit, :title, :lead, :drafter, :asked, :is_public, :closes_on, :answer_on, :draft, 'draft', :made_by, :made_at,
        :made_at);

-- name: consult_update :exec
UPDATE consult_item SET title = :title, lead = :lead, drafter = :drafter, asked = :asked, is_public = :is_public, closes_on = :closes_on,
       answer_on = :answer_on, draft = :draft, version = version + 1, changed_at = :changed_at
WHERE id = :id!consult_item_id AND version = :version AND state = 'draft';

-- name: consult_by_id :one
SELECT id, organ, unit, version, title, lead, drafter, asked, is_public, opens_on, closes_on, answer_on, draft, state, asked_by, published_on, made_by,
       made_at, changed_at
FROM consult_item WHERE id = :id!consult_item_id;

-- name: consult_move :exec
-- version: an act, asked of the state it begins from.
UPDATE consult_item SET state = :state, asked_by = :asked_by, opens_on = CASE WHEN :opens!text = '' THEN opens_on ELSE :opens!text END,
       published_on = CASE WHEN :published!text = '' THEN published_on ELSE :published!text END, version = version + 1, changed_at = :changed_at
WHERE id = :id!consult_item_id AND state = :was!text;

-- name: consult_clauses_clear :exec
DELETE FROM consult_clause WHERE item = :item;

-- name: consult_clause_insert :exec
INSERT INTO consult_clause (id, item, n, label, heading, text) VALUES (:id!consult_clause_id, :item, :n, :label, :heading, :text);

-- name: consult_clauses :many
SELECT n, label, heading, text FROM consult_clause WHERE item = :item ORDER BY n LIMIT 500;

-- name: consult_clause_of :one
SELECT n, label, heading, text FROM consult_clause WHERE item = :item AND n = :n;

-- ---- opinions

-- name: consult_opinion_insert :exec
INSERT INTO consult_opinion (id, item, clause, via, source, stance, text, key, name, place, people, theme, entered_by, made_at)
VALUES (:id!consult_opinion_id, :item, :clause, :via, :source, :stance, :text, :key, :name, :place, :people, :theme, :entered_by, :made_at);

-- name: consult_opinion_by_id :one
SELECT id, item, clause, via, source, stance, text, name, place, people, theme, made_at FROM consult_opinion WHERE id = :id!consult_opinion_id;

-- name: consult_theme_of_key :one
-- The theme of those who said the same words of the same clause.
SELECT theme FROM consult_opinion WHERE item = :item AND clause = :clause AND key = :key AND theme > 0 LIMIT 1;

-- name: consult_opinions :many
-- box: 0 all, 1 in no theme, 2 not answered, 3 answered; clause -1: of all; via '': of all.
SELECT o.id, o.clause, o.via, o.source, o.stance, o.text, o.name, o.place, o.people, o.theme, o.made_at, t.title, t.verdict
FROM consult_opinion o LEFT JOIN consult_theme t ON t.id = o.theme
WHERE o.item = :item AND o.id < :before!int AND (:clause!int < 0 OR o.clause = :clause!int) AND (:via!text = '' OR o.via = :via!text)
  AND (:stance!text = '' OR o.stance = :stance!text)
  AND (:box!int = 0 OR (:box!int = 1 AND o.theme = 0) OR (:box!int = 2 AND coalesce(t.verdict, '') = '') OR (:box!int = 3 AND t.verdict <> ''))
ORDER BY o.id DESC LIMIT :most!int;

-- name: consult_of_theme :many
SELECT id, via, source, stance, text, name, place, people, made_at FROM consult_opinion WHERE theme = :theme ORDER BY id LIMIT 200;

-- name: consult_put :exec
UPDATE consult_opinion SET theme = :theme WHERE item = :item AND clause = :clause AND id IN (:some!ids);

-- name: consult_take_out :exec
UPDATE consult_opinion SET theme = 0 WHERE item = :item AND id = :id!consult_opinion_id;

-- name: consult_counts :many
-- By clause: opinions with those who said them together, and what is not answered.
SELECT o.clause, count(*) AS n, sum(o.people) AS people, sum(CASE WHEN o.theme = 0 THEN 1 ELSE 0 END) AS loose,
       sum(CASE WHEN coalesce(t.verdict, '') = '' THEN 1 ELSE 0 END) AS waiting, sum(CASE WHEN o.stance = 'yes' THEN o.people ELSE 0 END) AS yes,
       sum(CASE WHEN o.stance = 'part' THEN o.people ELSE 0 END) AS part, sum(CASE WHEN o.stance = 'no' THEN o.people ELSE 0 END) AS refused
FROM consult_opinion o LEFT JOIN consult_theme t ON t.id = o.theme WHERE o.item = :item GROUP BY o.clause ORDER BY o.clause;

-- name: consult_unanswered :one
SELECT count(*) AS n FROM consult_opinion o LEFT JOIN consult_theme t ON t.id = o.theme WHERE o.item = :item AND coalesce(t.verdict, '') = '';

-- ---- themes

-- name: consult_theme_insert :exec
INSERT INTO consult_theme (id, item, clause, title, changed_at) VALUES (:id!consult_theme_id, :item, :clause, :title, :changed_at);

-- name: consult_theme_by_id :one
SELECT id, item, clause, version, title, verdict, reason, wording, answered_by FROM consult_theme WHERE id = :id!consult_theme_id;

-- name: consult_theme_answer :exec
UPDATE consult_theme SET title = :title, verdict = :verdict, reason = :reason, wording = :wording, answered_by = :answered_by, version = version + 1,
       changed_at = :changed_at
WHERE id = :id!consult_theme_id AND version = :version;

-- name: consult_themes :many
-- Those nobody stands in any more are not shown.
SELECT t.id, t.clause, t.title, t.verdict, t.reason, t.wording, sum(o.people) AS people, count(o.id) AS n
FROM consult_theme t JOIN consult_opinion o ON o.theme = t.id WHERE t.item = :item
GROUP BY t.id, t.clause, t.title, t.verdict, t.reason, t.wording ORDER BY t.clause, t.id LIMIT 1000;

-- name: consult_answered_by :one
SELECT count(*) AS n FROM consult_theme WHERE item = :item AND answered_by = :person!int;

-- ---- lists

-- name: consult_newest :many
SELECT i.id, i.title, i.drafter, i.state, i.opens_on, i.closes_on, i.answer_on, i.published_on, i.is_public FROM consult_item i
WHERE i.organ = :organ AND i.state IN (:one!text, :two!text, :three!text, :four!text, :five!text, :six!text) AND i.id < :before!int
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
              WHERE g.record = i.id AND w.post = :post!int AND (g.can & :need!int) <> 0)
ORDER BY i.id DESC LIMIT :most!int;

-- name: consult_state_counts :many
-- Of the organ's consultations, of which there are few in any year.
SELECT i.state, count(*) AS n,
       sum(CASE WHEN EXISTS (SELECT 1 FROM access_grant h JOIN access_wearer x ON x.principal = h.principal
                             WHERE h.record = i.id AND x.post = :post!int AND (h.can & :need!int) <> 0) THEN 1 ELSE 0 END) AS mine
FROM consult_item i WHERE i.organ = :organ
  AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = i.id AND w.post = :post!int)
GROUP BY i.state ORDER BY i.state;

-- name: consult_public :many
-- What the public may read, open ones first as asked for by state.
SELECT i.id, i.organ, i.title, i.lead, i.drafter, i.opens_on, i.closes_on, i.answer_on, i.published_on FROM consult_item i
WHERE i.state IN (:one!text, :other!text, :third!text) AND i.is_public = 1 AND i.closes_on >= :closes_from!text AND i.closes_on < :closes_until!text AND i.id < :before!int
ORDER BY i.id DESC LIMIT :most!int;

-- name: consult_stamp_now :one
SELECT max(changed_at) AS changed_at FROM consult_item;

-- ---- for the index, the charts, erasing

-- name: consult_ids :many
SELECT id FROM consult_item WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: consult_some :many
SELECT id, title, drafter, state, opens_on FROM consult_item WHERE id IN (:some!ids) ORDER BY id;

-- name: consult_erase_opinions :exec
UPDATE consult_opinion SET name = '', place = '', source = '' WHERE item = :item;

-- name: consult_demo_person :one
SELECT person FROM auth_account WHERE login = :login;
