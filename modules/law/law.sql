-- Thư viện pháp luật: works, their expressions in a language, the files these came from, provisions with dated wording, and how all refer to each other.
-- Nothing is deleted because it looks wrong: it is kept, and flagged.

-- A work: one law, decree, directive, whatever its wording on a day. The Front's and the Party's own documents are works too.
CREATE TABLE law_work (
    id INTEGER PRIMARY KEY,
    uri TEXT NOT NULL,                      -- /vn/nd-cp/2020/30: stable address, ELI fashion
    family TEXT NOT NULL CHECK (family IN ('state', 'local', 'party', 'front', 'intl')),
                                            -- state: trung ương · local: HĐND, UBND · party: của Đảng · front: của Mặt trận và các tổ chức · intl: điều ước
    type TEXT NOT NULL DEFAULT '',          -- a code of modules/law/types.tsv: LUAT, ND, TT, QD …; '' unknown
    code TEXT NOT NULL DEFAULT '',          -- số, ký hiệu as written: 30/2020/NĐ-CP, 91/HD-MTTW-BTT, 11-HD/VPTW
    code_key TEXT NOT NULL DEFAULT '',      -- its one form (search_number): 30/2020/nd-cp; '' none
    issuer TEXT NOT NULL DEFAULT '',
    issuer_key TEXT NOT NULL DEFAULT '',    -- folded: local documents of several provinces bear the same number
    title TEXT NOT NULL DEFAULT '',         -- trích yếu, without type and number
    short_title TEXT NOT NULL DEFAULT '',   -- Luật Đất đai: as one says it; '' none
    name_key TEXT NOT NULL DEFAULT '',      -- title_fold, or ~ and the number's one form: what has no name comes last in a list by name
    title_fold TEXT NOT NULL DEFAULT '',    -- utf8_fold(short_title, else title): the name as cited
    issued_on TEXT,
    issued_key TEXT NOT NULL DEFAULT '',    -- issued_on as text, '' for none: what the list is ordered by, on both engines along one index
    effective_on TEXT,                      -- none: not dated, and so never "in force"
    expired_on TEXT,                        -- the first day without force of the whole
    declared TEXT NOT NULL DEFAULT '' CHECK (declared IN ('', 'pending', 'in_force', 'partly', 'expired', 'suspended')),
                                            -- what the source says of it, on declared_on; status on a date is counted from dates and events, this is the fallback
    declared_on TEXT,
    ended_on TEXT,                          -- kept from events (law_force_keep): the first day the whole was repealed or replaced
    partly_on TEXT,                         -- the first day a part of it was amended, replaced or repealed
    suspended_on TEXT,                      -- the last suspension of the whole, and its end
    resumed_on TEXT,
    gazette TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT '',
    signer_post TEXT NOT NULL DEFAULT '',
    preamble TEXT NOT NULL DEFAULT '',      -- căn cứ and the words before the first provision
    closing TEXT NOT NULL DEFAULT '',       -- words after the last provision: signature, recipients
    field TEXT NOT NULL DEFAULT '',         -- the one topic shown as a facet
    articles INTEGER NOT NULL DEFAULT 0,    -- kept count
    source TEXT NOT NULL DEFAULT '',        -- where it came from
    input_sha256 TEXT NOT NULL DEFAULT '',  -- of what was imported last: the same input changes nothing
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (uri)
);
CREATE INDEX law_work_code ON law_work (code_key);
CREATE INDEX law_work_name ON law_work (title_fold);
CREATE INDEX law_work_listed ON law_work (name_key, id);
CREATE INDEX law_work_issued ON law_work (issued_key, id);
CREATE INDEX law_work_changed ON law_work (changed_at, id);

-- How many works there are of a kind, an issuer, a topic: kept by the store in the transaction that adds or changes a work (law_count.c).
CREATE TABLE law_count (
    what TEXT NOT NULL CHECK (what IN ('kind', 'issuer', 'topic')),
    value TEXT NOT NULL,                    -- a type's code, '' unknown; an issuer's name; a topic
    family TEXT NOT NULL DEFAULT '',        -- of a kind
    n INTEGER NOT NULL,
    PRIMARY KEY (what, value, family)
);
CREATE INDEX law_count_most ON law_count (what, n);

CREATE TABLE law_topic (
    work INTEGER NOT NULL REFERENCES law_work (id),
    topic TEXT NOT NULL,                    -- folded words with dashes: an-ninh-quoc-gia; names in modules/law/topics.tsv
    PRIMARY KEY (work, topic)
);
CREATE INDEX law_topic_topic ON law_topic (topic, work);

