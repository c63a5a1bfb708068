/* The small mark-up an article is typed in, read into blocks; pages draw blocks, so that nothing typed is ever HTML.
   A blank line parts paragraphs; "## " and "### " begin headings, "- " and "1. " lists, "> " a quotation, whose last
   line "> — Name" says who said it; **words** are bold, [words](/address or https://…) a link. */
#ifndef MODULES_PORTAL_PORTAL_MARK_H
#define MODULES_PORTAL_PORTAL_MARK_H
#include "modules/portal/portal_view.h"

struct arena;

/* Any text gives blocks; what is no mark-up is words. Linear in the length of text. */
struct portal_text portal_mark_read(struct arena *a, struct str text);
/* The words alone, a block a line: for search, feeds and checks. */
struct str portal_mark_words(struct arena *a, const struct portal_text *text);
#endif
