-- name: citizen_provider_row :one
SELECT id, is_on, name, issuer, client, secret, origin, scope, claim_name, claim_number, claim_level, levels, level_in,
       authorize_url, token_url, logout_url, jwks_url, jwks, is_basic, read_at, fault, version, changed_at
FROM citizen_provider WHERE id = 1;

-- name: citizen_provider_first :exec
INSERT INTO citizen_provider (id, is_on, name, issuer, client, secret, origin, scope, claim_name, claim_number, claim_level, levels, level_in, changed_at)
VALUES (1, 0, 'VNeID', '', '', '', '', 'openid profile', 'name', 'sub', 'acr', '1 2', '', :changed_at) ON CONFLICT (id) DO NOTHING;

-- name: citizen_provider_change :exec
UPDATE citizen_provider SET is_on = :is_on, name = :name, issuer = :issuer, client = :client, secret = :secret, origin = :origin,
       scope = :scope, claim_name = :claim_name, claim_number = :claim_number, claim_level = :claim_level, levels = :levels,
       level_in = :level_in, changed_at = :changed_at, version = version + 1
WHERE id = 1 AND version = :version;

-- name: citizen_provider_read :exec
-- version: not what people edit
UPDATE citizen_provider SET authorize_url = :authorize_url, token_url = :token_url, logout_url = :logout_url,
       jwks_url = :jwks_url, jwks = :jwks, is_basic = :is_basic, read_at = :read_at, fault = ''
WHERE id = 1 AND issuer = :issuer;

-- name: citizen_provider_fault :exec
-- version: not what people edit
UPDATE citizen_provider SET fault = :fault WHERE id = 1;

-- name: citizen_provider_keys :exec
-- version: not what people edit
UPDATE citizen_provider SET jwks = :jwks WHERE id = 1 AND issuer = :issuer;

-- name: citizen_try_add :exec
INSERT INTO citizen_try (id, browser, state, nonce, verifier, wanted, until_at)
VALUES (:id!citizen_try_id, :browser, :state, :nonce, :verifier, :wanted, :until_at);

-- name: citizen_try_of_browser :one
SELECT id, state, nonce, verifier, wanted, code, session, outcome, until_at FROM citizen_try
WHERE browser = :browser AND until_at > :now!at ORDER BY id DESC LIMIT 1;

-- name: citizen_try_by_id :one
SELECT id, state, nonce, verifier, wanted, code, session, outcome, until_at FROM citizen_try WHERE id = :id;

-- name: citizen_try_ask :exec
UPDATE citizen_try SET code = :code, session = :session, outcome = 'asked' WHERE id = :id!citizen_try_id AND outcome = '';

-- name: citizen_try_end :exec
UPDATE citizen_try SET code = '', verifier = '', nonce = '', outcome = :outcome WHERE id = :id!citizen_try_id AND outcome = 'asked';

-- name: citizen_sweep_tries :exec
DELETE FROM citizen_try WHERE until_at < :before!at;

-- name: citizen_sweep_sessions :exec
DELETE FROM citizen_session WHERE until_at < :before!at;

-- name: citizen_person_of :one
SELECT id FROM citizen_person WHERE issuer = :issuer AND subject = :subject;

-- name: citizen_person_by_id :one
SELECT id, name, number, made_at, seen_at FROM citizen_person WHERE id = :id;

-- name: citizen_person_add :exec
INSERT INTO citizen_person (id, issuer, subject, name, number, made_at, seen_at)
VALUES (:id!citizen_person_id, :issuer, :subject, :name, :number, :made_at, :made_at);

-- name: citizen_person_seen :exec
UPDATE citizen_person SET name = :name, number = :number, seen_at = :seen_at WHERE id = :id!citizen_person_id;

-- name: citizen_person_drop :exec
DELETE FROM citizen_person WHERE id = :id!citizen_person_id;

-- name: citizen_session_add :exec
INSERT INTO citizen_session (token, person, level, made_at, until_at) VALUES (:token, :person, :level, :made_at, :until_at);

-- name: citizen_session_find :one
SELECT s.person, s.level, p.name FROM citizen_session s JOIN citizen_person p ON p.id = s.person
WHERE s.token = :token AND s.until_at > :now!at;

-- name: citizen_session_drop :exec
DELETE FROM citizen_session WHERE token = :token;

-- name: citizen_sessions_drop :exec
DELETE FROM citizen_session WHERE person = :person;

-- name: citizen_sending_add :exec
INSERT INTO citizen_sending (person, item, added_at) VALUES (:person, :item, :added_at) ON CONFLICT (person, item) DO NOTHING;

-- name: citizen_sending_find :one
SELECT added_at FROM citizen_sending WHERE person = :person AND item = :item;

-- name: citizen_sending_drop :exec
DELETE FROM citizen_sending WHERE person = :person AND item = :item;

-- name: citizen_sendings_drop :exec
DELETE FROM citizen_sending WHERE person = :person;

-- name: citizen_sendings :many
-- The newest first, below an id; each with the state its own business says.
-- result: title text, state text
SELECT s.item, i.kind, i.about, i.code, i.sent_at, coalesce(l.title, c.title, '') AS title, coalesce(l.state, d.state, c.state, '') AS state
FROM citizen_sending s JOIN receipt_v_sent i ON i.id = s.item
LEFT JOIN petition_v_letter l ON i.kind = 'petition' AND l.id = i.record
LEFT JOIN service_v_dossier d ON i.kind = 'service' AND d.id = i.record
LEFT JOIN consult_v_opinion c ON i.kind = 'consult' AND c.id = i.record
WHERE s.person = :person!citizen_person_id AND i.id < :below!int ORDER BY i.id DESC LIMIT :most!int;

-- name: citizen_looks :many
-- Who of those who work here opened or changed what somebody sent, the newest first.
-- result: unit_name text
SELECT e.made_at, e.verb, i.code, coalesce(u.short_name, '') AS unit_name
FROM citizen_sending s JOIN receipt_v_sent i ON i.id = s.item JOIN audit_entry e ON e.record = i.record AND e.kind = i.kind
LEFT JOIN org_v_holder p ON p.id = e.post LEFT JOIN org_v_unit u ON u.id = p.unit
WHERE s.person = :person!citizen_person_id AND e.person <> 0 ORDER BY e.seq DESC LIMIT 50;
