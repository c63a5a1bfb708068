-- name: auth_account_insert :exec
INSERT INTO auth_account (person, login, password, is_to_change, is_closed, language, failures)
VALUES (:person, :login, :password, :is_to_change, 0, 'vi', 0);

-- name: auth_account_by_login :one
SELECT person, password, is_to_change, is_closed, failures, failed_at FROM auth_account WHERE login = :login;

-- name: auth_account_by_person :one
SELECT login, password, is_to_change, is_closed, language, failures, failed_at, signed_in_at FROM auth_account WHERE person = :person;

-- name: auth_account_list :many
SELECT login, person FROM auth_account WHERE login > :after!text ORDER BY login LIMIT :most!int;

-- name: auth_account_failed :exec
UPDATE auth_account SET failures = :failures, failed_at = :failed_at WHERE person = :person;

-- name: auth_account_signed_in :exec
UPDATE auth_account SET failures = 0, signed_in_at = :signed_in_at WHERE person = :person;

-- name: auth_password_set :exec
UPDATE auth_account SET password = :password, is_to_change = :is_to_change, failures = 0 WHERE person = :person;

-- name: auth_account_close_set :exec
UPDATE auth_account SET is_closed = :is_closed WHERE person = :person;

-- name: auth_language_set :exec
UPDATE auth_account SET language = :language WHERE person = :person;

-- name: auth_address_find :one
SELECT failures, failed_at FROM auth_address WHERE address = :address;

-- name: auth_address_failed :exec
INSERT INTO auth_address (address, failures, failed_at) VALUES (:address, :failures, :failed_at)
ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, failed_at = excluded.failed_at;

-- name: auth_address_clear :exec
DELETE FROM auth_address WHERE address = :address OR failed_at < :before!at;

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
