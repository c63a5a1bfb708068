#include "read/inside.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/db.h"
#include "tests/heavy.h"
#include "tests/scan.h"
#include "tests/test.h"

#include <archive.h>
#include <archive_entry.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/banned.h"

static const char *in_dir(struct arena *a, const char *name) {
    return str_format(a, "%.*s/%s", STR_ARG(test_dir(a)), name).at;
}

static void write_file(const char *path, struct str bytes) {
    FILE *f = fopen(path, "wb");
    if (f) {
        fwrite(bytes.at, 1, bytes.len, f);
        fclose(f);
    }
}

static struct str read_file(struct arena *a, const char *path) {
    struct buf b = buf_in(a);
    FILE *f = fopen(path, "rb");
    char piece[4096];
    size_t n;
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0) {
        buf_put(&b, (struct str){piece, n});
    }
    if (f) {
        fclose(f);
    }
    return buf_str(&b);
}

static bool says(struct err e, const char *words) {
    return err_is(e, ERR_INVALID) && str_find(e.why->message, str_of(words), 0) != SIZE_MAX;
}

static const char *kept(struct arena *a, struct str bytes) {
    const char *path = in_dir(a, "one");
    write_file(path, bytes);
    return path;
}

static struct err outline_of(struct arena *a, struct str bytes, enum file_type type, struct read_outline *o) {
    return read_outline(a, kept(a, bytes), type, &read_limits_usual, o);
}

TEST("a scan is recognised page by page, with places, a picture and a thumbnail") {
    const char *path = in_dir(arena, "scan.pdf");
    struct scan s = {
        .number = "315", .pages = 2, .sentence = "Câu này chỉ có ở trang đầu để thử nghiệm việc tìm kiếm."};
    CHECK_OR_RETURN(scan_write_pdf(&s, path));
    struct read_outline o = {0};
    CHECK_OK(read_outline(arena, path, FILE_PDF, &read_limits_usual, &o));
    CHECK(o.pages == 2 && o.has_pictures);
    struct read_page p = {0};
    CHECK_OK(read_page(arena, path, FILE_PDF, 1, &read_limits_usual, &p));
    CHECK(p.how == READ_OCR && p.confidence > 80);
    CHECK(str_find(p.text, S("315/MTTQ-BTT"), 0) != SIZE_MAX);
    CHECK(str_find(p.text, S("chỉ có ở trang đầu"), 0) != SIZE_MAX);
    CHECK(str_starts(p.view, S("RIFF")) && str_starts(p.thumbnail, S("RIFF")) && p.thumbnail.len < p.view.len);
    bool is_placed = p.words.n > 100;
    for (size_t i = 0; i < p.words.n; i++) {
        is_placed = is_placed && p.words.at[i].box.w > 0 && p.words.at[i].box.x + p.words.at[i].box.w <= 1.001;
    }
    CHECK(is_placed);
    struct read_page again = {.text = p.text};
    CHECK_OK(read_words_unpack(arena, read_words_pack(arena, &p), p.text, &again));
    CHECK(again.words.n == p.words.n);
    CHECK_STR(again.words.at[p.words.n - 1].text, p.words.at[p.words.n - 1].text);
    CHECK(fabs(again.words.at[5].box.x - p.words.at[5].box.x) < 0.001);
    struct str png;
    CHECK_OK(read_crop(arena, path, FILE_PDF, &(struct read_place){1, p.words.at[0].box}, &read_limits_usual, &png));
    CHECK(str_starts(png, S("\x89PNG")));
    CHECK(says(read_page(arena, path, FILE_PDF, 3, &read_limits_usual, &p), "không có trang này"));
}

TEST("a scanned picture is read as a page of its own") {
    const char *path = in_dir(arena, "scan.png");
    struct scan s = {.layout = SCAN_FRONT, .type = "", .subject = "tổ chức Ngày hội Đại đoàn kết toàn dân tộc"};
    CHECK_OR_RETURN(scan_write_png(&s, path));
    struct read_page p = {0};
    CHECK_OK(read_page(arena, path, FILE_PNG, 1, &read_limits_usual, &p));
    CHECK(p.how == READ_OCR && str_find(p.text, S("Ngày hội Đại đoàn kết"), 0) != SIZE_MAX);
    CHECK(p.width > 590 && p.width < 600);
}

