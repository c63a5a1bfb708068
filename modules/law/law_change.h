/* What acts do to other acts: read from amending text by rules, kept as events, reviewed by people where a rule is not
   sure, and applied: the words of the amended work from that day on, made anew from the original each time, so that an
   event can be taken back. Computed words have no legal value. needs: law law_cite */
#ifndef MODULES_LAW_LAW_CHANGE_H
#define MODULES_LAW_LAW_CHANGE_H
#include "kernel/db/ids/law_event.h"
#include "kernel/db/ids/law_provision.h"
#include "kernel/db/ids/law_work.h"
#include "modules/law/law_cite.h"

/* A place of the acting text with its own words, quoted provisions included, in the order of reading. */
struct law_change_line {
    struct law_provision_id provision;
    struct str eid, heading, text;
};
struct law_change_lines {
    const struct law_change_line *at;
    size_t n;
};

enum law_op { LAW_AMEND, LAW_SUPPLEMENT, LAW_REPLACE, LAW_REPEAL, LAW_CORRECT, LAW_SUSPEND, LAW_RESUME, LAW_EXTEND };
struct str law_op_code(enum law_op op);
bool law_op_read(struct str code, enum law_op *op);
struct str law_op_name(enum law_op op); /* Vietnamese */

/* One thing done to one place. */
struct law_change {
    enum law_op op;
    size_t line;                /* index into the lines */
    struct law_cite_doc target; /* the document as named */
    bool has_target;
    struct str eid;      /* '' the whole work */
    struct str heading;  /* new heading of an article */
    struct str new_text; /* verbatim between the quotation marks, for this place alone */
    struct str evidence; /* verbatim */
    struct str why;      /* Vietnamese: why it needs a person; '' when the rule is sure */
};
struct law_changes {
    LIST(struct law_change) changes;
    struct date effective_on; /* as the act says; none when it does not */
    struct str effective_words;
    LIST(struct law_change_late) late; /* places of the act with a day of their own */
};
struct law_change_late {
    struct str eid;
    struct date on;
};
/* Pure. title: of the acting work, which may name the target. Never fails. */
void law_change_find(struct arena *a, struct law_change_lines lines, struct str title, struct law_changes *found);

/* What an evidence says of words: "Thay thế cụm từ “A” bằng cụm từ “B”". kind NONE: it gives whole words. */
enum law_phrase { LAW_PHRASE_NONE = 0, LAW_PHRASE_REPLACE, LAW_PHRASE_REMOVE, LAW_PHRASE_BEFORE, LAW_PHRASE_AFTER };
struct law_phrase_pair {
    enum law_phrase kind;
    struct str old_words, new_words;
};
struct law_phrase_pairs {
    LIST(struct law_phrase_pair) pairs;
};
void law_change_phrases(struct arena *a, struct str evidence, struct law_phrase_pairs *found);

/* Reads the work's text and keeps its events: new ones are auto where the rule is sure, its place exists and its day is
   known, else in review with why; those a person decided stay. Then rebuilds every work it touches. Again gives the
   same. Called when a work is stored. */
struct err law_change_store(struct db_write *db, struct law_work_id acting);
/* Events of other acts that waited for this work find their places; its words are made anew. */
struct err law_change_arrived(struct db_write *db, struct law_work_id work);
/* Makes the computed words of a work anew from its original ones and its auto and verified events. Idempotent; the
   order in which events came does not matter. *changed (may be NULL): whether any word or day differs from before. */
struct err law_change_rebuild(struct db_write *db, struct law_work_id work, bool *changed);

/* A person's decision. MISSING when there is no such event; audited; the work is rebuilt and law.changed announced. */
struct law_decision {
    struct law_event_id event;
    enum { LAW_ACCEPT = 1, LAW_REJECT, LAW_UNDO } what; /* undo: back to review */
    struct str eid;                                     /* corrected place; only with is_corrected */
    struct date on;                                     /* corrected day */
    bool is_corrected;
    struct str why;
    int64_t version; /* of the event, as the person saw it; CONFLICT at "version" when it is another now */
};
struct err law_change_decide(struct db_write *db, const struct law_decision *decision);

/* Changes of a work that its words on a day do not show: in review, of a later day, or whose place was not found. */
struct law_unapplied {
    struct law_event_id event;
    struct str op_name, place; /* "Điều 5 khoản 2" */
    struct law_work_id acting;
    struct str acting_name;
    struct date effective_on;
    struct str why; /* Vietnamese */
    struct str evidence;
};
struct law_unapplied_list {
    struct law_unapplied *at;
    size_t n;
};
struct err law_change_unapplied(struct db_read *db, struct law_work_id work, struct date on,
                                struct law_unapplied_list *list);
#endif
