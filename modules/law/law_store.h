/* Puts a work into the library, or brings it up to what is given: its facts, its places, their words. The same again
   changes nothing; places keep their ids by eid; what was there already wins over what a later source says of the
   work's facts, and the difference is flagged. Audited in the same transaction. needs: law law_text law_about */
#ifndef MODULES_LAW_LAW_STORE_H
#define MODULES_LAW_LAW_STORE_H
#include "modules/law/law_about.h"
#include "modules/law/law_text.h"

/* A place to be kept. Slices of node must outlive the call. */
struct law_place {
    const struct law_node *node;
    int32_t parent, article; /* indexes in places; LAW_NO_NODE for none */
    struct date from_on;     /* none: the work's effective_on */
    struct str note;         /* of the source: "có nội dung được sửa đổi bởi …" */
    struct str key;          /* an article's lasting name in its source: 24/2018/qh14%1 */
};
struct law_places {
    struct law_place *at;
    size_t n;
};
/* All nodes of a tree behind those there are. */
struct law_place *law_places_add(struct arena *a, struct law_places *places, const struct law_tree *tree);

struct law_store_flag {
    struct str kind, words;
};

struct law_store {
    struct law_about about; /* finished */
    struct law_places places;
    struct str preamble, closing;
    bool is_part;     /* articles that are not given stay as they are */
    bool is_codified; /* words as they stand now, amendments worked in (Bộ pháp điển): gives way to the words as
                         enacted, and then counts as a published consolidation */
    struct str vbhn_code; /* of a published consolidation: its own number, 01/VBHN-VPQH; about is that of the work it
                             consolidates, and is_codified holds */
    struct date dated_on; /* of codified words: no change that came later is in them; none: not known */
    bool is_unverified;   /* recognised, copied: taken in only where there are no words yet */
    struct str sha256;    /* of the input in hex: when it is that of the last time, nothing is looked at; '' unknown */
    LIST(struct law_store_flag) flags;
};

struct law_stored {
    struct law_work_id work;
    bool is_new, is_changed;
    bool is_known;                   /* the input was that of last time */
    int64_t added, changed, removed; /* places */
};
/* INVALID when there is neither number nor title nor text to know it by. */
struct err law_store_work(struct db_write *db, const struct law_store *in, struct law_stored *done);
/* The same of a whole paper that was read: its own head fills what about leaves out (and what differs is flagged). */
struct err law_store_tree(struct db_write *db, const struct law_tree *tree, struct law_store *in,
                          struct law_stored *done);
#endif
