-- ---- Rooms

-- name: meeting_room_insert :exec
INSERT INTO meeting_room (id, organ, name, seats, note, is_closed, version, changed_at) VALUES (:id!meeting_room_id, :organ, :name, :seats, :note, 0, 1, :changed_at);

-- name: meeting_room_update :exec
UPDATE meeting_room SET name = :name, seats = :seats, note = :note, is_closed = :is_closed, version = version + 1, changed_at = :changed_at
WHERE id = :id!meeting_room_id AND organ = :organ AND version = :version;

-- name: meeting_rooms :many
SELECT id, name, seats, note, is_closed, version FROM meeting_room WHERE organ = :organ ORDER BY is_closed, name, id LIMIT 200;

-- name: meeting_room_by_id :one
SELECT id, organ, name, seats, note, is_closed, version FROM meeting_room WHERE id = :id AND organ = :organ;

-- name: meeting_slot_taken :one
-- What has the room in that time already.
SELECT i.title, i.starts_at, i.ends_at FROM meeting_slot s JOIN meeting_item i ON i.id = s.meeting
WHERE s.room = :room AND s.quarter BETWEEN :first!int AND :last!int AND s.meeting <> :meeting ORDER BY s.quarter LIMIT 1;

-- name: meeting_slot_free :exec
DELETE FROM meeting_slot WHERE meeting = :meeting;

-- name: meeting_slot_take :exec
INSERT INTO meeting_slot (room, quarter, meeting) VALUES (:room, :quarter, :meeting);

-- name: meeting_booked :many
-- When the rooms of an organ are taken, by day; what for is said to who may read it.
SELECT i.room, i.starts_at, i.ends_at, i.id,
       CASE WHEN EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal WHERE g.record = i.id AND w.post = :post!int)
            THEN i.title ELSE '' END AS title
FROM meeting_item i WHERE i.organ = :organ AND i.room IS NOT NULL AND i.state <> 'cancelled'
  AND i.starts_at < :until!int AND i.ends_at > :since!int ORDER BY i.starts_at, i.id LIMIT 500;

-- ---- The meeting

-- name: meeting_insert :exec
INSERT INTO meeting_item (id, kind, title, note, state, organ, unit, starts_at, ends_at, room, place, chair, chair_name, secretary, secretary_name,
                          eligible, is_shown, reason, version, made_by, made_at, changed_at)
VALUES (:id!meeting_item_id, :kind, :title, :note, 'plan', :organ, :unit, :starts_at, :ends_at, :room, :place, :chair, :chair_name, :secretary,
        :secretary_name, :eligible, :is_shown, '', 1, :made_by, :made_at, :made_at);

-- name: meeting_update :exec
UPDATE meeting_item SET kind = :kind, title = :title, note = :note, starts_at = :starts_at, ends_at = :ends_at, room = :room, place = :place,
       chair = :chair, chair_name = :chair_name, secretary = :secretary, secretary_name = :secretary_name, eligible = :eligible,
       is_shown = :is_shown, version = version + 1, changed_at = :changed_at
WHERE id = :id!meeting_item_id AND version = :version;

-- name: meeting_state_set :exec
-- version: a move compares the state it begins in, within its transaction
UPDATE meeting_item SET state = :state, reason = :reason, changed_at = :changed_at,
       invited_at = CASE WHEN :state = 'invited' THEN :changed_at ELSE invited_at END,
       opened_at = CASE WHEN :state = 'open' AND opened_at IS NULL THEN :changed_at ELSE opened_at END,
       closed_at = CASE WHEN :state = 'closed' THEN :changed_at ELSE closed_at END
WHERE id = :id!meeting_item_id;

-- name: meeting_find :one
-- result: room_name text
-- Nothing when the post may not read it.
SELECT i.id, i.kind, i.title, i.note, i.state, i.organ, i.unit, i.starts_at, i.ends_at, i.room, i.place, i.chair, i.chair_name, i.secretary,
       i.secretary_name, i.eligible, i.is_shown, i.reason, i.invited_at, i.opened_at, i.closed_at, i.version, i.made_by, i.made_at,
       COALESCE(r.name, '') AS room_name
