#include "kernel/out/qr.h"

#include <qrencode.h>

#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

enum { TEXT_MOST = 1000 };

/* Each run of dark modules in a row is one flat box. */
static struct str path_of(struct arena *a, const QRcode *code) {
    struct buf b = buf_in(a);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (size_t)y * (size_t)code->width;
        for (int x = 0; x < code->width; x++) {
            int from = x;
            while (x < code->width && (row[x] & 1)) {
                x++;
            }
            if (x > from) {
                buf_printf(&b, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
            }
        }
    }
    return buf_str(&b);
}

struct err qr_make(struct arena *a, struct str text, struct qr *qr) {
    *qr = (struct qr){0};
    if (!text.len || text.len > TEXT_MOST) {
        return FAIL(ERR_INVALID, "nothing, or too much, for a QR code");
    }
    QRcode *code = QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (!code) {
        return FAIL(ERR_BROKEN, "a QR code cannot be made");
    }
    *qr = (struct qr){path_of(a, code), code->width};
    QRcode_free(code);
    return OK;
}
