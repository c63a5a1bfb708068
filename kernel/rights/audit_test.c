#include "tests/db.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/rights/audit_chain.h"
#include "kernel/db/engine.h"

static struct err note(struct db *db, struct arena *arena, const char *verb, int64_t record) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    db_actor_set(w, &(struct db_actor){.person = 11, .post = 22, .ip = S("10.0.0.1")});
    struct err e =
        audit_note(w, &(struct audit){.verb = str_of(verb), .record = record, .after = S("{\"tên\":\"Đỗ\"}")});
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct audit_report verified(struct db *db, struct arena *arena) {
    struct audit_report report = {0};
    struct db_read *r;
    struct err e = db_begin_read(db, arena, &r);
    if (!e.why) {
        e = audit_verify(r, &report);
        db_end_read(r);
    }
    if (e.why) {
        test_failed_str(__FILE__, __LINE__, "audit_verify", e.why->detail, S(""));
    }
    return report;
}

static void tamper(struct db *db, struct arena *arena, const char *sql) {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(db_script(w, sql));
    CHECK_OK(db_commit(w));
}

static void write_ten(struct db *db, struct arena *arena) {
    for (int i = 1; i <= 10; i++) {
        CHECK_OK(note(db, arena, "document.register", i));
    }
}

TEST_DB("an untouched audit trail verifies, and knows who did it") {
    write_ten(db, arena);
    struct audit_report report = verified(db, arena);
    CHECK(report.is_sound && report.entries == 10 && report.last_seq == 10);
    struct db_read *r;
    struct audit_read_rows rows;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_read(r, (struct audit_read_in){9, 5}, &rows));
    CHECK(rows.n == 1 && rows.at[0].person == 11 && rows.at[0].post == 22);
    CHECK_STR(rows.at[0].kind, S("document"));
    CHECK_STR(rows.at[0].ip, S("10.0.0.1"));
    db_end_read(r);
}

TEST_DB("one changed byte in the audit trail is found") {
    write_ten(db, arena);
    tamper(db, arena, "UPDATE audit_detail SET after_json = '{\"tên\":\"Đồ\"}' WHERE seq = 4");
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 4);
    tamper(db, arena, "UPDATE audit_entry SET verb = 'document.assign' WHERE seq = 2");
    report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 2);
}

TEST_DB("an entry taken out of the audit trail is found") {
    write_ten(db, arena);
    tamper(db, arena, "DELETE FROM audit_entry WHERE seq = 6");
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 6);
}

TEST_DB("a cut-off end of the audit trail is found, with its anchors taken away as well") {
    write_ten(db, arena);
    tamper(db, arena, "DELETE FROM audit_entry WHERE seq > 7");
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 8);
    tamper(db, arena, "DELETE FROM audit_anchor");
    report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 8);
}

TEST_DB("a trail rewritten from some entry on, hashes and all, is found by the node's own head") {
    write_ten(db, arena);
    tamper(db, arena, "DELETE FROM audit_entry WHERE seq = 10");
    tamper(db, arena, "DELETE FROM audit_detail WHERE seq = 10");
    tamper(db, arena, "DELETE FROM audit_anchor");
    struct str dir = db_dir(db);
    db_dir_set(db, S(""));
    CHECK_OK(note(db, arena, "document.return", 99));
    db_dir_set(db, dir);
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 10);
}

TEST_DB("what is rolled back leaves no audit entry") {
    struct db_write *w;
    CHECK_OK(db_begin_write(db, arena, &w));
    CHECK_OK(audit_note(w, &(struct audit){.verb = S("a.b")}));
    db_rollback(w);
    CHECK(verified(db, arena).entries == 0);
}

static struct err view(struct db *db, struct arena *arena, int64_t record) {
    struct db_read *r;
    TRY(db_begin_read(db, arena, &r));
    struct err e = audit_view(r, &(struct audit){.verb = S("document.view"), .record = record, .person = 5, .post = 6});
    db_end_read(r);
    return e;
}

TEST_DB("what was looked at enters the trail, once, also when the process died before") {
    CHECK_OK(audit_views_flush(db, arena, true));
    for (int i = 1; i <= 3; i++) {
        CHECK_OK(view(db, arena, i));
    }
    CHECK(verified(db, arena).entries == 0);
    CHECK_OK(audit_views_flush(db, arena, true));
    CHECK_OK(audit_views_flush(db, arena, true));
    CHECK(verified(db, arena).entries == 3);
    pid_t child = fork();
    if (child == 0) {
        struct db *own = NULL;
        struct err e = db_open(arena, db_where(db), &own);
        if (!e.why) {
            db_dir_set(own, db_dir(db));
            e = view(own, arena, 4);
        }
        _exit(e.why ? 1 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
    CHECK_OK(audit_views_flush(db, arena, true));
    struct audit_report report = verified(db, arena);
    CHECK(report.entries == 4 && report.is_sound);
}

static struct err erase(struct db *db, struct arena *arena, int64_t record) {
    struct db_write *w;
    TRY(db_begin_write(db, arena, &w));
    struct err e = audit_erase(w, S("document"), record, S("Tài liệu mật"));
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

TEST_DB("what an entry says can be erased, and the chain still verifies and says so") {
    write_ten(db, arena);
    CHECK_OK(erase(db, arena, 4));
    struct audit_report report = verified(db, arena);
    CHECK(report.is_sound && report.entries == 11 && report.erased == 1);
    CHECK(str_find(report.words, S("1 mục có nội dung đã được xóa theo yêu cầu, chuỗi vẫn đúng"), 0) != SIZE_MAX);
    struct db_read *r;
    struct audit_read_rows rows;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(audit_read(r, (struct audit_read_in){3, 1}, &rows));
    CHECK(rows.n == 1 && !rows.at[0].after_json.len && !rows.at[0].salt.len && rows.at[0].erased_in == 11);
    CHECK_STR(rows.at[0].verb, S("document.register"));
    db_end_read(r);
}

TEST_DB("details taken away without an entry that says so are found") {
    write_ten(db, arena);
    tamper(db, arena, "DELETE FROM audit_detail WHERE seq = 4");
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 4);
}

TEST_DB("details marked as erased by an entry of another record are found") {
    write_ten(db, arena);
    CHECK_OK(erase(db, arena, 4));
    tamper(db, arena,
           "UPDATE audit_detail SET salt = (SELECT d.salt FROM audit_detail d WHERE d.seq = 4), after_json = '', "
           "erased_in = 11 WHERE seq = 5");
    struct audit_report report = verified(db, arena);
    CHECK(!report.is_sound && report.faulty_seq == 5);
}