TEST("a PDF that is none, is cut off or is empty is refused in words") {
    struct read_outline o = {0};
    CHECK(says(outline_of(arena, S("%PDF-1.7\nđây không phải là PDF"), FILE_PDF, &o), "hỏng"));
    CHECK(says(outline_of(arena, S("no PDF at all"), FILE_PDF, &o), "không đúng định dạng"));
    CHECK(says(outline_of(arena, S(""), FILE_PDF, &o), "không có nội dung"));
    const char *path = in_dir(arena, "whole.pdf");
    CHECK_OR_RETURN(scan_write_pdf(&(struct scan){.pages = 1}, path));
    struct str whole = read_file(arena, path);
    CHECK(says(outline_of(arena, str_slice(whole, 0, whole.len / 3), FILE_PDF, &o), "hỏng") || o.pages == 0);
}

/* A PDF of n empty pages, made by hand with its table of places. extra goes into the trailer. */
static struct str pages_pdf(struct arena *a, int n, const char *objects, const char *extra) {
    struct buf b = buf_in(a), table = buf_in(a);
    BUF_LIT(&b, "%PDF-1.4\n");
    buf_printf(&table, "0000000000 65535 f \n%010zu 00000 n \n", b.len);
    BUF_LIT(&b, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    buf_printf(&table, "%010zu 00000 n \n", b.len);
    BUF_LIT(&b, "2 0 obj<</Type/Pages/MediaBox[0 0 595 842]/Kids[");
    for (int i = 0; i < n; i++) {
        buf_printf(&b, "%d 0 R ", i + 4);
    }
    buf_printf(&b, "]/Count %d>>endobj\n", n);
    buf_printf(&table, "%010zu 00000 n \n", b.len);
    buf_put(&b, str_of(objects));
    for (int i = 0; i < n; i++) {
        buf_printf(&table, "%010zu 00000 n \n", b.len);
        buf_printf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n", i + 4);
    }
    size_t at = b.len;
    buf_printf(&b, "xref\n0 %d\n", n + 4);
    buf_put(&b, buf_str(&table));
    buf_printf(&b, "trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", n + 4, extra, at);
    return buf_str(&b);
}

TEST("a PDF of 2,000 pages is refused with its number of pages, one of 500 is not") {
    struct read_outline o = {0};
    CHECK(says(outline_of(arena, pages_pdf(arena, 2000, "3 0 obj<<>>endobj\n", ""), FILE_PDF, &o), "2000 trang"));
    CHECK_OK(outline_of(arena, pages_pdf(arena, 500, "3 0 obj<<>>endobj\n", ""), FILE_PDF, &o));
    CHECK(o.pages == 500);
}

TEST("a PDF with a password is refused in words") {
    struct read_outline o = {0};
    const char *lock =
        "3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>"
        "/U<ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100>>>endobj\n";
    struct str pdf = pages_pdf(arena, 1, lock, "/Encrypt 3 0 R/ID[<00112233><00112233>]");
    CHECK(says(outline_of(arena, pdf, FILE_PDF, &o), "mật khẩu"));
}

static void png_chunk(struct buf *b, const char *kind, struct str bytes) {
    struct buf body = buf_in(b->arena);
    buf_put(&body, str_of(kind));
    buf_put(&body, bytes);
    uint32_t sum = (uint32_t)crc32(0, (const unsigned char *)body.at, (unsigned)body.len),
             len = htonl((uint32_t)bytes.len);
    buf_put(b, (struct str){(const char *)&len, 4});
    buf_put(b, buf_str(&body));
    sum = htonl(sum);
    buf_put(b, (struct str){(const char *)&sum, 4});
}

TEST("a picture of 2,500 million pixels is refused before it is unfolded") {
    struct buf b = buf_in(arena);
    buf_put(&b, S("\x89PNG\r\n\x1a\n"));
    png_chunk(&b, "IHDR", (struct str){"\x00\x00\xc3\x50\x00\x00\xc3\x50\x01\x00\x00\x00\x00", 13});
    png_chunk(&b, "IDAT", (struct str){"\x78\x9c\x03\x00\x00\x00\x00\x01", 8});
    png_chunk(&b, "IEND", S(""));
    struct read_outline o = {0};
    CHECK(says(outline_of(arena, buf_str(&b), FILE_PNG, &o), "2500 triệu"));
}

/* A zip with one part under word/, so many times its bytes. */
static struct str docx(struct arena *a, struct str head, struct str body, int times, struct str tail) {
    const char *path = in_dir(a, "made.docx");
    struct archive *z = archive_write_new();
    archive_write_set_format_zip(z);
    archive_write_open_filename(z, path);
    const struct {
        const char *name;
        int64_t size;
    } parts[] = {{"[Content_Types].xml", 8},
                 {"word/document.xml", (int64_t)(head.len + body.len * (size_t)times + tail.len)}};
    for (int i = 0; i < 2; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, parts[i].name);
        archive_entry_set_size(e, parts[i].size);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_write_header(z, e);
        if (i == 0) {
            archive_write_data(z, "<Types/>", 8);
        } else {
            archive_write_data(z, head.at, head.len);
            for (int k = 0; k < times; k++) {
                archive_write_data(z, body.at, body.len);
            }
            archive_write_data(z, tail.at, tail.len);
        }
        archive_entry_free(e);
    }
    archive_write_close(z);
    archive_write_free(z);
    return read_file(a, path);
}

