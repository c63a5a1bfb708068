/* Search as this post: keeps the index in step with the database, and asks it under the reader's rights.
   needs: db kernel rights search queue   shows: feed here search_queries */
#ifndef KERNEL_INDEX_INDEX_H
#define KERNEL_INDEX_INDEX_H
#endif
