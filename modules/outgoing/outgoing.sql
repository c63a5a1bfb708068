-- Văn bản đi (outgoing documents): drafts with all their versions, who has approved which of them, numbers, what was issued to
-- whom, and who has read and answered it. Principals (posts, units, role groups) are bare ids of modules/org; names are kept as
-- they were that day.

CREATE TABLE outgoing_doc (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- whose document it is
    unit INTEGER NOT NULL,                  -- the unit that drafts it
    unit_name TEXT NOT NULL,
    author INTEGER NOT NULL,                -- post
    author_person INTEGER NOT NULL,         -- who drafts may not approve, whatever post is worn
    author_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'approved', 'numbered', 'issued', 'replaced', 'recalled', 'dropped')),
                                            -- waiting: at a step of its route · approved: waits for its number · numbered: waits to be issued ·
                                            -- replaced, recalled: was issued, does not hold any more · dropped: never issued
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every change
    route TEXT NOT NULL,                    -- code of routes.tsv
    step TEXT NOT NULL DEFAULT '',          -- of the route, where it waits
    round INTEGER NOT NULL DEFAULT 0,       -- how often it was submitted; approvals of an earlier round do not count
    is_returned INTEGER NOT NULL DEFAULT 0, -- back with its author
    reason TEXT NOT NULL DEFAULT '',        -- why it was returned, dropped, recalled or replaced
    type TEXT NOT NULL,                     -- abbreviation of NĐ 30/2020: CV, TB, KH …
    field TEXT NOT NULL DEFAULT '',         -- lĩnh vực: a code of document_fields
    priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 3),
    subject TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 0,     -- its subject may be shown to everybody at its passport
    draft_no INTEGER NOT NULL DEFAULT 0,    -- the version of the draft that stands
    draft_hash TEXT NOT NULL DEFAULT '',    -- SHA-256 of that version: what each approval is bound to
    signer INTEGER NOT NULL DEFAULT 0,      -- post that is to sign
    signer_name TEXT NOT NULL DEFAULT '',
    to_communes INTEGER NOT NULL DEFAULT 0, -- 1: every commune's committee
    to_members INTEGER NOT NULL DEFAULT 0,  -- 1: every organisation of the city beside the committee
    outside TEXT NOT NULL DEFAULT '',       -- bodies outside the system, one a line
    reply_on TEXT,                          -- when answers are due; none: no answer is asked for
    relation TEXT NOT NULL DEFAULT '' CHECK (relation IN ('', 'replaces', 'corrects', 'answers')),
    related INTEGER NOT NULL DEFAULT 0,     -- the document replaced or corrected, or the delivery that is answered
    number INTEGER NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '',          -- number and notation: 447/MTTQ-BTT
    dated_on TEXT,                          -- the day written on it
    passport TEXT NOT NULL DEFAULT '',      -- short code printed on it and asked for at /passport; given with the number
    sha256 TEXT NOT NULL DEFAULT '',        -- of the issued bytes
    issued_at INTEGER,
    ended_at INTEGER,                       -- recalled or replaced
    pages INTEGER NOT NULL DEFAULT 0,
    copies INTEGER NOT NULL DEFAULT 0,      -- số bản
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX outgoing_doc_passport ON outgoing_doc (passport);
CREATE INDEX outgoing_doc_book ON outgoing_doc (organ, dated_on, number);
CREATE INDEX outgoing_doc_related ON outgoing_doc (related);

-- One version of a draft; none is ever changed.
CREATE TABLE outgoing_draft (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    draft_no INTEGER NOT NULL,
    subject TEXT NOT NULL,
    addressee TEXT NOT NULL,                -- Kính gửi
    body TEXT NOT NULL,
    recipients TEXT NOT NULL,               -- Nơi nhận, one a line
    competence TEXT NOT NULL,               -- TM. BAN THƯỜNG TRỰC
    position TEXT NOT NULL,                 -- CHỦ TỊCH
    signer_name TEXT NOT NULL,
    place TEXT NOT NULL,                    -- Hải Phòng
    file INTEGER REFERENCES file_blob (id), -- a kept DOCX or PDF in place of the text
    file_name TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    file_sha256 TEXT NOT NULL,
    hash TEXT NOT NULL,                     -- SHA-256 of all of the above
    made_by INTEGER NOT NULL,
    made_by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (doc, draft_no)
);
CREATE INDEX outgoing_draft_file ON outgoing_draft (file);

