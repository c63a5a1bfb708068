/* Records in an office: personnel, the leader, the head of a board, the person, a colleague, another organ. */
#include "tests/db.h"

#include "kernel/erase/erase.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/cadre/cadre_pages.h"
#include "modules/org/org.h"
#include "modules/org/org_change.h"

enum { KEEPER, LEADER, HEAD, SELF, COLLEAGUE, OUTSIDER, PEOPLE };
struct office {
    struct db *db;
    struct arena *arena;
    struct who who[PEOPLE];
    struct cadre_group groups[CADRE_GROUPS];
    struct cadre_person_id id;
};

static struct err unit(struct db_write *w, struct str code, struct str kind, struct unit_id parent,
                       struct unit_id *id) {
    return org_unit_make(w,
                         &(struct org_unit_new){.code = code,
                                                .kind = kind,
                                                .level = S("city"),
                                                .name = code,
                                                .parent = parent,
                                                .edge = parent.v ? S("staff") : S("")},
                         id);
}

static struct err somebody(struct db_write *w, struct unit_id at, struct str name, uint64_t roles, struct who *who) {
    struct person_id person;
    struct post_id post;
    TRY(org_person_make(w, &(struct org_person_new){.name = name, .address = S("đồng chí")}, &person));
    TRY(org_post_give(w,
                      &(struct org_post_new){.person = person,
                                             .unit = at,
                                             .title = S("Chuyên viên"),
                                             .roles = roles,
                                             .from_on = date_plus(clock_today(), -400)},
                      &post));
    return org_auth.wear(db_reading(w), person, post, clock_today(), who);
}

static struct fields_state *answers(struct office *o, const char *part, const char *json) {
    struct fields_said_list said = {0};
    err_ignore(fields_said_read(o->arena, str_of(json), &said));
    return cadre_judge_said(o->arena, &o->groups[cadre_group_at(str_of(part))], said);
}

static struct cadre_write write_of(struct office *o, const char *part, const char *json) {
    return (struct cadre_write){.group = &o->groups[cadre_group_at(str_of(part))],
                                .state = answers(o, part, json),
                                .basis = S("Quyết định 1"),
                                .post = o->who[KEEPER].post.v};
}

