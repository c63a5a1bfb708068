/* Pictures: PNG, JPEG, TIFF of several pages. Sizes are read from the head before anything is unfolded. */
#include "read/inside.h"

#include "base/arena.h"

#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

static const l_uint8 *raw(struct str s) { return (const l_uint8 *)s.at; }

static int64_t tiff_pages(const struct read_task *task) {
    l_int32 n = 0;
    size_t offset = 0;
    int64_t pages = 0;
    do {
        size_t before = offset;
        PIX *page = pixReadMemFromMultipageTiff(raw(task->bytes), task->bytes.len, &offset);
        if (!page) {
            break;
        }
        pixDestroy(&page);
        n++;
        pages = n;
        if (offset != 0 && offset <= before) {
            break;
        }
    } while (offset != 0 && pages <= task->limits.pages);
    return pages;
}

static PIX *tiff_page(const struct read_task *task) {
    size_t offset = 0;
    PIX *page = NULL;
    for (int64_t i = 0; i < task->n; i++) {
        pixDestroy(&page);
        if (i > 0 && offset == 0) {
            return NULL;
        }
        page = pixReadMemFromMultipageTiff(raw(task->bytes), task->bytes.len, &offset);
        if (!page) {
            return NULL;
        }
    }
    return page;
}

static enum read_fault head(const struct read_task *task, int64_t *pixels) {
    static const l_int32 wanted[FILE_TYPES] = {
        [FILE_PNG] = IFF_PNG, [FILE_JPEG] = IFF_JFIF_JPEG, [FILE_TIFF] = IFF_TIFF};
    l_int32 format = 0, w = 0, h = 0, bits = 0, samples = 0, has_map = 0;
    if (pixReadHeaderMem(raw(task->bytes), task->bytes.len, &format, &w, &h, &bits, &samples, &has_map) != 0 || w < 1 ||
        h < 1) {
        return READ_DAMAGED;
    }
    bool is_tiff = format >= IFF_TIFF && format <= IFF_TIFF_ZIP;
    if (task->type == FILE_TIFF ? !is_tiff : format != wanted[task->type]) {
        return READ_NOT_THAT;
    }
    *pixels = (int64_t)w * h;
    return *pixels > task->limits.pixels ? READ_TOO_LARGE : READ_FINE;
}

/* Dots an inch: what the file says when that is believable, else as if it were a sheet of A4. */
static int dpi_of(PIX *p) {
    int dpi = pixGetXRes(p);
    double w = pixGetWidth(p), h = pixGetHeight(p), narrow = w < h ? w : h;
    double inches = dpi > 0 ? narrow / dpi : 0;
    return dpi >= 60 && dpi <= 1200 && inches > 3 && inches < 20 ? dpi : (int)(narrow / 8.27 + 0.5);
}

static PIX *scaled_to(PIX *p, double factor) {
    PIX *plain = pixGetDepth(p) == 1 ? pixConvertTo8(p, 0) : pixClone(p);
    PIX *out = plain ? pixScale(plain, (l_float32)factor, (l_float32)factor) : NULL;
    pixDestroy(&plain);
    PIX *deep = out && pixGetDepth(out) != 32 ? pixConvertTo32(out) : NULL;
    if (deep) {
        pixDestroy(&out);
        return deep;
    }
    return out;
}

/* Grey without red ink: seals fade away, letters stay. */
static PIX *grey_of(PIX *p) { return pixGetDepth(p) == 32 ? pixGetRGBComponent(p, COLOR_RED) : pixConvertTo8(p, 0); }

static void cut(struct arena *a, const struct read_task *task, PIX *p, struct read_answer *answer) {
    double w = pixGetWidth(p), h = pixGetHeight(p), margin = 0.008 * w;
    double x = task->box.x * w - margin, y = task->box.y * h - margin;
    x = x > 0 ? x : 0;
    y = y > 0 ? y : 0;
    BOX *box = boxCreate((l_int32)x, (l_int32)y, (l_int32)(task->box.w * w + 2 * margin),
                         (l_int32)(task->box.h * h + 2 * margin));
    PIX *piece = box ? pixClipRectangle(p, box, NULL) : NULL;
    boxDestroy(&box);
    int dpi = dpi_of(p);
    PIX *out = piece ? scaled_to(piece, dpi > 150 ? 150.0 / dpi : 1) : NULL;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    if (out && pixWriteMemPng(&bytes, &size, out, 0) == 0) {
        answer->crop = str_copy(a, (struct str){(const char *)bytes, size});
    } else {
        answer->fault = READ_DAMAGED;
    }
    free(bytes);
    pixDestroy(&piece);
    pixDestroy(&out);
}

static void page_of(struct arena *a, PIX *p, struct read_answer *answer) {
    struct read_page *page = &answer->page;
    int dpi = dpi_of(p);
    page->width = pixGetWidth(p) * 72.0 / dpi;
    page->height = pixGetHeight(p) * 72.0 / dpi;
    PIX *view = scaled_to(p, 110.0 / dpi), *thumbnail = scaled_to(p, 240.0 / pixGetHeight(p)), *grey = grey_of(p);
    page->view = view ? read_webp(a, view, 70) : S("");
    page->thumbnail = thumbnail ? read_webp(a, thumbnail, 60) : S("");
    answer->fault = grey ? read_ocr(a, grey, dpi, page) : READ_DAMAGED;
    pixDestroy(&view);
    pixDestroy(&thumbnail);
    pixDestroy(&grey);
}

static void look(const struct read_task *task, struct read_answer *answer) {
    int64_t pages = 1;
    bool is_good;
    if (task->type == FILE_TIFF) {
        pages = tiff_pages(task);
        is_good = pages > 0;
    } else {
        PIX *whole = pixReadMem(raw(task->bytes), task->bytes.len);
        is_good = whole;
        pixDestroy(&whole);
    }
    answer->outline = (struct read_outline){.pages = pages, .has_pictures = true};
    answer->fault = !is_good ? READ_DAMAGED : pages > task->limits.pages ? READ_TOO_MANY : READ_FINE;
    answer->amount = pages;
}

static PIX *open_page(const struct read_task *task, enum read_fault *fault) {
    bool is_tiff = task->type == FILE_TIFF;
    *fault = READ_NO_SUCH_PAGE;
    if (task->n < 1 || (task->n > 1 && !is_tiff)) {
        return NULL;
    }
    PIX *p = is_tiff ? tiff_page(task) : pixReadMem(raw(task->bytes), task->bytes.len);
    if (!p) {
        *fault = task->n > 1 ? READ_NO_SUCH_PAGE : READ_DAMAGED;
        return NULL;
    }
    bool is_large = (int64_t)pixGetWidth(p) * pixGetHeight(p) > task->limits.pixels;
    *fault = is_large ? READ_TOO_LARGE : READ_FINE;
    return p;
}

void read_picture(struct arena *a, const struct read_task *task, struct read_answer *answer) {
    setMsgSeverity(L_SEVERITY_NONE);
    answer->fault = head(task, &answer->amount);
    if (answer->fault) {
        return;
    }
    if (task->what == READ_WHAT_OUTLINE) {
        look(task, answer);
        return;
    }
    PIX *p = open_page(task, &answer->fault);
    if (!answer->fault && task->what == READ_WHAT_CROP) {
        cut(a, task, p, answer);
    } else if (!answer->fault) {
        page_of(a, p, answer);
    }
    pixDestroy(&p);
}
