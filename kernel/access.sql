-- Rights on records: who may do what. A principal is a person, post, unit, organ or role group, by id.
CREATE TABLE access_grant (
    record INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- of the record: document, …
    can INTEGER NOT NULL CHECK (can > 0),   -- bits of enum can
    until_on TEXT,                          -- last day it holds; NULL: for ever
    PRIMARY KEY (record, principal)
);
CREATE INDEX access_grant_principal ON access_grant (principal, kind, record);

-- What a worn post counts as. The post itself is always among them.
CREATE TABLE access_wearer (
    post INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    PRIMARY KEY (post, principal)
);
CREATE INDEX access_wearer_principal ON access_wearer (principal, post);
