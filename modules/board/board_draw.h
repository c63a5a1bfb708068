/* Drawings of cards: whole numbers on a field BOARD_WIDE wide, with a mark for each figure. */
#ifndef MODULES_BOARD_BOARD_DRAW_H
#define MODULES_BOARD_BOARD_DRAW_H
#include "modules/board/board_inside.h"
#include "modules/board/board_view.h"

struct arena;

/* A figure to be drawn; value NaN: not known, which leaves a gap. */
struct board_point {
    struct str label, words;
    struct link link;
    double value;
};
struct board_points {
    struct board_point *at;
    size_t n;
};
/* What lies ahead of a line. */
struct board_ahead {
    const double *value, *low80, *high80, *low95, *high95;
    size_t n;
};
/* Parts of one column or cells of one row, by hue. */
struct board_stack {
    struct str label;
    struct board_mark *parts; /* .h holds the figure until it is drawn */
    size_t n;
};
struct board_stacks {
    struct board_stack *at;
    size_t n;
};

/* The path of a spark, 96 wide and 28 high, and where its last known point is. */
struct str board_spark(struct arena *a, const double *values, size_t n, int *x, int *y);
void board_draw_line(struct arena *a, const struct board_points *p, const struct board_ahead *ahead,
                     struct board_drawing *out);
void board_draw_bars(struct arena *a, const struct board_points *p, struct board_drawing *out);
void board_draw_stacks(struct arena *a, const struct board_stacks *s, struct board_drawing *out);
void board_draw_heat(struct arena *a, const struct board_stacks *rows, const struct board_points *columns,
                     struct board_drawing *out);
#endif
