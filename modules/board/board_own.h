/* What people do with boards: each an act in the caller's transaction, audited. */
#ifndef MODULES_BOARD_BOARD_OWN_H
#define MODULES_BOARD_BOARD_OWN_H
#include "base/time.h"
#include "kernel/rights/auth.h"
#include "modules/board/board_inside.h"

struct db_write;

/* A new board of the post, with the cards of a board of the program (copy: its code) or none. */
struct err board_make_own(struct db_write *db, const struct who *who, struct str title, struct str copy, int64_t *id);
/* All below: MISSING for who may not see the board, DENIED for who only reads it. */
struct err board_change_own(struct db_write *db, const struct who *who, const struct board_set *to);
struct err board_card_add(struct db_write *db, const struct who *who, int64_t board, struct str metric,
                          enum board_kind kind);
struct err board_card_move(struct db_write *db, const struct who *who, int64_t board, int64_t card, bool is_up);
struct err board_card_drop(struct db_write *db, const struct who *who, int64_t board, int64_t card);
struct err board_drop_own(struct db_write *db, const struct who *who, int64_t board);

/* A month before the program was in use, from a report. CONFLICT when that month has a figure already. */
struct board_past_new {
    struct str metric, report;
    struct date month;
    int64_t n;
};
struct err board_past_add(struct db_write *db, const struct who *who, const struct board_past_new *n);
struct err board_past_drop(struct db_write *db, const struct who *who, int64_t id);

struct board_alert_new {
    struct str metric;
    enum chart_scope scope;
    bool is_above;
    int64_t bound;
};
struct err board_alert_add(struct db_write *db, const struct who *who, const struct board_alert_new *n);
struct err board_alert_drop(struct db_write *db, const struct who *who, int64_t id);
#endif
