/* Languages. Vietnamese is the source: pages and sentences in C are written in it, and i18n/<code>.po turns them into
   others at build. Sentences made at run time ("Đã vào sổ, số đến 1.204") are turned by the pattern they were made
   with. */
#ifndef KERNEL_PAGE_I18N_H
#define KERNEL_PAGE_I18N_H
#include "base/str.h"

struct arena;

/* One message of the build's tables: from is the Vietnamese, sorted by bytes; to is never empty. */
struct lang_text {
    struct str from;
    struct str to;
};

struct lang {
    struct str code;               /* vi, en */
    struct str name;               /* in its own words */
    size_t n;                      /* place in pages' tables; 0 is Vietnamese */
    const struct lang_text *texts; /* whole sentences */
    size_t texts_n;
    const struct lang_text *patterns; /* sentences with %s, %d … of printf in them */
    size_t patterns_n;
};

extern const struct lang langs[];
extern const size_t langs_n;

/* The language of a code; Vietnamese for an unknown one. */
const struct lang *lang_of(struct str code);
/* The first of an Accept-Language header that there is. */
const struct lang *lang_accepted(struct str header);
/* A whole Vietnamese sentence in the language, or itself where no translation is. */
struct str lang_text(const struct lang *lang, struct str vietnamese);
/* The same for a sentence that may have been made by printf: found by its pattern. Copies into the arena where it must.
 */
struct str lang_sentence(const struct lang *lang, struct arena *a, struct str vietnamese);

/* In a handler or a page: T(g, "Đã lưu"). Any literal with Vietnamese letters in C is taken as a message; T also takes
 * those without. */
#define T(g, literal) lang_text((g)->lang, S(literal))
#endif
