-- piece: service_readable
EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = d.id AND w.post = :post)

-- name: service_dossier_add :exec
INSERT INTO service_dossier (id, code, procedure, form_version, state, phase, organ, applicant, phone, channel, entered_by, entered_name, answers, due_key, made_at)
VALUES (:id!service_dossier_id, :code, :procedure, :form_version, 'submitted', 'new', :organ, :applicant, :phone, :channel, :entered_by, :entered_name, :answers, :due_key, :made_at);

-- name: service_secret_add :exec
INSERT INTO service_secret (dossier, answers) VALUES (:dossier, :answers);

-- name: service_secret_of :one
SELECT answers FROM service_secret WHERE dossier = :dossier;

-- name: service_find :one
-- Nothing when the post may not read it.
SELECT d.id, d.code, d.procedure, d.form_version, d.state, d.phase, d.before_supplement, d.supplements, d.step, d.organ, d.applicant, d.phone, d.channel, d.entered_by,
       d.entered_name, d.answers, d.due_key, d.made_at, d.ended_at
FROM service_dossier d WHERE d.id = :id!service_dossier_id
  AND
-- with: service_readable
LIMIT 1;

-- name: service_any :one
-- For the person's own page, the index and the charts, which see to who reads.
SELECT id, code, procedure, form_version, state, phase, before_supplement, supplements, step, organ, applicant, phone, channel, entered_by, entered_name, answers, due_key,
       made_at, ended_at
FROM service_dossier WHERE id = :id;

-- name: service_move :exec
UPDATE service_dossier SET state = :state, phase = :phase, step = :step, before_supplement = :before_supplement, supplements = :supplements, ended_at = :ended_at
WHERE id = :id!service_dossier_id AND state = :was!text;

-- name: service_due :exec
UPDATE service_dossier SET due_key = :due_key WHERE id = :id!service_dossier_id;

-- name: service_answers :exec
UPDATE service_dossier SET answers = :answers WHERE id = :id!service_dossier_id;

-- name: service_step_add :exec
INSERT INTO service_step (id, dossier, step, note, by_name, made_at) VALUES (:id!service_step_id, :dossier, :step, :note, :by_name, :made_at);

-- name: service_steps :many
SELECT step, note, by_name, made_at FROM service_step WHERE dossier = :dossier ORDER BY id;

-- name: service_clock_add :exec
INSERT INTO service_clock (id, dossier, clock, start_at, state, due_on, due_minute) VALUES (:id!service_clock_id, :dossier, :clock, :start_at, 'running', :due_on, :due_minute);

-- name: service_clocks :many
SELECT id, clock, start_at, pauses, state, due_on, due_minute, promised_on, ended_at FROM service_clock WHERE dossier = :dossier ORDER BY id;

-- name: service_clock_set :exec
UPDATE service_clock SET state = :state, pauses = :pauses, due_on = :due_on, due_minute = :due_minute, promised_on = :promised_on, ended_at = :ended_at
WHERE id = :id!service_clock_id;

-- name: service_letter_add :exec
INSERT INTO service_letter (id, dossier, letter, said, by_name, by_post_name, made_at)
VALUES (:id!service_letter_id, :dossier, :letter, :said, :by_name, :by_post_name, :made_at);

-- name: service_letters :many
SELECT id, letter, made_at, by_name FROM service_letter WHERE dossier = :dossier ORDER BY id;

-- name: service_letter_one :one
SELECT id, dossier, letter, said, by_name, by_post_name, made_at FROM service_letter WHERE id = :id AND dossier = :dossier;

-- name: service_look_add :exec
INSERT INTO service_look (id, dossier, post, purpose, made_at, until_at) VALUES (:id!service_look_id, :dossier, :post, :purpose, :made_at, :until_at);

-- name: service_look_open :one
SELECT id FROM service_look WHERE dossier = :dossier AND post = :post AND until_at > :now!at LIMIT 1;

-- name: service_office_of :one
SELECT is_open, settings, version FROM service_office WHERE procedure = :procedure;

-- name: service_offices :many
SELECT procedure, is_open, settings, version FROM service_office ORDER BY procedure;

-- name: service_office_add :exec
INSERT INTO service_office (procedure, is_open, settings, version, changed_by, changed_at) VALUES (:procedure, :is_open, :settings, 1, :changed_by, :changed_at);

