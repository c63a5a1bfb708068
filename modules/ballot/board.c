#include "modules/ballot/board.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "modules/ballot/blind.h"
#include "modules/ballot/tree.h"

#include <sodium.h>

#include "base/banned.h"

/* ---- Writing lines */

/* A cell holds no tab and no line end. */
static void cell(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        buf_put_char(b, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i]);
    }
}

static void line2(struct buf *b, const char *name, struct str value) {
    buf_printf(b, "%s\t", name);
    cell(b, value);
    buf_put_char(b, '\n');
}

static void line3(struct buf *b, const char *name, int64_t n, struct str value) {
    buf_printf(b, "%s\t%lld\t", name, (long long)n);
    cell(b, value);
    buf_put_char(b, '\n');
}

static void count_line(struct buf *b, const char *name, int64_t n) { buf_printf(b, "%s\t%lld\n", name, (long long)n); }

static struct tree tree_of(struct str board) {
    struct tree t = {0};
    struct str line;
    while (ballot_line(&board, &line)) {
        tree_add(&t, tree_leaf(line));
    }
    return t;
}

static void head_put(struct arena *a, struct buf *b, struct str seed, struct str id_hex) {
    struct tree t = tree_of(buf_str(b));
    struct tree_hash root = tree_root(&t);
    struct str proof = ballot_sign(a, seed, ballot_head_message(a, id_hex, t.n, root));
    buf_printf(b, "head\t%llu\t%.*s\t%.*s\n", (unsigned long long)t.n, STR_ARG(ballot_hex(a, root.at, TREE_HASH)),
               STR_ARG(proof));
}

struct err ballot_begin(struct arena *a, const struct ballot_definition *d, struct ballot_secrets *secrets,
                        struct str *board) {
    struct buf b = buf_in(a);
    struct ballot_key key;
    unsigned char id[BALLOT_ID], public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char *seed = arena_take(a, unsigned char, BALLOT_SEED);
    if (d->options.n < 1 || d->options.n > BALLOT_OPTIONS_MOST || d->voters.n > BALLOT_VOTERS_MOST || d->most < 1 ||
        d->most > (int64_t)d->options.n) {
        return FAIL(ERR_INVALID, "a ballot of that size cannot be held");
    }
    TRY(ballot_key_make(a, &key));
    randombytes_buf(seed, BALLOT_SEED);
    crypto_sign_seed_keypair(public, secret, seed);
    sodium_memzero(secret, sizeof secret);
    BUF_LIT(&b, BALLOT_FIRST "\n");
    line2(&b, "number", d->number);
    line2(&b, "meeting", d->meeting);
    line2(&b, "text", d->text);
    line2(&b, "rule", d->rule);
    count_line(&b, "most", d->most);
    for (size_t i = 0; i < d->options.n; i++) {
        line3(&b, "option", (int64_t)i + 1, d->options.at[i]);
    }
    for (size_t i = 0; i < d->voters.n; i++) {
        line3(&b, "voter", (int64_t)i + 1, d->voters.at[i]);
    }
    crypto_hash_sha256(id, (const unsigned char *)b.at, b.len);
    struct str id_hex = ballot_hex(a, id, sizeof id), box_hex = ballot_hex(a, public, sizeof public),
               key_hex = ballot_hex(a, key.modulus.at, key.modulus.len);
    line2(&b, "ballot", id_hex);
    line2(&b, "key", key_hex);
    line2(&b, "box", box_hex);
    line2(&b, "words", ballot_words(a, id_hex, key_hex, box_hex));
    *secrets = (struct ballot_secrets){key.secret, {(const char *)seed, BALLOT_SEED}};
    head_put(a, &b, secrets->seed, id_hex);
    *board = buf_str(&b);
    return OK;
}

