/* Document numbers of three families: State 30/2020/NĐ-CP, Front 91/HD-MTTW-BTT, Party 11-HD/VPTW.
   All have one canonical form: number[/year]/groups joined by '-', without marks: 30/2020/nd-cp, 91/hd-mttw-btt,
   11/hd-vptw. */
#ifndef SEARCH_WORDS_NUMBER_H
#define SEARCH_WORDS_NUMBER_H
#include "base/str.h"
#include "base/time.h"

struct arena;

enum { SEARCH_GROUPS_MOST = 6, SEARCH_NUMBER_KEYS_MOST = 2 * (SEARCH_GROUPS_MOST + 1) + 2 };

struct search_number {
    int64_t number;
    int64_t year; /* 0 none */
    size_t n;     /* groups */
    char group[SEARCH_GROUPS_MOST][16];
    bool is_only; /* nothing else was asked */
    bool is_sure; /* written so that it can hardly be anything else */
};

/* Reads a number as typed into the search box: any dashes and spaces, "nđ 30/2020", "nghị định số 30 năm 2020", a
 * missing year or suffix. */
bool search_number_asked(struct str query, struct search_number *out);
/* Reads the number a document carries. */
bool search_number_of(struct str typed, struct search_number *out);

/* The keys a document is found under: with and without year, with each run of its first groups. Returns how many. */
size_t search_number_keys(const struct search_number *n, struct date date,
                          uint64_t keys[static SEARCH_NUMBER_KEYS_MOST]);
/* The one key of what was asked, using its first groups only; with_year false leaves the year out. */
uint64_t search_number_key(const struct search_number *n, bool with_year, size_t groups);
#endif
