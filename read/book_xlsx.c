/* An Excel workbook's parts, node by node: its list of sheets, which styles are dates, its texts, its cells. */
#include "base/arena.h"
#include "base/num.h"
#include "read/book_say.h"
#include "read/xml.h"

#include <string.h>

#include "base/banned.h"

enum { STYLES_MOST = 65536 };

struct listed {
    struct str name, id, path;
    bool is_hidden;
};
struct xlsx {
    struct book_say *say;
    LIST(struct listed) sheets;
    LIST(int64_t) date_formats; /* ids of number formats of its own that show a day */
    LIST(bool) styles;          /* whether cells of a style are dates */
    struct read_strings strings;
    bool is_in_styles;
    /* of the sheet being read */
    struct buf value;
    size_t column;
    int64_t row;
    enum read_cell_kind kind;
    bool is_shared, is_in_value, is_hidden, is_in_row, is_phonetic;
};

static bool is_true(struct str s) { return str_eq(s, S("1")) || str_eq(s, S("true")); }

static void workbook_node(xmlTextReaderPtr r, void *thing) {
    struct xlsx *x = thing;
    struct arena *a = x->say->arena;
    if (!read_xml_opens(r)) {
        return;
    }
    if (read_xml_is(r, "workbookPr")) {
        x->say->is_1904 = is_true(read_xml_attribute(a, r, "date1904"));
    } else if (read_xml_is(r, "sheet") && x->sheets.n < READ_BOOK_SHEETS) {
        struct str state = read_xml_attribute(a, r, "state");
        LIST_ADD(a, &x->sheets,
                 (struct listed){.name = read_xml_attribute(a, r, "name"),
                                 .id = read_xml_attribute(a, r, "r:id"),
                                 .is_hidden = str_eq(state, S("hidden")) || str_eq(state, S("veryHidden"))});
    }
}

/* Where a sheet's part lies. What leads out of the workbook is not followed. */
static void rels_node(xmlTextReaderPtr r, void *thing) {
    struct xlsx *x = thing;
    struct arena *a = x->say->arena;
    if (!read_xml_opens(r) || !read_xml_is(r, "Relationship") || read_xml_attribute(a, r, "TargetMode").len) {
        return;
    }
    struct str id = read_xml_attribute(a, r, "Id"), target = read_xml_attribute(a, r, "Target");
    for (size_t i = 0; i < x->sheets.n; i++) {
        if (id.len && str_eq(x->sheets.at[i].id, id)) {
            x->sheets.at[i].path = str_starts(target, S("/")) ? str_slice(target, 1, target.len)
                                                              : str_format(a, "xl/%.*s", STR_ARG(target));
        }
    }
}

/* "dd/mm/yyyy" shows a day; what is in quotes or brackets is not part of the pattern. */
static bool shows_day(struct str code) {
    bool is_quoted = false, is_bracketed = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        is_quoted ^= c == '"';
        is_bracketed = c == '[' || (is_bracketed && c != ']');
        if (c == '\\') {
            i++;
        } else if (!is_quoted && !is_bracketed && strchr("dDyY", c)) {
            return true;
        }
    }
    return false;
}

static bool is_date_format(const struct xlsx *x, int64_t id) {
    for (size_t i = 0; i < x->date_formats.n; i++) {
        if (x->date_formats.at[i] == id) {
            return true;
        }
    }
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58);
}

static void styles_node(xmlTextReaderPtr r, void *thing) {
    struct xlsx *x = thing;
    struct arena *a = x->say->arena;
    int64_t id;
    if (read_xml_is(r, "cellXfs")) {
        x->is_in_styles = read_xml_opens(r) && !read_xml_is_empty(r);
    } else if (!read_xml_opens(r) || !num_read_between(read_xml_attribute(a, r, "numFmtId"), 0, INT32_MAX, &id)) {
        return;
    } else if (read_xml_is(r, "numFmt") && x->date_formats.n < STYLES_MOST) {
        if (shows_day(read_xml_attribute(a, r, "formatCode"))) {
            LIST_ADD(a, &x->date_formats, id);
        }
    } else if (read_xml_is(r, "xf") && x->is_in_styles && x->styles.n < STYLES_MOST) {
        LIST_ADD(a, &x->styles, is_date_format(x, id));
    }
}

