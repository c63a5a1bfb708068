#include "read/type.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <magic.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

static const struct {
    struct str mime;
    struct str ending;
    struct str name;
    bool has_text;
} types[FILE_TYPES] = {
    [FILE_REFUSED] = {S_INIT("application/octet-stream"), S_INIT(""), S_INIT("Tệp"), false},
    [FILE_PDF] = {S_INIT("application/pdf"), S_INIT("pdf"), S_INIT("PDF"), true},
    [FILE_PNG] = {S_INIT("image/png"), S_INIT("png"), S_INIT("Ảnh PNG"), true},
    [FILE_JPEG] = {S_INIT("image/jpeg"), S_INIT("jpg"), S_INIT("Ảnh JPEG"), true},
    [FILE_TIFF] = {S_INIT("image/tiff"), S_INIT("tif"), S_INIT("Ảnh TIFF"), true},
    [FILE_DOCX] = {S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), S_INIT("docx"),
                   S_INIT("Word"), true},
    [FILE_DOC] = {S_INIT("application/msword"), S_INIT("doc"), S_INIT("Word 97–2003"), true},
    [FILE_XLSX] = {S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), S_INIT("xlsx"),
                   S_INIT("Excel"), true},
    [FILE_XLS] = {S_INIT("application/vnd.ms-excel"), S_INIT("xls"), S_INIT("Excel 97–2003"), false},
    [FILE_PPTX] = {S_INIT("application/vnd.openxmlformats-officedocument.presentationml.presentation"), S_INIT("pptx"),
                   S_INIT("PowerPoint"), false},
    [FILE_TEXT] = {S_INIT("text/plain; charset=utf-8"), S_INIT("txt"), S_INIT("Văn bản thuần"), true},
    /* Never as what a browser would run. */
    [FILE_HTML] = {S_INIT("application/octet-stream"), S_INIT("html"), S_INIT("Trang web đã lưu"), true},
    [FILE_XML] = {S_INIT("application/octet-stream"), S_INIT("xml"), S_INIT("Akoma Ntoso"), true},
};

static enum file_type checked(enum file_type t) { return t > FILE_REFUSED && t < FILE_TYPES ? t : FILE_REFUSED; }

struct str file_type_mime(enum file_type t) {
    return types[checked(t)].mime;
}
struct str file_type_ending(enum file_type t) {
    return types[checked(t)].ending;
}
struct str file_type_name(enum file_type t) {
    return types[checked(t)].name;
}
bool file_type_has_text(enum file_type t) { return types[checked(t)].has_text; }

enum file_type file_type_of_code(struct str code) {
    for (int t = FILE_REFUSED + 1; t < FILE_TYPES; t++) {
        if (str_eq(types[t].ending, code)) {
            return (enum file_type)t;
        }
    }
    return FILE_REFUSED;
}

/* What is inside a zip: Office writes its parts under word/, xl/ or ppt/. */
static enum file_type of_zip(struct str head) {
    bool is_office =
        str_find(head, S("[Content_Types].xml"), 0) != SIZE_MAX || str_find(head, S("_rels/.rels"), 0) != SIZE_MAX;
    static const struct {
        struct str folder;
        enum file_type type;
    } folders[] = {{S_INIT("word/"), FILE_DOCX}, {S_INIT("xl/"), FILE_XLSX}, {S_INIT("ppt/"), FILE_PPTX}};
    enum file_type found = FILE_REFUSED;
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t at = str_find(head, folders[i].folder, 0);
        if (at < first) {
            first = at;
            found = folders[i].type;
        }
    }
    return is_office ? found : FILE_REFUSED;
}

/* What is inside an OLE2 file: names of its streams, in UTF-16. */
static enum file_type of_ole(struct str head) {
    if (str_find(head, (struct str){"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t", 23}, 0) != SIZE_MAX) {
        return FILE_DOC;
    }
    return str_find(head, (struct str){"W\0o\0r\0k\0b\0o\0o\0k", 15}, 0) != SIZE_MAX ? FILE_XLS : FILE_REFUSED;
}

static enum file_type of_magic(struct str head) {
    magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_CDF |
                           MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV);
    enum file_type type = FILE_REFUSED;
    const char *mime = m && magic_load(m, NULL) == 0 ? magic_buffer(m, head.at, head.len) : NULL;
    if (!mime) {
        type = FILE_REFUSED;
    } else if (strcmp(mime, "text/plain") == 0) {
        type = FILE_TEXT;
    } else {
        for (int t = FILE_PDF; t <= FILE_TIFF; t++) {
            type = str_eq(str_of(mime), types[t].mime) ? (enum file_type)t : type;
        }
    }
    if (m) {
        magic_close(m);
    }
    return type;
}

