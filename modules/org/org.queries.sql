-- Finding ------------------------------------------------------------------------------------------------------

-- name: org_unit_by_id :one
SELECT id, code, kind, level, name, short_name, name_fold, short_fold, notation, organ, parent, ordinal, phone, email, street, from_on, until_on, source, version
FROM org_unit WHERE id = :id;

-- name: org_unit_coded :many
-- Units with a code, standing ones first.
SELECT id, until_on FROM org_unit WHERE code = :code ORDER BY until_on DESC NULLS FIRST, id;

-- name: org_unit_folded :many
-- Units of exactly this folded name, full or short.
SELECT id, until_on FROM org_unit WHERE name_fold = :fold!text
UNION
SELECT id, until_on FROM org_unit WHERE short_fold = :fold!text;

-- name: org_unit_children :many
SELECT id, code, kind, level, name, short_name, organ, parent, ordinal, phone, email, street, from_on, until_on
FROM org_unit WHERE parent = :parent AND (until_on IS NULL OR until_on >= :today!on) ORDER BY ordinal, sort_key, id;

-- name: org_unit_roots :many
SELECT id, code, kind, level, name, short_name, organ, ordinal, phone, email, street, from_on, until_on
FROM org_unit WHERE parent IS NULL AND (until_on IS NULL OR until_on >= :today!on) ORDER BY ordinal, sort_key, id;

-- name: org_unit_children_counted :many
-- The children of a unit with how many stand below each.
SELECT c.id, c.code, c.kind, c.level, c.name, c.short_name, c.organ, c.ordinal,
       (SELECT count(*) FROM org_unit g WHERE g.parent = c.id AND (g.until_on IS NULL OR g.until_on >= :today!on)) AS below
FROM org_unit c
WHERE c.parent = :parent!org_unit_id AND (c.until_on IS NULL OR c.until_on >= :today!on)
ORDER BY c.ordinal, c.sort_key, c.id;

-- name: org_units_of_organ :many
SELECT id, kind, name, short_name, name_fold, organ, parent, ordinal FROM org_unit
WHERE organ = :organ AND (until_on IS NULL OR until_on >= :today!on) ORDER BY ordinal, sort_key, id;

-- name: org_units_by_word :many
-- Units one of whose words is between low and high, standing ones first.
SELECT id, code, kind, level, name, short_name, name_fold, organ, until_on FROM org_unit
WHERE id IN (SELECT w.owner FROM org_word w WHERE w.kind = 'unit' AND w.word >= :low!bytes AND w.word < :high!bytes)
ORDER BY until_on DESC NULLS FIRST, ordinal, sort_key, id LIMIT :limit!int;

-- name: org_units_after :many
-- All units by id, for export and for making the index.
SELECT id, code, kind, level, name, short_name, notation, organ, parent, ordinal, phone, email, street, from_on, until_on
FROM org_unit WHERE id > :after!int ORDER BY id LIMIT :limit!int;

-- name: org_unit_count :one
SELECT count(*) AS n FROM org_unit;

-- name: org_person_by_id :one
SELECT id, code, name, name_fold, address, phone, email, until_on, version FROM org_person WHERE id = :id;

-- name: org_person_coded :many
SELECT id, name FROM org_person WHERE code = :code ORDER BY id;

-- name: org_people_first :many
-- People by name, given name first.
SELECT id, code, name, name_key, phone, email, until_on FROM org_person ORDER BY name_key, id LIMIT :limit!int;

-- name: org_people_next :many
SELECT id, code, name, name_key, phone, email, until_on FROM org_person
WHERE (name_key, id) > (:name_key, :id) ORDER BY name_key, id LIMIT :limit!int;

-- name: org_people_by_word :many
SELECT id, code, name, name_fold, name_key, phone, email, until_on FROM org_person
WHERE id IN (SELECT w.owner FROM org_word w WHERE w.kind = 'person' AND w.word >= :low!bytes AND w.word < :high!bytes)
ORDER BY name_key, id LIMIT :limit!int;

-- name: org_people_after :many
SELECT id, code, name, address, phone, email, until_on FROM org_person WHERE id > :after!int ORDER BY id LIMIT :limit!int;

-- name: org_person_count :one
SELECT count(*) AS n FROM org_person;

