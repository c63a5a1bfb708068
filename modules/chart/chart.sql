-- Figures of incoming documents, kept as they change so that no chart counts over a big table.
-- Each figure belongs to one principal (a role group of the organ, a unit, a post): who counts as it may read every record behind it.

-- What one record adds to the figures of one principal, as last told to chart_cell.
CREATE TABLE chart_part (
    principal INTEGER NOT NULL,
    arrival_on TEXT NOT NULL,
    record INTEGER NOT NULL,
    field TEXT NOT NULL,                 -- code of the field of work; empty: not said
    unit INTEGER NOT NULL,               -- unit in the lead; 0: nobody yet
    outcome TEXT NOT NULL CHECK (outcome IN ('open', 'on_time', 'late', 'done')), -- done: without a deadline
    due_day TEXT NOT NULL,               -- of open ones: yyyy-mm-dd; empty: no deadline, or done
    PRIMARY KEY (principal, arrival_on, record)
);
CREATE INDEX chart_part_record ON chart_part (record);

-- How many records stand in each cell.
CREATE TABLE chart_cell (
    principal INTEGER NOT NULL,
    arrival_on TEXT NOT NULL,
    field TEXT NOT NULL,
    unit INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    due_day TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (principal, arrival_on, field, unit, outcome, due_day)
);
