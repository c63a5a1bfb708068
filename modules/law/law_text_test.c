/* Traps of legal text, each in a few lines. */
#include "modules/law/law_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/test.h"

#include <string.h>

static struct law_tree read(struct arena *a, const char *text) {
    struct law_tree tree;
    law_text_read(a, str_of(text), &tree);
    return tree;
}

static const struct law_node *at(const struct law_tree *tree, const char *eid) {
    for (size_t i = 0; i < tree->nodes.n; i++) {
        if (str_eq(tree->nodes.at[i].eid, str_of(eid))) {
            return &tree->nodes.at[i];
        }
    }
    static const struct law_node none = {.text = S_INIT("no such place"), .heading = S_INIT("no such place")};
    return &none;
}

static bool has(const struct law_tree *tree, const char *eid) {
    for (size_t i = 0; i < tree->nodes.n; i++) {
        if (str_eq(tree->nodes.at[i].eid, str_of(eid))) {
            return true;
        }
    }
    return false;
}

static size_t flags(const struct law_tree *tree, const char *kind) {
    size_t n = 0;
    for (size_t i = 0; i < tree->flags.n; i++) {
        n += str_eq(tree->flags.at[i].kind, str_of(kind));
    }
    return n;
}

TEST("a law's head, chapters, articles, clauses and points are found with their words") {
    struct law_tree t = read(
        arena,
        "QUỐC HỘI\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "Luật số: 75/2015/QH13\n\nHà Nội, ngày 09 tháng 06 năm 2015\n\nLUẬT\n\nMẶT TRẬN TỔ QUỐC VIỆT NAM\n\n"
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n\nQuốc hội ban hành Luật Mặt trận.\n\n"
        "Chương I\n\nNHỮNG QUY ĐỊNH CHUNG\n\nĐiều 1. Vị trí\n\nMặt trận là liên minh.\n\nLà cơ sở.\n\n"
        "Điều 2. Tổ chức\n\n1. Cơ quan gồm:\n\na) Ở trung ương;\n\nb) Ở địa phương.\n\n2. Kinh phí.\n\n"
        "Điều 3. Hiệu lực thi hành\n\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2016.\n\n"
        "Luật này đã được Quốc hội thông qua ngày 09 tháng 6 năm 2015.\n\nCHỦ TỊCH QUỐC HỘI\n\nNguyễn Sinh Hùng\n");
    CHECK_STR(t.head.issuer, S("QUỐC HỘI"));
    CHECK_STR(t.head.code, S("75/2015/QH13"));
    CHECK_STR(t.head.type_name, S("Luật"));
    CHECK_STR(t.head.title, S("MẶT TRẬN TỔ QUỐC VIỆT NAM"));
    CHECK_STR(t.head.place, S("Hà Nội"));
    CHECK_STR(date_iso(arena, t.head.issued_on), S("2015-06-09"));
    CHECK_STR(date_iso(arena, t.head.effective_on), S("2016-01-01"));
    CHECK_STR(t.head.signer, S("Nguyễn Sinh Hùng"));
    CHECK_STR(t.head.signer_post, S("CHỦ TỊCH QUỐC HỘI"));
    CHECK(str_starts(t.head.preamble, S("Căn cứ Hiến pháp")) && str_ends(t.head.preamble, S("Luật Mặt trận.")));
    CHECK(str_starts(t.head.closing, S("Luật này đã được Quốc hội")));
    CHECK(t.articles == 3 && t.flags.n == 0);
    CHECK_STR(at(&t, "chp_I")->heading, S("NHỮNG QUY ĐỊNH CHUNG"));
    CHECK_STR(at(&t, "art_1")->heading, S("Vị trí"));
    CHECK_STR(at(&t, "art_1")->text, S("Mặt trận là liên minh.\n\nLà cơ sở."));
    CHECK_STR(at(&t, "art_2__cl_1__pt_b")->text, S("Ở địa phương."));
    CHECK_STR(at(&t, "art_2__cl_2")->text, S("Kinh phí."));
    CHECK(t.nodes.at[at(&t, "art_2__cl_1__pt_a")->article].level == LAW_ARTICLE);
}

