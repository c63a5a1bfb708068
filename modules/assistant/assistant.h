/* Trợ lý ảo: answers a question with the documents' own words, under the asker's rights, or says that it found nothing.
   It never writes a sentence of its own: every quote is a run of bytes of one page of one record.
   needs: */
#ifndef MODULES_ASSISTANT_ASSISTANT_H
#define MODULES_ASSISTANT_ASSISTANT_H
#include "base/list.h"
#include "kernel/module.h"
#include "kernel/search.h"

struct arena;

extern const struct module assistant_module;

/* A verbatim piece of a passage. text points into passage, so that it is byte for byte the source's. */
struct assistant_quote {
    int64_t record;
    struct str kind, number, title;
    struct date date;
    int64_t page;
    struct str passage; /* the whole passage it was taken from */
    struct str text;
    struct search_ranges ranges; /* asked words, as offsets in text */
    double sure;                 /* 0 … 1: share of the question, by rarity, that the quote and its title hold */
};

struct assistant_answer {
    bool is_found; /* false: quotes are only what came nearest, and must be shown as such */
    LIST(struct assistant_quote) quotes;
};

/* What must hold for a quote to count as an answer; measured on unanswerable questions (bench/). */
struct assistant_limits {
    double cover;      /* least share of the question's words, by rarity */
    double normal;     /* least score against a perfect passage */
    size_t quotes;     /* at most so many */
    size_t per_record; /* and so many from one record */
};
extern const struct assistant_limits assistant_limits_usual;

struct assistant_question {
    struct str words;
    struct search_principals principals; /* the asker's */
    struct search_words kinds;           /* empty: everything */
};

/* Empty and senseless questions find nothing. */
struct err assistant_ask(struct search_reader *reader, struct arena *a, const struct assistant_question *question,
                         const struct assistant_limits *limits, struct assistant_answer *out);

/* The one to three sentences of a passage that hold most of the ranges, as bytes [from, to). */
struct search_range assistant_sentences(struct str passage, struct search_ranges ranges, size_t most_bytes);
#endif
