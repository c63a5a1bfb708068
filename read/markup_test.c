/* Encodings, saved pages, Akoma Ntoso and Word as whole texts; hostile ones get nowhere. */
#include "read/inside.h"

#include "base/utf8.h"
#include "tests/db.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

static struct read_answer whole(struct arena *a, enum file_type type, struct str bytes) {
    struct read_task task = {.what = READ_WHAT_WHOLE, .type = type, .limits = read_limits_usual, .bytes = bytes};
    struct read_answer answer = {0};
    read_task_do(a, &task, &answer);
    return answer;
}

static struct read_encoded encoded(struct arena *a, struct str bytes) {
    struct read_encoded e;
    read_encoding_find(a, bytes, &e);
    return e;
}

#define LAW "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Nghị định quy định về việc xử phạt"

TEST("text in UTF-8, composed or not, comes out composed, and is known for sure") {
    struct read_encoded e = encoded(arena, S(LAW));
    CHECK_STR(e.text, S(LAW));
    CHECK(e.encoding == READ_UTF8 && e.certainty >= 90);
    e = encoded(arena, S("Vie\xcc\xa3\xcc\x82t Nam, Ha\xcc\x89i Pho\xcc\x80ng"));
    CHECK_STR(e.text, S("Việt Nam, Hải Phòng"));
    CHECK(e.encoding == READ_NFD);
}

TEST("text in UTF-16 is read with or without its mark") {
    static const char marked[] = "\xff\xfe\x10\x01i\0\xc1\x1eu\0 \0001",
                      bare[] = "\x10\x01i\0\xc1\x1eu\0 \0001\0.\0 \0M\0\xd9\x1et";
    struct str with = {marked, sizeof marked}, without = {bare, sizeof bare};
    CHECK_STR(encoded(arena, with).text, S("Điều 1"));
    CHECK(encoded(arena, with).encoding == READ_UTF16);
    CHECK_STR(encoded(arena, without).text, S("Điều 1. Một"));
}

TEST("text in TCVN3 is known by the syllables that come out") {
    struct read_encoded e = encoded(arena, S("C\xe9ng h\xdf"
                                             "a x\xb7 h\xe9i ch\xf1 ngh\xdc"
                                             "a Vi\xd6t Nam, \xa7\xe9"
                                             "c l\xcbp - T\xf9 do - H\xb9nh ph\xf3"
                                             "c"));
    CHECK_STR(e.text, S("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"));
    CHECK(e.encoding == READ_TCVN3 && e.certainty >= 60);
}

TEST("text in VNI is known by the syllables that come out") {
    struct read_encoded e = encoded(arena, S("Co\xe4ng ho\xf8"
                                             "a xa\xf5 ho\xe4i chu\xfb ngh\xf3"
                                             "a Vie\xe4t Nam, \xd1o\xe4"
                                             "c la\xe4p - T\xf6\xef do - Ha\xefnh phu\xf9"
                                             "c"));
    CHECK_STR(e.text, S("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"));
    CHECK(e.encoding == READ_VNI && e.certainty >= 60);
}

TEST("text in Windows-1258 is known by the syllables that come out") {
    struct read_encoded e = encoded(arena, S("C\xf4\xf2ng h\xf2\xcc"
                                             "a"));
    (void)e;
    e = encoded(arena, S("C\xf4\xf2ng ho\xcc"
                         "a xa\xde h\xf4\xf2i chu\xd2 nghi\xde"
                         "a Vi\xea\xf2t Nam, \xd0\xf4\xf2"
                         "c l\xe2\xf2p - T\xfd\xf2 do - Ha\xf2nh phu\xec"
                         "c"));
    CHECK_STR(e.text, S("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"));
    CHECK(e.encoding == READ_CP1258 && e.certainty >= 60);
}

TEST("text of another language stays as it is, and the reader says how little it knows") {
    struct read_encoded e = encoded(arena, S("Die Gr\xf6\xdf"
                                             "e der H\xe4user in M\xfcnchen \xfc"
                                             "berrascht"));
    CHECK_STR(e.text, S("Die Größe der Häuser in München überrascht"));
    CHECK(e.encoding == READ_LATIN1 && e.certainty < 60);
    CHECK_STR(encoded(arena, S("plain words")).text, S("plain words"));
}

