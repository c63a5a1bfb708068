/* The index on disk: immutable segments, the list of them, writing, merging and mapping them.
   needs: search search/words   shows: segment reader intern merge manifest builder out alike writer */
#ifndef SEARCH_SEGMENTS_SEGMENTS_H
#define SEARCH_SEGMENTS_SEGMENTS_H
#endif
