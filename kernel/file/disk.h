/* Private to kernel/file*.c: bytes on disk, durable once written. Paths are made of checked hashes only. */
#ifndef KERNEL_FILE_DISK_H
#define KERNEL_FILE_DISK_H
#include "base/err.h"

struct arena;

struct str file_store_dir(void);
bool file_hash_valid(struct str sha256);
/* DIR/kind/ab/cd/sha256 and what is to follow it; ends in NUL. Empty when the hash is none. */
struct str file_disk_path(struct arena *a, struct str dir, const char *kind, struct str sha256, struct str rest);
/* Gives a file already whole on disk a second name, durably. Being there already is fine. */
struct err file_disk_link(struct arena *a, struct str from, struct str to);
/* The same over what has that name, which is first kept aside as DIR/damaged/<its name>-<time>. */
struct err file_disk_replace(struct arena *a, struct str from, struct str to);
/* A second name for a damaged file, so that what was in it is not lost when it is replaced. */
struct err file_disk_set_aside(struct arena *a, struct str path);
/* Writes bytes beside path, then renames: whole or not at all. */
struct err file_disk_write(struct arena *a, struct str path, struct str bytes);
/* The same with a checksum behind the bytes; read again, they are compared with it. MISSING when there is no such file,
   BROKEN when it is damaged. For pictures, which no row knows the sums of. */
struct err file_disk_write_sealed(struct arena *a, struct str path, struct str bytes);
struct err file_disk_read_sealed(struct arena *a, struct str path, struct str *bytes);
void file_disk_sha256(struct str bytes, char hex[static 65]);
#endif
