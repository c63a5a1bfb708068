/* Groonga, by its library in our process: title twice and text in one column, our words as its tokens. */
#include "base/str.h"
#include "bench/peers/peers.h"

#include <groonga.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { ASKERS = 4, WORDS_MOST = 1 << 20 };

struct handle {
    grn_ctx ctx;
    grn_obj *db, *passages, *list, *words;
    grn_obj text, number;
    struct {
        char filter[512];
    } asker[ASKERS];
};

static const struct peers_form forms[] = {
    {"8 rarest of both, tf-idf", 0, 0, 8, 0, "scorer_tf_idf(words)"},
    {"16 rarest of both, tf-idf", 0, 0, 16, 0, "scorer_tf_idf(words)"},
    {"8 rarest of both, weighed one by one", 0, 0, 8, 0, NULL},
    {"16 rarest of both, weighed one by one", 0, 0, 16, 0, NULL},
    {"24 rarest of both, weighed one by one", 0, 0, 24, 0, NULL},
    {"all of 3, or 8 of both, tf-idf", 0, 0, 8, 3, "scorer_tf_idf(words)"},
    {0},
};

static void check(struct handle *h) {
    if (h->ctx.rc != GRN_SUCCESS) {
        peers_fail("Groonga", h->ctx.errbuf);
    }
}

/* A command, and what it answers. */
static struct str command(struct handle *h, const char *text, size_t len) {
    char *answer = NULL;
    unsigned n = 0;
    int flags = 0;
    grn_ctx_send(&h->ctx, text, (unsigned)len, 0);
    check(h);
    grn_ctx_recv(&h->ctx, &answer, &n, &flags);
    check(h);
    return (struct str){answer, n};
}

static void tell(struct handle *h, const char *text) { (void)command(h, text, strlen(text)); }

static struct handle *begin(void) {
    struct handle *h = calloc(1, sizeof *h);
    if (!h || grn_init() != GRN_SUCCESS || grn_ctx_init(&h->ctx, 0) != GRN_SUCCESS) {
        peers_fail("Groonga", "cannot begin");
    }
    return h;
}

static void about(char *out, size_t most) {
    snprintf(
        out, most,
        "Groonga %s, TABLE_PAT_KEY, TokenDelimit over our words, index without places made after loading; scorers as "
        "named (it has no BM25); --filter in_values(list, …)",
        grn_get_version());
}

static grn_obj *named(struct handle *h, const char *name) {
    grn_obj *o = grn_ctx_get(&h->ctx, name, -1);
    if (!o) {
        peers_fail("Groonga", name);
    }
    return o;
}

static void *make(const char *dir) {
    struct handle *h = begin();
    char path[4096];
    snprintf(path, sizeof path, "%s/groonga", dir);
    h->db = grn_db_create(&h->ctx, path, NULL);
    check(h);
    tell(h, "table_create Passages TABLE_NO_KEY");
    tell(h, "column_create Passages list COLUMN_SCALAR UInt8");
    tell(h, "column_create Passages words COLUMN_SCALAR LongText");
    h->passages = named(h, "Passages");
    h->list = named(h, "Passages.list");
    h->words = named(h, "Passages.words");
    GRN_LONG_TEXT_INIT(&h->text, 0);
    GRN_UINT8_INIT(&h->number, 0);
    return h;
}

static void add(struct handle *h, struct peers_text t) {
    GRN_TEXT_PUT(&h->ctx, &h->text, t.at, t.len);
    GRN_TEXT_PUTC(&h->ctx, &h->text, ' ');
}

static void put(void *handle, const struct peers_passage *p) {
    struct handle *h = handle;
    grn_id id = grn_table_add(&h->ctx, h->passages, NULL, 0, NULL);
    GRN_BULK_REWIND(&h->text);
    add(h, p->title);
    add(h, p->title_pairs);
    add(h, p->title);
    add(h, p->title_pairs);
    add(h, p->text);
    add(h, p->pairs);
    GRN_UINT8_SET(&h->ctx, &h->number, (uint8_t)p->right);
    grn_obj_set_value(&h->ctx, h->words, id, &h->text, GRN_OBJ_SET);
    grn_obj_set_value(&h->ctx, h->list, id, &h->number, GRN_OBJ_SET);
    check(h);
    if (id != p->id) {
        peers_fail("Groonga", "numbers records otherwise");
    }
}

