-- The books of a fund. Who may read and change a fund stands in access_grant, on the fund's id; decisions have the same
-- grants of their own, for their threads and tasks.
CREATE TABLE fund_fund (
    id INTEGER PRIMARY KEY,
    organ INTEGER NOT NULL,          -- the committee whose fund it is
    code TEXT NOT NULL,              -- short, for files: vnn
    name TEXT NOT NULL,
    about TEXT NOT NULL,             -- a sentence for the public
    phone TEXT NOT NULL,
    opening INTEGER NOT NULL,        -- đồng that were there before the first line
    lines INTEGER NOT NULL,          -- how many public lines there are
    acts INTEGER NOT NULL,           -- rises with whatever changes what is public
    published_acts INTEGER NOT NULL, -- acts when the last publication was made
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_fund_organ ON fund_fund (organ);

CREATE TABLE fund_campaign (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    code TEXT NOT NULL,              -- as memos are read: bao3
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,                   -- last day of receiving; NULL: open
    goal INTEGER NOT NULL,           -- đồng; 0: none
    version INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (fund, code)
);

CREATE TABLE fund_account (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    bank TEXT NOT NULL,
    number TEXT NOT NULL,
    balance INTEGER NOT NULL,        -- what the bank's last line says
    balance_on TEXT,                 -- its day; NULL: no statement yet
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (fund, number)
);

-- A statement as it was uploaded.
CREATE TABLE fund_statement (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    account INTEGER NOT NULL REFERENCES fund_account (id),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    file_name TEXT NOT NULL,
    state TEXT NOT NULL,             -- waiting, read, unreadable, taking, taken, undoing, undone
    fault TEXT NOT NULL,             -- why it cannot be read
    warning TEXT NOT NULL,           -- what does not add up, a sentence a line
    n_lines INTEGER NOT NULL,
    n_doubtful INTEGER NOT NULL,     -- still to be looked at
    n_known INTEGER NOT NULL,        -- in the books already when it was read
    sum_in INTEGER NOT NULL,
    sum_out INTEGER NOT NULL,
    opening INTEGER NOT NULL,        -- the balance before its first line
    first_on TEXT,
    last_on TEXT,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    taken_at INTEGER
);
CREATE INDEX fund_statement_fund ON fund_statement (fund, id);
CREATE INDEX fund_statement_file ON fund_statement (file);

-- A line of a statement: what the bank says, and what it was read as.
CREATE TABLE fund_transfer (
    id INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL REFERENCES fund_statement (id),
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    account INTEGER NOT NULL REFERENCES fund_account (id),
    line_no INTEGER NOT NULL,
    day_on TEXT,
    ref TEXT NOT NULL,
    memo TEXT NOT NULL,
    partner TEXT NOT NULL,
    is_out INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    has_balance INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    mark TEXT NOT NULL,              -- what makes it the same transfer when it comes again
    kind TEXT NOT NULL,              -- as statement_kind_name
    campaign INTEGER NOT NULL,       -- 0: not said
    donor TEXT NOT NULL,
    donor_kind TEXT NOT NULL,
    is_hidden INTEGER NOT NULL,
    doubt TEXT NOT NULL,             -- why a person should look; empty: nothing, or looked at
    state TEXT NOT NULL,             -- read, posted, known (in the books already), skipped (printed twice), undone
    used INTEGER NOT NULL            -- of money paid out: how much of it is tied to households
);
CREATE INDEX fund_transfer_statement ON fund_transfer (statement, line_no);
CREATE INDEX fund_transfer_payout ON fund_transfer (fund, kind, state, id);

-- The transfers that are in the books.
CREATE TABLE fund_taken (
    account INTEGER NOT NULL REFERENCES fund_account (id),
    mark TEXT NOT NULL,
    transfer INTEGER NOT NULL REFERENCES fund_transfer (id),
    PRIMARY KEY (account, mark)
);

CREATE TABLE fund_gift (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    campaign INTEGER NOT NULL,       -- 0: not said
    day_on TEXT NOT NULL,
    via TEXT NOT NULL,               -- bank, cash, goods
    amount INTEGER NOT NULL,         -- đồng; of goods: their value
    goods TEXT NOT NULL,             -- what was given
    donor TEXT NOT NULL,
    donor_kind TEXT NOT NULL,
    contact TEXT NOT NULL,           -- kept, never shown to the public
    memo TEXT NOT NULL,
    is_hidden INTEGER NOT NULL,
    transfer INTEGER,                -- the bank's line; NULL: none
    receipt_no INTEGER NOT NULL,     -- of the receipt book of the year; 0: none was given
    state TEXT NOT NULL,             -- held, owed (to be given back), refunded, void
    reason TEXT NOT NULL,            -- why it is given back
    salt BLOB NOT NULL,              -- what seals the name in publications
    version INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_gift_fund ON fund_gift (fund, day_on, id);
CREATE INDEX fund_gift_campaign ON fund_gift (campaign, day_on, id);
CREATE INDEX fund_gift_transfer ON fund_gift (transfer);
CREATE INDEX fund_gift_state ON fund_gift (fund, state, id);

-- The journal: each entry's legs add up to nothing. Never changed; a mistake is mended by another entry.
CREATE TABLE fund_journal (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    day_on TEXT NOT NULL,
    kind TEXT NOT NULL,              -- opening, transfer, gift, refund, payment, correct, undo
    about INTEGER NOT NULL,          -- the gift, transfer or payment
    words TEXT NOT NULL,
    is_late INTEGER NOT NULL,        -- mends a month that was closed
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_journal_fund ON fund_journal (fund, day_on, id);
CREATE INDEX fund_journal_about ON fund_journal (about, id);
CREATE TABLE fund_ledger (
    journal INTEGER NOT NULL REFERENCES fund_journal (id),
    leg INTEGER NOT NULL,
    account TEXT NOT NULL,           -- bank, cash, goods; gifts, opening, unclear, owed, interest, other, transit; spent, paying, fee, expense
    bank INTEGER NOT NULL,           -- which bank account; 0
    campaign INTEGER NOT NULL,       -- 0: none
    amount INTEGER NOT NULL,         -- đồng: above 0 on the left (nợ), below on the right (có)
    PRIMARY KEY (journal, leg)
);
-- The ledger added up by month, kept with each entry.
CREATE TABLE fund_sum (
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    account TEXT NOT NULL,
    bank INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    month TEXT NOT NULL,             -- yyyy-mm
    debit INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    PRIMARY KEY (fund, account, bank, campaign, month)
);
CREATE TABLE fund_month (
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    month TEXT NOT NULL,
    closed_by INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (fund, month)
);

CREATE TABLE fund_household (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,            -- without marks, for knowing one that comes again
    commune TEXT NOT NULL,           -- code
    place TEXT NOT NULL,             -- hamlet, street
    class TEXT NOT NULL,             -- poor, near, hard, hit
    note TEXT NOT NULL,
    version INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_household_fund ON fund_household (fund, id);
CREATE INDEX fund_household_folded ON fund_household (fund, folded, commune);

-- A decision to spend: for a campaign's purpose, on households.
CREATE TABLE fund_decision (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    campaign INTEGER NOT NULL REFERENCES fund_campaign (id),
    number TEXT NOT NULL,
    day_on TEXT NOT NULL,
    purpose TEXT NOT NULL,           -- house, living, school, tet, health, urgent
    words TEXT NOT NULL,
    state TEXT NOT NULL,             -- draft, approved
    approved_by INTEGER,
    approved_at INTEGER,
    version INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_decision_fund ON fund_decision (fund, id);
CREATE INDEX fund_decision_state ON fund_decision (fund, state, id);

CREATE TABLE fund_payment (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    decision INTEGER NOT NULL REFERENCES fund_decision (id),
    campaign INTEGER NOT NULL REFERENCES fund_campaign (id),
    household INTEGER NOT NULL REFERENCES fund_household (id),
    amount INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,             -- planned, paid
    via TEXT NOT NULL,               -- bank, cash, goods; empty while planned
    paid_on TEXT,
    transfer INTEGER,                -- the bank's line it was part of
    evidence INTEGER NOT NULL,       -- how many files
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_payment_decision ON fund_payment (decision, id);
CREATE INDEX fund_payment_household ON fund_payment (household, id);
CREATE INDEX fund_payment_campaign ON fund_payment (campaign, state, id);
CREATE INDEX fund_payment_state ON fund_payment (fund, state, due_on, id);
CREATE INDEX fund_payment_transfer ON fund_payment (transfer);

CREATE TABLE fund_evidence (
    id INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES fund_payment (id),
    file INTEGER NOT NULL REFERENCES file_blob (id),
    name TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_evidence_payment ON fund_evidence (payment, id);
CREATE INDEX fund_evidence_file ON fund_evidence (file);

-- What everybody may see: each movement of money or goods, in words that hide who wants to be hidden.
CREATE TABLE fund_line (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    about INTEGER NOT NULL,          -- the gift, transfer or payment
    day_on TEXT NOT NULL,
    amount INTEGER NOT NULL,         -- below 0: out
    campaign INTEGER NOT NULL,
    name TEXT NOT NULL,
    memo TEXT NOT NULL
);
CREATE INDEX fund_line_fund ON fund_line (fund, day_on, id);
CREATE INDEX fund_line_about ON fund_line (about);
-- What a line is found by: its words without marks, "=300000", "#in", "#out", "#c12".
CREATE TABLE fund_word (
    fund INTEGER NOT NULL,
    word TEXT NOT NULL,
    day_on TEXT NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (fund, word, day_on, line)
);
CREATE INDEX fund_word_line ON fund_word (line);
-- How many lines hold a word: the rarest is looked up first.
CREATE TABLE fund_word_count (
    fund INTEGER NOT NULL,
    word TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (fund, word)
);
CREATE TABLE fund_day (
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    day_on TEXT NOT NULL,
    n_in INTEGER NOT NULL,
    sum_in INTEGER NOT NULL,
    n_out INTEGER NOT NULL,
    sum_out INTEGER NOT NULL,
    PRIMARY KEY (fund, day_on)
);

-- A publication: the file everybody may check, and what opens its seals, which stays in the office.
CREATE TABLE fund_publication (
    id INTEGER PRIMARY KEY,
    fund INTEGER NOT NULL REFERENCES fund_fund (id),
    day_on TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file_blob (id),
    receipts INTEGER NOT NULL REFERENCES file_blob (id),
    root TEXT NOT NULL,
    n INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX fund_publication_fund ON fund_publication (fund, id);
CREATE INDEX fund_publication_file ON fund_publication (file);
CREATE INDEX fund_publication_receipts ON fund_publication (receipts);
