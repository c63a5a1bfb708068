-- The change feed of the index: one row a record, moved to the end each time it changes. Every node's index remembers the
-- last position it has taken in, so a node that was away catches up, and nothing needs pruning.
CREATE TABLE search_change (
  record INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                 -- the noun of its URL, naming the search_source that loads it
  position INTEGER NOT NULL UNIQUE,   -- 1001, 1002 … in the order of commits
  is_erased INTEGER NOT NULL DEFAULT 0 -- what it said before must not stay in the files of the index
);
