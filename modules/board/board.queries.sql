-- name: board_mine :many
-- Boards made by the post, or shared with its unit.
SELECT b.id, b.post, b.title, b.unit, b.version FROM board_board b WHERE b.id IN (
    SELECT g.record FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE w.post = :post!int AND g.kind = 'board')
ORDER BY b.id LIMIT 30;

-- name: board_find :one
SELECT b.id, b.post, b.title, b.unit, b.version FROM board_board b WHERE b.id = :id AND EXISTS (
    SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = b.id AND w.post = :post!int);

-- name: board_insert :exec
INSERT INTO board_board (id, post, title, unit, changed_at) VALUES (:id, :post, :title, 0, :changed_at);

-- name: board_change :exec
UPDATE board_board SET title = :title, unit = :unit, version = version + 1, changed_at = :changed_at WHERE id = :id AND version = :version;

-- name: board_touch :exec
-- version: cards come and go one by one, each act on what stands now
UPDATE board_board SET changed_at = :changed_at WHERE id = :id;

-- name: board_delete :exec
DELETE FROM board_board WHERE id = :id;

-- name: board_cards :many
SELECT id, ordinal, metric, kind FROM board_card WHERE board = :board ORDER BY ordinal, id LIMIT 100;

-- name: board_card_insert :exec
INSERT INTO board_card (id, board, ordinal, metric, kind)
VALUES (:id, :board, (SELECT coalesce(max(c.ordinal), 0) + 1 FROM board_card c WHERE c.board = :board), :metric, :kind);

-- name: board_card_set :exec
UPDATE board_card SET ordinal = :ordinal WHERE id = :id AND board = :board;

-- name: board_card_delete :exec
DELETE FROM board_card WHERE id = :id AND board = :board;

-- name: board_cards_delete :exec
DELETE FROM board_card WHERE board = :board;

-- name: board_used_in :many
-- Own boards the reader may open that show the metric.
SELECT DISTINCT b.id, b.title FROM board_card c JOIN board_board b ON b.id = c.board
JOIN access_grant g ON g.record = b.id JOIN access_wearer w ON w.principal = g.principal
WHERE c.metric = :metric AND w.post = :reader!int ORDER BY b.id LIMIT 50;

-- name: board_definitions :many
SELECT edition, since_on, title, words, formula FROM board_definition WHERE metric = :metric ORDER BY edition DESC LIMIT 50;

-- name: board_definition_insert :exec
INSERT INTO board_definition (metric, edition, since_on, title, words, formula) VALUES (:metric, :edition, :since_on, :title, :words, :formula);

-- name: board_pasts :many
SELECT id, metric, month_on, n, report FROM board_past WHERE organ = :organ AND metric = :metric ORDER BY month_on;

-- name: board_past_list :many
SELECT id, metric, month_on, n, report FROM board_past
WHERE organ = :organ AND (:f_metric!text = '' OR metric = :f_metric!text) AND (month_on, id) < (:before!on, :before_id!int)
ORDER BY month_on DESC, id DESC LIMIT :most!int;

-- name: board_past_find :one
SELECT id, organ, metric, month_on, n, report FROM board_past WHERE id = :id AND organ = :organ;

-- name: board_past_insert :exec
INSERT INTO board_past (id, organ, metric, month_on, n, report, post, made_at) VALUES (:id, :organ, :metric, :month_on, :n, :report, :post, :made_at);

-- name: board_past_delete :exec
DELETE FROM board_past WHERE id = :id AND organ = :organ;

-- name: board_forecast_insert :exec
INSERT INTO board_forecast (principal, metric, origin_on, month_on, value, low80, high80, low95, high95, naive, beside, is_estimate, made_at)
VALUES (:principal, :metric, :origin_on, :month_on, :value, :low80, :high80, :low95, :high95, :naive, :beside, :is_estimate, :made_at)
ON CONFLICT (principal, metric, origin_on, month_on) DO NOTHING;

-- name: board_forecast_latest :many
-- The newest published forecast of a metric.
SELECT origin_on, month_on, value, low80, high80, low95, high95, naive, beside, is_estimate FROM board_forecast
WHERE principal = :principal AND metric = :metric AND origin_on = :origin_on ORDER BY month_on;

-- name: board_forecast_list :many
SELECT metric, origin_on, month_on, value, low80, high80, low95, high95, naive, is_estimate, made_at FROM board_forecast
WHERE principal = :principal ORDER BY metric, month_on DESC, origin_on DESC LIMIT 500;

-- name: board_organs :many
-- Organs whose figures are looked at every night.
SELECT id FROM org_v_unit WHERE id = organ AND kind IN ('front', 'union') AND until_on IS NULL AND id > :after!int ORDER BY id LIMIT :most!int;

-- name: board_alerts :many
SELECT id, scope, metric, is_above, bound, is_crossed, since_at, value FROM board_alert WHERE post = :post ORDER BY id LIMIT 100;

-- name: board_alerts_after :many
SELECT id, post, scope, metric, is_above, bound, is_crossed, since_at, value FROM board_alert WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: board_alert_find :one
SELECT id, metric FROM board_alert WHERE id = :id AND post = :post;

-- name: board_alert_insert :exec
INSERT INTO board_alert (id, post, scope, metric, is_above, bound, is_crossed, since_at, value, made_at)
VALUES (:id, :post, :scope, :metric, :is_above, :bound, 0, :made_at, NULL, :made_at);

-- name: board_alert_look :exec
UPDATE board_alert SET is_crossed = :is_crossed, since_at = :since_at, value = :value WHERE id = :id;

-- name: board_alert_delete :exec
DELETE FROM board_alert WHERE id = :id AND post = :post;

-- name: board_units :many
-- The units of an organ, for the filter.
SELECT id, short_name FROM org_v_unit WHERE organ = :organ AND until_on IS NULL ORDER BY id LIMIT :most!int;
