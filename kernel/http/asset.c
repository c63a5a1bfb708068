/* What is embedded for the browser: prepared once a process, the same response for everybody. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "kernel/http/asset.h"
#include "kernel/http/parts.h"

#include "base/banned.h"

enum packing { PLAIN, GZIP, BROTLI, PACKINGS };

static const struct asset *asset_find(struct str path) {
    size_t low = 0, high = assets_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(path, assets[middle].path);
        if (order == 0) {
            return &assets[middle];
        }
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return NULL;
}

static struct MHD_Response *prepare(const struct asset *x, enum packing packing) {
    struct str bytes = packing == BROTLI ? x->brotli : packing == GZIP ? x->gzip : x->bytes;
    struct MHD_Response *m =
        MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.at, MHD_RESPMEM_PERSISTENT);
    struct arena *a = arena_new();
    if (!m) {
        abort();
    }
    MHD_add_response_header(m, "Content-Type", str_z(a, x->type));
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(m, "Cache-Control", x->is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    MHD_add_response_header(m, "ETag", str_z(a, str_format(a, "\"%.*s\"", STR_ARG(x->tag))));
    MHD_add_response_header(m, "Vary", "Accept-Encoding");
    if (packing != PLAIN) {
        MHD_add_response_header(m, "Content-Encoding", packing == BROTLI ? "br" : "gzip");
    }
    arena_free(a);
    return m;
}

/* Answers when the path is an asset's; says so. */
bool asset_answer(struct request *r) {
    static struct MHD_Response **prepared;
    const struct asset *x = asset_find(r->path);
    if (!x) {
        return false;
    }
    if (!prepared) {
        prepared = calloc(assets_n * PACKINGS, sizeof *prepared);
        if (!prepared) {
            abort();
        }
    }
    enum packing packing = x->brotli.len && accepts(r->accept_encoding, S("br"))   ? BROTLI
                           : x->gzip.len && accepts(r->accept_encoding, S("gzip")) ? GZIP
                                                                                   : PLAIN;
    if (r->if_none_match.len && str_find(r->if_none_match, x->tag, 0) != SIZE_MAX) {
        answer_header(r, S("ETag"), str_format(r->arena, "\"%.*s\"", STR_ARG(x->tag)));
        answer_header(r, S("Cache-Control"), x->is_hashed ? S("public, max-age=31536000, immutable") : S("no-cache"));
        answer_prepare(r, MHD_HTTP_NOT_MODIFIED, S(""), S(""));
        answer_send(r);
        return true;
    }
    struct MHD_Response **m = &prepared[(size_t)(x - assets) * PACKINGS + packing];
    if (!*m) {
        *m = prepare(x, packing);
    }
    r->answer.is_set = true;
    r->answer.status = MHD_HTTP_OK;
    r->answer.kept = *m;
    answer_send(r);
    return true;
}
