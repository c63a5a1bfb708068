#include "tests/db.h"

#include "base/buf.h"
#include "kernel/queue/job.h"
#include "modules/document/document_again.h"
#include "modules/document/document_demo.h"
#include "modules/document/document_secret.h"
#include "modules/document/document_test_office.h"
#include "tests/scan.h"

#include <fcntl.h>
#include <unistd.h>

static struct document_by_id_row *doc_of(struct office *o, struct document_doc_id id) {
    struct db_read *r;
    struct document_by_id_row *d = NULL;
    if (!db_begin_read(o->db, o->arena, &r).why) {
        err_ignore(document_by_id(r, (struct document_by_id_in){id}, &d));
        db_end_read(r);
    }
    return d;
}

static struct err upload(struct office *o, struct document_paper *paper, struct str pdf, struct document_doc_id *id) {
    struct db_write *w;
    struct file f;
    TRY(office_begin(o, &o->clerk, &w));
    struct err e = file_keep_bytes(w, o->arena, pdf, &paper->file);
    e = e.why ? e : file_find(db_reading(w), o->arena, paper->file, &f);
    if (!e.why) {
        paper->sha256 = f.sha256;
        e = document_draft(w, &o->clerk, paper, id);
    }
    return office_end(w, e);
}

static struct err whole_file(struct arena *a, struct str path, struct str *bytes) {
    struct buf b = buf_in(a);
    char block[65536];
    int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
    for (ssize_t n; fd >= 0 && (n = read(fd, block, sizeof block)) > 0;) {
        buf_put(&b, (struct str){block, (size_t)n});
    }
    if (fd >= 0) {
        close(fd);
    }
    *bytes = str_copy(a, buf_str(&b));
    return bytes->len ? OK : FAIL(ERR_MISSING, "no scan");
}

TEST_DB("a paper that comes in is read by a job, which suggests its facts; the same bytes again are noticed") {
    struct office o;
    struct document_doc_id id, again;
    const struct demo_letter l = {.issuer = &demo_issuers[5],
                                  .about = &demo_subjects[0],
                                  .code = S("1187/SNNMT-GN"),
                                  .subject =
                                      S("Về việc cung cấp số liệu hộ nghèo, hộ cận nghèo quý IV năm 2025 trên địa bàn"),
                                  .type_name = S("Công văn"),
                                  .issued_on = {2025, 11, 20}};
    CHECK_OK(file_store_open(test_dir(arena), INT64_C(300) << 20, &read_limits_usual));
    CHECK_OK(office_open(db, arena, &o));
    struct str pdf = demo_letter_pdf(arena, &l);
    struct document_paper paper = {.name = S("1187.pdf"), .size = (int64_t)pdf.len};
    CHECK_OK(upload(&o, &paper, pdf, &id));
    CHECK_STR(doc_of(&o, id)->reading, S("waiting"));
    volatile sig_atomic_t stop = 0;
    job_work(db, &(struct job_worker){
                     .stop = &stop, .kinds = document_job_kinds, .n_kinds = 2, .name = "test", .is_until_idle = true});
    struct document_by_id_row *d = doc_of(&o, id);
    CHECK_STR(d->reading, S("read"));
    CHECK(d->pages == 1);
    struct db_read *r;
    struct document_fact_list_rows facts;
    struct document_twin twin;
    bool has_code = false, has_date = false;
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(document_fact_list(r, (struct document_fact_list_in){id}, &facts));
    for (size_t i = 0; i < facts.n; i++) {
        has_code = has_code || (str_eq(facts.at[i].name, S("code")) && str_eq(facts.at[i].value, S("1187/SNNMT-GN")) &&
                                facts.at[i].page == 1);
        has_date = has_date || (str_eq(facts.at[i].name, S("issued_on")) && str_eq(facts.at[i].value, S("2025-11-20")));
    }
    db_end_read(r);
    CHECK(has_code && has_date);
    CHECK_OK(upload(&o, &paper, pdf, &again));
    CHECK_OK(db_begin_read(db, arena, &r));
    struct document_marks marks = {.organ = o.organ.v, .id = again, .sha256 = doc_of(&o, again) ? paper.sha256 : S("")};
    CHECK_OK(document_twin_find(r, &marks, &twin));
    db_end_read(r);
    CHECK(twin.id.v == id.v && twin.is_same_bytes);
}

static void read_all(struct db *db) {
    volatile sig_atomic_t stop = 0;
    job_work(db, &(struct job_worker){
                     .stop = &stop, .kinds = document_job_kinds, .n_kinds = 2, .name = "test", .is_until_idle = true});
}

