-- ---- Secret ballots

-- name: meeting_ballot_insert :exec
INSERT INTO meeting_ballot (vote, phase, most, is_list, board, signer, seed) VALUES (:vote, 'issuing', :most, :is_list, :board, :signer, :seed);

-- name: meeting_ballot_find :one
-- Asked by devices that say no name: there is no right to look at.
SELECT b.vote, b.phase, b.most, b.is_list, b.board, b.signer, b.seed FROM meeting_ballot b JOIN meeting_vote v ON v.id = b.vote
WHERE b.vote = :vote AND v.meeting = :meeting;

-- name: meeting_ballot_phase :exec
UPDATE meeting_ballot SET phase = :phase, board = :board, signer = :signer, seed = :seed WHERE vote = :vote;

-- name: meeting_roll_insert :exec
INSERT INTO meeting_roll (vote, person, ordinal, blinded, stamp) VALUES (:vote, :person, :ordinal, '', '');

-- name: meeting_roll_of :one
SELECT ordinal, blinded, stamp FROM meeting_roll WHERE vote = :vote AND person = :person;

-- name: meeting_roll_take :exec
UPDATE meeting_roll SET blinded = :blinded, stamp = :stamp WHERE vote = :vote AND person = :person AND blinded = '';

-- name: meeting_roll :many
SELECT r.ordinal, r.blinded <> '' AS is_taken, p.name, p.words FROM meeting_roll r JOIN meeting_person p ON p.id = r.person
WHERE r.vote = :vote ORDER BY r.ordinal LIMIT 5000;

-- name: meeting_roll_count :one
SELECT count(*) AS eligible, COALESCE(sum(CASE WHEN blinded <> '' THEN 1 ELSE 0 END), 0) AS taken FROM meeting_roll WHERE vote = :vote;

-- name: meeting_roll_clear :exec
-- The envelopes are of no use any more; who took a paper stands on the board.
UPDATE meeting_roll SET blinded = CASE WHEN blinded = '' THEN '' ELSE '-' END, stamp = '' WHERE vote = :vote;

-- name: meeting_lots_insert :exec
INSERT INTO meeting_lot (vote, lot, n, papers) VALUES (:vote, 0, 0, ''), (:vote, 1, 0, ''), (:vote, 2, 0, ''), (:vote, 3, 0, ''), (:vote, 4, 0, ''), (:vote, 5, 0, ''),
  (:vote, 6, 0, ''), (:vote, 7, 0, ''), (:vote, 8, 0, ''), (:vote, 9, 0, ''), (:vote, 10, 0, ''), (:vote, 11, 0, ''), (:vote, 12, 0, ''), (:vote, 13, 0, ''),
  (:vote, 14, 0, ''), (:vote, 15, 0, '');

-- name: meeting_lot_find :one
SELECT n, papers FROM meeting_lot WHERE vote = :vote AND lot = :lot;

-- name: meeting_lot_put :exec
UPDATE meeting_lot SET n = :n, papers = :papers WHERE vote = :vote AND lot = :lot;

-- name: meeting_lots :many
SELECT lot, n, papers FROM meeting_lot WHERE vote = :vote ORDER BY lot LIMIT 16;

-- name: meeting_lots_delete :exec
DELETE FROM meeting_lot WHERE vote = :vote;

-- name: meeting_option_insert :exec
INSERT INTO meeting_option (vote, ordinal, name, votes, is_chosen, is_tied) VALUES (:vote, :ordinal, :name, 0, 0, 0);

-- name: meeting_option_count :exec
UPDATE meeting_option SET votes = :votes, is_chosen = :is_chosen, is_tied = :is_tied WHERE vote = :vote AND ordinal = :ordinal;

-- name: meeting_options :many
SELECT ordinal, name, votes, is_chosen, is_tied FROM meeting_option WHERE vote = :vote ORDER BY ordinal LIMIT 50;