-- name: org_post_by_id :one
SELECT p.id, p.person, p.unit, p.title, p.roles, p.signs, p.is_main, p.ordinal, p.term, p.from_on, p.until_on, p.basis,
       t.until_on AS term_until_on, t.name AS term_name, h.name AS person_name, h.until_on AS person_until_on,
       u.short_name AS unit_name, u.organ, o.short_name AS organ_name
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE p.id = :id!org_post_id;

-- name: org_post_to_wear :one
-- All that a request needs to know about the person and the post.
SELECT p.person, p.unit, u.organ, p.title, p.roles, p.from_on, p.until_on, t.until_on AS term_until_on,
       h.until_on AS person_until_on, h.name, h.address, u.short_name AS unit_name, o.short_name AS organ_name
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE p.id = :post!org_post_id AND p.person = :person!org_person_id;

-- name: org_posts_of_person :many
-- Every post of a person, main ones first, newest first.
SELECT p.id, p.person, p.unit, p.title, p.roles, p.signs, p.is_main, p.ordinal, p.term, p.from_on, p.until_on, p.basis,
       t.until_on AS term_until_on, t.name AS term_name, h.name AS person_name, h.until_on AS person_until_on,
       u.short_name AS unit_name, u.organ, o.short_name AS organ_name
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE p.person = :person ORDER BY p.is_main DESC, p.ordinal, p.from_on DESC, p.id;

-- name: org_posts_of_unit :many
SELECT p.id, p.person, p.unit, p.title, p.roles, p.signs, p.is_main, p.ordinal, p.term, p.from_on, p.until_on, p.basis,
       t.until_on AS term_until_on, t.name AS term_name, h.name AS person_name, h.until_on AS person_until_on,
       u.short_name AS unit_name, u.organ, o.short_name AS organ_name
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE p.unit = :unit ORDER BY p.ordinal, h.name_key, p.id;

-- name: org_posts_of_organ :many
-- The posts that have begun and not been ended in any unit of an organ, in order of office.
SELECT p.id, p.person, p.unit, p.title, p.roles, p.signs, p.is_main, p.ordinal, p.term, p.from_on, p.until_on, p.basis,
       t.until_on AS term_until_on, t.name AS term_name, h.name AS person_name, h.until_on AS person_until_on,
       u.short_name AS unit_name, u.organ, o.short_name AS organ_name
FROM org_unit u JOIN org_post p ON p.unit = u.id JOIN org_person h ON h.id = p.person JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE u.organ = :organ!int AND p.from_on <= :today!on AND (p.until_on IS NULL OR p.until_on >= :today!on)
ORDER BY p.ordinal, h.name_key, p.id;

-- name: org_posts_after :many
-- All posts by id, for writing anew what each counts as.
SELECT p.id, p.person, p.unit, p.roles, p.from_on, p.until_on, t.until_on AS term_until_on, h.until_on AS person_until_on, u.organ, u.parent
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit LEFT JOIN org_term t ON t.id = p.term
WHERE p.id > :after!int ORDER BY p.id LIMIT :limit!int;

-- name: org_admin_posts :many
-- Posts with a role that are in force on a day, as far as the post, its term and the person say.
SELECT p.id, p.person FROM org_post p JOIN org_person h ON h.id = p.person LEFT JOIN org_term t ON t.id = p.term
WHERE (p.roles & :role!int) <> 0 AND p.from_on <= :on!on AND (p.until_on IS NULL OR p.until_on >= :on!on)
  AND (h.until_on IS NULL OR h.until_on >= :on!on) AND (t.until_on IS NULL OR t.until_on >= :on!on)
ORDER BY p.id;

-- name: org_post_ids_of_unit :many
SELECT id FROM org_post WHERE unit = :unit ORDER BY id;

-- name: org_post_ids_of_person :many
SELECT id FROM org_post WHERE person = :person ORDER BY id;

-- name: org_post_ids_of_term :many
SELECT id FROM org_post WHERE term = :term ORDER BY id;

-- name: org_posts_exported :many
-- For the Excel list of people: every post of those who serve.
SELECT p.id, p.person, p.title, p.roles, p.from_on, p.until_on, t.until_on AS term_until_on, h.code, h.name, h.address, h.phone, h.email,
       u.code AS unit_code, u.name AS unit_name, o.name AS organ_name
FROM org_post p JOIN org_person h ON h.id = p.person JOIN org_unit u ON u.id = p.unit JOIN org_unit o ON o.id = u.organ
LEFT JOIN org_term t ON t.id = p.term
WHERE p.id > :after!int ORDER BY p.id LIMIT :limit!int;

