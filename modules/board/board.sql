-- Boards of figures: which cards stand on whose board, what metrics have meant, figures from before the program,
-- forecasts that were published, and thresholds that are watched.

-- A board somebody made. Those that come with the program are data of the program (boards.tsv).
CREATE TABLE board_board (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,               -- whose it is
    title TEXT NOT NULL,
    unit INTEGER NOT NULL,               -- the unit it is shared with; 0: nobody
    version INTEGER NOT NULL DEFAULT 1,  -- counts its changes
    changed_at INTEGER NOT NULL
);
CREATE INDEX board_board_post ON board_board (post, id);

CREATE TABLE board_card (
    id INTEGER PRIMARY KEY,
    board INTEGER NOT NULL REFERENCES board_board (id),
    ordinal INTEGER NOT NULL,            -- order on the board, small first
    metric TEXT NOT NULL,                -- code of a metric of the port
    kind TEXT NOT NULL                   -- how it is drawn: number, line, unit, field, outcome, table, heat, map
);
CREATE INDEX board_card_board ON board_card (board, ordinal, id);

-- What a metric has meant: a new row whenever its words or its formula are others than before.
CREATE TABLE board_definition (
    metric TEXT NOT NULL,
    edition INTEGER NOT NULL,            -- 1, 2, 3 …
    since_on TEXT NOT NULL,              -- first day it was seen so
    title TEXT NOT NULL,
    words TEXT NOT NULL,                 -- the definition
    formula TEXT NOT NULL,               -- which outcomes are counted, of which
    PRIMARY KEY (metric, edition)
);

-- Figures of months from before the program was in use, typed from reports: they have no records behind them.
CREATE TABLE board_past (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,
    metric TEXT NOT NULL,
    month_on TEXT NOT NULL,              -- first day of the month
    n INTEGER NOT NULL CHECK (n >= 0),
    report TEXT NOT NULL,                -- the report it was taken from
    post INTEGER NOT NULL,               -- who typed it; 0: the demonstration
    made_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX board_past_month ON board_past (organ, metric, month_on);

-- Forecasts as they were published: never changed, scored when their month is over.
CREATE TABLE board_forecast (
    principal INTEGER NOT NULL,          -- whose figures were forecast
    metric TEXT NOT NULL,
    origin_on TEXT NOT NULL,             -- first day of the last month that was known
    month_on TEXT NOT NULL,              -- first day of the month forecast
    value REAL NOT NULL,
    low80 REAL NOT NULL,
    high80 REAL NOT NULL,
    low95 REAL NOT NULL,
    high95 REAL NOT NULL,
    naive REAL NOT NULL,                 -- what the same month of the year before said
    beside REAL NOT NULL,                -- mean error from past origins, as a part of the seasonal naive's
    is_estimate INTEGER NOT NULL,        -- too few past origins: the bands are estimates
    made_at INTEGER NOT NULL,
    PRIMARY KEY (principal, metric, origin_on, month_on)
);

-- A threshold somebody watches: told once when it is crossed, and once when that has ended.
CREATE TABLE board_alert (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,
    scope TEXT NOT NULL,                 -- organ, unit, post: whose figures
    metric TEXT NOT NULL,
    is_above INTEGER NOT NULL,           -- crossed above the bound; else below it
    bound INTEGER NOT NULL,
    is_crossed INTEGER NOT NULL,
    since_at INTEGER,                    -- since when it is as is_crossed says
    value INTEGER,                       -- as last looked at; NULL: there was none
    made_at INTEGER NOT NULL
);
CREATE INDEX board_alert_post ON board_alert (post, id);