TEST("of a saved page the law is read, not the menus; tables are rows and lists have their numbers") {
    struct read_answer r =
        whole(arena, FILE_HTML,
              S("<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav><a>Trang chủ</a></nav>"
                "<div id=x><script>alert(1)</script><p>Điều 1. Phạm&nbsp;vi</p><p>1. Một\n  hai</p>"
                "<table><tr><td>STT</td><td>Hàng</td></tr><tr><td>1</td><td>Rượu <b>mạnh</b></td></tr></table>"
                "<ol type=a><li>A;</li><li>B.</li></ol><table><tr><td><p>Nơi nhận:</p><p>- A</p></td><td><p>CHỦ "
                "TỊCH</p><p>Lê B</p></td></tr></table>"
                "</div><footer>Liên hệ</footer></body></html>"));
    CHECK(r.fault == READ_FINE);
    CHECK_STR(r.whole.text, S("Điều 1. Phạm\xc2\xa0vi\n1. Một hai\nSTT\tHàng\n1\tRượu mạnh\na) A;\nb) B.\nNơi nhận:\n- "
                              "A\nCHỦ TỊCH\nLê B\n"));
}

TEST("a page nested without end, or with entities that unfold, costs nothing") {
    struct buf deep = buf_in(arena);
    for (int i = 0; i < 100000; i++) {
        BUF_LIT(&deep, "<div>");
    }
    BUF_LIT(&deep, "x");
    struct read_answer r = whole(arena, FILE_HTML, buf_str(&deep));
    CHECK(r.fault == READ_FINE || r.fault == READ_DAMAGED || r.fault == READ_EMPTY);
    r = whole(
        arena, FILE_XML,
        S("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><akomaNtoso><act><body><article>"
          "<content><p>&b;</p></content></article></body></act></akomaNtoso>"));
    CHECK(r.fault == READ_DAMAGED);
    r = whole(arena, FILE_XML, S("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><akomaNtoso/>"));
    CHECK(r.fault == READ_DAMAGED);
}

TEST("Akoma Ntoso comes with signs where its places begin, and forged signs are taken out") {
    struct read_answer r =
        whole(arena, FILE_XML,
              S("<akomaNtoso "
                "xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><act><meta><identification>x</"
                "identification></meta>"
                "<preface><p>LUẬT</p></preface><body><chapter><num>Chương I</num><heading>CHUNG</heading>"
                "<article><num>Điều 1.</num><heading>Tên</heading><clause><num>1.</num><content><p>Một "
                "\xee\x80\x80.</p></content></clause></article>"
                "</chapter></body><conclusions><p>CHỦ TỊCH</p></conclusions></act></akomaNtoso>"));
    CHECK(r.fault == READ_FINE);
    CHECK_STR(r.whole.text,
              S("LUẬT\n\ue0002Chương I\ue001CHUNG\n\ue0005Điều 1.\ue001Tên\n\ue00061.\ue002Một .\n\ue003\nCHỦ TỊCH\n"));
}

TEST("saved pages and Akoma Ntoso are let in only where they are asked for") {
    struct str dir = test_dir(arena);
    static const struct {
        struct str bytes;
        enum file_type type;
    } files[] = {{S_INIT("<!DOCTYPE html><html><body><p>Điều 1</p></body></html>"), FILE_HTML},
                 {S_INIT("<?xml version=\"1.0\"?><akomaNtoso><act/></akomaNtoso>"), FILE_XML},
                 {S_INIT("<svg xmlns=\"x\"><script/></svg>"), FILE_REFUSED}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str path = str_format(arena, "%.*s/f%zu", STR_ARG(dir), i);
        int fd = open(path.at, O_RDWR | O_CREAT | O_TRUNC, 0600);
        CHECK_OR_RETURN(fd >= 0 && write(fd, files[i].bytes.at, files[i].bytes.len) == (ssize_t)files[i].bytes.len);
        enum file_type type = FILE_REFUSED;
        CHECK(err_is(file_type_sniff(arena, fd, &type), ERR_INVALID));
        CHECK(err_is(file_type_sniff_markup(arena, fd, &type), ERR_INVALID) == (files[i].type == FILE_REFUSED));
        CHECK(type == files[i].type);
        close(fd);
    }
}
