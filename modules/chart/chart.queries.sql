-- What a filter leaves. field: empty for all, '-' for those without one; unit: 0 for all, -1 for those nobody has yet;
-- commune: empty for all, '-' for what is about none.
-- piece: chart_filtered
source = :source AND principal = :principal AND day_on BETWEEN :from!on AND :to!on
  AND (:field!text = '' OR field = :field!text OR (:field!text = '-' AND field = ''))
  AND (:unit!int = 0 OR unit = :unit!int OR (:unit!int = -1 AND unit = 0))
  AND (:commune!text = '' OR commune = :commune!text OR (:commune!text = '-' AND commune = ''))

-- name: chart_cell_take :exec
-- What the record added before goes out of its cells.
UPDATE chart_cell SET n = n - 1
WHERE (source, principal, day_on, field, unit, commune, outcome, due_day) IN
      (SELECT source, principal, day_on, field, unit, commune, outcome, due_day FROM chart_part WHERE record = :record AND source = :source);

-- name: chart_cell_sweep :exec
DELETE FROM chart_cell
WHERE n = 0 AND (source, principal, day_on, field, unit, commune, outcome, due_day) IN
      (SELECT source, principal, day_on, field, unit, commune, outcome, due_day FROM chart_part WHERE record = :record AND source = :source);

-- name: chart_part_delete :exec
DELETE FROM chart_part WHERE record = :record AND source = :source;

-- name: chart_part_insert :exec
-- For each principal that may read it, or what it stands on.
INSERT INTO chart_part (source, principal, day_on, record, field, unit, commune, outcome, due_day)
SELECT :source!text, g.principal, :day_on, :record, :field, :unit, :commune, :outcome, :due_day
FROM access_grant g WHERE g.record = :readers_of!int AND (g.until_on IS NULL OR g.until_on >= :today!on);

-- name: chart_cell_add :exec
INSERT INTO chart_cell (source, principal, day_on, field, unit, commune, outcome, due_day, n)
SELECT source, principal, day_on, field, unit, commune, outcome, due_day, 1 FROM chart_part WHERE record = :record AND source = :source
ON CONFLICT (source, principal, day_on, field, unit, commune, outcome, due_day) DO UPDATE SET n = chart_cell.n + 1;

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

-- name: chart_by_commune :many
SELECT commune, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE
-- with: chart_filtered
GROUP BY commune ORDER BY commune;

-- name: chart_by_unit_month :many
-- result: month text
SELECT unit, substr(day_on, 1, 7) AS month, sum(n) AS total, sum(on_time) AS on_time, sum(late) AS late, sum(done) AS done, sum(still_open) AS still_open,
       sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END) AS overdue
FROM chart_v_cell
WHERE
-- with: chart_filtered
GROUP BY unit, substr(day_on, 1, 7) ORDER BY unit, substr(day_on, 1, 7);

-- name: chart_commune_of :one
-- The commune of a unit's organ.
-- result: commune text
SELECT min(code) AS commune FROM org_v_unit_place WHERE unit = :unit!int;

-- name: chart_stock_keep :exec
-- What is open now, as of the day that ends.
INSERT INTO chart_stock (source, principal, day_on, overdue, waiting)
SELECT source, principal, :today!on, sum(CASE WHEN due_day <> '' AND due_day < :today_text!text THEN n ELSE 0 END),
       sum(CASE WHEN due_day = '' OR due_day >= :today_text!text THEN n ELSE 0 END)
FROM chart_cell WHERE outcome = 'open' AND source = :source GROUP BY source, principal
ON CONFLICT (source, principal, day_on) DO UPDATE SET overdue = excluded.overdue, waiting = excluded.waiting;

-- name: chart_stock_between :many
SELECT day_on, overdue, waiting FROM chart_stock
WHERE source = :source AND principal = :principal AND day_on BETWEEN :from!on AND :to!on ORDER BY day_on;

-- name: chart_cells_kept :many
-- The cells of a source as they are kept, and below as its parts give them: the two are to be the same.
SELECT principal, day_on, field, unit, commune, outcome, due_day, n FROM chart_cell
WHERE source = :source ORDER BY principal, day_on, field, unit, commune, outcome, due_day;

-- name: chart_cells_counted :many
SELECT principal, day_on, field, unit, commune, outcome, due_day, count(*) AS n FROM chart_part
WHERE source = :source GROUP BY principal, day_on, field, unit, commune, outcome, due_day
ORDER BY principal, day_on, field, unit, commune, outcome, due_day;

-- name: chart_is_off :one
-- Whether some cell is not what its parts add up to.
SELECT CASE WHEN EXISTS (
    SELECT principal, day_on, field, unit, commune, outcome, due_day, n FROM chart_cell WHERE source = :source
    EXCEPT
    SELECT principal, day_on, field, unit, commune, outcome, due_day, count(*) FROM chart_part WHERE source = :source
    GROUP BY principal, day_on, field, unit, commune, outcome, due_day)
  OR (SELECT coalesce(sum(n), 0) FROM chart_cell WHERE source = :source) <> (SELECT count(*) FROM chart_part WHERE source = :source)
  THEN 1 ELSE 0 END AS is_off;

-- name: chart_forget_parts :exec
DELETE FROM chart_part WHERE source = :source;

-- name: chart_forget_cells :exec
DELETE FROM chart_cell WHERE source = :source;

-- name: chart_first :one
-- The first day of a source that a principal has figures of.
-- result: first_on on
SELECT min(day_on) AS first_on FROM chart_cell WHERE source = :source AND principal = :principal;
