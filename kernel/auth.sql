-- One account per person who may sign in.
CREATE TABLE auth_account (
  person INTEGER PRIMARY KEY,         -- of the organisation's people
  login TEXT NOT NULL UNIQUE,         -- lower case
  password TEXT NOT NULL,             -- argon2id, with its own salt and limits
  is_to_change INTEGER NOT NULL,      -- 1: a new password is asked for before anything else
  is_closed INTEGER NOT NULL,
  language TEXT NOT NULL,             -- vi, en
  failures INTEGER NOT NULL,          -- wrong passwords in a row
  failed_at INTEGER,                  -- the last of them
  signed_in_at INTEGER                -- the last time it went well
);

-- Wrong passwords by network address, whatever the login was.
CREATE TABLE auth_address (
  address TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL
);
CREATE INDEX auth_address_at ON auth_address (failed_at);

-- Somebody signed in on some machine. The token itself is only in the browser's cookie.
CREATE TABLE auth_session (
  hash TEXT PRIMARY KEY,              -- SHA-256 of the token, hex
  person INTEGER NOT NULL,
  post INTEGER NOT NULL,              -- the hat worn; 0: none was in force
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,           -- to within a few minutes
  address TEXT NOT NULL
);
CREATE INDEX auth_session_person ON auth_session (person);
CREATE INDEX auth_session_used ON auth_session (used_at);
