-- name: refused_like :many
-- expect: LIKE differs
SELECT id FROM thing_one WHERE name LIKE :name;

-- name: refused_star :many
-- expect: name the columns
SELECT * FROM thing_one;

-- name: refused_star_of :many
-- expect: name the columns
SELECT t.* FROM thing_one t;

-- name: refused_offset :many
-- expect: page by key
SELECT id FROM thing_one ORDER BY id LIMIT 10 OFFSET 20;

-- name: refused_limit_pair :many
-- expect: page by key
SELECT id FROM thing_one ORDER BY id LIMIT 10, 20;

-- name: refused_nulls :many
-- expect: NULLS FIRST
SELECT id FROM thing_one ORDER BY due_on;

-- name: refused_nulls_of_alias :many
-- expect: NULLS FIRST
SELECT t.id FROM thing_one t ORDER BY t.id, t.due_on DESC;

-- name: refused_nulls_of_left_join :many
-- expect: NULLS FIRST
SELECT t.id FROM thing_one t LEFT JOIN thing_two u ON u.one = t.id ORDER BY u.text;

-- name: refused_double_quotes :many
-- expect: quote text
SELECT id FROM thing_one WHERE name = "x";

-- name: refused_max_of_two :one
-- expect: max\(a, b\)
SELECT max(made_at, 1) AS n FROM thing_one;

-- name: refused_question_mark :one
-- expect: parameters as :name
SELECT id FROM thing_one WHERE id = ?;

-- name: refused_dollar :one
-- expect: parameters as :name
SELECT id FROM thing_one WHERE id = $2;

-- name: refused_lower :many
-- expect: Vietnamese
SELECT id FROM thing_one WHERE lower(name) = :name;

-- name: refused_cast :many
-- expect: cuts on one engine
SELECT CAST(made_at / 2.5 AS INTEGER) AS n FROM thing_one;

-- name: refused_pg_cast :many
-- expect: PostgreSQL's alone
SELECT id::text AS t FROM thing_one;

-- name: refused_now :many
-- expect: made in C
SELECT id FROM thing_one WHERE made_at < unixepoch();

-- name: refused_time :many
-- expect: made in C
SELECT id FROM thing_one WHERE name < time('now');

-- name: refused_current_time :many
-- expect: made in C
SELECT id FROM thing_one WHERE name < current_time;

-- name: refused_randomblob :many
-- expect: made in C
SELECT id, randomblob(8) AS chance FROM thing_one;

-- name: refused_total_changes :one
-- expect: what it changed
SELECT total_changes() AS n FROM thing_one;

-- name: refused_replace :exec
-- expect: ON CONFLICT
INSERT OR REPLACE INTO thing_two (id, one, name, text) VALUES (:id, :one, :name, :text);

-- name: refused_unnamed :one
-- expect: name with AS
SELECT count(*) FROM thing_one;

-- name: refused_twice :one
-- expect: two columns are named
SELECT id, name AS id FROM thing_one;

-- name: refused_unknown_parameter :one
-- expect: no column of the query's tables
SELECT id FROM thing_one WHERE made_at < :before;

-- name: refused_ambiguous :many
-- expect: different types
SELECT t.id FROM thing_one t JOIN thing_two u ON u.one = t.id WHERE t.name = :name;

-- name: refused_unknown_type :many
-- expect: unknown type
SELECT id FROM thing_one WHERE id > :after!number;

-- name: refused_column :one
-- expect: no such column
SELECT nme FROM thing_one;

-- name: refused_reading_exec :exec
-- expect: only reads
SELECT id FROM thing_one;

-- name: refused_rowless_one :one
-- expect: returns no rows
DELETE FROM thing_one WHERE id = :id;

-- name: refused_two :exec
-- expect: one statement
DELETE FROM thing_one WHERE id = :id; DELETE FROM thing_two WHERE id = :id;

-- name: refused_ids :many
-- expect: IN \(:ids!ids\)
SELECT id FROM thing_one WHERE id = :some!ids;

-- name: refused_c_word :one
-- expect: word of C
SELECT id FROM thing_one WHERE id = :register!int;

-- name: refused_json :many
-- expect: JSON is read in C
SELECT name ->> 'a' AS a FROM thing_one;

-- name: refused_insert_elsewhere :exec
-- expect: only its own module writes
INSERT INTO elsewhere_thing (id, name) VALUES (:id, :name);

-- name: refused_update_elsewhere :exec
-- expect: only its own module writes
UPDATE elsewhere_thing SET name = :name WHERE id = :id;

-- name: refused_delete_elsewhere :exec
-- expect: only its own module writes
DELETE FROM elsewhere_thing WHERE id = :id;

-- name: refused_read_elsewhere :many
-- expect: views it publishes
SELECT o.id FROM thing_one o WHERE EXISTS (SELECT 1 FROM elsewhere_thing t WHERE t.name = o.name);

-- name: refused_piece_missing :many
-- expect: no piece stands before it
SELECT t.id FROM thing_one t WHERE
-- with: nowhere
t.id > 0;

-- name: refused_text_as_number :many
-- expect: say so on a line -- result
SELECT t.id, 'Trễ ' || t.name AS words FROM thing_one t;

-- name: refused_chosen_text_as_number :many
-- expect: say so on a line -- result
SELECT t.id, CASE WHEN t.due_on IS NULL THEN 'không hạn' ELSE '' END AS words FROM thing_one t;

-- name: refused_text_or_nothing :many
-- expect: say so on a line -- result
SELECT t.id, coalesce(t.name, '') AS words FROM thing_one t;

-- name: refused_last_writer :exec
-- expect: counts its versions
UPDATE thing_kept SET name = :name WHERE id = :id;

-- name: refused_uncounted :exec
-- expect: counts its versions
UPDATE thing_kept SET name = :name WHERE id = :id AND version = :version;

-- name: refused_unasked :exec
-- expect: counts its versions
UPDATE thing_kept SET name = :name, version = version + 1 WHERE id = :id;