TEST("điểm đ, Điều 4a and khoản 1a are the next in their rows") {
    struct law_tree t = read(
        arena, "Điều 4. Một\n\n1. Gồm:\n\na) A;\n\nb) B;\n\nb1) B1;\n\nc) C;\n\nd) D;\n\nđ) Đ;\n\ne) E;\n\ng) G.\n\n"
               "1a. Thêm.\n\n2. Hai.\n\nĐiều 4a. Chèn\n\nLời.\n\nĐiều 5. Năm\n\nLời.\n");
    CHECK(has(&t, "art_4__cl_1__pt_b1") && has(&t, "art_4__cl_1__pt_dd") && has(&t, "art_4__cl_1__pt_g"));
    CHECK(has(&t, "art_4__cl_1a") && has(&t, "art_4a") && has(&t, "art_5"));
    CHECK(str_cmp(at(&t, "art_4")->sort_key, at(&t, "art_4a")->sort_key) < 0);
    CHECK(str_cmp(at(&t, "art_4__cl_2")->sort_key, at(&t, "art_4a")->sort_key) < 0);
    CHECK(str_cmp(at(&t, "art_4a")->sort_key, at(&t, "art_5")->sort_key) < 0);
    CHECK(str_cmp(at(&t, "art_4__cl_1__pt_d")->sort_key, at(&t, "art_4__cl_1__pt_dd")->sort_key) < 0);
    CHECK(str_cmp(at(&t, "art_4__cl_1__pt_b")->sort_key, at(&t, "art_4__cl_1__pt_b1")->sort_key) < 0);
    CHECK(flags(&t, "order") == 1); /* Điều 4 without 1 to 3 */
}

TEST("a place inserted by a later law sorts between its neighbours, wherever it comes from") {
    struct law_tree t = read(
        arena, "Chương I\nCHUNG\n\nĐiều 1. A\n\nLời.\n\nChương II\nRIÊNG\n\nĐiều 2. B\n\nLời.\n\nĐiều 3. C\n\nLời.\n");
    struct str key = law_sort_key(arena, at(&t, "chp_II")->sort_key, LAW_ARTICLE, S("2a"));
    CHECK(str_cmp(at(&t, "art_2")->sort_key, key) < 0 && str_cmp(key, at(&t, "art_3")->sort_key) < 0);
}

TEST("whole articles between quotation marks are new wording, not articles of the amending law") {
    struct law_tree t = read(arena, "Điều 1. Sửa đổi Luật Cảnh vệ\n\n1. Sửa đổi Điều 11 và Điều 12 như sau:\n\n“Điều "
                                    "11. Chế độ\n\n1. Đối với “người đứng đầu”:\n\n"
                                    "a) Được bảo vệ;\n\n2. Khác.\n\nĐiều 12. Khác\n\nLời.”.\n\n2. Bãi bỏ khoản 3 Điều "
                                    "20.\n\nĐiều 2. Hiệu lực\n\nLời.\n");
    CHECK(t.articles == 2 && t.nodes.n == 4);
    CHECK_OR_RETURN(t.quotes.n == 1);
    CHECK(t.quotes.at[0].is_block && !t.quotes.at[0].is_open);
    CHECK_STR(t.nodes.at[t.quotes.at[0].node].eid, S("art_1__cl_1"));
    struct str quoted = str_slice(t.text, t.quotes.at[0].from, t.quotes.at[0].to);
    CHECK(str_starts(quoted, S("Điều 11. Chế độ")) && str_ends(quoted, S("Lời.")));
    CHECK(str_ends(at(&t, "art_1__cl_1")->text, S("Lời.”.")));
}

TEST("straight quotation marks hold whole articles too") {
    struct law_tree t = read(arena, "Điều 1. Sửa đổi\n\n1. Điều 5 được sửa đổi như sau:\n\n\"Điều 5. Từ \"hộ\" và "
                                    "\"ấp\"\n\n1. Một.\n\n2. Hai.\".\n\n"
                                    "2. Thay cụm từ \"huyện\" bằng cụm từ \"xã\".\n\nĐiều 2. Cuối\n\nLời.\n");
    CHECK(t.articles == 2 && t.nodes.n == 4);
    CHECK_OR_RETURN(t.quotes.n == 3);
    CHECK(t.quotes.at[0].is_block && !t.quotes.at[1].is_block && !t.quotes.at[2].is_block);
    CHECK_STR(str_slice(t.text, t.quotes.at[1].from, t.quotes.at[1].to), S("huyện"));
    CHECK_STR(str_slice(t.text, t.quotes.at[2].from, t.quotes.at[2].to), S("xã"));
}

