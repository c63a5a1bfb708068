-- What a filter leaves. field: empty for all, '-' for those without one; unit: 0 for all, -1 for those nobody has yet.
-- piece: chart_filtered
source = :source AND principal = :principal AND day_on BETWEEN :from!on AND :to!on
  AND (:field!text = '' OR field = :field!text OR (:field!text = '-' AND field = ''))
  AND (:unit!int = 0 OR unit = :unit!int OR (:unit!int = -1 AND unit = 0))

-- name: chart_cell_take :exec
-- What the record added before goes out of its cells.
UPDATE chart_cell SET n = n - 1
WHERE (source, principal, day_on, field, unit, outcome, due_day) IN
      (SELECT source, principal, day_on, field, unit, outcome, due_day FROM chart_part WHERE record = :record AND source = :source);

-- name: chart_cell_sweep :exec
DELETE FROM chart_cell
WHERE n = 0 AND (source, principal, day_on, field, unit, outcome, due_day) IN
      (SELECT source, principal, day_on, field, unit, outcome, due_day FROM chart_part WHERE record = :record AND source = :source);

-- name: chart_part_delete :exec
DELETE FROM chart_part WHERE record = :record AND source = :source;

-- name: chart_part_insert :exec
-- For each principal that may read it, or what it stands on.
INSERT INTO chart_part (source, principal, day_on, record, field, unit, outcome, due_day)
SELECT :source!text, g.principal, :day_on, :record, :field, :unit, :outcome, :due_day
FROM access_grant g WHERE g.record = :readers_of!int AND (g.until_on IS NULL OR g.until_on >= :today!on);

-- name: chart_cell_add :exec
INSERT INTO chart_cell (source, principal, day_on, field, unit, outcome, due_day, n)
SELECT source, principal, day_on, field, unit, outcome, due_day, 1 FROM chart_part WHERE record = :record AND source = :source
ON CONFLICT (source, principal, day_on, field, unit, outcome, due_day) DO UPDATE SET n = chart_cell.n + 1;

-- name: chart_is_empty :one
SELECT CASE WHEN EXISTS (SELECT 1 FROM chart_part WHERE source = :source) THEN 0 ELSE 1 END AS is_empty;

-- name: chart_by_day :many
SELECT day_on, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE
-- with: chart_filtered
GROUP BY day_on ORDER BY day_on;

-- name: chart_by_unit :many
SELECT c.unit, coalesce(u.short_name, '') AS name, c.total, c.on_time, c.late, c.done, c.still_open, c.overdue
FROM (SELECT unit, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
             sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
      FROM chart_v_cell
      WHERE
-- with: chart_filtered
      GROUP BY unit) AS c
LEFT JOIN org_v_unit u ON u.id = c.unit
ORDER BY c.total DESC, c.unit;

-- name: chart_by_field :many
SELECT field, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE
-- with: chart_filtered
GROUP BY field ORDER BY field;

-- name: chart_records :many
-- The records behind a mark, newest first, from a place on: those whose outcome is among the ones asked for.
SELECT record, day_on, field, outcome, due_day FROM chart_part
WHERE
-- with: chart_filtered
  AND ((:is_on_time!bool = 1 AND outcome = 'on_time') OR (:is_late!bool = 1 AND outcome = 'late') OR (:is_done!bool = 1 AND outcome = 'done')
       OR (:is_overdue!bool = 1 AND outcome = 'open' AND due_day <> '' AND due_day < :today_text!text)
       OR (:is_waiting!bool = 1 AND outcome = 'open' AND (due_day = '' OR due_day >= :today_text!text)))
  AND (day_on, record) < (:before!on, :before_record!int)
ORDER BY day_on DESC, record DESC LIMIT :limit!int;
