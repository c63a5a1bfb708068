/* A work and its places as JSON: written for those who carry law elsewhere, and read back. Private to the library. */
#ifndef MODULES_LAW_LAW_JSON_H
#define MODULES_LAW_LAW_JSON_H
#include "modules/law/law_text.h"

/* {"work": {…}, "provisions": [{"level": "article", "label": "5", "heading": …, "text": …}, …]}: our own, and any like
   it. The tree is empty when it is something else. */
void law_json_read(struct arena *a, struct str json, struct law_tree *tree);
#endif
