-- Tables of another module than the queries': theirs to write, for others to read through the view.
CREATE TABLE elsewhere_thing (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE VIEW elsewhere_v_thing AS SELECT id, name FROM elsewhere_thing;
