-- What happened, in the order of commits; written with the deed, delivered after it.
CREATE TABLE event_outbox (
  id INTEGER PRIMARY KEY,             -- 1, 2, 3 … without gaps
  kind TEXT NOT NULL,                 -- document.assigned
  record INTEGER NOT NULL,
  for_principal INTEGER NOT NULL,     -- 0: all who may read the record
  post INTEGER NOT NULL,              -- who acted; 0: the system
  body TEXT NOT NULL,                 -- small JSON, or empty
  made_at INTEGER NOT NULL
);
CREATE INDEX event_outbox_made ON event_outbox (made_at);

-- How far each listener has come.
CREATE TABLE event_cursor (
  listener TEXT PRIMARY KEY,
  last_id INTEGER NOT NULL,
  tries INTEGER NOT NULL,             -- failed ones of the next event
  not_before INTEGER NOT NULL,        -- UTC milliseconds: not tried again earlier
  fault TEXT NOT NULL
);

-- Events a listener failed on too often; the administrator sees them, and may have them heard again.
CREATE TABLE event_parked (
  id INTEGER PRIMARY KEY,
  listener TEXT NOT NULL,
  event INTEGER NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER NOT NULL,
  for_principal INTEGER NOT NULL,
  post INTEGER NOT NULL,
  body TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  fault TEXT NOT NULL,
  parked_at INTEGER NOT NULL,
  is_again INTEGER NOT NULL           -- to be heard again
);

-- Which deliverer works.
CREATE TABLE event_lease (
  name TEXT PRIMARY KEY,
  holder INTEGER NOT NULL,
  until_at INTEGER NOT NULL
);
