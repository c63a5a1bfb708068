/* The drawing of a work's relations: boxes and lines of a plain SVG, made from the same groups as the table beside it.
 */
#ifndef MODULES_LAW_LAW_GRAPH_H
#define MODULES_LAW_LAW_GRAPH_H
#include "modules/law/law_view.h"

struct arena;

/* Fills nodes, lines, words, width and height of v from its groups; nothing when there are none. */
void law_graph_draw(struct arena *a, struct law_relations_view *v);
#endif
