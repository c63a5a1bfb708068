-- Files whose bytes must go: from the transaction that erases them until they are seen to be gone.
CREATE TABLE erase_file (
  sha256 TEXT PRIMARY KEY,
  asked_at INTEGER NOT NULL
);
