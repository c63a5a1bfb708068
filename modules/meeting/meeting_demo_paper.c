/* A paper of the demonstration as a PDF of some pages. */
#include "modules/meeting/meeting_demo.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/buf.h"

enum { WIDE = 595, HIGH = 842, EDGE = 71 };

static cairo_status_t take(void *out, const unsigned char *bytes, unsigned n) {
    buf_put(out, (struct str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

/* Returns how far down it came. */
static int put(cairo_t *cr, struct str text, int y, const char *font, bool is_title) {
    PangoLayout *l = pango_cairo_create_layout(cr);
    PangoFontDescription *d = pango_font_description_from_string(font);
    int w, h;
    pango_layout_set_font_description(l, d);
    pango_layout_set_width(l, (WIDE - 2 * EDGE) * PANGO_SCALE);
    pango_layout_set_alignment(l, is_title ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_justify(l, !is_title);
    pango_layout_set_line_spacing(l, 1.25F);
    pango_layout_set_text(l, text.at, (int)text.len);
    pango_layout_get_pixel_size(l, &w, &h);
    cairo_move_to(cr, EDGE, y);
    pango_cairo_show_layout(cr, l);
    pango_font_description_free(d);
    g_object_unref(l);
    return y + h + 12;
}

struct str meeting_demo_pdf(struct arena *a, struct str title, struct str words) {
    struct buf b = buf_in(a);
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, &b, WIDE, HIGH);
    cairo_t *cr = cairo_create(s);
    struct str page, one;
    bool is_first = true;
    while (str_next(&words, '\f', &page)) {
        int y = EDGE;
        if (is_first) {
            y = put(cr, title, y, "Tinos, Times New Roman, serif bold 14", true);
        }
        while (str_next(&page, '\n', &one)) {
            y = put(cr, one, y, "Tinos, Times New Roman, serif 13", false);
        }
        cairo_show_page(cr);
        is_first = false;
    }
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    return buf_str(&b);
}
