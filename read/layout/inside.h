/* What the files of the room share. */
#ifndef READ_LAYOUT_INSIDE_H
#define READ_LAYOUT_INSIDE_H
#include "read/inside.h"
#include "read/layout/layout.h"

enum { LAYOUT_LINES_MOST = 20000, LAYOUT_TEXT_MOST = 4000 };

enum read_fault layout_pdf(struct arena *a, struct str bytes, const struct read_limits *limits,
                           struct read_layout *out);
enum read_fault layout_docx(struct arena *a, struct str bytes, const struct read_limits *limits,
                            struct read_layout *out);

/* How letters are set: in a style, in a paragraph's own words, in a run. What is not said is taken from what it is
   based on. */
enum layout_say { SAY_NOT, SAY_NO, SAY_YES };
struct layout_face {
    struct str font;
    double size; /* 0: not said */
    enum layout_say bold, italic, underlined, coloured, capitals, hidden;
};
struct layout_shape {
    enum read_align align;
    double first, left, before, after, leading;
    bool has_first, has_left, has_before, has_after, has_leading, is_exact;
    enum layout_say listed;
};
struct layout_style {
    struct str id, based_on;
    bool is_default; /* of paragraphs */
    struct layout_face face;
    struct layout_shape shape;
};
struct layout_styles {
    struct arena *arena;
    struct layout_face face; /* of the whole document */
    struct layout_shape shape;
    struct str minor, major; /* fonts of the theme */
    LIST(struct layout_style) list;
};
/* styles.xml and theme1.xml; what the file does not bring stays unsaid. */
enum read_fault layout_styles_read(struct arena *a, struct str zip, const struct read_limits *limits,
                                   struct layout_styles *out);
/* The style with all it is based on; id empty: the default one. */
void layout_style_of(const struct layout_styles *s, struct str id, struct layout_face *face,
                     struct layout_shape *shape);
void layout_face_over(struct layout_face *under, const struct layout_face *over);
void layout_shape_over(struct layout_shape *under, const struct layout_shape *over);

/* Letters gathered to a line: which font and size most have, and what part of them is bold. */
enum { LAYOUT_FACES = 12 };
struct layout_count {
    struct {
        struct str font;
        double size;
        int64_t letters;
    } at[LAYOUT_FACES];
    size_t n;
    int64_t letters, bold, italic, underlined, coloured;
};
void layout_count(struct layout_count *c, const struct layout_face *face, int64_t letters);
void layout_count_put(const struct layout_count *c, struct read_line *line);
int64_t layout_letters(struct str text); /* letters and figures in it */
/* Whether a wide blank between two words is left for a number or a day: "Số:     /BC-MTTQ", "ngày     tháng     năm".
 */
bool layout_is_left_blank(struct arena *a, struct str before, struct str after);
/* Blanks single and none at the ends, NFC, cut to what is let through. */
struct str layout_text(struct arena *a, struct str text);
#endif
