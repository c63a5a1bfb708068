/* The parts of bench-search. */
#ifndef BENCH_SEARCH_BENCH_H
#define BENCH_SEARCH_BENCH_H
#include "kernel/search.h"

/* path: documents, a JSON object a line with doc_num, doc_type and title. The index is made under dir. */
struct err bench_numbers(const char *path, struct str dir);
#endif
