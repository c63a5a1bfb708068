#include "modules/law/law_format.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_json.h"
#include "modules/law/law_text_inside.h"

#include <string.h>

enum { SURE_ENOUGH = 60, READ_WELL = 85 };

static const struct {
    struct str code, name;
} formats[LAW_FORMATS] = {{S_INIT(""), S_INIT("")},
                          [LAW_FORMAT_DOCX] = {S_INIT("docx"), S_INIT("Word")},
                          [LAW_FORMAT_DOC] = {S_INIT("doc"), S_INIT("Word 97–2003")},
                          [LAW_FORMAT_PDF] = {S_INIT("pdf"), S_INIT("PDF")},
                          [LAW_FORMAT_SCAN] = {S_INIT("scan"), S_INIT("Bản quét")},
                          [LAW_FORMAT_HTML] = {S_INIT("html"), S_INIT("Trang web đã lưu")},
                          [LAW_FORMAT_AKN] = {S_INIT("akn"), S_INIT("Akoma Ntoso")},
                          [LAW_FORMAT_TXT] = {S_INIT("txt"), S_INIT("Văn bản thuần")},
                          [LAW_FORMAT_JSON] = {S_INIT("json"), S_INIT("JSON")}};

static enum law_format known(enum law_format f) { return f > 0 && f < LAW_FORMATS ? f : LAW_FORMAT_NONE; }
struct str law_format_code(enum law_format format) {
    return formats[known(format)].code;
}
struct str law_format_name(enum law_format format) {
    return formats[known(format)].name;
}

static void flag(struct arena *a, struct law_file *file, const char *kind, struct str words) {
    law_flag_add(a, &file->tree, kind, LAW_NO_NODE, 0, words);
}

/* ---- Pages */

static bool is_page_number(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("0123456789-–— ", s.at[i]) && (unsigned char)s.at[i] < 128) {
            return false;
        }
    }
    return s.len > 0 && s.len < 9 && s.at[0] >= '-' && s.at[0] <= '9';
}

/* What signing tools print over a paper's head. */
static bool is_stamp(struct arena *a, struct str s) {
    static const char *const starts[] = {"ky boi:", "nguoi ky:", "co quan:", "thoi gian ky:", "email:", "ngay ky:"};
    struct str f = law_fold_start(a, s, 30);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts(f, str_of(starts[i]))) {
            return true;
        }
    }
    return false;
}

static void put_page(struct arena *a, struct buf *b, struct str text) {
    struct str rest = text, line;
    size_t n = 0;
    while (str_next(&rest, '\n', &line)) {
        struct str words = law_trim(line);
        bool is_edge = n == 0 || law_trim(rest).len == 0;
        n += words.len > 0;
        if (!(is_edge && is_page_number(words)) && !is_stamp(a, words)) {
            buf_put(b, line);
            buf_put_char(b, '\n');
        }
    }
}

void law_file_of_pages(struct arena *a, const struct read_page *pages, size_t n, struct law_file *file) {
    struct buf b = buf_in(a);
    size_t recognised = 0, lost = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        recognised += pages[i].how == READ_OCR;
        lost += pages[i].how == READ_NOT;
        sum += pages[i].how == READ_OCR ? pages[i].confidence : 0;
        put_page(a, &b, pages[i].text);
    }
    *file = (struct law_file){.format = recognised * 2 > n ? LAW_FORMAT_SCAN : LAW_FORMAT_PDF,
                              .pages = (int64_t)n,
                              .confidence = recognised ? (int)(sum / (double)recognised) : 100,
                              .encoding = READ_UTF8,
                              .certainty = 100};
    law_text_read(a, law_unwrap(a, buf_str(&b)), &file->tree);
    if (lost) {
        flag(a, file, "text", str_format(a, "Có %zu trang không đọc được chữ nào.", lost));
    }
    if (recognised && file->confidence < READ_WELL) {
        flag(a, file, "ocr",
             str_format(a, "Chữ nhận dạng chỉ chắc %d %%: cần đối chiếu với bản gốc.", file->confidence));
    }
}

/* ---- Whole texts */

/* Whether a text's lines are cut at a width, and not its paragraphs' own. */
static bool is_wrapped(struct arena *a, struct str text) {
    struct law_lines lines;
    law_lines_of(a, text, &lines);
    size_t cut = 0, longest = 0;
    for (size_t i = 0; i + 1 < lines.n; i++) {
        size_t length = utf8_length(law_line_words(&lines, i));
        longest = length > longest ? length : longest;
        cut += length > 40 && !lines.at[i + 1].after_blank && law_starts_small(law_line_words(&lines, i + 1));
    }
    return longest < 140 && cut * 5 > lines.n;
}

