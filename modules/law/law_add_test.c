/* A file on its way into the library: kept, read in the background, looked at, confirmed. */
#include "modules/law/law_add.h"

#include "kernel/rights/access.h"
#include "kernel/file/file.h"
#include "modules/law/law.h"
#include "modules/law/law_guard_file.h"
#include "tests/db.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char decree[] = "CHÍNH PHỦ\n\nSố: 30/2020/NĐ-CP\n\nHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công "
                             "tác văn thư\n\nCăn cứ Luật;\n\n"
                             "Điều 1. Phạm vi\n\n1. Một.\n\n2. Hai.\n\nĐiều 2. Hiệu lực thi hành\n\nNghị định này có "
                             "hiệu lực thi hành từ ngày 05 tháng 3 năm 2020.\n";

static struct upload upload_of(struct arena *a, struct str dir, const char *name, const char *text, char digit) {
    struct upload u = {.field = S("file"), .name = str_of(name), .size = (int64_t)strlen(text)};
    u.path = str_format(a, "%.*s/%s", STR_ARG(dir), name);
    FILE *f = fopen(u.path.at, "wb");
    CHECK(f && fwrite(text, 1, strlen(text), f) == strlen(text) && fclose(f) == 0);
    memset(u.sha256, digit, 64);
    return u;
}

static struct who clerk = {.post = {7001}, .roles = ROLE_CLERK};

static struct err send_in(struct db *db, struct arena *a, const struct upload *u, struct law_draft_id *id) {
    struct db_write *w;
    struct db_ids self = {&clerk.post.v, 1};
    TRY(db_begin_write(db, a, &w));
    struct err e = access_wear(w, clerk.post.v, self);
    e = e.why ? e : law_draft_add(w, &clerk, u, id);
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static void work_off(struct db *db) {
    volatile sig_atomic_t stop = 0;
    job_work(db, &(struct job_worker){
                     .stop = &stop, .kinds = law_job_kinds, .n_kinds = 2, .name = "test", .is_until_idle = true});
}

static struct law_draft_mine_row *draft_of(struct db *db, struct arena *a, struct law_draft_id id, int64_t post,
                                           struct law_file *file) {
    struct db_read *r;
    struct law_draft_mine_row *draft = NULL;
    CHECK(!db_begin_read(db, a, &r).why);
    CHECK(!law_draft_mine(r, (struct law_draft_mine_in){id, post}, &draft).why);
    if (draft && file && str_eq(draft->state, S("read"))) {
        CHECK(!law_draft_tree(r, draft, file).why);
    }
    db_end_read(r);
    return draft;
}

TEST_DB("a file sent to the library is read, shown as an outline, and becomes a work only when it is confirmed") {
    struct str dir = test_dir(arena);
    struct law_draft_id id = {0};
    struct law_file file = {0};
    struct law_work_id work = {0};
    struct db_write *w;
    CHECK(!file_store_open(dir, 10 << 20, &read_limits_usual).why);
    struct upload u = upload_of(arena, dir, "nghi-dinh.txt", decree, 'a');
    CHECK(!send_in(db, arena, &u, &id).why);
    CHECK_STR(draft_of(db, arena, id, clerk.post.v, NULL)->state, S("reading"));
    work_off(db);
    struct law_draft_mine_row *draft = draft_of(db, arena, id, clerk.post.v, &file);
    CHECK_OR_RETURN(draft && str_eq(draft->state, S("read")));
    CHECK(file.tree.articles == 2 && file.format == LAW_FORMAT_TXT);
    CHECK_STR(file.tree.head.code, S("30/2020/NĐ-CP"));
    CHECK(draft_of(db, arena, id, 7002, NULL) == NULL);
    struct law_about about = {.code = S("30/2020/NĐ-CP"),
                              .type_name = S("Nghị định"),
                              .title = S("Về công tác văn thư"),
                              .issuer = S("Chính phủ")};
    CHECK(!db_begin_write(db, arena, &w).why);
    CHECK(!law_draft_confirm(w, &clerk, draft, &about, &work).why);
    CHECK(!db_commit(w).why);
    struct db_read *r;
    struct law_wording wording;
    CHECK(!db_begin_read(db, arena, &r).why);
    CHECK(!law_wording(r, work, S("art_1__cl_2"), (struct date){2021, 1, 1}, &wording).why);
    CHECK_STR(wording.text, S("Hai."));
    db_end_read(r);
    draft = draft_of(db, arena, id, clerk.post.v, NULL);
    CHECK_STR(draft->state, S("added"));
    CHECK(!db_begin_write(db, arena, &w).why);
    CHECK(err_is(law_draft_confirm(w, &clerk, draft, &about, &work), ERR_CONFLICT));
    db_rollback(w);
}

TEST_DB("a file that is no document is refused, and a broken one is said to be so") {
    struct str dir = test_dir(arena);
    struct law_draft_id id = {0};
    CHECK(!file_store_open(dir, 10 << 20, &read_limits_usual).why);
    struct upload svg = upload_of(arena, dir, "a.svg", "<svg xmlns='x'><script>1</script></svg>", 'b');
    CHECK(err_is(send_in(db, arena, &svg, &id), ERR_INVALID));
    struct upload broken = upload_of(arena, dir, "a.xml", "<akomaNtoso><act><body></akomaNtoso>", 'c');
    CHECK(!send_in(db, arena, &broken, &id).why);
    work_off(db);
    struct law_draft_mine_row *draft = draft_of(db, arena, id, clerk.post.v, NULL);
    CHECK_OR_RETURN(draft);
    CHECK_STR(draft->state, S("failed"));
    CHECK(draft->fault.len > 0);
}
