/* Consultations in a committee: an officer, a leader, and somebody of another committee. */
#include "tests/db.h"

#include "kernel/rights/access.h"
#include "modules/consult/consult_inside.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"

enum { OFFICER, LEADER, OUTSIDER, PEOPLE };
struct office {
    struct db *db;
    struct arena *arena;
    struct who who[PEOPLE];
};

static struct err front(struct db_write *w, struct str code, struct unit_id *id) {
    return org_unit_make(w, &(struct org_unit_new){.code = code, .kind = S("front"), .level = S("city"), .name = code},
                         id);
}

static struct err somebody(struct db_write *w, struct unit_id unit, struct str name, uint64_t roles, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = unit,
                                             .title = S("Chuyên viên"),
                                             .roles = roles,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct err make(struct db_write *w, struct office *o) {
    struct unit_id here, there;
    TRY(org_seed(w, o->arena));
    TRY(front(w, S("T1"), &here));
    TRY(front(w, S("T3"), &there));
    TRY(somebody(w, here, S("Trần Minh"), ROLE_OFFICER, &o->who[OFFICER]));
    TRY(somebody(w, here, S("Đào Công"), ROLE_LEADER, &o->who[LEADER]));
    return somebody(w, there, S("Lê Thị Hoa"), ROLE_OFFICER | ROLE_LEADER, &o->who[OUTSIDER]);
}

static struct err end(struct db_write *w, struct err e) {
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err open_office(struct db *db, struct arena *arena, struct office *o) {
    struct db_write *w;
    *o = (struct office){.db = db, .arena = arena};
    clock_freeze(date_at((struct date){2026, 11, 18}, 9, 0));
    TRY(db_begin_write(db, arena, &w));
    return end(w, make(w, o));
}

static struct err begin_as(struct office *o, int who, struct db_write **w) {
    TRY(db_begin_write(o->db, o->arena, w));
    db_actor_set(*w, &(struct db_actor){.person = o->who[who].person.v, .post = o->who[who].post.v});
    return OK;
}
#define DO(who_, call_)                                                                                                \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        [[maybe_unused]] const struct who *me = &o.who[who_];                                                          \
        struct err begun = begin_as(&o, (who_), &w);                                                                   \
        begun.why ? begun : end(w, (call_));                                                                           \
    })

static struct consult_new draft(void) {
    return (struct consult_new){.title = S("Quy chế chợ"),
                                .lead = S("Giờ họp chợ."),
                                .drafter = S("Sở Công Thương"),
                                .draft =
                                    S("Điều 1. Giờ họp chợ\nTừ 5 giờ.\nĐiều 2. Chỗ để xe\n1. Có bãi.\n2. Có giá.\n"),
                                .is_public = true,
                                .closes_on = {2026, 11, 28},
                                .answer_on = {2026, 12, 10}};
}

static struct err act(struct db_write *w, const struct who *me, struct consult_item_id id, const char *verb) {
    return consult_act(w, me, id, verb, S("Vì sao."));
}

static struct err say(struct db_write *w, const struct who *by, struct consult_item_id id, int64_t clause,
                      struct str text, struct consult_opinion_id *opinion) {
    return consult_say(
        w, by,
        &(struct consult_said){
            .item = id, .clause = clause, .via = by ? S("meeting") : S("web"), .stance = S("part"), .text = text},
        opinion);
}

static struct err group(struct db_write *w, const struct who *me, struct consult_item_id id,
                        struct consult_opinion_id opinion, struct consult_theme_id *theme) {
    return consult_group(w, me, id,
                         &(struct consult_grouping){.opinions = {&opinion.v, 1}, .title = S("Giữ xe miễn phí")}, theme);
}

static struct err answer(struct db_write *w, const struct who *me, struct consult_item_id id,
                         struct consult_theme_id theme, int64_t version) {
    return consult_answer(
        w, me, id, theme,
        &(struct consult_answer_new){
            .title = S("Giữ xe miễn phí"), .verdict = S("taken"), .reason = S("Đã sửa."), .version = version});
}

static int64_t opinions_in(struct office *o, struct consult_item_id id, int64_t box) {
    struct db_read *r;
    struct consult_opinions_rows rows = {0};
    if (db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    err_ignore(consult_opinions(
        r, (struct consult_opinions_in){.item = id, .before = INT64_MAX, .clause = -1, .box = box, .most = 100},
        &rows));
    db_end_read(r);
    return (int64_t)rows.n;
}

TEST_DB(
    "a draft falls apart into its articles, each with all that stands below it; one without articles into paragraphs") {
    struct office o;
    struct consult_item_id id, other;
    struct consult_new x = draft();
    struct consult_clauses_rows rows;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(OFFICER, consult_add(w, me, &x, &id)));
    x.draft = S("Câu một.\n\nCâu hai.\n");
    CHECK_OK(DO(OFFICER, consult_add(w, me, &x, &other)));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(consult_clauses(r, (struct consult_clauses_in){.item = id}, &rows));
    CHECK(rows.n == 2);
    CHECK_STR(rows.at[1].label, S("Điều 2"));
    CHECK_STR(rows.at[1].heading, S("Chỗ để xe"));
    CHECK_STR(rows.at[1].text, S("1. Có bãi.\n2. Có giá."));
    CHECK_OK(consult_clauses(r, (struct consult_clauses_in){.item = other}, &rows));
    CHECK(rows.n == 2);
    CHECK_STR(rows.at[1].text, S("Câu hai."));
    db_end_read(r);
}

