/* Between kernel/verify*.c. */
#ifndef KERNEL_VERIFY_INSIDE_H
#define KERNEL_VERIFY_INSIDE_H
#include "kernel/verify/verify.h"

void verify_found(struct verify *v, enum verify_part part, struct str where, struct str words);
struct err verify_progress(struct verify *v, enum verify_part part, int64_t done, int64_t total);
struct err verify_files(struct verify *v);
struct err verify_index(struct verify *v);
#endif