TEST("a quotation mark that is never closed ends where the law goes on, and is flagged") {
    struct law_tree t = read(
        arena,
        "Điều 1. Sửa đổi\n\n1. Sửa đổi Điều 5 như sau:\n\n“Điều 5. Tên\n\n1. Một.\n\n2. Sửa đổi khoản 3 như sau:\n\n"
        "“3. Ba.”.\n\nĐiều 2. Cuối\n\nLời.\n");
    CHECK(has(&t, "art_1__cl_2") && has(&t, "art_2"));
    CHECK(flags(&t, "quote") == 1);
    CHECK(!has(&t, "art_5"));
}

TEST("a stray quotation mark does not swallow the rest of the law") {
    struct law_tree t =
        read(arena, "Điều 1. Tên\n\nTừ “hộ nghèo là hộ.\n\nĐiều 2. Tên\n\nLời.\n\nĐiều 3. Tên\n\nLời.\n");
    CHECK(t.articles == 3 && flags(&t, "quote") == 1);
}

TEST("articles begin anew in a regulation issued with a decision, and carry its name") {
    struct law_tree t = read(
        arena,
        "QUYẾT ĐỊNH\nVề việc ban hành Quy chế\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế.\n\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\nNơi nhận:\n- Như Điều 2;\n\nCHỦ TỊCH\n\nTrần Văn A\n\n"
        "QUY CHẾ\nLÀM VIỆC\n(Ban hành kèm theo Quyết định số 1/QĐ)\n\nChương I\nCHUNG\n\nĐiều 1. Phạm vi\n\nLời.\n\n"
        "Điều 2. Đối tượng\n\nLời.\n\nPhụ lục I\nBIỂU MẪU\n\n1. Một.\n");
    CHECK(has(&t, "art_1") && has(&t, "art_2") && has(&t, "annex__art_1") && has(&t, "annex__art_2"));
    CHECK_OR_RETURN(has(&t, "annex_I"));
    CHECK_STR(at(&t, "annex__art_1")->heading, S("Phạm vi"));
    CHECK_STR(t.nodes.at[at(&t, "annex__art_2")->annex].eid, S("annex"));
    CHECK(at(&t, "art_2")->annex == LAW_NO_NODE);
    CHECK(str_starts(at(&t, "annex")->heading, S("QUY CHẾ\nLÀM VIỆC")));
    CHECK(str_cmp(at(&t, "art_2")->sort_key, at(&t, "annex")->sort_key) < 0);
    CHECK_STR(t.head.signer, S("Trần Văn A"));
}

TEST("an article whose number recognition broke is read by its place, and flagged") {
    struct law_tree t = read(arena, "Điều L. Phạm vi\n\nLời.\n\nĐiều 2. Đối tượng\n\nLời.\n\nĐiền 3. Khác\n\nLời.\n");
    CHECK(has(&t, "art_1") && has(&t, "art_2") && has(&t, "art_3"));
    CHECK(flags(&t, "ocr") == 2);
}

TEST("a point d) where đ) must stand is đ") {
    struct law_tree t = read(arena, "Điều 1. Tên\n\na) A;\n\nb) B;\n\nc) C;\n\nd) D;\n\nd) Đ;\n\ne) E.\n");
    CHECK(has(&t, "art_1__pt_dd") && has(&t, "art_1__pt_e") && flags(&t, "ocr") == 1);
}

TEST("a clause that lost its stop is a clause when the row goes on") {
    struct law_tree t =
        read(arena, "Điều 1. Tên\n\n1 Xây dựng và sử dụng cơ sở hạ tầng thông tin.\n\n2. Thu thập.\n\n3. Ba.\n");
    CHECK(has(&t, "art_1__cl_1") && has(&t, "art_1__cl_3") && flags(&t, "ocr") == 1);
}

