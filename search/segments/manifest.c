#include "search/segments/manifest.h"
#include "base/sum.h"
#include "search/segments/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { MANIFEST_MOST = 256 << 20 };

/* What the file begins with; then for each segment its id, documents, tombstones and their numbers. */
struct head {
    char magic[8];
    uint64_t sum; /* of all after it */
    int64_t generation;
    int64_t position;
    uint64_t n;
};
struct listed {
    int64_t id;
    uint32_t docs, dead_n;
};

void search_segment_path(char out[static SEARCH_PATH_MOST], const char *dir, int64_t id) {
    snprintf(out, SEARCH_PATH_MOST, "%s/%lld.segment", dir, (long long)id);
}

void search_manifest_free(struct search_manifest *m) {
    free(m->segments);
    free(m->bytes);
    *m = (struct search_manifest){0};
}

static bool parse_listed(const uint8_t **at, const uint8_t *end, struct search_listed *out) {
    struct listed l;
    if ((size_t)(end - *at) < sizeof l) {
        return false;
    }
    memcpy(&l, *at, sizeof l);
    *at += sizeof l;
    size_t size = (l.dead_n + (l.dead_n & 1ULL)) * sizeof(uint32_t);
    if (l.dead_n > l.docs || (size_t)(end - *at) < size) {
        return false;
    }
    *out = (struct search_listed){.id = l.id, .docs = l.docs, .dead_n = l.dead_n, .dead = (const void *)*at};
    for (uint32_t i = 0; i < l.dead_n; i++) {
        if (out->dead[i] >= l.docs) {
            return false;
        }
    }
    *at += size;
    return true;
}

bool search_manifest_parse(uint8_t *bytes, size_t n, struct search_manifest *out) {
    *out = (struct search_manifest){.bytes = bytes};
    struct head head;
    if (n < sizeof head) {
        return false;
    }
    memcpy(&head, bytes, sizeof head);
    size_t summed = offsetof(struct head, generation);
    if (memcmp(head.magic, "DKMANIF1", 8) != 0 || head.sum != sum64(0, bytes + summed, n - summed) ||
        head.n > n / sizeof(struct listed)) {
        return false;
    }
    out->generation = head.generation;
    out->position = head.position;
    size_t cap = 0;
    out->segments = search_grow(NULL, 0, head.n + 1, &cap, sizeof *out->segments);
    const uint8_t *at = bytes + sizeof head;
    for (uint64_t i = 0; i < head.n; i++) {
        if (!parse_listed(&at, bytes + n, &out->segments[i])) {
            return false;
        }
        out->n++;
    }
    return at == bytes + n;
}

static struct err read_open(int file, struct search_manifest *out) {
    struct stat st;
    size_t cap = 0, n = 0;
    if (fstat(file, &st) != 0 || st.st_size < 0 || st.st_size > MANIFEST_MOST) {
        return FAIL(ERR_BROKEN, "cannot read the manifest");
    }
    uint8_t *bytes = search_grow(NULL, 0, (size_t)st.st_size + 1, &cap, 1);
    while (n < (size_t)st.st_size) {
        ssize_t got = read(file, bytes + n, (size_t)st.st_size - n);
        if (got <= 0) {
            break;
        }
        n += (size_t)got;
    }
    return search_manifest_parse(bytes, n, out) ? OK : FAIL(ERR_BROKEN, "the manifest is damaged");
}

struct err search_manifest_read(const char *dir, struct search_manifest *out) {
    char path[SEARCH_PATH_MOST];
    *out = (struct search_manifest){0};
    snprintf(path, sizeof path, "%s/manifest", dir);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT || errno == ENOTDIR ? FAIL(ERR_MISSING, "no manifest")
                                                   : FAIL(ERR_BROKEN, "cannot open the manifest");
    }
    struct err e = read_open(file, out);
    close(file);
    return e;
}

static void put_manifest(struct search_bytes *b, const struct search_manifest *m) {
    struct head head = {.magic = "DKMANIF", .generation = m->generation, .position = m->position, .n = m->n};
    head.magic[7] = '1';
    search_bytes_put(b, &head, sizeof head);
    for (uint32_t i = 0; i < m->n; i++) {
        const struct search_listed *s = &m->segments[i];
        struct listed l = {s->id, s->docs, s->dead_n};
        uint32_t none = 0;
        search_bytes_put(b, &l, sizeof l);
        search_bytes_put(b, s->dead, s->dead_n * sizeof *s->dead);
        search_bytes_put(b, &none, (s->dead_n & 1) * sizeof none);
    }
    size_t summed = offsetof(struct head, generation);
    uint64_t sum = sum64(0, b->at + summed, b->n - summed);
    memcpy(b->at + offsetof(struct head, sum), &sum, sizeof sum);
}

struct err search_manifest_write(const char *dir, const struct search_manifest *m) {
    char path[SEARCH_PATH_MOST], fresh[SEARCH_PATH_MOST];
    snprintf(path, sizeof path, "%s/manifest", dir);
    snprintf(fresh, sizeof fresh, "%s/manifest.new", dir);
    struct search_bytes b = {0};
    put_manifest(&b, m);
    int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    bool ok = file >= 0 && write(file, b.at, b.n) == (ssize_t)b.n && fsync(file) == 0;
    if (file >= 0) {
        ok &= close(file) == 0;
    }
    free(b.at);
    ok = ok && rename(fresh, path) == 0 && search_sync_dir(dir);
    return ok ? OK : FAIL(ERR_BROKEN, "cannot write the manifest");
}
