-- name: deadline_clock_add :exec
INSERT INTO deadline_clock (id, record, rule, rule_version, start_on, start_minute, facts, has_saturday, closes, state, due_on, due_minute, is_provisional)
VALUES (:id, :record, :rule, :rule_version, :start_on, :start_minute, :facts, :has_saturday, :closes, 'running', :due_on, :due_minute, :is_provisional);

-- name: deadline_clock_by_id :one
SELECT id, record, rule, rule_version, start_on, start_minute, facts, has_saturday, closes, state, due_on, due_minute, is_provisional, ended_on
FROM deadline_clock WHERE id = :id;

-- name: deadline_clock_of_record :many
SELECT id FROM deadline_clock WHERE record = :record ORDER BY id;

-- name: deadline_clock_provisional :many
SELECT id, due_on FROM deadline_clock WHERE is_provisional = :is_provisional AND state = 'running' AND id > :after!int ORDER BY id LIMIT :most!int;

-- name: deadline_clock_due :exec
UPDATE deadline_clock SET state = :state, due_on = :due_on, due_minute = :due_minute, is_provisional = :is_provisional WHERE id = :id;

-- name: deadline_clock_ended :exec
UPDATE deadline_clock SET state = :state, ended_on = :ended_on WHERE id = :id AND state IN ('running', 'paused');

-- name: deadline_paper_add :exec
INSERT INTO deadline_paper (id, clock, kind, doc, article, day_on, amount) VALUES (:id, :clock, :kind, :doc, :article, :day_on, :amount);

-- name: deadline_papers :many
SELECT kind, doc, article, day_on, amount FROM deadline_paper WHERE clock = :clock ORDER BY id;

-- name: deadline_papers_erase :exec
UPDATE deadline_paper SET doc = :doc WHERE clock IN (SELECT id FROM deadline_clock WHERE record = :record!int);
