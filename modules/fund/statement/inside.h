/* Private to modules/fund/statement: phrases of the tables, and a memo as words with the phrases found in it. */
#ifndef MODULES_FUND_STATEMENT_INSIDE_H
#define MODULES_FUND_STATEMENT_INSIDE_H
#include "modules/fund/statement/statement.h"

enum phrase_class {
    PHRASE_CHANNEL,
    PHRASE_TAIL,
    PHRASE_NEUTRAL,
    PHRASE_GIVE,
    PHRASE_TRANSFER,
    PHRASE_INTEREST,
    PHRASE_INTERNAL,
    PHRASE_MISTAKE,
    PHRASE_OTHER,
    PHRASE_REFUND_OUT,
    PHRASE_FEE_OUT,
    PHRASE_SALARY_OUT,
    PHRASE_INTERNAL_OUT,
    PHRASE_PAYOUT_OUT,
    PHRASE_HIDE,
    PHRASE_GENERIC,
    PHRASE_LEADING,
    PHRASE_TRAILING,
    PHRASE_BY,
    PHRASE_COMMON,
    PHRASE_FAMILY,
    PHRASE_TITLE,
    PHRASE_GROUP,
    PHRASE_ORG,
    PHRASE_WALLET,
    PHRASE_SURNAME,
    PHRASE_TAIL_SURNAME,
    PHRASE_CAMPAIGN,
    PHRASE_CLASSES
};
enum { PHRASE_WORDS = 8, PHRASE_GAP = 4, PHRASE_BUCKETS = 512 };

struct phrase {
    enum phrase_class class;
    struct str words[PHRASE_WORDS]; /* folded; "*" is a gap */
    size_t n;
    struct str campaign;
    struct date from, until; /* {0}: no bound */
    int64_t rank;
    const struct phrase *next; /* in the bucket of its first word */
};
struct statement_words {
    const struct phrase *buckets[PHRASE_BUCKETS];
};
size_t phrase_bucket(struct str word);

enum { MEMO_WORDS = 96, MEMO_FOUND = 192 };
struct memo_word {
    struct str folded;
    size_t from, to; /* in the text */
    bool is_large;   /* written with a large first letter */
    bool is_broken;  /* a full stop, comma or dash stands before it */
    bool has_digits, is_number;
};
struct memo_found {
    const struct phrase *phrase;
    size_t from, to; /* words */
};
struct memo {
    struct str text; /* folded */
    struct memo_word words[MEMO_WORDS];
    size_t n;
    struct memo_found found[MEMO_FOUND]; /* by where they begin, longer ones first */
    size_t n_found;
    size_t start, end; /* the words that people wrote: without what the bank put around them */
};
void memo_read(const struct statement_words *w, struct arena *a, struct str text, struct memo *m);
/* The first of a class that begins in [from, to); NULL: none. */
const struct memo_found *memo_first(const struct memo *m, enum phrase_class c, size_t from, size_t to);
/* The longest of a class that begins at a word; NULL: none. */
const struct memo_found *memo_at(const struct memo *m, enum phrase_class c, size_t at);
static inline bool memo_has(const struct memo *m, enum phrase_class c) { return memo_first(m, c, m->start, m->end); }

/* Words [from, to) of a memo that name somebody; from == to: nobody. */
struct memo_name {
    size_t from, to;
    enum statement_donor kind;
};
struct memo_name memo_donor(const struct memo *m);
enum statement_donor memo_name_kind(const struct memo *m, size_t from, size_t to);
/* Upper case, without marks. */
struct str memo_name_text(struct arena *a, const struct memo *m, const struct memo_name *name);

/* columns.c */
enum column {
    COLUMN_NONE,
    COLUMN_NO,
    COLUMN_DEBIT,
    COLUMN_CREDIT,
    COLUMN_BALANCE,
    COLUMN_SIGN,
    COLUMN_REF,
    COLUMN_PARTNER,
    COLUMN_MEMO,
    COLUMN_DATE,
    COLUMN_AMOUNT,
    COLUMN_TOTAL,
    COLUMN_OPENING,
    COLUMNS
};
struct columns {
    int at[COLUMNS]; /* where each kind stands; -1: nowhere */
};
struct column_title {
    enum column column;
    struct str words;
    bool is_whole;
};
struct column_titles {
    LIST(struct column_title) rows;
};
void column_titles(struct arena *a, struct column_titles *out);
/* Titles found in a row are written into c; how many different ones there were. */
size_t columns_look(const struct column_titles *t, struct arena *row, const struct statement_cells *cells,
                    struct columns *c);
/* Whether the text begins with (or is) a word of that kind: COLUMN_TOTAL, COLUMN_OPENING. */
bool column_begins(const struct column_titles *t, struct arena *row, enum column kind, struct str text);
void columns_none(struct columns *c);
bool columns_are_enough(const struct columns *c);

/* seen.c: which transfers there were. The number of the earlier one, or 0 and the line is remembered. */
struct seen;
struct seen *seen_open(struct arena *a);
int64_t seen_before(struct seen *s, const struct statement_line *line);
#endif
