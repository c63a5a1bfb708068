-- Tables for the queries beside this file.
CREATE TABLE thing_one (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  colour TEXT,
  -- with: a remark that begins like a note to mksql
  made_at INTEGER NOT NULL,
  due_on TEXT,
  is_open INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE thing_two (
  id INTEGER PRIMARY KEY,
  one INTEGER NOT NULL REFERENCES thing_one (id),
  name BLOB NOT NULL,
  text TEXT NOT NULL
);
CREATE TABLE thing_kept (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL
);
