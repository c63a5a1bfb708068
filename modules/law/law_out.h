/* A work of the library for those outside: Akoma Ntoso 3.0, Word, JSON, in the wording of a day. What law_format.h
   reads of these is the same tree. needs: law law_text */
#ifndef MODULES_LAW_LAW_OUT_H
#define MODULES_LAW_LAW_OUT_H
#include "modules/law/law.h"
#include "modules/law/law_text.h"

struct law_out_place {
    enum law_level level;
    struct str label, heading, text, eid;
    struct date from_on, until_on; /* {0}: not dated, open */
    bool is_computed;
};
struct law_out {
    struct str uri, type, code, issuer, title, short_title, signer, signer_post, preamble, closing, gazette;
    struct str type_name;
    struct date issued_on, effective_on, expired_on, on; /* on: whose wording it is */
    enum law_status status;
    LIST(struct law_out_place) places;
    struct law_tree tree; /* made of the places: nodes[i] is places.at[i] */
};

/* What stands on that day; of a work that is not yet in force, its first wording. MISSING when there is none. */
struct err law_out_load(struct db_read *db, struct law_work_id id, struct date on, struct law_out *out);
/* The same of a tree that was read: nothing is dated. */
void law_out_of_tree(struct arena *a, const struct law_tree *tree, struct law_out *out);

struct str law_out_akn(struct arena *a, const struct law_out *out);
struct str law_out_json(struct arena *a, const struct law_out *out);
/* NĐ 30/2020/NĐ-CP, Appendix I: Times New Roman, heads in two columns. */
struct err law_out_docx(struct arena *a, const struct law_out *out, struct str *docx);
/* 30-2020-ND-CP: what a download is called, without its ending. */
struct str law_out_name(struct arena *a, const struct law_out *out);
#endif