/* A paper that bears TỐI MẬT, sent in by the clerk and read. */
struct stamped {
    struct office o;
    struct document_doc_id id;
    struct document_paper paper;
    struct str bytes; /* where they lie */
};

static bool stamped_open(struct db *db, struct arena *arena, struct stamped *s) {
    const struct scan scan = {.urgency = "TỐI MẬT", .number = "12", .notation = "BC-CA", .seed = 5};
    struct str dir = test_dir(arena), path = str_format(arena, "%.*s/mat.pdf", STR_ARG(dir)), pdf;
    struct db_read *r;
    struct file f;
    *s = (struct stamped){.paper = {.name = S("mat.pdf")}};
    if (file_store_open(dir, INT64_C(300) << 20, &read_limits_usual).why || office_open(db, arena, &s->o).why ||
        !scan_write_pdf(&scan, str_z(arena, path)) || whole_file(arena, path, &pdf).why) {
        return false;
    }
    s->paper.size = (int64_t)pdf.len;
    if (upload(&s->o, &s->paper, pdf, &s->id).why || db_begin_read(db, arena, &r).why) {
        return false;
    }
    struct err e = file_find(r, arena, s->paper.file, &f);
    db_end_read(r);
    e = e.why ? e : file_whole(arena, &f, &s->bytes);
    read_all(db);
    return !e.why && access(str_z(arena, s->bytes), F_OK) == 0;
}

static struct document_seal_list_rows seals_of(struct stamped *s) {
    struct db_read *r;
    struct document_seal_list_rows seals = {0};
    if (!db_begin_read(s->o.db, s->o.arena, &r).why) {
        err_ignore(document_seal_list(r, (struct document_seal_list_in){s->id}, &seals));
        db_end_read(r);
    }
    return seals;
}

static bool has_paper(struct stamped *s) {
    struct db_read *r;
    struct document_main_file_row *held = NULL;
    if (!db_begin_read(s->o.db, s->o.arena, &r).why) {
        err_ignore(document_main_file(r, (struct document_main_file_in){s->id}, &held));
        db_end_read(r);
    }
    return held != NULL;
}

static void check_destroyed(struct stamped *s) {
    struct document_by_id_row *d = doc_of(&s->o, s->id);
    struct document_fact_list_rows facts;
    struct db_read *r;
    struct file f;
    CHECK_STR(d->state, S("void"));
    CHECK_STR(d->sha256, S(""));
    CHECK(!has_paper(s) && seals_of(s).n == 0);
    CHECK(access(str_z(s->o.arena, s->bytes), F_OK) != 0);
    CHECK_OK(db_begin_read(s->o.db, s->o.arena, &r));
    CHECK_ERR(file_find(r, s->o.arena, s->paper.file, &f), ERR_MISSING);
    CHECK_OK(document_fact_list(r, (struct document_fact_list_in){s->id}, &facts));
    CHECK(facts.n == 1 && str_eq(facts.at[0].name, S("secret")));
    db_end_read(r);
}

TEST_DB(
    "a scan with a secrecy stamp is held back: nobody can open it, nothing read of it stays, it is not registered") {
    struct stamped s;
    CHECK_OR_RETURN(stamped_open(db, arena, &s));
    struct document_by_id_row *d = doc_of(&s.o, s.id);
    struct db_read *r;
    struct read_page page;
    struct document_fact_list_rows facts;
    CHECK_STR(d->state, S("draft"));
    CHECK_STR(d->subject, S("Tệp tạm giữ, chờ xác nhận độ mật"));
    CHECK(seals_of(&s).n == 1 && !has_paper(&s));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_ERR(file_page(r, arena, s.paper.file, 1, &page), ERR_MISSING);
    CHECK_OK(document_fact_list(r, (struct document_fact_list_in){s.id}, &facts));
    db_end_read(r);
    CHECK(facts.n == 0);
    int64_t number;
    const struct document_typed typed = {.subject = S("Vẫn vào sổ"), .issuer = S("Công an")};
    CHECK_ERR(ACT(&s.o, &s.o.clerk, document_register(w, &s.o.clerk, s.id, &typed, &number)), ERR_CONFLICT);
}

