-- What was done to the tables: one row a part of the program for how its tables read when last made or changed ('tables'),
-- and one for each change applied.
CREATE TABLE db_change (
  part TEXT NOT NULL,
  name TEXT NOT NULL,                 -- 'tables', or 0003-late-reason
  hash TEXT NOT NULL,                 -- SHA-256 of the words, in hexadecimal
  applied_at INTEGER NOT NULL,
  PRIMARY KEY (part, name)
);
