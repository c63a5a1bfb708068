-- What happened to any record, step by step: who did it, what they wrote, and the files they brought. The words of a step
-- are not kept: its verb is, and the sentence is made when it is shown, in the reader's language.
CREATE TABLE thread_step (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- of the record: document
    record INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    verb TEXT NOT NULL,                     -- thread.opinion, task.report …: which sentence it is
    by_post INTEGER NOT NULL DEFAULT 0,     -- none: the system
    by_name TEXT NOT NULL DEFAULT '',       -- as they were that day
    by_post_name TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',         -- who or what the sentence speaks of
    day_on TEXT,                            -- a day the sentence speaks of
    text TEXT NOT NULL DEFAULT '',          -- what the person wrote
    item INTEGER NOT NULL DEFAULT 0,        -- the task it is a step of; 0: of the record itself
    is_private INTEGER NOT NULL DEFAULT 0   -- a note that only its writer's post reads
);
CREATE INDEX thread_step_record ON thread_step (record, kind, id);

-- Files brought with a step.
CREATE TABLE thread_file (
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES thread_step (id),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    role TEXT NOT NULL CHECK (role IN ('attachment', 'evidence')),
    name TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE INDEX thread_file_step ON thread_file (step, id);
CREATE INDEX thread_file_file ON thread_file (file);

-- Who was named in a step.
CREATE TABLE thread_mention (
    step INTEGER NOT NULL REFERENCES thread_step (id),
    post INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (step, post)
);