/* "AB12": column 27 and row 12; false when senseless or beyond. */
static bool place_of(struct str s, size_t *column, int64_t *row) {
    size_t c = 0, i = 0;
    for (; i < s.len && i < 3 && s.at[i] >= 'A' && s.at[i] <= 'Z'; i++) {
        c = c * 26 + (size_t)(s.at[i] - 'A') + 1;
    }
    *column = c - 1;
    return c && num_read_between(str_slice(s, i, s.len), 1, 1 << 24, row);
}

static void merged(struct xlsx *x, struct str range) {
    struct str from, to;
    struct read_span s;
    if (str_cut(range, S(":"), &from, &to) && place_of(from, &s.column, &s.row) &&
        place_of(to, &s.column_last, &s.row_last) && s.column < READ_BOOK_COLUMNS && s.row_last >= s.row &&
        s.column_last >= s.column) {
        s.column_last = s.column_last < READ_BOOK_COLUMNS ? s.column_last : READ_BOOK_COLUMNS - 1;
        book_say_span(x->say, 'M', &s);
    }
}

static void hidden_columns(struct xlsx *x, xmlTextReaderPtr r) {
    struct arena *a = x->say->arena;
    int64_t from, to;
    if (is_true(read_xml_attribute(a, r, "hidden")) &&
        num_read_between(read_xml_attribute(a, r, "min"), 1, READ_BOOK_COLUMNS, &from) &&
        num_read_between(read_xml_attribute(a, r, "max"), from, 1 << 24, &to)) {
        to = to < READ_BOOK_COLUMNS ? to : READ_BOOK_COLUMNS;
        book_say_span(x->say, 'H', &(struct read_span){.column = (size_t)from - 1, .column_last = (size_t)to - 1});
    }
}

static enum read_cell_kind kind_of(const struct xlsx *x, struct str type, struct str style) {
    int64_t n;
    if (!type.len || str_eq(type, S("n"))) {
        bool is_date = x->styles.n && num_read_between(style, 0, (int64_t)x->styles.n - 1, &n) && x->styles.at[n];
        return is_date ? READ_CELL_DATE : READ_CELL_NUMBER;
    }
    return str_eq(type, S("b")) ? READ_CELL_BOOL : str_eq(type, S("e")) ? READ_CELL_FAULT : READ_CELL_TEXT;
}

/* Each row and cell once and in order: what goes back is left out. */
static void cell_open(struct xlsx *x, xmlTextReaderPtr r) {
    struct arena *a = x->say->row;
    struct str place = read_xml_attribute(a, r, "r"), type = read_xml_attribute(a, r, "t");
    size_t column;
    int64_t row;
    size_t next = x->column == SIZE_MAX ? 0 : x->column + 1;
    column = place_of(place, &column, &row) ? column : next;
    x->kind = kind_of(x, type, read_xml_attribute(a, r, "s"));
    x->is_shared = str_eq(type, S("s"));
    x->column = column < next ? READ_BOOK_COLUMNS : column;
    x->value.len = 0;
}

static void cell_close(struct xlsx *x) {
    struct str value = buf_str(&x->value);
    book_say_cell(x->say, x->column, x->kind, x->is_shared ? read_string(&x->strings, value) : value);
}

static void row_open(struct xlsx *x, xmlTextReaderPtr r) {
    int64_t n;
    bool is_given = num_read_between(read_xml_attribute(x->say->row, r, "r"), 1, 1 << 24, &n);
    x->is_in_row = !is_given || n > x->row;
    x->row = is_given && n > x->row ? n : x->row + 1;
    x->is_hidden = is_true(read_xml_attribute(x->say->row, r, "hidden"));
    x->column = SIZE_MAX;
}

