-- The organisation: a graph of units with dated edges, the people, and the posts they hold.
-- Ids of units, posts, people and groups are also the principals of kernel/access: a right is given to any of them.

-- Every node: committees, organisations, boards and offices, places, residential areas; closed ones stay, with their successors.
CREATE TABLE org_unit (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL DEFAULT '',          -- of a place: the General Statistics Office's code; of others: the office's own; '' none
    kind TEXT NOT NULL CHECK (kind IN ('front', 'union', 'board', 'place', 'area', 'party', 'state', 'member')),
                                            -- front: Ủy ban MTTQ · union: tổ chức chính trị - xã hội, hội · board: ban, văn phòng, thường trực ·
                                            -- place: đơn vị hành chính · area: ban công tác Mặt trận khu dân cư · party, state · member: tổ chức thành viên khác
    level TEXT NOT NULL CHECK (level IN ('city', 'district', 'commune', 'area')),
    name TEXT NOT NULL,                     -- Ủy ban Mặt trận Tổ quốc Việt Nam phường Lê Chân
    short_name TEXT NOT NULL,               -- MTTQ phường Lê Chân
    name_fold TEXT NOT NULL,                -- utf8_fold of the names, to compare with what is typed
    short_fold TEXT NOT NULL,
    sort_key BLOB NOT NULL,                 -- utf8_sort_key(short_name)
    notation TEXT NOT NULL DEFAULT '',      -- in document numbers: MTTQ-BTT
    organ INTEGER NOT NULL,                 -- the committee or organisation it belongs to; its own id when it is one
    parent INTEGER REFERENCES org_unit (id),-- where the tree draws it: the main edge in force today
    ordinal INTEGER NOT NULL DEFAULT 0,     -- order among siblings, before the name
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',        -- where its office is
    from_on TEXT,                           -- first day; NULL: since before the system
    until_on TEXT,                          -- last day; NULL: stands
    source TEXT NOT NULL DEFAULT '',        -- where the fact is from, of places
    version INTEGER NOT NULL DEFAULT 1,     -- counts its changes: who edits says which state was before them
    changed_at INTEGER NOT NULL
);
CREATE INDEX org_unit_parent ON org_unit (parent, ordinal, sort_key, id);
CREATE INDEX org_unit_organ ON org_unit (organ);
CREATE INDEX org_unit_code ON org_unit (code);
CREATE INDEX org_unit_sort ON org_unit (sort_key, id);
CREATE INDEX org_unit_name ON org_unit (name_fold);
CREATE INDEX org_unit_short ON org_unit (short_fold);

-- How units stand to each other, from when until when, and what that permits.
CREATE TABLE org_edge (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('under', 'member', 'line', 'place', 'staff', 'with', 'delegate')),
                                            -- under: trực thuộc · member: thành viên · line: theo cấp · place: địa bàn · staff: tham mưu ·
                                            -- with: phối hợp · delegate: uỷ quyền dữ liệu
    from_unit INTEGER NOT NULL REFERENCES org_unit (id), -- the lower, the member, the one that gives its data
    to_unit INTEGER NOT NULL REFERENCES org_unit (id),
    is_main INTEGER NOT NULL DEFAULT 0,     -- the tree is drawn along it; at most one in force for a unit
    permits INTEGER NOT NULL DEFAULT 0,     -- bits of enum org_permit, given to to_unit over from_unit
    from_on TEXT,
    until_on TEXT,
    basis TEXT NOT NULL DEFAULT ''          -- decision or law it rests on
);
CREATE INDEX org_edge_from ON org_edge (from_unit, kind);
CREATE INDEX org_edge_to ON org_edge (to_unit, kind);

-- What an old unit became: n to m, so that letters and figures from before still roll up.
CREATE TABLE org_succession (
    old_unit INTEGER NOT NULL REFERENCES org_unit (id),
    new_unit INTEGER NOT NULL REFERENCES org_unit (id),
    share REAL,                             -- part of the old that went there, 0 to 1; NULL where no source says
    since_on TEXT NOT NULL,                 -- first day of the new
    basis TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (old_unit, new_unit)
);
CREATE INDEX org_succession_new ON org_succession (new_unit);

-- Role groups of an organ ("văn thư của Ủy ban"): a stable principal each, made with the organ.
CREATE TABLE org_group (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL REFERENCES org_unit (id),
    role INTEGER NOT NULL,                  -- one bit of enum role
    UNIQUE (organ, role)
);

CREATE TABLE org_person (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL DEFAULT '',          -- the office's own number for the person; '' none
    name TEXT NOT NULL,                     -- Hoàng Thị Vân
    name_fold TEXT NOT NULL,                -- utf8_fold(name)
    name_key BLOB NOT NULL,                 -- utf8_name_key(name): given name first
    address TEXT NOT NULL DEFAULT 'đồng chí' CHECK (address IN ('anh', 'chị', 'đồng chí')),
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    until_on TEXT,                          -- left the service; NULL: active
    version INTEGER NOT NULL DEFAULT 1,     -- counts its changes: who edits says which state was before them
    changed_at INTEGER NOT NULL
);
CREATE INDEX org_person_name ON org_person (name_key, id);
CREATE INDEX org_person_code ON org_person (code);

-- Terms of office of an organ. A post tied to a term ends with it.
CREATE TABLE org_term (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL REFERENCES org_unit (id),
    name TEXT NOT NULL,                     -- Nhiệm kỳ 2025 - 2030
    from_on TEXT NOT NULL,
    until_on TEXT                           -- last day
);
CREATE INDEX org_term_organ ON org_term (organ);

