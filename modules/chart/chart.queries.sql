-- name: chart_cell_take :exec
-- What the record added before goes out of its cells.
UPDATE chart_cell SET n = n - 1
WHERE (principal, arrival_on, field, unit, outcome, due_day) IN
      (SELECT principal, arrival_on, field, unit, outcome, due_day FROM chart_part WHERE record = :record);

-- name: chart_cell_sweep :exec
DELETE FROM chart_cell
WHERE n = 0 AND (principal, arrival_on, field, unit, outcome, due_day) IN
      (SELECT principal, arrival_on, field, unit, outcome, due_day FROM chart_part WHERE record = :record);

-- name: chart_part_delete :exec
DELETE FROM chart_part WHERE record = :record;

-- name: chart_part_insert :exec
INSERT INTO chart_part (principal, arrival_on, record, field, unit, outcome, due_day)
SELECT g.principal, v.arrival_on, v.id, v.field, coalesce(v.lead_unit, 0),
       CASE WHEN v.done_on IS NULL AND v.state <> 'closed' THEN 'open'
            WHEN v.due_on IS NULL THEN 'done'
            WHEN coalesce(v.done_on, v.due_on) <= v.due_on THEN 'on_time'
            ELSE 'late' END,
       CASE WHEN v.done_on IS NULL AND v.state <> 'closed' THEN coalesce(v.due_on, '') ELSE '' END
FROM document_v_doc v JOIN access_grant g ON g.record = v.id
WHERE v.id = :record!int AND (g.until_on IS NULL OR g.until_on >= :today!on);

-- name: chart_cell_add :exec
INSERT INTO chart_cell (principal, arrival_on, field, unit, outcome, due_day, n)
SELECT principal, arrival_on, field, unit, outcome, due_day, 1 FROM chart_part WHERE record = :record
ON CONFLICT (principal, arrival_on, field, unit, outcome, due_day) DO UPDATE SET n = chart_cell.n + 1;

-- name: chart_is_empty :one
SELECT CASE WHEN EXISTS (SELECT 1 FROM chart_part) THEN 0 ELSE 1 END AS is_empty;

-- name: chart_documents_after :many
-- Registered documents for making the figures anew, by key.
SELECT id FROM document_v_doc WHERE id > :after!int ORDER BY id LIMIT 500;

-- name: chart_by_day :many
SELECT arrival_on, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE principal = :principal AND arrival_on BETWEEN :from!on AND :to!on
  AND (:field = '' OR field = :field) AND (:unit = 0 OR unit = :unit)
GROUP BY arrival_on ORDER BY arrival_on;

-- name: chart_by_unit :many
SELECT c.unit, coalesce(u.short_name, '') AS name, c.total, c.on_time, c.late, c.done, c.still_open, c.overdue
FROM (SELECT unit, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
             sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
      FROM chart_v_cell
      WHERE principal = :principal AND arrival_on BETWEEN :from!on AND :to!on
        AND (:field = '' OR field = :field) AND (:unit!int = 0 OR unit = :unit!int)
      GROUP BY unit) AS c
LEFT JOIN org_v_unit u ON u.id = c.unit
ORDER BY c.total DESC, c.unit;

-- name: chart_by_field :many
SELECT field, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE principal = :principal AND arrival_on BETWEEN :from!on AND :to!on
  AND (:field = '' OR field = :field) AND (:unit = 0 OR unit = :unit)
GROUP BY field ORDER BY field;

-- name: chart_records :many
-- The records behind a mark, newest arrival first, from a place on. outcome: empty for all; 'overdue' and 'waiting' part the open ones.
SELECT p.record, p.arrival_on, p.outcome, p.due_day, v.arrival_no, v.code, v.subject, v.issuer, v.lead_name, v.field
FROM chart_part p JOIN document_v_doc v ON v.id = p.record
WHERE p.principal = :principal AND p.arrival_on BETWEEN :from!on AND :to!on
  AND (:field = '' OR p.field = :field) AND (:unit = 0 OR p.unit = :unit)
  AND (:outcome = '' OR p.outcome = :outcome
       OR (p.outcome = 'open' AND :outcome = 'overdue' AND p.due_day <> '' AND p.due_day < :today_text!text)
       OR (p.outcome = 'open' AND :outcome = 'waiting' AND (p.due_day = '' OR p.due_day >= :today_text!text)))
  AND (p.arrival_on, p.record) < (:before!on, :before_record!int)
ORDER BY p.arrival_on DESC, p.record DESC LIMIT :limit!int;
