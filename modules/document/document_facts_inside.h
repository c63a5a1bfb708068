/* Private to document_facts*.c: a page as rows of print, and the finders. */
#ifndef MODULES_DOCUMENT_DOCUMENT_FACTS_INSIDE_H
#define MODULES_DOCUMENT_DOCUMENT_FACTS_INSIDE_H
#include "modules/document/document_facts.h"

/* A run of words on one line, without a wide gap: a cell of the letterhead, or a line of the body. */
struct piece {
    const struct read_word *words;
    size_t n;
    struct read_box box; /* {0} when the format has no places */
    struct str text;     /* words parted by single spaces */
    struct str folded;
    int confidence; /* mean */
    int64_t page;
};
struct pieces {
    struct piece *at;
    size_t n;
};

/* The pieces of a page in reading order: from top to bottom, left before right. */
void document_pieces(struct arena *a, const struct read_page *page, struct pieces *pieces);
/* Part of a piece: words from..to. */
struct piece document_piece_part(struct arena *a, const struct piece *p, size_t from, size_t to);

double document_piece_middle(const struct piece *p); /* of its width, 0 to 1; 0.5 without places */
bool document_has_places(const struct pieces *pieces);
bool document_is_upper(struct str s); /* letters, nearly all of them capital */
/* Most single-letter changes that make one of the other, up to most + 1. */
int document_distance(struct str a, struct str b, int most);
/* A date in words ("ngày 27 tháng 7 năm 2023") or figures (27/7/2023) at or after from; end is just behind it. */
bool document_date_in(struct str folded, size_t from, struct date *date, size_t *start, size_t *end);

/* A fact seen in the pieces from first to last (of one column). */
struct document_fact document_fact_of(struct str value, const struct piece *first, const struct piece *last,
                                      int confidence);

/* document_facts_number.c: reads what follows "Số:". False when it is no number of a document. */
bool document_number_read(struct arena *a, struct str words, struct str *number, struct str *notation, bool *is_mended);
/* The type's code inside a notation, by its place: QĐ-UBND, 23/2023/QĐ-TTg, 05-NQ/ĐU; NULL for a công văn's. */
const struct document_type *document_type_in(struct str notation);

void document_find_head(struct arena *a, const struct pieces *pieces, struct date today, struct document_facts *out);
void document_find_signer(struct arena *a, const struct read_page *pages, size_t n, struct document_facts *out);
void document_find_passed(struct arena *a, const struct read_page *pages, size_t n, struct date today,
                          struct document_facts *out);
void document_find_due(struct arena *a, const struct read_page *pages, size_t n, struct document_facts *out);
#endif