-- One wording in one language. original: as enacted · computed: made by applying events, without legal value ("bản đọc") ·
-- vbhn: a published consolidation · translation
CREATE TABLE law_expression (
    id INTEGER PRIMARY KEY,
    work INTEGER NOT NULL REFERENCES law_work (id),
    lang TEXT NOT NULL DEFAULT 'vi',
    kind TEXT NOT NULL CHECK (kind IN ('original', 'computed', 'vbhn', 'translation')),
    given TEXT NOT NULL DEFAULT 'enacted' CHECK (given IN ('enacted', 'codified')),
                                            -- codified: as the words stand now, amendments worked in (Bộ pháp điển). It is the original's stand-in until the
                                            -- words as enacted come, and then a vbhn. What a version's note names is in its words already
    code TEXT NOT NULL DEFAULT '',          -- of a vbhn: its own number, 01/VBHN-VPQH
    dated_on TEXT,                          -- the day the wording is of
    is_official INTEGER NOT NULL DEFAULT 0, -- published by the State
    is_unverified INTEGER NOT NULL DEFAULT 0, -- recognised or copied, and nobody has compared it
    made_from TEXT NOT NULL DEFAULT '',     -- sha256 of what it was read from
    source TEXT NOT NULL DEFAULT '',        -- other words of the same kind from another source are not taken in
    made_at INTEGER NOT NULL
);
CREATE INDEX law_expression_work ON law_expression (work, kind, lang);

CREATE TABLE law_manifestation (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES law_expression (id),
    format TEXT NOT NULL CHECK (format IN ('docx', 'doc', 'pdf', 'scan', 'html', 'akn', 'txt', 'json')),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    confidence INTEGER NOT NULL DEFAULT 100, -- of recognition, percent
    added_by INTEGER NOT NULL DEFAULT 0,    -- post
    added_at INTEGER NOT NULL
);
CREATE INDEX law_manifestation_expression ON law_manifestation (expression, id);

-- A place in a work, whatever stands there on a day. Places outlive their words: a repealed article keeps its row.
CREATE TABLE law_provision (
    id INTEGER PRIMARY KEY,
    work INTEGER NOT NULL REFERENCES law_work (id),
    parent INTEGER REFERENCES law_provision (id),
    article INTEGER REFERENCES law_provision (id), -- the Điều it stands in; its own id for a Điều; NULL above
    level TEXT NOT NULL CHECK (level IN ('part', 'chapter', 'section', 'subsection', 'article', 'clause', 'point', 'subpoint', 'annex', 'table', 'paragraph')),
                                            -- phần · chương · mục · tiểu mục · điều · khoản · điểm · tiết · phụ lục · bảng · đoạn
    label TEXT NOT NULL DEFAULT '',         -- II, 4a, đ
    sort_key TEXT NOT NULL,                 -- its parent's and one more piece (law_sort_key), so that X and what is below it lie in [X, X/): orders the work's places in the reading order, byte by byte; a later Điều 4a sorts after 4
    eid TEXT NOT NULL,                      -- art_4a__cl_2__pt_dd, chp_II, annex_1__art_3 (Akoma Ntoso fashion; đ is dd)
    source_key TEXT NOT NULL DEFAULT '',    -- an article's lasting name in the source it came from: 24/2018/qh14%1; '' none
    UNIQUE (work, eid)
);
CREATE INDEX law_provision_order ON law_provision (work, sort_key);
CREATE INDEX law_provision_article ON law_provision (article, sort_key);

