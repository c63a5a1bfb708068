-- Work done in the background.
CREATE TABLE job_job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  record INTEGER NOT NULL,            -- what it is about; 0: nothing
  args TEXT NOT NULL,                 -- JSON, or empty
  post INTEGER NOT NULL,              -- for whom; 0: the system
  state INTEGER NOT NULL,             -- 1 queued, 2 running, 3 done, 4 failed, 5 cancelled
  tries INTEGER NOT NULL,
  not_before INTEGER NOT NULL,        -- UTC milliseconds
  holder TEXT NOT NULL,               -- the worker's name while running
  token INTEGER NOT NULL,             -- of this try: whoever does not know it no longer holds the job
  lease_until INTEGER NOT NULL,       -- UTC milliseconds
  is_cancelling INTEGER NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  words TEXT NOT NULL,                -- progress, for the person
  mark TEXT NOT NULL,                 -- of the last step that was committed
  fault TEXT NOT NULL,                -- why it failed, for the person
  added_at INTEGER NOT NULL,
  ended_at INTEGER
);
CREATE INDEX job_job_state ON job_job (state, not_before, id);
CREATE INDEX job_job_record ON job_job (record, kind, id);
CREATE INDEX job_job_turn ON job_job (state, kind, post, not_before, id);

-- Whose turn it was: of those who wait, the one who waited longest is next.
CREATE TABLE job_turn (
  post INTEGER NOT NULL,              -- for whom; 0: the system
  kind TEXT NOT NULL,
  turn INTEGER NOT NULL,              -- 1, 2, 3 … over all of them
  PRIMARY KEY (post, kind)
);
CREATE INDEX job_turn_turn ON job_turn (turn);
