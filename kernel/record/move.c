#include "kernel/record/move.h"

#include "base/arena.h"
#include "kernel/db/db.h"

#include <string.h>

#include "base/banned.h"

const struct move *move_named(const struct move *all, const char *verb) {
    for (const struct move *m = all; m->verb; m++) {
        if (strcmp(m->verb, verb) == 0) {
            return m;
        }
    }
    return NULL;
}

bool move_fits(const struct move *m, struct str state) {
    struct str rest = str_of(m->from), one;
    while (str_next(&rest, '|', &one)) {
        if (str_eq(one, state)) {
            return true;
        }
    }
    return false;
}

static bool has_role(const struct move *m, const struct who *who) { return !m->roles || (who->roles & m->roles); }

struct err move_check(struct db_read *db, const struct move *m, const struct who *who, int64_t record,
                      struct str state) {
    TRY(access_require(db, record, who->post.v, CAN_READ | m->right));
    if (!has_role(m, who)) {
        return FAIL(ERR_DENIED, "another role makes this move");
    }
    if (!move_fits(m, state)) {
        return FAIL_WITH(db_arena(db), ERR_CONFLICT, "%s: not from the state %.*s", m->verb, STR_ARG(state));
    }
    return OK;
}

struct err moves_open(struct db_read *db, const struct move *all, const struct who *who, int64_t record,
                      struct str state, struct moves *out) {
    unsigned bits = 0;
    *out = (struct moves){0};
    TRY(access_bits(db, record, who->post.v, &bits));
    for (const struct move *m = all; m->verb && (bits & CAN_READ); m++) {
        if (has_role(m, who) && (bits & m->right) == m->right && move_fits(m, state)) {
            LIST_ADD(db_arena(db), out, m);
        }
    }
    return OK;
}