FROM meeting_item i LEFT JOIN meeting_room r ON r.id = i.room
WHERE i.id = :id!meeting_item_id AND EXISTS (SELECT 1 FROM access_grant g JOIN access_wearer w ON w.principal = g.principal
                             WHERE g.record = i.id AND g.kind = 'meeting' AND w.post = :post!int);

-- name: meeting_any :one
-- For the index and the figures, which keep who may read it beside it.
SELECT i.id, i.kind, i.title, i.note, i.state, i.unit, i.starts_at, i.chair_name, i.closed_at FROM meeting_item i WHERE i.id = :id;

-- name: meeting_ids :many
SELECT id FROM meeting_item WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: meeting_some :many
SELECT i.id, i.title, i.chair_name, i.secretary_name FROM meeting_item i WHERE i.id IN (:some!ids) ORDER BY i.id;

-- piece: meeting_readable
i.id IN (SELECT g.record FROM access_wearer w JOIN access_grant g ON g.principal = w.principal AND g.kind = 'meeting' WHERE w.post = :post!int)

-- piece: meeting_boxes
(:box!text = 'all'
 OR :box!text = 'ahead' AND (i.state IN ('open', 'paused') OR i.state IN ('plan', 'invited') AND i.ends_at >= :now!int)
 OR :box!text = 'today' AND i.state IN ('invited', 'open', 'paused') AND i.starts_at < :tomorrow!int AND i.ends_at >= :now!int
    AND EXISTS (SELECT 1 FROM meeting_person p WHERE p.meeting = i.id AND (p.post = :post!int OR p.stand_in = :post!int))
 OR :box!text = 'answer' AND i.state = 'invited' AND i.ends_at >= :now!int
    AND EXISTS (SELECT 1 FROM meeting_person p WHERE p.meeting = i.id AND p.post = :post!int AND p.answer = 'none' AND p.came_at IS NULL)
 OR :box!text = 'plan' AND i.state = 'plan'
 OR :box!text = 'past' AND i.state = 'closed'
 OR :box!text = 'unassigned' AND i.state = 'closed' AND :post!int IN (i.chair, i.secretary, i.made_by)
    AND EXISTS (SELECT 1 FROM meeting_conclusion c WHERE c.meeting = i.id AND c.lead <> 0 AND c.directive IS NULL))

-- piece: meeting_attended
(:of!int = 0 OR i.state = 'closed' AND EXISTS (SELECT 1 FROM meeting_person p WHERE p.meeting = i.id AND p.post = :of!int AND (:how!text = ''
   OR :how!text = 'came' AND p.came_at IS NOT NULL OR :how!text = 'stand_in' AND p.came_at IS NULL AND p.answer = 'other'
   OR :how!text = 'excused' AND p.came_at IS NULL AND p.answer = 'no'
   OR :how!text = 'absent' AND p.came_at IS NULL AND p.answer IN ('none', 'yes'))))

-- name: meeting_list_next :many
-- result: room_name text
-- Soonest first, below the place of the last page.
SELECT i.id, i.kind, i.title, i.state, i.starts_at, i.ends_at, i.place, i.chair_name, COALESCE(r.name, '') AS room_name
FROM meeting_item i LEFT JOIN meeting_room r ON r.id = i.room WHERE
-- with: meeting_readable
AND
-- with: meeting_boxes
AND (i.starts_at > :from_at!int OR i.starts_at = :from_at!int AND i.id > :from!int)
ORDER BY i.starts_at, i.id LIMIT :most!int;

-- name: meeting_list_last :many
-- result: room_name text
-- Newest first.
SELECT i.id, i.kind, i.title, i.state, i.starts_at, i.ends_at, i.place, i.chair_name, COALESCE(r.name, '') AS room_name
FROM meeting_item i LEFT JOIN meeting_room r ON r.id = i.room WHERE
-- with: meeting_readable
AND
-- with: meeting_boxes
AND
-- with: meeting_attended
AND (i.starts_at < :from_at!int OR i.starts_at = :from_at!int AND i.id < :from!int)
ORDER BY i.starts_at DESC, i.id DESC LIMIT :most!int;

