/* What a source says of a work, brought to the forms the library keeps: type, family, keys, address, names.
   Pure. needs: law */
#ifndef MODULES_LAW_LAW_ABOUT_H
#define MODULES_LAW_LAW_ABOUT_H
#include "base/list.h"
#include "modules/law/law.h"

struct law_about {
    /* As the source gives them; any may be empty. */
    struct str code, type_name, title, issuer;
    struct date issued_on, effective_on, expired_on;
    struct str declared; /* "Còn hiệu lực", or a code of law_work.declared */
    struct date declared_on;
    struct str gazette, signer, signer_post, source;
    LIST(struct str) topics;
    /* Made by law_about_finish. */
    struct str type, family, code_key, issuer_key, short_title, title_fold, uri;
};
/* Cleans what was given and makes the rest. Idempotent. */
void law_about_finish(struct arena *a, struct law_about *about);
/* Takes from the other what this one does not say. */
void law_about_fill(struct law_about *about, const struct law_about *from);
/* A title printed in capitals, as words write it: by how the text itself says it ("Quốc hội ban hành Luật Xây dựng"),
   else in small letters. Other titles are given back. */
struct str law_title_case(struct arena *a, struct str title, struct str text);
/* A title without its own number and what stands around it: "Thuế sử dụng đất nông nghiệp số 23-L/CTN ngày 10/07/1993
   của Quốc hội", "của Quốc hội … số 12/2003/QH11 ngày … về bầu cử …". */
struct str law_title_code_out(struct arena *a, struct str title, struct str code);
/* in_force, partly … of a source's words; '' when they say nothing we know. */
struct str law_declared_of(struct arena *a, struct str words);
/* The number's one form, as law_work.code_key; '' when it is none. Mends what sources write: NĐ_CP, BGD&ĐT, NQ.HĐTP. */
struct str law_code_key(struct arena *a, struct str code);
/* The issuer's name by the groups of a number's one form; '' when unknown or when it has several. */
struct str law_issuer_of_key(struct str code_key);
#endif
