/* What goes out comes back as the same tree. */
#include "modules/law/law_out.h"

#include "read/inside.h"
#include "modules/law/law_format.h"

#include "base/utf8.h"
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

static const char paper[] =
    "CHÍNH PHỦ\n\nSố: 30/2020/NĐ-CP\n\nHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác <văn thư> & lưu "
    "trữ\n\n"
    "Căn cứ Luật Tổ chức Chính phủ;\n\nChính phủ ban hành Nghị định.\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm "
    "vi\n\nLời dẫn:\n\n"
    "1. Một:\n\na) A;\n\nđ) Đ.\n\nĐiều 2. Bảng\n\n1. Như sau:\n\nSTT\tTên\n1\tTem \"A\"\n\nSau bảng.\n\n2. Sửa đổi như "
    "sau:\n\n"
    "“Điều 9. Mới\n\n1. Lời mới.”.\n\nChương II\nTHI HÀNH\n\nMục 1\nMỘT\n\nĐiều 3. Hiệu lực thi hành\n\n"
    "Nghị định này có hiệu lực thi hành từ ngày 05 tháng 3 năm 2020.\n\nNơi nhận:\n- Ban Bí thư;\n\nTM. CHÍNH PHỦ\nTHỦ "
    "TƯỚNG\n\nNguyễn Xuân Phúc\n\n"
    "Phụ lục I\nTHỂ THỨC\n\nĐiều 1. Khổ giấy\n\nA4.\n\nPhụ lục II\nMẪU\n\nLời của mẫu.\n";

static struct law_tree back(struct arena *a, enum file_type type, struct str bytes) {
    struct read_task task = {.what = READ_WHAT_WHOLE, .type = type, .limits = read_limits_usual, .bytes = bytes};
    struct read_answer answer = {0};
    struct law_file file = {0};
    read_task_do(a, &task, &answer);
    CHECK(answer.fault == READ_FINE);
    law_file_of_whole(a, &answer.whole, type, &file);
    return file.tree;
}

/* Words with every run of white space as one blank. */
static struct str even(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        bool is_blank = s.at[i] == ' ' || s.at[i] == '\n' || s.at[i] == '\r';
        if (!is_blank || (b.len && b.at[b.len - 1] != ' ')) {
            buf_put_char(&b, is_blank ? ' ' : s.at[i]);
        }
    }
    return str_trim(buf_str(&b));
}

static size_t differing(struct arena *a, const struct law_tree *x, const struct law_tree *y) {
    size_t n = x->nodes.n < y->nodes.n ? x->nodes.n : y->nodes.n, bad = x->nodes.n + y->nodes.n - 2 * n;
    for (size_t i = 0; i < n; i++) {
        const struct law_node *p = &x->nodes.at[i], *q = &y->nodes.at[i];
        bool is_same = p->level == q->level && p->parent == q->parent && str_eq(p->label, q->label) &&
                       str_eq(p->eid, q->eid) && str_eq(p->sort_key, q->sort_key) &&
                       str_eq(even(a, p->heading), even(a, q->heading)) && str_eq(even(a, p->text), even(a, q->text));
        if (!is_same && bad++ == 0) {
            CHECK_STR(q->eid, p->eid);
            CHECK_STR(even(a, q->heading), even(a, p->heading));
            CHECK_STR(even(a, q->text), even(a, p->text));
        }
    }
    return bad;
}

static void check_head(const struct law_head *h) {
    CHECK_STR(h->code, S("30/2020/NĐ-CP"));
    CHECK_STR(h->type_name, S("Nghị định"));
    CHECK_STR(h->title, S("Về công tác <văn thư> & lưu trữ"));
    CHECK(h->issued_on.year == 2020 && h->issued_on.month == 3 && h->issued_on.day == 5);
    CHECK_STR(h->signer, S("Nguyễn Xuân Phúc"));
}

TEST("Akoma Ntoso out and in again is the same law, head and foot and all") {
    struct law_tree tree;
    struct law_out out;
    law_text_read(arena, str_of(paper), &tree);
    law_out_of_tree(arena, &tree, &out);
    struct str xml = law_out_akn(arena, &out);
    struct law_tree again = back(arena, FILE_XML, xml);
    CHECK(tree.nodes.n > 12 && differing(arena, &tree, &again) == 0);
    check_head(&again.head);
    CHECK_STR(even(arena, again.head.preamble), even(arena, tree.head.preamble));
    CHECK(str_find(xml, S("<article eId=\"art_2\">"), 0) != SIZE_MAX);
    CHECK(str_find(xml, S("<FRBRnumber value=\"30/2020/NĐ-CP\"/>"), 0) != SIZE_MAX);
}

TEST("JSON out and in again is the same law") {
    struct law_tree tree;
    struct law_out out;
    law_text_read(arena, str_of(paper), &tree);
    law_out_of_tree(arena, &tree, &out);
    struct law_tree again = back(arena, FILE_TEXT, law_out_json(arena, &out));
    CHECK(differing(arena, &tree, &again) == 0);
    check_head(&again.head);
}

TEST("Word out and in again has the same places, head and signature") {
    struct law_tree tree;
    struct law_out out;
    struct str docx = S("");
    law_text_read(arena, str_of(paper), &tree);
    law_out_of_tree(arena, &tree, &out);
    CHECK(!law_out_docx(arena, &out, &docx).why);
    struct law_tree again = back(arena, FILE_DOCX, docx);
    CHECK(differing(arena, &tree, &again) == 0);
    check_head(&again.head);
    struct str twice;
    CHECK(!law_out_docx(arena, &out, &twice).why && str_eq(docx, twice));
}

TEST("a law of the shared data goes out as Akoma Ntoso and comes back the same") {
    static const char *const path = "../shared/data/law/raw/luat-doanh-nghiep.txt";
    FILE *f = fopen(path, "rb");
    if (!f) {
        test_skip("no ../shared/data here");
        return;
    }
    char *at = arena_take(arena, char, 1 << 20);
    size_t n = fread(at, 1, 1 << 20, f);
    CHECK(fclose(f) == 0);
    struct law_tree tree, again;
    struct law_out out;
    law_text_read(arena, utf8_clean(arena, (struct str){at, n}), &tree);
    law_out_of_tree(arena, &tree, &out);
    again = back(arena, FILE_XML, law_out_akn(arena, &out));
    CHECK(tree.articles == 218 && differing(arena, &tree, &again) == 0);
}
