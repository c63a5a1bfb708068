/* Numbers read and written exactly. */
#ifndef BASE_NUM_H
#define BASE_NUM_H
#include "base/str.h"

struct buf;

/* Decimal integer, whole string, optional '-'. False on anything else or overflow; *out is then unchanged. */
bool num_read(struct str s, int64_t *out);
bool num_read_between(struct str s, int64_t low, int64_t high, int64_t *out);
/* Padded with noughts to the width, sign and all. */
void num_put_padded(struct buf *b, bool is_negative, uint64_t magnitude, int width);
void num_put_vi(struct buf *b, int64_t n);                         /* 1.234.567 */
void num_put_vi_fraction(struct buf *b, double value, int digits); /* 1.234.567,5 */
void num_put_bytes_vi(struct buf *b, int64_t bytes);               /* 1,2 MB */
#endif
