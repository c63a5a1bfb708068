-- name: auth_account_insert :exec
INSERT INTO auth_account (person, login, password, is_to_change, is_closed, language)
VALUES (:person, :login, :password, :is_to_change, 0, 'vi');

-- name: auth_account_by_login :one
SELECT person, password, is_to_change, is_closed FROM auth_account WHERE login = :login;

-- name: auth_account_by_person :one
SELECT login, password, is_to_change, is_closed, language, signed_in_at FROM auth_account WHERE person = :person;

-- name: auth_account_list :many
SELECT login, person FROM auth_account WHERE login > :after!text ORDER BY login LIMIT :most!int;

-- name: auth_account_signed_in :exec
UPDATE auth_account SET signed_in_at = :signed_in_at WHERE person = :person;

-- name: auth_password_set :exec
UPDATE auth_account SET password = :password, is_to_change = :is_to_change WHERE person = :person;

-- name: auth_account_close_set :exec
UPDATE auth_account SET is_closed = :is_closed WHERE person = :person;

-- name: auth_language_set :exec
UPDATE auth_account SET language = :language WHERE person = :person;

-- name: auth_tries :one
SELECT coalesce(sum(failures), 0) AS failures, max(failed_at) AS failed_at FROM auth_try
WHERE login = :login AND network = :network AND failed_at > :after!at;

-- name: auth_tries_since :one
SELECT coalesce(sum(failures), 0) AS failures, count(DISTINCT network) AS networks FROM auth_try
WHERE login = :login AND failed_at > :after!at;

-- name: auth_tries_count :one
SELECT count(*) AS rows_n FROM auth_try;

-- name: auth_tries_forget_login :exec
DELETE FROM auth_try WHERE login = :login;

-- name: auth_try_add :exec
INSERT INTO auth_try (login, network, hour_at, failures, failed_at) VALUES (:login, :network, :hour_at, 1, :failed_at)
ON CONFLICT (login, network, hour_at) DO UPDATE SET failures = auth_try.failures + 1, failed_at = excluded.failed_at;

-- name: auth_tries_forget :exec
DELETE FROM auth_try WHERE login = :login AND network = :network;

-- name: auth_tries_prune :exec
DELETE FROM auth_try WHERE failed_at < :before!at;

-- name: auth_tries_shrink :exec
-- The oldest tenth of the time they span, and at least the oldest.
DELETE FROM auth_try WHERE failed_at <= (SELECT min(failed_at) + (max(failed_at) - min(failed_at)) / 10 FROM auth_try);

-- name: auth_device_find :one
SELECT used_at FROM auth_device WHERE hash = :hash AND person = :person AND used_at > :after!at;

-- name: auth_device_put :exec
INSERT INTO auth_device (hash, person, used_at) VALUES (:hash, :person, :used_at)
ON CONFLICT (hash, person) DO UPDATE SET used_at = excluded.used_at;

-- name: auth_device_prune :exec
DELETE FROM auth_device WHERE used_at < :before!at;

-- name: auth_ended_put :exec
INSERT INTO auth_ended (hash, ended_at) VALUES (:hash, :ended_at)
ON CONFLICT (hash) DO UPDATE SET ended_at = excluded.ended_at;

-- name: auth_ended_others :exec
INSERT INTO auth_ended (hash, ended_at) SELECT s.hash, :ended_at FROM auth_session s WHERE s.person = :person!int AND s.hash <> :hash
ON CONFLICT (hash) DO UPDATE SET ended_at = excluded.ended_at;

-- name: auth_ended_list :many
SELECT hash FROM auth_ended WHERE ended_at > :since!at ORDER BY ended_at, hash LIMIT 2000;

-- name: auth_ended_prune :exec
DELETE FROM auth_ended WHERE ended_at < :before!at;

-- name: auth_session_insert :exec
INSERT INTO auth_session (hash, person, post, made_at, used_at, address)
VALUES (:hash, :person, :post, :made_at, :used_at, :address);

-- name: auth_session_find :one
-- With what every request needs to know of the account.
SELECT s.person, s.post, s.made_at, s.used_at, a.is_to_change, a.is_closed, a.language
FROM auth_session s JOIN auth_account a ON a.person = s.person WHERE s.hash = :hash;

-- name: auth_session_used :exec
UPDATE auth_session SET used_at = :used_at WHERE hash = :hash AND used_at < :used_at;

-- name: auth_session_wear :exec
UPDATE auth_session SET post = :post WHERE hash = :hash;

-- name: auth_session_end :exec
DELETE FROM auth_session WHERE hash = :hash;

-- name: auth_session_end_others :exec
DELETE FROM auth_session WHERE person = :person AND hash <> :hash;

-- name: auth_session_prune :exec
DELETE FROM auth_session WHERE used_at < :used_before!at OR made_at < :made_before!at;

-- name: auth_health :one
-- Touches the database and nothing else.
SELECT count(*) AS n FROM auth_account WHERE person = :person;

-- name: auth_any :one
-- Whether anybody can sign in at all.
SELECT person FROM auth_account LIMIT 1;
