-- Reading what the kernel keeps, for the administrator's pages.

-- name: admin_entries :many
-- Entries of the audit trail, newest first, below a place, narrowed by whatever is given. That something was done is for
-- whoever reads the trail; what was written of a record only for a post that may read that record today. What the office
-- itself is run by (accounts, posts, settings, jobs) and the public library of law go with the trail.
-- result: before_json text, after_json text
SELECT f.seq, f.made_at, f.person, f.post, f.verb, f.kind, f.record, f.ip, f.is_erased, f.has_detail AND NOT f.may_read AS is_hidden,
       CASE WHEN f.may_read THEN f.before_json ELSE '' END AS before_json,
       CASE WHEN f.may_read THEN f.after_json ELSE '' END AS after_json
FROM (SELECT e.seq, e.made_at, e.person, e.post, e.verb, e.kind, e.record, e.ip, coalesce(d.erased_in, 0) > 0 AS is_erased,
             d.seq IS NOT NULL AS has_detail, coalesce(d.before_json, '') AS before_json, coalesce(d.after_json, '') AS after_json,
             (e.record = 0 OR e.kind IN ('account', 'admin', 'assistant', 'auth', 'config', 'job', 'law', 'org') OR e.verb = 'record.erased'
              OR EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
                         WHERE g.record = e.record AND g.kind = e.kind AND w.post = :reader!int
                           AND (g.until_on IS NULL OR g.until_on >= :today!on))) AS may_read
      FROM audit_entry e LEFT JOIN audit_detail d ON d.seq = e.seq
      WHERE e.seq < :below!int AND (:who!int = 0 OR e.person = :who!int) AND (:what!int = 0 OR e.record = :what!int)
        AND (:wanted!text = '' OR e.verb = :wanted!text OR e.kind = :wanted!text)
        AND e.made_at >= :first!int AND e.made_at < :last!int
      ORDER BY e.seq DESC LIMIT :most!int) f
ORDER BY f.seq DESC;

-- name: admin_jobs_told :many
-- Of these jobs, those whose words a post may read: what they are about is its own to see, or nobody's in particular.
SELECT j.id AS number FROM job_job j
WHERE j.id IN (:ids!ids)
  AND (j.record = 0
       OR EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
                  WHERE g.record = j.record AND w.post = :reader!int AND (g.until_on IS NULL OR g.until_on >= :today!on)));

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

-- name: admin_use :many
-- What each person brought in today and in the last month, and what waits for them with forms not acted on; most first.
SELECT u.person, sum(CASE WHEN u.day_on = :today!on THEN u.files ELSE 0 END) AS files_today,
       sum(CASE WHEN u.day_on = :today!on THEN u.bytes ELSE 0 END) AS bytes_today, sum(u.files) AS files, sum(u.bytes) AS bytes,
       coalesce((SELECT sum(k.size) FROM http_kept k WHERE k.person = u.person), 0) AS waiting
FROM quota_use u WHERE u.day_on >= :since!on GROUP BY u.person ORDER BY sum(u.bytes) DESC, u.person LIMIT 200;

-- name: admin_administrators :many
-- Posts in force with a role.
SELECT id FROM org_v_post
WHERE (roles & :role!int) <> 0 AND from_on <= :today!on AND (until_on IS NULL OR until_on >= :today!on)
  AND (term_until_on IS NULL OR term_until_on >= :today!on)
ORDER BY id NULLS LAST;
