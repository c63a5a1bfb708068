-- Meetings: who comes, what is talked about, from which papers, what is decided and what follows. Who may read and run one
-- stands in access_grant: readers CAN_READ, who runs it (chair, secretary, whoever made it) CAN_MANAGE.
-- Posts are bare ids of modules/org; names are kept as they were that day.

-- Rooms of an organ.
CREATE TABLE meeting_room (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,
    name TEXT NOT NULL,
    seats INTEGER NOT NULL,
    note TEXT NOT NULL,
    is_closed INTEGER NOT NULL,             -- cannot be booked any more
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX meeting_room_organ ON meeting_room (organ, name);

CREATE TABLE meeting_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- a row of kinds.tsv: quorum, majority, ways of deciding
    title TEXT NOT NULL,
    note TEXT NOT NULL,                     -- purpose, what to prepare
    state TEXT NOT NULL CHECK (state IN ('plan', 'invited', 'open', 'paused', 'closed', 'cancelled')),
    organ INTEGER NOT NULL,
    unit INTEGER NOT NULL,                  -- that prepares it
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    room INTEGER REFERENCES meeting_room (id),
    place TEXT NOT NULL,                    -- where, when it is none of the rooms
    chair INTEGER NOT NULL,                 -- post
    chair_name TEXT NOT NULL,
    secretary INTEGER NOT NULL,             -- post
    secretary_name TEXT NOT NULL,
    eligible INTEGER NOT NULL,              -- members of the body, of whom the quorum is counted; 0: as many as are summoned
    is_shown INTEGER NOT NULL,              -- stands in the week's calendar of the organ, for all of it to read
    reason TEXT NOT NULL,                   -- why it was cancelled
    invited_at INTEGER,
    opened_at INTEGER,
    closed_at INTEGER,
    version INTEGER NOT NULL,
    made_by INTEGER NOT NULL,               -- post
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX meeting_item_starts ON meeting_item (starts_at, id);
CREATE INDEX meeting_item_state ON meeting_item (state, starts_at);
CREATE INDEX meeting_item_room ON meeting_item (room);

-- A room is taken by quarters of an hour: the key lets two meetings have none in common, whoever presses first.
CREATE TABLE meeting_slot (
    room INTEGER NOT NULL REFERENCES meeting_room (id),
    quarter INTEGER NOT NULL,               -- minutes since 1970 UTC, divided by 15
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    PRIMARY KEY (room, quarter)
);
CREATE INDEX meeting_slot_meeting ON meeting_slot (meeting);

CREATE TABLE meeting_person (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    post INTEGER NOT NULL,                  -- 0: a guest from outside, by name
    place INTEGER NOT NULL,                 -- the post, or of a guest its own id: nobody sits twice
    name TEXT NOT NULL,
    words TEXT NOT NULL,                    -- title and unit
    sort_key BLOB NOT NULL,                 -- utf8_name_key(name): given name first
    is_voter INTEGER NOT NULL,              -- counts for the quorum, and votes
    answer TEXT NOT NULL CHECK (answer IN ('none', 'yes', 'no', 'other')), -- other: somebody stands in
    reason TEXT NOT NULL,                   -- why absent, or why another
    stand_in INTEGER NOT NULL,              -- post that comes instead; may not vote instead
    stand_in_name TEXT NOT NULL,
    answered_at INTEGER,
    came_at INTEGER,
    left_at INTEGER,                        -- went before the end
    how TEXT NOT NULL,                      -- of coming: self, desk
    UNIQUE (meeting, place)
);
CREATE INDEX meeting_person_post ON meeting_person (post, meeting);
CREATE INDEX meeting_person_stand_in ON meeting_person (stand_in, meeting);

CREATE TABLE meeting_agenda (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    presenter TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'now', 'done')),
    began_at INTEGER,
    ended_at INTEGER,
    version INTEGER NOT NULL
);
CREATE INDEX meeting_agenda_meeting ON meeting_agenda (meeting, ordinal);

-- One version of a paper; the file never changes, a new version is a new row of the same line.
CREATE TABLE meeting_paper (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    agenda INTEGER REFERENCES meeting_agenda (id), -- NULL: of the whole meeting
    line INTEGER NOT NULL,                  -- id of the first version
    turn INTEGER NOT NULL,                  -- 1, 2, 3 …: which version
    name TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file_blob (id),
    size INTEGER NOT NULL,
    is_current INTEGER NOT NULL,
    is_late INTEGER NOT NULL,               -- came after the day papers were to be sent
    open_to TEXT NOT NULL CHECK (open_to IN ('all', 'some')), -- all who were invited, or those of meeting_reader
    by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX meeting_paper_meeting ON meeting_paper (meeting, line);
CREATE INDEX meeting_paper_file ON meeting_paper (file);
CREATE TABLE meeting_reader (
    line INTEGER NOT NULL,                  -- of meeting_paper
    person INTEGER NOT NULL REFERENCES meeting_person (id),
    PRIMARY KEY (line, person)
);

-- What the chair shows to all: everybody's page follows it.
CREATE TABLE meeting_live (
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    paper INTEGER REFERENCES meeting_paper (id), -- NULL: nothing, the neutral screen
    page INTEGER NOT NULL,
    PRIMARY KEY (meeting)
);

-- Who asks to speak, and questions; in the order of place.
CREATE TABLE meeting_speech (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    agenda INTEGER REFERENCES meeting_agenda (id), -- that was current
    person INTEGER NOT NULL REFERENCES meeting_person (id),
    kind TEXT NOT NULL CHECK (kind IN ('speak', 'question')),
    text TEXT NOT NULL,                     -- of a question
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'speaking', 'done', 'withdrawn')),
    place INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    began_at INTEGER,
    until_at INTEGER,
    ended_at INTEGER
);
CREATE INDEX meeting_speech_meeting ON meeting_speech (meeting, state, place);

