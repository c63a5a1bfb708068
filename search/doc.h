/* What is given to the index: documents, their passages, who may find them. */
#ifndef SEARCH_DOC_H
#define SEARCH_DOC_H
#include "base/list.h"
#include "base/str.h"
#include "base/time.h"

struct arena;

/* Who may find: persons, posts, units, organs, role groups. */
struct search_principals {
    int64_t *at;
    size_t n;
};
/* A document listing this principal may be found by every asker who lists it too (callers add it for everybody signed
 * in). */
enum { SEARCH_EVERYBODY = 1 };

/* The filters a document can be narrowed by. A module says in its own header what it puts in each. */
enum search_facet { SEARCH_TYPE, SEARCH_ISSUER, SEARCH_FIELD, SEARCH_STATE, SEARCH_FACETS };

/* A piece of text that is scored and shown as one: a clause of law, a paragraph, a page of 60-120 syllables.
   page is 1-based (0: the record has no pages). text is kept byte for byte. */
struct search_passage {
    int64_t page;
    struct str text;
};
struct search_passages {
    struct search_passage *at;
    size_t n;
};

/* Whether something with a time of effect has it on a day. What has no such time always has it. */
enum search_force { SEARCH_IN_FORCE, SEARCH_PARTLY_IN_FORCE, SEARCH_NOT_YET_IN_FORCE, SEARCH_EXPIRED };
enum { SEARCH_FORCES = SEARCH_EXPIRED + 1 };
/* Where the effect of something begins that has one, but of which no day is known: it is never in force. */
static const struct date search_force_unknown = {9999, 12, 31};

struct search_doc {
    int64_t record;                  /* unique over all kinds; 0 is refused */
    struct str key;                  /* the module's lasting name for it, "24/2018/qh14%1"; given back, not searched */
    int64_t whole;                   /* the record it is a part of, as an article is of its law; 0: none */
    struct str kind;                 /* the noun of its URL: "document", "law", "person" */
    struct str number;               /* 30/2020/NĐ-CP, 91/HD-MTTW-BTT, 11-HD/VPTW; may be empty */
    struct str title;                /* counts more than the text, and is found with every passage; what stands after
                                        " — " is the name of the whole */
    struct date date;                /* {0}: none */
    struct date from_on, until_on;   /* in force from … until the day before …; {0}: open */
    bool is_partly;                  /* while in force, not all of it is */
    struct str facet[SEARCH_FACETS]; /* ids as text or short words; compared byte for byte */
    int standing;                    /* what its kind counts for, in hundredths of the best score: -100 … 100 */
    struct search_principals principals;
    struct search_passages passages; /* none: the document is found by title and number */
};

/* Cuts a page's text into passages of about 60-120 syllables at ends of paragraphs and sentences, and adds them.
   The passages together are the text, byte for byte, save for white space around them. */
void search_doc_add(struct arena *a, struct search_doc *doc, int64_t page, struct str text);
#endif
