/* Filling the assistant's page from a question and what it was asked within. */
#ifndef MODULES_ASSISTANT_ASSISTANT_SHOW_H
#define MODULES_ASSISTANT_ASSISTANT_SHOW_H
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "modules/assistant/assistant.h"
#include "modules/assistant/assistant_view.h"

enum { ASSISTANT_LONGEST = 500 };

/* A question as asked: its words, and what stays from before. */
struct assistant_context {
    struct str words;
    struct str before;
    struct str kind; /* document, law, …; empty: all */
    int64_t within;
    struct date on;
    bool is_today; /* whatever day the words say */
};
/* The part of all that is asked: a kind whose source says what the whole of them is called; empty for all. False when
   there is no such part. */
bool assistant_kind_read(const struct modules *app, struct str typed, struct str *kind);
/* The question it makes, for the post that asks. */
struct err assistant_question_of(struct db_read *db, int64_t post, const struct assistant_context *c,
                                 struct assistant_question *question);
/* Everything but what was kept of it; answers when there are words. */
struct err assistant_show_fill(struct get *g, const struct assistant_context *c, struct assistant_show *v);

extern const struct field assistant_fields[];
extern const struct field assistant_feedback_fields[];
#endif
