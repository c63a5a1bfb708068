-- The portal: a site for the city's committee and for each commune's, articles with their versions, where each is shown,
-- and what each site must make public.

-- A site. Made for every standing committee of the Front; its address is chosen once.
CREATE TABLE portal_site (
    id INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL UNIQUE,           -- the committee, of modules/org
    is_city INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE,              -- nguyen-binh-khiem
    name TEXT NOT NULL,                     -- Xã Nguyễn Bỉnh Khiêm
    name_fold TEXT NOT NULL,                -- utf8_fold(name), to compare with what is typed
    letter TEXT NOT NULL,                   -- under which it stands in the list: Đ
    sort_key BLOB NOT NULL,                 -- utf8_sort_key of the name without its kind
    organ TEXT NOT NULL,                    -- Ủy ban MTTQ Việt Nam xã Nguyễn Bỉnh Khiêm
    code TEXT NOT NULL,                     -- the General Statistics Office's code of the commune; empty: the city
    street TEXT NOT NULL,
    phone TEXT NOT NULL
);
CREATE INDEX portal_site_sort ON portal_site (is_city, sort_key, id);

-- An article. What is read is its live version; what is worked on stands beside it until it goes live.
CREATE TABLE portal_article (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES portal_site (id),
    unit INTEGER NOT NULL,                  -- the committee of the site: whose boxes it stands in
    slug TEXT NOT NULL,                     -- of today; those before stand in portal_slug
    category TEXT NOT NULL,                 -- a code of portal_categories
    state TEXT NOT NULL CHECK (state IN ('new', 'live', 'withdrawn')),
    stage TEXT NOT NULL CHECK (stage IN ('draft', 'returned', 'submitted', 'approved', 'none')),
                                            -- of the version that is worked on; none: nobody works on one
    approver TEXT NOT NULL DEFAULT 'own' CHECK (approver IN ('own', 'city')), -- who is asked to approve
    reach TEXT NOT NULL DEFAULT 'own' CHECK (reach IN ('own', 'communes')),   -- of the city's: also on every commune's site
    proposal TEXT NOT NULL DEFAULT 'none' CHECK (proposal IN ('none', 'asked', 'taken', 'refused')),
                                            -- of a commune's: to stand on the city's site too
    live INTEGER NOT NULL DEFAULT 0,        -- the version that is read
    working INTEGER NOT NULL DEFAULT 0,     -- the version that is worked on
    title TEXT NOT NULL,                    -- of the live version, else of the one worked on: for lists
    place INTEGER NOT NULL DEFAULT 0,       -- order among what is live: an id made when it first went live
    version INTEGER NOT NULL DEFAULT 1,     -- grows with every act
    made_by INTEGER NOT NULL,               -- post
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    first_at INTEGER,                       -- when it first went live
    live_at INTEGER,                        -- when the live version did
    withdrawn_at INTEGER,
    withdrawn_by TEXT NOT NULL DEFAULT '',  -- name
    reason TEXT NOT NULL DEFAULT '',        -- why it was withdrawn, as the public reads it
    instead TEXT NOT NULL DEFAULT ''        -- address of what replaces it
);
CREATE INDEX portal_article_stage ON portal_article (unit, stage, id);
CREATE INDEX portal_article_state ON portal_article (unit, state, id);
CREATE INDEX portal_article_city ON portal_article (approver, stage, id);
CREATE INDEX portal_article_proposal ON portal_article (proposal, state, id);
CREATE INDEX portal_article_site ON portal_article (site, state, place);

CREATE TABLE portal_version (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES portal_article (id),
    n INTEGER NOT NULL,                     -- 1, 2, 3 … of its article
    title TEXT NOT NULL,
    lead TEXT NOT NULL,                     -- one or two sentences under the title
    body TEXT NOT NULL,                     -- in the small mark-up of portal_mark.h
    author TEXT NOT NULL,                   -- as the reader sees it
    source TEXT NOT NULL,                   -- where the facts are from
    picture INTEGER REFERENCES file_blob (id),
    alt TEXT NOT NULL,                      -- what is seen on it
    credit TEXT NOT NULL,                   -- who took it
    note TEXT NOT NULL DEFAULT '',          -- of a later version: what was corrected, as the reader sees it
    made_by INTEGER NOT NULL,               -- post: never the one who approves
    made_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    approved_by INTEGER NOT NULL DEFAULT 0, -- post
    approved_name TEXT NOT NULL DEFAULT '',
    approved_at INTEGER,
    publish_at INTEGER,                     -- when it is to go live; NULL: with its approval
    live_at INTEGER                         -- when it did
);
CREATE INDEX portal_version_article ON portal_version (article, n);
CREATE INDEX portal_version_picture ON portal_version (picture);
CREATE INDEX portal_version_due ON portal_version (publish_at);

-- Every address an article ever had: none is given to another, and the old ones lead to today's.
CREATE TABLE portal_slug (
    site INTEGER NOT NULL REFERENCES portal_site (id),
    slug TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES portal_article (id),
    PRIMARY KEY (site, slug)
);

-- Where a live article is listed: its own site, the city's, or (site 0) every commune's.
CREATE TABLE portal_shown (
    site INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES portal_article (id),
    place INTEGER NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (site, article)
);
CREATE INDEX portal_shown_place ON portal_shown (site, place);
CREATE INDEX portal_shown_category ON portal_shown (site, category, place);

-- Grows with every change of what the public reads: pages kept in memory are of one stamp.
CREATE TABLE portal_stamp (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    n INTEGER NOT NULL
);

-- What a site must make public: a row for each item of duties.tsv.
CREATE TABLE portal_duty (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES portal_site (id),
    item TEXT NOT NULL,                     -- a code of duties.tsv
    owner TEXT NOT NULL DEFAULT '',         -- who sees to it
    page TEXT NOT NULL DEFAULT '',          -- where it stands; empty: nowhere yet
    updated_on TEXT,                        -- when it was last made or looked at
    version INTEGER NOT NULL DEFAULT 1,
    changed_at INTEGER NOT NULL,
    UNIQUE (site, item)
);