/* Text in the old one-byte letters is no UTF-8; magic then calls it data or some other language. */
static bool is_texty(struct str head) {
    size_t odd = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];
        odd += c == 0 || (c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
    }
    return odd == 0 || str_starts(head, S("\xff\xfe")) || str_starts(head, S("\xfe\xff"));
}

/* The tail too: the list of a zip's entries is at its end. */
static struct str ends_of(struct arena *a, int fd) {
    enum { HEAD = 256 << 10, TAIL = 64 << 10 };
    char *at = arena_take(a, char, HEAD + TAIL);
    ssize_t n = pread(fd, at, HEAD, 0);
    if (n <= 0) {
        return S("");
    }
    off_t size = lseek(fd, 0, SEEK_END);
    ssize_t more = n == HEAD && size > HEAD ? pread(fd, at + n, TAIL, size - TAIL > HEAD ? size - TAIL : HEAD) : 0;
    return (struct str){at, (size_t)(n + (more > 0 ? more : 0))};
}

struct err file_type_sniff(struct arena *a, int fd, enum file_type *type) {
    struct str head = ends_of(a, fd);
    *type = FILE_REFUSED;
    if (head.len == 0) {
        return REFUSE(ERR_INVALID, "file", "Tệp rỗng, không có nội dung.");
    }
    if (str_starts(head, S("PK\x03\x04"))) {
        *type = of_zip(head);
    } else if (str_starts(head, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) {
        *type = of_ole(head);
    } else if (str_find(str_slice(head, 0, 1024), S("%PDF-"), 0) != SIZE_MAX) {
        *type = FILE_PDF;
    } else {
        *type = of_magic(str_slice(head, 0, 256 << 10));
        *type = *type == FILE_REFUSED && is_texty(head) && !str_starts(str_trim(head), S("<")) ? FILE_TEXT : *type;
    }
    return *type ? OK
                 : REFUSE(ERR_INVALID, "file",
                          "Loại tệp này không được nhận. Hệ thống nhận PDF, ảnh (PNG, JPEG, TIFF), Word, Excel, "
                          "PowerPoint và văn bản thuần.");
}

/* Saved pages begin with a tag; Akoma Ntoso names itself in its root. */
static enum file_type of_markup(struct arena *a, struct str head) {
    struct str s = str_trim(str_slice(head, str_starts(head, S("\xef\xbb\xbf")) ? 3 : 0, 8192));
    struct str small = str_lower_ascii(a, s);
    if (!str_starts(s, S("<"))) {
        return FILE_REFUSED;
    }
    if (str_find(s, S("<akomaNtoso"), 0) != SIZE_MAX || str_find(s, S(":akomaNtoso"), 0) != SIZE_MAX) {
        return FILE_XML;
    }
    bool is_page = str_find(small, S("<html"), 0) != SIZE_MAX || str_find(small, S("<!doctype html"), 0) != SIZE_MAX ||
                   str_find(small, S("<body"), 0) != SIZE_MAX || str_find(small, S("<div"), 0) != SIZE_MAX ||
                   str_find(small, S("<p"), 0) != SIZE_MAX;
    return is_page ? FILE_HTML : FILE_REFUSED;
}

struct err file_type_sniff_markup(struct arena *a, int fd, enum file_type *type) {
    *type = of_markup(a, ends_of(a, fd));
    return *type ? OK : file_type_sniff(a, fd, type);
}

static bool is_plain_in_names(char c) {
    unsigned char u = (unsigned char)c;
    return u >= 32 && u != 127 && !strchr("<>:|?*", c);
}

struct str file_name_clean(struct arena *a, struct str name) {
    enum { LONGEST = 300, LONGEST_ENDING = 12 };
    for (size_t i = name.len; i > 0; i--) {
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
            name = str_slice(name, i, name.len);
            break;
        }
    }
    struct str whole = utf8_clean(a, name);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < whole.len; i++) {
        if (is_plain_in_names(whole.at[i])) {
            buf_put_char(&b, whole.at[i]);
        }
    }
    struct str clean = str_trim(buf_str(&b));
    while (clean.len && clean.at[0] == '.') {
        clean = str_trim(str_slice(clean, 1, clean.len));
    }
    if (clean.len == 0) {
        return S("tep");
    }
    if (utf8_length(clean) <= LONGEST) {
        return clean;
    }
    size_t dot = clean.len;
    while (dot > 0 && clean.at[dot - 1] != '.') {
        dot--;
    }
    struct str ending = dot > 0 && clean.len - dot <= LONGEST_ENDING ? str_slice(clean, dot - 1, clean.len) : S("");
    struct str front = utf8_cut(clean, LONGEST - utf8_length(ending));
    return str_format(a, "%.*s%.*s", STR_ARG(front), STR_ARG(ending));
}
