/* Files of law become trees, whatever they are. */
#include "modules/law/law_format.h"

#include "base/utf8.h"
#include "tests/db.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static struct law_file of_whole(struct arena *a, enum file_type type, struct str text) {
    struct law_file file;
    law_file_of_whole(a, &(struct read_whole){.text = text, .encoding = READ_UTF8, .certainty = 100}, type, &file);
    return file;
}

static const struct law_node *at(const struct law_tree *tree, const char *eid) {
    for (size_t i = 0; i < tree->nodes.n; i++) {
        if (str_eq(tree->nodes.at[i].eid, str_of(eid))) {
            return &tree->nodes.at[i];
        }
    }
    static const struct law_node none = {.text = S_INIT("no such place")};
    return &none;
}

TEST("lines of print become paragraphs, and labels and headings stay lines of their own") {
    struct str text = law_unwrap(arena, S("Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n\nNghị định này quy "
                                          "định về khung tiêu chí, nguyên tắc, trình\n"
                                          "tự, thủ tục đánh giá, xếp loại chất lượng theo quy định tại\nĐiều 5 của "
                                          "Luật này.\n\n1. Một:\n- Gạch đầu dòng\n"));
    CHECK_STR(text, S("Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n\nNghị định này quy định về khung tiêu "
                      "chí, nguyên tắc, trình "
                      "tự, thủ tục đánh giá, xếp loại chất lượng theo quy định tại Điều 5 của Luật này.\n\n1. Một:\n- "
                      "Gạch đầu dòng"));
}

TEST("pages lose their numbers and stamps, a sentence goes on over them, and unsure recognition is flagged") {
    struct read_page pages[2] = {
        {.how = READ_OCR,
         .confidence = 70,
         .text = S("Ký bởi: Cổng Thông tin\nĐiều 1. Phạm vi điều chỉnh của Nghị định\nVăn bản này áp dụng cho mọi cơ "
                   "quan, tổ chức và")},
        {.how = READ_OCR, .confidence = 80, .text = S("2\ncá nhân có liên quan.\nĐiều 2. Đối tượng\nLời.")}};
    struct law_file file;
    law_file_of_pages(arena, pages, 2, &file);
    CHECK(file.format == LAW_FORMAT_SCAN && file.confidence == 75 && file.pages == 2);
    CHECK_STR(at(&file.tree, "art_1")->text,
              S("Văn bản này áp dụng cho mọi cơ quan, tổ chức và cá nhân có liên quan."));
    bool is_flagged = false;
    for (size_t i = 0; i < file.tree.flags.n; i++) {
        is_flagged = is_flagged || str_eq(file.tree.flags.at[i].kind, S("ocr"));
    }
    CHECK(is_flagged);
}

TEST("Akoma Ntoso's places keep their labels, headings, words and tables") {
    struct law_file file =
        of_whole(arena, FILE_XML,
                 S("QUỐC HỘI\nLuật số: 1/2025/QH15\nLUẬT\nTHỬ\nCăn cứ Hiến pháp;\n\ue0002Chương "
                   "I\ue001CHUNG\n\ue0005Điều 1.\ue001Tên.\n"
                   "\ue00061.\ue002Một.\nLời nữa\n\ue000a\ue002A\tB\n1\t2\n\ue000b\ue002Sau bảng.\n\ue0009Phụ lục "
                   "I\ue001MẪU\n\ue0005Điều 1.\ue002Khác.\n\ue003CHỦ TỊCH QUỐC HỘI\nTrần A\n"));
    CHECK(file.format == LAW_FORMAT_AKN && file.tree.articles == 2);
    CHECK_STR(file.tree.head.code, S("1/2025/QH15"));
    CHECK_STR(file.tree.head.title, S("THỬ"));
    CHECK_STR(at(&file.tree, "art_1")->heading, S("Tên."));
    CHECK_STR(at(&file.tree, "art_1__cl_1")->text, S("Một.\nLời nữa"));
    CHECK_STR(at(&file.tree, "art_1__cl_1__tbl_1")->text, S("A\tB\n1\t2"));
    CHECK_STR(at(&file.tree, "art_1__cl_1__p_1")->text, S("Sau bảng."));
    CHECK_STR(at(&file.tree, "annex_I__art_1")->text, S("Khác."));
    CHECK_STR(file.tree.head.signer, S("Trần A"));
}

TEST("JSON that names its places is read as what it says") {
    struct law_file file = of_whole(
        arena, FILE_TEXT,
        S("{\"work\": {\"code\": \"30/2020/NĐ-CP\", \"type_name\": \"Nghị định\", \"title\": \"Về công tác văn thư\", "
          "\"issued_on\": \"2020-03-05\"},"
          "\"provisions\": [{\"level\": \"article\", \"label\": \"1\", \"heading\": \"Phạm vi\", \"text\": \"Lời.\"},"
          "{\"level\": \"nonsense\"}, {\"level\": \"clause\", \"label\": \"1\", \"text\": \"Một.\"}]}"));
    CHECK(file.format == LAW_FORMAT_JSON && file.tree.nodes.n == 2);
    CHECK_STR(file.tree.head.code, S("30/2020/NĐ-CP"));
    CHECK_STR(file.tree.head.type_name, S("Nghị định"));
    CHECK_STR(date_iso(arena, file.tree.head.issued_on), S("2020-03-05"));
    CHECK_STR(at(&file.tree, "art_1__cl_1")->text, S("Một."));
    CHECK(of_whole(arena, FILE_TEXT, S("{broken")).tree.nodes.n == 0);
}

TEST("text in an unknown encoding is taken in as it is, and flagged") {
    struct law_file file;
    law_file_of_whole(arena,
                      &(struct read_whole){.text = S("Điều 1. A\n\nB."), .encoding = READ_LATIN1, .certainty = 20},
                      FILE_TEXT, &file);
    bool is_flagged = false;
    for (size_t i = 0; i < file.tree.flags.n; i++) {
        is_flagged = is_flagged || str_eq(file.tree.flags.at[i].kind, S("encoding"));
    }
    CHECK(is_flagged && file.tree.articles == 1);
}

TEST("a file is read in a child from beginning to end, with the encoding it was typed in") {
    struct str dir = test_dir(arena);
    struct str path = str_format(arena, "%.*s/law.txt", STR_ARG(dir));
    struct str text = S("\xa7"
                        "i\xd2u 1. Ph\xb9m vi \xb8p d\xf4ng\n\n1. M\xe9t ho\xb7"
                        "c nhi\xd2u c\xa9u ch\xf7 ti\xd5ng Vi\xd6t.\n\n2. Hai.\n");
    int fd = open(path.at, O_RDWR | O_CREAT | O_TRUNC, 0600);
    CHECK_OR_RETURN(fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len);
    close(fd);
    struct law_file file;
    struct err e = law_file_read(arena, &(struct law_file_reading){.path = path.at, .type = FILE_TEXT}, &file);
    CHECK(!e.why);
    CHECK(file.encoding == READ_TCVN3);
    CHECK_STR(at(&file.tree, "art_1")->heading, S("Phạm vi áp dụng"));
}
