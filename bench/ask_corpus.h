/* What bench-ask asks of: articles with who may read them. */
#ifndef BENCH_ASK_CORPUS_H
#define BENCH_ASK_CORPUS_H
#include "search/search.h"

#include <jansson.h>

struct article {
    struct search_doc doc; /* key: the corpus' id */
    int64_t subject;
    bool is_named; /* an answer, or a near copy of one: a right of its own */
};

/* An answer and an article that says the same: three pairs of neighbouring words in five of either are the other's. */
struct near {
    size_t answer, copy;
};

struct corpus {
    struct arena *arena;
    LIST(struct article) articles; /* by key */
    LIST(struct str) subjects;
    LIST(struct near) near; /* by answer */
};

enum without { WITHOUT_NOTHING, WITHOUT_SUBJECT, WITHOUT_ANSWER };

/* One asked, and the keys of the articles that answer it. */
struct asked {
    struct str words;
    LIST(struct str) answers;
};
struct asked_all {
    struct asked *at;
    size_t n, most;
};

/* The library of an imported data directory, subjects from the corpus' files. */
struct err corpus_of_library(struct corpus *c, const char *dir, const char *data);
/* [{"id": law, "articles": [{"id", "text": "Title\n\nbody"}]}] */
struct err corpus_of_laws(struct corpus *c, const char *path);
/* Gives every answer and its near copies a right of their own. */
void corpus_name(struct corpus *c, const struct asked_all *all);
struct err corpus_index(struct corpus *c, const char *dir);
/* Whose rights read all but that. False when an answer is not in the corpus. */
bool corpus_rights(struct arena *a, const struct corpus *c, const struct asked *one, enum without without,
                   struct search_principals *out);
#endif
