/* What a question asks of documents it names itself: whether they are in force, and what stands at a place of them.
   Told from dates and dated wordings, without searching. needs: law */
#ifndef MODULES_ASSISTANT_ASSISTANT_NAMED_H
#define MODULES_ASSISTANT_ASSISTANT_NAMED_H
#include "modules/assistant/assistant.h"

/* Fills stands, quotes and choices, and is_found, when the question is of that kind; otherwise *is_answered is false
   and answer is as before, but for why when it names what the library does not have. */
struct err assistant_named(struct db_read *db, const struct assistant_question *question,
                           struct assistant_answer *answer, bool *is_answered);
/* English by its small words. */
bool assistant_is_english(struct arena *a, struct str question);
#endif