-- What one act does to one place. From metadata, rules or a person; only verified and auto ones change the computed wording.
CREATE TABLE law_event (
    id INTEGER PRIMARY KEY,
    op TEXT NOT NULL CHECK (op IN ('amend', 'supplement', 'replace', 'repeal', 'correct', 'suspend', 'resume', 'extend')),
    acting_work INTEGER NOT NULL REFERENCES law_work (id),
    acting_provision INTEGER REFERENCES law_provision (id),
    target_work INTEGER REFERENCES law_work (id), -- NULL: not in the library yet
    target_code TEXT NOT NULL DEFAULT '',   -- as the acting text names it
    target_key TEXT NOT NULL DEFAULT '',    -- its one form, or the folded name
    target_eid TEXT NOT NULL DEFAULT '',    -- the place: art_5__cl_3__pt_k; '' the whole work
    target_provision INTEGER REFERENCES law_provision (id), -- NULL: not found, or not there before
    effective_on TEXT,
    heading TEXT NOT NULL DEFAULT '',       -- new heading of an article
    new_text TEXT NOT NULL DEFAULT '',      -- verbatim what stands between the quotation marks
    evidence TEXT NOT NULL DEFAULT '',      -- verbatim the words that say so
    method TEXT NOT NULL CHECK (method IN ('metadata', 'rule', 'llm', 'manual')),
    state TEXT NOT NULL CHECK (state IN ('review', 'auto', 'verified', 'rejected')),
    why TEXT NOT NULL DEFAULT '',           -- why it waits for review, or was rejected
    is_applied INTEGER NOT NULL DEFAULT 0,  -- versions were made from it
    decided_by INTEGER NOT NULL DEFAULT 0,  -- post
    decided_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,     -- counts its changes: who edits says which state was before them
    made_at INTEGER NOT NULL
);
CREATE INDEX law_event_target ON law_event (target_work, effective_on, id);
CREATE INDEX law_event_acting ON law_event (acting_work, id);
CREATE INDEX law_event_key ON law_event (target_key);
CREATE INDEX law_event_provision ON law_event (target_provision);
CREATE INDEX law_event_state ON law_event (state, id);

-- The words of a place from from_on until (not with) until_on. Own words only: a khoản's row has not its điểm's words.
-- original and computed expressions form one line of versions without overlap; vbhn and translations have lines of their own.
CREATE TABLE law_version (
    id INTEGER PRIMARY KEY,
    provision INTEGER NOT NULL REFERENCES law_provision (id),
    expression INTEGER NOT NULL REFERENCES law_expression (id),
    ordinal INTEGER NOT NULL,               -- 1 the first of its line
    heading TEXT NOT NULL DEFAULT '',       -- name of a chapter or an article, without its label
    text TEXT NOT NULL DEFAULT '',          -- verbatim, without label; tables as rows of cells parted by tabs
    note TEXT NOT NULL DEFAULT '',          -- the source's own note: "có nội dung được sửa đổi bởi …"
    from_on TEXT,                           -- none: undated, never in force
    until_on TEXT,                          -- none: open
    born_event INTEGER REFERENCES law_event (id),
    died_event INTEGER REFERENCES law_event (id)
);
CREATE INDEX law_version_provision ON law_version (provision, expression, ordinal);
CREATE INDEX law_version_expression ON law_version (expression, id);

-- How whole works, or places of them, stand to each other. Both ways are read from the one row.
CREATE TABLE law_relation (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL CHECK (type IN ('based_on', 'amends', 'details', 'refers', 'repeals', 'replaces', 'consolidates', 'guides', 'corrects',
                                       'suspends', 'halts', 'explains', 'publishes')),
                                            -- căn cứ · sửa đổi, bổ sung · quy định chi tiết · dẫn chiếu · bãi bỏ · thay thế · hợp nhất · hướng dẫn · đính chính ·
                                            -- tạm ngưng · đình chỉ · giải thích · công bố
    from_work INTEGER NOT NULL REFERENCES law_work (id),
    from_provision INTEGER REFERENCES law_provision (id),
    to_work INTEGER REFERENCES law_work (id), -- NULL: not in the library; kept, and found when it comes
    to_provision INTEGER REFERENCES law_provision (id),
    to_code TEXT NOT NULL DEFAULT '',       -- as written
    to_key TEXT NOT NULL DEFAULT '',        -- one form of the number, or the folded name
    to_eid TEXT NOT NULL DEFAULT '',        -- the place meant; '' the whole work
    evidence TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL CHECK (method IN ('metadata', 'rule', 'manual')),
    made_at INTEGER NOT NULL
);
CREATE INDEX law_relation_from ON law_relation (from_work, type, id);
CREATE INDEX law_relation_to ON law_relation (to_work, type, id);
CREATE INDEX law_relation_key ON law_relation (to_key);

