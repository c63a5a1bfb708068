/* Makes scans for tests: an image-only PDF of an official letter as it comes off an office scanner (200 dpi, grey,
   a little askew, with noise), laid out by NĐ 30/2020/NĐ-CP. The same fields and seed give the same picture. */
#ifndef TESTS_SCAN_H
#define TESTS_SCAN_H
#include <stdbool.h>

enum scan_layout { SCAN_STATE, SCAN_FRONT, SCAN_PARTY };

/* NULL and 0 mean the usual. */
struct scan {
    enum scan_layout layout;
    const char *parent;   /* cơ quan cấp trên, two lines parted by \n when long */
    const char *issuer;   /* cơ quan ban hành */
    const char *number;   /* "249" */
    const char *notation; /* "MTTQ-BTT", "QĐ-UBND" */
    const char *place;    /* "Hải Phòng" */
    int day, month, year;
    const char *type; /* "QUYẾT ĐỊNH"; "" for a công văn */
    const char *subject;
    const char *urgency;    /* "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC" */
    const char *competence; /* "TM. BAN THƯỜNG TRỰC" */
    const char *position;   /* "PHÓ CHỦ TỊCH" */
    const char *signer;
    const char *sentence; /* one more paragraph on the first page, for a test to find */
    int pages;            /* 1 */
    int dpi;              /* 200 */
    double skew;          /* degrees; 0.6. Negative zero is not needed: give 0.0001 for none */
    int noise;            /* 0 to 100; 12 */
    int shade;            /* 0 to 100: uneven light; 10 */
    bool is_bilevel;      /* black and white only, as a fax */
    unsigned seed;
};

/* Writes the PDF; false when path cannot be written. */
bool scan_write_pdf(const struct scan *s, const char *path);
/* Writes page 1 as PNG. */
bool scan_write_png(const struct scan *s, const char *path);
#endif
