/* A Word file: what its paragraphs and letters are set to, styles and theme behind them. What was struck out, moved
   away or hidden is not there, and boxes that float are not of the text. */
#include <utf8proc.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/utf8.h"
#include "read/layout/word.h"

#include "base/banned.h"

enum { HEADS_MOST = 20, COLUMN_LETTERS = 3, BLANKS_LEAST = 6, BESIDE_LETTERS = 6 };

/* A line being gathered. */
struct piece {
    struct buf text;
    struct layout_count count;
    bool is_after_tab;
};

struct word {
    struct arena *arena;
    const struct layout_styles *styles;
    struct read_layout *out;
    struct piece piece;
    struct layout_face base, run; /* of the paragraph's style, of the run */
    struct layout_shape shape;
    enum read_align frame; /* where a frame in the page's head stands */
    bool is_in_paragraph_words, is_in_run_words, is_in_text, is_in_order, has_number, is_head, is_foot, has_pictures;
    int skipped, tables, boxes;
    size_t row_from, line_from; /* lines: where the row, where the paragraph begins */
    int64_t cell, paragraph, breaks, sheet;
    LIST(int64_t) cells; /* of each line: its column in the row being read */
};

static int64_t sections(const struct word *w) { return (int64_t)w->out->sheets.n; }

static void piece_new(struct word *w) { w->piece = (struct piece){.text = buf_in(w->arena)}; }

static void piece_put(struct word *w) {
    struct str text = layout_text(w->arena, buf_str(&w->piece.text));
    struct read_line line = {.text = text, .sheet = w->sheet, .page = w->breaks + 1, .paragraph = w->paragraph};
    const struct layout_shape *s = &w->shape;
    if ((text.len || w->has_number) && w->out->lines.n < LAYOUT_LINES_MOST) {
        layout_count_put(&w->piece.count, &line);
        line.side = w->piece.is_after_tab ? READ_SIDE_RIGHT : READ_SIDE_WHOLE;
        line.align = w->frame ? w->frame : s->align ? s->align : READ_ALIGN_LEFT;
        line.first = s->first;
        line.left = s->left;
        line.before = s->before;
        line.after = s->after;
        line.leading = s->leading;
        line.is_exact = s->is_exact;
        line.is_listed = s->listed == SAY_YES && w->line_from == w->out->lines.n;
        line.is_cell = w->tables > 0;
        line.is_head = w->is_head;
        line.is_foot = w->is_foot;
        line.has_number = w->has_number;
        line.text = text.len ? text : S("#");
        LIST_ADD(w->arena, &w->out->lines, line);
        LIST_ADD(w->arena, &w->cells, w->cell);
    }
    piece_new(w);
}

/* A tab after words parts two columns; after a number or a dash it is a blank. */
static void tab_take(struct word *w) {
    if (layout_letters(buf_str(&w->piece.text)) < COLUMN_LETTERS || w->is_head || w->is_foot) {
        BUF_LIT(&w->piece.text, " ");
        return;
    }
    size_t before = w->out->lines.n;
    bool was_after = w->piece.is_after_tab;
    piece_put(w);
    w->piece.is_after_tab = true;
    if (w->out->lines.n > before && !was_after) {
        w->out->lines.at[before].side = READ_SIDE_LEFT;
    }
}

static struct str in_capitals(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    for (size_t at = 0; at < text.len;) {
        char code[4];
        size_t n = utf8_put(code, (uint32_t)utf8proc_toupper((utf8proc_int32_t)utf8_next(text, &at)));
        buf_put(&b, (struct str){code, n});
    }
    return buf_str(&b);
}

static void text_put(struct word *w, const struct layout_face *face, struct str text) {
    layout_count(&w->piece.count, face, layout_letters(text));
    buf_put(&w->piece.text, face->capitals == SAY_YES ? in_capitals(w->arena, text) : text);
}

static struct str last_word(struct str s) {
    s = str_trim(s);
    size_t at = s.len;
    while (at > 0 && s.at[at - 1] != ' ') {
        at--;
    }
    return str_slice(s, at, s.len);
}

