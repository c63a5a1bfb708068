-- name: law_change_page :many
SELECT e.id, e.op, e.target_eid, e.target_code, e.why, e.state, e.effective_on, w.type, w.code, w.short_title, w.title, w.issued_on
FROM law_event e JOIN law_work w ON w.id = e.acting_work WHERE e.state = :state AND e.id > :after!int ORDER BY e.id LIMIT :most!int;

-- name: law_change_one :one
-- result: acting_eid text
SELECT e.id, e.op, e.acting_work, e.target_work, e.target_eid, e.target_code, e.why, e.state, e.effective_on, e.heading, e.new_text, e.evidence, e.is_applied, e.version,
       w.type, w.code, w.short_title, w.title, w.issued_on, COALESCE(p.eid, '') AS acting_eid
FROM law_event e JOIN law_work w ON w.id = e.acting_work LEFT JOIN law_provision p ON p.id = e.acting_provision WHERE e.id = :id!law_event_id;
