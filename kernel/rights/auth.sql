-- One account per person who may sign in.
CREATE TABLE auth_account (
  person INTEGER PRIMARY KEY,         -- of the organisation's people
  login TEXT NOT NULL UNIQUE,         -- lower case
  password TEXT NOT NULL,             -- argon2id, with its own salt and limits
  is_to_change INTEGER NOT NULL,      -- 1: a new password is asked for before anything else
  is_closed INTEGER NOT NULL,
  language TEXT NOT NULL,             -- vi, en
  signed_in_at INTEGER                -- the last time it went well
);

-- Wrong passwords, counted: a row for each login and network in an hour. Gone after a day.
CREATE TABLE auth_try (
  login INTEGER NOT NULL,             -- hash of the name as typed, whether such an account exists or not
  network TEXT NOT NULL,              -- 10.1.2.0/24, 2001:db8::/56, or the hash of a browser in auth_device
  hour_at INTEGER NOT NULL,           -- when the hour began
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,         -- the last of them
  PRIMARY KEY (login, network, hour_at)
);
CREATE INDEX auth_try_at ON auth_try (failed_at);

-- Browsers in which a person has signed in: strangers' tries in their network do not keep the person out there.
CREATE TABLE auth_device (
  hash TEXT NOT NULL,                 -- SHA-256 of the token in the browser's cookie, hex
  person INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (hash, person)
);
CREATE INDEX auth_device_at ON auth_device (used_at);

-- Sessions that ended or changed their hat within the last minutes: open pages that listen by them are told at once.
CREATE TABLE auth_ended (
  hash TEXT PRIMARY KEY,
  ended_at INTEGER NOT NULL
);
CREATE INDEX auth_ended_at ON auth_ended (ended_at);

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