-- name: org_group_of :one
SELECT id FROM org_group WHERE organ = :organ AND role = :role;

-- name: org_group_by_id :one
SELECT g.id, g.organ, g.role, u.short_name AS organ_name FROM org_group g JOIN org_unit u ON u.id = g.organ WHERE g.id = :id!org_group_id;

-- name: org_groups_of_organ :many
SELECT id, role FROM org_group WHERE organ = :organ ORDER BY role;

-- name: org_edges_of :many
-- How a unit stands to others, both ways.
SELECT e.id, e.kind, e.from_unit, e.to_unit, e.is_main, e.permits, e.from_on, e.until_on, e.basis,
       f.short_name AS from_name, t.short_name AS to_name
FROM org_edge e JOIN org_unit f ON f.id = e.from_unit JOIN org_unit t ON t.id = e.to_unit
WHERE e.from_unit = :unit!org_unit_id OR e.to_unit = :unit!org_unit_id
ORDER BY e.kind, e.until_on DESC NULLS FIRST, e.id LIMIT 200;

-- name: org_edge_by_id :one
SELECT id, kind, from_unit, to_unit, is_main, permits, from_on, until_on, basis FROM org_edge WHERE id = :id;

-- name: org_main_edges_from :many
SELECT id, to_unit, kind, from_on, until_on FROM org_edge WHERE from_unit = :from_unit AND is_main = 1 ORDER BY from_on NULLS FIRST, id;

-- name: org_main_edges_turning :many
-- Main edges that begin, or ended the day before, on a day: the tree is drawn anew there.
SELECT DISTINCT from_unit FROM org_edge WHERE is_main = 1 AND (from_on = :today!on OR until_on = :yesterday!on);

-- name: org_successors_of :many
SELECT s.new_unit, s.share, s.since_on, s.basis, u.name, u.short_name, u.until_on
FROM org_succession s JOIN org_unit u ON u.id = s.new_unit WHERE s.old_unit = :old_unit ORDER BY u.sort_key, u.id;

-- name: org_predecessors_of :many
SELECT s.old_unit, s.share, s.since_on, s.basis, u.name, u.short_name, u.parent, p.short_name AS parent_name
FROM org_succession s JOIN org_unit u ON u.id = s.old_unit LEFT JOIN org_unit p ON p.id = u.parent
WHERE s.new_unit = :new_unit ORDER BY u.level DESC, u.sort_key, u.id;

-- name: org_terms_of :many
SELECT id, name, from_on, until_on FROM org_term WHERE organ = :organ ORDER BY from_on DESC, id;

-- name: org_term_by_id :one
SELECT id, organ, name, from_on, until_on FROM org_term WHERE id = :id;

-- name: org_delegations_to :many
SELECT id, from_post, from_on, until_on, basis FROM org_delegation WHERE to_post = :to_post ORDER BY id;

-- name: org_delegations_of :many
-- Given and received by a person, newest first.
SELECT d.id, d.from_post, d.to_post, d.from_on, d.until_on, d.basis, fh.name AS from_name, th.name AS to_name
FROM org_delegation d JOIN org_post fp ON fp.id = d.from_post JOIN org_person fh ON fh.id = fp.person
JOIN org_post tp ON tp.id = d.to_post JOIN org_person th ON th.id = tp.person
WHERE fp.person = :person!org_person_id OR tp.person = :person!org_person_id ORDER BY d.id DESC LIMIT 100;

-- Writing ------------------------------------------------------------------------------------------------------

-- name: org_unit_insert :exec
INSERT INTO org_unit (id, code, kind, level, name, short_name, name_fold, short_fold, sort_key, notation, organ, parent, ordinal, phone, email, street,
                      from_on, until_on, source, changed_at)
VALUES (:id, :code, :kind, :level, :name, :short_name, :name_fold, :short_fold, :sort_key, :notation, :organ, :parent, :ordinal, :phone, :email, :street,
        :from_on, :until_on, :source, :changed_at);

-- name: org_unit_update :exec
UPDATE org_unit SET code = :code, name = :name, short_name = :short_name, name_fold = :name_fold, short_fold = :short_fold, sort_key = :sort_key,
       notation = :notation, ordinal = :ordinal, phone = :phone, email = :email, street = :street, version = version + 1, changed_at = :changed_at
WHERE id = :id AND version = :version;

