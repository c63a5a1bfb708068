/* Zip files of our own making, in memory: the same parts give the same bytes. */
#ifndef KERNEL_OUT_ZIP_H
#define KERNEL_OUT_ZIP_H
#include "base/err.h"

struct arena;

struct zip_part {
    struct str name, bytes;
};
struct err zip_write(struct arena *a, const struct zip_part *parts, size_t n, struct str *zip);
#endif
