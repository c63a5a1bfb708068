/* Private to document_facts_{head,issuer,stamps,subject}.c: the head of page one, and what has been found of it. */
#ifndef MODULES_DOCUMENT_DOCUMENT_FACTS_HEAD_H
#define MODULES_DOCUMENT_DOCUMENT_FACTS_HEAD_H
#include "modules/document/document_facts_inside.h"

/* Indexes of pieces, or NONE. */
enum { NONE = -1 };
struct head {
    struct arena *arena;
    const struct pieces *pieces;
    struct document_facts *out;
    bool has_places;
    int nation; /* CỘNG HÒA …, or ĐẢNG CỘNG SẢN VIỆT NAM */
    int number;
    int date;
    int type;
};

static inline const struct piece *head_at(const struct head *h, int i) { return &h->pieces->at[i]; }
static inline int head_count(const struct head *h) { return (int)h->pieces->n; }
static inline bool head_holds(struct str s, struct str what) { return str_find(s, what, 0) != SIZE_MAX; }
static inline bool head_is_left(const struct head *h, const struct piece *p) {
    return !h->has_places || document_piece_middle(p) < 0.5;
}
static inline bool head_is_high(const struct head *h, const struct piece *p, double y) {
    return !h->has_places || p->box.y < y;
}

bool document_starts_any(struct str s, const struct str *list, size_t n);
/* Without the dashes, dots and specks that print leaves around a line. */
struct str document_without_marks(struct str s);
/* What a scanning office or a signature stamps on: never part of the document itself. */
bool document_is_stamp(const struct piece *p);
bool document_is_urgency(const struct head *h, const struct piece *p);

/* Each finds its part and notes in h where it stood. The issuer stands above what was found before it. */
void document_find_issuer(struct head *h);
void document_find_subject(struct head *h);
/* The stamps of urgency and secrecy. */
void document_find_stamps(struct head *h);
#endif
