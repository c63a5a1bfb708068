#include "modules/board/board_own.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/board/board_queries.h"
#include "modules/chart/chart_link.h"
#include "modules/org/org.h"

#include "base/banned.h"

static struct err told(struct db_write *db, struct str verb, int64_t record) {
    return act_done(db, &(struct act){.verb = verb, .kind = S("board"), .record = record});
}

static struct err mine(struct db_write *db, const struct who *who, int64_t id) {
    return access_require(db_reading(db), id, who->post.v, CAN_READ | CAN_MANAGE);
}

static struct err card_insert(struct db_write *db, int64_t board, struct str metric, enum board_kind kind) {
    return board_card_insert(db,
                             (struct board_card_insert_in){
                                 .id = {id_new()}, .board = {board}, .metric = metric, .kind = board_drawn_code(kind)},
                             NULL);
}

struct err board_make_own(struct db_write *db, const struct who *who, struct str title, struct str copy, int64_t *id) {
    *id = id_new();
    TRY(board_insert(
        db, (struct board_insert_in){.id = {*id}, .post = who->post.v, .title = title, .changed_at = clock_now()},
        NULL));
    TRY(access_give(db,
                    &(struct access_grant_new){
                        .kind = S("board"), .record = *id, .principal = who->post.v, .can = CAN_READ | CAN_MANAGE}));
    struct board_set from = {0};
    if (copy.len) {
        board_ready_read(db_write_arena(db), who, copy, &from);
    }
    for (size_t i = 0; i < from.items.n; i++) {
        TRY(card_insert(db, *id, from.items.at[i].metric, from.items.at[i].kind));
    }
    return told(db, S("board.make"), *id);
}

struct err board_change_own(struct db_write *db, const struct who *who, const struct board_set *to) {
    struct board_find_row *row;
    int64_t changed = 0;
    TRY(mine(db, who, to->id));
    TRY(board_find(db_reading(db), (struct board_find_in){.id = {to->id}, .post = who->post.v}, &row));
    TRY(board_change(
        db,
        (struct board_change_in){
            .id = {to->id}, .title = to->title, .unit = to->unit, .version = to->version, .changed_at = clock_now()},
        &changed));
    if (!changed) {
        return org_stale_audited(db_reading(db), to->version, &(struct audit){.kind = S("board"), .record = to->id});
    }
    if (row->unit && row->unit != to->unit) {
        TRY(access_take(db, to->id, row->unit, CAN_READ));
    }
    if (to->unit) {
        TRY(access_give(db, &(struct access_grant_new){
                                .kind = S("board"), .record = to->id, .principal = to->unit, .can = CAN_READ}));
    }
    return told(db, S("board.change"), to->id);
}

struct err board_card_add(struct db_write *db, const struct who *who, int64_t board, struct str metric,
                          enum board_kind kind) {
    struct board_cards_rows cards;
    TRY(mine(db, who, board));
    TRY(board_cards(db_reading(db), (struct board_cards_in){.board = {board}}, &cards));
    if (cards.n >= BOARD_CARDS_MOST) {
        return REFUSE(ERR_INVALID, "metric", "Bảng đã có 100 thẻ. Bỏ bớt thẻ rồi thêm.");
    }
    TRY(card_insert(db, board, metric, kind));
    return told(db, S("board.card"), board);
}

struct err board_card_move(struct db_write *db, const struct who *who, int64_t board, int64_t card, bool is_up) {
    struct board_cards_rows cards;
    TRY(mine(db, who, board));
    TRY(board_cards(db_reading(db), (struct board_cards_in){.board = {board}}, &cards));
    size_t at = 0;
    while (at < cards.n && cards.at[at].id.v != card) {
        at++;
    }
    if (at == cards.n) {
        return FAIL(ERR_MISSING, "no such card on this board");
    }
    if (is_up ? at == 0 : at + 1 == cards.n) {
        return OK;
    }
    size_t other = is_up ? at - 1 : at + 1;
    for (size_t i = 0; i < cards.n; i++) {
        size_t place = i == at ? other : i == other ? at : i;
        TRY(board_card_set(
            db, (struct board_card_set_in){.id = cards.at[i].id, .board = {board}, .ordinal = (int64_t)place + 1},
            NULL));
    }
    return told(db, S("board.order"), board);
}

