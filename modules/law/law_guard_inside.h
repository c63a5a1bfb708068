/* Within the citation guard only. */
#ifndef MODULES_LAW_LAW_GUARD_INSIDE_H
#define MODULES_LAW_LAW_GUARD_INSIDE_H
#include "modules/law/law_cite.h"
#include "modules/law/law_guard.h"

struct guard_unapplied {
    LIST(struct str) eids;
};
/* A document of the text, looked up. */
struct guard_doc {
    struct law_cite_work work;
    struct law_work_head head; /* when work.id is not 0 */
    bool is_known;
    bool has_places; /* its text is in the library */
    bool is_partial; /* codified, or compared by nobody: what it lacks may be there */
    bool has_annexes;
    bool is_slip; /* not there, and its number is surely another's: the name decides */
    struct guard_unapplied unapplied;
    enum law_guard_level worst;
};
struct guard {
    struct db_read *db;
    struct arena *arena;
    struct str text;
    struct date on;
    struct law_cites cites;
    struct guard_doc *docs; /* one a document of cites */
    struct law_guard *out;
    size_t compared; /* quotations so far */
};
enum { GUARD_QUOTES_MOST = 60 };

struct law_guard_finding guard_finding(size_t from, size_t to, enum law_guard_level level, struct str code);
void guard_add(struct guard *g, struct law_guard_finding f);
/* A document of the text: existence, name, date, force. */
struct err guard_doc(struct guard *g, size_t nth);
/* A place of a document that is known. */
struct err guard_place(struct guard *g, const struct law_cite *c, size_t doc, bool is_guessed);
/* The quotation that belongs to bytes [from, to): false when there is none. */
bool guard_quote_near(struct str text, size_t from, size_t to, size_t *open, size_t *close);
/* The quoted words against a place ('' the whole work) on the day. level 0: nothing to compare with. */
struct err guard_quote(struct guard *g, size_t doc, struct str eid, size_t open, size_t close,
                       struct law_guard_finding *f);
/* Quoted words and a law's words, compared: how many words differ, and the pieces. */
struct guard_difference {
    size_t words, edits; /* of the quotation */
    LIST(struct law_guard_piece) pieces;
};
void guard_compare(struct arena *a, struct str quote, struct str law, struct guard_difference *out);
/* Whether all words of a quotation stand in this order without anything between. */
bool guard_holds(struct arena *a, struct str law, struct str quote);
#endif
