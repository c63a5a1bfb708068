-- Clocks of records: from what and by which rule a deadline is counted, and the documents that pause or extend it.
CREATE TABLE deadline_clock (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL,                -- whose deadline: an id of any module
    rule TEXT NOT NULL,                     -- KN.first
    rule_version TEXT NOT NULL,             -- of the law that held when it started; empty: the rule has one version
    start_on TEXT NOT NULL,
    start_minute INTEGER NOT NULL,          -- of the day; -1: not said
    facts TEXT NOT NULL,                    -- lines of name=value
    has_saturday INTEGER NOT NULL,          -- of a body that works on Saturdays
    closes INTEGER NOT NULL,                -- minute after which what comes is received the next working day; -1: never
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'dropped')),
    due_on TEXT,                            -- none while paused
    due_minute INTEGER NOT NULL,            -- -1: the end of the day
    is_provisional INTEGER NOT NULL,        -- a year was touched whose notice was not known
    ended_on TEXT                           -- the day it was met or dropped
);
CREATE INDEX deadline_clock_record ON deadline_clock (record, id);
CREATE INDEX deadline_clock_provisional ON deadline_clock (is_provisional, state, id);

CREATE TABLE deadline_paper (
    id INTEGER PRIMARY KEY,
    clock INTEGER NOT NULL REFERENCES deadline_clock (id),
    kind TEXT NOT NULL CHECK (kind IN ('pause', 'resume', 'extend')),
    doc TEXT NOT NULL,                      -- Quyết định tạm đình chỉ số 12/QĐ-MTTQ
    article TEXT NOT NULL,                  -- by which article; may be empty
    day_on TEXT NOT NULL,
    amount INTEGER NOT NULL                 -- of an extension, in the rule's unit
);
CREATE INDEX deadline_paper_clock ON deadline_paper (clock, id);

-- For modules that keep a clock's day beside their record.
CREATE VIEW deadline_v_clock AS SELECT id, record, due_on, state FROM deadline_clock;