struct err board_card_drop(struct db_write *db, const struct who *who, int64_t board, int64_t card) {
    int64_t n = 0;
    TRY(mine(db, who, board));
    TRY(board_card_delete(db, (struct board_card_delete_in){.id = {card}, .board = {board}}, &n));
    return n ? told(db, S("board.card_drop"), board) : FAIL(ERR_MISSING, "no such card on this board");
}

struct err board_drop_own(struct db_write *db, const struct who *who, int64_t board) {
    TRY(mine(db, who, board));
    TRY(board_cards_delete(db, (struct board_cards_delete_in){.board = {board}}, NULL));
    TRY(told(db, S("board.drop"), board));
    TRY(access_take_all(db, board));
    return board_delete(db, (struct board_delete_in){.id = {board}}, NULL);
}

struct err board_past_add(struct db_write *db, const struct who *who, const struct board_past_new *n) {
    struct board_pasts_rows rows;
    int64_t id = id_new();
    struct date today = clock_today(), month = {n->month.year, n->month.month, 1};
    if (date_cmp(board_month_plus(month, 1), today) > 0) {
        return REFUSE(ERR_INVALID, "month", "Chỉ ghi tháng đã hết.");
    }
    TRY(board_pasts(db_reading(db), (struct board_pasts_in){.organ = who->organ.v, .metric = n->metric}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (date_is(rows.at[i].month_on, month)) {
            return REFUSE(ERR_CONFLICT, "month", "Tháng này đã có số. Bỏ số cũ ở danh sách rồi ghi lại.");
        }
    }
    TRY(board_past_insert(db,
                          (struct board_past_insert_in){.id = {id},
                                                        .organ = who->organ.v,
                                                        .metric = n->metric,
                                                        .month_on = month,
                                                        .n = n->n,
                                                        .report = n->report,
                                                        .post = who->post.v,
                                                        .made_at = clock_now()},
                          NULL));
    return told(db, S("board.past"), id);
}

struct err board_past_drop(struct db_write *db, const struct who *who, int64_t id) {
    int64_t n = 0;
    TRY(board_past_delete(db, (struct board_past_delete_in){.id = {id}, .organ = who->organ.v}, &n));
    return n ? told(db, S("board.past_drop"), id) : FAIL(ERR_MISSING, "no such figure of this organ");
}

struct err board_alert_add(struct db_write *db, const struct who *who, const struct board_alert_new *n) {
    struct board_alerts_rows rows;
    int64_t id = id_new(), principal;
    TRY(chart_principal(db_reading(db), who, n->scope, &principal));
    TRY(board_alerts(db_reading(db), (struct board_alerts_in){.post = who->post.v}, &rows));
    if (rows.n >= BOARD_CARDS_MOST) {
        return REFUSE(ERR_INVALID, "bound", "Đã đặt 100 ngưỡng. Bỏ bớt rồi đặt thêm.");
    }
    TRY(board_alert_insert(db,
                           (struct board_alert_insert_in){.id = {id},
                                                          .post = who->post.v,
                                                          .scope = chart_scope_code(n->scope),
                                                          .metric = n->metric,
                                                          .is_above = n->is_above,
                                                          .bound = n->bound,
                                                          .made_at = clock_now()},
                           NULL));
    TRY(access_give(
        db, &(struct access_grant_new){.kind = S("board"), .record = id, .principal = who->post.v, .can = CAN_READ}));
    return told(db, S("board.alert"), id);
}

struct err board_alert_drop(struct db_write *db, const struct who *who, int64_t id) {
    int64_t n = 0;
    TRY(board_alert_delete(db, (struct board_alert_delete_in){.id = {id}, .post = who->post.v}, &n));
    if (!n) {
        return FAIL(ERR_MISSING, "no such threshold of this post");
    }
    TRY(told(db, S("board.alert_drop"), id));
    return access_take_all(db, id);
}
