/* Kept bytes compared with what was kept, block by block. For the store, the HTTP answers that send files, and verify.
 */
#ifndef KERNEL_FILE_CHECK_H
#define KERNEL_FILE_CHECK_H
#include "kernel/file/file.h"

enum { FILE_BLOCK = 64 * 1024 };

/* The sum of each block of a file of size bytes, as file_blob keeps them. */
struct err file_sums(struct arena *a, int fd, int64_t size, struct str *sums);
struct str file_sums_of_bytes(struct arena *a, struct str bytes);

/* Opens a kept file; BROKEN (file_is_damaged) when it is gone or of another length. */
struct err file_open(struct arena *a, const struct file *f, int *fd);
/* Bytes of block n; the last one is shorter. */
size_t file_block_size(const struct file *f, int64_t n);
/* Reads block n; BROKEN (file_is_damaged) when it is not as kept. */
struct err file_block(struct arena *a, const struct file *f, int fd, int64_t n, char block[static FILE_BLOCK]);
/* Compares the blocks that hold the bytes [from, to). */
struct err file_check_part(struct arena *a, const struct file *f, int fd, int64_t from, int64_t to);
/* All of it. *is_there: the disk holds something under its name, good or not. */
struct err file_check(struct arena *a, const struct file *f, bool *is_there);
#endif
