#include "base/err.h"
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/banned.h"

__attribute__((format(printf, 2, 0))) static struct str words(struct arena *a, const char *format, va_list args) {
    char line[1024];
    int n = vsnprintf(line, sizeof line, format, args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    return str_copy(a, (struct str){line, len});
}

struct err err_detail(struct arena *a, enum err_kind kind, const char *file, int line, const char *format, ...) {
    struct fault *f = arena_take(a, struct fault, 1);
    *f = (struct fault){.kind = kind, .field = S(""), .message = S(""), .file = file, .line = line};
    va_list args;
    va_start(args, format);
    f->detail = words(a, format, args);
    va_end(args);
    return (struct err){f};
}

struct err err_refuse(struct arena *a, enum err_kind kind, const char *field, const char *format, ...) {
    struct fault *f = arena_take(a, struct fault, 1);
    *f = (struct fault){.kind = kind, .field = str_of(field), .detail = S(""), .file = "", .line = 0};
    va_list args;
    va_start(args, format);
    f->message = words(a, format, args);
    va_end(args);
    return (struct err){f};
}

int err_status(enum err_kind kind) {
    switch (kind) {
    case ERR_INVALID: return 422;
    case ERR_DENIED: return 403;
    case ERR_MISSING: return 404;
    case ERR_CONFLICT: return 409;
    case ERR_BUSY: return 503;
    case ERR_BROKEN: return 500;
    }
    return 500;
}

struct str err_sentence(enum err_kind kind) {
    switch (kind) {
    case ERR_INVALID: return S("Thông tin chưa đúng. Mời xem các ô được đánh dấu.");
    case ERR_DENIED: return S("Bạn không có quyền thực hiện việc này.");
    case ERR_MISSING: return S("Không tìm thấy, hoặc bạn không được xem nội dung này.");
    case ERR_CONFLICT: return S("Nội dung vừa được người khác thay đổi. Mời xem lại rồi thực hiện tiếp.");
    case ERR_BUSY: return S("Hệ thống đang bận. Mời thử lại sau ít phút.");
    case ERR_BROKEN: return S("Hệ thống gặp sự cố.");
    }
    return S("Hệ thống gặp sự cố.");
}