static void value_node(struct xlsx *x, xmlTextReaderPtr r) {
    if (read_xml_is(r, "rPh")) {
        x->is_phonetic = read_xml_opens(r) && !read_xml_is_empty(r);
    } else if (read_xml_is(r, "v") || read_xml_is(r, "t")) {
        x->is_in_value = read_xml_opens(r) && !read_xml_is_empty(r) && !x->is_phonetic;
    } else if (x->is_in_value && read_xml_is_text(r) && x->value.len <= READ_BOOK_CELL) {
        buf_put(&x->value, str_slice(read_xml_text(r), 0, READ_BOOK_CELL));
    }
}

static void cell_node(struct xlsx *x, xmlTextReaderPtr r, bool opens, bool closes) {
    if (opens) {
        cell_open(x, r);
    }
    if (closes && x->is_in_row) {
        cell_close(x);
    }
}

static void row_node(struct xlsx *x, xmlTextReaderPtr r, bool opens, bool closes) {
    if (opens) {
        row_open(x, r);
    }
    if (closes) {
        book_say_line(x->say, x->row, x->is_hidden);
    }
}

static void sheet_node(xmlTextReaderPtr r, void *thing) {
    struct xlsx *x = thing;
    bool opens = read_xml_opens(r), closes = read_xml_closes(r) || read_xml_is_empty(r);
    if (x->say->has_more) {
        return;
    }
    if (read_xml_is(r, "c")) {
        cell_node(x, r, opens, closes);
    } else if (read_xml_is(r, "row")) {
        row_node(x, r, opens, closes);
    } else if (opens && read_xml_is(r, "mergeCell")) {
        merged(x, read_xml_attribute(x->say->arena, r, "ref"));
    } else if (opens && read_xml_is(r, "col")) {
        hidden_columns(x, r);
    } else {
        value_node(x, r);
    }
}

static enum read_fault part(struct xlsx *x, struct str zip, const char *name, void (*node)(xmlTextReaderPtr, void *)) {
    struct str xml;
    enum read_fault fault = read_zip_entry(x->say->arena, zip, name, x->say->limits, &xml);
    return fault ? fault : read_xml_walk(xml, node, x);
}

/* A part that need not be there. */
static enum read_fault optional(enum read_fault fault) { return fault == READ_NO_SUCH_PAGE ? READ_FINE : fault; }

static enum read_fault sheet_say(struct xlsx *x, struct str zip, const struct listed *l) {
    book_say_sheet(x->say, l->name, l->is_hidden);
    x->row = 0;
    x->is_in_row = x->is_in_value = x->is_phonetic = false;
    return l->path.len ? optional(part(x, zip, str_z(x->say->arena, l->path), sheet_node)) : READ_FINE;
}

enum read_fault book_xlsx(struct book_say *s, struct str zip) {
    struct xlsx x = {.say = s, .value = buf_in(s->arena)};
    struct str none;
    /* Unfolds all of it once: a bomb anywhere is seen. */
    enum read_fault fault = optional(read_zip_entry(s->arena, zip, NULL, s->limits, &none));
    fault = fault ? fault : part(&x, zip, "xl/workbook.xml", workbook_node);
    fault = fault ? fault : part(&x, zip, "xl/_rels/workbook.xml.rels", rels_node);
    fault = fault ? fault : optional(part(&x, zip, "xl/styles.xml", styles_node));
    fault = fault ? fault : optional(read_strings(s->arena, zip, s->limits, &x.strings));
    for (size_t i = 0; i < x.sheets.n && !fault && !s->has_more; i++) {
        fault = sheet_say(&x, zip, &x.sheets.at[i]);
    }
    return fault == READ_NO_SUCH_PAGE ? READ_NOT_THAT : fault;
}