-- name: meeting_week :many
-- result: room_name text
SELECT i.id, i.title, i.state, i.starts_at, i.ends_at, i.place, i.chair_name, COALESCE(r.name, '') AS room_name
FROM meeting_item i LEFT JOIN meeting_room r ON r.id = i.room WHERE
-- with: meeting_readable
AND i.organ = :organ AND i.state <> 'cancelled' AND i.starts_at >= :since!int AND i.starts_at < :until!int ORDER BY i.starts_at, i.id LIMIT 200;

-- ---- People

-- name: meeting_person_insert :exec
INSERT INTO meeting_person (id, meeting, post, place, name, words, sort_key, is_voter, answer, reason, stand_in, stand_in_name, how)
VALUES (:id!meeting_person_id, :meeting, :post, :place, :name, :words, :sort_key, :is_voter, 'none', '', 0, '', '')
ON CONFLICT (meeting, place) DO NOTHING;

-- name: meeting_person_delete :exec
DELETE FROM meeting_person WHERE id = :id AND meeting = :meeting;

-- name: meeting_people :many
SELECT id, post, name, words, is_voter, answer, reason, stand_in, stand_in_name, answered_at, came_at, left_at, how
FROM meeting_person WHERE meeting = :meeting ORDER BY sort_key, id LIMIT 1000;

-- name: meeting_person_by_id :one
SELECT id, post, name, words, is_voter, answer, stand_in, stand_in_name, came_at, left_at FROM meeting_person WHERE id = :id AND meeting = :meeting;

-- name: meeting_seat :one
-- One's own seat before one that one fills for another.
SELECT id, post, name, is_voter, answer, reason, stand_in, stand_in_name, came_at, left_at FROM meeting_person
WHERE meeting = :meeting AND (post = :of!int OR stand_in = :of!int) ORDER BY CASE WHEN post = :of!int THEN 0 ELSE 1 END LIMIT 1;

-- name: meeting_person_answer :exec
UPDATE meeting_person SET answer = :answer, reason = :reason, stand_in = :stand_in, stand_in_name = :stand_in_name, answered_at = :answered_at WHERE id = :id;

-- name: meeting_person_come :exec
UPDATE meeting_person SET came_at = COALESCE(came_at, :came_at), left_at = NULL, how = CASE WHEN came_at IS NULL THEN :how ELSE how END WHERE id = :id;

-- name: meeting_person_leave :exec
UPDATE meeting_person SET left_at = :left_at WHERE id = :id AND came_at IS NOT NULL;

-- name: meeting_present :one
-- Those who vote: summoned, and present now. A stand-in is not counted.
SELECT sum(CASE WHEN is_voter <> 0 THEN 1 ELSE 0 END) AS summoned,
       sum(CASE WHEN is_voter <> 0 AND came_at IS NOT NULL AND left_at IS NULL AND answer <> 'other' THEN 1 ELSE 0 END) AS present,
       sum(CASE WHEN came_at IS NOT NULL AND left_at IS NULL THEN 1 ELSE 0 END) AS here, count(*) AS n
FROM meeting_person WHERE meeting = :meeting;

-- name: meeting_attendance :many
-- By who was invited, in the meetings of a time that the reader may open.
-- result: name text
-- result: words text
SELECT p.post AS of_post, max(p.name) AS name, max(p.words) AS words, count(*) AS n,
       sum(CASE WHEN p.came_at IS NOT NULL THEN 1 ELSE 0 END) AS came,
       sum(CASE WHEN p.came_at IS NULL AND p.answer = 'other' THEN 1 ELSE 0 END) AS replaced,
       sum(CASE WHEN p.came_at IS NULL AND p.answer = 'no' THEN 1 ELSE 0 END) AS excused,
       sum(CASE WHEN p.came_at IS NULL AND p.answer IN ('none', 'yes') THEN 1 ELSE 0 END) AS absent
FROM meeting_person p JOIN meeting_item i ON i.id = p.meeting WHERE
-- with: meeting_readable
AND i.state = 'closed' AND p.post <> 0 AND p.post > :after!int GROUP BY p.post ORDER BY p.post LIMIT :most!int;

