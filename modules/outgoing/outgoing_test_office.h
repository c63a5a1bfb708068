/* An office with a clerk, a board with head and officer, a chair, and a commune that receives; for the tests. */
#ifndef MODULES_OUTGOING_OUTGOING_TEST_OFFICE_H
#define MODULES_OUTGOING_OUTGOING_TEST_OFFICE_H
#include "modules/outgoing/outgoing_rules.h"

struct bureau {
    struct db *db;
    struct arena *arena;
    struct unit_id organ, board, other, commune;
    struct who clerk, second_clerk, chair, head, officer, stranger, commune_clerk;
};
struct err bureau_open(struct db *db, struct arena *arena, struct bureau *b);
struct err bureau_begin(struct bureau *b, const struct who *who, struct db_write **w);
struct err bureau_end(struct db_write *w, struct err e);
/* One act in its own transaction. */
#define BUREAU(b_, who_, call_)                                                                                        \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        struct err act_err = bureau_begin((b_), (who_), &w);                                                           \
        act_err.why ? act_err : bureau_end(w, (call_));                                                                \
    })
/* What the officer types: whole, to the commune, to the other board and to a ministry. */
struct outgoing_typed bureau_typed(struct bureau *b);
/* Drafted by the officer and brought as far as asked. */
enum bureau_stage { BUREAU_DRAFTED, BUREAU_SUBMITTED, BUREAU_APPROVED, BUREAU_NUMBERED, BUREAU_ISSUED };
struct err bureau_document(struct bureau *b, enum bureau_stage stage, struct outgoing_doc_id *id);
struct outgoing_by_id_row bureau_row(struct bureau *b, struct outgoing_doc_id id);
int64_t bureau_count(struct bureau *b, const struct who *who, enum outgoing_box box);
/* Every counter of every person is its list. */
bool bureau_counts_are_lists(struct bureau *b);
struct outgoing_delivery_id bureau_delivery(struct bureau *b, struct outgoing_doc_id id, const char *kind);
struct outgoing_paper bureau_paper(struct bureau *b);
#endif
