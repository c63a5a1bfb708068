-- Settings changed on the admin page.
CREATE TABLE config_value (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL         -- the post
);