-- ---- Programme

-- name: meeting_agenda_insert :exec
INSERT INTO meeting_agenda (id, meeting, ordinal, title, presenter, minutes, state, version)
VALUES (:id!meeting_agenda_id, :meeting, :ordinal, :title, :presenter, :minutes, 'waiting', 1);

-- name: meeting_agenda_update :exec
UPDATE meeting_agenda SET title = :title, presenter = :presenter, minutes = :minutes, ordinal = :ordinal, version = version + 1
WHERE id = :id AND version = :version;

-- name: meeting_agendas :many
SELECT id, ordinal, title, presenter, minutes, state, began_at, ended_at, version FROM meeting_agenda WHERE meeting = :meeting ORDER BY ordinal, id LIMIT 200;

-- name: meeting_agenda_by_id :one
SELECT id, ordinal, title, presenter, minutes, state, version FROM meeting_agenda WHERE id = :id AND meeting = :meeting;

-- name: meeting_agenda_end :exec
-- version: the chair turns; what people edit of an item stays
UPDATE meeting_agenda SET state = 'done', ended_at = :ended_at WHERE meeting = :meeting AND state = 'now';

-- name: meeting_agenda_begin :exec
-- version: the chair turns; what people edit of an item stays
UPDATE meeting_agenda SET state = 'now', began_at = :began_at, ended_at = NULL WHERE id = :id AND meeting = :meeting;

-- ---- Papers

-- name: meeting_paper_insert :exec
INSERT INTO meeting_paper (id, meeting, agenda, line, turn, name, file, size, is_current, is_late, open_to, by_name, made_at)
VALUES (:id!meeting_paper_id, :meeting, :agenda, :line, :turn, :name, :file, :size, 1, :is_late, :open_to, :by_name, :made_at);

-- name: meeting_paper_replace :exec
UPDATE meeting_paper SET is_current = 0 WHERE line = :line AND meeting = :meeting;

-- name: meeting_reader_insert :exec
INSERT INTO meeting_reader (line, person) VALUES (:line, :person) ON CONFLICT (line, person) DO NOTHING;

-- piece: meeting_paper_open
(:runs!int = 1 OR :seat!int <> 0 AND (p.open_to = 'all' OR EXISTS (SELECT 1 FROM meeting_reader d WHERE d.line = p.line AND d.person = :seat!int)))

-- name: meeting_papers :many
-- As far as this seat, or who runs the meeting, may open them.
SELECT p.id, p.agenda, p.line, p.turn, p.name, p.file, p.size, p.is_late, p.open_to, p.by_name, p.made_at FROM meeting_paper p
WHERE p.meeting = :meeting AND p.is_current = 1 AND
-- with: meeting_paper_open
ORDER BY p.line LIMIT 300;

-- name: meeting_paper_find :one
SELECT p.id, p.agenda, p.line, p.turn, p.name, p.file, p.size, p.is_current, p.is_late, p.open_to, p.by_name, p.made_at FROM meeting_paper p
WHERE p.id = :id AND p.meeting = :meeting AND
-- with: meeting_paper_open
;

-- name: meeting_paper_lines :many
SELECT id, turn, is_current, by_name, made_at FROM meeting_paper WHERE line = :line AND meeting = :meeting ORDER BY turn DESC LIMIT 50;

-- name: meeting_paper_line :one
SELECT max(turn) AS turn FROM meeting_paper WHERE line = :line AND meeting = :meeting;

-- name: meeting_paper_by_file :many
SELECT p.meeting, p.name FROM meeting_paper p WHERE p.file = :file ORDER BY p.id LIMIT 50;

-- name: meeting_paper_raw :one
SELECT p.id, p.meeting, p.line, p.turn, p.name, p.file, p.is_current, p.open_to, p.made_at FROM meeting_paper p WHERE p.id = :id;

-- name: meeting_paper_ids :many
SELECT id FROM meeting_paper WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- name: meeting_paper_ids_of :many
SELECT id FROM meeting_paper WHERE meeting = :meeting ORDER BY id LIMIT 500;

