-- Publications of a fund's statement.

-- name: fund_publication_insert :exec
INSERT INTO fund_publication (id, fund, day_on, file, receipts, root, n, sum, size, made_at)
VALUES (:id!int, :fund!int, :day_on, :file!int, :receipts!int, :root, :n, :sum, :size, :made_at);

-- name: fund_publications :many
SELECT id, day_on, root, n, sum, size, made_at FROM fund_publication WHERE fund = :fund!int ORDER BY id DESC LIMIT :most!int;

-- name: fund_publication_find :one
SELECT p.id, p.day_on, p.file, p.receipts, p.root, f.code FROM fund_publication p JOIN fund_fund f ON f.id = p.fund WHERE p.id = :id!int AND p.fund = :fund!int;

-- name: fund_publication_last :one
SELECT id, day_on, receipts, root FROM fund_publication WHERE fund = :fund!int ORDER BY id DESC LIMIT 1;

-- name: fund_publication_holding :many
SELECT id, fund FROM fund_publication WHERE file = :file!int OR receipts = :file!int ORDER BY id LIMIT 20;

-- name: fund_unpublished :many
SELECT id FROM fund_fund WHERE acts > published_acts ORDER BY id LIMIT 300;
