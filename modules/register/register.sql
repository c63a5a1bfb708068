-- Specialised registers: what an organ keeps of households, houses, people, organisations, as rows whose fields are
-- data (modules/register/types/*.json); and reports gathered from below.

-- The book an organ keeps of one register. Rights (access_grant) are given on a book, and hold for all its rows.
CREATE TABLE register_book (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,                 -- code of types.tsv: poor_household
  owner INTEGER NOT NULL REFERENCES org_unit (id), -- the organ whose rows these are
  n_rows INTEGER NOT NULL DEFAULT 0,  -- that are not removed
  made_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX register_book_owner ON register_book (type, owner);

CREATE TABLE register_row (
  id INTEGER PRIMARY KEY,
  book INTEGER NOT NULL REFERENCES register_book (id),
  type TEXT NOT NULL,                 -- that of its book
  key_sum TEXT NOT NULL,              -- hash of the values that make a row what it is; '' when some are missing
  title TEXT NOT NULL,                -- what people call it: the name of the head of the household
  answers TEXT NOT NULL,              -- a JSON object of cleaned values
  type_version INTEGER NOT NULL,      -- of the definition it was written under; never rewritten by a newer one
  version INTEGER NOT NULL,
  is_gone INTEGER NOT NULL,           -- removed; can be put back
  made_by INTEGER NOT NULL,           -- post
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX register_row_key ON register_row (book, key_sum);

-- Each value of a row that is not removed, for sorting, filters and sums. Empty ones too, so that every order has all rows.
CREATE TABLE register_value (
  row INTEGER NOT NULL REFERENCES register_row (id),
  field TEXT NOT NULL,
  book INTEGER NOT NULL REFERENCES register_book (id),
  type TEXT NOT NULL,
  sort TEXT NOT NULL,                 -- its byte order is that of the values: folded words, padded numbers, days, codes
  number INTEGER,                     -- of numbers, in ten-thousandths
  PRIMARY KEY (row, field)
) WITHOUT ROWID;
CREATE INDEX register_value_book ON register_value (book, field, sort, row);
CREATE INDEX register_value_type ON register_value (type, field, sort, row);

-- Folded words a row is found by in its list; of values of the classes open, public and basic alone.
CREATE TABLE register_word (
  row INTEGER NOT NULL REFERENCES register_row (id),
  word TEXT NOT NULL,
  PRIMARY KEY (row, word)
) WITHOUT ROWID;

-- Every state a row was in: what it said, from when it was so recorded, by whom and why.
CREATE TABLE register_past (
  row INTEGER NOT NULL REFERENCES register_row (id),
  version INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('made', 'changed', 'removed', 'restored', 'imported', 'undone')),
  answers TEXT NOT NULL,
  type_version INTEGER NOT NULL,
  why TEXT NOT NULL,                  -- in the person's words, or the name of the file
  valid_on TEXT,                      -- since when it is so in fact; NULL: not said
  post INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,       -- recorded, UTC milliseconds
  PRIMARY KEY (row, version)
) WITHOUT ROWID;

CREATE TABLE register_file (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL REFERENCES register_row (id),
  file INTEGER NOT NULL REFERENCES file_blob (id),
  name TEXT NOT NULL,
  post INTEGER NOT NULL,
  added_at INTEGER NOT NULL
);
CREATE INDEX register_file_row ON register_file (row);

-- A sheet brought by a person: read by a job, looked at, then put in or left.
CREATE TABLE register_sheet (
  id INTEGER PRIMARY KEY,
  book INTEGER NOT NULL REFERENCES register_book (id),
  type TEXT NOT NULL,
  file INTEGER NOT NULL REFERENCES file_blob (id),
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'unreadable', 'read', 'taken', 'dropped')),
  fault TEXT NOT NULL DEFAULT '',     -- why it could not be read, for the person
  sheet_name TEXT NOT NULL DEFAULT '',
  header TEXT NOT NULL DEFAULT '',    -- "dòng 3–5"
  columns TEXT NOT NULL DEFAULT '',   -- the wanted fields that were found: name and letter, "head_name:B id_no:C"
  n_make INTEGER NOT NULL DEFAULT 0,
  n_change INTEGER NOT NULL DEFAULT 0,
  n_same INTEGER NOT NULL DEFAULT 0,
  n_bad INTEGER NOT NULL DEFAULT 0,
  batch INTEGER NOT NULL DEFAULT 0,   -- import_batch, once taken
  post INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX register_sheet_book ON register_sheet (book, id);
CREATE INDEX register_sheet_post ON register_sheet (post, state, id);
CREATE TABLE register_sheet_row (
  sheet INTEGER NOT NULL REFERENCES register_sheet (id),
  number INTEGER NOT NULL,            -- as Excel counts
  does TEXT NOT NULL CHECK (does IN ('make', 'change', 'same', 'bad')),
  has_fault INTEGER NOT NULL,         -- something to look at: what was mended, or is wrong
  cells TEXT NOT NULL,                -- JSON: one object a field: v value, t as typed, f fault, k 'bad' or 'mended'
  row INTEGER NOT NULL DEFAULT 0,     -- the row it changes or equals
  PRIMARY KEY (sheet, number)
) WITHOUT ROWID;
CREATE INDEX register_sheet_row_does ON register_sheet_row (sheet, does, number);

-- A report asked of units below: lines of figures, for a period.
CREATE TABLE register_report (
  id INTEGER PRIMARY KEY,
  organ INTEGER NOT NULL REFERENCES org_unit (id), -- who asks
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  from_on TEXT NOT NULL,              -- the period
  to_on TEXT NOT NULL,
  due_on TEXT NOT NULL,               -- last day to send
  cut_on TEXT NOT NULL,               -- after this day nothing is sent or changed any more
  made_by INTEGER NOT NULL,           -- post
  made_at INTEGER NOT NULL
);
CREATE TABLE register_line (
  report INTEGER NOT NULL REFERENCES register_report (id),
  place INTEGER NOT NULL,             -- 1, 2, 3 …
  title TEXT NOT NULL,
  unit TEXT NOT NULL,                 -- hộ, đồng
  source TEXT NOT NULL CHECK (source IN ('typed', 'live', 'sum', 'check')),
  rule TEXT NOT NULL,                 -- of live: đếm poor_household …; of sum: 1 + 2; of check: 1 >= 2
  PRIMARY KEY (report, place)
) WITHOUT ROWID;
-- What one unit sends.
CREATE TABLE register_return (
  id INTEGER PRIMARY KEY,
  report INTEGER NOT NULL REFERENCES register_report (id),
  owner INTEGER NOT NULL REFERENCES org_unit (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'returned')),
  due_on TEXT NOT NULL,               -- that of its report, for what waits
  cut_on TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',     -- what the unit says of its figures
  reason TEXT NOT NULL DEFAULT '',    -- why it was given back
  post INTEGER NOT NULL DEFAULT 0,    -- who sent it
  sent_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX register_return_owner ON register_return (report, owner);
CREATE INDEX register_return_state ON register_return (owner, state, due_on);
CREATE TABLE register_figure (
  unit_return INTEGER NOT NULL REFERENCES register_return (id),
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,            -- in ten-thousandths
  PRIMARY KEY (unit_return, place)
) WITHOUT ROWID;
