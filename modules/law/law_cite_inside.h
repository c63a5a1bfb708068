/* Within the grammar of references only: words, labels, chains. Positions are bytes of one text. */
#ifndef MODULES_LAW_LAW_CITE_INSIDE_H
#define MODULES_LAW_LAW_CITE_INSIDE_H
#include "modules/law/law_cite.h"

/* From the widest to the narrowest. */
enum law_cite_level {
    CITE_ANNEX,
    CITE_PART,
    CITE_CHAPTER,
    CITE_SECTION,
    CITE_SUBSECTION,
    CITE_ARTICLE,
    CITE_CLAUSE,
    CITE_POINT,
    CITE_SUBPOINT,
    CITE_LEVELS
};

/* How an item hangs on the one before it. */
enum law_cite_join { CITE_FIRST, CITE_INSIDE, CITE_COMMA, CITE_BESIDE, CITE_AND, CITE_UNTIL };

/* One label with its level: "khoản 2", or the bare "3" of "các khoản 2 và 3". */
struct law_cite_item {
    enum law_cite_level level;
    enum law_cite_join join;
    size_t from, to;
    struct str label; /* as in an eid: II, 4a, dd */
    bool is_self;     /* này */
    bool is_plural;   /* "các" before it */
    bool is_before;   /* "các khoản này": those just named, wherever they are */
};
enum { CITE_ITEMS_MOST = 256 };
struct law_cite_chain {
    struct law_cite_item item[CITE_ITEMS_MOST];
    size_t n;
    size_t end;
};

/* What a text is read with. lower: the text in lower case, byte for byte as long; without it nothing is found. */
struct law_cite_read {
    struct arena *arena;
    struct str text;
    struct str place;
    struct law_cites *found;
};

/* Words, without regard to case. cite_word: text[at…] is this word and ends there. Returns the end, or 0. */
size_t cite_word(struct str text, size_t at, struct str lower_word);
bool cite_starts_word(struct str text, size_t at); /* at begins a word */
size_t cite_spaces(struct str text, size_t at);    /* past spaces and tabs, not line ends */
bool cite_is_letter(struct str text, size_t at);   /* of any alphabet, or a digit */
/* ngày 05 tháng 3 năm 2020, ngày 5/3/2020. Returns the end, or at. */
size_t cite_date(struct str text, size_t at, struct date *date);
size_t cite_number(struct str text, size_t at, size_t most, int64_t *n);

/* A place's chain at a unit's word; false when there is none. */
bool cite_chain(struct law_cite_read *r, size_t at, struct law_cite_chain *chain);
/* A unit's word with a label: "khoản 2", "Điều 5". */
bool cite_place_begins(struct str text, size_t at);
/* A document's name or number. False when there is none. "này" gives is_own, and "đó", "trên" none. */
bool cite_doc(struct arena *a, struct str text, size_t at, struct law_cite_doc *doc);
/* "của Luật", "BLTTDS": a document that was named before, and by a short name only. */
bool cite_doc_unnamed(struct str text, size_t at);
#endif
