-- Questions asked, so that one finds one's own again and the administrator sees what the data could not answer.
-- Answers are not kept: each look asks anew, under the rights of that moment.
CREATE TABLE assistant_question (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,               -- the post that asked; nobody else sees the question
    asked_at INTEGER NOT NULL,
    question TEXT NOT NULL,
    before_words TEXT NOT NULL DEFAULT '', -- of the question it goes on from
    kind TEXT NOT NULL DEFAULT '',       -- only this kind of record; '' all
    within INTEGER NOT NULL DEFAULT 0,   -- only this work or record; 0 all
    law_on TEXT,                         -- law as it stood on this day; none: the day it is looked at
    is_found INTEGER NOT NULL,           -- 1: answered with quotes when asked
    quotes INTEGER NOT NULL              -- how many
);
CREATE INDEX assistant_question_by_post ON assistant_question (post, id);

-- What the asker says of the answer; goes with the question.
CREATE TABLE assistant_feedback (
    question INTEGER PRIMARY KEY REFERENCES assistant_question (id),
    is_useful INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '', -- in the asker's words
    made_at INTEGER NOT NULL
);

-- What a server set by the administrator wrote over the quotes of a question. Only sentences that were checked against
-- their quotes are kept; each is shown only while the asker is still given every quote it names.
CREATE TABLE assistant_summary (
    question INTEGER PRIMARY KEY REFERENCES assistant_question (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    model TEXT NOT NULL DEFAULT '',
    prompt_sha256 TEXT NOT NULL DEFAULT '', -- of all that was sent
    dropped INTEGER NOT NULL DEFAULT 0,     -- sentences that did not stand the check
    made_at INTEGER NOT NULL
);
CREATE TABLE assistant_sentence (
    question INTEGER NOT NULL REFERENCES assistant_summary (question),
    ordinal INTEGER NOT NULL,
    words TEXT NOT NULL,
    sources TEXT NOT NULL,                  -- SHA-256 of the quotes it names, parted by spaces
    PRIMARY KEY (question, ordinal)
);
