/* How a text becomes words to search by: letters, syllables, document numbers, dates, abbreviations it explains.
   needs: search   shows: letter text number define keys */
#ifndef SEARCH_WORDS_WORDS_H
#define SEARCH_WORDS_WORDS_H
#endif
