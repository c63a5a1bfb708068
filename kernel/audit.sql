-- Who did what to which record, in the order it became so; each entry's hash covers its own bytes and the hash before.
CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,            -- 1, 2, 3 … without gaps
  made_at INTEGER NOT NULL,           -- UTC milliseconds
  person INTEGER NOT NULL,            -- 0: the system itself
  post INTEGER NOT NULL,              -- the hat worn; 0: none
  verb TEXT NOT NULL,                 -- document.register
  kind TEXT NOT NULL,                 -- document
  record INTEGER NOT NULL,            -- 0: none
  before_json TEXT NOT NULL,          -- of what changed; may be empty
  after_json TEXT NOT NULL,
  ip TEXT NOT NULL,
  prev_hash BLOB NOT NULL,            -- 32 bytes; zeros for the first
  hash BLOB NOT NULL
);
CREATE INDEX audit_entry_record ON audit_entry (record, seq);
CREATE INDEX audit_entry_person ON audit_entry (person, seq);
CREATE INDEX audit_entry_at ON audit_entry (made_at);

-- The last entry of each day, so that a cut-off end shows even without the head file.
CREATE TABLE audit_anchor (
  day_on TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL
);

-- Spool files of looked-at records already taken into the chain.
CREATE TABLE audit_spool (
  name TEXT PRIMARY KEY,
  taken_at INTEGER NOT NULL
);
