-- Đơn thư: letters of citizens, the cases they belong to, what was read of them, their clocks, and where they were sent.
-- Who may read and change a letter stands in access_grant. What tells who denounces stands in petition_author, petition_letter.text and
-- petition_file only; everything else is made from the working copy.

-- A case (vụ việc): several letters about one matter are one case.
CREATE TABLE petition_case (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- the committee or organisation whose case it is
    opened_on TEXT NOT NULL
);

CREATE TABLE petition_letter (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- the committee or organisation that received it
    unit INTEGER NOT NULL,                  -- the unit that received it
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every change
    year INTEGER NOT NULL,                  -- of the office's book
    number INTEGER NOT NULL,                -- in the office's book: 1, 2, 3 … of the year
    state TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'transferred', 'replied', 'answered', 'guided', 'returned', 'filed', 'refused',
                                         'closed')),
                                            -- received: in the book, not disposed of · accepted: being settled here · transferred: waits for the body's
                                            -- reply · replied: a result is there · answered: told to who wrote · the others: over
    of_case INTEGER NOT NULL REFERENCES petition_case (id),
    channel TEXT NOT NULL,                  -- a code of petition_channels
    source TEXT NOT NULL DEFAULT '',        -- the body that passed it on, with its document
    received_on TEXT NOT NULL,
    written_on TEXT,                        -- day on the letter
    title TEXT NOT NULL,                    -- what it is about; never who denounces
    text TEXT NOT NULL,                     -- as it was typed
    working TEXT NOT NULL,                  -- without who denounces; the text itself when nobody is protected
    is_protected INTEGER NOT NULL,          -- a denunciation: who wrote is kept secret
    people INTEGER NOT NULL DEFAULT 1,      -- how many signed
    type TEXT NOT NULL DEFAULT '',          -- KN TC KNPA MIX; empty: cannot be judged
    topic TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',         -- code of a commune of today
    authority_kind TEXT NOT NULL DEFAULT '',
    authority TEXT NOT NULL DEFAULT '',     -- name of the body that is to settle it
    lacks TEXT NOT NULL DEFAULT '',         -- codes of reasons.tsv it is not eligible by, parted by spaces
    disposition TEXT NOT NULL DEFAULT '',   -- what was done with it first: accept transfer guide return file refuse
    disposed_on TEXT,
    said TEXT NOT NULL DEFAULT '',          -- the reason or guidance given last, for its paper
    receipt_due_on TEXT,                    -- until when it was to be disposed of
    due_on TEXT,                            -- the earliest day of its running clocks
    due_what TEXT NOT NULL DEFAULT '',      -- of which: receipt settle reply silent
    late_told_on TEXT,                      -- day its lateness was told, so that it is said once
    urged INTEGER NOT NULL DEFAULT 0,       -- how often the body was urged since it was sent there
    wrong INTEGER NOT NULL DEFAULT 0,       -- how often a body sent it back: not theirs
    denied INTEGER NOT NULL DEFAULT 0,      -- how often who wrote said of the answer: not yet right
    rating INTEGER NOT NULL DEFAULT 0,      -- what who wrote thought of how it was handled, 1 to 5; 0: not said
    holder INTEGER NOT NULL,                -- post that is told when it is late; 0: the organ's clerks, of a denunciation its leaders
    name_key INTEGER NOT NULL,              -- what tells who wrote, to find what the same person sent before; 0: not said
    phone_key INTEGER NOT NULL,
    made_by INTEGER NOT NULL,               -- post
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (organ, year, number)
);
CREATE INDEX petition_letter_state ON petition_letter (organ, state, id);
CREATE INDEX petition_letter_newest ON petition_letter (organ, id);
CREATE INDEX petition_letter_due ON petition_letter (state, due_on);
CREATE INDEX petition_letter_received ON petition_letter (organ, received_on);
CREATE INDEX petition_letter_case ON petition_letter (of_case);
CREATE INDEX petition_letter_name ON petition_letter (organ, name_key);
CREATE INDEX petition_letter_phone ON petition_letter (organ, phone_key);

