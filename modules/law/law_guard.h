/* The citation guard: every citation of any text is looked up: does the document, the article, the clause exist; are
   the quoted words its words; was it in force on the text's day; do number, name and date belong together. needs: law
   law_cite */
#ifndef MODULES_LAW_LAW_GUARD_H
#define MODULES_LAW_LAW_GUARD_H
#include "base/list.h"
#include "modules/law/law.h"

enum law_guard_level {
    LAW_GUARD_RIGHT = 1, /* đúng */
    LAW_GUARD_LOOK,      /* cần xem */
    LAW_GUARD_WRONG,     /* sai */
    LAW_GUARD_UNKNOWN,   /* không có trong thư viện */
};
struct str law_guard_level_name(enum law_guard_level level); /* Vietnamese */

/* A stretch of a compared quotation: in both, only in the text (wrong), only in the law (left out). */
enum law_guard_kind { LAW_GUARD_SAME = 1, LAW_GUARD_EXTRA, LAW_GUARD_LACKS };
struct law_guard_piece {
    enum law_guard_kind kind;
    struct str words;
};

struct law_guard_finding {
    size_t from, to; /* bytes of the text: the citation with its document */
    enum law_guard_level level;
    struct str
        code; /* ok, no_document, no_place, wording, expired, pending, suspended, amended, partly, name, date … */
    struct str sentence;   /* Vietnamese */
    struct str suggestion; /* what to write in place of [from, to); '' none */
    struct law_work_id work;
    struct str work_name, eid;
    struct law_provision_id provision;
    size_t quote_from, quote_to; /* the compared quotation; both 0 when none */
    LIST(struct law_guard_piece) pieces;
};

struct law_guard {
    LIST(struct law_guard_finding) findings; /* in the order of the text; a citation may have several, worst first */
    size_t citations;                        /* places and documents cited */
    size_t right, look, wrong, unknown;      /* citations by their worst finding */
    bool is_cut;                             /* more citations than LAW_GUARD_MOST: the rest was not looked at */
};
enum { LAW_GUARD_MOST = 2000, LAW_GUARD_BYTES = 1 << 20 };

/* The same in pieces, for a job: each step reads in a handle of its own. The run and all it finds live in the arena,
   and the text must live as long. */
struct law_guard_run {
    struct guard *guard;
    struct law_guard out; /* whole when is_done */
    size_t done, total;   /* steps */
    bool is_done;
};
void law_guard_begin(struct arena *a, struct str text, struct date on, struct law_guard_run *run);
struct err law_guard_step(struct law_guard_run *run, struct db_read *db, size_t most);

/* Checks a text (UTF-8, NFC: utf8_clean) of a day. A paragraph takes milliseconds. Never INVALID: any text has an
   answer, perhaps an empty one; what is beyond LAW_GUARD_BYTES is not looked at. */
struct err law_guard_check(struct db_read *db, struct str text, struct date on, struct law_guard *out);
#endif
