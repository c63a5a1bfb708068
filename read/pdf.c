/* PDF by poppler: its own text where that can be trusted, else its picture is recognised. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <cairo.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#include "base/banned.h"

enum { OCR_DPI = 200, OCR_DPI_MOST = 300, VIEW_DPI = 110, CROP_DPI = 150, THUMBNAIL_HIGH = 240, TRUSTED_LETTERS = 250 };
static const double LARGEST_DRAWING = 40e6;

static PopplerDocument *open_pdf(const struct read_task *task, enum read_fault *fault) {
    if (str_find(str_slice(task->bytes, 0, 1024), S("%PDF-"), 0) == SIZE_MAX) {
        *fault = READ_NOT_THAT;
        return NULL;
    }
    GBytes *bytes = g_bytes_new_static(task->bytes.at, task->bytes.len);
    GError *why = NULL;
    PopplerDocument *d = poppler_document_new_from_bytes(bytes, NULL, &why);
    g_bytes_unref(bytes);
    *fault = d ? READ_FINE : why && why->code == POPPLER_ERROR_ENCRYPTED ? READ_ENCRYPTED : READ_DAMAGED;
    g_clear_error(&why);
    return d;
}

/* The part of the page, in points, drawn at dpi, fewer when it is very large. */
static cairo_surface_t *draw(PopplerPage *page, double dpi, struct read_box part, double *dpi_used) {
    double most = sqrt(LARGEST_DRAWING / (part.w * part.h)) * 72;
    dpi = dpi < most ? dpi : most;
    *dpi_used = dpi;
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(part.w * dpi / 72), (int)ceil(part.h * dpi / 72));
    if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(s);
        return NULL;
    }
    cairo_t *c = cairo_create(s);
    cairo_set_source_rgb(c, 1, 1, 1);
    cairo_paint(c);
    cairo_scale(c, dpi / 72, dpi / 72);
    cairo_translate(c, -part.x, -part.y);
    poppler_page_render(page, c);
    cairo_destroy(c);
    cairo_surface_flush(s);
    return s;
}

/* As Leptonica has it: 32-bit colour, or the red channel alone, in which seals fade and letters stay. */
static PIX *pix_of(cairo_surface_t *s, bool is_red_only) {
    int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s),
        stride = cairo_image_surface_get_stride(s);
    const unsigned char *at = cairo_image_surface_get_data(s);
    PIX *p = pixCreate(w, h, is_red_only ? 8 : 32);
    if (!p) {
        return NULL;
    }
    for (int y = 0; y < h; y++) {
        l_uint32 *line = pixGetData(p) + (ptrdiff_t)y * pixGetWpl(p);
        const unsigned char *row = at + (ptrdiff_t)y * stride;
        for (int x = 0; x < w; x++) {
            l_uint32 pixel;
            memcpy(&pixel, row + (ptrdiff_t)x * 4, 4);
            if (is_red_only) {
                SET_DATA_BYTE(line, x, pixel >> 16 & 0xff);
            } else {
                line[x] = pixel << 8;
            }
        }
    }
    return p;
}

static struct str webp_at(struct arena *a, PopplerPage *page, double dpi, double w, double h, int quality) {
    double used;
    cairo_surface_t *s = draw(page, dpi, (struct read_box){0, 0, w, h}, &used);
    PIX *p = s ? pix_of(s, false) : NULL;
    struct str bytes = p ? read_webp(a, p, quality) : S("");
    pixDestroy(&p);
    if (s) {
        cairo_surface_destroy(s);
    }
    return bytes;
}

static bool is_space(uint32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xa0 || c == '\f'; }

/* A word being gathered from characters: where in the text it began, and its corners in points. */
struct growing {
    bool is_begun, starts_line;
    size_t from;
    double left, top, right, bottom;
};

static void grow(struct growing *w, size_t at, const PopplerRectangle *r) {
    if (!w->is_begun) {
        *w = (struct growing){true, w->starts_line, at, r->x1, r->y1, r->x2, r->y2};
        return;
    }
    w->left = fmin(w->left, r->x1);
    w->top = fmin(w->top, r->y1);
    w->right = fmax(w->right, r->x2);
    w->bottom = fmax(w->bottom, r->y2);
}

