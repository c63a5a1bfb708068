/* Whole files into memory; and what a failed write means: a disk without room is said as such everywhere, and is the
   person's to wait for; anything else is ours to mend. */
#ifndef BASE_DISK_H
#define BASE_DISK_H
#include <stdio.h>

#include "base/err.h"

/* All bytes of a file, or of a stream that is open already (standard input). False when it cannot be read to its end,
   or holds more than most. */
bool disk_read(struct arena *a, const char *path, size_t most, struct str *bytes);
bool disk_read_stream(struct arena *a, FILE *f, size_t most, struct str *bytes);

/* Whether an errno says that there is no room: on the disk, of the quota, or of the size a file may have. */
bool disk_is_full(int why);
/* The refusal for a disk without room: BUSY, with the Vietnamese sentence; the detail is for the log. */
struct err disk_full(struct arena *a, const char *file, int line, struct str detail);
/* The same when why says so, otherwise BROKEN; the detail goes to the log with the system's words. */
#define FAIL_DISK(arena_, why_, ...) disk_fault((arena_), (why_), __FILE__, __LINE__, __VA_ARGS__)
struct err disk_fault(struct arena *a, int why, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
#endif
