-- Kept files, each content once. Who may see one is the business of the record that holds it.
CREATE TABLE file_blob (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,        -- of the bytes, 64 small hexadecimal digits; also its place on disk
  size INTEGER NOT NULL,              -- bytes
  type TEXT NOT NULL,                 -- pdf, docx …: by its first bytes, never by its name
  state INTEGER NOT NULL,             -- enum file_state
  pages INTEGER NOT NULL,             -- 0 until looked at
  pages_done INTEGER NOT NULL,        -- read, or found unreadable
  has_pictures INTEGER NOT NULL,      -- pages can be drawn
  fault TEXT NOT NULL,                -- Vietnamese; why the whole, or its rest, cannot be read
  sums BLOB NOT NULL,                 -- of each 64 KiB of the bytes, eight bytes each: compared whenever they are read
  damaged_at INTEGER,                 -- when the bytes on disk were found not to be these any more; NULL: as far as known they are
  damage TEXT NOT NULL,               -- what was found, for who looks after the disk
  kept_at INTEGER NOT NULL,
  spent_ms INTEGER NOT NULL,          -- of the processor, by reading its pages
  slow_pages INTEGER NOT NULL,        -- that used up the time a page may take
  faulty_pages INTEGER NOT NULL       -- that could not be read, these among them
);

-- What was read of each page. Its pictures are on disk beside the file.
CREATE TABLE file_page (
  file INTEGER NOT NULL REFERENCES file_blob (id),
  number INTEGER NOT NULL,            -- 1 is the first
  how INTEGER NOT NULL,               -- enum read_how
  width REAL NOT NULL,                -- points
  height REAL NOT NULL,
  confidence INTEGER NOT NULL,        -- 0 to 100
  text TEXT NOT NULL,
  words BLOB NOT NULL,                -- places of its words: read_words_pack
  fault TEXT NOT NULL,                -- Vietnamese; why it cannot be read
  PRIMARY KEY (file, number)
);
