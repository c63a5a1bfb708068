/* The summary of one's question: asked for in a job, checked, kept, and shown only over quotes the asker is given now.
 */
#ifndef MODULES_ASSISTANT_ASSISTANT_SUMMARY_H
#define MODULES_ASSISTANT_ASSISTANT_SUMMARY_H
#include "kernel/db/db.h"
#include "kernel/db/ids/assistant_question.h"
#include "kernel/queue/job.h"
#include "modules/assistant/assistant.h"

extern const struct job_kind assistant_job_kinds[];

/* In the transaction that keeps the question; does nothing while no server is set. */
struct err assistant_summary_ask(struct db_write *db, struct assistant_question_id question, int64_t post);
struct erase;
struct err assistant_erase_record(struct db_write *db, const struct erase *e); /* its part of kernel/erase/erase.h */
struct err assistant_summary_forget(struct db_write *db, struct assistant_question_id question);

enum assistant_summary_state {
    ASSISTANT_SUMMARY_NONE = 0,
    ASSISTANT_SUMMARY_WAITING,
    ASSISTANT_SUMMARY_DONE,
    ASSISTANT_SUMMARY_FAILED
};

struct assistant_summary_line {
    struct str words;
    struct str quotes; /* "1, 3": ordinals in the answer, from 1 */
};
struct assistant_summary {
    enum assistant_summary_state state;
    LIST(struct assistant_summary_line) lines;
    struct str model;
    int64_t dropped;
};
/* The lines of which every quote is in the answer, byte for byte. */
struct err assistant_summary_find(struct db_read *db, struct assistant_question_id question,
                                  const struct assistant_answer *answer, struct assistant_summary *out);
#endif
