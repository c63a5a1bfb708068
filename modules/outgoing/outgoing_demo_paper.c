/* The demonstration's issued copies: a page of words as PDF. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "modules/outgoing/outgoing_demo.h"

#include "base/arena.h"
#include "base/buf.h"

static cairo_status_t keep(void *thing, const unsigned char *bytes, unsigned int n) {
    const void *at = bytes;
    buf_put(thing, (struct str){at, n});
    return CAIRO_STATUS_SUCCESS;
}

static double write_at(cairo_t *cr, PangoLayout *layout, double y, const char *font, struct str text) {
    PangoFontDescription *d = pango_font_description_from_string(font);
    int height;
    pango_layout_set_font_description(layout, d);
    pango_font_description_free(d);
    pango_layout_set_text(layout, text.at, (int)text.len);
    cairo_move_to(cr, 85, y);
    pango_cairo_show_layout(cr, layout);
    pango_layout_get_size(layout, NULL, &height);
    return y + (double)height / PANGO_SCALE + 10;
}

struct str outgoing_demo_pdf(struct arena *a, struct str code, struct str subject, struct str body) {
    struct buf out = buf_in(a);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, &out, 595.3, 841.9);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(a, subject));
    cairo_t *cr = cairo_create(surface);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72);
    pango_layout_set_width(layout, 455 * PANGO_SCALE);
    pango_layout_set_justify(layout, TRUE);
    double y = write_at(cr, layout, 60, "Tinos Bold 12", S("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nBAN THƯỜNG TRỰC"));
    y = write_at(cr, layout, y, "Tinos 12", str_format(a, "Số: %.*s", STR_ARG(code)));
    y = write_at(cr, layout, y + 10, "Tinos Bold 14", subject);
    write_at(cr, layout, y + 6, "Tinos 13", body);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return buf_str(&out);
}
