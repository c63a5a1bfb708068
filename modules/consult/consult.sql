-- Lấy ý kiến: drafts the Front asks people about, clause by clause; what was said of them, gathered into themes; and what became of each.
-- Who may read and change a consultation in the office stands in access_grant; what the public reads is of open and published ones.
CREATE TABLE consult_item (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,                 -- the committee or organisation that asks
    unit INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every change
    title TEXT NOT NULL,
    lead TEXT NOT NULL,                     -- what it is about, in one or two sentences
    drafter TEXT NOT NULL,                  -- the body that drafts and answers: Sở Xây dựng
    asked TEXT NOT NULL,                    -- who is asked, in words; empty: everybody
    is_public INTEGER NOT NULL,             -- anybody may say something on the portal
    opens_on TEXT,                          -- the day it was opened
    closes_on TEXT NOT NULL,                -- the last day for the public
    answer_on TEXT NOT NULL,                -- by when every opinion is answered
    draft TEXT NOT NULL,                    -- the text asked about, as it was given
    state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'open', 'answering', 'approval', 'published')),
                                            -- draft: being prepared · review: waits for somebody else to open it · open · answering: opinions are
                                            -- sorted and answered · approval: waits for somebody else to publish the answers · published
    asked_by INTEGER NOT NULL DEFAULT 0,    -- the person who asked last for approval: somebody else gives it
    published_on TEXT,
    made_by INTEGER NOT NULL,               -- post
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX consult_item_state ON consult_item (organ, state, id);
CREATE INDEX consult_item_public ON consult_item (state, id);
CREATE INDEX consult_item_changed ON consult_item (changed_at);

-- Places of the draft people speak of: its articles, or its paragraphs when it has none.
CREATE TABLE consult_clause (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES consult_item (id),
    n INTEGER NOT NULL,                     -- 1, 2, 3 … in the draft's order
    label TEXT NOT NULL,                    -- Điều 3
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (item, n)
);

-- Several opinions that say the same are one theme: it is answered once, for all of them.
CREATE TABLE consult_theme (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES consult_item (id),
    clause INTEGER NOT NULL,                -- n of the clause; 0: the whole draft
    version INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'taken', 'part', 'not', 'noted')),
                                            -- taken up · in part · not · noted: nothing in it asks for a change
    reason TEXT NOT NULL DEFAULT '',
    wording TEXT NOT NULL DEFAULT '',       -- how the clause reads now; empty: as before
    answered_by INTEGER NOT NULL DEFAULT 0, -- person
    changed_at INTEGER NOT NULL
);
CREATE INDEX consult_theme_item ON consult_theme (item, clause, id);
CREATE INDEX consult_theme_open ON consult_theme (item, verdict);

CREATE TABLE consult_opinion (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES consult_item (id),
    clause INTEGER NOT NULL,                -- n of the clause; 0: the whole draft
    via TEXT NOT NULL CHECK (via IN ('web', 'meeting', 'paper', 'organisation')),
    source TEXT NOT NULL,                   -- which meeting, paper or organisation
    stance TEXT NOT NULL CHECK (stance IN ('', 'yes', 'part', 'no')),
    text TEXT NOT NULL,
    key TEXT NOT NULL,                      -- the text without marks and signs: the same words of several people
    name TEXT NOT NULL,                     -- empty: not said
    place TEXT NOT NULL,
    people INTEGER NOT NULL DEFAULT 1,      -- how many say so together
    theme INTEGER NOT NULL DEFAULT 0,       -- 0: in none yet, so not answered
    entered_by INTEGER NOT NULL DEFAULT 0,  -- post; 0: the person, on the portal
    made_at INTEGER NOT NULL
);
CREATE INDEX consult_opinion_item ON consult_opinion (item, id);
CREATE INDEX consult_opinion_clause ON consult_opinion (item, clause, id);
CREATE INDEX consult_opinion_theme ON consult_opinion (theme, id);
CREATE INDEX consult_opinion_loose ON consult_opinion (item, theme, id);
CREATE INDEX consult_opinion_key ON consult_opinion (item, clause, key);

-- What became of an opinion, for who said it.
CREATE VIEW consult_v_opinion AS SELECT o.id, c.title, c.state FROM consult_opinion o JOIN consult_item c ON c.id = o.item;
