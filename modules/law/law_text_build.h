/* Private to law_text_build.c and law_text_step.c: the tree while it grows. */
#ifndef MODULES_LAW_LAW_TEXT_BUILD_H
#define MODULES_LAW_LAW_TEXT_BUILD_H
#include "modules/law/law_text_inside.h"

/* The last label of a row: 4, "a". */
struct count {
    int value;
    struct str suffix;
    char mark;
};

/* What the children of one place have used so far. */
struct siblings {
    struct str last, base; /* keys */
    int nth, tables, paragraphs;
};

struct builder {
    struct arena *arena;
    struct law_lines *lines;
    struct law_tree *tree;
    int32_t open[LAW_LEVELS]; /* the place now open on each level */
    int32_t current;          /* whose words the next lines are */
    size_t words_from;
    struct count article, clause, point, sub, list;
    int roman; /* the last I. of a paper without articles */
    struct str eid_before, key_before;
    LIST(struct siblings) siblings; /* of node i at i + 1; of the top at 0 */
    struct str *eids;               /* a table of those in use */
    size_t eids_cap, eids_n;
    size_t closing_from; /* 1 + the line the signature begins with; 0 none yet */
    size_t budget;       /* lines that may be looked at ahead */
    bool is_titled;      /* its articles bear titles */
    bool is_outline;     /* no articles: I., 1., a) */
    bool is_one;         /* the text of one article */
};

/* A place to be opened. */
struct opened {
    enum law_level level;
    struct str label, heading;
    size_t from;       /* of its label */
    size_t heading_to; /* end of label and heading */
    size_t words_from;
};

void law_builder_begin(struct builder *b, struct arena *a, struct law_lines *lines, struct law_tree *tree);
/* The last place's words end at at; quotes and flags get their places. */
void law_builder_end(struct builder *b, size_t at);
int32_t law_node_open(struct builder *b, const struct opened *o);
void law_flag_line(struct builder *b, enum law_fault fault, size_t line);
struct siblings *law_siblings(struct builder *b, int32_t parent);
bool law_eids_add(struct builder *b, struct str eid); /* false when it is there */

/* law_text_step.c */
void law_style_of(struct builder *b);            /* what is true of the whole paper */
size_t law_first_place(const struct builder *b); /* the first line that opens one */
size_t law_step(struct builder *b, size_t i);    /* takes line i; the next line to take */

/* law_text_title.c: the heading of a chapter or an article whose label stands in line i; returns the next line. */
size_t law_title_of_chapter(struct builder *b, size_t i, struct opened *o);
size_t law_title_of_article(struct builder *b, size_t i, struct opened *o);
#endif