-- A reference inside the words of a version: bytes [from_byte, to_byte) of its text.
CREATE TABLE law_xref (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES law_version (id),
    from_byte INTEGER NOT NULL,
    to_byte INTEGER NOT NULL,
    to_work INTEGER REFERENCES law_work (id),
    to_eid TEXT NOT NULL DEFAULT '',        -- '' the whole work
    to_last_eid TEXT NOT NULL DEFAULT '',   -- of a range: từ Điều 5 đến Điều 9
    to_code TEXT NOT NULL DEFAULT '',       -- as written
    to_key TEXT NOT NULL DEFAULT '',
    mode TEXT NOT NULL CHECK (mode IN ('reading', 'enactment')), -- the words of the reader's day, or those that stood when the citing work was enacted
    confidence INTEGER NOT NULL             -- percent
);
CREATE INDEX law_xref_version ON law_xref (version, from_byte);
CREATE INDEX law_xref_to ON law_xref (to_work, to_eid);
CREATE INDEX law_xref_key ON law_xref (to_key);

-- What looks wrong: a number out of order, a title line missing, a date before another.
CREATE TABLE law_flag (
    id INTEGER PRIMARY KEY,
    work INTEGER NOT NULL REFERENCES law_work (id),
    provision INTEGER REFERENCES law_provision (id),
    kind TEXT NOT NULL,                     -- order, missing_title, number_differs, date_differs, title_differs, ends_before_begins, ocr …
    words TEXT NOT NULL,                    -- the sentence shown
    found_at INTEGER NOT NULL,
    cleared_by INTEGER NOT NULL DEFAULT 0,  -- post that looked and found it right
    cleared_at INTEGER
);
CREATE INDEX law_flag_work ON law_flag (work, id);

-- One run of an import. What was done is seen from the works themselves (input_sha256), so that a run broken off goes on where it was, and one done changes nothing.
CREATE TABLE law_import (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                     -- of the file
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'done', 'failed')),
    position INTEGER NOT NULL DEFAULT 0,    -- records of the input done
    total INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    by_post INTEGER NOT NULL DEFAULT 0,
    node INTEGER NOT NULL DEFAULT 0,        -- where it runs; one runs at a time
    beat_at INTEGER NOT NULL DEFAULT 0,     -- its last sign of life
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX law_import_began ON law_import (began_at);
CREATE TABLE law_reject (
    import INTEGER NOT NULL REFERENCES law_import (id),
    file TEXT NOT NULL,
    line INTEGER NOT NULL,                  -- from 1; 0 the whole file
    what TEXT NOT NULL,                     -- its id or first words
    why TEXT NOT NULL,
    PRIMARY KEY (import, file, line)
);

-- Who wants to be told: of a work, or of a topic.
CREATE TABLE law_watch (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,
    work INTEGER REFERENCES law_work (id),  -- NULL: the topic
    topic TEXT NOT NULL DEFAULT '',
    made_at INTEGER NOT NULL,
    told_at INTEGER,                        -- when the post was told last; within a while of it more is only counted
    waiting INTEGER NOT NULL DEFAULT 0      -- changes counted since, and told in one notice
);
CREATE INDEX law_watch_post ON law_watch (post, id);
CREATE INDEX law_watch_work ON law_watch (work);
CREATE INDEX law_watch_topic ON law_watch (topic);

-- Notes of a person or of a unit: owner is the principal whose they are.
CREATE TABLE law_note (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL,
    work INTEGER NOT NULL REFERENCES law_work (id),
    provision INTEGER REFERENCES law_provision (id),
    words TEXT NOT NULL,
    made_by INTEGER NOT NULL,               -- post
    made_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,     -- counts its changes: who edits says which state was before them
    changed_at INTEGER NOT NULL,
    removed_at INTEGER                      -- taken away, and for a month still to be brought back
);
CREATE INDEX law_note_work ON law_note (work, owner, id);
CREATE INDEX law_note_owner ON law_note (owner, id);

-- Collections: who may read one (CAN_READ), put in and take out (CAN_ACT), name, share and remove it (CAN_MANAGE) is said by grants on it.
CREATE TABLE law_collection (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL,                 -- the principal whose it is: a person or a unit
    owner_name TEXT NOT NULL,               -- as it was called then
    name TEXT NOT NULL,
    name_key BLOB NOT NULL,                 -- utf8_sort_key: the Vietnamese order, on both engines
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    n INTEGER NOT NULL DEFAULT 0,           -- kept count of its items
    version INTEGER NOT NULL DEFAULT 1,     -- counts its changes: who edits says which state was before them
    removed_at INTEGER                      -- as with a note
);
CREATE TABLE law_collection_item (
    id INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES law_collection (id),
    work INTEGER NOT NULL REFERENCES law_work (id),
    provision INTEGER REFERENCES law_provision (id),
    added_at INTEGER NOT NULL
);
CREATE INDEX law_collection_item_collection ON law_collection_item (collection, id);
CREATE INDEX law_collection_item_work ON law_collection_item (work, collection);
-- With whom a collection is shared, as it was called when it was; the right itself is a grant.
CREATE TABLE law_collection_share (
    collection INTEGER NOT NULL REFERENCES law_collection (id),
    principal INTEGER NOT NULL,
    name TEXT NOT NULL,
    is_writer INTEGER NOT NULL DEFAULT 0,   -- may put in and take out
    shared_by INTEGER NOT NULL,             -- post
    shared_at INTEGER NOT NULL,
    PRIMARY KEY (collection, principal)
);

