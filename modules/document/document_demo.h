/* The demonstration's letters: who writes, about what, and how the paper looks. Private to the module. */
#ifndef MODULES_DOCUMENT_DOCUMENT_DEMO_H
#define MODULES_DOCUMENT_DOCUMENT_DEMO_H
#include "base/str.h"
#include "base/time.h"

struct arena;

/* Who writes. */
struct demo_issuer {
    struct str name, parent, notation, signer_post, signer;
    bool is_party; /* numbers as the Party writes them: 123-CV/TU */
};
extern const struct demo_issuer demo_issuers[];
extern const size_t demo_issuers_n;

/* What about. %.*s in subject stands for a month, quarter or year; board: code of the unit that usually leads. */
struct demo_subject {
    struct str type, field, subject, reason, ask, detail;
    const char *board;
    int days;
    unsigned issuers; /* bits of enum demo_kind */
};
enum demo_kind { DEMO_CENTRE = 1, DEMO_PARTY = 2, DEMO_STATE = 4, DEMO_UNION = 8, DEMO_COMMUNE = 16 };
extern const struct demo_subject demo_subjects[];
extern const size_t demo_subjects_n;
enum demo_kind demo_kind_of(size_t issuer);

struct demo_letter {
    const struct demo_issuer *issuer;
    const struct demo_subject *about;
    struct str code, subject, type_name;
    struct date issued_on, due_on;
    int number;
};
/* The page's words, as they are read from it. */
struct str demo_letter_text(struct arena *a, const struct demo_letter *l);
/* The paper as PDF, laid out by NĐ 30/2020/NĐ-CP, Appendix I. */
struct str demo_letter_pdf(struct arena *a, const struct demo_letter *l);
#endif
