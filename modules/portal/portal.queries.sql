-- Sites --------------------------------------------------------------------------------------------------------

-- name: portal_units :many
-- Standing committees of the Front, city first.
SELECT id, level, name, short_name, code, phone, street FROM org_v_unit
WHERE kind = 'front' AND level IN ('city', 'commune') AND until_on IS NULL ORDER BY level, id;

-- name: portal_site_put :exec
INSERT INTO portal_site (id, unit, is_city, slug, name, name_fold, letter, sort_key, organ, code, street, phone)
VALUES (:id!portal_site_id, :unit, :is_city, :slug, :name, :name_fold, :letter, :sort_key, :organ, :code, :street, :phone)
ON CONFLICT (unit) DO UPDATE SET name = excluded.name, name_fold = excluded.name_fold, letter = excluded.letter,
    sort_key = excluded.sort_key, organ = excluded.organ, street = excluded.street, phone = excluded.phone;

-- name: portal_sites :many
SELECT id, unit, is_city, slug, name, name_fold, letter, organ, code, street, phone FROM portal_site ORDER BY is_city DESC, sort_key, id;

-- name: portal_site_by_slug :one
SELECT id, unit, is_city, slug, name, organ, code, street, phone FROM portal_site WHERE slug = :slug;

-- name: portal_site_by_id :one
SELECT id, unit, is_city, slug, name, organ, code, street, phone FROM portal_site WHERE id = :id;

-- name: portal_site_of_unit :one
SELECT id, unit, is_city, slug, name, organ, code, street, phone FROM portal_site WHERE unit = :unit;

-- name: portal_city :one
SELECT id, unit, is_city, slug, name, organ, code, street, phone FROM portal_site WHERE is_city = 1 ORDER BY id LIMIT 1;

-- name: portal_stamp_of :one
SELECT n FROM portal_stamp WHERE id = 1;

