/* What is shown is what is stored, byte for byte: asked of the demonstration's library, several hundred ways. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/index/feed.h"
#include "modules/assistant/assistant.h"
#include "modules/law/law_words_test_queries.h"
#include "modules/law/law_import.h"
#include "modules/law/law_search.h"
#include "tests/db.h"

enum { ASKED_LEAST = 300, ASKED_MOST = 360 };

static struct err library_make(struct arena *a, struct db *db) {
    static const struct search_source *const sources[] = {law_sources};
    struct db_write *w;
    struct search_feed *f;
    bool more = true;
    TRY(db_begin_write(db, a, &w));
    TRY(law_demo(w, a));
    TRY(db_commit(w));
    TRY(search_feed_open(db_dir(db), sources, 1, &f));
    struct err e = OK;
    while (more && !e.why) {
        e = search_feed_run(f, db, 1000, &more);
    }
    search_feed_close(f);
    return e;
}

static struct err answer(struct db_read *r, struct str words, struct date on, struct assistant_answer *out) {
    int64_t everybody = SEARCH_EVERYBODY;
    return assistant_answer(r, &(struct assistant_question){.words = words, .principals = {&everybody, 1}, .on = on},
                            out);
}

static bool is_stored(struct db_read *r, const struct assistant_span *span) {
    struct law_words_test_one_row *row;
    struct err e = law_words_test_one(r, (struct law_words_test_one_in){span->version}, &row);
    return !e.why && row && row->provision.v == span->place.v && span->from + span->text.len <= row->text.len &&
           str_eq(str_slice(row->text, span->from, span->from + span->text.len), span->text);
}

/* What assistant_answer does with the process's one index, with this database's. */
static struct err found(struct search_reader *index, struct db_read *r, struct str words,
                        struct assistant_answer *out) {
    int64_t everybody = SEARCH_EVERYBODY;
    struct assistant_question question = {.words = words, .principals = {&everybody, 1}};
    TRY(assistant_ask(index, db_arena(r), &question, &assistant_limits_usual, out));
    return assistant_settle(r, &question, out);
}

/* How many spans were shown, and how many of them are not stored so. */
struct shown {
    size_t spans, wrong, found;
};

static void look(struct db_read *r, const struct assistant_answer *got, struct shown *s) {
    s->found += got->is_found;
    for (size_t i = 0; i < got->quotes.n; i++) {
        for (size_t k = 0; k < got->quotes.at[i].spans.n; k++) {
            s->spans++;
            s->wrong += !is_stored(r, &got->quotes.at[i].spans.at[k]);
        }
    }
}

TEST_DB("of several hundred questions every span shown is stored so, byte for byte, at the place it names") {
    struct law_words_test_all_rows all;
    struct search_reader *index;
    struct db_read *r;
    struct shown s = {0};
    size_t asked = 0;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(search_reader_open(db_dir(db), &index));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(law_words_test_all(r, &all));
    for (size_t i = 0; i < all.n && asked < ASKED_MOST; i++) {
        struct str words = all.at[i].heading.len ? all.at[i].heading : all.at[i].text;
        struct assistant_answer got;
        if (words.len < 20) {
            continue;
        }
        asked++;
        CHECK_OK(found(index, r, utf8_cut(words, 90), &got));
        look(r, &got, &s);
    }
    db_end_read(r);
    search_reader_close(index);
    CHECK(asked >= ASKED_LEAST);
    CHECK(s.spans > asked);
    CHECK(s.found > asked / 4);
    CHECK(s.wrong == 0);
}

TEST_DB("a document asked of by its number is told by its dates, on the day asked about") {
    struct assistant_answer got;
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(answer(r, S("Nghị định 30/2020 còn hiệu lực không?"), (struct date){2026, 11, 25}, &got));
    CHECK_OR_RETURN(got.is_found && got.stands.n == 1);
    CHECK_STR(got.stands.at[0].head.code, S("30/2020/NĐ-CP"));
    CHECK(got.stands.at[0].head.status == LAW_IN_FORCE &&
          date_is(got.stands.at[0].head.effective_on, (struct date){2020, 3, 5}));
    CHECK_OK(answer(r, S("Nghị định 30/2020/NĐ-CP còn hiệu lực không?"), (struct date){2020, 3, 4}, &got));
    CHECK_OR_RETURN(got.stands.n == 1);
    CHECK(got.stands.at[0].head.status == LAW_PENDING);
    CHECK_OK(answer(r, S("Is Decree 30/2020/NĐ-CP still in force?"), (struct date){0}, &got));
    CHECK(got.is_found && got.is_foreign && got.stands.n == 1);
    CHECK_OK(answer(r, S("Nghị định 999/2029/NĐ-CP còn hiệu lực không?"), (struct date){0}, &got));
    CHECK(!got.is_found && got.stands.n == 0);
    CHECK_STR(got.why, S("Thư viện chưa có văn bản mà câu hỏi nêu."));
    db_end_read(r);
}

TEST_DB("a place asked of by its name is quoted whole, and one that is not there is said not to be") {
    struct assistant_answer got;
    struct shown s = {0};
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(answer(r, S("Điều 3 Luật Mặt trận Tổ quốc Việt Nam nói gì?"), (struct date){0}, &got));
    CHECK_OR_RETURN(got.is_found && got.quotes.n == 1 && got.quotes.at[0].spans.n > 0);
    look(r, &got, &s);
    CHECK(s.wrong == 0 && s.spans == got.quotes.at[0].spans.n);
    CHECK(str_starts(got.quotes.at[0].title, S("Điều 3")));
    CHECK_OK(answer(r, S("Điều 999 Luật Mặt trận Tổ quốc Việt Nam nói gì?"), (struct date){0}, &got));
    CHECK(!got.is_found && got.quotes.n == 0);
    CHECK_STR(got.why, S("Văn bản được hỏi không có điều khoản này vào ngày ấy."));
    CHECK_OK(answer(r, S("Hợp đồng có hiệu lực khi nào theo Luật Mặt trận Tổ quốc Việt Nam?"), (struct date){0}, &got));
    CHECK(got.stands.n == 0);
    db_end_read(r);
}

TEST_DB("the day a question says is the day it is answered for") {
    struct assistant_answer got;
    struct db_read *r;
    CHECK_OK(library_make(arena, db));
    CHECK_OK(db_begin_read(db, arena, &r));
    CHECK_OK(answer(r, S("Vào năm 2010, Điều 3 Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13 nói gì?"),
                    (struct date){0}, &got));
    CHECK(got.is_day_said && date_is(got.on, (struct date){2010, 12, 31}));
    for (size_t i = 0; i < got.quotes.n; i++) {
        CHECK(!got.quotes.at[i].is_in_force);
    }
    db_end_read(r);
}
