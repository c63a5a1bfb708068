/* Private to modules/document: lists in another order than that of arrival. */
#ifndef MODULES_DOCUMENT_DOCUMENT_SORT_H
#define MODULES_DOCUMENT_DOCUMENT_SORT_H
#include "modules/document/document_pages.h"

/* Codes for the address and what they are called; the first, without a code, is the list's own order. */
extern const struct choice document_sorts[];
enum { DOCUMENT_SORTS = 5, DOCUMENT_SORT_MOST = 5000 };

/* As document_list, in the order filter->sort. It takes sorting what the filter leaves: more than DOCUMENT_SORT_MOST
   come in the list's own order, and *is_too_many says so. */
struct err document_list_sorted(struct db_read *db, const struct who *who, const struct document_list_asked *asked,
                                struct document_rows *rows, bool *has_more, bool *is_too_many);
/* Rows that are all there are; unknown codes leave them as they stand. */
void document_rows_sort(struct arena *a, struct document_rows *rows, struct str code);
#endif
