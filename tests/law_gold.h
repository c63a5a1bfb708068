/* References of real law, each line read by a person: tests/law_references.txt. A line of law is written

       @ 24/2018/qh14%5 art_5__cl_2          its article in the corpus, and the place its words stand at
       Theo quy định tại khoản 1 Điều này …  its words
       khoản 1 Điều này = art_5__cl_1        each reference in the order of the text: its words, and where they lead

   A target is an eid ("art_5", a range "art_5..art_9"), a document ("@31/2024/qh15", by name "@luat dat dai 2013"), or
   both ("art_9@hien phap 2013"). A line without references has none. Lines "# luat dat dai" say which names the library
   has: one written in small letters may be none, and counts when the library knows it. Not counted as references: the
   text itself ("Luật này"), forms ("Mẫu số 01"), an annex without a label. */
#ifndef TESTS_LAW_GOLD_H
#define TESTS_LAW_GOLD_H
#include "base/str.h"
#include "modules/law/law_cite.h"

struct law_gold_line {
    struct str id, place, text;
    LIST(struct law_gold_ref) refs;
};
struct law_gold_ref {
    struct str words, target;
};
struct law_gold {
    LIST(struct law_gold_line) lines;
    LIST(struct str) names;
};
struct law_gold_score {
    size_t lines, wanted, found, right;
};

bool law_gold_read(struct arena *a, const char *path, struct law_gold *gold);
/* What the grammar reads in a line, as the gold is written. */
void law_gold_find(struct arena *a, const struct law_gold *gold, const struct law_gold_line *line,
                   struct law_gold_line *out);
/* Adds one line's references to the score. tell (may be NULL) is given each that is missing ('-') or wrong ('+'). */
void law_gold_score(struct arena *a, const struct law_gold *gold, size_t nth, struct law_gold_score *score,
                    void (*tell)(const struct law_gold_line *line, char what, const struct law_gold_ref *ref));
#endif
