/* What the files of the room share: the tables, the paper taken apart, and how a fault is told. */
#ifndef MODULES_FORMAT_INSIDE_H
#define MODULES_FORMAT_INSIDE_H
#include "modules/format/format.h"

struct format_rule {
    struct str profile, rule, when, value, article, low_text, high_text;
    struct date from, to;
    enum format_element element;
    double low, high; /* 0: no bound */
    bool is_checked;
};
struct format_type {
    struct str profile, name, key, sign; /* key: its letters alone, without marks */
};
struct format_sign {
    struct str profile, signs, meaning, next;
};
struct format_tables {
    LIST(struct format_profile) profiles;
    LIST(struct format_rule) rules;
    LIST(struct format_type) types;
    LIST(struct format_sign) signs;
    LIST(struct str) posts; /* words of posts, without marks */
    struct {
        struct str code, part, words;
    } elements[FORMAT_ELEMENTS];
};

/* A line of the paper, and what was made of it. */
struct format_line {
    const struct read_line *is;
    struct str key;  /* letters and figures alone, without marks */
    struct str fold; /* small, without marks, blanks kept */
    enum read_side side;
    bool is_capital;             /* letters, all of them large */
    bool is_dashes;              /* drawn with dashes */
    bool is_left_out;            /* a page's number, head or foot */
    bool is_on_scan;             /* over a picture of the page */
    enum format_element element; /* FORMAT_ELEMENTS: none */
};

struct format_paper {
    const struct format_tables *t;
    struct arena *arena;
    const struct read_layout *layout;
    struct format_report *out;
    struct format_line *lines;
    size_t n;
    size_t head_end, body_from, foot_from; /* lines */
    const struct format_type *type;
    const struct format_rule *rule; /* being looked at */
};

/* data.c */
bool format_in_force(const struct format_paper *p, const struct format_rule *r);
const struct format_profile *format_profile_find(const struct format_tables *t, struct str name, struct date on,
                                                 bool *is_known);
/* Whether what is said of a profile holds for the paper's: of its own or of the one it stands on. */
bool format_is_of(const struct format_paper *p, struct str profile);
struct str format_words_in(struct arena *a, struct str text); /* letters and figures alone, without marks */

/* part.c, foot.c: sets each line's element. */
void format_lines_take(struct format_paper *p);
void format_head_find(struct format_paper *p);
void format_foot_find(struct format_paper *p);
bool format_is_near(struct str key, struct str wanted); /* the same but for a letter in eight */
/* The lines of an element: the first at or after i; n when there is none. */
size_t format_next(const struct format_paper *p, enum format_element e, size_t i);
/* All its text, lines parted by blanks. */
struct str format_text(const struct format_paper *p, enum format_element e);
struct format_place format_place_of(const struct format_paper *p, size_t line);
/* The day written in the paper; none when it cannot be read. */
struct date format_day(const struct format_paper *p);
bool format_is_last(const struct format_paper *p, size_t i);

/* Telling. i is a line; p->n: no place. One fault a rule: a second only counts. */
void format_tell(struct format_paper *p, size_t i, struct str found, struct str wanted);
void format_gap(struct format_paper *p, const char *why);
bool format_opens(const struct format_line *l, const char *words); /* with these words, without marks */
struct str format_points(struct arena *a, double x);               /* "13,5" */

/* number.c */
/* The type a number abbreviates; NULL: none. */
const struct format_type *format_number_type(const struct format_paper *p);
void format_number_check(struct format_paper *p);
void format_date_check(struct format_paper *p);
void format_organ_sign_check(struct format_paper *p);
/* face.c: letters of an element. */
bool format_face_check(struct format_paper *p);
void format_font_check(struct format_paper *p);
void format_black_check(struct format_paper *p);
/* sheet.c */
bool format_sheet_check(struct format_paper *p);
/* words.c: what is written in an element. */
bool format_words_check(struct format_paper *p);
/* sign.c */
/* What a line begins with, up to a blank: "KT." of "KT. CHỦ TỊCH" and of "KT.CHỦ TỊCH". */
struct str format_first_word(struct str s);
bool format_sign_check(struct format_paper *p);
/* body.c: how paragraphs are set. */
bool format_body_check(struct format_paper *p);

struct str format_answer(const struct format_tables *t, struct arena *a, struct str file,
                         const struct read_layout *paper, const struct format_report *r);
extern const struct command format_commands[];
#endif
