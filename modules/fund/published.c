/* Writing the published statement, and its tree. */
#include "modules/fund/published.h"

#include <sodium.h>

#include "base/arena.h"
#include "kernel/page/json.h"
#include "modules/fund/published_inside.h"

#include "base/banned.h"

static struct fund_hash hash_of(char mark, struct str text) {
    struct fund_hash hash;
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)&mark, 1);
    crypto_hash_sha256_update(&s, (const unsigned char *)text.at, text.len);
    crypto_hash_sha256_final(&s, hash.at);
    return hash;
}

static void number_put(crypto_hash_sha256_state *s, uint64_t n) {
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(n >> (56 - 8 * i));
    }
    crypto_hash_sha256_update(s, bytes, sizeof bytes);
}

static struct fund_node joined(const struct fund_node *left, const struct fund_node *right) {
    struct fund_node node = {.sum = left->sum + right->sum};
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)"\1", 1);
    crypto_hash_sha256_update(&s, left->hash.at, FUND_HASH);
    number_put(&s, (uint64_t)left->sum);
    crypto_hash_sha256_update(&s, right->hash.at, FUND_HASH);
    number_put(&s, (uint64_t)right->sum);
    crypto_hash_sha256_final(&s, node.hash.at);
    return node;
}

void fund_tree_add(struct fund_tree *t, struct str row, int64_t amount) {
    struct fund_node node = {hash_of(0, row), amount};
    size_t level = 0;
    for (uint64_t n = t->n; n & 1; n >>= 1) {
        node = joined(&t->nodes[level++], &node);
    }
    t->nodes[level] = node;
    t->n++;
}

struct fund_hash fund_tree_root(const struct fund_tree *t, struct str beside) {
    struct fund_node top = {0};
    bool has_any = false;
    for (size_t level = 0; level < 64; level++) {
        if ((t->n >> level) & 1) {
            top = has_any ? joined(&t->nodes[level], &top) : t->nodes[level];
            has_any = true;
        }
    }
    struct fund_hash root, rest = hash_of(3, beside);
    crypto_hash_sha256_state s;
    crypto_hash_sha256_init(&s);
    crypto_hash_sha256_update(&s, (const unsigned char *)"\2", 1);
    crypto_hash_sha256_update(&s, top.hash.at, FUND_HASH);
    number_put(&s, (uint64_t)top.sum);
    number_put(&s, t->n);
    crypto_hash_sha256_update(&s, rest.at, FUND_HASH);
    crypto_hash_sha256_final(&s, root.at);
    return root;
}

struct str fund_bytes_hex(struct arena *a, const unsigned char *bytes, size_t n) {
    char *z = arena_take(a, char, 2 * n + 1);
    sodium_bin2hex(z, 2 * n + 1, bytes, n);
    return (struct str){z, 2 * n};
}

struct str fund_salt_hex(struct arena *a, struct str salt) {
    return fund_bytes_hex(a, (const unsigned char *)salt.at, salt.len);
}

struct str fund_hex(struct arena *a, const struct fund_hash *hash) {
    return fund_bytes_hex(a, hash->at, FUND_HASH);
}

struct str fund_seal(struct arena *a, const struct fund_gift *g) {
    struct buf b = buf_in(a);
    buf_put(&b, (struct str){(const char *)g->salt, FUND_SALT});
    buf_put(&b, g->donor);
    struct fund_hash seal = hash_of(4, buf_str(&b));
    return fund_hex(a, &seal);
}

/* --- Writing --- */
struct fund_publisher {
    struct fund_tree tree;
    struct fund_sums campaigns, others;
    struct buf beside; /* all lines but the gifts */
    struct arena *arena;
};

void fund_sum_add(struct arena *a, struct fund_sums *sums, struct str name, int64_t amount) {
    size_t i = 0;
    while (i < sums->list.n && !str_eq(sums->list.at[i].name, name)) {
        i++;
    }
    if (i == sums->list.n) {
        LIST_ADD(a, &sums->list, (struct fund_sum){.name = str_copy(a, name)});
    }
    sums->list.at[i].n++;
    sums->list.at[i].sum += amount;
}

struct fund_publisher *fund_publisher_open(struct arena *a, struct buf *out) {
    struct fund_publisher *p = arena_take(a, struct fund_publisher, 1);
    p->beside = buf_in(a);
    p->arena = a;
    buf_put(&p->beside, FUND_FIRST);
    buf_put(out, FUND_FIRST);
    return p;
}

static void receipt_put(struct arena *row, const struct fund_gift *g, struct buf *receipt) {
    buf_printf(receipt, "{\"number\": %lld, \"date\": ", (long long)g->number);
    json_date(receipt, g->on);
    BUF_LIT(receipt, ", \"campaign\": ");
    json_str(receipt, g->campaign);
    buf_printf(receipt, ", \"amount\": %lld, \"donor\": ", (long long)g->amount);
    json_str(receipt, g->donor);
    BUF_LIT(receipt, ", \"salt\": ");
    json_str(receipt, fund_bytes_hex(row, g->salt, FUND_SALT));
    BUF_LIT(receipt, "}\n");
}

void fund_publish(struct fund_publisher *p, struct arena *row, struct fund_gift *g, struct buf *out,
                  struct buf *receipt) {
    struct buf b = buf_in(row);
    g->number = (int64_t)p->tree.n + 1;
    if (!g->is_salted) {
        randombytes_buf(g->salt, FUND_SALT);
    }
    buf_printf(&b, "%lld\t", (long long)g->number);
    if (g->on.year) {
        date_put_iso(&b, g->on);
    }
    buf_printf(&b, "\t%.*s\t%lld\t%.*s\t", STR_ARG(g->campaign), (long long)g->amount,
               STR_ARG(g->is_hidden ? FUND_HIDDEN : g->donor));
    buf_put(&b, fund_seal(row, g));
    buf_put_char(&b, '\t');
    buf_put(&b, g->is_hidden ? S("") : fund_bytes_hex(row, g->salt, FUND_SALT));
    buf_printf(out, "gift\t%.*s\n", STR_ARG(buf_str(&b)));
    fund_tree_add(&p->tree, buf_str(&b), g->amount);
    fund_sum_add(p->arena, &p->campaigns, g->campaign, g->amount);
    receipt_put(row, g, receipt);
}

void fund_publish_other(struct fund_publisher *p, const char *kind, int64_t amount) {
    fund_sum_add(p->arena, &p->others, str_of(kind), amount);
}

static void sums_put(struct buf *b, const char *what, const struct fund_sums *sums) {
    for (size_t i = 0; i < sums->list.n; i++) {
        const struct fund_sum *s = &sums->list.at[i];
        buf_printf(b, "%s\t%.*s\t%lld\t%lld\n", what, STR_ARG(s->name), (long long)s->n, (long long)s->sum);
    }
}

void fund_publish_end(struct fund_publisher *p, struct arena *a, struct buf *out) {
    struct buf b = buf_in(a);
    int64_t sum = 0;
    for (size_t i = 0; i < p->campaigns.list.n; i++) {
        sum += p->campaigns.list.at[i].sum;
    }
    sums_put(&b, "campaign", &p->campaigns);
    sums_put(&b, "other", &p->others);
    buf_printf(&b, "total\t%lld\t%lld\n", (long long)p->tree.n, (long long)sum);
    buf_put(&p->beside, buf_str(&b));
    struct fund_hash root = fund_tree_root(&p->tree, buf_str(&p->beside));
    buf_printf(&b, "root\t%.*s\n", STR_ARG(fund_hex(a, &root)));
    buf_put(out, buf_str(&b));
}