TEST_DB("who asked does not open it, who answered does not publish it, and nobody of another committee finds it") {
    struct office o;
    struct consult_item_id id;
    struct consult_opinion_id opinion;
    struct consult_theme_id theme;
    struct consult_new x = draft();
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(LEADER, consult_add(w, me, &x, &id)));
    CHECK_ERR(DO(OUTSIDER, act(w, me, id, "submission")), ERR_MISSING);
    CHECK_OK(DO(LEADER, act(w, me, id, "submission")));
    CHECK_ERR(DO(LEADER, act(w, me, id, "opening")), ERR_CONFLICT);
    CHECK_ERR(DO(OFFICER, act(w, me, id, "opening")), ERR_DENIED);
    CHECK_OK(DO(LEADER, act(w, me, id, "return")));
    CHECK_OK(DO(OFFICER, act(w, me, id, "submission")));
    CHECK_OK(DO(LEADER, act(w, me, id, "opening")));
    CHECK_OK(DO(OFFICER, say(w, NULL, id, 2, S("Giữ xe nên miễn phí."), &opinion)));
    CHECK_OK(DO(OFFICER, group(w, me, id, opinion, &theme)));
    CHECK_OK(DO(LEADER, answer(w, me, id, theme, 1)));
    CHECK_OK(DO(OFFICER, act(w, me, id, "end")));
    CHECK_OK(DO(OFFICER, act(w, me, id, "request")));
    CHECK_ERR(DO(LEADER, act(w, me, id, "publication")), ERR_CONFLICT);
}

TEST_DB("it is not published while one opinion is unanswered, and boxes are the opinions they count") {
    struct office o;
    struct consult_item_id id;
    struct consult_opinion_id first, second, same;
    struct consult_theme_id theme;
    struct consult_new x = draft();
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(OFFICER, consult_add(w, me, &x, &id)));
    CHECK_ERR(DO(OFFICER, say(w, NULL, id, 2, S("Chưa mở đã góp ý."), &first)), ERR_CONFLICT);
    CHECK_OK(DO(OFFICER, act(w, me, id, "submission")));
    CHECK_OK(DO(LEADER, act(w, me, id, "opening")));
    CHECK_OK(DO(OFFICER, say(w, NULL, id, 2, S("Giữ xe nên miễn phí buổi sáng."), &first)));
    CHECK_OK(DO(OFFICER, say(w, me, id, 1, S("Họp chợ từ 4 giờ."), &second)));
    CHECK_ERR(DO(OFFICER, say(w, me, id, 9, S("Điều không có."), &same)), ERR_INVALID);
    CHECK_OK(DO(OFFICER, group(w, me, id, first, &theme)));
    CHECK_OK(DO(OFFICER, say(w, NULL, id, 2, S("GIU XE nen mien phi buoi sang"), &same)));
    CHECK(opinions_in(&o, id, 1) == 1); /* the same words joined the theme by themselves */
    CHECK(opinions_in(&o, id, 2) == 3);
    CHECK_OK(DO(OFFICER, answer(w, me, id, theme, 1)));
    CHECK_ERR(DO(OFFICER, answer(w, me, id, theme, 1)), ERR_CONFLICT);
    CHECK(opinions_in(&o, id, 2) == 1);
    CHECK(opinions_in(&o, id, 3) == 2);
    CHECK_OK(DO(OFFICER, act(w, me, id, "end")));
    CHECK_ERR(DO(OFFICER, say(w, NULL, id, 2, S("Muộn rồi."), &same)), ERR_CONFLICT);
    CHECK_ERR(DO(OFFICER, act(w, me, id, "request")), ERR_CONFLICT);
    CHECK_OK(DO(OFFICER, group(w, me, id, second, &theme)));
    CHECK_OK(DO(OFFICER, answer(w, me, id, theme, 1)));
    CHECK_OK(DO(OFFICER, act(w, me, id, "request")));
    CHECK_OK(DO(LEADER, act(w, me, id, "publication")));
    CHECK_ERR(DO(OFFICER, answer(w, me, id, theme, 2)), ERR_CONFLICT);
}

TEST_DB("opinions of two articles do not make one theme, and after its last day the public says no more") {
    struct office o;
    struct consult_item_id id;
    struct consult_opinion_id first, second;
    struct consult_theme_id theme;
    struct consult_new x = draft();
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(DO(OFFICER, consult_add(w, me, &x, &id)));
    CHECK_OK(DO(OFFICER, act(w, me, id, "submission")));
    CHECK_OK(DO(LEADER, act(w, me, id, "opening")));
    CHECK_OK(DO(OFFICER, say(w, me, id, 1, S("Họp chợ từ 4 giờ."), &first)));
    CHECK_OK(DO(OFFICER, say(w, me, id, 2, S("Giữ xe nên miễn phí."), &second)));
    int64_t both[] = {first.v, second.v};
    CHECK_ERR(
        DO(OFFICER,
           consult_group(w, me, id, &(struct consult_grouping){.opinions = {both, 2}, .title = S("Hai điều")}, &theme)),
        ERR_INVALID);
    CHECK(opinions_in(&o, id, 1) == 2);
    clock_freeze(date_at((struct date){2026, 11, 29}, 9, 0));
    CHECK_ERR(DO(OFFICER, say(w, NULL, id, 2, S("Hết hạn rồi."), &second)), ERR_CONFLICT);
    CHECK_OK(DO(OFFICER, say(w, me, id, 2, S("Phiếu giấy đến muộn."), &second)));
}