static void finish_word(struct arena *a, struct growing *g, struct str text, size_t end, struct read_page *page) {
    if (!g->is_begun) {
        return;
    }
    struct read_box box = {g->left / page->width, g->top / page->height, (g->right - g->left) / page->width,
                           (g->bottom - g->top) / page->height};
    LIST_ADD(a, &page->words,
             (struct read_word){
                 .text = str_slice(text, g->from, end), .confidence = 100, .starts_line = g->starts_line, .box = box});
    g->is_begun = g->starts_line = false;
}

/* Poppler gives a rectangle for each character of the text: words are what lies between white space. */
static void take_layer(struct arena *a, PopplerPage *from, struct read_page *page) {
    char *text = poppler_page_get_text(from);
    PopplerRectangle *places = NULL;
    guint n = 0;
    if (!text || !poppler_page_get_text_layout(from, &places, &n)) {
        g_free(text);
        return;
    }
    struct str s = str_copy(a, str_of(text));
    struct growing word = {.starts_line = true};
    size_t at = 0;
    for (guint i = 0; i < n && at < s.len; i++) {
        size_t before = at;
        uint32_t c = utf8_next(s, &at);
        if (is_space(c)) {
            finish_word(a, &word, s, before, page);
            word.starts_line = word.starts_line || c == '\n';
        } else {
            grow(&word, before, &places[i]);
        }
    }
    finish_word(a, &word, s, at, page);
    g_free(places);
    g_free(text);
    page->how = page->words.n ? READ_LAYER : READ_NOT;
    read_page_compose(a, page);
}

/* Letters and digits, those of them with a Vietnamese mark, and signs no text has. */
static void weigh(struct str text, int *letters, int *marked, int *strange) {
    *letters = *marked = *strange = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        bool is_ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool is_marked = (c >= 0xc0 && c <= 0x1b0 && c != 0xd7 && c != 0xf7) || (c >= 0x1ea0 && c <= 0x1ef9);
        *letters += is_ascii || is_marked;
        *marked += is_marked;
        *strange += c == 0xfffd || (c >= 0xe000 && c <= 0xf8ff) ||
                    (c >= 0x80 && c < 0xc0 && c != 0xa0 && c != 0xb0 && c != 0xab && c != 0xbb);
    }
}

/* A page's own text counts when there is enough of it, and it looks like Vietnamese or clean ASCII (tables, forms,
   English). A signature's stamp of some hundred letters over a scan is not enough. */
static bool is_trusted(struct str text, bool has_pictures) {
    int letters, marked, strange;
    weigh(text, &letters, &marked, &strange);
    if (strange * 20 > letters) {
        return false;
    }
    return letters >= TRUSTED_LETTERS ? marked * 100 >= letters * 5 || !has_pictures : letters > 0 && !has_pictures;
}

static bool has_pictures(PopplerPage *page) {
    GList *list = poppler_page_get_image_mapping(page);
    bool has = list != NULL;
    poppler_page_free_image_mapping(list);
    return has;
}

/* The scanner's own resolution, when one picture covers the page: drawn at another, letters fray. Measured on 200-dpi
   fax scans: 200 reads better than 300, 400 and 600, and a third faster. */
static double native_dpi(PopplerPage *from, const struct read_page *page) {
    GList *list = poppler_page_get_image_mapping(from);
    double dpi = OCR_DPI;
    for (GList *l = list; l; l = l->next) {
        const PopplerImageMapping *m = l->data;
        double w = fabs(m->area.x2 - m->area.x1), h = fabs(m->area.y2 - m->area.y1);
        if (w * h < 0.6 * page->width * page->height) {
            continue;
        }
        cairo_surface_t *s = poppler_page_get_image(from, m->image_id);
        if (s) {
            dpi = cairo_image_surface_get_width(s) / w * 72;
            cairo_surface_destroy(s);
        }
        break;
    }
    poppler_page_free_image_mapping(list);
    return dpi < 60 ? OCR_DPI : dpi > OCR_DPI_MOST ? OCR_DPI_MOST : dpi;
}

