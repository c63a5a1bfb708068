#include "modules/board/board_demo.h"

#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/db/id.h"
#include "modules/board/board_card.h"
#include "modules/board/board_own.h"
#include "modules/board/board_queries.h"
#include "modules/org/org.h"

#include "base/banned.h"

enum { PUBLISHED = 8 };

/* Months counted back from this one; of each about so many, more or less with the season, in hundredths. */
static const struct {
    struct str metric;
    int from, until, usual;
} pasts[] = {
    {S_INIT("VB.DEN"), 40, 13, 25},
    {S_INIT("DT.TIEP_NHAN"), 40, 3, 3},
    {S_INIT("DVC.NHAN"), 40, 1, 9},
    {S_INIT("VBD.PHAT_HANH"), 40, 1, 7},
};
static const int season[] = {92, 70, 104, 100, 102, 98, 95, 97, 104, 110, 118, 108};

static struct err past_one(struct db_write *db, const struct who *who, size_t i, uint64_t *random) {
    struct date today = clock_today(), this = {today.year, today.month, 1};
    for (int back = pasts[i].from; back >= pasts[i].until; back--) {
        struct date month = board_month_plus(this, -back);
        *random = *random * 6364136223846793005ULL + 1442695040888963407ULL;
        int chance = (int)(*random >> 33 & 1023) % 31 - 15;
        int n = (pasts[i].usual * (season[month.month - 1] + chance) + 50) / 100;
        TRY(board_past_insert(db,
                              (struct board_past_insert_in){.id = {id_new()},
                                                            .organ = who->organ.v,
                                                            .metric = pasts[i].metric,
                                                            .month_on = month,
                                                            .n = n,
                                                            .report = S("Số liệu trình diễn, không có thật"),
                                                            .made_at = clock_now()},
                              NULL));
    }
    return OK;
}

static struct err person_of(struct db_read *db, struct str login, struct who *who) {
    struct org_post p;
    *who = (struct who){0};
    struct err e = auth_post_of_login(db, login, &who->post);
    if (err_is(e, ERR_MISSING)) {
        err_ignore(e);
        who->post.v = 0;
        return OK;
    }
    TRY(e);
    TRY(org_post(db, who->post, &p));
    *who = (struct who){.post = p.id, .person = p.person, .unit = p.unit, .organ = p.organ, .roles = p.roles};
    return OK;
}

/* Forecasts as the nightly job would have published them on the first day of each of the last months. */
static struct err published(struct db_write *db, const struct who *who, struct date today) {
    struct date this = {today.year, today.month, 1};
    for (int back = PUBLISHED; back >= 0; back--) {
        struct date day = board_month_plus(this, -back);
        clock_freeze(date_at(day, 1, 0));
        TRY(board_publish(db, &modules, who->organ.v, day));
    }
    return OK;
}

static struct err own_board(struct db_write *db, const struct who *who) {
    int64_t id;
    TRY(board_make_own(db, who, S("Ban Phong trào: việc và sổ"), S(""), &id));
    TRY(board_card_add(db, who, id, S("NV.QUA_HAN"), BOARD_NUMBER));
    TRY(board_card_add(db, who, id, S("NV.DUNG_HAN"), BOARD_NUMBER));
    TRY(board_card_add(db, who, id, S("CN.SO_DONG"), BOARD_FIELD));
    TRY(board_card_add(db, who, id, S("VB.DEN"), BOARD_OUTCOME));
    return board_change_own(
        db, who,
        &(struct board_set){.id = id, .title = S("Ban Phong trào: việc và sổ"), .unit = who->unit.v, .version = 1});
}

static struct err live(struct db_write *db) {
    struct who leader, officer;
    uint64_t random = 20261201;
    struct date today = clock_today();
    TRY(person_of(db_reading(db), S("lanhdao"), &leader));
    TRY(person_of(db_reading(db), S("chuyenvien"), &officer));
    db_actor_set(db, &(struct db_actor){.person = leader.person.v, .post = leader.post.v});
    for (size_t i = 0; leader.post.v && i < sizeof pasts / sizeof *pasts; i++) {
        TRY(past_one(db, &leader, i, &random));
    }
    if (leader.post.v) {
        TRY(board_alert_add(
            db, &leader,
            &(struct board_alert_new){.metric = S("DT.QUA_HAN"), .scope = CHART_ORGAN, .is_above = true, .bound = 20}));
        TRY(published(db, &leader, today));
    }
    db_actor_set(db, &(struct db_actor){.person = officer.person.v, .post = officer.post.v});
    return officer.post.v ? own_board(db, &officer) : OK;
}

struct err board_demo(struct db_write *db, struct arena *arena) {
    struct instant now = clock_now();
    bool was_frozen = clock_is_frozen();
    (void)arena;
    struct err e = live(db);
    clock_freeze(was_frozen ? now : (struct instant){0});
    db_actor_set(db, &(struct db_actor){0});
    return e;
}
