#include "modules/assistant/assistant_follow.h"
#include "tests/test.h"

TEST("a question that begins with còn, points back, or is a few words goes on from the one before") {
    CHECK(assistant_follows(arena, S("Thế còn mức phạt đối với tổ chức thì bao nhiêu?")));
    CHECK(assistant_follows(arena, S("Còn xe máy thì sao?")));
    CHECK(assistant_follows(arena, S("ai ký văn bản đó?")));
    CHECK(assistant_follows(arena, S("vay neu qua han thi ai chiu trach nhiem")));
    CHECK(assistant_follows(arena, S("Mức phạt?")));
}

TEST("a question that stands alone does not, nor does a document's number") {
    CHECK(!assistant_follows(arena, S("Thời hạn giải quyết khiếu nại lần đầu là bao nhiêu ngày?")));
    CHECK(!assistant_follows(arena, S("30/2020/NĐ-CP")));
    CHECK(!assistant_follows(arena, S("249/MTTQ-BTT nói gì")));
    CHECK(!assistant_follows(arena, S("")));
}
