/* Recognition by Tesseract (LSTM, Vietnamese) after Leptonica has straightened the page and evened its light.
   The model is loaded once in the parent, before any child: children have it without opening a file. */
#include "kernel/read_inside.h"

#include "base/arena.h"

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
    /* Reads the list of fonts now, while files can be opened. */
    call_if_there("FcInit", 0);
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

/* From the straightened picture back to the page as it lies. */
static struct read_box turned_back(double left, double top, double right, double bottom, double w, double h, double angle) {
    double x = (left + right) / 2 - w / 2, y = (top + bottom) / 2 - h / 2;
    double c = cos(angle), s = sin(angle);
    double back_x = x * c + y * s + w / 2, back_y = -x * s + y * c + h / 2;
    return (struct read_box){(back_x - (right - left) / 2) / w, (back_y - (bottom - top) / 2) / h, (right - left) / w, (bottom - top) / h};
}

static void take_words(struct arena *a, double w, double h, double angle, struct read_page *page) {
    TessResultIterator *at = TessBaseAPIGetIterator(engine);
    if (!at) {
        return;
    }
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    do {
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
        if (text && TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom)) {
            struct read_word word = {.text = str_copy(a, str_of(text)), .confidence = (int)TessResultIteratorConfidence(at, RIL_WORD)};
            word.starts_line = TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0;
            word.starts_block = TessPageIteratorIsAtBeginningOf(place, RIL_PARA) != 0;
            word.box = turned_back(left, top, right, bottom, w, h, angle);
            LIST_ADD(a, &page->words, word);
        }
        TessDeleteText(text);
    } while (TessResultIteratorNext(at, RIL_WORD));
    TessResultIteratorDelete(at);
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
        take_words(a, pixGetWidth(ready), pixGetHeight(ready), angle, page);
    }
    TessBaseAPIClear(engine);
    pixDestroy(&ready);
    page->how = page->words.n ? READ_OCR : READ_NOT;
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