TEST_DB("who brought it says, with a reason, that it is no state secret: it is back, read, and asked about no more") {
    struct stamped s;
    CHECK_OR_RETURN(stamped_open(db, arena, &s) && seals_of(&s).n == 1);
    struct document_seal_id seal = seals_of(&s).at[0].id;
    CHECK_ERR(ACT(&s.o, &s.o.second_clerk, document_seal_open(w, &s.o.second_clerk, s.id, seal, S("Đọc nhầm"))),
              ERR_DENIED);
    CHECK_ERR(ACT(&s.o, &s.o.clerk, document_seal_open(w, &s.o.clerk, s.id, seal, S(" "))), ERR_INVALID);
    CHECK_OK(
        ACT(&s.o, &s.o.clerk, document_seal_open(w, &s.o.clerk, s.id, seal, S("Dấu của hội thi, không phải độ mật"))));
    CHECK_ERR(ACT(&s.o, &s.o.clerk, document_seal_open(w, &s.o.clerk, s.id, seal, S("Lần nữa"))), ERR_MISSING);
    read_all(db);
    struct document_by_id_row *d = doc_of(&s.o, s.id);
    CHECK_STR(d->reading, S("read"));
    CHECK(d->sha256.len == 64 && has_paper(&s) && seals_of(&s).n == 0);
    int64_t number;
    const struct document_typed typed = {.subject = S("Hội thi"), .issuer = S("Công an")};
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_register(w, &s.o.clerk, s.id, &typed, &number)));
}

TEST_DB("said to be a state secret, it is destroyed: bytes, words and pictures; what stays is that it was refused") {
    struct stamped s;
    CHECK_OR_RETURN(stamped_open(db, arena, &s) && seals_of(&s).n == 1);
    struct document_seal_id seal = seals_of(&s).at[0].id;
    CHECK_ERR(ACT(&s.o, &s.o.second_clerk, document_seal_destroy(w, &s.o.second_clerk, s.id, seal)), ERR_DENIED);
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_seal_destroy(w, &s.o.clerk, s.id, seal)));
    check_destroyed(&s);
    int64_t number;
    const struct document_typed typed = {.subject = S("Vẫn vào sổ"), .issuer = S("Công an")};
    CHECK_ERR(ACT(&s.o, &s.o.clerk, document_register(w, &s.o.clerk, s.id, &typed, &number)), ERR_CONFLICT);
}

TEST_DB("nobody having said anything by the end of the next working day, it is destroyed") {
    struct stamped s;
    CHECK_OR_RETURN(stamped_open(db, arena, &s) && seals_of(&s).n == 1);
    struct date until = seals_of(&s).at[0].until_on;
    CHECK(date_number(until) > date_number(clock_today()));
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_seal_sweep(w, until)));
    CHECK(seals_of(&s).n == 1);
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_seal_sweep(w, date_plus(until, 1))));
    check_destroyed(&s);
}

TEST_DB("the same bytes held by another document stay there when one of the two is said to be a secret") {
    struct stamped s;
    CHECK_OR_RETURN(stamped_open(db, arena, &s) && seals_of(&s).n == 1);
    struct document_doc_id first = s.id, second;
    struct document_seal_id seal = seals_of(&s).at[0].id;
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_seal_open(w, &s.o.clerk, first, seal, S("Đọc nhầm"))));
    read_all(db);
    struct document_paper same = {.name = S("again.pdf"), .size = s.paper.size};
    struct str pdf;
    CHECK_OK(whole_file(arena, s.bytes, &pdf));
    CHECK_OK(upload(&s.o, &same, pdf, &second));
    read_all(db);
    s.id = second;
    CHECK_OR_RETURN(seals_of(&s).n == 1);
    seal = seals_of(&s).at[0].id;
    CHECK_OK(ACT(&s.o, &s.o.clerk, document_seal_destroy(w, &s.o.clerk, second, seal)));
    CHECK_STR(doc_of(&s.o, second)->state, S("void"));
    s.id = first;
    CHECK(has_paper(&s) && access(str_z(arena, s.bytes), F_OK) == 0);
}

TEST_DB("a page of ten thousand documents comes by its key, in the office's order, without counting") {
    enum { MANY = 10000 };
    struct office o;
    struct db_write *w;
    struct db_read *r;
    struct document_rows rows;
    bool more;
    CHECK_OK(office_open(db, arena, &o));
    CHECK_OK(db_begin_write(db, arena, &w));
    int64_t clerks;
    CHECK_OK(org_group(db_reading(w), o.organ, ROLE_CLERK, &clerks));
    for (int i = 1; i <= MANY; i++) {
        struct document_doc_id id = {id_new()};
        CHECK_OK(document_insert(w,
                                 (struct document_insert_in){.id = id,
                                                             .organ = o.organ.v,
                                                             .subject = S("Văn bản"),
                                                             .reading = S("none"),
                                                             .created_by = o.clerk.post.v,
                                                             .created_at = clock_now()},
                                 NULL));
        CHECK_OK(document_box_put(w,
                                  (struct document_box_put_in){
                                      .principal = clerks, .box = S("all"), .doc = id, .arrival = i, .due_day = S("")},
                                  NULL));
        CHECK_OK(document_count_more(w, (struct document_count_more_in){id}, NULL));
    }
    CHECK_OK(db_commit(w));
    CHECK(office_count(&o, &o.clerk, DOCUMENT_BOX_ALL) == MANY);
    CHECK_OK(db_begin_read(db, arena, &r));
    struct document_place after = {0};
    const struct document_filter all = {.box = DOCUMENT_BOX_ALL};
    int64_t expected = MANY;
    for (int page = 0; page < 30; page++) {
        CHECK_OK(
            document_list(r, &o.clerk, &(struct document_list_asked){&all, after, clock_today(), 20}, &rows, &more));
        CHECK(rows.n == 20 && more);
        for (size_t i = 0; i < rows.n; i++) {
            CHECK(rows.at[i].arrival == expected--);
        }
        after =
            (struct document_place){.arrival = rows.at[19].arrival, .doc = rows.at[19].id.v, .line = rows.at[19].line};
    }
    CHECK_OK(document_list(r, &o.stranger,
                           &(struct document_list_asked){.filter = &all, .today = clock_today(), .limit = 20}, &rows,
                           &more));
    CHECK(rows.n == 0);
    db_end_read(r);
}

