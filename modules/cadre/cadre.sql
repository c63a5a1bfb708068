-- Cadres: one record of a person, entered once as entries of groups whose fields are data (modules/cadre/groups/*.json),
-- each state of an entry kept; what others look at with a purpose; what the person asks to be changed; forms as printed.

-- A cadre's record. Rights (access_grant) are given on it: the organ's personnel and the person.
CREATE TABLE cadre_person (
  id INTEGER PRIMARY KEY,
  organ INTEGER NOT NULL REFERENCES org_unit (id), -- whose personnel keeps it
  unit INTEGER NOT NULL REFERENCES org_unit (id),  -- the board the cadre works in; the organ itself when in none
  person INTEGER REFERENCES org_person (id),       -- who may see it as one's own; NULL: has no account here
  name TEXT NOT NULL,
  name_key BLOB NOT NULL,             -- utf8_name_key(name)
  staff_no TEXT NOT NULL,
  sex TEXT NOT NULL,                  -- nam, nu; '' not said yet
  birth TEXT NOT NULL,                -- 1970, 1970-05 or 1970-05-19
  post TEXT NOT NULL,                 -- what the cadre is today, by the record
  is_party INTEGER NOT NULL,
  is_left INTEGER NOT NULL DEFAULT 0, -- no longer works here
  n_findings INTEGER NOT NULL DEFAULT 0, -- contradictions found in the record
  version INTEGER NOT NULL DEFAULT 1, -- counts changes of unit, person and is_left
  made_by INTEGER NOT NULL,           -- post
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
);
CREATE INDEX cadre_person_name ON cadre_person (name_key, id);
CREATE INDEX cadre_person_unit ON cadre_person (unit, name_key, id);
CREATE INDEX cadre_person_organ ON cadre_person (organ, name_key, id);
CREATE UNIQUE INDEX cadre_person_person ON cadre_person (person);

-- Folded words a cadre is found by in the list: of name, number, post.
CREATE TABLE cadre_word (
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  word TEXT NOT NULL,
  PRIMARY KEY (word, cadre)
) WITHOUT ROWID;
CREATE INDEX cadre_word_cadre ON cadre_word (cadre);

-- One entry of a group: a job held, a course, a step of pay; of a group that is there once, the only one.
CREATE TABLE cadre_entry (
  id INTEGER PRIMARY KEY,
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  part TEXT NOT NULL,                 -- code of the group
  answers TEXT NOT NULL,              -- a JSON object of cleaned values
  part_version INTEGER NOT NULL,      -- of the definition it was written under; never rewritten by a newer one
  sort TEXT NOT NULL,                 -- its day or year, as far as known
  is_gone INTEGER NOT NULL DEFAULT 0, -- taken out; its history stays
  version INTEGER NOT NULL DEFAULT 1,
  changed_at INTEGER NOT NULL
);
CREATE INDEX cadre_entry_cadre ON cadre_entry (cadre, part, sort, id);

-- Every state an entry was in: what it said, from when it was so recorded, by whom and on what basis.
CREATE TABLE cadre_past (
  entry INTEGER NOT NULL REFERENCES cadre_entry (id),
  version INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('made', 'changed', 'removed')),
  answers TEXT NOT NULL,
  part_version INTEGER NOT NULL,
  basis TEXT NOT NULL,                -- decision, paper; in the person's words
  proposal INTEGER NOT NULL DEFAULT 0, -- cadre_proposal it came from; 0: personnel wrote it
  post INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (entry, version)
) WITHOUT ROWID;

-- A look at a sensitive group: said before it is shown, open to this post for a while.
CREATE TABLE cadre_look (
  id INTEGER PRIMARY KEY,
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  part TEXT NOT NULL,                 -- code of the group; of a printed form: 'print'
  post INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  opened_at INTEGER NOT NULL
);
CREATE INDEX cadre_look_cadre ON cadre_look (cadre, part, post, opened_at);

-- What a person asks to be changed in the own record, with evidence; personnel accepts it or gives it back.
CREATE TABLE cadre_proposal (
  id INTEGER PRIMARY KEY,
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  part TEXT NOT NULL,
  entry INTEGER NOT NULL DEFAULT 0,   -- cadre_entry; 0: a new one
  entry_version INTEGER NOT NULL DEFAULT 0, -- the state the person had before them
  answers TEXT NOT NULL,
  part_version INTEGER NOT NULL,
  words TEXT NOT NULL,                -- why, and on what paper
  file INTEGER REFERENCES file_blob (id),
  file_name TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'returned', 'withdrawn')),
  made_by INTEGER NOT NULL,           -- post
  made_at INTEGER NOT NULL,
  decided_by INTEGER NOT NULL DEFAULT 0,
  decided_at INTEGER,
  reason TEXT NOT NULL DEFAULT ''     -- of giving back
);
CREATE INDEX cadre_proposal_cadre ON cadre_proposal (cadre, id);
CREATE INDEX cadre_proposal_state ON cadre_proposal (state, id);

-- A form as it was printed.
CREATE TABLE cadre_print (
  id INTEGER PRIMARY KEY,
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  form TEXT NOT NULL,                 -- code of forms.tsv
  lines TEXT NOT NULL,                -- JSON: [{"number", "label", "rows": [["…"]]}]
  purpose TEXT NOT NULL,
  post INTEGER NOT NULL,
  printed_at INTEGER NOT NULL
);
CREATE INDEX cadre_print_cadre ON cadre_print (cadre, form, id);

-- What falls due of a cadre, worked out whenever the record changes; the lists are these rows.
CREATE TABLE cadre_due (
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  kind TEXT NOT NULL,                 -- code of lists.tsv: salary reappoint retire badge training
  due_on TEXT NOT NULL,
  words TEXT NOT NULL,                -- what falls due, for personnel
  PRIMARY KEY (cadre, kind)
) WITHOUT ROWID;
CREATE INDEX cadre_due_kind ON cadre_due (kind, due_on, cadre);

-- Two passages of a record that cannot both be so.
CREATE TABLE cadre_finding (
  cadre INTEGER NOT NULL REFERENCES cadre_person (id),
  n INTEGER NOT NULL,
  rule TEXT NOT NULL,                 -- code of rules.tsv
  words TEXT NOT NULL,
  left_part TEXT NOT NULL,
  left_entry INTEGER NOT NULL,
  left_text TEXT NOT NULL,
  right_part TEXT NOT NULL,           -- '' when the other side is not in the record
  right_entry INTEGER NOT NULL,
  right_text TEXT NOT NULL,
  PRIMARY KEY (cadre, n)
) WITHOUT ROWID;

-- A committee being drawn up against its structure.
CREATE TABLE cadre_committee (
  id INTEGER PRIMARY KEY,
  organ INTEGER NOT NULL REFERENCES org_unit (id),
  title TEXT NOT NULL,
  seats INTEGER NOT NULL,
  held_on TEXT NOT NULL,              -- ages are counted as of this day
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  version INTEGER NOT NULL DEFAULT 1,
  made_by INTEGER NOT NULL,
  made_at INTEGER NOT NULL
);
CREATE TABLE cadre_target (
  committee INTEGER NOT NULL REFERENCES cadre_committee (id),
  code TEXT NOT NULL,                 -- of structure.tsv: women young nonparty ethnic religious
  percent INTEGER NOT NULL,           -- at least
  PRIMARY KEY (committee, code)
) WITHOUT ROWID;
CREATE TABLE cadre_nominee (
  id INTEGER PRIMARY KEY,
  committee INTEGER NOT NULL REFERENCES cadre_committee (id),
  cadre INTEGER REFERENCES cadre_person (id), -- whose record it was taken from; NULL: typed
  name TEXT NOT NULL,
  name_key BLOB NOT NULL,
  place TEXT NOT NULL,                -- post and unit
  birth_on TEXT,
  is_woman INTEGER NOT NULL,
  is_party INTEGER NOT NULL,
  is_ethnic INTEGER NOT NULL,
  is_religious INTEGER NOT NULL,
  is_dropped INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  added_by INTEGER NOT NULL,
  added_at INTEGER NOT NULL
);
CREATE INDEX cadre_nominee_committee ON cadre_nominee (committee, name_key, id);