static struct err make(struct db_write *w, struct office *o) {
    struct unit_id front, personnel, board, other, elsewhere;
    TRY(org_seed(w, o->arena));
    TRY(cadre_groups(o->arena, o->groups));
    TRY(unit(w, S("T1"), S("front"), (struct unit_id){0}, &front));
    TRY(unit(w, S("T1-TCKT"), S("board"), front, &personnel));
    TRY(unit(w, S("T1-PT"), S("board"), front, &board));
    TRY(unit(w, S("T1-VP"), S("board"), front, &other));
    TRY(unit(w, S("T2"), S("union"), (struct unit_id){0}, &elsewhere));
    TRY(somebody(w, personnel, S("Vũ Thị Phương"), ROLE_OFFICER, &o->who[KEEPER]));
    TRY(somebody(w, front, S("Đào Công"), ROLE_LEADER, &o->who[LEADER]));
    TRY(somebody(w, board, S("Trần Thị Hạnh"), ROLE_HEAD, &o->who[HEAD]));
    TRY(somebody(w, board, S("Trần Minh"), ROLE_OFFICER, &o->who[SELF]));
    TRY(somebody(w, other, S("Ngô Thị Châu"), ROLE_HEAD, &o->who[COLLEAGUE]));
    TRY(somebody(w, elsewhere, S("Lê Thị Hoa"), ROLE_CLERK | ROLE_LEADER, &o->who[OUTSIDER]));
    struct cadre_new n = {
        .organ = front,
        .unit = board,
        .person = o->who[SELF].person,
        .identity =
            answers(o, "identity",
                    "{\"name\":\"Trần Minh\",\"sex\":\"nam\",\"birth\":\"1970-05-10\",\"kind\":\"chuyen_trach\"}"),
        .post = o->who[KEEPER].post.v};
    return cadre_add(w, &n, &o->id);
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

/* An act of somebody on the record, in a transaction of its own: `seat` is what the post is to it. */
#define DO(who_, call_)                                                                                                \
    __extension__({                                                                                                    \
        struct db_write *w;                                                                                            \
        [[maybe_unused]] const struct who *me = &o.who[who_];                                                          \
        struct cadre_seat seat = {0};                                                                                  \
        struct err e_ = db_begin_write(o.db, o.arena, &w);                                                             \
        if (!e_.why) {                                                                                                 \
            db_actor_set(w, &(struct db_actor){.person = me->person.v, .post = me->post.v});                           \
            e_ = cadre_seat_find(db_reading(w), me, o.id.v, &seat);                                                    \
            e_ = end(w, e_.why ? e_ : (call_));                                                                        \
        }                                                                                                              \
        e_;                                                                                                            \
    })

enum seen { NOTHING, ASKED, SHOWN };
/* What somebody gets of a group. */
static enum seen seen(struct office *o, int who, const char *part) {
    struct db_read *r;
    struct cadre_seat seat;
    bool may = false, asked = false;
    const struct cadre_group *group = &o->groups[cadre_group_at(str_of(part))];
    if (db_begin_read(o->db, o->arena, &r).why) {
        return NOTHING;
    }
    struct err e = cadre_seat_find(r, &o->who[who], o->id.v, &seat);
    e = e.why ? e : cadre_may_ask(&seat, group);
    e = e.why ? e : cadre_may_see(r, &o->who[who], &seat, group, &may, &asked);
    db_end_read(r);
    return e.why ? NOTHING : may ? SHOWN : asked ? ASKED : NOTHING;
}

TEST_DB("personnel and the person find a record, the head of the unit its basic groups, nobody else anything") {
    struct office o;
    CHECK_OK(open_office(db, arena, &o));
    CHECK(seen(&o, KEEPER, "span") == SHOWN && seen(&o, KEEPER, "salary") == SHOWN);
    CHECK(seen(&o, LEADER, "salary") == SHOWN);
    CHECK(seen(&o, SELF, "salary") == SHOWN && seen(&o, SELF, "family") == SHOWN);
    CHECK(seen(&o, HEAD, "span") == SHOWN);
    CHECK(seen(&o, HEAD, "salary") == NOTHING && seen(&o, HEAD, "family") == NOTHING);
    CHECK(seen(&o, COLLEAGUE, "span") == NOTHING && seen(&o, OUTSIDER, "span") == NOTHING);
    CHECK_ERR(DO(COLLEAGUE, OK), ERR_MISSING);
    CHECK_ERR(DO(OUTSIDER, OK), ERR_MISSING);
}

TEST_DB("a sensitive group opens to personnel for a purpose alone, to that post, for a while, and the trail keeps it") {
    struct office o;
    struct audit_mark mark;
    struct db_read *r;
    CHECK_OK(open_office(db, arena, &o));
    CHECK(seen(&o, KEEPER, "family") == ASKED && seen(&o, LEADER, "assets") == ASKED);
    CHECK_OK(DO(KEEPER, cadre_look_open(w, me, &seat, S("family"), S("Thẩm tra lý lịch kết nạp Đảng"))));
    CHECK(seen(&o, KEEPER, "family") == SHOWN);
    CHECK(seen(&o, KEEPER, "assets") == ASKED && seen(&o, LEADER, "family") == ASKED);
    CHECK_ERR(DO(HEAD, cadre_look_open(w, me, &seat, S("family"), S("Muốn xem thử"))), ERR_MISSING);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_last(r, &(struct audit){.verb = S("cadre.open"), .kind = S("cadre"), .record = o.id.v}, &mark));
    db_end_read(r);
    CHECK(mark.post == o.who[KEEPER].post.v);
    clock_freeze(date_at((struct date){2026, 11, 18}, 9, 16));
    CHECK(seen(&o, KEEPER, "family") == ASKED);
}

