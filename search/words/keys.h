/* What was meant by keys that were typed while the typing program was off: Telex "dduwowcj" and VNI "d9u7o7c5" are
   "được"; and by digits as scanners read them: "3O" is "30". */
#ifndef SEARCH_WORDS_KEYS_H
#define SEARCH_WORDS_KEYS_H
#include "base/str.h"

enum { SEARCH_KEYS_MOST = 128 };

/* Reads one word as typed; what it says is written to out in decomposed form, its length is returned. 0 when no key in
   it stands for a mark. */
size_t search_keys_read(struct str typed, char out[static SEARCH_KEYS_MOST]);
/* Digits with o, O, l or I among them, as a number; 0 when it is something else. */
size_t search_digits_read(struct str typed, char out[static SEARCH_KEYS_MOST]);
#endif
