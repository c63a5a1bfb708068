/* Forms and the bodies they come in. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "kernel/http/body.h"
#include "tests/db.h"

#include "base/banned.h"

static const struct choice urgencies[] = {
    {S_INIT("normal"), S_INIT("Thường")}, {S_INIT("urgent"), S_INIT("Khẩn")}, {{0}, {0}}};

static const struct field fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("subject"), .label = S_INIT("Trích yếu"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("note"), .label = S_INIT("Ghi chú"), .most = 10},
    {.kind = FIELD_INT, .name = S_INIT("pages"), .label = S_INIT("Số trang"), .least = 1, .most = 2000},
    {.kind = FIELD_DATE, .name = S_INIT("signed"), .label = S_INIT("Ngày ký")},
    {.kind = FIELD_FLAG, .name = S_INIT("secret"), .label = S_INIT("Mật")},
    {.kind = FIELD_CHOICE, .name = S_INIT("urgency"), .label = S_INIT("Độ khẩn"), .choices = urgencies},
    {.kind = FIELD_ID, .name = S_INIT("lead"), .label = S_INIT("Chủ trì")},
    {.kind = FIELD_IDS, .name = S_INIT("informed"), .label = S_INIT("Để biết")},
    {.kind = FIELD_SECRET, .name = S_INIT("password"), .label = S_INIT("Mật khẩu"), .least = 8},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp"), .is_many = true, .most = 1000},
    {0},
};

static struct err read_body(struct arena *a, struct str text, struct form **form) {
    struct body *b = body_new(a, S("application/x-www-form-urlencoded"), S("/tmp"), 1 << 20);
    size_t n;
    body_take(b, text.at, text.len);
    if (body_end(b) != BODY_GOOD) {
        return FAIL(ERR_BROKEN, "the body is bad");
    }
    const struct form_part *parts = body_parts(b, &n);
    return form_read(a, fields, parts, n, form);
}

static struct str fault_of(const struct form *f, const char *name) { return form_value(f, name)->fault; }

TEST("a right form arrives read: text clean, numbers, dates and ids as such") {
    struct form *f;
    CHECK_OK(read_body(
        arena,
        S("subject=++V%E1%BB%81+vi%E1%BB%87c%0A+X++&note=a%0D%0Ab&pages=1.204&signed=3/2/2026&secret=1&urgency=urgent"
          "&lead=42&informed=7,8&informed=9&password=+abcdefgh&_csrf=x"),
        &f));
    CHECK(!f->is_refused);
    CHECK_OK(form_check(f));
    CHECK_STR(form_text(f, "subject"), S("Về việc X"));
    CHECK_STR(form_text(f, "note"), S("a\nb"));
    CHECK(form_number(f, "pages") == 1204);
    CHECK(date_is(form_date(f, "signed"), (struct date){2026, 2, 3}));
    CHECK(form_flag(f, "secret"));
    CHECK_STR(form_text(f, "urgency"), S("urgent"));
    CHECK(form_id(f, "lead") == 42);
    CHECK(form_value(f, "informed")->ids.n == 3);
    CHECK_STR(form_text(f, "password"), S(" abcdefgh"));
}

TEST("all faults of a form are collected, each at its field, in Vietnamese") {
    struct form *f;
    CHECK_OK(read_body(
        arena,
        S("subject=+&note=12345678901&pages=2001&signed=31/02/2026&urgency=later&lead=x&informed=1,-2&password=short"),
        &f));
    CHECK(f->is_refused);
    CHECK_ERR(form_check(f), ERR_INVALID);
    CHECK_STR(fault_of(f, "subject"), S("Mời nhập trích yếu."));
    CHECK_STR(fault_of(f, "note"), S("Ghi chú dài quá 10 ký tự (đang có 11)."));
    CHECK_STR(fault_of(f, "pages"), S("Số trang phải từ 1 đến 2000."));
    CHECK_STR(fault_of(f, "signed"), S("Ngày ký phải là ngày có thật, viết như 23/11/2026."));
    CHECK_STR(fault_of(f, "urgency"), S("Độ khẩn: mời chọn một mục trong danh sách."));
    CHECK(fault_of(f, "lead").len && fault_of(f, "informed").len && fault_of(f, "password").len);
}

TEST("limits count characters, not bytes, and decomposed text is composed first") {
    struct form *f;
    struct buf b = buf_in(arena);
    BUF_LIT(&b, "subject=");
    for (int i = 0; i < 300; i++) {
        BUF_LIT(&b, "%61%CC%81"); /* a and a combining acute */
    }
    CHECK_OK(read_body(arena, buf_str(&b), &f));
    CHECK(!f->is_refused);
    CHECK(utf8_length(form_text(f, "subject")) == 300);
    BUF_LIT(&b, "x");
    CHECK_OK(read_body(arena, buf_str(&b), &f));
    CHECK(f->is_refused);
}

