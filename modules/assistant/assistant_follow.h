/* Whether a question goes on from the one before it: "Thế còn mức phạt?", "Ai ký văn bản đó?". */
#ifndef MODULES_ASSISTANT_ASSISTANT_FOLLOW_H
#define MODULES_ASSISTANT_ASSISTANT_FOLLOW_H
#include "base/str.h"

struct arena;

/* By how it begins, by words that point back, or by being too short to stand alone. With or without diacritics. */
bool assistant_follows(struct arena *a, struct str question);
#endif