static void finish(void *handle) {
    struct handle *h = handle;
    tell(h, "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit");
    tell(h, "column_create Words passages COLUMN_INDEX Passages words");
    grn_obj_close(&h->ctx, h->db);
    grn_ctx_fin(&h->ctx);
    grn_fin();
    free(h);
}

static void *open_made(const char *dir, const struct peers_asker *askers, size_t n) {
    struct handle *h = begin();
    char path[4096];
    snprintf(path, sizeof path, "%s/groonga", dir);
    h->db = grn_db_open(&h->ctx, path);
    check(h);
    for (size_t i = 0; i < n && i < ASKERS; i++) {
        size_t at = (size_t)snprintf(h->asker[i].filter, sizeof h->asker[i].filter, "in_values(list");
        for (int list = 0; list < PEERS_RIGHTS; list++) {
            if (askers[i].may[list]) {
                at += (size_t)snprintf(h->asker[i].filter + at, sizeof h->asker[i].filter - at, ",%d", list);
            }
        }
        snprintf(h->asker[i].filter + at, sizeof h->asker[i].filter - at, ")");
    }
    return h;
}

/* The ids out of [[[n],[["_id","UInt32"]],[1],[2],…]]. */
static void read_ids(struct str answer, struct peers_found *found) {
    size_t at = str_find(answer, S("\"UInt32\"]]"), 0);
    while (at < answer.len && found->n < PEERS_TAKEN && (at = str_find(answer, S(",["), at)) < answer.len) {
        at += 2;
        found->at[found->n++] = (uint32_t)strtoul(answer.at + at, NULL, 10);
    }
}

/* All by one scorer, or each term by itself: at most twice in a passage, times how rare it is, which is as near as it
   comes to BM25. */
static size_t put_terms(const struct peers_asked *asked, const char *how, char *out, size_t most) {
    size_t at = 0;
    for (size_t i = 0; i < asked->n; i++) {
        const char *between = i == 0 ? "" : how ? (asked->is_all ? " " : " OR ") : " || ";
        if (how) {
            at += (size_t)snprintf(out + at, most - at, "%s\"%.*s\"", between, STR_ARG(asked->terms[i].text));
        } else {
            at += (size_t)snprintf(out + at, most - at, "%squery(\"scorer_tf_at_most(words, 2.0) * %.0f\", \"%.*s\")",
                                   between, asked->terms[i].weight * 100, STR_ARG(asked->terms[i].text));
        }
    }
    return at;
}

static void ask(void *handle, const struct peers_asked *asked, const char *how, size_t asker,
                struct peers_found *found) {
    struct handle *h = handle;
    char text[32768];
    size_t at = 0, most = sizeof text;
    if (how) {
        at += (size_t)snprintf(text, most, "select Passages --match_columns '%s' --query '", how);
        at += put_terms(asked, how, text + at, most - at);
        at += (size_t)snprintf(text + at, most - at, "' --filter '%s", h->asker[asker].filter);
    } else {
        at += (size_t)snprintf(text, most, "select Passages --filter '(");
        at += put_terms(asked, how, text + at, most - at);
        at += (size_t)snprintf(text + at, most - at, ") && %s", h->asker[asker].filter);
    }
    at += (size_t)snprintf(text + at, most - at, "' --sort_keys -_score --output_columns _id --limit %d", PEERS_TAKEN);
    read_ids(command(h, text, at), found);
}

const struct peers_engine peers_groonga = {.name = "Groonga",
                                           .forms = forms,
                                           .about = about,
                                           .make = make,
                                           .put = put,
                                           .finish = finish,
                                           .open = open_made,
                                           .ask = ask};
