-- What a principal may do with a record. Records are opened by nothing else.
CREATE TABLE access_grant (
  record INTEGER NOT NULL,
  principal INTEGER NOT NULL,         -- a person, post, unit, organ or role group
  kind TEXT NOT NULL,                 -- of the record: document
  can INTEGER NOT NULL CHECK (can > 0), -- bits of enum can
  until_on TEXT,                      -- last day it holds; NULL for ever
  PRIMARY KEY (record, principal)
) WITHOUT ROWID;
CREATE INDEX access_grant_principal ON access_grant (principal, kind, record);

-- Which principals a worn post counts as; the post itself is always one.
CREATE TABLE access_wearer (
  post INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  PRIMARY KEY (post, principal)
) WITHOUT ROWID;
CREATE INDEX access_wearer_principal ON access_wearer (principal, post);
