-- Boxes of posts and units, the conversations in them, the letters, who they went to, and what is being written. A letter is
-- seen only through a box: a conversation stands in each box once, with grants of that box's principals on it.

-- A box belongs to a post or a unit, never to a person.
CREATE TABLE mail_box (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL UNIQUE,          -- post or unit
    is_shared INTEGER NOT NULL,             -- of a unit: conversations are claimed, and have a deadline
    organ INTEGER NOT NULL,                 -- committee or organisation of the owner
    unit INTEGER NOT NULL,                  -- the unit, or that of the post
    name TEXT NOT NULL,                     -- as it was called when it was last written to
    answer_hours INTEGER NOT NULL,          -- working hours within which a shared box answers
    made_at INTEGER NOT NULL
);

CREATE TABLE mail_thread (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,                  -- of its first letter
    made_at INTEGER NOT NULL
);

-- A letter: ours, or one brought in from a file.
CREATE TABLE mail_letter (
    id INTEGER PRIMARY KEY,
    thread INTEGER NOT NULL REFERENCES mail_thread (id),
    from_box INTEGER REFERENCES mail_box (id), -- none: from outside
    from_name TEXT NOT NULL,
    from_note TEXT NOT NULL,                -- post and unit that day; of one from outside its address
    by_post INTEGER NOT NULL DEFAULT 0,     -- who pressed send
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    own_text TEXT NOT NULL,                 -- without what it quotes below
    sent_at INTEGER NOT NULL,
    message_id TEXT NOT NULL,               -- with its brackets
    source INTEGER REFERENCES file_blob (id), -- the exact bytes of a letter from outside
    body_hash TEXT NOT NULL DEFAULT '',     -- of text and files: the same Message-ID with another body is another letter
    encoding TEXT NOT NULL DEFAULT '',      -- guessed, when nobody said; or chosen by a person
    warned TEXT NOT NULL DEFAULT '',        -- what to be careful of: names of enum mail_warning apart by spaces
    is_machine INTEGER NOT NULL DEFAULT 0,  -- written by a machine: opens no work
    number TEXT NOT NULL DEFAULT '',        -- of a document it brings
    dated_on TEXT,
    about TEXT NOT NULL DEFAULT '',         -- document, petition: what the program takes it for
    blocked INTEGER NOT NULL DEFAULT 0,     -- pictures and addresses of others' machines left out
    answer_to TEXT NOT NULL DEFAULT ''      -- of one from outside: the address that answers go to
);
CREATE INDEX mail_letter_thread ON mail_letter (thread, id);
CREATE INDEX mail_letter_message ON mail_letter (message_id);

-- A conversation as it stands in one box.
CREATE TABLE mail_item (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL REFERENCES mail_box (id),
    thread INTEGER NOT NULL REFERENCES mail_thread (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'snoozed', 'done')), -- waiting: answered, the others' turn
    version INTEGER NOT NULL DEFAULT 1,
    holder INTEGER NOT NULL DEFAULT 0,      -- post that claimed it
    holder_name TEXT NOT NULL DEFAULT '',
    held_at INTEGER,
    due_at INTEGER,                         -- of a shared box: to be answered by
    snooze_on TEXT,                         -- day it comes back
    is_star INTEGER NOT NULL DEFAULT 0,
    is_unread INTEGER NOT NULL DEFAULT 0,
    has_mine INTEGER NOT NULL DEFAULT 0,    -- something was sent from this box
    has_file INTEGER NOT NULL DEFAULT 0,
    subject TEXT NOT NULL,
    sender TEXT NOT NULL,                   -- of the last letter from another; without one: to whom
    excerpt TEXT NOT NULL,
    mark TEXT NOT NULL DEFAULT '',          -- what was made of it: "Số đến 118"
    letters INTEGER NOT NULL DEFAULT 0,
    first_at INTEGER,                       -- first letter from another
    answered_at INTEGER,                    -- first answer to it
    last_at INTEGER NOT NULL,
    place INTEGER NOT NULL,                 -- order in its tab: of a shared box what is due first, else the newest first
    recent INTEGER NOT NULL,                -- the newest first
    UNIQUE (box, thread)
);
CREATE INDEX mail_item_place ON mail_item (box, state, place, id);
CREATE INDEX mail_item_recent ON mail_item (box, recent, id);
CREATE INDEX mail_item_state ON mail_item (box, state, is_unread, holder, due_at);
CREATE INDEX mail_item_thread ON mail_item (thread);
CREATE INDEX mail_item_snooze ON mail_item (state, snooze_on);

