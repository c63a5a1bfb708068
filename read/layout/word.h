/* How Word says what letters and paragraphs look like. */
#ifndef READ_LAYOUT_WORD_H
#define READ_LAYOUT_WORD_H
#include "read/layout/inside.h"
#include "read/xml.h"

/* Takes one element of rPr or pPr; others are left alone. */
void layout_face_take(const struct layout_styles *s, xmlTextReaderPtr r, struct layout_face *face);
void layout_shape_take(struct arena *a, xmlTextReaderPtr r, struct layout_shape *shape);
/* A length in twentieths of a point. False when it is not said. */
bool layout_length(struct arena *a, xmlTextReaderPtr r, const char *name, double *points);
enum read_align layout_align_of(struct str word);
#endif