/* Where a run of many blanks ends that parts two columns: words on both sides, and none left for a number or a day. */
static size_t column_at(struct word *w, struct str text, size_t from) {
    size_t most = text.len + w->piece.text.len > LAYOUT_TEXT_MOST ? from : text.len;
    for (size_t i = from; i < most; i++) {
        size_t end = i;
        while (end < text.len && text.at[end] == ' ') {
            end++;
        }
        if (end - i >= BLANKS_LEAST) {
            struct str before = str_format(w->arena, "%.*s%.*s", STR_ARG(buf_str(&w->piece.text)),
                                           STR_ARG(str_slice(text, from, i))),
                       after = str_slice(text, end, text.len), word, rest;
            str_cut(after, S(" "), &word, &rest);
            bool is_wide = layout_letters(before) >= BESIDE_LETTERS && layout_letters(after) >= BESIDE_LETTERS;
            if (is_wide && !layout_is_left_blank(w->arena, last_word(before), word)) {
                return end;
            }
        }
        i = end > i ? end - 1 : i;
    }
    return text.len;
}

static void text_take(struct word *w, struct str text) {
    struct layout_face face = w->base;
    layout_face_over(&face, &w->run);
    for (size_t at = 0; at < text.len && face.hidden != SAY_YES;) {
        size_t end = column_at(w, text, at);
        text_put(w, &face, str_slice(text, at, end));
        at = end;
        if (at < text.len) {
            tab_take(w);
        }
    }
}

static void paragraph_open(struct word *w) {
    piece_new(w);
    w->paragraph += !w->is_head && !w->is_foot;
    w->line_from = w->out->lines.n;
    w->sheet = sections(w);
    w->frame = READ_ALIGN_UNKNOWN;
    w->base = w->styles->face;
    w->shape = w->styles->shape;
    w->run = (struct layout_face){0};
    w->has_number = false;
    layout_style_of(w->styles, S(""), &w->base, &w->shape);
}

static void style_take(struct word *w, struct str id) {
    w->base = w->styles->face;
    w->shape = w->styles->shape;
    layout_style_of(w->styles, id, &w->base, &w->shape);
}

static void paragraph_words(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "pStyle")) {
        style_take(w, read_xml_attribute(w->arena, r, "w:val"));
    } else if (read_xml_is(r, "framePr")) {
        w->frame = layout_align_of(read_xml_attribute(w->arena, r, "w:xAlign"));
    } else {
        layout_shape_take(w->arena, r, &w->shape);
    }
}

static void run_words(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "rStyle")) {
        struct layout_shape none = {0};
        layout_style_of(w->styles, read_xml_attribute(w->arena, r, "w:val"), &w->run, &none);
    } else {
        layout_face_take(w->styles, r, &w->run);
    }
}

/* ---- sections and tables */

static void section_open(struct word *w) {
    LIST_ADD(w->arena, &w->out->sheets, (struct read_sheet){.has_letters = true});
}

static void section_take(struct word *w, xmlTextReaderPtr r) {
    struct read_sheet *s = w->out->sheets.n ? &w->out->sheets.at[w->out->sheets.n - 1] : NULL;
    if (!s) {
        return;
    }
    if (read_xml_is(r, "pgSz")) {
        layout_length(w->arena, r, "w:w", &s->width);
        layout_length(w->arena, r, "w:h", &s->height);
    } else if (read_xml_is(r, "pgMar")) {
        layout_length(w->arena, r, "w:left", &s->left);
        layout_length(w->arena, r, "w:top", &s->top);
        layout_length(w->arena, r, "w:right", &s->right);
        layout_length(w->arena, r, "w:bottom", &s->bottom);
    } else if (read_xml_is(r, "titlePg")) {
        struct str v = read_xml_attribute(w->arena, r, "w:val");
        s->is_first_apart = !str_eq(v, S("0")) && !str_eq(v, S("false"));
    }
}