-- name: portal_stamp_grow :exec
INSERT INTO portal_stamp (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = portal_stamp.n + 1;

-- Articles -----------------------------------------------------------------------------------------------------

-- name: portal_article_add :exec
INSERT INTO portal_article (id, site, unit, slug, category, state, stage, working, title, made_by, made_at, changed_at)
VALUES (:id!portal_article_id, :site, :unit, :slug, :category, 'new', 'draft', :working, :title, :made_by, :made_at, :made_at);

-- name: portal_version_add :exec
INSERT INTO portal_version (id, article, n, title, lead, body, author, source, picture, alt, credit, note, made_by, made_name, made_at, changed_at)
VALUES (:id!portal_version_id, :article, :n, :title, :lead, :body, :author, :source, :picture, :alt, :credit, :note, :made_by, :made_name, :made_at, :made_at);

-- name: portal_version_change :exec
UPDATE portal_version SET title = :title, lead = :lead, body = :body, author = :author, source = :source, picture = :picture,
    alt = :alt, credit = :credit, note = :note, made_by = :made_by, made_name = :made_name, changed_at = :changed_at
WHERE id = :id;

-- name: portal_article_change :exec
UPDATE portal_article SET slug = :slug, category = :category, title = :title, working = :working, stage = :stage, reach = :reach,
    version = version + 1, changed_at = :changed_at
WHERE id = :id AND version = :version;

-- name: portal_article_by_id :one
SELECT id, site, unit, slug, category, state, stage, approver, reach, proposal, live, working, title, place, version, made_by, made_at,
    changed_at, first_at, live_at, withdrawn_at, withdrawn_by, reason, instead
FROM portal_article WHERE id = :id;

-- name: portal_article_at :one
-- By any address it ever had.
SELECT a.id, a.site, a.unit, a.slug, a.category, a.state, a.proposal, a.reach, a.live, a.title, a.first_at, a.live_at, a.withdrawn_at, a.withdrawn_by, a.reason, a.instead
FROM portal_slug s JOIN portal_article a ON a.id = s.article WHERE s.site = :site AND s.slug = :slug;

-- name: portal_version_by_id :one
SELECT id, article, n, title, lead, body, author, source, picture, alt, credit, note, made_by, made_name, made_at, changed_at,
    approved_by, approved_name, approved_at, publish_at, live_at
FROM portal_version WHERE id = :id;

-- name: portal_versions :many
-- Newest first.
SELECT id, n, title, note, made_name, changed_at, approved_name, approved_at, publish_at, live_at FROM portal_version
WHERE article = :article ORDER BY n DESC;

-- name: portal_last_n :one
SELECT n FROM portal_version WHERE article = :article ORDER BY n DESC LIMIT 1;

-- name: portal_slug_add :exec
INSERT INTO portal_slug (site, slug, article) VALUES (:site, :slug, :article) ON CONFLICT (site, slug) DO NOTHING;

-- name: portal_slug_of :one
SELECT article FROM portal_slug WHERE site = :site AND slug = :slug;

-- name: portal_stage_set :exec
UPDATE portal_article SET stage = :stage, approver = :approver, version = version + 1, changed_at = :changed_at
WHERE id = :id AND version = :version;

-- name: portal_version_approve :exec
UPDATE portal_version SET approved_by = :approved_by, approved_name = :approved_name, approved_at = :approved_at, publish_at = :publish_at
WHERE id = :id;

-- name: portal_version_live :exec
UPDATE portal_version SET live_at = :live_at, publish_at = NULL WHERE id = :id;

-- name: portal_article_live :exec
UPDATE portal_article SET state = 'live', stage = 'none', live = working, working = 0, title = :title, place = :place,
    first_at = :first_at, live_at = :live_at, version = version + 1, changed_at = :live_at
WHERE id = :id AND version = :version;

-- name: portal_article_withdraw :exec
UPDATE portal_article SET state = 'withdrawn', withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by, reason = :reason,
    instead = :instead, version = version + 1, changed_at = :withdrawn_at
WHERE id = :id AND version = :version;

-- name: portal_proposal_set :exec
UPDATE portal_article SET proposal = :proposal, version = version + 1, changed_at = :changed_at WHERE id = :id AND version = :version;

-- name: portal_shown_put :exec
INSERT INTO portal_shown (site, article, place, category) VALUES (:site, :article, :place, :category)
ON CONFLICT (site, article) DO UPDATE SET category = excluded.category;

-- name: portal_shown_drop :exec
DELETE FROM portal_shown WHERE article = :article;

-- name: portal_shown_drop_at :exec
DELETE FROM portal_shown WHERE article = :article AND site = :site;

-- name: portal_due :many
-- Approved, and its time has come.
SELECT a.id, a.version FROM portal_version v JOIN portal_article a ON a.working = v.id
WHERE v.publish_at <= :now!at AND a.stage = 'approved' ORDER BY v.publish_at NULLS LAST, v.id LIMIT 20;

-- Boxes of the work side ---------------------------------------------------------------------------------------

-- piece: portal_line
SELECT a.id, a.title, a.category, a.state, a.stage, a.approver, a.proposal, a.changed_at, a.live_at, s.name AS site_name,
    (SELECT v.made_name FROM portal_version v WHERE v.id = CASE WHEN a.working > 0 THEN a.working ELSE a.live END) AS author
FROM portal_article a JOIN portal_site s ON s.id = a.site

-- name: portal_in_stage :many
-- with: portal_line
-- result: author text
WHERE a.unit = :unit AND a.stage = :stage AND a.id < :before!int ORDER BY a.id DESC LIMIT :most!int;

-- name: portal_in_state :many
-- with: portal_line
-- result: author text
WHERE a.unit = :unit AND a.state = :state AND a.id < :before!int ORDER BY a.id DESC LIMIT :most!int;

-- name: portal_for_city :many
-- What communes ask the city to approve.
-- with: portal_line
-- result: author text
WHERE a.approver = 'city' AND a.stage = 'submitted' AND a.id < :before!int ORDER BY a.id DESC LIMIT :most!int;

-- name: portal_proposed :many
-- What communes propose for the city's site.
-- with: portal_line
-- result: author text
WHERE a.proposal = 'asked' AND a.state = 'live' AND a.id < :before!int ORDER BY a.id DESC LIMIT :most!int;

-- name: portal_counts :one
SELECT (SELECT count(*) FROM portal_article WHERE unit = :unit AND stage = 'draft') AS drafts,
       (SELECT count(*) FROM portal_article WHERE unit = :unit AND stage = 'returned') AS returned,
       (SELECT count(*) FROM portal_article WHERE unit = :unit AND stage = 'submitted') AS submitted,
       (SELECT count(*) FROM portal_article WHERE unit = :unit AND stage = 'approved') AS approved;

-- name: portal_city_counts :one
SELECT (SELECT count(*) FROM portal_article WHERE approver = 'city' AND stage = 'submitted') AS asked,
       (SELECT count(*) FROM portal_article WHERE proposal = 'asked' AND state = 'live') AS proposed;

-- What the public reads ----------------------------------------------------------------------------------------

-- piece: portal_news
SELECT h.place, h.category, a.id, a.slug, a.first_at, a.live_at, v.title, v.lead, v.body, v.author, v.picture, v.alt, s.slug AS site_slug, s.name AS site_name, s.id AS site, s.is_city
FROM portal_shown h JOIN portal_article a ON a.id = h.article JOIN portal_version v ON v.id = a.live JOIN portal_site s ON s.id = a.site

-- name: portal_news_of :many
-- A site's own list; a commune's has what the city sends to every commune too.
-- with: portal_news
WHERE h.site IN (:site!int, :also!int) AND h.place < :before!int ORDER BY h.place DESC LIMIT :most!int;

-- name: portal_news_in :many
-- with: portal_news
WHERE h.site IN (:site!int, :also!int) AND h.category = :category AND h.place < :before!int ORDER BY h.place DESC LIMIT :most!int;

-- name: portal_map_of :many
-- Addresses of all that is live, by key.
SELECT a.id, a.slug, a.live_at, s.slug AS site_slug FROM portal_article a JOIN portal_site s ON s.id = a.site
WHERE a.state = 'live' AND a.id > :after!int ORDER BY a.id LIMIT :most!int;

-- name: portal_corrections :many
-- Later versions that went live: what was corrected, and when.
SELECT n, note, live_at FROM portal_version WHERE article = :article AND n > 1 AND live_at > :after!int ORDER BY n;

-- For others ---------------------------------------------------------------------------------------------------

-- name: portal_ids :many
SELECT id FROM portal_article WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: portal_some :many
SELECT a.id, a.title, a.state, a.slug, s.slug AS site_slug, s.name AS site_name FROM portal_article a JOIN portal_site s ON s.id = a.site
WHERE a.id IN (:some!ids) ORDER BY a.id;

-- name: portal_holding :many
SELECT v.article, v.title FROM portal_version v WHERE v.picture = :picture ORDER BY v.id DESC LIMIT 5;

-- name: portal_demo_person :one
SELECT person FROM auth_account WHERE login = :login;

-- Duties -------------------------------------------------------------------------------------------------------

-- name: portal_duty_add :exec
INSERT INTO portal_duty (id, site, item, changed_at) VALUES (:id!portal_duty_id, :site, :item, :changed_at) ON CONFLICT (site, item) DO NOTHING;

-- name: portal_duties :many
SELECT id, site, item, owner, page, updated_on, version FROM portal_duty WHERE site = :site ORDER BY id;

-- name: portal_duties_all :many
-- For the city: how each site stands.
SELECT d.site, d.item, d.page, d.updated_on FROM portal_duty d ORDER BY d.site, d.id;

-- name: portal_duty_by_id :one
SELECT id, site, item, owner, page, updated_on, version FROM portal_duty WHERE id = :id;

-- name: portal_duty_change :exec
UPDATE portal_duty SET owner = :owner, page = :page, updated_on = :updated_on, version = version + 1, changed_at = :changed_at
WHERE id = :id AND version = :version;
