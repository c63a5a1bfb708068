/* The parts of bench-search. */
#ifndef BENCH_SEARCH_BENCH_H
#define BENCH_SEARCH_BENCH_H
#include "search/search.h"

/* path: documents, a JSON object a line with doc_num, doc_type and title. The index is made under dir. */
struct err bench_numbers(const char *path, struct str dir);
struct err bench_alqac(const char *laws_path, const char *questions_path, struct str dir);
/* text with so many of a hundred syllables mistyped; the same for the same seed. */
struct str bench_mistype(struct arena *a, struct str text, unsigned of_hundred, uint64_t seed);
/* Adds a text clause by clause ("1. …"); what stands before the first one goes with it. */
void bench_clauses(struct arena *a, struct search_doc *d, struct str text);
#endif
