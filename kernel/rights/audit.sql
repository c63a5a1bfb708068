-- Who did what to which record, in the order it became so; each entry's hash covers its own bytes and the hash before.
-- What it said of the record stands beside it (audit_detail): the chain holds only its salted digest, so that the words can
-- be erased and the chain still be checked.
CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,            -- 1, 2, 3 … without gaps
  made_at INTEGER NOT NULL,           -- UTC milliseconds
  person INTEGER NOT NULL,            -- 0: the system itself
  post INTEGER NOT NULL,              -- the hat worn; 0: none
  verb TEXT NOT NULL,                 -- document.register
  kind TEXT NOT NULL,                 -- document
  record INTEGER NOT NULL,            -- 0: none
  digest BLOB NOT NULL,               -- SHA-256 of the details and their salt, 32 bytes; empty: there are none
  ip TEXT NOT NULL,
  prev_hash BLOB NOT NULL,            -- 32 bytes; zeros for the first
  hash BLOB NOT NULL
);
CREATE INDEX audit_entry_record ON audit_entry (record, seq);
CREATE INDEX audit_entry_person ON audit_entry (person, seq);
CREATE INDEX audit_entry_at ON audit_entry (made_at);

-- The details of an entry: of what changed, before and after.
CREATE TABLE audit_detail (
  seq INTEGER PRIMARY KEY,            -- of the entry
  salt BLOB NOT NULL,                 -- 16 bytes by chance: short details cannot be guessed from their digest; empty once erased
  before_json TEXT NOT NULL,          -- may be empty
  after_json TEXT NOT NULL,
  erased_in INTEGER NOT NULL DEFAULT 0 -- the entry that says who had it erased, when and why; 0: it stands
);

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