-- Units chosen one by one.
CREATE TABLE outgoing_target (
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    unit INTEGER NOT NULL,
    PRIMARY KEY (doc, unit)
);

-- Whose turn it is: who of them acts first ends it.
CREATE TABLE outgoing_turn (
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    principal INTEGER NOT NULL,
    PRIMARY KEY (doc, principal)
);

-- What was decided at which step about which version; rows are only added.
CREATE TABLE outgoing_approval (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    round INTEGER NOT NULL,
    step TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('submit', 'approve', 'skip', 'return', 'withdraw', 'number', 'unnumber', 'issue', 'recall')),
    draft_no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    person INTEGER NOT NULL,                -- 0: by itself
    by_post INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    by_post_name TEXT NOT NULL,
    text TEXT NOT NULL,
    done_at INTEGER NOT NULL
);
CREATE INDEX outgoing_approval_doc ON outgoing_approval (doc, id);

-- Every number that was ever taken out of a book: used, kept for a paper, or void; never given again.
CREATE TABLE outgoing_number (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,
    series TEXT NOT NULL,                   -- of types.tsv
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    code TEXT NOT NULL,                     -- as written: 05/QĐ-MTTQ-BTT
    state TEXT NOT NULL CHECK (state IN ('used', 'reserved', 'void')),
    doc INTEGER REFERENCES outgoing_doc (id),
    dated_on TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',          -- what it is kept for, or why it is void
    by_post INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (organ, series, year, number)
);
CREATE INDEX outgoing_number_doc ON outgoing_number (doc);
CREATE INDEX outgoing_number_book ON outgoing_number (organ, year, id);

-- What one receiver has of an issued document. A record of its own: its readers are the receiver's, and never see how it was drafted.
CREATE TABLE outgoing_delivery (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    kind TEXT NOT NULL CHECK (kind IN ('organ', 'inside', 'outside')),
                                            -- organ: another office of the system · inside: a unit of the same office · outside: known by name only
    unit INTEGER NOT NULL,                  -- 0: outside
    name TEXT NOT NULL,
    place TEXT NOT NULL,                    -- code of its commune on the map; empty: none
    state TEXT NOT NULL CHECK (state IN ('unsent', 'unread', 'read', 'answered')),
                                            -- unsent: not arrived, to be sent by hand · unread: arrived · read: registered there, or seen
    incoming INTEGER NOT NULL DEFAULT 0,    -- the incoming document it became there
    sent_at INTEGER,
    read_at INTEGER,
    answered_at INTEGER,
    answered_by TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    answer_doc INTEGER NOT NULL DEFAULT 0,  -- the outgoing document that answers
    reminded INTEGER NOT NULL DEFAULT 0,
    reminded_at INTEGER,
    UNIQUE (doc, unit, name)
);
CREATE INDEX outgoing_delivery_state ON outgoing_delivery (doc, state, id);
CREATE INDEX outgoing_delivery_incoming ON outgoing_delivery (incoming);

CREATE TABLE outgoing_file (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    delivery INTEGER NOT NULL DEFAULT 0,    -- of an answer: whose
    role TEXT NOT NULL CHECK (role IN ('issued', 'annex', 'answer')),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    added_at INTEGER NOT NULL
);
CREATE INDEX outgoing_file_doc ON outgoing_file (doc, id);
CREATE INDEX outgoing_file_file ON outgoing_file (file);

-- Copies with legal standing: sao y, sao lục, trích sao. A number each, in a book of their own.
CREATE TABLE outgoing_copy (
    id INTEGER PRIMARY KEY,
    doc INTEGER NOT NULL REFERENCES outgoing_doc (id),
    kind TEXT NOT NULL CHECK (kind IN ('SY', 'SL', 'TrS')),
    code TEXT NOT NULL,                     -- 03/SY-MTTQ-BTT
    copies INTEGER NOT NULL,
    receivers TEXT NOT NULL,
    by_post INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX outgoing_copy_doc ON outgoing_copy (doc, id);

-- In which box of whom a document or a delivery stands; made anew after every change.
CREATE TABLE outgoing_box (
    principal INTEGER NOT NULL,
    box TEXT NOT NULL,
    item INTEGER NOT NULL,                  -- outgoing_doc, or outgoing_delivery of the receiver's boxes
    type TEXT NOT NULL,
    due_day TEXT NOT NULL,                  -- when an answer is due; empty: none
    PRIMARY KEY (principal, box, item)
);
CREATE INDEX outgoing_box_item ON outgoing_box (item);