TEST("what is not declared, comes twice, or holds control characters is refused") {
    struct form *f;
    CHECK_ERR(read_body(arena, S("subject=a&other=1"), &f), ERR_INVALID);
    CHECK_ERR(read_body(arena, S("subject=a&subject=b"), &f), ERR_INVALID);
    CHECK_ERR(read_body(arena, S("subject=a&file=path"), &f), ERR_INVALID);
    CHECK_ERR(read_body(arena, S("subject=%00"), &f), ERR_BROKEN);
    CHECK_ERR(read_body(arena, S("subject=%ff"), &f), ERR_BROKEN);
    CHECK_OK(read_body(arena, S("subject=a%01b"), &f));
    CHECK(fault_of(f, "subject").len > 0);
}

TEST("a form drawn again holds what was typed and its faults, but no secret") {
    struct form *f;
    CHECK_OK(read_body(arena, S("subject=&note=abc&pages=many&password=abcdefgh"), &f));
    struct form *again = form_begin(arena, fields, f);
    form_set(again, "note", S("from the database"));
    CHECK_STR(form_value(again, "note")->typed, S("abc"));
    CHECK_STR(form_value(again, "pages")->typed, S("many"));
    CHECK(fault_of(again, "subject").len > 0);
    CHECK_STR(form_value(again, "password")->typed, S(""));
    struct form *fresh = form_begin(arena, fields, NULL);
    form_set(fresh, "note", S("from the database"));
    form_set_date(fresh, "signed", (struct date){2026, 11, 23});
    CHECK_STR(form_text(fresh, "note"), S("from the database"));
    CHECK_STR(form_text(fresh, "signed"), S("23/11/2026"));
}

static struct body *multipart(struct arena *a, struct str dir, struct str text, size_t piece) {
    struct body *b = body_new(a, S("multipart/form-data; boundary=\"x y\""), dir, 1 << 20);
    for (size_t i = 0; i < text.len; i += piece) {
        struct str part = str_slice(text, i, i + piece);
        body_take(b, part.at, part.len);
    }
    return b;
}

static struct str test_folder(struct arena *a) {
    struct str dir = test_dir(a);
    char *tmp = str_z(a, str_format(a, "%.*s/tmp", STR_ARG(dir)));
    if (mkdir(tmp, 0700) != 0 && errno != EEXIST) {
        test_failed(__FILE__, __LINE__, "mkdir");
    }
    return dir;
}

TEST("multipart is understood the same in pieces of any size") {
    struct str dir = test_folder(arena);
    struct str text =
        S("--x y\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nline one\r\n--x z\r\n--x y\r\n"
          "content-disposition: form-data; name=\"file\"; filename=\"C:\\\\a\\\\Tờ trình.pdf\"\r\nContent-Type: "
          "a/b\r\n\r\n"
          "%PDF\r\n--x\r\n-\r\n--x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n"
          "--x y\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--x y--\r\n");
    for (size_t piece = 1; piece <= text.len; piece++) {
        size_t n;
        struct body *b = multipart(arena, dir, text, piece);
        CHECK_OR_RETURN(body_end(b) == BODY_GOOD);
        const struct form_part *parts = body_parts(b, &n);
        CHECK_OR_RETURN(n == 3);
        CHECK_STR(parts[0].value, S("line one\r\n--x z"));
        CHECK_OR_RETURN(parts[1].upload != NULL);
        CHECK_STR(parts[1].upload->name, S("Tờ trình.pdf"));
        CHECK(parts[1].upload->size == 12);
        CHECK_STR(parts[2].name, S("note"));
        CHECK_STR(parts[2].value, S(""));
    }
}

TEST("broken multipart is bad, never half a form") {
    struct str dir = test_folder(arena);
    static const struct str broken[] = {
        S_INIT(""),
        S_INIT("--x y\r\n"),
        S_INIT("--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"),
        S_INIT("--x y\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x y--"),
        S_INIT("--x y\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--x y--"),
        S_INIT("--x yz\r\n"),
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        CHECK(body_end(multipart(arena, dir, broken[i], 7)) == BODY_BAD);
    }
}

TEST("an upload is hashed on the way, counted against the limit, and gone with its request") {
    struct str dir = test_folder(arena);
    struct arena *request = arena_new();
    size_t n;
    struct body *b =
        multipart(request, dir,
                  S("--x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x y--"), 5);
    CHECK(body_end(b) == BODY_GOOD);
    const struct form_part *parts = body_parts(b, &n);
    CHECK_OR_RETURN(n == 1 && parts[0].upload);
    CHECK_STR(str_of(parts[0].upload->sha256), S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    char *path = str_z(arena, parts[0].upload->path);
    CHECK(access(path, R_OK) == 0);
    struct body *large = body_new(request, S("multipart/form-data; boundary=x"), dir, 100);
    struct str head = S("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n");
    body_take(large, head.at, head.len);
    for (int i = 0; i < 10; i++) {
        body_take(large, "0123456789", 10);
    }
    CHECK(body_end(large) == BODY_TOO_LARGE);
    CHECK_STR(body_field(large), S("file"));
    arena_free(request);
    CHECK(access(path, R_OK) != 0);
}
