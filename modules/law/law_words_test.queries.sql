-- name: law_words_test_all :many
-- Every wording, for tests that ask by its own beginning.
SELECT v.id, v.provision, v.heading, v.text FROM law_version v ORDER BY v.id;

-- name: law_words_test_one :one
SELECT v.provision, v.text FROM law_version v WHERE v.id = :id!law_version_id;
