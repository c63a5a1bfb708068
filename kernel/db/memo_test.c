/* Rows kept while the database stands still: never an old one, never another's. */
#include "tests/db.h"

#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/access_queries.h"
#include "kernel/db/engine.h"
#include "kernel/db/memo.h"
#include "kernel/db/db_queries.h"

static struct err put(struct db *db, struct arena *arena, const char *name, struct str hash) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e =
        db_change_put(w, (struct db_change_put_in){S("memo"), str_of(name), hash, (struct instant){1}}, NULL);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

/* The hash kept under the name, within the turn that is open; "-" when there is none. */
static struct str look(struct db *db, struct arena *arena, const char *name) {
    struct db_read *r;
    struct db_change_list_rows rows = {0};
    struct str found = S("-");
    if (db_begin_read(db, arena, &r).why) {
        return S("cannot begin");
    }
    struct err e = db_change_list(r, &rows);
    db_end_read(r);
    if (e.why) {
        return S("cannot read");
    }
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.at[i].part, S("memo")) && str_eq(rows.at[i].name, str_of(name))) {
            found = rows.at[i].hash;
        }
    }
    return found;
}

static struct str look_in_turn(struct db *db, struct arena *arena, const char *name) {
    db_turn_begin(db);
    struct str found = look(db, arena, name);
    db_turn_end(db);
    return found;
}

static struct db *another(struct db *db, struct arena *arena) {
    struct db *other = NULL;
    return db_open(arena, db_where(db), &other).why ? NULL : other;
}

TEST_DB("what a turn has read is not read again while nothing changes, in this turn or the next") {
    CHECK_OK(put(db, arena, "a", S("một")));
    db_turn_begin(db);
    CHECK_STR(look(db, arena, "a"), S("một"));
    CHECK(db_memo_hits(db->memo) == 0);
    CHECK_STR(look(db, arena, "a"), S("một"));
    CHECK(db_memo_hits(db->memo) == 1);
    db_turn_end(db);
    CHECK_STR(look_in_turn(db, arena, "a"), S("một"));
    /* Elsewhere in the cluster of PostgreSQL somebody may have begun or ended something: then it is read anew. */
    CHECK(db_memo_hits(db->memo) == 2 || db_is_postgres(db));
}

TEST_DB("what another connection commits is seen by the next turn, however often") {
    struct db *other = another(db, arena);
    CHECK_OR_RETURN(other);
    for (int i = 0; i < 50; i++) {
        struct str fresh = str_format(arena, "%d", i);
        CHECK_OK(put(other, arena, "a", fresh));
        CHECK_STR(look_in_turn(db, arena, "a"), fresh);
        CHECK_STR(look_in_turn(db, arena, "a"), fresh);
    }
}

TEST_DB("a turn keeps its snapshot, and what was committed while it ran is seen by the next") {
    struct db *other = another(db, arena);
    CHECK_OR_RETURN(other);
    CHECK_OK(put(db, arena, "a", S("cũ")));
    db_turn_begin(db);
    CHECK_STR(look(db, arena, "a"), S("cũ"));
    CHECK_OK(put(other, arena, "a", S("mới")));
    CHECK_STR(look(db, arena, "a"), S("cũ"));
    db_turn_end(db);
    CHECK_STR(look_in_turn(db, arena, "a"), S("mới"));
}

TEST_DB("a transaction that was open during a turn is seen once it has committed, and never when it rolls back") {
    struct db *other = another(db, arena);
    CHECK_OR_RETURN(other);
    CHECK_OK(put(db, arena, "a", S("0")));
    for (int i = 1; i < 20; i++) {
        struct db_write *w;
        struct str before = look_in_turn(db, arena, "a"), fresh = str_format(arena, "%d", i);
        CHECK_OK(db_begin_write(other, arena, &w));
        CHECK_OK(db_change_put(w, (struct db_change_put_in){S("memo"), S("a"), fresh, (struct instant){1}}, NULL));
        CHECK_STR(look_in_turn(db, arena, "a"), before);
        if (i % 3 == 0) {
            db_rollback(w);
            CHECK_STR(look_in_turn(db, arena, "a"), before);
        } else {
            CHECK_OK(db_commit(w));
            CHECK_STR(look_in_turn(db, arena, "a"), fresh);
        }
    }
}

