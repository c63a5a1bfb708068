/* The styles of a Word file, each over what it is based on. */
#include "base/arena.h"
#include "base/list.h"
#include "read/layout/word.h"

#include "base/banned.h"

enum { STYLES_MOST = 2000, BASED_MOST = 12 };

void layout_face_over(struct layout_face *under, const struct layout_face *over) {
    under->font = over->font.len ? over->font : under->font;
    under->size = over->size > 0 ? over->size : under->size;
    under->bold = over->bold ? over->bold : under->bold;
    under->italic = over->italic ? over->italic : under->italic;
    under->underlined = over->underlined ? over->underlined : under->underlined;
    under->coloured = over->coloured ? over->coloured : under->coloured;
    under->capitals = over->capitals ? over->capitals : under->capitals;
    under->hidden = over->hidden ? over->hidden : under->hidden;
}

static void length_over(double *under, bool *has, double over, bool has_over) {
    *under = has_over ? over : *under;
    *has = *has || has_over;
}

void layout_shape_over(struct layout_shape *under, const struct layout_shape *over) {
    under->align = over->align ? over->align : under->align;
    under->listed = over->listed ? over->listed : under->listed;
    under->is_exact = over->has_leading ? over->is_exact : under->is_exact;
    length_over(&under->first, &under->has_first, over->first, over->has_first);
    length_over(&under->left, &under->has_left, over->left, over->has_left);
    length_over(&under->before, &under->has_before, over->before, over->has_before);
    length_over(&under->after, &under->has_after, over->after, over->has_after);
    length_over(&under->leading, &under->has_leading, over->leading, over->has_leading);
}

static const struct layout_style *style_named(const struct layout_styles *s, struct str id) {
    for (size_t i = 0; i < s->list.n; i++) {
        bool is_it = id.len ? str_eq(s->list.at[i].id, id) : s->list.at[i].is_default;
        if (is_it) {
            return &s->list.at[i];
        }
    }
    return NULL;
}

void layout_style_of(const struct layout_styles *s, struct str id, struct layout_face *face,
                     struct layout_shape *shape) {
    const struct layout_style *chain[BASED_MOST];
    size_t n = 0;
    for (const struct layout_style *at = style_named(s, id); at && n < BASED_MOST;) {
        chain[n++] = at;
        at = at->based_on.len ? style_named(s, at->based_on) : NULL;
    }
    while (n > 0) {
        n--;
        layout_face_over(face, &chain[n]->face);
        layout_shape_over(shape, &chain[n]->shape);
    }
}

/* ---- reading */

struct reading {
    struct layout_styles *styles;
    struct layout_style *one;
    bool is_in_defaults;
};

static void style_open(struct reading *w, xmlTextReaderPtr r) {
    struct layout_styles *s = w->styles;
    w->one = NULL;
    if (s->list.n < STYLES_MOST) {
        w->one = LIST_PUSH(s->arena, &s->list);
        w->one->id = read_xml_attribute(s->arena, r, "w:styleId");
        struct str is_default = read_xml_attribute(s->arena, r, "w:default");
        w->one->is_default = str_eq(read_xml_attribute(s->arena, r, "w:type"), S("paragraph")) &&
                             (str_eq(is_default, S("1")) || str_eq(is_default, S("true")));
    }
}

static void style_node(xmlTextReaderPtr r, void *thing) {
    struct reading *w = thing;
    if (read_xml_is(r, "docDefaults")) {
        w->is_in_defaults = read_xml_opens(r) && !read_xml_is_empty(r);
    } else if (!read_xml_opens(r)) {
        return;
    } else if (read_xml_is(r, "style")) {
        style_open(w, r);
    } else if (read_xml_is(r, "basedOn") && w->one) {
        w->one->based_on = read_xml_attribute(w->styles->arena, r, "w:val");
    } else if (w->is_in_defaults) {
        layout_face_take(w->styles, r, &w->styles->face);
        layout_shape_take(w->styles->arena, r, &w->styles->shape);
    } else if (w->one) {
        layout_face_take(w->styles, r, &w->one->face);
        layout_shape_take(w->styles->arena, r, &w->one->shape);
    }
}

struct theme {
    struct layout_styles *styles;
    bool is_major, is_minor;
};

static void theme_node(xmlTextReaderPtr r, void *thing) {
    struct theme *t = thing;
    if (read_xml_is(r, "majorFont")) {
        t->is_major = read_xml_opens(r);
    } else if (read_xml_is(r, "minorFont")) {
        t->is_minor = read_xml_opens(r);
    } else if (read_xml_opens(r) && read_xml_is(r, "latin")) {
        struct str font = read_xml_attribute(t->styles->arena, r, "typeface");
        t->styles->major = t->is_major ? font : t->styles->major;
        t->styles->minor = t->is_minor ? font : t->styles->minor;
    }
}

enum read_fault layout_styles_read(struct arena *a, struct str zip, const struct read_limits *limits,
                                   struct layout_styles *out) {
    struct str xml;
    *out = (struct layout_styles){.arena = a};
    struct theme theme = {.styles = out};
    struct reading reading = {.styles = out};
    enum read_fault fault = read_zip_entry(a, zip, "word/theme/theme1.xml", limits, &xml);
    fault = fault ? fault : read_xml_walk(xml, theme_node, &theme);
    if (fault && fault != READ_NO_SUCH_PAGE) {
        return fault;
    }
    fault = read_zip_entry(a, zip, "word/styles.xml", limits, &xml);
    fault = fault ? fault : read_xml_walk(xml, style_node, &reading);
    return fault == READ_NO_SUCH_PAGE ? READ_FINE : fault;
}
