-- Questions asked, so that one finds one's own again and the administrator sees what the data could not answer.
-- Answers are not kept: each look asks anew, under the rights of that moment.
CREATE TABLE assistant_question (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL,               -- the post that asked; nobody else sees the question
    asked_at INTEGER NOT NULL,
    question TEXT NOT NULL,
    is_found INTEGER NOT NULL,           -- 1: answered with quotes when asked
    quotes INTEGER NOT NULL              -- how many
);
CREATE INDEX assistant_question_by_post ON assistant_question (post, id);
