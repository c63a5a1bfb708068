/* Every document's number typed in its usual ways: how often the document comes first. */
#include "bench/search_bench.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

struct numbered {
    struct str number, type, title;
};
struct numbereds {
    struct numbered *at;
    size_t n;
};

static struct str member(struct arena *a, json_t *o, const char *name) {
    const char *text = json_string_value(json_object_get(o, name));
    return str_copy(a, str_of(text ? text : ""));
}

static struct numbereds read_numbers(struct arena *a, const char *path) {
    struct numbereds all = {0};
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    while (f && (len = getline(&line, &cap, f)) > 0) {
        json_t *o = json_loadb(line, (size_t)len, 0, NULL);
        struct numbered d = {member(a, o, "doc_num"), member(a, o, "doc_type"), member(a, o, "title")};
        if (str_find(d.number, S("/"), 0) != SIZE_MAX || str_find(d.number, S("-"), 0) != SIZE_MAX) {
            LIST_ADD(a, &all, d);
        }
        json_decref(o);
    }
    free(line);
    if (f) {
        fclose(f);
    }
    return all;
}

static struct str replaced(struct arena *a, struct str s, char from, const char *to) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len; i++) {
        buf_put(&b, s.at[i] == from ? str_of(to) : (struct str){s.at + i, 1});
    }
    return buf_str(&b);
}

/* As a scanner reads it: a nought inside the number as O, a one as l. */
static struct str scanned(struct arena *a, struct str s) {
    struct str made = str_copy(a, s);
    char *at = str_z(a, made);
    for (size_t i = 1; i < s.len && ((at[i] >= '0' && at[i] <= '9') || at[i] == '/'); i++) {
        bool is_inner = at[i - 1] != '/';
        at[i] = is_inner && at[i] == '0' ? 'O' : is_inner && at[i] == '1' ? 'l' : at[i];
    }
    return (struct str){at, s.len};
}

static struct str without_suffix(struct str number) {
    size_t slash = str_find(number, S("/"), 0);
    size_t second = slash == SIZE_MAX ? SIZE_MAX : str_find(number, S("/"), slash + 1);
    return second == SIZE_MAX ? number : str_slice(number, 0, second);
}

enum { WAYS = 11, PART = 10 };
static const char *const ways[WAYS] = {
    "as printed",  "small letters", "no diacritics", "dashes for slashes", "spaces around",          "\"số\" before",
    "kind before", "as scanned",    "long dashes",   "with words after",   "kind, number, year only"};

static struct str typed(struct arena *a, const struct numbered *d, int way) {
    switch (way) {
    case 1: return utf8_lower(a, d->number);
    case 2: return utf8_fold(a, d->number);
    case 3: return replaced(a, d->number, '/', "-");
    case 4: return replaced(a, d->number, '/', " / ");
    case 5: return str_format(a, "số %.*s", STR_ARG(d->number));
    case 6: return str_format(a, "%.*s %.*s", STR_ARG(d->type), STR_ARG(d->number));
    case 7: return scanned(a, d->number);
    case 8: return replaced(a, d->number, '-', "–");
    case 9: return str_format(a, "%.*s quy định gì", STR_ARG(d->number));
    case PART: return str_format(a, "%.*s %.*s", STR_ARG(d->type), STR_ARG(without_suffix(d->number)));
    default: return d->number;
    }
}

/* With part of a number, any document of that kind, number and year is right. */
static bool is_right(const struct numbereds *all, size_t asked, int way, const struct search_result *r) {
    if (r->hits.n == 0) {
        return false;
    }
    size_t got = (size_t)r->hits.at[0].record - 1;
    if (way != PART) {
        return got == asked;
    }
    return str_eq(all->at[got].type, all->at[asked].type) &&
           str_eq(without_suffix(all->at[got].number), without_suffix(all->at[asked].number));
}

static struct err put_numbers(struct arena *a, const struct numbereds *all, struct str dir) {
    struct search_writer *w = NULL;
    TRY(search_writer_open(dir, &w));
    TRY(search_writer_clear(w));
    for (size_t i = 0; i < all->n; i++) {
        struct search_doc d = {.record = (int64_t)i + 1, .kind = S("law"), .number = all->at[i].number};
        d.title = str_format(a, "%.*s %.*s", STR_ARG(all->at[i].type), STR_ARG(all->at[i].title));
        LIST_ADD(a, &d.principals, (int64_t)SEARCH_EVERYBODY);
        TRY(search_writer_put(w, &d));
    }
    TRY(search_writer_commit(w, 1));
    search_writer_close(w);
    return OK;
}

struct err bench_numbers(const char *path, struct str dir) {
    struct arena *a = arena_new(), *own = arena_new();
    struct numbereds all = read_numbers(a, path);
    struct search_reader *r = NULL;
    TRY(put_numbers(a, &all, dir));
    TRY(search_reader_open(dir, &r));
    for (int way = 0; way < WAYS; way++) {
        size_t right = 0, shown = 0;
        for (size_t i = 0; i < all.n; i++) {
            struct search_query q = {.text = typed(own, &all.at[i], way), .limit = 1};
            LIST_ADD(own, &q.principals, (int64_t)SEARCH_EVERYBODY);
            struct search_result result = {0};
            TRY(search_query(r, own, &q, &result));
            bool is_first = is_right(&all, i, way, &result);
            right += is_first;
            if (!is_first && shown++ < 3) {
                printf("    not first: %.*s\n", STR_ARG(q.text));
            }
            arena_reset(own);
        }
        printf("numbers, %-26s %zu of %zu first (%.1f %%)\n", ways[way], right, all.n,
               100.0 * (double)right / (double)all.n);
    }
    search_reader_close(r);
    arena_free(own);
    arena_free(a);
    return OK;
}
