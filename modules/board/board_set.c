/* Boards: those of the program are rows of boards.tsv, one's own are rows of the database. */
#include "base/arena.h"
#include "base/facts.h"
#include "kernel/db/db.h"
#include "modules/board/board_inside.h"
#include "modules/board/board_queries.h"

#include "base/banned.h"

FACTS(board_facts_boards, "modules/board/boards.tsv");

enum { CODE, TITLE, ROLES, GROUP, METRIC, KIND, CELLS };

bool board_ready_at(size_t i, struct board_ready *out) {
    struct str rest = FACTS_STR(board_facts_boards), cell[CELLS], last = S("");
    size_t n = 0;
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[CODE], last)) {
            continue;
        }
        last = cell[CODE];
        if (n++ == i) {
            *out = (struct board_ready){cell[CODE], cell[TITLE], cell[ROLES]};
            return true;
        }
    }
    return false;
}

static bool is_for(const struct who *who, struct str roles) {
    static const struct {
        struct str name;
        enum role role;
    } known[] = {{S_INIT("leader"), ROLE_LEADER},
                 {S_INIT("clerk"), ROLE_CLERK},
                 {S_INIT("head"), ROLE_HEAD},
                 {S_INIT("officer"), ROLE_OFFICER}};
    for (struct str rest = roles, one; str_next(&rest, ',', &one);) {
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (str_eq(known[i].name, one) && who->roles & known[i].role) {
                return true;
            }
        }
    }
    return false;
}

static struct board_ready ready_for(const struct who *who, struct str code) {
    struct board_ready one, best = {0};
    for (size_t i = 0; board_ready_at(i, &one); i++) {
        if (str_eq(one.code, code)) {
            return one;
        }
        best = best.code.len || !is_for(who, one.roles) ? best : one;
    }
    if (!best.code.len) {
        board_ready_at(0, &best);
    }
    return best;
}

void board_ready_read(struct arena *a, const struct who *who, struct str code, struct board_set *out) {
    struct board_ready ready = ready_for(who, code);
    struct str rest = FACTS_STR(board_facts_boards), cell[CELLS];
    *out = (struct board_set){.code = ready.code, .title = ready.title};
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[CODE], ready.code)) {
            LIST_ADD(a, &out->items,
                     (struct board_item){
                         .group = cell[GROUP], .metric = cell[METRIC], .kind = board_drawn_read(cell[KIND])});
        }
    }
}

bool board_ready_uses(struct str code, struct str metric) {
    struct str rest = FACTS_STR(board_facts_boards), cell[CELLS];
    while (facts_next(&rest, cell, CELLS)) {
        if (str_eq(cell[CODE], code) && str_eq(cell[METRIC], metric)) {
            return true;
        }
    }
    return false;
}

struct err board_own_read(struct db_read *db, const struct who *who, int64_t id, struct board_set *out) {
    struct board_find_row *row;
    struct board_cards_rows cards;
    TRY(board_find(db, (struct board_find_in){.id = {id}, .post = who->post.v}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such board for this post");
    }
    *out = (struct board_set){
        .id = id, .title = row->title, .is_mine = row->post == who->post.v, .unit = row->unit, .version = row->version};
    TRY(board_cards(db, (struct board_cards_in){.board = {id}}, &cards));
    for (size_t i = 0; i < cards.n; i++) {
        LIST_ADD(db_arena(db), &out->items,
                 (struct board_item){
                     .id = cards.at[i].id.v, .metric = cards.at[i].metric, .kind = board_drawn_read(cards.at[i].kind)});
    }
    return OK;
}
