/* The module's pages and what they share. Private to the module. */
#ifndef MODULES_DOCUMENT_DOCUMENT_PAGES_H
#define MODULES_DOCUMENT_DOCUMENT_PAGES_H
#include "kernel/http.h"
#include "modules/document/document_rules.h"

extern const struct route document_routes[];
struct err document_nav_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot);
#endif
