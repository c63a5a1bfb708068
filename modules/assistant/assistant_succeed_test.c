/* What was in force once leads to what the act that ended it says instead. */
#include "base/arena.h"
#include "kernel/index/feed.h"
#include "modules/assistant/assistant.h"
#include "modules/law/law_search.h"
#include "modules/law/law_store.h"
#include "tests/db.h"

static const char old_decree[] =
    "CHÍNH PHỦ\nSố: 11/2019/NĐ-CP\nHà Nội, ngày 30 tháng 12 năm 2019\n\nNGHỊ ĐỊNH\nQuy định xử phạt trong chợ\n\n"
    "Điều 5. Xử phạt người bán hàng rong\nPhạt tiền 100.000 đồng đối với người bán hàng rong không giữ vệ sinh.\n\n"
    "Điều 6. Xử phạt chủ sạp cố định\nPhạt tiền 500.000 đồng đối với chủ sạp cố định không giữ vệ sinh.\n\n"
    "Điều 7. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2020.\n";
static const char new_decree[] =
    "CHÍNH PHỦ\nSố: 22/2024/NĐ-CP\nHà Nội, ngày 26 tháng 12 năm 2024\n\nNGHỊ ĐỊNH\nQuy định vệ sinh nơi mua bán\n\n"
    "Điều 8. Người bán hàng lưu động\nPhạt tiền 300.000 đồng đối với người bán hàng lưu động không giữ vệ sinh.\n\n"
    "Điều 9. Xử phạt chủ sạp, quầy cố định\nPhạt tiền 900.000 đồng đối với chủ sạp, quầy cố định không giữ vệ sinh.\n\n"
    "Điều 10. Bãi bỏ một số điều của Nghị định số 11/2019/NĐ-CP\n1. Bãi bỏ Điều 6.\n\n"
    "Điều 11. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.\n";

static struct err put(struct db *db, struct arena *a, const char *text, struct law_work_id *work) {
    struct law_tree tree;
    struct law_store in = {0};
    struct law_stored done = {0};
    struct db_write *w;
    law_text_read(a, str_of(text), &tree);
    TRY(db_begin_write(db, a, &w));
    struct err e = law_store_tree(w, &tree, &in, &done);
    *work = done.work;
    if (e.why) {
        db_rollback(w);
        return e;
    }
    return db_commit(w);
}

static struct err index_all(struct db *db) {
    static const struct search_source *const sources[] = {law_sources};
    struct search_feed *f;
    bool more = true;
    TRY(search_feed_open(db_dir(db), sources, 1, &f));
    struct err e = OK;
    while (more && !e.why) {
        e = search_feed_run(f, db, 1000, &more);
    }
    search_feed_close(f);
    return e;
}

static struct assistant_answer past_of(struct arena *a, struct law_work_id work, struct law_wording w, struct date on) {
    struct assistant_answer past = {.is_past = true, .on = on, .sure = 0.6};
    struct assistant_quote q = {
        .record = w.provision.v,
        .whole = work.v,
        .kind = S("law"),
        .number = S("11/2019/NĐ-CP"),
        .title = str_format(a, "Điều %.*s. %.*s — Nghị định 11/2019/NĐ-CP", STR_ARG(w.label), STR_ARG(w.heading)),
        .text = w.text};
    LIST_ADD(a, &past.quotes, q);
    return past;
}

TEST_DB("a place that was repealed leads to the place of the repealing act that is most like it; one that was not, "
        "nowhere") {
    int64_t everybody = SEARCH_EVERYBODY;
    struct assistant_question q = {.words = S("Chủ sạp không giữ vệ sinh bị phạt bao nhiêu?"),
                                   .principals = {&everybody, 1}};
    struct date today = {2026, 11, 30};
    struct law_work_id old, act;
    struct law_wording w;
    struct search_reader *index;
    struct db_read *r;
    CHECK_OK(put(db, arena, old_decree, &old));
    CHECK_OK(put(db, arena, new_decree, &act));
    CHECK_OK(index_all(db));
    CHECK_OK(search_reader_open(db_dir(db), &index));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_wording(r, old, S("art_6"), (struct date){2021, 1, 1}, &w));
    struct assistant_answer answer = past_of(arena, old, w, today);
    CHECK_OK(assistant_succeed(r, index, &q, &answer));
    CHECK_OR_RETURN(answer.is_found && !answer.is_past && answer.quotes.n > 0);
    CHECK(answer.quotes.at[0].whole == act.v);
    CHECK(str_starts(answer.quotes.at[0].title, S("Điều 9")));
    CHECK(str_starts(answer.why, S("Quy định trước đây (Điều 6, 11/2019/NĐ-CP) đã được bãi bỏ")));
    CHECK_OK(law_wording(r, old, S("art_5"), (struct date){2021, 1, 1}, &w));
    struct assistant_answer other = past_of(arena, old, w, today);
    CHECK_OK(assistant_succeed(r, index, &q, &other));
    CHECK(!other.is_found && other.is_past && other.quotes.n == 1);
    db_end_read(r);
    search_reader_close(index);
}
