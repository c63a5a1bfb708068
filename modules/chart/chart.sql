-- Figures of what the modules count (kernel/port/metric.h), kept as they change so that no chart counts over a big table.
-- Each figure belongs to one principal (a role group of the organ, a unit, a post): who counts as it may read every record behind it.

-- What one record adds to the figures of one principal, as last told to chart_cell.
CREATE TABLE chart_part (
    source TEXT NOT NULL,                -- code of the metric_source: document, …
    principal INTEGER NOT NULL,
    day_on TEXT NOT NULL,                -- the day the record belongs to
    record INTEGER NOT NULL,
    field TEXT NOT NULL,                 -- code of the source's own dimension; empty: not said
    unit INTEGER NOT NULL,               -- who has it; 0: nobody yet
    commune TEXT NOT NULL,               -- code of the commune it is about, else of its unit's organ; empty: none
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'on_time', 'late', 'done')), -- done: without a deadline
    due_day TEXT NOT NULL,               -- of open ones: yyyy-mm-dd; empty: no deadline, or done
    PRIMARY KEY (source, principal, day_on, record)
);
CREATE INDEX chart_part_record ON chart_part (record, source);

-- How many records stand in each cell.
CREATE TABLE chart_cell (
    source TEXT NOT NULL,
    principal INTEGER NOT NULL,
    day_on TEXT NOT NULL,
    field TEXT NOT NULL,
    unit INTEGER NOT NULL,
    commune TEXT NOT NULL,
    outcome TEXT NOT NULL,
    due_day TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (source, principal, day_on, field, unit, commune, outcome, due_day)
);

-- The same by outcome, as charts add it up. Only what is open has a due day: overdue is what of still_open is past it.
CREATE VIEW chart_v_cell AS
SELECT source, principal, day_on, field, unit, commune, due_day, n,
       CASE WHEN outcome = 'on_time' THEN n ELSE 0 END AS on_time,
       CASE WHEN outcome = 'late' THEN n ELSE 0 END AS late,
       CASE WHEN outcome = 'done' THEN n ELSE 0 END AS done,
       CASE WHEN outcome = 'open' THEN n ELSE 0 END AS still_open
FROM chart_cell;

-- What was open at the end of a day, of all days of arrival: a stock is the value of its last day, never added over time.
CREATE TABLE chart_stock (
    source TEXT NOT NULL,
    principal INTEGER NOT NULL,
    day_on TEXT NOT NULL,                -- at whose end it was counted
    overdue INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    PRIMARY KEY (source, principal, day_on)
);
