-- Thông báo: what each post is to be told, made from events that are for somebody.
CREATE TABLE notice_item (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,                  -- who is told
    event INTEGER NOT NULL,                 -- the event it came from
    kind TEXT NOT NULL,                     -- document.assigned, …
    record INTEGER NOT NULL,
    words TEXT NOT NULL,
    path TEXT NOT NULL DEFAULT '',          -- where it leads; '' the record's own page
    told_at INTEGER NOT NULL,
    read_at INTEGER,                        -- NULL: not yet
    UNIQUE (post, event)
);
CREATE INDEX notice_item_post ON notice_item (post, id);
CREATE INDEX notice_item_record ON notice_item (post, record);

-- How many a post has not read: kept, never counted.
CREATE TABLE notice_unread (
    post INTEGER PRIMARY KEY,
    n INTEGER NOT NULL CHECK (n >= 0)
);
