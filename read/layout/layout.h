/* How a paper looks: its lines with letters, sizes and places, and the margins of its sheets. A PDF is measured where
   its letters stand; a Word file says what it is set to, and has no places. Read in a sandboxed child, as all of read
   is. needs: read */
#ifndef READ_LAYOUT_LAYOUT_H
#define READ_LAYOUT_LAYOUT_H
#include "read/read.h"

enum read_align { READ_ALIGN_UNKNOWN, READ_ALIGN_LEFT, READ_ALIGN_CENTRE, READ_ALIGN_RIGHT, READ_ALIGN_BOTH };
/* Which column of a head or foot of two columns; of a PDF it is for the reader of the boxes to say. */
enum read_side { READ_SIDE_WHOLE, READ_SIDE_LEFT, READ_SIDE_RIGHT };

/* A line of a PDF, cut where a wide gap parts columns; a paragraph of a Word file, cut at its own line ends and tabs.
 */
struct read_line {
    struct str text;       /* NFC, blanks single */
    int64_t sheet;         /* its place in sheets, from 0 */
    int64_t page;          /* 1 is the first; 0: the file does not say */
    int64_t paragraph;     /* of a Word file, from 1; 0: a PDF, or a page's head */
    struct read_box box;   /* parts of the page; w is 0 where a file has no places */
    struct str font;       /* the family most letters are of; empty: not said */
    struct str other;      /* a family that a tenth of its letters or more have instead; empty: none */
    double size;           /* of most letters, in points; 0: not said */
    int bold, italic;      /* percent of its letters */
    int underlined;        /* the same; 0 in a PDF, where a line is drawn apart from its letters */
    int coloured;          /* neither black nor as the reader pleases */
    enum read_side side;   /* of a Word file */
    enum read_align align; /* what a Word file says */
    double first, left;    /* indents of a Word file in points; of the first line beyond the left */
    double before, after;  /* points */
    double leading;        /* lines; or points when is_exact; 0: not said */
    bool is_exact;         /* leading is in points */
    bool is_listed;        /* Word puts a sign or number before it */
    bool is_head, is_foot; /* of the page's head or foot: not of the text */
    bool has_number;       /* of head or foot: the page's number stands in it */
    bool is_cell;          /* of a table */
};

struct read_sheet {
    double width, height;            /* points; 0: a Word file that does not say */
    double left, top, right, bottom; /* margins a Word file declares; 0 in a PDF */
    bool has_pictures;               /* a PDF: one covers the page; a Word file: there is one somewhere */
    bool has_letters;
    bool is_first_apart; /* a Word file whose first page has a head of its own */
};

struct read_layout {
    bool is_declared;      /* a Word file: a sheet is a section, not a page */
    int64_t pages;         /* of a PDF */
    int64_t signed_fields; /* signature fields of a PDF, filled or not */
    LIST(struct read_sheet) sheets;
    LIST(struct read_line) lines;
};

enum { READ_LAYOUT_PAGES = 60 };

/* The first READ_LAYOUT_PAGES pages. ERR_INVALID with a Vietnamese sentence at field "file": neither PDF nor DOCX,
   damaged, encrypted, a packed bomb, too slow; BUSY as in read.h. */
struct err read_layout(struct arena *a, const char *path, enum file_type type, const struct read_limits *limits,
                       struct read_layout *out);

/* The two halves: what the child says of a file's bytes, and what the parent makes of that, believing nothing. For the
   reader itself and its fuzz target. */
struct str read_layout_say(struct arena *a, struct str bytes, enum file_type type, const struct read_limits *limits);
/* False when it is not well formed; *fault is what the child found. */
bool read_layout_hear(struct arena *a, struct str said, int *fault, struct read_layout *out);
#endif