#define WORD_HEAD                                                                                                      \
    "<?xml version=\"1.0\"?><w:document "                                                                              \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
#define WORD_TAIL "</w:body></w:document>"

TEST("a DOCX gives its paragraphs and its pages") {
    struct str zip = docx(arena, S(WORD_HEAD),
                          S("<w:p><w:r><w:t>Kính gửi:</w:t></w:r><w:r><w:tab/><w:t>các phường</w:t></w:r></w:p>"
                            "<w:p><w:r><w:br w:type=\"page\"/><w:t>Trang hai</w:t></w:r></w:p>"),
                          1, S(WORD_TAIL));
    struct read_outline o = {0};
    CHECK_OK(outline_of(arena, zip, FILE_DOCX, &o));
    CHECK(o.pages == 2 && !o.has_pictures);
    struct read_page p = {0};
    CHECK_OK(read_page(arena, kept(arena, zip), FILE_DOCX, 1, &read_limits_usual, &p));
    CHECK_STR(p.text, S("Kính gửi: các phường"));
}

TEST("a DOCX that unfolds to a thousand times its size is refused, and so is one with entities of its own") {
    char *spaces = arena_take(arena, char, 1 << 16);
    memset(spaces, ' ', 1 << 16);
    struct read_outline o = {0};
    struct str bomb = docx(arena, S(WORD_HEAD), (struct str){spaces, 1 << 16}, 800, S(WORD_TAIL));
    CHECK(bomb.len < 200000);
    CHECK(says(outline_of(arena, bomb, FILE_DOCX, &o), "quá lớn"));
    struct str foreign =
        docx(arena, S("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d>&x;</d>"),
             S(""), 0, S(""));
    CHECK(says(outline_of(arena, foreign, FILE_DOCX, &o), "hỏng"));
    CHECK(says(outline_of(arena, S("PK\x03\x04 and nothing"), FILE_DOCX, &o), "hỏng") || !o.pages);
}

TEST("text typed in TCVN3 becomes Unicode, and Unicode stays as it is") {
    CHECK_STR(read_legacy_text(arena, S("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc")),
              S("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"));
    CHECK_STR(read_legacy_text(arena, S("Cộng hòa xã hội chủ nghĩa")), S("Cộng hòa xã hội chủ nghĩa"));
    CHECK_STR(read_legacy_text(arena, S("plain ASCII words")), S("plain ASCII words"));
}

TEST("marks are set right in the office's own words, and names are left alone") {
    struct read_page p = {0};
    read_page_of_text(arena, S("Sửa đối, bố sung một số điều. Bồ sung: TÔ CHỨC Chỉnh phủ; Nguyễn Chí Đạo; tô, chức"),
                      &p);
    p.words.at[0].confidence = p.words.at[7].confidence = p.words.at[11].confidence = 80;
    read_mend(arena, &p);
    read_page_compose(arena, &p);
    CHECK_STR(p.text, S("Sửa đổi, bổ sung một số điều. Bổ sung: TỔ CHỨC Chính phủ; Nguyễn Chí Đạo; tô, chức"));
}