/* Drawn over the page: signatures and stamps come as annotations or fields with a look of their own. */
static bool has_stamps(PopplerPage *page) {
    GList *fields = poppler_page_get_form_field_mapping(page), *notes = poppler_page_get_annot_mapping(page);
    bool has = fields != NULL;
    poppler_page_free_form_field_mapping(fields);
    for (GList *l = notes; l && !has; l = l->next) {
        const PopplerAnnotMapping *m = l->data;
        has = poppler_annot_get_annot_type(m->annot) != POPPLER_ANNOT_LINK;
    }
    poppler_page_free_annot_mapping(notes);
    return has;
}

static enum read_fault recognise(struct arena *a, PopplerPage *from, struct read_page *page) {
    double dpi;
    cairo_surface_t *s = draw(from, native_dpi(from, page), (struct read_box){0, 0, page->width, page->height}, &dpi);
    PIX *grey = s ? pix_of(s, true) : NULL;
    if (s) {
        cairo_surface_destroy(s);
    }
    enum read_fault fault = grey ? read_ocr(a, grey, (int)(dpi + 0.5), page) : READ_DAMAGED;
    pixDestroy(&grey);
    return fault;
}

/* Paints out what the layer already says. */
static void paint_out(PIX *grey, const struct read_page *layer, double head) {
    double w = pixGetWidth(grey), h = pixGetHeight(grey) / head;
    for (size_t i = 0; i < layer->words.n; i++) {
        const struct read_box *b = &layer->words.at[i].box;
        BOX *box =
            boxCreate((l_int32)(b->x * w), (l_int32)(b->y * h), (l_int32)(b->w * w) + 1, (l_int32)(b->h * h) + 1);
        if (box) {
            pixSetInRectArbitrary(grey, box, 255);
        }
        boxDestroy(&box);
    }
}

/* Worth adding even when hardly sure: a person looks at it beside the picture. */
static bool is_worth(const struct read_word *w) { return w->box.h > 0.006 && w->box.h < 0.04 && w->confidence >= 20; }

/* The word on the same line after which w stands; the layer's length when it stands by itself. */
static size_t left_neighbour(const struct read_page *layer, const struct read_word *w) {
    size_t best = layer->words.n;
    for (size_t i = 0; i < layer->words.n; i++) {
        const struct read_box *b = &layer->words.at[i].box;
        double shared = fmin(b->y + b->h, w->box.y + w->box.h) - fmax(b->y, w->box.y);
        bool is_left =
            shared > 0.4 * w->box.h && b->x + b->w <= w->box.x + 0.3 * w->box.w && w->box.x - b->x - b->w < 0.2;
        if (is_left && (best == layer->words.n || b->x > layer->words.at[best].box.x)) {
            best = i;
        }
    }
    return best;
}

/* Number and date are stamped as pictures on letters born digital: in the head of page one, figures that are drawn but
   not in the layer are recognised, and put where they stand. */
static void add_stamped(struct arena *a, PopplerPage *from, struct read_page *layer) {
    const double head = 0.35;
    double dpi;
    cairo_surface_t *s = draw(from, OCR_DPI, (struct read_box){0, 0, layer->width, layer->height * head}, &dpi);
    PIX *grey = s ? pix_of(s, true) : NULL;
    if (s) {
        cairo_surface_destroy(s);
    }
    struct read_page seen = {0}, joined = *layer;
    if (!grey) {
        return;
    }
    paint_out(grey, layer, head);
    enum read_fault fault = read_ocr_figures(a, grey, (int)(dpi + 0.5), &seen);
    pixDestroy(&grey);
    if (fault) {
        return;
    }
    joined.words.at = NULL;
    joined.words.n = 0;
    struct read_word *stamped = arena_take(a, struct read_word, seen.words.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < seen.words.n; i++) {
        struct read_word w = seen.words.at[i];
        w.box.y *= head;
        w.box.h *= head;
        if (is_worth(&w)) {
            stamped[n++] = w;
        }
    }
    for (size_t i = 0; i <= layer->words.n; i++) {
        if (i < layer->words.n) {
            LIST_ADD(a, &joined.words, layer->words.at[i]);
        }
        for (size_t k = 0; k < n; k++) {
            if (left_neighbour(layer, &stamped[k]) == i) {
                stamped[k].starts_line = stamped[k].starts_block = i == layer->words.n;
                LIST_ADD(a, &joined.words, stamped[k]);
            }
        }
    }
    read_page_compose(a, &joined);
    *layer = joined;
}

