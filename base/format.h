/* printf into a buffer. What pages are full of (%s %.*s %c %d %lld %zu, whole numbers padded with noughts) is written
   here; anything else goes to the C library. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H
#include <stdarg.h>

#include "base/buf.h"

void buf_put_format(struct buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
#endif
