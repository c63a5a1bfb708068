-- Which data folder this database belongs to: one row. The folder's own file (doanket.folder) says the same.
CREATE TABLE folder_self (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folder TEXT NOT NULL,               -- 32 hexadecimal digits, drawn when the folder was made
  is_demo INTEGER NOT NULL,           -- 1: filled with demonstration data, never to become a real one
  generation INTEGER NOT NULL,        -- one more at each start, here first, then in the folder's file
  made_at INTEGER NOT NULL,
  since_at INTEGER NOT NULL           -- made, or last adopted: what lay in the folder before is never swept away
);

-- Who serves from a database that several machines can reach; renewed while it lives.
CREATE TABLE folder_lease (
  node INTEGER PRIMARY KEY,           -- the setting "node"
  host TEXT NOT NULL,
  boot TEXT NOT NULL,                 -- where pid means a process: the machine's start and its space of numbers
  pid INTEGER NOT NULL,
  address TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  beat INTEGER NOT NULL               -- one more at each renewal: clocks of two machines are never compared
);

-- What lies in the folder and is of no use any more, since when that was seen.
CREATE TABLE folder_unused (
  path TEXT PRIMARY KEY,              -- below the folder: files/ab/cd/…
  size INTEGER NOT NULL,              -- bytes
  is_let_go INTEGER NOT NULL,         -- 1: its row was removed on purpose; 0: left by an act that did not commit
  seen_at INTEGER NOT NULL,
  looks INTEGER NOT NULL              -- daily sweeps that found it so: a clock that jumps does not hasten its end
);
