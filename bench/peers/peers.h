/* Search engines side by side: the same passages, the same questions, the same rights, each engine in a process of its
   own on one core. What is given to the others is words in our canonical form, divided by spaces, so that hoà = hòa
   for everybody; cutting text into words is charged to nobody but us. */
#ifndef BENCH_PEERS_PEERS_H
#define BENCH_PEERS_PEERS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    PEERS_RIGHTS = 64,     /* distinct lists of principals */
    PEERS_EVERYBODY = 1,   /* the principal every list holds */
    PEERS_UNIT = 100,      /* + list: the one unit */
    PEERS_GROUP = 200,     /* + list % 16: the group of units */
    PEERS_ASKED_MOST = 64, /* terms of a question */
    PEERS_FOUND_MOST = 10, /* articles */
    PEERS_TAKEN = 30,      /* passages the others are asked for, so that ten articles come of them */
    PEERS_QUESTIONS = 1200,
    PEERS_FORMS = 8
};

struct peers_text {
    const char *at;
    size_t len;
};

/* One passage as the others get it. Words and pairs are divided by spaces; a pair is two words without a space. */
struct peers_passage {
    uint32_t id, right; /* id: 1, 2, 3 … */
    struct peers_text title, title_pairs, text, pairs;
};

/* An article as we get it. */
struct peers_doc {
    uint32_t id, right;           /* id: 1, 2, 3 … */
    uint32_t first, n;            /* its passages are first, first + 1 … */
    struct peers_text key, title; /* key: the article in the questions; empty for one that was grown */
    struct peers_text *passages;
};

/* A word or pair of a question, and how many passages hold it. */
struct peers_term {
    struct peers_text text;
    uint32_t count;
    double weight; /* how rare it is, as BM25 has it; a pair .7 of that */
    bool is_pair;
};
/* A question as one form asks it: any of the terms, or all of them. */
struct peers_asked {
    struct peers_term terms[PEERS_ASKED_MOST];
    size_t n;
    bool is_all;
    struct peers_text question; /* as it was typed; only we look at it */
};

/* Who asks: the lists of principals that may be read. */
struct peers_asker {
    const char *name;
    int64_t principals[PEERS_RIGHTS];
    size_t principals_n;
    bool may[PEERS_RIGHTS];
};

struct peers_found {
    uint32_t at[PEERS_TAKEN]; /* passages, of us articles; best first */
    size_t n;
};

/* What a form asks of a question, see peers_form_fill. */
struct peers_form {
    const char *name;
    int words, pairs; /* the rarest so many; -1: all */
    int both;         /* the rarest so many of words and pairs together; 0: words and pairs as above */
    int all_first;    /* first all of the rarest so many words, then, when ten are not found, as above */
    const char *how;  /* for the engine: which of its ways to score */
};

/* An engine. make and open return a handle; a fault ends the process with a message. */
struct peers_engine {
    const char *name;
    const struct peers_form *forms;        /* ends with one without a name */
    void (*about)(char *out, size_t most); /* version and settings, one line */
    void *(*make)(const char *dir);
    void (*put)(void *made, const struct peers_passage *p);
    void (*put_doc)(void *made, const struct peers_doc *d); /* ours; the others' is NULL */
    void (*finish)(void *made);                             /* all is kept; the process ends then */
    void *(*open)(const char *dir, const struct peers_asker *asker, size_t askers);
    void (*ask)(void *opened, const struct peers_asked *asked, const char *how, size_t asker,
                struct peers_found *found);
    int (*server)(void *handle);       /* process that works for us besides our own; NULL: none */
    uint64_t (*size)(const char *dir); /* bytes of the index; NULL: all that lies in dir */
};

extern const struct peers_engine peers_own, peers_sqlite;
/* NULL in a program that was linked without them. */
extern const struct peers_engine peers_xapian __attribute__((weak)), peers_groonga __attribute__((weak)),
    peers_postgres __attribute__((weak));

/* Ends the process. */
void peers_fail(const char *engine, const char *what) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
#endif
