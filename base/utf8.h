/* UTF-8 and Vietnamese text: checking, normal form, folding, order. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/str.h"

struct arena;

bool utf8_valid(struct str s); /* well-formed, no surrogates */
/* Next code point of s at *at, moving *at past it; U+FFFD for a broken byte. Call only while *at < s.len. */
uint32_t utf8_next(struct str s, size_t *at);
size_t utf8_put(char out[static 4], uint32_t code);   /* bytes written */
size_t utf8_length(struct str s);                     /* code points */
struct str utf8_cut(struct str s, size_t characters); /* at most so many code points, never inside one */
/* NFC; zero-width, bidi-control and tag characters taken out; U+00D0/U+00F0 made Đ/đ. Invalid bytes become U+FFFD. */
struct str utf8_clean(struct arena *a, struct str s);
struct str utf8_lower(struct arena *a, struct str s);   /* NFC in, NFC out; 'ĐÈN' -> 'đèn' */
struct str utf8_capital(struct arena *a, struct str s); /* the first letter large: 'về' -> 'Về' */
/* Lower case without any diacritic, đ as d: 'Hải Phòng' -> 'hai phong'. */
struct str utf8_fold(struct arena *a, struct str s);
/* Key whose byte order is Vietnamese dictionary order (a ă â b c d đ …; tones ngang huyền hỏi ngã sắc nặng). */
struct str utf8_sort_key(struct arena *a, struct str s);
/* The same for a person's name: given name first, then middle, then family. */
struct str utf8_name_key(struct arena *a, struct str full_name);
#endif