struct err ballot_taken(struct arena *a, struct str *board, struct str seed, const int64_t *voters, size_t n) {
    struct buf b = buf_in(a);
    struct ballot_terms t;
    TRY(ballot_terms_read(a, *board, &t));
    buf_put(&b, *board);
    for (size_t i = 0; i < n; i++) {
        count_line(&b, "taken", voters[i]);
    }
    head_put(a, &b, seed, t.id_hex);
    *board = buf_str(&b);
    return OK;
}

static int by_bytes(const void *x, const void *y) { return str_cmp(*(const struct str *)x, *(const struct str *)y); }

static int64_t lines_named(struct str board, struct str name) {
    struct str line;
    int64_t n = 0;
    while (ballot_line(&board, &line)) {
        n += str_starts(line, name);
    }
    return n;
}

static struct err count(struct arena *a, const struct ballot_terms *t, struct ballot_texts papers,
                        struct ballot_sums *sums) {
    bool *chosen = arena_take(a, bool, t->options.n + 1);
    sums->votes = arena_take(a, int64_t, t->options.n + 1);
    sums->cast = (int64_t)papers.n;
    for (size_t i = 0; i < papers.n; i++) {
        struct ballot_paper p;
        if (!ballot_paper_read(papers.at[i], &p) || !ballot_choice_read(t, p.choice, chosen)) {
            return FAIL(ERR_BROKEN, "a paper in the box cannot be read");
        }
        sums->blank += str_eq(p.choice, S("-"));
        for (size_t o = 0; o < t->options.n; o++) {
            sums->votes[o] += chosen[o];
        }
    }
    return OK;
}

struct err ballot_close(struct arena *a, struct str *board, struct str seed, struct ballot_texts papers,
                        struct ballot_sums *sums) {
    struct buf b = buf_in(a);
    struct ballot_terms t;
    *sums = (struct ballot_sums){0};
    TRY(ballot_terms_read(a, *board, &t));
    TRY(count(a, &t, papers, sums));
    sums->eligible = (int64_t)t.voters.n;
    sums->taken = lines_named(*board, S("taken\t"));
    list_sort(papers.at, papers.n, sizeof *papers.at, by_bytes);
    buf_put(&b, *board);
    for (size_t i = 0; i < papers.n; i++) {
        buf_put(&b, papers.at[i]);
        buf_put_char(&b, '\n');
    }
    for (size_t i = 0; i < t.options.n; i++) {
        buf_printf(&b, "count\t%zu\t%lld\n", i + 1, (long long)sums->votes[i]);
    }
    count_line(&b, "blank", sums->blank);
    buf_printf(&b, "sum\t%lld\t%lld\t%lld\n", (long long)sums->eligible, (long long)sums->taken, (long long)sums->cast);
    head_put(a, &b, seed, t.id_hex);
    *board = buf_str(&b);
    return OK;
}

/* ---- The way of one paper to the last head */

static bool cut_head(struct str line, struct ballot_path *p) {
    struct str name, size, root;
    return str_cut(line, S("\t"), &name, &line) && str_eq(name, S("head")) && str_cut(line, S("\t"), &size, &line) &&
           str_cut(line, S("\t"), &root, &p->head) && num_read_between(size, 0, INT64_MAX, &p->size) &&
           (p->root = root, true);
}

bool ballot_path(struct arena *a, struct str board, struct str key, struct str *found, struct ballot_path *path) {
    LIST(struct tree_hash) leaves = {0};
    struct str line, begin = str_format(a, "paper\t%.*s\t", STR_ARG(key));
    *path = (struct ballot_path){.index = -1};
    *found = S("");
    while (ballot_line(&board, &line)) {
        if (str_starts(line, begin)) {
            path->index = (int64_t)leaves.n;
            *found = line;
        }
        bool is_head = str_starts(line, S("head\t")) && cut_head(line, path);
        if (is_head && path->index >= 0) {
            tree_path(a, leaves.at, leaves.n, (size_t)path->index, &path->hashes);
            return path->size == (int64_t)leaves.n;
        }
        LIST_ADD(a, &leaves, tree_leaf(line));
    }
    return false;
}