/* Of a row of two or three cells the first is the left column and the last the right one. */
static void row_end(struct word *w) {
    for (size_t i = w->row_from; i < w->out->lines.n && i < w->cells.n; i++) {
        bool is_pair = w->cell == 2 || w->cell == 3;
        enum read_side side = w->cells.at[i] == 1         ? READ_SIDE_LEFT
                              : w->cells.at[i] == w->cell ? READ_SIDE_RIGHT
                                                          : READ_SIDE_WHOLE;
        w->out->lines.at[i].side = is_pair ? side : w->out->lines.at[i].side;
    }
}

static void table_node(struct word *w, xmlTextReaderPtr r) {
    bool opens = read_xml_opens(r);
    if (read_xml_is(r, "tbl")) {
        w->tables += opens ? 1 : -1;
    } else if (w->tables != 1) {
        return;
    } else if (read_xml_is(r, "tr") && opens) {
        w->row_from = w->out->lines.n;
        w->cell = 0;
    } else if (read_xml_is(r, "tr")) {
        row_end(w);
        w->cell = 0;
    } else if (read_xml_is(r, "tc") && opens) {
        w->cell++;
    }
}

/* ---- nodes */

static bool is_skipped(xmlTextReaderPtr r) {
    static const char *const names[] = {"Fallback", "del", "moveFrom", "txbxContent", "delText"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (read_xml_is(r, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_page_order(struct str order) {
    order = str_trim(order);
    return str_starts(order, S("PAGE")) && !str_starts(order, S("PAGEREF"));
}

static void sign_take(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "br") || read_xml_is(r, "cr")) {
        piece_put(w);
    } else if (read_xml_is(r, "tab")) {
        tab_take(w);
    } else if (read_xml_is(r, "noBreakHyphen")) {
        text_take(w, S("-"));
    } else if (read_xml_is(r, "lastRenderedPageBreak")) {
        w->breaks++;
    } else if (read_xml_is(r, "fldSimple")) {
        w->has_number = w->has_number || is_page_order(read_xml_attribute(w->arena, r, "w:instr"));
    } else if (read_xml_is(r, "drawing") || read_xml_is(r, "pict")) {
        w->has_pictures = true;
    } else if (read_xml_is(r, "sectPr")) {
        section_open(w);
    } else {
        section_take(w, r);
    }
}

static void open_node(struct word *w, xmlTextReaderPtr r) {
    bool is_full = !read_xml_is_empty(r);
    if (read_xml_is(r, "p")) {
        paragraph_open(w);
    } else if (read_xml_is(r, "pPr")) {
        w->is_in_paragraph_words = is_full;
    } else if (read_xml_is(r, "r")) {
        w->run = (struct layout_face){0};
    } else if (read_xml_is(r, "rPr")) {
        w->is_in_run_words = is_full;
    } else if (read_xml_is(r, "t")) {
        w->is_in_text = is_full;
    } else if (read_xml_is(r, "instrText")) {
        w->is_in_order = is_full;
    } else if (read_xml_is(r, "sectPr") || (w->is_in_paragraph_words && read_xml_is(r, "titlePg"))) {
        sign_take(w, r);
    } else if (w->is_in_run_words) {
        if (!w->is_in_paragraph_words) {
            run_words(w, r);
        }
    } else if (w->is_in_paragraph_words) {
        paragraph_words(w, r);
        section_take(w, r);
    } else {
        sign_take(w, r);
    }
}

static void close_node(struct word *w, xmlTextReaderPtr r) {
    if (read_xml_is(r, "p")) {
        piece_put(w);
    } else if (read_xml_is(r, "pPr")) {
        w->is_in_paragraph_words = false;
    } else if (read_xml_is(r, "rPr")) {
        w->is_in_run_words = false;
    } else if (read_xml_is(r, "t")) {
        w->is_in_text = false;
    } else if (read_xml_is(r, "instrText")) {
        w->is_in_order = false;
    }
}

static void text_node(struct word *w, struct str text) {
    if (w->is_in_text) {
        text_take(w, text);
    } else if (w->is_in_order) {
        w->has_number = w->has_number || is_page_order(text);
    }
}

static void word_node(xmlTextReaderPtr r, void *thing) {
    struct word *w = thing;
    bool opens = read_xml_opens(r), closes = read_xml_closes(r);
    if ((opens || closes) && is_skipped(r)) {
        w->skipped += closes ? -1 : !read_xml_is_empty(r);
    } else if (w->skipped > 0) {
        return;
    } else if (read_xml_is_text(r)) {
        text_node(w, read_xml_text(r));
    } else if (opens || closes) {
        if (!opens || !read_xml_is_empty(r)) {
            table_node(w, r);
        }
        (opens ? open_node : close_node)(w, r);
    }
}

/* A page's number stands in one of the heads, or the feet. */
static enum read_fault heads_take(struct word *w, struct str zip, const struct read_limits *limits, bool is_head) {
    enum read_fault fault = READ_FINE;
    w->is_head = is_head;
    w->is_foot = !is_head;
    for (int i = 1; i <= HEADS_MOST && !fault; i++) {
        struct str xml, name = str_format(w->arena, "word/%s%d.xml", is_head ? "header" : "footer", i);
        fault = read_zip_entry(w->arena, zip, str_z(w->arena, name), limits, &xml);
        fault = fault ? fault : read_xml_walk(xml, word_node, w);
    }
    return fault == READ_NO_SUCH_PAGE ? READ_FINE : fault;
}

/* Every line belongs to a section; pages are said only where Word wrote down where they ended. */
static void settle(struct word *w) {
    if (!w->out->sheets.n) {
        section_open(w);
    }
    for (size_t i = 0; i < w->out->sheets.n; i++) {
        w->out->sheets.at[i].has_pictures = w->has_pictures;
    }
    for (size_t i = 0; i < w->out->lines.n; i++) {
        struct read_line *l = &w->out->lines.at[i];
        l->sheet = l->sheet < sections(w) ? l->sheet : sections(w) - 1;
        l->page = w->breaks && l->paragraph ? l->page : 0;
        l->paragraph = l->is_head || l->is_foot ? 0 : l->paragraph;
    }
}

struct main_part {
    struct arena *arena;
    struct str name;
};

static void relation_node(xmlTextReaderPtr r, void *thing) {
    struct main_part *m = thing;
    if (read_xml_opens(r) && read_xml_is(r, "Relationship") &&
        str_ends(read_xml_attribute(m->arena, r, "Type"), S("/officeDocument"))) {
        struct str target = read_xml_attribute(m->arena, r, "Target");
        m->name = str_starts(target, S("/")) ? str_slice(target, 1, target.len) : target;
    }
}

/* The text, by whatever name the file's own table has for it. */
static enum read_fault text_of(struct arena *a, struct str zip, const struct read_limits *limits, struct str *xml) {
    struct main_part m = {.arena = a};
    struct str relations;
    enum read_fault fault = read_zip_entry(a, zip, "_rels/.rels", limits, &relations);
    if (!fault && read_xml_walk(relations, relation_node, &m) == READ_FINE && m.name.len) {
        return read_zip_entry(a, zip, str_z(a, m.name), limits, xml);
    }
    return read_zip_entry(a, zip, "word/document.xml", limits, xml);
}

enum read_fault layout_docx(struct arena *a, struct str bytes, const struct read_limits *limits,
                            struct read_layout *out) {
    struct str xml, none;
    struct layout_styles styles;
    struct word w = {.arena = a, .styles = &styles, .out = out};
    out->is_declared = true;
    enum read_fault fault = read_zip_entry(a, bytes, NULL, limits, &none);
    fault = fault == READ_NO_SUCH_PAGE ? READ_FINE : fault;
    fault = fault ? fault : text_of(a, bytes, limits, &xml);
    if (fault) {
        return fault == READ_NO_SUCH_PAGE ? READ_NOT_THAT : fault;
    }
    fault = layout_styles_read(a, bytes, limits, &styles);
    piece_new(&w);
    fault = fault ? fault : read_xml_walk(xml, word_node, &w);
    fault = fault ? fault : heads_take(&w, bytes, limits, true);
    fault = fault ? fault : heads_take(&w, bytes, limits, false);
    settle(&w);
    return fault;
}
