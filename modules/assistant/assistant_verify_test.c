#include "modules/assistant/assistant_verify.h"
#include "base/arena.h"
#include "tests/test.h"

static const struct str passages_given[] = {
    S_INIT("1. Văn bản đến được đăng ký trong ngày, chậm nhất là trong ngày làm việc tiếp theo. Văn bản không đăng ký "
           "thì đơn vị, cá nhân không có trách nhiệm giải quyết."),
    S_INIT("2. Số liệu gửi về Sở trước ngày 23 tháng 11 năm 2026 theo Nghị định số 30/2020/NĐ-CP."),
};
static const struct assistant_passages given = {passages_given, 2};

static enum assistant_verdict verdict_of(struct arena *arena, struct str summary) {
    struct assistant_sentences s;
    assistant_verify(arena, summary, given, &s);
    return s.n == 1 ? s.at[0].verdict : 0;
}

TEST("a sentence in the words of the passage it names is kept, with its mark taken off") {
    struct assistant_sentences s;
    assistant_verify(arena, S("Văn bản đến được đăng ký trong ngày, chậm nhất là trong ngày làm việc tiếp theo [1]."),
                     given, &s);
    CHECK_OR_RETURN(s.n == 1);
    CHECK(s.at[0].verdict == ASSISTANT_KEPT && s.at[0].sources == 1 && s.at[0].source[0] == 0);
    CHECK(str_find(s.at[0].words, S("["), 0) == SIZE_MAX);
}

TEST("a mark after the full stop belongs to the sentence before it") {
    struct assistant_sentences s;
    assistant_verify(arena, S("Văn bản đến được đăng ký trong ngày. [1] Số liệu gửi về Sở trước ngày 23/11/2026. [2]"),
                     given, &s);
    CHECK_OR_RETURN(s.n == 2);
    CHECK(s.at[0].source[0] == 0 && s.at[1].source[0] == 1);
}

TEST("a sentence without a source, or with one that was not given, is dropped") {
    CHECK(verdict_of(arena, S("Văn bản đến được đăng ký trong ngày.")) == ASSISTANT_NO_SOURCE);
    CHECK(verdict_of(arena, S("Văn bản đến được đăng ký trong ngày [7].")) == ASSISTANT_NO_SOURCE);
    CHECK(verdict_of(arena, S("Văn bản đến được đăng ký trong ngày [0].")) == ASSISTANT_NO_SOURCE);
}

TEST("a sentence that says what its passage does not is dropped") {
    CHECK(verdict_of(arena, S("Văn bản đến phải được lãnh đạo thành phố phê duyệt bằng chữ ký số [1].")) ==
          ASSISTANT_OTHER_WORDS);
}

TEST("a changed number, date or document number is dropped") {
    CHECK(verdict_of(arena, S("Số liệu gửi về Sở trước ngày 24 tháng 11 năm 2026 [2].")) == ASSISTANT_OTHER_NUMBERS);
    CHECK(verdict_of(arena, S("Số liệu gửi về Sở theo Nghị định số 31/2020/NĐ-CP [2].")) == ASSISTANT_OTHER_NUMBERS);
    CHECK(verdict_of(arena, S("Số liệu gửi về Sở trước ngày 23 tháng 11 năm 2026 [2].")) == ASSISTANT_KEPT);
}

TEST("a sentence turned into its opposite is dropped") {
    CHECK(verdict_of(arena,
                     S("Văn bản đến không được đăng ký trong ngày, chậm nhất là trong ngày làm việc tiếp theo [1].")) ==
          ASSISTANT_OTHER_POLARITY);
    CHECK(verdict_of(arena, S("Văn bản không đăng ký thì đơn vị, cá nhân có trách nhiệm giải quyết [1].")) ==
          ASSISTANT_OTHER_POLARITY);
    CHECK(verdict_of(arena, S("Văn bản không đăng ký thì đơn vị, cá nhân không có trách nhiệm giải quyết [1].")) ==
          ASSISTANT_KEPT);
}

TEST("addresses, markup and code never pass") {
    CHECK(verdict_of(arena, S("Văn bản đến được đăng ký trong ngày https://x.example [1].")) == ASSISTANT_UNSAFE);
    CHECK(verdict_of(arena, S("<img src=x> Văn bản đến được đăng ký trong ngày [1].")) == ASSISTANT_UNSAFE);
    CHECK(verdict_of(arena, S("[Văn bản đến](x) được đăng ký trong ngày [1].")) == ASSISTANT_UNSAFE);
}

TEST("any bytes can come, and no more than forty sentences are looked at") {
    struct assistant_sentences s;
    assistant_verify(arena, S(""), given, &s);
    CHECK(s.n == 0);
    assistant_verify(arena, S("\xff\xfe[[[[1]]]].. [ ] [999999999999999999999999] \n\n\n"), given, &s);
    CHECK(s.n <= 40);
    struct str many = S("");
    for (int i = 0; i < 60; i++) {
        many = str_format(arena, "%.*sCâu thứ %d. ", STR_ARG(many), i);
    }
    assistant_verify(arena, many, given, &s);
    CHECK(s.n == 40);
}