-- name: meeting_paper_seats :many
-- The posts that may open a paper by their seat.
SELECT p.post, p.stand_in FROM meeting_person p WHERE p.meeting = :meeting AND (:open_to!text = 'all'
  OR EXISTS (SELECT 1 FROM meeting_reader d WHERE d.line = :line!int AND d.person = p.id)) ORDER BY p.id LIMIT 1000;

-- name: meeting_runners :one
SELECT chair, secretary, made_by, state FROM meeting_item WHERE id = :id;

-- ---- Live

-- name: meeting_live_set :exec
INSERT INTO meeting_live (meeting, paper, page) VALUES (:meeting, :paper, :page)
ON CONFLICT (meeting) DO UPDATE SET paper = excluded.paper, page = excluded.page;

-- name: meeting_live_get :one
SELECT paper, page FROM meeting_live WHERE meeting = :meeting;

-- ---- Speaking

-- name: meeting_speech_insert :exec
INSERT INTO meeting_speech (id, meeting, agenda, person, kind, text, minutes, state, place, asked_at)
VALUES (:id!meeting_speech_id, :meeting, :agenda, :person, :kind, :text, :minutes, 'asked', :place, :asked_at);

-- name: meeting_speeches :many
-- Who speaks, then who waits, then questions and speeches done, oldest first.
SELECT s.id, s.person, s.kind, s.text, s.minutes, s.state, s.place, s.began_at, s.until_at, s.ended_at, p.name, p.words, p.stand_in_name, p.answer, a.title AS agenda_title
FROM meeting_speech s JOIN meeting_person p ON p.id = s.person LEFT JOIN meeting_agenda a ON a.id = s.agenda
WHERE s.meeting = :meeting AND s.state <> 'withdrawn' ORDER BY CASE s.state WHEN 'speaking' THEN 0 WHEN 'asked' THEN 1 ELSE 2 END, s.place, s.id LIMIT 500;

-- name: meeting_speech_by_id :one
SELECT id, person, kind, state, minutes, place, until_at FROM meeting_speech WHERE id = :id AND meeting = :meeting;

-- name: meeting_speech_waiting :one
SELECT id FROM meeting_speech WHERE meeting = :meeting AND person = :person AND kind = :kind AND state IN ('asked', 'speaking') LIMIT 1;

-- name: meeting_speech_ends :one
SELECT COALESCE(min(place), 0) AS first, COALESCE(max(place), 0) AS last FROM meeting_speech WHERE meeting = :meeting;

-- name: meeting_speech_call :exec
UPDATE meeting_speech SET state = 'speaking', began_at = :began_at, until_at = :until_at WHERE id = :id;

-- name: meeting_speech_stop :exec
UPDATE meeting_speech SET state = 'done', ended_at = :ended_at WHERE meeting = :meeting AND state = 'speaking';

-- name: meeting_speech_drop :exec
UPDATE meeting_speech SET state = 'withdrawn', ended_at = :ended_at WHERE id = :id AND state = 'asked';

-- name: meeting_speech_more :exec
UPDATE meeting_speech SET until_at = :until_at, minutes = minutes + 1 WHERE id = :id;

-- name: meeting_speech_first :exec
UPDATE meeting_speech SET place = :place WHERE id = :id AND state = 'asked';

-- name: meeting_speech_clear :exec
-- The meeting is over: who still waited did not speak.
UPDATE meeting_speech SET state = CASE WHEN state = 'speaking' THEN 'done' ELSE 'withdrawn' END, ended_at = :ended_at
WHERE meeting = :meeting AND state IN ('asked', 'speaking');

-- ---- Voting

-- name: meeting_vote_insert :exec
INSERT INTO meeting_vote (id, meeting, agenda, text, way, state, rule, need, eligible, summoned, present, yes, no, other, issued, back, missed, valid, invalid,
                          is_carried, outcome, counted_by, counted_name, confirmed_name, reason, opened_at)
VALUES (:id!meeting_vote_id, :meeting, :agenda, :text, :way, 'open', :rule, :need, :eligible, :summoned, :present, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, '', '', '', :opened_at);

