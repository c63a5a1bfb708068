/* One question: what its words may mean, which passages are best, what is shown of them.
   needs: search search/segments search/words */
#ifndef SEARCH_ASK_ASK_H
#define SEARCH_ASK_ASK_H
#endif
