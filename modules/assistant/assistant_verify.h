/* Checks a summary somebody else wrote over quoted passages, sentence by sentence, before anything of it is shown.
   A sentence is kept only when it names its passages ("[1]", "[2]"), its words are theirs (six pairs of neighbouring
   words in ten), each of its numbers and dates stands there, it denies what they deny and affirms what they affirm, and
   it holds nothing that could act in a page: no address, no markup. Anything else is dropped. Pure: no database. */
#ifndef MODULES_ASSISTANT_ASSISTANT_VERIFY_H
#define MODULES_ASSISTANT_ASSISTANT_VERIFY_H
#include "base/list.h"
#include "base/str.h"

struct arena;

enum assistant_verdict {
    ASSISTANT_KEPT = 1,
    ASSISTANT_NO_SOURCE,      /* names no passage, or one that was not given */
    ASSISTANT_OTHER_WORDS,    /* says what its passages do not */
    ASSISTANT_OTHER_NUMBERS,  /* a number, date or document number that is not there */
    ASSISTANT_OTHER_POLARITY, /* denies what is affirmed, or the reverse */
    ASSISTANT_UNSAFE,         /* an address, markup, or code */
};

enum { ASSISTANT_SOURCES_MOST = 8 };

struct assistant_sentence {
    struct str words;                      /* as written, without its marks of passages */
    size_t source[ASSISTANT_SOURCES_MOST]; /* which passages, from 0 */
    size_t sources;
    enum assistant_verdict verdict;
};
struct assistant_sentences {
    struct assistant_sentence *at;
    size_t n;
};

struct assistant_passages {
    const struct str *at;
    size_t n;
};

/* Every sentence of the summary, in order, with its verdict; at most 40 are looked at. Any bytes may come. */
void assistant_verify(struct arena *a, struct str summary, struct assistant_passages passages,
                      struct assistant_sentences *out);
#endif
