#include "base/disk.h"

#include "base/arena.h"
#include "base/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/banned.h"

bool disk_read_stream(struct arena *a, FILE *f, size_t most, struct str *bytes) {
    enum { AT_ONCE = 1 << 16 };
    struct buf b = buf_in(a);
    size_t n = 1;
    while (n && b.len <= most) {
        buf_reserve(&b, AT_ONCE);
        n = fread(b.at + b.len, 1, AT_ONCE, f);
        b.len += n;
    }
    *bytes = buf_str(&b);
    return !ferror(f) && b.len <= most;
}

bool disk_read(struct arena *a, const char *path, size_t most, struct str *bytes) {
    FILE *f = fopen(path, "rbe");
    *bytes = S("");
    if (!f) {
        return false;
    }
    bool is_read = disk_read_stream(a, f, most, bytes);
    fclose(f);
    return is_read;
}

bool disk_is_full(int why) { return why == ENOSPC || why == EDQUOT || why == EFBIG; }

struct err disk_full(struct arena *a, const char *file, int line, struct str detail) {
    struct fault *f = arena_take(a, struct fault, 1);
    *f = (struct fault){.kind = ERR_BUSY,
                        .field = S(""),
                        .message = S("Ổ đĩa của máy chủ đã đầy nên chưa lưu được gì. Mời báo người quản trị dọn bớt, "
                                     "rồi thực hiện lại; không cần khởi động lại."),
                        .detail = detail,
                        .file = file,
                        .line = line};
    return (struct err){f};
}

struct err disk_fault(struct arena *a, int why, const char *file, int line, const char *format, ...) {
    char words[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    struct str detail = str_format(a, "%s: %s", words, strerror(why));
    return disk_is_full(why) ? disk_full(a, file, line, detail)
                             : err_detail(a, ERR_BROKEN, file, line, "%.*s", STR_ARG(detail));
}
