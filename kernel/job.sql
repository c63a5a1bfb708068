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
