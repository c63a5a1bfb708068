/* How well legal text is read: build/bench-lawparse tree FILE… prints the tree of each as JSON, a line a file;
   bench/lawparse.mjs compares these with what people made of the same texts. build/bench-lawparse time FILE… says
   how fast; build/bench-lawparse file FILE… reads files of any format first. */
#include "modules/law/law_format.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_json(struct buf *b, struct str s) {
    buf_put_char(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\') {
            buf_printf(b, "\\%c", c);
        } else if (c < 32) {
            buf_printf(b, "\\u%04x", c);
        } else {
            buf_put_char(b, (char)c);
        }
    }
    buf_put_char(b, '"');
}

static void put_pair(struct buf *b, const char *name, struct str value) {
    buf_printf(b, ",\"%s\":", name);
    put_json(b, value);
}

static void put_tree(struct buf *b, struct arena *a, const char *path, const struct law_tree *t) {
    const struct law_head *h = &t->head;
    BUF_LIT(b, "{\"file\":");
    put_json(b, str_of(path));
    put_pair(b, "issuer", h->issuer);
    put_pair(b, "code", h->code);
    put_pair(b, "place", h->place);
    put_pair(b, "type", h->type_name);
    put_pair(b, "title", h->title);
    put_pair(b, "preamble", h->preamble);
    put_pair(b, "closing", h->closing);
    put_pair(b, "signer", h->signer);
    put_pair(b, "signer_post", h->signer_post);
    put_pair(b, "issued_on", h->issued_on.year ? date_iso(a, h->issued_on) : S(""));
    put_pair(b, "effective_on", h->effective_on.year ? date_iso(a, h->effective_on) : S(""));
    BUF_LIT(b, ",\"nodes\":[");
    for (size_t i = 0; i < t->nodes.n; i++) {
        const struct law_node *n = &t->nodes.at[i];
        buf_printf(b, "%s{\"parent\":%d,\"from\":%zu,\"to\":%zu", i ? "," : "", n->parent, n->from, n->to);
        put_pair(b, "level", law_level_code(n->level));
        put_pair(b, "label", n->label);
        put_pair(b, "heading", n->heading);
        put_pair(b, "text", n->text);
        put_pair(b, "eid", n->eid);
        put_pair(b, "key", n->sort_key);
        buf_put_char(b, '}');
    }
    BUF_LIT(b, "],\"quotes\":[");
    for (size_t i = 0; i < t->quotes.n; i++) {
        const struct law_quote *q = &t->quotes.at[i];
        buf_printf(b, "%s{\"node\":%d,\"block\":%d,\"open\":%d", i ? "," : "", q->node, q->is_block, q->is_open);
        put_pair(b, "text", str_slice(t->text, q->from, q->to));
        buf_put_char(b, '}');
    }
    BUF_LIT(b, "],\"flags\":[");
    for (size_t i = 0; i < t->flags.n; i++) {
        const struct law_text_flag *f = &t->flags.at[i];
        buf_printf(b, "%s{\"node\":%d", i ? "," : "", f->node);
        put_pair(b, "kind", f->kind);
        put_pair(b, "words", f->words);
        buf_put_char(b, '}');
    }
    BUF_LIT(b, "]}\n");
}

static bool file_bytes(struct arena *a, const char *path, struct str *text) {
    FILE *f = fopen(path, "rb");
    struct buf b = buf_in(a);
    char piece[65536];
    size_t n;
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0) {
        buf_put(&b, (struct str){piece, n});
    }
    *text = utf8_clean(a, buf_str(&b));
    return f && fclose(f) == 0;
}

static bool any_file(struct arena *a, const char *path, struct law_tree *tree) {
    struct law_file file;
    enum file_type type;
    int fd = open(path, O_RDONLY);
    struct err e = file_type_sniff_markup(a, fd, &type);
    close(fd);
    if (!e.why) {
        e = law_file_read(a, &(struct law_file_reading){.path = path, .type = type}, &file);
    }
    if (e.why) {
        fprintf(stderr, "%s: %.*s\n", path, STR_ARG(e.why->message));
        return false;
    }
    struct str format = law_format_name(file.format), encoding = read_encoding_name(file.encoding);
    fprintf(stderr, "%s: %.*s, %d %%, %.*s %d %%\n", path, STR_ARG(format), file.confidence, STR_ARG(encoding),
            file.certainty);
    *tree = file.tree;
    return true;
}

int main(int argc, char **argv) {
    struct arena *a = arena_new();
    bool is_timed = argc > 1 && strcmp(argv[1], "time") == 0;
    size_t bytes = 0;
    int64_t took = 0;
    for (int i = 2; i < argc; i++) {
        struct str text;
        struct law_tree tree;
        arena_reset(a);
        if (strcmp(argv[1], "file") == 0) {
            struct buf b = buf_in(a);
            if (any_file(a, argv[i], &tree)) {
                put_tree(&b, a, argv[i], &tree);
                fwrite(b.at, 1, b.len, stdout);
            }
            continue;
        }
        if (!file_bytes(a, argv[i], &text)) {
            fprintf(stderr, "bench-lawparse: cannot read %s\n", argv[i]);
            return 1;
        }
        int64_t began = clock_monotonic_us();
        law_text_read(a, text, &tree);
        took += clock_monotonic_us() - began;
        bytes += text.len;
        if (!is_timed) {
            struct buf b = buf_in(a);
            put_tree(&b, a, argv[i], &tree);
            fwrite(b.at, 1, b.len, stdout);
        }
    }
    if (is_timed) {
        printf("%zu bytes in %.1f ms: %.1f MB/s\n", bytes, (double)took / 1000,
               (double)bytes / (double)(took ? took : 1));
    }
    arena_free(a);
    return 0;
}
