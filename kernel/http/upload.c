/* A file being received: to DIR/tmp, hashed on the way, removed with the request unless somebody renamed it. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "base/arena.h"
#include "kernel/http/body.h"

#include "base/banned.h"

enum { BLOCK = 64 * 1024, NAME_MOST = 300 };

static int last_fault; /* errno of the last write that failed */

int upload_last_fault(void) { return last_fault; }

struct upload_sink {
    struct upload upload;
    int fd;
    EVP_MD_CTX *hash;
    char *block;
    size_t used;
    bool is_broken;
};

static void sink_end(void *thing) {
    struct upload_sink *u = thing;
    if (u->fd >= 0) {
        close(u->fd);
    }
    EVP_MD_CTX_free(u->hash);
    if (u->upload.path.len) {
        unlink(u->upload.path.at);
    }
}

/* Only the last piece of a path, as some browsers send one; what is left is a label, never used as a path. */
static struct str name_of(struct arena *a, struct str name) {
    for (size_t i = name.len; i > 0; i--) {
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
            name = str_slice(name, i, name.len);
            break;
        }
    }
    name = utf8_cut(utf8_clean(a, name), NAME_MOST);
    char *label = str_z(a, name);
    for (size_t i = 0; i < name.len; i++) {
        label[i] = (unsigned char)label[i] < ' ' || label[i] == 0x7f ? ' ' : label[i];
    }
    return (struct str){label, name.len};
}

struct upload_sink *upload_begin(struct arena *a, struct str dir, struct str field, struct str name) {
    struct upload_sink *u = arena_take(a, struct upload_sink, 1);
    u->fd = -1;
    u->upload.field = field;
    u->upload.name = name_of(a, name);
    u->block = arena_take(a, char, BLOCK);
    arena_on_reset(a, sink_end, u);
    char *path = str_z(a, str_format(a, "%.*s/tmp/up-XXXXXX", STR_ARG(dir)));
    u->fd = mkostemp(path, O_CLOEXEC);
    if (u->fd < 0) {
        last_fault = errno;
        log_line(LOG_ERROR, "cannot write uploads to %s: %s", path, strerror(errno));
        return NULL;
    }
    u->upload.path = str_of(path);
    u->hash = EVP_MD_CTX_new();
    return u->hash && EVP_DigestInit_ex(u->hash, EVP_sha256(), NULL) == 1 ? u : NULL;
}

static bool sink_flush(struct upload_sink *u) {
    EVP_DigestUpdate(u->hash, u->block, u->used);
    for (size_t done = 0; done < u->used && !u->is_broken;) {
        ssize_t n = write(u->fd, u->block + done, u->used - done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            last_fault = errno;
            log_line(LOG_ERROR, "cannot write an upload: %s", strerror(errno));
            u->is_broken = true;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    u->upload.size += (int64_t)u->used;
    u->used = 0;
    return !u->is_broken;
}

bool upload_put(struct upload_sink *u, struct str bytes) {
    while (bytes.len && !u->is_broken) {
        size_t n = BLOCK - u->used < bytes.len ? BLOCK - u->used : bytes.len;
        memcpy(u->block + u->used, bytes.at, n);
        u->used += n;
        bytes = str_slice(bytes, n, bytes.len);
        if (u->used == BLOCK) {
            sink_flush(u);
        }
    }
    return !u->is_broken;
}

struct upload *upload_end(struct upload_sink *u) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (!sink_flush(u) || EVP_DigestFinal_ex(u->hash, hash, &n) != 1) {
        return NULL;
    }
    for (unsigned i = 0; i < n && i < 32; i++) {
        snprintf(u->upload.sha256 + 2 * i, 3, "%02x", hash[i]);
    }
    close(u->fd);
    u->fd = -1;
    return &u->upload;
}

static struct err before(struct get *g, bool with_markup) {
    for (size_t i = 0; i < g->form->values.n; i++) {
        struct form_value *v = &g->form->values.at[i];
        for (size_t k = 0; k < v->uploads.n; k++) {
            struct upload *u = v->uploads.at[k];
            struct err e = file_prepare(g->arena, u, with_markup);
            if (err_is(e, ERR_INVALID)) {
                form_fault(g->form, str_z(g->arena, v->field->name), "%.*s: %.*s", STR_ARG(utf8_cut(u->name, 80)),
                           STR_ARG(e.why->message));
            }
            TRY(e);
        }
    }
    return OK;
}

struct err file_before(struct get *g) {
    return before(g, false);
}
struct err file_before_markup(struct get *g) {
    return before(g, true);
}