TEST("a heading may stand on the next line or go on over lines, and one that is missing is flagged") {
    struct law_tree t =
        read(arena, "Điều 1.\nPhạm vi điều chỉnh\n\nLời một.\n\nĐiều 2. Quyền và nghĩa vụ của cơ quan,\ntổ chức, cá "
                    "nhân\n\nLời hai.\n\n"
                    "Điều 3. Tên ba\n\nLời ba.\n\nĐiều 4. Cơ quan, tổ chức có trách nhiệm thi hành Luật này.\n");
    CHECK_STR(at(&t, "art_1")->heading, S("Phạm vi điều chỉnh"));
    CHECK_STR(at(&t, "art_1")->text, S("Lời một."));
    CHECK_STR(at(&t, "art_2")->heading, S("Quyền và nghĩa vụ của cơ quan,\ntổ chức, cá nhân"));
    CHECK_STR(at(&t, "art_4")->heading, S(""));
    CHECK_STR(at(&t, "art_4")->text, S("Cơ quan, tổ chức có trách nhiệm thi hành Luật này."));
    CHECK(flags(&t, "missing_title") == 1);
}

TEST("a list of numbers inside a clause is no clause, and is flagged") {
    struct law_tree t = read(
        arena, "Điều 1. Tên\n\n1. Một:\n\na) A;\n\n2. Hai gồm các bước:\n\n1. Bước một.\n\n2. Bước hai.\n\n3. Ba.\n");
    CHECK(has(&t, "art_1__cl_3") && !has(&t, "art_1__cl_1-2"));
    CHECK(str_find(at(&t, "art_1__cl_2")->text, S("1. Bước một."), 0) != SIZE_MAX);
    CHECK(flags(&t, "order") == 1);
}

TEST("a gap between articles and between clauses is said") {
    struct law_tree t = read(arena, "Điều 1. A\n\n1. Một.\n\n3. Ba.\n\nĐiều 4. B\n\nLời.\n");
    CHECK(has(&t, "art_1__cl_3") && has(&t, "art_4") && flags(&t, "order") == 2);
}

TEST("words that name an article at a line's beginning do not open one") {
    struct law_tree t = read(arena, "Điều 1. A\n\nTheo quy định tại\nĐiều 5 của Luật này và\nĐiều 7.2.NĐ.3.40 của bộ "
                                    "pháp điển.\n\nĐiều 2. B\n\nLời.\n");
    CHECK(t.articles == 2);
}

TEST("old articles without headings keep all their words") {
    struct law_tree t = read(arena, "Điều 1\n\n1- Công dân có quyền khiếu nại.\n\n2- Công dân có quyền tố cáo.\n\nĐiều "
                                    "2\n\nNgười khiếu nại là công dân.\n");
    CHECK(t.articles == 2 && has(&t, "art_1__cl_2"));
    CHECK_STR(at(&t, "art_2")->text, S("Người khiếu nại là công dân."));
    CHECK(flags(&t, "missing_title") == 0);
}

TEST("a table stands in its place, and the words behind it go on") {
    struct law_tree t = read(arena, "Điều 1. Thuế suất\n\n1. Biểu thuế:\n\nSTT\tHàng\tThuế\n1\tThuốc "
                                    "lá\t65\n2\tRượu\t45\n\nMức này áp dụng từ 2010.\n\n"
                                    "2. Khác:\n\n| A | B |\n|---|---|\n| 1 | 2 |\n");
    CHECK_STR(at(&t, "art_1__cl_1__tbl_1")->text, S("STT\tHàng\tThuế\n1\tThuốc lá\t65\n2\tRượu\t45"));
    CHECK_STR(at(&t, "art_1__cl_1__p_1")->text, S("Mức này áp dụng từ 2010."));
    CHECK(has(&t, "art_1__cl_2__tbl_1"));
    CHECK(str_cmp(at(&t, "art_1__cl_1__tbl_1")->sort_key, at(&t, "art_1__cl_2")->sort_key) < 0);
}