-- A post ("chức danh"): what a person is in a unit. In force from from_on to the earlier of until_on and the term's end.
CREATE TABLE org_post (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES org_person (id),
    unit INTEGER NOT NULL REFERENCES org_unit (id),
    title TEXT NOT NULL,                    -- Văn thư
    roles INTEGER NOT NULL,                 -- bits of enum role
    signs INTEGER NOT NULL DEFAULT 0,       -- bits of enum org_sign: TM. KT. TL. TUQ.
    is_main INTEGER NOT NULL DEFAULT 1,     -- worn first after signing in
    ordinal INTEGER NOT NULL DEFAULT 100,   -- order within the unit: chair 10, deputy 20, head 30 …
    term INTEGER REFERENCES org_term (id),
    from_on TEXT NOT NULL,
    until_on TEXT,                          -- last day in force; NULL: until further notice
    basis TEXT NOT NULL DEFAULT '',         -- decision of appointment
    changed_at INTEGER NOT NULL
);
CREATE INDEX org_post_person ON org_post (person);
CREATE INDEX org_post_unit ON org_post (unit, ordinal);
CREATE INDEX org_post_term ON org_post (term);

-- Uỷ quyền: one post lets another act for it for a while, in writing.
CREATE TABLE org_delegation (
    id INTEGER PRIMARY KEY,
    from_post INTEGER NOT NULL REFERENCES org_post (id),
    to_post INTEGER NOT NULL REFERENCES org_post (id),
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,                 -- last day; always limited in time
    basis TEXT NOT NULL                     -- the written basis
);
CREATE INDEX org_delegation_from ON org_delegation (from_post);
CREATE INDEX org_delegation_to ON org_delegation (to_post);

-- Folded words of names, for finding by any part of a name as one types, with or without diacritics.
CREATE TABLE org_word (
    owner INTEGER NOT NULL,                 -- unit or person
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'person')),
    word BLOB NOT NULL,                     -- utf8_fold of one syllable
    PRIMARY KEY (word, owner)
);
CREATE INDEX org_word_owner ON org_word (owner);

-- Days that differ from the usual week, by the yearly notices.
CREATE TABLE org_holiday (
    day_on TEXT NOT NULL PRIMARY KEY,
    is_work INTEGER NOT NULL,               -- 0: a weekday off · 1: a Saturday or Sunday worked instead
    reason TEXT NOT NULL,                   -- Nghỉ Tết Nguyên đán
    notice TEXT NOT NULL                    -- the notice or law that says so
);
-- Years whose notices are in org_holiday; of others only Saturdays and Sundays are known.
CREATE TABLE org_holiday_year (
    year INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    is_checked INTEGER NOT NULL             -- compared with the notices by a person
);
-- The rules of counting, as the law had them at the time.
CREATE TABLE org_count_rule (
    key TEXT NOT NULL,                      -- first-day weekend holiday swap
    from_on TEXT NOT NULL,
    until_on TEXT,
    law TEXT NOT NULL,                      -- Khoản 2 Điều 147 Bộ luật Dân sự 2015
    words TEXT NOT NULL,                    -- what it says, in one sentence
    PRIMARY KEY (key, from_on)
);

-- Excel files of units or people being brought in: read, shown with each row's faults, then applied whole or not at all.
CREATE TABLE org_import (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'person')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'unreadable', 'applied', 'dropped')),
    file INTEGER NOT NULL,                  -- file_blob
    file_name TEXT NOT NULL,
    post INTEGER NOT NULL,                  -- who brings it in
    n_rows INTEGER NOT NULL DEFAULT 0,
    n_faulty INTEGER NOT NULL DEFAULT 0,
    fault TEXT NOT NULL DEFAULT '',         -- why the file as a whole cannot be read
    made_at INTEGER NOT NULL,
    applied_at INTEGER
);
CREATE TABLE org_import_row (
    import INTEGER NOT NULL REFERENCES org_import (id),
    row_no INTEGER NOT NULL,                -- as Excel counts: 2 is the first below the heading
    cells TEXT NOT NULL,                    -- parted by tabs, in the order of the heading we know
    fault TEXT NOT NULL DEFAULT '',         -- Vietnamese; '' when right
    PRIMARY KEY (import, row_no)
);

-- Published for charts and lists of other modules: what a unit is called, and where it is reached.
CREATE VIEW org_v_unit AS
SELECT id, organ, kind, level, name, short_name, code, phone, street, until_on, ordinal, sort_key FROM org_unit;
-- The commune of a unit: where its organ works, for organs of one commune.
CREATE VIEW org_v_unit_place AS
SELECT u.id AS unit, p.code FROM org_unit u JOIN org_edge e ON e.from_unit = u.organ AND e.kind = 'place' AND e.until_on IS NULL
JOIN org_unit p ON p.id = e.to_unit AND p.level = 'commune';
-- Which roles are worn from when until when.
CREATE VIEW org_v_post AS
SELECT p.id, p.roles, p.from_on, p.until_on, t.until_on AS term_until_on FROM org_post p LEFT JOIN org_term t ON t.id = p.term;
-- Who holds which post, for choices among the people of an organ.
CREATE VIEW org_v_holder AS
SELECT p.id, p.person, p.unit, p.title, p.roles, p.is_main, p.from_on, p.until_on, r.name, r.name_key, r.address, r.code
FROM org_post p JOIN org_person r ON r.id = p.person;
