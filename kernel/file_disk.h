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
/* Writes bytes beside path, then renames: whole or not at all. */
struct err file_disk_write(struct arena *a, struct str path, struct str bytes);
void file_disk_sha256(struct str bytes, char hex[static 65]);
#endif