TEST("Markdown's signs are no words of the law") {
    struct law_tree t =
        read(arena, "## Chương I\n**QUY ĐỊNH CHUNG**\n\n### Điều 1. Phạm vi\n\n**1.** Một.\n\n2. Hai.\n");
    CHECK_STR(at(&t, "chp_I")->heading, S("QUY ĐỊNH CHUNG"));
    CHECK_STR(at(&t, "art_1")->heading, S("Phạm vi"));
    CHECK(has(&t, "art_1__cl_1") && has(&t, "art_1__cl_2"));
}

TEST("a paper without articles is divided by its Roman and plain numbers") {
    struct law_tree t = read(
        arena,
        "CHỈ THỊ\nVề công tác Mặt trận\n\nThời gian qua, công tác đạt kết quả.\n\nI. MỤC ĐÍCH\n\n1. Một:\n\na) "
        "A;\n\n1.1. Nhỏ.\n\n"
        "2. Hai.\n\nII. NHIỆM VỤ\n\n1. Một nữa.\n\nNơi nhận:\n- Ban;\n\nTM. BAN THƯỜNG TRỰC\nCHỦ TỊCH\n\nLê Văn B\n");
    CHECK(has(&t, "sec_I__cl_2") && has(&t, "sec_II__cl_1") && t.articles == 0);
    CHECK(flags(&t, "no_articles") == 1);
    CHECK_STR(t.head.signer, S("Lê Văn B"));
    CHECK(str_starts(t.head.recipients, S("Nơi nhận:")) && str_ends(t.head.recipients, S("- Ban;")));
}

TEST("the text of one article is divided into clauses and points below its own label") {
    struct law_tree t;
    law_text_read_one(
        arena,
        &(struct law_one){.label = S("5"),
                          .heading = S("Tên"),
                          .text = S("Trong Luật này:\n1. Một:\na) A;\nb) B.\n2. Hai.\nĐiều 6. không phải"),
                          .eid_before = S("annex_I"),
                          .key_before = S("z0001")},
        &t);
    CHECK_STR(t.nodes.at[0].eid, S("annex_I__art_5"));
    CHECK_STR(t.nodes.at[0].text, S("Trong Luật này:"));
    CHECK(has(&t, "annex_I__art_5__cl_1__pt_b") && t.articles == 1);
    CHECK_STR(t.nodes.at[0].sort_key, S("z0001.0005"));
    CHECK(str_find(at(&t, "annex_I__art_5__cl_2")->text, S("Điều 6."), 0) != SIZE_MAX);
}

TEST("every place's words are bytes of the text, and no two places share an eid or a key") {
    struct law_tree t =
        read(arena, "Điều 1. A\n\n1. Một.\n\nĐiều 1. A\n\n1. Một.\n\nĐiều 1. A\n\nMục 1\nTÊN\n\nĐiều 2. B\n");
    for (size_t i = 0; i < t.nodes.n; i++) {
        const struct law_node *n = &t.nodes.at[i];
        CHECK(n->from <= n->to && n->to <= n->end && n->end <= t.text.len && utf8_valid(n->text));
        CHECK(n->text.len == 0 || (n->text.at >= t.text.at && n->text.at + n->text.len <= t.text.at + t.text.len));
        for (size_t j = 0; j < i; j++) {
            CHECK(!str_eq(n->eid, t.nodes.at[j].eid));
            CHECK(str_cmp(t.nodes.at[j].sort_key, n->sort_key) < 0);
        }
    }
}

TEST("a label with a stray sign in it, or a label that comes a thousand times, breaks no order") {
    struct buf b = buf_in(arena);
    for (int i = 0; i < 1010; i++) {
        BUF_LIT(&b, "Mục 1\nTÊN\n\n");
    }
    struct law_tree many = read(arena, str_z(arena, buf_str(&b))),
                    sign = read(arena, "Điều 7b. Một\n\n1. Trong đó.\n\nĐiều 7b\x02 Hai\n\n1. Khác.\n");
    CHECK(many.nodes.n == 1010 && sign.nodes.n == 4);
    const struct law_tree *trees[] = {&many, &sign};
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 1; i < trees[t]->nodes.n; i++) {
            CHECK(str_cmp(trees[t]->nodes.at[i - 1].sort_key, trees[t]->nodes.at[i].sort_key) < 0);
            CHECK(!str_eq(trees[t]->nodes.at[i - 1].eid, trees[t]->nodes.at[i].eid));
        }
    }
}