/* What a child driven by somebody else would try. It says how far it came; most is not lived to tell. */
static void say(int fd, const char *words) {
    if (write(fd, words, strlen(words)) < 0) {
        _exit(1);
    }
}

static void try_network(void *thing, int fd) {
    (void)thing;
    say(fd, socket(AF_INET, SOCK_STREAM, 0) >= 0 ? "open" : "shut");
}

static void try_exec(void *thing, int fd) {
    (void)thing;
    char *const none[] = {NULL};
    execve("/bin/true", none, none);
    say(fd, "back");
}

static void try_fork(void *thing, int fd) {
    (void)thing;
    say(fd, fork() >= 0 ? "open" : "shut");
}

static void try_files(void *thing, int fd) {
    const char *ours = thing;
    say(fd, open(ours, O_RDONLY) >= 0 ? "read " : "");
    say(fd, open(ours, O_WRONLY) >= 0 ? "write " : "");
    say(fd, open("/tmp/doanket-made-by-a-child", O_CREAT | O_WRONLY, 0600) >= 0 ? "make " : "");
    say(fd, open("/etc/passwd", O_RDONLY) >= 0 ? "passwd " : "");
    say(fd, open("/proc/self/environ", O_RDONLY) >= 0 ? "environ " : "");
    say(fd, kill(getppid(), 0) == 0 ? "kill " : "");
    say(fd, fcntl(4, F_GETFL) >= 0 || fcntl(5, F_GETFL) >= 0 ? "fd " : "");
    say(fd, ".");
}

static void crash(void *thing, int fd) {
    (void)fd;
    (void)thing;
    raise(SIGSEGV);
    signal(SIGSEGV, SIG_DFL);
    __builtin_trap();
}

static void hang(void *thing, int fd) {
    (void)thing;
    (void)fd;
    for (volatile unsigned i = 0;; i++) {
    }
}

static void sleep_on(void *thing, int fd) {
    (void)thing;
    (void)fd;
    nanosleep(&(struct timespec){.tv_sec = 60}, NULL);
}

static void babble(void *thing, int fd) {
    (void)thing;
    static const char piece[65536];
    while (write(fd, piece, sizeof piece) > 0) {
    }
}

TEST("a child has no network, no exec, no new process, and opens nothing of ours") {
    struct read_limits one = read_limits_usual;
    struct str said;
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = try_network}, &said) == READ_CRASHED);
    CHECK_STR(said, S(""));
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = try_exec}, &said) == READ_CRASHED);
    CHECK_STR(said, S(""));
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = try_fork}, &said) == READ_CRASHED);
    CHECK_STR(said, S(""));
    char path[512];
    snprintf(path, sizeof path, "%s", in_dir(arena, "secret"));
    write_file(path, S("not for children"));
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = try_files, .thing = path}, &said) == READ_FINE);
    CHECK_STR(said, S("."));
}

TEST("a child that crashes, hangs, sleeps or babbles costs a sentence, and nothing more") {
    struct read_limits one = read_limits_usual;
    struct str said;
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = crash}, &said) == READ_CRASHED);
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = babble}, &said) == READ_BABBLE);
    one.seconds = 1;
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = hang}, &said) == READ_TOO_SLOW);
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = sleep_on}, &said) == READ_TOO_SLOW);
}

TEST("an answer that is not well formed is not believed") {
    struct read_task task = {.what = READ_WHAT_PAGE, .n = 1, .limits = read_limits_usual};
    struct read_answer answer = {.page = {.width = 595, .height = 842}}, got;
    read_page_of_text(arena, S("Một hai ba\n\nbốn"), &answer.page);
    struct str good = read_frame_write(arena, &task, &answer);
    CHECK(read_frame_read(arena, &task, good, &got) && str_eq(got.page.text, S("Một hai ba\n\nbốn")));
    bool believed = false;
    for (size_t cut = 0; cut < good.len; cut++) {
        believed = believed || read_frame_read(arena, &task, str_slice(good, 0, cut), &got);
    }
    CHECK(!believed);
    char *bent = arena_take(arena, char, good.len);
    for (size_t i = 0; i < good.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(bent, good.at, good.len);
            bent[i] = (char)(bent[i] ^ (1 << bit));
            if (read_frame_read(arena, &task, (struct str){bent, good.len}, &got)) {
                CHECK(utf8_valid(got.page.text) && got.page.words.n <= 4);
            }
        }
    }
    task.what = READ_WHAT_OUTLINE;
    CHECK(!read_frame_read(arena, &task, good, &got));
}

