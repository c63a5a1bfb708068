-- name: access_grant_add :exec
INSERT INTO access_grant (record, principal, kind, can, until_on) VALUES (:record, :principal, :kind, :can, :until_on)
ON CONFLICT (record, principal) DO UPDATE SET
  can = access_grant.can | excluded.can,
  until_on = CASE WHEN access_grant.until_on IS NULL OR excluded.until_on IS NULL THEN NULL
                  WHEN excluded.until_on > access_grant.until_on THEN excluded.until_on
                  ELSE access_grant.until_on END;

-- name: access_grant_cut :exec
-- Takes bits away.
UPDATE access_grant SET can = can & ~ :bits!int WHERE record = :record AND principal = :principal;

-- name: access_grant_delete :exec
DELETE FROM access_grant WHERE record = :record AND principal = :principal;

-- name: access_grant_delete_all :exec
DELETE FROM access_grant WHERE record = :record;

-- name: access_grants_of_post :many
-- The bits of every grant that reaches the post today.
SELECT g.can FROM access_wearer w
JOIN access_grant g ON g.record = :record AND g.principal = w.principal
WHERE w.post = :post AND (g.until_on IS NULL OR g.until_on >= :today!on);

-- name: access_wearer_delete_others :exec
DELETE FROM access_wearer WHERE post = :post AND principal NOT IN (:keep!ids);

-- name: access_wearer_add :exec
INSERT INTO access_wearer (post, principal) VALUES (:post, :principal) ON CONFLICT (post, principal) DO NOTHING;

-- name: access_wearer_list :many
SELECT principal FROM access_wearer WHERE post = :post ORDER BY principal;

-- name: access_wearer_has :one
SELECT principal FROM access_wearer WHERE post = :post AND principal = :principal;

-- name: access_posts_of_principal :many
SELECT post FROM access_wearer WHERE principal = :principal ORDER BY post;

-- name: access_readers_of :many
SELECT principal FROM access_grant WHERE record = :record AND (until_on IS NULL OR until_on >= :today!on) ORDER BY principal;

-- name: access_posts_of :many
SELECT DISTINCT w.post FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
WHERE g.record = :record AND (g.until_on IS NULL OR g.until_on >= :today!on) ORDER BY w.post;