/* ---- A reader that is killed */

static struct err file_row(struct db *db, struct arena *arena, struct document_doc_id id,
                           struct document_file_by_id_row **row, struct document_reading_state *s) {
    struct db_read *r;
    struct document_main_file_row *main_file;
    struct file file;
    TRY(db_begin_read(db, arena, &r));
    struct err e = document_main_file(r, (struct document_main_file_in){id}, &main_file);
    e = e.why ? e : document_file_by_id(r, (struct document_file_by_id_in){main_file->id}, row);
    e = e.why ? e : file_find(r, arena, (*row)->file, &file);
    e = e.why ? e : document_reading_state(r, id, &file, s);
    db_end_read(r);
    return e;
}

/* Works, and works again when the pause is over, as often as said. */
static void read_at_times(struct db *db, int times) {
    for (int i = 0; i < times; i++) {
        read_all(db);
        clock_freeze((struct instant){clock_now().ms + 15 * 60000});
    }
}

static struct err again(struct office *o, struct document_doc_id id, struct document_file_id file) {
    struct db_write *w;
    TRY(office_begin(o, &o->clerk, &w));
    return office_end(w, document_file_again(w, &o->clerk, id, file));
}

TEST_DB("a paper whose reader is killed is tried again by itself, and by hand when that was not enough") {
    struct office o;
    struct document_doc_id id;
    struct document_file_by_id_row *row;
    struct document_reading_state s;
    CHECK_OK(file_store_open(test_dir(arena), INT64_C(300) << 20, &read_limits_usual));
    CHECK_OK(office_open(db, arena, &o));
    const struct demo_letter l = {.issuer = &demo_issuers[5],
                                  .about = &demo_subjects[0],
                                  .code = S("1188/SNNMT-GN"),
                                  .subject = S("Về việc cung cấp số liệu hộ nghèo"),
                                  .type_name = S("Công văn"),
                                  .issued_on = {2025, 11, 20}};
    struct str pdf = demo_letter_pdf(arena, &l);
    struct document_paper paper = {.name = S("1188.pdf"), .size = (int64_t)pdf.len};
    CHECK_OK(upload(&o, &paper, pdf, &id));
    read_child_fail(3);
    read_at_times(db, 2);
    CHECK_OK(file_row(db, arena, id, &row, &s));
    CHECK(s.is_reading && !s.may_again);
    CHECK_ERR(again(&o, id, row->id), ERR_CONFLICT);
    read_at_times(db, 2);
    CHECK_STR(doc_of(&o, id)->reading, S("read"));
    CHECK_ERR(again(&o, id, row->id), ERR_CONFLICT);
    struct demo_letter m = l;
    m.code = S("1189/SNNMT-GN");
    struct str other = demo_letter_pdf(arena, &m);
    struct document_paper second = {.name = S("1189.pdf"), .size = (int64_t)other.len};
    CHECK_OK(upload(&o, &second, other, &id));
    read_child_fail(1000);
    read_at_times(db, 10);
    CHECK_OK(file_row(db, arena, id, &row, &s));
    CHECK(s.is_stopped && s.may_again && str_find(s.fault, S("tệp không có lỗi"), 0) != SIZE_MAX);
    read_child_fail(0);
    CHECK_OK(again(&o, id, row->id));
    read_at_times(db, 1);
    CHECK_STR(doc_of(&o, id)->reading, S("read"));
    CHECK_OK(file_row(db, arena, id, &row, &s));
    CHECK(!s.may_again && !s.faulty);
    clock_freeze((struct instant){0});
}