TEST_DB("what is written through this connection is seen at once, in the middle of a turn; rolled back, it never was") {
    struct db_write *w;
    CHECK_OK(put(db, arena, "a", S("1")));
    db_turn_begin(db);
    CHECK_STR(look(db, arena, "a"), S("1"));
    CHECK_OK(put(db, arena, "a", S("2")));
    CHECK_STR(look(db, arena, "a"), S("2"));
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_change_put(w, (struct db_change_put_in){S("memo"), S("a"), S("3"), (struct instant){1}}, NULL));
    struct db_change_list_rows rows;
    CHECK_OK(db_change_list(db_reading(w), &rows));
    CHECK(rows.n > 0);
    db_rollback(w);
    CHECK_STR(look(db, arena, "a"), S("2"));
    db_turn_end(db);
    CHECK_STR(look_in_turn(db, arena, "a"), S("2"));
}

TEST_DB("rows belong to who asked: changing them changes nobody else's") {
    struct db_read *r;
    struct db_change_list_rows one, two, three;
    CHECK_OK(put(db, arena, "a", S("giữ nguyên")));
    db_turn_begin(db);
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(db_change_list(r, &one));
    CHECK_OK(db_change_list(r, &two));
    CHECK_OR_RETURN(one.n > 0 && two.n == one.n);
    for (size_t i = 0; i < two.n; i++) {
        two.at[i].hash = S("khác");
        ((char *)(uintptr_t)two.at[i].name.at)[0] = '?';
    }
    CHECK_OK(db_change_list(r, &three));
    CHECK_OR_RETURN(three.n == one.n);
    for (size_t i = 0; i < three.n; i++) {
        CHECK_STR(three.at[i].hash, one.at[i].hash);
        CHECK_STR(three.at[i].name, one.at[i].name);
        CHECK(three.at[i].name.at[three.at[i].name.len] == 0);
    }
    db_end_read(r);
    db_turn_end(db);
}

TEST_DB("another's values are another question, also where the bytes side by side are the same") {
    struct db_write *w;
    struct db_read *r;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(access_wearer_add(w, (struct access_wearer_add_in){71, 72}, NULL));
    CHECK_OK(access_wearer_add(w, (struct access_wearer_add_in){73, 74}, NULL));
    CHECK_OK(db_commit(w));
    db_turn_begin(db);
    CHECK_OK(db_begin_read(db, arena, &r));
    for (int times = 0; times < 3; times++) {
        struct access_wearer_has_row *row;
        struct access_wearer_list_rows of, other;
        CHECK_OK(access_wearer_has(r, (struct access_wearer_has_in){71, 72}, &row));
        CHECK(row && row->principal == 72);
        CHECK_OK(access_wearer_has(r, (struct access_wearer_has_in){72, 71}, &row));
        CHECK(!row);
        CHECK_OK(access_wearer_has(r, (struct access_wearer_has_in){71, 74}, &row));
        CHECK(!row);
        CHECK_OK(access_wearer_list(r, (struct access_wearer_list_in){71}, &of));
        CHECK_OK(access_wearer_list(r, (struct access_wearer_list_in){73}, &other));
        CHECK(of.n == 1 && of.at[0].principal == 72 && other.n == 1 && other.at[0].principal == 74);
    }
    db_end_read(r);
    db_turn_end(db);
}

