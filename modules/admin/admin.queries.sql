-- Reading what the kernel keeps, for the administrator's pages.

-- name: admin_entries :many
-- Entries of the audit trail, newest first, below a place, narrowed by whatever is given.
SELECT seq, made_at, person, post, verb, kind, record, before_json, after_json, ip FROM audit_entry
WHERE seq < :below!int AND (:who!int = 0 OR person = :who!int) AND (:what!int = 0 OR record = :what!int)
  AND (:wanted!text = '' OR verb = :wanted!text OR kind = :wanted!text)
  AND made_at >= :first!int AND made_at < :last!int
ORDER BY seq DESC LIMIT :most!int;

-- name: admin_jobs_counted :many
SELECT state, count(*) AS n FROM job_job GROUP BY state ORDER BY state;

-- name: admin_events_parked :one
SELECT count(*) AS n FROM event_parked;

-- name: admin_sessions :one
SELECT count(*) AS n FROM auth_session WHERE used_at >= :since!at;

-- name: admin_audit_last :one
SELECT seq, made_at FROM audit_entry ORDER BY seq DESC LIMIT 1;

-- name: admin_changes_last :one
-- How far the feed of the search index has come.
SELECT position FROM search_change ORDER BY position DESC LIMIT 1;

-- name: admin_administrators :many
-- Posts in force with a role.
SELECT id FROM org_v_post
WHERE (roles & :role!int) <> 0 AND from_on <= :today!on AND (until_on IS NULL OR until_on >= :today!on)
  AND (term_until_on IS NULL OR term_until_on >= :today!on)
ORDER BY id NULLS LAST;
