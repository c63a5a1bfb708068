-- Văn bản đến (incoming documents): registers, documents, who must do what with them by when, and the thread of what happened.
-- Principals (posts, units, role groups) are bare ids of modules/org; names shown in the thread are kept as they were that day.

-- A register: one series of arrival numbers of an organ in a year, from 1 on 1 January to the last of 31 December.
CREATE TABLE document_book (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- the committee or organisation that keeps it
    kind TEXT NOT NULL CHECK (kind = 'in'),
    year INTEGER NOT NULL,
    UNIQUE (organ, kind, year)
);

-- The next number of a register. Taken and moved on in the transaction that registers, so no number is given twice or lost.
CREATE TABLE document_counter (
    book INTEGER PRIMARY KEY REFERENCES document_book (id),
    next_no INTEGER NOT NULL CHECK (next_no >= 1),
    last_on TEXT                            -- arrival date of the last number given
);

CREATE TABLE document_doc (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- whose document it is
    dir TEXT NOT NULL CHECK (dir = 'in'),
    state TEXT NOT NULL CHECK (state IN ('draft', 'received', 'presented', 'assigned', 'reported', 'closed', 'void')),
                                            -- draft: not registered yet · received: numbered, not presented · presented: waits for direction ·
                                            -- assigned: being worked on · reported: the lead is done, waits for closure · closed · void: registration cancelled
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every change, so that two people cannot overwrite each other
    type TEXT NOT NULL DEFAULT '',          -- abbreviation of NĐ 30/2020 (KH, BC, TTr …); CV for công văn, empty unknown
    number INTEGER NOT NULL DEFAULT 0,      -- the issuer's number; 0 none
    notation TEXT NOT NULL DEFAULT '',      -- what follows the number: SNNMT-GN, KH-MTTQ-BTT
    code TEXT NOT NULL DEFAULT '',          -- number and notation as written: 1187/SNNMT-GN
    issued_on TEXT,                         -- date on the document
    subject TEXT NOT NULL DEFAULT '',       -- trích yếu, at most 500 characters
    issuer_unit INTEGER NOT NULL DEFAULT 0, -- the issuing organ when it is in the directory
    issuer TEXT NOT NULL DEFAULT '',        -- its name as on the document
    signer TEXT NOT NULL DEFAULT '',        -- name of who signed
    signer_post TEXT NOT NULL DEFAULT '',   -- KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC
    priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 3), -- 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc
    field TEXT NOT NULL DEFAULT '',         -- lĩnh vực: a code of document_fields
    pages INTEGER NOT NULL DEFAULT 0,       -- pages of the main file
    note TEXT NOT NULL DEFAULT '',
    book INTEGER REFERENCES document_book (id),
    arrival_no INTEGER NOT NULL DEFAULT 0, -- số đến; kept for ever once given
    arrival_on TEXT,                        -- ngày đến
    registered_by INTEGER NOT NULL DEFAULT 0, -- post
    registered_at INTEGER,
    presented_to INTEGER NOT NULL DEFAULT 0, -- post of the leader it waits for or waited for
    presented_at INTEGER,
    directed_by INTEGER NOT NULL DEFAULT 0,                    -- post whose direction is in force: who closes, grants more time, takes returns
    due_on TEXT,                            -- when the lead must be done; before direction, the date the document itself asks for
    due_why TEXT NOT NULL DEFAULT '',       -- how that date was counted, line by line, with the article of law
    lead INTEGER NOT NULL DEFAULT 0, -- principal that leads the work
    lead_unit INTEGER NOT NULL DEFAULT 0,                      -- the unit of the lead
    lead_name TEXT NOT NULL DEFAULT '',
    done_on TEXT,                           -- day the lead reported done
    done_at INTEGER,
    closed_at INTEGER,
    closed_by INTEGER NOT NULL DEFAULT 0,
    void_reason TEXT NOT NULL DEFAULT '',
    duplicate_of INTEGER REFERENCES document_doc (id), -- registered in spite of this one
    duplicate_reason TEXT NOT NULL DEFAULT '',
    duplicate_key TEXT NOT NULL DEFAULT '', -- number, notation and issuer folded: equal keys are the same document
    sha256 TEXT NOT NULL DEFAULT '',        -- of the main file, to find the same bytes again
    reading TEXT NOT NULL DEFAULT 'none' CHECK (reading IN ('none', 'waiting', 'read', 'failed')), -- of the main file
    created_by INTEGER NOT NULL,            -- post
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (book, arrival_no)               -- drafts have no book
);
CREATE INDEX document_doc_duplicate ON document_doc (organ, duplicate_key);
CREATE INDEX document_doc_sha256 ON document_doc (organ, sha256);
CREATE INDEX document_doc_arrival ON document_doc (organ, arrival_on);
CREATE INDEX document_doc_due ON document_doc (state, due_on);
CREATE INDEX document_doc_issuer ON document_doc (organ, issuer);