-- Whom a letter came from and went to; each of our boxes sees it by its row here.
CREATE TABLE mail_to (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES mail_letter (id),
    role TEXT NOT NULL CHECK (role IN ('from', 'to', 'cc', 'bcc')),
    box INTEGER REFERENCES mail_box (id),   -- none: outside
    item INTEGER REFERENCES mail_item (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',       -- of one from outside
    delivered_at INTEGER,
    read_at INTEGER,
    read_by TEXT NOT NULL DEFAULT '',       -- name of who read it first
    recalled_at INTEGER                     -- taken back unread
);
CREATE INDEX mail_to_letter ON mail_to (letter, id);
CREATE INDEX mail_to_item ON mail_to (item, letter);

-- Files of letters: kept by content, one copy.
CREATE TABLE mail_paper (
    id INTEGER PRIMARY KEY,
    letter INTEGER NOT NULL REFERENCES mail_letter (id),
    file INTEGER REFERENCES file_blob (id), -- none: of a kind that is not kept here; it stands in the letter's own bytes
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    danger TEXT NOT NULL DEFAULT ''         -- executable, macro
);
CREATE INDEX mail_paper_letter ON mail_paper (letter, id);
CREATE INDEX mail_paper_file ON mail_paper (file);

-- Notes within a box: never sent.
CREATE TABLE mail_note (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES mail_item (id),
    by_post INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX mail_note_item ON mail_note (item, id);

-- What a conversation became: a document, a task.
CREATE TABLE mail_link (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES mail_item (id),
    letter INTEGER NOT NULL REFERENCES mail_letter (id),
    kind TEXT NOT NULL,                     -- document, task
    record INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX mail_link_item ON mail_link (item, id);
CREATE INDEX mail_link_letter ON mail_link (letter, kind);

-- Letters being written, or waiting to go.
CREATE TABLE mail_draft (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL REFERENCES mail_box (id), -- it is sent as this box
    post INTEGER NOT NULL,                  -- who writes
    post_name TEXT NOT NULL,
    item INTEGER REFERENCES mail_item (id), -- the conversation it answers
    reply_to INTEGER REFERENCES mail_letter (id),
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'sent', 'dropped')),
    send_at INTEGER,                        -- of a queued one
    letter INTEGER REFERENCES mail_letter (id), -- what it became
    fault TEXT NOT NULL DEFAULT '',         -- why a queued one came back
    out_to TEXT NOT NULL DEFAULT '',        -- addresses outside, as typed, apart by commas
    out_cc TEXT NOT NULL DEFAULT '',
    out_bcc TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL
);
CREATE INDEX mail_draft_post ON mail_draft (post, state, id);
CREATE INDEX mail_draft_item ON mail_draft (item, state);
CREATE INDEX mail_draft_due ON mail_draft (state, send_at);

CREATE TABLE mail_draft_to (
    draft INTEGER NOT NULL REFERENCES mail_draft (id),
    principal INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('to', 'cc', 'bcc')),
    PRIMARY KEY (draft, principal)
);

