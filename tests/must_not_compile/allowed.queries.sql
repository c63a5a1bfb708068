-- name: allowed_all :many
-- What looks like the refused but is not.
-- result: shout text
SELECT t.id, count(*) AS n, max(t.made_at) AS made_at, name || '''"?$ LIKE OFFSET' AS shout, t.is_open = 1 AS is_open
FROM thing_one t WHERE t.id IN (:ids!ids) AND t.due_on >= :from!on AND (t.colour = :colour!text OR t.id > :after!int)
GROUP BY t.id ORDER BY t.due_on DESC NULLS LAST, coalesce(t.colour, ''), t.id LIMIT :most!int;

-- name: allowed_text :one
UPDATE thing_two SET text = :text WHERE id = :id RETURNING text, one;

-- name: allowed_view_elsewhere :many
SELECT o.id, v.name AS other FROM thing_one o JOIN elsewhere_v_thing v ON v.id = o.id;

-- piece: allowed_filter
-- What two queries have in common.
(:colour!text = '' OR t.colour = :colour!text) AND t.id > :after!int

-- name: allowed_piece :many
SELECT t.id FROM thing_one t
WHERE
-- with: allowed_filter
ORDER BY t.id;

-- name: allowed_piece_again :many
SELECT t.id FROM thing_one t
WHERE t.is_open = 1 AND
-- with: allowed_filter
ORDER BY t.id DESC;

-- name: allowed_numbers :many
-- Computed, and none of them text.
SELECT t.id, count(t.name) AS n, CASE WHEN t.name = 'x' THEN 1 ELSE 0 END AS same, length(coalesce(t.name, '')) AS long_as, coalesce(max(t.made_at), 0) AS newest
FROM thing_one t WHERE t.name IN ('a', 'b') GROUP BY t.id, t.name;

-- name: allowed_version :exec
UPDATE thing_kept SET name = :name, version = version + 1 WHERE id = :id AND version = :version;

-- name: allowed_version_act :exec
-- version: an act over nothing that was typed.
UPDATE thing_kept SET name = '' WHERE id = :id;