static void read_one(struct arena *a, PopplerPage *from, struct read_answer *answer) {
    struct read_page *page = &answer->page;
    poppler_page_get_size(from, &page->width, &page->height);
    if (!(page->width > 5 && page->height > 5 && page->width < 15000 && page->height < 15000)) {
        answer->fault = READ_DAMAGED;
        return;
    }
    page->view = webp_at(a, from, VIEW_DPI, page->width, page->height, 70);
    page->thumbnail = webp_at(a, from, THUMBNAIL_HIGH * 72 / page->height, page->width, page->height, 60);
    struct read_page layer = *page;
    take_layer(a, from, &layer);
    bool is_illustrated = has_pictures(from);
    if (is_trusted(layer.text, is_illustrated)) {
        if (poppler_page_get_index(from) == 0 && (is_illustrated || has_stamps(from))) {
            add_stamped(a, from, &layer);
        }
        *page = layer;
        return;
    }
    answer->fault = recognise(a, from, page);
    if (answer->fault == READ_FINE && page->text.len < layer.text.len / 2) {
        *page = layer;
    }
}

static void cut(struct arena *a, const struct read_task *task, PopplerPage *from, struct read_answer *answer) {
    double w, h, dpi;
    poppler_page_get_size(from, &w, &h);
    double margin = 5, x = fmax(0, task->box.x * w - margin), y = fmax(0, task->box.y * h - margin);
    struct read_box part = {x, y, fmin(w, (task->box.x + task->box.w) * w + margin) - x,
                            fmin(h, (task->box.y + task->box.h) * h + margin) - y};
    cairo_surface_t *s = part.w > 1 && part.h > 1 ? draw(from, CROP_DPI, part, &dpi) : NULL;
    PIX *p = s ? pix_of(s, false) : NULL;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    if (p && pixWriteMemPng(&bytes, &size, p, 0) == 0) {
        answer->crop = str_copy(a, (struct str){(const char *)bytes, size});
    } else {
        answer->fault = READ_DAMAGED;
    }
    lept_free(bytes);
    pixDestroy(&p);
    if (s) {
        cairo_surface_destroy(s);
    }
}

static void look(struct arena *a, const struct read_task *task, PopplerDocument *d, struct read_answer *answer) {
    int n = poppler_document_get_n_pages(d);
    answer->amount = n;
    answer->fault = n <= 0 ? READ_EMPTY : n > task->limits.pages ? READ_TOO_MANY : READ_FINE;
    char *title = poppler_document_get_title(d);
    answer->outline = (struct read_outline){.pages = n, .title = str_copy(a, str_of(title)), .has_pictures = true};
    g_free(title);
}

void read_pdf(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    PopplerDocument *d = open_pdf(task, &answer->fault);
    if (!d) {
        return;
    }
    if (task->what == READ_WHAT_OUTLINE) {
        look(a, task, d, answer);
    } else {
        int n = poppler_document_get_n_pages(d);
        PopplerPage *page = task->n >= 1 && task->n <= n ? poppler_document_get_page(d, (int)task->n - 1) : NULL;
        if (!page) {
            answer->fault = task->n >= 1 && task->n <= n ? READ_DAMAGED : READ_NO_SUCH_PAGE;
        } else if (task->what == READ_WHAT_CROP) {
            cut(a, task, page, answer);
        } else {
            read_one(a, page, answer);
        }
        g_clear_object(&page);
    }
    g_object_unref(d);
}
