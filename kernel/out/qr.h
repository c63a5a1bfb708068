/* An address as a QR code for paper: libqrencode finds the modules, a page draws them as one SVG path. needs: base */
#ifndef KERNEL_OUT_QR_H
#define KERNEL_OUT_QR_H
#include "base/err.h"

struct arena;

struct qr {
    struct str path; /* of an SVG whose units are modules, dark ones filled, with no margin */
    int size;        /* modules a side */
};
/* Bytes as they are, level M: about a seventh of them may be lost. INVALID when the
 * text is empty or longer than 1,000 bytes. */
struct err qr_make(struct arena *a, struct str text, struct qr *qr);
#endif