-- A text whose citations were checked: pasted, or the words of a file once a job has read them. Its owner's alone, and
-- forgotten after a month; what was found is found anew whenever it is looked at.
CREATE TABLE law_check (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,                  -- whose it is
    name TEXT NOT NULL,                     -- of the file, or the text's first words
    file INTEGER REFERENCES file_blob (id), -- NULL: pasted
    text TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('reading', 'checking', 'ready', 'unreadable')),
    fault TEXT NOT NULL DEFAULT '',         -- why the file could not be read, Vietnamese
    day_on TEXT NOT NULL,                   -- the day of the text
    right_n INTEGER NOT NULL DEFAULT 0,     -- citations by their worst finding
    look_n INTEGER NOT NULL DEFAULT 0,
    wrong_n INTEGER NOT NULL DEFAULT 0,
    unknown_n INTEGER NOT NULL DEFAULT 0,
    is_cut INTEGER NOT NULL DEFAULT 0,      -- 1: only the beginning was looked at
    made_at INTEGER NOT NULL
);
CREATE INDEX law_check_post ON law_check (post, id);
CREATE INDEX law_check_made ON law_check (made_at);

-- What a check found, in the order of the text.
CREATE TABLE law_finding (
    of_check INTEGER NOT NULL REFERENCES law_check (id),
    nth INTEGER NOT NULL,                   -- 1, 2, 3 …
    level INTEGER NOT NULL,                 -- enum law_guard_level
    from_byte INTEGER NOT NULL,             -- of the text
    to_byte INTEGER NOT NULL,
    code TEXT NOT NULL,
    sentence TEXT NOT NULL,                 -- Vietnamese
    suggestion TEXT NOT NULL,
    work INTEGER,                           -- the library's; it may be gone
    work_name TEXT NOT NULL,
    eid TEXT NOT NULL,
    pieces TEXT NOT NULL,                   -- of a compared quotation, a line each: "=", "+" or "-" and the words
    PRIMARY KEY (of_check, nth)
);

-- A file somebody wants in the library: read in the background, shown as an outline with what looks wrong, corrected and confirmed.
CREATE TABLE law_draft (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,                     -- as the person's machine called it
    made_by INTEGER NOT NULL,               -- post
    state TEXT NOT NULL CHECK (state IN ('reading', 'read', 'failed', 'added', 'dropped')),
    text TEXT NOT NULL DEFAULT '',          -- whole text of a file without pages of its own, as read/read.h gave it
    encoding INTEGER NOT NULL DEFAULT 1,    -- enum read_encoding
    certainty INTEGER NOT NULL DEFAULT 100, -- of the encoding, percent
    fault TEXT NOT NULL DEFAULT '',         -- why it could not be read
    work INTEGER REFERENCES law_work (id),  -- what became of it
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX law_draft_made ON law_draft (made_by, state, id);

-- A text that came in to be read here and seems to bear a secrecy stamp: nobody reads on until who brought it says that it is
-- none; said to be one, or not said in time, it is erased with this row.
CREATE TABLE law_seal (
    record INTEGER PRIMARY KEY,             -- the law_draft or law_check
    post INTEGER NOT NULL,                  -- the one that is asked
    name TEXT NOT NULL,                     -- of the file, or the text's first words
    page INTEGER NOT NULL,                  -- where the stamp stands; 0: a text without pages
    seen TEXT NOT NULL,                     -- as read
    sealed_at INTEGER NOT NULL,
    until_on TEXT NOT NULL,                 -- the last day to say so
    job TEXT NOT NULL,                      -- what goes on reading once it is said to be none
    args TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 0,     -- said to be none
    reason TEXT NOT NULL DEFAULT ''         -- in whose words
);