-- A vote; once open nothing of it changes. What the rule asks, and how many were there, are kept with it.
CREATE TABLE meeting_vote (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    agenda INTEGER REFERENCES meeting_agenda (id),
    text TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('hands', 'open', 'paper', 'secret')),
    state TEXT NOT NULL CHECK (state IN ('open', 'counted', 'closed', 'annulled')),
    rule TEXT NOT NULL,                     -- the majority asked for, in words, with its basis
    need INTEGER NOT NULL,                  -- votes in favour that carry it; 0: of the valid papers, known when counted
    eligible INTEGER NOT NULL,
    summoned INTEGER NOT NULL,
    present INTEGER NOT NULL,
    yes INTEGER NOT NULL,
    no INTEGER NOT NULL,
    other INTEGER NOT NULL,                 -- another opinion, blank
    issued INTEGER NOT NULL,                -- of stamped papers: given out
    back INTEGER NOT NULL,                  -- came back
    missed INTEGER NOT NULL,                -- did not come back
    valid INTEGER NOT NULL,
    invalid INTEGER NOT NULL,
    is_carried INTEGER NOT NULL,
    outcome TEXT NOT NULL,                  -- of a list, in words: who was chosen, with how many votes
    counted_by INTEGER NOT NULL,            -- post
    counted_name TEXT NOT NULL,
    confirmed_name TEXT NOT NULL,
    reason TEXT NOT NULL,                   -- why annulled
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
);
CREATE INDEX meeting_vote_meeting ON meeting_vote (meeting, id);
CREATE TABLE meeting_voice (
    vote INTEGER NOT NULL REFERENCES meeting_vote (id),
    person INTEGER NOT NULL REFERENCES meeting_person (id),
    choice TEXT NOT NULL CHECK (choice IN ('yes', 'no', 'other')),
    said_at INTEGER NOT NULL,
    PRIMARY KEY (vote, person)
);

-- A secret ballot on devices: its board as far as it is public, and the keys while they are needed. No line of these tables says when a paper came.
CREATE TABLE meeting_ballot (
    vote INTEGER NOT NULL REFERENCES meeting_vote (id),
    phase TEXT NOT NULL CHECK (phase IN ('issuing', 'casting', 'closed', 'annulled')),
    most INTEGER NOT NULL,                  -- so many options may be chosen
    is_list INTEGER NOT NULL,               -- chooses among names; 0: for, against, another opinion
    board TEXT NOT NULL,                    -- lines, only added to; published when closed
    signer BLOB NOT NULL,                   -- stamps papers; thrown away when the voting begins
    seed BLOB NOT NULL,                     -- the box's own key; thrown away at the closing
    PRIMARY KEY (vote)
);
-- Who may take a paper, and the stamp each got on the closed envelope.
CREATE TABLE meeting_roll (
    vote INTEGER NOT NULL REFERENCES meeting_vote (id),
    person INTEGER NOT NULL REFERENCES meeting_person (id),
    ordinal INTEGER NOT NULL,               -- among the voters of the board
    blinded TEXT NOT NULL,                  -- the envelope, hexadecimal; '' not taken yet
    stamp TEXT NOT NULL,
    PRIMARY KEY (vote, person)
);
-- The box: papers by the first digit of their key, in the order of their keys within it; rows are there from the beginning.
CREATE TABLE meeting_lot (
    vote INTEGER NOT NULL REFERENCES meeting_vote (id),
    lot INTEGER NOT NULL,
    n INTEGER NOT NULL,
    papers TEXT NOT NULL,                   -- lines of the board
    PRIMARY KEY (vote, lot)
);
CREATE TABLE meeting_option (
    vote INTEGER NOT NULL REFERENCES meeting_vote (id),
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    votes INTEGER NOT NULL,                 -- 0 until it is closed
    is_chosen INTEGER NOT NULL,
    is_tied INTEGER NOT NULL,               -- has as many as another for the last place: to be voted again
    PRIMARY KEY (vote, ordinal)
);

CREATE TABLE meeting_conclusion (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    agenda INTEGER REFERENCES meeting_agenda (id),
    text TEXT NOT NULL,
    lead INTEGER NOT NULL,                  -- post or unit that is to do it; 0: nobody, it only stands in the minutes
    lead_name TEXT NOT NULL,
    due_on TEXT,
    directive INTEGER REFERENCES task_directive (id), -- the task it became
    made_at INTEGER NOT NULL
);
CREATE INDEX meeting_conclusion_meeting ON meeting_conclusion (meeting, id);

-- Private notes on a paper: of one person, found by that person alone.
CREATE TABLE meeting_note (
    id INTEGER PRIMARY KEY,
    meeting INTEGER NOT NULL REFERENCES meeting_item (id),
    line INTEGER NOT NULL,                  -- of meeting_paper
    turn INTEGER NOT NULL,                  -- version it was written on
    page INTEGER NOT NULL,
    person INTEGER NOT NULL,                -- of modules/org
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX meeting_note_line ON meeting_note (line, person, id);
CREATE INDEX meeting_note_meeting ON meeting_note (meeting);