-- Files of a document: what came in, and what shows that work was done.
CREATE TABLE document_file (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    file INTEGER NOT NULL REFERENCES file_blob (id), -- of the kernel's file store
    role TEXT NOT NULL CHECK (role IN ('main', 'annex', 'evidence')),
    line INTEGER NOT NULL DEFAULT 0, -- evidence of this line
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_by INTEGER NOT NULL,              -- post
    added_at INTEGER NOT NULL,
    is_cleared INTEGER NOT NULL DEFAULT 0   -- who brought it has said that it is no state secret
);
CREATE INDEX document_file_doc ON document_file (doc, id);
CREATE INDEX document_file_file ON document_file (file);

-- A file that seems to bear a secrecy stamp: taken out of its document and read by nobody until who brought it says that
-- it is none (back to document_file), or that it is one, or says nothing in time (destroyed, its trace kept in the journal).
CREATE TABLE document_seal (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    was INTEGER NOT NULL,                   -- its row of document_file: what the thread calls it, and what it is again when it comes back
    file INTEGER NOT NULL REFERENCES file_blob (id),
    role TEXT NOT NULL CHECK (role IN ('main', 'annex', 'evidence')),
    line INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_by INTEGER NOT NULL,              -- post: the one that is asked
    added_at INTEGER NOT NULL,
    page INTEGER NOT NULL,                  -- where the stamp stands
    seen TEXT NOT NULL,                     -- as read
    sealed_at INTEGER NOT NULL,
    until_on TEXT NOT NULL                  -- the last day to say so
);
CREATE INDEX document_seal_doc ON document_seal (doc, id);
CREATE INDEX document_seal_file ON document_seal (file);
CREATE INDEX document_seal_until ON document_seal (until_on);

-- What was read from the paper, and what the clerk made of it.
CREATE TABLE document_fact (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    name TEXT NOT NULL,                     -- number, issued, type, subject, issuer, signer, signer_post, priority, due
    value TEXT NOT NULL,                    -- as read
    confidence INTEGER NOT NULL,            -- 0 to 100
    page INTEGER NOT NULL,                  -- from 1; 0: not on a page
    x REAL NOT NULL,                        -- the piece of the page it came from, as parts of its width and height from the top left
    y REAL NOT NULL,
    w REAL NOT NULL,
    h REAL NOT NULL,
    seen TEXT NOT NULL,                     -- the words as read, before mending
    kept TEXT NOT NULL DEFAULT '',          -- what was registered in its place
    is_corrected INTEGER NOT NULL DEFAULT 0,
    corrected_by INTEGER NOT NULL DEFAULT 0, -- post
    UNIQUE (doc, name)
);

