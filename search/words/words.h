/* How a text becomes words to search by: letters, syllables, document numbers, dates, abbreviations it explains.
   needs: search   shows: define keys letter number text */
#ifndef SEARCH_WORDS_WORDS_H
#define SEARCH_WORDS_WORDS_H
#endif
