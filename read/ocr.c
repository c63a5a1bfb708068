/* Recognition by Tesseract (LSTM, Vietnamese) after Leptonica has straightened the page and evened its light.
   The model is loaded once in the parent, before any child: children have it without opening a file. */
#include "read/inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

#include "base/banned.h"

static TessBaseAPI *engine;

/* A library's function that no header of ours declares. */
static void call_if_there(const char *name, int argument) {
    void *found = dlsym(RTLD_DEFAULT, name);
    if (found) {
        void (*function)(int) = NULL;
        memcpy(&function, &found, sizeof function);
        function(argument);
    }
}

struct err read_ocr_prepare(void) {
    if (engine) {
        return OK;
    }
    /* A child may make no threads, and the machine's cores are kept busy by several workers anyway. */
    call_if_there("omp_set_max_active_levels", 0);
    call_if_there("omp_set_num_threads", 1);
    setMsgSeverity(L_SEVERITY_NONE);
    TessBaseAPI *fresh = TessBaseAPICreate();
    if (!fresh || TessBaseAPIInit2(fresh, NULL, "vie", OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(fresh);
        return FAIL(ERR_BROKEN, "Tesseract cannot load its Vietnamese model (package tesseract-ocr-vie)");
    }
    TessBaseAPISetVariable(fresh, "debug_file", "/dev/null");
    TessBaseAPISetPageSegMode(fresh, PSM_AUTO);
    engine = fresh;
    return OK;
}

/* Black and white only, or nearly: evening its light would only fray the letters. */
static bool is_bilevel(PIX *grey) {
    NUMA *histogram = pixGetGrayHistogram(grey, 4);
    if (!histogram) {
        return true;
    }
    double all = 0, middle = 0;
    for (int i = 0; i < 256; i++) {
        l_float32 n = 0;
        numaGetFValue(histogram, i, &n);
        all += (double)n;
        middle += i > 60 && i < 245 ? (double)n : 0;
    }
    numaDestroy(&histogram);
    return all <= 0 || middle / all < 0.06;
}

/* Straight and evenly lit. *angle is what it was turned by, clockwise, in radians. */
static PIX *prepare(PIX *grey, double *angle) {
    *angle = 0;
    PIX *even = is_bilevel(grey) ? NULL : pixBackgroundNormSimple(grey, NULL, NULL);
    PIX *base = even ? even : pixClone(grey);
    PIX *binary = pixThresholdToBinary(base, 150);
    l_float32 degrees = 0, trust = 0;
    if (binary && pixFindSkew(binary, &degrees, &trust) == 0 && trust > 3 && fabs((double)degrees) > 0.15) {
        double radians = (double)degrees * 3.14159265358979 / 180;
        PIX *straight = pixRotate(base, (l_float32)radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
        if (straight) {
            pixDestroy(&base);
            base = straight;
            *angle = radians;
        }
    }
    pixDestroy(&binary);
    return base;
}

/* The straightened page, and where on it the picture recognised begins. */
struct sheet {
    double w, h; /* pixels */
    double angle;
    double x, y;
};

/* From the straightened picture back to the page as it lies. */
static struct read_box turned_back(double left, double top, double right, double bottom, const struct sheet *p) {
    double x = (left + right) / 2 + p->x - p->w / 2, y = (top + bottom) / 2 + p->y - p->h / 2;
    double c = cos(p->angle), s = sin(p->angle);
    double back_x = x * c + y * s + p->w / 2, back_y = -x * s + y * c + p->h / 2;
    return (struct read_box){(back_x - (right - left) / 2) / p->w, (back_y - (bottom - top) / 2) / p->h,
                             (right - left) / p->w, (bottom - top) / p->h};
}

static void take_words(struct arena *a, const struct sheet *sheet, struct read_page *page) {
    TessResultIterator *at = TessBaseAPIGetIterator(engine);
    if (!at) {
        return;
    }
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    do {
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
        if (text && TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom)) {
            struct read_word word = {.text = str_copy(a, str_of(text)),
                                     .confidence = (int)TessResultIteratorConfidence(at, RIL_WORD)};
            word.starts_line = TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0;
            word.starts_block = TessPageIteratorIsAtBeginningOf(place, RIL_PARA) != 0;
            word.box = turned_back(left, top, right, bottom, sheet);
            LIST_ADD(a, &page->words, word);
        }
        TessDeleteText(text);
    } while (TessResultIteratorNext(at, RIL_WORD));
    TessResultIteratorDelete(at);
}

/* A seal or a signature over printed words makes the whole corner a picture for the layout analysis, and the signer's
   name is gone. So the corner right of "Nơi nhận" is read once more by itself, line by line, wherever that anchor
   stands. */
static bool find_corner(struct arena *a, const struct read_page *page, double *top) {
    for (size_t i = 0; i + 1 < page->words.n; i++) {
        const struct read_word *w = &page->words.at[i];
        bool is_anchor =
            str_eq(utf8_fold(a, w->text), S("noi")) && str_starts(utf8_fold(a, w[1].text), S("nhan")) && w->box.x < 0.4;
        if (is_anchor) {
            *top = w->box.y - 0.025;
            return true;
        }
    }
    return false;
}

/* Black ink only: what is much lighter than the darkest print (grey seals, pencil, the other side) becomes white. */
static PIX *black_only(PIX *grey, BOX *box) {
    PIX *piece = pixClipRectangle(grey, box, NULL);
    NUMA *histogram = piece ? pixGetGrayHistogram(piece, 1) : NULL;
    PIX *out = NULL;
    if (histogram) {
        double all = 0, seen = 0;
        for (int i = 0; i < 256; i++) {
            l_float32 n = 0;
            numaGetFValue(histogram, i, &n);
            all += (double)n;
        }
        int dark = 0;
        for (; dark < 255 && seen < all * 0.01; dark++) {
            l_float32 n = 0;
            numaGetFValue(histogram, dark, &n);
            seen += (double)n;
        }
        int limit = dark + (250 - dark) * 35 / 100;
        out = pixThresholdToBinary(piece, limit < 60 ? 60 : limit > 200 ? 200 : limit);
    }
    numaDestroy(&histogram);
    pixDestroy(&piece);
    return out;
}

static double middle_x(const struct read_word *w) { return w->box.x + w->box.w / 2; }
static double middle_y(const struct read_word *w) { return w->box.y + w->box.h / 2; }

static const double CORNER_LEFT = 0.47;

/* The corner's words in place of those the page had there. */
static void join_corner(struct arena *a, struct read_page *page, const struct read_page *corner, double top,
                        double bottom) {
    struct read_page joined = {0};
    for (size_t i = 0; i < page->words.n; i++) {
        const struct read_word *w = &page->words.at[i];
        if (!(middle_x(w) > CORNER_LEFT && middle_y(w) > top && middle_y(w) < bottom)) {
            LIST_ADD(a, &joined.words, *w);
        }
    }
    bool is_line = true;
    for (size_t i = 0; i < corner->words.n; i++) {
        struct read_word w = corner->words.at[i];
        is_line = is_line || w.starts_line;
        if (w.confidence >= 25) {
            w.starts_line = w.starts_block = is_line;
            is_line = false;
            LIST_ADD(a, &joined.words, w);
        }
    }
    page->words = joined.words;
}

static void read_corner(struct arena *a, PIX *ready, int dpi, double angle, struct read_page *page) {
    const double height = 0.27;
    double top;
    if (!find_corner(a, page, &top)) {
        return;
    }
    top = top > 0 ? top : 0;
    int w = pixGetWidth(ready), h = pixGetHeight(ready), x = (int)(CORNER_LEFT * w), y = (int)(top * h);
    int high = (int)(height * h) + y > h ? h - y : (int)(height * h);
    BOX *box = high > 40 ? boxCreate(x, y, w - x, high) : NULL;
    PIX *piece = box ? black_only(ready, box) : NULL;
    boxDestroy(&box);
    if (!piece) {
        return;
    }
    struct read_page corner = {0};
    TessBaseAPISetPageSegMode(engine, PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(engine, piece);
    TessBaseAPISetSourceResolution(engine, dpi);
    if (TessBaseAPIRecognize(engine, NULL) == 0) {
        take_words(a, &(struct sheet){w, h, angle, x, y}, &corner);
    }
    TessBaseAPIClear(engine);
    TessBaseAPISetPageSegMode(engine, PSM_AUTO);
    pixDestroy(&piece);
    join_corner(a, page, &corner, top, top + height);
}

enum read_fault read_ocr(struct arena *a, PIX *grey, int dpi, struct read_page *page) {
    if (!engine) {
        return READ_NO_MODEL;
    }
    double angle = 0;
    PIX *ready = prepare(grey, &angle);
    if (!ready) {
        return READ_DAMAGED;
    }
    if (dpi < 200) {
        PIX *larger = pixScale(ready, 2, 2);
        if (larger) {
            pixDestroy(&ready);
            ready = larger;
            dpi *= 2;
        }
    }
    TessBaseAPISetImage2(engine, ready);
    TessBaseAPISetSourceResolution(engine, dpi);
    page->words.at = NULL;
    page->words.n = 0;
    if (TessBaseAPIRecognize(engine, NULL) == 0) {
        take_words(a, &(struct sheet){pixGetWidth(ready), pixGetHeight(ready), angle, 0, 0}, page);
    }
    TessBaseAPIClear(engine);
    read_corner(a, ready, dpi, angle, page);
    pixDestroy(&ready);
    page->how = page->words.n ? READ_OCR : READ_NOT;
    read_mend(a, page);
    read_page_compose(a, page);
    return READ_FINE;
}

enum read_fault read_ocr_figures(struct arena *a, PIX *grey, int dpi, struct read_page *page) {
    if (!engine) {
        return READ_NO_MODEL;
    }
    TessBaseAPISetPageSegMode(engine, PSM_SPARSE_TEXT);
    TessBaseAPISetVariable(engine, "tessedit_char_whitelist", "0123456789");
    TessBaseAPISetImage2(engine, grey);
    TessBaseAPISetSourceResolution(engine, dpi);
    if (TessBaseAPIRecognize(engine, NULL) == 0) {
        take_words(a, &(struct sheet){pixGetWidth(grey), pixGetHeight(grey), 0, 0, 0}, page);
    }
    TessBaseAPIClear(engine);
    TessBaseAPISetVariable(engine, "tessedit_char_whitelist", "");
    TessBaseAPISetPageSegMode(engine, PSM_AUTO);
    read_page_compose(a, page);
    return READ_FINE;
}

struct str read_webp(struct arena *a, PIX *picture, int quality) {
    l_uint8 *bytes = NULL;
    size_t size = 0;
    if (pixWriteMemWebP(&bytes, &size, picture, quality, 0) != 0) {
        return S("");
    }
    struct str copy = str_copy(a, (struct str){(const char *)bytes, size});
    free(bytes);
    return copy;
}
