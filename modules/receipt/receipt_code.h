/* Codes and words that are read out, written down and typed. */
#ifndef MODULES_RECEIPT_RECEIPT_CODE_H
#define MODULES_RECEIPT_RECEIPT_CODE_H
#include "base/str.h"
#include "base/time.h"

enum { RECEIPT_PREFIX_MOST = 5, RECEIPT_WORDS = 3 };

/* 11911-261130-0003-K: digits and one letter that follows from them; one wrong digit, or two changed about, and it does
   not. The letter is none of those taken for another or for a digit. */
struct str receipt_code_make(struct arena *a, struct str prefix, struct date on, int64_t number);
/* As it is kept, from what was typed: spaces, missing lines, small letters, wide digits. False when it is none, or its
   letter does not fit: then something was mistyped. */
bool receipt_code_read(struct arena *a, struct str typed, struct str *code);

/* Three words that follow from a browser's secret and a number, and from nothing else. */
struct str receipt_words_make(struct arena *a, struct str secret, int64_t of);
/* What is compared of words: letters alone, without marks, so that "Canh Buom, mua rao" fits. */
struct str receipt_words_plain(struct arena *a, struct str typed);
/* For tests: the nth word, and how many there are. */
struct str receipt_word(size_t n);
#endif
