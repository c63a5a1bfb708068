/* Comparing wordings: what is marked, what counts as moved, and that nothing of either text is lost. */
#include "modules/law/law_diff.h"
#include "base/arena.h"
#include "base/buf.h"
#include "tests/test.h"

static struct str joined(struct arena *a, struct law_diff_pieces p, const char *open, const char *close) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < p.n; i++) {
        buf_put(&b, p.at[i].is_changed ? str_of(open) : S(""));
        buf_put(&b, p.at[i].text);
        buf_put(&b, p.at[i].is_changed ? str_of(close) : S(""));
    }
    return buf_str(&b);
}

TEST("only the syllables that changed are marked, on each side its own") {
    struct law_diff_pieces l, r;
    law_diff_words(arena, S("Phạt tiền từ 100.000 đồng đến 200.000 đồng đối với người điều khiển"),
                   S("Phạt tiền từ 300.000 đồng đến 400.000 đồng đối với người điều khiển xe"), &l, &r);
    CHECK_STR(joined(arena, l, "[", "]"), S("Phạt tiền từ [100.000 ]đồng đến [200.000 ]đồng đối với người điều khiển"));
    CHECK_STR(joined(arena, r, "[", "]"),
              S("Phạt tiền từ [300.000 ]đồng đến [400.000 ]đồng đối với người điều khiển [xe]"));
}

TEST("a lone kept syllable between two changes is read as changed") {
    struct law_diff_pieces l, r;
    law_diff_words(arena, S("do Bộ trưởng quyết định"), S("do Chính phủ trưởng ban quyết định"), &l, &r);
    CHECK_STR(joined(arena, l, "[", "]"), S("do [Bộ trưởng ]quyết định"));
    CHECK_STR(joined(arena, r, "[", "]"), S("do [Chính phủ trưởng ban ]quyết định"));
}

TEST("different white space is no change") {
    struct law_diff_pieces l, r;
    law_diff_words(arena, S("một  hai\nba\u00a0bốn"), S("một hai ba bốn"), &l, &r);
    CHECK_STR(joined(arena, l, "[", "]"), S("một  hai\nba\u00a0bốn"));
    CHECK_STR(joined(arena, r, "[", "]"), S("một hai ba bốn"));
}

TEST("an empty text compares with anything") {
    struct law_diff_pieces l, r;
    law_diff_words(arena, S(""), S("mới có"), &l, &r);
    CHECK(l.n == 0);
    CHECK_STR(joined(arena, r, "[", "]"), S("[mới có]"));
    law_diff_words(arena, S(""), S(""), &l, &r);
    CHECK(l.n == 0 && r.n == 0);
}

TEST("likeness is one for the same words in any case, none for others, and symmetric") {
    CHECK(law_diff_alike(arena, S("Ủy ban nhân dân cấp xã"), S("ỦY BAN NHÂN DÂN CẤP XÃ")) == 1);
    CHECK(law_diff_alike(arena, S("một hai ba"), S("bốn năm sáu")) == 0);
    CHECK(law_diff_alike(arena, S("một hai ba bốn"), S("một hai ba năm")) ==
          law_diff_alike(arena, S("một hai ba năm"), S("một hai ba bốn")));
    CHECK(law_diff_alike(arena, S(""), S("")) == 1);
}

static struct law_diff_row row_of(struct law_diff_rows rows, long before, long after) {
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].before == before && rows.at[i].after == after) {
            return rows.at[i];
        }
    }
    return (struct law_diff_row){.before = -2};
}

static const char five[] = "Mặt trận Tổ quốc Việt Nam phối hợp với các cơ quan nhà nước chăm lo bảo vệ quyền lợi";
static const char six[] = "Quốc hội, Chủ tịch nước, Chính phủ tạo điều kiện để Mặt trận hoạt động có hiệu quả";

TEST("a renumbered article is found by its words, and what stands in its place now is new") {
    struct law_diff_place before[] = {{S("art_1"), S("Phạm vi điều chỉnh của Luật này là như sau")},
                                      {S("art_5"), str_of(five)},
                                      {S("art_6"), str_of(six)}};
    struct law_diff_place after[] = {{S("art_1"), S("Phạm vi điều chỉnh của Luật này là như sau")},
                                     {S("art_5"), S("Người nước ngoài được mời tham gia khi có quyết định")},
                                     {S("art_6"), str_of(five)},
                                     {S("art_7"), str_of(six)}};
    struct law_diff_rows rows =
        law_diff(arena, (struct law_diff_places){before, 3}, (struct law_diff_places){after, 4});
    CHECK(rows.n == 4);
    CHECK(row_of(rows, 0, 0).kind == LAW_DIFF_SAME);
    CHECK(row_of(rows, 1, 2).kind == LAW_DIFF_MOVED_PLACE);
    CHECK(row_of(rows, 2, 3).kind == LAW_DIFF_MOVED_PLACE);
    CHECK(row_of(rows, LAW_DIFF_NONE, 1).kind == LAW_DIFF_ADDED);
}

TEST("a removed place stands where it stood, and a wholly different one under the same number is replaced") {
    struct law_diff_place before[] = {{S("a"), S("một hai ba bốn năm sáu bảy")},
                                      {S("b"), S("tám chín mười trăm nghìn vạn triệu")},
                                      {S("c"), S("xuân hạ thu đông bốn mùa nối nhau")}};
    struct law_diff_place after[] = {{S("a"), S("một hai ba bốn năm sáu bảy")},
                                     {S("c"), S("đông tây nam bắc tám phương trời đất")}};
    struct law_diff_rows rows =
        law_diff(arena, (struct law_diff_places){before, 3}, (struct law_diff_places){after, 2});
    CHECK_OR_RETURN(rows.n == 3);
    CHECK(rows.at[1].kind == LAW_DIFF_REMOVED && rows.at[1].before == 1);
    CHECK(rows.at[2].kind == LAW_DIFF_CHANGED && rows.at[2].left.n == 1 && rows.at[2].right.n == 1);
}

TEST("two texts with nothing in common, however long, are compared at once and whole") {
    struct buf x = buf_in(arena), y = buf_in(arena);
    for (int i = 0; i < 20000; i++) {
        buf_printf(&x, "x%d ", i);
        buf_printf(&y, "y%d ", i);
    }
    struct law_diff_pieces l, r;
    law_diff_words(arena, buf_str(&x), buf_str(&y), &l, &r);
    CHECK(l.n == 1 && r.n == 1 && l.at[0].is_changed && r.at[0].is_changed);
    CHECK_STR(joined(arena, l, "", ""), buf_str(&x));
}