-- name: meeting_votes :many
SELECT v.id, v.text, v.way, v.state, v.rule, v.need, v.eligible, v.summoned, v.present, v.yes, v.no, v.other, v.is_carried, v.outcome, v.opened_at, v.closed_at, v.agenda
FROM meeting_vote v WHERE v.meeting = :meeting ORDER BY v.id LIMIT 200;

-- name: meeting_vote_by_id :one
SELECT id, agenda, text, way, state, rule, need, eligible, summoned, present, yes, no, other, issued, back, missed, valid, invalid, is_carried, outcome, counted_by, counted_name,
       confirmed_name, reason, opened_at, closed_at FROM meeting_vote WHERE id = :id AND meeting = :meeting;

-- name: meeting_vote_open :one
SELECT id FROM meeting_vote WHERE meeting = :meeting AND state IN ('open', 'counted') LIMIT 1;

-- name: meeting_vote_count :exec
UPDATE meeting_vote SET state = 'counted', yes = :yes, no = :no, other = :other, issued = :issued, back = :back, missed = :missed, valid = :valid, invalid = :invalid,
       counted_by = :counted_by, counted_name = :counted_name WHERE id = :id AND state IN ('open', 'counted');

-- name: meeting_vote_close_row :exec
UPDATE meeting_vote SET state = 'closed', yes = :yes, no = :no, other = :other, need = :need, is_carried = :is_carried, confirmed_name = :confirmed_name,
       closed_at = :closed_at WHERE id = :id AND state IN ('open', 'counted');

-- name: meeting_vote_outcome :exec
UPDATE meeting_vote SET outcome = :outcome, issued = :issued, back = :back, missed = :missed, valid = :valid WHERE id = :id;

-- name: meeting_vote_annul_row :exec
UPDATE meeting_vote SET state = 'annulled', reason = :reason, closed_at = :closed_at WHERE id = :id AND state IN ('open', 'counted');

-- name: meeting_voice_put :exec
INSERT INTO meeting_voice (vote, person, choice, said_at) VALUES (:vote, :person, :choice, :said_at)
ON CONFLICT (vote, person) DO UPDATE SET choice = excluded.choice, said_at = excluded.said_at;

-- name: meeting_voice_take :exec
DELETE FROM meeting_voice WHERE vote = :vote AND person = :person;

-- name: meeting_voice_of :one
SELECT choice FROM meeting_voice WHERE vote = :vote AND person = :person;

-- name: meeting_voices :one
SELECT COALESCE(sum(CASE WHEN choice = 'yes' THEN 1 ELSE 0 END), 0) AS yes, COALESCE(sum(CASE WHEN choice = 'no' THEN 1 ELSE 0 END), 0) AS no,
       COALESCE(sum(CASE WHEN choice = 'other' THEN 1 ELSE 0 END), 0) AS other FROM meeting_voice WHERE vote = :vote;

-- name: meeting_voices_by_name :many
SELECT p.name, p.words, v.choice FROM meeting_voice v JOIN meeting_person p ON p.id = v.person WHERE v.vote = :vote ORDER BY p.sort_key, p.id LIMIT 1000;

-- ---- What follows

-- name: meeting_conclusion_insert :exec
INSERT INTO meeting_conclusion (id, meeting, agenda, text, lead, lead_name, due_on, made_at)
VALUES (:id!meeting_conclusion_id, :meeting, :agenda, :text, :lead, :lead_name, :due_on, :made_at);

-- name: meeting_conclusions :many
-- With the task each became: its leading part.
-- result: task_state text
SELECT c.id, c.agenda, c.text, c.lead, c.lead_name, c.due_on, c.directive, COALESCE(t.part, 0) AS task_part, COALESCE(t.state, '') AS task_state
FROM meeting_conclusion c LEFT JOIN task_v_lead t ON t.directive = c.directive
WHERE c.meeting = :meeting ORDER BY c.id LIMIT 200;

-- name: meeting_conclusion_given :exec
UPDATE meeting_conclusion SET directive = :directive WHERE id = :id AND directive IS NULL;