-- name: org_unit_place :exec
-- version: follows from an edge, typed by nobody.
-- Where the tree draws it, and the organ that follows from it.
UPDATE org_unit SET parent = :parent, organ = :organ, version = version + 1, changed_at = :changed_at WHERE id = :id;

-- name: org_unit_end :exec
-- version: an act by itself, over nothing that was typed.
UPDATE org_unit SET until_on = :until_on, version = version + 1, changed_at = :changed_at WHERE id = :id;

-- name: org_word_clear :exec
DELETE FROM org_word WHERE owner = :owner;

-- name: org_word_add :exec
INSERT INTO org_word (owner, kind, word) VALUES (:owner, :kind, :word) ON CONFLICT (word, owner) DO NOTHING;

-- name: org_edge_insert :exec
INSERT INTO org_edge (id, kind, from_unit, to_unit, is_main, permits, from_on, until_on, basis)
VALUES (:id, :kind, :from_unit, :to_unit, :is_main, :permits, :from_on, :until_on, :basis);

-- name: org_edge_stop :exec
UPDATE org_edge SET until_on = :until_on WHERE id = :id;

-- name: org_succession_insert :exec
INSERT INTO org_succession (old_unit, new_unit, share, since_on, basis) VALUES (:old_unit, :new_unit, :share, :since_on, :basis);

-- name: org_succession_insert_unknown :exec
INSERT INTO org_succession (old_unit, new_unit, share, since_on, basis) VALUES (:old_unit, :new_unit, NULL, :since_on, :basis);

-- name: org_group_insert :exec
INSERT INTO org_group (id, organ, role) VALUES (:id, :organ, :role);

-- name: org_person_insert :exec
INSERT INTO org_person (id, code, name, name_fold, name_key, address, phone, email, changed_at)
VALUES (:id, :code, :name, :name_fold, :name_key, :address, :phone, :email, :changed_at);

-- name: org_person_update :exec
UPDATE org_person SET code = :code, name = :name, name_fold = :name_fold, name_key = :name_key, address = :address, phone = :phone, email = :email,
       version = version + 1, changed_at = :changed_at WHERE id = :id AND version = :version;

-- name: org_person_end :exec
-- version: an act by itself, over nothing that was typed.
UPDATE org_person SET until_on = :until_on, version = version + 1, changed_at = :changed_at WHERE id = :id;

-- name: org_term_insert :exec
INSERT INTO org_term (id, organ, name, from_on, until_on) VALUES (:id, :organ, :name, :from_on, :until_on);

-- name: org_term_stop :exec
UPDATE org_term SET until_on = :until_on WHERE id = :id;

-- name: org_post_insert :exec
INSERT INTO org_post (id, person, unit, title, roles, signs, is_main, ordinal, term, from_on, until_on, basis, changed_at)
VALUES (:id, :person, :unit, :title, :roles, :signs, :is_main, :ordinal, :term, :from_on, :until_on, :basis, :changed_at);

-- name: org_post_stop :exec
UPDATE org_post SET until_on = :until_on, changed_at = :changed_at WHERE id = :id;

-- name: org_delegation_insert :exec
INSERT INTO org_delegation (id, from_post, to_post, from_on, until_on, basis)
VALUES (:id, :from_post, :to_post, :from_on, :until_on, :basis);

-- The calendar -------------------------------------------------------------------------------------------------

-- name: org_holidays_between :many
SELECT day_on, is_work, reason, notice FROM org_holiday WHERE day_on >= :first!on AND day_on <= :last!on ORDER BY day_on;

-- name: org_holiday_years :many
SELECT year, source, is_checked FROM org_holiday_year ORDER BY year;

-- name: org_count_rules :many
SELECT key, from_on, until_on, law, words FROM org_count_rule
WHERE from_on <= :today!on AND (until_on IS NULL OR until_on >= :today!on) ORDER BY key;

-- name: org_holiday_put :exec
INSERT INTO org_holiday (day_on, is_work, reason, notice) VALUES (:day_on, :is_work, :reason, :notice) ON CONFLICT (day_on) DO NOTHING;

-- name: org_holiday_year_put :exec
INSERT INTO org_holiday_year (year, source, is_checked) VALUES (:year, :source, :is_checked) ON CONFLICT (year) DO NOTHING;

-- name: org_count_rule_put :exec
INSERT INTO org_count_rule (key, from_on, until_on, law, words) VALUES (:key, :from_on, :until_on, :law, :words)
ON CONFLICT (key, from_on) DO NOTHING;
