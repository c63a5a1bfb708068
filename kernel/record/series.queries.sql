-- name: record_series_take :one
INSERT INTO record_series (name, owner, year, next) VALUES (:name, :owner, :year, 2)
ON CONFLICT (name, owner, year) DO UPDATE SET next = record_series.next + 1
RETURNING next - 1 AS number;

-- name: record_series_peek :one
SELECT next AS number FROM record_series WHERE name = :name AND owner = :owner AND year = :year;
