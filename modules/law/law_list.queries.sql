-- piece: law_list_row
w.id, w.family, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
w.suspended_on, w.resumed_on, w.declared, w.declared_on, w.changed_at, w.name_key, w.issued_key

-- piece: law_list_filter
(:family = '' OR w.family = :family) AND (:type = '' OR w.type = :type) AND (:issuer = '' OR w.issuer = :issuer)
AND (:topic!text = '' OR EXISTS (SELECT 1 FROM law_topic t WHERE t.work = w.id AND t.topic = :topic!text))
AND (:since!text = '' OR w.issued_key >= :since!text) AND (:upto!text = '' OR (w.issued_key > '' AND w.issued_key <= :upto!text))
AND (:state!text = '' OR CASE
       WHEN w.effective_on IS NULL THEN w.declared
       WHEN w.effective_on > :today!text THEN 'pending'
       WHEN w.expired_on <= :today!text OR w.ended_on <= :today!text THEN 'expired'
       WHEN w.partly_on <= :today!text THEN 'partly'
       WHEN w.declared IN ('expired', 'suspended', 'partly') THEN w.declared ELSE 'in_force' END = :state!text
     OR (:state!text = 'force' AND w.effective_on <= :today!text AND w.declared NOT IN ('expired', 'suspended') AND (w.expired_on IS NULL OR w.expired_on > :today!text)
         AND (w.ended_on IS NULL OR w.ended_on > :today!text)))

-- name: law_list_newest :many
-- By date of issue, the newest first; below the key (day, id). What has no date of issue comes after all others.
SELECT
-- with: law_list_row
FROM law_work w WHERE
-- with: law_list_filter
AND (w.issued_key, w.id) < (:day!text, :last!int) ORDER BY w.issued_key DESC, w.id DESC LIMIT :most!int;

-- name: law_list_changed :many
-- What was added or changed in the library last.
SELECT
-- with: law_list_row
FROM law_work w WHERE
-- with: law_list_filter
AND (w.changed_at, w.id) < (:stamp!int, :last!int) ORDER BY w.changed_at DESC, w.id DESC LIMIT :most!int;

-- name: law_list_named :many
-- By name, without diacritics; what has none last, by number.
SELECT
-- with: law_list_row
FROM law_work w WHERE
-- with: law_list_filter
AND (w.name_key, w.id) > (:name!text, :last!int) ORDER BY w.name_key, w.id LIMIT :most!int;

-- name: law_list_counts :many
-- The kept counts of kinds, issuers or topics, the greatest first.
SELECT value, family, n FROM law_count WHERE what = :what AND n > 0 ORDER BY n DESC, value, family LIMIT :most!int;

-- name: law_list_some :many
SELECT w.id, w.family, w.type, w.code, w.issuer, w.title, w.short_title, w.issued_on, w.effective_on, w.expired_on, w.ended_on, w.partly_on,
       w.suspended_on, w.resumed_on, w.declared, w.declared_on, w.changed_at
FROM law_work w WHERE w.id IN (:works!ids);

-- name: law_list_places :many
-- Of found articles: where they stand.
SELECT id, work, eid, label, level FROM law_provision WHERE id IN (:places!ids);