CREATE TABLE mail_draft_paper (
    id INTEGER PRIMARY KEY,
    draft INTEGER NOT NULL REFERENCES mail_draft (id),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE INDEX mail_draft_paper_draft ON mail_draft_paper (draft, id);
CREATE INDEX mail_draft_paper_file ON mail_draft_paper (file);

-- Saved answers of a box.
CREATE TABLE mail_answer (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL REFERENCES mail_box (id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX mail_answer_box ON mail_answer (box, title);

-- Files of letters brought in, and how far they are.
CREATE TABLE mail_bring (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL REFERENCES mail_box (id),
    post INTEGER NOT NULL,
    file INTEGER REFERENCES file_blob (id),
    name TEXT NOT NULL,
    letters INTEGER NOT NULL DEFAULT 0,     -- taken in
    again INTEGER NOT NULL DEFAULT 0,       -- there already
    unread INTEGER NOT NULL DEFAULT 0,      -- that could not be read
    fault TEXT NOT NULL DEFAULT '',
    ended_at INTEGER,
    made_at INTEGER NOT NULL
);
CREATE INDEX mail_bring_box ON mail_bring (box, id);
CREATE INDEX mail_bring_file ON mail_bring (file);

-- How a box's letters leave for addresses outside, and come from them: a server of the office's own. A box without one is internal.
CREATE TABLE mail_way (
    id INTEGER PRIMARY KEY,
    box INTEGER NOT NULL UNIQUE REFERENCES mail_box (id),
    organ INTEGER NOT NULL,                 -- whose administrators set it
    version INTEGER NOT NULL DEFAULT 1,
    is_on INTEGER NOT NULL,
    address TEXT NOT NULL,                  -- what others write to, and where bounces go
    out_host TEXT NOT NULL,                 -- empty: nothing is sent this way
    out_port INTEGER NOT NULL,
    out_safety TEXT NOT NULL CHECK (out_safety IN ('tls', 'starttls', 'bare')),
    in_host TEXT NOT NULL,                  -- empty: nothing is fetched
    in_port INTEGER NOT NULL,
    in_safety TEXT NOT NULL CHECK (in_safety IN ('tls', 'starttls', 'bare')),
    login TEXT NOT NULL,                    -- empty: nobody signs in
    secret TEXT NOT NULL,                   -- sealed with the key beside the files, never shown
    trusted TEXT NOT NULL,                  -- PEM of a certificate the server made itself
    uid_validity INTEGER NOT NULL DEFAULT 0,
    uid_next INTEGER NOT NULL DEFAULT 1,    -- letters below were taken, or looked at
    in_good_at INTEGER,                     -- last time the server was reached and read to its end
    in_fault TEXT NOT NULL DEFAULT '',
    in_fault_at INTEGER,
    in_tries INTEGER NOT NULL DEFAULT 0,    -- in a row that failed
    out_good_at INTEGER,
    out_fault TEXT NOT NULL DEFAULT '',
    out_fault_at INTEGER,
    got INTEGER NOT NULL DEFAULT 0,         -- letters taken in
    left_there INTEGER NOT NULL DEFAULT 0,  -- that were not: a mark of secrecy, too large
    trial_at INTEGER,                       -- when the trial that is asked for was asked for
    trial_out TEXT NOT NULL DEFAULT '',     -- what came of the last one
    trial_in TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mail_way_organ ON mail_way (organ, id);

-- A letter that leaves for addresses outside: once, under its Message-ID.
CREATE TABLE mail_out (
    id INTEGER PRIMARY KEY,
    way INTEGER NOT NULL REFERENCES mail_way (id),
    letter INTEGER NOT NULL UNIQUE REFERENCES mail_letter (id),
    message_id TEXT NOT NULL,
    -- talking: the server is being asked, and has not got it; handing: it may have; unsure: nobody knows
    state TEXT NOT NULL CHECK (state IN ('queued', 'talking', 'handing', 'sent', 'unsure', 'failed', 'dropped')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,                        -- of one that waits
    fault TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX mail_out_way ON mail_out (way, id);
CREATE INDEX mail_out_state ON mail_out (state, next_at);
CREATE INDEX mail_out_message ON mail_out (message_id);

CREATE TABLE mail_out_to (
    id INTEGER PRIMARY KEY,
    out INTEGER NOT NULL REFERENCES mail_out (id),
    letter INTEGER NOT NULL REFERENCES mail_letter (id),
    address TEXT NOT NULL,
    -- handed: the server took it, which is not that it came; delayed, bounced, came: what a report said later
    state TEXT NOT NULL CHECK (state IN ('waiting', 'handed', 'refused', 'delayed', 'bounced', 'came')),
    code TEXT NOT NULL DEFAULT '',          -- 550, or 5.1.1 of a report
    said TEXT NOT NULL DEFAULT '',          -- the server's own words
    changed_at INTEGER NOT NULL,
    UNIQUE (out, address)
);
CREATE INDEX mail_out_to_letter ON mail_out_to (letter, id);
