-- Who does what by when, on any record: directions, the part of each receiver, asking for more time, and in which box of
-- whom each part stands. Principals (posts, units) are bare ids of modules/org; names are kept as they were that day.

-- One direction: a text and a deadline, given to those who lead, cooperate or are informed.
CREATE TABLE task_directive (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- of the record: document; 'task': a task sheet of its own, whose record is this row
    record INTEGER NOT NULL,
    title TEXT NOT NULL,                    -- what the record is called
    text TEXT NOT NULL,                     -- what is to be done
    by_post INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    due_on TEXT,
    is_undone INTEGER NOT NULL DEFAULT 0    -- taken back as a whole before anybody had taken it up
);
CREATE INDEX task_directive_record ON task_directive (record, kind, id);

-- One receiver's part. State belongs to the part, not to the record.
CREATE TABLE task_item (
    id INTEGER PRIMARY KEY,
    directive INTEGER NOT NULL REFERENCES task_directive (id),
    kind TEXT NOT NULL,                     -- of the record, as in its direction
    record INTEGER NOT NULL,
    parent INTEGER REFERENCES task_item (id), -- a sub-task of this part
    title TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('lead', 'cooperate', 'inform')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'working', 'reported', 'done', 'returned', 'recalled')),
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every change
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post', 'unit')),
    target INTEGER NOT NULL,                -- post or unit it was given to
    target_unit INTEGER NOT NULL,           -- the unit, or the unit of the post
    target_name TEXT NOT NULL,
    holder INTEGER NOT NULL,                -- who has it now: the target, or the post within the unit that took it up
    holder_name TEXT NOT NULL DEFAULT '',   -- of that post; empty while the target has it
    given_by INTEGER NOT NULL,              -- post; who confirms, grants more time, takes back
    given_name TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    due_on TEXT,
    due_why TEXT NOT NULL DEFAULT '',       -- how that day was counted, line by line
    percent INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    accepted_at INTEGER,
    read_at INTEGER,
    done_on TEXT,                           -- day it was reported done
    done_at INTEGER,
    done_by INTEGER NOT NULL DEFAULT 0,     -- post
    report TEXT NOT NULL DEFAULT '',        -- what was done
    reason TEXT NOT NULL DEFAULT '',        -- why returned or recalled
    late_told_on TEXT,                      -- day its lateness was told, so that it is said once
    due_place TEXT NOT NULL,                -- its place in lists by deadline: day and id; without a deadline after all others
    new_place TEXT NOT NULL                 -- its place in lists of the newest
);
CREATE INDEX task_item_record ON task_item (record, kind, id);
CREATE INDEX task_item_due ON task_item (state, due_on);
CREATE INDEX task_item_parent ON task_item (parent);
CREATE INDEX task_item_directive ON task_item (directive);
CREATE INDEX task_item_holder ON task_item (holder, state);
CREATE INDEX task_item_target ON task_item (target, state);
CREATE INDEX task_item_given ON task_item (given_by, state);

-- Asking for more time, and the answer of who set the deadline.
CREATE TABLE task_extension (
    id INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES task_item (id),
    asked_by INTEGER NOT NULL,              -- post
    asked_at INTEGER NOT NULL,
    old_due_on TEXT NOT NULL,
    new_due_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'agreed', 'refused')),
    decided_by INTEGER NOT NULL DEFAULT 0,
    decided_at INTEGER,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX task_extension_item ON task_extension (item, id);

-- What this module gave of rights on a record, so that it takes back no more than that.
CREATE TABLE task_right (
    record INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    gave INTEGER NOT NULL,                  -- bits of enum can
    PRIMARY KEY (record, principal)
);

-- In which box of whom a part stands: lists and counters both come from here. A part stands in a box for one principal
-- only, so that a post that counts as several never sees or counts it twice.
CREATE TABLE task_box (
    box TEXT NOT NULL,                      -- todo, cooperate, inform, due, unit, asked, reported, returned, given, given_due, done, closed
    item INTEGER NOT NULL REFERENCES task_item (id),
    principal INTEGER NOT NULL,
    place TEXT NOT NULL,                    -- order within the box
    due_day TEXT NOT NULL,                  -- of boxes due and given_due: yyyy-mm-dd, they are counted by day; else empty
    kind TEXT NOT NULL,
    unit INTEGER NOT NULL,
    is_new INTEGER NOT NULL,                -- not taken up yet
    PRIMARY KEY (item, box)
);
CREATE INDEX task_box_place ON task_box (principal, box, place);

-- How many stand in each box: kept with every change of task_box, never counted.
CREATE TABLE task_counter (
    principal INTEGER NOT NULL,
    box TEXT NOT NULL,
    due_day TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (principal, box, due_day)
);

-- Published for businesses whose records became tasks: how the leading part of a direction stands.
CREATE VIEW task_v_lead AS
SELECT directive, id AS part, state FROM task_item WHERE role = 'lead' AND parent IS NULL;
