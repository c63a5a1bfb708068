-- The next number of each book of each owner and year. A row begins with the first number taken.
CREATE TABLE record_series (
  name TEXT NOT NULL,        -- the book: "petition"
  owner INTEGER NOT NULL,    -- whose; 0: one for all
  year INTEGER NOT NULL,     -- 0: it never begins anew
  next INTEGER NOT NULL,     -- what is given next
  PRIMARY KEY (name, owner, year)
);
