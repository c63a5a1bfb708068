/* Trợ lý ảo: answers a question with the words of law and of the office's documents, under the asker's rights, or says
   that it found nothing. It never writes a sentence of its own: every span is a run of bytes of a page or of a dated
   wording.
   needs: assistant/figure config db erase http index kernel law page place port read rights search search/ask
   search/words shell queue */
#ifndef MODULES_ASSISTANT_ASSISTANT_H
#define MODULES_ASSISTANT_ASSISTANT_H
#include "base/list.h"
#include "kernel/db/id.h"
#include "kernel/module.h"
#include "search/search.h"
#include "modules/law/law.h"

struct arena;

extern const struct module assistant_module;

/* A run of bytes of its source: of a passage's page, or of one wording of one place of law. */
struct assistant_span {
    struct str text;               /* points into source, so that it is byte for byte the source's */
    struct str source;             /* the whole passage, or the wording's own words */
    size_t from;                   /* where text begins in source */
    struct search_ranges ranges;   /* asked words, as offsets in text */
    struct str label;              /* of law: "2.", "a)"; else empty */
    struct law_provision_id place; /* of law: the khoản, điểm …; 0 otherwise */
    struct law_version_id version; /* of law: which wording */
    bool is_after_gap;             /* words of the same place were left out just before */
};

/* What one record says, in its own order. */
struct assistant_quote {
    int64_t record;
    int64_t whole; /* the work it is a part of; 0 none */
    struct str kind, key, number, title;
    struct date date;
    int64_t page; /* 0: none */
    LIST(struct assistant_span) spans;
    struct str text; /* the spans' texts, one a line; of one span, the span itself */
    double sure;     /* 0 … 1 */
    /* Of law only: the wording's days, and the state of its work on the day asked about. */
    struct date valid_from, valid_to;
    enum law_status status;
    bool is_in_force;
    bool is_computed; /* made by applying amendments: without legal value */
    bool is_whole;    /* all that stands at the place that was named */
};

/* A question back: what may have been meant. */
struct assistant_choice {
    int64_t whole; /* the work, or the record itself */
    struct str title;
};

/* A document the question names, and its state on the day asked about, by its dates. */
struct assistant_stand {
    struct law_work_head head;
};

struct assistant_answer {
    bool is_found;     /* false: quotes are only what came nearest, and must be shown as such */
    bool is_ambiguous; /* choices may be asked back */
    bool is_past;      /* not found, but quotes say what once was in force */
    double sure;       /* 0 … 1, of the best quote */
    struct str why;    /* a Vietnamese sentence */
    struct date on;    /* the day asked about */
    bool is_day_said;  /* the question itself says that day */
    bool is_foreign;   /* asked in English: the library is in Vietnamese */
    LIST(struct assistant_stand) stands;
    LIST(struct assistant_quote) quotes;
    LIST(struct assistant_choice) choices;
};

/* What must hold for a quote to count as an answer; measured on unanswerable questions (bench/ask.c). */
struct assistant_limits {
    double sure;       /* least assistant_sure of the best passage */
    double sure_more;  /* and of those quoted after it */
    size_t quotes;     /* at most so many */
    size_t per_record; /* and so many from one record */
};
extern const struct assistant_limits assistant_limits_usual;

struct assistant_question {
    struct str words;
    struct str before;                   /* words of an earlier question it goes on from; may be empty */
    struct search_principals principals; /* the asker's */
    struct search_words kinds;           /* empty: everything */
    int64_t within;                      /* only this work or record; 0: all */
    struct date on;                      /* law as it stood on this day; none: the day the words say, else today */
    bool is_today;                       /* whatever day the words say */
};

/* Finds and judges; law is quoted as it stands in the index. Empty and senseless questions find nothing. */
struct err assistant_ask(struct search_reader *reader, struct arena *a, const struct assistant_question *question,
                         const struct assistant_limits *limits, struct assistant_answer *out);
/* Of an answer that was in force once: where an act that is in force ended that very place, what this act says instead
   is the answer. */
struct err assistant_succeed(struct db_read *db, struct search_reader *reader,
                             const struct assistant_question *question, struct assistant_answer *answer);
/* Quotes law anew from its wordings of the day asked about, place by place; what had no force that day is no answer. */
struct err assistant_settle(struct db_read *db, const struct assistant_question *question,
                            struct assistant_answer *answer);
/* Both, on this process's index. */
struct err assistant_answer(struct db_read *db, const struct assistant_question *question,
                            struct assistant_answer *out);

/* The one to three sentences of a passage that hold most of the ranges, as bytes [from, to). */
struct search_range assistant_sentences(struct str passage, struct search_ranges ranges, size_t most_bytes);
/* The ranges that lie in [from, to), as offsets from there. */
struct search_ranges assistant_within(struct arena *a, struct search_ranges ranges, struct search_range part);
#endif
