/* The index on disk: immutable segments, the list of them, writing, merging and mapping them.
   needs: search search/words   shows: intern manifest reader segment */
#ifndef SEARCH_SEGMENTS_SEGMENTS_H
#define SEARCH_SEGMENTS_SEGMENTS_H
#endif
