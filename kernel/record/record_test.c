#include "tests/db.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/record/act.h"
#include "kernel/record/bind.h"
#include "kernel/record/move.h"
#include "kernel/record/series.h"

struct thing {
    struct str subject;
    int64_t count;
    bool is_open;
    struct date due_on;
    struct instant made_at;
    struct person_id person;
};
static const struct db_field members[] = {
    {"subject", DB_TEXT, offsetof(struct thing, subject)}, {"count", DB_INT, offsetof(struct thing, count)},
    {"is_open", DB_BOOL, offsetof(struct thing, is_open)}, {"due_on", DB_ON, offsetof(struct thing, due_on)},
    {"made_at", DB_AT, offsetof(struct thing, made_at)},   {"person", DB_ID, offsetof(struct thing, person)},
};
static const struct db_shape thing_shape = {members, sizeof members / sizeof *members, sizeof(struct thing)};

static const struct field fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("subject")},
    {.kind = FIELD_INT, .name = S_INIT("count"), .most = 99},
    {.kind = FIELD_FLAG, .name = S_INIT("is_open")},
    {.kind = FIELD_DATE, .name = S_INIT("due_on")},
    {.kind = FIELD_ID, .name = S_INIT("person")},
    {.kind = FIELD_LINE, .name = S_INIT("of_nobody")},
    {0},
};

static struct form *typed(struct arena *a) {
    struct form *f = NULL;
    const struct form_part parts[] = {{S("subject"), S("Họp giao ban"), NULL, false},
                                      {S("count"), S("7"), NULL, false},
                                      {S("is_open"), S("1"), NULL, false},
                                      {S("due_on"), S("09/12/2026"), NULL, false},
                                      {S("person"), S("42"), NULL, false},
                                      {S("of_nobody"), S("x"), NULL, false}};
    return form_read(a, fields, parts, sizeof parts / sizeof *parts, &f).why ? NULL : f;
}

TEST("what was typed goes into the members of the same names, and nothing else is touched") {
    struct thing t = {.made_at = {5}};
    bind_from_form(&t, &thing_shape, typed(arena));
    CHECK_STR(t.subject, S("Họp giao ban"));
    CHECK(t.count == 7 && t.is_open && t.person.v == 42 && t.made_at.ms == 5);
    CHECK(t.due_on.year == 2026 && t.due_on.month == 12 && t.due_on.day == 9);
}

TEST("a row fills the form it is edited in; a refused form keeps what was typed") {
    struct thing t = {.subject = S("Cũ"), .count = 0, .due_on = {2026, 1, 2}};
    struct form *f = form_begin(arena, fields, NULL);
    bind_to_form(f, &thing_shape, &t);
    CHECK_STR(form_value(f, "subject")->typed, S("Cũ"));
    CHECK_STR(form_value(f, "count")->typed, S("0"));
    CHECK_STR(form_value(f, "person")->typed, S(""));
    struct form *refused = typed(arena);
    form_fault(refused, "subject", "Chưa đúng.");
    bind_to_form(refused, &thing_shape, &t);
    CHECK_STR(form_value(refused, "subject")->text, S("Họp giao ban"));
}

TEST("a row as JSON has its ids as strings, and what changed is told by its old value") {
    struct thing before = {.subject = S("A \"b\""), .count = 3, .person = {INT64_C(9007199254740993)}}, after = before;
    struct buf b = buf_in(arena);
    bind_json(&b, &thing_shape, &before);
    CHECK(str_find(buf_str(&b), S("\"person\": \"9007199254740993\""), 0) != SIZE_MAX);
    CHECK(str_find(buf_str(&b), S("\"subject\": \"A \\\"b\\\"\""), 0) != SIZE_MAX);
    CHECK_STR(bind_changes(arena, &thing_shape, &before, &after), S(""));
    after.count = 4;
    CHECK_STR(bind_changes(arena, &thing_shape, &before, &after), S("{\"count\": 3}"));
}

TEST("a copy takes the members both have") {
    static const struct db_field few[] = {{"count", DB_INT, 0}};
    const struct db_shape count_shape = {few, 1, sizeof(int64_t)};
    struct thing t = {.count = 8};
    int64_t count = 0;
    bind_copy(&count, &count_shape, &t, &thing_shape);
    CHECK(count == 8);
}

TEST_DB("numbers of a series have no gaps, and a rolled back one is given again") {
    struct db_write *w;
    struct db_read *r;
    const struct series book = {S("visit"), 7, 2026}, other = {S("visit"), 8, 2026};
    int64_t n = 0;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(series_next(w, &book, &n));
    CHECK(n == 1);
    CHECK_OK(series_next(w, &book, &n));
    CHECK(n == 2);
    CHECK_OK(db_commit(w));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(series_next(w, &book, &n));
    CHECK(n == 3);
    db_rollback(w);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(series_peek(r, &book, &n));
    CHECK(n == 3);
    CHECK_OK(series_peek(r, &other, &n));
    CHECK(n == 1);
    db_end_read(r);
}

static const struct move moves[] = {
    {.verb = "close",
     .label = "Kết thúc",
     .from = "open|late",
     .to = "closed",
     .roles = ROLE_CLERK,
     .right = CAN_MANAGE},
    {.verb = "reopen", .label = "Mở lại", .from = "closed", .to = "open", .right = CAN_MANAGE},
    {0},
};

TEST_DB("a move is open to who has the role, the right and the state, and says what is missing") {
    struct db_write *w;
    const struct who clerk = {.person = {1}, .post = {50}, .roles = ROLE_CLERK},
                     reader = {.person = {2}, .post = {51}, .roles = ROLE_CLERK},
                     stranger = {.person = {3}, .post = {52}, .roles = ROLE_CLERK};
    const struct move *close = move_named(moves, "close");
    struct moves open;
    CHECK(close && !move_named(moves, "burn"));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_wear(w, 50, (struct db_ids){NULL, 0}));
    CHECK_OK(access_wear(w, 51, (struct db_ids){NULL, 0}));
    CHECK_OK(access_wear(w, 52, (struct db_ids){NULL, 0}));
    CHECK_OK(access_give(
        w, &(struct access_grant_new){.kind = S("x"), .record = 9, .principal = 50, .can = CAN_READ | CAN_MANAGE}));
    CHECK_OK(access_give(w, &(struct access_grant_new){.kind = S("x"), .record = 9, .principal = 51, .can = CAN_READ}));
    CHECK_OK(move_check(db_reading(w), close, &clerk, 9, S("late")));
    CHECK(err_is(move_check(db_reading(w), close, &clerk, 9, S("closed")), ERR_CONFLICT));
    CHECK(err_is(move_check(db_reading(w), close, &reader, 9, S("late")), ERR_DENIED));
    CHECK(err_is(move_check(db_reading(w), close, &stranger, 9, S("late")), ERR_MISSING));
    CHECK_OK(moves_open(db_reading(w), moves, &clerk, 9, S("closed"), &open));
    CHECK(open.n == 1 && open.at[0] == &moves[1]);
    CHECK_OK(moves_open(db_reading(w), moves, &stranger, 9, S("closed"), &open));
    CHECK(open.n == 0);
    db_rollback(w);
}
