-- Dịch vụ công: what somebody asked of the Front by one of its own procedures. Which questions, steps, clocks and letters a
-- procedure has stands in its definition (modules/service/procedures), named here by code and version. Who may read and
-- act stands in access_grant.
CREATE TABLE service_dossier (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,            -- of its receipt: 11911-261130-0003-K
    procedure TEXT NOT NULL,              -- MTTQ.HP.02
    form_version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('submitted', 'received', 'supplement', 'processing', 'waiting_other', 'done', 'refused', 'withdrawn')),
    phase TEXT NOT NULL CHECK (phase IN ('new', 'open', 'supplement', 'done')),
    before_supplement TEXT NOT NULL DEFAULT '', -- the state it goes back to when the person has answered
    supplements INTEGER NOT NULL DEFAULT 0,     -- how often something was asked for
    step TEXT NOT NULL DEFAULT '',        -- of the definition; empty: not received yet
    organ INTEGER NOT NULL,               -- the committee that has it
    applicant TEXT NOT NULL,
    phone TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('online', 'counter', 'phone', 'home')),
    entered_by INTEGER NOT NULL DEFAULT 0,  -- the post that filled it in for the person
    entered_name TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL,                -- JSON, without what is sensitive
    due_key TEXT NOT NULL,                -- when the next promise runs out, 2026-12-01T13:41; 9999: none runs
    late_told_on TEXT,
    made_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX service_dossier_box ON service_dossier (organ, phase, due_key, id);
CREATE INDEX service_dossier_done ON service_dossier (organ, phase, id);
CREATE INDEX service_dossier_due ON service_dossier (phase, due_key, id);

-- Answers of the class sensitive: apart, so that no list, index or chart comes near them.
CREATE TABLE service_secret (
    dossier INTEGER PRIMARY KEY REFERENCES service_dossier (id),
    answers TEXT NOT NULL                 -- JSON
);

-- Who opened the sensitive answers, what for, and until when they stay open to that post.
CREATE TABLE service_look (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL REFERENCES service_dossier (id),
    post INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL
);
CREATE INDEX service_look_dossier ON service_look (dossier, post, until_at);

-- The road a dossier went: one row each time it came to a step, or ended.
CREATE TABLE service_step (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL REFERENCES service_dossier (id),
    step TEXT NOT NULL,                   -- of the definition, or submitted, supplement, answered, done, refused, withdrawn
    note TEXT NOT NULL,                   -- for the person: what was done
    by_name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX service_step_dossier ON service_step (dossier, id);

-- Promises: clocks of the definition, counted when they start. Paused while the person is asked for something.
CREATE TABLE service_clock (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL REFERENCES service_dossier (id),
    clock TEXT NOT NULL,                  -- of the definition: lien_lac
    start_at INTEGER NOT NULL,
    pauses TEXT NOT NULL DEFAULT '',      -- a line each: 2026-12-01 2026-12-03; the last day is missing while it stands still
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'dropped')),
    due_on TEXT,
    due_minute INTEGER NOT NULL,          -- -1: the end of the day
    promised_on TEXT,                     -- the new day of an apology
    ended_at INTEGER
);
CREATE INDEX service_clock_dossier ON service_clock (dossier, id);

-- Letters made of a dossier: which of the definition's, and what was written into it.
CREATE TABLE service_letter (
    id INTEGER PRIMARY KEY,
    dossier INTEGER NOT NULL REFERENCES service_dossier (id),
    letter TEXT NOT NULL,                 -- TN, BS, TC, XL, QD …
    said TEXT NOT NULL,                   -- JSON: placeholder and text
    by_name TEXT NOT NULL,
    by_post_name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX service_letter_dossier ON service_letter (dossier, id);

-- What an office says of a procedure: whether it is open, and the values it must fill.
CREATE TABLE service_office (
    procedure TEXT PRIMARY KEY,
    is_open INTEGER NOT NULL,
    settings TEXT NOT NULL,               -- lines of key=value
    version INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

-- Lists that questions choose from and that the office keeps: open campaigns, free hours, drafts asked about.
CREATE TABLE service_list (
    name TEXT PRIMARY KEY,
    rows TEXT NOT NULL,                   -- a line each: code | what people read
    version INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);

-- What can be had by one only, as an hour of reception.
CREATE TABLE service_taken (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    dossier INTEGER NOT NULL REFERENCES service_dossier (id),
    PRIMARY KEY (list, code)
);
CREATE INDEX service_taken_dossier ON service_taken (dossier);

-- How far a dossier is, for who sent it.
CREATE VIEW service_v_dossier AS SELECT id, state FROM service_dossier;
