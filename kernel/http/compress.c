/* Answers packed on the way. */
#include <string.h>
#include <zlib.h>

#include "kernel/http/parts.h"

#include "base/banned.h"

/* One deflater a process, begun anew for each answer: its 256 kB are not taken and given back each time. */
bool compress_gzip(struct arena *a, struct str in, struct str *out) {
    static z_stream z;
    static bool is_made;
    enum { GZIP = 15 + 16, CHEAP = 1, MEMORY = 8 };
    if (!is_made && deflateInit2(&z, CHEAP, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    is_made = true;
    size_t room = in.len - in.len / 10;
    if (deflateReset(&z) != Z_OK || in.len > UINT32_MAX / 2) {
        return false;
    }
    char *to = arena_take(a, char, room + 1);
    z.next_in = (Bytef *)(uintptr_t)in.at;
    z.avail_in = (uInt)in.len;
    z.next_out = (Bytef *)(void *)to;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) {
        return false;
    }
    *out = (struct str){to, room - z.avail_out};
    return true;
}
