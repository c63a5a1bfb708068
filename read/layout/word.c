#include "base/arena.h"
#include "base/num.h"
#include "read/layout/word.h"

#include "base/banned.h"

enum { LENGTH_MOST = 200000, TWENTIETHS = 20, LINE_PARTS = 240 };

bool layout_length(struct arena *a, xmlTextReaderPtr r, const char *name, double *points) {
    int64_t n;
    if (!num_read_between(read_xml_attribute(a, r, name), -LENGTH_MOST, LENGTH_MOST, &n)) {
        return false;
    }
    *points = (double)n / TWENTIETHS;
    return true;
}

enum read_align layout_align_of(struct str word) {
    static const struct {
        struct str word;
        enum read_align align;
    } words[] = {{S_INIT("left"), READ_ALIGN_LEFT},      {S_INIT("start"), READ_ALIGN_LEFT},
                 {S_INIT("center"), READ_ALIGN_CENTRE},  {S_INIT("right"), READ_ALIGN_RIGHT},
                 {S_INIT("end"), READ_ALIGN_RIGHT},      {S_INIT("both"), READ_ALIGN_BOTH},
                 {S_INIT("distribute"), READ_ALIGN_BOTH}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(words[i].word, word)) {
            return words[i].align;
        }
    }
    return READ_ALIGN_UNKNOWN;
}

/* <w:b/> says yes, <w:b w:val="0"/> no. */
static enum layout_say said(struct arena *a, xmlTextReaderPtr r) {
    struct str v = read_xml_attribute(a, r, "w:val");
    return str_eq(v, S("0")) || str_eq(v, S("false")) || str_eq(v, S("off")) || str_eq(v, S("none")) ? SAY_NO : SAY_YES;
}

static struct str font_of(const struct layout_styles *s, xmlTextReaderPtr r) {
    struct str theme = read_xml_attribute(s->arena, r, "w:asciiTheme"),
               font = read_xml_attribute(s->arena, r, "w:ascii");
    if (theme.len) {
        return str_starts(theme, S("major")) ? s->major : s->minor;
    }
    return font.len ? layout_text(s->arena, font) : layout_text(s->arena, read_xml_attribute(s->arena, r, "w:hAnsi"));
}

static enum layout_say colour_of(struct arena *a, xmlTextReaderPtr r) {
    struct str v = read_xml_attribute(a, r, "w:val"), theme = read_xml_attribute(a, r, "w:themeColor");
    bool is_black = str_eq(v, S("auto")) || str_eq(v, S("000000")) || str_eq(theme, S("text1"));
    return is_black ? SAY_NO : SAY_YES;
}

void layout_face_take(const struct layout_styles *s, xmlTextReaderPtr r, struct layout_face *face) {
    struct arena *a = s->arena;
    int64_t halves;
    if (read_xml_is(r, "rFonts")) {
        struct str font = font_of(s, r);
        face->font = font.len ? font : face->font;
    } else if (read_xml_is(r, "sz")) {
        bool is_said = num_read_between(read_xml_attribute(a, r, "w:val"), 2, 3276, &halves);
        face->size = is_said ? (double)halves / 2 : face->size;
    } else if (read_xml_is(r, "b")) {
        face->bold = said(a, r);
    } else if (read_xml_is(r, "i")) {
        face->italic = said(a, r);
    } else if (read_xml_is(r, "u")) {
        face->underlined = said(a, r);
    } else if (read_xml_is(r, "caps")) {
        face->capitals = said(a, r);
    } else if (read_xml_is(r, "vanish")) {
        face->hidden = said(a, r);
    } else if (read_xml_is(r, "color")) {
        face->coloured = colour_of(a, r);
    }
}

static void indents_take(struct arena *a, xmlTextReaderPtr r, struct layout_shape *shape) {
    double x;
    if (layout_length(a, r, "w:left", &x) || layout_length(a, r, "w:start", &x)) {
        shape->left = x;
        shape->has_left = true;
    }
    if (layout_length(a, r, "w:firstLine", &x)) {
        shape->first = x;
        shape->has_first = true;
    }
    if (layout_length(a, r, "w:hanging", &x)) {
        shape->first = -x;
        shape->has_first = true;
    }
}

static void spaces_take(struct arena *a, xmlTextReaderPtr r, struct layout_shape *shape) {
    double x;
    if (layout_length(a, r, "w:before", &x)) {
        shape->before = x;
        shape->has_before = true;
    }
    if (layout_length(a, r, "w:after", &x)) {
        shape->after = x;
        shape->has_after = true;
    }
    if (layout_length(a, r, "w:line", &x)) {
        struct str rule = read_xml_attribute(a, r, "w:lineRule");
        shape->is_exact = str_eq(rule, S("exact")) || str_eq(rule, S("atLeast"));
        shape->leading = shape->is_exact ? x : x * TWENTIETHS / LINE_PARTS;
        shape->has_leading = true;
    }
}

void layout_shape_take(struct arena *a, xmlTextReaderPtr r, struct layout_shape *shape) {
    if (read_xml_is(r, "jc")) {
        shape->align = layout_align_of(read_xml_attribute(a, r, "w:val"));
    } else if (read_xml_is(r, "ind")) {
        indents_take(a, r, shape);
    } else if (read_xml_is(r, "spacing")) {
        spaces_take(a, r, shape);
    } else if (read_xml_is(r, "numId")) {
        shape->listed = str_eq(read_xml_attribute(a, r, "w:val"), S("0")) ? SAY_NO : SAY_YES;
    }
}
