/* Kept files as answers: conditional, in ranges, never as a page. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "kernel/http_parts.h"

#include "base/banned.h"

/* Types a browser would run or draw as a page of ours. */
static bool is_active(struct str type) {
    return str_starts(type, S("text/html")) || str_starts(type, S("application/xhtml")) ||
           str_find(type, S("xml"), 0) != SIZE_MAX || str_find(type, S("javascript"), 0) != SIZE_MAX ||
           str_find(type, S("svg"), 0) != SIZE_MAX;
}

/* "bytes=a-b", "bytes=a-", "bytes=-n". Several ranges at once are answered with the whole. */
enum range range_read(struct str header, int64_t size, int64_t *from, int64_t *to) {
    struct str first, last;
    if (!str_starts(header, S("bytes=")) || str_find(header, S(","), 0) != SIZE_MAX) {
        return RANGE_NONE;
    }
    if (!str_cut(str_slice(header, 6, header.len), S("-"), &first, &last)) {
        return RANGE_NONE;
    }
    int64_t a = 0, b = size - 1, n = 0;
    if (first.len == 0) {
        if (!num_read_between(last, 0, INT64_MAX, &n)) {
            return RANGE_NONE;
        }
        a = n < size ? size - n : 0;
        if (n == 0) {
            return RANGE_WRONG;
        }
    } else if (!num_read_between(first, 0, INT64_MAX, &a) || (last.len && !num_read_between(last, a, INT64_MAX, &b))) {
        return RANGE_NONE;
    }
    if (a >= size) {
        return RANGE_WRONG;
    }
    *from = a;
    *to = b < size ? b : size - 1;
    return RANGE_PART;
}

static void put_headers(struct request *r, struct str tag, struct str type, struct str name, bool download) {
    answer_header(r, S("ETag"), tag);
    answer_header(r, S("Accept-Ranges"), S("bytes"));
    if (name.len || download) {
        answer_header(r, S("Content-Disposition"), answer_disposition(r->arena, name, download));
    }
    /* The browser's own PDF viewer does not start in a sandbox. */
    answer_header(r, S("Content-Security-Policy"),
                  str_eq(type, S("application/pdf"))
                      ? S("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
                      : S("default-src 'none'; sandbox; frame-ancestors 'self'"));
}

static void answer_range(struct request *r, int64_t size, struct str tag) {
    struct answer *a = &r->answer;
    int64_t from = 0, to = 0;
    struct str range = header_value(r, S("Range")), only_if = header_value(r, S("If-Range"));
    enum range asked =
        range.len && (only_if.len == 0 || str_eq(only_if, tag)) ? range_read(range, size, &from, &to) : RANGE_NONE;
    if (asked == RANGE_WRONG) {
        a->status = MHD_HTTP_RANGE_NOT_SATISFIABLE;
        answer_header(r, S("Content-Range"), str_format(r->arena, "bytes */%lld", (long long)size));
        a->size = 0;
    } else if (asked == RANGE_PART) {
        a->status = MHD_HTTP_PARTIAL_CONTENT;
        answer_header(r, S("Content-Range"),
                      str_format(r->arena, "bytes %lld-%lld/%lld", (long long)from, (long long)to, (long long)size));
        a->from = from;
        a->size = to - from + 1;
    } else {
        a->status = MHD_HTTP_OK;
        a->size = size;
    }
}

static void fd_close(void *thing) {
    struct request *r = thing;
    if (r->answer.fd >= 0) {
        close(r->answer.fd);
        r->answer.fd = -1;
    }
}

struct err answer_file(struct get *g, struct str path, struct str type, struct str name, bool download) {
    struct request *r = g->request;
    struct answer *a = &r->answer;
    struct stat st;
    a->fd = open(str_z(g->arena, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (a->fd < 0 || fstat(a->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        fd_close(r);
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    arena_on_reset(r->arena, fd_close, r);
    if (is_active(type)) {
        type = S("application/octet-stream");
        download = true;
    }
    struct str tag = str_format(g->arena, "\"%llx-%llx-%lx\"", (unsigned long long)st.st_size,
                                (unsigned long long)st.st_mtim.tv_sec, (unsigned long)st.st_mtim.tv_nsec);
    a->is_set = true;
    a->is_private = true;
    a->type = type;
    put_headers(r, tag, type, name, download);
    if (str_find(r->if_none_match, tag, 0) != SIZE_MAX) {
        a->status = MHD_HTTP_NOT_MODIFIED;
        a->size = 0;
    } else {
        answer_range(r, (int64_t)st.st_size, tag);
    }
    if (a->size == 0) {
        fd_close(r);
    }
    return OK;
}
