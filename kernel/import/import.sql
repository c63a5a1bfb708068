-- A file brought in: what became of it, and what can be undone.
CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY,
  want TEXT NOT NULL,                 -- the kind of table: "poor_household"
  owner INTEGER NOT NULL,             -- whose rows: an organ; 0: one for all
  file INTEGER NOT NULL REFERENCES file_blob (id),
  file_name TEXT NOT NULL,
  is_whole INTEGER NOT NULL,          -- nothing goes in while a row has an error
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in', 'refused', 'undoing', 'undone')),
  post INTEGER NOT NULL,              -- who brought it in
  made_at INTEGER NOT NULL,
  n_made INTEGER NOT NULL DEFAULT 0,
  n_changed INTEGER NOT NULL DEFAULT 0,
  n_same INTEGER NOT NULL DEFAULT 0,
  n_bad INTEGER NOT NULL DEFAULT 0,
  n_kept INTEGER NOT NULL DEFAULT 0,  -- of those undone: rows that stay, for somebody changed them since
  fault TEXT NOT NULL DEFAULT ''      -- why it was refused, for the person
);
CREATE INDEX import_batch_file ON import_batch (file, want, owner);
-- What each row did.
CREATE TABLE import_row (
  batch INTEGER NOT NULL REFERENCES import_batch (id),
  place INTEGER NOT NULL,             -- among the good rows of the file, from 1
  record INTEGER NOT NULL,
  is_made INTEGER NOT NULL,           -- else changed
  was TEXT NOT NULL,                  -- of a changed one: what it was, as the kind of table wrote it
  key_hash INTEGER NOT NULL,
  key_sum TEXT NOT NULL,
  PRIMARY KEY (batch, place)
);
-- Which record a key became, so that the same row is not brought in twice.
CREATE TABLE import_known (
  want TEXT NOT NULL,
  owner INTEGER NOT NULL,
  key_hash INTEGER NOT NULL,          -- the beginning of key_sum
  key_sum TEXT NOT NULL,              -- of the values that make a row what it is
  content_sum TEXT NOT NULL,          -- of all its values; '': to be brought in anew
  record INTEGER NOT NULL,
  PRIMARY KEY (want, owner, key_hash, key_sum)
);