-- name: service_office_set :exec
UPDATE service_office SET is_open = :is_open, settings = :settings, version = version + 1, changed_by = :changed_by, changed_at = :changed_at
WHERE procedure = :procedure AND version = :version;

-- name: service_list_of :one
SELECT rows, version FROM service_list WHERE name = :name;

-- name: service_list_add :exec
INSERT INTO service_list (name, rows, version, changed_by, changed_at) VALUES (:name, :rows, 1, :changed_by, :changed_at);

-- name: service_list_set :exec
UPDATE service_list SET rows = :rows, version = version + 1, changed_by = :changed_by, changed_at = :changed_at WHERE name = :name AND version = :version;

-- name: service_taken_add :exec
INSERT INTO service_taken (list, code, dossier) VALUES (:list, :code, :dossier);

-- name: service_taken_codes :many
SELECT code FROM service_taken WHERE list = :list;

-- name: service_taken_free :exec
DELETE FROM service_taken WHERE dossier = :dossier;

-- name: service_box :many
-- Soonest due first, after (after_due, after_id).
SELECT d.id, d.code, d.procedure, d.state, d.step, d.applicant, d.channel, d.due_key, d.made_at
FROM service_dossier d
WHERE d.organ = :organ AND (d.phase = :phase OR d.phase = :other!text) AND d.due_key >= :from!text AND d.due_key < :until!text
  AND (d.due_key > :after_due!text OR (d.due_key = :after_due!text AND d.id > :after_id!int))
  AND (:procedure = '' OR d.procedure = :procedure)
  AND
-- with: service_readable
ORDER BY d.due_key, d.id LIMIT :most!int;

-- name: service_box_done :many
-- The newest first, below before.
SELECT d.id, d.code, d.procedure, d.state, d.step, d.applicant, d.channel, d.due_key, d.made_at
FROM service_dossier d
WHERE d.organ = :organ AND d.phase = 'done' AND d.id < :before!int
  AND (:procedure = '' OR d.procedure = :procedure)
  AND
-- with: service_readable
ORDER BY d.id DESC LIMIT :most!int;

-- name: service_counts :one
-- Of what is not over: those rows alone are looked at.
SELECT coalesce(sum(CASE WHEN d.phase = 'new' THEN 1 ELSE 0 END), 0) AS fresh, coalesce(sum(CASE WHEN d.phase = 'open' THEN 1 ELSE 0 END), 0) AS open,
       coalesce(sum(CASE WHEN d.phase = 'supplement' THEN 1 ELSE 0 END), 0) AS asked,
       coalesce(sum(CASE WHEN d.phase <> 'supplement' AND d.due_key >= :now!text AND d.due_key < :soon!text THEN 1 ELSE 0 END), 0) AS soon,
       coalesce(sum(CASE WHEN d.phase <> 'supplement' AND d.due_key < :now!text THEN 1 ELSE 0 END), 0) AS late
FROM service_dossier d WHERE d.organ = :organ AND d.phase IN ('new', 'open', 'supplement')
  AND
-- with: service_readable
;

-- name: service_late :many
-- What has run out and was not told yet.
SELECT id, code, organ FROM service_dossier WHERE phase IN ('new', 'open') AND due_key < :now!text AND late_told_on IS NULL ORDER BY due_key, id LIMIT :most!int;

-- name: service_late_told :exec
UPDATE service_dossier SET late_told_on = :late_told_on WHERE id IN (:some!ids);

-- name: service_ids :many
SELECT id FROM service_dossier WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: service_some :many
SELECT id, code, procedure, applicant, organ FROM service_dossier WHERE id IN (:some!ids);

-- name: service_alike :many
-- Others of the same procedure by the same telephone: for the clerk to look at side by side.
SELECT d.id, d.code, d.state, d.made_at FROM service_dossier d
WHERE d.procedure = :procedure AND d.phone = :phone AND d.phone <> '' AND d.id <> :not_id!int AND d.organ = :organ
  AND
-- with: service_readable
ORDER BY d.id DESC LIMIT 5;

-- name: service_erase_dossier :exec
UPDATE service_dossier SET applicant = :applicant, phone = '', answers = '{}', entered_name = '' WHERE id = :id!service_dossier_id;

-- name: service_erase_secret :exec
DELETE FROM service_secret WHERE dossier = :dossier;

-- name: service_erase_steps :exec
UPDATE service_step SET note = '' WHERE dossier = :dossier;

-- name: service_erase_letters :exec
UPDATE service_letter SET said = '{}' WHERE dossier = :dossier;
