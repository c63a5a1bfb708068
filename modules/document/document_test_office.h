/* A small committee for tests: clerks, a chair, two boards, a commune that must see nothing. */
#ifndef MODULES_DOCUMENT_DOCUMENT_TEST_OFFICE_H
#define MODULES_DOCUMENT_DOCUMENT_TEST_OFFICE_H
#include "modules/document/document_rules.h"

struct office {
    struct db *db;
    struct arena *arena;
    struct unit_id organ, board, other, commune;
    struct who clerk, second_clerk, chair, deputy, head, officer, stranger, commune_clerk;
};
struct err office_open(struct db *db, struct arena *arena, struct office *o);
/* One act in its own transaction: begins, runs, commits or rolls back. */
struct err office_begin(struct office *o, const struct who *who, struct db_write **w);
struct err office_end(struct db_write *w, struct err e);
/* A registered document of the office, presented to the chair and directed to the board with a deadline of `days`, as
 * far as asked. */
enum office_stage { OFFICE_REGISTERED, OFFICE_PRESENTED, OFFICE_DIRECTED };
struct err office_document(struct office *o, struct str code, enum office_stage stage, int64_t days,
                           struct document_doc_id *id);
/* The line of the document for this principal; 0 none. */
struct document_line_id office_line(struct office *o, struct document_doc_id id, int64_t target);
/* How many stand in a tab of the hat; -1 when it cannot be read. */
int64_t office_count(struct office *o, const struct who *who, enum document_box box);
int64_t office_listed(struct office *o, const struct who *who, enum document_box box);
#define ACT(o, who_, call)                                                                                             \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        struct err act_err = office_begin((o), (who_), &w);                                                            \
        act_err.why ? act_err : office_end(w, (call));                                                                 \
    })
#endif
