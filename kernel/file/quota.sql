-- What each person has brought in a day.
CREATE TABLE quota_use (
  person INTEGER NOT NULL,
  day_on TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (person, day_on)
);