-- A leader's direction: one line of text, one deadline, lines to those who lead, cooperate or are informed.
CREATE TABLE document_directive (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    by_post INTEGER NOT NULL,
    text TEXT NOT NULL,
    days INTEGER NOT NULL DEFAULT 0,        -- working days as given; 0: a date was given, or none
    due_on TEXT,
    due_why TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL,
    is_recalled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_directive_doc ON document_directive (doc, id);

-- One receiver's part. State belongs to the line, not to the document.
CREATE TABLE document_line (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    directive INTEGER REFERENCES document_directive (id),
    parent INTEGER REFERENCES document_line (id), -- passed on within a unit from this line
    role TEXT NOT NULL CHECK (role IN ('lead', 'cooperate', 'inform')),
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post', 'unit')),
    target INTEGER NOT NULL,                -- post or unit
    target_unit INTEGER NOT NULL,           -- the unit, or the unit of the post
    target_name TEXT NOT NULL,
    sent_by INTEGER NOT NULL,               -- post
    sent_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'working', 'done', 'returned', 'recalled')),
    due_on TEXT,
    due_why TEXT NOT NULL DEFAULT '',
    read_at INTEGER,
    accepted_at INTEGER,
    accepted_by INTEGER NOT NULL DEFAULT 0,                    -- post
    done_at INTEGER,
    done_on TEXT,
    done_by INTEGER NOT NULL DEFAULT 0,                        -- post
    report TEXT NOT NULL DEFAULT '',        -- what was done
    reason TEXT NOT NULL DEFAULT '',        -- why returned or recalled
    late_told_on TEXT                       -- day the lateness was announced, so that it is said once
);
CREATE INDEX document_line_doc ON document_line (doc, id);
CREATE INDEX document_line_due ON document_line (state, due_on);

-- Asking for more time, and the answer of who set the deadline.
CREATE TABLE document_extension (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    line INTEGER NOT NULL REFERENCES document_line (id),
    asked_by INTEGER NOT NULL,              -- post
    asked_at INTEGER NOT NULL,
    old_due_on TEXT,
    new_due_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'agreed', 'refused')),
    decided_by INTEGER NOT NULL DEFAULT 0,
    decided_at INTEGER,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_extension_line ON document_extension (line, id);
CREATE INDEX document_extension_doc ON document_extension (doc, id);

-- The thread: what happened, in the words shown, with the names of that day.
CREATE TABLE document_step (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    made_at INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- upload, read, register, present, direct, accept, report, return, close, reopen, recall, extend, opinion, void …
    by_post INTEGER NOT NULL DEFAULT 0,                        -- none: the system
    by_name TEXT NOT NULL DEFAULT '',
    by_post_name TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    due_on TEXT,
    directive INTEGER NOT NULL DEFAULT 0,
    line INTEGER NOT NULL DEFAULT 0,
    file INTEGER NOT NULL DEFAULT 0 -- a row of document_file
);
CREATE INDEX document_step_doc ON document_step (doc, id);

-- In which tab of whom a document stands: lists and counters both come from here, so that they always agree.
-- Made anew from the document and its lines after every change of it (document_box.c).
CREATE TABLE document_box (
    principal INTEGER NOT NULL,             -- post, unit or role group
    box TEXT NOT NULL,                      -- draft, received, presented, waiting, working, due, reported, returned, inform, done, closed, void, given, all
    doc INTEGER NOT NULL REFERENCES document_doc (id),
    line INTEGER NOT NULL,                  -- the receiver's line; 0: the document itself
    arrival INTEGER NOT NULL,               -- order of arrival: year and number; drafts by when they came, after all numbers
    due_day TEXT NOT NULL,                  -- of box due: yyyy-mm-dd; else empty
    is_new INTEGER NOT NULL,                -- not opened yet by the receiver
    PRIMARY KEY (principal, box, due_day, arrival, doc, line)
);
CREATE INDEX document_box_doc ON document_box (doc);

-- How many stand in each tab: kept with every change of document_box, never counted.
CREATE TABLE document_counter_kept (
    principal INTEGER NOT NULL,
    box TEXT NOT NULL,
    due_day TEXT NOT NULL,                  -- of box due: the day; else empty
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (principal, box, due_day)
);

-- Published for the charts: one row a registered document. Rights are the reader's: join access_grant on id.
CREATE VIEW document_v_doc AS
SELECT id, organ, type, field, issuer, issuer_unit, priority, state, arrival_no, arrival_on, issued_on, due_on, done_on, lead, lead_unit, lead_name,
       code, subject, closed_at
FROM document_doc
WHERE arrival_no > 0 AND state <> 'void';

-- One row a receiver's line of a registered document.
CREATE VIEW document_v_line AS
SELECT l.id, l.doc, d.organ, l.role, l.target_kind, l.target, l.target_unit, l.target_name, l.state, l.due_on, l.done_on, l.sent_at,
       d.arrival_on, d.field, d.type
FROM document_line l JOIN document_doc d ON d.id = l.doc
WHERE d.arrival_no > 0 AND d.state <> 'void' AND l.state <> 'recalled';
