-- The latest instant that is known for sure; one row. The machine's clock is held against it at each start.
CREATE TABLE clock_known (
  id INTEGER PRIMARY KEY,             -- 1
  known_at INTEGER NOT NULL,
  boot TEXT NOT NULL,                 -- which run of which machine steady_ms is of
  steady_ms INTEGER NOT NULL,         -- what its steady clock said at that instant
  taken_at INTEGER,                   -- what the machine's clock said when the administrator took it as right
  told_at INTEGER                     -- when the administrators were last told that it is held
);