TEST("two texts bound side by side are told apart by where one ends") {
    static const struct db_field in[] = {{"a", DB_TEXT, 0}, {"b", DB_TEXT_OR_NULL, sizeof(struct str)}};
    static const struct db_query q = {.name = "q", .in = in, .n_in = 2};
    struct str pairs[][2] = {{S("ab"), S("c")},   {S("a"), S("bc")},        {S("abc"), S("")},
                             {S(""), S("abc")},   {S("abcdefgh"), S("")},   {S("abcdefg"), S("h")},
                             {S("a"), S("b\0c")}, {S("abcdefgh\0"), S("")}, {S("abcdefgh\0\0"), S("")}};
    enum { N = sizeof pairs / sizeof *pairs };
    struct db_memo_key *keys = arena_take(arena, struct db_memo_key, N);
    for (size_t i = 0; i < N; i++) {
        CHECK(db_memo_key(&(struct db_run){.q = &q, .in = pairs[i]}, &keys[i]));
        for (size_t k = 0; k < i; k++) {
            CHECK(keys[i].n != keys[k].n || memcmp(keys[i].words, keys[k].words, keys[i].n * sizeof *keys[i].words));
        }
    }
    struct str endless[2] = {{arena_take(arena, char, 5000), 5000}, S("")};
    CHECK(!db_memo_key(&(struct db_run){.q = &q, .in = endless}, &keys[0]));
}

TEST_DB("when it is full it begins again, and is right all the way") {
    struct db_write *w;
    enum { POSTS = 5000 };
    CHECK_OK(db_begin_write(db, arena, &w));
    for (int64_t i = 1; i <= POSTS; i++) {
        CHECK_OK(access_wearer_add(w, (struct access_wearer_add_in){i, i * 2}, NULL));
    }
    CHECK_OK(db_commit(w));
    db_turn_begin(db);
    for (int times = 0; times < 2; times++) {
        for (int64_t i = 1; i <= POSTS; i++) {
            struct arena *own = arena_new();
            struct db_read *r;
            struct access_wearer_list_rows rows;
            CHECK_OK(db_begin_read(db, own, &r));
            CHECK_OK(access_wearer_list(r, (struct access_wearer_list_in){i}, &rows));
            CHECK(rows.n == 1 && rows.at[0].principal == i * 2);
            db_end_read(r);
            arena_free(own);
        }
    }
    db_turn_end(db);
}

/* Counts up through a connection of its own, and says each number once it is committed. */
static int writer(struct db *db, int to) {
    struct arena *own = arena_new(), *each = arena_new();
    struct db *mine = NULL;
    struct err e = db_open(own, db_where(db), &mine);
    for (int i = 1; i <= 300 && !e.why; i++) {
        e = put(mine, each, "count", str_format(each, "%06d", i));
        if (!e.why && write(to, &i, sizeof i) != sizeof i) {
            return 1;
        }
        arena_reset(each);
    }
    return e.why ? 1 : 0;
}

TEST_DB("while another process writes as fast as it can, no turn reads what is older than it was told of") {
    int ends[2], said = 0, status = 1;
    CHECK_OK(put(db, arena, "count", S("000000")));
    CHECK_OR_RETURN(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit(writer(db, ends[1]));
    }
    close(ends[1]);
    while (read(ends[0], &said, sizeof said) == sizeof said) {
        struct arena *own = arena_new();
        struct str first = look_in_turn(db, own, "count"), second = look_in_turn(db, own, "count");
        CHECK(str_cmp(first, str_format(own, "%06d", said)) >= 0 && str_cmp(second, first) >= 0);
        arena_free(own);
    }
    close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(said == 300);
}

TEST("a connection that was lost and made anew begins with nothing kept") {
    struct db *db = test_db(arena, true);
    if (!db) {
        return;
    }
    struct db *other = another(db, arena);
    struct db_write *w;
    CHECK_OK(put(db, arena, "a", S("1")));
    CHECK_STR(look_in_turn(db, arena, "a"), S("1"));
    CHECK_OK(db_begin_write(other, arena, &w));
    CHECK_OK(db_script(w, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    CHECK_OK(db_change_put(w, (struct db_change_put_in){S("memo"), S("a"), S("2"), (struct instant){1}}, NULL));
    CHECK_OK(db_commit(w));
    /* The first begin finds the line gone and makes it anew. */
    CHECK_STR(look_in_turn(db, arena, "a"), S("2"));
}
