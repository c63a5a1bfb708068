-- Forms already acted on: the same form sent again gets the first answer, not a second effect.
CREATE TABLE http_once (
  session TEXT NOT NULL,              -- hash of the session it was sent in
  once TEXT NOT NULL,                 -- the form's own token
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
  body TEXT NOT NULL,                 -- the fields, urlencoded; no secrets, no files
  made_at INTEGER NOT NULL
);
CREATE INDEX http_draft_at ON http_draft (made_at);