static struct str sample(struct arena *a, const char *name) { return str_format(a, "../shared/data/scans/%s", name); }

TEST("real files: a DOC that calls itself docx, a scan with a signature's stamp, a letter with a stamped number") {
    if (access(sample(arena, "SRC-G_02.pdf").at, R_OK) != 0) {
        test_skip("no ../shared/data here");
        return;
    }
    int fd = open(sample(arena, "SRC-F_06.docx").at, O_RDONLY);
    enum file_type type;
    CHECK_OK(file_type_sniff(arena, fd, &type));
    close(fd);
    CHECK(type == FILE_DOC);
    struct read_page p = {0};
    CHECK_OK(read_page(arena, sample(arena, "SRC-F_06.docx").at, type, 1, &read_limits_usual, &p));
    CHECK(str_find(p.text, S("Luật số: 27/2001/QH10"), 0) != SIZE_MAX);
    CHECK_OK(read_page(arena, sample(arena, "SRC-G_02.pdf").at, FILE_PDF, 1, &read_limits_usual, &p));
    CHECK(p.how == READ_OCR && str_find(p.text, S("56/2023/NĐ-CP"), 0) != SIZE_MAX);
    CHECK_OK(read_page(arena, sample(arena, "SRC-F_38.pdf").at, FILE_PDF, 1, &read_limits_usual, &p));
    CHECK(p.how == READ_LAYER && str_find(p.text, S("Số: 2118"), 0) != SIZE_MAX);
}

static void wait_to_be_killed(void *thing, int fd) {
    (void)thing;
    say(fd, "here");
    raise(SIGKILL);
    nanosleep(&(struct timespec){.tv_sec = 60}, NULL);
}

static bool no_more(void *thing) {
    int *asked = thing;
    return ++*asked < 2;
}

TEST("a child that somebody killed, or that was not born, says nothing against the file") {
    struct read_limits one = read_limits_usual;
    one.seconds = 20;
    struct str said;
    struct read_work killed = {.run = wait_to_be_killed};
    CHECK(read_child_run(arena, &one, &killed, &said) == READ_KILLED);
    read_child_fail(1);
    CHECK(read_child_run(arena, &one, &killed, &said) == READ_KILLED);
    const char *path = in_dir(arena, "three.pdf");
    write_file(path, pages_pdf(arena, 3, "3 0 obj<<>>endobj\n", ""));
    struct read_outline o;
    struct read_page p;
    read_child_fail(2);
    CHECK_ERR(read_outline(arena, path, FILE_PDF, &read_limits_usual, &o), ERR_BUSY);
    CHECK_ERR(read_page(arena, path, FILE_PDF, 1, &read_limits_usual, &p), ERR_BUSY);
    CHECK_OK(read_outline(arena, path, FILE_PDF, &read_limits_usual, &o));
    CHECK(o.pages == 3);
}

TEST("a child nobody waits for any more is ended") {
    struct read_limits one = read_limits_usual;
    one.seconds = 20;
    struct str said;
    int asked = 0;
    read_watch(no_more, &asked);
    CHECK(read_child_run(arena, &one, &(struct read_work){.run = hang}, &said) == READ_UNWANTED);
    CHECK(asked == 2);
    read_watch(NULL, NULL);
}

TEST("a page that takes for ever is ended by its limit, and what it took is counted") {
    struct read_limits one = read_limits_usual;
    one.seconds = 1;
    const char *path = in_dir(arena, "heavy.pdf");
    struct str heavy = heavy_pdf(arena, &(struct heavy){.pages = 2, .heavy = 1, .depth = 9});
    write_file(path, heavy);
    struct read_page p = {0};
    CHECK(heavy.len < 3000);
    CHECK(says(read_page(arena, path, FILE_PDF, 1, &one, &p), "quá lâu"));
    CHECK(p.is_slow && p.spent_ms > 0);
    CHECK_OK(read_page(arena, path, FILE_PDF, 2, &read_limits_usual, &p));
    CHECK(!p.is_slow);
}
