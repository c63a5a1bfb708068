/* References in legal text: "điểm a, b và c khoản 1 Điều 12 của Luật này", "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3
   năm 2020", "Luật Đất đai năm 2024". Finding them is pure; resolving looks works up. What is not in the library is
   kept with its number or name, and found when it comes. needs: law */
#ifndef MODULES_LAW_LAW_CITE_H
#define MODULES_LAW_LAW_CITE_H
#include "base/list.h"
#include "modules/law/law.h"

/* A document as a text names it. Bytes [from, to) hold its type, name and number; "Luật này" is_own. */
struct law_cite_doc {
    size_t from, to;
    struct str type;       /* code of modules/law/types.tsv, or '' */
    struct str type_words; /* as written: Nghị định */
    struct str code;       /* as written: 30/2020/NĐ-CP; '' when it is only named */
    struct str key;        /* its one form: 30/2020/nd-cp */
    struct str name;       /* Luật Đất đai: the type and the words that surely belong to the name */
    struct str room;       /* the same and the words that may still belong to it: names hold commas and "và" */
    int64_t year;          /* năm 2024; 0 not said */
    struct date issued_on; /* ngày 18 tháng 01 năm 2024 */
    struct str tail;       /* after the number and date, up to the end of the sentence: "của Chính phủ về …" */
    bool is_own;
    bool is_weak; /* may be no name at all ("Luật quy định"): counts only when the library has it */
};

enum law_cite_whose {
    LAW_CITE_UNSAID = 0, /* no document said: the text's own, or the one being amended */
    LAW_CITE_OWN,        /* Điều này, của Luật này */
    LAW_CITE_DOC,        /* doc says which */
};

struct law_cite {
    size_t from, to; /* bytes in the text */
    enum law_cite_whose whose;
    size_t doc;          /* 1 is docs.at[0]; 0 none */
    struct str eid;      /* '' the whole document */
    struct str last_eid; /* of a range: từ Điều 5 đến Điều 9 */
    bool is_quoted;      /* stands between quotation marks after "như sau:", so it speaks for another text */
    int confidence;      /* percent */
};

struct law_cites {
    LIST(struct law_cite) cites; /* in the order of the text, without overlap */
    LIST(struct law_cite_doc) docs;
};

/* All references in a text (NFC). place: the eid the text stands at ("art_5__cl_2"), so that "khoản này" is known; ''
   for a text that is no provision. Never fails; a text of any bytes is allowed. */
void law_cite_find(struct arena *a, struct str text, struct str place, struct law_cites *found);

/* One form of a number ("30/2020/nd-cp"), or '' when it is none; the key a document named without a number is kept
   under. */
struct str law_cite_name_key(struct arena *a, const struct law_cite_doc *doc);

/* The work a document named in a text is, as one speaking on a day means it; works that share a name are told apart by
   year, date, or by which was there on that day. id 0 when the library has none. taken: how many bytes of doc->room are
   its name ('' by number). */
struct law_cite_work {
    struct law_work_id id;
    size_t taken;
    bool is_by_name;
    bool is_only_choice; /* no other bears the number or the name */
};
struct err law_cite_resolve(struct db_read *db, const struct law_cite_doc *doc, struct date on,
                            struct law_cite_work *work);
/* The same of a document as its key tells it again: to_key of a reference, target_key of an event. */
struct err law_cite_resolve_key(struct db_read *db, struct str key, struct date on, struct law_cite_work *work);

/* Finds and keeps the references of all words of a work (law_xref), the documents it is based on and refers to, and
   what its title says it does to another (law_relation, method rule). Again gives the same. */
struct err law_cite_store(struct db_write *db, struct law_work_id work);
/* References and relations of other works that waited for this one now lead to it. law_cite_store calls it. */
struct err law_cite_arrived(struct db_write *db, struct law_work_id work);

/* The day whose wording a reference means. mode: law_xref.mode; enacted_on: the day the citing work was enacted. */
struct date law_cite_day(struct str mode, struct date reading_on, struct date enacted_on);
#endif
