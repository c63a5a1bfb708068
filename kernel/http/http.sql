-- Forms already acted on: the same form sent again gets the first answer, not a second effect; another one is asked about.
CREATE TABLE http_once (
  session TEXT NOT NULL,              -- hash of the session it was sent in
  once TEXT NOT NULL,                 -- the form's own token
  place TEXT NOT NULL,                -- method and path it was sent to
  content TEXT NOT NULL,              -- 22 characters for who sent it, and for each field as declared: keyed digests, never the words
  location TEXT NOT NULL,             -- where the first answer led
  flash TEXT NOT NULL,                -- and what it said
  made_at INTEGER NOT NULL,
  PRIMARY KEY (session, once)
);
CREATE INDEX http_once_at ON http_once (made_at);

-- What was typed into a form whose session had ended, until the same person signs in again.
CREATE TABLE http_draft (
  hash TEXT PRIMARY KEY,              -- SHA-256 of the token in the browser's cookie, hex
  person INTEGER NOT NULL,            -- whose session it was; nobody else gets it back
  path TEXT NOT NULL,                 -- the form was sent to
  body TEXT NOT NULL,                 -- the fields, urlencoded; no secrets; files are in http_kept under the same hash
  made_at INTEGER NOT NULL
);
CREATE INDEX http_draft_at ON http_draft (made_at);

-- Files sent with a form that was not acted on, until it is sent right. Their bytes lie in DIR/tmp and go with a day.
CREATE TABLE http_kept (
  hash TEXT NOT NULL,                 -- SHA-256 of the token in the form drawn again, hex
  place TEXT NOT NULL,                -- the file's name in DIR/tmp
  person INTEGER NOT NULL,            -- who sent it; nobody else gets it back
  field TEXT NOT NULL,                -- of the form
  name TEXT NOT NULL,                 -- as the person's machine called it
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,              -- bytes
  made_at INTEGER NOT NULL,
  PRIMARY KEY (hash, place)
);
CREATE INDEX http_kept_person ON http_kept (person, made_at);
CREATE INDEX http_kept_at ON http_kept (made_at);

-- Routes that took longer than their budget, for the administrator: one row a route.
CREATE TABLE http_slow (
  route TEXT PRIMARY KEY,             -- its path as declared
  times INTEGER NOT NULL,
  worst_ms INTEGER NOT NULL,
  slow_at INTEGER NOT NULL            -- the last time
);
