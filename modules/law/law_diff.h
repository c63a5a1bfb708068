/* Two wordings compared: places aligned by their eid, moved or renumbered ones found by how alike they are, words by
   the shortest edit script over syllables (Myers). Knows no database and no day; the same for any texts. */
#ifndef MODULES_LAW_LAW_DIFF_H
#define MODULES_LAW_LAW_DIFF_H
#include "base/list.h"
#include "base/str.h"

struct arena;

/* A stretch of a text; the stretches of one side together are that text, byte for byte. */
struct law_diff_piece {
    struct str text;
    bool is_changed;
};
struct law_diff_pieces {
    struct law_diff_piece *at;
    size_t n;
};
/* White space alone is no change. Texts too different to compare in reasonable time are changed as wholes. */
void law_diff_words(struct arena *a, struct str before, struct str after, struct law_diff_pieces *left,
                    struct law_diff_pieces *right);

/* How alike two texts are, 0 … 1: shared pairs of neighbouring syllables, letters' case aside. Two empty texts are
 * alike. */
double law_diff_alike(struct arena *a, struct str one, struct str other);

/* From here on a place without its eid on the other side counts as the same place moved. */
#define LAW_DIFF_MOVED 0.8

struct law_diff_place {
    struct str eid;
    struct str text;
};
struct law_diff_places {
    struct law_diff_place *at;
    size_t n;
};

enum law_diff_kind { LAW_DIFF_SAME, LAW_DIFF_CHANGED, LAW_DIFF_MOVED_PLACE, LAW_DIFF_ADDED, LAW_DIFF_REMOVED };
enum { LAW_DIFF_NONE = -1 };

struct law_diff_row {
    enum law_diff_kind kind;
    long before, after; /* ordinals in what was given; LAW_DIFF_NONE: not on that side */
    struct law_diff_pieces left, right;
};
struct law_diff_rows {
    struct law_diff_row *at;
    size_t n;
};
/* Every place of either side stands in exactly one row; rows follow the order of after, a removed place where it stood
 * before. */
struct law_diff_rows law_diff(struct arena *a, struct law_diff_places before, struct law_diff_places after);
#endif
