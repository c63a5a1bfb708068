-- Phiếu biên nhận: what somebody without an account began or sent. While it is a draft, a business keeps what was typed
-- in body; once sent, it stands for a record of that business. Found again by code and three secret words, or by the
-- browser that made it.
CREATE TABLE receipt_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                 -- the business: service
    about TEXT NOT NULL,                -- what of it, in the business's own words: MTTQ.HP.02/1
    record INTEGER NOT NULL DEFAULT 0,  -- the business's record; 0: a draft
    draft_code TEXT NOT NULL UNIQUE,    -- 00-261130-0007-K: given at the beginning
    code TEXT UNIQUE,                   -- 11911-261130-0003-K: given when sent
    sealed TEXT NOT NULL DEFAULT '',    -- the three words, hashed; empty: nobody was told them yet
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'closed')),
    body TEXT NOT NULL DEFAULT '',      -- of a draft: the business's own JSON
    post INTEGER NOT NULL DEFAULT 0,    -- who fills it in for somebody; 0: the person
    made_at INTEGER NOT NULL,
    touched_at INTEGER NOT NULL,
    sent_at INTEGER
);
CREATE INDEX receipt_item_record ON receipt_item (record, kind);
CREATE INDEX receipt_item_touched ON receipt_item (state, touched_at, id);

-- Which browser may open which: its secret is kept as a hash.
CREATE TABLE receipt_pass (
    token TEXT NOT NULL,                -- SHA-256 of the cookie
    item INTEGER NOT NULL REFERENCES receipt_item (id),
    is_maker INTEGER NOT NULL,          -- may read the three words again
    until_at INTEGER NOT NULL,
    PRIMARY KEY (token, item)
);
CREATE INDEX receipt_pass_until ON receipt_pass (until_at);
CREATE INDEX receipt_pass_item ON receipt_pass (item);

-- Files brought, under the name of the question they answer.
CREATE TABLE receipt_file (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES receipt_item (id),
    field TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE INDEX receipt_file_item ON receipt_file (item, id);
CREATE INDEX receipt_file_file ON receipt_file (file);

-- How often something was tried or sent in an hour. Marks are hashes: of a network, of a code, of a content.
CREATE TABLE receipt_try (
    what TEXT NOT NULL,                 -- look, begin, send, content
    mark TEXT NOT NULL,
    hour INTEGER NOT NULL,              -- since 1970
    n INTEGER NOT NULL,
    PRIMARY KEY (what, mark, hour)
);
CREATE INDEX receipt_try_hour ON receipt_try (hour);

-- What was sent, for whom it belongs to.
CREATE VIEW receipt_v_sent AS
SELECT id, kind, about, record, code, sent_at FROM receipt_item WHERE state = 'sent';
