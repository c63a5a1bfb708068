-- The public lines and what they are found by.

-- name: fund_line_insert :exec
INSERT INTO fund_line (id, fund, about, day_on, amount, campaign, name, memo) VALUES (:id!int, :fund!int, :about, :day_on, :amount, :campaign, :name, :memo);

-- name: fund_line_of :one
SELECT id, fund, about, day_on, amount, campaign, name, memo FROM fund_line WHERE about = :about ORDER BY id LIMIT 1;

-- name: fund_line_delete :exec
DELETE FROM fund_line WHERE id = :id!int;

-- name: fund_line_words_set :exec
UPDATE fund_line SET name = :name, memo = :memo, campaign = :campaign WHERE id = :id!int;

-- name: fund_lines_count :exec
UPDATE fund_fund SET lines = lines + :by!int, acts = acts + 1 WHERE id = :id!int;

-- name: fund_day_add :exec
INSERT INTO fund_day (fund, day_on, n_in, sum_in, n_out, sum_out) VALUES (:fund!int, :day_on, :n_in, :sum_in, :n_out, :sum_out)
ON CONFLICT (fund, day_on) DO UPDATE SET n_in = fund_day.n_in + excluded.n_in, sum_in = fund_day.sum_in + excluded.sum_in,
  n_out = fund_day.n_out + excluded.n_out, sum_out = fund_day.sum_out + excluded.sum_out;

-- name: fund_word_insert :exec
INSERT INTO fund_word (fund, word, day_on, line) VALUES (:fund, :word, :day_on, :line) ON CONFLICT (fund, word, day_on, line) DO NOTHING;

-- name: fund_word_delete :exec
DELETE FROM fund_word WHERE line = :line;

-- name: fund_words_of :many
SELECT word FROM fund_word WHERE line = :line ORDER BY word LIMIT 200;

-- name: fund_word_count_add :exec
INSERT INTO fund_word_count (fund, word, n) VALUES (:fund, :word, :n) ON CONFLICT (fund, word) DO UPDATE SET n = fund_word_count.n + excluded.n;

-- name: fund_word_count_of :one
SELECT n FROM fund_word_count WHERE fund = :fund AND word = :word;

-- name: fund_lines_newest :many
SELECT id, day_on, amount, campaign, name, memo FROM fund_line
WHERE fund = :fund!int AND day_on >= :from!on AND (day_on < :day!on OR (day_on = :day!on AND id < :before!int)) ORDER BY day_on DESC, id DESC LIMIT :most!int;

-- name: fund_lines_found :many
-- All the words at once, walked along the rarest of them.
SELECT l.id, l.day_on, l.amount, l.campaign, l.name, l.memo
FROM fund_word w JOIN fund_line l ON l.id = w.line
WHERE w.fund = :fund!int AND w.word = :w0!text AND w.day_on >= :from!on AND (w.day_on < :day!on OR (w.day_on = :day!on AND w.line < :before!int))
  AND (:w1!text = '' OR EXISTS (SELECT 1 FROM fund_word x WHERE x.fund = w.fund AND x.word = :w1!text AND x.day_on = w.day_on AND x.line = w.line))
  AND (:w2!text = '' OR EXISTS (SELECT 1 FROM fund_word x WHERE x.fund = w.fund AND x.word = :w2!text AND x.day_on = w.day_on AND x.line = w.line))
  AND (:w3!text = '' OR EXISTS (SELECT 1 FROM fund_word x WHERE x.fund = w.fund AND x.word = :w3!text AND x.day_on = w.day_on AND x.line = w.line))
  AND (:w4!text = '' OR EXISTS (SELECT 1 FROM fund_word x WHERE x.fund = w.fund AND x.word = :w4!text AND x.day_on = w.day_on AND x.line = w.line))
  AND (:w5!text = '' OR EXISTS (SELECT 1 FROM fund_word x WHERE x.fund = w.fund AND x.word = :w5!text AND x.day_on = w.day_on AND x.line = w.line))
ORDER BY w.day_on DESC, w.line DESC LIMIT :most!int;

-- name: fund_days :many
SELECT day_on, n_in, sum_in, n_out, sum_out FROM fund_day WHERE fund = :fund!int AND day_on >= :from!on AND day_on <= :to!on ORDER BY day_on DESC LIMIT 400;

-- name: fund_day_sums :one
SELECT coalesce(sum(n_in), 0) AS n_in, coalesce(sum(sum_in), 0) AS sum_in, coalesce(sum(n_out), 0) AS n_out, coalesce(sum(sum_out), 0) AS sum_out
FROM fund_day WHERE fund = :fund!int AND day_on >= :from!on AND day_on <= :to!on;

-- name: fund_day_months :many
-- result: month text
SELECT substr(day_on, 1, 7) AS month, sum(sum_in) AS sum_in, sum(sum_out) AS sum_out FROM fund_day
WHERE fund = :fund!int AND day_on >= :from!on AND day_on <= :to!on GROUP BY substr(day_on, 1, 7) ORDER BY substr(day_on, 1, 7) LIMIT 12;
