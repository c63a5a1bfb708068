/* Private to law_text*.c: a text as lines, what each line's beginning may be, and the tree being built. */
#ifndef MODULES_LAW_LAW_TEXT_INSIDE_H
#define MODULES_LAW_LAW_TEXT_INSIDE_H
#include "modules/law/law_text.h"

/* What the beginning of a line looks like; whether it is that depends on what stands before. */
enum law_look {
    LOOK_WORDS = 0,
    LOOK_PART,
    LOOK_CHAPTER,
    LOOK_SECTION,
    LOOK_SUBSECTION,
    LOOK_ARTICLE,
    LOOK_NUMBER,    /* 1. */
    LOOK_DECIMAL,   /* 1.2. */
    LOOK_LETTER,    /* a) */
    LOOK_SUBLETTER, /* a.1), (ii) */
    LOOK_ROMAN,     /* II. */
    LOOK_ANNEX,
    LOOK_ROW,     /* of a table */
    LOOK_RULE,    /* ------ */
    LOOK_CLOSING, /* the signature, the recipients, "Luật này được Quốc hội … thông qua" */
};

struct law_line {
    size_t from, to; /* bytes, without blanks and Markdown's signs at both ends */
    size_t body;     /* behind the label */
    enum law_look look;
    struct str label;
    struct str suffix;
    int value;
    char mark;        /* what ends the label: . ) / - : or 0 */
    bool is_mended;   /* recognition broke the label */
    bool is_shouted;  /* its words are capitals */
    bool is_quoted;   /* begins between quotation marks */
    bool after_blank; /* an empty line stands before it */
};

struct law_lines {
    struct str text;
    struct law_line *at; /* lines with words only */
    size_t n;
    size_t *next_article; /* per line: the next unquoted article line behind it, or n */
    size_t *next_annex;
};

/* law_text_lines.c */
void law_lines_of(struct arena *a, struct str text, struct law_lines *lines);
void law_lines_ahead(struct arena *a, struct law_lines *lines);     /* once quotes and annexes are known */
struct str law_line_words(const struct law_lines *lines, size_t i); /* the whole line */
struct str law_line_body(const struct law_lines *lines, size_t i);  /* behind its label */
struct str law_trim(struct str s);                                  /* blanks of all kinds, and Markdown's signs */
bool law_is_shouted(struct str s);                                  /* letters, all of them capital */
bool law_starts_small(struct str s);                                /* with a small letter */
struct str law_fold_start(struct arena *a, struct str s, size_t bytes);

/* law_text_look.c: what the line's beginning looks like. */
void law_look_at(struct arena *a, struct str text, struct law_line *line);

/* law_text_quotes.c: the outermost quotes; marks the lines inside. */
void law_quotes_find(struct arena *a, struct law_lines *lines, struct law_tree *tree);

/* law_text_head.c, law_text_tail.c */
void law_head_read(struct arena *a, const struct law_lines *lines, size_t first_place, struct law_tree *tree);
void law_tail_read(struct arena *a, const struct law_lines *lines, size_t from, size_t to, struct law_tree *tree);
void law_effective_find(struct arena *a, struct law_tree *tree);
bool law_date_in_words(struct str words, struct date *date, size_t *start, size_t *end); /* "ngày …" */
void law_date_within(struct str words, struct date *date);    /* the first date, in words or figures; kept when none */
struct str law_code_in(struct arena *a, struct str words);    /* a paper's number that words begin with; "" */
struct str law_type_named(struct arena *a, struct str words); /* its usual spelling; "" */
/* law_text_front.c: returns the line behind what a collector wrote above the paper. */
size_t law_front_read(struct arena *a, const struct law_lines *lines, size_t to, struct law_head *head);

/* law_text_build.c */
void law_build(struct arena *a, struct law_lines *lines, struct law_tree *tree);
void law_build_one(struct arena *a, struct law_lines *lines, const struct law_one *one, struct law_tree *tree);
/* law_text_annex.c: papers issued with the paper that do not call themselves Phụ lục: their first line becomes one. */
void law_annexes_find(struct arena *a, struct law_lines *lines);

struct str law_label_bare(struct str num); /* "Điều 5." -> 5, "đ)" -> đ, "Chương II" -> II */
/* law_flag_words.c */
enum law_fault {
    LAW_FAULT_HEADING_GAP,
    LAW_FAULT_HEADING_BACK,
    LAW_FAULT_HEADING_NONE,
    LAW_FAULT_ARTICLE_GAP,
    LAW_FAULT_ARTICLE_STRAY,
    LAW_FAULT_ARTICLE_MENDED,
    LAW_FAULT_LIST,
    LAW_FAULT_CLAUSE_GAP,
    LAW_FAULT_CLAUSE_MENDED,
    LAW_FAULT_POINT_GAP,
    LAW_FAULT_POINT_MENDED,
    LAW_FAULT_RESTART,
    LAW_FAULT_QUOTE,
    LAW_FAULT_NO_ARTICLES,
    LAW_FAULT_NO_PLACES,
    LAW_FAULT_NO_CODE,
    LAW_FAULT_NO_TYPE,
    LAW_FAULT_NO_TITLE,
    LAW_FAULT_NO_DATE,
    LAW_FAULT_EARLY,
};
struct law_fault_place {
    int32_t node;
    size_t at;
    struct str label; /* as printed, where the sentence names it */
};
void law_fault_add(struct arena *a, struct law_tree *tree, enum law_fault fault, const struct law_fault_place *where);
void law_flag_add(struct arena *a, struct law_tree *tree, const char *kind, int32_t node, size_t at, struct str words);
#endif
