/* Our index, through the door everybody uses. */
#include "base/arena.h"
#include "base/utf8.h"
#include "bench/peers/peers.h"
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct handle {
    struct search_writer *writer;
    struct search_reader *reader;
    struct arena *arena;
    const struct peers_asker *askers;
};

static const struct peers_form forms[] = {
    {"as typed", 0, 0, 0, 0, ""},
    {"without diacritics", 0, 0, 0, 0, "folded"},
    {"as you type", 0, 0, 0, 0, "typing"},
    {0},
};

static void expect(struct err e) {
    if (e.why) {
        peers_fail("Đoàn Kết", e.why->detail.at);
    }
}

static void about(char *out, size_t most) {
    snprintf(out, most,
             "kernel/search as it is set: k1 1.2 b .75, pairs .7, title twice, second look; texts kept within; no "
             "cache of its own, the file is mapped");
}

static void *make(const char *dir) {
    struct handle *h = calloc(1, sizeof *h);
    if (!h) {
        abort();
    }
    h->arena = arena_new();
    expect(search_writer_open(str_of(dir), &h->writer));
    expect(search_writer_clear(h->writer));
    return h;
}

static struct str str_from(struct peers_text t) { return (struct str){t.at, t.len}; }

static void put_doc(void *handle, const struct peers_doc *p) {
    struct handle *h = handle;
    arena_reset(h->arena);
    struct search_doc d = {.record = p->id, .kind = S("law"), .title = str_from(p->title)};
    LIST_ADD(h->arena, &d.principals, (int64_t)PEERS_EVERYBODY);
    LIST_ADD(h->arena, &d.principals, (int64_t)PEERS_UNIT + p->right);
    LIST_ADD(h->arena, &d.principals, (int64_t)PEERS_GROUP + p->right % 16);
    for (uint32_t i = 0; i < p->n; i++) {
        LIST_ADD(h->arena, &d.passages, (struct search_passage){.text = str_from(p->passages[i])});
    }
    expect(search_writer_put(h->writer, &d));
}

static void finish(void *handle) {
    struct handle *h = handle;
    expect(search_writer_commit(h->writer, 1));
    expect(search_writer_merge(h->writer));
    search_writer_close(h->writer);
    arena_free(h->arena);
    free(h);
}

static void *open_made(const char *dir, const struct peers_asker *askers, size_t n) {
    struct handle *h = calloc(1, sizeof *h);
    if (!h) {
        abort();
    }
    (void)n;
    h->arena = arena_new();
    h->askers = askers;
    expect(search_reader_open(str_of(dir), &h->reader));
    return h;
}

/* As far as somebody has typed: 3 to 22 letters, by the question. */
static struct str begun(struct str question) { return utf8_cut(question, 3 + str_hash(question) % 20); }

static void ask(void *handle, const struct peers_asked *asked, const char *how, size_t asker,
                struct peers_found *found) {
    struct handle *h = handle;
    arena_reset(h->arena);
    struct search_query q = {.text = str_from(asked->question), .limit = PEERS_FOUND_MOST};
    struct search_result result = {0};
    for (size_t i = 0; i < h->askers[asker].principals_n; i++) {
        LIST_ADD(h->arena, &q.principals, h->askers[asker].principals[i]);
    }
    q.as_you_type = strcmp(how, "typing") == 0;
    if (q.as_you_type) {
        q.text = begun(q.text);
    } else if (strcmp(how, "folded") == 0) {
        q.text = utf8_fold(h->arena, q.text);
    }
    expect(search_query(h->reader, h->arena, &q, &result));
    for (size_t i = 0; i < result.hits.n; i++) {
        found->at[found->n++] = (uint32_t)result.hits.at[i].record;
    }
}

const struct peers_engine peers_own = {.name = "Đoàn Kết",
                                       .forms = forms,
                                       .about = about,
                                       .make = make,
                                       .put_doc = put_doc,
                                       .finish = finish,
                                       .open = open_made,
                                       .ask = ask};
