-- The citizens' realm, apart from those who work here: how they sign in by a provider of identity, who signed in, and what
-- they sent. Nobody here has a post or a right in the office.
CREATE TABLE citizen_provider (
    id INTEGER PRIMARY KEY,             -- always 1: there is one
    is_on INTEGER NOT NULL,
    name TEXT NOT NULL,                 -- on the button: VNeID
    issuer TEXT NOT NULL,
    client TEXT NOT NULL,               -- what the provider calls us
    secret TEXT NOT NULL,               -- sealed by the key in the data folder
    origin TEXT NOT NULL,               -- our own address, as the provider leads back to it
    scope TEXT NOT NULL,
    claim_name TEXT NOT NULL,           -- which claim says what
    claim_number TEXT NOT NULL,
    claim_level TEXT NOT NULL,
    levels TEXT NOT NULL,               -- its values from the lowest, with spaces between
    level_in TEXT NOT NULL,             -- the least one for signing in; empty: any
    authorize_url TEXT NOT NULL DEFAULT '', -- as the provider's discovery document says
    token_url TEXT NOT NULL DEFAULT '',
    logout_url TEXT NOT NULL DEFAULT '',
    jwks_url TEXT NOT NULL DEFAULT '',
    jwks TEXT NOT NULL DEFAULT '',
    is_basic INTEGER NOT NULL DEFAULT 1, -- the secret is sent as HTTP Basic; else in the body
    read_at INTEGER,                    -- when the document was read
    fault TEXT NOT NULL DEFAULT '',     -- why it could not be, for the administrator
    version INTEGER NOT NULL DEFAULT 1,
    changed_at INTEGER NOT NULL
);

CREATE TABLE citizen_person (
    id INTEGER PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,              -- the provider's own name for the person
    name TEXT NOT NULL,
    number TEXT NOT NULL,               -- of identity, when the provider says it
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE TABLE citizen_session (
    token TEXT PRIMARY KEY,             -- SHA-256 of the cookie
    person INTEGER NOT NULL REFERENCES citizen_person (id),
    level INTEGER NOT NULL,             -- place in the provider's levels, from 1; 0: not said
    made_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL
);
CREATE INDEX citizen_session_person ON citizen_session (person);
CREATE INDEX citizen_session_until ON citizen_session (until_at);

-- One way to the provider and back.
CREATE TABLE citizen_try (
    id INTEGER PRIMARY KEY,
    browser TEXT NOT NULL,              -- SHA-256 of the cookie of the browser that began
    state TEXT NOT NULL UNIQUE,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,             -- PKCE
    wanted INTEGER NOT NULL,            -- level
    code TEXT NOT NULL DEFAULT '',      -- gone when it was exchanged
    session TEXT NOT NULL DEFAULT '',   -- SHA-256 of the cookie given on the way back
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'asked', 'in', 'low', 'refused')),
    until_at INTEGER NOT NULL
);
CREATE INDEX citizen_try_browser ON citizen_try (browser, id);
CREATE INDEX citizen_try_until ON citizen_try (until_at);

-- What somebody sent while signed in, or added by code and words.
CREATE TABLE citizen_sending (
    person INTEGER NOT NULL REFERENCES citizen_person (id),
    item INTEGER NOT NULL REFERENCES receipt_item (id),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (person, item)
);
CREATE INDEX citizen_sending_item ON citizen_sending (item);
