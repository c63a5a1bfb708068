/* Kept files as answers: conditional, in ranges, never as a page, each block compared with what was kept. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/num.h"
#include "kernel/file/check.h"
#include "kernel/http/parts.h"

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

/* Bytes compared before the first one is sent: what is damaged in them is told as a page. Damage behind them ends the
   sending where it begins, and is known from then on. */
enum { CHECK_FIRST = 4 << 20 };

/* A file on its way. */
struct sending {
    struct request *request;
    const struct file *file;
    int fd;
    int64_t from;  /* in the file, where the answer begins */
    int64_t block; /* which one is in bytes; -1 none */
    char bytes[FILE_BLOCK];
};

static ssize_t send_more(void *thing, uint64_t at, char *to, size_t most) {
    struct sending *s = thing;
    int64_t place = s->from + (int64_t)at, n = place / FILE_BLOCK;
    if (s->block != n) {
        s->block = -1;
        struct err e = file_block(s->request->arena, s->file, s->fd, n, s->bytes);
        if (e.why) {
            log_fault(LOG_ERROR, "sending a kept file", e);
            server_file_later(s->request->server, s->file->id, e.why->detail);
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        s->block = n;
    }
    size_t in = (size_t)(place % FILE_BLOCK), left = file_block_size(s->file, n) - in;
    size_t some = left < most ? left : most;
    memcpy(to, s->bytes + in, some);
    return (ssize_t)some;
}

static void send_end(void *thing) {
    struct sending *s = thing;
    close(s->fd);
    free(s);
}

struct MHD_Response *file_response(struct request *r) {
    struct answer *a = &r->answer;
    /* The library lets go of it after the request's arena is gone. */
    struct sending *s = malloc(sizeof *s);
    if (!s) {
        return NULL;
    }
    s->request = r;
    s->file = a->file;
    s->fd = a->fd;
    s->from = a->from;
    s->block = -1;
    struct MHD_Response *m = MHD_create_response_from_callback((uint64_t)a->size, FILE_BLOCK, send_more, s, send_end);
    if (!m) {
        free(s);
        return NULL;
    }
    a->fd = -1;
    return m;
}

/* Compares what is about to be sent; all of a file known to be damaged, which may have been put right. */
static struct err check_first(struct request *r, const struct file *f, int fd) {
    const struct answer *a = &r->answer;
    int64_t from = f->damaged_at.ms ? 0 : a->from;
    int64_t most = f->damaged_at.ms ? f->size : a->size < CHECK_FIRST ? a->size : CHECK_FIRST;
    TRY(file_check_part(r->arena, f, fd, from, from + most));
    if (f->damaged_at.ms) {
        server_file_later(r->server, f->id, S(""));
    }
    return OK;
}

static struct err open_checked(struct request *r, const struct file *f) {
    struct answer *a = &r->answer;
    struct err e = file_open(r->arena, f, &a->fd);
    e = e.why ? e : check_first(r, f, a->fd);
    if (e.why) {
        fd_close(r);
        if (file_is_damaged(e)) {
            server_file_later(r->server, f->id, e.why->detail);
        }
        r->answer = (struct answer){.fd = -1};
    }
    return e;
}

struct err answer_file(struct get *g, const struct file *f, struct str name, bool download) {
    struct request *r = g->request;
    struct answer *a = &r->answer;
    struct str type = file_type_mime(f->type), tag = str_format(g->arena, "\"%.*s\"", STR_ARG(f->sha256));
    if (is_active(type)) {
        type = S("application/octet-stream");
        download = true;
    }
    a->is_set = true;
    a->is_private = true;
    a->type = type;
    put_headers(r, tag, type, name, download);
    if (str_find(r->if_none_match, tag, 0) != SIZE_MAX) {
        a->status = MHD_HTTP_NOT_MODIFIED;
        a->size = 0;
        return OK;
    }
    answer_range(r, f->size, tag);
    if (a->size == 0) {
        return OK;
    }
    struct file *own = arena_take(r->arena, struct file, 1);
    *own = *f;
    a->file = own;
    arena_on_reset(r->arena, fd_close, r);
    return open_checked(r, own);
}
