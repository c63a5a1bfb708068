-- name: access_grant_put :exec
-- Rights add up; the later end wins, and none is the latest.
INSERT INTO access_grant (record, principal, kind, can, until_on) VALUES (:record, :principal, :kind, :can, :until_on)
ON CONFLICT (record, principal) DO UPDATE SET
    can = access_grant.can | excluded.can,
    until_on = CASE WHEN access_grant.until_on IS NULL OR excluded.until_on IS NULL THEN NULL
                    WHEN access_grant.until_on > excluded.until_on THEN access_grant.until_on
                    ELSE excluded.until_on END;

-- name: access_grant_one :one
SELECT can FROM access_grant WHERE record = :record AND principal = :principal;

-- name: access_grant_change :exec
UPDATE access_grant SET can = :can WHERE record = :record AND principal = :principal;

-- name: access_grant_delete :exec
DELETE FROM access_grant WHERE record = :record AND principal = :principal;

-- name: access_grant_delete_all :exec
DELETE FROM access_grant WHERE record = :record;

-- name: access_bits_of :many
-- The bits a post has, by each principal it counts as.
SELECT g.can FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.record = :record
WHERE w.post = :post AND (g.until_on IS NULL OR g.until_on >= :today!on);

-- name: access_wearer_clear :exec
DELETE FROM access_wearer WHERE post = :post;

-- name: access_wearer_put :exec
INSERT INTO access_wearer (post, principal) VALUES (:post, :principal) ON CONFLICT (post, principal) DO NOTHING;

-- name: access_wearer_of :many
SELECT principal FROM access_wearer WHERE post = :post ORDER BY principal;

-- name: access_grant_readers :many
SELECT principal FROM access_grant WHERE record = :record AND (until_on IS NULL OR until_on >= :today!on) ORDER BY principal;

-- name: access_grant_posts :many
SELECT DISTINCT w.post FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
WHERE g.record = :record AND (g.until_on IS NULL OR g.until_on >= :today!on) ORDER BY w.post;