static size_t entries(struct office *o, const char *part) {
    struct db_read *r;
    struct cadre_entries_of_rows rows = {0};
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(cadre_entries_of(r, (struct cadre_entries_of_in){.cadre = o->id, .part = str_of(part)}, &rows));
        db_end_read(r);
    }
    return rows.n;
}

#define COURSE "{\"kind\":\"llct\",\"level\":\"trung_cap\",\"school\":\"Trường Chính trị Tô Hiệu\"}"

TEST_DB(
    "the person proposes and decides nothing; personnel takes a proposal over once, or gives it back with a reason") {
    struct office o;
    int64_t id = 0, other = 0;
    CHECK_OK(open_office(db, arena, &o));
    struct cadre_proposal_new n = {.write = write_of(&o, "training", COURSE), .words = S("Bằng tốt nghiệp")};
    CHECK_ERR(DO(KEEPER, cadre_propose(w, me, &seat, &n, &id)), ERR_DENIED);
    CHECK_OK(DO(SELF, cadre_propose(w, me, &seat, &n, &id)));
    CHECK_OK(DO(SELF, cadre_propose(w, me, &seat, &n, &other)));
    CHECK(entries(&o, "training") == 0);
    CHECK_ERR(DO(SELF, cadre_accept(w, me, &seat, id)), ERR_DENIED);
    CHECK_ERR(DO(HEAD, cadre_accept(w, me, &seat, id)), ERR_DENIED);
    CHECK_OK(DO(KEEPER, cadre_accept(w, me, &seat, id)));
    CHECK(entries(&o, "training") == 1);
    CHECK_ERR(DO(KEEPER, cadre_accept(w, me, &seat, id)), ERR_CONFLICT);
    CHECK_OK(DO(LEADER, cadre_return(w, me, &seat, other, S("Đã ghi rồi"))));
    CHECK_ERR(DO(SELF, cadre_withdraw(w, me, &seat, other)), ERR_CONFLICT);
    CHECK(entries(&o, "training") == 1);
}

TEST_DB("an entry is changed at the version that was seen; a group that is there once takes no second entry") {
    struct office o;
    struct db_read *r;
    struct cadre_entries_of_rows rows;
    CHECK_OK(open_office(db, arena, &o));
    struct cadre_write add = write_of(&o, "army", "{\"rank\":\"Thượng sĩ\"}"), change = add;
    CHECK_OK(DO(KEEPER, cadre_put(w, o.id, &add)));
    CHECK_ERR(DO(KEEPER, cadre_put(w, o.id, &add)), ERR_CONFLICT);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(cadre_entries_of(r, (struct cadre_entries_of_in){.cadre = o.id, .part = S("army")}, &rows));
    db_end_read(r);
    CHECK_OR_RETURN(rows.n == 1);
    change.entry = rows.at[0].id.v;
    change.version = 1;
    CHECK_OK(DO(KEEPER, cadre_put(w, o.id, &change)));
    CHECK_ERR(DO(KEEPER, cadre_put(w, o.id, &change)), ERR_CONFLICT);
}

/* How many a list says it has, and how many it shows page after page, two a page; -1 when they differ. */
static int64_t listed(struct office *o, int who, const char *kind) {
    struct db_read *r;
    struct cadre_list list;
    struct cadre_due_count_row *count = NULL;
    struct cadre_due_list_rows rows = {0};
    struct cadre_due_list_in in = {.post = o->who[who].post.v, .kind = str_of(kind), .most = 2};
    int64_t n = 0;
    if (!cadre_list_of(str_of(kind), &list) || db_begin_read(o->db, o->arena, &r).why) {
        return -1;
    }
    cadre_due_days(o->arena, &list, &in.from_day, &in.to_day);
    do {
        err_ignore(cadre_due_list(r, in, &rows));
        n += (int64_t)rows.n;
        if (rows.n) {
            in.after_day = date_iso(o->arena, rows.at[rows.n - 1].due_on);
            in.after = rows.at[rows.n - 1].id.v;
        }
    } while (rows.n);
    err_ignore(cadre_due_count(
        r, (struct cadre_due_count_in){.post = in.post, .kind = in.kind, .from_day = in.from_day, .to_day = in.to_day},
        &count));
    db_end_read(r);
    return count && count->n == n ? n : -1;
}