static enum law_level level_of(char sign) {
    static const enum law_level levels[] = {0,           LAW_PART,   LAW_CHAPTER, LAW_SECTION,  LAW_SUBSECTION,
                                            LAW_ARTICLE, LAW_CLAUSE, LAW_POINT,   LAW_SUBPOINT, LAW_ANNEX};
    return sign == 'a' ? LAW_TABLE : sign == 'b' ? LAW_PARAGRAPH : sign >= '1' && sign <= '9' ? levels[sign - '0'] : 0;
}

static struct law_given given_of(struct str record) {
    struct law_given g = {.level = level_of(record.len ? record.at[0] : 0), .heading = S(""), .text = S("")};
    struct str rest = str_slice(record, 1, record.len), label, heading, text;
    bool has_words = str_cut(rest, S("\ue002"), &rest, &text);
    bool has_heading = str_cut(rest, S("\ue001"), &label, &heading);
    g.label = law_label_bare(label);
    g.heading = has_heading ? law_trim(heading) : S("");
    g.text = has_words ? law_trim(text) : S("");
    return g;
}

/* What stands behind the last place may come before annexes. */
static struct str without_closing(struct str record, struct law_given_paper *paper) {
    struct str before, closing;
    if (str_cut(record, S("\ue003"), &before, &closing)) {
        paper->closing = law_trim(closing);
    }
    return before;
}

static void read_signs(struct arena *a, struct str text, struct law_tree *tree) {
    struct law_given_paper paper = {.closing = S("")};
    LIST(struct law_given) places = {0};
    struct str rest, one;
    str_cut(text, S("\ue000"), &paper.head, &rest);
    paper.head = law_trim(without_closing(paper.head, &paper));
    while (rest.len) {
        str_cut(rest, S("\ue000"), &one, &rest);
        struct law_given g = given_of(without_closing(one, &paper));
        if (g.level) {
            LIST_ADD(a, &places, g);
        }
    }
    paper.places = places.at;
    paper.n = places.n;
    law_text_make(a, &paper, tree);
}

static enum law_format format_of(enum file_type type) {
    return type == FILE_DOCX   ? LAW_FORMAT_DOCX
           : type == FILE_DOC  ? LAW_FORMAT_DOC
           : type == FILE_HTML ? LAW_FORMAT_HTML
           : type == FILE_XML  ? LAW_FORMAT_AKN
                               : LAW_FORMAT_TXT;
}

void law_file_of_whole(struct arena *a, const struct read_whole *whole, enum file_type type, struct law_file *file) {
    *file = (struct law_file){
        .format = format_of(type), .confidence = 100, .encoding = whole->encoding, .certainty = whole->certainty};
    if (type == FILE_XML) {
        read_signs(a, whole->text, &file->tree);
    } else if (type == FILE_TEXT && str_starts(str_trim(whole->text), S("{"))) {
        file->format = LAW_FORMAT_JSON;
        law_json_read(a, whole->text, &file->tree);
    } else {
        bool is_cut = type == FILE_TEXT && is_wrapped(a, whole->text);
        law_text_read(a, is_cut ? law_unwrap(a, whole->text) : whole->text, &file->tree);
    }
    if (whole->certainty < SURE_ENOUGH) {
        struct str name = read_encoding_name(whole->encoding);
        flag(a, file, "encoding",
             str_format(a, "Không chắc văn bản gõ bằng bảng mã nào (đã đọc theo %.*s): cần xem chữ có đúng không.",
                        STR_ARG(name)));
    }
}

static bool has_pages(enum file_type type) {
    return type == FILE_PDF || type == FILE_PNG || type == FILE_JPEG || type == FILE_TIFF;
}

static struct err read_pages(struct arena *a, const struct law_file_reading *r, const struct read_limits *limits,
                             struct law_file *file) {
    struct read_outline outline;
    TRY(read_outline(a, r->path, r->type, limits, &outline));
    struct read_page *pages = arena_take(a, struct read_page, (size_t)outline.pages);
    for (int64_t n = 1; n <= outline.pages; n++) {
        if (r->tell) {
            TRY(r->tell(r->thing, n, outline.pages));
        }
        struct err e = read_page(a, r->path, r->type, n, limits, &pages[n - 1]);
        if (e.why && !err_is(e, ERR_INVALID)) {
            return e;
        }
        pages[n - 1].view = pages[n - 1].thumbnail = S("");
    }
    law_file_of_pages(a, pages, (size_t)outline.pages, file);
    return OK;
}

struct err law_file_read(struct arena *a, const struct law_file_reading *reading, struct law_file *file) {
    const struct read_limits *limits = reading->limits ? reading->limits : &read_limits_usual;
    if (!file_type_has_text(reading->type) || reading->type == FILE_XLSX) {
        return REFUSE(ERR_INVALID, "file", "Loại tệp này không đọc được thành văn bản pháp luật.");
    }
    if (has_pages(reading->type)) {
        return read_pages(a, reading, limits, file);
    }
    struct read_whole whole;
    TRY(read_whole(a, reading->path, reading->type, limits, &whole));
    law_file_of_whole(a, &whole, reading->type, file);
    return OK;
}
