#include "modules/assistant/assistant.h"
#include "tests/db.h"

static struct search_principals of(int64_t *principal) { return (struct search_principals){principal, 1}; }

/* An index of three documents: two the officer (7) may read, one only for the chair (9). */
static struct err make_index(struct arena *a, struct str *dir, struct search_reader **reader) {
    *dir = test_dir(a);
    static const struct {
        int64_t record, principal;
        struct str number, title, text;
    } docs[] = {
        {11, 7, S_INIT("1187/SNNMT-GN"), S_INIT("Về việc cung cấp số liệu hộ nghèo"),
         S_INIT("Để có cơ sở tổng hợp, Sở đề nghị Ủy ban Mặt trận các xã cung cấp số liệu hộ nghèo theo biểu mẫu kèm "
                "theo.\n\n"
                "Số liệu gửi về Sở Nông nghiệp và Môi trường trước ngày 23 tháng 11 năm 2026. Quá thời hạn trên coi "
                "như không có ý kiến.")},
        {12, 7, S_INIT("41/KH-MTTQ-BTT"), S_INIT("Kế hoạch tổ chức Ngày hội Đại đoàn kết"),
         S_INIT("Ngày hội Đại đoàn kết toàn dân tộc được tổ chức từ ngày 10 đến ngày 18 tháng 11 tại các khu dân cư "
                "trên địa bàn đặc khu.")},
        {13, 9, S_INIT("05/TB-MTTQ"), S_INIT("Thông báo về nhân sự chủ chốt"),
         S_INIT(
             "Phương án nhân sự chủ chốt nhiệm kỳ tới gồm chín đồng chí, giao Ban Tổ chức chuẩn bị hồ sơ kiện toàn.")},
    };
    struct search_writer *w;
    TRY(search_writer_open(*dir, &w));
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++) {
        int64_t *principal = arena_take(a, int64_t, 1);
        *principal = docs[i].principal;
        struct search_doc d = {.record = docs[i].record,
                               .kind = S("document"),
                               .number = docs[i].number,
                               .title = docs[i].title,
                               .principals = of(principal)};
        search_doc_add(a, &d, 1, docs[i].text);
        TRY(search_writer_put(w, &d));
    }
    TRY(search_writer_commit(w, 1));
    search_writer_close(w);
    return search_reader_open(*dir, reader);
}

static struct err ask_as(struct arena *a, int64_t principal, struct str question, struct assistant_answer *answer) {
    struct str dir;
    struct search_reader *reader;
    TRY(make_index(a, &dir, &reader));
    struct err e =
        assistant_ask(reader, a, &(struct assistant_question){.words = question, .principals = of(&principal)},
                      &assistant_limits_usual, answer);
    search_reader_close(reader);
    return e;
}

TEST("the assistant quotes the sentence that answers, byte for byte") {
    struct assistant_answer answer;
    CHECK_OK(ask_as(arena, 7, S("số liệu hộ nghèo gửi về sở nào, trước ngày nào"), &answer));
    CHECK_OR_RETURN(answer.is_found && answer.quotes.n > 0);
    struct assistant_quote *first = &answer.quotes.at[0];
    CHECK_OR_RETURN(first->record == 11 && first->page == 1 && first->spans.n == 1);
    struct assistant_span *span = &first->spans.at[0];
    CHECK(span->text.at == span->source.at + span->from && span->from + span->text.len <= span->source.len);
}

TEST("a question without diacritics finds the same answer") {
    struct assistant_answer answer;
    CHECK_OK(ask_as(arena, 7, S("ngay hoi dai doan ket to chuc tu ngay nao"), &answer));
    CHECK_OR_RETURN(answer.is_found && answer.quotes.n > 0);
    CHECK(answer.quotes.at[0].record == 12);
}

TEST("the assistant never quotes, nor nears, what the asker may not read") {
    struct assistant_answer answer;
    CHECK_OK(ask_as(arena, 7, S("phương án nhân sự chủ chốt nhiệm kỳ tới gồm mấy đồng chí"), &answer));
    CHECK(!answer.is_found);
    for (size_t i = 0; i < answer.quotes.n; i++) {
        CHECK(answer.quotes.at[i].record != 13);
    }
    CHECK_OK(ask_as(arena, 9, S("phương án nhân sự chủ chốt nhiệm kỳ tới gồm mấy đồng chí"), &answer));
    CHECK(answer.is_found && answer.quotes.at[0].record == 13);
}

TEST("the assistant says that it found nothing for what is not there, for nothing and for noise") {
    struct assistant_answer answer;
    CHECK_OK(ask_as(arena, 7, S("giá vàng hôm nay bao nhiêu tiền một chỉ"), &answer));
    CHECK(!answer.is_found);
    CHECK_OK(ask_as(arena, 7, S("   "), &answer));
    CHECK(!answer.is_found && answer.quotes.n == 0);
    CHECK_OK(ask_as(arena, 7, S("\"' OR 1=1 --<script>"), &answer));
    CHECK(!answer.is_found);
}

TEST("a quote is whole sentences, and never longer than asked") {
    struct str passage = S("Câu thứ nhất nói về một việc nào đó. Câu thứ hai nói về hộ nghèo và cận nghèo. Câu thứ ba "
                           "nói về việc khác hẳn.");
    struct search_range one = {str_find(passage, S("hộ nghèo"), 0), 0};
    one.to = one.from + S("hộ nghèo").len;
    struct search_range got = assistant_sentences(passage, (struct search_ranges){&one, 1}, 400);
    CHECK_STR(str_slice(passage, got.from, got.to), S("Câu thứ hai nói về hộ nghèo và cận nghèo."));
    got = assistant_sentences(S(""), (struct search_ranges){0}, 400);
    CHECK(got.from == 0 && got.to == 0);
}