-- name: meeting_conclusion_delete :exec
DELETE FROM meeting_conclusion WHERE id = :id AND meeting = :meeting AND directive IS NULL;

-- ---- Notes

-- name: meeting_note_insert :exec
INSERT INTO meeting_note (id, meeting, line, turn, page, person, text, made_at) VALUES (:id!meeting_note_id, :meeting, :line, :turn, :page, :person, :text, :made_at);

-- name: meeting_notes :many
SELECT id, turn, page, text, made_at FROM meeting_note WHERE line = :line AND person = :person ORDER BY page, id LIMIT 500;

-- name: meeting_note_delete :exec
DELETE FROM meeting_note WHERE id = :id AND person = :person;

-- name: meeting_note_by_id :one
SELECT n.id, n.meeting, n.line, n.page, n.person, n.text, n.made_at, i.title FROM meeting_note n JOIN meeting_item i ON i.id = n.meeting WHERE n.id = :id!meeting_note_id;

-- name: meeting_note_paper :one
SELECT id FROM meeting_paper WHERE line = :line AND is_current = 1 LIMIT 1;

-- name: meeting_note_ids :many
SELECT id FROM meeting_note WHERE id > :after!int ORDER BY id LIMIT :most!int;

-- ---- Erasing

-- name: meeting_erase_item :exec
-- version: what it said goes, whoever had it before them
UPDATE meeting_item SET title = :text!text, note = '', place = '', reason = '', changed_at = :changed_at WHERE id = :id;

-- name: meeting_erase_agenda :exec
-- version: what it said goes, whoever had it before them
UPDATE meeting_agenda SET title = '', presenter = '' WHERE meeting = :meeting;

-- name: meeting_erase_papers :exec
UPDATE meeting_paper SET name = '' WHERE meeting = :meeting;

-- name: meeting_erase_speeches :exec
UPDATE meeting_speech SET text = '' WHERE meeting = :meeting;

-- name: meeting_erase_votes :exec
UPDATE meeting_vote SET text = '', reason = '', outcome = '' WHERE meeting = :meeting;

-- name: meeting_erase_boards :exec
UPDATE meeting_ballot SET board = '' WHERE vote IN (SELECT id FROM meeting_vote WHERE meeting = :meeting);

-- name: meeting_erase_options :exec
UPDATE meeting_option SET name = '' WHERE vote IN (SELECT id FROM meeting_vote WHERE meeting = :meeting);

-- name: meeting_erase_conclusions :exec
UPDATE meeting_conclusion SET text = '' WHERE meeting = :meeting;

-- name: meeting_erase_notes :exec
DELETE FROM meeting_note WHERE meeting = :meeting;

-- name: meeting_erase_people :exec
UPDATE meeting_person SET reason = '' WHERE meeting = :meeting;

-- name: meeting_demo_person :one
SELECT person FROM auth_account WHERE login = :login;

-- name: meeting_paper_unread :exec
DELETE FROM meeting_reader WHERE person = :person;

-- name: meeting_waiting_counts :one
-- What waits for a post: invitations without an answer, meetings of today, conclusions nobody was given.
SELECT sum(CASE WHEN i.state = 'invited' AND i.ends_at >= :now!int AND p.answer = 'none' AND p.came_at IS NULL AND p.post = :post!int THEN 1 ELSE 0 END) AS to_answer,
       sum(CASE WHEN i.state IN ('invited', 'open', 'paused') AND i.starts_at < :tomorrow!int AND i.ends_at >= :now!int THEN 1 ELSE 0 END) AS of_today
FROM meeting_person p JOIN meeting_item i ON i.id = p.meeting WHERE (p.post = :post!int OR p.stand_in = :post!int) AND i.ends_at >= :now!int;

-- name: meeting_unassigned_count :one
SELECT count(*) AS n FROM meeting_item i WHERE i.state = 'closed' AND :post!int IN (i.chair, i.secretary, i.made_by)
  AND EXISTS (SELECT 1 FROM meeting_conclusion c WHERE c.meeting = i.id AND c.lead <> 0 AND c.directive IS NULL) AND
-- with: meeting_readable
;