TEST_DB("what falls due and what contradicts itself follow each entry, and a list's figure is its rows") {
    struct office o;
    struct db_read *r;
    struct cadre_find_row *row = NULL;
    CHECK_OK(open_office(db, arena, &o));
    CHECK(listed(&o, KEEPER, "salary") == 0);
    struct cadre_write pay = write_of(
                           &o, "salary",
                           "{\"from_on\":\"2023-12-01\",\"grade\":\"01.003\",\"step\":5,\"coefficient\":3.66}"),
                       card = write_of(&o, "party", "{\"joined_on\":\"1987-02-03\"}");
    CHECK_OK(DO(KEEPER, cadre_put(w, o.id, &pay)));
    CHECK_OK(DO(KEEPER, cadre_put(w, o.id, &card)));
    CHECK(listed(&o, KEEPER, "salary") == 1 && listed(&o, KEEPER, "training") == 1);
    CHECK(listed(&o, LEADER, "salary") == 1);
    CHECK(listed(&o, SELF, "salary") == 0 && listed(&o, HEAD, "salary") == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(cadre_find(r, (struct cadre_find_in){.id = o.id}, &row));
    db_end_read(r);
    CHECK(row && row->n_findings == 1 && row->is_party);
}

TEST_DB("the list goes on by key and shows each post its own; words are found folded") {
    struct office o;
    struct db_read *r;
    struct cadre_list_rows rows;
    CHECK_OK(open_office(db, arena, &o));
    CHECK_OK(db_begin_read(db, arena, &r));
    struct cadre_list_in in = {
        .post = o.who[KEEPER].post.v, .f_party = -1, .one_from = S("tran"), .one_until = S("tran~"), .most = 10};
    CHECK_OK(cadre_list(r, in, &rows));
    CHECK_OR_RETURN(rows.n == 1);
    in.after_key = rows.at[0].name_key;
    in.after = rows.at[0].id.v;
    CHECK_OK(cadre_list(r, in, &rows));
    CHECK(rows.n == 0);
    CHECK_OK(cadre_list(
        r,
        (struct cadre_list_in){
            .post = o.who[COLLEAGUE].post.v, .head_unit = o.who[COLLEAGUE].unit.v, .f_party = -1, .most = 10},
        &rows));
    CHECK(rows.n == 0);
    CHECK_OK(cadre_list(
        r,
        (struct cadre_list_in){.post = o.who[HEAD].post.v, .head_unit = o.who[HEAD].unit.v, .f_party = -1, .most = 10},
        &rows));
    CHECK(rows.n == 1);
    db_end_read(r);
}

TEST_DB("erased, a record says nothing any more: entries, history, proposals, prints, lists") {
    struct office o;
    struct db_read *r;
    struct cadre_find_row *row = NULL;
    struct cadre_past_list_rows past;
    CHECK_OK(open_office(db, arena, &o));
    struct cadre_write kin = write_of(&o, "family", "{\"relation\":\"con\",\"name\":\"Trần Bảo An\"}");
    CHECK_OK(DO(KEEPER, cadre_put(w, o.id, &kin)));
    CHECK_OK(DO(KEEPER, cadre_forget(w, &(struct erase){.kind = S("cadre"), .record = o.id.v})));
    CHECK(entries(&o, "family") == 0);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(cadre_past_list(r, (struct cadre_past_list_in){.cadre = o.id, .part = S("family"), .most = 10}, &past));
    CHECK_OK(cadre_find(r, (struct cadre_find_in){.id = o.id}, &row));
    db_end_read(r);
    CHECK_OR_RETURN(past.n == 1 && row);
    CHECK_STR(past.at[0].answers, S("{}"));
    CHECK(!row->person.v && !row->birth.len);
}