-- Who wrote, or speaks for those who wrote.
CREATE TABLE petition_author (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    n INTEGER NOT NULL,                     -- 1: the first named
    role TEXT NOT NULL CHECK (role IN ('writer', 'representative', 'lawyer')),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    UNIQUE (letter, n)
);

CREATE TABLE petition_file (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_by INTEGER NOT NULL,              -- post
    added_at INTEGER NOT NULL
);
CREATE INDEX petition_file_letter ON petition_file (letter, id);
CREATE INDEX petition_file_file ON petition_file (file);

-- The words a letter is found by in the list's filter: of number, title and name, folded; never who denounces.
CREATE TABLE petition_term (
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    word TEXT NOT NULL,
    PRIMARY KEY (letter, word)
);

-- Parts of a letter with several matters.
CREATE TABLE petition_part (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    n INTEGER NOT NULL,
    type TEXT NOT NULL,
    topic TEXT NOT NULL,
    authority_kind TEXT NOT NULL,
    authority TEXT NOT NULL,
    UNIQUE (letter, n)
);

-- What was read of a letter, and what a person made of it. Nothing of it decides by itself.
CREATE TABLE petition_finding (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    name TEXT NOT NULL CHECK (name IN ('type', 'lacks', 'place', 'authority', 'topic', 'written_on', 'disposition')),
    value TEXT NOT NULL,                    -- as read: codes; of an authority its kind, a bar and its name
    seen TEXT NOT NULL,                     -- the words it came from; of a denunciation only such as stand in the working copy
    is_sure INTEGER NOT NULL,
    kept TEXT NOT NULL DEFAULT '',          -- what the person took
    decided_by INTEGER NOT NULL DEFAULT 0,  -- post; 0: nobody has looked yet
    decided_at INTEGER,
    UNIQUE (letter, name)
);

-- Which clocks run for a letter: the counting is modules/deadline's.
CREATE TABLE petition_clock (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    part INTEGER NOT NULL DEFAULT 0,        -- of a letter with several matters: which of them, from 1
    clock INTEGER NOT NULL REFERENCES deadline_clock (id),
    what TEXT NOT NULL CHECK (what IN ('receipt', 'settle', 'reply', 'silent')),
    due_on TEXT NOT NULL,
    is_running INTEGER NOT NULL
);
CREATE INDEX petition_clock_letter ON petition_clock (letter, id);
CREATE INDEX petition_clock_running ON petition_clock (is_running, id);

-- A letter sent to the body that is to settle it, and what came back.
CREATE TABLE petition_transfer (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    body TEXT NOT NULL,
    body_kind TEXT NOT NULL,
    doc TEXT NOT NULL,                      -- number of the covering letter
    sent_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'received', 'accepted', 'result', 'wrong')),
    reply_doc TEXT NOT NULL DEFAULT '',
    replied_on TEXT,
    reply TEXT NOT NULL DEFAULT '',
    urged INTEGER NOT NULL DEFAULT 0,
    urged_on TEXT
);
CREATE INDEX petition_transfer_letter ON petition_transfer (letter, id);

-- Who looked at who denounces, and why. The trail has it too.
CREATE TABLE petition_opening (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    post INTEGER NOT NULL,
    reason TEXT NOT NULL,
    opened_at INTEGER NOT NULL
);
CREATE INDEX petition_opening_letter ON petition_opening (letter, post, id);

-- What who wrote may see of what happened, in its order, with what they said themselves; never who did it here, nor what is noted for
-- the office alone.
CREATE TABLE petition_road (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES petition_letter (id),
    verb TEXT NOT NULL,                     -- a verb of petition_verbs
    about TEXT NOT NULL,                    -- the body it is about
    text TEXT NOT NULL,                     -- what was said to or by who wrote
    working TEXT NOT NULL,                  -- the same without who denounces
    files INTEGER NOT NULL DEFAULT 0,       -- how many came with it
    made_at INTEGER NOT NULL
);
CREATE INDEX petition_road_letter ON petition_road (letter, id);

-- How far a letter is, for who wrote it.
CREATE VIEW petition_v_letter AS SELECT id, title, state FROM petition_letter;
